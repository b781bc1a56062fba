//! Plain lists: one name a line, for itself and all below it; `#` begins a comment anywhere.
//!
//! `*.name` is how some lists write the same subtree, and means no more here.

use super::hosts::is_standard;
use super::lines::Lines;
use super::read::{Intake, ReadError, utf8};
use crate::blocklist::{Effect, Scope};

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    while let Some(line) = lines.next(intake)? {
        match utf8(before_comment(line.text)) {
            Ok("") => {}
            Ok(name) if is_standard(name) => {}
            Ok(name) => {
                let name = name.strip_prefix("*.").unwrap_or(name);
                intake.name(line.number, name, Scope::Domain, Effect::Block);
            }
            Err(reason) => intake.fault(line.number, reason),
        }
    }
    Ok(())
}

/// What stands before the first `#`, which may be in any encoding, without spaces around it.
pub(super) fn before_comment(line: &[u8]) -> &[u8] {
    let end = line.iter().position(|octet| *octet == b'#').unwrap_or(line.len());
    line[..end].trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format, Reason,
        read::tests::{faults, rules},
    };

    #[test]
    fn names_are_subtrees() {
        let list = b"# caf\xe9\r\n\r\n  A.Example.  # caf\xe9\r\n*.b.example\nlocalhost\n\xc5\xbcar.example";
        assert_eq!(
            rules(Format::Domains, list),
            [
                (3, "a.example.".into(), Scope::Domain),
                (4, "b.example.".into(), Scope::Domain),
                (6, "xn--ar-vva.example.".into(), Scope::Domain),
            ]
        );
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        let list = b"a.example\n192.0.2.1\n\xff.example\n*.*.example\n*\nb.example\n";
        assert_eq!(rules(Format::Domains, list).len(), 2);
        assert_eq!(
            faults(Format::Domains, list),
            [
                (2, Reason::Address("192.0.2.1".into())),
                (3, Reason::NotUtf8("\u{fffd}.example".into())),
                (4, Reason::Wildcard("*.example".into())),
                (5, Reason::Wildcard("*".into())),
            ]
        );
    }
}
