//! The plain walk: every answer, everything that the file may tell, each path held to the conditions by itself. It
//! remembers nothing and shares nothing, so it is right by looking at it, and too slow for a whole pack. `paths.rs` is
//! held against it.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::{Day, Known};

use super::Found;
use super::answers::{Class, classes};
use super::path::{Path, Stop};
use super::paths::{Hold, Tally, VARIED, days};
use super::told;
use crate::engine::{Said, World, attached, ground_codes, holds};
use crate::pack::{Branch, Cond, Pack, Target};

/// All that the file tells: for each known fact a value, or none.
type Told = Vec<Option<Known>>;

struct Walk<'p, 'h> {
    pack: &'p Pack,
    classes: &'p [Vec<Class>],
    on: Day,
    seen: Vec<Option<&'p Said>>,
    /// What the file may tell, of which no condition has told one from another so far.
    known: Vec<Told>,
    stops: Vec<Stop<'p>>,
    taken: Vec<(usize, usize)>,
    advised: Option<(usize, usize)>,
    advised_twice: bool,
    varied: u8,
    distinct: BTreeSet<Vec<(usize, usize)>>,
    tally: Tally,
    found: &'h mut Found,
    hold: Hold<'h>,
}

impl World for Walk<'_, '_> {
    fn said(&self, step: usize) -> Option<Option<&Said>> {
        Some(self.seen.get(step).copied().flatten())
    }
    fn known(&self, fact: usize) -> Option<Option<&Known>> {
        Some(self.known.first()?.get(fact)?.as_ref())
    }
    fn advised(&self) -> Option<usize> {
        self.advised.map(|(outcome, _)| outcome)
    }
}

/// Walks every path and holds each to the conditions.
pub(super) fn every(pack: &Pack, found: &mut Found, hold: Hold<'_>) -> Tally {
    let classes = classes(pack);
    let mut known: Vec<Told> = vec![Vec::new()];
    for values in told::values(pack) {
        let with =
            |told: &Told| values.iter().map(|value| [told.clone(), vec![value.clone()]].concat()).collect();
        known = known.iter().flat_map(|told| -> Vec<Told> { with(told) }).collect();
    }
    let mut walk = Walk {
        pack,
        classes: &classes,
        on: pack.applies_from,
        seen: vec![None; pack.steps.len()],
        known,
        stops: Vec::new(),
        taken: Vec::new(),
        advised: None,
        advised_twice: false,
        varied: 0,
        distinct: BTreeSet::new(),
        tally: Tally::new(pack),
        found,
        hold,
    };
    for day in days(pack) {
        walk.on = day;
        walk.step(pack.start);
    }
    let paths = u64::try_from(walk.distinct.len()).unwrap_or(u64::MAX);
    walk.tally.done(paths)
}

impl<'p> Walk<'p, '_> {
    /// Runs the rest of the walk once for each way in which it goes on.
    fn settle<K: Ord>(&mut self, key: &dyn Fn(&Self) -> K, rest: &mut dyn FnMut(&mut Self, &K)) {
        let all = std::mem::take(&mut self.known);
        let mut ways: BTreeMap<K, Vec<Told>> = BTreeMap::new();
        for told in &all {
            self.known = vec![told.clone()];
            ways.entry(key(self)).or_default().push(told.clone());
        }
        for (way, told) in ways {
            self.known = told;
            rest(self, &way);
        }
        self.known = all;
    }

    fn holds(&self, cond: Option<&Cond>) -> bool {
        cond.is_none_or(|cond| holds(cond, self) == Some(true))
    }

    fn step(&mut self, at: usize) {
        let step = self.pack.step_at(at);
        let way = |walk: &Self| {
            let asked = step.applies_on(walk.on) && walk.holds(step.when.as_ref());
            asked.then(|| step.known.iter().position(|known| walk.holds(Some(&known.when))))
        };
        self.settle(&way, &mut |walk, way| {
            let Some(told) = way else {
                walk.next(at);
                return;
            };
            let told = told.and_then(|told| step.known.get(told));
            let all: &'p [Class] = walk.classes.get(at).map_or(&[], Vec::as_slice);
            let written_up = step.after_advice && step.next.len() == 1 && told.is_none();
            for (nth, class) in all.iter().enumerate() {
                let mine = told.is_none_or(|told| class.members.contains(&told.answer));
                let varies = written_up && nth > 0;
                if !mine || (varies && walk.varied == VARIED) {
                    continue;
                }
                walk.varied += u8::from(varies);
                walk.seen[at] = Some(&class.said);
                walk.stops.push(Stop::new(at, step, class, told.is_none()));
                walk.next(at);
                walk.stops.pop();
                walk.seen[at] = None;
                walk.varied -= u8::from(varies);
            }
        });
    }

    fn next(&mut self, at: usize) {
        let branches: &'p [Branch] = &self.pack.step_at(at).next;
        let taken = |walk: &Self| branches.iter().position(|branch| walk.holds(branch.when.as_ref()));
        self.settle(&taken, &mut |walk, taken| {
            let Some(way) = *taken else { return };
            let branch = &branches[way];
            walk.taken.push((at, way));
            let before = (walk.advised, walk.advised_twice);
            match (branch.advise, walk.advised) {
                (Some(outcome), None) => walk.advised = Some((outcome, walk.stops.len())),
                (Some(_), Some(_)) => walk.advised_twice = true,
                (None, _) => {}
            }
            match branch.to {
                Target::Step(next) => walk.step(next),
                Target::End => walk.end(branch),
            }
            (walk.advised, walk.advised_twice) = before;
            walk.taken.pop();
        });
    }

    fn end(&mut self, last: &'p Branch) {
        let pack = self.pack;
        let Some((outcome_at, advised_at)) = self.advised else {
            let id = self.stops.last().map(|stop| stop.step.id.0.clone()).unwrap_or_default();
            self.found.pack(1, &last.spot, &id, "a path ends here without an outcome");
            return;
        };
        let outcome = pack.outcome_at(outcome_at);
        let stops = self.stops.iter().map(|stop| (stop.at, usize::from(stop.asked)));
        self.distinct.insert(self.taken.iter().copied().chain(stops).collect());
        self.tally.walked(1);
        self.tally.end(&self.stops, advised_at, outcome_at);
        let brings = |walk: &Self| {
            let obligations = outcome.obligations.iter().map(|at| pack.obligation_at(*at).when.as_ref());
            let grounds = outcome.grounds.iter().map(|at| pack.ground_at(*at).when.as_ref());
            obligations.chain(grounds).map(|cond| walk.holds(cond)).collect::<Vec<bool>>()
        };
        self.settle(&brings, &mut |walk, _| {
            let follows = |at: usize| walk.holds(pack.obligation_at(at).when.as_ref());
            let fits = |at: usize| walk.holds(pack.ground_at(at).when.as_ref());
            let grounds = ground_codes(pack, outcome, &fits).into_iter();
            let path = Path {
                pack,
                shown_on: walk.on,
                stops: &walk.stops,
                advised_at,
                advised_twice: walk.advised_twice,
                unknown: walk.stops.iter().any(Stop::not_sure),
                outcome,
                obligations: attached(pack, outcome, false, &follows)
                    .filter(|one| one.follows_on(walk.on))
                    .collect(),
                grounds: grounds.map(|(field, (code, _))| (field, code)).collect(),
            };
            walk.tally.leaves(&path);
            (walk.hold)(&path, walk.found);
        });
    }
}
