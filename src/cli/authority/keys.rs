//! `key`: making keys, and showing their public halves; and keys for transfers, which have none.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use secrecy::zeroize::Zeroizing;
use serde_json::json;

use super::{Consent, answer};
use crate::authority::{KeyKind, KeySource, NewKey, PublicKey, SigningKey, TokenAddress, write_public};
use crate::blocklist::normalise;
use crate::cli::secret::random;
use crate::cli::{Console, Secrets};
use crate::dns::Name;
use crate::keyfile::{self, Cost, Protection, Secret};
use crate::transfer::{Algorithm, Key as TransferKey};

/// Make a key, or show the public half of one.
#[derive(Subcommand)]
pub(super) enum Key {
    New(Box<New>),
    Show(Show),
    Transfer(Transfer),
}

/// Make a key, in a file that a passphrase opens or on a token, and NAME.pub.json to send to the authority.
#[derive(Args)]
pub(super) struct New {
    /// The name of its holder: letters a-z, digits, '-' and '_'
    name: String,
    /// Where NAME.pem and NAME.pub.json go
    #[arg(long, default_value = ".")]
    folder: PathBuf,
    /// Make it on a token instead: a PKCS#11 URI with object= and ?module-path=
    #[arg(long, value_name = "URI", value_parser = TokenAddress::parse)]
    token: Option<TokenAddress>,
    /// What kind of key the token makes
    #[arg(long, value_enum, default_value_t = Kind::Ed25519, requires = "token")]
    kind: Kind,
    /// Leave the file without a passphrase, for a key that a timer uses
    #[arg(long, conflicts_with = "token")]
    unencrypted: bool,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Ed25519,
    EcdsaP256,
}

/// Show the public half of a key.
#[derive(Args)]
pub(super) struct Show {
    /// A private key in a file or on a token, or a NAME.pub.json
    key: String,
    /// The name of its holder, which is a part of the key's id; a NAME.pub.json says it itself
    #[arg(long, default_value = "holder")]
    name: String,
    #[command(flatten)]
    secrets: Secrets,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Make a key that a server of zones and one who transfers them both hold (TSIG), in a file as BIND reads it.
#[derive(Args)]
pub(super) struct Transfer {
    /// Its name, which both ends must use, such as isp-one.regulator.example
    #[arg(value_parser = normalise)]
    name: Name,
    /// The file to write, where there is none
    #[arg(long)]
    out: PathBuf,
    /// hmac-sha256, hmac-sha384 or hmac-sha512
    #[arg(long, default_value_t = Algorithm::HmacSha256)]
    algorithm: Algorithm,
}

impl Key {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        match self {
            Self::New(command) => command.run(console),
            Self::Show(command) => command.run(console),
            Self::Transfer(command) => command.run(console),
        }
    }
}

impl New {
    fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { name, folder, consent, secrets, .. } = &self;
        let place = self.token.as_ref().map_or_else(
            || folder.join(format!("{name}.pem")).display().to_string(),
            |token| format!("the token, as {token}"),
        );
        if !consent.json {
            let protection = match (&self.token, self.unencrypted) {
                (Some(_), _) => "it never leaves the token",
                (None, true) => "NOT encrypted: who reads the file signs",
                (None, false) => "a passphrase opens it",
            };
            console.tell(format_args!("This makes a private key of {name} in {place}; {protection}."))?;
            console.tell(format_args!("{}/{name}.pub.json is its public half.", folder.display()))?;
        }
        console.confirm("Make it?", consent.yes)?;
        let public = match &self.token {
            Some(token) => {
                let kind = match self.kind {
                    Kind::Ed25519 => KeyKind::Ed25519,
                    Kind::EcdsaP256 => KeyKind::EcdsaP256,
                };
                let key = token.generate(kind, &mut |what| secrets.pin(what, console))?;
                let public = SigningKey::from(key).public_key(name)?;
                write_public(&public, folder)?;
                public
            }
            None => {
                let key = make(name)?;
                let lock = if self.unencrypted { Lock::None } else { Lock::choose(name, secrets, console)? };
                key.write(folder, &lock.protection())?;
                key.public().clone()
            }
        };
        tell(&public, consent.json, console)
    }
}

impl Show {
    fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        if self.key.ends_with(".pub.json") {
            return tell(&PublicKey::read(Path::new(&self.key))?, self.json, console);
        }
        let source = KeySource::parse(&self.key)?;
        let key = source.open(&mut |what| self.secrets.of(&source, what, console))?;
        tell(&key.public_key(&self.name)?, self.json, console)
    }
}

impl Transfer {
    fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { name, out, algorithm } = self;
        let secret = Zeroizing::new(random::<64>()?);
        let text = Zeroizing::new(TransferKey::compose(&name, algorithm, &secret[..algorithm.octets()]));
        let shown = out.display();
        keyfile::create(&out, text.as_bytes(), keyfile::SECRET).with_context(|| format!("{shown}"))?;
        console.tell(format_args!(
            "{shown} holds the key {name}; give a copy to the one who transfers, on a way that nobody reads"
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(key: &PublicKey, json: bool, console: &mut Console<'_>) -> Result<ExitCode> {
    let told = json!({ "holder": key.holder(), "keyid": key.id(), "key": key.value() });
    answer(format_args!("{} holds the key {}", key.holder(), key.id()), told, json, console)
}

/// Makes a key.
pub(super) fn make(holder: &str) -> Result<NewKey> {
    Ok(NewKey::from_seed(holder, &random()?)?)
}

/// What will protect a key in its file.
pub(super) enum Lock {
    None,
    Passphrase { passphrase: Secret, random: [u8; 32] },
}

impl Lock {
    /// Asks for a new passphrase.
    pub(super) fn choose(holder: &str, secrets: &Secrets, console: &mut Console<'_>) -> Result<Self> {
        let passphrase = secrets.chosen(&format!("passphrase of {holder}"), console)?;
        Ok(Self::Passphrase { passphrase, random: random()? })
    }

    pub(super) fn protection(&self) -> Protection<'_> {
        match self {
            Self::None => Protection::None,
            Self::Passphrase { passphrase, random } => {
                Protection::Passphrase { passphrase, random: *random, cost: Cost::RECOMMENDED }
            }
        }
    }
}
