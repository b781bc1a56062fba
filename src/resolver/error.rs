//! Why a resolver cannot be built: always the operator's configuration, named by its key.

use std::path::PathBuf;

/// A fault in the `[resolver]` section or in a file that it names.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value that cannot be meant.
    #[error("resolver.{key} = `{value}`: {remedy}")]
    Value {
        /// The key inside the section.
        key: String,
        /// What was written.
        value: String,
        /// What is wrong and what to write instead.
        remedy: &'static str,
    },
    /// A file that cannot be read.
    #[error("resolver.{key}: cannot read `{path}`: {cause}")]
    Unreadable {
        /// The key inside the section.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file that was read and does not hold what it should.
    #[error("resolver.{key}: `{path}` {fault}; {remedy}")]
    Content {
        /// The key inside the section.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
        /// What the file must hold.
        remedy: &'static str,
    },
    /// A line of a file that cannot be meant.
    #[error("resolver.{key}: `{path}` line {line}: {fault}; {remedy}")]
    Line {
        /// The key inside the section.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
        /// What to write instead.
        remedy: &'static str,
    },
    /// The libraries below could not be set up.
    #[error("resolver: {0}")]
    Setup(String),
}
