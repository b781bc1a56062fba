//! Mails that are web pages: what they show, line by line, and where their links lead.
//!
//! What a link shows and where it leads are two things, either of which may be meant, and who misleads makes them
//! differ. So both are handed over. Nothing else of a page is needed, so there is no tree of elements: text is divided
//! by all elements but those that stand within a line.

use std::ops::Range;

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

/// A page, as far as it can hold names.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What it shows: each block, and each cell of a table, is a line of its own.
    pub(super) text: String,
    /// In the order in which they begin.
    pub(super) links: Vec<Link>,
    /// The link within which the text goes on.
    open: Option<Link>,
    /// The lines of the text that are ended.
    lines: u64,
}

/// A link of a page.
#[derive(Debug)]
pub(super) struct Link {
    /// The line of the text in which it begins, from 1.
    pub(super) line: u64,
    /// What it shows, as a part of the text.
    pub(super) shown: Range<usize>,
    /// Where it leads, as it stands there.
    pub(super) target: String,
}

/// Elements that stand within a line, and divide nothing.
const WITHIN_LINES: [&[u8]; 27] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"del", b"dfn", b"em", b"font", b"i",
    b"ins", b"kbd", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup", b"u", b"var",
    b"wbr",
];
/// Elements of which nothing is shown.
const UNSHOWN: [&[u8]; 4] = [b"script", b"style", b"template", b"title"];

/// Reads a page. What is broken in it is read as browsers do.
pub(super) fn read(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut unshown = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match (token, &unshown) {
            (Token::EndTag(EndTag { name, .. }), Some(element)) if name == *element => unshown = None,
            (_, Some(_)) => {}
            (Token::StartTag(tag), None) => {
                page.begin(&tag);
                unshown = UNSHOWN.contains(&tag.name.as_slice()).then_some(tag.name);
            }
            (Token::EndTag(tag), None) => page.divide(&tag.name),
            (Token::String(text), None) => page.show(&String::from_utf8_lossy(&text)),
            (Token::Comment(_) | Token::Doctype(_) | Token::Error(_), None) => {}
        }
    }
    page.close();
    page
}

impl Page {
    fn begin(&mut self, tag: &StartTag<()>) {
        self.divide(&tag.name);
        if tag.name.as_slice() != b"a" {
            return;
        }
        let target = tag.attributes.iter().find(|(name, _)| name.as_slice() == b"href");
        let target = target.map(|(_, target)| String::from_utf8_lossy(target).trim().to_owned());
        let (line, here) = (self.lines + 1, self.text.len());
        self.open =
            target.filter(|it| it.contains('.')).map(|target| Link { line, shown: here..here, target });
    }

    /// Where an element begins or ends, so does a line, but within one; a link ends at its end and where the next begins.
    fn divide(&mut self, element: &[u8]) {
        if element == b"a" {
            self.close();
        }
        if !WITHIN_LINES.contains(&element) && !self.is_at_start() {
            self.text.push('\n');
            self.lines += 1;
        }
    }

    fn close(&mut self) {
        let link = self.open.take();
        self.links.extend(link.map(|link| Link { shown: link.shown.start..self.text.len(), ..link }));
    }

    fn is_at_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Adds text, with one space for all that stand there.
    fn show(&mut self, text: &str) {
        for piece in text.split_inclusive(|letter: char| letter.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|letter: char| letter.is_ascii_whitespace());
            self.text.push_str(word);
            if word.len() < piece.len() && !self.is_at_start() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }
}

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
            ("a.\n  com &lt;b&#46;com&gt; &amp &x; &", "a. com <b.com> & &x; &"),
            ("a<!-- x.com > -->.com<!DOCTYPE x><?x?>", "a.com"),
            ("<style>x.com{}</style><SCRIPT>'</p>'</script>a.com<title>t", "a.com\n"),
            ("1 < 2 <3 a.com", "1 < 2 <3 a.com"),
            ("<template><p>x.com</p></template>a.com", "a.com"),
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
