//! From what is on its way to what is published, in an order that a client never notices.
//!
//! First all that nobody asks for yet (target files, metadata of roles, the snapshot), each under a name of its
//! own, then the timestamp, which leads to it. A root that trusts other keys comes last where everything else can
//! be signed so that both roots are satisfied, and otherwise before the rest. Only then is removed what no client
//! can be asking for any more. All is worked out before the first file is written, every step replaces a whole
//! file, and every step can be taken twice: a command that is cut short anywhere leaves a repository that
//! verifies, and the next command takes the steps that are left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::choice::choose;
use crate::authority::desk::Desk;
use crate::authority::edition::{self, Documents, claims, file_of, files_of, target_files, versioned};
use crate::authority::online::Online;
use crate::authority::seal::{Renewal, Sealed, Sealing};
use crate::authority::workspace::{inside, metadata_file, metadata_folder};
use crate::authority::{Error, files, metadata};
use crate::trust::{Claims, Document, ROOT, Root, TARGETS};

/// What has become public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Committed {
    /// The roles with new metadata, and its version. Snapshot and timestamp are among them.
    pub versions: BTreeMap<String, u64>,
}

/// One change of one file.
#[derive(Debug)]
pub(super) enum Step {
    Copy { from: PathBuf, to: PathBuf },
    Write { to: PathBuf, octets: Vec<u8> },
    Remove(PathBuf),
}

impl Step {
    pub(super) fn take(&self) -> Result<(), Error> {
        match self {
            Self::Copy { from, to } => files::place(to, &files::read(from)?),
            Self::Write { to, octets } => files::place(to, octets),
            Self::Remove(path) => files::remove(path),
        }
    }
}

/// Publishes as much of what is on its way as enough people have signed.
pub(super) fn commit(desk: &Desk, online: &Online, now: Timestamp) -> Result<Option<Committed>, Error> {
    let Some((steps, committed)) = plan(desk, online, now)? else { return Ok(None) };
    steps.iter().try_for_each(Step::take)?;
    Ok(Some(committed))
}

/// What keeps that which is due from being published; `None` where nothing is due.
pub(super) fn hindrance(desk: &Desk, now: Timestamp) -> Result<Option<String>, Error> {
    if choose(desk)?.is_none() {
        return Ok(None);
    }
    let planned = Online::open(&desk.workspace).and_then(|online| plan(desk, &online, now));
    Ok(Some(match planned {
        Ok(_) => "a command was cut short; `refresh` ends it, or tells what hinders it".to_owned(),
        Err(error) => error.with_causes(),
    }))
}

/// The steps of [`commit`].
pub(super) fn plan(
    desk: &Desk,
    online: &Online,
    now: Timestamp,
) -> Result<Option<(Vec<Step>, Committed)>, Error> {
    let Some(next) = choose(desk)? else { return Ok(None) };
    let change = Change::new(desk, next)?;
    let mut steps = change.targets()?;
    // Delegated roles first, then the central one.
    steps.extend(change.metadata(|role| ![ROOT, TARGETS].contains(&role))?);
    steps.extend(change.metadata(|role| role == TARGETS)?);
    let root = change.metadata(|role| role == ROOT)?;
    let sealed = change.seal(online, now)?;
    if sealed.satisfies_both {
        steps.extend(sealed.steps.into_iter().chain(root));
    } else {
        steps.extend(root.into_iter().chain(sealed.steps));
    }
    steps.extend(change.past()?);
    steps.extend(change.clear_staged()?);
    steps.extend(change.clear_public(sealed.kept)?);
    let new = change.new_roles().map(|(role, document)| (role.clone(), metadata::version(document)));
    let versions = new.chain(sealed.versions).collect();
    Ok(Some((steps, Committed { versions })))
}

/// From one edition to the next.
struct Change<'a> {
    desk: &'a Desk,
    next: Documents,
    /// What new metadata says, by role.
    claims: Vec<(String, Claims)>,
}

impl<'a> Change<'a> {
    fn new(desk: &'a Desk, next: Documents) -> Result<Self, Error> {
        let mut change = Self { desk, next, claims: Vec::new() };
        let mut new = Vec::new();
        for (role, _) in change.new_roles().filter(|(role, _)| *role != ROOT) {
            new.extend(claims(&change.next, role, change.public())?.map(|claims| (role.clone(), claims)));
        }
        change.claims = new;
        Ok(change)
    }

    fn public(&self) -> &Path {
        &self.desk.published.folder
    }

    /// The roles whose metadata is new.
    fn new_roles(&self) -> impl Iterator<Item = (&String, &Document)> {
        self.next.iter().filter(|(role, document)| !self.desk.published.has(role, document))
    }

    /// Brings the files that new metadata speaks of.
    fn targets(&self) -> Result<Vec<Step>, Error> {
        let (public, staged) = (self.public(), self.desk.workspace.staged());
        let mut steps = Vec::new();
        for (role, claims) in &self.claims {
            let known = self.desk.published.claims(role)?;
            for (path, target) in claims.targets() {
                if edition::read_target(public, path, target).is_ok() {
                    continue;
                }
                let to = file_of(public, path, target)?;
                let is_new = known.as_ref().is_none_or(|known| known.target(path).ok() != Some(target));
                match self.desk.past(path, target) {
                    Some(from) => steps.push(Step::Copy { from, to }),
                    None if is_new => {
                        edition::read_target(&staged, path, target)?;
                        steps.push(Step::Copy { from: file_of(&staged, path, target)?, to });
                    }
                    // `status` tells of it; it keeps no other list from being published.
                    None => {}
                }
            }
        }
        Ok(steps)
    }

    /// Writes the new metadata of these roles.
    fn metadata(&self, which: impl Fn(&str) -> bool) -> Result<Vec<Step>, Error> {
        let write = |(role, document): (&String, &Document)| {
            let to = metadata_file(self.public(), role, metadata::version(document));
            let octets = document.compose().map_err(Error::trust(&to))?;
            Ok(Step::Write { to, octets })
        };
        self.new_roles().filter(|(role, _)| which(role)).map(write).collect()
    }

    /// Signs snapshot and timestamp, unless those that are there will do.
    fn seal(&self, online: &Online, now: Timestamp) -> Result<Sealed, Error> {
        let new = Root::draft(&self.next[ROOT]).map_err(Error::trust(self.public()))?;
        let old = self.desk.published.root()?.filter(|old| old.version() != new.version());
        let roots: Vec<&Root> = [&new].into_iter().chain(&old).collect();
        let sealing = Sealing { desk: self.desk, roles: &self.next, roots, online, now };
        let same = self.new_roles().all(|(role, _)| role == ROOT);
        sealing.seal(if same { Renewal::IfUntrusted } else { Renewal::Snapshot })
    }

    /// Keeps the lists to compare with: the one before, and those that a published delta starts from.
    fn past(&self) -> Result<Vec<Step>, Error> {
        let workspace = &self.desk.workspace;
        let mut steps = Vec::new();
        for (_, claims) in &self.claims {
            for (path, target) in claims.targets() {
                let Some(serial) = metadata::said(target)["serial"].as_u64() else { continue };
                let to = workspace.past(path, serial)?;
                let kept = past_serials(&workspace.past_folder(), path)?;
                let before = kept.range(..serial).next_back().copied().unwrap_or(serial);
                let said = claims.targets().map(|(_, target)| metadata::said(target));
                let deltas = said.filter(|said| said["delta_of"] == path);
                let oldest = deltas.filter_map(|said| said["from"].as_u64()).fold(before, u64::min);
                for old in kept.range(..oldest) {
                    steps.push(Step::Remove(workspace.past(path, *old)?));
                }
                if !to.exists() {
                    steps.push(Step::Copy { from: file_of(self.public(), path, target)?, to });
                }
            }
        }
        Ok(steps)
    }

    /// Removes from what is on its way all that is published now.
    fn clear_staged(&self) -> Result<Vec<Step>, Error> {
        let workspace = &self.desk.workspace;
        let mut kept = BTreeSet::new();
        for (role, document) in &self.desk.staged {
            let next = self.next.get(role).map(metadata::version);
            if next.is_some_and(|next| next >= metadata::version(document)) {
                continue;
            }
            kept.insert(workspace.staged_metadata(role));
            if role != ROOT {
                let claims = document.claims().map_err(Error::trust(&workspace.staged_metadata(role)))?;
                kept.extend(files_of(&claims, &workspace.staged())?);
            }
        }
        let all = files::tree(&workspace.staged())?.into_iter();
        Ok(all.filter(|path| !kept.contains(path)).map(Step::Remove).collect())
    }

    /// Removes from the public folder what neither the edition before nor the new one speaks of. What is not
    /// ours is left alone.
    fn clear_public(&self, sealed: BTreeSet<PathBuf>) -> Result<Vec<Step>, Error> {
        let public = self.public();
        let mut kept = sealed;
        kept.extend(self.desk.published.metadata_files());
        kept.extend(self.desk.published.target_files()?);
        kept.extend(target_files(&self.next, public)?);
        for (role, document) in &self.next {
            kept.insert(metadata_file(public, role, metadata::version(document)));
        }
        let metadata = metadata_folder(public);
        let ours = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let old_metadata = || {
                let role = versioned(&name).filter(|_| path.parent() == Some(&metadata));
                role.is_some_and(|(role, _)| role != ROOT)
            };
            files::is_draft(&name) || is_target(&name) || old_metadata()
        };
        let all = files::tree(public)?.into_iter().filter(|path| ours(path) && !kept.contains(path));
        Ok(all.map(Step::Remove).collect())
    }
}

/// Whether a file is named as targets are: by a digest and a point.
fn is_target(name: &str) -> bool {
    let hexadecimal = |digest: &str| digest.len() == 64 && digest.bytes().all(|it| it.is_ascii_hexdigit());
    name.split_once('.').is_some_and(|(digest, _)| hexadecimal(digest))
}

/// The serials of a list that are kept to compare with.
pub(super) fn past_serials(past: &Path, path: &str) -> Result<BTreeSet<u64>, Error> {
    let file = past.join(inside(path)?);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let names = files::names(files::folder_of(&file))?;
    let serial = |found: &String| found.strip_prefix(&*name)?.strip_prefix('.')?.parse().ok();
    Ok(names.iter().filter_map(serial).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::authority::Work;
    use crate::authority::office::{Client, LIST, Office, new_key, signers};
    use crate::keyfile::Protection;

    /// Stages work with the signatures of these, and gives the steps that would publish it.
    fn staged(office: &Office, work: Work, names: &[&str]) -> Vec<Step> {
        let desk = work.stage_alone(&signers(names)).unwrap();
        let online = Online::open(&office.workspace).unwrap();
        plan(&desk, &online, office.now).unwrap().unwrap().0
    }

    /// Cuts a commit short before each of its steps, and in the middle of writing; a client that knows the edition
    /// before and one that knows nothing are content each time, and so is whoever gives the same command again.
    fn cut_short(prepare: impl Fn(&Office) -> Work, names: &[&str], finally: u64) {
        let mut steps = 1;
        let mut cut = 0;
        let beginning = Office::with_delegate();
        beginning.publish(&["a.example", "b.example"]);
        while cut <= steps {
            let office = beginning.twin();
            let mut old = Client::new(&office);
            assert_eq!(old.serial(office.now).unwrap(), 1);
            let all = staged(&office, prepare(&office), names);
            steps = all.len();
            all[..cut].iter().for_each(|step| step.take().unwrap());
            fs::write(office.workspace.metadata().join(".rempart-draft"), "{").unwrap();
            office.verify().unwrap_or_else(|error| panic!("after {cut} of {all:?}: {error:?}"));
            old.serial(office.now).unwrap();
            Client::new(&office).serial(office.now).unwrap();
            // A command that is given next, whatever it is, ends what was begun.
            let (desk, _) = Desk::open(&office.workspace, office.now).unwrap();
            assert!(desk.staged.is_empty());
            assert_eq!(old.serial(office.now).unwrap(), finally, "after {cut} of {all:?}");
            assert!(office.verify().unwrap().current);
            office.publish(&["a.example"]);
            assert_eq!(old.serial(office.now).unwrap(), finally + 1);
            let left = files::tree(&office.workspace.public()).unwrap();
            assert!(!left.iter().any(|path| path.to_string_lossy().contains(".rempart-")), "{left:?}");
            assert_eq!(files::tree(&office.workspace.staged()).unwrap(), [] as [PathBuf; 0]);
            cut += 1;
        }
        assert!(steps > 2, "{steps}");
    }

    #[test]
    fn publishing_can_be_cut_short_anywhere() {
        cut_short(|office| office.prepare(&["a.example", "c.example"]).unwrap(), &["dora", "emil"], 2);
    }

    #[test]
    fn changing_keys_can_be_cut_short_anywhere() {
        for (role, remove, add) in [("root", "cleo", "finn"), ("targets", "cleo", "finn")] {
            cut_short(|office| office.rotate(role, remove, &[add]).unwrap(), &["ana", "ben"], 1);
        }
        for role in ["snapshot", "timestamp"] {
            let rotate = |office: &Office| {
                new_key("spare").write(&office.workspace.keys(), &Protection::None).unwrap();
                office.rotate(role, role, &["spare"]).unwrap()
            };
            cut_short(rotate, &["ana", "ben"], 1);
        }
    }

    #[test]
    fn a_snapshot_that_was_cut_short_is_never_written_again() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let steps = staged(&office, office.prepare(&["b.example", "a.example"]).unwrap(), &["dora", "emil"]);
        let last = steps
            .iter()
            .position(|step| matches!(step, Step::Write { to, .. } if to.ends_with("timestamp.json")));
        steps[..last.unwrap()].iter().for_each(|step| step.take().unwrap());
        let Step::Write { to, octets } = &steps[last.unwrap() - 1] else { panic!() };
        office.publish(&["b.example"]);
        assert!(
            fs::read(to).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
                || fs::read(to).unwrap() == *octets
        );
    }

    #[test]
    fn a_folder_that_cannot_be_written_keeps_what_is_there() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let before = office.public_files();
        // In the place of the folder for target files stands a file, so that even root cannot write into it.
        let blocked = office.workspace.public().join("targets/de");
        fs::write(&blocked, "").unwrap();
        let mut publication = office.publication("de/list.jsonl", &["a.example"]);
        publication.role = Some("targets".to_owned());
        let work = publication.prepare(&office.workspace, office.now).unwrap();
        let error = work.carry_out(&signers(&["ana", "ben"])).unwrap_err();
        assert!(matches!(error, Error::Write { .. }), "{error}");
        fs::remove_file(&blocked).unwrap();
        assert_eq!(office.public_files(), before);
        office.verify().unwrap();
        // The same command again.
        let work = publication.prepare(&office.workspace, office.now).unwrap();
        assert!(work.carry_out(&signers(&["ana", "ben"])).unwrap().committed.is_some());
        assert!(Client::new(&office).find("de/list.jsonl", office.now).is_ok());
    }

    #[test]
    fn what_no_client_can_ask_for_is_removed() {
        let office = Office::with_delegate();
        // Long enough for a delta to be shorter.
        let names: Vec<String> = (0..100).map(|number| format!("n{number}.example")).collect();
        let publish = |count: usize| {
            let names: Vec<&str> = names[..count].iter().map(String::as_str).collect();
            office.publish(&names);
            office.public_files().len()
        };
        let counts: Vec<usize> = (60..66).map(publish).collect();
        let alien = office.workspace.public().join("index.html");
        fs::write(&alien, "").unwrap();
        publish(66);
        assert_eq!(counts[4], counts[5], "{counts:?}");
        assert!(alien.exists());
        let past = past_serials(&office.workspace.past_folder(), LIST).unwrap();
        assert_eq!(past.into_iter().collect::<Vec<_>>(), [4, 5, 6, 7]);
    }
}
