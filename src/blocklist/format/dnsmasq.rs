//! dnsmasq settings: `address=/a/b/…`, `server=/a/` and `local=/a/` answer for names and all below them.
//!
//! As dnsmasq reads them: `.name` is `name`, `*.name` leaves out the name itself, `#` in place of a name
//! matches all names, and a `server` with an address forwards, which is no block. The address of an `address`
//! line says how the author would answer, which is for the subscriber to choose.

use super::fault::{Reason, excerpt};
use super::hosts::is_address;
use super::lines::Lines;
use super::read::{Intake, ReadError, utf8};
use crate::blocklist::{Effect, Scope};

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    while let Some(line) = lines.next(intake)? {
        let read =
            utf8(before_spaced_comment(line.text)).and_then(|text| read_line(line.number, text, intake));
        if let Err(reason) = read {
            intake.fault(line.number, reason);
        }
    }
    Ok(())
}

fn read_line(line: u64, text: &str, intake: &mut Intake<'_>) -> Result<(), Reason> {
    if text.is_empty() {
        return Ok(());
    }
    let setting = || Reason::Setting(excerpt(text));
    let (key, value) = text.split_once('=').ok_or_else(setting)?;
    let value = value.trim_ascii().strip_prefix('/').ok_or_else(setting)?;
    let (names, target) = value.rsplit_once('/').ok_or_else(setting)?;
    match key.trim_ascii() {
        "address" if target.is_empty() || target == "#" || is_address(target) => {}
        "address" => return Err(Reason::NotAddress(excerpt(target))),
        "server" | "local" if target.is_empty() => {}
        "server" | "local" => return Err(Reason::Forwarding(excerpt(target))),
        _ => return Err(setting()),
    }
    for name in names.split('/') {
        match name {
            // dnsmasq takes `//` for names without a dot and `/#/` for all.
            "" => intake.fault(line, Reason::NoName),
            "#" => intake.fault(line, Reason::Everything),
            _ => match name.strip_prefix("*.") {
                Some(parent) => intake.name(line, parent, Scope::Below, Effect::Block),
                None => {
                    let name = name.strip_prefix('.').unwrap_or(name);
                    intake.name(line, name, Scope::Domain, Effect::Block);
                }
            },
        }
    }
    Ok(())
}

/// What stands before a `#` that begins the line or follows a space.
pub(super) fn before_spaced_comment(line: &[u8]) -> &[u8] {
    let begins = |at: &usize| line[*at] == b'#' && (*at == 0 || line[*at - 1].is_ascii_whitespace());
    let end = (0..line.len()).find(begins).unwrap_or(line.len());
    line[..end].trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format,
        read::tests::{faults, rules},
    };

    #[test]
    fn three_settings_block_subtrees() {
        let list = b"# caf\xe9\naddress=/a.example/0.0.0.0\naddress = /b.example/ # caf\xe9\r\n\
            address=/c.example/C.d.example/::\naddress=/e.example/#\nserver=/f.example/\nlocal=/.g.example/\n\
            local=/*.h.example/\n\naddress=/i.example/192.0.2.1";
        let name = |line, name: &str| (line, format!("{name}.example."), Scope::Domain);
        assert_eq!(
            rules(Format::Dnsmasq, list),
            [
                name(2, "a"),
                name(3, "b"),
                name(4, "c"),
                name(4, "c.d"),
                name(5, "e"),
                name(6, "f"),
                name(7, "g"),
                (8, "h.example.".into(), Scope::Below),
                name(10, "i"),
            ]
        );
    }

    #[test]
    fn what_blocks_nothing_says_why() {
        for (line, reason) in [
            ("server=/a.example/192.0.2.1#53", Reason::Forwarding("192.0.2.1#53".into())),
            ("server=/a.example/#", Reason::Forwarding("#".into())),
            ("server=192.0.2.1", Reason::Setting("server=192.0.2.1".into())),
            ("no-resolv", Reason::Setting("no-resolv".into())),
            ("ipset=/a.example/set", Reason::Setting("ipset=/a.example/set".into())),
            ("address=/a.example", Reason::Setting("address=/a.example".into())),
            ("address=/a.example/b.example", Reason::NotAddress("b.example".into())),
            ("address=//192.0.2.1", Reason::NoName),
            ("address=/#/192.0.2.1", Reason::Everything),
            ("address=/*a.example/", Reason::Wildcard("*a.example".into())),
        ] {
            let list = format!("{line}\naddress=/b.example/\n");
            assert_eq!(rules(Format::Dnsmasq, list.as_bytes()).len(), 1, "{line}");
            assert_eq!(faults(Format::Dnsmasq, list.as_bytes()), [(1, reason)]);
        }
    }
}
