//! Leaves: certificates for names, made while somebody waits and soon worth nothing.
//!
//! All leaves of a process have one key, which is made at its start and never leaves it. A leaf is kept for a day, so
//! that a class that meets the same page costs one signature; and it begins a day early and ends two days late, for
//! devices whose clock is wrong.

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

use super::certificate::Certificate;
use super::config::Files;
use super::error::Error;
use super::found::{LATE_CLOCKS, civil, plain};
use crate::dns::Name;
use crate::keyfile::{self, Secret};

/// What the file of its key should be, in messages.
const KIND: &str = "a";
/// Leaves at hand, of about 1 kB each.
const LEAVES: usize = 4_096;
/// How long a leaf is given out.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long it is valid after it was made.
const LIFE: SignedDuration = SignedDuration::from_hours(48);

/// An authority that is at hand. It has no `Debug`, so that no message can show its key.
pub struct Issuer {
    certificate: Certificate,
    authority: rcgen::Issuer<'static, KeyPair>,
    pair: KeyPair,
    signing: Arc<dyn SigningKey>,
    /// A serial number is what nobody can guess, and how many were made before: none occurs twice (RFC 5280 §4.1.2.2).
    unguessable: u64,
    made: AtomicU64,
    leaves: Cache<String, Leaf>,
}

#[derive(Clone)]
struct Leaf {
    certified: Arc<CertifiedKey>,
    kept_until: Timestamp,
}

impl Issuer {
    /// Reads an authority from its files and makes the key of its leaves. `unguessable` is another number in each
    /// process.
    pub fn open(files: Files<'_>, unguessable: u64) -> Result<Self, Error> {
        let certificate = Certificate::read(files.certificate)?;
        let mut is_encrypted = false;
        let document = keyfile::open(files.key, KIND, &mut |_| {
            is_encrypted = true;
            Secret::read(files.passphrase)
        })?;
        if !is_encrypted {
            return Err(Error::InClear { path: files.key.to_owned() });
        }
        let not_a_key = || keyfile::Error::NotAKey { path: files.key.to_owned(), kind: KIND };
        let key =
            KeyPair::try_from(&PrivatePkcs8KeyDer::from(document.as_bytes())).map_err(|_| not_a_key())?;
        if key.public_key_raw() != certificate.public_key {
            let certificate = files.certificate.to_owned();
            return Err(Error::OtherKey { key: files.key.to_owned(), certificate });
        }
        let itself = certificate.chain.first().ok_or_else(not_a_key)?;
        let authority = rcgen::Issuer::from_ca_cert_der(itself, key)?;
        let pair = KeyPair::generate()?;
        let private = PrivatePkcs8KeyDer::from(pair.serialize_der()).into();
        let signing = any_ecdsa_type(&private).map_err(|_| keyfile::Error::Library)?;
        let (made, leaves) = (AtomicU64::new(0), Cache::new(LEAVES));
        Ok(Self { certificate, authority, pair, signing, unguessable, made, leaves })
    }

    /// What the authority is called.
    pub fn title(&self) -> &str {
        &self.certificate.title
    }

    /// Until when devices believe the authority.
    pub fn ends(&self) -> Timestamp {
        self.certificate.ends
    }

    /// A certificate for a name with its key; none where the authority may not vouch for that name, or has ended.
    pub fn leaf(&self, name: &Name, now: Timestamp) -> Option<Arc<CertifiedKey>> {
        let Certificate { scope, begins, ends, .. } = &self.certificate;
        if !scope.has(name) || !(*begins..*ends).contains(&now) {
            return None;
        }
        let host = plain(name);
        let kept =
            self.leaves.get(&host).filter(|leaf| now < leaf.kept_until && now + KEPT >= leaf.kept_until);
        if let Some(leaf) = kept {
            return Some(leaf.certified);
        }
        let leaf = self.make(&host, now).inspect_err(|error| tracing::error!(%error, "no page over HTTPS"));
        let leaf = leaf.ok()?;
        self.leaves.insert(host, leaf.clone());
        Some(leaf.certified)
    }

    fn make(&self, host: &str, now: Timestamp) -> Result<Leaf, rcgen::Error> {
        let Certificate { begins, ends, is_root, chain, .. } = &self.certificate;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, "Warning page");
        parameters.subject_alt_names = vec![SanType::DnsName(host.try_into()?)];
        parameters.not_before = civil((now - LATE_CLOCKS).max(*begins));
        parameters.not_after = civil((now + LIFE).min(*ends));
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.use_authority_key_identifier_extension = true;
        let serial = [self.unguessable, self.made.fetch_add(1, Relaxed)].map(u64::to_be_bytes);
        parameters.serial_number = Some(SerialNumber::from_slice(serial.as_flattened()));
        let leaf = parameters.signed_by(&self.pair, &self.authority)?;
        // Devices have a root; what stands between it and us, they have to be sent.
        let above = if *is_root { &[][..] } else { chain };
        let sent: Vec<CertificateDer<'static>> =
            std::iter::once(leaf.der().clone()).chain(above.iter().cloned()).collect();
        let certified = Arc::new(CertifiedKey::new(sent, self.signing.clone()));
        Ok(Leaf { certified, kept_until: (now + KEPT).min(*ends) })
    }
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
        let believed = |host: &str, days: i64| {
            let moment = now() + SignedDuration::from_hours(24 * days) - SignedDuration::from_secs(1);
            believes(&root, &leaf, host, moment)
        };
        assert!(believed("undress.example", 0) && believed("undress.example", 2));
        assert!(!believed("www.undress.example", 0) && !believed("example", 0));
        assert!(!believed("undress.example", -1) && !believed("undress.example", 3));
        // Nobody believes it who was not told to.
        let other = Office::founded(&[], &[]);
        assert!(!believes(&other.path("ca.pem"), &leaf, "undress.example", now()));
    }

    #[test]
    fn a_leaf_is_kept_for_a_day_and_no_serial_number_occurs_twice() {
        let office = Office::founded(&[], &[]);
        let issuer = office.open().unwrap();
        let leaf = |host: &str, hours: i64| {
            issuer.leaf(&name(host), now() + SignedDuration::from_hours(hours)).unwrap()
        };
        let (first, same, next) = (leaf("a.example", 100), leaf("A.example", 123), leaf("a.example", 124));
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
            let made = issuer.make(host, now()).unwrap();
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
        assert!(issuer.leaf(&name("a.example"), now() - 48 * HOUR).is_none());
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
        assert!(error.contains("does not open") && error.contains("ca.key"), "{error}");
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
