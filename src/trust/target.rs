//! What metadata says of a file: its length and its digests. Only what agrees with that becomes [`Verified`].

use std::io::{self, Read};

use aws_lc_rs::digest::{Algorithm, Context, SHA256, SHA512};
use serde::Deserialize;
use serde_json::Value;
use tough::schema::decoded::{Decoded, Encode, Hex};

use crate::trust::error::Error;

/// The digests that we can compute; others in the metadata are signed too, but tell us nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    pub(super) fn check(&self, name: &str, octets: &[u8]) -> Result<(), Error> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::trust::publisher::sha512;
    use crate::trust::sha256;

    const NAMES: &[u8] = b"names of a list";

    fn target(octets: &[u8], hashes: &Value) -> Target {
        serde_json::from_value(json!({"length": octets.len(), "hashes": hashes})).unwrap()
    }

    /// What is passed on of a file, and the error at its end; read with buffers of this many octets.
    fn read(target: &Target, file: &[u8], buffer: usize) -> (Vec<u8>, Option<Error>) {
        let mut buffer = vec![0; buffer];
        let (mut reader, mut passed) = (target.read("list", file), Vec::new());
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return (passed, None),
                Ok(count) => passed.extend(&buffer[..count]),
                Err(error) => return (passed, Some(error.downcast().unwrap())),
            }
        }
    }

    #[test]
    fn what_was_signed_is_passed_on_whatever_the_buffer() {
        let hashes = json!({"sha256": sha256(NAMES)});
        for buffer in [1, 2, 7, NAMES.len() - 1, NAMES.len(), NAMES.len() + 1, 1000] {
            let (passed, error) = read(&target(NAMES, &hashes), NAMES, buffer);
            assert_eq!((passed.as_slice(), error.is_none()), (NAMES, true), "{buffer}");
        }
    }

    #[test]
    fn nothing_beyond_the_length_is_passed_on() {
        let longer = [NAMES, b"!"].concat();
        let endless = NAMES.repeat(1000);
        for file in [longer, endless] {
            for buffer in [1, NAMES.len(), 1000] {
                let (passed, error) = read(&target(NAMES, &json!({"sha256": sha256(NAMES)})), &file, buffer);
                assert_eq!(passed, NAMES);
                let Some(Error::Length { expected, found, .. }) = error else { panic!("{error:?}") };
                assert_eq!((expected, found), (NAMES.len() as u64, NAMES.len() as u64 + 1));
            }
        }
    }

    #[test]
    fn a_shorter_file_ends_with_an_error() {
        for length in 0..NAMES.len() {
            let (passed, error) =
                read(&target(NAMES, &json!({"sha256": sha256(NAMES)})), &NAMES[..length], 4);
            assert_eq!(passed, &NAMES[..length]);
            assert!(
                matches!(error, Some(Error::Length { found, .. }) if found == length as u64),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_file_of_the_right_length_with_another_digest_ends_with_an_error() {
        let (good, bad) = (sha256(NAMES), sha256(b"other"));
        for (hashes, expected) in [
            (json!({ "sha256": bad }), Some("sha256")),
            (json!({ "sha256": good, "sha512": sha512(b"other") }), Some("sha512")),
            (json!({ "sha256": good, "sha512": sha512(NAMES) }), None),
            (json!({ "sha512": sha512(NAMES) }), None),
            (json!({ "sha512": sha512(NAMES), "blake3": "00" }), None),
            // Half a digest is none.
            (json!({ "sha256": &good[..32] }), Some("sha256")),
        ] {
            let found = match read(&target(NAMES, &hashes), NAMES, 4).1 {
                Some(Error::Digest { algorithm, .. }) => Some(algorithm),
                None => None,
                Some(error) => panic!("{error}"),
            };
            assert_eq!(found, expected, "{hashes}");
            assert_eq!(target(NAMES, &hashes).open("list", NAMES).is_ok(), expected.is_none(), "{hashes}");
        }
    }

    #[test]
    fn a_file_without_a_digest_that_we_know_is_refused() {
        for hashes in [json!({}), json!({"blake3": "00"})] {
            let error = read(&target(NAMES, &hashes), NAMES, 100).1;
            assert!(matches!(error, Some(Error::NoDigest { .. })), "{hashes}: {error:?}");
        }
    }

    #[test]
    fn a_file_of_no_octets_is_a_file() {
        let empty = target(b"", &json!({"sha256": sha256(b"")}));
        assert!(empty.open("list", b"").is_ok());
        assert!(matches!(read(&empty, b"", 4), (passed, None) if passed.is_empty()));
        let (passed, error) = read(&empty, b"!", 4);
        assert_eq!(passed, b"");
        assert!(matches!(error, Some(Error::Length { expected: 0, found: 1, .. })));
    }

    #[test]
    fn an_empty_buffer_is_not_the_end() {
        let target = target(NAMES, &json!({"sha256": sha256(NAMES)}));
        let (mut reader, mut passed) = (target.read("list", NAMES), Vec::new());
        assert_eq!(reader.read(&mut []).unwrap(), 0);
        reader.read_to_end(&mut passed).unwrap();
        assert_eq!(passed, NAMES);
    }

    #[test]
    fn a_broken_connection_is_told() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        let target = target(NAMES, &json!({"sha256": sha256(NAMES)}));
        let mut reader = target.read("list", NAMES[..4].chain(Broken));
        let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
}
