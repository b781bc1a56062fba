//! Where a repository stands: on the web, in a folder, or inside this program. Every fetch is bounded in size, and on
//! the web in time too.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use nix::libc::O_NONBLOCK;

use super::error::FetchError;
use super::web::Web;

/// The demonstration's repository: each file by its place below the folder that is published.
macro_rules! demonstration {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../blocklists/demo/public/", $file)))),*]
    };
}

const EMBEDDED: &[(&str, &[u8])] = demonstration!(
    "metadata/1.root.json",
    "metadata/timestamp.json",
    "metadata/3.snapshot.json",
    "metadata/2.targets.json",
    "metadata/1.demo.json",
    "targets/demo/1e65d19f65c2799aae408ff4c715a4a66a58ff31a53b7c0a48cf15ca6bfa36e0.nudification.jsonl",
);

/// The root that the demonstration is trusted by.
pub(super) const DEMO_ROOT: &[u8] = include_bytes!("../../blocklists/demo/public/metadata/1.root.json");

/// The two halves of a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Metadata,
    Targets,
}

/// A repository's files.
pub(super) enum Transport {
    Embedded,
    /// A folder with `metadata/` and `targets/` in it.
    Folder(PathBuf),
    Web(Web),
}

impl Transport {
    /// A metadata file of at most `longest` octets; `None` where there is none.
    pub(super) fn read_metadata(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, FetchError> {
        if let Self::Web(web) = self {
            return web.read_metadata(file, longest);
        }
        let Some(reader) = self.open(Part::Metadata, file, longest)? else { return Ok(None) };
        read_bounded(reader, longest, &self.place(Part::Metadata, file)).map(Some)
    }

    /// Asks anew for what a server said had not changed: it was not what it should be.
    pub(super) fn forget(&mut self) {
        if let Self::Web(web) = self {
            web.forget();
        }
    }

    /// A target of this length as a stream; `None` where there is none.
    pub(super) fn open_target(&self, path: &str, length: u64) -> Result<Option<Box<dyn Read>>, FetchError> {
        if path.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(FetchError::Path { path: path.to_owned() });
        }
        self.open(Part::Targets, path, length)
    }

    fn open(&self, part: Part, path: &str, length: u64) -> Result<Option<Box<dyn Read>>, FetchError> {
        match self {
            Self::Embedded => {
                let name = format!("{}/{path}", part.folder());
                let found = EMBEDDED.iter().find(|(known, _)| *known == name);
                Ok(found.map(|(_, octets)| Box::new(*octets) as Box<dyn Read>))
            }
            Self::Folder(folder) => {
                let path = folder.join(part.folder()).join(path);
                match open_file(&path) {
                    Ok(file) => Ok(Some(Box::new(file))),
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(cause) => Err(FetchError::Io { place: path.display().to_string(), cause }),
                }
            }
            Self::Web(web) => web.open_target(path, length),
        }
    }

    /// A file's whole address, for people.
    pub(super) fn place(&self, part: Part, path: &str) -> String {
        match self {
            Self::Embedded => format!("embedded {}/{path}", part.folder()),
            Self::Folder(folder) => folder.join(part.folder()).join(path).display().to_string(),
            Self::Web(web) => web.address(part, path),
        }
    }
}

impl Part {
    /// The name of its folder where both halves stand in one place.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Targets => "targets",
        }
    }
}

/// Opens a file, and nothing that only looks like one: a pipe would make us wait, a device would never end.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let file = File::options().read(true).custom_flags(O_NONBLOCK).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

/// Reads to the end, and fails past `longest` octets.
pub(super) fn read_bounded(reader: impl Read, longest: u64, place: &str) -> Result<Vec<u8>, FetchError> {
    let mut octets = Vec::new();
    let read = reader.take(longest + 1).read_to_end(&mut octets);
    read.map_err(|cause| FetchError::Io { place: place.to_owned(), cause })?;
    if octets.len() as u64 > longest {
        return Err(FetchError::TooLong { place: place.to_owned(), longest });
    }
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::update::{Location, Repository};

    #[test]
    fn the_demonstration_is_whole_and_lasts() {
        let mut repository = Repository::open(&Location::Embedded, None, DEMO_ROOT).unwrap();
        let trusted = repository.refresh("2035-12-31T00:00:00Z".parse().unwrap()).unwrap();
        let (threshold, holders) = trusted.root().holders("targets").unwrap();
        assert_eq!((threshold, holders.len()), (2, 3));
        let found = repository.find("demo/nudification.jsonl").unwrap();
        assert_eq!((found.role.as_str(), found.signed_by().len()), ("demo", 2));
        repository.download("demo/nudification.jsonl", &found.target, &mut Vec::new()).unwrap();
    }
}
