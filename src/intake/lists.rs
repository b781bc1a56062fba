//! Lists that resolvers load: read exactly, by `blocklist`.

use super::candidate::{Objection, Place, Said};
use super::collector::Collector;
use super::error::Trouble;
use super::remark::Remark;
use super::text::clean;
use crate::blocklist::{self, Effect, Format, Rule, Trigger};

const EXCEPTIONS: &str = "names that the list leaves alone";
const NETWORKS: &str = "networks, since names alone can be proposed";
const NO_BLOCKS: &str = "rules that do not block";

/// Whether octets begin as gzip or zstd do, in which lists may be compressed.
pub(super) fn is_compressed(octets: &[u8]) -> bool {
    octets.starts_with(&[0x1f, 0x8b]) || octets.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}

/// The format of a text whose first lines only a list has.
pub(super) fn certain(text: &str, file: &str) -> Option<Format> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let is_adblock = first.to_ascii_lowercase().starts_with("[adblock") || first.starts_with("||");
    let is_zone = ["$ORIGIN", "$TTL"].iter().any(|word| first.starts_with(word));
    match Format::detect(sample(text), file) {
        Ok(Format::Adblock) if is_adblock => Some(Format::Adblock),
        Ok(Format::Rpz) if is_zone => Some(Format::Rpz),
        _ => None,
    }
}

/// The format of a text of which most lines are rules; of plain names, all. Prose and tables have lines that pass for
/// rules, but not many.
pub(super) fn likely(text: &str, file: &str) -> Option<Format> {
    let sample = sample(text);
    let format = Format::detect(sample, file).ok()?;
    let mut rules = 0;
    let report = blocklist::read(sample, Some(format), file, |_| rules += 1).ok()?;
    let is_list = match format {
        Format::Domains => report.faulty == 0,
        Format::Jsonl | Format::CertPolska => true,
        Format::Hosts | Format::Dnsmasq | Format::Adblock | Format::Rpz => report.faulty * 4 <= report.rules,
    };
    (is_list && rules > 0).then_some(format)
}

/// The beginning of a text, with whole lines.
fn sample(text: &str) -> &[u8] {
    let octets = text.as_bytes();
    let Some(head) = octets.get(..SAMPLE) else { return octets };
    head.iter().rposition(|octet| *octet == b'\n').map_or(head, |end| &head[..=end])
}

const SAMPLE: usize = 256 << 10;

/// Reads a list in a format that is named, or in the one that it shows once it is unpacked.
pub(super) fn read(
    octets: &[u8],
    format: Option<Format>,
    file: &str,
    collector: &mut Collector,
) -> Result<Format, Trouble> {
    let format = match format {
        Some(format) => format,
        None => blocklist::read(octets, None, file, |_| {})?.format,
    };
    let place = |line: u64| match format {
        Format::CertPolska => Place::Entry(line),
        _ => Place::Line(line),
    };
    let report = blocklist::read(octets, Some(format), file, |rule| take(rule, place, collector))?;
    for fault in &report.faults {
        collector.refuse(&place(fault.line), String::new(), Objection::Name(fault.reason.clone()));
    }
    collector.refused_beside(report.faulty - report.faults.len() as u64);
    Ok(format)
}

fn take(rule: Rule, place: impl Fn(u64) -> Place, collector: &mut Collector) {
    if collector.is_full() {
        return;
    }
    let (Trigger::Name(name, scope), effect) = (rule.trigger, rule.effect) else {
        return collector.leave_out(NETWORKS);
    };
    match effect {
        Effect::Block | Effect::Nxdomain | Effect::Nodata | Effect::Drop => {}
        Effect::Allow => return collector.leave_out(EXCEPTIONS),
        Effect::TcpOnly | Effect::Local(_) => return collector.leave_out(NO_BLOCKS),
    }
    let remarks = if rule.details.staged { vec![Remark::Staged] } else { Vec::new() };
    let said = Said {
        reference: rule.details.reference.map(clean),
        category: rule.details.category.map(clean),
        listed: rule.details.listed,
        expires: rule.details.expires,
        ..Said::default()
    };
    collector.judged(name, scope, &place(rule.line), remarks, &said);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Gathered, Shape, gather};

    fn gathered(text: &str) -> Gathered {
        gather(text.as_bytes(), &Asked { file: "list.txt", ..Asked::default() }).unwrap()
    }

    fn names(gathered: &Gathered) -> Vec<String> {
        let show = |it: &crate::intake::Candidate| format!("{} {} {}", it.place, it.name.to_host(), it.scope);
        gathered.candidates.iter().map(show).collect()
    }

    #[test]
    fn every_format_of_a_list_is_read_for_what_it_is() {
        for (format, text) in [
            (Format::Domains, "# why\na.example\nb.example\n"),
            (Format::Hosts, "0.0.0.0 a.example\n0.0.0.0 b.example\n"),
            (Format::Dnsmasq, "address=/a.example/\nlocal=/b.example/\n"),
            (Format::Adblock, "||a.example^\n@@||x.a.example^\n||b.example^\n"),
            (
                Format::Rpz,
                "$ORIGIN z.\n$TTL 60\n@ SOA a. b. 1 1 1 1 1\na.example CNAME .\nb.example CNAME .\n",
            ),
            (Format::CertPolska, r#"[{"DomainAddress":"a.example"},{"DomainAddress":"b.example"}]"#),
        ] {
            let found = gathered(text);
            assert_eq!(found.shape, Shape::List(format), "{text}");
            let hosts: Vec<String> = found.candidates.iter().map(|it| it.name.to_host()).collect();
            assert_eq!(hosts, ["a.example", "b.example"], "{text}");
        }
        assert!(
            gathered("||a.example^\n@@||x.a.example^\n")
                .notes
                .contains(&super::super::Note::LeftOut(EXCEPTIONS, 1))
        );
    }

    #[test]
    fn a_published_list_says_its_cases_and_scopes() {
        let text = concat!(
            r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","#,
            r#""appeal":"mailto:a@b.example","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#,
            "\n{\"name\":\"a.example\",\"scope\":\"host\",\"ref\":\"2026/1\"}\n{\"name\":\"*\"}\n{\"name\":\"com\"}\n{\"name\":\"b.com\",\"staged\":true}\n"
        );
        let found = gathered(text);
        assert_eq!(
            names(&found),
            ["line 2 a.example the name alone", "line 5 b.com the name and all below it"]
        );
        assert!(!found.candidates[0].remarks.contains(&Remark::Staged));
        assert_eq!(found.candidates[1].remarks, [Remark::Staged]);
        assert_eq!(found.candidates[0].said.reference.as_deref(), Some("2026/1"));
        assert_eq!(found.refused.len(), 2);
        assert!(
            found.refused[0].to_string().starts_with("line 4: `com` is one label"),
            "{}",
            found.refused[0]
        );
    }

    #[test]
    fn prose_is_no_list() {
        let found = gathered("Dear all,\n\nThis is A list IN progress:\n\nbad.com\nworse.com\n\nRegards\n");
        assert_eq!((found.shape, names(&found).len()), (Shape::Text, 2));
        assert_eq!(gathered("bad.com\nhttps://worse.com/x\n").shape, Shape::Text);
    }
}
