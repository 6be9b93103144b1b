//! The conditions of a pack as the walk asks them: many hundred thousand times. What an answer says to a condition is
//! looked up by the answer's class, and what the file tells is compared as bits.

use std::collections::BTreeSet;

use super::answers::Class;
use super::path::Stop;
use super::told::{self, Told, Values};
use crate::Pack;
use crate::pack::{Cond, Target};

/// A condition, its leaves numbered.
enum Rule {
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    Leaf(usize),
}

/// What a condition asks at last.
enum Leaf {
    /// Whether the answer of a step is of one of these classes.
    Answer {
        step: usize,
        of: Vec<bool>,
    },
    Asked(usize),
    Known {
        fact: usize,
        passing: Values,
    },
    Advised(Vec<usize>),
}

/// How far a walk is, as conditions see it.
pub(super) struct Far<'w> {
    /// The class of each step's answer, where it is on the path.
    pub seen: &'w [Option<usize>],
    /// What the file may still tell: any of these.
    pub known: &'w [Told],
    pub advised: Option<usize>,
}

/// Which conditions something asks, by their numbers.
pub(super) type Asks = Vec<usize>;

/// What is still to come from a step on, of which the rest of a walk can depend.
pub(super) struct Ahead {
    /// Every condition that may be asked.
    pub conds: Asks,
    /// Steps, and obligations, that come into question on certain days alone.
    pub dated_steps: Vec<usize>,
    pub dated_obligations: Vec<usize>,
}

/// All conditions of a pack.
pub(super) struct Rules {
    conds: Vec<Rule>,
    leaves: Vec<Leaf>,
    /// For each step: whether it is passed over, and what the file answers; then which way is taken.
    pub steps: Vec<StepRules>,
    pub obligations: Vec<Option<usize>>,
    pub grounds: Vec<Option<usize>>,
    /// For each outcome: what it brings.
    pub outcomes: Vec<Asks>,
    /// For each step: what can be reached from it, itself with it.
    reach: Vec<Vec<bool>>,
    /// For each step and class: a number for what the conditions of safe guidance see of such an answer.
    pub codes: Vec<Vec<u16>>,
}

/// The conditions of a step.
pub(super) struct StepRules {
    pub when: Option<usize>,
    pub known: Vec<usize>,
    pub ways: Vec<Option<usize>>,
    /// `when` and `known`, and `ways`, as lists.
    pub asks: Asks,
    pub parts: Asks,
}

struct Made<'p> {
    of: Vec<&'p Cond>,
    rules: Rules,
    known: Vec<Vec<Option<sharewell_records::Known>>>,
}

impl Rules {
    /// Reads the conditions of a pack, with all that its file may tell; none where that is more than can be kept.
    pub fn of(pack: &Pack, classes: &[Vec<Class>]) -> Option<(Self, Told)> {
        let known = told::values(pack);
        let all = told::all(&known)?;
        let rules = Self {
            conds: Vec::new(),
            leaves: Vec::new(),
            steps: Vec::new(),
            obligations: Vec::new(),
            grounds: Vec::new(),
            outcomes: Vec::new(),
            reach: reach(pack),
            codes: codes(pack, classes),
        };
        let mut made = Made { of: Vec::new(), rules, known };
        for step in &pack.steps {
            let when = made.one(step.when.as_ref(), classes);
            let known: Vec<usize> = step.known.iter().map(|known| made.add(&known.when, classes)).collect();
            let ways: Vec<Option<usize>> =
                step.next.iter().map(|way| made.one(way.when.as_ref(), classes)).collect();
            let asks = when.iter().chain(&known).copied().collect();
            let parts = ways.iter().flatten().copied().collect();
            made.rules.steps.push(StepRules { when, known, ways, asks, parts });
        }
        made.rules.obligations =
            pack.obligations.iter().map(|one| made.one(one.when.as_ref(), classes)).collect();
        made.rules.grounds = pack.grounds.iter().map(|one| made.one(one.when.as_ref(), classes)).collect();
        let mut rules = made.rules;
        for outcome in &pack.outcomes {
            let obligations = outcome.obligations.iter().filter_map(|at| *rules.obligations.get(*at)?);
            let grounds = outcome.grounds.iter().filter_map(|at| *rules.grounds.get(*at)?);
            rules.outcomes.push(obligations.chain(grounds).collect());
        }
        Some((rules, all))
    }

    /// What the rest of a walk can depend on, from a step on: before the advice on every outcome that it may come to.
    pub fn ahead(&self, pack: &Pack, at: usize, advised: Option<usize>) -> Ahead {
        let reached = |step: &usize| self.reaches(at, *step);
        let steps: Vec<usize> = (0..pack.steps.len()).filter(reached).collect();
        let mut conds = BTreeSet::new();
        let mut outcomes: BTreeSet<usize> = advised.into_iter().collect();
        for step in &steps {
            if let Some(rules) = self.steps.get(*step) {
                conds.extend(rules.asks.iter().chain(&rules.parts));
            }
            if advised.is_none() {
                outcomes.extend(pack.step_at(*step).next.iter().filter_map(|way| way.advise));
            }
        }
        let mut brought = BTreeSet::new();
        for outcome in outcomes {
            conds.extend(self.outcomes.get(outcome).into_iter().flatten());
            brought.extend(&pack.outcome_at(outcome).obligations);
        }
        let dated = |step: &usize| {
            let step = pack.step_at(*step);
            step.applies_from.is_some() || step.applies_until.is_some()
        };
        Ahead {
            conds: conds.into_iter().collect(),
            dated_steps: steps.into_iter().filter(dated).collect(),
            dated_obligations: brought
                .into_iter()
                .filter(|at| pack.obligation_at(*at).from.is_some())
                .collect(),
        }
    }

    /// Whether a condition holds; none where that hangs on something that the file may or may not tell.
    pub fn holds(&self, cond: usize, far: &Far<'_>) -> Option<bool> {
        self.judge(self.conds.get(cond)?, far, None, &mut Vec::new())
    }

    /// The fact that must be decided first before a condition is, and its values that pass.
    pub fn open_fact(&self, cond: usize, far: &Far<'_>) -> Option<(usize, Values)> {
        let mut open = Vec::new();
        if self.judge(self.conds.get(cond)?, far, None, &mut open).is_some() {
            return None;
        }
        self.fact(*open.first()?)
    }

    /// Whether a condition will hold, asked at a step that is not answered yet; none where that is open. Then `open`
    /// has the leaves on which it hangs: with them what is left of the condition is known.
    pub fn will_hold(&self, cond: usize, far: &Far<'_>, at: usize, open: &mut Vec<usize>) -> Option<bool> {
        self.judge(self.conds.get(cond)?, far, Some(at), open)
    }

    /// The fact on which a leaf hangs, and its values that pass.
    pub fn fact(&self, leaf: usize) -> Option<(usize, Values)> {
        match self.leaves.get(leaf)? {
            Leaf::Known { fact, passing } => Some((*fact, *passing)),
            Leaf::Answer { .. } | Leaf::Asked(_) | Leaf::Advised(_) => None,
        }
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        self.reach.get(from).and_then(|all| all.get(to)).copied().unwrap_or(true)
    }

    fn judge(&self, rule: &Rule, far: &Far<'_>, at: Option<usize>, open: &mut Vec<usize>) -> Option<bool> {
        match rule {
            Rule::All(all) => self.fold(all, false, far, at, open),
            Rule::Any(any) => self.fold(any, true, far, at, open),
            Rule::Not(inner) => self.judge(inner, far, at, open).map(|holds| !holds),
            Rule::Leaf(leaf) => {
                let said = self.leaf(*leaf, far, at);
                if said.is_none() {
                    open.push(*leaf);
                }
                said
            }
        }
    }

    /// Three-valued *all* (settled by a false) and *any* (settled by a true).
    fn fold(
        &self,
        rules: &[Rule],
        settles: bool,
        far: &Far<'_>,
        at: Option<usize>,
        open: &mut Vec<usize>,
    ) -> Option<bool> {
        let before = open.len();
        let mut all = true;
        for rule in rules {
            match self.judge(rule, far, at, open) {
                Some(holds) if holds == settles => {
                    open.truncate(before);
                    return Some(settles);
                }
                Some(_) => {}
                None => all = false,
            }
        }
        all.then_some(!settles)
    }

    fn leaf(&self, leaf: usize, far: &Far<'_>, at: Option<usize>) -> Option<bool> {
        let to_come = |step: usize| at.is_some_and(|at| self.reaches(at, step));
        let class = |step: usize| far.seen.get(step).copied().flatten();
        match self.leaves.get(leaf)? {
            Leaf::Answer { step, of } => {
                let said = || class(*step).and_then(|class| of.get(class).copied()).unwrap_or(false);
                (!to_come(*step)).then(said)
            }
            Leaf::Asked(step) => (!to_come(*step)).then(|| class(*step).is_some()),
            Leaf::Known { fact, passing } => {
                let values = far.known.iter().filter_map(|told| told.get(*fact));
                let (yes, no) = values.fold((false, false), |(yes, no), values| {
                    (yes || values & passing != 0, no || values & !passing != 0)
                });
                (yes != no).then_some(yes)
            }
            Leaf::Advised(any) => match far.advised {
                Some(outcome) => Some(any.contains(&outcome)),
                None => at.is_none().then_some(false),
            },
        }
    }
}

impl<'p> Made<'p> {
    fn one(&mut self, cond: Option<&'p Cond>, classes: &[Vec<Class>]) -> Option<usize> {
        cond.map(|cond| self.add(cond, classes))
    }

    /// The number of a condition; one that stands in several places has one.
    fn add(&mut self, cond: &'p Cond, classes: &[Vec<Class>]) -> usize {
        if let Some(at) = self.of.iter().position(|other| *other == cond) {
            return at;
        }
        let rule = self.rule(cond, classes);
        self.of.push(cond);
        self.rules.conds.push(rule);
        self.of.len() - 1
    }

    fn rule(&mut self, cond: &Cond, classes: &[Vec<Class>]) -> Rule {
        let leaf = match cond {
            Cond::All(all) => return Rule::All(all.iter().map(|cond| self.rule(cond, classes)).collect()),
            Cond::Any(any) => return Rule::Any(any.iter().map(|cond| self.rule(cond, classes)).collect()),
            Cond::Not(inner) => return Rule::Not(Box::new(self.rule(inner, classes))),
            Cond::Answer { step, test } => {
                let of = classes.get(*step).into_iter().flatten();
                Leaf::Answer { step: *step, of: of.map(|class| class.said.test(test)).collect() }
            }
            Cond::Asked(step) => Leaf::Asked(*step),
            Cond::Known { fact, test } => {
                let values = self.known.get(*fact).map_or(&[] as &[_], Vec::as_slice);
                Leaf::Known { fact: *fact, passing: told::passing(values, test) }
            }
            Cond::Advised(any) => Leaf::Advised(any.clone()),
        };
        self.rules.leaves.push(leaf);
        Rule::Leaf(self.rules.leaves.len() - 1)
    }
}

/// For each step what can be reached from it, itself with it.
fn reach(pack: &Pack) -> Vec<Vec<bool>> {
    let from = |start: usize| {
        let mut reached = vec![false; pack.steps.len()];
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(mark) = reached.get_mut(at).filter(|mark| !**mark) else { continue };
            *mark = true;
            open.extend(pack.step_at(at).next.iter().filter_map(|way| match way.to {
                Target::Step(next) => Some(next),
                Target::End => None,
            }));
        }
        reached
    };
    (0..pack.steps.len()).map(from).collect()
}

/// Answers of a step of which the conditions of safe guidance see the same have the same number.
fn codes(pack: &Pack, classes: &[Vec<Class>]) -> Vec<Vec<u16>> {
    let of_step = |(at, (step, classes))| {
        let mut looks: Vec<(&str, bool, bool)> = Vec::new();
        let one = |class| {
            let look = Stop::new(at, step, class, true).seen();
            let number = looks.iter().position(|other| *other == look).unwrap_or_else(|| {
                looks.push(look);
                looks.len() - 1
            });
            u16::try_from(number).unwrap_or(u16::MAX)
        };
        let classes: &Vec<Class> = classes;
        classes.iter().map(one).collect()
    };
    std::iter::zip(&pack.steps, classes).enumerate().map(of_step).collect()
}
