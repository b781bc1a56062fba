//! From a list in any format to the file that another resolver loads.

use std::fs::File;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::authority::{Error, files};
use crate::blocklist::Format;
use crate::dns::Name;
use crate::export::{InForce, Kind, NotInForce, Reading, Redirect, Serial, Settings, Source, Told, compose};

/// A list that is to be written in another format.
pub struct Conversion {
    /// The list.
    pub input: PathBuf,
    /// Its format; told from the content where it is `None`.
    pub from: Option<Format>,
    /// What it is written as.
    pub to: Kind,
    /// The file, in the place of what was there.
    pub out: PathBuf,
    /// The name of the policy zone.
    pub zone: Name,
    /// Where the policy zone sends blocked names.
    pub redirect: Option<Redirect>,
    /// Whether the policy zone holds its digest.
    pub digest: bool,
    /// Where a resolver finds the policy zone, in what its configuration says.
    pub file: String,
    /// Names that are never blocked, nor anything below them.
    pub protected: Vec<Name>,
    /// Whether a list that blocks what no list should is refused, as those of authorities are by resolvers.
    pub guarded: bool,
}

/// What became of it.
#[derive(Debug)]
pub struct Converted {
    /// What was written, and what the format could not say.
    pub told: Told,
    /// Whether it differs from what the file held; if not, it was left alone.
    pub changed: bool,
    /// What was wrong with the list, and is therefore not in the file; and that it is out of date.
    pub remarks: Vec<String>,
}

impl Conversion {
    /// Writes the file. The serial of a zone is the time when the list was issued, or one more than that of the zone that
    /// the file held; a zone whose records are what they were keeps its own.
    pub fn carry_out(&self, now: Timestamp) -> Result<Converted, Error> {
        let list = self.read(now)?;
        let source = list.source(&self.protected);
        let before = files::read_if_there(&self.out)?;
        let previous = before.as_deref().and_then(|text| Serial::of(&String::from_utf8_lossy(text)));
        let issued = list.header.as_ref().map_or(now, |header| header.issued).as_second();
        let issued = u32::try_from(issued).unwrap_or_default();
        let (mut text, mut told) = self.written(source, previous.unwrap_or(Serial(issued)))?;
        if let (Some(before), Some(_)) = (&before, previous)
            && !records(before).eq(records(&text))
        {
            (text, told) = self.written(source, Serial::after(previous, issued))?;
        }
        let changed = before.is_none_or(|before| before != text);
        if changed {
            files::replace(&self.out, &text)?;
        }
        Ok(Converted { told, changed, remarks: list.remarks })
    }

    fn written(&self, source: Source<'_>, serial: Serial) -> Result<(Vec<u8>, Told), Error> {
        let (zone, redirect, file) = (self.zone.clone(), self.redirect.clone(), self.file.clone());
        let settings = Settings { zone, redirect, serial, digest: self.digest, file };
        let mut text = Vec::new();
        let told = compose(self.to, source, &settings, &mut text)?;
        Ok((text, told))
    }

    fn read(&self, now: Timestamp) -> Result<InForce, Error> {
        let path = &self.input;
        let file = File::open(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let name = path.to_string_lossy();
        let (format, protected, guarded) = (self.from, &self.protected, self.guarded);
        let read = InForce::read(file, Reading { format, name: &name, protected, guarded }, now);
        read.map_err(|error| match error {
            NotInForce::Unreadable(source) => Error::Unreadable { path: path.clone(), source },
            NotInForce::Guarded(source) => Error::Guarded { path: path.clone(), source },
            NotInForce::Rails(source) => Error::Rails(source),
        })
    }
}

/// The lines of a text that are no comments of a zone.
fn records(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|octet| *octet == b'\n').filter(|line| !line.starts_with(b";"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn conversion(folder: &tempfile::TempDir, list: &str) -> Conversion {
        fs::write(folder.path().join("list"), list).unwrap();
        Conversion {
            input: folder.path().join("list"),
            from: Some(Format::Jsonl),
            to: Kind::Rpz,
            out: folder.path().join("zone"),
            zone: Name::from_text("rpz.test").unwrap(),
            redirect: None,
            digest: false,
            file: String::new(),
            protected: Vec::new(),
            guarded: true,
        }
    }

    const HEADER: &str = r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","appeal":"mailto:a@b.example","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#;

    #[test]
    fn a_zone_has_another_serial_when_it_says_something_else_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let rule = r#"{"name":"a.example"}"#;
        let serial = || Serial::of(&fs::read_to_string(folder.path().join("zone")).unwrap()).unwrap().0;
        let list = conversion(&folder, &format!("{HEADER}\n{rule}\n"));
        assert!(list.carry_out(now()).unwrap().changed);
        assert_eq!(serial(), 1_767_225_600);
        assert!(!list.carry_out(now()).unwrap().changed);
        // The same list, which leaves alone another name: no later issue, and yet another zone.
        let protected = vec![Name::from_text("help.a.example").unwrap()];
        let other = Conversion { protected, guarded: false, ..list };
        assert!(other.carry_out(now()).unwrap().changed);
        assert_eq!(serial(), 1_767_225_601);
        // A new edition that says the same has new comments; one that says something else has a serial of its own day.
        let later = HEADER.replace("2026-01-01", "2026-06-01");
        let next = conversion(&folder, &format!("{later}\n{rule}\n"));
        let other = Conversion { protected: other.protected, guarded: false, ..next };
        assert!(other.carry_out(now()).unwrap().changed);
        assert_eq!(serial(), 1_767_225_601);
        // The last name was removed.
        assert!(conversion(&folder, &format!("{later}\n")).carry_out(now()).unwrap().changed);
        assert_eq!(serial(), 1_780_272_000);
    }

    #[test]
    fn what_no_list_should_block_is_refused_and_an_old_list_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let list = conversion(&folder, &format!("{HEADER}\n{{\"name\":\"co.uk\"}}\n"));
        assert!(matches!(list.carry_out(now()), Err(Error::Guarded { .. })));
        assert!(!folder.path().join("zone").exists());
        let converted =
            Conversion { guarded: false, ..list }.carry_out("2028-01-01T00:00:00Z".parse().unwrap());
        let remarks = converted.unwrap().remarks;
        assert!(remarks[0].starts_with("OUT OF DATE since 2027-01-01"), "{remarks:?}");
    }

    #[test]
    fn what_has_ended_or_makes_no_sense_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let rules = "{\"name\":\"a.example\",\"expires\":\"2026-11-23T12:00:00Z\"}\n{\"name\":\"b.example\"}\n{\"name\":\"*\"}\n{\"name\":\"c.example\",\"staged\":true}\n";
        let converted = conversion(&folder, &format!("{HEADER}\n{rules}")).carry_out(now()).unwrap();
        assert_eq!((converted.told.written, converted.remarks.len()), (2, 1));
        let losses: Vec<String> = converted.told.losses.iter().map(ToString::to_string).collect();
        assert_eq!(losses, ["staged, and so not in force: 1 (c.example.)"]);
        let zone = fs::read_to_string(folder.path().join("zone")).unwrap();
        assert!(zone.contains("\nb.example CNAME .\n") && !zone.contains("\na.example"), "{zone}");
        assert!(!zone.contains("c.example"), "{zone}");
        for to in ["hosts", "domains", "adblock", "dnsmasq", "unbound", "cert-polska"] {
            let list = conversion(&folder, &format!("{HEADER}\n{rules}"));
            let told = Conversion { to: to.parse().unwrap(), ..list }.carry_out(now()).unwrap().told;
            let text = fs::read_to_string(folder.path().join("zone")).unwrap();
            assert!(text.contains("b.example") && !text.contains("c.example"), "{text}");
            assert!(told.losses.iter().any(|loss| loss.what.starts_with("staged")), "{to}: {told:?}");
        }
        assert!(zone.contains("; Appeal: mailto:a@b.example\n"), "{zone}");
    }
}
