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

use crate::authority::choice::Choice;
use crate::authority::desk::Desk;
use crate::authority::edition::{self, Documents, claims, file_of, target_files, versioned};
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
        let write = |to: &Path, octets: &[u8]| {
            files::create_folder(files::folder_of(to))?;
            files::replace(to, octets)
        };
        match self {
            Self::Copy { from, to } => write(to, &files::read(from)?),
            Self::Write { to, octets } => write(to, octets),
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
    let choice =
        Choice { published: &desk.published.roles, staged: &desk.staged, folder: &desk.workspace.public() };
    if choice.make()?.is_none() {
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
    let folder = desk.workspace.public();
    let choice = Choice { published: &desk.published.roles, staged: &desk.staged, folder: &folder };
    let Some(next) = choice.make()? else { return Ok(None) };
    let mut change = Changing { desk, next, steps: Vec::new(), versions: BTreeMap::new() };
    change.bring_targets()?;
    let root = change.bring_roles()?;
    let sealed = change.seal(online, now)?;
    if sealed.satisfies_both {
        change.steps.extend(sealed.steps);
        change.steps.extend(root);
    } else {
        change.steps.extend(root);
        change.steps.extend(sealed.steps);
    }
    change.keep_past()?;
    change.clear_staged()?;
    change.clear_public(&sealed.kept)?;
    Ok(Some((change.steps, Committed { versions: change.versions })))
}

struct Changing<'a> {
    desk: &'a Desk,
    next: Documents,
    steps: Vec<Step>,
    versions: BTreeMap<String, u64>,
}

impl Changing<'_> {
    fn public(&self) -> &Path {
        &self.desk.published.folder
    }

    /// The roles whose metadata is new.
    fn new_roles(&self) -> impl Iterator<Item = (&String, &Document)> {
        let published = &self.desk.published.roles;
        self.next.iter().filter(|(role, document)| {
            published.get(*role).is_none_or(|known| metadata::version(known) != metadata::version(document))
        })
    }

    fn bring_targets(&mut self) -> Result<(), Error> {
        let (public, staged) = (self.public(), self.desk.workspace.staged());
        let mut steps = Vec::new();
        for (role, _) in self.new_roles().filter(|(role, _)| *role != ROOT) {
            let Some(claims) = claims(&self.next, role, public)? else { continue };
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
        self.steps.extend(steps);
        Ok(())
    }

    /// Delegated roles first, then the central one. The root is given back.
    fn bring_roles(&mut self) -> Result<Option<Step>, Error> {
        let (mut root, mut central, mut steps) = (None, None, Vec::new());
        let mut versions = BTreeMap::new();
        for (role, document) in self.new_roles() {
            let version = metadata::version(document);
            let to = metadata_file(self.public(), role, version);
            let octets = document.compose().map_err(Error::trust(&to))?;
            let step = Step::Write { to, octets };
            versions.insert(role.clone(), version);
            match role.as_str() {
                ROOT => root = Some(step),
                TARGETS => central = Some(step),
                _ => steps.push(step),
            }
        }
        self.versions.extend(versions);
        self.steps.extend(steps.into_iter().chain(central));
        Ok(root)
    }

    /// Signs snapshot and timestamp, unless those that are there will do.
    fn seal(&mut self, online: &Online, now: Timestamp) -> Result<Sealed, Error> {
        let draft = |document: &Document| Root::draft(document).map_err(Error::trust(self.public()));
        let new = draft(&self.next[ROOT])?;
        let old = self.desk.published.root()?.filter(|old| old.version() != new.version());
        let roots: Vec<&Root> = [&new].into_iter().chain(&old).collect();
        let same = self.new_roles().all(|(role, _)| role == ROOT);
        let sealing = Sealing { desk: self.desk, roles: &self.next, roots, online, now };
        let sealed = sealing.seal(if same { Renewal::IfUntrusted } else { Renewal::Snapshot })?;
        self.versions.extend(sealed.versions.clone());
        Ok(sealed)
    }

    /// Lists by path, with their serials.
    fn lists(&self, role: &str) -> Result<Vec<(String, u64, PathBuf)>, Error> {
        let Some(claims) = claims(&self.next, role, self.public())? else { return Ok(Vec::new()) };
        let mut lists = Vec::new();
        for (path, target) in claims.targets() {
            if let Some(serial) = target.custom()["rempart"]["serial"].as_u64() {
                lists.push((path.to_owned(), serial, file_of(self.public(), path, target)?));
            }
        }
        Ok(lists)
    }

    /// Keeps the lists to compare with: the one before, and those that a published delta starts from.
    fn keep_past(&mut self) -> Result<(), Error> {
        let workspace = &self.desk.workspace;
        let mut steps = Vec::new();
        for (role, _) in self.new_roles().filter(|(role, _)| *role != ROOT) {
            for (path, serial, file) in self.lists(role)? {
                let to = workspace.past(&path, serial)?;
                let kept = past_serials(&workspace.past_folder(), &path)?;
                let before = kept.range(..serial).next_back().copied().unwrap_or(serial);
                let oldest = self.first_delta(role, &path)?.map_or(before, |first| first.min(before));
                for old in kept.range(..oldest) {
                    steps.push(Step::Remove(workspace.past(&path, *old)?));
                }
                if !to.exists() {
                    steps.push(Step::Copy { from: file, to });
                }
            }
        }
        self.steps.extend(steps);
        Ok(())
    }

    /// The serial that the first delta of a list starts from.
    fn first_delta(&self, role: &str, list: &str) -> Result<Option<u64>, Error> {
        let claims = claims(&self.next, role, self.public())?;
        let said = claims.iter().flat_map(Claims::targets).map(|(_, target)| &target.custom()["rempart"]);
        Ok(said.filter(|said| said["delta_of"] == list).filter_map(|said| said["from"].as_u64()).min())
    }

    /// Removes from what is on its way all that is published now.
    fn clear_staged(&mut self) -> Result<(), Error> {
        let workspace = &self.desk.workspace;
        let mut waiting = self.desk.staged.clone();
        waiting.retain(|role, document| {
            let next = self.next.get(role).map(metadata::version);
            next.is_none_or(|next| next < metadata::version(document))
        });
        let mut kept: BTreeSet<PathBuf> =
            waiting.keys().map(|role| workspace.staged_metadata(role)).collect();
        for role in waiting.keys().filter(|role| *role != ROOT) {
            let Some(claims) = claims(&waiting, role, &workspace.staged())? else { continue };
            for (path, target) in claims.targets() {
                kept.insert(file_of(&workspace.staged(), path, target)?);
            }
        }
        let all = files::tree(&workspace.staged())?;
        self.steps.extend(all.into_iter().filter(|path| !kept.contains(path)).map(Step::Remove));
        Ok(())
    }

    /// Removes from the public folder what neither the edition before nor the new one speaks of. What is not
    /// ours is left alone.
    fn clear_public(&mut self, sealed: &BTreeSet<PathBuf>) -> Result<(), Error> {
        let public = self.public();
        let mut kept = self.desk.published.metadata_files();
        kept.extend(self.desk.published.target_files()?);
        kept.extend(target_files(&self.next, public)?);
        kept.extend(sealed.iter().cloned());
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
        let steps: Vec<Step> = all.map(Step::Remove).collect();
        self.steps.extend(steps);
        Ok(())
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
    use crate::authority::office::{Client, LIST, Office, new_key, signers};
    use crate::authority::{Protection, Work};

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
