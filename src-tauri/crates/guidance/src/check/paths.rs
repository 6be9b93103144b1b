//! Walks every complete path: every class of answers, every day on which the questions differ, and every
//! value of a known fact on which something hangs. Answers of the write-up that part no way are varied two at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use sharewell_records::{Day, Known, StepId};

use super::Found;
use super::answers::{Class, classes};
use super::path::{Path, Stop};
use crate::engine::{Said, World, attached, ground_codes, holds, known_test};
use crate::pack::{Branch, Cond, KnownKind, KnownTest, Pack, Target};

/// Above this a pack cannot be checked in reasonable time, nor understood.
const MAX_VARIANTS: u64 = 1_000_000;

/// How many answers of the write-up are varied at once. Behind the advice, and where it does not matter for the way, no
/// condition hangs on three of them; every three together would be walked for each way to the advice.
const VARIED: u8 = 2;

/// What was counted on the way.
#[derive(Default)]
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
    on: Day,
    seen: Vec<Option<&'p Said>>,
    /// What the file may still tell.
    known: Vec<Told>,
    stops: Vec<Stop<'p>>,
    /// The branches taken so far: what makes a path a path.
    taken: Vec<(usize, usize)>,
    advised: Option<(usize, usize)>,
    advised_twice: bool,
    /// How many answers of the write-up are not the first of their question.
    varied: u8,
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
        match self.known.as_slice() {
            [told] => match told.get(fact)?.as_slice() {
                [only] => Some(only.as_ref()),
                _ => None,
            },
            _ => None,
        }
    }
    fn told(&self, fact: usize, test: &KnownTest) -> Option<bool> {
        let mut all = self.known.iter().filter_map(|told| told.get(fact)).flat_map(|values| values.iter());
        let holds = |value: &Option<Known>| value.as_ref().is_some_and(|value| known_test(value, test));
        let first = holds(all.next()?);
        all.all(|value| holds(value) == first).then_some(first)
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
        on: pack.applies_from,
        seen: vec![None; pack.steps.len()],
        known: vec![known_values(pack)],
        stops: Vec::new(),
        taken: Vec::new(),
        advised: None,
        advised_twice: false,
        varied: 0,
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
    /// Runs the rest of the walk once for each way in which it goes on (`key`), over everything that the file may tell.
    /// What goes on alike stays together, until a later condition tells it apart.
    fn settle<'c, K: Ord>(
        &mut self,
        conds: impl Iterator<Item = &'c Cond> + Clone,
        key: &dyn Fn(&Self) -> K,
        rest: &mut dyn FnMut(&mut Self, &K),
    ) {
        // At most questions nothing hangs on what the file tells: then there is nothing to part.
        if conds.clone().all(|cond| holds(cond, self).is_some()) {
            let way = key(self);
            rest(self, &way);
            return;
        }
        let all = std::mem::take(&mut self.known);
        let mut ways: BTreeMap<K, Vec<Told>> = BTreeMap::new();
        for told in &all {
            self.part(told.clone(), conds.clone(), key, &mut ways);
        }
        for (way, told) in ways {
            self.known = joined(told);
            rest(self, &way);
        }
        self.known = all;
    }

    /// Parts what the file may tell by what conditions see of it, as far as they need it.
    fn part<'c, K: Ord>(
        &mut self,
        told: Told,
        conds: impl Iterator<Item = &'c Cond> + Clone,
        key: &dyn Fn(&Self) -> K,
        ways: &mut BTreeMap<K, Vec<Told>>,
    ) {
        self.known = vec![told.clone()];
        let open = conds.clone().find_map(|cond| self.open_fact(cond));
        let Some((fact, test)) = open else {
            ways.entry(key(self)).or_default().push(told);
            return;
        };
        let values = told.get(fact).cloned().unwrap_or_default();
        let passes = |value: &Option<Known>| value.as_ref().is_some_and(|value| known_test(value, test));
        let (yes, no): (Vec<_>, Vec<_>) = values.iter().cloned().partition(passes);
        for values in [yes, no] {
            let mut told = told.clone();
            if let Some(known) = told.get_mut(fact) {
                *known = Rc::new(values);
            }
            self.part(told, conds.clone(), key, ways);
        }
    }

    /// A known fact that must be decided before a condition is.
    fn open_fact<'c>(&self, cond: &'c Cond) -> Option<(usize, &'c KnownTest)> {
        if holds(cond, self).is_some() {
            return None;
        }
        match cond {
            Cond::All(all) | Cond::Any(all) => all.iter().find_map(|cond| self.open_fact(cond)),
            Cond::Not(inner) => self.open_fact(inner),
            Cond::Known { fact, test } => Some((*fact, test)),
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
        let way = |walk: &Self| {
            let asked = step.applies_on(walk.on)
                && step.when.as_ref().is_none_or(|when| holds(when, walk) == Some(true));
            asked.then(|| step.known.iter().position(|known| holds(&known.when, walk) == Some(true)))
        };
        self.settle(step.when.iter().chain(known), &way, &mut |walk, way| {
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
                walk.see(at, Some(&class.said));
                walk.stops.push(Stop { at, step, class, asked: told.is_none() });
                walk.next(at);
                walk.stops.pop();
                walk.see(at, None);
                walk.varied -= u8::from(varies);
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
        let taken = |walk: &Self| {
            let holds =
                |branch: &Branch| branch.when.as_ref().is_none_or(|when| holds(when, walk) == Some(true));
            branches.iter().position(holds)
        };
        self.settle(conds, &taken, &mut |walk, taken| {
            let Some((way, branch)) = taken.and_then(|way| Some((way, branches.get(way)?))) else { return };
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
        let conds = of_obligations.chain(of_grounds);
        let alike = |walk: &Self| conds.clone().map(|cond| holds(cond, walk)).collect::<Vec<_>>();
        self.settle(conds.clone(), &alike, &mut |walk, _| {
            // One of those that come out alike stands for all.
            let others = walk.known.split_off(walk.known.len().min(1));
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
            let left = super::cards::load(&path);
            walk.tally.most_cards = walk.tally.most_cards.max(left.cards);
            walk.tally.most_today = walk.tally.most_today.max(left.today);
            walk.tally.most_duties = walk.tally.most_duties.max(left.duties);
            (walk.hold)(&path, walk.found);
            walk.stops = stops;
            walk.known.extend(others);
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

/// Joins what differs in one fact alone, so that the list stays short.
fn joined(mut all: Vec<Told>) -> Vec<Told> {
    let alone = |one: &Told, other: &Told| {
        let mut differ = std::iter::zip(one, other).enumerate().filter(|(_, (one, other))| one != other);
        let first = differ.next().map(|(fact, _)| fact);
        first.filter(|_| differ.next().is_none())
    };
    let pair = |all: &[Told]| {
        let later = |(at, one): (usize, &Told)| {
            let rest = all.iter().enumerate().skip(at + 1);
            rest.into_iter().find_map(|(other, told)| Some((at, other, alone(one, told)?)))
        };
        all.iter().enumerate().find_map(later)
    };
    while let Some((at, other, fact)) = pair(&all) {
        let gone = all.remove(other);
        let values = gone.into_iter().nth(fact).unwrap_or_default();
        if let Some(kept) = all.get_mut(at).and_then(|told| told.get_mut(fact)) {
            Rc::make_mut(kept).extend(values.iter().cloned());
        }
    }
    all
}

/// For each known fact the values that it may still have; parted often, and mostly alike.
type Told = Vec<Rc<Vec<Option<Known>>>>;

/// What conditions say of one known fact.
#[derive(Clone, Default)]
struct Tested {
    limits: BTreeSet<i32>,
    words: BTreeSet<Vec<Known>>,
}

/// Values of each known fact between which conditions can tell, *not told* first. Words that every condition
/// sees alike are one.
fn known_values(pack: &Pack) -> Told {
    let mut told: Vec<Tested> = vec![Tested::default(); pack.known.len()];
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
            Rc::new(std::iter::once(None).chain(told.into_iter().map(Some)).collect())
        })
        .collect()
}

fn tests(cond: &Cond, told: &mut [Tested]) {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| tests(cond, told)),
        Cond::Not(inner) => tests(inner, told),
        Cond::Known { fact, test } => {
            let Some(told) = told.get_mut(*fact) else { return };
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
