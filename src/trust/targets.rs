//! Targets metadata (specification §4.5): which files are published, with their lengths and digests.
//!
//! The same fields have two types. [`Claims`] is what a document says; [`Targets`] is what a threshold of key
//! holders said. Only the second can [`open`](Targets::open) a file.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::ops::Deref;

use aws_lc_rs::digest::{Algorithm, SHA256, SHA512, digest};
use jiff::Timestamp;
use serde::Deserialize;
use tough::schema::decoded::{Decoded, Hex};

use crate::trust::TARGETS;
use crate::trust::document::Document;
use crate::trust::error::Error;

/// What targets metadata says, whoever wrote it.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    version: NonZeroU64,
    expires: Timestamp,
    targets: BTreeMap<String, Target>,
}

#[derive(Clone, Debug, Deserialize)]
struct Target {
    length: u64,
    hashes: Digests,
}

/// The digests that we can compute; others in the metadata are signed too, but tell us nothing.
#[derive(Clone, Debug, Deserialize)]
struct Digests {
    sha256: Option<Decoded<Hex>>,
    sha512: Option<Decoded<Hex>>,
}

impl Document {
    /// Reads targets metadata without believing it: for those who are about to sign it, and for show.
    pub fn claims(&self) -> Result<Claims, Error> {
        self.fields(TARGETS)
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

    /// The target paths, in order, each with the length of its file in octets.
    pub fn targets(&self) -> impl Iterator<Item = (&str, u64)> {
        self.targets.iter().map(|(name, target)| (name.as_str(), target.length))
    }

    /// The length of a target in octets, which bounds what may be fetched for it.
    pub fn length(&self, name: &str) -> Result<u64, Error> {
        Ok(self.target(name)?.length)
    }

    /// Compares a file with what is said of it (specification §5.7.2): its length, then every digest we know.
    pub fn check(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let target = self.target(name)?;
        let found = bytes.len() as u64;
        if found != target.length {
            return Err(Error::Length { name: name.to_owned(), expected: target.length, found });
        }
        let digests: [(&'static str, &'static Algorithm, _); 2] =
            [("sha256", &SHA256, &target.hashes.sha256), ("sha512", &SHA512, &target.hashes.sha512)];
        let mut compared = false;
        for (algorithm, function, expected) in digests {
            let Some(expected) = expected else { continue };
            if digest(function, bytes).as_ref() != &**expected {
                return Err(Error::Digest { name: name.to_owned(), algorithm });
            }
            compared = true;
        }
        if compared { Ok(()) } else { Err(Error::NoDigest { name: name.to_owned() }) }
    }

    fn target(&self, name: &str) -> Result<&Target, Error> {
        self.targets.get(name).ok_or_else(|| Error::UnknownTarget { name: name.to_owned() })
    }
}

/// Targets metadata that a threshold of the role's keys has signed. It may be out of date.
#[derive(Clone, Debug)]
pub struct Targets(Claims);

impl Targets {
    /// Takes claims whose signatures have just been checked (specification §5.6.4).
    pub(super) fn new(claims: Claims, least_version: u64) -> Result<Self, Error> {
        if claims.version() < least_version {
            let role = TARGETS.to_owned();
            return Err(Error::Rollback { role, version: claims.version(), least: least_version });
        }
        Ok(Self(claims))
    }

    /// Checks that a file is the target of this name, exactly as it was signed.
    pub fn open<'bytes>(&self, name: &str, bytes: &'bytes [u8]) -> Result<Verified<'bytes>, Error> {
        self.0.check(name, bytes)?;
        Ok(Verified(bytes))
    }
}

impl Deref for Targets {
    type Target = Claims;

    fn deref(&self) -> &Claims {
        &self.0
    }
}

/// The content of a target: octets that a threshold of key holders signed.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'bytes>(&'bytes [u8]);

impl<'bytes> Verified<'bytes> {
    /// The octets.
    pub fn as_bytes(&self) -> &'bytes [u8] {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::trust::PinnedRoot;
    use crate::trust::publisher::{Publisher, time};

    const LIST: &[u8] = b"undress.example\n";

    fn publisher() -> (Publisher, PinnedRoot) {
        let publisher = Publisher::new(3, 2);
        let root = PinnedRoot::parse(&publisher.root()).unwrap();
        (publisher, root)
    }

    fn targets(version: u64) -> Targets {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(version, &[("demo.jsonl", LIST)]), &[0, 2]);
        root.verify_targets(&file, 0).unwrap()
    }

    fn refused(alter: impl FnOnce(&Publisher, &mut Vec<u8>)) -> Error {
        let (publisher, root) = publisher();
        let mut file = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0, 1]);
        assert!(root.verify_targets(&file, 0).is_ok());
        alter(&publisher, &mut file);
        root.verify_targets(&file, 0).unwrap_err()
    }

    #[test]
    fn what_two_of_three_signed_is_opened() {
        let targets = targets(4);
        assert_eq!(targets.version(), 4);
        assert_eq!(targets.length("demo.jsonl").unwrap(), LIST.len() as u64);
        assert_eq!(targets.targets().collect::<Vec<_>>(), [("demo.jsonl", LIST.len() as u64)]);
        assert_eq!(targets.open("demo.jsonl", LIST).unwrap().as_bytes(), LIST);
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
    fn the_same_key_twice_counts_once() {
        let error = refused(|publisher, file| {
            let signed = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0]);
            let mut value: serde_json::Value = serde_json::from_slice(&signed).unwrap();
            let signature = value["signatures"][0].clone();
            value["signatures"].as_array_mut().unwrap().push(signature);
            *file = serde_json::to_vec(&value).unwrap();
        });
        assert!(matches!(error, Error::Threshold { valid: 1, threshold: 2, .. }), "{error}");
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
        assert!(root.verify_targets(file.as_bytes(), 0).is_ok());
        let altered = file.replace("kept", "lost");
        assert!(matches!(root.verify_targets(altered.as_bytes(), 0), Err(Error::Threshold { valid: 0, .. })));
    }

    #[test]
    fn a_field_given_twice_means_what_was_signed() {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(1, &[("demo.jsonl", LIST)]), &[0, 1]);
        let forged =
            String::from_utf8(file).unwrap().replacen("\"version\": 1", "\"version\": 1, \"version\": 9", 1);
        assert!(matches!(root.verify_targets(forged.as_bytes(), 0), Err(Error::Threshold { valid: 0, .. })));
    }

    #[test]
    fn metadata_of_another_role_is_refused_however_well_signed() {
        let (publisher, root) = publisher();
        let error = root.verify_targets(&publisher.root(), 0).unwrap_err();
        assert!(matches!(error, Error::WrongType { role, found } if role == TARGETS && found == "root"));
        let targets = publisher.sign(&publisher.targets_fields(1, &[]), &[0, 1, 2]);
        let error = PinnedRoot::parse(&targets).unwrap_err();
        assert!(matches!(error, Error::WrongType { role, found } if role == "root" && found == TARGETS));
    }

    #[test]
    fn the_layout_of_the_json_does_not_matter() {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(3, &[("demo.jsonl", LIST)]), &[0, 1]);
        let value: serde_json::Value = serde_json::from_slice(&file).unwrap();
        let compact = serde_json::to_vec(&value).unwrap();
        assert_ne!(compact, file);
        assert_eq!(root.verify_targets(&compact, 0).unwrap().version(), 3);
    }

    #[test]
    fn expiry_is_told_and_not_fatal() {
        let targets = targets(1);
        assert!(!targets.expired(time("2026-12-31T23:59:59Z")));
        assert!(targets.expired(time("2027-01-01T00:00:00Z")));
        assert!(targets.open("demo.jsonl", LIST).is_ok());
    }

    #[test]
    fn an_older_version_is_refused_and_the_same_is_not() {
        let (publisher, root) = publisher();
        let file = publisher.sign(&publisher.targets_fields(4, &[]), &[0, 1]);
        assert!(root.verify_targets(&file, 4).is_ok());
        let error = root.verify_targets(&file, 5).unwrap_err();
        assert!(matches!(error, Error::Rollback { version: 4, least: 5, .. }), "{error}");
    }

    #[test]
    fn another_file_than_the_signed_one_is_refused() {
        let targets = targets(1);
        let mut altered = LIST.to_vec();
        altered[0] ^= 1;
        assert!(matches!(
            targets.open("demo.jsonl", &altered),
            Err(Error::Digest { algorithm: "sha256", .. })
        ));
        let longer = [LIST, b"\n"].concat();
        assert!(matches!(
            targets.open("demo.jsonl", &longer),
            Err(Error::Length { expected: 16, found: 17, .. })
        ));
        assert!(matches!(targets.open("demo.jsonl", &LIST[1..]), Err(Error::Length { found: 15, .. })));
        assert!(matches!(
            targets.open("Demo.jsonl", LIST),
            Err(Error::UnknownTarget { name }) if name == "Demo.jsonl"
        ));
        assert!(matches!(targets.length("../demo.jsonl"), Err(Error::UnknownTarget { .. })));
    }

    #[test]
    fn every_digest_must_agree_and_one_must_be_there() {
        let (publisher, root) = publisher();
        let sha512 = publisher.sha512(LIST);
        for (hashes, good) in [
            (json!({"sha512": sha512}), true),
            (json!({"sha512": sha512, "blake3": "00"}), true),
            (json!({"sha256": publisher.sha256(LIST), "sha512": sha512}), true),
            (json!({"sha256": publisher.sha256(LIST), "sha512": publisher.sha512(b"other")}), false),
            (json!({"sha256": publisher.sha256(b"other"), "sha512": sha512}), false),
            (json!({"blake3": "00"}), false),
            (json!({}), false),
        ] {
            let mut fields = publisher.targets_fields(1, &[("demo.jsonl", LIST)]);
            fields["targets"]["demo.jsonl"]["hashes"] = hashes.clone();
            let targets = root.verify_targets(&publisher.sign(&fields, &[0, 1]), 0).unwrap();
            assert_eq!(targets.open("demo.jsonl", LIST).is_ok(), good, "{hashes}");
        }
    }
}
