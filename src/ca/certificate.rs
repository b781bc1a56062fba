//! The certificate of an authority as it stands in its file: what it may vouch for, and until when.

use std::path::Path;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, GeneralSubtree};
use x509_parser::prelude::FromDer;

use super::error::Error;
use crate::dns::Name;

/// A certificate, and what is read of it.
#[derive(Debug)]
pub(super) struct Certificate {
    /// Itself first, then those of the authorities above it.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// What it is called.
    pub(super) title: String,
    pub(super) begins: Timestamp,
    pub(super) ends: Timestamp,
    /// Whether it vouches for itself, so that nobody needs to be sent it.
    pub(super) is_root: bool,
    pub(super) serial: Vec<u8>,
    pub(super) public_key: Vec<u8>,
    pub(super) scope: Scope,
}

/// The names for which it may vouch.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// Names within one of which alone, if there are any.
    pub(super) permitted: Vec<Name>,
    /// Names within none of which.
    pub(super) excluded: Vec<Name>,
}

impl Scope {
    pub(super) fn has(&self, name: &Name) -> bool {
        let within = |names: &[Name]| names.iter().any(|above| name.is_within(above));
        (self.permitted.is_empty() || within(&self.permitted)) && !within(&self.excluded)
    }
}

impl Certificate {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let chain = CertificateDer::pem_file_iter(path).and_then(Iterator::collect);
        let chain = chain.map_err(|cause| Error::Unreadable { path: path.to_owned(), cause })?;
        Self::parse(chain).map_err(|reason| Error::Unfit { path: path.to_owned(), reason })
    }

    fn parse(chain: Vec<CertificateDer<'static>>) -> Result<Self, &'static str> {
        let first = chain.first().ok_or("there is no certificate in it")?;
        let (_, parsed) = X509Certificate::from_der(first).map_err(|_| "it is no X.509 certificate")?;
        let vouches = parsed.is_ca()
            && parsed.key_usage().is_ok_and(|usage| usage.is_none_or(|usage| usage.value.key_cert_sign()));
        if !vouches {
            return Err("it is no certificate of an authority");
        }
        let validity = parsed.validity();
        let moment = |time: i64| Timestamp::from_second(time).map_err(|_| "its validity makes no sense");
        let title = parsed.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        let read = Self {
            title: title.unwrap_or("a local certification authority").to_owned(),
            begins: moment(validity.not_before.timestamp())?,
            ends: moment(validity.not_after.timestamp())?,
            is_root: parsed.subject() == parsed.issuer(),
            serial: parsed.raw_serial().to_vec(),
            public_key: parsed.public_key().subject_public_key.data.to_vec(),
            scope: scope(&parsed)?,
            chain: Vec::new(),
        };
        Ok(Self { chain, ..read })
    }
}

fn scope(parsed: &X509Certificate<'_>) -> Result<Scope, &'static str> {
    let constraints = parsed.name_constraints().map_err(|_| "its name constraints cannot be read")?;
    let Some(constraints) = constraints else { return Ok(Scope::default()) };
    let names = |subtrees: &Option<Vec<GeneralSubtree<'_>>>| {
        let names = subtrees.iter().flatten().filter_map(|subtree| match subtree.base {
            GeneralName::DNSName(name) => Some(Name::from_text(name.trim_start_matches('.'))),
            _ => None,
        });
        names.collect::<Result<Vec<_>, _>>().map_err(|_| "its name constraints hold what is no name")
    };
    Ok(Scope {
        permitted: names(&constraints.value.permitted_subtrees)?,
        excluded: names(&constraints.value.excluded_subtrees)?,
    })
}
