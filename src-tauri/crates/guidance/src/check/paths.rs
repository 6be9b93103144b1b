//! Walks every complete path: every class of answers, every day on which the questions differ, and every
//! value of a known fact on which something hangs. Answers of the write-up that part no way are varied two at a time.
//!
//! Most walks come to a step in a state that another one was in already: the answers differ, but no condition that may
//! still be asked can tell. What follows from there follows alike, so it is walked once and counted for each
//! ([`Walk::alike`] says what *alike* is). `plain.rs` walks without this, and tests hold the two against each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use sharewell_records::{Day, StepId};

use super::Found;
use super::answers::{Class, classes};
use super::path::{Path, Stop};
use super::rules::{Ahead, Far, Rules};
use super::told::{Told, Values, joined};
use super::ways::{END, How, Mark, NOWHERE, On, Ways};
use crate::engine::{attached, ground_codes};
use crate::pack::{Branch, Pack, Target};

/// Above this a pack cannot be checked in reasonable time, nor understood.
pub(super) const MAX_VARIANTS: u64 = 4_000_000;

/// How many answers of the write-up are varied at once. Behind the advice, and where it does not matter for the way, no
/// condition hangs on three of them; every three together would be walked for each way to the advice.
pub(super) const VARIED: u8 = 2;

/// How many states are remembered. Beyond it each walk is made for itself, so that no pack fills the memory.
const MOST_KEPT: usize = 300_000;

/// What was counted on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub paths: u64,
    pub shortest: u32,
    pub longest: u32,
    pub to_advice: u32,
    pub to_advice_with_harm: u32,
    pub most_cards: usize,
    pub most_today: usize,
    pub most_duties: usize,
    /// The questions and answers of one shortest, and one longest path.
    pub shortest_way: Vec<(StepId, String)>,
    pub longest_way: Vec<(StepId, String)>,
    /// Walks that there are, to see every path under every answer that an obligation or a ground tells apart.
    pub variants: u64,
    /// Steps, and outcomes, that some path reaches.
    pub steps: Vec<bool>,
    pub outcomes: Vec<bool>,
    pub too_many: bool,
}

impl Tally {
    pub(super) fn new(pack: &Pack) -> Self {
        Self {
            shortest: u32::MAX,
            steps: vec![false; pack.steps.len()],
            outcomes: vec![false; pack.outcomes.len()],
            ..Self::default()
        }
    }

    /// Counts the walks that lead to one end; what all of them share is told by one.
    pub(super) fn end(&mut self, stops: &[Stop<'_>], advised_at: usize, outcome: usize) {
        let all = Path::questions(stops);
        let to_advice = Path::questions(stops.get(..advised_at).unwrap_or(stops));
        if all < self.shortest {
            (self.shortest, self.shortest_way) = (all, way(stops));
        }
        if all > self.longest {
            (self.longest, self.longest_way) = (all, way(stops));
        }
        self.to_advice = self.to_advice.max(to_advice);
        for stop in stops {
            if let Some(reached) = self.steps.get_mut(stop.at) {
                *reached = true;
            }
        }
        if let Some(reached) = self.outcomes.get_mut(outcome) {
            *reached = true;
        }
    }

    /// Counts what a path leaves.
    pub(super) fn leaves(&mut self, path: &Path<'_>) {
        if path.harm() {
            let questions = Path::questions(path.before_advice());
            self.to_advice_with_harm = self.to_advice_with_harm.max(questions);
        }
        let left = super::cards::load(path);
        self.most_cards = self.most_cards.max(left.cards);
        self.most_today = self.most_today.max(left.today);
        self.most_duties = self.most_duties.max(left.duties);
    }

    pub(super) fn walked(&mut self, variants: u64) {
        self.variants = self.variants.saturating_add(variants);
        self.too_many = self.variants > MAX_VARIANTS;
    }

    pub(super) fn done(mut self, paths: u64) -> Self {
        self.paths = paths;
        if paths == 0 {
            self.shortest = 0;
        }
        self
    }
}

/// The questions asked so far, with one answer of each class.
fn way(stops: &[Stop<'_>]) -> Vec<(StepId, String)> {
    stops.iter().filter(|stop| stop.asked).map(|stop| (stop.step.id.clone(), stop.shown())).collect()
}

/// The days on which a pack's questions or duties differ, one of each.
pub(super) fn days(pack: &Pack) -> BTreeSet<Day> {
    let mut days = BTreeSet::from([pack.applies_from]);
    for step in &pack.steps {
        days.extend(step.applies_from.filter(|from| pack.applies_on(*from)));
        let after = step.applies_until.and_then(|until| until.0.succ_opt()).map(Day);
        days.extend(after.filter(|after| pack.applies_on(*after)));
    }
    days.extend(pack.obligations.iter().filter_map(|one| one.from).filter(|from| pack.applies_on(*from)));
    days
}

/// What a path is held to.
pub(super) type Hold<'h> = &'h dyn Fn(&Path<'_>, &mut Found);

/// Walks every path and holds each to the conditions.
pub(crate) fn every(pack: &Pack, found: &mut Found, hold: Hold<'_>) -> Tally {
    let classes = classes(pack);
    let mut tally = Tally::new(pack);
    let Some((rules, known)) = Rules::of(pack, &classes) else {
        tally.too_many = true;
        return tally.done(0);
    };
    let mut walk = Walk {
        pack,
        classes: &classes,
        rules: &rules,
        on: pack.applies_from,
        seen: vec![None; pack.steps.len()],
        known: vec![known],
        stops: Vec::new(),
        codes: Vec::new(),
        not_sure: 0,
        advised: None,
        advised_twice: false,
        varied: 0,
        ahead: HashMap::new(),
        walked: HashMap::new(),
        held: HashSet::new(),
        ways: Ways::new(),
        tally,
        found,
        hold,
    };
    let mut ways = BTreeSet::new();
    for day in days(pack) {
        walk.on = day;
        ways.insert(walk.step(pack.start).ways);
    }
    let paths = walk.ways.count(ways);
    walk.tally.done(paths)
}

struct Walk<'p, 'h> {
    pack: &'p Pack,
    classes: &'p [Vec<Class>],
    rules: &'p Rules,
    on: Day,
    /// For each step on the path, the class of its answer.
    seen: Vec<Option<usize>>,
    /// What the file may still tell.
    known: Vec<Told>,
    stops: Vec<Stop<'p>>,
    /// For each stop, what the conditions of safe guidance see of it.
    codes: Vec<[u8; 5]>,
    /// How many stops are not sure.
    not_sure: usize,
    advised: Option<(usize, usize)>,
    advised_twice: bool,
    /// How many answers of the write-up are not the first of their question.
    varied: u8,
    ahead: HashMap<(usize, Option<usize>), Rc<Ahead>>,
    /// What followed from each state of a walk.
    walked: HashMap<Vec<u8>, Rest>,
    /// What was held to the conditions already.
    held: HashSet<Vec<u8>>,
    ways: Ways,
    tally: Tally,
    found: &'h mut Found,
    hold: Hold<'h>,
}

/// What follows from a state.
#[derive(Clone, Copy)]
struct Rest {
    variants: u64,
    ways: On,
}

/// What followed so far, one way after another.
#[derive(Default)]
struct Onward {
    variants: u64,
    ways: BTreeSet<(Mark, On)>,
}

impl<'p> Walk<'p, '_> {
    fn far(&self) -> Far<'_> {
        Far { seen: &self.seen, known: &self.known, advised: self.advised.map(|(outcome, _)| outcome) }
    }

    fn holds(&self, cond: usize) -> bool {
        self.rules.holds(cond, &self.far()) == Some(true)
    }

    /// Runs the rest of the walk once for each way in which it goes on (`key`), over everything that the file may tell.
    /// What goes on alike stays together, until a later condition tells it apart.
    fn settle<K: Ord>(
        &mut self,
        conds: &[usize],
        key: &dyn Fn(&Self) -> K,
        rest: &mut dyn FnMut(&mut Self, &K),
    ) {
        // At most questions nothing hangs on what the file tells: then there is nothing to part.
        if conds.iter().all(|cond| self.rules.holds(*cond, &self.far()).is_some()) {
            let way = key(self);
            rest(self, &way);
            return;
        }
        let all = std::mem::take(&mut self.known);
        let mut ways = BTreeMap::new();
        for told in &all {
            self.part(told.clone(), conds, key, &mut ways);
        }
        for (way, told) in ways {
            self.known = joined(told);
            rest(self, &way);
        }
        self.known = all;
    }

    /// Parts what the file may tell by what conditions see of it, as far as they need it.
    fn part<K: Ord>(
        &mut self,
        told: Told,
        conds: &[usize],
        key: &dyn Fn(&Self) -> K,
        ways: &mut BTreeMap<K, Vec<Told>>,
    ) {
        self.known = vec![told.clone()];
        let open = conds.iter().find_map(|cond| self.rules.open_fact(*cond, &self.far()));
        let Some((fact, passing)) = open else {
            ways.entry(key(self)).or_default().push(told);
            return;
        };
        let values = told.get(fact).copied().unwrap_or_default();
        for values in [values & passing, values & !passing] {
            let mut told = told.clone();
            if let Some(known) = told.get_mut(fact) {
                *known = values;
            }
            self.part(told, conds, key, ways);
        }
    }

    /// What tells a state at a step from another one: nothing else can make a difference to what follows, nor to what
    /// is found there. It is, of what was answered, what the conditions of safe guidance see; what is left of each
    /// condition of the pack that may still be asked; and which values the facts may have that are left in one.
    fn alike(&mut self, at: usize) -> Vec<u8> {
        let advised = self.advised.map(|(outcome, _)| outcome);
        let ahead = self.ahead.entry((at, advised));
        let ahead = Rc::clone(ahead.or_insert_with(|| Rc::new(self.rules.ahead(self.pack, at, advised))));
        let mut key = Vec::with_capacity(256);
        number(&mut key, at);
        key.push(self.varied);
        self.so_far(&mut key);
        let steps = ahead.dated_steps.iter().map(|at| self.pack.step_at(*at).applies_on(self.on));
        let duties =
            ahead.dated_obligations.iter().map(|at| self.pack.obligation_at(*at).follows_on(self.on));
        key.extend(steps.chain(duties).map(u8::from));
        let (far, mut open) = (self.far(), Vec::new());
        let mut facts: BTreeSet<usize> = BTreeSet::new();
        for cond in &ahead.conds {
            match self.rules.will_hold(*cond, &far, at, &mut open) {
                Some(holds) => key.push(u8::from(holds)),
                None => {
                    key.push(2);
                    number(&mut key, open.len());
                    open.iter().for_each(|leaf| number(&mut key, *leaf));
                    facts.extend(open.iter().filter_map(|leaf| Some(self.rules.fact(*leaf)?.0)));
                }
            }
            open.clear();
        }
        let values =
            |told: &Told| facts.iter().map(|at| told.get(*at).copied().unwrap_or_default()).collect();
        let told: BTreeSet<Vec<Values>> = self.known.iter().map(values).collect();
        told.iter().flatten().for_each(|values| key.extend(values.to_le_bytes()));
        key
    }

    /// What the conditions of safe guidance see of the answers so far, and of the advice.
    fn so_far(&self, key: &mut Vec<u8>) {
        let (outcome, stops) = self.advised.map_or((0, 0), |(outcome, stops)| (outcome + 1, stops));
        number(key, outcome);
        number(key, stops);
        key.push(u8::from(self.advised_twice) | (u8::from(self.not_sure > 0) << 1));
        number(key, self.codes.len());
        key.extend(self.codes.as_flattened());
    }

    fn step(&mut self, at: usize) -> Rest {
        if self.tally.too_many {
            return Rest { variants: 0, ways: NOWHERE };
        }
        let alike = self.alike(at);
        if let Some(rest) = self.walked.get(&alike).copied() {
            self.tally.walked(rest.variants);
            return rest;
        }
        let mut onward = Onward::default();
        self.answer(at, &mut onward);
        let rest = Rest { variants: onward.variants, ways: self.ways.node(onward.ways) };
        if self.walked.len() < MOST_KEPT && !self.tally.too_many {
            self.walked.insert(alike, rest);
        }
        rest
    }

    fn answer(&mut self, at: usize, onward: &mut Onward) {
        let (pack, rules) = (self.pack, self.rules);
        let step = pack.step_at(at);
        let Some(own) = rules.steps.get(at) else { return };
        let way = |walk: &Self| {
            let asked = step.applies_on(walk.on) && own.when.is_none_or(|when| walk.holds(when));
            asked.then(|| own.known.iter().position(|known| walk.holds(*known)))
        };
        self.settle(&own.asks, &way, &mut |walk, way| {
            let Some(told) = way else {
                walk.next(at, How::PassedOver, onward);
                return;
            };
            let told = told.and_then(|told| step.known.get(told));
            let how = if told.is_some() { How::Told } else { How::Asked };
            let all: &'p [Class] = walk.classes.get(at).map_or(&[], Vec::as_slice);
            let written_up = step.after_advice && step.next.len() == 1 && told.is_none();
            for (nth, class) in all.iter().enumerate() {
                let mine = told.is_none_or(|told| class.members.contains(&told.answer));
                let varies = written_up && nth > 0;
                if !mine || (varies && walk.varied == VARIED) {
                    continue;
                }
                walk.varied += u8::from(varies);
                walk.stop(at, Some((nth, class, how)));
                walk.next(at, how, onward);
                walk.stop(at, None);
                walk.varied -= u8::from(varies);
            }
        });
    }

    /// Comes to a stop, or goes back behind it.
    fn stop(&mut self, at: usize, answer: Option<(usize, &'p Class, How)>) {
        if let Some(seen) = self.seen.get_mut(at) {
            *seen = answer.map(|(nth, _, _)| nth);
        }
        let Some((nth, class, how)) = answer else {
            self.not_sure -= usize::from(self.stops.pop().is_some_and(|stop| stop.not_sure()));
            self.codes.pop();
            return;
        };
        let stop = Stop::new(at, self.pack.step_at(at), class, how == How::Asked);
        let look = self.rules.codes.get(at).and_then(|all| all.get(nth)).copied().unwrap_or(u16::MAX);
        let [one, two] = u16::try_from(at).unwrap_or(u16::MAX).to_le_bytes();
        let [three, four] = look.to_le_bytes();
        self.codes.push([one, two, three, four, u8::from(stop.asked)]);
        self.not_sure += usize::from(stop.not_sure());
        self.stops.push(stop);
    }

    fn next(&mut self, at: usize, how: How, onward: &mut Onward) {
        let rules = self.rules;
        let Some(own) = rules.steps.get(at) else { return };
        let branches: &'p [Branch] = &self.pack.step_at(at).next;
        let taken = |walk: &Self| own.ways.iter().position(|way| way.is_none_or(|when| walk.holds(when)));
        self.settle(&own.parts, &taken, &mut |walk, taken| {
            let Some((way, branch)) = taken.and_then(|way| Some((way, branches.get(way)?))) else { return };
            let before = (walk.advised, walk.advised_twice);
            match (branch.advise, walk.advised) {
                (Some(outcome), None) => walk.advised = Some((outcome, walk.stops.len())),
                (Some(_), Some(_)) => walk.advised_twice = true,
                (None, _) => {}
            }
            let rest = match branch.to {
                Target::Step(next) => walk.step(next),
                Target::End => walk.end(branch),
            };
            (walk.advised, walk.advised_twice) = before;
            onward.variants = onward.variants.saturating_add(rest.variants);
            if rest.ways != NOWHERE {
                onward.ways.insert(((at, how, way), rest.ways));
            }
        });
    }

    fn end(&mut self, last: &'p Branch) -> Rest {
        let rules = self.rules;
        let Some((outcome_at, advised_at)) = self.advised else {
            let id = self.stops.last().map(|stop| stop.step.id.0.clone()).unwrap_or_default();
            self.found.pack(1, &last.spot, &id, "a path ends here without an outcome");
            return Rest { variants: 0, ways: NOWHERE };
        };
        self.tally.walked(1);
        self.tally.end(&self.stops, advised_at, outcome_at);
        let conds: &'p [usize] = rules.outcomes.get(outcome_at).map_or(&[], Vec::as_slice);
        let brings = |walk: &Self| conds.iter().map(|cond| walk.holds(*cond)).collect::<Vec<_>>();
        self.settle(conds, &brings, &mut |walk, brings| walk.hold(outcome_at, advised_at, brings));
        Rest { variants: 1, ways: END }
    }

    /// Holds a path to the conditions, unless one that looks the same to them was. `brings`: what the conditions of the
    /// outcome came to, one after another. They are not asked again, since many things that the file may tell are one by
    /// now, among which a part of a condition may not tell.
    fn hold(&mut self, outcome_at: usize, advised_at: usize, brings: &[bool]) {
        let (pack, rules) = (self.pack, self.rules);
        let outcome = pack.outcome_at(outcome_at);
        let mut came = brings.iter().copied();
        let mut applies = |cond: Option<&Option<usize>>| {
            cond.is_some_and(|one| one.is_none_or(|_| came.next() == Some(true)))
        };
        let on = |at: usize| pack.obligation_at(at).follows_on(self.on);
        let duties: Vec<(usize, bool)> = outcome
            .obligations
            .iter()
            .map(|at| (*at, applies(rules.obligations.get(*at)) && on(*at)))
            .collect();
        let grounds: Vec<(usize, bool)> =
            outcome.grounds.iter().map(|at| (*at, applies(rules.grounds.get(*at)))).collect();
        let mut looks = Vec::with_capacity(256);
        self.so_far(&mut looks);
        looks.extend(duties.iter().chain(&grounds).map(|(_, applies)| u8::from(*applies)));
        if self.held.contains(&looks) {
            return;
        }
        let path = Path {
            pack,
            shown_on: self.on,
            stops: &self.stops,
            advised_at,
            advised_twice: self.advised_twice,
            unknown: self.not_sure > 0,
            outcome,
            obligations: attached(pack, outcome, false, &|at| duties.contains(&(at, true))).collect(),
            grounds: ground_codes(pack, outcome, &|at| grounds.contains(&(at, true)))
                .into_iter()
                .map(|(field, (code, _))| (field, code))
                .collect(),
        };
        self.tally.leaves(&path);
        (self.hold)(&path, self.found);
        if self.held.len() < MOST_KEPT {
            self.held.insert(looks);
        }
    }
}

fn number(key: &mut Vec<u8>, number: usize) {
    key.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}
