//! The `[answer]` section: who may ask, what the server says of itself, and the cache.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;

use super::cookie::{self, CookieSecret};
use crate::dns::{Name, UDP_CEILING, UDP_WITHOUT_EDNS};

/// The largest `udp_size`.
pub const LONGEST_UDP_SIZE: usize = 4_096;

/// The largest `cache`, in MiB.
const LARGEST_CACHE: usize = 1 << 20;

/// What a string of RESINFO holds beside `infourl=`, in octets.
const LONGEST_PAGE: usize = 247;
const MOST_ADDRESSES: usize = 16;
/// The most answers that a limit can be, in a second.
const LARGEST_RATE: u32 = 10_000_000;

/// The `[answer]` section.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Client networks that may ask; all others are REFUSED with extended error 18.
    pub clients: Vec<IpNet>,
    /// The longest reply over UDP, in octets, 512 to 4096.
    pub udp_size: u16,
    /// What `version.bind CH TXT` says; absent to refuse.
    pub version: Option<String>,
    /// What `id.server CH TXT` says; absent to refuse.
    pub identity: Option<String>,
    /// The resolver's own host name, as its certificate has it; absent to tell clients of no encrypted transport.
    pub name: Option<String>,
    /// The addresses of that name, for clients that would have to look them up.
    pub addresses: Vec<IpAddr>,
    /// A page about the resolver, `https://…` (RFC 9606 §5).
    pub information: Option<String>,
    /// The EDNS option by which a program asks for structured errors (draft-ietf-dnsop-structured-dns-error); its
    /// number is not final yet.
    pub structured_errors: u16,
    /// Memory for cached answers, in MiB.
    pub cache: usize,
    /// The longest that a positive answer is kept, in seconds.
    pub longest_ttl: u32,
    /// The longest that a negative answer is kept, in seconds (RFC 2308 §5).
    pub longest_negative_ttl: u32,
    /// Whether what is asked for in the last tenth of its life is resolved anew before it ends.
    pub prefetch: bool,
    /// What server cookies are made with, then what they were made with before, so that several servers at one
    /// address take each other's (RFC 9018); none for a secret that nobody else has.
    #[serde(deserialize_with = "cookie::secrets")]
    pub cookie_secrets: Vec<CookieSecret>,
    /// Answers in a second over UDP to one client network (IPv4 /24, IPv6 /56) without a valid cookie; 0 for no
    /// limit.
    pub rate_limit: u32,
    /// Of the answers beyond the limit each so many-th is a short one that sends the client to TCP, or gives it a
    /// cookie; 0 for none.
    pub rate_limit_slip: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            clients: default_clients(),
            udp_size: UDP_CEILING as u16,
            version: None,
            identity: None,
            name: None,
            addresses: Vec::new(),
            information: None,
            structured_errors: 26,
            cache: 64,
            longest_ttl: 86_400,
            longest_negative_ttl: 3_600,
            prefetch: true,
            cookie_secrets: Vec::new(),
            rate_limit: 0,
            rate_limit_slip: 2,
        }
    }
}

/// Loopback, private, shared and link-local networks: enough for a home, a school or an ISP's own side, and no
/// open resolver by accident.
pub fn default_clients() -> Vec<IpNet> {
    [
        "127.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    ]
    .iter()
    .filter_map(|network| network.parse().ok())
    .collect()
}

impl Config {
    /// Checks what types cannot; says which key to mend.
    pub fn check(&self) -> Result<(), String> {
        if !(UDP_WITHOUT_EDNS..=LONGEST_UDP_SIZE).contains(&usize::from(self.udp_size)) {
            return Err(format!(
                "answer.udp_size: {} is not within 512 to 4096; 1232 suits all",
                self.udp_size
            ));
        }
        if self.cache > LARGEST_CACHE {
            return Err(format!("answer.cache: {} MiB is more than {LARGEST_CACHE}", self.cache));
        }
        if self.clients.is_empty() {
            return Err("answer.clients: nobody may ask; list at least one network".into());
        }
        if self.cookie_secrets.len() > 2 {
            return Err(
                "answer.cookie_secrets: more than two; keep the present one and that of before".into()
            );
        }
        if self.rate_limit > LARGEST_RATE {
            return Err(format!("answer.rate_limit: {} is more than {LARGEST_RATE}", self.rate_limit));
        }
        for (key, text) in [("version", &self.version), ("identity", &self.identity)] {
            if text.as_ref().is_some_and(|text| text.len() > 255) {
                return Err(format!("answer.{key}: longer than 255 octets; shorten it"));
            }
        }
        if let Some(name) = &self.name
            && let Err(error) = Name::from_text(name)
        {
            return Err(format!(
                "answer.name: `{name}`: {error}; give a host name, such as dns.school.example"
            ));
        }
        if let Some(page) = &self.information
            && !(page.starts_with("https://") && page.len() <= LONGEST_PAGE)
        {
            return Err(format!(
                "answer.information: `{page}` is no https:// of at most {LONGEST_PAGE} octets"
            ));
        }
        if self.addresses.len() > MOST_ADDRESSES {
            return Err(format!("answer.addresses: more than {MOST_ADDRESSES}; those nearest to clients do"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_pass_their_own_check() {
        assert_eq!(Config::default().check(), Ok(()));
        assert_eq!(default_clients().len(), 9);
    }

    #[test]
    fn mistakes_name_their_key() {
        for (config, message) in [
            (Config { udp_size: 511, ..Config::default() }, "answer.udp_size: 511"),
            (Config { clients: Vec::new(), ..Config::default() }, "answer.clients"),
            (Config { version: Some("v".repeat(256)), ..Config::default() }, "answer.version"),
            (Config { name: Some("a..b".into()), ..Config::default() }, "answer.name: `a..b`"),
            (Config { information: Some("http://a".into()), ..Config::default() }, "answer.information"),
            (Config { addresses: vec![[192, 0, 2, 1].into(); 17], ..Config::default() }, "answer.addresses"),
            (
                Config { cookie_secrets: vec![CookieSecret::new([1; 16]); 3], ..Config::default() },
                "answer.cookie_secrets: more than two",
            ),
            (Config { rate_limit: u32::MAX, ..Config::default() }, "answer.rate_limit: 4294967295"),
        ] {
            assert!(config.check().unwrap_err().starts_with(message));
        }
    }
}
