//! The `[page]` section: who stands behind the page, and for whom it is written.
//!
//! [`Config`] is what was written, [`Site`] the same once every value has proved fit to be shown.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::dns::Name;

use super::error::Error;
use super::host::Host;
use super::link::Link;
use super::notice::{is_country, line};

/// The `[page]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The page's own host name, where `/` explains the service; named in the `Link` of every block (RFC
    /// 7725).
    pub name: String,
    /// Who runs this network, as people know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Where people can reach the operator: `mailto:`, `tel:` or `https:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The language for people who ask for none that the page speaks.
    pub language: String,
    /// The country whose help services come first, as an ISO 3166 code; without it, that of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// A help directory to use in place of the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<PathBuf>,
    /// Where "Leave this page now" leads: a site that anyone might have open, `https:`.
    pub exit: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: "rempart.invalid".into(),
            operator: None,
            contact: None,
            language: "en".into(),
            country: None,
            help: None,
            exit: "https://www.wikipedia.org/".into(),
        }
    }
}

/// A checked [`Config`].
#[derive(Debug)]
pub(super) struct Site {
    pub(super) name: Name,
    pub(super) operator: Option<String>,
    pub(super) contact: Option<Link>,
    pub(super) country: Option<String>,
    pub(super) exit: Link,
}

impl Config {
    pub(super) fn check(&self) -> Result<Site, Error> {
        let name = match Host::parse(&self.name) {
            Some(Host::Name(name)) if !self.name.contains(':') => name,
            _ => return Err(Error::Name(self.name.clone())),
        };
        let contact = match &self.contact {
            Some(text) => Some(Link::parse(text).ok_or_else(|| Error::Contact(text.clone()))?),
            None => None,
        };
        let exit = match Link::parse(&self.exit) {
            Some(link @ Link::Web { .. }) => link,
            _ => return Err(Error::Exit(self.exit.clone())),
        };
        match &self.country {
            Some(code) if !is_country(code) => {
                Err(Error::Country { place: "page.country".into(), code: code.clone() })
            }
            country => {
                let operator = self.operator.as_deref().and_then(line);
                Ok(Site { name, operator, contact, country: country.clone(), exit })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_value_is_named() {
        for (toml, message) in [
            ("name = 'a b'", "page.name: \"a b\" is not a host name"),
            ("name = '192.0.2.1'", "page.name: \"192.0.2.1\" is not a host name"),
            ("name = 'a.example:80'", "page.name: \"a.example:80\" is not a host name"),
            (
                "contact = 'a@b.example'",
                "page.contact: \"a@b.example\" is not a mailto:, tel: or https: address",
            ),
            ("exit = 'mailto:a@b.example'", "page.exit: \"mailto:a@b.example\" is not an https: address"),
            ("country = 'fr'", "page.country: \"fr\" is not an ISO 3166 code of two capital letters"),
        ] {
            let config: Config = toml::from_str(toml).unwrap();
            assert_eq!(config.check().unwrap_err().to_string(), message);
        }
        assert!(toml::from_str::<Config>("nmae = 'a.example'").is_err());
        assert!(Config::default().check().is_ok());
    }
}
