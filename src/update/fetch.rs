//! From a signed target to a file here: by deltas from the generation that is stored, where those are smaller than the
//! list, and whole otherwise.
//!
//! The publisher says in the signed field `custom` of a target what it is: of a list its serial and the SHA-256 of its
//! text, of a delta the list and the serials that it leads from and to. A chain of deltas is used only if its result
//! has the signed digest; whatever is wrong with one, the whole list is fetched.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256};
use serde::Deserialize;
use tempfile::NamedTempFile;
use tough::schema::decoded::{Encode, Hex};

use super::error::Error;
use super::files::scratch;
use super::repository::{Repository, RepositoryError};
use super::store::{Store, Stored};
use crate::blocklist::apply;
use crate::trust::{Found, Target, Targets};

/// A result is stored for this machine alone: quickly written counts for more than small.
const LEVEL: i32 = 1;

/// A delta longer than this, in octets, is not worth its memory.
const LONGEST_DELTA: u64 = 64 << 20;

/// A text longer than this, in octets, is none.
const LONGEST_TEXT: u64 = 8 << 30;

/// What a target says of itself.
#[derive(Deserialize)]
struct Custom {
    rempart: Note,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Note {
    Delta { delta_of: String, from: u64, to: u64 },
    List { serial: u64, sha256: String },
}

/// A list that was fetched and is what was signed.
pub(super) enum Draft {
    /// In the store, to be kept there.
    Named(NamedTempFile),
    /// Where there is no store, or no room in it; with the reason, if there is one.
    Unnamed(File, Option<Error>),
}

impl Draft {
    pub(super) fn file(&self) -> &File {
        match self {
            Self::Named(named) => named.as_file(),
            Self::Unnamed(file, _) => file,
        }
    }
}

/// Where a list goes and what it may begin with.
#[derive(Clone, Copy)]
pub(super) struct Goal<'g> {
    pub path: &'g str,
    pub found: &'g Found,
    pub store: Option<&'g Store>,
    /// The newest stored generation.
    pub base: Option<&'g Stored>,
    pub folders: &'g [PathBuf],
}

/// Fetches a list.
pub(super) fn fetch(repository: &mut Repository, goal: Goal<'_>) -> Result<Draft, Error> {
    let mut reason = None;
    if let Some(store) = goal.store {
        let named = store.draft().map_err(Error::unwritable("state directory"));
        match named.and_then(|mut draft| fill(repository, goal, draft.as_file_mut()).map(|()| draft)) {
            Ok(draft) => return Ok(Draft::Named(draft)),
            Err(error @ Error::Unwritable { .. }) => reason = Some(error),
            Err(error) => return Err(error),
        }
    }
    let file = scratch(goal.folders, |mut file| fill(repository, goal, &mut file).map(|()| file))?;
    Ok(Draft::Unnamed(file, reason))
}

fn fill(repository: &mut Repository, goal: Goal<'_>, out: &mut File) -> Result<(), Error> {
    if let Some(chain) = chain(goal) {
        match follow(repository, goal, &chain, out) {
            Ok(()) => return Ok(()),
            Err(error @ Error::Unwritable { .. }) => return Err(error),
            Err(error) => tracing::warn!(list = goal.path, %error, "no delta; the whole list is fetched"),
        }
        let empty = |out: &mut File| out.set_len(0).and_then(|()| out.rewind());
        empty(out).map_err(Error::unwritable(goal.path))?;
    }
    match repository.download(goal.path, &goal.found.target, out) {
        Err(RepositoryError::Unwritable { what, cause }) => Err(Error::Unwritable { what, cause }),
        done => Ok(done.map_err(Arc::new)?),
    }
}

/// The deltas that lead from a stored generation to the signed list.
struct Chain<'g> {
    base: &'g Stored,
    steps: Vec<Step>,
    /// What the result must have, in hexadecimal digits.
    digest: String,
}

/// A delta and its path.
pub(super) type Step = (String, Target);

/// The chain to a list, where there is one.
fn chain<'g>(goal: Goal<'g>) -> Option<Chain<'g>> {
    let base = goal.base?;
    let (steps, digest) = steps(goal.path, goal.found, base.record.serial?)?;
    Some(Chain { base, steps, digest })
}

/// The deltas that lead from a serial to a target, where there are some and they are smaller than the list; and the
/// digest of its text, in hexadecimal digits.
pub(super) fn steps(path: &str, found: &Found, mut serial: u64) -> Option<(Vec<Step>, String)> {
    let Note::List { serial: last, sha256 } = note(&found.target)? else { return None };
    if serial >= last {
        return None;
    }
    let deltas = deltas(&found.targets, path);
    let (mut steps, mut length) = (Vec::new(), 0);
    while serial != last {
        // The longest step that does not overshoot.
        let ((_, to), (path, target)) = deltas.range((serial, serial + 1)..=(serial, last)).next_back()?;
        steps.push((path.clone(), target.clone()));
        length += target.length();
        serial = *to;
    }
    (length < found.target.length().min(LONGEST_DELTA)).then_some((steps, sha256))
}

/// The serial of a target that is a list.
pub(super) fn serial_of(target: &Target) -> Option<u64> {
    match note(target)? {
        Note::List { serial, .. } => Some(serial),
        Note::Delta { .. } => None,
    }
}

/// The deltas of a list by the serials that they lead from and to.
fn deltas(targets: &Targets, list: &str) -> BTreeMap<(u64, u64), Step> {
    let of_list = |(path, target): (&str, &Target)| match note(target)? {
        Note::Delta { delta_of, from, to } if delta_of == list => {
            Some(((from, to), (path.to_owned(), target.clone())))
        }
        _ => None,
    };
    targets.targets().filter_map(of_list).collect()
}

fn note(target: &Target) -> Option<Note> {
    Custom::deserialize(target.custom()).ok().map(|custom| custom.rempart)
}

/// Applies one delta after the other, each to a file of its own.
fn follow(
    repository: &mut Repository,
    goal: Goal<'_>,
    Chain { base, steps, digest }: &Chain<'_>,
    out: &mut File,
) -> Result<(), Error> {
    let unreadable = |cause| Error::Unreadable { path: base.list.clone(), cause };
    let mut old = File::open(&base.list).map_err(unreadable)?;
    let (last, before) = steps.split_last().ok_or(Error::OtherResult { place: goal.path.to_owned() })?;
    for step in before {
        old = scratch(goal.folders, |mut next| {
            take_step(repository, step, &old, &mut next)?;
            Ok(next)
        })?;
    }
    if take_step(repository, last, &old, out)? != *digest {
        return Err(Error::OtherResult { place: last.0.clone() });
    }
    Ok(())
}

/// Writes what a delta makes of a list, compressed; gives the digest of the text.
fn take_step(repository: &mut Repository, step: &Step, old: &File, out: &mut File) -> Result<String, Error> {
    let delta = content_of(repository, step)?;
    let path = &step.0;
    let cannot_read = |cause| Error::Unreadable { path: path.into(), cause };
    let mut old = old;
    old.rewind().map_err(cannot_read)?;
    let (old, delta) = (text(old).map_err(cannot_read)?, text(&*delta).map_err(cannot_read)?);
    let unwritable = |cause| Error::Unwritable { what: "result of a delta".into(), cause };
    let encoder = zstd::Encoder::new(BufWriter::new(&mut *out), LEVEL).map_err(unwritable)?;
    let mut hashing = Hashing { inner: encoder, context: Context::new(&SHA256), failed: None };
    let applied = apply(old, delta, &mut hashing);
    let Hashing { inner, context, failed } = hashing;
    if let Some(kind) = failed {
        return Err(unwritable(kind.into()));
    }
    applied.map_err(|cause| Error::Delta { place: path.clone(), cause })?;
    let writer = inner.finish().map_err(unwritable)?;
    let out = writer.into_inner().map_err(|error| unwritable(error.into_error()))?;
    out.rewind().map_err(unwritable)?;
    Ok(Hex::encode(context.finish().as_ref()))
}

/// A delta as it was published, verified.
pub(super) fn content_of(repository: &mut Repository, (path, target): &Step) -> Result<Vec<u8>, Error> {
    let mut delta = Vec::new();
    repository.download(path, target, &mut delta).map_err(Arc::new)?;
    Ok(delta)
}

/// The text of a list or a delta, compressed or not.
pub(super) fn text<'r>(input: impl Read + 'r) -> io::Result<Box<dyn BufRead + 'r>> {
    const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    let mut input = BufReader::new(input);
    if input.fill_buf()?.starts_with(&MAGIC) {
        return Ok(Box::new(BufReader::new(zstd::Decoder::with_buffer(input)?).take(LONGEST_TEXT)));
    }
    Ok(Box::new(input.take(LONGEST_TEXT)))
}

/// Passes on what is written, and computes its digest.
struct Hashing<W> {
    inner: W,
    context: Context,
    /// Why the inner writer failed, which tells a full disk from a bad delta.
    failed: Option<io::ErrorKind>,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(octets);
        match &written {
            Ok(count) => self.context.update(&octets[..*count]),
            Err(error) => self.failed = Some(error.kind()),
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
