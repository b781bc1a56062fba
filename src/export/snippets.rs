//! What resolvers of others say in their configuration to load the policy zone from its file.

use std::io::{self, Write};

use super::kind::Kind;
use super::loss::Told;
use super::settings::Settings;

pub(super) fn compose(kind: Kind, settings: &Settings, out: &mut dyn Write) -> io::Result<Told> {
    let Settings { zone, file, .. } = settings;
    let zone = zone.to_string();
    let bare = zone.trim_end_matches('.');
    match kind {
        // `break-dnssec`: without it, whoever asks for signatures is not blocked. `qname-wait-recurse`: without it, the
        // servers of a listed name are asked before it is blocked.
        Kind::Bind => write!(
            out,
            "// Within the options:\nresponse-policy {{ zone \"{bare}\"; }} break-dnssec yes qname-wait-recurse no;\n\n\
             // Beside the options:\nzone \"{bare}\" {{ type primary; file \"{file}\"; allow-query {{ none; }}; allow-transfer {{ none; }}; }};\n"
        )?,
        // The first rule that decides is the last: one that lets a name pass, too.
        Kind::Knot => writeln!(
            out,
            "-- Exceptions in the zone pass by all rules after this one, such as policy.FORWARD.\n\
             policy.add(policy.rpz(policy.DENY, '{file}', true))"
        )?,
        Kind::Powerdns => writeln!(out, "rpzFile(\"{file}\", {{ policyName = \"{bare}\" }})")?,
        // The module comes before the validator, or whoever asks for signatures of a signed name is not blocked.
        _ => write!(
            out,
            "server:\n    module-config: \"respip validator iterator\"\nrpz:\n    name: \"{zone}\"\n    zonefile: \
             \"{file}\"\n"
        )?,
    }
    out.flush()?;
    Ok(Told { written: 1, ..Told::default() })
}
