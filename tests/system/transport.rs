//! How it is answered: over UDP and TCP, IPv4 and IPv6, in any order, from the right address.

use std::path::Path;

use super::ask::{A, TXT, Tcp, query, rcode, shows, udp, udp_here};
use super::inside::inside;
use super::program::{Rempart, SERVER};
use super::world::{Slow, World};

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig"];

fn serve(directory: &Path) -> (World, Rempart) {
    let world = World::start(directory);
    let rempart = Rempart::start(directory, &format!("{SERVER}{}", world.resolver()));
    (world, rempart)
}

#[test]
fn what_is_too_long_for_udp_is_truncated_and_whole_over_tcp() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        for _ in 0..2 {
            shows("+ignore big.unsigned.example TXT", &[" tc ", "ANSWER: 0"]);
            shows("+tcp big.unsigned.example TXT", &["! tc ", "ANSWER: 1", "xxxxxxxx", "(TCP)"]);
            // kdig comes back over TCP by itself.
            shows("big.unsigned.example TXT", &["ANSWER: 1", "xxxxxxxx", "(TCP)"]);
        }
        let truncated = udp_here(&query(7, "big.unsigned.example", TXT, false));
        assert!(truncated[2] & 2 != 0 && truncated.len() <= 1232, "TC, within the client's size");
    });
}

#[test]
fn both_families_and_both_transports_answer() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        for flags in ["@::1", "@::1 +tcp", "@127.0.0.1", "@127.0.0.1 +tcp"] {
            shows(&format!("{flags} undress.example A"), &["127.0.0.1\n", "EDE: 16"]);
            shows(&format!("{flags} www.signed.example AAAA +dnssec"), &["2001:db8::1\n", " ad;"]);
        }
    });
}

#[test]
fn udp_and_tcp_give_the_same_octets() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        for (name, rtype) in [
            ("undress.example", A),
            ("UnDress.Example", 65),
            ("www.signed.example", A),
            ("www.unsigned.example", A),
            ("nothing.signed.example", A),
            ("alias.unsigned.example", A),
            ("www.bogus.example", A),
        ] {
            for dnssec_ok in [false, true] {
                let packet = query(4711, name, rtype, dnssec_ok);
                udp_here(&packet);
                // A second of TTL may pass between the two, but not each time.
                let same = (0..4).any(|_| udp_here(&packet) == Tcp::ask(&packet));
                assert!(same, "{name} {rtype} DO={dnssec_ok} differs between UDP and TCP");
            }
        }
    });
}

#[test]
fn a_slow_name_does_not_hold_up_those_behind_it() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        let slow = Slow::start();
        let mut connection = Tcp::connect();
        connection.send(&query(1, "held.slow.example", A, false));
        let release = slow.hold();
        connection.send(&query(2, "undress.example", A, false));
        connection.send(&query(3, "www.unsigned.example", A, false));
        let first = [connection.receive(), connection.receive()].map(|reply| reply[1]);
        assert!(first == [2, 3] || first == [3, 2], "the slow one comes last: {first:?}");
        release();
        let last = connection.receive();
        assert_eq!((last[1], rcode(&last)), (1, 0));
        assert!(last.windows(4).any(|octets| octets == [192, 0, 2, 5]), "{last:?}");
    });
}

#[test]
fn queries_that_come_in_pieces_or_together_are_answered() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        use std::io::Write;
        let one = query(1, "undress.example", A, false);
        let framed = [&(one.len() as u16).to_be_bytes()[..], &one].concat();
        let mut connection = Tcp::connect();
        for octet in &framed {
            connection.0.write_all(&[*octet]).unwrap();
        }
        assert_eq!(rcode(&connection.receive()), 0);
        // Sixty in one segment, more than one may have under way, on a connection that then is closed.
        connection.0.write_all(&framed.repeat(60)).unwrap();
        connection.0.shutdown(std::net::Shutdown::Write).unwrap();
        for _ in 0..60 {
            assert_eq!(rcode(&connection.receive()), 0);
        }
    });
}

#[test]
fn a_reply_leaves_from_the_address_that_was_asked() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        let server = SERVER.replace("\"127.0.0.1:53\", \"[::1]:53\"", "\"0.0.0.0:5353\", \"[::]:5353\"");
        let _rempart = Rempart::start(directory, &format!("{server}{}", world.resolver()));
        for server in ["127.0.0.1", "127.9.9.9", "10.53.7.1", "10.53.7.2", "[::1]", "[fd53::99]", "[fd53::3]"]
        {
            let from = if server.starts_with('[') { "[::1]:0" } else { "10.53.9.9:0" };
            let server = format!("{server}:5353").parse().unwrap();
            // From the engine at once, then through the resolver, then from its cache.
            for name in ["undress.example", "www.unsigned.example", "www.unsigned.example"] {
                assert_eq!(rcode(&udp(from, server, &query(9, name, A, false))), 0, "{server} {name}");
            }
        }
    });
}
