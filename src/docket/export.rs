//! The whole docket as text, for auditors who trust neither the desk nor this program.
//!
//! One JSON object a line. `{"act":{…},"hash":"…","signature":"…"}` is an act: `hash` is the SHA-256 of the octets of its
//! object as they stand there, which the next act names as `previous`, and `signature` is made by its author's key, which
//! an act before gave, over `rempart docket act`, a line feed, and those octets. Behind it stand, as
//! `{"decision":7,"event":…}`, what it did to decisions: the act's `digest` is the SHA-256 of the lines
//! `7 <event> <SHA-256 of the event that proposed decision 7>`, each ended by a line feed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::desk::Docket;
use super::error::Error;
use super::store::Store;
use super::verify::{Verified, verify};

impl Docket {
    /// Verifies the docket, and writes what was verified into a file that is not there yet.
    pub fn export_to(&mut self, path: &Path) -> Result<Verified, Error> {
        self.store_mut().at_once(|store| {
            let verified = verify(store, &[], &mut |_| Ok(()))?;
            let failed = |source| Error::Write { place: path.display().to_string(), source };
            let mut out = BufWriter::new(File::create_new(path).map_err(failed)?);
            write(store, &mut |line| writeln!(out, "{line}").map_err(failed))?;
            let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
            file.sync_all().map_err(failed)?;
            Ok(verified)
        })
    }
}

/// Writes a docket line by line.
fn write(store: &mut Store, line: &mut dyn FnMut(String) -> Result<(), Error>) -> Result<(), Error> {
    let (mut act, mut events) = (0, store.events_by_act((0, 0))?.into_iter().peekable());
    let mut last = (0, 0);
    loop {
        let page = store.acts(act, &[])?;
        if page.is_empty() {
            return Ok(());
        }
        for record in page {
            act = record.number;
            let (body, hash, signature) = (&record.body, &record.hash, &record.signature);
            line(format!("{{\"act\":{body},\"hash\":\"{hash}\",\"signature\":\"{signature}\"}}"))?;
            loop {
                if events.peek().is_none() {
                    events = store.events_by_act(last)?.into_iter().peekable();
                }
                let Some((number, decision, event)) = events.next_if(|(number, ..)| *number == act) else {
                    break;
                };
                last = (number, decision);
                line(format!("{{\"decision\":{decision},\"event\":{event}}}"))?;
            }
        }
    }
}
