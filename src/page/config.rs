//! The `[page]` section: who stands behind the page, and for whom it is written.
//!
//! [`Config`] is what was written, [`Site`] the same once every value has proved fit to be shown.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::dns::Name;

use super::error::Error;
use super::host::Host;
use super::link::Link;
use super::notice::{is_country, line};

/// The longest logo, in octets: a page has 20 kB in all.
const LONGEST_LOGO: usize = 4_000;

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
    /// The operator's logo, an SVG or PNG file of at most 4 kB; `operator` is its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
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
            logo: None,
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
    /// The logo's own address (RFC 2397).
    pub(super) logo: Option<String>,
    pub(super) country: Option<String>,
    pub(super) exit: Link,
}

impl Config {
    /// Checks everything; `logo` is what its file holds.
    pub(super) fn check(&self, logo: Option<&[u8]>) -> Result<Site, Error> {
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
                let logo = match logo {
                    Some(_) if operator.is_none() => return Err(Error::LogoWithoutText),
                    Some(octets) => Some(logo_address(octets)?),
                    None => None,
                };
                Ok(Site { name, operator, contact, logo, country: country.clone(), exit })
            }
        }
    }
}

/// An image as an address that holds it: no browser runs anything that an image says.
fn logo_address(octets: &[u8]) -> Result<String, Error> {
    if octets.len() > LONGEST_LOGO {
        return Err(Error::LongLogo { octets: octets.len(), longest: LONGEST_LOGO });
    }
    let kind = if octets.starts_with(b"\x89PNG\r\n\x1a\n") {
        "png"
    } else if str::from_utf8(octets).is_ok_and(|text| text.contains("<svg")) {
        "svg+xml"
    } else {
        return Err(Error::Logo);
    };
    Ok(format!("data:image/{kind};base64,{}", STANDARD.encode(octets)))
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
            assert_eq!(config.check(None).unwrap_err().to_string(), message);
        }
        assert!(toml::from_str::<Config>("nmae = 'a.example'").is_err());
        assert!(Config::default().check(None).is_ok());
    }

    #[test]
    fn a_logo_is_a_small_image_with_a_text() {
        let config: Config = toml::from_str("operator = 'A school'").unwrap();
        let logo = |octets: &[u8]| config.check(Some(octets)).map(|site| site.logo.unwrap());
        assert_eq!(logo(b"\x89PNG\r\n\x1a\n").unwrap(), "data:image/png;base64,iVBORw0KGgo=");
        assert!(logo(b"<svg xmlns='x'/>").unwrap().starts_with("data:image/svg+xml;base64,"));
        for (octets, message) in [
            (&b"GIF89a"[..], "page.logo: neither SVG nor PNG; convert it to one of these"),
            (&[b' '; 4_001], "page.logo: 4001 octets are more than 4000; make it smaller"),
        ] {
            assert_eq!(logo(octets).unwrap_err().to_string(), message);
        }
        let without = Config::default().check(Some(b"<svg/>")).unwrap_err();
        assert_eq!(without.to_string(), "page.logo: it needs page.operator, which is its text");
    }
}
