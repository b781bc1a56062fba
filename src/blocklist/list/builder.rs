//! Taking rules and making a [`List`] of them.

use std::io::{self, Write};
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;

use super::List;
use super::cases::CasesBuilder;
use super::layer::{At, Layer, MAX_RULES, rule_of, value, value_of_several};
use super::meanings::{Kind, MeaningsBuilder};
use super::texts::{Texts, Writer};
use crate::blocklist::hash::{Key, Suffix};
use crate::blocklist::index::TableBuilder;
use crate::blocklist::networks::Networks;
use crate::blocklist::rule::{Header, Rule, Trigger};

/// Takes rules and makes a [`List`].
pub struct ListBuilder<W> {
    key: Key,
    now: Timestamp,
    texts: Writer<W>,
    table: TableBuilder,
    networks: Vec<(IpNet, u32)>,
    meanings: MeaningsBuilder,
    cases: CasesBuilder,
    rules: u32,
    expired: u32,
}

impl<W: Write> ListBuilder<W> {
    /// Begins a list whose rules are judged expired at `now` and whose texts go to `texts`.
    pub fn new(key: Key, now: Timestamp, texts: W) -> Self {
        Self {
            key,
            now,
            texts: Writer::new(texts),
            table: TableBuilder::default(),
            networks: Vec::new(),
            meanings: MeaningsBuilder::default(),
            cases: CasesBuilder::default(),
            rules: 0,
            expired: 0,
        }
    }

    /// Adds a rule; fails where its text cannot be written, or past 2³⁰ rules.
    pub fn push(&mut self, rule: Rule) -> io::Result<()> {
        let Rule { line, trigger, effect, details } = rule;
        let end = details.expires;
        if end.is_some_and(|end| end <= self.now) {
            self.expired += 1;
            return Ok(());
        }
        let number = self.rules;
        if number == MAX_RULES {
            return Err(io::Error::other("more than 1073741824 rules in one list"));
        }
        self.texts.push(line, &trigger, &details)?;
        match trigger {
            Trigger::Name(name, scope) => {
                if let Some(name) = Suffix::of(&self.key, name.as_wire()) {
                    self.table.push(name, value(scope, number));
                }
            }
            Trigger::Network(network) => self.networks.push((network, number)),
        }
        self.meanings.push(Kind { effect, end });
        self.cases.push(details.reference.as_deref());
        self.rules += 1;
        Ok(())
    }

    /// Ends the list. `open` turns the written texts into something that can be read back.
    pub fn finish<T: Texts + 'static>(
        self,
        name: String,
        header: Option<Header>,
        open: impl FnOnce(W) -> io::Result<T>,
    ) -> io::Result<List> {
        let expired = self.expired;
        let layer = self.into_layer(open)?;
        Ok(List {
            name,
            slot: 0,
            header,
            rules: layer.rules,
            listed: layer.listed(),
            expired,
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
        let (mut several, mut merged) = (Vec::new(), Vec::new());
        let mut keep = |first, later| {
            merged.push(first);
            merged.push(later);
            meanings.keep(first, later)
        };
        let table = self.table.finish(|values| {
            let at = together(values, &mut keep);
            at.only().unwrap_or_else(|| {
                several.push(at);
                value_of_several(several.len() as u32 - 1)
            })
        });
        let mut networks = Networks::default();
        for (network, rule) in self.networks {
            networks.merge(network, rule, &mut keep);
        }
        merged.sort_unstable();
        merged.dedup();
        Ok(Layer {
            rules: self.rules,
            table,
            several,
            merged,
            networks,
            meanings: meanings.finish(),
            cases: self.cases.finish(),
            places,
            texts: Some(Box::new(open(texts)?)),
        })
    }
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
