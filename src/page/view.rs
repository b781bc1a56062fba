//! The documents: HTML of what the page says. Nothing of the request reaches this file but its language and its door.
//!
//! `maud` escapes every value that is put between its braces, so that a list can be read and not obeyed; the
//! exceptions are our own stylesheet and script, whose hashes are in the Content-Security-Policy, and a picture.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::config::Site;
use super::doors::Door;
use super::help::{Help, Resource};
use super::language::{Languages, Localised, best};
use super::notice::{Notice, Record, line, paragraph};
use super::text::{Direction, Language, Text};

/// The only stylesheet, set into every document.
pub(super) const STYLE: &str = include_str!("style.css");
/// The only script: leaves the page when Escape is pressed three times. All works without it.
pub(super) const SCRIPT: &str = include_str!("leave.js");

/// A picture for those who cannot read the word beside it.
const GLOBE: &str = "<svg viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" aria-hidden=\"true\" fill=\"none\" \
    stroke=\"currentColor\" stroke-width=\"1.5\"><circle cx=\"10\" cy=\"10\" r=\"8\"/><ellipse cx=\"10\" cy=\"10\" rx=\"3.5\" \
    ry=\"8\"/><path d=\"M2 10h16\"/></svg>";

/// All that the documents for one reader are made of.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) help: &'a Help,
    pub(super) languages: &'a Languages,
    pub(super) language: &'a Language,
    pub(super) text: &'a Text,
    /// Where the reader is, for the links that only change the language.
    pub(super) door: Option<Door>,
}

impl View<'_> {
    /// The warning page.
    pub(super) fn blocked(&self, notice: &Notice) -> Markup {
        let text = self.text;
        let is_unlawful = notice.legal_basis.as_deref().and_then(line).is_some();
        let doors: &[Door] = if notice.is_nudification() {
            &[Door::Image, Door::Worry, Door::Mistake]
        } else {
            &[Door::Talk, Door::Mistake]
        };
        let content = html! {
            (self.logo())
            h1 { @if is_unlawful { (text.block_unlawful) } @else { (text.block_plain) } }
            (self.reason(notice))
            (self.doors(doors))
            (self.decision(notice))
            @if notice.is_nudification() { (self.for_teachers()) }
        };
        self.document(text.block_title, content, false)
    }

    /// What the service itself is, on the page's own name.
    pub(super) fn about(&self) -> Markup {
        let text = self.text;
        let content = html! {
            (self.logo())
            h1 { (text.about_heading) }
            p.lead { (text.about_what) }
            @if let Some(operator) = &self.site.operator {
                p { (self.language.run_by(operator)) }
            }
            (self.doors(&[Door::Image, Door::Talk, Door::Worry]))
            h2 { (text.about_told_heading) }
            p { (text.about_told) }
            h2 { (text.about_kept_heading) }
            p { (text.about_kept) }
            h2 { (text.about_contest_heading) }
            p { (text.about_contest) }
            (self.contact())
            (self.for_teachers())
        };
        self.document(text.about_title, content, false)
    }

    /// The public record of a case.
    pub(super) fn record(&self, records: &[Record]) -> Markup {
        let text = self.text;
        let content = html! {
            h1 { (text.record_heading) }
            @if records.is_empty() {
                p.lead { (text.record_none) }
            } @else {
                p { (text.record_in_force) }
                @for record in records {
                    section.decision { dl {
                        (self.facts(&record.notice))
                        (row(text.record_rules, html! { (record.rules) }))
                        @if record.names.is_empty() {
                            (row(text.record_service, html! { (text.record_service_withheld) }))
                        } @else {
                            (row(text.record_service, html! {
                                @for name in &record.names { bdi dir="ltr" { (name) } br; }
                            }))
                        }
                    } (self.appeal(&record.notice)) }
                }
            }
            p.back { a href={ "/?lang=" (self.language.tag) } { (text.back) } }
        };
        self.document(text.record_title, content, false)
    }

    /// A page of one sentence; `explain` adds a link to the page about the service.
    pub(super) fn short(&self, (heading, sentence): (&str, &str), explain: bool) -> Markup {
        let content = html! {
            h1 { (heading) }
            p.lead { (sentence) }
            @if explain {
                p { a href={ "/?lang=" (self.language.tag) } { (self.text.about_title) } }
            }
        };
        self.document(heading, content, false)
    }

    /// What stands around every content; `gives_help` says that services from the directory are in it.
    pub(super) fn document(&self, title: &str, content: Markup, gives_help: bool) -> Markup {
        let text = self.text;
        let direction = match text.direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        html! {
            (DOCTYPE)
            html lang=(self.language.tag) dir=(direction) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        p {
                            a.leave href=(self.site.exit.href(None)) rel="noreferrer" { (text.leave) }
                            small { (text.leave_note) " " span #key hidden { (text.leave_key) } }
                        }
                        a.languages href="#languages" { (PreEscaped(GLOBE)) (text.languages) }
                    }
                    main { (content) }
                    footer {
                        nav #languages aria-label=(text.languages) { (self.switches()) }
                        p { (text.private) }
                        @if gives_help { p { (self.language.help_dated(self.help.dated())) } }
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    /// The address, relative to where the reader is, of a door, or of the page that it leads from.
    pub(super) fn address(&self, door: Option<Door>) -> String {
        address(door, self.language.tag)
    }

    /// Plain links to the same page in every language, this one too, so that they stay where they are.
    fn switches(&self) -> Markup {
        html! {
            ul {
                @for language in self.languages.all() {
                    li {
                        @if language.tag == self.language.tag {
                            strong lang=(language.tag) aria-current="true" { (language.name()) }
                        } @else {
                            a href=(address(self.door, language.tag)) lang=(language.tag) hreflang=(language.tag) {
                                (language.name())
                            }
                        }
                    }
                }
            }
        }
    }

    fn doors(&self, doors: &[Door]) -> Markup {
        html! {
            nav.doors aria-label=(self.text.doors) {
                @for door in doors { a href=(self.address(Some(*door))) { (door.label(self.text)) } }
            }
        }
    }

    fn for_teachers(&self) -> Markup {
        html! { p { a href=(self.address(Some(Door::Teachers))) { (Door::Teachers.label(self.text)) } } }
    }

    fn logo(&self) -> Markup {
        html! {
            @if let (Some(logo), Some(operator)) = (&self.site.logo, &self.site.operator) {
                img.logo src=(logo) alt=(operator);
            }
        }
    }

    /// Why the service is blocked, in a sentence or two.
    fn reason(&self, notice: &Notice) -> Markup {
        let text = self.text;
        let own = self.best(&notice.texts).and_then(|(tag, words)| Some((tag, paragraph(words)?)));
        let has_authority = notice.authority.as_deref().and_then(line).is_some();
        html! {
            @if notice.is_nudification() { p.lead { (text.block_harm) } }
            @if let Some((tag, words)) = own {
                p dir="auto" lang=[self.foreign(Some(tag))] { (words) }
            } @else if !has_authority {
                p { (text.block_by_operator) }
            } @else if !notice.is_nudification() {
                p { (text.block_by_authority) }
            }
        }
    }

    /// Who decided, under which law, and the number to quote.
    fn decision(&self, notice: &Notice) -> Markup {
        html! {
            section.decision aria-labelledby="decision" {
                h2 #decision { (self.text.decision) }
                dl { (self.facts(notice)) }
            }
        }
    }

    fn facts(&self, notice: &Notice) -> Markup {
        let text = self.text;
        let authority = notice.authority.as_deref().and_then(line);
        let title = self.best(&notice.titles).and_then(|(tag, title)| Some((Some(tag), line(title)?)));
        let (tag, list) = title.unwrap_or_else(|| (None, line(&notice.list).unwrap_or_default()));
        html! {
            (row(text.decided_by, match &authority {
                Some(authority) => html! {
                    bdi { (authority) }
                    @if let Some(code) = notice.country() { " (" (self.language.region(code)) ")" }
                },
                None => html! { bdi { (self.site.operator.as_deref().unwrap_or(text.operator)) } },
            }))
            @if let Some(law) = notice.legal_basis.as_deref().and_then(line) {
                (row(text.legal_basis, html! { bdi { (law) } }))
            }
            @if let Some(reference) = notice.reference.as_deref().and_then(line) {
                (row(text.reference, html! { bdi { (reference) } }))
            }
            @if let Some(listed) = notice.listed { (row(text.listed, self.day(listed))) }
            @if let Some(expires) = notice.expires { (row(text.expires, self.day(expires))) }
            @if !list.is_empty() {
                (row(text.list, html! { bdi lang=[self.foreign(tag)] { (list) } }))
            }
        }
    }

    pub(super) fn localised(&self, text: &Localised) -> Markup {
        if let Localised::Same(id) = text
            && let Some(words) = self.text.help(id)
        {
            return html! { (words) };
        }
        match text.text(self.language.tag, self.languages.default().tag) {
            Some((tag, words)) => match self.foreign(tag) {
                Some(tag) => html! { bdi lang=(tag) { (words) } },
                None => html! { (words) },
            },
            None => html! {},
        }
    }

    /// The languages of a service that does not speak the reader's.
    pub(super) fn foreign_languages(&self, resource: &Resource) -> impl Iterator<Item = &Language> {
        let speaks = |language: &Language| resource.languages.iter().any(|tag| tag == language.tag);
        let foreign = !speaks(self.language);
        self.languages.all().iter().filter(move |language| foreign && speaks(language))
    }

    fn best<'t>(&self, texts: &'t BTreeMap<String, String>) -> Option<(&'t str, &'t str)> {
        best(texts, self.language.tag, self.languages.default().tag)
    }

    /// The tag of a text that is not in the language of the page, for its `lang`.
    fn foreign<'t>(&self, tag: Option<&'t str>) -> Option<&'t str> {
        tag.filter(|tag| tag.len() <= 35 && !tag.eq_ignore_ascii_case(self.language.tag))
    }

    fn day(&self, moment: Timestamp) -> Markup {
        let date: Date = moment.to_zoned(TimeZone::UTC).date();
        html! { time datetime=(date.to_string()) { (self.language.date(date)) } }
    }
}

fn address(door: Option<Door>, language: &str) -> String {
    match door {
        Some(door) => format!("?door={}&lang={language}", door.word()),
        None => format!("?lang={language}"),
    }
}

fn row(term: &str, description: Markup) -> Markup {
    html! { div { dt { (term) } dd { (description) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::language::FILES;
    use crate::page::{Config, Known, Page};
    use crate::policy::Readers;

    const HOSTILE: &str = "</style><script>alert(1)</script>\"'><img src=x onerror=y>&amp;\u{202e}";

    const LONGEST: usize = 20_000;
    const DOORS: [Door; 5] = [Door::Image, Door::Talk, Door::Worry, Door::Mistake, Door::Teachers];

    fn view<T>(
        language: &str,
        country: Option<&str>,
        readers: Readers,
        look: impl FnOnce(View<'_>) -> T,
    ) -> T {
        let config = Config { country: country.map(str::to_owned), ..Config::default() };
        let languages = Languages::new(language).unwrap();
        let site = config.check(None).unwrap();
        let help = Help::built_in().unwrap();
        let language = languages.default();
        let text = language.text(readers);
        look(View { site: &site, help: &help, languages: &languages, language, text, door: None })
    }

    fn blocked(language: &str, notice: &Notice) -> String {
        view(language, None, Readers::Anyone, |view| view.blocked(notice).into_string())
    }

    fn behind(language: &str, country: Option<&str>, door: Door, notice: &Notice) -> String {
        let look =
            |view: View<'_>| View { door: Some(door), ..view }.behind(door, Some(notice)).into_string();
        view(language, country, Readers::Anyone, look)
    }

    /// Every document that there is in a language.
    fn all(language: &str, readers: Readers) -> Vec<String> {
        view(language, None, readers, |view| {
            let records = [Record { notice: full(), rules: 2, names: vec!["a.example".into()] }];
            let whole = [
                view.blocked(&full()),
                view.blocked(&Notice::default()),
                view.about(),
                view.record(&records),
                view.record(&[]),
                view.short((view.text.missing, view.text.missing_sentence), true),
            ];
            let behind = DOORS.map(|door| view.behind(door, Some(&full())));
            whole.into_iter().chain(behind).map(maud::PreEscaped::into_string).collect()
        })
    }

    fn by_language(english: &str, french: &str) -> BTreeMap<String, String> {
        [("en", english), ("fr", french)].map(|(tag, text)| (tag.to_owned(), text.to_owned())).into()
    }

    fn full() -> Notice {
        Notice {
            list: "fr/nudification".into(),
            titles: by_language("The title", "Le titre"),
            texts: by_language("The text", "Le texte"),
            authority: Some("The authority".into()),
            jurisdiction: Some("FR".into()),
            legal_basis: Some("The law".into()),
            reference: Some("2026-17".into()),
            listed: Some("2026-11-03T23:59:59Z".parse().unwrap()),
            expires: Some("2027-11-03T00:00:00Z".parse().unwrap()),
            category: Some("nudification".into()),
            appeal: Some("mailto:appeal@authority.example".into()),
        }
    }

    #[test]
    fn all_that_is_known_is_said() {
        let page = blocked("en", &full());
        for part in [
            "<html lang=\"en\" dir=\"ltr\">",
            "unlawful here",
            "false nude images",
            "The text",
            "<bdi>The authority</bdi> (France)",
            "<bdi>The law</bdi>",
            "<bdi>2026-17</bdi>",
            "<time datetime=\"2026-11-03\">3 November 2026</time>",
            "<time datetime=\"2027-11-03\">3 November 2027</time>",
            "<bdi>The title</bdi>",
            "href=\"?door=image&amp;lang=en\"",
            "href=\"?door=worry&amp;lang=en\"",
            "href=\"?door=mistake&amp;lang=en\"",
            "href=\"?door=teachers&amp;lang=en\"",
            "href=\"?lang=fr\"",
            "href=\"https://www.wikipedia.org/\"",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let french = blocked("fr", &full());
        for part in ["<html lang=\"fr\"", "Le texte", "Le titre", "3 novembre 2026"] {
            assert!(french.contains(part), "{part}");
        }
        assert!(blocked("ar", &full()).contains("<html lang=\"ar\" dir=\"rtl\">"));
    }

    #[test]
    fn each_door_leads_to_its_help() {
        let said = [
            (Door::Image, "You are not alone", "href=\"tel:3018\""),
            (Door::Talk, "Someone will listen", "href=\"https://findahelpline.com/\""),
            (Door::Worry, "Stop here", "stopitnow.org.uk"),
            (Door::Mistake, "by accident", ""),
            (Door::Teachers, "In class", "href=\"https://takeitdown.ncmec.org/\""),
        ];
        for (door, words, address) in said {
            let page = behind("en", None, door, &full());
            assert!(page.contains(words), "{door:?}");
            assert!(page.contains(address), "{door:?}");
            assert!(page.contains("href=\"?lang=en\""), "a way back");
            assert!(
                page.contains(&format!("href=\"?door={}&amp;lang=fr\"", door.word())),
                "another language"
            );
        }
        let mistake = behind("en", None, Door::Mistake, &full());
        for part in [
            "href=\"mailto:appeal@authority.example?subject=Request%20for%20review%3A%202026-17\"",
            "<bdi>2026-17</bdi>",
            "href=\"/record/2026-17?lang=en\"",
        ] {
            assert!(mistake.contains(part), "{part}");
        }
    }

    #[test]
    fn children_are_told_in_their_words() {
        let page = view("en", None, Readers::Pupils, |view| view.blocked(&full()).into_string());
        assert!(page.contains("against the law here") && page.contains("fake naked pictures"));
        assert!(!page.contains("unlawful"));
    }

    #[test]
    fn a_bare_list_reads_well() {
        let notice = Notice { list: "school-games".into(), ..Notice::default() };
        let page = blocked("en", &notice);
        for part in [
            "blocked on this network",
            "a list chosen by the operator",
            "school-games",
            "I need to talk to someone",
        ] {
            assert!(page.contains(part), "{part}");
        }
        for part in
            ["unlawful", "nude", "Law<", "Case number", "Blocked since", "door=worry", "mailto:", "<dd></dd>"]
        {
            assert!(!page.contains(part), "{part}");
        }
        let blank = Notice { authority: Some(" ".into()), legal_basis: Some("\n".into()), ..notice.clone() };
        assert_eq!(blocked("en", &blank), page);
        let decided = Notice { authority: Some("A court".into()), ..notice };
        assert!(blocked("en", &decided).contains("An authority decided"));
    }

    #[test]
    fn the_configured_country_wins_over_that_of_the_list() {
        let page = behind("en", Some("GB"), Door::Image, &full());
        assert!(page.contains("Report Remove") && page.contains("tel:999"));
        assert!(!page.contains("tel:3018") && !page.contains("tel:112"));
    }

    #[test]
    fn a_record_withholds_the_name_unless_that_is_public() {
        let mut record = Record { notice: full(), rules: 3, names: vec![] };
        let page = |record: &Record| {
            view("en", None, Readers::Anyone, |view| view.record(std::slice::from_ref(record)).into_string())
        };
        let withheld = page(&record);
        for part in
            ["<bdi>2026-17</bdi>", "<bdi>The law</bdi>", "<dd>3</dd>", "Not shown", "mailto:appeal@authority"]
        {
            assert!(withheld.contains(part), "{part}");
        }
        record.names = vec!["secret.example".into()];
        let public = page(&record);
        assert!(public.contains("secret.example") && !public.contains("Not shown"));
        let none = view("en", None, Readers::Anyone, |view| view.record(&[]).into_string());
        assert!(none.contains("No list in force"));
    }

    #[test]
    fn hostile_texts_are_shown_and_not_obeyed() {
        let text = Some(HOSTILE.repeat(1_000));
        let notice = Notice {
            list: HOSTILE.repeat(1_000),
            titles: [(HOSTILE.to_owned(), HOSTILE.repeat(1_000))].into(),
            texts: [(HOSTILE.repeat(1_000), HOSTILE.repeat(1_000))].into(),
            authority: text.clone(),
            jurisdiction: text.clone(),
            legal_basis: text.clone(),
            reference: text.clone(),
            listed: Some(jiff::Timestamp::MIN),
            expires: Some(jiff::Timestamp::MAX),
            category: Some("nudification".into()),
            appeal: Some("javascript:alert(1)".into()),
        };
        for (tag, _) in FILES {
            let mistake = behind(tag, None, Door::Mistake, &notice);
            let page = blocked(tag, &notice);
            assert!(page.contains("&lt;script&gt;"));
            for page in [page, mistake] {
                for part in ["<script>alert", "<img", "javascript:", "\u{202e}"] {
                    assert!(!page.contains(part), "{part}");
                }
                assert_eq!(page.matches("</style>").count(), 1);
                assert!(page.len() <= LONGEST, "{tag}: {}", page.len());
            }
        }
    }

    #[test]
    fn every_document_is_small_fetches_nothing_and_has_headings_that_step_by_one() {
        for (tag, _) in FILES {
            for page in [all(tag, Readers::Anyone), all(tag, Readers::Pupils)].concat() {
                assert!(page.len() <= LONGEST, "{tag}: {}", page.len());
                for part in
                    ["<img", "<link", "<form", "<iframe", " src=", " style=", "url(", "@import", "{ $"]
                {
                    assert!(!page.contains(part), "{part}");
                }
                assert_eq!(page.matches("<script").count(), 1);
                let levels: Vec<u8> = ["<h1", "<h2", "<h3"]
                    .iter()
                    .flat_map(|tag| page.match_indices(tag))
                    .collect::<BTreeMap<usize, &str>>()
                    .values()
                    .map(|tag| tag.as_bytes()[2] - b'0')
                    .collect();
                assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
                assert_eq!(levels[0], 1);
                assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
                for anchor in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor}");
                }
            }
        }
    }

    #[test]
    fn operator_contact_and_logo_are_shown() {
        let config: Config =
            toml::from_str("operator = 'A <b> school'\ncontact = 'mailto:it@school.example'").unwrap();
        let page = Page::new(&config, Help::built_in().unwrap(), Some(b"<svg/>")).unwrap();
        let request = http::Request::builder().header("host", "rempart.invalid").body(()).unwrap();
        let response = page.respond(&request, Readers::Anyone, Known::Nothing);
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("img-src data:;"), "{policy}");
        let body = String::from_utf8(response.into_body().to_vec()).unwrap();
        assert!(body.contains("run by \u{2068}A &lt;b&gt; school\u{2069}."));
        assert!(body.contains("<a href=\"mailto:it@school.example\">it@school.example</a>"));
        assert!(body.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"A &lt;b&gt; school\""));
    }
}
