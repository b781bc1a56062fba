//! Mails that are web pages: what they show, line by line, and where their links lead.
//!
//! What a link shows and where it leads are two things, either of which may be meant, and who misleads makes them
//! differ. So both are handed over. Nothing else of a page is needed, so there is no tree of elements: text is divided
//! by all elements but those that stand within a line.

use std::borrow::Cow;
use std::ops::Range;

use mail_parser::decoders::html::add_html_token;

/// A page, as far as it can hold names.
#[derive(Debug, Default)]
pub(super) struct Page<'h> {
    /// What it shows: each block, and each cell of a table, is a line of its own.
    pub(super) text: String,
    pub(super) links: Vec<Link<'h>>,
}

/// A link of a page.
#[derive(Debug)]
pub(super) struct Link<'h> {
    /// The line of the text in which it begins, from 1.
    pub(super) line: u64,
    /// What it shows, as a part of the text.
    pub(super) shown: Range<usize>,
    /// Where it leads, as it stands there.
    pub(super) target: Cow<'h, str>,
}

/// Elements that stand within a line, and divide nothing.
const WITHIN_LINES: [&str; 27] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
];
/// Elements of which nothing is shown.
const UNSHOWN: [&str; 4] = ["script", "style", "template", "title"];

/// Reads a page. What is broken in it is read as browsers do, as far as that matters.
pub(super) fn read(html: &str) -> Page<'_> {
    let mut page = Page::default();
    let (mut rest, mut line, mut open) = (html, 1, None::<Link<'_>>);
    while let Some(at) = rest.find('<') {
        page.show(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::of(rest) else {
            // A comment, or a sign that begins no tag.
            let length = comment(rest);
            if length == 1 {
                page.text.push('<');
            }
            rest = &rest[length..];
            continue;
        };
        rest = &rest[tag.length..];
        if tag.is("a") {
            page.close(open.take());
            let target = tag.attribute("href").filter(|target| target.contains('.'));
            open = target.map(|target| Link { line, shown: page.text.len()..page.text.len(), target });
        }
        if !tag.closes && UNSHOWN.iter().any(|name| tag.is(name)) {
            rest = behind(rest, tag.name);
        }
        if !WITHIN_LINES.iter().any(|name| tag.is(name)) && !page.is_at_start() {
            page.text.push('\n');
            line += 1;
        }
    }
    page.show(rest);
    page.close(open);
    page
}

impl Page<'_> {
    fn is_at_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Adds text, with one space for all that stand there, and the letters that entities stand for.
    fn show(&mut self, text: &str) {
        for piece in text.split_inclusive(|letter: char| letter.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|letter: char| letter.is_ascii_whitespace());
            self.text.push_str(&resolved(word));
            if word.len() < piece.len() && !self.is_at_start() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }
}

impl<'h> Page<'h> {
    fn close(&mut self, link: Option<Link<'h>>) {
        self.links.extend(link.map(|link| Link { shown: link.shown.start..self.text.len(), ..link }));
    }
}

/// A tag, of which a text begins.
struct Tag<'h> {
    name: &'h str,
    closes: bool,
    attributes: &'h str,
    /// With both of its brackets.
    length: usize,
}

impl<'h> Tag<'h> {
    fn of(text: &'h str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        if !inside.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return None;
        }
        let end = inside.find(|letter: char| letter.is_ascii_whitespace() || "/<>".contains(letter))?;
        let (name, attributes) = inside.split_at(end);
        let end = end_of(attributes, true).or_else(|| end_of(attributes, false))?;
        // What begins another tag ends a broken one.
        let bracket = usize::from(attributes[end..].starts_with('>'));
        let length = text.len() - attributes.len() + end + bracket;
        Some(Self { name, closes, attributes: &attributes[..end], length })
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute by its name; the first of equals counts.
    fn attribute(&self, wanted: &str) -> Option<Cow<'h, str>> {
        let is_between = |letter: char| letter.is_ascii_whitespace() || letter == '/';
        let mut rest = self.attributes.trim_start_matches(is_between);
        while !rest.is_empty() {
            let end = rest.find(|letter: char| is_between(letter) || letter == '=').unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_ascii_start();
            let mut value = "";
            if let Some(behind) = rest.strip_prefix('=') {
                let behind = behind.trim_ascii_start();
                let quote = behind.chars().next().filter(|letter| "\"'".contains(*letter));
                (value, rest) = match quote {
                    Some(quote) => behind[1..].split_once(quote).unwrap_or((&behind[1..], "")),
                    None => behind.split_at(
                        behind.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(behind.len()),
                    ),
                };
            }
            if name.eq_ignore_ascii_case(wanted) {
                return Some(resolved(value.trim()));
            }
            rest = rest.trim_start_matches(is_between);
        }
        None
    }
}

/// Where a tag ends: outside of values in quotes, or regardless of these where one is not closed.
fn end_of(attributes: &str, has_quotes: bool) -> Option<usize> {
    let (mut quote, mut before) = (None, b' ');
    for (at, octet) in attributes.bytes().enumerate() {
        match quote {
            Some(open) if open == octet => quote = None,
            Some(_) => {}
            None if matches!(octet, b'<' | b'>') => return Some(at),
            None if has_quotes && before == b'=' && matches!(octet, b'"' | b'\'') => quote = Some(octet),
            None => {}
        }
        if !octet.is_ascii_whitespace() {
            before = octet;
        }
    }
    None
}

/// The length of a comment or a declaration that a text begins with; of anything else, its first sign alone.
fn comment(text: &str) -> usize {
    let (end, behind) = match text.as_bytes() {
        [b'<', b'!', b'-', b'-', ..] => ("-->", 4),
        [b'<', b'!' | b'?' | b'/', ..] => (">", 2),
        _ => return 1,
    };
    text[behind..].find(end).map_or(text.len(), |at| behind + at + end.len())
}

/// What stands behind the end of an element of which nothing is shown.
fn behind<'h>(text: &'h str, name: &str) -> &'h str {
    let closes = |at: usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = text.match_indices("</").map(|(at, _)| at).find(|at| closes(*at));
    end.map_or("", |at| &text[at..])
}

/// A word with the letters that entities stand for.
fn resolved(word: &str) -> Cow<'_, str> {
    if !word.contains('&') {
        return Cow::Borrowed(word);
    }
    let mut plain = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST_ENTITY).position(|octet| octet == b';');
        let length = end.map_or(1, |end| end + 1);
        add_html_token(&mut plain, &rest.as_bytes()[..length], false);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

const LONGEST_ENTITY: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    fn links(html: &str) -> Vec<(u64, String, String)> {
        let page = read(html);
        page.links
            .iter()
            .map(|it| (it.line, page.text[it.shown.clone()].to_owned(), it.target.to_string()))
            .collect()
    }

    #[test]
    fn blocks_and_cells_are_lines_and_what_is_not_shown_is_none() {
        for (html, text) in [
            ("<div>a.com</div><div>b.com</div>", "a.com\nb.com\n"),
            ("a.com<br>b.com<BR/>c.com", "a.com\nb.com\nc.com"),
            ("<table><tr><td>a.com<td>b.com</table>c.com", "a.com\nb.com\nc.com"),
            ("<li>a.com</li><li>b.com</li>", "a.com\nb.com\n"),
            ("<b>a.</b><span style='x>y'>com</span>, b.com", "a.com, b.com"),
            ("a.\n  com &lt;b&#46;com&gt; &amp &x; &", "a. com <b.com> &amp &x; &"),
            ("a<!-- x.com > -->.com<!DOCTYPE x><?x?>", "a.com"),
            ("<style>x.com{}</style><SCRIPT>'</p>'</script>a.com<title>t", "a.com\n"),
            ("1 < 2 <3 a.com", "1 < 2 <3 a.com"),
            ("<p class='x>a.com</p><p>b.com", "a.com\nb.com"),
            ("<p <b>a.com", "a.com"),
        ] {
            assert_eq!(read(html).text, text, "{html}");
        }
    }

    #[test]
    fn links_show_something_and_lead_somewhere() {
        let link = |line, shown: &str, target: &str| (line, shown.to_owned(), target.to_owned());
        assert_eq!(
            links(
                "<p>see <a class=x HREF=\"https://a.com/?x&amp;y\"><b>b.com</b></a>\
                 <p><a href=https://c.com/>c</a><a href='#top'>d</a><a name=e.com>e</a><a href=\" f.com \">"
            ),
            [link(1, "b.com", "https://a.com/?x&y"), link(2, "c", "https://c.com/"), link(2, "", "f.com"),]
        );
        // A link that is not closed ends where the next begins.
        assert_eq!(links("<a href=a.com>x <a href=b.com>y"), [link(1, "x ", "a.com"), link(1, "y", "b.com")]);
        assert_eq!(links("<a title='href=\"x.com\"' href = 'a.com'>"), [link(1, "", "a.com")]);
    }

    #[test]
    fn nothing_that_is_long_takes_long_or_fails() {
        for piece in [
            "<",
            "<a ",
            "<a b='",
            "<a b=\"><a b='",
            "<!",
            "<!--",
            "</",
            "&",
            "&a",
            "<style>",
            "<a href=a.b>",
            "é<",
        ] {
            drop(read(&piece.repeat(200_000)));
        }
    }
}
