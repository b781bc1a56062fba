//! Why something is not trusted. Each variant holds what a person needs to find the fault.

/// Why metadata, or a file that it speaks of, is not trusted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not JSON with `signed` and `signatures`, or a fraction in it, which canonical JSON does not have.
    #[error("not signed metadata")]
    NotMetadata(#[source] serde_json::Error),
    /// The metadata lacks a field of its role, or has one of the wrong form.
    #[error("malformed {role} metadata")]
    Malformed {
        /// The role whose fields were looked for.
        role: String,
        /// The field and the fault.
        source: serde_json::Error,
    },
    /// The field `_type` names another role.
    #[error("this is {found} metadata where {role} metadata is wanted")]
    WrongType {
        /// The role that was wanted.
        role: String,
        /// What the metadata says it is.
        found: String,
    },
    /// A major version of the specification that is not ours.
    #[error("{role} metadata follows version {found:?} of the specification; this program knows 1.x")]
    SpecVersion {
        /// The role of the metadata.
        role: String,
        /// The field `spec_version`.
        found: String,
    },
    /// A key stands in the root under an id that is not its own.
    #[error("key id {given} should be {calculated}")]
    KeyId {
        /// The id in the root.
        given: String,
        /// The SHA-256 of the key's canonical form.
        calculated: String,
    },
    /// The root does not say who signs for a role.
    #[error("the root names no keys for the role {role}")]
    MissingRole {
        /// The role.
        role: String,
    },
    /// Too few of the trusted keys have signed.
    #[error("{valid} of {threshold} signatures needed for {role} are valid")]
    Threshold {
        /// The role that must sign.
        role: String,
        /// How many different keys of the role have signed these very bytes.
        valid: u64,
        /// How many must.
        threshold: u64,
    },
    /// The metadata is older than what is already known: somebody replays the past.
    #[error("rollback: {role} metadata has version {version}, and version {least} is already known")]
    Rollback {
        /// The role of the metadata.
        role: String,
        /// Its version.
        version: u64,
        /// The least that is acceptable.
        least: u64,
    },
    /// The metadata does not speak of this file.
    #[error("{name}: not named in the targets metadata")]
    UnknownTarget {
        /// The target path that was asked for.
        name: String,
    },
    /// The file is longer or shorter than what was signed.
    #[error("{name}: {found} octets, but {expected} were signed")]
    Length {
        /// The target path.
        name: String,
        /// Octets in the metadata.
        expected: u64,
        /// Octets of the file.
        found: u64,
    },
    /// The file has the right length and other content than what was signed.
    #[error("{name}: its {algorithm} digest is not the one that was signed")]
    Digest {
        /// The target path.
        name: String,
        /// `sha256` or `sha512`.
        algorithm: &'static str,
    },
    /// The metadata gives no digest that we can compute.
    #[error("{name}: the metadata has neither a sha256 nor a sha512 digest for it")]
    NoDigest {
        /// The target path.
        name: String,
    },
}
