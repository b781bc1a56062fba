//! Negative trust anchors: zones that are known to be broken, and are taken for unsigned until an end (RFC 7646).

use crate::dns::Name;

/// The names at and below which nothing is judged, each up to a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NegativeAnchors(Vec<(Name, u64)>);

impl NegativeAnchors {
    /// Takes names with the moments at which each ends, in seconds since 1970. There is none without an end: a broken
    /// zone is repaired in days, and nobody remembers to remove what has no end (RFC 7646 §2).
    pub fn new(ends: impl IntoIterator<Item = (Name, u64)>) -> Self {
        Self(ends.into_iter().collect())
    }

    /// The lowest anchor at or above a name that holds at `now`, in seconds since 1970, and its end. A trust anchor for
    /// a zone below it is trusted all the same (RFC 7646 §1.1).
    pub fn covers(&self, name: &Name, now: u64) -> Option<(&Name, u64)> {
        let holding = self.0.iter().filter(|(anchor, end)| now < *end && name.is_within(anchor));
        holding.max_by_key(|(anchor, _)| anchor.label_count()).map(|(anchor, end)| (anchor, *end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_holds_below_its_name_until_its_end() {
        let name = |text| Name::from_text(text).unwrap();
        let anchors = NegativeAnchors::new([(name("broken.example"), 100), (name("a.broken.example"), 50)]);
        for (asked, now, found) in [
            ("broken.example", 99, Some("broken.example.")),
            ("www.BROKEN.example", 99, Some("broken.example.")),
            ("b.a.broken.example", 49, Some("a.broken.example.")),
            ("b.a.broken.example", 50, Some("broken.example.")),
            ("broken.example", 100, None),
            ("notbroken.example", 1, None),
            ("example", 1, None),
        ] {
            let covers = anchors.covers(&name(asked), now).map(|(anchor, _)| anchor.to_string());
            assert_eq!(covers.as_deref(), found, "{asked} {now}");
        }
    }
}
