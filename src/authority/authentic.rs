//! Whether what is published is what its holders signed: asked before anything on its way is compared with it.
//!
//! Whoever signs is shown what differs from the published lists. Were those taken as they lie in the folder, a name
//! that was slipped into both would be shown to nobody.

use std::collections::BTreeSet;
use std::path::Path;

use crate::authority::edition::Edition;
use crate::authority::workspace::{metadata_file, metadata_folder};
use crate::authority::{Error, files, metadata};
use crate::trust::{Document, ROOT, Root, SNAPSHOT, TARGETS, TIMESTAMP, sha256};

/// The roles whose published metadata a client would believe, beginning with the published root. What nobody can
/// have published is refused. Metadata of a role that was left to other people since is as good as none.
pub(super) fn believed(edition: &Edition) -> Result<BTreeSet<String>, Error> {
    let mut believed = BTreeSet::new();
    let Some(document) = edition.roles.get(ROOT) else { return Ok(believed) };
    let folder = metadata_folder(&edition.folder);
    let octets = document.compose().map_err(Error::metadata(ROOT))?;
    let root = Root::pinned(&octets).map_err(Error::trust(&folder))?;
    let online = [(SNAPSHOT, edition.snapshot.as_ref()), (TIMESTAMP, edition.timestamp.as_ref())];
    let top = (TARGETS, edition.roles.get(TARGETS));
    for (role, document) in online.into_iter().chain([top]) {
        let Some(document) = document else { continue };
        if !root.tally(role, document).map_err(Error::trust(&folder))?.reached() {
            return Err(unsigned(edition, role, document));
        }
    }
    believed.insert(TARGETS.to_owned());
    let Some(claims) = edition.claims(TARGETS)? else { return Ok(believed) };
    for (role, document) in edition.roles.iter().filter(|(role, _)| ![ROOT, TARGETS].contains(&role.as_str()))
    {
        if claims.tally(role, document).is_ok_and(|tally| tally.reached()) {
            believed.insert(role.clone());
        } else if !in_snapshot(edition, role, document)? {
            return Err(unsigned(edition, role, document));
        }
    }
    Ok(believed)
}

/// Refuses a repository whose root neither is the pinned one nor follows from it.
pub(super) fn follow(edition: &Edition, pinned: &Path) -> Result<(), Error> {
    let refuse = || Error::OtherRoot { folder: edition.folder.clone(), pinned: pinned.to_owned() };
    let document = edition.roles.get(ROOT).ok_or_else(refuse)?;
    let mut octets = files::read(pinned)?;
    let mut root = Root::pinned(&octets).map_err(Error::trust(pinned))?;
    while root.version() < metadata::version(document) {
        let path = metadata_file(&edition.folder, ROOT, root.version() + 1);
        octets = files::read_if_there(&path)?.ok_or_else(refuse)?;
        root = root.successor(&octets).map_err(Error::trust(&path))?;
    }
    let last = Document::parse(&octets).map_err(Error::trust(pinned))?;
    if last.message() == document.message() { Ok(()) } else { Err(refuse()) }
}

/// Whether the snapshot speaks of this very file.
fn in_snapshot(edition: &Edition, role: &str, document: &Document) -> Result<bool, Error> {
    let octets = files::read(&metadata_file(&edition.folder, role, metadata::version(document)))?;
    let said = edition.snapshot.as_ref().map(|it| &it.signed()["meta"][format!("{role}.json")]["hashes"]);
    Ok(said.is_some_and(|hashes| hashes["sha256"] == sha256(&octets)))
}

fn unsigned(edition: &Edition, role: &str, document: &Document) -> Error {
    let path = metadata_file(&edition.folder, role, metadata::version(document));
    Error::Unproven { path, role: role.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::Value;

    use super::*;
    use crate::authority::office::{LIST, Office, signers};
    use crate::authority::{Bundle, Turn, export, list, sign};

    /// Puts a name into the published list of `fr` without a signature, as somebody at the desk could.
    fn slip_in(office: &Office, line: &str) {
        let edition = Edition::read(&office.workspace.public()).unwrap();
        let claims = edition.claims("fr").unwrap().unwrap();
        let octets = edition.target(LIST, claims.target(LIST).unwrap()).unwrap();
        let mut text = list::plain(Path::new(LIST), octets).unwrap();
        text.extend_from_slice(line.as_bytes());
        let packed = list::packed(LIST, &text).unwrap();
        let path = office.workspace.metadata().join("1.fr.json");
        let mut metadata: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let target = &mut metadata["signed"]["targets"][LIST];
        target["length"] = packed.len().into();
        target["hashes"]["sha256"] = sha256(&packed).into();
        target["custom"]["rempart"]["sha256"] = sha256(&text).into();
        fs::write(&path, metadata.to_string()).unwrap();
        let name = format!("{}.nudification.jsonl.zst", sha256(&packed));
        fs::write(office.workspace.public().join("targets/fr").join(name), packed).unwrap();
    }

    #[test]
    fn nothing_is_compared_with_what_nobody_signed() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        office.prepare(&["a.example", "mybank.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let emil = signers(&["emil"]);
        let turn = Turn { signers: &emil, ..Turn::default() };
        let told = sign(&office.workspace, &turn, office.now).unwrap().proposal().to_string();
        assert!(told.contains("1 added") && told.contains("+ mybank.example"), "{told}");
        slip_in(&office, "{\"name\":\"mybank.example\"}\n");
        let error = sign(&office.workspace, &turn, office.now).err().unwrap();
        assert!(matches!(&error, Error::Unproven { role, .. } if role == "fr"), "{error}");
        export(&office.workspace, &office.path("bundle"), office.now).unwrap();
        let bundle = Bundle::open(&office.path("bundle")).unwrap();
        let error = bundle.prepare(&turn, office.now).err().unwrap();
        assert!(matches!(&error, Error::Unproven { role, .. } if role == "fr"), "{error}");
    }

    #[test]
    fn a_bundle_must_follow_from_the_root_that_its_signer_keeps() {
        let office = Office::with_delegate();
        let pinned = office.path("pinned.json");
        fs::copy(office.workspace.metadata().join("1.root.json"), &pinned).unwrap();
        let work = office.rotate("root", "cleo", &["dan"]).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        assert_eq!(Edition::read(&office.workspace.public()).unwrap().root().unwrap().unwrap().version(), 2);
        office.prepare(&["a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        export(&office.workspace, &office.path("bundle"), office.now).unwrap();
        let bundle = Bundle::open(&office.path("bundle")).unwrap();
        let emil = signers(&["emil"]);
        let prepare = |root: &Path| {
            bundle.prepare(&Turn { root: Some(root), signers: &emil, role: None }, office.now).err()
        };
        assert!(prepare(&pinned).is_none());
        assert!(prepare(&office.workspace.metadata().join("2.root.json")).is_none());
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("blocklists/demo/public/metadata/1.root.json");
        assert!(matches!(prepare(&demo), Some(Error::Trust { .. })));
        // Another root of the same version, and one that is gone from the way.
        let mut stranger = Office::unfounded();
        stranger.wait_days(1);
        stranger.found(&["ana", "ben", "cleo"]);
        let follows = |office: &Office| follow(&Edition::read(&office.workspace.public()).unwrap(), &pinned);
        assert!(matches!(follows(&stranger), Err(Error::OtherRoot { .. })));
        assert!(follows(&office).is_ok());
        fs::remove_file(office.workspace.metadata().join("1.root.json")).unwrap();
        assert!(follows(&office).is_ok());
    }

    #[test]
    fn what_former_holders_signed_is_no_measure() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let work = crate::authority::withdraw(&office.workspace, "fr", None, office.now).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let work = office.delegate("fr", "fr/*", &["fay", "gus"]).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let work = office.prepare(&["a.example", "b.example"]).unwrap();
        let told = work.proposal().to_string();
        assert!(told.contains("NOTE: what is published of fr counts for nothing"), "{told}");
        assert!(told.contains("all of it is new"), "{told}");
        assert!(work.carry_out(&signers(&["fay", "gus"])).unwrap().committed.is_some());
    }
}
