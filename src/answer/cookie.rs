//! Server cookies: proof that a client receives what is sent to its address (RFC 7873), in the form that all
//! servers of an anycast cluster can make and check alike (RFC 9018).
//!
//! A server cookie is a version, three reserved octets, a time and a SipHash-2-4 over these, the client's own
//! cookie and its address, under a secret. Nothing is kept for a client. The first secret makes cookies; the
//! second is that of before, so that a secret can be exchanged while clients hold cookies of both.

use std::fmt;
use std::hash::Hasher;
use std::net::IpAddr;

use jiff::Timestamp;
use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer};
use siphasher::sip::SipHasher24;

use crate::dns::{Cookie, FullCookie};

const VERSION: u8 = 1;
/// Seconds for which a cookie is taken (RFC 9018 §4.3).
const LONGEST_LIFE: i32 = 3_600;
/// Seconds by which another server's clock may be ahead.
const LONGEST_LEAD: i32 = 300;
/// Seconds after which a client is given a newer one.
const RENEWAL: i32 = 1_800;

/// What server cookies are made with: 128 bits that nobody outside the cluster knows, in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CookieSecret([u8; 16]);

impl CookieSecret {
    /// Takes 16 octets that nobody can guess.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    pub(super) fn octets(&self) -> &[u8; 16] {
        &self.0
    }
}

impl TryFrom<String> for CookieSecret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // Without the text: it may be a secret with a slip of the pen.
        let fault = "a cookie secret is 32 hexadecimal digits; `openssl rand -hex 16` makes one";
        let digits = text.as_bytes().as_chunks::<2>().0;
        if text.len() != 32 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(fault);
        }
        let mut octets = [0; 16];
        for (octet, digits) in octets.iter_mut().zip(digits) {
            let digits = std::str::from_utf8(digits).map_err(|_| fault)?;
            *octet = u8::from_str_radix(digits, 16).map_err(|_| fault)?;
        }
        Ok(Self(octets))
    }
}

/// Reads a list of secrets. Whatever else is given is not repeated in the error: it may be a secret all the same.
pub(super) fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CookieSecret>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Texts(Vec<String>),
        Other(IgnoredAny),
    }
    match Given::deserialize(deserializer)? {
        Given::Texts(texts) => {
            texts.into_iter().map(CookieSecret::try_from).collect::<Result<_, _>>().map_err(D::Error::custom)
        }
        Given::Other(_) => Err(D::Error::custom("cookie secrets are a list of texts, [\"...\"]")),
    }
}

impl fmt::Debug for CookieSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CookieSecret(secret)")
    }
}

/// A client's cookie, answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// What the reply carries.
    pub cookie: FullCookie,
    /// Whether the client had a server cookie that holds: it is where it says it is.
    pub valid: bool,
}

/// Answers a client's cookie; without secrets there is no answer.
pub(super) fn answer(
    secrets: &[CookieSecret],
    cookie: Cookie<'_>,
    client: IpAddr,
    wall: Timestamp,
) -> Option<Answered> {
    let current = secrets.first()?;
    // 32 bits of seconds, in serial number arithmetic (RFC 9018 §4.3).
    let now = wall.as_second() as u32;
    let made = |secret: &CookieSecret, head: [u8; 8]| make(secret, cookie.client, head, client);
    let given = cookie.server.as_array::<16>().and_then(|given| {
        let head: [u8; 8] = *given.first_chunk()?;
        let [version, .., a, b, c, d] = head;
        let age = now.wrapping_sub(u32::from_be_bytes([a, b, c, d])) as i32;
        let in_time = version == VERSION && (-LONGEST_LEAD..=LONGEST_LIFE).contains(&age);
        let by = secrets.iter().filter(|_| in_time).position(|secret| {
            let ours = made(secret, head);
            // All octets are compared, whichever differs: time must not tell how much was right.
            ours[16..].iter().zip(&given[8..]).fold(0, |all, (one, other)| all | (one ^ other)) == 0
        })?;
        Some((made(&secrets[by], head), by == 0 && (0..RENEWAL).contains(&age)))
    });
    if let Some((cookie, true)) = given {
        return Some(Answered { cookie, valid: true });
    }
    let mut head = [VERSION, 0, 0, 0, 0, 0, 0, 0];
    head[4..].copy_from_slice(&now.to_be_bytes());
    Some(Answered { cookie: made(current, head), valid: given.is_some() })
}

/// A whole cookie for a client at an address; `head` is version, reserved octets and time.
fn make(secret: &CookieSecret, client_cookie: [u8; 8], head: [u8; 8], client: IpAddr) -> FullCookie {
    let mut hasher = SipHasher24::new_with_key(&secret.0);
    let mut cookie = [0; 24];
    cookie[..8].copy_from_slice(&client_cookie);
    cookie[8..16].copy_from_slice(&head);
    hasher.write(&cookie[..16]);
    match client {
        IpAddr::V4(address) => hasher.write(&address.octets()),
        IpAddr::V6(address) => hasher.write(&address.octets()),
    }
    cookie[16..].copy_from_slice(&hasher.finish().to_le_bytes());
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex<const N: usize>(text: &str) -> [u8; N] {
        let octet = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        assert_eq!(text.len(), 2 * N);
        std::array::from_fn(octet)
    }

    fn secret(text: &str) -> CookieSecret {
        text.to_owned().try_into().unwrap()
    }

    const FIRST: &str = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    const CLIENT: &str = "2464c4abcf10c957";

    /// What a client of `address` with a whole cookie gets at a second since 1970.
    fn ask(secrets: &[&str], (client, server): (&str, &[u8]), address: &str, now: i64) -> Answered {
        let secrets: Vec<CookieSecret> = secrets.iter().map(|text| secret(text)).collect();
        let cookie = Cookie { client: hex(client), server };
        answer(&secrets, cookie, address.parse().unwrap(), Timestamp::from_second(now).unwrap()).unwrap()
    }

    #[test]
    fn the_examples_of_rfc_9018_are_met() {
        // Appendix A.1 and A.2: learning a cookie, and renewing it after 40 minutes.
        let learnt = ask(&[FIRST], (CLIENT, b""), "198.51.100.100", 1_559_731_985);
        assert_eq!(learnt.cookie, hex("2464c4abcf10c957010000005cf79f111f8130c3eee29480"));
        assert!(!learnt.valid);
        let renewed = ask(&[FIRST], (CLIENT, &learnt.cookie[8..]), "198.51.100.100", 1_559_734_385);
        assert_eq!(renewed.cookie, hex("2464c4abcf10c957010000005cf7a871d4a564a1442aca77"));
        assert!(renewed.valid);
        // A.3: reserved octets that are not zero are hashed as they came.
        let other: [u8; 16] = hex("01abcdef5cf78f71a314227b6679ebf5");
        let found = ask(&[FIRST], ("fc93fc62807ddb86", &other), "203.0.113.203", 1_559_727_985);
        assert!(found.valid);
        // A.4: IPv6, by the secret of before.
        let secrets = ["445536bcd2513298075a5d379663c962", "dd3bdf9344b678b185a6f5cb60fca715"];
        let old: [u8; 16] = hex("010000005cf7c57926556bd0934c72f8");
        let address = "2001:db8:220:1:59de:d0f4:8769:82b8";
        let rolled = ask(&secrets, ("22681ab97d52c298", &old), address, 1_559_741_961);
        assert_eq!(rolled.cookie, hex("22681ab97d52c298010000005cf7c609a6bb79d16625507a"));
        assert!(rolled.valid);
    }

    #[test]
    fn a_cookie_holds_for_its_client_and_an_hour() {
        let (now, address) = (1_780_000_000, "192.0.2.1");
        let learnt = ask(&[FIRST], (CLIENT, b""), address, now).cookie;
        let server = &learnt[8..];
        for (age, valid, is_same) in [
            (0, true, true),
            (1_799, true, true),
            (1_800, true, false),
            (3_600, true, false),
            (3_601, false, false),
            (-300, true, false),
            (-301, false, false),
        ] {
            let again = ask(&[FIRST], (CLIENT, server), address, now + age);
            assert_eq!((again.valid, again.cookie == learnt), (valid, is_same), "{age}");
        }
        assert!(!ask(&[FIRST], (CLIENT, server), "192.0.2.2", now).valid);
        assert!(!ask(&[FIRST], ("2464c4abcf10c958", server), address, now).valid);
        assert!(!ask(&["445536bcd2513298075a5d379663c962"], (CLIENT, server), address, now).valid);
        let rolled = ["445536bcd2513298075a5d379663c962", FIRST];
        let again = ask(&rolled, (CLIENT, server), address, now);
        assert!(again.valid && again.cookie != learnt);
        for faulty in [&server[..8], &[server, &[0]].concat(), &[&[2], &server[1..]].concat()] {
            assert!(!ask(&[FIRST], (CLIENT, faulty), address, now).valid);
        }
        let mut changed: [u8; 16] = server.try_into().unwrap();
        changed[15] ^= 1;
        assert!(!ask(&[FIRST], (CLIENT, &changed), address, now).valid);
    }

    #[test]
    fn a_secret_is_read_and_never_shown() {
        assert_eq!(secret(FIRST).octets()[0], 0xe5);
        assert!(!format!("{:?}", secret(FIRST)).contains("e5"));
        for faulty in ["", "e5", "+5e973e5a6b2a43f48e7dc849e37bfcf", "é973e5a6b2a43f48e7dc849e37bfcf5"] {
            assert!(CookieSecret::try_from(faulty.to_owned()).is_err(), "{faulty}");
        }
    }
}
