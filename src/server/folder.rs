//! A folder of published files over HTTP/1.1, with TLS where it is given a certificate: what a pilot needs in the
//! place of a web server or an object store.
//!
//! `hyper-staticfile` reads files, answers ranges and compares entity tags. Here are the limits, and how long others
//! may keep a file: one whose name holds its version or digest for ever, any other not without asking.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_staticfile::{Body, Static};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::listener::{Service, accept};
use super::seats::Seats;
use super::tls::{Certificate, HANDSHAKE};

/// For the head of a request.
const HEAD: Duration = Duration::from_secs(10);
const HEAD_OCTETS: usize = 16 << 10;
/// For a connection in all, which lets a slow line have a long list.
const LONGEST: Duration = Duration::from_secs(1800);
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NOT_UNASKED: HeaderValue = HeaderValue::from_static("no-cache");

/// What was served, by numbers alone: nobody's address, and no name of a file.
#[derive(Debug, Default)]
pub struct Served {
    /// Requests that were answered.
    pub requests: AtomicU64,
    /// Octets of files in the answers.
    pub octets: AtomicU64,
}

/// What every connection works with.
struct Outlet {
    seats: Arc<Seats>,
    folder: PathBuf,
    files: Static,
    tls: Option<TlsAcceptor>,
    served: Arc<Served>,
}

/// Serves a folder for ever. No error ends it.
pub async fn serve_folder(
    listener: TcpListener,
    folder: PathBuf,
    certificate: Option<&Certificate>,
    seats: Arc<Seats>,
    served: Arc<Served>,
) {
    let tls = certificate.map(|certificate| certificate.speaking(&[]).into());
    let files = Static::new(folder.clone());
    accept(listener, Arc::new(Outlet { seats, folder, files, tls, served })).await;
}

impl Service for Outlet {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.seats
    }

    async fn serve(&self, stream: TcpStream, _: SocketAddr) {
        let _ = timeout(LONGEST, serve_one(stream, self)).await;
    }
}

async fn serve_one(stream: TcpStream, outlet: &Outlet) -> io::Result<()> {
    match &outlet.tls {
        None => serve_stream(stream, outlet).await,
        Some(tls) => serve_stream(timeout(HANDSHAKE, tls.accept(stream)).await??, outlet).await,
    }
}

async fn serve_stream(stream: impl AsyncRead + AsyncWrite + Unpin, outlet: &Outlet) -> io::Result<()> {
    let service = service_fn(async |request: Request<Incoming>| {
        let has_body = request.method() == Method::GET;
        let response = respond(request, outlet).await;
        let response = response.unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR));
        outlet.served.requests.fetch_add(1, Relaxed);
        let length = response.headers().get(header::CONTENT_LENGTH).filter(|_| has_body);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        outlet.served.octets.fetch_add(length.unwrap_or(0), Relaxed);
        Ok::<_, Infallible>(response)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_OCTETS)
        .serve_connection(TokioIo::new(stream), service);
    connection.await.map_err(io::Error::other)
}

async fn respond(
    mut request: Request<Incoming>,
    Outlet { files, folder, .. }: &Outlet,
) -> io::Result<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = empty(StatusCode::METHOD_NOT_ALLOWED);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    let path = request.uri().path();
    if !is_published(folder, path).await {
        return Ok(empty(StatusCode::NOT_FOUND));
    }
    let lasts = is_versioned(path);
    // By the second is not often enough: what was published in this one would be missed.
    request.headers_mut().remove(header::IF_MODIFIED_SINCE);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = files.clone().serve(request).await?;
    if matches!(response.body(), Body::Empty) && response.status() == StatusCode::NOT_FOUND {
        response = empty(StatusCode::NOT_FOUND);
    }
    if response.status().is_success() && is_known(known.as_ref(), response.headers().get(header::ETAG)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::Empty;
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let keep = if found && lasts { FOR_EVER } else { NOT_UNASKED };
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    Ok(response)
}

/// Whether a path is one of a repository: metadata and targets, no drafts of a publisher at work, and nothing to which
/// a link leads, wherever that is.
async fn is_published(folder: &Path, path: &str) -> bool {
    let Some(segments) = segments(path) else { return false };
    let mut place = folder.to_owned();
    for segment in segments {
        place.push(segment);
        match tokio::fs::symlink_metadata(&place).await {
            Ok(found) if found.is_symlink() => return false,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    true
}

/// The segments of a path that a repository can have.
fn segments(path: &str) -> Option<Vec<String>> {
    let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let segments: Vec<String> = decoded.split('/').map(str::to_owned).collect();
    let is_plain = |segment: &String| {
        !segment.is_empty() && !segment.starts_with('.') && !segment.contains(char::is_control)
    };
    let in_place = match segments.first()?.as_str() {
        "metadata" => segments.len() == 2 && segments[1].ends_with(".json"),
        "targets" => segments.len() >= 2,
        _ => false,
    };
    (in_place && segments.iter().all(is_plain)).then_some(segments)
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    response
}

/// Whether the client has this very file already (RFC 9110 §13.1.2, by the weak comparison).
fn is_known(known: Option<&HeaderValue>, tag: Option<&HeaderValue>) -> bool {
    let (Some(known), Some(tag)) =
        (known.and_then(|it| it.to_str().ok()), tag.and_then(|it| it.to_str().ok()))
    else {
        return false;
    };
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
}

/// Whether a file's name holds its version or its digest, so that its content never changes.
fn is_versioned(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let Some((first, _)) = file.split_once('.') else { return false };
    let digest = first.len() == 64 && first.bytes().all(|octet| octet.is_ascii_hexdigit());
    digest || (!first.is_empty() && first.bytes().all(|octet| octet.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_tags_are_compared_weakly() {
        let value = |text: &'static str| HeaderValue::from_static(text);
        for (known, expected) in [
            ("W/\"a-1\"", true),
            ("\"a-1\"", true),
            ("\"x\", W/\"a-1\"", true),
            ("*", true),
            ("W/\"a-2\"", false),
            ("", false),
        ] {
            assert_eq!(is_known(Some(&value(known)), Some(&value("W/\"a-1\""))), expected, "{known}");
        }
        assert!(!is_known(None, Some(&value("\"a\""))) && !is_known(Some(&value("*")), None));
    }

    #[test]
    fn only_a_repository_has_paths() {
        for (path, expected) in [
            ("/metadata/timestamp.json", true),
            ("/metadata/1.a%20b.json", true),
            ("/targets/fr/list.jsonl", true),
            ("/", false),
            ("/metadata", false),
            ("/metadata/", false),
            ("/metadata/key.pem", false),
            ("/keys/ana.pem", false),
            ("/targets/.draft", false),
            ("/targets/%2edraft", false),
            ("/targets/../keys/ana.pem", false),
            ("/targets/%2e%2e/keys/ana.pem", false),
            ("/targets/a%00b", false),
            ("/targets//a", false),
            ("/authority.toml", false),
        ] {
            assert_eq!(segments(path).is_some(), expected, "{path}");
        }
    }

    #[test]
    fn only_what_never_changes_is_kept() {
        let digest = "0123456789abcdef".repeat(4);
        for (path, expected) in [
            ("/metadata/2.root.json", true),
            ("/metadata/41.fr.json", true),
            (&*format!("/targets/fr/{digest}.nudification.jsonl.zst"), true),
            ("/metadata/timestamp.json", false),
            ("/targets/fr/nudification.jsonl", false),
            ("/", false),
            ("/.json", false),
        ] {
            assert_eq!(is_versioned(path), expected, "{path}");
        }
    }
}
