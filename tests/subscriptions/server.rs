//! [`Server`]: a folder over HTTP or HTTPS that knows entity tags, remembers what it was asked for, and misbehaves for
//! chosen files. It is a proxy too, for those who ask it to be.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::repository::sha256;

/// One request and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) status: u16,
    /// Octets of the body.
    pub(super) octets: usize,
}

/// What is done with requests for a file.
#[derive(Clone)]
pub(super) enum Manner {
    Status(u16),
    /// Octets that never end.
    Endless,
    /// The connection ends in the middle of the body.
    Truncated,
    Redirect(String),
    /// Nothing is answered until [`Server::release`].
    Held,
}

pub(super) struct Server {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    folder: PathBuf,
    tls: Option<Arc<ServerConfig>>,
    asked: Mutex<Vec<Asked>>,
    /// By a part of the path.
    manners: Mutex<Vec<(String, Manner)>>,
    /// How many are held now, and whether they may go.
    held: Mutex<(usize, bool)>,
    turn: Condvar,
}

trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

impl Server {
    pub(super) fn start(folder: &Path) -> Self {
        Self::begin("http", Shared { folder: folder.to_owned(), ..Shared::default() })
    }

    /// With a certificate of its own, which is returned as PEM.
    pub(super) fn start_secure(folder: &Path) -> (Self, String) {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config =
            config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let shared = Shared { folder: folder.to_owned(), tls: Some(Arc::new(config)), ..Shared::default() };
        (Self::begin("https", shared), made.cert.pem())
    }

    fn begin(scheme: &'static str, shared: Shared) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, shared) = (listener.local_addr().unwrap(), Arc::new(shared));
        let serving = shared.clone();
        // Ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.serve(stream));
            }
        });
        Self { address, scheme, shared }
    }

    pub(super) fn address(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Deals with what has this in its path in a manner of its own; `None` as usual again.
    pub(super) fn treat(&self, part: &str, manner: Option<Manner>) {
        let mut manners = self.shared.manners.lock().unwrap();
        manners.retain(|(known, _)| known != part);
        manners.extend(manner.map(|manner| (part.to_owned(), manner)));
    }

    /// Waits until somebody is held.
    pub(super) fn wait_until_held(&self) {
        let held = self.shared.held.lock().unwrap();
        drop(self.shared.turn.wait_while(held, |(count, _)| *count == 0).unwrap());
    }

    /// Lets those go that are held.
    pub(super) fn release(&self) {
        self.shared.held.lock().unwrap().1 = true;
        self.shared.turn.notify_all();
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    pub(super) fn forget(&self) {
        self.shared.asked.lock().unwrap().clear();
    }
}

impl Shared {
    /// One request a connection. Who goes away early is no failure.
    fn serve(&self, stream: TcpStream) {
        let _ = match &self.tls {
            None => self.answer(stream),
            Some(config) => {
                self.answer(StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream))
            }
        };
    }

    fn answer(&self, stream: impl Stream) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.trim_end() {
                "" => break,
                line => head.push(line.to_owned()),
            }
        }
        let Some(request) = head.first().cloned() else { return Ok(()) };
        let target = request.split(' ').nth(1).unwrap_or_default();
        if request.starts_with("CONNECT ") {
            self.note(target, 200, 0);
            return tunnel(reader.into_inner(), target);
        }
        // A proxy is asked for the whole address.
        let path = target
            .strip_prefix("http://")
            .map_or(target, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
        let manners = self.manners.lock().unwrap().clone();
        let manner = manners.into_iter().find(|(part, _)| path.contains(part)).map(|(_, manner)| manner);
        let tag = head.iter().find_map(|line| line.strip_prefix("if-none-match: ")).map(str::to_owned);
        self.reply(reader.get_mut(), path, tag.as_deref(), manner)
    }

    fn reply(
        &self,
        stream: &mut impl Stream,
        path: &str,
        tag: Option<&str>,
        manner: Option<Manner>,
    ) -> io::Result<()> {
        if let Some(Manner::Held) = manner {
            let mut held = self.held.lock().unwrap();
            held.0 += 1;
            self.turn.notify_all();
            drop(self.turn.wait_while(held, |(_, released)| !*released).unwrap());
        }
        let body = fs::read(self.folder.join(path.trim_start_matches('/')));
        let own = body.as_ref().ok().map(|body| format!("\"{}\"", &sha256(body)[..16]));
        let (status, more, body) = match (manner, body) {
            (Some(Manner::Status(status)), _) => (status, String::new(), Vec::new()),
            (Some(Manner::Redirect(to)), _) => (302, format!("location: {to}\r\n"), Vec::new()),
            (Some(Manner::Endless), _) => {
                self.note(path, 200, 0);
                stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
                loop {
                    stream.write_all(&[b' '; 64 << 10])?;
                }
            }
            (_, Err(_)) => (404, String::new(), Vec::new()),
            (_, Ok(_)) if tag.is_some() && tag == own.as_deref() => (304, String::new(), Vec::new()),
            (manner, Ok(body)) => {
                let more = format!("content-length: {}\r\netag: {}\r\n", body.len(), own.unwrap_or_default());
                let sent = if let Some(Manner::Truncated) = manner { body.len() / 2 } else { body.len() };
                (200, more, body[..sent].to_vec())
            }
        };
        self.note(path, status, body.len());
        let more = if status == 200 { more } else { format!("{more}content-length: 0\r\n") };
        stream.write_all(format!("HTTP/1.1 {status} -\r\nconnection: close\r\n{more}\r\n").as_bytes())?;
        stream.write_all(&body)?;
        stream.flush()
    }

    fn note(&self, path: &str, status: u16, octets: usize) {
        self.asked.lock().unwrap().push(Asked { path: path.to_owned(), status, octets });
    }
}

/// Passes on what one request needs: its head is sent at once, and all that comes back.
fn tunnel(mut stream: impl Stream, target: &str) -> io::Result<()> {
    let mut there = TcpStream::connect(target)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    stream.flush()?;
    let mut buffer = vec![0; 64 << 10];
    let count = stream.read(&mut buffer)?;
    there.write_all(&buffer[..count])?;
    io::copy(&mut there, &mut stream)?;
    stream.flush()
}
