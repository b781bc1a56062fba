//! The founding of an authority: its key, its certificate, and the bounds that browsers will keep it to.

use std::io;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints, SerialNumber,
};
use secrecy::zeroize::Zeroize;
use time::OffsetDateTime;

use super::certificate::Scope;
use super::config::Files;
use super::error::Error;
use crate::dns::Name;
use crate::keyfile::{self, Protection, folder_of};

/// The most characters of a name, of which RFC 5280 allows 64 (appendix A.1).
const LONGEST_TITLE: usize = 64;
/// The most days of an authority: ten years, after which the devices are others.
const MOST_DAYS: u32 = 3_653;
/// How far the clock of a device may be behind.
const LATE_CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// What an authority is to be.
#[derive(Clone, Debug)]
pub struct Charter {
    /// As people will find it among the authorities of their device, such as `Example College, network`.
    pub title: String,
    /// Whom it may vouch for.
    pub scope: Scope,
    /// How long it lives.
    pub days: u32,
}

/// An authority that can be founded: its charter makes sense, and there is room for its files.
pub struct Founding<'f> {
    parameters: CertificateParams,
    files: Files<'f>,
}

impl<'f> Founding<'f> {
    /// Looks whether an authority can be founded, and changes nothing. `serial` is what nobody can guess.
    pub fn new(charter: &Charter, serial: [u8; 16], now: Timestamp, files: Files<'f>) -> Result<Self, Error> {
        let parameters = charter.parameters(serial, now)?;
        for path in [files.certificate, files.key, files.passphrase] {
            if !folder_of(path).is_dir() {
                return Err(Error::NoFolder { path: path.to_owned() });
            }
        }
        let [certificate, key] = [files.certificate, files.key].map(|path| path.symlink_metadata().is_ok());
        match (certificate, key) {
            (true, _) => Err(Error::Exists { path: files.certificate.to_owned() }),
            (false, true) => Err(Error::Alone { key: files.key.to_owned() }),
            (false, false) => Ok(()),
        }?;
        Ok(Self { parameters, files })
    }

    /// Makes the key and the certificate, both files or none.
    pub fn carry_out(&self, protection: &Protection<'_>) -> Result<(), Error> {
        let mut pair = KeyPair::generate().map_err(|_| keyfile::Error::Library)?;
        let certificate = self.parameters.self_signed(&pair).map_err(|_| keyfile::Error::Library)?;
        let text = keyfile::compose(pair.serialized_der(), protection);
        pair.zeroize();
        // The key first: a certificate without one would be given to devices in vain.
        create(self.files.key, text?.as_bytes(), keyfile::SECRET)?;
        let written = create(self.files.certificate, certificate.pem().as_bytes(), keyfile::PUBLIC);
        // A key without a certificate would be in the way of the next attempt, and is worth nothing.
        written.inspect_err(|_| _ = keyfile::remove(self.files.key))
    }
}

fn create(path: &Path, octets: &[u8], mode: u32) -> Result<(), Error> {
    keyfile::create(path, octets, mode).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        _ => Error::Write { path: path.to_owned(), cause },
    })
}

impl Charter {
    fn parameters(&self, serial: [u8; 16], now: Timestamp) -> Result<CertificateParams, Error> {
        let is_line = !self.title.trim().is_empty() && !self.title.chars().any(char::is_control);
        if !is_line || self.title.chars().count() > LONGEST_TITLE {
            return Err(Error::Title { longest: LONGEST_TITLE });
        }
        if !(1..=MOST_DAYS).contains(&self.days) {
            return Err(Error::Days { days: self.days, most: MOST_DAYS });
        }
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, self.title.as_str());
        parameters.not_before = civil(now - LATE_CLOCKS);
        parameters.not_after = civil(now + SignedDuration::from_hours(24 * i64::from(self.days)));
        parameters.serial_number = Some(SerialNumber::from_slice(&serial));
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.name_constraints = self.constraints();
        Ok(parameters)
    }

    /// What browsers are to hold it to; where names are bounded, no address is left to it either.
    fn constraints(&self) -> Option<NameConstraints> {
        if self.scope == Scope::default() {
            return None;
        }
        let addresses = [CidrSubnet::V4([0; 4], [0; 4]), CidrSubnet::V6([0; 16], [0; 16])];
        let mut excluded_subtrees = subtrees(&self.scope.excluded);
        excluded_subtrees.extend(addresses.map(GeneralSubtree::IpAddress));
        Some(NameConstraints { permitted_subtrees: subtrees(&self.scope.permitted), excluded_subtrees })
    }
}

fn subtrees(names: &[Name]) -> Vec<GeneralSubtree> {
    names.iter().map(|name| GeneralSubtree::DnsName(name.to_host())).collect()
}

/// A moment as the library for certificates writes it, to the second.
pub(super) fn civil(moment: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(moment.as_second()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ca::testing::{Office, charter};

    #[test]
    fn the_key_is_its_owner_s_and_encrypted_and_nothing_is_overwritten() {
        let office = Office::founded(&[], &[]);
        let key = office.path("ca.key");
        assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let text = fs::read_to_string(&key).unwrap();
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{text}");
        let error = office.found(&charter(&[], &[])).unwrap_err().to_string();
        assert!(error.contains("exists already and is never overwritten"), "{error}");
        assert_eq!(fs::read_to_string(&key).unwrap(), text);
        // As when the founding was cut short; or the certificate was lost.
        fs::remove_file(office.path("ca.pem")).unwrap();
        let error = office.found(&charter(&[], &[])).unwrap_err().to_string();
        assert!(error.contains("ca.key") && error.contains("without its certificate"), "{error}");
    }

    #[test]
    fn what_cannot_be_founded_leaves_nothing_behind() {
        let office = Office::empty();
        let sound = charter(&[], &[]);
        for (charter, reason) in [
            (Charter { days: 0, ..sound.clone() }, "0 days"),
            (Charter { days: 3_654, ..sound.clone() }, "3654 days"),
            (Charter { title: " ".into(), ..sound.clone() }, "the name of the authority"),
            (Charter { title: "a\nb".into(), ..sound.clone() }, "the name of the authority"),
            (Charter { title: "x".repeat(65), ..sound.clone() }, "the name of the authority"),
        ] {
            let error = office.found(&charter).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert!(!office.path("ca.key").exists() && !office.path("ca.pem").exists());
        }
        let mut elsewhere = Office::empty();
        elsewhere.config.certificate = Some(elsewhere.path("nowhere/ca.pem"));
        let error = elsewhere.found(&sound).unwrap_err().to_string();
        assert!(error.contains("nowhere/ca.pem") && error.contains("make that folder"), "{error}");
        assert!(!elsewhere.path("ca.key").exists());
    }

    #[test]
    fn a_key_whose_certificate_cannot_be_written_is_taken_back() {
        let office = Office::empty();
        let founding = office.founding(&charter(&[], &[])).unwrap();
        // Somebody was quicker.
        office.put("ca.pem", "another one");
        assert!(matches!(office.carry_out(&founding), Err(Error::Exists { .. })));
        assert!(!office.path("ca.key").exists());
        assert_eq!(fs::read_to_string(office.path("ca.pem")).unwrap(), "another one");
    }
}
