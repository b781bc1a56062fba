//! What of that which is on its way can become public: the most with which the repository still verifies.
//!
//! Signatures arrive one by one, and metadata depends on other metadata: a root that lists other keys for the
//! targets role needs targets metadata that these have signed, and so on down. So nothing is asked but whether a
//! client would believe the whole.

use crate::authority::desk::Desk;
use crate::authority::edition::Documents;
use crate::authority::{Error, metadata};
use crate::trust::{self, Document, ROOT, Root, TARGETS};

/// The metadata that will be public, of all roles; `None` where nothing that is on its way can be.
pub(super) fn choose(desk: &Desk) -> Result<Option<Documents>, Error> {
    let sides = [&desk.staged, &desk.published.roles];
    for root in sides.iter().filter_map(|side| side.get(ROOT)) {
        for targets in sides.iter().filter_map(|side| side.get(TARGETS)) {
            let next = complete(desk, root, targets)?;
            let is_new = |next: &Documents| next.iter().any(|(role, it)| !desk.published.has(role, it));
            if let Some(next) = next.filter(is_new) {
                return Ok(Some(next));
            }
        }
    }
    Ok(None)
}

/// These two with the best of each delegated role, if a client would believe it all.
fn complete(desk: &Desk, root: &Document, targets: &Document) -> Result<Option<Documents>, Error> {
    let trust = || Error::trust(&desk.published.folder);
    let Some(trusted) = believed(desk, root).map_err(trust())? else { return Ok(None) };
    if !trusted.tally(TARGETS, targets).map_err(trust())?.reached() {
        return Ok(None);
    }
    let top = targets.claims().map_err(trust())?;
    let before = desk.published.claims(TARGETS)?;
    // What a snapshot named once, every later one must name (specification §5.5.5).
    let mut next = desk.published.roles.clone();
    for delegate in top.delegates() {
        let signed = |document: &&Document| top.tally(delegate.name, document).is_ok_and(|it| it.reached());
        let published = desk.published.roles.get(delegate.name);
        let found = desk.staged.get(delegate.name).filter(signed).or(published.filter(signed));
        match (found, published) {
            (Some(found), _) => {
                next.insert(delegate.name.to_owned(), found.clone());
            }
            // Whoever is believed now must be believed afterwards.
            (None, Some(published)) => {
                let believed = before.as_ref().map(|before| before.tally(delegate.name, published));
                if believed.is_some_and(|tally| tally.is_ok_and(|tally| tally.reached())) {
                    return Ok(None);
                }
            }
            (None, None) => {}
        }
    }
    next.insert(ROOT.to_owned(), root.clone());
    next.insert(TARGETS.to_owned(), targets.clone());
    Ok(Some(next))
}

/// The root, if a client that has the published one would follow.
fn believed(desk: &Desk, root: &Document) -> Result<Option<Root>, trust::Error> {
    let octets = root.compose()?;
    let believed = match desk.published.roles.get(ROOT) {
        Some(published) if metadata::version(published) != metadata::version(root) => {
            Root::draft(published)?.successor(&octets)
        }
        _ => Root::pinned(&octets),
    };
    match believed {
        Ok(root) => Ok(Some(root)),
        Err(trust::Error::Threshold { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
