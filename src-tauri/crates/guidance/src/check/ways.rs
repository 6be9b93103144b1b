//! The ways that lead on from a step, kept so that each is there once, and how many different ones there are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What parts one way from another: the step, how it was answered, and the branch that was taken.
pub(super) type Mark = (usize, How, usize);

/// How a step came to its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum How {
    PassedOver,
    Asked,
    Told,
}

/// All ways on from some place: the number of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct On(usize);

/// A path ends here.
pub(super) const END: On = On(0);
/// Nothing that counts leads on from here.
pub(super) const NOWHERE: On = On(1);

/// Ways as a graph: each node has the marks that lead on from it, and where to.
pub(super) struct Ways {
    nodes: Vec<BTreeSet<(Mark, On)>>,
    numbers: HashMap<BTreeSet<(Mark, On)>, On>,
}

impl Ways {
    pub fn new() -> Self {
        Self { nodes: vec![BTreeSet::new(), BTreeSet::new()], numbers: HashMap::new() }
    }

    /// The node with these ways on.
    pub fn node(&mut self, ways: BTreeSet<(Mark, On)>) -> On {
        if ways.is_empty() {
            return NOWHERE;
        }
        if let Some(on) = self.numbers.get(&ways) {
            return *on;
        }
        let on = On(self.nodes.len());
        self.nodes.push(ways.clone());
        self.numbers.insert(ways, on);
        on
    }

    /// How many different ways lead on from any of these nodes.
    pub fn count(&self, from: BTreeSet<On>) -> u64 {
        self.different(from, &mut HashMap::new())
    }

    fn different(&self, from: BTreeSet<On>, counted: &mut HashMap<BTreeSet<On>, u64>) -> u64 {
        if let Some(count) = counted.get(&from) {
            return *count;
        }
        let mut by_mark: BTreeMap<Mark, BTreeSet<On>> = BTreeMap::new();
        for (mark, on) in from.iter().filter_map(|on| self.nodes.get(on.0)).flatten() {
            by_mark.entry(*mark).or_default().insert(*on);
        }
        let mut count = u64::from(from.contains(&END));
        for on in by_mark.into_values() {
            count = count.saturating_add(self.different(on, counted));
        }
        counted.insert(from, count);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_that_join_again_are_counted_once_and_ways_that_differ_later_each() {
        let mut ways = Ways::new();
        let last = ways.node(BTreeSet::from([((2, How::Asked, 0), END), ((2, How::Asked, 1), END)]));
        let told = ways.node(BTreeSet::from([((2, How::Asked, 1), END), ((2, How::Told, 1), END)]));
        let first = ways.node(BTreeSet::from([((1, How::Asked, 0), last), ((1, How::Asked, 0), told)]));
        assert_eq!(ways.count(BTreeSet::from([first])), 3, "one of the four is there twice");
        assert_eq!(ways.count(BTreeSet::from([last, told])), 3);
        assert_eq!(ways.count(BTreeSet::from([NOWHERE])), 0);
        assert_eq!(ways.node(BTreeSet::new()), NOWHERE);
    }
}
