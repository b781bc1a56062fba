//! One holder's turn to sign targets metadata.
//!
//! The first holder names the lists, and new metadata with their lengths and digests is made. Every further
//! holder adds a signature under the same octets. Either is shown the same [`Proposal`] before it happens:
//! what each list holds, and what changes against the folder as it is published now, where that is at hand.

use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tough::schema::decoded::{Encode, Hex};

use crate::authority::files::{self, folder_of};
use crate::authority::published::target_path;
use crate::authority::{Ask, Change, Error, KeySource, Published, SigningKey, Summary, whole_seconds};
use crate::trust::{Claims, Document, Holder, PinnedRoot, SPEC_VERSION, TARGETS, Tally};

/// How long targets metadata is valid unless its first holder says otherwise.
const VALIDITY: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What a holder asks for.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// The targets metadata, existing or to be made.
    pub metadata: &'a Path,
    /// The root.
    pub root: &'a Path,
    /// Where the holder's private key is.
    pub key: &'a KeySource,
    /// The lists, all of them, of new metadata; empty to add a signature.
    pub lists: &'a [PathBuf],
    /// The version of new metadata; one more than what is known by default.
    pub version: Option<u64>,
    /// The expiry of new metadata.
    pub expires: Option<Timestamp>,
    /// The folder as it is published now, to compare with.
    pub previous: Option<&'a Path>,
    /// The time.
    pub now: Timestamp,
}

/// What a holder is about to sign.
pub struct Proposal {
    /// Who signs.
    pub holder: Holder,
    /// Where the metadata is, or will be.
    pub path: PathBuf,
    /// What will be signed.
    pub claims: Claims,
    /// What each list holds.
    pub lists: Vec<Described>,
    /// Target paths that are published now and will be no more.
    pub withdrawn: Vec<String>,
    /// The signatures before this one.
    pub tally: Tally,
    pub(super) now: Timestamp,
    document: Document,
    before: Option<Vec<u8>>,
    root: PinnedRoot,
    key: SigningKey,
}

/// One list that is about to be signed.
pub struct Described {
    /// Its target path.
    pub name: String,
    /// Its length in octets.
    pub length: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// What it holds.
    pub summary: Summary,
    /// What changes against the published list of this name, where that is at hand.
    pub change: Option<Change>,
}

impl Proposal {
    /// Finds out what is to be signed, and refuses what must not be. Writes nothing. `ask` is asked for what
    /// opens the key.
    pub fn prepare(order: &Order<'_>, ask: &mut Ask<'_>) -> Result<Self, Error> {
        let root = PinnedRoot::parse(&files::read(order.root)?).map_err(Error::trust(order.root))?;
        let key = order.key.open(ask)?;
        let holder = root.holder_of(TARGETS, key.public()).map_err(Error::trust(order.root))?;
        let holder = holder
            .ok_or_else(|| Error::Stranger { key: order.key.to_string(), root: order.root.to_owned() })?;
        let previous = order.previous.map(|folder| Published::open(folder, &root)).transpose()?;

        let before = files::read_if_there(order.metadata)?;
        let existing = before.as_deref().map(Document::parse).transpose();
        let existing = existing.map_err(Error::trust(order.metadata))?;
        let document = if order.lists.is_empty() {
            joined(order, existing)?
        } else {
            drafted(order, existing.as_ref(), previous.as_ref())?
        };
        let claims = document.claims().map_err(Error::trust(order.metadata))?;
        check_growth(order, &claims, previous.as_ref())?;
        let tally = root.tally(TARGETS, &document).map_err(Error::trust(order.root))?;
        if tally.signed.contains(&holder) {
            return Err(Error::AlreadySigned { holder: holder.to_string(), path: order.metadata.to_owned() });
        }
        let lists = describe(order, &claims, previous.as_ref())?;
        let withdrawn = previous.iter().flat_map(|previous| previous.lists.keys());
        let withdrawn = withdrawn.filter(|name| claims.length(name).is_err()).cloned().collect();
        let path = order.metadata.to_owned();
        Ok(Self {
            holder,
            path,
            claims,
            lists,
            withdrawn,
            tally,
            now: order.now,
            document,
            before,
            root,
            key,
        })
    }

    /// Signs, writes the metadata, and counts the signatures anew.
    pub fn sign(mut self) -> Result<Tally, Error> {
        if files::read_if_there(&self.path)? != self.before {
            return Err(Error::Changed { path: self.path });
        }
        let signature = self.key.sign(self.document.message())?;
        self.document.add_signature(&self.holder.key_id, &signature);
        let file = self.document.compose().map_err(Error::trust(&self.path))?;
        files::replace(&self.path, &file)?;
        self.root.tally(TARGETS, &self.document).map_err(Error::trust(&self.path))
    }
}

/// The metadata that another holder has made.
fn joined(order: &Order<'_>, existing: Option<Document>) -> Result<Document, Error> {
    if order.version.is_some() || order.expires.is_some() {
        return Err(Error::Settled);
    }
    existing.ok_or_else(|| Error::NoTargets { path: order.metadata.to_owned() })
}

/// New metadata for the lists of the order, larger in version than all that is known.
fn drafted(
    order: &Order<'_>,
    existing: Option<&Document>,
    previous: Option<&Published>,
) -> Result<Document, Error> {
    let existing = existing.map(Document::claims).transpose().map_err(Error::trust(order.metadata))?;
    let standing = existing.map_or(0, |claims| claims.version());
    let known = standing.max(previous.map_or(0, |previous| previous.targets.version()));
    let version = order.version.unwrap_or(known.saturating_add(1));
    if version <= standing {
        return Err(Error::Version { version, known: standing, path: order.metadata.to_owned() });
    }
    let expires = order.expires.unwrap_or(order.now.saturating_add(VALIDITY).unwrap_or(Timestamp::MAX));
    let targets: Value =
        order.lists.iter().map(|list| target(list, order.metadata)).collect::<Result<_, _>>()?;
    Document::unsigned(&json!({
        "_type": TARGETS,
        "spec_version": SPEC_VERSION,
        "version": version,
        "expires": whole_seconds(expires),
        "targets": targets,
    }))
    .map_err(Error::trust(order.metadata))
}

/// The target path, length and digest of a list that lies in the folder of the metadata or below it.
fn target(list: &Path, metadata: &Path) -> Result<(String, Value), Error> {
    let folder = folder_of(metadata);
    let whole =
        |path: &Path| path.canonicalize().map_err(|source| Error::Read { path: path.to_owned(), source });
    let (found, parent) = (whole(list)?, whole(folder)?);
    let name = found.strip_prefix(&parent).ok().and_then(Path::to_str);
    let name = name.ok_or_else(|| Error::Outside { path: list.to_owned(), folder: folder.to_owned() })?;
    let octets = files::read(list)?;
    Ok((name.to_owned(), json!({ "length": octets.len(), "hashes": { "sha256": sha256(&octets) } })))
}

fn check_growth(order: &Order<'_>, claims: &Claims, previous: Option<&Published>) -> Result<(), Error> {
    if let (Some(folder), Some(previous)) = (order.previous, previous) {
        let (version, known) = (claims.version(), previous.targets.version());
        if version <= known {
            return Err(Error::Version { version, known, path: folder.to_owned() });
        }
    }
    if claims.expired(order.now) {
        let what = order.metadata.display().to_string();
        return Err(Error::Expiry { what, expires: claims.expires() });
    }
    Ok(())
}

/// Reads every list that will be signed: nobody signs what is not at hand.
fn describe(
    order: &Order<'_>,
    claims: &Claims,
    previous: Option<&Published>,
) -> Result<Vec<Described>, Error> {
    let folder = folder_of(order.metadata);
    let mut lists = Vec::new();
    for (name, length) in claims.targets() {
        let path = target_path(folder, name)?;
        let octets = files::read(&path)?;
        claims.check(name, &octets).map_err(Error::trust(&path))?;
        let summary = Summary::read(&path, &octets)?;
        if summary.header.expires <= order.now {
            return Err(Error::Expiry { what: path.display().to_string(), expires: summary.header.expires });
        }
        let published = previous.and_then(|previous| previous.lists.get(name));
        let change = published.map(|published| summary.change_since(published));
        if let Some(published) = published {
            let (serial, known) = (summary.header.serial, published.header.serial);
            if serial < known || (serial == known && summary != *published) {
                return Err(Error::Serial { path, serial, known });
            }
        }
        lists.push(Described { name: name.to_owned(), length, sha256: sha256(&octets), summary, change });
    }
    Ok(lists)
}

fn sha256(octets: &[u8]) -> String {
    Hex::encode(digest(&SHA256, octets).as_ref())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::authority::{Charter, FileKey, Founding, KeyError, Protection};

    const NOW: &str = "2026-03-01T12:00:00Z";
    const LIST: &str = include_str!("../../blocklists/demo/demo.jsonl");

    /// An authority of three, two of whom must sign, with the demonstration's list ready to be signed.
    struct Office(TempDir);

    impl Office {
        fn new() -> Self {
            let office = Self(tempfile::tempdir().unwrap());
            let charter = Charter {
                holders: ["ana", "ben", "cleo"].map(str::to_owned).to_vec(),
                threshold: 2,
                expires: "2027-03-01T00:00:00Z".parse().unwrap(),
                folder: office.path("draft"),
                keys: office.path("keys"),
            };
            let mut seed = 0;
            let founding = Founding::prepare(charter, NOW.parse().unwrap()).unwrap();
            founding
                .carry_out(|| {
                    seed += 1;
                    Ok([seed; 32])
                })
                .unwrap();
            office.write_list(LIST);
            office
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write_list(&self, text: &str) {
            fs::write(self.path("draft/demo.jsonl"), text).unwrap();
        }

        fn prepare(
            &self,
            holder: &str,
            lists: &[&str],
            alter: impl FnOnce(&mut Order<'_>),
        ) -> Result<Proposal, Error> {
            let previous = Some(self.path("published")).filter(|folder| folder.exists());
            let lists: Vec<PathBuf> = lists.iter().map(|list| self.path(list)).collect();
            let mut order = Order {
                metadata: &self.path("draft/targets.json"),
                root: &self.path("draft/root.json"),
                key: &KeySource::File(self.path(&format!("keys/{holder}.pem"))),
                lists: &lists,
                version: None,
                expires: None,
                previous: previous.as_deref(),
                now: NOW.parse().unwrap(),
            };
            alter(&mut order);
            Proposal::prepare(&order, &mut |what| panic!("asked for the {what}"))
        }

        /// The first holder's turn.
        fn draft(&self, holder: &str) -> Result<Proposal, Error> {
            self.prepare(holder, &["draft/demo.jsonl"], |_| ())
        }

        /// A further holder's turn.
        fn join(&self, holder: &str) -> Result<Proposal, Error> {
            self.prepare(holder, &[], |_| ())
        }

        fn metadata(&self) -> Document {
            Document::parse(&fs::read(self.path("draft/targets.json")).unwrap()).unwrap()
        }

        fn publish(&self) {
            fs::create_dir_all(self.path("published")).unwrap();
            for file in ["root.json", "targets.json", "demo.jsonl"] {
                fs::copy(self.path("draft").join(file), self.path("published").join(file)).unwrap();
            }
        }

        fn published(&self) -> Result<Published, Error> {
            let root = PinnedRoot::parse(&files::read(&self.path("draft/root.json")).unwrap()).unwrap();
            Published::open(&self.path("draft"), &root)
        }
    }
    #[test]
    fn one_holder_alone_publishes_nothing_and_two_do() {
        let office = Office::new();
        let tally = office.draft("ana").unwrap().sign().unwrap();
        assert_eq!((tally.valid(), tally.threshold, tally.reached()), (1, 2, false));
        let Err(Error::Trust { source, .. }) = office.published() else { panic!("published by one holder") };
        assert!(matches!(source, crate::trust::Error::Threshold { valid: 1, threshold: 2, .. }), "{source}");
        let drafted = office.metadata();

        let proposal = office.join("ben").unwrap();
        assert_eq!(proposal.tally.signed.iter().map(Holder::to_string).collect::<Vec<_>>(), ["ana"]);
        assert_eq!(proposal.lists[0].summary.header.list, "demo/nudification");
        assert!(proposal.lists[0].change.is_none());
        assert!(proposal.sign().unwrap().reached());
        assert_eq!(office.metadata().signed_text(), drafted.signed_text());

        let published = office.published().unwrap();
        assert_eq!(published.targets.version(), 1);
        assert_eq!(published.tally.valid(), 2);
        assert_eq!(published.lists["demo.jsonl"].rules(), 12);
        assert_eq!(office.join("cleo").unwrap().sign().unwrap().valid(), 3);
    }

    #[test]
    fn nobody_signs_twice_under_any_file_name() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        fs::copy(office.path("keys/ana.pem"), office.path("keys/other.pem")).unwrap();
        for holder in ["ana", "other"] {
            let error = office.join(holder).err().unwrap();
            assert!(matches!(error, Error::AlreadySigned { holder, .. } if holder == "ana"));
        }
    }

    #[test]
    fn only_keys_of_the_root_sign() {
        let office = Office::new();
        let stranger = FileKey::from_seed(&[99; 32]).unwrap().compose(&Protection::None).unwrap();
        fs::write(office.path("keys/stranger.pem"), stranger).unwrap();
        assert!(matches!(office.draft("stranger"), Err(Error::Stranger { .. })));
        fs::write(office.path("keys/noise.pem"), "noise").unwrap();
        assert!(matches!(office.draft("noise"), Err(Error::PrivateKey(KeyError::NotAKey { .. }))));
        assert!(matches!(office.draft("absent"), Err(Error::PrivateKey(KeyError::Read { .. }))));
    }

    #[test]
    fn a_list_that_is_not_what_was_signed_gets_no_second_signature() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        office.write_list(&LIST.replace("undress.example", "address.example"));
        let Err(Error::Trust { path, source }) = office.join("ben") else { panic!("signed unseen") };
        assert!(path.ends_with("demo.jsonl"));
        assert!(matches!(source, crate::trust::Error::Digest { .. }), "{source}");
    }

    #[test]
    fn altered_metadata_has_lost_its_first_signature() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        let path = office.path("draft/targets.json");
        let altered = fs::read_to_string(&path).unwrap().replace("\"version\": 1", "\"version\": 7");
        fs::write(&path, altered).unwrap();
        let proposal = office.join("ben").unwrap();
        assert_eq!((proposal.claims.version(), proposal.tally.valid()), (7, 0));
        assert!(!proposal.sign().unwrap().reached());
    }

    #[test]
    fn versions_grow() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        let again = office.prepare("ana", &["draft/demo.jsonl"], |order| order.version = Some(1));
        assert!(matches!(again, Err(Error::Version { version: 1, known: 1, .. })));
        assert_eq!(office.draft("ana").unwrap().claims.version(), 2);

        office.join("ben").unwrap().sign().unwrap();
        office.publish();
        fs::remove_file(office.path("draft/targets.json")).unwrap();
        let again = office.prepare("ana", &["draft/demo.jsonl"], |order| order.version = Some(1));
        assert!(matches!(again, Err(Error::Version { version: 1, known: 1, .. })));
        assert_eq!(office.draft("ana").unwrap().claims.version(), 2);
    }

    #[test]
    fn what_changes_is_told_and_serials_grow() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        office.join("ben").unwrap().sign().unwrap();
        office.publish();

        let changed =
            LIST.replace("\"nudify.test\"", "\"nudifier.test\"").replace("DEMO-2026-0011", "DEMO-2026-0099");
        office.write_list(&changed);
        assert!(matches!(office.draft("ana"), Err(Error::Serial { serial: 1, known: 1, .. })));
        office.write_list(&changed.replace("\"serial\":1", "\"serial\":2"));
        let proposal = office.draft("ana").unwrap();
        let change = proposal.lists[0].change.clone().unwrap();
        assert_eq!(change.since, 1);
        assert_eq!(change.added, ["nudifier.test"]);
        assert_eq!(change.removed, ["nudify.test"]);
        assert_eq!(change.altered, ["api.photo-lab.test (this host alone)"]);
        assert_eq!(proposal.claims.version(), 2);
    }

    #[test]
    fn a_withdrawn_list_is_told() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        office.join("ben").unwrap().sign().unwrap();
        office.publish();
        fs::rename(office.path("draft/demo.jsonl"), office.path("draft/other.jsonl")).unwrap();
        let proposal = office.prepare("ana", &["draft/other.jsonl"], |_| ()).unwrap();
        assert_eq!(proposal.withdrawn, ["demo.jsonl"]);
    }

    #[test]
    fn what_has_expired_is_not_signed() {
        let office = Office::new();
        let order = |order: &mut Order<'_>| order.expires = Some(NOW.parse().unwrap());
        assert!(matches!(office.prepare("ana", &["draft/demo.jsonl"], order), Err(Error::Expiry { .. })));
        office.draft("ana").unwrap().sign().unwrap();
        let late = |order: &mut Order<'_>| order.now = "2026-12-31T00:00:00Z".parse().unwrap();
        assert!(matches!(office.prepare("ben", &[], late), Err(Error::Expiry { .. })));
        office.write_list(&LIST.replacen("\"expires\":\"2036", "\"expires\":\"2026", 1));
        assert!(
            matches!(office.draft("ana"), Err(Error::Expiry { what, .. }) if what.ends_with("demo.jsonl"))
        );
    }

    #[test]
    fn orders_that_make_no_sense_are_refused() {
        let office = Office::new();
        assert!(matches!(office.join("ben"), Err(Error::NoTargets { .. })));
        fs::write(office.path("outside.jsonl"), LIST).unwrap();
        let outside = office.prepare("ana", &["outside.jsonl"], |_| ());
        assert!(matches!(outside, Err(Error::Outside { .. })));
        office.draft("ana").unwrap().sign().unwrap();
        let settled = office.prepare("ben", &[], |order| order.version = Some(3));
        assert!(matches!(settled, Err(Error::Settled)));
        office.write_list("undress.example\n");
        assert!(matches!(office.draft("ana"), Err(Error::Unreadable { .. })));
    }

    #[test]
    fn nothing_is_signed_that_changed_while_its_signer_was_asked() {
        let office = Office::new();
        office.draft("ana").unwrap().sign().unwrap();
        let shown = office.join("ben").unwrap();
        office.draft("cleo").unwrap().sign().unwrap();
        assert!(matches!(shown.sign(), Err(Error::Changed { .. })));
        assert_eq!(office.metadata().claims().unwrap().version(), 2);
    }
}
