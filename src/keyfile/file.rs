//! A private key in its file: PKCS#8 in PEM, which `openssl pkey` reads too.
//!
//! A person's key is encrypted with a passphrase (PBES2 of RFC 8018: scrypt of RFC 7914, AES-256 in CBC mode).
//! The key of a timer, which nobody attends, may stand there in clear; whoever writes it says so.

use std::fs;
use std::path::Path;

use pkcs8::der::pem::PemLabel;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{Kdf, Parameters};
use pkcs8::pkcs5::scrypt::Params;
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument};
use secrecy::zeroize::Zeroizing;

use super::error::Error;
use super::secret::Secret;

/// scrypt's `r`: blocks of 1 KiB.
const BLOCK: u32 = 8;
/// The most memory that a key file may ask for, in KiB.
const MOST_MEMORY: u64 = 128 * 1024;
/// The most work that a key file may ask for: KiB to be filled in all passes, some seconds.
const MOST_WORK: u64 = 2 * 1024 * 1024;
/// The most rounds of PBKDF2 that a key file may ask for, some seconds.
const MOST_ROUNDS: u32 = 10_000_000;

/// How a key is protected in its file.
pub enum Protection<'a> {
    /// In clear: who reads the file signs.
    None,
    /// Encrypted.
    Passphrase {
        /// What opens it.
        passphrase: &'a Secret,
        /// Salt and initialization vector, from a generator fit for keys and never used before.
        random: [u8; 32],
        /// What each guess costs.
        cost: Cost,
    },
}

/// What it costs to try one passphrase.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Logarithm to base 2 of the memory in KiB.
    pub memory: u8,
    /// How many times the memory is filled.
    pub passes: u32,
}

impl Cost {
    /// What OWASP recommends at 16 MiB. `openssl` reads no file that asks for more than 32 MiB.
    pub const RECOMMENDED: Self = Self { memory: 14, passes: 5 };
}

/// Asks a person for what is named: "passphrase of FILE" or "PIN of the token LABEL".
pub type Ask<'a> = dyn FnMut(&str) -> Result<Secret, Error> + 'a;

/// Reads a key file, asking for the passphrase where it is encrypted: the PKCS#8 structure of the key. `kind` says in
/// messages what it should be, such as `an Ed25519`.
pub fn open(path: &Path, kind: &'static str, ask: &mut Ask<'_>) -> Result<SecretDocument, Error> {
    let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    open_text(&Zeroizing::new(text), path, kind, ask)
}

/// The same from the text of such a file, which is called `path` in messages.
pub fn open_text(
    text: &[u8],
    path: &Path,
    kind: &'static str,
    ask: &mut Ask<'_>,
) -> Result<SecretDocument, Error> {
    let wrong = || Error::NotAKey { path: path.to_owned(), kind };
    let text = std::str::from_utf8(text).map_err(|_| wrong())?;
    let (label, document) = SecretDocument::from_pem(text).map_err(|_| wrong())?;
    match label {
        EncryptedPrivateKeyInfoRef::PEM_LABEL => {
            let locked = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| wrong())?;
            unlock(path, &locked, ask)
        }
        PrivateKeyInfoRef::PEM_LABEL => Ok(document),
        _ => Err(wrong()),
    }
}

/// The text of a key file, from the PKCS#8 structure of the key.
pub fn compose(key: &[u8], protection: &Protection<'_>) -> Result<Zeroizing<String>, Error> {
    let clear = PrivateKeyInfoRef::try_from(key).map_err(|_| Error::Library)?;
    let (label, document) = match protection {
        Protection::None => (PrivateKeyInfoRef::PEM_LABEL, SecretDocument::try_from(&clear)),
        Protection::Passphrase { passphrase, random, cost } => {
            passphrase.check_length()?;
            let parameters = parameters(random, *cost).ok_or(Error::Library)?;
            let locked = clear.encrypt_with_params(parameters, passphrase.octets());
            (EncryptedPrivateKeyInfoRef::PEM_LABEL, locked)
        }
    };
    let text = document.ok().and_then(|document| document.to_pem(label, LineEnding::LF).ok());
    text.ok_or(Error::Library)
}

fn parameters(random: &[u8; 32], cost: Cost) -> Option<Parameters> {
    let (salt, vector) = random.split_first_chunk()?;
    let salt: &[u8; 16] = salt;
    let params = Params::new(cost.memory, BLOCK, cost.passes).ok()?;
    Parameters::generate_scrypt_aes256cbc(params, salt, vector.try_into().ok()?).ok()
}

fn unlock(
    path: &Path,
    locked: &EncryptedPrivateKeyInfoRef<'_>,
    ask: &mut Ask<'_>,
) -> Result<SecretDocument, Error> {
    check(&locked.encryption_algorithm)
        .map_err(|reason| Error::Encryption { path: path.to_owned(), reason })?;
    let passphrase = ask(&format!("passphrase of {}", path.display()))?;
    locked.decrypt(passphrase.octets()).map_err(|_| Error::Passphrase { path: path.to_owned() })
}

/// Refuses, before a passphrase is asked for, what could not be undone in a bounded time and memory.
fn check(scheme: &EncryptionScheme) -> Result<(), &'static str> {
    let EncryptionScheme::Pbes2(parameters) = scheme else {
        return Err("it is older than PBES2");
    };
    match &parameters.kdf {
        Kdf::Scrypt(scrypt) => {
            // N·r·128 octets are filled p times (RFC 7914, §6).
            let passes = u64::from(scrypt.parallelization);
            let memory = scrypt.cost_parameter.saturating_mul(scrypt.block_size.into()) / 8;
            if !scrypt.cost_parameter.is_power_of_two() || scrypt.cost_parameter < 2 {
                return Err("its parameter N of scrypt is no power of two");
            }
            if memory > MOST_MEMORY || memory.saturating_mul(passes) > MOST_WORK {
                return Err("its parameters of scrypt ask for too much memory or time");
            }
        }
        Kdf::Pbkdf2(pbkdf2) if pbkdf2.iteration_count > MOST_ROUNDS => {
            return Err("its rounds of PBKDF2 are too many");
        }
        Kdf::Pbkdf2(_) => {}
        _ => return Err("its way from a passphrase to a key is neither scrypt nor PBKDF2"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::Command;

    use pkcs8::pkcs5::pbes2::{EncryptionScheme as Cipher, Pbkdf2Params, ScryptParams};

    use super::*;

    const CHEAP: Cost = Cost { memory: 4, passes: 1 };
    const PASSPHRASE: &str = "correct horse battery";

    /// The key that grows from 32 sevens, as `openssl genpkey -algorithm ed25519` writes one (RFC 8410 §7).
    fn key() -> Vec<u8> {
        [b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", &[7; 32][..]].concat()
    }

    fn locked(cost: Cost) -> String {
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        let protection = Protection::Passphrase { passphrase: &passphrase, random: [9; 32], cost };
        compose(&key(), &protection).unwrap().to_string()
    }

    fn in_clear() -> String {
        compose(&key(), &Protection::None).unwrap().to_string()
    }

    /// Reads a text as a key file; also tells how often a passphrase was asked for.
    fn opened(text: &str, passphrase: &str) -> (Result<Vec<u8>, Error>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ana.pem");
        fs::write(&path, text).unwrap();
        let mut asked = 0;
        let key = open(&path, "an Ed25519", &mut |what| {
            assert_eq!(what, format!("passphrase of {}", path.display()));
            asked += 1;
            Ok(Secret::new(passphrase.to_owned()))
        });
        (key.map(|key| key.as_bytes().to_vec()), asked)
    }

    #[test]
    fn a_key_in_clear_survives_its_file() {
        let text = in_clear();
        assert!(text.starts_with("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcH"), "{text}");
        let (again, asked) = opened(&text, "");
        assert_eq!((again.unwrap(), asked), (key(), 0));
    }

    #[test]
    fn an_encrypted_key_opens_with_its_passphrase_alone() {
        let text = locked(CHEAP);
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{text}");
        let (again, asked) = opened(&text, PASSPHRASE);
        assert_eq!((again.unwrap(), asked), (key(), 1));
        for wrong in ["", "correct horse batterz"] {
            assert!(matches!(opened(&text, wrong), (Err(Error::Passphrase { .. }), 1)));
        }
    }

    #[test]
    fn a_new_passphrase_must_be_long() {
        let passphrase = Secret::new("elevenchars".to_owned());
        let protection = Protection::Passphrase { passphrase: &passphrase, random: [9; 32], cost: CHEAP };
        let error = compose(&key(), &protection).unwrap_err();
        assert!(matches!(error, Error::ShortPassphrase { found: 11, least: 12 }), "{error}");
    }

    #[test]
    fn what_is_no_key_is_refused_unasked() {
        let text = in_clear();
        for noise in [text.replace("PRIVATE", "PUBLIC"), text.replace("MC4C", "MC4"), String::new()] {
            assert!(matches!(opened(&noise, ""), (Err(Error::NotAKey { .. }), 0)), "{noise}");
        }
    }

    #[test]
    fn a_damaged_file_never_gives_the_key() {
        let text = locked(CHEAP);
        let (_, document) = SecretDocument::from_pem(&text).unwrap();
        // Salt and parameters come first, then four blocks of the cipher.
        let blocks = document.as_bytes().len() - 64;
        for at in 0..document.as_bytes().len() {
            let mut octets = document.as_bytes().to_vec();
            octets[at] ^= 1;
            let Ok(document) = SecretDocument::try_from(octets) else { continue };
            let damaged = document.to_pem(EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF).unwrap();
            // Where the structure still holds, it is the seed that changed: no root knows that key.
            if let (Ok(other), _) = opened(&damaged, PASSPHRASE)
                && at >= blocks
            {
                assert_ne!(other, key(), "octet {at}");
            }
        }
    }

    #[test]
    fn no_file_asks_for_more_than_this_machine_gives() {
        let scrypt = |cost_parameter, block_size, parallelization| {
            let salt = [0; 16].as_slice().try_into().unwrap();
            Kdf::from(ScryptParams { salt, cost_parameter, block_size, parallelization, key_length: None })
        };
        let rounds = |rounds| Kdf::from(Pbkdf2Params::hmac_sha256(rounds, &[0; 16]).unwrap());
        for (kdf, sound) in [
            (scrypt(1 << 14, 8, 5), true),
            (scrypt(1 << 17, 8, 1), true),
            (scrypt(1 << 18, 8, 1), false),
            (scrypt(1 << 14, 8, u16::MAX), false),
            (scrypt(1 << 14, u16::MAX, 1), false),
            (scrypt(1 << 63, u16::MAX, u16::MAX), false),
            (scrypt(0, 8, 1), false),
            (scrypt(1, 8, 1), false),
            (scrypt(3, 8, 1), false),
            (rounds(600_000), true),
            (rounds(100_000_000), false),
        ] {
            let parameters = Parameters { kdf, encryption: Cipher::Aes256Cbc { iv: [0; 16] } };
            assert_eq!(check(&parameters.clone().into()).is_ok(), sound, "{parameters:?}");
        }
    }

    /// `openssl`, where it is installed, reads what we write and writes what we read.
    #[test]
    fn openssl_understands_the_file_and_we_its() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        if Command::new("openssl").arg("version").output().is_err() {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED openssl_understands_the_file_and_we_its: openssl is not here"
            );
            return;
        }
        let openssl = |arguments: &[&str]| {
            let output = Command::new("openssl").args(arguments).output().unwrap();
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        fs::write(path("ours"), locked(Cost::RECOMMENDED)).unwrap();
        let pass = format!("pass:{PASSPHRASE}");
        let clear = openssl(&["pkey", "-in", &path("ours"), "-passin", &pass]);
        assert_eq!(clear, in_clear());
        fs::write(path("clear"), clear).unwrap();
        let pkcs8 = ["pkcs8", "-topk8", "-in", &path("clear"), "-passout", &pass];
        let ways: [&[&str]; 3] = [&[], &["-scrypt"], &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"]];
        for way in ways {
            let theirs = openssl(&[pkcs8.as_slice(), way].concat());
            assert_eq!(opened(&theirs, PASSPHRASE).0.unwrap(), key(), "{way:?}");
        }
    }

    #[test]
    fn a_file_of_openssl_is_read() {
        assert_eq!(opened(OPENSSL, PASSPHRASE).0.unwrap(), key());
    }

    /// Made by `openssl pkcs8 -topk8 -scrypt` of OpenSSL 3.0.
    const OPENSSL: &str = "\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAjMxncQAq9oSQICQAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBB3/15+rHeptviNEk2g9ImkBECEYOQjHsWpAb/2
nMtdkzLteGsIYARtbbIr4hQKuUeqn17m4aE31A6Y0wAwkbsYvYvKpOjQezWVMc9l
w234pDH/
-----END ENCRYPTED PRIVATE KEY-----
";
}
