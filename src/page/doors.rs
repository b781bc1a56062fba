//! What stands behind each door of the warning page, and the services that help there.

use maud::{Markup, html};

use super::help::{Need, Resource};
use super::link::Link;
use super::notice::{Notice, line};
use super::view::View;

impl View<'_> {
    /// "It is about an image of me, or of someone I know."
    pub(super) fn image(&self, country: Option<&str>) -> Markup {
        let text = &self.language.text.image;
        let needs = &self.language.text.needs;
        html! {
            section #image {
                h2 { (text.heading) }
                p { (text.comfort) }
                (self.danger(country))
                div #young { (self.group(&needs.talk_young, Need::TalkYoung, country)) }
                (self.group(&needs.talk_anyone, Need::TalkAnyone, country))
                (self.group(&needs.remove_young, Need::RemoveYoung, country))
                (self.group(&needs.remove_adult, Need::RemoveAdult, country))
                h3 { (text.threat_heading) }
                p { (text.threat) }
                h3 { (text.trust_heading) }
                p { (text.trust) }
            }
        }
    }

    /// "I need to talk to someone."
    pub(super) fn talk(&self, country: Option<&str>) -> Markup {
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

    /// "I am worried about what I do."
    pub(super) fn worry(&self, country: Option<&str>) -> Markup {
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

    /// "I am here by mistake, or I disagree."
    pub(super) fn mistake(&self, notice: &Notice) -> Markup {
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
    pub(super) fn contact(&self) -> Markup {
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
}
