//! The policy zone by transfer: what `rempart` blocks, BIND, Unbound, PowerDNS Recursor and Knot Resolver block that took
//! the zone from `rempart-authority transfer`, whole at first and then what has changed of it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use hickory_resolver::proto::op::{Message, MessageType, OpCode, Query};
use hickory_resolver::proto::rr::rdata::tsig::TsigAlgorithm;
use hickory_resolver::proto::rr::{Name, RecordType, TSigner};

use super::agreement::documented;
use super::ask::kdig;
use super::exports::{AUTHORITY, answers, blocked, everything_exists, list_and_names, start_peer};
use super::inside::{inside, run, wait};
use super::peers::{Peer, spawn};
use super::program::{Rempart, SERVER, http, replace, text};
use crate::simulation::Chance;

const NEEDS: &[&str] = &[
    "ip",
    "kdig",
    "knotd",
    "kresd",
    "named",
    "named-journalprint",
    "nsd",
    "pdns_recursor",
    "unbound",
    "unshare",
];
const ZONE: &str = "rpz.invalid";
/// The secret of the key `isp-one`.
const SECRET: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

/// How each of those that transfer says where the zone is, in the order of [`peers`]; Knot Resolver loads what knotd took.
/// Unbound knows no keys: it is let in by its address.
const UNBOUND_TAKES: &str = "\
server:
  module-config: \"respip validator iterator\"
rpz:
  name: \"rpz.invalid.\"
  primary: 127.0.0.1@5354
  allow-notify: 127.0.0.1
  zonefile: \"FOLDER/rpz.zone\"
";
const BIND_TAKES: &str = "\
  response-policy { zone \"rpz.invalid\"; } break-dnssec yes qname-wait-recurse no;

key \"isp-one\" { algorithm hmac-sha256; secret \"SECRET\"; };
zone \"rpz.invalid\" {
  type secondary; file \"FOLDER/rpz.db\"; check-names ignore;
  primaries { 127.0.0.1 port 5354 key isp-one; };
  allow-query { none; }; allow-transfer { none; }; notify no;
};
";
const POWERDNS_TAKES: &str = "\
rpzPrimary(\"127.0.0.1:5354\", \"rpz.invalid\", {
  tsigname = \"isp-one\", tsigalgo = \"hmac-sha256\", tsigsecret = \"SECRET\", refresh = 1
})
";
const KNOT_LOADS: &str = "policy.add(policy.rpz(policy.DENY, 'DIRECTORY/knotd/rpz.zone'))";
const TAKES: [&str; 4] = [UNBOUND_TAKES, BIND_TAKES, KNOT_LOADS, POWERDNS_TAKES];
/// Secondaries that only keep the zone.
pub(super) const KNOTD: &str = "\
server:
  listen: 127.0.0.1@5391
  rundir: \"FOLDER\"
database:
  storage: \"FOLDER\"
key:
  - id: isp-one
    algorithm: hmac-sha256
    secret: SECRET
remote:
  - id: primary
    address: 127.0.0.1@5354
    key: isp-one
acl:
  - id: told
    address: 127.0.0.1
    key: isp-one
    action: notify
zone:
  - domain: rpz.invalid
    storage: \"FOLDER\"
    file: rpz.zone
    zonefile-sync: 0
    master: primary
    acl: told
";
const NSD: &str = "\
server:
  ip-address: 127.0.0.1@5392
  username: \"\"
  zonesdir: \"FOLDER\"
  zonelistfile: \"FOLDER/zone.list\"
  pidfile: \"FOLDER/nsd.pid\"
  xfrdfile: \"FOLDER/xfrd.state\"
  xfrdir: \"FOLDER\"
  database: \"\"
remote-control:
  control-enable: no
key:
  name: \"isp-one\"
  algorithm: hmac-sha256
  secret: \"SECRET\"
zone:
  name: \"rpz.invalid\"
  zonefile: \"rpz.zone\"
  request-xfr: 127.0.0.1@5354 isp-one
  allow-notify: 127.0.0.1 isp-one
";

/// A running server of zones, and what it wrote.
pub(super) struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts it on what is configured beside addresses, state and key.
    pub(super) fn start(directory: &Path, zones: &str, options: &[&str]) -> Self {
        let key = directory.join("isp-one.key");
        let text = format!("key \"isp-one\" {{\n\talgorithm hmac-sha256;\n\tsecret \"{SECRET}\";\n}};\n");
        fs::write(&key, text).unwrap();
        run("chmod", &["600", key.to_str().unwrap()]);
        let configuration = directory.join("transfer.toml");
        let text = format!(
            "listen = [\"127.0.0.1:5354\", \"[::1]:5354\"]\nmetrics = \"127.0.0.1:9452\"\nstate = \"{}\"\nlook = 1\nkeys = [\"{}\"]\n{}",
            directory.join("state").display(),
            key.display(),
            zones.replace("DIRECTORY", directory.to_str().unwrap())
        );
        fs::write(&configuration, text).unwrap();
        let log = directory.join("transfer.log");
        let output = File::options().create(true).append(true).open(&log).unwrap();
        let mut command = Command::new(AUTHORITY);
        command.arg("transfer").arg(&configuration).args(options).stdin(Stdio::null());
        let child = command.stdout(output.try_clone().unwrap()).stderr(output).spawn().unwrap();
        Self { child, log }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Waits until a line of the log holds all of some words, for so many lines.
    pub(super) fn wait_for(&self, words: &[&str], lines: usize) {
        wait(&format!("{lines} lines with {words:?} in the log"), 60, || {
            let log = self.log();
            let holds = |line: &&str| words.iter().all(|word| line.contains(word));
            (log.lines().filter(holds).count() >= lines).then_some(())
        });
    }

    fn signal(&self, signal: &str) {
        run("kill", &[&format!("-{signal}"), &self.child.id().to_string()]);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("--- the log of the server of zones\n{}\n---", self.log());
        }
    }
}

/// A secondary that only keeps the zone, ended with the value.
pub(super) struct Secondary(Child);

impl Secondary {
    pub(super) fn start(directory: &Path, name: &str, program: &str, configuration: &str) -> Self {
        let folder = directory.join(name);
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("conf");
        fs::write(&file, filled(configuration, &folder, directory)).unwrap();
        let option = if program == "nsd" { ["-d", "-c"].as_slice() } else { &["-c"] };
        Self(spawn(&folder, program, &[option, &[file.to_str().unwrap()]].concat()))
    }
}

impl Drop for Secondary {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn filled(text: &str, folder: &Path, directory: &Path) -> String {
    text.replace("FOLDER", folder.to_str().unwrap())
        .replace("DIRECTORY", directory.to_str().unwrap())
        .replace("SECRET", SECRET)
}

/// What the resolver of a place is told to take the zone; [`super::peers`] fills in its folder.
pub(super) fn takes(directory: &Path, place: usize) -> String {
    filled(TAKES[place], Path::new("FOLDER"), directory)
}

/// Starts the resolver of a place, as one that takes the zone.
fn start(directory: &Path, place: usize) -> Peer {
    let peer = start_peer(directory, place, &takes(directory, place));
    wait(&format!("{} to answer", peer.name), 60, || answers(peer.address));
    peer
}

/// The serial that a server tells of a zone, if it does.
fn serial(server: &str, zone: &str) -> Option<u32> {
    let told = kdig(&format!("@{server} -y hmac-sha256:isp-one:{SECRET} {zone} SOA +short"));
    told.split_whitespace().nth(2)?.parse().ok()
}

/// Compares what a resolver blocks with what `rempart` does, once it blocks a name that only this version lists.
fn agrees(peer: &Peer, (names, expected): (&[String], &BTreeSet<String>), newest: &str) {
    wait(&format!("{} to have the zone", peer.name), 60, || {
        let asked = [newest.to_owned()];
        (blocked(peer.address, &asked).len() == 1).then_some(())
    });
    let found = blocked(peer.address, names);
    let more: Vec<&String> = found.difference(expected).take(10).collect();
    let less: Vec<&String> = expected.difference(&found).take(10).collect();
    assert!(more.is_empty() && less.is_empty(), "{}: also {more:?}, not {less:?}", peer.name);
}

/// Two versions of a list, and the names to ask for: a twentieth goes, as many come, and each lists one name that the
/// other does not.
fn two_lists() -> ([String; 2], Vec<String>) {
    let (list, names) = list_and_names(&mut Chance::new(7));
    let lasts = |(place, _): &(usize, &str)| *place < 10 || place % 20 != 0;
    let kept: Vec<&str> = list.lines().enumerate().filter(lasts).map(|(_, line)| line).collect();
    let others: String = (0..70).map(|number| format!("||{}^\n", names[number * 100])).collect();
    let second = format!("{}\n{others}||only-two.example^\n", kept.join("\n"));
    ([format!("{list}||only-one.example^\n"), second], names)
}

/// What `rempart` is told of a list in a folder.
fn subscribed(directory: &Path) -> String {
    format!(
        "{SERVER}[resolver]\nforward = [\"127.0.0.1:5399\"]\ndnssec = false\n[[policy.groups]]\nname = \"all\"\n\
         lists = [{{ list = \"list\", action = \"nxdomain\" }}]\n[update]\nwatch = 0\n[[update.lists]]\n\
         name = \"list\"\nsource = \"{}\"\nguard = false\n",
        directory.join("list").display()
    )
}

/// Waits until the secondaries that only keep the zone have a serial.
fn wait_for_secondaries(serial_of_zone: u32) {
    for port in [5391, 5392] {
        wait("the secondary to have the zone", 60, || {
            (serial(&format!("127.0.0.1 -p {port}"), ZONE) == Some(serial_of_zone)).then_some(())
        });
    }
}

/// The zone for all who take it; each asks from its own address.
pub(super) const FOR_ALL: &str = "\
[[zones]]
name = \"rpz.invalid\"
list = \"DIRECTORY/list\"
guard = false
keys = [\"isp-one\"]
allow = [\"127.0.0.0/8\"]
notify = [
    { address = \"127.0.0.2:53\" },
    { address = \"127.0.0.3:53\", key = \"isp-one\" },
    { address = \"127.0.0.1:5391\", key = \"isp-one\" },
    { address = \"127.0.0.1:5392\", key = \"isp-one\" },
]
";

#[test]
fn resolvers_that_transfer_block_what_rempart_blocks() {
    inside(NEEDS, |directory| {
        let ([first, second], names) = two_lists();
        let list = directory.join("list");
        fs::write(&list, &first).unwrap();
        let mut everything = everything_exists(directory);
        let rempart = Rempart::start(directory, &subscribed(directory));
        let here: IpAddr = "127.0.0.1".parse().unwrap();
        let expected = blocked(here, &names);
        assert!(expected.len() > 3_000 && names.len() - expected.len() > 2_000, "{}", expected.len());

        let server = Server::start(directory, FOR_ALL, &[]);
        server.wait_for(&["the zone has changed", "removed=0"], 1);
        let before = serial("127.0.0.1 -p 5354", ZONE).unwrap();
        let _knotd = Secondary::start(directory, "knotd", "knotd", KNOTD);
        let _nsd = Secondary::start(directory, "secondary", "nsd", NSD);
        wait("knotd to keep the zone", 60, || directory.join("knotd/rpz.zone").exists().then_some(()));
        let taking = [0, 1, 3].map(|place| start(directory, place));
        for peer in &taking {
            agrees(peer, (&names, &expected), "only-one.example");
        }
        agrees(&start(directory, 2), (&names, &expected), "only-one.example");
        server.wait_for(&["transferred", "AXFR", "key=\"isp-one.\""], 4);
        wait_for_secondaries(before);

        replace(&list, &second);
        server.wait_for(&["the zone has changed"], 2);
        let after = serial("127.0.0.1 -p 5354", ZONE).unwrap();
        assert!(after > before, "{after}");
        assert!(rempart.reload(&[]).0);
        let expected_then = blocked(here, &names);
        assert!(expected != expected_then && expected_then.len() > 3_000);
        for peer in &taking {
            agrees(peer, (&names, &expected_then), "only-two.example");
        }
        wait_for_secondaries(after);
        wait("knotd to keep what changed", 60, || {
            fs::read_to_string(directory.join("knotd/rpz.zone")).ok()?.contains("only-two").then_some(())
        });
        agrees(&start(directory, 2), (&names, &expected_then), "only-two.example");
        took_differences(&server, directory, (before, after));
        documented("10,000 names, by AXFR", expected.len());
        documented("10,000 names, after IXFR", expected_then.len());
        everything.kill().unwrap();
        everything.wait().unwrap();
    });
}

/// All five took the differences, each in its way, once they were told.
fn took_differences(server: &Server, directory: &Path, (before, after): (u32, u32)) {
    // BIND, PowerDNS Recursor, knotd and NSD by key, Unbound by its address.
    let differences = format!("kind=\"IXFR\" serial={after} ");
    server.wait_for(&["transferred", &differences, "key=\"isp-one.\""], 4);
    server.wait_for(&["transferred", &differences, "key=\"none, by its address\""], 1);
    for address in ["127.0.0.2:53", "127.0.0.3:53", "127.0.0.1:5391", "127.0.0.1:5392"] {
        server.wait_for(&["the secondary was notified", &format!("serial={after} "), address], 1);
    }
    // BIND's own word: its journal leads from the one serial to the other.
    let journal = directory.join("bind/rpz.db.jnl").display().to_string();
    let told = text(&run("named-journalprint", &[&journal]));
    let shows =
        [&format!(" {before} "), "add only-two.example.rpz.invalid.", "del only-one.example.rpz.invalid."];
    assert!(shows.iter().all(|words| told.contains(words)), "{told}");
}

/// The lists of two zones.
const TWO_ZONES: &str = "\
[[zones]]
name = \"rpz.invalid\"
list = \"DIRECTORY/list\"
keys = [\"isp-one\"]
notify = [{ address = \"127.0.0.1:5399\", key = \"isp-one\" }, { address = \"[::1]:5399\" }]
[[zones]]
name = \"two.invalid\"
list = \"DIRECTORY/other\"
allow = [\"::1/128\"]
digest = true
redirect = [\"page.example\"]
";
const SIGNED: &str = "-y hmac-sha256:isp-one:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

fn names(numbers: std::ops::Range<u32>) -> String {
    numbers.map(|number| format!("||n{number}.example^\n")).collect()
}

/// What a client by key gets of the first zone.
fn transfer(kind: &str) -> String {
    kdig(&format!("@127.0.0.1 -p 5354 {SIGNED} rpz.invalid {kind}"))
}

#[test]
fn keys_addresses_and_clocks_decide_who_transfers() {
    inside(&["ip", "unshare", "kdig", "named-compilezone", "tsig-keygen"], |directory| {
        fs::write(directory.join("list"), format!("{}@@|n7.example^\n", names(0..100))).unwrap();
        fs::write(directory.join("other"), names(0..3)).unwrap();
        let server = Server::start(directory, TWO_ZONES, &[]);
        server.wait_for(&["the zone has changed"], 2);
        // What is transferred is what `convert` writes.
        let path = |name: &str| directory.join(name).display().to_string();
        run(AUTHORITY, &["convert", &path("list"), "--to", "rpz", "--out", &path("converted")]);
        fs::write(path("transferred"), transfer("AXFR +noall +answer")).unwrap();
        let [converted, transferred] = ["converted", "transferred"].map(|file| {
            let compile = ["-q", "-k", "ignore", "-o", "-", ZONE, &path(file)];
            let all = text(&run("named-compilezone", &compile));
            all.lines().filter(|line| !line.contains(" SOA ")).map(str::to_owned).collect::<Vec<_>>()
        });
        assert!(converted == transferred && converted.len() > 200, "{converted:?} {transferred:?}");
        let refused = |arguments: &str, words: &[&str]| {
            let told = kdig(&format!("-p 5354 {arguments}"));
            assert!(
                words.iter().all(|word| told.contains(word)) && !told.contains("n1.example"),
                "{arguments}: {told}"
            );
        };
        refused("@127.0.0.1 rpz.invalid AXFR", &["REFUSED"]);
        refused("@127.0.0.1 rpz.invalid SOA", &["REFUSED", "Flags: qr rd;"]);
        refused(&format!("@127.0.0.1 {} rpz.invalid AXFR", SIGNED.replace("MDEy", "MDEz")), &["BADSIG"]);
        refused(&format!("@127.0.0.1 {} rpz.invalid AXFR", SIGNED.replace("one:", "two:")), &["BADKEY"]);
        refused(&format!("@127.0.0.1 {SIGNED} two.invalid AXFR"), &["REFUSED"]);
        refused(&format!("@127.0.0.1 {SIGNED} n5.rpz.invalid A"), &["REFUSED"]);
        refused("@127.0.0.1 example.com A", &["REFUSED"]);
        // The second zone is for an address of the other family, and sends blocked names to a page.
        let told = kdig("@::1 -p 5354 two.invalid AXFR");
        assert!(told.contains("n2.example.two.invalid.") && told.contains("page.example."), "{told}");
        assert!(told.contains("ZONEMD"), "{told}");
        assert!(kdig("@::1 -p 5354 two.invalid SOA").contains("Flags: qr aa rd;"));

        // A clock that is wrong by ten minutes is told the right time, over datagrams.
        let key = TSigner::new(
            b"01234567890123456789012345678901".into(),
            TsigAlgorithm::HmacSha256,
            Name::from_ascii("isp-one.").unwrap(),
            300,
        );
        let mut message = Message::new(7, MessageType::Query, OpCode::Query);
        message.add_query(Query::query(Name::from_ascii("rpz.invalid.").unwrap(), RecordType::SOA));
        let now = fs::metadata(directory.join("transfer.log")).unwrap().modified().unwrap();
        let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let (tsig, _) = key.unwrap().sign_message(&message, now - 600).unwrap();
        message.signature = Some(tsig);
        let reply =
            super::ask::udp("127.0.0.1:0", "127.0.0.1:5354".parse().unwrap(), &message.to_vec().unwrap());
        let reply = Message::from_vec(&reply).unwrap();
        let told = reply.signature.unwrap().data;
        assert_eq!(u16::from(told.error.unwrap()), 18);
        assert!(!told.mac.is_empty() && told.other.len() == 6 && told.time == now - 600);
        server.wait_for(&["a request was refused", "BADTIME"], 1);
        assert!(!server.log().contains("MDEyMzQ1"));
    });
}

#[test]
fn keys_are_read_whoever_made_them_and_never_where_everybody_can() {
    inside(&["ip", "unshare", "tsig-keygen"], |directory| {
        let path = |name: &str| directory.join(name).display().to_string();
        let made = run("tsig-keygen", &["-a", "hmac-sha512", "theirs"]).stdout;
        fs::write(path("theirs.key"), made).unwrap();
        run(
            AUTHORITY,
            &["key", "transfer", "ours", "--algorithm", "hmac-sha384", "--out", &path("ours.key")],
        );
        let zones = TWO_ZONES.replace("[\"isp-one\"]", "[\"theirs\"]").replace("isp-one", "ours");
        let keys = ["ours.key", "theirs.key"].map(path);
        let configuration = format!("state = \"{}\"\nkeys = {keys:?}\n{zones}", path("state"));
        fs::write(path("check.toml"), configuration).unwrap();
        let check =
            || Command::new(AUTHORITY).args(["transfer", &path("check.toml"), "--check"]).output().unwrap();
        run("chmod", &["600", &keys[1]]);
        assert!(check().status.success(), "{}", text(&check()));
        run("chmod", &["644", &keys[0]]);
        assert!(!check().status.success() && text(&check()).contains("mode 0644"), "{}", text(&check()));
    });
}

/// Two lists, the first one of so many names, and a server of their zones, with the serial of the first.
fn two_zones(directory: &Path, count: u32) -> (PathBuf, Server, u32) {
    let list = directory.join("list");
    fs::write(&list, names(0..count)).unwrap();
    fs::write(directory.join("other"), names(0..3)).unwrap();
    let server = Server::start(directory, TWO_ZONES, &[]);
    server.wait_for(&["the zone has changed"], 2);
    (list, server, serial("127.0.0.1 -p 5354", ZONE).unwrap())
}

#[test]
fn a_notice_is_sent_again_until_it_is_heard() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let secondary = UdpSocket::bind("127.0.0.1:5399").unwrap();
        secondary.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let (_, server, first) = two_zones(directory, 100);
        let mut notice = [0; 1024];
        let (length, from) = secondary.recv_from(&mut notice).unwrap();
        let message = Message::from_vec(&notice[..length]).unwrap();
        assert!(message.signature.is_some() && message.op_code == OpCode::Notify);
        // What answers nothing, then an error of one who cannot sign: NOTAUTH.
        secondary.send_to(&[&notice[..2], &[0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat(), from).unwrap();
        secondary.send_to(&[&notice[..2], &[0xa0, 9, 0, 0, 0, 0, 0, 0, 0, 0]].concat(), from).unwrap();
        server.wait_for(&["it answers with the code 9", "127.0.0.1:5399"], 1);
        // It comes again, as it should with another number, and everybody else is served meanwhile.
        let (again, from_then) = secondary.recv_from(&mut notice).unwrap();
        assert!(again == length && from_then != from);
        assert_eq!(serial("127.0.0.1 -p 5354", ZONE), Some(first));
        // The other one is not there at all.
        server.wait_for(&["a notice was not taken", "no answer", "[::1]:5399"], 1);
    });
}

#[test]
fn a_zone_outlives_bad_lists() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let (list, server, first) = two_zones(directory, 100);
        // What cannot be read, what is empty and what must not be blocked change nothing; each is told once.
        fs::remove_file(&list).unwrap();
        server.wait_for(&["zone=rpz.invalid.", "the list is not used", "No such file"], 1);
        for (content, words) in [
            ("", "holds no rule"),
            ("||n1.example^\n", "more than 20 % would be lost"),
            ("||co.uk^\n||n1.example^\n", "it blocks what no list should"),
        ] {
            replace(&list, content);
            server.wait_for(&["zone=rpz.invalid.", "the list is not used", words], 1);
        }
        counts(&[
            "rempart_zone_failing{zone=\"rpz.invalid\"} 1",
            "rempart_zone_failing{zone=\"two.invalid\"} 0",
        ]);
        // SIGHUP has it told again what is wrong.
        server.signal("HUP");
        server.wait_for(&["the list is not used", "it blocks what no list should"], 2);
        assert_eq!(serial("127.0.0.1 -p 5354", ZONE), Some(first));
        assert!(transfer("AXFR").contains("n99.example.rpz.invalid."));
        // The next good list is served, and what led to it.
        replace(&list, &names(1..101));
        server.wait_for(&["zone=rpz.invalid.", "the zone has changed"], 2);
        assert!(serial("127.0.0.1 -p 5354", ZONE).unwrap() > first);
        shows_between(first, &["n0.", "n100."]);
        assert!(kdig("@127.0.0.1 -p 5354 rpz.invalid AXFR").contains("REFUSED"));
        counts(&[
            "rempart_zone_failing{zone=\"rpz.invalid\"} 0",
            &format!(
                "rempart_zone_serial{{zone=\"rpz.invalid\"}} {}",
                serial("127.0.0.1 -p 5354", ZONE).unwrap()
            ),
            "rempart_zone_transfers_total{kind=\"axfr\",zone=\"rpz.invalid\"} 1",
            "rempart_zone_transfers_total{kind=\"ixfr\",zone=\"rpz.invalid\"} 1",
            "rempart_zone_refused_total{reason=\"not_allowed\"} 1",
            "rempart_zone_notices_total{outcome=\"sent\",zone=\"rpz.invalid\"} ",
        ]);
        // A loss that is meant is taken by whoever says so, once.
        drop(server);
        replace(&list, "||n7.example^\n");
        let server = Server::start(directory, TWO_ZONES, &["--accept-leap"]);
        server.wait_for(&["zone=rpz.invalid.", "the zone has changed"], 3);
        assert!(!transfer("AXFR").contains("n50."));
        replace(&list, "");
        server.wait_for(&["the list is not used", "holds no rule"], 2);
    });
}

/// Waits until the metrics hold lines that begin so.
fn counts(lines: &[&str]) {
    wait(&format!("{lines:?} among the metrics"), 20, || {
        let told = http("127.0.0.1:9452", "/metrics", "localhost", "")?;
        lines.iter().all(|line| told.lines().any(|other| other.starts_with(line))).then_some(())
    });
}

/// The differences since a serial hold these names, and not all of the zone.
fn shows_between(since: u32, names: &[&str]) {
    let told = transfer(&format!("IXFR={since}"));
    assert!(names.iter().all(|name| told.contains(name)) && !told.contains("n50."), "{told}");
}

#[test]
fn serials_and_differences_go_on_after_a_sudden_end() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let (list, server, first) = two_zones(directory, 100);
        replace(&list, &names(1..101));
        server.wait_for(&["zone=rpz.invalid.", "the zone has changed"], 2);
        let second = serial("127.0.0.1 -p 5354", ZONE).unwrap();
        server.signal("KILL");
        drop(server);
        // Whatever became of the list meanwhile.
        fs::remove_file(&list).unwrap();
        let server = Server::start(directory, TWO_ZONES, &[]);
        server.wait_for(&["the list is not used", "No such file"], 1);
        assert_eq!(serial("127.0.0.1 -p 5354", ZONE), Some(second));
        shows_between(first, &["n0.", "n100."]);
        // A second program would write into the same folder.
        let configuration = fs::read_to_string(directory.join("transfer.toml")).unwrap();
        fs::write(
            directory.join("other.toml"),
            configuration.replace(":5354", ":5355").replace(":9452", ":9453"),
        )
        .unwrap();
        let other =
            Command::new(AUTHORITY).arg("transfer").arg(directory.join("other.toml")).output().unwrap();
        assert!(!other.status.success() && text(&other).contains("state"), "{}", text(&other));
    });
}

#[test]
fn a_client_that_takes_nothing_is_cut_off_and_disturbs_nobody() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        // More than the kernel keeps for a client.
        fs::write(directory.join("list"), names(0..150_000)).unwrap();
        let zones = "[[zones]]\nname = \"rpz.invalid\"\nlist = \"DIRECTORY/list\"\nkeys = [\"isp-one\"]\nallow = [\"127.0.0.9/32\"]\n";
        let server = Server::start(directory, zones, &[]);
        server.wait_for(&["the zone has changed"], 1);
        let request = b"\0\x1d\0\x07\0\0\0\x01\0\0\0\0\0\0\x03rpz\x07invalid\0\0\xfc\0\x01";
        // As many as one client may be, of which none ever reads.
        let mut idle: Vec<TcpStream> = (0..16).map(|_| connect("127.0.0.9")).collect();
        idle.iter_mut().for_each(|stream| stream.write_all(request).unwrap());
        // Another client has its whole zone meanwhile.
        let told = transfer("AXFR");
        assert!(told.contains("n149999.example.rpz.invalid."));
        server.wait_for(&["a transfer broke off"], 16);
        // Over and done with: the seats are free again.
        drop(idle);
        let mut stream = TcpStream::connect("127.0.0.1:5354").unwrap();
        let octets = [&request[..], &[0xff, 0xff], &[7; 100]].concat();
        stream.write_all(&octets).unwrap();
        let mut answered = vec![0; request.len()];
        stream.read_exact(&mut answered).unwrap();
        assert_eq!((&answered[..2], answered[5]), (&request[..2], 5));
        // What is longer than any request ends the connection.
        assert!(matches!(stream.read(&mut answered), Ok(0) | Err(_)));
    });
}

/// At each of the steps of a change: what is made of a list that was taken is there at the next start, though the list
/// itself is gone, and leads on from what was there before.
#[test]
fn a_sudden_end_in_the_middle_of_a_change_loses_nothing() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        // Enough names that a step takes longer than it takes to see it.
        const MANY: u32 = 30_000;
        let (list, mut server, mut before) = two_zones(directory, MANY);
        for (gone, step) in (0..).zip(["list", "serial", "zone"]) {
            let kept = directory.join("state/zones/rpz.invalid").join(step);
            let number = || fs::metadata(&kept).unwrap().ino();
            let first = number();
            replace(&list, &names(gone + 1..MANY + gone + 1));
            wait("the next step", 60, || (number() != first).then_some(()));
            server.signal("KILL");
            drop(server);
            fs::remove_file(&list).unwrap();
            server = Server::start(directory, TWO_ZONES, &[]);
            server.wait_for(&["zones are served at"], gone as usize + 2);
            let after = wait("the newest version", 60, || {
                serial("127.0.0.1 -p 5354", ZONE).filter(|serial| *serial > before)
            });
            shows_between(before, &[&format!("n{gone}."), &format!("n{}.", MANY + gone)]);
            before = after;
        }
    });
}

/// A connection from an address, for which the kernel keeps little.
fn connect(from: &str) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.bind(&SocketAddr::new(from.parse().unwrap(), 0).into()).unwrap();
    socket.connect(&"127.0.0.1:5354".parse::<SocketAddr>().unwrap().into()).unwrap();
    socket.into()
}

#[test]
fn strangers_keep_nobody_out_however_many_they_are() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        fs::write(directory.join("list"), names(0..3)).unwrap();
        let zones = "connections = 20\n[[zones]]\nname = \"rpz.invalid\"\nlist = \"DIRECTORY/list\"\nkeys = [\"isp-one\"]\n";
        let server = Server::start(directory, zones, &[]);
        server.wait_for(&["the zone has changed"], 1);
        // Three times as many as there are connections, of many addresses, that say nothing.
        let mut idle: Vec<TcpStream> = (0..60).map(|number| connect(&format!("127.0.1.{number}"))).collect();
        // Nobody knows who this is before it has shown its key.
        let told = transfer("AXFR");
        assert!(told.contains("n2.example.rpz.invalid."), "{told}");
        // Who came first has gone.
        idle[0].set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        assert!(matches!(idle[0].read(&mut [0]), Ok(0)));
    });
}
