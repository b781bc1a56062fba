//! An authority in a folder, for tests, and a browser that believes it: another implementation of RFC 5280.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use tempfile::TempDir;

use super::certificate::Scope;
use super::config::Config;
use super::error::Error;
use super::found::{Charter, Founding};
use super::issuer::Issuer;
use crate::dns::Name;
use crate::keyfile::{self, Cost, Protection, Secret};

pub(super) const PASSPHRASE: &str = "correct horse battery";

/// The files of an authority.
pub(super) struct Office {
    folder: TempDir,
    pub(super) config: Config,
}

impl Office {
    /// Where none has been founded yet.
    pub(super) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| Some(folder.path().join(name));
        let (certificate, key, passphrase_file) = (path("ca.pem"), path("ca.key"), path("passphrase"));
        let office = Self { folder, config: Config { certificate, key, passphrase_file } };
        office.put("passphrase", PASSPHRASE);
        office
    }

    /// With an authority that may vouch for some names and not for others.
    pub(super) fn founded(permitted: &[&str], excluded: &[&str]) -> Self {
        let office = Self::empty();
        office.found(&charter(permitted, excluded)).unwrap();
        office
    }

    pub(super) fn found(&self, charter: &Charter) -> Result<(), Error> {
        self.carry_out(&self.founding(charter)?)
    }

    pub(super) fn founding(&self, charter: &Charter) -> Result<Founding<'_>, Error> {
        Founding::new(charter, [7; 16], now(), self.config.files().unwrap())
    }

    pub(super) fn carry_out(&self, founding: &Founding<'_>) -> Result<(), Error> {
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        let cost = Cost { memory: 4, passes: 1 };
        founding.carry_out(&Protection::Passphrase { passphrase: &passphrase, random: [9; 32], cost })
    }

    pub(super) fn open(&self) -> Result<Issuer, Error> {
        Issuer::open(self.config.files().unwrap(), [1; 16])
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file that its owner alone may read.
    pub(super) fn put(&self, name: &str, text: &str) {
        keyfile::replace(&self.path(name), text.as_bytes(), keyfile::SECRET).unwrap();
    }
}

/// An authority for five years.
pub(super) fn charter(permitted: &[&str], excluded: &[&str]) -> Charter {
    let names = |names: &[&str]| names.iter().map(|name| Name::from_text(name).unwrap()).collect();
    let scope = Scope { permitted: names(permitted), excluded: names(excluded) };
    Charter { title: "Example College".into(), scope, days: 1_825 }
}

pub(super) fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Whether a browser that trusts the certificate in a file believes that this is `name`.
pub(super) fn believes(root: &Path, shown: &CertifiedKey, name: &str, now: Timestamp) -> bool {
    use rustls::pki_types::pem::PemObject;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root).unwrap()).unwrap();
    let provider = Arc::new(default_provider());
    let browser = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
    let moment = UnixTime::since_unix_epoch(Duration::from_secs(now.as_second().unsigned_abs()));
    let (itself, above) = shown.cert.split_first().unwrap();
    let name = ServerName::try_from(name).unwrap();
    browser.verify_server_cert(itself, above, &name, &[], moment).is_ok()
}
