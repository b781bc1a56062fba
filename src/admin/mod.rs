//! Administration: metrics, health, status, explanations and reloads, request in, response out.
//!
//! Served on loopback alone. Since every web page that a local browser shows can send requests there too, a
//! request must name this machine as its host, which a page of another site cannot forge (DNS rebinding), and a
//! call that changes something must carry the header [`CALL_HEADER`], which a page of another site cannot add
//! without being asked first.

use std::future::Future;
use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde::{Deserialize, Serialize};

use crate::answer::{CacheSize, CachedAnswer};
use crate::blocklist::{Share, typed_name};
use crate::dns::{Name, Names, RecordType};
use crate::policy::{CaseFacts, Explanation, Policy};
use crate::resolver::{AnchorStatus, Known};
use crate::statistics::Statistics;
use crate::update::{AuthorityStatus, ListStatus};

/// The header that a call carries, with any value.
pub const CALL_HEADER: &str = "x-rempart-call";

/// What the program does for an administrator.
pub trait Controls: Send + Sync + 'static {
    /// All counters, as Prometheus text.
    fn metrics(&self) -> Vec<u8>;
    /// What is in force.
    fn status(&self) -> Status;
    /// Why a name is answered as it is, for a client and a type.
    fn explain(&self, name: &Name, client: IpAddr, rtype: RecordType) -> Explanation;
    /// What each list in force says of a case; nothing where that cannot be read.
    fn case(&self, number: String) -> impl Future<Output = Option<Vec<CaseFacts>>> + Send;
    /// Whom the program follows and which generations it has.
    fn update_status(&self) -> impl Future<Output = UpdateStatus> + Send;
    /// What is known of a name.
    fn lookup(&self, name: &Name) -> impl Future<Output = Lookup> + Send;
    /// What was blocked in the months that are over, as it may be told.
    fn statistics(&self) -> Statistics;
    /// Forgets what is known of names.
    fn flush(&self, names: Names) -> impl Future<Output = Flushed> + Send;
    /// Looks at configuration and files now.
    fn reload(&self, accept_loss: bool) -> impl Future<Output = Vec<Reloaded>> + Send;
    /// Visits all authorities now.
    fn update(&self, accept_loss: bool) -> impl Future<Output = Vec<Reloaded>> + Send;
    /// Holds an earlier generation of a list in force; without a serial, the one before.
    fn roll_back(&self, list: String, to: Option<u64>) -> impl Future<Output = Vec<Reloaded>> + Send;
    /// Ends a rollback.
    fn release(&self, list: String) -> impl Future<Output = Vec<Reloaded>> + Send;
}

/// Whom the program follows and which generations it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateStatus {
    /// The authorities.
    pub authorities: Vec<AuthorityStatus>,
    /// The lists.
    pub lists: Vec<ListStatus>,
}

/// What is known of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The name.
    pub name: String,
    /// The answers in the cache.
    pub answers: Vec<CachedAnswer>,
    /// What the resolver knows.
    pub known: Known,
}

/// What was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flushed {
    /// Answers in the cache.
    pub answers: usize,
    /// Entries of what the resolver knows: facts, denials, failures, delegations, trust, proofs.
    pub known: usize,
}

/// What is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// The generation of the policy.
    pub generation: u64,
    /// The lists.
    pub lists: Vec<ListInForce>,
    /// The trust anchors.
    pub anchors: Vec<AnchorStatus>,
    /// By how many seconds the clock is ahead at least, negative where it is behind, if the signatures of a trust anchor
    /// say so.
    pub clock_error: Option<i64>,
    /// Answers in the cache.
    pub cache_entries: usize,
    /// Memory of the cache, in octets.
    pub cache_octets: usize,
}

/// A list in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListInForce {
    /// The name that the operator gave it.
    pub name: String,
    /// Its rules in force.
    pub rules: u32,
    /// Its rules that are staged, and so not in force.
    pub staged: u32,
    /// The percentage of resolvers that count what those would block, where the list says one.
    pub shadow: Option<u8>,
    /// Whether this one does.
    pub counts_staged: bool,
    /// The serial of its header.
    pub serial: Option<u64>,
    /// Who decides on it.
    pub authority: Option<String>,
    /// When it is out of date, by its own word.
    pub expires: Option<String>,
    /// Memory that its index takes, in octets.
    pub octets: usize,
}

impl Status {
    /// The status of a program whose policy is `policy`; of trust nothing is known here.
    pub fn new(policy: &Policy, cache: CacheSize) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            generation: policy.generation,
            lists: policy
                .lists()
                .iter()
                .map(|list| {
                    let header = list.header.as_ref();
                    ListInForce {
                        name: list.name.clone(),
                        rules: list.rules,
                        staged: list.staged,
                        shadow: header.and_then(|header| header.shadow).map(Share::percent),
                        counts_staged: list.counts_staged,
                        serial: header.map(|header| header.serial),
                        authority: header.map(|header| header.authority.clone()),
                        expires: header.map(|header| header.expires.to_string()),
                        octets: list.octets(),
                    }
                })
                .collect(),
            anchors: Vec::new(),
            clock_error: None,
            cache_entries: cache.entries,
            cache_octets: cache.octets,
        }
    }
}

/// What a reload did to the configuration or to one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reloaded {
    /// `configuration`, or the list's name.
    pub what: String,
    /// Whether it was taken; if not, what was before stays in force.
    pub taken: bool,
    /// In words.
    pub message: String,
}

/// Answers a request.
pub async fn respond(controls: &impl Controls, request: &Request<()>) -> Response<Bytes> {
    if !names_this_machine(request) {
        return stranger();
    }
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/metrics") => figures(controls.metrics()),
        (&Method::GET, "/healthz") => text(StatusCode::OK, "alive\n"),
        // Whoever can be asked has bound its sockets and has a policy in force.
        (&Method::GET, "/readyz") => text(StatusCode::OK, "ready\n"),
        (&Method::GET, "/status") => json(StatusCode::OK, &controls.status()),
        (&Method::GET, "/explain") => explain(controls, request),
        (&Method::GET, "/case") => match parameter(request, "number") {
            Some(number) => match controls.case(number).await {
                Some(facts) => json(StatusCode::OK, &facts),
                None => text(StatusCode::INTERNAL_SERVER_ERROR, "a list cannot be read; the log says why\n"),
            },
            None => bad("say which case: ?number=2026-17"),
        },
        (&Method::GET, "/lookup") => match named(request) {
            Ok(name) => json(StatusCode::OK, &controls.lookup(&name).await),
            Err(message) => bad(&message),
        },
        (&Method::GET, "/statistics") => json(StatusCode::OK, &controls.statistics()),
        (&Method::GET, "/update") => json(StatusCode::OK, &controls.update_status().await),
        (&Method::POST, path) if CALLS.contains(&path) => call(controls, request).await,
        (_, path) if CALLS.contains(&path) => text(StatusCode::METHOD_NOT_ALLOWED, "POST\n"),
        (_, path) if PAGES.contains(&path) => text(StatusCode::METHOD_NOT_ALLOWED, "GET\n"),
        _ => text(StatusCode::NOT_FOUND, &format!("{} {}\n", PAGES.join(" "), CALLS.join(" "))),
    }
}

/// Answers a request to a program of which nothing but metrics can be had.
pub fn respond_metrics(request: &Request<()>, metrics: impl FnOnce() -> Vec<u8>) -> Response<Bytes> {
    match (names_this_machine(request), request.method(), request.uri().path()) {
        (false, ..) => stranger(),
        (true, &Method::GET, "/metrics") => figures(metrics()),
        (true, _, "/metrics") => text(StatusCode::METHOD_NOT_ALLOWED, "GET\n"),
        _ => text(StatusCode::NOT_FOUND, "/metrics\n"),
    }
}

fn stranger() -> Response<Bytes> {
    text(StatusCode::FORBIDDEN, "the Host of a request must be localhost or a loopback address\n")
}

fn figures(text: Vec<u8>) -> Response<Bytes> {
    typed(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", text)
}

const PAGES: [&str; 9] =
    ["/metrics", "/healthz", "/readyz", "/status", "/explain", "/case", "/lookup", "/statistics", "/update"];
const CALLS: [&str; 5] = ["/flush", "/reload", "/update/now", "/update/rollback", "/update/release"];

/// Does what changes something.
async fn call(controls: &impl Controls, request: &Request<()>) -> Response<Bytes> {
    if !request.headers().contains_key(CALL_HEADER) {
        return text(StatusCode::FORBIDDEN, "send the header x-rempart-call: 1\n");
    }
    let accept_loss = parameter(request, "accept_loss").is_some();
    let done = match request.uri().path() {
        "/flush" => {
            return match flushed(request) {
                Ok(names) => json(StatusCode::OK, &controls.flush(names).await),
                Err(message) => bad(&message),
            };
        }
        "/reload" => controls.reload(accept_loss).await,
        "/update/now" => controls.update(accept_loss).await,
        path => {
            let Some(list) = parameter(request, "list") else {
                return bad("say which list: ?list=national");
            };
            let to = parameter(request, "to").map(|serial| serial.parse::<u64>()).transpose();
            let Ok(to) = to else { return bad("to: not the serial of a list") };
            match path {
                "/update/rollback" => controls.roll_back(list, to).await,
                _ => controls.release(list).await,
            }
        }
    };
    json(StatusCode::OK, &done)
}

fn explain(controls: &impl Controls, request: &Request<()>) -> Response<Bytes> {
    let name = match named(request) {
        Ok(name) => name,
        Err(message) => return bad(&message),
    };
    let client = parameter(request, "client").unwrap_or_else(|| "127.0.0.1".into());
    let Ok(client) = client.parse() else { return bad("client: not an IP address") };
    let rtype = parameter(request, "type").unwrap_or_else(|| "A".into());
    let Some(rtype) = RecordType::from_text(&rtype) else { return bad("type: unknown record type") };
    json(StatusCode::OK, &controls.explain(&name, client, rtype))
}

/// The name that a request is about.
fn named(request: &Request<()>) -> Result<Name, String> {
    let path = request.uri().path();
    let name =
        parameter(request, "name").ok_or_else(|| format!("say which name: {path}?name=example.org"))?;
    read_name(&name)
}

fn read_name(text: &str) -> Result<Name, String> {
    typed_name(text).map_err(|error| format!("name: {error}"))
}

/// The names that are to be forgotten: said in one way, and everything in words that nobody writes by mistake.
fn flushed(request: &Request<()>) -> Result<Names, String> {
    let [name, zone, all] = ["name", "zone", "all"].map(|key| parameter(request, key));
    match (name, zone, all.as_deref()) {
        (Some(name), None, None) => read_name(&name).map(Names::One),
        (None, Some(zone), None) => match read_name(&zone)? {
            root if root.is_root() => Err("zone: below the root is everything; say ?all=1".into()),
            zone => Ok(Names::Below(zone)),
        },
        (None, None, Some("1")) => Ok(Names::All),
        _ => Err("say what: one of ?name=www.example.org, ?zone=example.org, ?all=1".into()),
    }
}

fn bad(message: &str) -> Response<Bytes> {
    text(StatusCode::BAD_REQUEST, &format!("{message}\n"))
}

/// The value of a query parameter, percent-decoded.
fn parameter(request: &Request<()>, key: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(request.uri().query()?.as_bytes());
    pairs.into_iter().find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
}

fn names_this_machine(request: &Request<()>) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Bytes> {
    // Values of this room's own types always serialise.
    typed(status, "application/json", serde_json::to_vec_pretty(value).unwrap_or_default())
}

fn text(status: StatusCode, message: &str) -> Response<Bytes> {
    typed(status, "text/plain; charset=utf-8", message.into())
}

fn typed(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::sync::Mutex;

    use futures_util::FutureExt;
    use jiff::Timestamp;

    use super::*;
    use crate::policy::Ruling;
    use crate::statistics::Ledger;

    #[derive(Default)]
    struct Fake {
        asked: Mutex<RefCell<Vec<String>>>,
    }

    impl Fake {
        fn note(&self, what: String) {
            self.asked.lock().unwrap().borrow_mut().push(what);
        }
    }

    impl Controls for Fake {
        fn metrics(&self) -> Vec<u8> {
            b"rempart_policy_generation 7\n".to_vec()
        }

        fn status(&self) -> Status {
            Status {
                version: "0".into(),
                generation: 7,
                lists: Vec::new(),
                anchors: Vec::new(),
                clock_error: None,
                cache_entries: 1,
                cache_octets: 2,
            }
        }

        fn explain(&self, name: &Name, client: IpAddr, rtype: RecordType) -> Explanation {
            self.note(format!("{name} {client} {rtype}"));
            Explanation {
                name: name.to_string(),
                group: "g".into(),
                ruling: Ruling::Pass,
                through: None,
                answer: None,
                exemption: None,
                list: None,
                rule: None,
                staged: Vec::new(),
                generation: 7,
            }
        }

        async fn case(&self, number: String) -> Option<Vec<CaseFacts>> {
            self.note(format!("case {number}"));
            Some(Vec::new())
        }

        async fn update_status(&self) -> UpdateStatus {
            UpdateStatus::default()
        }

        async fn lookup(&self, name: &Name) -> Lookup {
            Lookup { name: name.to_string(), ..Lookup::default() }
        }

        fn statistics(&self) -> Statistics {
            Ledger::new([7; 16], Timestamp::UNIX_EPOCH).statistics()
        }

        async fn flush(&self, names: Names) -> Flushed {
            self.note(format!("flush {names:?}"));
            Flushed { answers: 1, known: 2 }
        }

        async fn reload(&self, accept_loss: bool) -> Vec<Reloaded> {
            self.note(format!("reload {accept_loss}"));
            vec![Reloaded { what: "demo".into(), taken: true, message: "1 rule in force".into() }]
        }

        async fn update(&self, accept_loss: bool) -> Vec<Reloaded> {
            self.note(format!("update {accept_loss}"));
            Vec::new()
        }

        async fn roll_back(&self, list: String, to: Option<u64>) -> Vec<Reloaded> {
            self.note(format!("rollback {list} {to:?}"));
            Vec::new()
        }

        async fn release(&self, list: String) -> Vec<Reloaded> {
            self.note(format!("release {list}"));
            Vec::new()
        }
    }

    fn ask(fake: &Fake, method: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let response = respond(fake, &request.body(()).unwrap()).now_or_never().unwrap();
        (response.status().as_u16(), String::from_utf8(response.into_body().to_vec()).unwrap())
    }

    const LOCAL: (&str, &str) = ("host", "127.0.0.1:9451");

    #[test]
    fn each_call_has_its_answer() {
        let fake = Fake::default();
        for (method, path, status, part) in [
            ("GET", "/metrics", 200, "rempart_policy_generation 7"),
            ("GET", "/healthz", 200, "alive"),
            ("GET", "/readyz", 200, "ready"),
            ("GET", "/status", 200, "\"generation\": 7"),
            (
                "GET",
                "/explain?name=www.%C3%A9.example&client=2001:db8::1&type=HTTPS",
                200,
                "\"ruling\": \"pass\"",
            ),
            ("GET", "/lookup?name=A.example", 200, "\"name\": \"a.example.\""),
            ("GET", "/case?number=2026%2F17", 200, "[]"),
            ("GET", "/case", 400, "say which case"),
            ("GET", "/statistics", 200, "\"months\": []"),
            ("POST", "/statistics", 405, "GET"),
            ("GET", "/lookup", 400, "say which name"),
            ("GET", "/lookup?name=a..b", 400, "empty label"),
            ("GET", "/flush?all=1", 405, "POST"),
            ("GET", "/explain", 400, "say which name"),
            ("GET", "/explain?name=a..b", 400, "empty label"),
            ("GET", "/explain?name=a&client=x", 400, "not an IP address"),
            ("GET", "/explain?name=a&type=x", 400, "unknown record type"),
            ("DELETE", "/status", 405, "GET"),
            ("GET", "/reload", 405, "POST"),
            ("GET", "/update/now", 405, "POST"),
            ("GET", "/update", 200, "\"authorities\": []"),
            ("POST", "/update", 405, "GET"),
            ("GET", "/", 404, "/metrics"),
        ] {
            let (found, text) = ask(&fake, method, path, &[LOCAL]);
            assert!(found == status && text.contains(part), "{method} {path}: {found} {text}");
        }
        let asked = fake.asked.lock().unwrap().take();
        assert_eq!(asked, ["www.xn--9ca.example. 2001:db8::1 HTTPS", "case 2026/17"]);
    }

    #[test]
    fn only_this_machine_may_ask_and_only_a_call_may_change() {
        let fake = Fake::default();
        for host in ["rempart.example", "192.0.2.1:9451", "localhost.example", "[2001:db8::1]", ""] {
            assert_eq!(ask(&fake, "GET", "/status", &[("host", host)]).0, 403, "{host}");
        }
        assert_eq!(ask(&fake, "GET", "/status", &[]).0, 403);
        for host in ["localhost", "LOCALHOST:9451", "127.0.0.1", "[::1]:9451"] {
            assert_eq!(ask(&fake, "GET", "/status", &[("host", host)]).0, 200, "{host}");
        }
        assert_eq!(ask(&fake, "POST", "/reload", &[LOCAL]).0, 403);
        assert!(fake.asked.lock().unwrap().borrow().is_empty());
        assert_eq!(ask(&fake, "POST", "/reload", &[LOCAL, (CALL_HEADER, "1")]).0, 200);
        assert_eq!(ask(&fake, "POST", "/reload?accept_loss=1", &[LOCAL, (CALL_HEADER, "1")]).0, 200);
        assert_eq!(fake.asked.lock().unwrap().take(), ["reload false", "reload true"]);
    }

    #[test]
    fn what_is_to_be_forgotten_is_said_in_one_way() {
        let fake = Fake::default();
        assert_eq!(ask(&fake, "POST", "/flush?all=1", &[LOCAL]).0, 403);
        for (path, status) in [
            ("/flush?name=a.example", 200),
            ("/flush?zone=b.example", 200),
            ("/flush?all=1", 200),
            ("/flush?name=.", 200),
            ("/flush", 400),
            ("/flush?all", 400),
            ("/flush?all=0", 400),
            ("/flush?zone=.", 400),
            ("/flush?zone=", 400),
            ("/flush?name=a..b", 400),
            ("/flush?name=a&all=1", 400),
            ("/flush?name=a&zone=b", 400),
        ] {
            let (found, text) = ask(&fake, "POST", path, &[LOCAL, (CALL_HEADER, "1")]);
            assert_eq!(found, status, "{path}: {text}");
        }
        let asked = fake.asked.lock().unwrap().take();
        assert_eq!(asked, ["flush One(a.example.)", "flush Below(b.example.)", "flush All", "flush One(.)"]);
    }

    #[test]
    fn calls_say_which_list() {
        let fake = Fake::default();
        for (path, status) in [
            ("/update/now?accept_loss=1", 200),
            ("/update/rollback?list=fr", 200),
            ("/update/rollback?list=fr&to=41", 200),
            ("/update/rollback?list=fr&to=x", 400),
            ("/update/rollback", 400),
            ("/update/release?list=fr", 200),
        ] {
            assert_eq!(ask(&fake, "POST", path, &[LOCAL, (CALL_HEADER, "1")]).0, status, "{path}");
            assert_eq!(ask(&fake, "POST", path, &[LOCAL]).0, 403, "{path}");
        }
        let asked = fake.asked.lock().unwrap().take();
        assert_eq!(asked, ["update true", "rollback fr None", "rollback fr Some(41)", "release fr"]);
    }
}
