//! Taking rules and making a [`List`] of them.

use std::io::{self, Write};
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;

use super::List;
use super::cases::CasesBuilder;
use super::layer::{At, Layer, MAX_RULES, Names, rule_of, value, value_of_several};
use super::meanings::{Kind, MeaningsBuilder};
use super::texts::{Texts, Writer};
use crate::blocklist::hash::{Key, Suffix};
use crate::blocklist::index::TableBuilder;
use crate::blocklist::networks::Networks;
use crate::blocklist::rule::{Details, Header, Rule, Trigger};

/// Takes rules and makes a [`List`].
pub struct ListBuilder<W> {
    key: Key,
    now: Timestamp,
    texts: Writer<W>,
    names: TableBuilder,
    staged: TableBuilder,
    networks: Vec<(IpNet, u32)>,
    meanings: MeaningsBuilder,
    cases: CasesBuilder,
    rules: u32,
    /// How many of them are staged.
    staged_rules: u32,
    expired: u32,
}

impl<W: Write> ListBuilder<W> {
    /// Begins a list whose rules are judged expired at `now` and whose texts go to `texts`.
    pub fn new(key: Key, now: Timestamp, texts: W) -> Self {
        Self {
            key,
            now,
            texts: Writer::new(texts),
            names: TableBuilder::default(),
            staged: TableBuilder::default(),
            networks: Vec::new(),
            meanings: MeaningsBuilder::default(),
            cases: CasesBuilder::default(),
            rules: 0,
            staged_rules: 0,
            expired: 0,
        }
    }

    /// Adds a rule; fails where its text cannot be written, or past 2³⁰ rules. One that is staged is no part of what
    /// decides.
    pub fn push(&mut self, rule: Rule) -> io::Result<()> {
        let Rule { line, trigger, effect, details } = rule;
        let Details { expires: end, staged, .. } = details;
        if end.is_some_and(|end| end <= self.now) {
            // One that never was in force does not make up for a name that is gone.
            self.expired += u32::from(!staged);
            return Ok(());
        }
        let number = self.rules;
        if number == MAX_RULES {
            return Err(io::Error::other("more than 1073741824 rules in one list"));
        }
        self.texts.push(line, &trigger, &details)?;
        match trigger {
            Trigger::Name(name, scope) => {
                let names = if staged { &mut self.staged } else { &mut self.names };
                if let Some(name) = Suffix::of(&self.key, name.as_wire()) {
                    names.push(name, value(scope, number));
                }
            }
            Trigger::Network(network) if !staged => self.networks.push((network, number)),
            // Published lists, which alone stage rules, hold no networks.
            Trigger::Network(_) => {}
        }
        self.meanings.push(Kind { effect, end });
        self.cases.push(details.reference.as_deref());
        self.rules += 1;
        self.staged_rules += u32::from(staged);
        Ok(())
    }

    /// Ends the list. `open` turns the written texts into something that can be read back.
    pub fn finish<T: Texts + 'static>(
        self,
        name: String,
        header: Option<Header>,
        open: impl FnOnce(W) -> io::Result<T>,
    ) -> io::Result<List> {
        let (expired, staged) = (self.expired, self.staged_rules);
        let layer = self.into_layer(open)?;
        Ok(List {
            name,
            slot: 0,
            header,
            rules: layer.rules - staged,
            listed: layer.listed(),
            expired,
            staged,
            counts_staged: false,
            base: Arc::new(layer),
            amendment: None,
        })
    }

    pub(super) fn into_layer<T: Texts + 'static>(
        self,
        open: impl FnOnce(W) -> io::Result<T>,
    ) -> io::Result<Layer> {
        let (places, texts) = self.texts.finish()?;
        let mut meanings = self.meanings;
        let mut merged = Vec::new();
        let mut keep = |first, later| {
            merged.push(first);
            merged.push(later);
            meanings.keep(first, later)
        };
        let (names, staged) = (names(self.names, &mut keep), names(self.staged, &mut keep));
        let mut networks = Networks::default();
        for (network, rule) in self.networks {
            networks.merge(network, rule, &mut keep);
        }
        merged.sort_unstable();
        merged.dedup();
        Ok(Layer {
            rules: self.rules,
            names,
            staged,
            merged,
            networks,
            meanings: meanings.finish(),
            cases: self.cases.finish(),
            places,
            texts: Some(Box::new(open(texts)?)),
        })
    }
}

/// Names and their rules, of which `keep` chooses where several are for the same scope of one.
fn names(table: TableBuilder, keep: &mut impl FnMut(u32, u32) -> u32) -> Names {
    let mut several = Vec::new();
    let table = table.finish(|values| {
        let at = together(values, keep);
        at.only().unwrap_or_else(|| {
            several.push(at);
            value_of_several(several.len() as u32 - 1)
        })
    });
    Names { table, several }
}

/// The rules for one name, of which `keep` chooses where several are for the same scope.
fn together(values: &[u32], keep: &mut impl FnMut(u32, u32) -> u32) -> At {
    let mut at = At::default();
    for (scope, rule) in values.iter().filter_map(|value| rule_of(*value)) {
        let place = at.of_mut(scope);
        *place = Some(place.map_or(rule, |first| keep(first, rule)));
    }
    at
}
