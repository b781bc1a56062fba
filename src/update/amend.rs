//! Putting a signed delta in force before the list that it leads to is built.
//!
//! A list of millions takes seconds to be put together and built, and a name that was listed by mistake should not wait
//! for that. The delta is a signed target like the list, so it is put above the list in force as soon as it is
//! verified, and judged by the same guard rails and limits. A visit that is due at once does the whole work as for any
//! list: puts the list together, compares it with the digest that was signed, stores and builds it. Other visits do not
//! wait for that; where one of them puts more deltas in force, what was built meanwhile is stored, and built on. Whatever
//! does not fit here is left to that visit.

use jiff::Timestamp;

use super::fetch::{Step, content_of, serial_of, steps, text};
use super::outcome::Outcome;
use super::repository::Repository;
use super::slot::{Look, Slot};
use crate::blocklist::{Guard, List};
use crate::trust::Found;

impl Slot {
    /// Puts what leads to a target on top of the list in force, where that is quicker than to build it.
    pub(super) fn look_at_deltas(
        &mut self,
        repository: &mut Repository,
        (path, found): (&str, &Found),
        look: Look<'_>,
    ) -> Option<Outcome> {
        let current = self.current.as_ref().filter(|list| list.rules >= look.amended_from)?;
        if self.held.is_some() {
            return None;
        }
        let serial = current.header.as_ref()?.serial;
        let (steps, _) = steps(path, found, serial)?;
        match self.amended(current, repository, (&steps, found.signed_by().len() >= 2), look) {
            Ok(list) => {
                self.judge(look, path, &list).ok()?;
                let (before, rules, staged) = (current.rules, list.rules, list.staged);
                self.put_in_force(list, self.overridden, look);
                Some(Outcome::Amended { rules, before, staged })
            }
            Err(reason) => {
                tracing::debug!(list = self.source.name, reason, "the list is built before it is in force");
                None
            }
        }
    }

    fn amended(
        &self,
        current: &List,
        repository: &mut Repository,
        (steps, may_override): (&[Step], bool),
        look: Look<'_>,
    ) -> Result<List, String> {
        let mut list = current.clone();
        for step in steps {
            let delta = content_of(repository, step).map_err(|error| error.to_string())?;
            let mut guard = self.source.terms.guard.then(|| Guard::new(look.rails, may_override));
            let judge = |rule: &_| {
                if let Some(guard) = &mut guard {
                    guard.look(rule);
                }
            };
            let delta = text(&*delta).map_err(|error| error.to_string())?;
            list = list.amend(look.key, look.now, delta, judge).map_err(|error| error.to_string())?;
            guard.map_or(Ok(Default::default()), Guard::finish).map_err(|refused| refused.to_string())?;
        }
        Ok(list)
    }

    /// Whether the list that a target is was put in force by deltas, and is left to the visit that builds it.
    pub(super) fn is_being_built(&self, found: &Found, now: Timestamp) -> bool {
        let serial = self
            .current
            .as_ref()
            .filter(|_| self.is_amended())
            .and_then(|list| Some(list.header.as_ref()?.serial));
        serial.is_some() && serial == serial_of(&found.target) && !self.is_to_be_tried_again(now)
    }

    /// Whether what is in force was put together in haste, and stands on no disk.
    pub(super) fn is_amended(&self) -> bool {
        self.current.as_ref().is_some_and(|list| !list.is_whole())
    }
}
