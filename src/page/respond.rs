//! From a request to a response: the status, the fields, and whether there is a document at all.
//!
//! Whatever is asked of a blocked host, by whatever method, is answered 451 (RFC 7725). A browser that was after
//! an image or a script of a blocked host gets no document that it could not show anyway.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use super::config::{Config, Site};
use super::error::Error;
use super::help::Help;
use super::host::Host;
use super::language::Languages;
use super::notice::Notice;
use super::view::{STYLE, View};

/// The warning page in all its languages.
#[derive(Debug)]
pub struct Page {
    site: Site,
    help: Help,
    languages: Languages,
    /// Names who implements the block (RFC 7725 §4).
    blocked_by: HeaderValue,
    security_policy: HeaderValue,
}

impl Page {
    /// Checks the configuration and reads every language.
    pub fn new(config: &Config, help: Help) -> Result<Self, Error> {
        let site = config.check()?;
        let languages = Languages::new(&config.language)?;
        let field = |text: String| HeaderValue::try_from(text).map_err(|_| Error::Name(config.name.clone()));
        let name = site.name.to_string().to_ascii_lowercase();
        let blocked_by = field(format!("<https://{}/>; rel=\"blocked-by\"", name.trim_end_matches('.')))?;
        let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
        let security_policy = field(format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        ))?;
        Ok(Self { site, help, languages, blocked_by, security_policy })
    }

    /// The response to a request. `notice` is what is known about the block where a rule blocks the request's
    /// [`Host`], and `None` where none does or there is no host.
    pub fn respond(&self, request: &Request<()>, notice: Option<&Notice>) -> Response<Bytes> {
        let language = self.languages.of(request);
        let view = View { site: &self.site, help: &self.help, languages: &self.languages, language };
        let text = &language.text;
        let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
        let (status, document) = match (notice, Host::of(request)) {
            (Some(notice), _) => (StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS, view.blocked(notice)),
            (None, None) => (StatusCode::BAD_REQUEST, view.short(&text.unreadable, false)),
            (None, Some(host)) if !self.is_own(&host) => {
                (StatusCode::MISDIRECTED_REQUEST, view.short(&text.misdirected, false))
            }
            _ if !is_reading => (StatusCode::METHOD_NOT_ALLOWED, view.short(&text.read_only, true)),
            _ if request.uri().path() != "/" => (StatusCode::NOT_FOUND, view.short(&text.missing, true)),
            _ => (StatusCode::OK, view.about()),
        };
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        self.set_common_fields(response.headers_mut());
        if status == StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS {
            response.headers_mut().insert(header::LINK, self.blocked_by.clone());
        }
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        let body = if wants_document(request) { Bytes::from(document.into_string()) } else { Bytes::new() };
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if !body.is_empty() {
            let tag = HeaderValue::from_static(language.tag);
            response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(header::CONTENT_TYPE, html);
        }
        if request.method() != Method::HEAD {
            *response.body_mut() = body;
        }
        response
    }

    /// Whether a host is the page itself: by its name, by an address, or from the same machine.
    fn is_own(&self, host: &Host) -> bool {
        match host {
            Host::Name(name) => {
                *name == self.site.name || name.to_string().eq_ignore_ascii_case("localhost.")
            }
            Host::Address(_) => true,
        }
    }

    fn set_common_fields(&self, fields: &mut HeaderMap) {
        for (name, value) in FIELDS {
            fields.insert(name, HeaderValue::from_static(value));
        }
        fields.insert(header::CONTENT_SECURITY_POLICY, self.security_policy.clone());
    }
}

/// What every response carries: it is not kept anywhere, leaks nothing, and cannot be framed or made to do more.
const FIELDS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::VARY, "Accept, Accept-Language, Sec-Fetch-Dest"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Whether a person will see the answer. Browsers say so in `Sec-Fetch-Dest`, but only over TLS; over plain HTTP
/// the sign is an `Accept` that names HTML, or nothing in particular.
fn wants_document(request: &Request<()>) -> bool {
    if let Some(destination) = request.headers().get("sec-fetch-dest") {
        return destination == "document";
    }
    let mut ranges = request
        .headers()
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|range| range.split(';').next().unwrap_or(range).trim().to_ascii_lowercase())
        .filter(|range| !range.is_empty())
        .peekable();
    let is_html = |range: String| matches!(range.as_str(), "text/html" | "application/xhtml+xml" | "text/*");
    match ranges.peek().map(String::as_str) {
        None | Some("*/*") => true,
        Some(_) => ranges.any(is_html),
    }
}
