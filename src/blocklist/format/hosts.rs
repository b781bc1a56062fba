//! `/etc/hosts`: an address, then names, each for itself alone.
//!
//! The address says how the author would answer, which is for the subscriber to choose, so that any will do.
//! The lines that come with every system (`localhost` and its kind) are not part of the list and no faults.

use std::net::IpAddr;

use super::domains::before_comment;
use super::fault::{Reason, excerpt};
use super::lines::Lines;
use super::read::{Intake, ReadError, utf8};
use crate::blocklist::{Effect, Scope};

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    while let Some(line) = lines.next(intake)? {
        match utf8(before_comment(line.text)) {
            Ok(text) => read_line(line.number, text, intake),
            Err(reason) => intake.fault(line.number, reason),
        }
    }
    Ok(())
}

/// Reads what stands before the comment of a line.
pub(super) fn read_line(line: u64, text: &str, intake: &mut Intake<'_>) {
    let mut words = text.split_ascii_whitespace();
    let Some(first) = words.next() else { return };
    if !is_address(first) {
        intake.fault(line, Reason::NotHosts(excerpt(first)));
        return;
    }
    let mut names = words.peekable();
    if names.peek().is_none() {
        intake.fault(line, Reason::NoName);
    }
    for name in names.filter(|name| !is_standard(name)) {
        intake.name(line, name, Scope::Host, Effect::Block);
    }
}

/// Whether a word is an address, perhaps with a zone as in `fe80::1%lo0`.
pub(super) fn is_address(word: &str) -> bool {
    let address = word.split_once('%').map_or(word, |(address, _)| address);
    address.parse::<IpAddr>().is_ok()
}

/// Whether a name comes with every system and is in lists for that reason alone.
pub(super) fn is_standard(name: &str) -> bool {
    STANDARD.contains(&name)
}

const STANDARD: &[&str] = &[
    "localhost",
    "localhost.localdomain",
    "localhost4",
    "localhost6",
    "local",
    "broadcasthost",
    "ip6-localhost",
    "ip6-loopback",
    "ip6-localnet",
    "ip6-mcastprefix",
    "ip6-allnodes",
    "ip6-allrouters",
    "ip6-allhosts",
    "0.0.0.0",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format, normalise,
        read::tests::{faults, rules},
    };

    #[test]
    fn names_are_hosts() {
        let list = b"127.0.0.1\tlocalhost  localhost.localdomain local\n255.255.255.255 broadcasthost\r\n\
            ::1 localhost ip6-localhost ip6-loopback\nfe80::1%lo0 localhost\nfe00::0 ip6-localnet\n\
            ff02::3 ip6-allhosts\n0.0.0.0 0.0.0.0\n\n# caf\xe9\n0.0.0.0 A.example  b.example # c.example\n\
            \t:: d.example";
        assert_eq!(
            rules(Format::Hosts, list),
            [
                (10, "a.example.".into(), Scope::Host),
                (10, "b.example.".into(), Scope::Host),
                (11, "d.example.".into(), Scope::Host),
            ]
        );
    }

    #[test]
    fn a_bad_name_does_not_lose_its_line() {
        let list = b"0.0.0.0 a.example b..example c.example\n0.0.0.0\na.example\n0.0.0.0 \xff.example\n";
        assert_eq!(rules(Format::Hosts, list).len(), 2);
        let name = normalise("b..example").unwrap_err();
        assert_eq!(
            faults(Format::Hosts, list),
            [
                (1, name),
                (2, Reason::NoName),
                (3, Reason::NotHosts("a.example".into())),
                (4, Reason::NotUtf8("0.0.0.0 \u{fffd}.example".into())),
            ]
        );
    }
}
