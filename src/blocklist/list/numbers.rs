//! A number for each rule, which takes four octets a rule once there is one that is not 0.

/// By the number of the rule.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Nothing where all are 0.
    of: Vec<u32>,
    rules: usize,
}

impl Numbers {
    /// Says what the number of the next rule is.
    pub(super) fn push(&mut self, number: u32) {
        if number != 0 && self.of.is_empty() {
            self.of.resize(self.rules, 0);
        }
        self.rules += 1;
        if number != 0 || !self.of.is_empty() {
            self.of.push(number);
        }
    }

    /// The number of a rule; 0 where there is no such rule.
    #[inline]
    pub(super) fn get(&self, rule: u32) -> u32 {
        self.of.get(rule as usize).copied().unwrap_or(0)
    }

    /// Changes the number of a rule, unless all are 0.
    pub(super) fn set(&mut self, rule: u32, number: u32) {
        if let Some(place) = self.of.get_mut(rule as usize) {
            *place = number;
        }
    }

    /// Gives back the room for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.of.shrink_to_fit();
    }

    pub(super) fn octets(&self) -> usize {
        size_of_val(&*self.of)
    }

    /// As they are kept on disk.
    pub(super) fn as_slice(&self) -> &[u32] {
        &self.of
    }

    /// From what is kept on disk, for so many rules; `None` where that does not fit.
    pub(super) fn from_disk(of: Vec<u32>, rules: u32) -> Option<Self> {
        let rules = rules as usize;
        (of.is_empty() || of.len() == rules).then_some(Self { of, rules })
    }
}
