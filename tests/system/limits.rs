//! What connections may cost, and how they end.

use std::io::{ErrorKind, Read};

use super::ask::{A, Tcp, query, rcode, udp_here};
use super::inside::{inside, now, wait};
use super::program::{Rempart, SERVER};
use super::secure::{
    Certified, Tls, endless_frame, hold_quic, idle_https, refuses_replies, talkative_http3, told_by_quic,
};

const PLAIN: &[&str] = &["ip", "unshare"];

#[test]
fn told_to_stop_it_ends_connections_that_wait_for_nothing() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let mut rempart = Rempart::start(directory, &format!("{SERVER}{}idle = 600\n", certified.server()));
        let question = query(1, "undress.example", A, false);
        let (mut tcp, mut tls) = (Tcp::connect(), Tls::connect(&certified));
        tcp.send(&question);
        tls.send(&question);
        assert_eq!((rcode(&tcp.receive()), rcode(&tls.receive())), (0, 0));
        let https = idle_https(&certified);
        let https = std::thread::spawn(|| https.ended());
        let quic = told_by_quic(&certified, || {
            let stopped = now();
            rempart.signal("TERM");
            assert!(rempart.ended().success());
            assert!(stopped.elapsed().as_secs() < 5, "nobody waits for clients that wait for nothing");
        });
        // A word to say so: GOAWAY without an error, DOQ_NO_ERROR and H3_NO_ERROR.
        assert_eq!(https.join().unwrap(), Some(0));
        assert_eq!(quic, [Some(0), Some(0x100)]);
        for read in [tcp.0.read(&mut [0]), tls.read_end()] {
            assert!(
                matches!(&read, Ok(0)) || read.as_ref().is_err_and(|it| it.kind() != ErrorKind::WouldBlock)
            );
        }
    });
}

#[test]
fn http3_takes_any_number_of_words_on_how_it_is_governed() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let _rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        let question = query(0, "undress.example", A, false);
        let told = talkative_http3(&certified, (200, 1024), &question);
        let reply = udp_here(&question);
        assert!(told.windows(reply.len()).any(|octets| octets == reply), "{told:02x?}");
        // But each of them has an end.
        for on_control in [false, true] {
            let taken = endless_frame(&certified, on_control);
            assert!(taken < 256 << 10, "{taken} octets of a frame were taken");
        }
    });
}

#[test]
fn a_client_that_takes_no_replies_is_cut() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}idle = 60\n", certified.server()));
        refuses_replies(&certified);
        // The client may hear of the end before it is counted.
        let open = || rempart.metric("rempart_encrypted_connections{transport=\"https\"}");
        wait("the connection to be gone", 20, || (open() == 0.0).then_some(()));
    });
}

#[test]
fn idle_encrypted_connections_are_closed_and_cost_little() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let server = format!("{SERVER}{}idle = 60\nconnections_per_client = 1000\n", certified.server());
        let rempart = Rempart::start(directory, &server);
        let before = rempart.memory();
        let mut idle: Vec<Tls> = (0..500).map(|_| Tls::connect(&certified)).collect();
        for tls in &mut idle {
            tls.send(&query(1, "undress.example", A, false));
            assert_eq!(rcode(&tls.receive()), 0);
        }
        let open = |transport: &str| {
            rempart.metric(&format!("rempart_encrypted_connections{{transport=\"{transport}\"}}"))
        };
        assert_eq!(open("tls"), 500.0);
        let each = rempart.memory().saturating_sub(before) / 500;
        assert!(each < 64, "{each} KiB for each idle connection over TLS");
        drop(idle);
        wait("all to be gone", 20, || (open("tls") == 0.0).then_some(()));
        let before = rempart.memory();
        hold_quic(&certified, 300, || {
            assert_eq!(open("quic"), 300.0);
            let each = rempart.memory().saturating_sub(before) / 300;
            assert!(each < 128, "{each} KiB for each idle connection over QUIC");
        });
    });
}
