//! Tests that are files: each TOML file of a folder shows one behaviour, under the test of its name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// A test for each named file of a folder, and one that no file is without its own.
macro_rules! a_test_for_each_file {
    ($folder:literal, $play:ident: $($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let _ = $play(stringify!($name));
            }
        )*

        #[test]
        fn every_file_has_its_test() {
            crate::files::compare($folder, &[$(stringify!($name)),*]);
        }
    };
}

pub(crate) use a_test_for_each_file;

/// The files of a folder whose names begin so.
pub(crate) fn named(folder: &str, beginning: &str) -> BTreeSet<String> {
    let files = fs::read_dir(path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let toml = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let names = toml.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// Fails where the files of a folder are not those that are named.
pub(crate) fn compare(folder: &str, expected: &[&str]) {
    let found = named(folder, "");
    let named: BTreeSet<String> = expected.iter().map(|name| (*name).to_owned()).collect();
    let nameless: Vec<_> = found.symmetric_difference(&named).collect();
    assert!(nameless.is_empty(), "name each file of {folder} in the macro: {nameless:?}");
}

/// What a file of the project says.
pub(crate) fn read<T: DeserializeOwned>(file: &str) -> T {
    let text = fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}
