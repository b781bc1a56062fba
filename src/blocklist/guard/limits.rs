//! How much one generation of a list may differ in size from the one before.

/// The most that the number of names may change in one generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Percentage of the names that may be lost.
    pub largest_loss: u8,
    /// Percentage of the names that may come in addition.
    pub largest_gain: u32,
}

/// So many more names are never too many: a small list may grow by any factor.
const FREE_GAIN: u64 = 1000;

/// Why a generation is not taken on the size of it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Leap {
    /// No name is left, and not because their own dates passed.
    #[error("no name is left of {before}")]
    Emptied {
        /// Names in the generation before.
        before: u64,
    },
    /// Too many names are gone.
    #[error("{names} names where there were {before}: more than {largest_loss} % would be lost")]
    Shrunk {
        /// Names in this generation.
        names: u64,
        /// Names in the generation before.
        before: u64,
        /// The limit, in percent.
        largest_loss: u8,
    },
    /// Too many names have come.
    #[error("{names} names where there were {before}: more than {largest_gain} % would be added")]
    Grown {
        /// Names in this generation.
        names: u64,
        /// Names in the generation before.
        before: u64,
        /// The limit, in percent.
        largest_gain: u32,
    },
}

impl Limits {
    /// Judges a generation of `names` names after one of `before`. Names whose rules `ended` by their own date in
    /// between are no loss. A list that had no name before has nothing to be measured by.
    pub fn judge(&self, before: u64, names: u64, ended: u64) -> Result<(), Leap> {
        if names == 0 && ended < before {
            return Err(Leap::Emptied { before });
        }
        let largest_loss = self.largest_loss;
        let kept = u128::from(names) + u128::from(ended);
        if kept * 100 < u128::from(before) * u128::from(100_u8.saturating_sub(largest_loss)) {
            return Err(Leap::Shrunk { names, before, largest_loss });
        }
        let largest_gain = self.largest_gain;
        let gain = names.saturating_sub(before);
        if before > 0
            && gain > FREE_GAIN
            && u128::from(gain) * 100 > u128::from(before) * u128::from(largest_gain)
        {
            return Err(Leap::Grown { names, before, largest_gain });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(before: u64, names: u64, ended: u64) -> Result<(), Leap> {
        Limits { largest_loss: 20, largest_gain: 100 }.judge(before, names, ended)
    }

    #[test]
    fn a_great_loss_is_refused_and_what_ended_is_none() {
        assert_eq!(judge(1000, 800, 0), Ok(()));
        assert_eq!(judge(1000, 799, 0), Err(Leap::Shrunk { names: 799, before: 1000, largest_loss: 20 }));
        assert_eq!(judge(1000, 300, 500), Ok(()));
        assert!(judge(1000, 299, 500).is_err());
    }

    #[test]
    fn an_emptied_list_is_refused_whatever_the_limit() {
        let careless = Limits { largest_loss: 100, largest_gain: 100 };
        assert_eq!(careless.judge(9, 0, 8), Err(Leap::Emptied { before: 9 }));
        assert_eq!(careless.judge(9, 0, 9), Ok(()));
        assert_eq!(careless.judge(9, 1, 0), Ok(()));
        assert_eq!(careless.judge(0, 0, 0), Ok(()));
    }

    #[test]
    fn a_great_gain_is_refused_where_the_list_is_not_small() {
        assert_eq!(judge(1, 1001, 0), Ok(()));
        let grown = Leap::Grown { names: 1002, before: 1, largest_gain: 100 };
        assert_eq!(judge(1, 1002, 0), Err(grown));
        assert_eq!(grown.to_string(), "1002 names where there were 1: more than 100 % would be added");
        assert_eq!(judge(8000, 16000, 0), Ok(()));
        assert!(judge(8000, 16001, 0).is_err());
        assert_eq!(judge(0, 1_000_000, 0), Ok(()));
    }

    #[test]
    fn sizes_of_any_kind_are_judged() {
        let limits = Limits { largest_loss: u8::MAX, largest_gain: u32::MAX };
        assert_eq!(limits.judge(u64::MAX, u64::MAX, u64::MAX), Ok(()));
        assert_eq!(limits.judge(u64::MAX, 1, 0), Ok(()));
    }
}
