//! Formats with one name a line: hosts, plain domains, AdBlock, dnsmasq, Unbound's local zones.
//!
//! Each says other things of a name. What one cannot say is left out. An exception that cannot be said takes with it all
//! that is listed around it: otherwise it would be blocked.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::about::about;
use super::indicators;
use super::kind::Kind;
use super::loss::Told;
use super::meaning::{Meaning, Node};
use crate::blocklist::{Effect, Header};
use crate::dns::Name;

const NOT_BELOW: &str = "names below these are left out, since this format speaks of names alone";
const NOT_A_SUBTREE: &str = "listed alone, or without the name itself, and left out: this format speaks of a name with all \
                             below it";
const NO_EXCEPTION: &str = "left out with an exception below, which this format would block too";
const NO_EFFECT: &str = "no block (TCP alone, or data of its own), and left out";
const NO_NETWORK: &str = "a network, and left out";

/// Whether an exception of AdBlock, or what is blocked in spite of one, can still be told from what is around it.
const LEVELS: usize = 4;

/// What begins at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    part: Part,
    /// Whether it is blocked from there on, or left alone inside what is.
    blocks: bool,
}

/// For what it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// For the name and all below it.
    Whole,
    /// For the name itself.
    Own,
    /// For all below the name.
    Below,
}

impl Change {
    /// What begins at a node, as far as it is about blocking.
    fn of(node: &Node) -> Option<Self> {
        let [own, below, above] = [&node.own, &node.below, &node.above].map(blocks);
        let part = match (own != above, below != above) {
            (true, true) => Part::Whole,
            (true, false) => Part::Own,
            (false, true) => Part::Below,
            (false, false) => return None,
        };
        Some(Self { part, blocks: !above })
    }
}

pub(super) fn blocks(effect: &Option<Effect>) -> bool {
    effect.as_ref().is_some_and(|effect| !is_no_block(effect))
}

fn is_no_block(effect: &Effect) -> bool {
    matches!(effect, Effect::TcpOnly | Effect::Local(_))
}

pub(super) fn compose(
    kind: Kind,
    meaning: &Meaning,
    header: Option<&Header>,
    out: &mut dyn Write,
) -> io::Result<Told> {
    let sign = if kind == Kind::Adblock { '!' } else { '#' };
    if kind == Kind::Unbound {
        writeln!(out, "server:")?;
    }
    about(header).iter().try_for_each(|line| writeln!(out, "{sign} {line}"))?;
    let told = say(kind, meaning, |_, _, line| writeln!(out, "{line}"))?;
    out.flush()?;
    Ok(told)
}

/// Says what a list means in lines of a format, each with the name and the part of it that it is for.
pub(super) fn say(
    kind: Kind,
    meaning: &Meaning,
    mut put: impl FnMut(&Name, Part, &str) -> io::Result<()>,
) -> io::Result<Told> {
    let mut told = Told::default();
    meaning.networks.keys().for_each(|network| told.lose(NO_NETWORK, network));
    let mut put = |name: &Name, (part, line): (Part, String), told: &mut Told| {
        told.written += 1;
        put(name, part, &line)
    };
    let mut island = Island { kind, lines: BTreeMap::new(), around: Vec::new() };
    for (name, node) in &meaning.nodes {
        if [&node.own, &node.below].into_iter().flatten().any(is_no_block) {
            told.lose(NO_EFFECT, name);
        }
        if kind == Kind::Hosts {
            if let Some(line) = host_lines(name, node, &mut told) {
                put(name, (Part::Own, line), &mut told)?;
            }
            continue;
        }
        let Some(change) = Change::of(node) else { continue };
        while island.around.last().is_some_and(|(outer, _)| !name.is_within(outer)) {
            island.around.pop();
        }
        if island.around.is_empty() {
            island.take().into_iter().try_for_each(|(name, line)| put(name, line, &mut told))?;
        }
        island.add(name, change, &mut told);
    }
    island.take().into_iter().try_for_each(|(name, line)| put(name, line, &mut told))?;
    if kind == Kind::Adblock {
        // What they lead to may be listed, too.
        for name in meaning.protected.iter().filter(|name| !meaning.nodes.contains_key(name)) {
            put(name, (Part::Whole, format!("@@||{}^", name.to_host())), &mut told)?;
        }
    }
    Ok(told)
}

/// The lines of a name that is blocked itself, for both kinds of addresses: a program would ask elsewhere for the other
/// one.
fn host_lines(name: &Name, node: &Node, told: &mut Told) -> Option<String> {
    if blocks(&node.below) && !blocks(&node.above) {
        told.lose(NOT_BELOW, name);
    }
    let host = name.to_host();
    (blocks(&node.own) && !name.is_root()).then(|| format!("0.0.0.0 {host}\n:: {host}"))
}

/// A name that nothing is around, and what is inside of it.
struct Island<'m> {
    kind: Kind,
    lines: BTreeMap<&'m Name, (Part, String)>,
    /// The names that the one at hand is within, each with what began there.
    around: Vec<(&'m Name, Change)>,
}

impl<'m> Island<'m> {
    fn add(&mut self, name: &'m Name, change: Change, told: &mut Told) {
        // What began for a name alone is not around those below it.
        let depth = self.around.iter().filter(|(_, outer)| outer.part != Part::Own).count();
        match line(self.kind, name, change, depth) {
            Some(line) => _ = self.lines.insert(name, (change.part, line)),
            None if change.blocks => told.lose(NOT_A_SUBTREE, name),
            None => self.give_up_around(told),
        }
        self.around.push((name, change));
    }

    /// Leaves out what is blocked around an exception that cannot be said, up to an exception that is.
    fn give_up_around(&mut self, told: &mut Told) {
        for (outer, change) in self.around.iter().rev().filter(|(_, change)| change.part != Part::Own) {
            if !change.blocks && self.lines.contains_key(outer) {
                break;
            }
            if change.blocks && self.lines.remove(outer).is_some() {
                told.lose(NO_EXCEPTION, outer);
            }
        }
    }

    fn take(&mut self) -> BTreeMap<&'m Name, (Part, String)> {
        std::mem::take(&mut self.lines)
    }
}

/// How a format says that something begins at a name, inside so many others; nothing where it cannot.
fn line(kind: Kind, name: &Name, change: Change, depth: usize) -> Option<String> {
    if name.is_root() {
        return None;
    }
    let host = name.to_host();
    match (kind, change.part, change.blocks) {
        (Kind::Domains | Kind::Misp, Part::Whole, true) => Some(host),
        (Kind::Misp, Part::Own, true) => Some(host),
        (Kind::Stix, part, true) => indicators::pattern(&host, part),
        (Kind::Dnsmasq, Part::Whole, true) => Some(format!("local=/{host}/")),
        (Kind::Dnsmasq, Part::Whole, false) => Some(format!("server=/{host}/#")),
        (Kind::Unbound, Part::Whole, true) => Some(format!("local-zone: \"{host}.\" always_nxdomain")),
        (Kind::Unbound, Part::Whole, false) => Some(format!("local-zone: \"{host}.\" always_transparent")),
        (Kind::Adblock, part, blocks) if depth < LEVELS => {
            let exception = if blocks { "" } else { "@@" };
            // What is blocked inside an exception, and exceptions from that, have to be stronger than it.
            let important = if depth < 2 { "" } else { "$important" };
            let pattern = match part {
                Part::Whole => format!("||{host}^"),
                Part::Own => format!("|{host}^"),
                Part::Below => format!("||*.{host}^"),
            };
            Some(format!("{exception}{pattern}{important}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{self, Format, Rule, Scope, Trigger};

    /// What a format says of a list of AdBlock rules, and what it left out.
    fn written(kind: Kind, list: &str, protected: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut rules = Vec::new();
        blocklist::read(list.as_bytes(), Some(Format::Adblock), "list", |rule| rules.push(rule)).unwrap();
        let protected: Vec<Name> = protected.iter().map(|name| Name::from_text(name).unwrap()).collect();
        let mut out = Vec::new();
        let told =
            compose(kind, &Meaning::new(&rules, &protected, kind == Kind::Hosts), None, &mut out).unwrap();
        let lines = String::from_utf8(out).unwrap().lines().map(str::to_owned).collect();
        (lines, told.losses.iter().map(ToString::to_string).collect())
    }

    const LIST: &str =
        "||a.example^\n@@||b.a.example^\n||c.b.a.example^$important\n|d.example^\n||*.e.example^\n";

    #[test]
    fn each_format_says_what_it_can_and_tells_what_it_cannot() {
        assert_eq!(
            written(Kind::Hosts, LIST, &[]),
            (
                ["a", "c.b.a", "d"]
                    .iter()
                    .flat_map(|host| [format!("0.0.0.0 {host}.example"), format!(":: {host}.example")])
                    .collect(),
                vec![format!("{NOT_BELOW}: 3 (a.example., c.b.a.example., e.example.)")]
            )
        );
        assert_eq!(
            written(Kind::Domains, LIST, &[]),
            (
                vec!["c.b.a.example".into()],
                vec![
                    format!("{NO_EXCEPTION}: 1 (a.example.)"),
                    format!("{NOT_A_SUBTREE}: 2 (d.example., e.example.)")
                ]
            )
        );
        let (lines, losses) = written(Kind::Dnsmasq, LIST, &[]);
        assert_eq!(lines, ["local=/a.example/", "server=/b.a.example/#", "local=/c.b.a.example/"]);
        assert_eq!(losses, [format!("{NOT_A_SUBTREE}: 2 (d.example., e.example.)")]);
        let (lines, _) = written(Kind::Unbound, LIST, &[]);
        assert_eq!(lines[..2], ["server:", "local-zone: \"a.example.\" always_nxdomain"]);
        assert_eq!(lines[2], "local-zone: \"b.a.example.\" always_transparent");
    }

    #[test]
    fn an_exception_that_cannot_be_said_takes_what_is_around_it_along() {
        for kind in [Kind::Domains, Kind::Dnsmasq, Kind::Unbound] {
            let (lines, losses) = written(kind, "||a.example^\n@@|b.a.example^\n||z.example^\n", &[]);
            assert!(lines.iter().any(|line| line.contains("z.example")), "{lines:?}");
            assert!(!lines.iter().any(|line| line.contains("a.example")), "{lines:?}");
            assert_eq!(losses, [format!("{NO_EXCEPTION}: 1 (a.example.)")]);
        }
        let (lines, _) = written(Kind::Domains, "||a.example^\n", &["help.a.example"]);
        assert!(lines.is_empty(), "{lines:?}");
    }

    /// What our own reader makes of what was written decides as the list did.
    #[test]
    fn adblock_is_read_back_as_it_was_meant() {
        let deep =
            "||a.example^\n@@||b.a.example^\n||c.b.a.example^$important\n@@||d.c.b.a.example^$important\n";
        for list in [LIST, deep, "||a.example^\n@@|a.example^\n|x.example^\n@@||*.a.example^\n"] {
            let mut first = Vec::new();
            let read = |text: &str| {
                let mut rules: Vec<Rule> = Vec::new();
                blocklist::read(text.as_bytes(), Some(Format::Adblock), "list", |rule| rules.push(rule))
                    .unwrap();
                Meaning::new(&rules, &[], false).nodes
            };
            first.extend(written(Kind::Adblock, list, &[]).0);
            assert_eq!(read(&(first.join("\n") + "\n")), read(list), "{first:?}");
        }
    }

    #[test]
    fn what_no_list_of_names_can_say_is_told() {
        let rule = |trigger, effect| Rule { line: 1, trigger, effect, details: Default::default() };
        let name = |text: &str| Trigger::Name(Name::from_text(text).unwrap(), Scope::Domain);
        let rules = [
            rule(name("a.example"), Effect::TcpOnly),
            rule(Trigger::Network("192.0.2.0/24".parse().unwrap()), Effect::Block),
            rule(name("."), Effect::Block),
        ];
        let told = compose(Kind::Domains, &Meaning::new(&rules, &[], false), None, &mut Vec::new()).unwrap();
        let losses: Vec<&str> = told.losses.iter().map(|loss| loss.what).collect();
        assert_eq!(losses, [NO_NETWORK, NOT_A_SUBTREE, NO_EFFECT]);
    }
}
