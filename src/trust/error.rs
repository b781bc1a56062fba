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
    /// Two signatures under one key id.
    #[error("the key {key_id} has signed twice; ids of signatures must be unique")]
    SignedTwice {
        /// The key id.
        key_id: String,
    },
    /// Metadata of another version than what vouches for it, or its file name, says.
    #[error("{role} metadata has version {version} where {expected} is announced")]
    Version {
        /// The role of the metadata.
        role: String,
        /// Its version.
        version: u64,
        /// The version that it should have.
        expected: u64,
    },
    /// The metadata is out of date: somebody holds back newer metadata, or the authority has stopped signing.
    #[error(
        "{role} metadata expired on {expires}; it is held back, its authority is late, or the clock is wrong"
    )]
    Expired {
        /// The role of the metadata.
        role: String,
        /// Since when it is out of date.
        expires: jiff::Timestamp,
    },
    /// Timestamp or snapshot do not speak of a role that they must speak of.
    #[error("the {by} metadata does not speak of the role {role}")]
    NotInMetadata {
        /// The role.
        role: String,
        /// The metadata that should name it.
        by: &'static str,
    },
    /// The repository has no metadata of a role.
    #[error("the repository has no {role} metadata of the announced version")]
    NotInRepository {
        /// The role.
        role: String,
    },
    /// A delegation that has neither paths nor prefixes of hashes, or both.
    #[error("the delegation to {role} must have either paths or path_hash_prefixes")]
    DelegationPaths {
        /// The role.
        role: String,
    },
    /// Two delegations to one role in the same metadata, which could be read in two ways.
    #[error("two delegations to {role}; each role may be delegated to once by the same metadata")]
    DelegatedTwice {
        /// The role.
        role: String,
    },
    /// A delegation to a role whose name belongs to a top-level role.
    #[error("nobody can delegate to {role}, which is a top-level role")]
    ReservedRole {
        /// The role.
        role: String,
    },
    /// A search that would visit more roles than any honest repository needs.
    #[error("{path}: more than {most} roles were visited without finding it")]
    TooManyRoles {
        /// The target path.
        path: String,
        /// The limit.
        most: usize,
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
