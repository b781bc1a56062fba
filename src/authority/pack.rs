//! From any format of the field to a list as it is published.

use std::fmt::{self, Display};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::authority::{Error, Summary, files};
use crate::blocklist::{self, Format, Header, Report, compose_jsonl};

/// A list that has been read and composed, and not written yet.
pub struct Package {
    /// Where it came from.
    pub input: PathBuf,
    /// Where it will go.
    pub output: PathBuf,
    /// What reading brought.
    pub report: Report,
    /// What will be written.
    pub summary: Summary,
    octets: Vec<u8>,
}

impl Package {
    /// Reads rules in a format named or told from the content, and puts them under the header of a TOML file.
    ///
    /// An output whose name ends in `.zst` is compressed.
    pub fn prepare(
        input: &Path,
        format: Option<Format>,
        header: &Path,
        output: &Path,
    ) -> Result<Self, Error> {
        let text =
            fs::read_to_string(header).map_err(|source| Error::Read { path: header.to_owned(), source })?;
        let header: Header = toml::from_str(&text)
            .map_err(|source| Error::Header { path: header.to_owned(), source: Box::new(source) })?;
        let file = File::open(input).map_err(|source| Error::Read { path: input.to_owned(), source })?;
        let mut rules = Vec::new();
        let report = blocklist::read(file, format, &input.to_string_lossy(), |rule| rules.push(rule))
            .map_err(|source| Error::Unreadable { path: input.to_owned(), source })?;
        let mut octets = Vec::new();
        compose_jsonl(&header, &rules, &mut octets)
            .map_err(|source| Error::Unpackable { path: input.to_owned(), source })?;
        if output.extension().is_some_and(|extension| extension == "zst") {
            octets = zstd::encode_all(&*octets, LEVEL)
                .map_err(|source| Error::Write { path: output.to_owned(), source })?;
        }
        let summary = Summary::read(input, &octets)?;
        let (input, output) = (input.to_owned(), output.to_owned());
        Ok(Self { input, output, report, summary, octets })
    }

    /// Writes the list, in the place of what was there.
    pub fn write(&self) -> Result<(), Error> {
        files::replace(&self.output, &self.octets)
    }
}

impl Display for Package {
    /// What will be written, and what cannot be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = &self.summary.header;
        let (input, output) = (self.input.display(), self.output.display());
        writeln!(f, "{} rules of {input} become {output}:", self.summary.rules())?;
        writeln!(f, "  list {}, serial {}, {} octets", header.list, header.serial, self.octets.len())?;
        if self.output.exists() {
            writeln!(f, "  in the place of the file that is there")?;
        }
        if self.report.faulty > 0 {
            writeln!(f, "  without {} faults:", self.report.faulty)?;
        }
        for fault in &self.report.faults {
            writeln!(f, "    {fault}")?;
        }
        Ok(())
    }
}

/// Compression: beyond this the size falls by little and the time grows by much.
const LEVEL: i32 = 12;

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../blocklists/demo/demo.jsonl");
    const HEADER: &str = include_str!("../../blocklists/demo/header.toml");

    fn pack(input: &str, header: &str, output: &str) -> (tempfile::TempDir, Result<Package, Error>) {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("input"), input).unwrap();
        fs::write(path("header.toml"), header).unwrap();
        let package = Package::prepare(&path("input"), None, &path("header.toml"), &path(output));
        (folder, package)
    }

    #[test]
    fn the_demonstration_is_packed_already() {
        let (_folder, package) = pack(DEMO, HEADER, "list.jsonl");
        let package = package.unwrap();
        package.write().unwrap();
        assert_eq!(fs::read_to_string(&package.output).unwrap(), DEMO);
    }

    #[test]
    fn a_plain_list_is_packed_and_its_faults_are_told() {
        let input = "nudify.test\nUndress.example\nnot a name\nundress.example\n";
        let (_folder, package) = pack(input, HEADER, "list.jsonl.zst");
        let package = package.unwrap();
        let told = package.to_string();
        assert!(told.starts_with("2 rules of "), "{told}");
        assert!(told.contains("without 1 faults:\n") && told.contains("input:3: "), "{told}");
        package.write().unwrap();
        let octets = files::read(&package.output).unwrap();
        assert!(octets.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
        let summary = Summary::read(&package.output, &octets).unwrap();
        assert_eq!((summary.rules(), summary.header.list.as_str()), (2, "demo/nudification"));
        assert!(pack(input, HEADER, "list.jsonl").1.unwrap().to_string().contains("list.jsonl:\n"));
    }

    #[test]
    fn what_cannot_be_published_is_refused() {
        let (_folder, package) = pack("||undress.example^\n@@||help.example^\n", HEADER, "list.jsonl");
        assert!(matches!(package, Err(Error::Unpackable { .. })));
        let (_folder, package) = pack("undress.example\n", "list = \"demo\"\n", "list.jsonl");
        assert!(matches!(package, Err(Error::Header { .. })));
        let twice = DEMO.replace("\"nudify.test\"", "\"undress.example\"");
        let (_folder, package) = pack(&twice, HEADER, "list.jsonl");
        assert!(matches!(package, Err(Error::List { .. })));
    }
}
