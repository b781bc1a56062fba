//! A mail as it was received or saved (RFC 5322, MIME): its text, without its headers.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::candidate::{Note, Place, Said};
use super::collector::Collector;
use super::error::Trouble;
use super::html::{self, Link, Page};
use super::remark::Remark;
use super::text::{self, clean};
use super::words::{self, Manner, Read};
use crate::blocklist::{Scope, excerpt};

/// Whether a text begins with the headers of a mail: with two that all mails have, and others before the first line
/// that is empty.
pub(super) fn is_mail(text: &str) -> bool {
    let mut known = 0;
    for line in text.lines().take(MOST_HEADERS) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if is_header(name) => {
                known += usize::from(USUAL.iter().any(|usual| name.eq_ignore_ascii_case(usual)));
            }
            // Mailboxes begin with a line of their own.
            _ if known == 0 && line.starts_with("From ") => {}
            _ => return line.is_empty() && known >= 2,
        }
    }
    false
}

fn is_header(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
}

const USUAL: [&str; 10] = [
    "Received",
    "Return-Path",
    "Delivered-To",
    "Message-ID",
    "MIME-Version",
    "Date",
    "From",
    "To",
    "Subject",
    "DKIM-Signature",
];
const MOST_HEADERS: usize = 1_000;

pub(super) fn read(mail: &[u8], collector: &mut Collector) -> Result<(), Trouble> {
    let damaged = |reason: &str| Trouble::Damaged { shape: "a mail", reason: reason.to_owned() };
    // Each part may be looked for to the end of the mail, and each mail in a mail is one more level.
    let lines = mail.split(|octet| *octet == b'\n');
    let parts = lines.filter(|line| is_part(line)).take(MOST_PARTS + 1).count();
    if parts > MOST_PARTS || mail.len() > LONGEST_MAIL {
        return Err(damaged("it has more parts, or is longer, than mails are; paste its text"));
    }
    let mail = match memchr::memchr(b'\n', mail) {
        Some(end) if mail.starts_with(b"From ") => &mail[end + 1..],
        _ => mail,
    };
    let message = MessageParser::default().parse(mail).ok_or_else(|| damaged("it has no headers"))?;
    if let Some(subject) = message.subject() {
        collector.words(subject, Manner::Prose, &Place::Line(1), &[], &Said::default());
    }
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => text::read_lines(text, collector),
            // What was sent as a web page alone.
            PartType::Html(page) => text::read_lines(&html::read(page).text, collector),
            _ => {}
        }
    }
    // A page that was sent beside a text says the same, but for where its links lead.
    for part in message.html_bodies() {
        if let PartType::Html(page) = &part.body {
            read_links(&html::read(page), collector);
        }
    }
    for part in message.attachments() {
        let name = match (&part.body, part.attachment_name()) {
            (_, Some(name)) => clean(name),
            (PartType::Message(inner), None) => clean(inner.subject().unwrap_or("without a name")),
            _ => "without a name".to_owned(),
        };
        collector.note(Note::Attachment(name));
    }
    Ok(())
}

/// Where the links of a page lead; where they show another name, both are remarked.
fn read_links(page: &Page, collector: &mut Collector) {
    for Link { line, shown, target } in &page.links {
        if collector.is_full() {
            return;
        }
        let shown = &page.text[shown.clone()];
        let names = |text: &str| {
            let mut names = Vec::new();
            words::read(text, Manner::Prose, |read| {
                if let Read::Name(name, ..) = read {
                    names.push(name);
                }
            });
            names
        };
        let (shows, leads) = (names(shown), names(target));
        if !leads.iter().all(|name| shows.contains(name)) {
            let remark = Remark::Link(excerpt(clean(shown)));
            collector.words(target, Manner::Prose, &Place::Line(*line), &[remark], &Said::default());
        }
        let Some(leads) = leads.first() else { continue };
        for name in shows.iter().filter(|name| *name != leads) {
            collector.remark(name, Scope::Domain, Remark::LeadsTo(leads.to_host()));
        }
    }
}

/// Whether a line may say of what kind a part of a mail is.
fn is_part(line: &[u8]) -> bool {
    line.get(..CONTENT.len()).is_some_and(|start| start.eq_ignore_ascii_case(CONTENT))
}

const CONTENT: &[u8] = b"content-type";
/// More than any mail has that a person wrote.
const MOST_PARTS: usize = 100;
const LONGEST_MAIL: usize = 32 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, gather};

    const MAIL: &str = "\
Return-Path: <anna@mail.example.com>\r
Received: from mx1.example.com by mx2.example.com\r
DKIM-Signature: v=1; d=amt.example.org; h=from\r
Message-ID: <1@mail.example.com>\r
From: Anna <anna@amt.example.org>\r
Subject: =?utf-8?Q?nudify.example.com_gepr=C3=BCft?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=\"limit\"\r
\r
--limit\r
Content-Type: multipart/alternative; boundary=\"inner\"\r
\r
--inner\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
Bitte sperren: hxxps://undr=\r
ess[.]example.net/ und b=FCcher.de\r
--inner\r
Content-Type: text/html\r
\r
<p>Bitte <a href=\"https://tracker.com\">sperren</a></p>\r
--inner--\r
--limit\r
Content-Type: text/csv; name=\"liste.csv\"\r
Content-Disposition: attachment; filename=\"liste.csv\"\r
\r
domain\r
other.com\r
--limit--\r
";

    #[test]
    fn a_received_mail_gives_its_text_alone() {
        let found = gather(MAIL.as_bytes(), &Asked::default()).unwrap();
        let names: Vec<String> = found.candidates.iter().map(|it| it.name.to_host()).collect();
        assert_eq!(names, ["nudify.example.com", "undress.example.net", "xn--bcher-kva.de", "tracker.com"]);
        assert_eq!(found.candidates[3].remarks, [Remark::Link("sperren".into())]);
        assert_eq!(found.notes, [Note::Attachment("liste.csv".into())]);
    }

    #[test]
    fn a_mail_that_is_a_web_page_gives_what_it_shows() {
        let page = "<style>a.com{}</style><p>bad.com</p><div>worse.com</div>worst.com<br>last.com\
                    <table><tr><td>17</td><td>one.com</td><td>two.com</td></tr></table>";
        let mail = format!("From: a@b.de\nSubject: x\nContent-Type: text/html\n\n{page}");
        let found = gather(mail.as_bytes(), &Asked::default()).unwrap();
        let names: Vec<String> = found.candidates.iter().map(|it| it.name.to_host()).collect();
        assert_eq!(names, ["bad.com", "worse.com", "worst.com", "last.com", "one.com", "two.com"]);
    }

    #[test]
    fn a_link_gives_what_it_shows_and_where_it_leads() {
        let link = "<a href=\"https://evil.com/x\">victim.com</a>, <a href='https://same.com'>same.com</a>";
        let page = format!("From: a@b.de\nSubject: x\nContent-Type: text/html\n\n{link}");
        let both = format!(
            "From: a@b.de\nSubject: x\nContent-Type: multipart/alternative; boundary=x\n\n\
             --x\nContent-Type: text/plain\n\nvictim.com, same.com\n\
             --x\nContent-Type: text/html\n\n{link}\n--x--\n"
        );
        for mail in [page, both] {
            let found = gather(mail.as_bytes(), &Asked::default()).unwrap();
            let shown: Vec<(String, &[Remark])> =
                found.candidates.iter().map(|it| (it.name.to_host(), &*it.remarks)).collect();
            let expected: [(String, &[Remark]); 3] = [
                ("victim.com".into(), &[Remark::LeadsTo("evil.com".into())]),
                ("same.com".into(), &[]),
                ("evil.com".into(), &[Remark::Page("/x".into()), Remark::Link("victim.com".into())]),
            ];
            assert_eq!(shown, expected, "{mail}");
        }
    }

    #[test]
    fn mails_in_mails_have_an_end() {
        let head = "From: a@b.de\nTo: c@d.de\n";
        let nested = format!("{head}{}\n\nbad.com", "Content-Type: message/rfc822\n\n".repeat(100_000));
        assert!(gather(nested.as_bytes(), &Asked::default()).is_err());
        let nested = format!("{head}{}\n\nbad.com", "Content-Type: message/rfc822\n\n".repeat(99));
        drop(gather(nested.as_bytes(), &Asked::default()));
        let wide = format!(
            "{head}Content-Type: multipart/mixed; boundary=a\n\n{}",
            "--a\n\nbad.com\n".repeat(10_000)
        );
        drop(gather(wide.as_bytes(), &Asked::default()));
    }
}
