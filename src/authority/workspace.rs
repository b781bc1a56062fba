//! The folder that an authority works in.
//!
//! ```text
//! DIR/authority.toml        terms: how long what is signed is valid
//! DIR/public/metadata/      1.root.json, 7.fr.json, 9.targets.json, 12.snapshot.json, timestamp.json
//! DIR/public/targets/       fr/HASH.nudification.jsonl.zst
//! DIR/staged/               fr.json: metadata on its way, with the signatures that it has so far
//! DIR/staged/targets/       the files that it speaks of, laid out as in public
//! DIR/past/                 fr/nudification.jsonl.zst.41: lists of earlier serials, to compare with
//! DIR/docket.seen           hashes of acts of the docket, of which it must still have each
//! DIR/keys/                 private keys that stay on this machine, those of snapshot and timestamp at least
//! ```
//!
//! Only `public` is ever served. One command at a time changes anything: it holds a lock on `DIR/lock`.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::authority::{Error, Terms, files};
use crate::keyfile;
use crate::trust::{TIMESTAMP, encode};

/// How long a command waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// The folder that an authority works in.
#[derive(Clone, Debug)]
pub struct Workspace {
    folder: PathBuf,
    patience: Duration,
}

/// While it lives, no other command changes the workspace.
pub(super) struct Lock {
    _file: Flock<File>,
}

impl Workspace {
    /// The workspace in a folder, which may not be one yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), patience: PATIENCE }
    }

    /// The same, waiting so long for another command to end.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder to be served: the repository.
    pub fn public(&self) -> PathBuf {
        self.folder.join("public")
    }

    /// The folder for private keys that stay here.
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// The private key of a name among them.
    pub fn key(&self, name: &str) -> PathBuf {
        self.keys().join(format!("{name}.pem"))
    }

    /// Where its docket is, as its terms say: a file of the folder, or a URL.
    pub fn docket(&self) -> Result<String, Error> {
        Ok(self.terms()?.docket)
    }

    /// The acts of the docket that were seen from here: the hash of the first and of the last; nothing before the first time.
    pub fn seen_acts(&self) -> Result<Vec<String>, Error> {
        let text = files::read_if_there(&self.seen_file())?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
    }

    /// Keeps the hashes of acts of the docket, so that one that is another or was set back shows.
    pub fn keep_seen_acts(&self, acts: &[String]) -> Result<(), Error> {
        let path = self.seen_file();
        let text = acts.join(
            "
",
        ) + "
";
        keyfile::replace(&path, text.as_bytes(), keyfile::PUBLIC)
            .map_err(|source| Error::Write { path, source })
    }

    fn seen_file(&self) -> PathBuf {
        self.folder.join("docket.seen")
    }

    /// The command of whoever signs next.
    pub(super) fn next_turn(&self) -> String {
        format!("rempart-authority sign {} --key KEY", self.folder.display())
    }

    pub(super) fn terms_file(&self) -> PathBuf {
        self.folder.join("authority.toml")
    }

    pub(super) fn metadata(&self) -> PathBuf {
        metadata_folder(&self.public())
    }

    pub(super) fn staged(&self) -> PathBuf {
        self.folder.join("staged")
    }

    /// Metadata of a role on its way.
    pub(super) fn staged_metadata(&self, role: &str) -> PathBuf {
        self.staged().join(format!("{}.json", encode(role)))
    }

    /// A list of an earlier serial.
    pub(super) fn past(&self, path: &str, serial: u64) -> Result<PathBuf, Error> {
        Ok(self.past_folder().join(inside(path)?).with_added_extension(serial.to_string()))
    }

    pub(super) fn past_folder(&self) -> PathBuf {
        self.folder.join("past")
    }

    /// Reads `authority.toml`, whose absence tells that this is no workspace.
    pub(super) fn terms(&self) -> Result<Terms, Error> {
        let path = self.terms_file();
        let Some(text) = files::read_if_there(&path)? else {
            return Err(Error::NoWorkspace { folder: self.folder.clone() });
        };
        let text = String::from_utf8_lossy(&text);
        toml::from_str(&text).map_err(|source| Error::Terms { path, source: Box::new(source) })
    }

    /// Refuses to work while a private key stands in the folder that is served.
    pub(super) fn refuse_public_keys(&self) -> Result<(), Error> {
        let is_key = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "pem");
        match files::tree(&self.public())?.into_iter().find(is_key) {
            Some(path) => Err(Error::KeyPublished { path, keys: self.keys() }),
            None => Ok(()),
        }
    }

    /// Waits briefly until no other command changes the workspace.
    pub(super) fn lock(&self) -> Result<Lock, Error> {
        let path = self.folder.join("lock");
        let write = |source| Error::Write { path: path.clone(), source };
        // Whoever can read it can hold it, and stop the timer.
        let mut file = File::options().create(true).append(true).mode(0o600).open(&path).map_err(write)?;
        let mut waited = Duration::ZERO;
        loop {
            match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
                Ok(lock) => return Ok(Lock { _file: lock }),
                Err((back, Errno::EAGAIN)) if waited < self.patience => file = back,
                Err((_, Errno::EAGAIN)) => return Err(Error::Locked { path }),
                Err((_, errno)) => return Err(write(errno.into())),
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }
}

pub(super) fn metadata_folder(repository: &Path) -> PathBuf {
    repository.join("metadata")
}

/// The file of a role's metadata in a repository (specification §6.2).
pub(super) fn metadata_file(repository: &Path, role: &str, version: u64) -> PathBuf {
    let folder = metadata_folder(repository);
    match role {
        TIMESTAMP => folder.join(format!("{TIMESTAMP}.json")),
        role => folder.join(format!("{version}.{}.json", encode(role))),
    }
}

/// The file of a target in a folder that is laid out as the targets of a repository are: `dir/HASH.name`.
pub(super) fn target_file(folder: &Path, path: &str, prefix: &str) -> Result<PathBuf, Error> {
    let path = folder.join("targets").join(inside(path)?);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = format!("{prefix}.{name}");
    Ok(path.with_file_name(name))
}

/// A target path as a path below a folder. One that leads out of it is refused, whoever signed it.
pub(super) fn inside(path: &str) -> Result<&Path, Error> {
    let segment = |text: &str| !matches!(text, "" | "." | "..") && !text.contains('\0');
    match path.split('/').all(segment) {
        true => Ok(Path::new(path)),
        false => Err(Error::TargetPath { path: path.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_target_leads_out_of_the_folder() {
        let file = target_file(Path::new("public"), "fr/list.jsonl", "abcd").unwrap();
        assert_eq!(file, Path::new("public/targets/fr/abcd.list.jsonl"));
        let past = Workspace::new("desk").past("fr/list.jsonl.zst", 41).unwrap();
        assert_eq!(past, Path::new("desk/past/fr/list.jsonl.zst.41"));
        for path in ["", "../list", "/etc/passwd", "fr/../../list", ".", "fr/", "fr//list", "./list"] {
            assert!(matches!(inside(path), Err(Error::TargetPath { .. })), "{path}");
        }
    }

    #[test]
    fn roles_are_one_segment_of_a_path() {
        let file = |role| metadata_file(Path::new("public"), role, 7);
        assert_eq!(file("fr/../x"), Path::new("public/metadata/7.fr%2F..%2Fx.json"));
        assert_eq!(file("timestamp"), Path::new("public/metadata/timestamp.json"));
    }

    #[test]
    fn two_commands_do_not_work_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(folder.path()).with_patience(Duration::ZERO);
        let held = workspace.lock().unwrap();
        let error = workspace.lock().err().unwrap();
        assert!(matches!(&error, Error::Locked { .. }), "{error}");
        drop(held);
        assert!(workspace.lock().is_ok());
    }
}
