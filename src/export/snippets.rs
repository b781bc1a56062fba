//! What resolvers of others say in their configuration to load the policy zone from its file.

use std::io::Write;

use super::kind::Kind;
use super::loss::Told;
use super::rpz::check_zone;
use super::settings::{Error, Redirect, Settings, Source};
use crate::blocklist::Trigger;

const KNOT_NETWORK: &str = "a network, which Knot Resolver does not judge";
const KNOT_REDIRECT: &str = "Knot Resolver ignores redirection to a name, and blocks nothing; use addresses";
const KNOT_ALIAS: &str = "what an alias leads to, which Knot Resolver does not judge";
const UNBOUND_ALIAS: &str =
    "what an alias leads to, which Unbound judges only until it has the alias in its cache";

pub(super) fn compose(
    kind: Kind,
    source: Source<'_>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<Told, Error> {
    check_zone(&settings.zone)?;
    let Settings { zone, file, .. } = settings;
    if file.chars().any(|letter| letter.is_control() || "'\"\\".contains(letter)) {
        return Err(Error::File { file: file.clone() });
    }
    let bare = zone.to_host();
    let mut told = Told { written: 1, ..Told::default() };
    match kind {
        // `break-dnssec`: without it, whoever asks for signatures is not blocked. `qname-wait-recurse`: without it, the
        // servers of a listed name are asked before it is blocked. `check-names`: listed names are not always host names.
        Kind::Bind => write!(
            out,
            "// Within the options, or the view; there can be one response-policy alone:\n\
             response-policy {{ zone \"{bare}\"; }} break-dnssec yes qname-wait-recurse no;\n\n\
             // Beside the options, or within the same view; after each change: rndc reload {bare}\n\
             zone \"{bare}\" {{\n    type primary; file \"{file}\"; check-names ignore;\n    \
             allow-query {{ none; }}; allow-transfer {{ none; }};\n}};\n"
        )?,
        Kind::Knot => {
            for rule in source.rules {
                if let Trigger::Network(network) = &rule.trigger {
                    told.lose(KNOT_NETWORK, network);
                }
            }
            if let Some(Redirect::Name(name)) = &settings.redirect {
                told.lose(KNOT_REDIRECT, name);
            }
            told.lose(KNOT_ALIAS, &settings.zone);
            write!(
                out,
                "-- The file is looked at again when it changes, if lua-cqueues is installed; else restart.\n\
                 -- Exceptions in it pass by all rules after this one, such as policy.FORWARD.\n\
                 policy.add(policy.rpz(policy.DENY, '{file}'))\n"
            )?;
        }
        Kind::Powerdns => write!(
            out,
            "-- After each change: rec_control reload-lua-config\n\
             rpzFile(\"{file}\", {{ policyName = \"{bare}\" }})\n"
        )?,
        // The module comes before the validator, or whoever asks for signatures of a signed name is not blocked.
        _ => {
            told.lose(UNBOUND_ALIAS, &settings.zone);
            write!(
                out,
                "# The first of the modules that are there already, if there are any; after each change:\n\
             # unbound-control auth_zone_reload {zone}\n\
             server:\n    module-config: \"respip validator iterator\"\nrpz:\n    name: \"{zone}\"\n    \
             zonefile: \"{file}\"\n"
            )?
        }
    }
    out.flush()?;
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Name;
    use crate::export::Serial;

    fn written(kind: Kind, redirect: Option<Redirect>, file: &str) -> Result<(String, Told), Error> {
        let zone = Name::from_text("rpz.test").unwrap();
        let settings = Settings { zone, redirect, serial: Serial(1), digest: false, file: file.into() };
        let source = Source { header: None, rules: &[], protected: &[] };
        let mut out = Vec::new();
        let told = compose(kind, source, &settings, &mut out)?;
        Ok((String::from_utf8(out).unwrap(), told))
    }

    #[test]
    fn a_path_cannot_end_what_it_stands_in() {
        for file in ["/x'y", "/x\"y", "/x\\y", "/x\ny"] {
            assert!(matches!(written(Kind::Powerdns, None, file), Err(Error::File { .. })), "{file}");
        }
        assert!(
            written(Kind::Bind, None, "/var/lib/bind/rpz.zone").unwrap().0.contains("zone \"rpz.test\" {")
        );
    }

    #[test]
    fn what_a_resolver_does_not_do_is_told() {
        let page = || Some(Redirect::Name(Name::from_text("page.test").unwrap()));
        for (kind, losses) in [
            (Kind::Knot, &[KNOT_REDIRECT, KNOT_ALIAS][..]),
            (Kind::UnboundRpz, &[UNBOUND_ALIAS]),
            (Kind::Bind, &[]),
            (Kind::Powerdns, &[]),
        ] {
            let told = written(kind, page(), "/z").unwrap().1.losses;
            assert_eq!(told.iter().map(|loss| loss.what).collect::<Vec<_>>(), losses, "{kind}");
        }
    }
}
