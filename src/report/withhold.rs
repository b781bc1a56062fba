//! Which figures of tables must be withheld, so that none that is small can be computed from the others.
//!
//! Tables with totals are a network: a cell is an arc from its row to its column, a total an arc to or from where they are
//! summed, and at every node what comes in goes out. Whoever reads the tables knows the figures that are shown, and
//! that a figure which is withheld is at least 1, since nothing hides a nought. What such a figure could be, for all that
//! they know, is as far from what it is as it can be changed along cycles of others that are withheld (Cox, "Network models
//! for complementary cell suppression", 1995). Where that leaves less room than the threshold does, more is
//! withheld: along the cycle that costs least.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A figure, between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    /// Where it comes from.
    pub from: usize,
    /// Where it goes to.
    pub to: usize,
    /// The figure.
    pub value: u64,
    /// What is lost where it is withheld though it is not small.
    pub cost: u64,
}

/// More than any change that is asked for.
const ENDLESS: u64 = u64::MAX / 4;

/// Whether each of these is to be withheld, so that none of those which are has less room than `threshold` − 1.
pub(super) fn withheld(arcs: &[Arc], threshold: u64) -> Vec<bool> {
    let nodes = arcs.iter().map(|arc| arc.from.max(arc.to) + 1).max().unwrap_or(0);
    let is_small = |arc: &Arc| (1..threshold).contains(&arc.value);
    let mut network = Network::new(nodes, arcs, arcs.iter().map(is_small).collect());
    let mut waiting: VecDeque<usize> = (0..arcs.len()).filter(|arc| network.hidden[*arc]).collect();
    // More that is withheld only makes more room for what was looked at before.
    while let Some(arc) = waiting.pop_front() {
        while let Err(residual) = network.room(arc, threshold - 1) {
            let cycle = network.cheapest(arc, &residual);
            if cycle.is_empty() {
                break;
            }
            for added in cycle {
                network.hidden[added] = true;
                waiting.push_back(added);
            }
        }
    }
    network.hidden
}

struct Network<'a> {
    arcs: &'a [Arc],
    hidden: Vec<bool>,
    /// The arcs that begin or end at each node.
    at: Vec<Vec<usize>>,
}

/// By how much each arc was changed, up or down.
type Changes = Vec<i128>;

impl<'a> Network<'a> {
    fn new(nodes: usize, arcs: &'a [Arc], hidden: Vec<bool>) -> Self {
        let mut at = vec![Vec::new(); nodes];
        for (index, arc) in arcs.iter().enumerate() {
            at[arc.from].push(index);
            at[arc.to].push(index);
        }
        Self { arcs, hidden, at }
    }

    /// Whether an arc could be anything in a range that is `wanted` wide; if not, how the others are changed where it is
    /// as large as it can be.
    fn room(&self, arc: usize, wanted: u64) -> Result<(), Changes> {
        let Arc { from, to, value, .. } = self.arcs[arc];
        let (more, changes) = self.most(arc, to, from, wanted);
        if more >= wanted {
            return Ok(());
        }
        let (less, _) = self.most(arc, from, to, (wanted - more).min(value - 1));
        if more + less >= wanted { Ok(()) } else { Err(changes) }
    }

    /// How much more can go from one node to another through what is withheld, without an arc, up to what is wanted.
    fn most(&self, without: usize, from: usize, to: usize, wanted: u64) -> (u64, Changes) {
        let mut changes = vec![0; self.arcs.len()];
        let mut found = 0;
        while found < wanted {
            let mut reached: Vec<Option<usize>> = vec![None; self.at.len()];
            let mut waiting = VecDeque::from([from]);
            'search: while let Some(node) = waiting.pop_front() {
                for &arc in self.at[node].iter().filter(|arc| self.hidden[**arc] && **arc != without) {
                    let next = self.other(arc, node);
                    if next != from && reached[next].is_none() && self.left(arc, node, &changes) > 0 {
                        reached[next] = Some(arc);
                        if next == to {
                            break 'search;
                        }
                        waiting.push_back(next);
                    }
                }
            }
            let Some(path) = self.path(&reached, from, to) else { break };
            let left = path.iter().map(|(arc, node)| self.left(*arc, *node, &changes)).min().unwrap_or(0);
            let step = left.min(wanted - found);
            for (arc, node) in path {
                let sign = if self.arcs[arc].from == node { 1 } else { -1 };
                changes[arc] += sign * i128::from(step);
            }
            found += step;
        }
        (found, changes)
    }

    /// The arcs, not withheld yet, of the cycle through an arc that costs least.
    fn cheapest(&self, arc: usize, changes: &Changes) -> Vec<usize> {
        let Arc { from: goal, to: start, .. } = self.arcs[arc];
        let mut costs = vec![u64::MAX; self.at.len()];
        let mut reached: Vec<Option<usize>> = vec![None; self.at.len()];
        costs[start] = 0;
        let mut waiting = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((cost, node))) = waiting.pop() {
            if cost > costs[node] {
                continue;
            }
            for &next_arc in self.at[node].iter().filter(|next| **next != arc && self.arcs[**next].value > 0)
            {
                let next = self.other(next_arc, node);
                let price = if self.hidden[next_arc] { 0 } else { self.arcs[next_arc].cost };
                let cost = cost.saturating_add(price);
                if cost < costs[next] && self.left(next_arc, node, changes) > 0 {
                    (costs[next], reached[next]) = (cost, Some(next_arc));
                    waiting.push(Reverse((cost, next)));
                }
            }
        }
        let path = self.path(&reached, start, goal).unwrap_or_default();
        path.into_iter().map(|(arc, _)| arc).filter(|arc| !self.hidden[*arc]).collect()
    }

    /// The arcs from one node to another, each with the node that it is left from.
    fn path(&self, reached: &[Option<usize>], from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let arc = reached[node]?;
            node = self.other(arc, node);
            path.push((arc, node));
        }
        Some(path)
    }

    fn other(&self, arc: usize, node: usize) -> usize {
        let Arc { from, to, .. } = self.arcs[arc];
        if from == node { to } else { from }
    }

    /// By how much more an arc can be changed that is gone along from a node: without end forwards, down to 1 backwards.
    fn left(&self, arc: usize, node: usize, changes: &Changes) -> u64 {
        let Arc { from, value, .. } = self.arcs[arc];
        let now = i128::from(value) + changes[arc];
        if from == node { ENDLESS } else { u64::try_from(now - 1).unwrap_or(0) }
    }
}
