//! Walks every complete path: every class of answers, every day on which the questions differ, and every
//! value of a known fact on which something hangs.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use sharewell_records::{Day, Known, StepId};

use super::Found;
use super::answers::{Class, classes};
use super::path::{Path, Stop};
use crate::engine::{Said, World, attached, ground_codes, holds};
use crate::pack::{Branch, Cond, KnownKind, KnownTest, Pack, Target};

/// Above this a pack cannot be checked in reasonable time, nor understood.
const MAX_VARIANTS: u64 = 1_000_000;

/// What was counted on the way.
#[derive(Default)]
pub(crate) struct Tally {
    pub paths: u64,
    pub shortest: u32,
    pub longest: u32,
    pub to_advice: u32,
    pub to_advice_with_harm: u32,
    /// The questions and answers of one shortest, and one longest path.
    pub shortest_way: Vec<(StepId, String)>,
    pub longest_way: Vec<(StepId, String)>,
    /// Walks made to see every path under every answer that an obligation or a ground tells apart.
    pub variants: u64,
    /// Steps, and outcomes, that some path reaches.
    pub steps: Vec<bool>,
    pub outcomes: Vec<bool>,
    pub too_many: bool,
}

type Hold<'h> = &'h dyn Fn(&Path<'_>, &mut Found);

struct Walk<'p, 'h> {
    pack: &'p Pack,
    classes: &'p [Vec<Class>],
    values: Vec<Vec<Option<Known>>>,
    /// In how many places conditions hang on each known fact.
    places: Vec<usize>,
    on: Day,
    seen: Vec<Option<&'p Said>>,
    known: Vec<Option<Option<Known>>>,
    stops: Vec<Stop<'p>>,
    /// The branches taken so far: what makes a path a path.
    taken: Vec<(usize, usize)>,
    advised: Option<(usize, usize)>,
    advised_twice: bool,
    distinct: BTreeSet<u64>,
    tally: Tally,
    found: &'h mut Found,
    hold: Hold<'h>,
}

impl World for Walk<'_, '_> {
    fn said(&self, step: usize) -> Option<Option<&Said>> {
        Some(self.seen.get(step).copied().flatten())
    }
    fn known(&self, fact: usize) -> Option<Option<&Known>> {
        self.known.get(fact)?.as_ref().map(Option::as_ref)
    }
    fn advised(&self) -> Option<usize> {
        self.advised.map(|(outcome, _)| outcome)
    }
}

/// Walks every path and holds each to the conditions.
pub(crate) fn every(pack: &Pack, found: &mut Found, hold: Hold<'_>) -> Tally {
    let classes = classes(pack);
    let mut days = BTreeSet::from([pack.applies_from]);
    for step in &pack.steps {
        days.extend(step.applies_from.filter(|from| pack.applies_on(*from)));
        let after = step.applies_until.and_then(|until| until.0.succ_opt()).map(Day);
        days.extend(after.filter(|after| pack.applies_on(*after)));
    }
    days.extend(pack.obligations.iter().filter_map(|one| one.from).filter(|from| pack.applies_on(*from)));
    let mut walk = Walk {
        pack,
        classes: &classes,
        values: known_values(pack),
        places: known_places(pack),
        on: pack.applies_from,
        seen: vec![None; pack.steps.len()],
        known: vec![None; pack.known.len()],
        stops: Vec::new(),
        taken: Vec::new(),
        advised: None,
        advised_twice: false,
        distinct: BTreeSet::new(),
        tally: Tally {
            shortest: u32::MAX,
            steps: vec![false; pack.steps.len()],
            outcomes: vec![false; pack.outcomes.len()],
            ..Tally::default()
        },
        found,
        hold,
    };
    for day in days {
        walk.on = day;
        walk.step(pack.start);
    }
    let mut tally = walk.tally;
    tally.paths = u64::try_from(walk.distinct.len()).unwrap_or(u64::MAX);
    if tally.paths == 0 {
        tally.shortest = 0;
    }
    tally
}

impl<'p> Walk<'p, '_> {
    /// Runs the rest of the walk once for each value of a known fact on which a condition hangs. Where nothing
    /// else hangs on the fact, values that make these conditions alike are one.
    fn settle<'c>(&mut self, conds: impl Iterator<Item = &'c Cond> + Clone, rest: &mut dyn FnMut(&mut Self)) {
        self.settle_from(conds, true, &mut BTreeSet::new(), rest);
    }

    fn settle_from<'c>(
        &mut self,
        conds: impl Iterator<Item = &'c Cond> + Clone,
        here_alone: bool,
        seen: &mut BTreeSet<Vec<Option<bool>>>,
        rest: &mut dyn FnMut(&mut Self),
    ) {
        let Some(fact) = conds.clone().find_map(|cond| self.open_fact(cond)) else {
            let alike: Vec<Option<bool>> = conds.map(|cond| holds(cond, self)).collect();
            if !here_alone || seen.insert(alike) {
                rest(self);
            }
            return;
        };
        let here_alone = here_alone && self.places.get(fact) == Some(&1);
        let values = self.values.get(fact).cloned().unwrap_or_default();
        for value in values {
            self.know(fact, Some(value));
            self.settle_from(conds.clone(), here_alone, seen, rest);
        }
        self.know(fact, None);
    }

    fn know(&mut self, fact: usize, value: Option<Option<Known>>) {
        if let Some(known) = self.known.get_mut(fact) {
            *known = value;
        }
    }

    /// A known fact that must be decided before a condition is.
    fn open_fact(&self, cond: &Cond) -> Option<usize> {
        if holds(cond, self).is_some() {
            return None;
        }
        match cond {
            Cond::All(all) | Cond::Any(all) => all.iter().find_map(|cond| self.open_fact(cond)),
            Cond::Not(inner) => self.open_fact(inner),
            Cond::Known { fact, .. } => Some(*fact),
            Cond::Answer { .. } | Cond::Asked(_) | Cond::Advised(_) => None,
        }
    }

    fn step(&mut self, at: usize) {
        if self.tally.too_many {
            return;
        }
        let pack = self.pack;
        let step = pack.step_at(at);
        let known = step.known.iter().map(|known| &known.when);
        self.settle(step.when.iter().chain(known), &mut |walk| {
            if !step.applies_on(walk.on)
                || step.when.as_ref().is_some_and(|when| holds(when, walk) != Some(true))
            {
                walk.next(at);
                return;
            }
            let told = step.known.iter().find(|known| holds(&known.when, walk) == Some(true));
            let all: &'p [Class] = walk.classes.get(at).map_or(&[], Vec::as_slice);
            for class in all {
                let mine = told.is_none_or(|told| class.members.contains(&told.answer));
                if !mine {
                    continue;
                }
                walk.see(at, Some(&class.said));
                walk.stops.push(Stop { at, step, class, asked: told.is_none() });
                walk.next(at);
                walk.stops.pop();
                walk.see(at, None);
            }
        });
    }

    fn see(&mut self, at: usize, said: Option<&'p Said>) {
        if let Some(seen) = self.seen.get_mut(at) {
            *seen = said;
        }
    }

    fn next(&mut self, at: usize) {
        let branches: &'p [Branch] = &self.pack.step_at(at).next;
        let conds = branches.iter().filter_map(|branch| branch.when.as_ref());
        self.settle(conds, &mut |walk| {
            let taken = branches
                .iter()
                .enumerate()
                .find(|(_, branch)| branch.when.as_ref().is_none_or(|when| holds(when, walk) == Some(true)));
            let Some((way, branch)) = taken else { return };
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
        self.count(advised_at, outcome_at);
        let of_obligations =
            outcome.obligations.iter().filter_map(|at| pack.obligation_at(*at).when.as_ref());
        let of_grounds = outcome.grounds.iter().filter_map(|at| pack.ground_at(*at).when.as_ref());
        self.settle(of_obligations.chain(of_grounds), &mut |walk| {
            let stops = std::mem::take(&mut walk.stops);
            let path = Path {
                pack,
                on: walk.on,
                stops: &stops,
                advised_at,
                advised_twice: walk.advised_twice,
                outcome,
                obligations: attached(pack, outcome, walk, false)
                    .filter(|one| one.follows_on(walk.on))
                    .collect(),
                grounds: ground_codes(pack, outcome, walk)
                    .into_iter()
                    .map(|(field, (code, _))| (field, code))
                    .collect(),
            };
            if path.harm() {
                let questions = Path::questions(path.before_advice());
                walk.tally.to_advice_with_harm = walk.tally.to_advice_with_harm.max(questions);
            }
            (walk.hold)(&path, walk.found);
            walk.stops = stops;
        });
    }

    /// The questions asked so far, with one answer of each class.
    fn way(&self) -> Vec<(StepId, String)> {
        let asked = self.stops.iter().filter(|stop| stop.asked);
        asked.map(|stop| (stop.step.id.clone(), stop.class.said.values.join("+"))).collect()
    }

    fn count(&mut self, advised_at: usize, outcome: usize) {
        let mut hasher = DefaultHasher::new();
        self.taken.hash(&mut hasher);
        self.stops.iter().for_each(|stop| (stop.at, stop.asked).hash(&mut hasher));
        self.distinct.insert(hasher.finish());
        self.tally.variants += 1;
        self.tally.too_many = self.tally.variants > MAX_VARIANTS;
        let all = Path::questions(&self.stops);
        let to_advice = Path::questions(self.stops.get(..advised_at).unwrap_or(&self.stops));
        if all < self.tally.shortest {
            (self.tally.shortest, self.tally.shortest_way) = (all, self.way());
        }
        if all > self.tally.longest {
            (self.tally.longest, self.tally.longest_way) = (all, self.way());
        }
        self.tally.to_advice = self.tally.to_advice.max(to_advice);
        for stop in &self.stops {
            if let Some(reached) = self.tally.steps.get_mut(stop.at) {
                *reached = true;
            }
        }
        if let Some(reached) = self.tally.outcomes.get_mut(outcome) {
            *reached = true;
        }
    }
}

/// What conditions say of one known fact.
#[derive(Clone, Default)]
struct Told {
    any: bool,
    limits: BTreeSet<i32>,
    words: BTreeSet<Vec<Known>>,
}

/// Values of each known fact between which conditions can tell, *not told* first. Words that every condition
/// sees alike are one.
fn known_values(pack: &Pack) -> Vec<Vec<Option<Known>>> {
    let mut told: Vec<Told> = vec![Told::default(); pack.known.len()];
    let mut read = |cond: &Cond| tests(cond, &mut told);
    for step in &pack.steps {
        step.when.iter().for_each(&mut read);
        step.known.iter().for_each(|known| read(&known.when));
        step.next.iter().filter_map(|branch| branch.when.as_ref()).for_each(&mut read);
    }
    pack.obligations.iter().filter_map(|o| o.when.as_ref()).for_each(&mut read);
    pack.grounds.iter().filter_map(|ground| ground.when.as_ref()).for_each(&mut read);
    std::iter::zip(&pack.known, told)
        .map(|(fact, told)| {
            let told: Vec<Known> = match &fact.kind {
                KnownKind::Flag => vec![Known::Flag(true), Known::Flag(false)],
                KnownKind::Word(words) => {
                    let signature =
                        |word: &Known| told.words.iter().map(|any| any.contains(word)).collect::<Vec<bool>>();
                    let words = words.iter().cloned().map(Known::Word);
                    let one_each: BTreeMap<_, _> = words.map(|word| (signature(&word), word)).collect();
                    one_each.into_values().collect()
                }
                KnownKind::Age => {
                    let each = told.limits.iter().flat_map(|limit| [limit.saturating_sub(1), *limit]);
                    each.collect::<BTreeSet<_>>().into_iter().map(Known::Number).collect()
                }
            };
            std::iter::once(None).chain(told.into_iter().map(Some)).collect()
        })
        .collect()
}

/// In how many places something hangs on each known fact: a place is what is settled at once.
fn known_places(pack: &Pack) -> Vec<usize> {
    let mut places = vec![0; pack.known.len()];
    let mut count = |conds: &mut dyn Iterator<Item = &Cond>| {
        let mut told: Vec<Told> = vec![Told::default(); pack.known.len()];
        conds.for_each(|cond| tests(cond, &mut told));
        for (place, told) in places.iter_mut().zip(told) {
            *place += usize::from(told.any);
        }
    };
    for step in &pack.steps {
        count(&mut step.when.iter().chain(step.known.iter().map(|known| &known.when)));
        count(&mut step.next.iter().filter_map(|branch| branch.when.as_ref()));
    }
    let of_obligations = pack.obligations.iter().filter_map(|one| one.when.as_ref());
    count(&mut of_obligations.chain(pack.grounds.iter().filter_map(|ground| ground.when.as_ref())));
    places
}

fn tests(cond: &Cond, told: &mut [Told]) {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| tests(cond, told)),
        Cond::Not(inner) => tests(inner, told),
        Cond::Known { fact, test } => {
            let Some(told) = told.get_mut(*fact) else { return };
            told.any = true;
            match test {
                KnownTest::LessThan(limit) | KnownTest::AtLeast(limit) => {
                    told.limits.insert(*limit);
                }
                KnownTest::Is(any) => {
                    told.words.insert(any.clone());
                }
                KnownTest::Present => {}
            }
        }
        Cond::Answer { .. } | Cond::Asked(_) | Cond::Advised(_) => {}
    }
}
