//! A private key on a token: a smart card or another device that signs and never gives the key away (PKCS#11).
//!
//! The token's key may be Ed25519 or ECDSA with the curve P-256. Its public half must stand beside it on the
//! token, under the same id; every signature is checked with it before it leaves here, since a token may hold
//! halves of two keys.

use cryptoki::error::{Error as Cause, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, SessionState, UserType};
use pkcs8::der::Encode;
use pkcs8::der::asn1::UintRef;

use crate::authority::key::module::Token;
use crate::authority::key::public::Material;
use crate::authority::key::{KeyError, TokenAddress};
use crate::keyfile::{Ask, Secret};

/// The curve of ECDSA keys: the object identifier 1.2.840.10045.3.1.7 in DER (RFC 5480, §2.1.1.1).
const P256: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";
/// The object identifier 1.3.101.112 in DER (RFC 8410, §3).
const ED25519: &[u8] = b"\x06\x03\x2b\x65\x70";
/// The same curve by its name in DER, as PKCS#11 3.0 has it (§2.3.10).
const ED25519_NAME: &[u8] = b"\x13\x0cedwards25519";

/// A kind of key that a token can make for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Ed25519, which some tokens do not know.
    Ed25519,
    /// ECDSA with the curve P-256 and SHA-256, which nearly all tokens know.
    EcdsaP256,
}

/// A key on a token whose PIN was given. It stays usable until it is dropped.
pub struct TokenKey {
    session: Session,
    private: ObjectHandle,
    public: Material,
    token: String,
}

impl TokenAddress {
    /// Finds the key and gives the PIN to its token.
    pub(super) fn open(&self, ask: &mut Ask<'_>) -> Result<TokenKey, KeyError> {
        let token = Token::find(self)?;
        let session = token.session(false)?;
        self.log_in(&token, &session, ask)?;
        self.key(&token, session)
    }

    /// Makes a key on the token, where the address names one that does not exist. The key can never be taken out
    /// of the token, not even encrypted.
    pub fn generate(&self, kind: KeyKind, ask: &mut Ask<'_>) -> Result<TokenKey, KeyError> {
        let Some(label) = self.object.as_deref().filter(|label| !label.is_empty()) else {
            return Err(self.unsupported("a new key needs a name; give one with object="));
        };
        let token = Token::find(self)?;
        let session = token.session(true)?;
        self.log_in(&token, &session, ask)?;
        let id = self.id.clone().unwrap_or_else(|| label.as_bytes().to_vec());
        for same in [Attribute::Label(label.into()), Attribute::Id(id.clone())] {
            if !session.find_objects(&[same]).map_err(token.failed("look for keys"))?.is_empty() {
                return Err(KeyError::KeyExists { address: self.to_string() });
            }
        }
        let named = [Attribute::Token(true), Attribute::Label(label.into()), Attribute::Id(id)];
        make(&session, kind, &named).map_err(token.failed("make a key of this kind"))?;
        self.key(&token, session)
    }

    fn log_in(&self, token: &Token, session: &Session, ask: &mut Ask<'_>) -> Result<(), KeyError> {
        let label = || token.label.clone();
        let state = session.get_session_info().map_err(token.failed("tell its state"))?.session_state();
        // A PIN that was given for one key of a token is given for all.
        if !token.info.login_required() || matches!(state, SessionState::RoUser | SessionState::RwUser) {
            return Ok(());
        }
        if token.info.user_pin_locked() {
            return Err(KeyError::Locked { token: label() });
        }
        let pin = if token.info.protected_authentication_path() {
            // The token has keys of its own to type the PIN on.
            None
        } else if let Some(path) = &self.pin_source {
            if token.info.user_pin_count_low() {
                return Err(KeyError::DoubtfulPin { token: label(), path: path.clone() });
            }
            Some(Secret::read(path)?)
        } else {
            let warning = if token.info.user_pin_final_try() { " (a wrong one locks it now)" } else { "" };
            Some(ask(&format!("PIN of the token {}{warning}", token.label))?)
        };
        session.login(UserType::User, pin.as_ref().map(Secret::text)).or_else(|cause| match cause {
            Cause::Pkcs11(RvError::UserAlreadyLoggedIn, _) => Ok(()),
            Cause::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange | RvError::PinInvalid, _) => {
                Err(KeyError::Pin { token: label() })
            }
            Cause::Pkcs11(RvError::PinLocked, _) => Err(KeyError::Locked { token: label() }),
            cause => Err(token.failed("take the PIN")(cause)),
        })
    }

    fn key(&self, token: &Token, session: Session) -> Result<TokenKey, KeyError> {
        let failed = || token.failed("show its keys");
        let (private, id) = self.private(token, &session)?;
        let beside = [Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::Id(id)];
        let publics = session.find_objects(&beside).map_err(failed())?;
        let &[public] = publics.as_slice() else {
            return Err(self.unsupported(
                "its public key is not on the token, once and under the same id; put it there, or make a new key",
            ));
        };
        let wanted = [AttributeType::KeyType, AttributeType::EcParams, AttributeType::EcPoint];
        let attributes = session.get_attributes(public, &wanted).map_err(failed())?;
        let public = material(&attributes).ok_or_else(|| {
            self.unsupported("it is neither Ed25519 nor ECDSA with the curve P-256; make a key that is")
        })?;
        let each = session.get_attributes(private, &[AttributeType::AlwaysAuthenticate]).map_err(failed())?;
        if each.contains(&Attribute::AlwaysAuthenticate(true)) {
            return Err(self.unsupported(
                "its token wants the PIN anew for each signature; make a key without CKA_ALWAYS_AUTHENTICATE",
            ));
        }
        Ok(TokenKey { session, private, public, token: token.label.clone() })
    }

    /// The only private key that is meant, and its id.
    fn private(&self, token: &Token, session: &Session) -> Result<(ObjectHandle, Vec<u8>), KeyError> {
        let failed = || token.failed("show its keys");
        let all = [Attribute::Class(ObjectClass::PRIVATE_KEY)];
        let mut meant = all.to_vec();
        meant.extend(self.object.as_ref().map(|label| Attribute::Label(label.as_bytes().to_vec())));
        meant.extend(self.id.clone().map(Attribute::Id));
        let found = session.find_objects(&meant).map_err(failed())?;
        let &[private] = found.as_slice() else {
            let mut labels = Vec::new();
            for key in session.find_objects(&all).map_err(failed())? {
                let attributes = session.get_attributes(key, &[AttributeType::Label]).map_err(failed())?;
                labels.extend(attributes.into_iter().filter_map(|attribute| match attribute {
                    Attribute::Label(label) => Some(String::from_utf8_lossy(&label).into_owned()),
                    _ => None,
                }));
            }
            let present = if labels.is_empty() { "none".to_owned() } else { labels.join(", ") };
            return Err(KeyError::WhichKey { address: self.to_string(), matching: found.len(), present });
        };
        let attributes = session.get_attributes(private, &[AttributeType::Id]).map_err(failed())?;
        match attributes.into_iter().next() {
            Some(Attribute::Id(id)) => Ok((private, id)),
            _ => Err(self.unsupported("it has no id, so that its public key cannot be found")),
        }
    }

    fn unsupported(&self, reason: &'static str) -> KeyError {
        KeyError::Unsupported { address: self.to_string(), reason }
    }
}

impl TokenKey {
    pub(super) fn material(&self) -> &Material {
        &self.public
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let sign = |mechanism: &Mechanism<'_>, data: &[u8]| {
            self.session.sign(mechanism, self.private, data).map_err(|cause| KeyError::Token {
                token: self.token.clone(),
                action: "sign",
                cause,
            })
        };
        let signature = match &self.public {
            Material::Ed25519(_) => {
                sign(&Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure)), message)?
            }
            Material::P256(_) => {
                let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, message);
                in_asn1(&sign(&Mechanism::Ecdsa, digest.as_ref())?).unwrap_or_default()
            }
        };
        if self.public.verifies(message, &signature) {
            Ok(signature)
        } else {
            Err(KeyError::Signature { token: self.token.clone() })
        }
    }
}

fn make(session: &Session, kind: KeyKind, named: &[Attribute]) -> Result<(), Cause> {
    let (mechanism, curves) = match kind {
        KeyKind::Ed25519 => (Mechanism::EccEdwardsKeyPairGen, [ED25519, ED25519_NAME].as_slice()),
        KeyKind::EcdsaP256 => (Mechanism::EccKeyPairGen, [P256].as_slice()),
    };
    let private = [
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    let private = [named, &private].concat();
    let mut outcome = Ok(());
    for curve in curves {
        let public =
            [Attribute::Private(false), Attribute::Verify(true), Attribute::EcParams(curve.to_vec())];
        let made = session.generate_key_pair(&mechanism, &[named, &public].concat(), &private);
        outcome = made.map(drop);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// The public key that the attributes of its object describe.
fn material(attributes: &[Attribute]) -> Option<Material> {
    let (mut kind, mut curve, mut point) = (None, None, None);
    for attribute in attributes {
        match attribute {
            Attribute::KeyType(value) => kind = Some(*value),
            Attribute::EcParams(value) => curve = Some(value.as_slice()),
            Attribute::EcPoint(value) => point = Some(value.as_slice()),
            _ => {}
        }
    }
    let (kind, curve, point) = (kind?, curve?, point?);
    if kind == KeyType::EC && curve == P256 {
        Material::parse(unwrapped(point, 65)?)
    } else if kind == KeyType::EC_EDWARDS && (curve == ED25519 || curve == ED25519_NAME) {
        Material::parse(unwrapped(point, 32)?)
    } else {
        None
    }
}

/// The last octets of a point. Tokens disagree whether it stands in an OCTET STRING, a BIT STRING or alone.
fn unwrapped(point: &[u8], length: usize) -> Option<&[u8]> {
    let (wrapping, octets) = point.split_at_checked(point.len().checked_sub(length)?)?;
    let known = match wrapping {
        [] => true,
        [0x04, rest] => usize::from(*rest) == length,
        [0x03, rest, 0] => usize::from(*rest) == length + 1,
        _ => false,
    };
    known.then_some(octets)
}

/// An ECDSA signature, given as its two numbers of equal length, as `Ecdsa-Sig-Value` (RFC 3279, §2.2.3).
fn in_asn1(signature: &[u8]) -> Option<Vec<u8>> {
    let (r, s) = signature.split_at(signature.len() / 2);
    [UintRef::new(r).ok()?, UintRef::new(s).ok()?].to_der().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_signature_lose_leading_zeros_and_keep_their_sign() {
        let mut signature = [0; 64];
        (signature[31], signature[62], signature[63]) = (0x7f, 0x80, 0x01);
        assert_eq!(in_asn1(&signature).unwrap(), b"\x30\x08\x02\x01\x7f\x02\x03\x00\x80\x01");
    }

    #[test]
    fn points_are_read_however_they_are_wrapped() {
        let point = [5; 32];
        for wrapping in [b"".as_slice(), b"\x04\x20", b"\x03\x21\x00"] {
            assert_eq!(unwrapped(&[wrapping, &point].concat(), 32), Some(point.as_slice()));
        }
        for wrapping in [b"\x04\x21".as_slice(), b"\x03\x21\x01", b"\x04", b"\x30\x20"] {
            assert_eq!(unwrapped(&[wrapping, &point].concat(), 32), None);
        }
        assert_eq!(unwrapped(&point, 65), None);
    }

    #[test]
    fn only_keys_that_can_sign_for_us_are_described() {
        let point = || Attribute::EcPoint([b"\x04\x20".as_slice(), &[5; 32]].concat());
        let described = |kind, curve: &[u8]| {
            material(&[Attribute::KeyType(kind), Attribute::EcParams(curve.to_vec()), point()])
        };
        for curve in [ED25519, ED25519_NAME] {
            assert_eq!(described(KeyType::EC_EDWARDS, curve), Some(Material::Ed25519([5; 32])));
        }
        assert_eq!(described(KeyType::EC, P256), None, "the point is too short");
        assert_eq!(described(KeyType::EC, ED25519), None);
        assert_eq!(described(KeyType::RSA, P256), None);
        assert_eq!(material(&[point()]), None);
    }
}
