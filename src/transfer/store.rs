//! The versions of a zone in a folder, so that serials go on and differences are known after a restart.
//!
//! ```text
//! list            the list that was taken last, as it was read
//! serial          the last serial, which outlives a zone that is damaged and moved away
//! FROM-TO         what led from one serial to another
//! zone            the current version
//! trust/          what is trusted of the repository that publishes the list
//! ```
//!
//! A zone or a difference is a line of JSON, then records as [`Records`] packs them, compressed by zstd with its checksum;
//! so is the list, with its octets for records. They are written in this order, so that a program that is stopped between
//! them leaves a list of which the zone is made anew, a serial that nobody has seen, and a difference that leads nowhere,
//! which the next start removes.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::Error;
use super::history::{Difference, History, Version};
use crate::dns::Name;
use crate::export::{Records, Serial};
use crate::keyfile::{DRAFT, PUBLIC, replace};

/// Beside it stand a lock and whatever else an operator puts there.
const ZONES: &str = "zones";
const ZONE: &str = "zone";
const LIST: &str = "list";
const SERIAL: &str = "serial";
const TRUST: &str = "trust";
/// The level of zstd: of a million names it makes a twentieth in a second.
const LEVEL: i32 = 3;
/// A file that would be longer once it is decompressed is none of ours, in octets.
const LONGEST: u64 = 4 << 30;

/// A folder of versions.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    zone: Name,
}

#[derive(Serialize, Deserialize)]
struct ListHead {
    zone: String,
}

#[derive(Serialize, Deserialize)]
struct ZoneHead {
    zone: String,
    serial: u32,
}

#[derive(Serialize, Deserialize)]
struct DifferenceHead {
    from: u32,
    to: u32,
    /// Octets of the records that go; those that come follow.
    removed: usize,
}

impl Store {
    /// The folder of a zone below the one of all.
    pub(super) fn new(state: &Path, zone: &Name) -> Self {
        // A name has letters that a path gives a meaning to.
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let folder = zone.to_host().replace(|letter| !plain(letter), "%");
        Self { folder: state.join(ZONES).join(folder), zone: zone.clone() }
    }

    /// The folder for what is trusted of a repository.
    pub(super) fn trust(&self) -> PathBuf {
        self.folder.join(TRUST)
    }

    /// What is kept; nothing at the first start. Drafts and what leads nowhere are removed.
    pub(super) fn open(&self) -> Result<Option<History>, Error> {
        fs::create_dir_all(&self.folder).map_err(|source| self.unwritable(ZONE, source))?;
        let Some((head, octets)) = self.read::<ZoneHead>(ZONE)? else { return Ok(None) };
        if head.zone != self.zone.to_string() {
            return Err(self.strange(ZONE, format!("it is of {:?}", head.zone)));
        }
        let current = Version { serial: Serial(head.serial), records: self.records(ZONE, octets)? };
        let mut differences: Vec<Difference> = Vec::new();
        let mut files = self.files()?;
        let mut to = current.serial;
        while let Some(place) = files.iter().position(|(_, _, end)| *end == to) {
            let (file, from, _) = files.remove(place);
            // Without one, nobody needs those before it.
            match self.difference(&file, (from, to)) {
                Ok(difference) => differences.push(difference),
                Err(error) => {
                    tracing::warn!(zone = %self.zone, "{error}");
                    self.remove(&file);
                    break;
                }
            }
            to = from;
        }
        files.iter().for_each(|(file, ..)| self.remove(file));
        differences.reverse();
        Ok(Some(History { current, differences }))
    }

    /// The list that was taken last.
    pub(super) fn list(&self) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.read::<ListHead>(LIST)?.map(|(_, octets)| octets))
    }

    /// Keeps a list, before what is made of it.
    pub(super) fn keep_list(&self, octets: &[u8]) -> Result<(), Error> {
        self.write(LIST, &ListHead { zone: self.zone.to_string() }, &[octets])
    }

    /// Why a list that was kept is of no use.
    pub(super) fn useless(&self, error: &Error) -> Error {
        self.strange(LIST, error.to_string())
    }

    /// The last serial, where it is known.
    pub(super) fn serial(&self) -> Option<Serial> {
        fs::read_to_string(self.folder.join(SERIAL)).ok()?.trim().parse().ok().map(Serial)
    }

    /// Keeps a history, of which all but the last version was kept before.
    pub(super) fn keep(&self, history: &History) -> Result<(), Error> {
        let Version { serial, records } = &history.current;
        let told = replace(&self.folder.join(SERIAL), format!("{}\n", serial.0).as_bytes(), PUBLIC);
        told.map_err(|source| self.unwritable(SERIAL, source))?;
        if let Some(last) = history.differences.last() {
            let head =
                DifferenceHead { from: last.from.0, to: last.to.0, removed: last.removed.octets().len() };
            let octets = [last.removed.octets(), last.added.octets()];
            self.write(&format!("{}-{}", last.from.0, last.to.0), &head, &octets)?;
        }
        let head = ZoneHead { zone: self.zone.to_string(), serial: serial.0 };
        self.write(ZONE, &head, &[records.octets()])?;
        let is_kept = |from: Serial, to| history.differences.iter().any(|it| (it.from, it.to) == (from, to));
        for (file, from, to) in self.files()? {
            if !is_kept(from, to) {
                self.remove(&file);
            }
        }
        Ok(())
    }

    /// The files of differences with the serials in their names. Drafts are removed.
    fn files(&self) -> Result<Vec<(String, Serial, Serial)>, Error> {
        let mut files = Vec::new();
        let failed = |source| Error::Read { path: self.folder.clone(), source };
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let Ok(name) = entry.map_err(failed)?.file_name().into_string() else { continue };
            if name.starts_with(DRAFT) {
                self.remove(&name);
            } else if let Some((from, to)) = name.split_once('-')
                && let (Ok(from), Ok(to)) = (from.parse(), to.parse())
            {
                files.push((name, Serial(from), Serial(to)));
            }
        }
        Ok(files)
    }

    /// A file that is of no use takes its room, and nothing else.
    fn remove(&self, file: &str) {
        let _ = fs::remove_file(self.folder.join(file));
    }

    fn difference(&self, file: &str, (from, to): (Serial, Serial)) -> Result<Difference, Error> {
        let missing = || self.strange(file, "it is gone".into());
        let (head, mut removed) = self.read::<DifferenceHead>(file)?.ok_or_else(missing)?;
        if (head.from, head.to) != (from.0, to.0) || head.removed > removed.len() {
            return Err(self.strange(file, "its name is not what it says".into()));
        }
        let added = removed.split_off(head.removed);
        let (removed, added) = (self.records(file, removed)?, self.records(file, added)?);
        Ok(Difference { from, to, removed, added })
    }

    fn records(&self, file: &str, octets: Vec<u8>) -> Result<Arc<Records>, Error> {
        let records = Records::from_octets(octets).map_err(|error| self.strange(file, error.to_string()))?;
        Ok(Arc::new(records))
    }

    fn read<H: DeserializeOwned>(&self, file: &str) -> Result<Option<(H, Vec<u8>)>, Error> {
        let path = self.folder.join(file);
        let mut octets = Vec::new();
        let read = || {
            let input = zstd::Decoder::new(fs::File::open(&path)?)?;
            input.take(LONGEST).read_to_end(&mut octets)
        };
        match { read }() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.strange(file, error.to_string())),
            Ok(_) => {}
        }
        let end = octets.iter().position(|octet| *octet == b'\n');
        let end = end.ok_or_else(|| self.strange(file, "its first line has no end".into()))?;
        let head = serde_json::from_slice(&octets[..end]);
        let head = head.map_err(|error| self.strange(file, format!("its first line says {error}")))?;
        octets.drain(..=end);
        Ok(Some((head, octets)))
    }

    fn write<H: Serialize>(&self, file: &str, head: &H, octets: &[&[u8]]) -> Result<(), Error> {
        let path = self.folder.join(file);
        let compose = || {
            let mut packed = zstd::Encoder::new(Vec::new(), LEVEL)?;
            packed.include_checksum(true)?;
            serde_json::to_writer(&mut packed, head)?;
            packed.write_all(b"\n")?;
            octets.iter().try_for_each(|octets| packed.write_all(octets))?;
            replace(&path, &packed.finish()?, PUBLIC)
        };
        compose().map_err(|source| self.unwritable(file, source))
    }

    fn unwritable(&self, file: &str, source: io::Error) -> Error {
        Error::Write { path: self.folder.join(file), source }
    }

    fn strange(&self, file: &str, reason: String) -> Error {
        Error::Kept { path: self.folder.join(file), reason }
    }
}
