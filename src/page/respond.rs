//! From a request to a response: the status, the fields, and whether there is a document at all.
//!
//! Whatever is asked of a blocked host, by whatever method, is answered 451 (RFC 7725). A browser that was
//! after an image or a script of a blocked host gets no document that it could not show anyway.

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
    pub fn is_own(&self, host: &Host) -> bool {
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

/// What every response carries: it is not kept anywhere, leaks nothing, and cannot be framed or made to do
/// more.
const FIELDS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::VARY, "Accept, Accept-Language, Sec-Fetch-Dest"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Whether a person will see the answer. Browsers say so in `Sec-Fetch-Dest`, but only over TLS; over plain
/// HTTP the sign is an `Accept` that names HTML, or nothing in particular.
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

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "very-secret-brand.example";

    fn page() -> Page {
        Page::new(&Config::default(), Help::built_in().unwrap()).unwrap()
    }

    fn notice() -> Notice {
        Notice { list: "demo".into(), category: Some("nudification".into()), ..Notice::default() }
    }

    fn request(method: &str, uri: &str, fields: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap()
    }

    fn blocked(method: &str, fields: &[(&str, &str)]) -> Response<Bytes> {
        let fields = [&[("host", HOST)], fields].concat();
        page().respond(&request(method, "/hidden-path?hidden-query", &fields), Some(&notice()))
    }

    fn field<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn a_blocked_host_is_451_with_these_fields_and_no_others() {
        let response = blocked("GET", &[("accept-language", "fr")]);
        assert_eq!(response.status(), 451);
        let (before, after) = std::str::from_utf8(response.body()).unwrap().split_once("<style>").unwrap();
        assert!(before.starts_with("<!DOCTYPE html>"));
        let style = after.split("</style>").next().unwrap();
        let hash = STANDARD.encode(digest(&SHA256, style.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        );
        let length = response.body().len().to_string();
        let expected = [
            ("cache-control", "no-store"),
            ("content-language", "fr"),
            ("content-length", &length),
            ("content-security-policy", &policy),
            ("content-type", "text/html; charset=utf-8"),
            ("link", "<https://rempart.invalid/>; rel=\"blocked-by\""),
            ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
            ("referrer-policy", "no-referrer"),
            ("vary", "Accept, Accept-Language, Sec-Fetch-Dest"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ];
        for (name, value) in expected {
            assert_eq!(field(&response, name), value);
        }
        assert_eq!(response.headers().len(), expected.len());
    }

    #[test]
    fn nothing_that_was_asked_for_comes_back() {
        let fields = [("referer", "http://hidden-referrer.example/"), ("cookie", "hidden=cookie")];
        for method in ["GET", "POST"] {
            let response = blocked(method, &fields);
            let whole = format!("{response:?}{}", std::str::from_utf8(response.body()).unwrap());
            assert!(!whole.contains("secret-brand") && !whole.contains("hidden"));
        }
    }

    #[test]
    fn every_method_meets_the_block() {
        let whole = blocked("GET", &[]);
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            let response = blocked(method, &[]);
            assert_eq!((response.status(), response.body()), (whole.status(), whole.body()), "{method}");
        }
        let head = blocked("HEAD", &[]);
        assert_eq!(head.headers(), whole.headers());
        assert!(head.body().is_empty() && !whole.body().is_empty());
    }

    #[test]
    fn only_documents_get_a_document() {
        for (name, value, is_document) in [
            ("sec-fetch-dest", "document", true),
            ("sec-fetch-dest", "image", false),
            ("sec-fetch-dest", "iframe", false),
            ("sec-fetch-dest", "empty", false),
            ("accept", "text/html,application/xhtml+xml,*/*;q=0.8", true),
            ("accept", "*/*", true),
            ("accept", "", true),
            ("accept", "application/json, TEXT/HTML;q=0.1", true),
            ("accept", "image/avif,image/webp,*/*;q=0.8", false),
            ("accept", "text/css,*/*;q=0.1", false),
            ("accept", "application/json", false),
        ] {
            let response = blocked("GET", &[(name, value)]);
            assert_eq!(response.status(), 451);
            assert_eq!(!response.body().is_empty(), is_document, "{name}: {value}");
            assert_eq!(field(&response, "content-length"), response.body().len().to_string());
            assert_eq!(response.headers().contains_key("content-type"), is_document);
            assert!(response.headers().contains_key("link"));
        }
    }

    #[test]
    fn hosts_that_are_not_blocked_have_their_answers() {
        for (method, uri, host, status, part) in [
            ("GET", "/", "Rempart.Invalid.:8451", 200, "Some services cannot be reached"),
            ("GET", "/", "127.0.0.1:8451", 200, "Some services cannot be reached"),
            ("GET", "/?lang=fr", "[::1]", 200, "Certains services"),
            ("GET", "/", "localhost:8451", 200, "Some services cannot be reached"),
            ("GET", "/other", "rempart.invalid", 404, "href=\"/?lang=en\""),
            ("POST", "/", "rempart.invalid", 405, "can only be read"),
            ("GET", "/", HOST, 421, "not blocked, or no longer"),
            ("POST", "/x", HOST, 421, "not blocked, or no longer"),
            ("GET", "/", "a..b", 400, "could not be read"),
        ] {
            let response = page().respond(&request(method, uri, &[("host", host)]), None);
            assert_eq!(response.status(), status, "{host}{uri}");
            let body = std::str::from_utf8(response.body()).unwrap();
            assert!(body.contains(part), "{host}{uri}");
            assert!(body.len() <= 20_000 && !body.contains("secret-brand"));
            assert_eq!(field(&response, "cache-control"), "no-store");
            assert!(!response.headers().contains_key("link"));
            assert_eq!(field(&response, "allow"), if status == 405 { "GET, HEAD" } else { "" });
        }
        assert_eq!(page().respond(&request("GET", "/", &[]), None).status(), 400);
    }

    #[test]
    fn the_link_names_the_configured_page() {
        let config = Config { name: "Page.Example.NET.".into(), ..Config::default() };
        let page = Page::new(&config, Help::built_in().unwrap()).unwrap();
        let response = page.respond(&request("GET", "/", &[("host", HOST)]), Some(&notice()));
        assert_eq!(field(&response, "link"), "<https://page.example.net/>; rel=\"blocked-by\"");
        let config = Config { language: "xx".into(), ..Config::default() };
        assert!(Page::new(&config, Help::built_in().unwrap()).is_err());
    }
}
