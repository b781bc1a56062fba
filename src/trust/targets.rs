//! Targets metadata (specification §4.5): which files are published, with their lengths and digests, and whom
//! parts of the paths are left to.
//!
//! The same fields have two types. [`Claims`] is what a document says; [`Targets`] is what a threshold of key
//! holders said.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::ops::Deref;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::trust::TARGETS;
use crate::trust::delegation::Delegations;
use crate::trust::document::Document;
use crate::trust::error::Error;
use crate::trust::key::Holder;
use crate::trust::role::Tally;
use crate::trust::root::Root;
use crate::trust::target::Target;

/// What targets metadata says, whoever wrote it.
#[derive(Clone, Debug)]
pub struct Claims {
    version: NonZeroU64,
    expires: Timestamp,
    targets: BTreeMap<String, Target>,
    delegations: Delegations,
}

#[derive(Deserialize)]
struct Fields {
    version: NonZeroU64,
    expires: Timestamp,
    targets: BTreeMap<String, Target>,
    delegations: Option<Value>,
}

/// A role that targets metadata delegates to, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate<'claims> {
    /// The name of the role.
    pub name: &'claims str,
    /// How many of its holders must sign.
    pub threshold: u64,
    /// The holders whose keys can be used.
    pub holders: Vec<Holder>,
    /// The path patterns that are left to it.
    pub paths: &'claims [String],
    /// Whether nobody after it may speak for its paths.
    pub terminating: bool,
}

impl Document {
    /// Reads targets metadata without believing it: for those who are about to sign it, and for show.
    pub fn claims(&self) -> Result<Claims, Error> {
        let Fields { version, expires, targets, delegations } = self.fields(TARGETS)?;
        let delegations =
            delegations.map_or_else(|| Ok(Delegations::default()), |it| Delegations::parse(&it))?;
        Ok(Claims { version, expires, targets, delegations })
    }
}

impl Claims {
    /// Grows with each change of the targets.
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    /// From when on the metadata is out of date.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether the metadata is out of date. Expiry at this very moment counts (specification §5.6.5).
    pub fn expired(&self, now: Timestamp) -> bool {
        self.expires <= now
    }

    /// The targets by path, in order.
    pub fn targets(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.targets.iter().map(|(name, target)| (name.as_str(), target))
    }

    /// One target.
    pub fn target(&self, path: &str) -> Result<&Target, Error> {
        self.targets.get(path).ok_or_else(|| Error::UnknownTarget { name: path.to_owned() })
    }

    /// The roles that it delegates to, the most trusted first.
    pub fn delegates(&self) -> impl Iterator<Item = Delegate<'_>> {
        self.delegations.roles().iter().map(|delegation| Delegate {
            name: &delegation.name,
            threshold: delegation.keys.threshold.get(),
            holders: self.delegations.keys().of(&delegation.keys).map(|key| key.holder.clone()).collect(),
            paths: delegation.paths(),
            terminating: delegation.terminating,
        })
    }

    /// Whether a path is left to a role by this delegation itself.
    pub fn delegates_path(&self, role: &str, path: &str) -> bool {
        self.delegations.roles().iter().any(|delegation| delegation.name == role && delegation.covers(path))
    }

    /// Counts the signatures under a document by the keys of a role that this one delegates to.
    pub fn tally(&self, role: &str, document: &Document) -> Result<Tally, Error> {
        let mut roles = self.delegations.roles().iter();
        let delegation = roles.find(|delegation| delegation.name == role);
        let delegation = delegation.ok_or_else(|| Error::MissingRole { role: role.to_owned() })?;
        Ok(self.delegations.tally(delegation, document))
    }

    /// Which holder of a delegated role has this public key, if any; nobody where nothing is left to such a role.
    pub fn holder_of(&self, role: &str, public: &[u8]) -> Option<Holder> {
        let delegation = self.delegations.roles().iter().find(|delegation| delegation.name == role)?;
        let mut keys = self.delegations.keys().of(&delegation.keys);
        keys.find(|key| key.material() == public).map(|key| key.holder.clone())
    }

    pub(super) fn number(&self) -> NonZeroU64 {
        self.version
    }

    pub(super) fn delegations(&self) -> &Delegations {
        &self.delegations
    }
}

/// Who says who may sign targets metadata.
#[derive(Clone, Copy, Debug)]
pub(super) enum Delegator<'trust> {
    Root(&'trust Root),
    Targets(&'trust Targets),
}

/// Targets metadata that a threshold of the role's keys has signed.
#[derive(Clone, Debug)]
pub struct Targets {
    claims: Claims,
    signed_by: Vec<Holder>,
}

impl Targets {
    /// Reads the metadata of a role and checks its signatures (specification §5.6.3).
    pub(super) fn parse(role: &str, delegator: Delegator<'_>, octets: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(octets)?;
        let tally = match delegator {
            Delegator::Root(root) => root.tally(role, &document)?,
            Delegator::Targets(targets) => targets.tally(role, &document)?,
        };
        let signed_by = tally.enough(role)?;
        Ok(Self { claims: document.claims()?, signed_by })
    }

    /// The holders whose signatures under it are valid.
    pub fn signed_by(&self) -> &[Holder] {
        &self.signed_by
    }
}

impl Deref for Targets {
    type Target = Claims;

    fn deref(&self) -> &Claims {
        &self.claims
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::trust::Root;
    use crate::trust::publisher::{Publisher, time};

    const LIST: &[u8] = b"undress.example\n";

    fn publisher() -> (Publisher, Root) {
        let publisher = Publisher::new(3, 2);
        let root = Root::pinned(&publisher.root()).unwrap();
        (publisher, root)
    }

    fn targets(version: u64) -> Targets {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(version, &[("demo.jsonl", LIST)]), &[0, 2]);
        verify(&root, &file).unwrap()
    }

    fn verify(root: &Root, file: &[u8]) -> Result<Targets, Error> {
        Targets::parse(TARGETS, Delegator::Root(root), file)
    }

    fn refused(alter: impl FnOnce(&Publisher, &mut Vec<u8>)) -> Error {
        let (publisher, root) = publisher();
        let mut file = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0, 1]);
        assert!(verify(&root, &file).is_ok());
        alter(&publisher, &mut file);
        verify(&root, &file).unwrap_err()
    }

    #[test]
    fn what_two_of_three_signed_is_opened() {
        let targets = targets(4);
        assert_eq!(targets.version(), 4);
        assert_eq!(targets.target("demo.jsonl").unwrap().length(), LIST.len() as u64);
        assert_eq!(targets.targets().map(|(path, _)| path).collect::<Vec<_>>(), ["demo.jsonl"]);
        let target = targets.target("demo.jsonl").unwrap();
        assert_eq!(target.open("demo.jsonl", LIST).unwrap().as_bytes(), LIST);
    }

    #[test]
    fn one_signature_of_two_is_too_few() {
        let error = refused(|publisher, file| {
            *file = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0]);
        });
        assert!(
            matches!(&error, Error::Threshold { role, valid: 1, threshold: 2 } if role == TARGETS),
            "{error}"
        );
    }

    #[test]
    fn keys_outside_the_role_count_for_nothing() {
        let error = refused(|publisher, file| {
            let stranger = Publisher::with_seeds(&[77, 78], 2);
            *file = stranger.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0, 1]);
        });
        assert!(matches!(error, Error::Threshold { valid: 0, threshold: 2, .. }), "{error}");
    }

    #[test]
    fn a_signature_under_another_holders_id_counts_for_nothing() {
        let error = refused(|publisher, file| {
            let mut document =
                Document::parse(&publisher.sign(&publisher.targets_fields(1, &[]), &[0])).unwrap();
            document.add_signature(&publisher.signer(1).id(), &publisher.signer(0).sign(document.message()));
            *file = document.compose().unwrap();
        });
        assert!(matches!(error, Error::Threshold { valid: 1, threshold: 2, .. }), "{error}");
    }

    #[test]
    fn an_altered_signed_part_is_refused() {
        let error = refused(|_, file| {
            *file = String::from_utf8(file.clone()).unwrap().replace("demo.jsonl", "memo.jsonl").into_bytes();
        });
        assert!(matches!(error, Error::Threshold { valid: 0, threshold: 2, .. }), "{error}");
    }

    #[test]
    fn a_field_that_we_do_not_know_is_signed_too() {
        let (publisher, root) = publisher();
        let mut fields = publisher.targets_fields(1, &[("demo.jsonl", LIST)]);
        fields["x-note"] = json!("kept");
        let file = String::from_utf8(publisher.sign(&fields, &[0, 1])).unwrap();
        assert!(verify(&root, file.as_bytes()).is_ok());
        let altered = file.replace("kept", "lost");
        assert!(matches!(verify(&root, altered.as_bytes()), Err(Error::Threshold { valid: 0, .. })));
    }

    #[test]
    fn a_field_given_twice_means_what_was_signed() {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0, 1]);
        let forged =
            String::from_utf8(file).unwrap().replacen("\"version\": 1", "\"version\": 1, \"version\": 9", 1);
        assert!(matches!(verify(&root, forged.as_bytes()), Err(Error::Threshold { valid: 0, .. })));
    }

    #[test]
    fn metadata_of_another_role_is_refused_however_well_signed() {
        let (publisher, root) = publisher();
        let error = verify(&root, &publisher.root()).unwrap_err();
        assert!(matches!(error, Error::WrongType { role, found } if role == TARGETS && found == "root"));
        let targets = publisher.sign(&publisher.targets_fields(1, &[]), &[0, 1, 2]);
        let error = Root::pinned(&targets).unwrap_err();
        assert!(matches!(error, Error::WrongType { role, found } if role == "root" && found == TARGETS));
    }

    #[test]
    fn the_layout_of_the_json_does_not_matter() {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(3, &[("demo.jsonl", LIST)]), &[0, 1]);
        let value: serde_json::Value = serde_json::from_slice(&file).unwrap();
        let compact = serde_json::to_vec(&value).unwrap();
        assert_ne!(compact, file);
        assert_eq!(verify(&root, &compact).unwrap().version(), 3);
    }

    #[test]
    fn expiry_is_told_and_not_fatal() {
        let targets = targets(1);
        assert!(!targets.expired(time("2026-12-31T23:59:59Z")));
        assert!(targets.expired(time("2027-01-01T00:00:00Z")));
        assert!(targets.target("demo.jsonl").unwrap().open("demo.jsonl", LIST).is_ok());
    }

    #[test]
    fn a_path_is_exactly_the_one_that_was_signed() {
        let targets = targets(1);
        for path in ["Demo.jsonl", "../demo.jsonl", "./demo.jsonl", "demo.jsonl/", ""] {
            let error = targets.target(path).unwrap_err();
            assert!(matches!(error, Error::UnknownTarget { name } if name == path), "{path}");
        }
    }
}
