//! DNS queries in HTTP (RFC 8484): what a request asks for and what its response says, by any version of HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode};

use super::LONGEST_QUERY;
use super::shell::Shell;
use crate::answer::Client;
use crate::dns::shortest_ttl;

/// The path of the service, and its URI template (RFC 6570).
const PATH: &str = "/dns-query";
/// The same as a template, for those who are told of the service.
pub(super) const TEMPLATE: &str = "/dns-query{?dns}";
const MESSAGE: HeaderValue = HeaderValue::from_static("application/dns-message");

/// Where the query of a request is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// It was in the URI.
    Here(Vec<u8>),
    /// It is the body.
    InBody,
}

/// Reads the head of a request; what cannot be a query gets its status.
pub(super) fn carried(head: &Parts) -> Result<Carried, StatusCode> {
    if head.uri.path() != PATH {
        return Err(StatusCode::NOT_FOUND);
    }
    match head.method {
        Method::GET => {
            let mut keys = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes());
            let (_, query) = keys.find(|(key, _)| key == "dns").ok_or(StatusCode::BAD_REQUEST)?;
            // Some clients pad, which they must not; it costs nothing to read.
            let query = URL_SAFE_NO_PAD.decode(query.trim_end_matches('='));
            let query = query.map_err(|_| StatusCode::BAD_REQUEST)?;
            if query.len() > LONGEST_QUERY { Err(StatusCode::URI_TOO_LONG) } else { Ok(Carried::Here(query)) }
        }
        Method::POST if head.headers.get(CONTENT_TYPE) != Some(&MESSAGE) => {
            Err(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        }
        Method::POST => Ok(Carried::InBody),
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Answers a query. What holds off the program's end comes with it.
pub(super) async fn respond(
    shell: &Shell,
    query: &[u8],
    client: Client,
) -> (Response<Bytes>, Option<super::shell::UnderWay>) {
    match shell.exchange(query, client).await {
        Some(ready) => (message(ready.octets), ready.under_way),
        // No query, or one that a list has dropped.
        None => (refusal(StatusCode::BAD_REQUEST), None),
    }
}

fn message(octets: Vec<u8>) -> Response<Bytes> {
    // For as long as its records hold (RFC 8484 §5.1), and by its client alone: another one may be of another group, and
    // what is shared would be answered to both.
    let lasts = HeaderValue::try_from(format!("private, max-age={}", shortest_ttl(&octets)));
    let mut response = Response::new(Bytes::from(octets));
    let length = response.body().len();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, MESSAGE);
    headers.insert(CONTENT_LENGTH, length.into());
    if let Ok(lasts) = lasts {
        headers.insert(CACHE_CONTROL, lasts);
    }
    response
}

/// A response without a message.
pub(super) fn refusal(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
    }
    response
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn read(method: Method, uri: &str, content: Option<&str>) -> Result<Carried, u16> {
        let mut request = Request::builder().method(method).uri(uri);
        if let Some(content) = content {
            request = request.header(CONTENT_TYPE, content);
        }
        carried(&request.body(()).unwrap().into_parts().0).map_err(|status| status.as_u16())
    }

    #[test]
    fn requests_are_read_or_refused_with_their_status() {
        let here = |octets: &[u8]| Ok(Carried::Here(octets.to_vec()));
        let long = format!("/dns-query?dns={}", "A".repeat(4 * LONGEST_QUERY / 3 + 4));
        let message = Some("application/dns-message");
        for (method, uri, content, expected) in [
            (Method::GET, "/dns-query?dns=AAEC_-8", None, here(&[0, 1, 2, 0xff, 0xef])),
            (Method::GET, "https://dns.example/dns-query?a=b&dns=AAE=", None, here(&[0, 1])),
            (Method::GET, "/dns-query?dns=", None, here(&[])),
            (Method::GET, "/dns-query", None, Err(400)),
            (Method::GET, "/dns-query?dns=a+/b", None, Err(400)),
            (Method::GET, &long, None, Err(414)),
            (Method::POST, "/dns-query", message, Ok(Carried::InBody)),
            (Method::POST, "/dns-query", None, Err(415)),
            (Method::POST, "/dns-query", Some("application/json"), Err(415)),
            (Method::GET, "/", None, Err(404)),
            (Method::POST, "/dns-query/", message, Err(404)),
            (Method::PUT, "/dns-query", message, Err(405)),
            (Method::HEAD, "/dns-query?dns=AAE", None, Err(405)),
        ] {
            assert_eq!(read(method.clone(), uri, content), expected, "{method} {uri}");
        }
    }
}
