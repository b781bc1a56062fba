//! What rules say, on disk: blocks of [`STRIDE`] lines, compressed one by one.
//!
//! ```text
//! 17 domain a.example                                  line of the source, scope, name
//! 18 host www.b.example {"ref":"2026/1", …}            and details, as a published list writes them
//! 19 network 192.0.2.0/24
//! ```
//!
//! The place of every block is kept in memory. To read one rule a block is decompressed.

use std::io::{self, Read, Write};

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use super::layer::Layer;
use crate::blocklist::rule::{Details, Scope, Trigger};

/// How many rules share a block.
const STRIDE: u32 = 128;
/// The longest block, in octets: more than any format's longest lines.
const LONGEST_BLOCK: u64 = 16 << 20;
/// In the place of the scope that a network does not have.
const NETWORK: &str = "network";
/// Written often and read seldom.
const LEVEL: i32 = 1;

/// Octets that can be read at any offset by several threads at once, as files can.
pub trait Texts: Send + Sync {
    /// Fills the buffer from `offset` on; fewer octets only at the end.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl Texts for Vec<u8> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.len());
        let count = buffer.len().min(self.len() - start);
        buffer[..count].copy_from_slice(&self[start..start + count]);
        Ok(count)
    }
}

/// What a rule says, as kept on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleText {
    /// Line of the source, from 1.
    pub line: u64,
    /// The listed name without a final dot, or the listed network.
    pub listed_as: String,
    /// How far it reaches; none for a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Case number, dates and category.
    #[serde(flatten)]
    pub details: Details,
}

/// Writes blocks.
pub(super) struct Writer<W> {
    out: W,
    /// Made when it is needed.
    compressor: Option<Compressor<'static>>,
    block: Vec<u8>,
    lines: u32,
    written: u64,
    /// Where each block begins.
    places: Vec<u64>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, compressor: None, block: Vec::new(), lines: 0, written: 0, places: Vec::new() }
    }

    /// Writes what the next rule says.
    pub(super) fn push(&mut self, line: u64, trigger: &Trigger, details: &Details) -> io::Result<()> {
        match trigger {
            Trigger::Name(name, scope) => {
                write!(self.block, "{line} {} {name}", scope_word(*scope))?;
                self.block.pop_if(|octet| *octet == b'.');
            }
            Trigger::Network(network) => write!(self.block, "{line} {NETWORK} {network}")?,
        }
        if *details != Details::default() {
            self.block.push(b' ');
            serde_json::to_writer(&mut self.block, details)?;
        }
        self.block.push(b'\n');
        self.lines += 1;
        if self.lines.is_multiple_of(STRIDE) { self.end_block() } else { Ok(()) }
    }

    /// Where each block begins, and where the last one ends; and what was written to.
    pub(super) fn finish(mut self) -> io::Result<(Box<[u64]>, W)> {
        self.end_block()?;
        self.places.push(self.written);
        self.out.flush()?;
        Ok((self.places.into(), self.out))
    }

    fn end_block(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let compressor = match &mut self.compressor {
            Some(compressor) => compressor,
            none => none.insert(compressor()?),
        };
        let compressed = compressor.compress(&self.block)?;
        self.block.clear();
        self.places.push(self.written);
        self.written += compressed.len() as u64;
        self.out.write_all(&compressed)
    }
}

fn compressor() -> io::Result<Compressor<'static>> {
    let mut compressor = Compressor::new(LEVEL)?;
    compressor.set_parameter(CParameter::ChecksumFlag(true))?;
    Ok(compressor)
}

/// What a rule says, read from disk.
pub(super) fn read(layer: &Layer, rule: u32) -> io::Result<RuleText> {
    let no_such_rule = || io::Error::new(io::ErrorKind::NotFound, format!("no rule {rule} in this list"));
    let text = block(layer, (rule / STRIDE) as usize)?.ok_or_else(no_such_rule)?;
    let mut lines = text.split(|octet| *octet == b'\n');
    let line =
        lines.nth((rule % STRIDE) as usize).filter(|line| !line.is_empty()).ok_or_else(no_such_rule)?;
    rule_text(line)
}

/// Shows each rule with this case number, read from disk from beginning to end.
pub(super) fn search(layer: &Layer, case: &str, mut show: impl FnMut(u32, RuleText)) -> io::Result<()> {
    // As `push` writes it: whatever has this among its details begins with it.
    let details = Details { reference: Some(case.to_owned()), ..Details::default() };
    let written = serde_json::to_vec(&details)?;
    let wanted = Finder::new(written.strip_suffix(b"}").unwrap_or(&written));
    for number in 0.. {
        let Some(text) = block(layer, number)? else { break };
        if wanted.find(&text).is_none() {
            continue;
        }
        for (line, rule) in text.split(|octet| *octet == b'\n').zip(number as u32 * STRIDE..) {
            if wanted.find(line).is_some() {
                let text = rule_text(line)?;
                if text.details.reference.as_deref() == Some(case) {
                    show(rule, text);
                }
            }
        }
    }
    Ok(())
}

/// The lines of a block; nothing where there is no such block.
fn block(layer: &Layer, number: usize) -> io::Result<Option<Vec<u8>>> {
    let (Some(texts), [start, end, ..]) = (&layer.texts, layer.places.get(number..).unwrap_or_default())
    else {
        return Ok(None);
    };
    let mut compressed = vec![0; end.saturating_sub(*start).min(LONGEST_BLOCK) as usize];
    let read = texts.read_at(&mut compressed, *start)?;
    let mut text = Vec::new();
    zstd::Decoder::with_buffer(&compressed[..read])?.take(LONGEST_BLOCK).read_to_end(&mut text)?;
    Ok(Some(text))
}

fn rule_text(line: &[u8]) -> io::Result<RuleText> {
    let text = str::from_utf8(line).map_err(io::Error::other)?;
    parse(text).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not the text of a rule"))
}

/// Line of the source, scope, and name or network, none of which holds a space; then the details, if there are any.
fn parse(text: &str) -> Option<RuleText> {
    let mut fields = text.splitn(4, ' ');
    let line = fields.next()?.parse().ok()?;
    let scope = match fields.next()? {
        NETWORK => None,
        word => Some(
            *[Scope::Host, Scope::Domain, Scope::Below].iter().find(|scope| scope_word(**scope) == word)?,
        ),
    };
    let listed_as = fields.next()?.to_owned();
    let details = fields.next().map_or(Some(Details::default()), |json| serde_json::from_str(json).ok())?;
    Some(RuleText { line, listed_as, scope, details })
}

fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Host => "host",
        Scope::Domain => "domain",
        Scope::Below => "below",
    }
}
