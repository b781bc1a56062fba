//! Requests of any kind to the warning page and to the administration.
//!
//! Law: nothing of a request's host, path or fields comes back in a response of the page, and nothing of a list's
//! texts comes back as markup; a blocked host is answered 451; every document keeps to 20 kB. The administration
//! answers only those who name this machine, and changes something only for those who call.

#![no_main]

use std::net::IpAddr;
use std::pin::pin;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll, Waker};

use http::{HeaderName, HeaderValue, Method, Request, Uri};
use libfuzzer_sys::fuzz_target;
use rempart::admin::{Controls, Flushed, Lookup, Reloaded, Status, UpdateStatus};
use rempart::answer::Engine;
use rempart::dns::{Name, Names, RecordType};
use rempart::page::{Config, Help, Host, Known, Notice, Page, Record};
use rempart::policy::{CaseFacts, Explanation, Readers};
use rempart::statistics::{Ledger, Statistics};
use rempart_fuzz::world::{engine, lists, now, policy};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input {
    method: u8,
    host: AnyHost,
    path: String,
    has_authority: bool,
    fields: Vec<(u8, Vec<u8>)>,
    notice: Option<AnyNotice>,
    /// What is known is a case rather than a block.
    is_case: bool,
    are_pupils: bool,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum AnyHost {
    None,
    Octets(Vec<u8>),
    Marked(String),
    Usual(u8),
}

#[derive(arbitrary::Arbitrary, Debug)]
struct AnyNotice {
    texts: [Option<String>; 7],
    language: String,
    marked: u8,
}

/// What no page holds by itself.
const MARK: &str = "zqxjkvwq";
const MARKUP: &str = "<zqxjkvwq>\"'&";

const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "OPTIONS", "PROPFIND", "CONNECT"];
const FIELDS: [&str; 10] = [
    "accept",
    "accept-language",
    "sec-fetch-dest",
    "cookie",
    "referer",
    "user-agent",
    "x-forwarded-host",
    "origin",
    "host",
    "x-rempart-call",
];
const HOSTS: [&str; 6] =
    ["rempart.invalid", "localhost:9451", "127.0.0.1", "[::1]:9451", "bad.example", "127.0.0.1.bad.example"];
const PATHS: [&str; 12] = [
    "/",
    "/metrics",
    "/healthz",
    "/readyz",
    "/status",
    "/explain",
    "/reload",
    "/other",
    "/lookup",
    "/flush",
    "/case",
    "/record/7",
];
const DOORS: [&str; 6] = ["", "image", "talk", "worry", "mistake", "teachers"];

static PAGE: LazyLock<Page> = LazyLock::new(|| {
    Page::new(&Config::default(), Help::built_in().expect("built in"), None).expect("the defaults are sound")
});
static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine(policy(lists(), 1)));

fuzz_target!(|input: Input| {
    let Some(request) = input.to_request() else { return };
    let notice = input.notice.as_ref().map(AnyNotice::to_notice);
    let readers = if input.are_pupils { Readers::Pupils } else { Readers::Anyone };
    check_page(&request, readers, notice.as_ref(), input.is_case);
    check_administration(&request);
});

impl Input {
    fn to_request(&self) -> Option<Request<()>> {
        let known = PATHS[usize::from(self.method / 8) % PATHS.len()];
        let path = match self.path.chars().next() {
            Some('~') | None => {
                let door = DOORS[usize::from(self.method) % DOORS.len()];
                format!("{known}?door={door}&name={}&{MARK}", self.path)
            }
            Some(_) => format!("/{MARK}{}", self.path),
        };
        let host = match &self.host {
            AnyHost::None => None,
            AnyHost::Octets(octets) => Some(octets.clone()),
            AnyHost::Marked(text) => Some(format!("{MARK}{text}").into_bytes()),
            AnyHost::Usual(number) => Some(HOSTS[usize::from(*number) % HOSTS.len()].into()),
        };
        let mut request = Request::new(());
        *request.method_mut() = METHODS[usize::from(self.method) % METHODS.len()].parse().ok()?;
        *request.uri_mut() = match &host {
            Some(host) if self.has_authority => {
                Uri::try_from(format!("http://{}{path}", String::from_utf8_lossy(host))).ok()?
            }
            _ => Uri::try_from(path).ok()?,
        };
        if let Some(value) = host.and_then(|host| HeaderValue::from_bytes(&host).ok()) {
            request.headers_mut().insert("host", value);
        }
        for (name, value) in &self.fields {
            let name = HeaderName::from_static(FIELDS[usize::from(*name) % FIELDS.len()]);
            if let Ok(value) = HeaderValue::from_bytes(value) {
                request.headers_mut().append(name, value);
            }
        }
        Some(request)
    }
}

impl AnyNotice {
    fn to_notice(&self) -> Notice {
        let mut texts = self.texts.clone();
        if let Some(Some(text)) = texts.get_mut(usize::from(self.marked)) {
            text.insert_str(0, MARKUP);
        }
        let [title, text, authority, legal_basis, reference, category, appeal] = texts;
        let language =
            |text: Option<String>| text.map(|text| (self.language.clone(), text)).into_iter().collect();
        Notice {
            list: "list".into(),
            titles: language(title),
            texts: language(text),
            authority,
            jurisdiction: Some("FR".into()),
            legal_basis,
            reference,
            listed: Some(now(0).wall),
            expires: Some(now(1).wall),
            category,
            appeal,
        }
    }
}

fn check_page(request: &Request<()>, readers: Readers, notice: Option<&Notice>, is_case: bool) {
    let _ = (Host::of(request), PAGE.case(request));
    let records: Vec<Record> =
        notice.iter().map(|notice| Record { notice: (*notice).clone(), rules: 1, names: vec![] }).collect();
    let known = match notice {
        _ if is_case => Known::Case(&records),
        Some(notice) => Known::Block(notice),
        None => Known::Nothing,
    };
    let response = PAGE.respond(request, readers, known);
    let body = std::str::from_utf8(response.body()).expect("UTF-8");
    assert!(body.len() <= 20_480, "{} octets", body.len());
    assert!(is_case || (response.status() == 451) == notice.is_some());
    // What a list says may be shown, as text; what a request says may not be shown at all.
    if notice.is_none() {
        assert!(!body.contains(MARK), "a request is shown");
    }
    let is_document =
        response.headers().get("content-type").is_some_and(|kind| kind == "text/html; charset=utf-8");
    assert!(!is_document || !body.contains("<zqxjkvwq>"), "a list's text is markup");
    for (name, value) in response.headers() {
        let value = value.to_str().expect("fields are plain");
        assert!(!value.contains(MARK), "{name}: {value}");
    }
    assert!(response.headers().get("set-cookie").is_none() && response.headers().get("location").is_none());
    let length = response.headers()["content-length"].to_str().expect("a number");
    assert!(request.method() == Method::HEAD && body.is_empty() || *length == body.len().to_string());
}

struct Stub {
    changed: AtomicBool,
}

impl Controls for Stub {
    fn metrics(&self) -> Vec<u8> {
        b"metrics\n".into()
    }
    fn status(&self) -> Status {
        Status::new(&ENGINE.policy(), ENGINE.cache_size())
    }
    fn explain(&self, name: &Name, client: IpAddr, rtype: RecordType) -> Explanation {
        ENGINE.explain(client, name, rtype, now(1))
    }
    async fn case(&self, number: String) -> Option<Vec<CaseFacts>> {
        ENGINE.policy().case(&number, now(1).wall).ok()
    }
    async fn update_status(&self) -> UpdateStatus {
        UpdateStatus::default()
    }
    async fn lookup(&self, name: &Name) -> Lookup {
        Lookup { name: name.to_string(), ..Lookup::default() }
    }
    fn statistics(&self) -> Statistics {
        Ledger::new([7; 16], now(1).wall).statistics()
    }
    async fn flush(&self, names: Names) -> Flushed {
        self.change();
        Flushed { answers: ENGINE.forget(&names), known: 0 }
    }
    async fn reload(&self, _: bool) -> Vec<Reloaded> {
        self.change()
    }
    async fn update(&self, _: bool) -> Vec<Reloaded> {
        self.change()
    }
    async fn roll_back(&self, _: String, _: Option<u64>) -> Vec<Reloaded> {
        self.change()
    }
    async fn release(&self, _: String) -> Vec<Reloaded> {
        self.change()
    }
}

impl Stub {
    fn change(&self) -> Vec<Reloaded> {
        self.changed.store(true, Relaxed);
        Vec::new()
    }
}

fn check_administration(request: &Request<()>) {
    let stub = Stub { changed: AtomicBool::new(false) };
    let response = pin!(rempart::admin::respond(&stub, request));
    let Poll::Ready(response) = response.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the stub has nothing to wait for");
    };
    let mut hosts = request.headers().get_all("host").iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let local = ["localhost", "127.", "[::1]", "[::ffff:127."].iter().any(|start| host.starts_with(start));
    // `127.0.0.1.bad.example` is a name of anybody's, as is whatever else only begins like an address.
    let local = local && !host.contains("example");
    if !local && !host.starts_with('[') {
        assert_eq!(response.status(), 403, "{host}");
    }
    if stub.changed.load(Relaxed) {
        assert!(request.method() == Method::POST && request.headers().contains_key("x-rempart-call"));
    }
    let kind = &response.headers()["content-type"];
    assert!(kind != "text/html", "the administration serves no documents");
}
