//! The libraries that speak with tokens, and the tokens that are in them.
//!
//! A process may initialize such a library once, however many keys it uses, and one that is unloaded while it
//! is initialized may crash. So each is loaded once and kept until the process ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error as Cause, RvError};
use cryptoki::session::Session;
use cryptoki::slot::{Slot, TokenInfo};

use crate::authority::key::{KeyError, TokenAddress};

static MODULES: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

/// A token that is present.
pub(super) struct Token {
    module: Pkcs11,
    slot: Slot,
    /// What it said about itself when it was found.
    pub(super) info: TokenInfo,
    /// Its label, for people.
    pub(super) label: String,
}

impl Token {
    /// The only token that an address means.
    pub(super) fn find(address: &TokenAddress) -> Result<Self, KeyError> {
        let failed = |cause| KeyError::Module { path: address.module.clone(), cause };
        let module = load(&address.module).map_err(failed)?;
        let mut labels = Vec::new();
        let mut found = Vec::new();
        for slot in module.get_slots_with_token().map_err(failed)? {
            // A reader whose card is being pulled out is no reason to give up the others.
            let Ok(info) = module.get_token_info(slot) else { continue };
            if !info.token_initialized() {
                continue;
            }
            let label = info.label().to_owned();
            labels.push(label.clone());
            if address.means(&info) {
                found.push(Self { module: module.clone(), slot, info, label });
            }
        }
        let matching = found.len();
        match found.pop() {
            Some(token) if matching == 1 => Ok(token),
            _ => {
                let present = if labels.is_empty() { "none".to_owned() } else { labels.join(", ") };
                Err(KeyError::WhichToken { address: address.to_string(), matching, present })
            }
        }
    }

    /// A conversation with the token; one that writes can make keys.
    pub(super) fn session(&self, writes: bool) -> Result<Session, KeyError> {
        let opened = if writes {
            self.module.open_rw_session(self.slot)
        } else {
            self.module.open_ro_session(self.slot)
        };
        opened.map_err(self.failed("begin a session"))
    }

    /// The error for an action that failed.
    pub(super) fn failed(&self, action: &'static str) -> impl Fn(Cause) -> KeyError {
        let token = self.label.clone();
        move |cause| KeyError::Token { token: token.clone(), action, cause }
    }
}

impl TokenAddress {
    fn means(&self, info: &TokenInfo) -> bool {
        let agrees =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|text| text == found);
        agrees(&self.token, info.label())
            && agrees(&self.serial, info.serial_number())
            && agrees(&self.manufacturer, info.manufacturer_id())
            && agrees(&self.model, info.model())
    }
}

fn load(path: &Path) -> Result<Pkcs11, Cause> {
    let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(module) = modules.get(path) {
        return Ok(module.clone());
    }
    let module = Pkcs11::new(path)?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        // It has been initialized under another of its names.
        Ok(()) | Err(Cause::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(cause) => return Err(cause),
    }
    modules.insert(path.to_owned(), module.clone());
    Ok(module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_module_is_named() {
        for path in ["/nonexistent/module.so", "/dev/null"] {
            let address = TokenAddress::parse(&format!("pkcs11:token=a?module-path={path}")).unwrap();
            let error = Token::find(&address).err().unwrap().to_string();
            assert!(error.starts_with(&format!("cannot use the PKCS#11 module {path}: ")), "{error}");
        }
    }
}
