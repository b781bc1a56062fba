//! The local certification authority of whoever owns the devices: a school, so that its pupils meet the warning page over
//! HTTPS too.
//!
//! Nobody else may hold a certificate for a blocked name, so a browser trusts one only where the device's owner has told
//! it to trust this authority. [`Founding`] makes it, with a private key that is never written in clear; [`Export`] is what
//! goes to the devices; and [`Issuer`] makes a leaf for a name while somebody waits, which lives for days. Which names
//! get one is not decided here: the daemon asks for names that our own answers lead to the page, and for no others.
//!
//! What the authority could do wrong is bounded when it is founded: it vouches for servers' names alone, for no other
//! authority, and, where names are given, only for those within `permitted` and outside `excluded` (RFC 5280 §4.2.1.10),
//! which browsers check too.

mod certificate;
mod config;
mod error;
mod export;
mod found;
mod issuer;
#[cfg(test)]
mod testing;

pub use certificate::Scope;
pub use config::{Config, Files};
pub use error::Error;
pub use export::Export;
pub use found::{Charter, Founding};
pub use issuer::Issuer;
