//! Leaves: certificates for names, made while somebody waits and soon worth nothing.
//!
//! All leaves of a process have one key, which is made at its start and never leaves it. A leaf is of a day: it is given
//! out on that day (of UTC) alone, so that a class that meets the same page costs one signature, and is valid from the
//! day before until the second day after, for devices whose clock is wrong. So nobody learns from it when somebody
//! first asked for the name; nor from its serial number, how many others there are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use jiff::{SignedDuration, Timestamp};
use quick_cache::sync::Cache;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, SanType,
    SerialNumber,
};
use rustls::crypto::aws_lc_rs::sign::any_ecdsa_type;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SigningKey};
use siphasher::sip128::SipHasher13;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use super::certificate::Certificate;
use super::config::Files;
use super::error::Error;
use super::found::civil;
use crate::dns::Name;
use crate::keyfile::{self, Secret};

/// What the file of its key should be, in messages.
const ANY_KIND: &str = "a";
/// Leaves at hand, of about 1 kB each.
const LEAVES: usize = 4_096;
const DAY: i64 = 86_400;
/// Days for which a leaf is valid before and after its own.
const BEFORE: SignedDuration = SignedDuration::from_secs(DAY);
const AFTER: SignedDuration = SignedDuration::from_secs(3 * DAY);

/// An authority that is at hand. It has no `Debug`, so that no message can show its key.
pub struct Issuer {
    certificate: Certificate,
    authority: rcgen::Issuer<'static, KeyPair>,
    pair: KeyPair,
    signing: Arc<dyn SigningKey>,
    /// Makes a serial number of how many leaves were made before: none occurs twice (RFC 5280 §4.1.2.2), and none tells
    /// anything.
    serials: SipHasher13,
    made: AtomicU64,
    leaves: Cache<String, Leaf>,
}

#[derive(Clone)]
struct Leaf {
    certified: Arc<CertifiedKey>,
    /// When its day began.
    day: Timestamp,
}

impl Issuer {
    /// Reads an authority from its files and makes the key of its leaves. `unguessable` is another number in each
    /// process.
    pub fn open(files: Files<'_>, unguessable: [u8; 16]) -> Result<Self, Error> {
        let certificate = Certificate::read(files.certificate)?;
        let unfit = |reason| Error::Unfit { path: files.certificate.to_owned(), reason };
        let key = key_of(files)?;
        if key.public_key_raw() != certificate.public_key {
            let certificate = files.certificate.to_owned();
            return Err(Error::OtherKey { key: files.key.to_owned(), certificate });
        }
        let itself = certificate.chain.first().ok_or_else(|| unfit("there is no certificate in it"))?;
        let authority = rcgen::Issuer::from_ca_cert_der(itself, key)
            .map_err(|_| unfit("it says what the library for certificates cannot read"))?;
        let pair = KeyPair::generate().map_err(|_| keyfile::Error::Library)?;
        let private = PrivatePkcs8KeyDer::from(pair.serialize_der()).into();
        let signing = any_ecdsa_type(&private).map_err(|_| keyfile::Error::Library)?;
        let (serials, made) = (SipHasher13::new_with_key(&unguessable), AtomicU64::new(0));
        let issuer =
            Self { certificate, authority, pair, signing, serials, made, leaves: Cache::new(LEAVES) };
        let tried = issuer.make("undress.example", issuer.certificate.begins);
        let tried = tried.map_err(|_| keyfile::Error::Library)?;
        let parsed = X509Certificate::from_der(&tried.certified.cert[0]);
        match parsed.is_ok_and(|(_, leaf)| leaf.issuer().as_raw() == issuer.certificate.subject) {
            true => Ok(issuer),
            false => Err(unfit(
                "its name has two parts of one kind, such as two DC, which certificates made here would not repeat; have \
                 it named by one common name",
            )),
        }
    }

    /// What the authority is called.
    pub fn title(&self) -> &str {
        &self.certificate.title
    }

    /// From when on devices believe the authority.
    pub fn begins(&self) -> Timestamp {
        self.certificate.begins
    }

    /// Until when they do.
    pub fn ends(&self) -> Timestamp {
        self.certificate.ends
    }

    /// A certificate for a name with its key; none where the authority may not vouch for that name, or has ended.
    pub fn leaf(&self, name: &Name, now: Timestamp) -> Option<Arc<CertifiedKey>> {
        let Certificate { scope, begins, ends, .. } = &self.certificate;
        if !scope.has(name) || !(*begins..*ends).contains(&now) {
            return None;
        }
        let (host, day) = (name.to_host(), day_of(now));
        if let Some(leaf) = self.leaves.get(&host).filter(|leaf| leaf.day == day) {
            return Some(leaf.certified);
        }
        // Why not is not told: it could hold the name.
        let leaf = self.make(&host, day).inspect_err(|_| tracing::error!("a certificate could not be made"));
        let leaf = leaf.ok()?;
        self.leaves.insert(host, leaf.clone());
        Some(leaf.certified)
    }

    fn make(&self, host: &str, day: Timestamp) -> Result<Leaf, rcgen::Error> {
        let Certificate { begins, ends, is_root, chain, .. } = &self.certificate;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, "Warning page");
        parameters.subject_alt_names = vec![SanType::DnsName(host.try_into()?)];
        parameters.not_before = civil((day - BEFORE).max(*begins));
        parameters.not_after = civil((day + AFTER).min(*ends));
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.use_authority_key_identifier_extension = true;
        let number = self.made.fetch_add(1, Relaxed).to_be_bytes();
        let serial = self.serials.hash(&number).as_bytes();
        parameters.serial_number = Some(SerialNumber::from_slice(&serial));
        let leaf = parameters.signed_by(&self.pair, &self.authority)?;
        // Devices have a root; what stands between it and us, they have to be sent.
        let above = if *is_root { &[][..] } else { chain };
        let sent: Vec<CertificateDer<'static>> =
            std::iter::once(leaf.der().clone()).chain(above.iter().cloned()).collect();
        Ok(Leaf { certified: Arc::new(CertifiedKey::new(sent, self.signing.clone())), day })
    }
}

/// The private key of an authority, which has to be encrypted.
fn key_of(files: Files<'_>) -> Result<KeyPair, Error> {
    let mut is_encrypted = false;
    let document = keyfile::open(files.key, ANY_KIND, &mut |_| {
        is_encrypted = true;
        Secret::read(files.passphrase)
    });
    let document = document.map_err(|error| match error {
        keyfile::Error::Passphrase { path } => {
            Error::Passphrase { key: path, passphrase: files.passphrase.to_owned() }
        }
        error => error.into(),
    })?;
    if !is_encrypted {
        return Err(Error::InClear { path: files.key.to_owned() });
    }
    let key = KeyPair::try_from(&PrivatePkcs8KeyDer::from(document.as_bytes()));
    Ok(key.map_err(|_| keyfile::Error::NotAKey { path: files.key.to_owned(), kind: ANY_KIND })?)
}

/// When the day of a moment began, in UTC.
fn day_of(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    Timestamp::from_second(second - second.rem_euclid(DAY)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ca::testing::{Office, PASSPHRASE, believes, now};

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    #[test]
    fn a_leaf_is_believed_for_its_name_alone_and_for_days() {
        let office = Office::founded(&[], &[]);
        let issuer = office.open().unwrap();
        let leaf = issuer.leaf(&name("Undress.example"), now()).unwrap();
        let root = office.path("ca.pem");
        let believed = |host: &str, hours: i32| believes(&root, &leaf, host, now() + HOUR * hours);
        // It is noon.
        assert!(believed("undress.example", -23) && believed("undress.example", 59));
        assert!(!believed("www.undress.example", 0) && !believed("example", 0));
        assert!(!believed("undress.example", -25) && !believed("undress.example", 61));
        // Nobody believes it who was not told to.
        let other = Office::founded(&[], &[]);
        assert!(!believes(&other.path("ca.pem"), &leaf, "undress.example", now()));
    }

    #[test]
    fn a_leaf_is_of_a_day_and_no_serial_number_occurs_twice() {
        let office = Office::founded(&[], &[]);
        let issuer = office.open().unwrap();
        let leaf = |host: &str, hours: i32| issuer.leaf(&name(host), now() + HOUR * hours).unwrap();
        let (first, same, next) = (leaf("a.example", 96), leaf("A.example", 107), leaf("a.example", 108));
        assert!(Arc::ptr_eq(&first, &same) && !Arc::ptr_eq(&first, &next));
        // The clock was wrong, and is put right.
        assert!(believes(&office.path("ca.pem"), &leaf("a.example", 0), "a.example", now()));
        let serials = [first, next, leaf("b.example", 0)].map(|leaf| {
            let (_, parsed) = x509_parser::parse_x509_certificate(&leaf.cert[0]).unwrap();
            parsed.raw_serial_as_string()
        });
        assert!(
            serials[0] != serials[1] && serials[1] != serials[2] && serials[0] != serials[2],
            "{serials:?}"
        );
    }

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    #[test]
    fn leaves_at_hand_are_bounded() {
        let office = Office::founded(&[], &[]);
        let issuer = office.open().unwrap();
        for number in 0..LEAVES + 100 {
            issuer.leaf(&name(&format!("n{number}.example")), now()).unwrap();
        }
        assert!(issuer.leaves.len() <= LEAVES);
    }

    #[test]
    fn what_the_authority_may_not_vouch_for_it_does_not_and_no_browser_would_believe_it() {
        let office = Office::founded(&["example", "invalid"], &["bank.example"]);
        let issuer = office.open().unwrap();
        let root = office.path("ca.pem");
        for (host, may) in [
            ("undress.example", true),
            ("www.undress.invalid", true),
            ("example", true),
            ("bank.example", false),
            ("www.bank.example", false),
            ("notbank.example", true),
            ("undress.test", false),
        ] {
            assert_eq!(issuer.leaf(&name(host), now()).is_some(), may, "{host}");
            let made = issuer.make(host, day_of(now())).unwrap();
            assert_eq!(believes(&root, &made.certified, host, now()), may, "{host}");
        }
    }

    #[test]
    fn an_authority_that_has_ended_vouches_for_nothing() {
        let office = Office::founded(&[], &[]);
        let issuer = office.open().unwrap();
        let last = issuer.ends() - HOUR;
        let leaf = issuer.leaf(&name("a.example"), last).unwrap();
        assert!(believes(&office.path("ca.pem"), &leaf, "a.example", last));
        let (_, parsed) = x509_parser::parse_x509_certificate(&leaf.cert[0]).unwrap();
        assert_eq!(parsed.validity().not_after.timestamp(), issuer.ends().as_second());
        assert!(issuer.leaf(&name("a.example"), issuer.ends()).is_none());
        assert!(issuer.leaf(&name("a.example"), now() - HOUR * 48).is_none());
    }

    #[test]
    fn an_authority_below_another_sends_what_stands_between() {
        let office = Office::founded(&[], &[]);
        // As a district that has an authority of its own would have it.
        let root_key = KeyPair::generate().unwrap();
        let mut root = CertificateParams::default();
        root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let root_itself = root.self_signed(&root_key).unwrap();
        let key = KeyPair::generate().unwrap();
        let mut below = CertificateParams::default();
        below.distinguished_name.push(DnType::CommonName, "College");
        below.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Constrained(0));
        below.use_authority_key_identifier_extension = true;
        let below = below.signed_by(&key, &rcgen::Issuer::new(root, root_key)).unwrap();
        let secret = Secret::new(PASSPHRASE.to_owned());
        let cost = keyfile::Cost { memory: 4, passes: 1 };
        let protection = keyfile::Protection::Passphrase { passphrase: &secret, random: [3; 32], cost };
        office.put("ca.key", &keyfile::compose(key.serialized_der(), &protection).unwrap());
        office.put("ca.pem", &below.pem());
        office.put("root.pem", &root_itself.pem());
        let leaf = office.open().unwrap().leaf(&name("a.example"), now()).unwrap();
        assert_eq!(leaf.cert.len(), 2);
        assert!(believes(&office.path("root.pem"), &leaf, "a.example", now()));
    }

    #[test]
    fn what_cannot_be_used_names_its_file() {
        let office = Office::founded(&[], &[]);
        let read = |name: &str| fs::read_to_string(office.path(name)).unwrap();
        let (certificate, key) = (read("ca.pem"), read("ca.key"));
        let refused = |name: &str, text: &str| {
            let before = read(name);
            office.put(name, text);
            let error = office.open().err().unwrap().to_string();
            office.put(name, &before);
            assert!(error.contains(&office.path(name).display().to_string()), "{error}");
            error
        };
        office.put("passphrase", "another passphrase");
        let error = office.open().err().unwrap().to_string();
        assert!(error.contains("ca.key") && error.contains("/passphrase does not open it"), "{error}");
        office.put("passphrase", PASSPHRASE);
        let clear = KeyPair::generate().unwrap().serialize_pem();
        assert!(refused("ca.key", &clear).contains("is not encrypted"));
        assert!(refused("ca.key", "rubbish").contains("is not a private key in PKCS#8"));
        assert!(refused("ca.pem", "rubbish").contains("there is no certificate in it"));
        assert!(refused("ca.pem", &certificate.replace("MII", "MIJ")).contains("X.509"));
        let leaf = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap();
        assert!(refused("ca.pem", &leaf.cert.pem()).contains("no certificate of an authority"));
        let other = Office::founded(&[], &[]);
        let other = fs::read_to_string(other.path("ca.pem")).unwrap();
        assert!(refused("ca.pem", &other).contains("is not the private key of"));
        fs::remove_file(office.path("ca.pem")).unwrap();
        assert!(office.open().err().unwrap().to_string().contains("`rempart ca init`"));
        office.put("ca.pem", &certificate);
        office.put("ca.key", &key);
        assert!(office.open().is_ok());
    }
}
