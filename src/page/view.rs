//! The documents: HTML of what the page says. Nothing of the request reaches this file but its language.
//!
//! `maud` escapes every value that is put between its braces, so that a list can be read and not obeyed; the
//! one exception is our own stylesheet, whose hash is in the Content-Security-Policy.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::config::Site;
use super::help::Help;
use super::language::{Language, Languages, Localised, best};
use super::notice::{Notice, line, paragraph};
use super::text::{Direction, Short};

/// The only stylesheet, set into every document.
pub(super) const STYLE: &str = include_str!("style.css");

/// All that the documents for one reader are made of.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) help: &'a Help,
    pub(super) languages: &'a Languages,
    pub(super) language: &'a Language,
}

impl View<'_> {
    /// The warning page.
    pub(super) fn blocked(&self, notice: &Notice) -> Markup {
        let text = &self.language.text;
        let country = self.site.country.as_deref().or(notice.country());
        let is_unlawful = notice.legal_basis.as_deref().and_then(line).is_some();
        let doors: &[(&str, &str)] = if notice.is_nudification() {
            &[("image", &text.doors.image), ("worry", &text.doors.worry), ("mistake", &text.doors.mistake)]
        } else {
            &[("talk", &text.doors.talk), ("mistake", &text.doors.mistake)]
        };
        let content = html! {
            h1 { @if is_unlawful { (text.block.unlawful) } @else { (text.block.blocked) } }
            (self.reason(notice))
            nav.doors aria-label=(text.doors.label) {
                @for (anchor, words) in doors { a href={ "#" (anchor) } { (words) } }
            }
            (self.decision(notice))
            @if notice.is_nudification() {
                (self.image(country))
                (self.worry(country))
            } @else {
                (self.talk(country))
            }
            (self.mistake(notice))
        };
        self.document(&text.block.title, content, true)
    }

    /// What the service itself is, on the page's own name.
    pub(super) fn about(&self) -> Markup {
        let text = &self.language.text;
        let content = html! {
            h1 { (text.about.heading) }
            p.lead { (text.about.what) }
            @if let Some(operator) = &self.site.operator {
                p { (text.about.run_by) " " bdi { (operator) } "." }
            }
            h2 { (text.about.told_heading) }
            p { (text.about.told) }
            h2 { (text.about.kept_heading) }
            p { (text.about.kept) }
            h2 { (text.about.contest_heading) }
            p { (text.about.contest) }
            (self.contact())
            (self.talk(self.site.country.as_deref()))
        };
        self.document(&text.about.title, content, true)
    }

    /// A page of one sentence; `explain` adds a link to the page about the service.
    pub(super) fn short(&self, short: &Short, explain: bool) -> Markup {
        let content = html! {
            h1 { (short.heading) }
            p.lead { (short.sentence) }
            @if explain {
                p { a href={ "/?lang=" (self.language.tag) } { (self.language.text.about.title) } }
            }
        };
        self.document(&short.heading, content, false)
    }

    /// What stands around every content; `gives_help` says that services from the directory are in it.
    fn document(&self, title: &str, content: Markup, gives_help: bool) -> Markup {
        let Language { tag, text } = self.language;
        let direction = match text.direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        html! {
            (DOCTYPE)
            html lang=(tag) dir=(direction) {
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
                            a.leave href=(self.site.exit.href(None)) rel="noreferrer" { (text.frame.leave) }
                            small { (text.frame.leave_note) }
                        }
                        nav aria-label=(text.frame.languages) { (self.switches()) }
                    }
                    main { (content) }
                    footer {
                        p { (text.frame.private) }
                        @if gives_help {
                            p { (text.frame.help_dated) " " (self.date(self.help.dated())) "." }
                        }
                    }
                }
            }
        }
    }

    /// Plain links to the same address in the other languages.
    fn switches(&self) -> Markup {
        let others = self.languages.all().iter().filter(|language| language.tag != self.language.tag);
        html! {
            @for Language { tag, text } in others {
                a href={ "?lang=" (tag) } lang=(tag) hreflang=(tag) { (text.name) }
            }
        }
    }

    /// Why the service is blocked, in a sentence or two.
    fn reason(&self, notice: &Notice) -> Markup {
        let text = &self.language.text.block;
        let own = self.best(&notice.texts).and_then(|(tag, words)| Some((tag, paragraph(words)?)));
        let has_authority = notice.authority.as_deref().and_then(line).is_some();
        html! {
            @if notice.is_nudification() { p.lead { (text.harm_of_nudification) } }
            @if let Some((tag, words)) = own {
                p dir="auto" lang=[self.foreign(Some(tag))] { (words) }
            } @else if !has_authority {
                p { (text.chosen_by_operator) }
            } @else if !notice.is_nudification() {
                p { (text.decided_by_authority) }
            }
        }
    }

    /// Who decided, under which law, and the number to quote.
    fn decision(&self, notice: &Notice) -> Markup {
        let text = &self.language.text.block;
        let authority = notice.authority.as_deref().and_then(line);
        let title = self.best(&notice.titles).and_then(|(tag, title)| Some((Some(tag), line(title)?)));
        let (tag, list) = title.unwrap_or_else(|| (None, line(&notice.list).unwrap_or_default()));
        html! {
            section.decision aria-labelledby="decision" {
                h2 #decision { (text.decision) }
                dl {
                    (row(&text.decided_by, match &authority {
                        Some(authority) => html! {
                            bdi { (authority) }
                            @if let Some(code) = notice.country() { " (" (self.region(code)) ")" }
                        },
                        None => html! { bdi { (self.site.operator.as_deref().unwrap_or(&text.operator)) } },
                    }))
                    @if let Some(law) = notice.legal_basis.as_deref().and_then(line) {
                        (row(&text.legal_basis, html! { bdi { (law) } }))
                    }
                    @if let Some(reference) = notice.reference.as_deref().and_then(line) {
                        (row(&text.reference, html! { bdi { (reference) } }))
                    }
                    @if let Some(listed) = notice.listed {
                        (row(&text.listed, self.date(listed.to_zoned(TimeZone::UTC).date())))
                    }
                    @if !list.is_empty() {
                        (row(&text.list, html! { bdi lang=[self.foreign(tag)] { (list) } }))
                    }
                }
            }
        }
    }

    pub(super) fn localised(&self, text: &Localised) -> Markup {
        match text.text(self.language.tag, self.languages.default().tag) {
            Some((tag, words)) => match self.foreign(tag) {
                Some(tag) => html! { bdi lang=(tag) { (words) } },
                None => html! { (words) },
            },
            None => html! {},
        }
    }

    fn best<'t>(&self, texts: &'t BTreeMap<String, String>) -> Option<(&'t str, &'t str)> {
        best(texts, self.language.tag, self.languages.default().tag)
    }

    /// The tag of a text that is not in the language of the page, for its `lang`.
    fn foreign<'t>(&self, tag: Option<&'t str>) -> Option<&'t str> {
        tag.filter(|tag| tag.len() <= 35 && !tag.eq_ignore_ascii_case(self.language.tag))
    }

    pub(super) fn region<'t>(&'t self, code: &'t str) -> &'t str {
        self.language.text.regions.get(code).map_or(code, String::as_str)
    }

    fn date(&self, date: Date) -> Markup {
        let month = self.language.text.months.get(usize::from(date.month().unsigned_abs()) - 1);
        let words = format!("{} {} {}", date.day(), month.map_or("", String::as_str), date.year());
        html! { time datetime=(date.to_string()) { (words) } }
    }
}

fn row(term: &str, description: Markup) -> Markup {
    html! { div { dt { (term) } dd { (description) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::help::Need;
    use crate::page::{Config, Page};

    const HOSTILE: &str = "</style><script>alert(1)</script>\"'><img src=x onerror=y>&amp;\u{202e}";

    fn view<T>(language: &str, country: Option<&str>, look: impl FnOnce(&View<'_>) -> T) -> T {
        let config = Config { country: country.map(str::to_owned), ..Config::default() };
        let languages = Languages::new(language).unwrap();
        let site = config.check().unwrap();
        let help = Help::built_in().unwrap();
        look(&View { site: &site, help: &help, languages: &languages, language: languages.default() })
    }

    fn blocked(language: &str, country: Option<&str>, notice: &Notice) -> String {
        view(language, country, |view| view.blocked(notice).into_string())
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
            category: Some("nudification".into()),
            appeal: Some("mailto:appeal@authority.example".into()),
        }
    }

    #[test]
    fn all_that_is_known_is_said() {
        let page = blocked("en", None, &full());
        for part in [
            "<html lang=\"en\" dir=\"ltr\">",
            "unlawful here",
            "false nude images",
            "The text",
            "<bdi>The authority</bdi> (France)",
            "<bdi>The law</bdi>",
            "<bdi>2026-17</bdi>",
            "<time datetime=\"2026-11-03\">3 November 2026</time>",
            "<bdi>The title</bdi>",
            "href=\"mailto:appeal@authority.example?subject=Request%20for%20review%3A%202026-17\"",
            "You are not alone",
            "href=\"tel:3018\"",
            "href=\"?lang=fr\"",
            "href=\"https://www.wikipedia.org/\"",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let french = blocked("fr", None, &full());
        for part in
            ["<html lang=\"fr\"", "illégal ici", "Le texte", "Le titre", "3 novembre 2026", "pas votre faute"]
        {
            assert!(french.contains(part), "{part}");
        }
    }

    #[test]
    fn a_bare_list_reads_well() {
        let notice = Notice { list: "school-games".into(), ..Notice::default() };
        let page = blocked("en", None, &notice);
        for part in [
            "blocked on this network",
            "a list chosen by the operator",
            "school-games",
            "I need to talk to someone",
        ] {
            assert!(page.contains(part), "{part}");
        }
        for part in [
            "unlawful",
            "nude",
            "Law<",
            "Case number",
            "Blocked since",
            "Stop It Now",
            "mailto:",
            "<dd></dd>",
        ] {
            assert!(!page.contains(part), "{part}");
        }
        let blank = Notice { authority: Some(" ".into()), legal_basis: Some("\n".into()), ..notice.clone() };
        assert_eq!(blocked("en", None, &blank), page);
        let decided = Notice { authority: Some("A court".into()), ..notice };
        assert!(blocked("en", None, &decided).contains("An authority decided"));
    }

    #[test]
    fn the_configured_country_wins_over_that_of_the_list() {
        let page = blocked("en", Some("GB"), &full());
        assert!(page.contains("Report Remove") && page.contains("tel:999"));
        assert!(!page.contains("tel:3018") && !page.contains("tel:112"));
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
            category: Some("nudification".into()),
            appeal: Some("javascript:alert(1)".into()),
        };
        for tag in ["en", "fr"] {
            let page = blocked(tag, None, &notice);
            assert!(page.contains("&lt;script&gt;"));
            for part in ["<script", "<img", "javascript:", "\u{202e}"] {
                assert!(!page.contains(part), "{part}");
            }
            assert_eq!(page.matches("</style>").count(), 1);
            assert!(page.len() <= 20_000, "{}", page.len());
        }
    }

    #[test]
    fn nothing_is_fetched_and_the_headings_step_by_one() {
        let pages = [
            blocked("en", None, &full()),
            blocked("fr", None, &Notice::default()),
            view("en", None, |view| view.about().into_string()),
            view("fr", None, |view| view.short(&view.language.text.missing, true).into_string()),
        ];
        for page in pages {
            for part in
                ["<script", "<img", "<link", "<form", "<iframe", " src=", " style=", "url(", "@import"]
            {
                assert!(!page.contains(part), "{part}");
            }
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

    #[test]
    fn every_region_of_the_directory_has_a_name() {
        for tag in ["en", "fr"] {
            view(tag, None, |view| {
                for country in [None, Some("FR"), Some("GB"), Some("US")] {
                    for need in [Need::Danger, Need::TalkYoung, Need::RemoveYoung] {
                        for resource in view.help.choose(need, country, tag) {
                            assert!(resource.countries.iter().all(|code| view.region(code) != code));
                        }
                    }
                }
            });
        }
    }

    #[test]
    fn operator_and_contact_are_named() {
        let config: Config =
            toml::from_str("operator = 'A <b> school'\ncontact = 'mailto:it@school.example'").unwrap();
        let page = Page::new(&config, Help::built_in().unwrap()).unwrap();
        let request = http::Request::builder().header("host", "rempart.invalid").body(()).unwrap();
        let body = String::from_utf8(page.respond(&request, None).into_body().to_vec()).unwrap();
        assert!(body.contains("run by <bdi>A &lt;b&gt; school</bdi>."));
        assert!(body.contains("<a href=\"mailto:it@school.example\">it@school.example</a>"));
    }
}
