//! Nobody who asks is written down: no queried name and no client's address, at any level of the log, in any
//! counter, in any file.

use std::fs;
use std::path::Path;

use super::ask::{A, Tcp, query, shows, udp};
use super::inside::inside;
use super::page_https;
use super::program::{Rempart, http, one_list, text};
use super::world::World;

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig", "curl"];
/// What somebody asks for who wants to see it all, down to single modules of the resolver library.
const EVERYTHING: &str = "trace,hickory_resolver=trace,hickory_net=trace,hickory_proto=trace,\
    hickory_resolver::recursor=trace,hickory_resolver::recursor::handle=trace,\
    hickory_resolver::name_server_pool=trace,hickory_net::udp=trace,hickory_net::dnssec=trace";
/// A label that stands in no list and no zone.
const LABEL: &str = "quagga7731";
/// An address that nothing but the client has.
const CLIENT: &str = "10.53.177.231";

/// What gives a name or an address away, in the forms in which programs write them.
fn traces() -> Vec<String> {
    let octets: Vec<u8> = LABEL.bytes().collect();
    let hexadecimal: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    let client: std::net::Ipv4Addr = CLIENT.parse().unwrap();
    let inner = |octets: &[u8]| format!("{octets:?}").trim_matches(['[', ']']).to_owned();
    vec![
        LABEL.into(),
        hexadecimal,
        inner(&octets),
        CLIENT.into(),
        inner(&client.octets()),
        "0a35b1e7".into(),
        u32::from(client).to_string(),
    ]
}

#[test]
fn no_name_and_no_address_is_written_anywhere() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        for (place, filter) in [None, Some("trace"), Some(EVERYTHING)].into_iter().enumerate() {
            let own = directory.join(format!("run{place}"));
            fs::create_dir(&own).unwrap();
            leaves_no_trace(&own, &world, filter);
        }
    });
}

fn leaves_no_trace(directory: &Path, world: &World, filter: Option<&str>) {
    let state = directory.join("state");
    fs::create_dir(&state).unwrap();
    let list = directory.join("list");
    fs::write(&list, "undress.example\nlisted.example\n").unwrap();
    let list = one_list(&list, Some(&state));
    let https =
        page_https::configuration(directory, "[[policy.groups]]\nname = \"all\"\nhttps = \"certificate\"\n");
    page_https::found(directory, &https);
    let configuration = format!("{https}{}{list}", world.resolver());
    let mut rempart = Rempart::start_logging(directory, &configuration, filter);
    visit(directory);
    assert!(rempart.reload(&[]).0);
    // Whoever administers may ask what is known of a name, and nobody else learns that.
    for zone in ["signed", "wild.unsigned"] {
        let name = format!("{LABEL}.{zone}.example");
        assert!(text(&rempart.command(&["lookup", &name])).contains(&name));
        assert!(text(&rempart.command(&["flush", &name])).contains("forgot"));
    }
    let told = [rempart.metrics(), text(&rempart.command(&["status"]))];
    rempart.signal("TERM");
    assert!(rempart.ended().success());
    let log = rempart.log();
    assert!(log.contains("stopping"), "there is a log: {log}");
    for trace in traces() {
        for (place, text) in [("log", &log), ("metrics", &told[0]), ("status", &told[1])] {
            let line = text.lines().find(|line| line.to_ascii_lowercase().contains(&trace));
            assert!(line.is_none(), "`{trace}` in the {place}, RUST_LOG={filter:?}: {line:?}");
        }
        for (path, content) in files(&state) {
            let content = String::from_utf8_lossy(&content).to_ascii_lowercase();
            assert!(!content.contains(&trace), "`{trace}` in {path}");
        }
    }
}

/// Everything that a client can do: names blocked, found, absent, bogus, out of reach; the page; rubbish.
fn visit(directory: &Path) {
    for zone in ["undress", "wild.unsigned", "signed", "unsigned", "bogus", "slow", "listed"] {
        let name = format!("{LABEL}.{zone}.example");
        for flags in ["", "+tcp "] {
            shows(&format!("-b {CLIENT} {flags}{name} A"), &["status: "]);
        }
        assert!(http("127.0.0.1:80", &format!("/{LABEL}"), &name, "").is_some());
        // One version of HTTP for each; and a name that no certificate could hold, of which libraries complain.
        for (name, version) in
            [(&name, "--http1.1"), (&name, "--http2"), (&format!("{LABEL}-.{name}"), "--http2")]
        {
            page_https::curl(directory, name, &[version, "--interface", CLIENT]);
        }
    }
    let mut packet = query(1, &format!("{LABEL}.unsigned.example"), A, false);
    // An operation that is not implemented, then a class that is not served.
    packet[2] |= 0x10;
    udp(&format!("{CLIENT}:0"), super::ask::HERE.parse().unwrap(), &packet);
    let mut connection = Tcp::connect();
    connection.send(&packet);
    connection.receive();
    connection.send(&packet[..packet.len() - 1]);
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "{} holds files", folder.display());
    found
}
