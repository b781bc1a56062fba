//! The table of agreement in `docs/publishing.md`: what `rempart` and the four others answer, each with the same list, where
//! more than the name decides: exceptions, aliases, signatures.
//!
//! The names are those of [`world`](super::world), signed and not; all five recurse and validate. The others load the zone
//! from a file, then transfer it, then take what has changed of it; what they answer is the same each time. The page holds
//! what was found, word for word, or the test fails and shows what it should hold.

use std::fs;
use std::net::{IpAddr, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hickory_resolver::proto::op::{Edns, Message, Query, ResponseCode};
use hickory_resolver::proto::rr::{Name, RecordType};

use super::exports::convert;
use super::inside::{inside, wait};
use super::peers::Peer;
use super::program::{Rempart, SERVER, replace, text};
use super::recursion::start_with;
use super::transfers::{FOR_ALL, KNOTD, Secondary, Server, takes};
use super::world::World;

const PAGE: &str = include_str!("../../docs/publishing.md");
const NEEDS: &[&str] = &[
    "dnssec-dsfromkey",
    "ip",
    "kdig",
    "keymgr",
    "knotd",
    "kresd",
    "named",
    "pdns_recursor",
    "unbound",
    "unshare",
];

/// The others in the order of [`super::peers`]: what the table calls them, and how each tells its version.
const OTHERS: [(&str, &str, &str); 4] = [
    ("Unbound", "unbound", "-V"),
    ("BIND", "named", "-v"),
    ("Knot Resolver", "kresd", "--version"),
    ("PowerDNS Recursor", "pdns_recursor", "--version"),
];
/// What `convert` is told to write for each.
const LOADS: [&str; 4] = ["unbound-rpz", "bind-rpz", "knot-rpz", "powerdns-rpz"];

const LIST: &str = "\
||undress.example^
||www.signed.example^
||www.bogus.example^
||wild.unsigned.example^
@@||ok.wild.unsigned.example^
||shop.unsigned.example^
@@|exempt.shop.unsigned.example^
";
/// What the second version lists in addition: a name that was asked for before, and one that was not.
const MORE: &str = "||later.unsigned.example^\n||new.unsigned.example^\n";
const NEW: &str = "new.unsigned.example";
/// What is asked beside the name.
const PLAIN: &str = "";
const DO: &str = ", DO";
const CD: &str = ", DO and CD";

/// What is asked: what the table calls it, a name, and with which flags.
const QUESTIONS: &[(&str, &str, &[&str])] = &[
    ("listed", "undress.example", &[PLAIN]),
    ("below a listed name", "x.wild.unsigned.example", &[PLAIN]),
    ("an exception below it", "ok.wild.unsigned.example", &[PLAIN]),
    ("an alias to a listed name", "alias.unsigned.example", &[PLAIN]),
    ("an alias to an alias to one", "chain.unsigned.example", &[PLAIN]),
    ("an exception that is an alias to one", "exempt.shop.unsigned.example", &[PLAIN]),
    ("listed, signed", "www.signed.example", &[PLAIN, DO, CD]),
    ("an alias to one, both signed", "alias.signed.example", &[PLAIN, DO, CD]),
    ("listed, its signature wrong", "www.bogus.example", &[PLAIN, DO, CD]),
    ("not listed, signed", "ns.signed.example", &[PLAIN, DO, CD]),
    ("not listed, its signature wrong", "other.bogus.example", &[PLAIN, DO, CD]),
];

/// A row of the table, as the page has it.
fn row(what: &str, cells: &[String]) -> String {
    format!("| {what} | {} |", cells.join(" | "))
}

/// Asserts that the page holds a row in which all five block the same names, so many of them.
pub(super) fn documented(what: &str, blocked: usize) {
    let row = row(what, &vec![format!("{blocked} blocked"); OTHERS.len() + 1]);
    assert!(PAGE.lines().any(|line| line == row), "docs/publishing.md has no line\n{row}");
}

/// The first two numbers of the version that a program tells.
fn version(program: &str, option: &str) -> String {
    let told = text(&Command::new(program).arg(option).output().unwrap());
    let is_version =
        |word: &&str| word.starts_with(|letter: char| letter.is_ascii_digit()) && word.contains('.');
    let number = told.split_whitespace().find(is_version).unwrap_or_else(|| panic!("{program}: {told}"));
    number.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// What a resolver answers, in the words of the table.
fn answer(server: IpAddr, name: &str, flags: &str) -> String {
    let mut query = Message::query();
    query.metadata.recursion_desired = true;
    query.metadata.checking_disabled = flags == CD;
    let mut edns = Edns::new();
    edns.set_max_payload(1232).set_dnssec_ok(flags != PLAIN);
    query.set_edns(edns);
    query.add_query(Query::query(Name::from_ascii(name).unwrap(), RecordType::A));
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(12))).unwrap();
    // Where nobody listens yet, the system says so at once.
    socket.connect((server, 53)).unwrap();
    let mut reply = [0; 4096];
    let told = socket.send(&query.to_vec().unwrap()).and_then(|_| socket.recv(&mut reply));
    let Ok(length) = told else { return "no answer".into() };
    let reply = Message::from_vec(&reply[..length]).unwrap();
    let has_address = reply.answers.iter().any(|record| record.record_type() == RecordType::A);
    let word = match (reply.metadata.response_code, has_address) {
        (ResponseCode::NXDomain, false) => "blocked".to_owned(),
        (ResponseCode::NoError, true) => "answered".to_owned(),
        (code, _) => format!("{code:?}").to_uppercase(),
    };
    if reply.metadata.authentic_data { format!("{word}, AD") } else { word }
}

/// What a resolver answers to a question, and what when it is asked once more.
type Cell = [String; 2];

/// What all of some resolvers answer to all questions.
fn answers(resolvers: &[IpAddr]) -> Vec<(String, Vec<Cell>)> {
    let mut rows = Vec::new();
    for (what, name, flags) in QUESTIONS {
        for flags in *flags {
            let cell = |server: &IpAddr| [0, 1].map(|_| answer(*server, name, flags));
            rows.push((format!("{what}{flags}"), resolvers.iter().map(cell).collect()));
        }
    }
    rows
}

/// A cell in the words of the table.
fn words([first, again]: &Cell) -> String {
    if first == again { first.clone() } else { format!("{first}, then {again}") }
}

/// Rows as the page has them.
fn shown(rows: &[(String, Vec<Cell>)]) -> Vec<String> {
    rows.iter().map(|(what, cells)| row(what, &cells.iter().map(words).collect::<Vec<_>>())).collect()
}

/// The same rows where everything was asked before.
fn again(rows: &[(String, Vec<Cell>)]) -> Vec<(String, Vec<Cell>)> {
    let cell = |[_, again]: &Cell| [again.clone(), again.clone()];
    rows.iter().map(|(what, cells)| (what.clone(), cells.iter().map(cell).collect())).collect()
}

fn assert_same(found: &[String], expected: &[String], when: &str) {
    assert!(found == expected, "{when}:\n{}\nrather than:\n{}", found.join("\n"), expected.join("\n"));
}

/// Starts the other of a place, told in its words where the zone is; waits until it blocks a name.
fn start(directory: &Path, place: usize, export: &str, listed: &str) -> Peer {
    let peer = start_with(directory, place, ("ns.root.", "10.53.0.1"), export);
    wait(&format!("{} to have the zone", peer.name), 60, || {
        let ready = answer(peer.address, listed, PLAIN) == "blocked"
            && answer(peer.address, "ns.signed.example", DO).starts_with("answered");
        ready.then_some(())
    });
    peer
}

/// What `rempart` is told of the world and of a list.
fn subscribed(world: &World, list: &Path) -> String {
    format!(
        "{SERVER}{}[[policy.groups]]\nname = \"all\"\nlists = [{{ list = \"list\", action = \"nxdomain\" }}]\n\
         [update]\nwatch = 0\n[[update.lists]]\nname = \"list\"\nsource = \"{}\"\n",
        world.resolver(),
        list.display()
    )
}

/// Asserts that the page holds the table, with what was found.
fn assert_page(found: &[(String, Vec<Cell>)], after: &[String]) {
    let named = OTHERS.iter().map(|(name, program, option)| format!("{name} {}", version(program, option)));
    let head: Vec<String> = ["`rempart`".to_owned()].into_iter().chain(named).collect();
    let table = [
        vec![row("what is asked for", &head), row("---", &vec!["---".to_owned(); head.len()])],
        shown(found),
        vec![row("listed since it was asked for, after IXFR", after)],
    ]
    .concat();
    let lacks = table.iter().find(|line| !PAGE.lines().any(|other| other == *line));
    assert!(lacks.is_none(), "docs/publishing.md lacks {lacks:?} of\n{}", table.join("\n"));
}

#[test]
fn the_table_of_agreement_is_what_was_found() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        let list = directory.join("list");
        fs::write(&list, LIST).unwrap();
        let rempart = Rempart::start(directory, &subscribed(&world, &list));
        let asked = |peers: &[Peer]| {
            let all = ["127.0.0.1".parse().unwrap()].into_iter().chain(peers.iter().map(|peer| peer.address));
            all.collect::<Vec<IpAddr>>()
        };

        convert(directory, "rpz", "rpz.zone", &[]);
        let zone = directory.join("rpz.zone").display().to_string();
        let loading = [0, 1, 2, 3].map(|place| {
            convert(directory, LOADS[place], "snippet", &["--file", &zone]);
            start(
                directory,
                place,
                &fs::read_to_string(directory.join("snippet")).unwrap(),
                "undress.example",
            )
        });
        let found = answers(&asked(&loading));
        drop(loading);

        let server = Server::start(directory, FOR_ALL, &[]);
        server.wait_for(&["the zone has changed"], 1);
        let _knotd = Secondary::start(directory, "knotd", "knotd", KNOTD);
        let kept = || fs::read_to_string(directory.join("knotd/rpz.zone")).unwrap_or_default();
        wait("knotd to keep the zone", 60, || kept().contains("undress").then_some(()));
        let take = |place: usize, listed| start(directory, place, &takes(directory, place), listed);
        let mut taking: Vec<Peer> = (0..4).map(|place| take(place, "undress.example")).collect();
        assert_same(&shown(&answers(&asked(&taking))), &shown(&found), "by AXFR");
        let later = |peers: &[Peer]| {
            asked(peers).iter().map(|it| answer(*it, "later.unsigned.example", PLAIN)).collect()
        };
        let before: Vec<String> = later(&taking);
        assert_eq!(before, ["answered"; 5]);

        replace(&list, &format!("{LIST}{MORE}"));
        assert!(rempart.reload(&[]).0);
        wait("knotd to keep what changed", 60, || kept().contains(NEW).then_some(()));
        // Knot Resolver reads the file when it starts.
        drop(taking.remove(2));
        taking.insert(2, take(2, NEW));
        for peer in &taking {
            wait(&format!("{} to have what changed", peer.name), 60, || {
                (answer(peer.address, NEW, PLAIN) == "blocked").then_some(())
            });
        }
        let after: Vec<String> = later(&taking);
        assert_same(&shown(&answers(&asked(&taking))), &shown(&again(&found)), "after IXFR");
        world.stop();
        assert_page(&found, &after);
    });
}
