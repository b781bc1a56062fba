//! Fetching over HTTP and HTTPS.
//!
//! A repository is untrusted whatever it is reached by, so that TLS adds privacy and no trust; a server that is
//! slow, endless or silent costs its own repository a bounded time and nothing else. What has an entity tag is asked
//! for with it, so that a poll which finds nothing new moves no octets of metadata.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use http::{StatusCode, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

use super::error::FetchError;
use super::transport::{Part, read_bounded};

const CONNECT: Duration = Duration::from_secs(10);
/// For a metadata file altogether.
const METADATA: Duration = Duration::from_secs(30);
/// For a list: this, and a second for so many octets.
const LIST: Duration = Duration::from_secs(60);
const SLOWEST: u64 = 32 << 10;
const REDIRECTS: u32 = 3;
/// Metadata longer than this is not remembered with its entity tag.
const REMEMBERED: usize = 64 << 10;

/// How a repository on the web is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Where its metadata is.
    pub metadata: String,
    /// Where its targets are.
    pub targets: String,
    /// The authorities of its certificate, as PEM, in the place of the system's.
    pub ca: Option<PathBuf>,
    /// The proxy, in the place of what the environment says.
    pub proxy: Option<String>,
}

/// A repository on the web.
pub(super) struct Web {
    metadata: String,
    targets: String,
    agent: Agent,
    /// Metadata with its entity tag, as it was last received.
    remembered: BTreeMap<String, (String, Vec<u8>)>,
}

impl Web {
    pub(super) fn new(reach: &Reach) -> Result<Self, FetchError> {
        let mut tls = TlsConfig::builder();
        if [&reach.metadata, &reach.targets].iter().any(|base| base.starts_with("https:")) {
            let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
            tls = tls.unversioned_rustls_crypto_provider(provider).root_certs(certificates(reach)?);
        }
        let proxy = match &reach.proxy {
            None => Proxy::try_from_env(),
            Some(proxy) => {
                let unusable = |cause| FetchError::Proxy { proxy: proxy.clone(), cause: Box::new(cause) };
                Some(Proxy::new(proxy).map_err(unusable)?)
            }
        };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(tls.build())
            .proxy(proxy)
            .max_redirects(REDIRECTS)
            .timeout_connect(Some(CONNECT))
            .user_agent(concat!("rempart/", env!("CARGO_PKG_VERSION")))
            .build();
        let base = |address: &str| address.trim_end_matches('/').to_owned();
        let (metadata, targets) = (base(&reach.metadata), base(&reach.targets));
        Ok(Self { metadata, targets, agent: agent.into(), remembered: BTreeMap::new() })
    }

    pub(super) fn address(&self, part: Part, path: &str) -> String {
        match part {
            Part::Metadata => format!("{}/{path}", self.metadata),
            Part::Targets => format!("{}/{path}", self.targets),
        }
    }

    /// A metadata file; the one that is remembered where the server says that it has not changed.
    pub(super) fn read_metadata(&mut self, path: &str, longest: u64) -> Result<Option<Vec<u8>>, FetchError> {
        let place = self.address(Part::Metadata, path);
        let known = self.remembered.get(path);
        let response = self.ask(&place, METADATA, known.map(|(tag, _)| tag.as_str()))?;
        if response.status() == StatusCode::NOT_MODIFIED
            && let Some((_, octets)) = known
        {
            return Ok(Some(octets.clone()));
        }
        let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        let Some(body) = body(response, &place)? else { return Ok(None) };
        let octets = read_bounded(body.into_reader(), longest, &place)?;
        if let Some(tag) = tag.filter(|_| octets.len() <= REMEMBERED && is_unversioned(path)) {
            self.remembered.insert(path.to_owned(), (tag, octets.clone()));
        }
        Ok(Some(octets))
    }

    /// Forgets what was remembered with entity tags.
    pub(super) fn forget(&mut self) {
        self.remembered.clear();
    }

    /// A list as a stream, which breaks off where the server is too slow for its length.
    pub(super) fn open_target(&self, path: &str, length: u64) -> Result<Option<Box<dyn Read>>, FetchError> {
        let place = self.address(Part::Targets, path);
        let response = self.ask(&place, LIST + Duration::from_secs(length / SLOWEST), None)?;
        Ok(body(response, &place)?.map(|body| Box::new(body.into_reader()) as Box<dyn Read>))
    }

    fn ask(
        &self,
        place: &str,
        longest: Duration,
        tag: Option<&str>,
    ) -> Result<http::Response<Body>, FetchError> {
        let mut request = self.agent.get(place).config().timeout_global(Some(longest)).build();
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let failed = |cause| FetchError::Unreachable { place: place.to_owned(), cause: Box::new(cause) };
        request.call().map_err(failed)
    }
}

/// Only what changes under one name is worth asking about again.
fn is_unversioned(path: &str) -> bool {
    !path.starts_with(|c: char| c.is_ascii_digit())
}

/// The body of a success. Object stores say 403 for what is not there, where nobody may list their contents.
fn body(response: http::Response<Body>, place: &str) -> Result<Option<Body>, FetchError> {
    match response.status() {
        status if status.is_success() => Ok(Some(response.into_body())),
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => Ok(None),
        status => Err(FetchError::Status { place: place.to_owned(), status }),
    }
}

/// The authorities that may vouch for the server: those of a file, or the system's.
fn certificates(reach: &Reach) -> Result<RootCerts, FetchError> {
    let found: Vec<Certificate<'static>> = match &reach.ca {
        Some(path) => read_pem(path)?,
        None => {
            let system = rustls_native_certs::load_native_certs();
            system.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect()
        }
    };
    if found.is_empty() {
        return Err(FetchError::NoAuthorities { file: reach.ca.clone() });
    }
    Ok(RootCerts::new_with_certs(&found))
}

fn read_pem(path: &Path) -> Result<Vec<Certificate<'static>>, FetchError> {
    let place = || path.display().to_string();
    let text = fs::read(path).map_err(|cause| FetchError::Io { place: place(), cause })?;
    let mut found = Vec::new();
    for item in parse_pem(&text) {
        if let PemItem::Certificate(certificate) =
            item.map_err(|cause| FetchError::Unreachable { place: place(), cause: Box::new(cause) })?
        {
            found.push(certificate);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};
    use std::thread;
    use std::time::Instant;

    use super::*;

    /// Asks a server that does this with every connection, with two tenths of a second to wait; gives what went wrong.
    fn impatient(serve: fn(TcpStream)) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = format!("http://{}/", listener.local_addr().unwrap());
        thread::spawn(move || listener.incoming().flatten().for_each(serve));
        let reach = Reach { metadata: place.clone(), targets: place.clone(), ca: None, proxy: None };
        let web = Web::new(&reach).unwrap();
        let read = |response| read_bounded(body(response, &place)?.unwrap().into_reader(), 100, &place);
        web.ask(&place, Duration::from_millis(200), None).and_then(read).unwrap_err().to_string()
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a bound of time is what is tested")]
    fn a_server_that_is_too_slow_is_left() {
        let begin = Instant::now();
        let silent = impatient(|stream| drop(thread::spawn(move || (thread::park(), drop(stream)))));
        assert!(silent.contains("timeout"), "{silent}");
        // An octet now and then keeps nobody waiting for ever.
        let trickling = impatient(|mut stream| {
            thread::spawn(move || {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n");
                while stream.write_all(b"x").is_ok() {
                    thread::park_timeout(Duration::from_millis(50));
                }
            });
        });
        assert!(trickling.contains("timeout"), "{trickling}");
        assert!(begin.elapsed() < Duration::from_secs(20));
    }
}
