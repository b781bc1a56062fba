//! Authoritative servers: three `knotd`, each a level of the tree, and one that was tampered with.
//!
//! | address | zones |
//! |---|---|
//! | 10.53.0.1 | the root, signed |
//! | 10.53.0.2 | `example.`, signed |
//! | 10.53.0.3, fd53::3 | `signed.example.` and `bogus.example.`, signed; `unsigned.example.` |
//! | 10.53.0.4 | `bogus.example.` as the world gets it: edited after it was signed |
//! | 10.53.0.5 | `slow.example.`: the test itself ([`Slow`]), which answers when it is told to |
//!
//! Keys are made before the servers start, so that each parent's file can hold the DS of its children.

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::inside::{run, wait};

/// Longer than any reply over UDP.
const LONG_STRINGS: usize = 10;

/// The servers, stopped with the namespace.
pub(super) struct World {
    directory: PathBuf,
    servers: Vec<Child>,
}

impl World {
    /// Starts all servers and waits until each answers.
    pub(super) fn start(directory: &Path) -> Self {
        let mut world = Self { directory: directory.to_owned(), servers: Vec::new() };
        let leaves: &[(&str, bool, &str)] = &[
            ("signed.example.", true, SIGNED),
            ("unsigned.example.", false, UNSIGNED),
            ("bogus.example.", true, BOGUS),
        ];
        let long = format!("big TXT{}\n", format!(" \"{}\"", "x".repeat(200)).repeat(LONG_STRINGS));
        let leaves: Vec<(&str, bool, String)> =
            leaves.iter().map(|(zone, signed, text)| (*zone, *signed, format!("{text}{long}"))).collect();
        let leaf = world.configure("leaf", &["10.53.0.3", "fd53::3"], &leaves);
        let children = world.delegations(&leaf, &["signed.example.", "bogus.example."]);
        let top = world.configure("top", &["10.53.0.2"], &[("example.", true, format!("{TOP}{children}"))]);
        let children = world.delegations(&top, &["example."]);
        let root = world.configure("root", &["10.53.0.1"], &[(".", true, format!("{ROOT}{children}"))]);
        let anchor = run("keymgr", &["-c", root.to_str().unwrap(), ".", "dnskey"]).stdout;
        let anchor = String::from_utf8(anchor).unwrap().replacen(". DNSKEY", ". 300 IN DNSKEY", 1);
        fs::write(world.path("root.key"), anchor).unwrap();
        fs::write(world.path("root.hints"), ". 300 NS ns.root.\nns.root. 300 A 10.53.0.1\n").unwrap();
        for (configuration, server, zone) in
            [(leaf, "10.53.0.3", "signed.example."), (top, "10.53.0.2", "example."), (root, "10.53.0.1", ".")]
        {
            world.serve(&configuration, server, zone);
        }
        world.tamper();
        world
    }

    /// Ends all servers.
    pub(super) fn stop(mut self) {
        for server in &mut self.servers {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// The `[resolver]` section for this world.
    pub(super) fn resolver(&self) -> String {
        let path = |name: &str| self.path(name).display().to_string();
        format!(
            "[resolver]\nroot_hints = \"{}\"\ntrust_anchor = \"{}\"\n\
             reach = [\"10.53.0.0/16\", \"fd53::/64\"]\n",
            path("root.hints"),
            path("root.key")
        )
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Writes a server's configuration and zones, and makes the keys of those that are signed.
    fn configure(&self, name: &str, addresses: &[&str], zones: &[(&str, bool, String)]) -> PathBuf {
        let folder = self.path(name);
        fs::create_dir(&folder).unwrap();
        let at = folder.display();
        let listen = addresses.iter().map(|address| format!("{address}@53")).collect::<Vec<_>>().join(", ");
        let mut text = format!(
            "server:\n  rundir: {at}\n  listen: [{listen}]\n  udp-workers: 1\n  tcp-workers: 1\n  \
             background-workers: 1\n\
             database:\n  storage: {at}\n\
             log:\n  - target: {at}/log\n    any: info\n\
             acl:\n  - id: all\n    action: transfer\n\
             policy:\n  - id: by-hand\n    manual: on\n    single-type-signing: on\n    \
             algorithm: ecdsap256sha256\n\
             template:\n  - id: default\n    storage: {at}\n    zonefile-sync: -1\n    acl: all\n  \
             - id: signed\n    storage: {at}\n    zonefile-sync: -1\n    acl: all\n    \
             dnssec-signing: on\n    dnssec-policy: by-hand\n\
             zone:\n"
        );
        for (zone, signed, content) in zones {
            let template = if *signed { "signed" } else { "default" };
            text.push_str(&format!("  - domain: {zone}\n    file: {zone}zone\n    template: {template}\n"));
            fs::write(folder.join(format!("{zone}zone")), format!("$ORIGIN {zone}\n$TTL 300\n{content}"))
                .unwrap();
        }
        let configuration = folder.join("knot.conf");
        fs::write(&configuration, text).unwrap();
        for (zone, ..) in zones.iter().filter(|(_, signed, _)| *signed) {
            let key = ["algorithm=ecdsap256sha256", "ksk=yes", "zsk=yes"];
            run("keymgr", &[&["-c", configuration.to_str().unwrap(), zone, "generate"], &key[..]].concat());
        }
        configuration
    }

    /// DS records of a server's zones, for their parent.
    fn delegations(&self, configuration: &Path, zones: &[&str]) -> String {
        let records = zones.iter().map(|zone| {
            let told = run("keymgr", &["-c", configuration.to_str().unwrap(), zone, "ds"]).stdout;
            String::from_utf8(told).unwrap()
        });
        records.collect()
    }

    fn serve(&mut self, configuration: &Path, address: &str, zone: &str) {
        let mut server = Command::new("knotd");
        server.arg("-c").arg(configuration).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.servers.push(server.spawn().unwrap());
        wait(&format!("knotd to serve {zone} on {address}"), 30, || {
            let asked = Command::new("kdig")
                .args([&format!("@{address}"), zone, "SOA", "+timeout=1", "+retry=0", "+noall", "+answer"])
                .output()
                .unwrap();
            String::from_utf8_lossy(&asked.stdout).contains("SOA").then_some(())
        });
    }

    /// Takes the signed zone from its owner, edits one address, and serves it with its old signatures.
    fn tamper(&mut self) {
        let zone = run("kdig", &["@10.53.0.3", "bogus.example.", "AXFR", "+noall", "+answer"]).stdout;
        let zone = String::from_utf8(zone).unwrap();
        assert!(zone.contains("RRSIG") && zone.contains("192.0.2.66"), "{zone}");
        let edited = zone.replace("192.0.2.66", "192.0.2.67");
        let configuration = self.configure("tampered", &["10.53.0.4"], &[("bogus.example.", false, edited)]);
        self.serve(&configuration, "10.53.0.4", "bogus.example.");
    }
}

const ROOT: &str = "\
@ SOA ns.root. hostmaster.root. 1 3600 600 86400 60
@ NS ns.root.
ns.root. A 10.53.0.1
example. NS ns.nic.example.
ns.nic.example. A 10.53.0.2
";

const TOP: &str = "\
@ SOA ns.nic hostmaster.nic 1 3600 600 86400 60
@ NS ns.nic
ns.nic A 10.53.0.2
signed NS ns.signed
ns.signed A 10.53.0.3
ns.signed AAAA fd53::3
unsigned NS ns.unsigned
ns.unsigned A 10.53.0.3
bogus NS ns.bogus
ns.bogus A 10.53.0.4
slow NS ns.slow
ns.slow A 10.53.0.5
undress A 198.51.100.66
undress HTTPS 1 . alpn=h2 ipv4hint=198.51.100.66
";

const SIGNED: &str = "\
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 10.53.0.3
ns AAAA fd53::3
www A 192.0.2.1
www AAAA 2001:db8::1
alias CNAME undress.example.
";

const UNSIGNED: &str = "\
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 10.53.0.3
www A 192.0.2.2
later A 192.0.2.3
alias CNAME undress.example.
chain CNAME link
link CNAME undress.example.
exempt.shop CNAME undress.example.
new A 192.0.2.6
*.wild A 192.0.2.4
";

const BOGUS: &str = "\
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 10.53.0.4
www A 192.0.2.66
other A 192.0.2.66
";

/// The server of `slow.example.`: it keeps queries for names that begin with `held` until told to answer.
pub(super) struct Slow {
    socket: Arc<UdpSocket>,
    held: Receiver<(Vec<u8>, SocketAddr)>,
    open: Arc<AtomicBool>,
}

impl Slow {
    /// Starts to serve.
    pub(super) fn start() -> Self {
        let socket = Arc::new(UdpSocket::bind("10.53.0.5:53").unwrap());
        let open = Arc::new(AtomicBool::new(false));
        let (sender, held) = channel();
        let (serving, opened) = (socket.clone(), open.clone());
        std::thread::spawn(move || serve_slowly(&serving, &opened, &sender));
        Self { socket, held, open }
    }

    /// Waits until a query is held, and answers that one and all after it when what comes out is called.
    pub(super) fn hold(&self) -> impl FnOnce() + use<'_> {
        let limit = Duration::from_secs(10);
        let first = self.held.recv_timeout(limit).expect("a query for a held name");
        move || {
            self.open.store(true, Ordering::SeqCst);
            for (query, peer) in std::iter::once(first).chain(self.held.try_iter()) {
                self.socket.send_to(&slow_reply(&query), peer).unwrap();
            }
        }
    }
}

fn serve_slowly(socket: &UdpSocket, open: &AtomicBool, held: &Sender<(Vec<u8>, SocketAddr)>) {
    let mut packet = [0; 1500];
    while let Ok((length, peer)) = socket.recv_from(&mut packet) {
        let query = packet[..length].to_vec();
        if query[13..].to_ascii_lowercase().starts_with(b"held") && !open.load(Ordering::SeqCst) {
            let _ = held.send((query, peer));
        } else {
            let _ = socket.send_to(&slow_reply(&query), peer);
        }
    }
}

/// An address for questions of type A, the server's name for those of type NS, no data for others.
fn slow_reply(query: &[u8]) -> Vec<u8> {
    let end = 12 + query[12..].iter().position(|octet| *octet == 0).unwrap() + 5;
    let is_apex = query[13..].to_ascii_lowercase().starts_with(b"slow");
    let mut reply = [&query[..2], &[0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0], &query[12..end]].concat();
    match query[end - 3] {
        1 if !is_apex => reply.extend(b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\xc0\0\x02\x05"),
        2 if is_apex => reply.extend(b"\xc0\x0c\0\x02\0\x01\0\0\0\x3c\0\x05\x02ns\xc0\x0c"),
        _ => {
            // The record goes to the authority section.
            (reply[7], reply[9]) = (0, 1);
            reply.extend(b"\x04slow\x07example\0\0\x06\0\x01\0\0\0\x3c\0\x16\0\0");
            reply.extend([0, 0, 0, 1, 0, 0, 14, 16, 0, 0, 2, 88, 0, 1, 81, 128, 0, 0, 0, 60]);
        }
    }
    reply
}
