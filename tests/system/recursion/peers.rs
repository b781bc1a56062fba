//! Other resolvers, told of the same root and its key, and of a policy zone where there is one.

use std::path::Path;

use hickory_resolver::proto::rr::RecordType;

use super::super::inside::{run, wait};
use super::super::peers::{self, Peer};
use super::verdict::{Question, ask};

/// Their configurations, in the order of [`peers`]. `WORLD` and `DIGEST` are replaced.
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
  module-config: \"validator iterator\"
  root-hints: \"WORLD/root.hints\"
  trust-anchor-file: \"WORLD/root.key\"
  local-zone: \"test.\" nodefault
  edns-buffer-size: 1232
remote-control:
  control-enable: no
";

const BIND: &str = "\
options {
  directory \"FOLDER\";
  pid-file \"FOLDER/pid\";
  session-keyfile \"FOLDER/session.key\";
  listen-on { ADDRESS; };
  listen-on-v6 { none; };
  recursion yes;
  dnssec-validation yes;
  empty-zones-enable no;
  max-cache-size 64M;
EXPORT1
};
controls { };
trust-anchors { . static-ds DIGEST; };
zone \".\" { type hint; file \"WORLD/root.hints\"; };
";

const KNOT: &str = "\
net.listen('ADDRESS', 53)
modules.unload('priming')
modules.unload('ta_update')
modules.unload('ta_signal_query')
modules.load('hints')
modules.load('policy')
policy.special_names = {}
hints.root({ ['SERVER'] = 'SERVED' })
trust_anchors.remove('.')
trust_anchors.add_file('WORLD/root.key', true)
cache.open(50 * MB, 'lmdb://FOLDER')
";

const POWERDNS: &str = "\
local-address=ADDRESS
query-local-address=0.0.0.0, ::
dont-query=
hint-file=WORLD/root.hints
lua-config-file=FOLDER/anchors.lua
dnssec=validate
disable-packetcache=yes
threads=1
socket-dir=FOLDER
daemon=no
security-poll-suffix=
";

/// Starts all of them and waits until each answers.
pub(super) fn start(world: &Path) -> Vec<Peer> {
    let start = |place| start_with(world, place, ("ns1.root.", "10.53.1.1"), "");
    let peers: Vec<Peer> = (0..CONFIGURATIONS.len()).map(start).collect();
    for peer in &peers {
        wait(&format!("{} to answer", peer.name), 30, || {
            let told = ask(peer.address, &Question::new("example.", RecordType::SOA, false), 2);
            told.authentic.then_some(())
        });
    }
    peers
}

/// Starts the one of a place, with a server of the root and where a policy zone is, in its words.
pub(in super::super) fn start_with(
    world: &Path,
    place: usize,
    (server, address): (&str, &str),
    export: &str,
) -> Peer {
    let digest = run("dnssec-dsfromkey", &["-2", "-f", world.join("root.key").to_str().unwrap(), "."]).stdout;
    let digest = String::from_utf8(digest).unwrap();
    let digest = digest.split_once(" DS ").unwrap().1.trim();
    let fields: Vec<&str> = digest.split_whitespace().collect();
    let quoted = format!("{} \"{}\"", fields[..3].join(" "), fields[3..].concat());
    // What each is told of the zone stands behind all else, but for BIND's first statement and what PowerDNS has in a file
    // of its own.
    let text = CONFIGURATIONS[place];
    let (first, rest, beside) = match text {
        BIND => export.split_once("\n\n").map_or(("", "", ""), |(first, rest)| (first, rest, "")),
        POWERDNS => ("", "", export),
        _ => ("", export, ""),
    };
    let anchors = format!("clearTA()\naddTA(\".\", \"{digest}\")\n{beside}");
    let text = format!("{}{rest}", text.replace("EXPORT1", first))
        .replace("WORLD", world.to_str().unwrap())
        .replace("DIGEST", &quoted)
        .replace("SERVER", server)
        .replace("SERVED", address);
    peers::start(world, place, &text, ("anchors.lua", &anchors))
}
