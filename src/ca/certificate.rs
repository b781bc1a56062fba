//! The certificate of an authority as it stands in its file: what it may vouch for, and until when.

use std::fmt;
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
    /// Its subject as it stands there, which what it signs has to repeat (RFC 5280 §6.1.3).
    pub(super) subject: Vec<u8>,
    pub(super) public_key: Vec<u8>,
    pub(super) scope: Scope,
}

/// The names for which an authority may vouch (RFC 5280 §4.2.1.10).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Those within one of these alone, if there are any.
    pub permitted: Vec<Name>,
    /// Those within none of these.
    pub excluded: Vec<Name>,
}

impl Scope {
    /// Whether a name is among them.
    pub fn has(&self, name: &Name) -> bool {
        let within = |names: &[Name]| names.iter().any(|above| name.is_within(above));
        (self.permitted.is_empty() || within(&self.permitted)) && !within(&self.excluded)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |names: &[Name]| names.iter().map(Name::to_host).collect::<Vec<_>>().join(", ");
        match (&self.permitted[..], &self.excluded[..]) {
            ([], []) => f.write_str("every name"),
            ([], excluded) => write!(f, "every name outside {}", names(excluded)),
            (permitted, []) => write!(f, "names within {}", names(permitted)),
            (permitted, excluded) => {
                write!(f, "names within {} and outside {}", names(permitted), names(excluded))
            }
        }
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
        // "No end" is later than any moment that we know of (RFC 5280 §4.1.2.5).
        let moment = |time: i64| Timestamp::from_second(time).unwrap_or(Timestamp::MAX);
        let title = parsed.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        let read = Self {
            title: title.unwrap_or("a local certification authority").to_owned(),
            begins: moment(validity.not_before.timestamp()),
            ends: moment(validity.not_after.timestamp()),
            is_root: parsed.subject() == parsed.issuer(),
            serial: parsed.raw_serial().to_vec(),
            subject: parsed.subject().as_raw().to_vec(),
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
            GeneralName::DNSName("") => Some(Ok(Name::root())),
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
