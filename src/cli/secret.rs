//! Passphrases and PINs: from a file that a script names, or from a person, who does not see them on the screen.
//!
//! Never from an option or the environment, where other programs could read them.

use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::authority::KeySource;
use crate::cli::Console;
use crate::keyfile::{Error, Secret};

/// Where secrets come from.
#[derive(Args, Clone, Debug, Default)]
pub struct Secrets {
    /// For scripts: a file with the passphrase of key files in its first line, which only you and your group may read;
    /// the PIN of a token comes from the `pin-source` of its address [default: you are asked]
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Secrets {
    /// The secret that opens something that exists, such as `passphrase of FILE`. Asked for once: what cannot
    /// be undone by another guess is not guessed again.
    pub fn known(&self, what: &str, console: &mut Console<'_>) -> Result<Secret, Error> {
        match &self.passphrase_file {
            Some(path) => Secret::read(path),
            None => ask(what, console).map_err(|cause| Error::Unasked { what: what.to_owned(), cause }),
        }
    }

    /// A PIN, which is asked of a person alone: a token locks itself after a few wrong ones, and a passphrase that was
    /// meant for a key file would be one. Scripts name a file in the token's own address (`pin-source`).
    pub fn pin(&self, what: &str, console: &mut Console<'_>) -> Result<Secret, Error> {
        ask(what, console).map_err(|cause| Error::Unasked { what: what.to_owned(), cause })
    }

    /// What opens a key.
    pub fn of(&self, source: &KeySource, what: &str, console: &mut Console<'_>) -> Result<Secret, Error> {
        match source {
            KeySource::File(_) => self.known(what, console),
            KeySource::Token(_) => self.pin(what, console),
        }
    }

    /// A new passphrase, long enough. A person types it twice.
    pub fn chosen(&self, what: &str, console: &mut Console<'_>) -> Result<Secret> {
        let secret = self.known(&format!("new {what}"), console)?;
        secret.check_length()?;
        if self.passphrase_file.is_none() {
            let again =
                ask(&format!("new {what} once more"), console).context("asking for the passphrase")?;
            if again != secret {
                bail!("the two passphrases differ; nothing was done");
            }
        }
        Ok(secret)
    }
}

/// Octets that nobody can guess.
pub(super) fn random<const OCTETS: usize>() -> Result<[u8; OCTETS], Error> {
    let mut octets = [0; OCTETS];
    aws_lc_rs::rand::fill(&mut octets).map_err(|_| Error::Library)?;
    Ok(octets)
}

fn ask(what: &str, console: &mut Console<'_>) -> io::Result<Secret> {
    let Some(answers) = &mut console.answers else {
        return Err(io::Error::other(
            "there is no terminal to ask on; name a file with --passphrase-file, or pin-source in the address of a token",
        ));
    };
    let mut prompt = what.to_owned();
    if let Some(first) = prompt.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    answers.secret(&format!("{prompt}: "), console.output).map(Secret::new)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::cli::console::Answers;

    /// Chooses a passphrase by what is typed; also gives what was shown.
    fn choose(secrets: &Secrets, typed: Option<&str>) -> (Result<Secret>, String) {
        let (mut shown, mut octets) = (Vec::new(), typed.unwrap_or_default().as_bytes());
        let answers = typed.map(|_| -> &mut dyn Answers { &mut octets });
        let chosen = secrets.chosen("passphrase of a.pem", &mut Console { output: &mut shown, answers });
        (chosen, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn a_new_passphrase_is_typed_twice() {
        let (chosen, shown) = choose(&Secrets::default(), Some("one two three\none two three\n"));
        assert_eq!(chosen.unwrap(), Secret::new("one two three".to_owned()));
        assert_eq!(shown, "New passphrase of a.pem: \nNew passphrase of a.pem once more: \n");
    }

    #[test]
    fn a_passphrase_that_is_short_or_mistyped_is_refused() {
        for (typed, reason) in [
            (Some("short\n"), "passphrase of 5 characters is too short; use at least 12"),
            (Some("one two three\none two thref\n"), "the two passphrases differ"),
            (Some("one two three\n"), "asking for the passphrase: unexpected end of file"),
            (None, "cannot ask for the new passphrase of a.pem: there is no terminal to ask on; name a file"),
        ] {
            let error = format!("{:#}", choose(&Secrets::default(), typed).0.unwrap_err());
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn a_file_stands_for_a_person() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let secrets = Secrets { passphrase_file: Some(file.path().to_owned()) };
        for (content, mode, reason) in [
            ("one two three\n", 0o600, ""),
            ("short\n", 0o600, "too short"),
            ("one two three\n", 0o644, "can be read by every user"),
        ] {
            std::fs::write(file.path(), content).unwrap();
            file.as_file().set_permissions(PermissionsExt::from_mode(mode)).unwrap();
            match choose(&secrets, None) {
                (Ok(_), shown) => assert_eq!((reason, shown.as_str()), ("", "")),
                (Err(error), _) => {
                    assert!(error.to_string().contains(reason) && !reason.is_empty(), "{error}")
                }
            }
        }
    }
}
