//! What does the warning page cost over HTTPS, and what do those who lay siege to it take from those who ask for names?
//!
//! `cargo bench --bench page` runs the measurement, which is the script beside this file and says there what it does and
//! needs. This program is its clients: `page handshakes ROOT SECONDS CONNECTIONS NAMES` makes whole handshakes for names
//! that are blocked, each on a connection of its own, and believes the certificate in ROOT alone; `page besiege WAY COUNT`
//! holds so many connections until its input ends, in a [`Way`] that a server should not mind.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use std::{env, io};

use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;

const HTTP: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 80);
const HTTPS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 443);
/// Addresses that clients come from, so that limits for one client are not what is measured.
const SOURCES: usize = 250;
/// Before a connection that was cut is made again.
const PAUSE: Duration = Duration::from_millis(200);
/// Between two lines of a header that never ends.
const DRIP: Duration = Duration::from_secs(1);
/// How long a client does not read.
const DEAF: Duration = Duration::from_secs(30);
/// The longest header that is tried, in octets.
const HUGE: u64 = 100_000_000;

static OPENED: AtomicU64 = AtomicU64::new(0);
static TAKEN: AtomicU64 = AtomicU64::new(0);

/// How a siege is laid.
#[derive(Clone, Copy)]
enum Way {
    /// Nothing is ever sent.
    Idle,
    /// A line of a header each second.
    Drip,
    /// A header of 100 MB, as fast as it is taken.
    Huge,
    /// The page is asked for, and nothing of it read.
    Deaf,
    /// A handshake that stops in its first message.
    Handshake,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["handshakes", root, seconds, connections, names] => {
            run(handshakes(root, number(seconds), number(connections), number(names)));
        }
        ["besiege", way, count] => run(besiege(way_of(way), number(count) as usize)),
        // What `./test` asks: the measurement wants root and programs of others.
        [.., "--test"] | ["--test", ..] => assert!(matches!(way_of("drip"), Way::Drip)),
        _ => {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/page.sh");
            let own = env::current_exe().expect("the path of this program");
            let rempart = env::var("REMPART").unwrap_or(env!("CARGO_BIN_EXE_rempart").into());
            let error = Command::new(script).env("PAGE", own).env("REMPART", rempart).exec();
            panic!("{script}: {error}");
        }
    }
}

fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work);
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

fn way_of(text: &str) -> Way {
    match text {
        "idle" => Way::Idle,
        "drip" => Way::Drip,
        "huge" => Way::Huge,
        "deaf" => Way::Deaf,
        "handshake" => Way::Handshake,
        _ => panic!("idle, drip, huge, deaf or handshake"),
    }
}

/// A connection from one of many addresses.
async fn connected(number: usize, to: SocketAddr, window: Option<u32>) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    let last = u8::try_from(number % SOURCES + 1).expect("less than 256");
    if let Some(window) = window {
        socket.set_recv_buffer_size(window)?;
    }
    socket.bind(([127, 0, 1, last], 0).into())?;
    socket.connect(to).await
}

async fn handshakes(root: &str, seconds: u64, connections: u64, names: u64) {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root).expect("a certificate")).expect("an authority");
    let versions = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = versions.with_safe_default_protocol_versions().expect("versions");
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.resumption = Resumption::disabled();
    let connector = TlsConnector::from(Arc::new(config));
    let work = (0..connections).map(|number| {
        let connector = connector.clone();
        async move {
            for turn in 0.. {
                let host = format!("n{}.example", (number + turn * connections) % names);
                let stream = connected(number as usize, HTTPS, None).await.expect("a connection");
                let name = ServerName::try_from(host).expect("a name");
                connector.connect(name, stream).await.expect("the page over HTTPS");
                OPENED.fetch_add(1, Relaxed);
            }
        }
    });
    let all = futures_util::future::join_all(work);
    let _ = timeout(Duration::from_secs(seconds), all).await;
    println!("{}", OPENED.load(Relaxed));
}

async fn besiege(way: Way, count: usize) {
    for number in 0..count {
        tokio::spawn(async move {
            loop {
                let _ = visit(way, number).await;
                sleep(PAUSE).await;
            }
        });
    }
    println!("ready");
    let told_to_stop = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink()));
    let _ = told_to_stop.await;
    println!("{} connections, {} MB taken", OPENED.load(Relaxed), TAKEN.load(Relaxed) / 1_000_000);
}

/// One connection, until the server ends it.
async fn visit(way: Way, number: usize) -> io::Result<()> {
    let (to, window) = match way {
        Way::Handshake => (HTTPS, None),
        Way::Deaf => (HTTP, Some(1)),
        _ => (HTTP, None),
    };
    let mut stream = connected(number, to, window).await?;
    OPENED.fetch_add(1, Relaxed);
    match way {
        Way::Idle => {}
        Way::Handshake => stream.write_all(&[22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]).await?,
        Way::Deaf => {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: n1.example\r\n\r\n").await?;
            sleep(DEAF).await;
            return Ok(());
        }
        Way::Drip | Way::Huge => {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: n1.example\r\n").await?;
            let (piece, pause) = match way {
                Way::Drip => (b"X-Line: more\r\n".to_vec(), DRIP),
                _ => (b"X-Line: more\r\n".repeat(4_096), Duration::ZERO),
            };
            let mut sent = 0;
            while sent < HUGE {
                stream.write_all(&piece).await?;
                sent += piece.len() as u64;
                TAKEN.fetch_add(piece.len() as u64, Relaxed);
                sleep(pause).await;
            }
        }
    }
    stream.read_to_end(&mut Vec::new()).await?;
    Ok(())
}
