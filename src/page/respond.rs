//! From a request to a response: the status, the fields, and whether there is a document at all.
//!
//! Whatever is asked of a blocked host, by whatever method, is answered 451 (RFC 7725). A browser that was
//! after an image or a script of a blocked host gets no document that it could not show anyway, and a program that asks
//! for JSON gets that.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use super::config::{Config, Site};
use super::doors::Door;
use super::error::Error;
use super::help::Help;
use super::host::Host;
use super::language::Languages;
use super::link::case_of;
use super::notice::{Notice, Record};
use super::problem::Problem;
use super::view::{SCRIPT, STYLE, View};
use crate::policy::Readers;

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

/// What is known about what a request is for.
#[derive(Clone, Copy, Debug)]
pub enum Known<'k> {
    /// A rule blocks its host.
    Block(&'k Notice),
    /// It is for a case, of which the lists in force say this.
    Case(&'k [Record]),
    /// It is for a case, of which nothing can be said just now.
    Busy,
    /// No rule blocks its host, or it has none.
    Nothing,
}

/// A document's media type, and the document.
type Body = (&'static str, String);

impl Page {
    /// Checks the configuration and reads every language; `logo` is what the operator's file holds.
    pub fn new(config: &Config, help: Help, logo: Option<&[u8]>) -> Result<Self, Error> {
        let site = config.check(logo)?;
        let languages = Languages::new(&config.language)?;
        let field = |text: String| HeaderValue::try_from(text).map_err(|_| Error::Name(config.name.clone()));
        let name = site.name.to_string().to_ascii_lowercase();
        let blocked_by = field(format!("<https://{}/>; rel=\"blocked-by\"", name.trim_end_matches('.')))?;
        let hash = |text: &str| STANDARD.encode(digest(&SHA256, text.as_bytes()));
        let images = if site.logo.is_some() { "img-src data:; " } else { "" };
        let security_policy = field(format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; {images}base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
            hash(STYLE),
            hash(SCRIPT)
        ))?;
        Ok(Self { site, help, languages, blocked_by, security_policy })
    }

    /// The case whose public record a request is for.
    pub fn case(&self, request: &Request<()>) -> Option<String> {
        case_of(request.uri().path())
    }

    /// The response to a request of one of these readers.
    pub fn respond(&self, request: &Request<()>, readers: Readers, known: Known<'_>) -> Response<Bytes> {
        let language = self.languages.of(request);
        let text = language.text(readers);
        let (site, help, languages, door) = (&self.site, &self.help, &self.languages, Door::of(request));
        let view = View { site, help, languages, language, text, door };
        let status = self.status(request, known);
        let document = || match (status, known, door) {
            (_, Known::Case(records), _) => view.record(records),
            (_, Known::Block(notice), Some(door)) => view.behind(door, Some(notice)),
            (_, Known::Block(notice), None) => view.blocked(notice),
            (StatusCode::BAD_REQUEST, ..) => view.short((text.unreadable, text.unreadable_sentence), false),
            (StatusCode::MISDIRECTED_REQUEST, ..) => {
                view.short((text.misdirected, text.misdirected_sentence), false)
            }
            (StatusCode::METHOD_NOT_ALLOWED, ..) => {
                view.short((text.read_only, text.read_only_sentence), true)
            }
            (StatusCode::NOT_FOUND, ..) => view.short((text.missing, text.missing_sentence), true),
            (_, Known::Nothing | Known::Busy, Some(door)) => view.behind(door, None),
            (_, Known::Nothing | Known::Busy, None) => view.about(),
        };
        let problem = || {
            let problem = Problem::new(status, site);
            match known {
                Known::Block(notice) => problem.of_block(notice),
                Known::Case(records) => problem.of_case(records),
                Known::Nothing | Known::Busy => problem,
            }
        };
        // What is to be had again in a moment needs no document of its own.
        let wanted = if matches!(known, Known::Busy) { Wanted::Nothing } else { Wanted::of(request) };
        let body = match wanted {
            Wanted::Document => Some(("text/html; charset=utf-8", document().into_string())),
            Wanted::Problem => Some(("application/problem+json", problem().into_json())),
            Wanted::Nothing => None,
        };
        self.response(request.method(), status, language.tag, body)
    }

    fn status(&self, request: &Request<()>, known: Known<'_>) -> StatusCode {
        let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
        match (known, Host::of(request)) {
            (Known::Block(_), _) => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
            (Known::Busy, _) => StatusCode::SERVICE_UNAVAILABLE,
            (Known::Nothing, None) => StatusCode::BAD_REQUEST,
            (Known::Nothing, Some(host)) if !self.is_own(&host) => StatusCode::MISDIRECTED_REQUEST,
            (Known::Case(_), Some(host)) if !self.is_own(&host) => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
            _ if !is_reading => StatusCode::METHOD_NOT_ALLOWED,
            (Known::Case([]), _) => StatusCode::NOT_FOUND,
            (Known::Nothing, _) if request.uri().path() != "/" => StatusCode::NOT_FOUND,
            _ => StatusCode::OK,
        }
    }

    fn response(
        &self,
        method: &Method,
        status: StatusCode,
        language: &'static str,
        body: Option<Body>,
    ) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        let fields = response.headers_mut();
        self.set_common_fields(fields);
        if status == StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS {
            fields.insert(header::LINK, self.blocked_by.clone());
        }
        if status == StatusCode::METHOD_NOT_ALLOWED {
            fields.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            fields.insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        }
        let length = body.as_ref().map_or(0, |(_, document)| document.len());
        fields.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if let Some((kind, document)) = body {
            fields.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
            fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            if method != Method::HEAD {
                *response.body_mut() = Bytes::from(document);
            }
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

/// What a request wants.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wanted {
    /// A person will see the answer.
    Document,
    /// A program will read it.
    Problem,
    /// It is for a part of a page, such as an image or a script.
    Nothing,
}

impl Wanted {
    /// Browsers say in `Sec-Fetch-Dest` what it is for, but over TLS alone. Over plain HTTP the sign of a page is an
    /// `Accept` that names HTML; what takes anything is a program without a taste, unless it names languages, as
    /// browsers do for scripts as well.
    fn of(request: &Request<()>) -> Self {
        let fields = request.headers();
        let values = fields.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let ranges: Vec<String> = values
            .flat_map(|value| value.split(','))
            .map(|range| range.split(';').next().unwrap_or(range).trim().to_ascii_lowercase())
            .filter(|range| !range.is_empty())
            .collect();
        let names = |wanted: &[&str]| ranges.iter().any(|range| wanted.contains(&range.as_str()));
        let takes_anything = ranges.first().is_none_or(|range| range == "*/*");
        match fields.get("sec-fetch-dest") {
            Some(destination) if destination == "document" => Self::Document,
            _ if names(&["application/json", "application/problem+json"]) && !names(&["text/html"]) => {
                Self::Problem
            }
            Some(_) => Self::Nothing,
            None if names(&["text/html", "application/xhtml+xml", "text/*"]) => Self::Document,
            None if !takes_anything => Self::Nothing,
            None if !ranges.is_empty() && fields.contains_key(header::ACCEPT_LANGUAGE) => Self::Nothing,
            None => Self::Document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "very-secret-brand.example";

    fn page() -> Page {
        Page::new(&Config::default(), Help::built_in().unwrap(), None).unwrap()
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
        let request = request(method, "/veiled-path?veiled-query", &fields);
        page().respond(&request, Readers::Anyone, Known::Block(&notice()))
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
        let script = after.split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
        let hash = |text: &str| STANDARD.encode(digest(&SHA256, text.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
            hash(style),
            hash(script)
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
        let fields = [("referer", "http://veiled-referrer.example/"), ("cookie", "veiled=cookie")];
        for method in ["GET", "POST"] {
            let response = blocked(method, &fields);
            let whole = format!("{response:?}{}", std::str::from_utf8(response.body()).unwrap());
            assert!(!whole.contains("secret-brand") && !whole.contains("veiled"));
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
    fn people_get_a_page_programs_a_problem_and_parts_of_pages_nothing() {
        const HTML: &str = "text/html; charset=utf-8";
        const JSON: &str = "application/problem+json";
        for (fields, kind) in [
            (&[("sec-fetch-dest", "document")][..], HTML),
            (&[("sec-fetch-dest", "image")], ""),
            (&[("sec-fetch-dest", "iframe")], ""),
            (&[("sec-fetch-dest", "empty"), ("accept", "*/*")], ""),
            (&[("sec-fetch-dest", "empty"), ("accept", "application/json")], JSON),
            (&[("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("accept-language", "fr")], HTML),
            (&[("accept", "*/*")], HTML),
            (&[("accept", "*/*"), ("accept-language", "fr")], ""),
            (&[("accept", "")], HTML),
            (&[], HTML),
            (&[("accept-language", "fr")], HTML),
            (&[("accept", "application/json, TEXT/HTML;q=0.1")], HTML),
            (&[("accept", "image/avif,image/webp,*/*;q=0.8")], ""),
            (&[("accept", "text/css,*/*;q=0.1")], ""),
            (&[("accept", "application/json")], JSON),
            (&[("accept", "application/problem+json, */*")], JSON),
        ] {
            let response = blocked("GET", fields);
            assert_eq!(response.status(), 451);
            assert_eq!(field(&response, "content-type"), kind, "{fields:?}");
            assert_eq!(response.body().is_empty(), kind.is_empty());
            assert_eq!(field(&response, "content-length"), response.body().len().to_string());
            assert!(response.headers().contains_key("link"));
        }
    }

    #[test]
    fn a_problem_says_what_the_page_says() {
        let notice = Notice {
            authority: Some("An authority".into()),
            reference: Some("2026\u{202e}-17".into()),
            appeal: Some("javascript:x".into()),
            listed: Some("2026-11-03T00:00:00Z".parse().unwrap()),
            jurisdiction: Some("FR".into()),
            ..notice()
        };
        let json = |known: Known<'_>| {
            let request = request("GET", "/", &[("host", HOST), ("accept", "application/json")]);
            let response = page().respond(&request, Readers::Anyone, known);
            serde_json::from_slice::<serde_json::Value>(response.body()).unwrap()
        };
        assert_eq!(
            json(Known::Block(&notice)),
            serde_json::json!({
                "type": "about:blank", "title": "Unavailable For Legal Reasons", "status": 451, "list": "demo",
                "authority": "An authority", "jurisdiction": "FR", "reference": "2026-17",
                "category": "nudification", "listed": "2026-11-03T00:00:00Z",
            })
        );
        let records = [Record { notice: notice.clone(), rules: 2, names: vec![] }];
        assert_eq!(json(Known::Case(&records))["records"][0]["rules"], 2);
        let other = json(Known::Nothing);
        assert_eq!((&other["status"], &other["title"]), (&421.into(), &"Misdirected Request".into()));
        assert!(other.get("list").is_none());
    }

    #[test]
    fn records_are_below_the_pages_own_name_and_those_of_what_is_blocked() {
        let record = Record { notice: notice(), rules: 1, names: vec![] };
        for (host, records, status) in [
            ("rempart.invalid", std::slice::from_ref(&record), 200),
            ("rempart.invalid", &[], 404),
            (HOST, std::slice::from_ref(&record), 451),
        ] {
            let request = request("GET", "/record/2026-17", &[("host", host)]);
            assert_eq!(page().case(&request).as_deref(), Some("2026-17"));
            let response = page().respond(&request, Readers::Anyone, Known::Case(records));
            assert_eq!(response.status(), status, "{host}");
            assert!(std::str::from_utf8(response.body()).unwrap().contains("Public record"));
        }
        let request = request("GET", "/record/2026-17", &[("host", "rempart.invalid")]);
        let busy = page().respond(&request, Readers::Anyone, Known::Busy);
        assert_eq!((busy.status().as_u16(), field(&busy, "retry-after"), busy.body().len()), (503, "10", 0));
    }

    #[test]
    fn hosts_that_are_not_blocked_have_their_answers() {
        for (method, uri, host, status, part) in [
            ("GET", "/", "Rempart.Invalid.:8451", 200, "Some services cannot be reached"),
            ("GET", "/", "127.0.0.1:8451", 200, "Some services cannot be reached"),
            ("GET", "/?door=image", "127.0.0.1", 200, "You are not alone"),
            ("GET", "/?door=none", "127.0.0.1", 200, "Some services cannot be reached"),
            ("GET", "/?lang=fr", "[::1]", 200, "Certains services"),
            ("GET", "/", "localhost:8451", 200, "Some services cannot be reached"),
            ("GET", "/other", "rempart.invalid", 404, "href=\"/?lang=en\""),
            ("POST", "/", "rempart.invalid", 405, "can only be read"),
            ("GET", "/", HOST, 421, "not blocked, or no longer"),
            ("POST", "/x", HOST, 421, "not blocked, or no longer"),
            ("GET", "/", "a..b", 400, "could not be read"),
        ] {
            let response =
                page().respond(&request(method, uri, &[("host", host)]), Readers::Anyone, Known::Nothing);
            assert_eq!(response.status(), status, "{host}{uri}");
            let body = std::str::from_utf8(response.body()).unwrap();
            assert!(body.contains(part), "{host}{uri}");
            assert!(body.len() <= 20_000 && !body.contains("secret-brand"));
            assert_eq!(field(&response, "cache-control"), "no-store");
            assert!(!response.headers().contains_key("link"));
            assert_eq!(field(&response, "allow"), if status == 405 { "GET, HEAD" } else { "" });
        }
        assert_eq!(page().respond(&request("GET", "/", &[]), Readers::Anyone, Known::Nothing).status(), 400);
    }

    #[test]
    fn the_link_names_the_configured_page() {
        let config = Config { name: "Page.Example.NET.".into(), ..Config::default() };
        let page = Page::new(&config, Help::built_in().unwrap(), None).unwrap();
        let response =
            page.respond(&request("GET", "/", &[("host", HOST)]), Readers::Anyone, Known::Block(&notice()));
        assert_eq!(field(&response, "link"), "<https://page.example.net/>; rel=\"blocked-by\"");
        let config = Config { language: "xx".into(), ..Config::default() };
        assert!(Page::new(&config, Help::built_in().unwrap(), None).is_err());
    }
}
