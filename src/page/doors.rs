//! What stands behind each door of the warning page: one plain page for each kind of reader, with the services that help
//! there.

use http::Request;
use maud::{Markup, html};

use super::help::{Need, Resource};
use super::language::asked_for;
use super::link::{Link, record_address};
use super::notice::{Notice, line};
use super::text::Text;
use super::view::View;

/// A door, in the words of the person who takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// "It is about an image of me, or of someone I know."
    Image,
    /// "I need to talk to someone."
    Talk,
    /// "I am worried about what I do."
    Worry,
    /// "I am here by mistake, or I disagree."
    Mistake,
    /// For teachers and parents.
    Teachers,
}

impl Door {
    const ALL: [Self; 5] = [Self::Image, Self::Talk, Self::Worry, Self::Mistake, Self::Teachers];

    /// The door that a request goes through, by a plain link (`?door=image`).
    pub(super) fn of(request: &Request<()>) -> Option<Self> {
        let word = asked_for(request, "door").next()?;
        Self::ALL.into_iter().find(|door| door.word() == word)
    }

    /// How an address calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Talk => "talk",
            Self::Worry => "worry",
            Self::Mistake => "mistake",
            Self::Teachers => "teachers",
        }
    }

    /// What stands on it.
    pub(super) fn label(self, text: &Text) -> &'static str {
        match self {
            Self::Image => text.door_image,
            Self::Talk => text.door_talk,
            Self::Worry => text.door_worry,
            Self::Mistake => text.door_mistake,
            Self::Teachers => text.door_teachers,
        }
    }

    fn heading(self, text: &Text) -> &'static str {
        match self {
            Self::Image => text.image_heading,
            Self::Talk => text.talk_heading,
            Self::Worry => text.worry_heading,
            Self::Mistake => text.mistake_heading,
            Self::Teachers => text.teachers_heading,
        }
    }
}

impl View<'_> {
    /// The page behind a door; of a block, where it was reached from one.
    pub(super) fn behind(&self, door: Door, notice: Option<&Notice>) -> Markup {
        let country = self.site.country.as_deref().or(notice.and_then(Notice::country));
        let heading = door.heading(self.text);
        let content = html! {
            h1 { (heading) }
            @match door {
                Door::Image => (self.image(country)),
                Door::Talk => (self.talk(country)),
                Door::Worry => (self.worry(country)),
                Door::Mistake => (self.mistake(notice)),
                Door::Teachers => (self.teachers(country)),
            }
            p.back { a href=(self.address(None)) { (self.text.back) } }
        };
        self.document(heading, content, door != Door::Mistake)
    }

    fn image(&self, country: Option<&str>) -> Markup {
        let text = self.text;
        html! {
            p.lead { (text.image_comfort) }
            (self.danger(country))
            section {
                h2 { (text.step_help) }
                (self.group(text.need_talk_young, Need::TalkYoung, country))
                (self.group(text.need_talk_anyone, Need::TalkAnyone, country))
            }
            section {
                h2 { (text.step_report) }
                p { (text.step_report_note) }
                (self.group(text.need_remove_young, Need::RemoveYoung, country))
                (self.group(text.need_remove_adult, Need::RemoveAdult, country))
            }
            section {
                h2 { (text.step_trust) }
                p { (text.step_trust_note) }
            }
            section {
                h2 { (text.threat_heading) }
                p { (text.threat) }
            }
            section {
                h2 { (text.rights_heading) }
                (points(&[text.right_law, text.right_removal, text.right_anonymous]))
            }
        }
    }

    fn talk(&self, country: Option<&str>) -> Markup {
        let text = self.text;
        html! {
            p.lead { (text.talk_comfort) }
            (self.danger(country))
            section {
                h2 { (text.need_talk_young) }
                (self.resources(Need::TalkYoung, country))
                h2 { (text.need_talk_anyone) }
                (self.resources(Need::TalkAnyone, country))
            }
        }
    }

    fn worry(&self, country: Option<&str>) -> Markup {
        let text = self.text;
        html! {
            p.lead { (text.worry_comfort) }
            (points(&[text.worry_stop, text.worry_repair, text.worry_talk]))
            section {
                h2 { (text.need_worried) }
                (self.resources(Need::Worried, country))
            }
            section {
                h2 { (text.need_talk_young) }
                p { (text.worry_young) }
                (self.resources(Need::TalkYoung, country))
            }
        }
    }

    fn mistake(&self, notice: Option<&Notice>) -> Markup {
        let text = self.text;
        // One that has to be cleaned before it is shown has no address that leads to it.
        let reference = notice.and_then(|notice| notice.reference.as_deref());
        let reference = reference.filter(|reference| line(reference).as_deref() == Some(*reference));
        html! {
            p.lead { (text.mistake_leave) }
            @if let Some(notice) = notice { (self.appeal(notice)) }
            @if let Some(reference) = reference {
                p { (text.mistake_record) " " a href=(record_address(reference, self.language.tag)) { (text.record_heading) } }
            }
            (self.contact())
        }
    }

    /// Where to contest a decision, and the number to give there.
    pub(super) fn appeal(&self, notice: &Notice) -> Markup {
        let text = self.text;
        let reference = notice.reference.as_deref().and_then(line);
        let subject = match &reference {
            Some(reference) => format!("{}: {reference}", text.mistake_subject),
            None => text.mistake_subject.to_owned(),
        };
        html! {
            @if let Some(appeal) = notice.appeal.as_deref().and_then(Link::parse) {
                p { (text.mistake_appeal) " " a href=(appeal.href(Some(&subject))) { (appeal.label()) } }
                @if let Some(reference) = &reference {
                    p { (text.mistake_reference) " " strong { bdi { (reference) } } }
                }
            }
        }
    }

    fn teachers(&self, country: Option<&str>) -> Markup {
        let text = self.text;
        let class = [
            text.teachers_class_consent,
            text.teachers_class_person,
            text.teachers_class_bystander,
            text.teachers_class_whom,
        ];
        let incident = [
            text.teachers_incident_listen,
            text.teachers_incident_image,
            text.teachers_incident_protect,
            text.teachers_incident_report,
            text.teachers_incident_others,
        ];
        html! {
            p.lead { (text.teachers_lead) }
            h2 { (text.teachers_class) }
            (points(&class))
            h2 { (text.teachers_incident) }
            (points(&incident))
            section {
                h2 { (text.need_talk_young) }
                (self.resources(Need::TalkYoung, country))
                h2 { (text.need_remove_young) }
                (self.resources(Need::RemoveYoung, country))
            }
        }
    }

    /// Whom to ask about this network.
    pub(super) fn contact(&self) -> Markup {
        let text = self.text;
        html! {
            @match &self.site.contact {
                Some(contact) => p { (text.mistake_operator) " " a href=(contact.href(None)) { (contact.label()) } },
                None => p { (text.mistake_no_operator) },
            }
        }
    }

    /// Emergency numbers; where the directory has none for the country, the advice stands alone.
    fn danger(&self, country: Option<&str>) -> Markup {
        html! {
            section {
                h2 { (self.text.need_danger) }
                p { (self.text.need_danger_call) }
                (self.resources(Need::Danger, country))
            }
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
        let regions =
            resource.countries.iter().map(|code| self.language.region(code)).collect::<Vec<_>>().join(", ");
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
                @for language in self.foreign_languages(resource) {
                    " – " span lang=(language.tag) { (language.name()) }
                }
            }
        }
    }
}

/// A list of short sentences.
fn points(sentences: &[&str]) -> Markup {
    html! { ul.points { @for sentence in sentences { li { (sentence) } } } }
}
