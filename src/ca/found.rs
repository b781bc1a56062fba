//! The founding of an authority: its key, its certificate, and the bounds that browsers will keep it to.

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    KeyPair, KeyUsagePurpose, NameConstraints, SerialNumber,
};
use rustls::pki_types::CertificateDer;
use secrecy::zeroize::Zeroize;
use time::OffsetDateTime;

use super::config::Files;
use super::error::Error;
use crate::dns::Name;
use crate::keyfile::{self, Protection};

/// The most characters of a name, of which RFC 5280 allows 64 (appendix A.1).
const LONGEST_TITLE: usize = 64;
/// The most days of an authority: ten years, after which the devices are others.
const MOST_DAYS: u32 = 3_653;
/// How far the clock of a device may be behind.
pub(super) const LATE_CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// What an authority is to be.
#[derive(Clone, Debug)]
pub struct Charter {
    /// As people will find it among the authorities of their device, such as `Example College, network`.
    pub title: String,
    /// Names within one of which it may vouch for a server; none for all.
    pub permitted: Vec<String>,
    /// Names within which it may not.
    pub excluded: Vec<String>,
    /// How long it lives.
    pub days: u32,
}

/// Founds an authority and writes its two files where there are none. `serial` is what nobody can guess.
pub fn found(
    charter: &Charter,
    serial: [u8; 16],
    now: Timestamp,
    files: Files<'_>,
    protection: &Protection<'_>,
) -> Result<CertificateDer<'static>, Error> {
    for path in [files.certificate, files.key] {
        if path.symlink_metadata().is_ok() {
            return Err(Error::Exists { path: path.to_owned() });
        }
    }
    let parameters = charter.parameters(serial, now)?;
    let pair = KeyPair::generate()?;
    let certificate = parameters.self_signed(&pair)?;
    let mut clear = pair.serialize_der();
    let text = keyfile::compose(&clear, protection);
    clear.zeroize();
    // The key first: a certificate without one would be given to devices in vain.
    for (path, text, mode) in [
        (files.key, text?.as_bytes(), keyfile::SECRET),
        (files.certificate, certificate.pem().as_bytes(), keyfile::PUBLIC),
    ] {
        keyfile::create(path, text, mode).map_err(|cause| Error::Write { path: path.to_owned(), cause })?;
    }
    Ok(certificate.der().clone())
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
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, self.title.as_str());
        parameters.not_before = civil(now - LATE_CLOCKS);
        parameters.not_after = civil(now + SignedDuration::from_hours(24 * i64::from(self.days)));
        parameters.serial_number = Some(SerialNumber::from_slice(&serial));
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.name_constraints = self.constraints()?;
        Ok(parameters)
    }

    /// What browsers are to hold it to; where names are bounded, no address is left to it either.
    fn constraints(&self) -> Result<Option<NameConstraints>, Error> {
        if self.permitted.is_empty() && self.excluded.is_empty() {
            return Ok(None);
        }
        let addresses = [CidrSubnet::V4([0; 4], [0; 4]), CidrSubnet::V6([0; 16], [0; 16])];
        let mut excluded_subtrees = subtrees(&self.excluded)?;
        excluded_subtrees.extend(addresses.map(GeneralSubtree::IpAddress));
        Ok(Some(NameConstraints { permitted_subtrees: subtrees(&self.permitted)?, excluded_subtrees }))
    }
}

fn subtrees(names: &[String]) -> Result<Vec<GeneralSubtree>, Error> {
    let subtree = |text: &String| match Name::from_text(text) {
        Ok(name) if !name.is_root() => Ok(GeneralSubtree::DnsName(plain(&name))),
        _ => Err(Error::Name { name: text.clone() }),
    };
    names.iter().map(subtree).collect()
}

/// A name as certificates write it: in small letters, without the root's dot.
pub(super) fn plain(name: &Name) -> String {
    name.to_string().trim_end_matches('.').to_ascii_lowercase()
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
        // Half of it would be as bad.
        fs::remove_file(office.path("ca.pem")).unwrap();
        assert!(matches!(office.found(&charter(&[], &[])), Err(Error::Exists { .. })));
    }

    #[test]
    fn a_charter_that_makes_no_sense_leaves_nothing_behind() {
        let office = Office::empty();
        let sound = charter(&[], &[]);
        for (charter, reason) in [
            (Charter { days: 0, ..sound.clone() }, "0 days"),
            (Charter { days: 3_654, ..sound.clone() }, "3654 days"),
            (Charter { title: " ".into(), ..sound.clone() }, "the name of the authority"),
            (Charter { title: "a\nb".into(), ..sound.clone() }, "the name of the authority"),
            (Charter { title: "x".repeat(65), ..sound.clone() }, "the name of the authority"),
            (Charter { permitted: vec![".".into()], ..sound.clone() }, "\".\" is no domain name"),
            (Charter { excluded: vec!["a..b".into()], ..sound.clone() }, "\"a..b\" is no domain name"),
        ] {
            let error = office.found(&charter).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert!(!office.path("ca.key").exists() && !office.path("ca.pem").exists());
        }
    }
}
