//! The root (specification §4.3): which keys sign for which role, and how many of them must.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::trust::document::Document;
use crate::trust::error::Error;
use crate::trust::key::Holder;
use crate::trust::role::{KeyRing, RoleKeys, Tally};
use crate::trust::{ROOT, TOP_LEVEL_ROLES};

/// A root that is trusted: because the reader has it from a source it trusts, or because a trusted one leads to it.
#[derive(Clone, Debug)]
pub struct Root {
    version: NonZeroU64,
    expires: Timestamp,
    consistent_snapshot: bool,
    keys: KeyRing,
    roles: BTreeMap<String, RoleKeys>,
}

#[derive(Deserialize)]
struct Fields {
    version: NonZeroU64,
    expires: Timestamp,
    #[serde(default)]
    consistent_snapshot: bool,
    keys: BTreeMap<String, Value>,
    roles: BTreeMap<String, RoleKeys>,
}

impl Root {
    /// Reads a root file and checks that enough of its own keys signed it (specification §5.3.4).
    ///
    /// Where it came from must be trusted: anybody can make a root that is signed by its own keys.
    pub fn pinned(bytes: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(bytes)?;
        let root = Self::draft(&document)?;
        root.verify(ROOT, &document)?;
        Ok(root)
    }

    /// Reads the root that follows this one: signed by enough keys of both, and its version the next (specification
    /// §5.3.4, §5.3.5). Its expiry is not looked at (§5.3.7).
    pub fn successor(&self, bytes: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(bytes)?;
        self.verify(ROOT, &document)?;
        let next = Self::draft(&document)?;
        next.verify(ROOT, &document)?;
        let expected = self.version.get() + 1;
        if next.version.get() != expected {
            let role = ROOT.to_owned();
            return Err(Error::Version { role, version: next.version.get(), expected });
        }
        Ok(next)
    }

    /// Whether enough of this root's keys signed another root, of any later version.
    pub fn vouches_for(&self, bytes: &[u8]) -> bool {
        let later = |root: &Self| root.version > self.version;
        let signed = |document: &Document| self.verify(ROOT, document).is_ok();
        Self::pinned(bytes).is_ok_and(|root| later(&root))
            && Document::parse(bytes).is_ok_and(|document| signed(&document))
    }

    /// What a root says before anybody believes it: for those who are about to sign it.
    pub fn draft(document: &Document) -> Result<Self, Error> {
        let fields: Fields = document.fields(ROOT)?;
        if let Some(role) = TOP_LEVEL_ROLES.iter().find(|role| !fields.roles.contains_key(**role)) {
            return Err(Error::MissingRole { role: (*role).to_owned() });
        }
        Ok(Self {
            version: fields.version,
            expires: fields.expires,
            consistent_snapshot: fields.consistent_snapshot,
            keys: KeyRing::parse(&fields.keys)?,
            roles: fields.roles,
        })
    }

    /// Grows by one with each change of keys or thresholds.
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    /// From when on the root is out of date.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether the root is out of date. Expiry at this very moment counts (specification §5.3.10).
    pub fn expired(&self, now: Timestamp) -> bool {
        self.expires <= now
    }

    /// Whether each version of a file has a name of its own (specification §6.2).
    pub fn consistent_snapshot(&self) -> bool {
        self.consistent_snapshot
    }

    /// The threshold of a role, and its holders by name.
    pub fn holders(&self, role: &str) -> Result<(u64, Vec<Holder>), Error> {
        let keys = self.role(role)?;
        let holders = self.keys.of(keys).map(|key| key.holder.clone()).collect();
        Ok((keys.threshold.get(), holders))
    }

    /// Which holder of a role has this public key (the 32 octets of Ed25519), if any.
    pub fn holder_of(&self, role: &str, public: &[u8]) -> Result<Option<Holder>, Error> {
        let keys = self.role(role)?;
        Ok(self.keys.of(keys).find(|key| key.material() == public).map(|key| key.holder.clone()))
    }

    /// Counts the signatures under a document by the keys of a role.
    pub fn tally(&self, role: &str, document: &Document) -> Result<Tally, Error> {
        Ok(self.keys.tally(self.role(role)?, document))
    }

    /// The holders of a role who signed a document, where they are enough.
    pub(super) fn verify(&self, role: &str, document: &Document) -> Result<Vec<Holder>, Error> {
        self.tally(role, document)?.enough(role)
    }

    fn role(&self, role: &str) -> Result<&RoleKeys, Error> {
        self.roles.get(role).ok_or_else(|| Error::MissingRole { role: role.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::trust::publisher::{Publisher, Signer, time};
    use crate::trust::targets::{Delegator, Targets};
    use crate::trust::{TARGETS, key_id};

    #[test]
    fn a_root_signed_by_its_own_threshold_is_read() {
        let root = Root::pinned(&Publisher::new(3, 2).root()).unwrap();
        assert_eq!(root.version(), 1);
        let (threshold, holders) = root.holders(TARGETS).unwrap();
        assert_eq!((threshold, holders.len()), (2, 3));
        assert!(!root.expired(time("2029-12-31T23:59:59Z")));
        assert!(root.expired(time("2030-01-01T00:00:00Z")));
    }

    #[test]
    fn another_implementation_accepts_what_this_one_accepts() {
        use tough::schema::{Root, Signed, Targets};
        let publisher = Publisher::new(3, 2);
        let root: Signed<Root> = serde_json::from_slice(&publisher.root()).unwrap();
        root.signed.verify_role(&root).unwrap();
        let fields = publisher.targets_fields(1, &[("demo.jsonl", b"octets")]);
        let verify = |signers: &[usize]| {
            let targets: Signed<Targets> = serde_json::from_slice(&publisher.sign(&fields, signers)).unwrap();
            root.signed.verify_role(&targets)
        };
        assert!(verify(&[0, 2]).is_ok());
        assert!(verify(&[2]).is_err());
    }

    #[test]
    fn too_few_of_its_own_keys_are_refused() {
        let publisher = Publisher::new(3, 2);
        let root = publisher.sign(&publisher.root_fields(), &[1]);
        let error = Root::pinned(&root).unwrap_err();
        assert!(
            matches!(&error, Error::Threshold { role, valid: 1, threshold: 2 } if role == ROOT),
            "{error}"
        );
        assert_eq!(error.to_string(), "1 of 2 signatures needed for root are valid");
    }

    #[test]
    fn an_altered_root_is_refused() {
        let root = String::from_utf8(Publisher::new(2, 2).root()).unwrap();
        let altered = root.replace("2030-01-01", "2090-01-01");
        assert_ne!(root, altered);
        assert!(matches!(Root::pinned(altered.as_bytes()), Err(Error::Threshold { valid: 0, .. })));
    }

    #[test]
    fn a_key_under_a_foreign_id_is_refused() {
        let publisher = Publisher::new(2, 1);
        let mut fields = publisher.root_fields();
        let (first, second) = (publisher.signer(0).id(), publisher.signer(1).id());
        fields["keys"][&first] = fields["keys"][&second].clone();
        let error = Root::pinned(&publisher.sign(&fields, &[0, 1])).unwrap_err();
        assert!(
            matches!(error, Error::KeyId { given, calculated } if given == first && calculated == second)
        );
    }

    #[test]
    fn a_root_that_forgets_a_role_is_refused() {
        for role in TOP_LEVEL_ROLES {
            let publisher = Publisher::new(2, 2);
            let mut fields = publisher.root_fields();
            fields["roles"].as_object_mut().unwrap().remove(role);
            let error = Root::pinned(&publisher.sign(&fields, &[0, 1])).unwrap_err();
            assert!(matches!(error, Error::MissingRole { role: missing } if missing == role));
        }
    }

    #[test]
    fn a_threshold_or_a_version_of_zero_is_refused() {
        let publisher = Publisher::new(2, 2);
        for pointer in ["/roles/targets/threshold", "/version"] {
            let mut fields = publisher.root_fields();
            *fields.pointer_mut(pointer).unwrap() = json!(0);
            let error = Root::pinned(&publisher.sign(&fields, &[0, 1])).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{pointer}: {error}");
        }
    }

    #[test]
    fn keys_of_unknown_types_are_ignored() {
        let publisher = Publisher::new(2, 2);
        let mut fields = publisher.root_fields();
        for unknown in [
            json!({"keytype": "ml-dsa-65", "scheme": "ml-dsa-65", "keyval": {"public": "00"}}),
            json!({"keytype": "ed25519", "scheme": "ed25519ph", "keyval": {"public": "00"}}),
        ] {
            let id = key_id(&unknown).unwrap();
            fields["keys"][&id] = unknown;
            fields["roles"]["targets"]["keyids"].as_array_mut().unwrap().push(json!(id));
        }
        let root = Root::pinned(&publisher.sign(&fields, &[0, 1])).unwrap();
        let targets = publisher.sign(&publisher.targets_fields(1, &[]), &[0, 1]);
        assert_eq!(Targets::parse(TARGETS, Delegator::Root(&root), &targets).unwrap().version(), 1);
    }

    #[test]
    fn one_key_under_two_ids_counts_once() {
        let publisher = Publisher::new(2, 2);
        let twin = Signer::new(0, "twin");
        let mut fields = publisher.root_fields();
        fields["keys"][&twin.id()] = twin.key();
        fields["roles"]["targets"]["keyids"].as_array_mut().unwrap().push(json!(twin.id()));
        let root = Root::pinned(&publisher.sign(&fields, &[0, 1])).unwrap();

        let fields = publisher.targets_fields(1, &[]);
        let mut document = Document::parse(&publisher.sign(&fields, &[0])).unwrap();
        document.add_signature(&twin.id(), &twin.sign(document.message()));
        let error =
            Targets::parse(TARGETS, Delegator::Root(&root), &document.compose().unwrap()).unwrap_err();
        assert!(matches!(error, Error::Threshold { valid: 1, threshold: 2, .. }), "{error}");
    }

    #[test]
    fn a_tally_names_who_signed_and_who_could() {
        let publisher = Publisher::new(3, 2);
        let root = Root::pinned(&publisher.root()).unwrap();
        let draft = Document::parse(&publisher.sign(&publisher.targets_fields(1, &[]), &[1])).unwrap();
        let tally = root.tally(TARGETS, &draft).unwrap();
        let names =
            |holders: &[Holder]| -> BTreeSet<String> { holders.iter().map(Holder::to_string).collect() };
        assert_eq!(names(&tally.signed), BTreeSet::from(["holder-1".into()]));
        assert_eq!(names(&tally.missing), BTreeSet::from(["holder-0".into(), "holder-2".into()]));
        assert!(!tally.reached());
    }
}
