//! The whole docket as text, for auditors who trust neither the desk nor this program.
//!
//! One JSON object a line. `{"act":{…},"hash":"…","signature":"…"}` is an act: `hash` is the SHA-256 of the octets of its
//! object as they stand there, which the next act names as `previous`, and `signature` is made by its author's key, which
//! an act before gave, over `rempart docket act`, a line feed, and those octets. Behind it stand, as
//! `{"decision":7,"event":…}`, what it did to decisions: the act's `digest` is the SHA-256 of the lines
//! `7 <event> <SHA-256 of the event that proposed decision 7>`, each ended by a line feed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::desk::Docket;
use super::error::Error;

impl Docket {
    /// Writes the docket into a file that is not there yet.
    pub fn export_to(&mut self, path: &Path) -> Result<(), Error> {
        let failed = |source| Error::Write { place: path.display().to_string(), source };
        let mut out = BufWriter::new(File::create_new(path).map_err(failed)?);
        self.export(&mut |line| writeln!(out, "{line}"))?;
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)
    }

    /// Writes the docket line by line.
    fn export(&mut self, write: &mut dyn FnMut(&str) -> io::Result<()>) -> Result<(), Error> {
        let failed = |source| Error::Write { place: "the export".to_owned(), source };
        let store = self.store_mut();
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
                let line = format!("{{\"act\":{body},\"hash\":\"{hash}\",\"signature\":\"{signature}\"}}");
                write(&line).map_err(failed)?;
                loop {
                    if events.peek().is_none() {
                        events = store.events_by_act(last)?.into_iter().peekable();
                    }
                    let Some((number, decision, event)) = events.next_if(|(number, ..)| *number == act)
                    else {
                        break;
                    };
                    last = (number, decision);
                    write(&format!("{{\"decision\":{decision},\"event\":{event}}}")).map_err(failed)?;
                }
            }
        }
    }
}
