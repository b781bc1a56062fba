//! Private keys in files, and the passphrases that open them.
//!
//! A key stands in its file as PKCS#8 in PEM: [`open`] reads it, asking for the passphrase where it is encrypted, and
//! [`compose`] makes the text of a new one, which [`create`] writes where there is no file, for its owner alone. A
//! [`Secret`] is a passphrase or a PIN. What kind of key it is, whoever asked for it knows.
//!
//! Nothing here tries a secret twice, and no type here shows one.

mod error;
mod file;
mod secret;
mod whole;

pub use error::Error;
pub use file::{Ask, Cost, Protection, compose, open, open_text};
pub use secret::{Secret, read_private};
pub use whole::{DRAFT, PUBLIC, SECRET, create, folder_of, remove, replace, sync_folder};
