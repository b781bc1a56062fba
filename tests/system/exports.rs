//! The same list in every resolver: what `rempart` blocks, Unbound, BIND, Knot Resolver and PowerDNS Recursor block that
//! load what was exported, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, UdpSocket};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use super::agreement::documented;
use super::ask::{A, query};
use super::inside::{inside, run, wait};
use super::peers::{self, Peer, spawn};
use super::program::{Rempart, SERVER, text};
use crate::simulation::Chance;

/// The program of authorities.
pub(super) const AUTHORITY: &str = env!("CARGO_BIN_EXE_rempart-authority");
/// How many names are asked of each.
const ASKED: usize = 10_000;
/// Questions under way at once.
const FLIGHT: usize = 100;
const NEEDS: &[&str] =
    &["ip", "unshare", "nsd", "playwright", "unbound", "named", "named-checkzone", "kresd", "pdns_recursor"];

/// A name server that has an address for every name there is.
const NSD: &str = "\
server:
  ip-address: 127.0.0.1@5399
  ip-address: 10.53.1.1@53
  username: \"\"
  zonesdir: \"FOLDER\"
  zonelistfile: \"FOLDER/zone.list\"
  pidfile: \"FOLDER/nsd.pid\"
  xfrdfile: \"\"
  logfile: \"FOLDER/nsd.log\"
  database: \"\"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: \".\"
  zonefile: \"root.zone\"
";
const ROOT: &str = "$TTL 86400\n. SOA ns.localhost. host.localhost. 1 3600 600 86400 60\n. NS ns.localhost.\n\
                    ns.localhost. A 10.53.1.1\n*. A 192.0.2.1\n";

/// Another implementation of RFC 8976.
const VERIFY: &str = "\
import dns.zone, sys
dns.zone.from_file(open(sys.argv[1]), 'rpz.invalid', relativize=False).verify_digest()
";

/// The configurations of others, in the order of [`peers`]: what is exported for one stands where `EXPORT` is, or `EXPORT1`
/// for its first statement.
const CONFIGURATIONS: [&str; 4] = [UNBOUND, BIND, KNOT, POWERDNS];
const UNBOUND: &str = "\
server:
  interface: ADDRESS
  username: \"\"
  chroot: \"\"
  directory: \"FOLDER\"
  pidfile: \"FOLDER/pid\"
  use-syslog: no
  do-not-query-localhost: no
  local-zone: \"test.\" nodefault
  local-zone: \"invalid.\" nodefault
forward-zone:
  name: \".\"
  forward-addr: 127.0.0.1@5399
remote-control:
  control-enable: no
EXPORT";
const BIND: &str = "\
options {
  directory \"FOLDER\";
  pid-file \"FOLDER/pid\";
  session-keyfile \"FOLDER/session.key\";
  listen-on { ADDRESS; };
  listen-on-v6 { none; };
  forwarders { 127.0.0.1 port 5399; };
  forward only;
  dnssec-validation no;
  empty-zones-enable no;
EXPORT1
};
controls { };
EXPORT";
const KNOT: &str = "\
net.listen('ADDRESS', 53)
modules.unload('priming')
modules.unload('ta_update')
modules.unload('ta_signal_query')
trust_anchors.remove('.')
modules.load('policy')
policy.special_names = {}
EXPORT
modules.load('hints')
hints.root({ ['ns.localhost.'] = '10.53.1.1' })
cache.open(50 * MB, 'lmdb://FOLDER')
";
const POWERDNS: &str = "\
local-address=ADDRESS
dont-query=
forward-zones-recurse=.=127.0.0.1:5399
lua-config-file=FOLDER/export
dnssec=off
disable-packetcache=yes
threads=1
socket-dir=FOLDER
daemon=no
security-poll-suffix=
";

/// Starts the name server that has an address for every name there is.
pub(super) fn everything_exists(directory: &Path) -> Child {
    let served = directory.join("nsd");
    fs::create_dir(&served).unwrap();
    fs::write(served.join("root.zone"), ROOT).unwrap();
    fs::write(served.join("nsd.conf"), NSD.replace("FOLDER", served.to_str().unwrap())).unwrap();
    spawn(&served, "nsd", &["-d", "-c", served.join("nsd.conf").to_str().unwrap()])
}

/// Starts the resolver of a place with what was exported for it.
pub(super) fn start_peer(directory: &Path, place: usize, export: &str) -> Peer {
    // For BIND the first statement stands among the options, and those after it beside them.
    let (first, rest) = match export.split_once("\n\n") {
        Some(parts) if CONFIGURATIONS[place] == BIND => parts,
        _ => (export, export),
    };
    let configuration = CONFIGURATIONS[place].replace("EXPORT1", first).replace("EXPORT", rest);
    peers::start(directory, place, &configuration, ("export", export))
}

/// Asks for addresses of many names, and gives back those that do not exist.
pub(super) fn blocked(server: IpAddr, names: &[String]) -> BTreeSet<String> {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect((server, 53)).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut absent = BTreeSet::new();
    let all: Vec<usize> = (0..names.len()).collect();
    for some in all.chunks(FLIGHT) {
        let mut missing: BTreeSet<usize> = some.iter().copied().collect();
        let mut tries = 0;
        while !missing.is_empty() {
            assert!(tries < 4, "{server} does not answer for {missing:?}");
            tries += 1;
            for place in &missing {
                socket.send(&query(*place as u16, &names[*place], A, false)).unwrap();
            }
            let mut reply = [0; 4096];
            while !missing.is_empty() {
                // What does not come is asked for again.
                let Ok(length) = socket.recv(&mut reply) else { break };
                let place = usize::from(u16::from_be_bytes([reply[0], reply[1]]));
                if length < 12 || !missing.remove(&place) {
                    continue;
                }
                match reply[3] & 15 {
                    0 => {}
                    3 => _ = absent.insert(names[place].clone()),
                    code => panic!("{server}: code {code} for {}", names[place]),
                }
            }
        }
    }
    absent
}

/// A list with names inside of names, alone and with all below them, and exceptions of every kind; and names to ask for:
/// those of the list, above, below and beside them, and some that only look alike.
pub(super) fn list_and_names(chance: &mut Chance) -> (String, Vec<String>) {
    let labels = ["a", "b", "c", "1", "xn--bcher-kva", "www", "_s", "n-a-m-e"];
    let name = |chance: &mut Chance| {
        let depth = 1 + chance.below(4);
        let labels: Vec<&str> = (0..depth).map(|_| *chance.pick(&labels)).collect();
        format!("{}.{}", labels.join("."), chance.pick(&["example", "test", "co.invalid"]))
    };
    let mut list = String::from("||org^\n||helpwanted-online.com^\n");
    let mut names: BTreeSet<String> =
        ["stopncii.org", "www.stopncii.org", "xstopncii.org", "org", "a.org", "test"]
            .map(str::to_owned)
            .into();
    for _ in 0..1_500 {
        let listed = name(chance);
        let pattern = match chance.below(10) {
            0..5 => format!("||{listed}^"),
            5..8 => format!("|{listed}^"),
            _ => format!("||*.{listed}^"),
        };
        let sign = if chance.percent(20) { "@@" } else { "" };
        list.push_str(&format!("{sign}{pattern}\n"));
        names.insert(listed.clone());
        names.insert(format!("{}.{listed}", chance.pick(&labels)));
        names.insert(format!("never.seen.{listed}"));
        names.insert(format!("x{listed}"));
        names.insert(format!("{listed}x"));
        names.extend(listed.split_once('.').map(|(_, above)| above.to_owned()));
    }
    while names.len() < ASKED {
        names.insert(name(chance));
    }
    (list, names.into_iter().collect())
}

/// Converts the list of a folder; what was told.
pub(super) fn convert(directory: &Path, to: &str, out: &str, more: &[&str]) -> String {
    let path = |name: &str| directory.join(name).display().to_string();
    let output = Command::new(AUTHORITY)
        .args(["convert", &path("list"), "--unguarded", "--to", to, "--out", &path(out)])
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

#[test]
fn four_resolvers_block_what_rempart_blocks() {
    inside(NEEDS, |directory| {
        let (list, names) = list_and_names(&mut Chance::new(7));
        fs::write(directory.join("list"), &list).unwrap();
        let mut nsd = everything_exists(directory);
        let configuration = format!(
            "{SERVER}[resolver]\nforward = [\"127.0.0.1:5399\"]\ndnssec = false\n[[policy.groups]]\nname = \"all\"\n\
             lists = [{{ list = \"list\", action = \"nxdomain\" }}]\n[[update.lists]]\nname = \"list\"\n\
             source = \"{}\"\nguard = false\n",
            directory.join("list").display()
        );
        let _rempart = Rempart::start(directory, &configuration);
        let expected = blocked("127.0.0.1".parse().unwrap(), &names);
        assert!(
            expected.len() > 3_000 && names.len() - expected.len() > 2_000,
            "{} of {}",
            expected.len(),
            names.len()
        );
        assert!(expected.contains("a.org") && !expected.contains("www.stopncii.org"));

        let told = convert(directory, "rpz", "rpz.zone", &[]);
        assert!(!told.contains("NOT SAID"), "{told}");
        let zone = directory.join("rpz.zone").display().to_string();
        // Others find nothing wrong with the zone, nor with its digest.
        run("named-checkzone", &["-q", "-k", "ignore", "rpz.invalid", &zone]);
        convert(directory, "rpz", "digest.zone", &["--digest"]);
        run("python3", &["-c", VERIFY, directory.join("digest.zone").to_str().unwrap()]);
        // What Unbound's own zones can say, they say, and nothing beyond.
        let told = convert(directory, "unbound", "snippet", &[]);
        assert!(told.contains("NOT SAID: listed alone"), "{told}");
        let peer = start_peer(directory, 0, &fs::read_to_string(directory.join("snippet")).unwrap());
        wait("unbound to answer", 60, || answers(peer.address));
        let found = blocked(peer.address, &names);
        assert!(found.len() > 100 && found.is_subset(&expected), "{} of {}", found.len(), expected.len());
        drop(peer);
        for (place, to) in ["unbound-rpz", "bind-rpz", "knot-rpz", "powerdns-rpz"].into_iter().enumerate() {
            convert(directory, to, "snippet", &["--file", &zone]);
            let peer = start_peer(directory, place, &fs::read_to_string(directory.join("snippet")).unwrap());
            wait(&format!("{} to answer", peer.name), 60, || answers(peer.address));
            let found = blocked(peer.address, &names);
            let more: Vec<&String> = found.difference(&expected).take(10).collect();
            let less: Vec<&String> = expected.difference(&found).take(10).collect();
            assert!(more.is_empty() && less.is_empty(), "{}: also {more:?}, not {less:?}", peer.name);
        }
        documented("10,000 names, from a file", expected.len());
        nsd.kill().unwrap();
        nsd.wait().unwrap();
    });
}

/// Whether a resolver answers.
pub(super) fn answers(server: IpAddr) -> Option<()> {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    socket.send_to(&query(9, "www.example.net", A, false), (server, 53)).ok()?;
    let mut reply = [0; 4096];
    let (length, _) = socket.recv_from(&mut reply).ok()?;
    (length > 12 && reply[3] & 15 == 0).then_some(())
}
