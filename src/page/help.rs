//! The help directory: dated data that an authority or an operator can replace, and the choice from it.
//!
//! The format is described at the head of `blocklists/help.toml`, the directory that is built in. [`Help`] is
//! a directory whose every address can be linked to and which has something for everyone.

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
    dated: Date,
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
    need: Need,
    languages: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directory {
    dated: Date,
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
        Ok(Self { dated: directory.dated, resources })
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

    /// The day for which the directory speaks.
    pub(super) fn dated(&self) -> Date {
        self.dated
    }

    /// What meets a need in a country, its own services first; where the country is not known, what speaks
    /// the reader's language.
    pub(super) fn choose(&self, need: Need, country: Option<&str>, language: &str) -> Vec<&Resource> {
        let fits = |resource: &&Resource| resource.need == need && resource.fits(country, language);
        let mut chosen: Vec<_> = self.resources.iter().filter(fits).collect();
        chosen.sort_by_key(|resource| resource.countries.is_empty());
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
        let Self { need, name, run_by, countries, languages, note, .. } = self;
        Ok(Resource { name, run_by, note, countries, links, need, languages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(need: Need, country: Option<&str>, language: &str) -> Vec<String> {
        let help = Help::built_in().unwrap();
        let chosen = help.choose(need, country, language);
        chosen.iter().map(|resource| resource.name.text("en", "en").unwrap().1.to_owned()).collect()
    }

    #[test]
    fn the_country_decides_where_it_is_known() {
        assert_eq!(names(Need::Danger, Some("FR"), "en"), ["112"]);
        assert_eq!(names(Need::Danger, Some("GB"), "fr"), ["999"]);
        assert_eq!(names(Need::Danger, Some("EU"), "fr"), ["112"]);
        assert_eq!(names(Need::Danger, Some("JP"), "en"), [""; 0]);
        let everywhere = "Find a child helpline";
        assert_eq!(
            names(Need::TalkYoung, Some("FR"), "en"),
            ["3018", "116 111", "Safer Internet Centres", everywhere]
        );
        assert_eq!(
            names(Need::TalkYoung, Some("PL"), "fr"),
            ["116 111", "Safer Internet Centres", everywhere]
        );
        assert_eq!(names(Need::TalkYoung, Some("US"), "fr"), [everywhere]);
        assert_eq!(names(Need::RemoveYoung, Some("GB"), "fr"), ["Report Remove", "Take It Down", "INHOPE"]);
    }

    #[test]
    fn the_language_decides_where_it_is_not() {
        assert_eq!(names(Need::Danger, None, "fr"), ["112", "999", "911"]);
        assert!(names(Need::TalkYoung, None, "fr").contains(&"3018".to_owned()));
        assert!(!names(Need::TalkYoung, None, "en").contains(&"3018".to_owned()));
        assert_eq!(names(Need::RemoveYoung, None, "en"), ["Report Remove", "Take It Down", "INHOPE"]);
        assert_eq!(names(Need::RemoveYoung, None, "fr"), ["Take It Down", "INHOPE"]);
        assert_eq!(names(Need::RemoveAdult, None, "fr"), ["StopNCII.org"]);
        assert_eq!(names(Need::Worried, None, "fr"), ["Stop It Now"]);
    }

    #[test]
    fn every_web_address_is_protected() {
        let names: Vec<String> = Help::built_in().unwrap().names().iter().map(Name::to_string).collect();
        assert_eq!(
            names,
            [
                "3018.fr.",
                "better-internet-for-kids.europa.eu.",
                "childhelplineinternational.org.",
                "findahelpline.com.",
                "childline.org.uk.",
                "takeitdown.ncmec.org.",
                "inhope.org.",
                "stopncii.org.",
                "stopitnow.org.uk."
            ]
        );
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
            ("\"116111\"", "\"116 111\"", "f: 116 111: \"116 111\" is not a telephone"),
            ("web = \"https://stopncii.org/\"", "", "f: StopNCII.org: neither phone nor web"),
            ("[\"GB\"]", "[\"uk\"]", "f: 999: \"uk\" is not an ISO 3166 code"),
            ("need = \"worried\"", "need = \"danger\"", "f: no worldwide resource for Worried"),
            ("need = \"worried\"", "need = \"fame\"", "f: TOML parse error"),
            ("dated = ", "date = ", "f: TOML parse error"),
        ] {
            let broken = built_in.replacen(from, to, 1);
            assert_ne!(broken, built_in, "{from}");
            let error = Help::parse(&broken, "f").unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(matches!(
            Help::parse("dated = \"2026-01-01\"\nresource = []", "f"),
            Err(Error::NoHelp { .. })
        ));
    }
}
