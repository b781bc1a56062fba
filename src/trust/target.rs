//! What metadata says of a file: its length and its digests. Only what agrees with that becomes [`Verified`].

use std::io::{self, Read};

use aws_lc_rs::digest::{Algorithm, Context, SHA256, SHA512};
use serde::Deserialize;
use serde_json::Value;
use tough::schema::decoded::{Decoded, Encode, Hex};

use crate::trust::error::Error;

/// The digests that we can compute; others in the metadata are signed too, but tell us nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Digests {
    sha256: Option<Decoded<Hex>>,
    sha512: Option<Decoded<Hex>>,
}

/// A file as targets metadata describes it (specification §4.5).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Target {
    length: u64,
    hashes: Digests,
    #[serde(default)]
    custom: Value,
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

impl Digests {
    /// Checks a metadata file, whose digests may be left out altogether (specification §4.4).
    pub(super) fn check_if_any(&self, name: &str, octets: &[u8]) -> Result<(), Error> {
        if *self == Self::default() {
            return Ok(());
        }
        let mut comparison = Comparison::new(self);
        comparison.update(octets);
        comparison.finish(name)
    }
}

impl Target {
    /// Octets of the file, which bounds what may be fetched for it.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The field `custom`, which is the publisher's own; null where there is none.
    pub fn custom(&self) -> &Value {
        &self.custom
    }

    /// The digest, in hexadecimal digits, that stands before the file's name in a repository with consistent
    /// snapshots (specification §6.2).
    pub fn prefix(&self) -> Option<String> {
        self.hashes.sha256.as_ref().or(self.hashes.sha512.as_ref()).map(|digest| Hex::encode(digest))
    }

    /// Checks that octets are the target, exactly as it was signed.
    pub fn open<'bytes>(&self, name: &str, bytes: &'bytes [u8]) -> Result<Verified<'bytes>, Error> {
        let mut comparison = Comparison::new(&self.hashes);
        comparison.update(bytes);
        self.finish(name, comparison)?;
        Ok(Verified(bytes))
    }

    /// Passes on what `inner` holds, never more than the target's length, and fails at the end where that was not
    /// the target. Nothing that it gave may be used before it has ended without an error.
    pub fn read<R: Read>(&self, name: &str, inner: R) -> TargetReader<'_, R> {
        let comparison = Some(Comparison::new(&self.hashes));
        TargetReader { target: self, name: name.to_owned(), inner, comparison }
    }

    fn finish(&self, name: &str, comparison: Comparison<'_>) -> Result<(), Error> {
        if comparison.length != self.length {
            let (expected, found) = (self.length, comparison.length);
            return Err(Error::Length { name: name.to_owned(), expected, found });
        }
        comparison.finish(name)
    }
}

/// What [`Target::read`] gives.
pub struct TargetReader<'target, R> {
    target: &'target Target,
    name: String,
    inner: R,
    /// Gone once the end was seen.
    comparison: Option<Comparison<'target>>,
}

impl<R: Read> Read for TargetReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(comparison) = self.comparison.as_mut().filter(|_| !buffer.is_empty()) else { return Ok(0) };
        // One octet more than the length is asked for, which tells that there are more, and is not passed on.
        let room = self.target.length - comparison.length;
        let most = buffer.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        let count = match most {
            0 => self.inner.read(&mut buffer[..1])?,
            most => self.inner.read(&mut buffer[..most])?,
        };
        comparison.update(&buffer[..count]);
        if count > most || count == 0 {
            let Some(comparison) = self.comparison.take() else { return Ok(0) };
            self.target.finish(&self.name, comparison).map_err(io::Error::other)?;
        }
        Ok(count)
    }
}

/// Octets on their way to be compared with what was signed.
struct Comparison<'digests> {
    length: u64,
    digests: Vec<(&'static str, Context, &'digests [u8])>,
}

impl<'digests> Comparison<'digests> {
    fn new(expected: &'digests Digests) -> Self {
        let known: [(_, &'static Algorithm, _); 2] =
            [("sha256", &SHA256, &expected.sha256), ("sha512", &SHA512, &expected.sha512)];
        let digests = known.into_iter().filter_map(|(name, algorithm, expected)| {
            Some((name, Context::new(algorithm), expected.as_deref()?))
        });
        Self { length: 0, digests: digests.collect() }
    }

    fn update(&mut self, octets: &[u8]) {
        self.length += octets.len() as u64;
        self.digests.iter_mut().for_each(|(_, context, _)| context.update(octets));
    }

    /// Every digest that we know must agree, and there must be one (specification §5.7.2).
    fn finish(self, name: &str) -> Result<(), Error> {
        if self.digests.is_empty() {
            return Err(Error::NoDigest { name: name.to_owned() });
        }
        for (algorithm, context, expected) in self.digests {
            if context.finish().as_ref() != expected {
                return Err(Error::Digest { name: name.to_owned(), algorithm });
            }
        }
        Ok(())
    }
}
