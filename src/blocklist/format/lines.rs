//! From bytes of any origin to bounded lines: decompression, limits, the byte order mark.
//!
//! Compression is told by its magic number, since names of downloaded files lie. What comes out of it is
//! bounded by [`MAX_CONTENT`] and each line by [`MAX_LINE`], so that a decompression bomb ends as an error
//! and a file without line breaks as a fault. Input that stops inside a compressed stream is an error: a part
//! of a list must never pass for the whole.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::fault::Reason;
use super::read::{Intake, ReadError};

/// The longest line that is read, in octets.
pub(in crate::blocklist) const MAX_LINE: usize = 65_536;

/// The most that is read of one input, decompressed, in octets: more than ten million rules in any format.
pub(super) const MAX_CONTENT: u64 = 2 << 30;

/// The content of one input, line by line.
pub(super) struct Lines<'a> {
    file: Arc<str>,
    limit: u64,
    reader: BufReader<Box<dyn Read + 'a>>,
    line: Vec<u8>,
    number: u64,
}

/// One line, without its end.
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: u64,
    /// At most [`MAX_LINE`] octets, in no known encoding.
    pub(super) text: &'a [u8],
}

impl<'a> Lines<'a> {
    /// Opens `input`, of which at most `limit` octets are read once decompressed. Also gives the beginning of
    /// the content, for [`Format::detect`](super::Format::detect).
    pub(super) fn open(
        input: impl Read + 'a,
        file: &Arc<str>,
        limit: u64,
    ) -> Result<(Self, Vec<u8>), ReadError> {
        let failure = |error| ReadError::of_io(file, limit, error);
        let mut content = Bounded { inner: decompress(input).map_err(failure)?, left: limit };
        let mut sample = Vec::new();
        content.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(failure)?;
        if let Some(kind) = packed(&sample) {
            return Err(ReadError::Packed { file: file.clone(), kind });
        }
        if sample.starts_with(BYTE_ORDER_MARK) {
            sample.drain(..BYTE_ORDER_MARK.len());
        }
        let whole: Box<dyn Read + 'a> = Box::new(Cursor::new(sample.clone()).chain(content));
        let reader = BufReader::with_capacity(BUFFER, whole);
        Ok((Self { file: file.clone(), limit, reader, line: Vec::new(), number: 0 }, sample))
    }

    /// The next line of at most [`MAX_LINE`] octets, or `None` at the end; a longer one is a fault.
    pub(super) fn next(&mut self, intake: &mut Intake<'_>) -> Result<Option<Line<'_>>, ReadError> {
        loop {
            match self.fill() {
                Err(error) => return Err(self.failure(error)),
                Ok(Filled::End) => return Ok(None),
                Ok(Filled::Line) => break,
                Ok(Filled::Overflow) => intake.fault(self.number, Reason::LongLine),
            }
        }
        Ok(Some(Line { number: self.number, text: &self.line }))
    }

    /// The rest of the content, for formats that are not made of lines.
    pub(super) fn content(&mut self) -> &mut impl BufRead {
        &mut self.reader
    }

    /// What an error of [`content`](Self::content) means.
    pub(super) fn failure(&self, error: io::Error) -> ReadError {
        ReadError::of_io(&self.file, self.limit, error)
    }

    fn fill(&mut self) -> io::Result<Filled> {
        self.line.clear();
        // Two octets more than the longest line, for its end.
        let read = self.reader.by_ref().take(MAX_LINE as u64 + 2).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(Filled::End);
        }
        self.number += 1;
        let ended = self.line.pop_if(|octet| *octet == b'\n').is_some();
        if ended {
            self.line.pop_if(|octet| *octet == b'\r');
        }
        if self.line.len() <= MAX_LINE {
            return Ok(Filled::Line);
        }
        if !ended {
            self.reader.skip_until(b'\n')?;
        }
        Ok(Filled::Overflow)
    }
}

enum Filled {
    Line,
    Overflow,
    End,
}

fn decompress<'a>(mut input: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut magic = Vec::new();
    input.by_ref().take(4).read_to_end(&mut magic)?;
    let whole = Cursor::new(magic.clone()).chain(input);
    Ok(match magic[..] {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(whole)),
        // A frame, or a skippable frame, with which some tools begin (RFC 8878 §3.1).
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Box::new(zstd::Decoder::new(whole)?),
        _ => Box::new(whole),
    })
}

/// What a content that is not a list's text is, as far as its magic number tells.
fn packed(sample: &[u8]) -> Option<&'static str> {
    if sample.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    match sample {
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("compressed twice"),
        [b'P', b'K', 3, 4, ..] => Some("a zip archive"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some("compressed with bzip2"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some("compressed with xz"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16 text"),
        _ => None,
    }
}

/// A reader that fails as soon as more than `left` octets were there to be read.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !buffer.is_empty() {
            return match self.inner.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(io::ErrorKind::FileTooLarge.into()),
            };
        }
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}

const SAMPLE: u64 = 65_536;
const BUFFER: usize = 65_536;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::blocklist::format::{
        Format, read,
        read::{
            read_within,
            tests::{faults, rules},
        },
    };

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(content: &[u8]) -> Vec<u8> {
        zstd::encode_all(content, 1).unwrap()
    }

    fn count(input: &[u8]) -> Result<u64, ReadError> {
        read(input, None, "list", |_| {}).map(|report| report.rules)
    }

    const LIST: &[u8] = b"\xef\xbb\xbfa.example\r\nb.example\r\nc.example";

    #[test]
    fn compression_is_told_by_its_magic_number() {
        let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2][..], &zstd(LIST)].concat();
        for input in [LIST.to_vec(), gzip(LIST), zstd(LIST), skippable] {
            assert_eq!(count(&input).unwrap(), 3);
        }
        let members = [gzip(b"a.example\n"), gzip(b"b.example\n")].concat();
        assert_eq!(count(&members).unwrap(), 2);
        let frames = [zstd(b"a.example\n"), zstd(b"b.example\n")].concat();
        assert_eq!(count(&frames).unwrap(), 2);
    }

    #[test]
    fn a_part_of_a_list_is_no_list() {
        for whole in [gzip(LIST), zstd(LIST)] {
            // With less than the magic number nothing tells that it is compressed, but nothing is a rule
            // either.
            for length in 0..whole.len() {
                assert!(count(&whole[..length]).is_err(), "{length}");
            }
            for length in 8..whole.len() {
                assert!(matches!(count(&whole[..length]), Err(ReadError::Io { .. })), "{length}");
            }
            assert!(matches!(count(&[&whole[..], b"tail"].concat()), Err(ReadError::Io { .. })));
        }
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        let error = read(LIST.chain(Broken), None, "list", |_| {}).unwrap_err();
        assert!(error.to_string().starts_with("list: cannot be read to its end: "), "{error}");
    }

    #[test]
    fn content_is_bounded_after_decompression() {
        let bomb = b"# nothing at all\n".repeat(100_000);
        for input in [bomb.clone(), gzip(&bomb), zstd(&bomb)] {
            let within = |limit| read_within(limit, &input[..], Some(Format::Hosts), "list", &mut |_| {});
            assert!(matches!(
                within(bomb.len() as u64 - 1),
                Err(ReadError::TooLarge { limit: 1_699_999, .. })
            ));
            assert!(matches!(within(bomb.len() as u64), Err(ReadError::Empty(_))));
        }
        let array = format!("[{}\"a\"]", " ".repeat(1000));
        let found = read_within(100, array.as_bytes(), Some(Format::CertPolska), "list", &mut |_| {});
        assert!(matches!(found, Err(ReadError::TooLarge { limit: 100, .. })));
    }

    #[test]
    fn lines_are_bounded_and_counted() {
        let most = MAX_LINE;
        let fits = format!("#{}", "a".repeat(most - 1));
        let list = format!("a.example\n{fits}\r\n{fits}a\r\n{fits}\n{fits}{fits}{fits}\nb.example\n{fits}aa");
        assert_eq!(
            faults(Format::Domains, list.as_bytes()),
            [(3, Reason::LongLine), (5, Reason::LongLine), (7, Reason::LongLine)]
        );
        assert_eq!(rules(Format::Domains, list.as_bytes())[1].0, 6);
    }

    #[test]
    fn what_is_not_text_is_named() {
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (input, kind) in [
            (&tar[..], "a tar archive"),
            (&gzip(&tar), "a tar archive"),
            (&gzip(&gzip(LIST)), "compressed twice"),
            (&zstd(&zstd(LIST)), "compressed twice"),
            (b"PK\x03\x04", "a zip archive"),
            (b"BZh91AY", "compressed with bzip2"),
            (b"\xfd7zXZ\0", "compressed with xz"),
            (b"\xff\xfea\0", "UTF-16 text"),
        ] {
            match read(input, Some(Format::Domains), "list", |_| {}) {
                Err(ReadError::Packed { kind: found, .. }) => assert_eq!(found, kind),
                other => panic!("{kind}: {other:?}"),
            }
        }
    }
}
