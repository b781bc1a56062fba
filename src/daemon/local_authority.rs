//! The local authority while the program runs: opened at the start, and spoken of before it ends. Whatever becomes of it,
//! names are answered, and the page is shown over HTTP.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::state::drawn;
use crate::blocklist::Key;
use crate::ca::{Config, Error, Issuer};
use crate::metrics::Metrics;

/// How long before its end it is spoken of: another one takes weeks to reach all devices.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 60);

/// The local authority that a configuration asks for.
pub(super) struct LocalAuthority {
    /// It, where it can be used.
    pub issuer: Option<Issuer>,
    metrics: Arc<Metrics>,
    /// What was last said of it.
    told: Mutex<Standing>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Sound,
    EndsSoon,
    /// Devices believe it no longer, or not yet.
    NotNow,
    Unusable,
}

impl LocalAuthority {
    /// Opens it, if there is to be one. One that cannot be used stops nothing.
    pub(super) fn open(config: &Config, random: [u8; 16], metrics: Arc<Metrics>, now: Timestamp) -> Self {
        let opened = open(config, random);
        let standing = if opened.is_ok() { Standing::Sound } else { Standing::Unusable };
        if let Err(error) = &opened {
            let error: &(dyn std::error::Error + 'static) = error;
            tracing::error!(error, "the local authority cannot be used: no page is shown over HTTPS");
        }
        let issuer = opened.ok().flatten();
        if let Some(issuer) = &issuer {
            metrics.certificates.local_authority_ends.set(issuer.ends().as_second());
        }
        let authority = Self { issuer, metrics, told: Mutex::new(standing) };
        authority.look(now);
        authority
    }

    /// Looks whether it has come to its end, and says so once.
    pub(super) fn look(&self, now: Timestamp) {
        let told = &mut *self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = match &self.issuer {
            None => *told,
            Some(issuer) if now < issuer.begins() || issuer.ends() <= now => Standing::NotNow,
            Some(issuer) if issuer.ends() < now + SOON => Standing::EndsSoon,
            Some(_) => Standing::Sound,
        };
        let fails = matches!(standing, Standing::NotNow | Standing::Unusable);
        self.metrics.certificates.local_authority_failing.set(fails.into());
        if let Some(issuer) = self.issuer.as_ref().filter(|_| standing != *told) {
            let (title, begins, ends) = (issuer.title(), issuer.begins(), issuer.ends());
            match standing {
                Standing::Unusable | Standing::Sound => {}
                Standing::EndsSoon => {
                    tracing::warn!(title, %ends, "the local authority ends soon; found another, and bring it to devices");
                }
                Standing::NotNow => tracing::error!(
                    title, %begins, %ends, "devices do not believe the local authority now: no page is shown over HTTPS; \
                     look at the clock, or found another"
                ),
            }
        }
        *told = standing;
    }
}

/// Opens the authority that a configuration asks for.
pub(super) fn open(config: &Config, random: [u8; 16]) -> Result<Option<Issuer>, Error> {
    let unguessable = drawn(Key::new(random), "serial numbers");
    config.files().map(|files| Issuer::open(files, unguessable)).transpose()
}
