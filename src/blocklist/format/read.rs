//! The one way in: [`read`] opens an input, tells its format, and hands rule after rule to the caller.
//!
//! The formats' own `read` functions take [`Lines`] and put what they find into the [`Intake`], which counts,
//! keeps the first faults, and at the end decides whether this was a list at all.

use std::io::{self, Read};
use std::sync::Arc;

use super::fault::{Fault, Reason, excerpt};
use super::lines::{Lines, MAX_CONTENT};
use super::{Format, adblock, cert_polska, dnsmasq, domains, hosts, jsonl, normalise, rpz};
use crate::blocklist::{Details, Effect, Header, Rule, Scope, Trigger};

/// What reading a list brought, beside its rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The format, named or told.
    pub format: Format,
    /// What the list says about itself; only our own format has it.
    pub header: Option<Header>,
    /// How many rules went to the caller.
    pub rules: u64,
    /// How many faults there were; a line with several names can have several.
    pub faulty: u64,
    /// The first hundred of them.
    pub faults: Vec<Fault>,
}

impl Report {
    fn new(format: Format) -> Self {
        Self { format, header: None, rules: 0, faulty: 0, faults: Vec::new() }
    }
}

/// Why an input is not a list. The rules that were handed over before it showed must be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input failed, or stopped inside a compressed stream.
    #[error("{file}: cannot be read to its end: {error}")]
    Io {
        /// As [`read`] was told.
        file: Arc<str>,
        /// What failed.
        error: io::Error,
    },
    /// More content than any list has.
    #[error("{file}: holds more than {limit} octets once decompressed; split the list")]
    TooLarge {
        /// As [`read`] was told.
        file: Arc<str>,
        /// In octets.
        limit: u64,
    },
    /// Not text, or text in an encoding that is not read.
    #[error(
        "{file}: is {kind}; give the list itself as UTF-8 text, bare or compressed once with gzip or zstd"
    )]
    Packed {
        /// As [`read`] was told.
        file: Arc<str>,
        /// What it is instead.
        kind: &'static str,
    },
    /// No line looks like a rule in any format.
    #[error("{file}: in no format that is known, as `{line}` shows; name the format if there is one")]
    Unrecognised {
        /// As [`read`] was told.
        file: Arc<str>,
        /// The beginning of the first line that belongs to no format.
        line: String,
    },
    /// A published list that does not say what it is.
    #[error("{file}: the first line is not the header of a published list: {reason}")]
    Header {
        /// As [`read`] was told.
        file: Arc<str>,
        /// What is wrong with it.
        reason: String,
    },
    /// A JSON array that breaks off or is not JSON, so that what follows cannot be known.
    #[error("{file}: damaged after {entries} entries: {reason}")]
    Damaged {
        /// As [`read`] was told.
        file: Arc<str>,
        /// How many entries were whole.
        entries: u64,
        /// What is wrong there.
        reason: String,
    },
    /// Neither a rule nor a fault. Whether that is a disaster or the day on which the last name was removed
    /// is for the caller to say, who may have the header's word for it.
    #[error("{}: holds no rule", .0.0)]
    Empty(Box<(Arc<str>, Report)>),
    /// Nothing but faults.
    #[error("no rule, but {faulty} faults, of which the first is {first}")]
    OnlyFaults {
        /// How many.
        faulty: u64,
        /// The first of them, with the file.
        first: Box<Fault>,
    },
}

impl ReadError {
    pub(super) fn of_io(file: &Arc<str>, limit: u64, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge { file: file.clone(), limit },
            _ => Self::Io { file: file.clone(), error },
        }
    }
}

/// Reads a list in the format named, or in the one that its content shows, and hands each rule to `sink` in
/// the order of the file. `file` names the input in faults and errors. Gzip and zstd are undone.
///
/// After an error the rules already handed over are worth nothing: they may be a part of the list.
pub fn read(
    input: impl Read,
    format: Option<Format>,
    file: &str,
    mut sink: impl FnMut(Rule),
) -> Result<Report, ReadError> {
    read_within(MAX_CONTENT, input, format, file, &mut sink)
}

/// Reads the header of a published list and none of its rules. `file` names the input in errors. Gzip and zstd
/// are undone.
pub fn read_header(input: impl Read, file: &str) -> Result<Header, ReadError> {
    let file = Arc::from(file);
    let (mut lines, _) = Lines::open(input, &file, MAX_CONTENT)?;
    let mut intake = Intake { file, report: Report::new(Format::Jsonl), sink: &mut |_| {} };
    jsonl::read_header(&mut lines, &mut intake)?;
    let Intake { file, report, .. } = intake;
    report.header.ok_or_else(|| ReadError::Header { file, reason: "there is none".into() })
}

pub(super) fn read_within(
    limit: u64,
    input: impl Read,
    format: Option<Format>,
    file: &str,
    sink: &mut dyn FnMut(Rule),
) -> Result<Report, ReadError> {
    let file = Arc::from(file);
    let (mut lines, sample) = Lines::open(input, &file, limit)?;
    let format = match format {
        Some(format) => format,
        None => Format::detect(&sample, &file)?,
    };
    let mut intake = Intake { file, report: Report::new(format), sink };
    match format {
        Format::Domains => domains::read(&mut lines, &mut intake),
        Format::Hosts => hosts::read(&mut lines, &mut intake),
        Format::Dnsmasq => dnsmasq::read(&mut lines, &mut intake),
        Format::Adblock => adblock::read(&mut lines, &mut intake),
        Format::Rpz => rpz::read(&mut lines, &mut intake),
        Format::CertPolska => cert_polska::read(&mut lines, &mut intake),
        Format::Jsonl => jsonl::read(&mut lines, &mut intake),
    }?;
    intake.finish()
}

/// Where the formats put what they find.
pub(super) struct Intake<'a> {
    /// The file's name.
    pub(super) file: Arc<str>,
    report: Report,
    sink: &'a mut dyn FnMut(Rule),
}

impl Intake<'_> {
    /// Hands a rule over.
    pub(super) fn rule(&mut self, rule: Rule) {
        self.report.rules += 1;
        (self.sink)(rule);
    }

    /// Hands over a rule for a name that says nothing else, or notes why there is none.
    pub(super) fn name(&mut self, line: u64, text: &str, scope: Scope, effect: Effect) {
        match normalise(text) {
            Ok(name) => {
                self.rule(Rule {
                    line,
                    trigger: Trigger::Name(name, scope),
                    effect,
                    details: Details::default(),
                });
            }
            Err(reason) => self.fault(line, reason),
        }
    }

    /// Notes a fault.
    pub(super) fn fault(&mut self, line: u64, reason: Reason) {
        self.report.faulty += 1;
        if self.report.faults.len() < FAULTS_KEPT {
            self.report.faults.push(Fault { file: self.file.clone(), line, reason });
        }
    }

    /// How many faults there were so far.
    pub(super) fn faulty(&self) -> u64 {
        self.report.faulty
    }

    /// Notes what the list says about itself.
    pub(super) fn header(&mut self, header: Header) {
        self.report.header = Some(header);
    }

    fn finish(self) -> Result<Report, ReadError> {
        let Report { rules, faulty, .. } = self.report;
        match self.report.faults.first() {
            _ if rules > 0 => Ok(self.report),
            Some(first) => Err(ReadError::OnlyFaults { faulty, first: Box::new(first.clone()) }),
            None => Err(ReadError::Empty(Box::new((self.file, self.report)))),
        }
    }
}

/// The text of a line, or of a piece of it.
pub(super) fn utf8(octets: &[u8]) -> Result<&str, Reason> {
    std::str::from_utf8(octets).map_err(|_| Reason::NotUtf8(excerpt(octets)))
}

const FAULTS_KEPT: usize = 100;

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The rules of a list that must have some.
    pub(crate) fn rules_in_full(format: Format, list: &[u8]) -> Vec<Rule> {
        let mut rules = Vec::new();
        let report = read(list, Some(format), "list", |rule| rules.push(rule)).unwrap();
        assert_eq!(report.rules, rules.len() as u64);
        rules
    }

    /// Line, name and scope of each rule of a list that only blocks names.
    pub(crate) fn rules(format: Format, list: &[u8]) -> Vec<(u64, String, Scope)> {
        let show = |rule: Rule| match (rule.trigger, rule.effect) {
            (Trigger::Name(name, scope), Effect::Block) => (rule.line, name.to_string(), scope),
            other => panic!("{other:?}"),
        };
        rules_in_full(format, list).into_iter().map(show).collect()
    }

    /// Line and reason of each fault of a list that has rules too.
    pub(crate) fn faults(format: Format, list: &[u8]) -> Vec<(u64, Reason)> {
        let report = read(list, Some(format), "list", |_| {}).unwrap();
        assert_eq!(report.faulty, report.faults.len() as u64);
        report.faults.into_iter().map(|fault| (fault.line, fault.reason)).collect()
    }

    /// Gives the lines of a list to something smaller than a format.
    pub(crate) fn gather(
        format: Format,
        list: &[u8],
        take: impl FnOnce(&mut Lines<'_>, &mut Intake<'_>) -> Result<(), ReadError>,
    ) {
        let file = Arc::from("list");
        let (mut lines, _) = Lines::open(list, &file, MAX_CONTENT).unwrap();
        let report = Report { format, header: None, rules: 0, faulty: 0, faults: Vec::new() };
        take(&mut lines, &mut Intake { file, report, sink: &mut |_| {} }).unwrap();
    }

    #[test]
    fn a_header_is_read_alone() {
        const HEADER: &str = concat!(
            r#"{"list":"xx/test","serial":7,"jurisdiction":"XX","category":"test","authority":"A","#,
            r#""legal_basis":"B","appeal":"mailto:appeal@a.example","#,
            r#""issued":"2026-01-01T00:00:00Z","expires":"2026-02-01T00:00:00Z"}"#
        );
        let list = format!("{HEADER}\nnothing that is looked at");
        for list in [list.as_bytes(), &zstd::encode_all(list.as_bytes(), 1).unwrap(), HEADER.as_bytes()] {
            assert_eq!(read_header(list, "list").unwrap().serial, 7);
        }
        for (list, reason) in [
            ("", "list: the first line is not the header of a published list: there is none"),
            ("{}\n", "list: the first line is not the header of a published list: missing field `list`"),
        ] {
            let error = read_header(list.as_bytes(), "list").unwrap_err().to_string();
            assert!(error.starts_with(reason), "{error}");
        }
    }

    #[test]
    fn a_list_without_rules_is_an_error() {
        for input in ["", "\n", "# nothing\n", "! nothing\n", "[]", "$TTL 60\n@ SOA . . 1 1 1 1 1\n"] {
            match read(input.as_bytes(), None, "list", |_| {}) {
                Err(ReadError::Empty(empty)) => assert_eq!(empty.1.faulty, 0),
                other => panic!("{input}: {other:?}"),
            }
        }
        let error = read(&b"a..b\nc..d\n"[..], Some(Format::Domains), "list", |_| {}).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no rule, but 2 faults, of which the first is \
             list:1: `a..b` is no domain name: empty label; correct it"
        );
    }

    #[test]
    fn faults_are_all_counted_and_the_first_kept() {
        let list = format!("{}a.example\n", "a..b\n".repeat(1000));
        let report = read(list.as_bytes(), None, "list", |_| {}).unwrap();
        assert_eq!((report.rules, report.faulty, report.faults.len()), (1, 1000, FAULTS_KEPT));
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let pieces: [&[u8]; 24] = [
            b"a.example",
            b"*.",
            b"||",
            b"^",
            b"$important",
            b"@@",
            b"0.0.0.0 ",
            b"address=/",
            b"/",
            b"\n",
            b"\r",
            b" ",
            b"(",
            b")",
            b"\"",
            b"\\",
            b"\\2",
            b";",
            b"$ORIGIN ",
            b" CNAME ",
            b" TXT \\# 1",
            b"\xff\xc3",
            b"xn--",
            b"\0",
        ];
        let mut state = 1_u64;
        for _ in 0..3000 {
            let mut list = b"[{\"DomainAddress\":".to_vec();
            for _ in 0..20 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                list.extend_from_slice(pieces[(state >> 33) as usize % pieces.len()]);
            }
            for name in ["domains", "hosts", "dnsmasq", "adblock", "rpz", "cert-polska", "jsonl"] {
                let content = if name == "cert-polska" { &list[..] } else { &list[18..] };
                let _ = read(content, name.parse().ok(), "list", |_| {});
            }
        }
    }
}
