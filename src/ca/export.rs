//! What goes to the devices: the certificate in both ways of writing it, and how devices are told to trust it.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use pkcs8::{Document, LineEnding};

use super::certificate::Certificate;
use super::error::Error;
use crate::keyfile;

/// The note, with gaps in braces.
const NOTE: &str = include_str!("deploy.txt");

/// What is said of one that is no root.
const ABOVE: &str = "

It stands below another authority. Where devices believe that one, they need nothing; otherwise bring them the root above
it rather than this file, since most devices believe in roots alone.";

/// What devices need of an authority. Nothing of it is secret.
#[derive(Debug)]
pub struct Export {
    /// The certificate in PEM.
    pub pem: String,
    /// The certificate in DER.
    pub der: Vec<u8>,
    /// How it is brought to devices of each kind.
    pub note: String,
}

impl Export {
    /// Reads the certificate of an authority.
    pub fn read(certificate: &Path) -> Result<Self, Error> {
        let read = Certificate::read(certificate)?;
        let unfit = |reason| Error::Unfit { path: certificate.to_owned(), reason };
        let der = read.chain.first().ok_or_else(|| unfit("there is no certificate in it"))?.to_vec();
        let day = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%d").to_string();
        let mut note = NOTE.to_owned();
        for (gap, filling) in [
            ("{title}", read.title.as_str()),
            ("{fingerprint}", &hex(digest(&SHA256, &der).as_ref(), ":")),
            ("{hash}", &hex(digest(&SHA256, &der).as_ref(), "")),
            ("{serial}", &hex(&read.serial, "")),
            ("{begins}", &day(read.begins)),
            ("{ends}", &day(read.ends)),
            ("{scope}", &read.scope.to_string()),
            ("{above}", if read.is_root { "" } else { ABOVE }),
        ] {
            note = note.replace(gap, filling);
        }
        let document = Document::try_from(der.as_slice());
        let pem = document.and_then(|document| document.to_pem("CERTIFICATE", LineEnding::LF));
        Ok(Self { pem: pem.map_err(|_| unfit("it is no X.509 certificate"))?, der, note })
    }

    /// Writes the three files into a folder, in the place of what was there: `ca.pem`, `ca.cer` and `deploy.txt`.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let files =
            [("ca.pem", self.pem.as_bytes()), ("ca.cer", &self.der), ("deploy.txt", self.note.as_bytes())];
        if !folder.is_dir() {
            return Err(Error::NoFolder { path: folder.join("ca.pem") });
        }
        for (name, octets) in files {
            let path = folder.join(name);
            keyfile::replace(&path, octets, keyfile::PUBLIC).map_err(|cause| Error::Write { path, cause })?;
        }
        Ok(())
    }
}

fn hex(octets: &[u8], between: &str) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ca::testing::Office;

    #[test]
    fn what_goes_to_devices_is_the_certificate_and_how_to_trust_it() {
        let office = Office::founded(&["example"], &["bank.example"]);
        let export = Export::read(&office.path("ca.pem")).unwrap();
        assert_eq!(export.pem, fs::read_to_string(office.path("ca.pem")).unwrap().replace("\r\n", "\n"));
        for words in [
            "Example College",
            "2026-11-22 to 2031-11-22",
            "names within example and outside bank.example",
            "certutil -delstore Root 0707",
        ] {
            assert!(export.note.contains(words), "no `{words}` in {}", export.note);
        }
        let (opened, closed) = (export.note.find('{'), export.note.find('}'));
        assert!(opened.is_none() && closed.is_none(), "a gap is left in {}", export.note);
        assert!(export.note.lines().all(|line| line.chars().count() <= 120), "{}", export.note);
        let folder = tempfile::tempdir().unwrap();
        // Twice: an export replaces the one before.
        export.write(folder.path()).unwrap();
        export.write(folder.path()).unwrap();
        assert_eq!(fs::read(folder.path().join("ca.cer")).unwrap(), export.der);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        let error = export.write(&folder.path().join("nowhere")).unwrap_err().to_string();
        assert!(error.contains("nowhere/ca.pem"), "{error}");
    }

    #[test]
    fn a_fingerprint_is_as_openssl_writes_it() {
        assert_eq!(hex(&[0, 0xab, 9], ":"), "00:AB:09");
        let office = Office::founded(&[], &[]);
        let export = Export::read(&office.path("ca.pem")).unwrap();
        let shown = hex(digest(&SHA256, &export.der).as_ref(), ":");
        assert!(export.note.contains(&shown) && export.note.contains("every name"), "{}", export.note);
    }
}
