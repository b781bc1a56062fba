//! The documents: HTML of what the page says. Nothing of the request reaches this file but its language.
//!
//! `maud` escapes every value that is put between its braces, so that a list can be read and not obeyed; the one
//! exception is our own stylesheet, whose hash is in the Content-Security-Policy.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::config::Site;
use super::help::{Help, Need, Resource};
use super::language::{Language, Languages, Localised, best};
use super::link::Link;
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
                        p.leave {
                            a href=(self.site.exit.href(None)) rel="noreferrer" { (text.frame.leave) }
                            small { (text.frame.leave_note) }
                        }
                    }
                    main { (content) }
                    footer {
                        nav aria-label=(text.frame.languages) { (self.switches()) }
                        p { (text.frame.private) }
                        @if gives_help { p { (text.frame.help_dated) " " (self.date(self.help.dated())) "." } }
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
        html! {
            @if notice.is_nudification() { p.lead { (text.harm_of_nudification) } }
            @if let Some((tag, words)) = own {
                p dir="auto" lang=[self.foreign(Some(tag))] { (words) }
            } @else if notice.authority.is_some() && !notice.is_nudification() {
                p.lead { (text.decided_by_authority) }
            } @else if notice.authority.is_none() {
                p { (text.chosen_by_operator) }
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

    fn image(&self, country: Option<&str>) -> Markup {
        let text = &self.language.text.image;
        let needs = &self.language.text.needs;
        html! {
            section #image {
                h2 { (text.heading) }
                p { (text.comfort) }
                (self.danger(country))
                div #young { (self.group(&needs.talk_young, Need::TalkYoung, country)) }
                (self.group(&needs.talk_anyone, Need::TalkAnyone, country))
                h3 { (text.trust_heading) }
                p { (text.trust) }
                (self.group(&needs.remove_young, Need::RemoveYoung, country))
                (self.group(&needs.remove_adult, Need::RemoveAdult, country))
                h3 { (text.threat_heading) }
                p { (text.threat) }
            }
        }
    }

    fn talk(&self, country: Option<&str>) -> Markup {
        let text = &self.language.text.talk;
        let needs = &self.language.text.needs;
        html! {
            section #talk {
                h2 { (text.heading) }
                p { (text.comfort) }
                (self.danger(country))
                (self.group(&needs.talk_young, Need::TalkYoung, country))
                (self.group(&needs.talk_anyone, Need::TalkAnyone, country))
            }
        }
    }

    fn worry(&self, country: Option<&str>) -> Markup {
        let text = &self.language.text.worry;
        let needs = &self.language.text.needs;
        html! {
            section #worry {
                h2 { (text.heading) }
                p { (text.comfort) }
                (self.group(&needs.worried, Need::Worried, country))
                p { (text.young) " " a href="#young" { (needs.talk_young) } }
            }
        }
    }

    fn mistake(&self, notice: &Notice) -> Markup {
        let text = &self.language.text.mistake;
        let reference = notice.reference.as_deref().and_then(line);
        let subject = match &reference {
            Some(reference) => format!("{}: {reference}", text.subject),
            None => text.subject.clone(),
        };
        html! {
            section #mistake {
                h2 { (text.heading) }
                p { (text.mistake) }
                @if let Some(appeal) = notice.appeal.as_deref().and_then(Link::parse) {
                    p { (text.appeal) " " a href=(appeal.href(Some(&subject))) { (appeal.label()) } }
                    @if let Some(reference) = &reference {
                        p { (text.quote_reference) " " strong { bdi { (reference) } } }
                    }
                }
                (self.contact())
            }
        }
    }

    /// Whom to ask about this network.
    fn contact(&self) -> Markup {
        let text = &self.language.text.mistake;
        html! {
            @match &self.site.contact {
                Some(contact) => p { (text.contact) " " a href=(contact.href(None)) { (contact.label()) } },
                None => p { (text.no_contact) },
            }
        }
    }

    /// Emergency numbers; where the directory has none for the country, the advice stands alone.
    fn danger(&self, country: Option<&str>) -> Markup {
        let needs = &self.language.text.needs;
        html! {
            h3 { (needs.danger) }
            p { (needs.danger_call) }
            (self.resources(Need::Danger, country))
        }
    }

    fn group(&self, heading: &str, need: Need, country: Option<&str>) -> Markup {
        html! {
            h3 { (heading) }
            (self.resources(need, country))
        }
    }

    fn resources(&self, need: Need, country: Option<&str>) -> Markup {
        let chosen = self.help.choose(need, country, self.language.tag);
        html! {
            @if !chosen.is_empty() {
                ul { @for resource in chosen { li { (self.resource(resource)) } } }
            }
        }
    }

    /// `name · telephone or host, who runs it, where, note`: the first way to reach it is the name itself.
    fn resource(&self, resource: &Resource) -> Markup {
        let name = self.localised(&resource.name);
        let regions = resource.countries.iter().map(|code| self.region(code)).collect::<Vec<_>>().join(", ");
        html! {
            @for (index, link) in resource.links.iter().enumerate() {
                @if index == 0 {
                    a href=(link.href(None)) rel="noreferrer" { (name) }
                } @else {
                    " · " a href=(link.href(None)) rel="noreferrer" { (link.label()) }
                }
            }
            small {
                (self.localised(&resource.run_by))
                @if !regions.is_empty() { ", " (regions) }
                @if let Some(note) = &resource.note { " (" (self.localised(note)) ")" }
            }
        }
    }

    fn localised(&self, text: &Localised) -> Markup {
        match text.text(self.language.tag, self.languages.default().tag) {
            Some((tag, words)) => match self.foreign(tag) {
                Some(tag) => html! { bdi lang=(tag) { (words) } },
                None => html! { (words) },
            },
            None => html! {},
        }
    }

    fn best<'t>(&self, texts: &'t std::collections::BTreeMap<String, String>) -> Option<(&'t str, &'t str)> {
        best(texts, self.language.tag, self.languages.default().tag)
    }

    /// The tag of a text that is not in the language of the page, for its `lang`.
    fn foreign<'t>(&self, tag: Option<&'t str>) -> Option<&'t str> {
        tag.filter(|tag| tag.len() <= 35 && !tag.eq_ignore_ascii_case(self.language.tag))
    }

    fn region<'t>(&'t self, code: &'t str) -> &'t str {
        self.language.text.regions.get(code).map_or(code, String::as_str)
    }

    fn date(&self, date: Date) -> Markup {
        let month = self.language.text.months.get(usize::from(date.month().unsigned_abs()) - 1);
        html! {
            time datetime=(date.to_string()) { (date.day()) " " (month.map_or("", String::as_str)) " " (date.year()) }
        }
    }
}

fn row(term: &str, description: Markup) -> Markup {
    html! { div { dt { (term) } dd { (description) } } }
}
