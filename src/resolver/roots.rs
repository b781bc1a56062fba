//! Where recursion and trust begin: addresses of the root servers and keys of the root zone, built in or read
//! from the operator's files.
//!
//! `root.hints` beside this file is IANA's list; its addresses change about once in a decade, and any one
//! that still answers is enough. The keys are those of room `dnssec`: KSK-2017 (20326) and KSK-2024 (38696).

use std::net::IpAddr;
use std::path::Path;

use hickory_resolver::proto::rr::{Name, RData, RecordSet};
use hickory_resolver::proto::serialize::txt::Parser;

use super::error::Error;
use crate::dnssec::{Algorithms, Anchors};

const HINTS: &str = include_str!("root.hints");

/// The addresses of the hints in `path`, or of the built-in ones.
pub(super) fn hints(path: Option<&Path>) -> Result<Vec<IpAddr>, Error> {
    let text = match path {
        Some(path) => read("root_hints", path)?,
        None => HINTS.into(),
    };
    let addresses = addresses(text);
    match (addresses, path) {
        (Ok(addresses), _) if !addresses.is_empty() => Ok(addresses),
        (Ok(_), Some(path)) => Err(content(path, "holds no A or AAAA record".into())),
        (Err(fault), Some(path)) => Err(content(path, format!("is not zone-file text ({fault})"))),
        (_, None) => Err(Error::Setup("the built-in root hints are unusable".into())),
    }
}

fn addresses(text: String) -> Result<Vec<IpAddr>, String> {
    let (_, sets) = Parser::new(text, None, Some(Name::root())).parse().map_err(|error| error.to_string())?;
    let records = sets.values().flat_map(RecordSet::records_without_rrsigs);
    Ok(records.map(|record| &record.data).filter_map(RData::ip_addr).collect())
}

/// The trust anchors in `path`, or the built-in ones, for these algorithms.
pub(super) fn anchors(path: Option<&Path>, algorithms: Algorithms) -> Result<Anchors, Error> {
    let Some(path) = path else { return Ok(Anchors::built_in(algorithms)) };
    let text = read("trust_anchor", path)?;
    Anchors::parse(&text, algorithms).map_err(|error| Error::Line {
        key: "trust_anchor",
        path: path.into(),
        line: error.line,
        fault: error.fault,
        remedy: error.remedy,
    })
}

fn read(key: &'static str, path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|cause| Error::Unreadable { key, path: path.into(), cause })
}

fn content(path: &Path, fault: String) -> Error {
    let remedy = "it must hold root server addresses, as IANA's named.root does";
    Error::Content { key: "root_hints", path: path.into(), fault, remedy }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn thirteen_servers_of_both_families_are_built_in() {
        let hints = hints(None).unwrap();
        assert_eq!(hints.iter().filter(|address| address.is_ipv4()).count(), 13);
        assert_eq!(hints.iter().filter(|address| address.is_ipv6()).count(), 13);
        assert!(hints.contains(&"198.41.0.4".parse().unwrap()));
        assert_eq!(anchors(None, Algorithms::default()).unwrap().iter().count(), 1);
    }

    #[test]
    fn files_replace_what_is_built_in() {
        let root = file(". 60 NS ns.\nns. 60 A 192.0.2.1\nns. 60 AAAA 2001:db8::1\n");
        let expected: Vec<IpAddr> = vec!["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        assert_eq!(hints(Some(root.path())).unwrap(), expected);
        let key = file(". 60 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n");
        assert_eq!(anchors(Some(key.path()), Algorithms::default()).unwrap().iter().count(), 1);
    }

    #[test]
    fn useless_files_say_why() {
        let empty = file("; nothing\n");
        for (error, wanted) in [
            (hints(Some(Path::new("/nowhere"))).unwrap_err(), "resolver.root_hints: cannot read `/nowhere`"),
            (hints(Some(empty.path())).unwrap_err(), "holds no A or AAAA record"),
            (hints(Some(file("a b c d").path())).unwrap_err(), "is not zone-file text"),
            (anchors(Some(empty.path()), Algorithms::default()).err().unwrap(), "resolver.trust_anchor"),
            (
                anchors(Some(empty.path()), Algorithms::default()).err().unwrap(),
                "line 1: no trust anchor; write DS or DNSKEY records",
            ),
        ] {
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }
}
