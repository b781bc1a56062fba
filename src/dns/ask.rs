//! Composing a query to another server.

use super::codes::{Class, RecordType};
use super::name::Name;

const RECURSION_DESIRED: u8 = 0x01;
const CHECKING_DISABLED: u8 = 0x10;
const DNSSEC_OK: u16 = 0x8000;
const COOKIE: u16 = 10;

/// What is asked of a server, and how.
#[derive(Clone, Copy, Debug)]
pub struct ServerQuery<'a> {
    /// The identifier that the reply must repeat.
    pub id: u16,
    /// QNAME, in the letter case in which it is to leave.
    pub name: &'a Name,
    /// QTYPE, of class IN.
    pub rtype: RecordType,
    /// RD: for a forwarder.
    pub recursion_desired: bool,
    /// CD: we validate for ourselves, or nobody does.
    pub checking_disabled: bool,
    /// The OPT record to add; none for a server that cannot read one.
    pub edns: Option<QueryEdns<'a>>,
}

/// The OPT record of a query.
#[derive(Clone, Copy, Debug)]
pub struct QueryEdns<'a> {
    /// The longest datagram that is taken, in octets.
    pub udp_size: u16,
    /// DO: signatures and proofs too.
    pub dnssec_ok: bool,
    /// The cookie option (RFC 7873): ours, and the server's if it gave one.
    pub cookie: Option<&'a [u8]>,
}

/// Writes a query as a whole message without framing.
pub fn compose_query(query: &ServerQuery<'_>) -> Vec<u8> {
    let mut octets = Vec::with_capacity(12 + query.name.as_wire().len() + 4 + 11 + 44);
    octets.extend(query.id.to_be_bytes());
    octets.push(if query.recursion_desired { RECURSION_DESIRED } else { 0 });
    octets.push(if query.checking_disabled { CHECKING_DISABLED } else { 0 });
    octets.extend([0, 1, 0, 0, 0, 0, 0, u8::from(query.edns.is_some())]);
    octets.extend(query.name.as_wire());
    octets.extend(query.rtype.0.to_be_bytes());
    octets.extend(Class::IN.0.to_be_bytes());
    if let Some(edns) = query.edns {
        let cookie = edns.cookie.unwrap_or_default();
        let length = if cookie.is_empty() { 0 } else { 4 + cookie.len() as u16 };
        octets.push(0);
        octets.extend(RecordType::OPT.0.to_be_bytes());
        octets.extend(edns.udp_size.to_be_bytes());
        octets.extend([0, 0]);
        octets.extend((if edns.dnssec_ok { DNSSEC_OK } else { 0 }).to_be_bytes());
        octets.extend(length.to_be_bytes());
        if !cookie.is_empty() {
            octets.extend(COOKIE.to_be_bytes());
            octets.extend((cookie.len() as u16).to_be_bytes());
            octets.extend(cookie);
        }
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::super::message::Message;
    use super::*;

    #[test]
    fn a_query_is_read_back() {
        let name = Name::from_text("wWw.Example").unwrap();
        let edns = QueryEdns { udp_size: 1232, dnssec_ok: true, cookie: Some(b"ABCDEFGH") };
        let query = ServerQuery {
            id: 0x1234,
            name: &name,
            rtype: RecordType::AAAA,
            recursion_desired: true,
            checking_disabled: true,
            edns: Some(edns),
        };
        let octets = compose_query(&query);
        assert_eq!(octets[..4], [0x12, 0x34, 0x01, 0x10]);
        let read = Message::parse(&octets).unwrap();
        assert_eq!(read.question.unwrap().name.to_string(), "wWw.Example.");
        assert_eq!(read.edns.unwrap().cookie.as_deref(), Some(&b"ABCDEFGH"[..]));
        let bare = compose_query(&ServerQuery { edns: None, recursion_desired: false, ..query });
        assert_eq!(Message::parse(&bare).unwrap().edns, None);
        assert_eq!(bare[2], 0);
    }
}
