//! The help directory: dated data that an authority or an operator can replace, and the choice from it.
//!
//! The format is described at the head of `blocklists/help.toml`, the directory that is built in. [`Help`] is
//! a directory whose every address can be linked to and which has something for everyone.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Deserialize;

use crate::dns::Name;

use super::error::Error;
use super::language::Localised;
use super::link::Link;
use super::notice::is_country;

/// The members of the European Union, for which a directory may write `EU`.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// What someone needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Need {
    /// To be safe, at once.
    Danger,
    /// Someone to talk to, as a child or young person.
    TalkYoung,
    /// Someone to talk to, at any age.
    TalkAnyone,
    /// To have an image removed that shows them under 18.
    RemoveYoung,
    /// To have an image removed that shows them at 18 or over.
    RemoveAdult,
    /// To change what they do, as an adult.
    Worried,
}

impl Need {
    /// The needs that a directory must meet everywhere; there is no emergency number of the whole world.
    const EVERYWHERE: [Self; 5] =
        [Self::TalkYoung, Self::TalkAnyone, Self::RemoveYoung, Self::RemoveAdult, Self::Worried];
}

/// A help directory.
#[derive(Clone, Debug)]
pub struct Help {
    resources: Vec<Resource>,
}

/// One service that helps.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) name: Localised,
    pub(super) run_by: Localised,
    pub(super) note: Option<Localised>,
    /// ISO 3166 codes, or `EU`; none if worldwide.
    pub(super) countries: Vec<String>,
    /// One or two: by telephone, then on the web.
    pub(super) links: Vec<Link>,
    /// BCP 47; none for any.
    pub(super) languages: Vec<String>,
    need: Need,
    checked: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directory {
    resource: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    need: Need,
    name: Localised,
    run_by: Localised,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    languages: Vec<String>,
    phone: Option<String>,
    web: Option<String>,
    note: Option<Localised>,
    checked: Date,
}

impl Help {
    /// The directory that is built in.
    pub fn built_in() -> Result<Self, Error> {
        Self::parse(include_str!("../../blocklists/help.toml"), "blocklists/help.toml")
    }

    /// Reads a directory; `file` is its name for messages.
    pub fn parse(text: &str, file: &str) -> Result<Self, Error> {
        let directory: Directory = toml::from_str(text)
            .map_err(|cause| Error::Format { file: file.to_owned(), cause: Box::new(cause) })?;
        let resources =
            directory.resource.into_iter().map(|entry| entry.check(file)).collect::<Result<Vec<_>, _>>()?;
        for need in Need::EVERYWHERE {
            if !resources.iter().any(|resource| resource.need == need && resource.countries.is_empty()) {
                return Err(Error::NoHelp { file: file.to_owned(), need: format!("{need:?}") });
            }
        }
        Ok(Self { resources })
    }

    /// The host names that must stay reachable, with all below them, for the help to be of use. Where a
    /// service is at `www.`, the name above is meant too, because people type that.
    pub fn names(&self) -> Vec<Name> {
        let links = self.resources.iter().flat_map(|resource| &resource.links);
        links
            .filter_map(|link| match link {
                Link::Web { host, .. } => {
                    let text = host.to_string();
                    let above = text.strip_prefix("www.").and_then(|above| Name::from_text(above).ok());
                    Some(above.unwrap_or_else(|| host.clone()))
                }
                Link::Mail(_) | Link::Telephone(_) => None,
            })
            .collect()
    }

    /// The day since which all of it has been checked.
    pub(super) fn dated(&self) -> Date {
        self.resources.iter().map(|resource| resource.checked).min().unwrap_or_default()
    }

    /// What meets a need in a country, its own services first, each way to reach one once; where the country is not
    /// known, what is there for everybody first, then what speaks the reader's language.
    pub(super) fn choose(&self, need: Need, country: Option<&str>, language: &str) -> Vec<&Resource> {
        let fits = |resource: &&Resource| resource.need == need && resource.fits(country, language);
        let mut chosen: Vec<_> = self.resources.iter().filter(fits).collect();
        let reach = |resource: &&Resource| match &resource.countries[..] {
            [] => 2,
            [code] if code == "EU" => 1,
            _ => 0,
        };
        // Of two with the same number or address the one for fewer countries stays.
        chosen.sort_by_key(reach);
        let mut known: Vec<&Link> = Vec::new();
        chosen.retain(|resource| {
            let is_new = !resource.links.iter().any(|link| known.contains(&link));
            known.extend(&resource.links);
            is_new
        });
        if country.is_none() {
            chosen.sort_by_key(|resource| Reverse(reach(resource)));
        }
        chosen
    }
}

impl Resource {
    fn fits(&self, country: Option<&str>, language: &str) -> bool {
        let covers = |code: &String, country: &str| {
            code == country || (code == "EU" && EUROPEAN_UNION.contains(&country))
        };
        self.countries.is_empty()
            || match country {
                Some(country) => self.countries.iter().any(|code| covers(code, country)),
                None => self.languages.is_empty() || self.languages.iter().any(|spoken| spoken == language),
            }
    }
}

impl Entry {
    fn check(self, file: &str) -> Result<Resource, Error> {
        let file = file.to_owned();
        let resource = self.name.text("en", "en").map_or_else(String::new, |(_, name)| name.to_owned());
        if let Some(code) = self.countries.iter().find(|code| !is_country(code)) {
            return Err(Error::Country { place: format!("{file}: {resource}"), code: code.clone() });
        }
        let phone = self.phone.map(|number| (Link::parse(&format!("tel:{number}")), number));
        let web = self.web.map(|address| (Link::parse(&address), address));
        let mut links = Vec::new();
        for (link, address) in [phone, web].into_iter().flatten() {
            match link {
                Some(link @ (Link::Telephone(_) | Link::Web { .. })) => links.push(link),
                _ => return Err(Error::Address { file, resource, address }),
            }
        }
        if links.is_empty() {
            return Err(Error::NoAddress { file, resource });
        }
        let Self { need, name, run_by, countries, languages, note, checked, .. } = self;
        Ok(Resource { name, run_by, note, countries, links, languages, need, checked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::language::Languages;
    use crate::policy::Readers;

    fn names(need: Need, country: Option<&str>, language: &str) -> Vec<String> {
        let help = Help::built_in().unwrap();
        let chosen = help.choose(need, country, language);
        chosen.iter().map(|resource| resource.name.text("en", "en").unwrap().1.to_owned()).collect()
    }

    const CENTRES: &str = "help-safer-internet";
    const EVERYWHERE: &str = "help-find-helpline";

    #[test]
    fn the_country_decides_where_it_is_known() {
        assert_eq!(names(Need::Danger, Some("FR"), "en"), ["112"]);
        assert_eq!(names(Need::Danger, Some("GB"), "fr"), ["999"]);
        assert_eq!(names(Need::Danger, Some("EU"), "fr"), ["112"]);
        assert_eq!(names(Need::Danger, Some("JP"), "en"), [""; 0]);
        let young = |country| names(Need::TalkYoung, Some(country), "fr");
        assert_eq!(young("FR"), ["3018", "116 111", CENTRES, EVERYWHERE]);
        assert_eq!(young("PL"), ["116 111", CENTRES, EVERYWHERE]);
        // Of two with one number, its own.
        assert_eq!(young("DE"), ["Nummer gegen Kummer", CENTRES, EVERYWHERE]);
        assert_eq!(young("US"), [EVERYWHERE]);
        assert_eq!(names(Need::RemoveYoung, Some("GB"), "fr"), ["Report Remove", "Take It Down", "INHOPE"]);
    }

    #[test]
    fn the_language_decides_where_it_is_not() {
        assert_eq!(names(Need::Danger, None, "fr"), ["112", "000", "911", "999"]);
        let german = names(Need::TalkYoung, None, "de");
        assert!(german.contains(&"Nummer gegen Kummer".to_owned()) && german[0] == EVERYWHERE, "{german:?}");
        assert!(names(Need::TalkYoung, None, "fr").contains(&"3018".to_owned()));
        assert!(!names(Need::TalkYoung, None, "en").contains(&"3018".to_owned()));
        assert!(names(Need::RemoveYoung, None, "en").contains(&"Report Remove".to_owned()));
        assert_eq!(names(Need::RemoveYoung, None, "ga"), ["Take It Down", "INHOPE"]);
        assert_eq!(names(Need::RemoveAdult, None, "fr"), ["StopNCII.org"]);
        assert_eq!(names(Need::Worried, None, "fr"), ["Stop It Now", "Troubled Desire", "STOP"]);
    }

    #[test]
    fn every_web_address_is_protected() {
        let names: Vec<String> = Help::built_in().unwrap().names().iter().map(Name::to_string).collect();
        for name in ["3018.fr.", "childline.org.uk.", "takeitdown.ncmec.org.", "inhope.org.", "stopncii.org."]
        {
            assert!(names.iter().any(|protected| protected == name), "{name}");
        }
        let addresses = include_str!("../../blocklists/help.toml").matches("\nweb = ").count();
        assert_eq!(names.len(), addresses);
    }

    #[test]
    fn every_phrase_of_the_directory_is_a_message_of_the_page() {
        let languages = Languages::new("en").unwrap();
        let text = languages.default().text(Readers::Anyone);
        for resource in &Help::built_in().unwrap().resources {
            for phrase in
                [Some(&resource.name), Some(&resource.run_by), resource.note.as_ref()].into_iter().flatten()
            {
                let (_, words) = phrase.text("en", "en").unwrap();
                assert!(!words.starts_with("help-") || text.help(words).is_some(), "{words}");
            }
            for code in resource.countries.iter().filter(|code| *code != "US") {
                assert_ne!(languages.default().region(code), code);
            }
        }
    }

    #[test]
    fn the_date_is_that_of_the_oldest_check() {
        let built_in = include_str!("../../blocklists/help.toml");
        assert_eq!(Help::parse(built_in, "f").unwrap().dated(), jiff::civil::date(2026, 11, 21));
        let older = built_in.replacen("checked = \"2026-11-23\"", "checked = \"2025-01-02\"", 1);
        assert_eq!(Help::parse(&older, "f").unwrap().dated(), jiff::civil::date(2025, 1, 2));
    }

    #[test]
    fn a_bad_directory_says_what_is_wrong() {
        let built_in = include_str!("../../blocklists/help.toml");
        for (from, to, message) in [
            (
                "\"https://3018.fr/\"",
                "\"http://3018.fr/\"",
                "f: 3018: \"http://3018.fr/\" is not a telephone",
            ),
            (
                "\"https://3018.fr/\"",
                "\"mailto:a@3018.fr\"",
                "f: 3018: \"mailto:a@3018.fr\" is not a telephone",
            ),
            ("\"147\"", "\"1 47\"", "f: Rat auf Draht: \"1 47\" is not a telephone"),
            ("web = \"https://stopncii.org/\"", "", "f: StopNCII.org: neither phone nor web"),
            ("[\"GB\"]", "[\"uk\"]", "f: 999: \"uk\" is not an ISO 3166 code"),
            ("need = \"remove-adult\"", "need = \"danger\"", "f: no worldwide resource for RemoveAdult"),
            ("need = \"worried\"", "need = \"fame\"", "f: TOML parse error"),
            ("checked = ", "dated = ", "f: TOML parse error"),
        ] {
            let broken = built_in.replace(from, to);
            assert_ne!(broken, built_in, "{from}");
            let error = Help::parse(&broken, "f").unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(matches!(Help::parse("resource = []", "f"), Err(Error::NoHelp { .. })));
    }
}
