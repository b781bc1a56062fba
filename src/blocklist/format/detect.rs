//! Which formats there are, and how to tell them apart.
//!
//! The content decides, by a vote of its first lines, because a stray line of another format is common and a
//! wrong guess would change scopes in silence: the same bare name is a subtree in a plain list and one host
//! in an AdBlock list. The file's name has half the voice of one line and so breaks ties alone.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::excerpt;
use super::read::ReadError;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One name a line, for itself and all below it; `#` comments. Also the `domains` files of UT1.
    Domains,
    /// `/etc/hosts`: an address and names, each for itself alone.
    Hosts,
    /// Settings of dnsmasq: `address=/name/…`, `server=/name/`, `local=/name/`.
    Dnsmasq,
    /// AdBlock rules as DNS filters read them: `||name^`, `@@||name^`.
    Adblock,
    /// A zone file of a response policy zone (draft-vixie-dnsop-dns-rpz).
    Rpz,
    /// The warning list of CERT Polska, a JSON array.
    CertPolska,
    /// Our own published list: JSON Lines, of which the first is the header.
    Jsonl,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format `{0}`; known are domains, hosts, dnsmasq, adblock, rpz, cert-polska and jsonl")]
pub struct UnknownFormat(String);

impl Format {
    /// Tells the format from the beginning of the decompressed content and, where that leaves a doubt, from
    /// the file's name. Content without a single sign, such as nothing or comments alone, passes for plain
    /// domains.
    pub fn detect(sample: &[u8], file: &str) -> Result<Self, ReadError> {
        // What has no end yet may be half a line, unless it is all there is.
        let whole = sample.iter().rposition(|octet| *octet == b'\n').map_or(sample, |end| &sample[..end]);
        let lines = whole.split(|octet| *octet == b'\n').map(<[u8]>::trim_ascii);
        let mut lines = lines.filter(|line| !line.is_empty()).peekable();
        let first = lines.peek().copied().unwrap_or_default();
        if let Some(format) = of_opening(first) {
            return Ok(format);
        }
        let unrecognised = |line| ReadError::Unrecognised { file: file.into(), line: excerpt(line) };
        if first.starts_with(b"<") {
            return Err(unrecognised(first));
        }
        let mut votes = [0_u32; ALL.len()];
        let mut stranger = None;
        for line in lines {
            match of_line(&String::from_utf8_lossy(line)) {
                Vote::For(format) => votes[format as usize] += 2,
                Vote::Neutral => {}
                Vote::Stranger => stranger = stranger.or(Some(line)),
            }
        }
        if let Some(format) = of_file_name(file) {
            votes[format as usize] += 1;
        }
        // The last of equals wins: the formats with signs of their own before bare names.
        match (ALL.into_iter().max_by_key(|format| votes[*format as usize]), stranger) {
            (Some(format), _) if votes[format as usize] > 0 => Ok(format),
            (_, Some(line)) => Err(unrecognised(line)),
            (_, None) => Ok(Self::Domains),
        }
    }
}

enum Vote {
    For(Format),
    Neutral,
    Stranger,
}

/// The formats whose first line settles the matter.
fn of_opening(line: &[u8]) -> Option<Format> {
    match line {
        [b'{', ..] => Some(Format::Jsonl),
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [] | [b'{' | b']', ..]) => {
            Some(Format::CertPolska)
        }
        [b'[', rest @ ..] if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"adblock")) => {
            Some(Format::Adblock)
        }
        _ => None,
    }
}

fn of_line(line: &str) -> Vote {
    if line.starts_with(['!', '|'])
        || line.starts_with("@@")
        || ["##", "#@#"].iter().any(|sign| line.contains(sign))
    {
        return Vote::For(Format::Adblock);
    }
    if line.starts_with('#') {
        return Vote::Neutral;
    }
    let mut words = line.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    if line.starts_with([';', '$']) || words.clone().any(|word| ZONE_WORDS.contains(&word)) {
        return Vote::For(Format::Rpz);
    }
    if line.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('/')) {
        return Vote::For(Format::Dnsmasq);
    }
    let second = words.next().filter(|word| !word.starts_with('#'));
    let address = first.split('%').next().unwrap_or_default();
    match (address.parse::<IpAddr>(), second) {
        (Ok(_), Some(_)) => Vote::For(Format::Hosts),
        (Err(_), None) if looks_like_a_name(first) => Vote::For(Format::Domains),
        _ => Vote::Stranger,
    }
}

fn looks_like_a_name(word: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '*') || !c.is_ascii();
    word.contains('.') && word.chars().all(known)
}

fn of_file_name(file: &str) -> Option<Format> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(name);
    match name.rsplit('.').next().unwrap_or_default() {
        "domains" => Some(Format::Domains),
        "hosts" => Some(Format::Hosts),
        "rpz" | "zone" => Some(Format::Rpz),
        "jsonl" => Some(Format::Jsonl),
        "json" => Some(Format::CertPolska),
        _ => None,
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Domains => "domains",
            Self::Hosts => "hosts",
            Self::Dnsmasq => "dnsmasq",
            Self::Adblock => "adblock",
            Self::Rpz => "rpz",
            Self::CertPolska => "cert-polska",
            Self::Jsonl => "jsonl",
        })
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        ALL.into_iter().find(|format| format.to_string() == text).ok_or_else(|| UnknownFormat(excerpt(text)))
    }
}

/// In the order of their declaration, which is that of the votes.
const ALL: [Format; 7] = [
    Format::Domains,
    Format::Hosts,
    Format::Dnsmasq,
    Format::Adblock,
    Format::Rpz,
    Format::CertPolska,
    Format::Jsonl,
];

/// Words after the first that only a zone file has.
const ZONE_WORDS: &[&str] = &["IN", "SOA", "soa", "NS", "CNAME", "cname", "A", "AAAA", "TXT"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        for (format, sample) in [
            (Format::Domains, "a.example\nb.example"),
            (Format::Domains, "# comment\r\n*.a.example # why\r\n"),
            (Format::Domains, "żółw.example"),
            (Format::Domains, "a.example\nb.example\n||c.example^\n"),
            (Format::Domains, ""),
            (Format::Domains, "# nothing today\n"),
            (Format::Hosts, "127.0.0.1 localhost\n::1 localhost\nfe80::1%lo0 localhost\n0.0.0.0 a.example\n"),
            (Format::Dnsmasq, "# comment\naddress=/a.example/\nlocal = /b.example/\n"),
            (Format::Adblock, "[Adblock Plus 2.0]\na.example\n"),
            (Format::Adblock, "! comment\n||a.example^\n@@||b.example^\n"),
            (Format::Adblock, "a.example##.banner\n"),
            (Format::Rpz, "$TTL 60\n@ SOA . . 1 1 1 1 1\na.example CNAME .\n"),
            (Format::Rpz, "; comment\n\n  \na.example 60 IN A 192.0.2.1\n"),
            (Format::CertPolska, " [\n{\"DomainAddress\":\"a.example\"}]"),
            (Format::CertPolska, "[{\"DomainAddress\":\"a.example\"}]"),
            (Format::CertPolska, "[]"),
            (Format::Jsonl, "\n{\"list\":\"xx/test\"}\n"),
        ] {
            assert_eq!(Format::detect(sample.as_bytes(), "list.txt").unwrap(), format, "{sample}");
        }
    }

    #[test]
    fn the_name_of_the_file_breaks_ties() {
        let tie = b"a.example\n0.0.0.0 b.example\n";
        assert_eq!(Format::detect(tie, "ut1/adult/domains").unwrap(), Format::Domains);
        assert_eq!(Format::detect(tie, "lists/hosts.gz").unwrap(), Format::Hosts);
        assert_eq!(Format::detect(b"a.example\n", "lists/hosts.gz").unwrap(), Format::Domains);
        assert_eq!(Format::detect(b"# nothing today\n", "a.rpz.zst").unwrap(), Format::Rpz);
    }

    #[test]
    fn what_is_no_list_is_quoted() {
        for (sample, line) in [
            ("<!DOCTYPE html>\n<p>a.example\na.example\n", "<!DOCTYPE html>"),
            ("# comment\nNot found\n", "Not found"),
            ("192.0.2.1\n", "192.0.2.1"),
        ] {
            match Format::detect(sample.as_bytes(), "list.txt") {
                Err(ReadError::Unrecognised { line: found, .. }) => assert_eq!(found, line),
                other => panic!("{sample}: {other:?}"),
            }
        }
    }

    #[test]
    fn formats_have_one_name() {
        for (index, format) in ALL.into_iter().enumerate() {
            assert_eq!(format as usize, index);
            assert_eq!(format.to_string().parse(), Ok(format));
            assert_eq!(serde_json::to_string(&format).unwrap(), format!("\"{format}\""));
            assert!(UnknownFormat(String::new()).to_string().contains(&format.to_string()));
        }
        assert_eq!("csv".parse::<Format>(), Err(UnknownFormat("csv".into())));
    }
}
