//! A choice of names: what an administrator means when something is to be forgotten.

use super::name::Name;

/// One name, a name and all below it, or all there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// This name.
    One(Name),
    /// This name and all below it.
    Below(Name),
    /// All names.
    All,
}

impl Names {
    /// Whether a name is among them.
    pub fn cover(&self, name: &Name) -> bool {
        match self {
            Self::One(one) => name == one,
            Self::Below(top) => name.is_within(top),
            Self::All => true,
        }
    }

    /// Whether an uncompressed name is among them; what is no name is not.
    pub fn cover_wire(&self, wire: &[u8]) -> bool {
        Name::from_wire(wire).is_ok_and(|name| self.cover(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_covers_its_names_alone() {
        let name = |text| Name::from_text(text).unwrap();
        let (one, below) = (Names::One(name("a.example")), Names::Below(name("a.example")));
        for (text, of_one, of_below) in [
            ("A.example", true, true),
            ("b.a.EXAMPLE", false, true),
            ("ba.example", false, false),
            ("example", false, false),
        ] {
            let wire = name(text).as_wire().to_vec();
            assert_eq!((one.cover_wire(&wire), below.cover_wire(&wire)), (of_one, of_below), "{text}");
            assert!(Names::All.cover_wire(&wire));
        }
        assert!(!Names::Below(Name::root()).cover_wire(b"\x05half"));
    }
}
