//! Clients that mean harm: others are answered all the same, and memory stays bounded.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use super::ask::{A, HERE, TXT, Tcp, query, rcode, shows, udp, udp_here};
use super::inside::{inside, wait};
use super::program::{Rempart, SERVER, http};
use super::world::World;
use nix::sys::resource::{Resource, getrlimit, setrlimit};

const NEEDS: &[&str] = &["ip", "unshare", "kdig"];
/// More than this beyond what it began with is no bounded memory, in KiB.
const GROWTH: u64 = 96 << 10;
/// `server.connections_per_client` and `server.connections`, as they are by default.
const OF_ONE_CLIENT: f64 = 64.0;

/// Answers still go out to everybody, over both transports, and the page is served.
fn serves_others(name: &str) {
    assert_eq!(rcode(&udp("10.53.40.1:0", HERE.parse().unwrap(), &query(1, name, A, false))), 0);
    shows(&format!("-b 10.53.40.2 +tcp {name} A"), &["status: NOERROR", "127.0.0.1\n"]);
    let page = http("127.0.0.1:80", "/", name, "").expect("the page");
    assert!(page.starts_with("HTTP/1.1 451 "), "{page}");
}

fn stays_well(rempart: &Rempart, before: u64) {
    let after = rempart.memory();
    assert!(after < before + GROWTH, "{before} KiB became {after} KiB");
    let log = rempart.log();
    assert!(!log.contains("panic"), "{log}");
    assert!(log.len() < 64 << 10, "a client can fill the log: {} octets", log.len());
}

/// Connects from an address of the client's choice.
fn connect(from: &str, to: &str) -> std::io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    let from: SocketAddr = from.parse().unwrap();
    let to: SocketAddr = to.parse().unwrap();
    socket.bind(&from.into())?;
    socket.connect(&to.into())?;
    Ok(socket.into())
}

#[test]
fn a_client_that_never_reads_is_cut_and_harms_nobody() {
    inside(&["ip", "unshare", "knotd", "keymgr", "kdig"], |directory| {
        let world = World::start(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", world.resolver()));
        let question = query(1, "big.unsigned.example", TXT, false);
        assert!(Tcp::ask(&question).len() > 2000);
        let before = rempart.memory();
        let framed = [&(question.len() as u16).to_be_bytes()[..], &question].concat().repeat(100);
        let mut greedy: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(HERE).unwrap()).collect();
        for stream in &mut greedy {
            stream.set_nonblocking(true).unwrap();
            // Until the daemon takes no more: its queue and both sockets' buffers are full of answers.
            let mut asked = 0;
            wait("the daemon to stop reading", 20, || {
                match stream.write(&framed) {
                    Ok(written) => asked += written,
                    Err(error) if error.kind() == ErrorKind::WouldBlock => return Some(()),
                    // Cut already.
                    Err(_) => return Some(()),
                }
                assert!(asked < 256 << 20, "queries are taken without end");
                None
            });
            serves_others("undress.example");
        }
        wait("those connections to be cut", 30, || {
            (rempart.metric("rempart_tcp_connections") == 0.0).then_some(())
        });
        stays_well(&rempart, before);
    });
}

#[test]
fn a_thousand_idle_connections_are_few() {
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let before = rempart.memory();
        let idle: Vec<_> = (0..1_000).filter_map(|_| connect("10.53.50.1:0", HERE).ok()).collect();
        assert!(idle.len() > 900, "{}", idle.len());
        let open = || rempart.metric("rempart_tcp_connections");
        wait("the limit of a client", 20, || (open() == OF_ONE_CLIENT).then_some(()));
        serves_others("undress.example");
        assert!(open() <= OF_ONE_CLIENT);
        // Those over the limit were closed, not left hanging.
        let closed = idle.iter().filter(|stream| is_closed(stream)).count();
        assert_eq!(closed as f64, idle.len() as f64 - OF_ONE_CLIENT);
        stays_well(&rempart, before);
        // The client gets its places back.
        drop(idle);
        wait("all to be gone", 20, || (open() == 0.0).then_some(()));
        let mut again = Tcp(connect("10.53.50.1:0", HERE).unwrap());
        again.send(&query(1, "undress.example", A, false));
        assert_eq!(rcode(&again.receive()), 0);
    });
}

fn is_closed(mut stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    match stream.read(&mut [0]) {
        Ok(count) => count == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    }
}

#[test]
fn connections_in_all_are_bounded_and_end_when_idle() {
    inside(NEEDS, |directory| {
        let server = format!("{SERVER}connections = 100\nidle = 2\n");
        let rempart = Rempart::start(directory, &server);
        let many: Vec<_> = (0..200)
            .filter_map(|client| connect(&format!("10.53.60.{}:0", client % 20 + 1), HERE).ok())
            .collect();
        let open = || rempart.metric("rempart_tcp_connections");
        wait("the limit of all", 20, || (open() == 100.0).then_some(()));
        assert_eq!(rcode(&udp_here(&query(1, "undress.example", A, false))), 0);
        wait("the idle ones to be closed", 20, || (open() == 0.0).then_some(()));
        serves_others("undress.example");
        assert_eq!(many.len(), 200);
    });
}

#[test]
fn requests_that_trickle_do_not_keep_the_page_from_others() {
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let before = rempart.memory();
        // More than have a place at all, from fifty clients, of which each stays within what one may have open.
        let from = |number: usize| format!("127.0.1.{}:0", 1 + number / 50);
        let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
        setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
        let mut slow: Vec<TcpStream> =
            (0..2_500).map(|number| connect(&from(number), "127.0.0.1:80").unwrap()).collect();
        for (place, stream) in slow.iter_mut().enumerate() {
            let request = format!("GET / HTTP/1.1\r\nHost: undress.example\r\nX-{place}: ");
            // Those that came first may be cut already.
            let _ = stream.write_all(request.as_bytes());
        }
        serves_others("undress.example");
        // One octet now and then does not keep a connection open.
        wait("all to be cut", 30, || {
            let open = slow.iter().filter(|stream| (&**stream).write_all(b"x").is_ok() && !is_closed(stream));
            (open.count() == 0).then_some(())
        });
        // A header without end is cut by its length.
        let mut endless = TcpStream::connect("127.0.0.1:80").unwrap();
        endless.set_write_timeout(Some(Duration::from_secs(10))).unwrap();
        endless.write_all(b"GET / HTTP/1.1\r\n").unwrap();
        let line = format!("X-Long: {}\r\n", "x".repeat(1000));
        let sent = (0..10_000).take_while(|_| endless.write_all(line.as_bytes()).is_ok()).count();
        assert!(sent < 10_000, "10 MB of header were taken");
        serves_others("undress.example");
        stays_well(&rempart, before);
    });
}

/// What the page answers to octets.
fn told(request: &[u8]) -> String {
    let mut stream = TcpStream::connect("127.0.0.1:80").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // A request that is refused early is not taken to its end.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn nothing_of_a_request_comes_back_whatever_it_holds() {
    /// In every request, and in no answer.
    const MARK: &str = "zqxmark";
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let before = rempart.memory();
        let blocked = "Host: undress.example\r\n";
        let long = MARK.repeat(1_000);
        for (request, status) in [
            (
                format!(
                    "GET /{MARK}?{MARK}={MARK} HTTP/1.1\r\n{blocked}Cookie: {MARK}\r\nReferer: {MARK}\r\n\r\n"
                ),
                451,
            ),
            (format!("{MARK} / HTTP/1.1\r\n{blocked}\r\n"), 451),
            (format!("OPTIONS * HTTP/1.1\r\n{blocked}X: {MARK}\r\n\r\n"), 451),
            (format!("GET http://undress.example/{MARK} HTTP/1.1\r\nHost: {MARK}\r\n\r\n"), 451),
            (format!("GET /{MARK} HTTP/1.0\r\n{blocked}\r\n"), 451),
            (
                format!("GET /?door={MARK}&lang={MARK} HTTP/1.1\r\n{blocked}Accept-Language: {MARK}\r\n\r\n"),
                451,
            ),
            (format!("GET /record/{MARK} HTTP/1.1\r\n{blocked}\r\n"), 451),
            (format!("POST /record/{MARK} HTTP/1.1\r\nHost: rempart.invalid\r\n\r\n"), 405),
            (format!("GET /record/{MARK} HTTP/1.1\r\nHost: rempart.invalid\r\n\r\n"), 404),
            (
                format!(
                    "GET / HTTP/1.1\r\n{blocked}Connection: Upgrade\r\nUpgrade: websocket\r\n\
                Sec-WebSocket-Key: {MARK}\r\n\r\n"
                ),
                451,
            ),
            (format!("GET / HTTP/1.1\r\n{blocked}Accept: application/json;{MARK}\r\n\r\n"), 451),
            (format!("POST / HTTP/1.1\r\n{blocked}Content-Length: 104857600\r\n\r\n{long}"), 451),
            (format!("POST / HTTP/1.1\r\n{blocked}Transfer-Encoding: chunked\r\n\r\nffffff\r\n{long}"), 451),
            (format!("GET / HTTP/1.1\r\nHost: <script>{MARK}</script>\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\nHost: {MARK}\u{fc}.example\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\nHost: {MARK}%0d%0aSet-Cookie:%20a=b\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\nHost: undress.example\r\nHost: {MARK}\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\nHost: undress.example@{MARK}\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\nX: {MARK}\r\n\r\n"), 400),
            (format!("GET / HTTP/1.1\r\n{blocked} {MARK}: folded\r\n\r\n"), 400),
            (format!("GET / HTTP/9.9\r\n{blocked}X: {MARK}\r\n\r\n"), 400),
            (format!("GET /{} HTTP/1.1\r\n{blocked}\r\n", MARK.repeat(10_000)), 431),
            (format!("GET / HTTP/1.1\r\nHost: {MARK}.example\r\n\r\n"), 421),
        ] {
            let answer = told(request.as_bytes());
            let head: String = request.chars().take(60).collect();
            assert_eq!(answer.split(' ').nth(1), Some(&*status.to_string()), "{head:?}: {answer}");
            assert!(!answer.to_ascii_lowercase().contains(MARK), "{head:?}: {answer}");
            assert!(!answer.to_ascii_lowercase().contains("\r\nset-cookie"), "{head:?}");
        }
        // HTTP/2 without TLS, HTTP/0.9, TLS, and nothing that anybody speaks.
        for request in
            [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], b"GET /zqxmark\r\n", &[22, 3, 1, 0, 0], &[0; 99]]
        {
            assert!(!told(request).contains(MARK));
        }
        serves_others("undress.example");
        stays_well(&rempart, before);
    });
}

#[test]
fn who_asks_for_a_case_and_leaves_takes_no_turn_from_others() {
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let threads = || fs::read_dir(format!("/proc/{}/task", rempart.id())).unwrap().count();
        let before = threads();
        for number in 0..300 {
            let mut stream = connect(&format!("127.0.1.{}:0", 1 + number / 50), "127.0.0.1:80").unwrap();
            let request = format!("GET /record/{number} HTTP/1.1\r\nHost: rempart.invalid\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
        }
        assert!(threads() < before + 20, "{before} threads became {}", threads());
        let record = || http("127.0.0.1:80", "/record/DEMO-2026-0006", "rempart.invalid", "").unwrap();
        let told = wait("a turn", 30, || Some(record()).filter(|told| told.starts_with("HTTP/1.1 200 ")));
        assert!(told.contains("DEMO-2026-0006") && !told.contains("undress.example"), "{told}");
        // What is blocked has its own case and no other.
        let other = http("127.0.0.1:80", "/record/DEMO-2026-0001", "undress.example", "").unwrap();
        assert!(other.starts_with("HTTP/1.1 451 ") && !other.contains("Public record"), "{other}");
    });
}

#[test]
fn garbage_is_survived_over_udp_and_tcp() {
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let before = rempart.memory();
        send_garbage();
        let unanswered = "rempart_queries_unanswered_total{transport=\"udp\",decided_by=\"protocol\"}";
        assert!(rempart.metric(unanswered) > 1000.0, "{}", rempart.metrics());
        stays_well(&rempart, before);
    });
}

/// Ten thousand packets, and some connections, between which others are served.
fn send_garbage() {
    let socket = UdpSocket::bind("10.53.70.1:0").unwrap();
    socket.connect(HERE).unwrap();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut octet = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 24) as u8
    };
    let good = query(1, "undress.example", A, true);
    for number in 0..10_000_usize {
        // All random, or a sound query with a few octets changed, or one cut short.
        let mut packet: Vec<u8> = match number % 3 {
            0 => (0..number % 600).map(|_| octet()).collect(),
            1 => good.clone(),
            _ => good[..number % good.len()].to_vec(),
        };
        for _ in 0..number % 4 {
            if let Some(place) = packet.len().checked_sub(1) {
                packet[usize::from(octet()) % (place + 1)] = octet();
            }
        }
        // A full buffer on the way is no matter.
        let _ = socket.send(&packet);
        if number % 500 == 0 {
            serves_others("undress.example");
            // The same as one connection's octets, whatever length they begin with.
            let mut stream = TcpStream::connect(HERE).unwrap();
            let _ = stream.write_all(&packet);
            let _ = stream.shutdown(Shutdown::Write);
        }
    }
    // The longest datagram there is.
    let _ = socket.send(&vec![0xff; 65_000]);
    serves_others("undress.example");
}
