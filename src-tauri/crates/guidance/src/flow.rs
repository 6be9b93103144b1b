//! The flow map (A13): a pack drawn for eyes and read aloud as a list, every question with its source, the path
//! that was taken marked. Nothing here decides; it shows what [`crate::place`] follows.

mod drawing;
mod say;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sharewell_records::{OutcomeKind, StepId};

use crate::pack::{Pack, Target};
pub(crate) use say::Say;

pub use drawing::flow_svg;
pub use say::FlowWords;

/// A pack as it flows: its questions in an order in which every way leads down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// The pack's title.
    pub title: String,
    /// `id@version`.
    pub pack: String,
    /// Where its flow comes from, in its own words.
    pub lineage: String,
    /// Questions, the first on top.
    pub questions: Vec<FlowQuestion>,
    /// What the map says beside the pack's own words.
    #[serde(skip)]
    pub words: FlowWords,
}

/// A question on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowQuestion {
    /// The step.
    pub step: StepId,
    /// Its number on the map, from 1.
    pub number: u32,
    /// The question.
    pub question: String,
    /// When it is asked, in words; empty for always.
    pub only: String,
    /// Sources in short.
    pub sources: String,
    /// Whether the law behind it is still to be confirmed.
    pub unconfirmed: bool,
    /// Whether it belongs to the write-up.
    pub after_advice: bool,
    /// Whether it is on the path that was taken.
    pub taken: bool,
    /// Ways on, the first that holds is taken.
    pub ways: Vec<Way>,
}

/// A way on from a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// When, in words; empty for otherwise.
    pub when: String,
    /// What is advised on this way: the outcome's heading.
    pub advises: Option<String>,
    /// The kind of that outcome.
    pub kind: Option<OutcomeKind>,
    /// Number of the next question; none at the end.
    pub to: Option<u32>,
    /// Its words.
    pub to_question: Option<String>,
    /// The way in one line.
    pub told: String,
    /// Whether the path that was taken goes this way.
    pub taken: bool,
}

/// Lays a pack out in a language, with the steps of a path in order (empty for none) and the outcome that was
/// advised on it. What stands between the pack's own words is said with `words`.
#[must_use]
pub fn flow(pack: &Pack, language: &str, words: &FlowWords, path: &[StepId], advised: Option<&str>) -> Flow {
    let said = Say { pack, language, words };
    let order = downwards(pack);
    let number_of: BTreeMap<usize, u32> = order.iter().copied().zip(1..).collect();
    // A step answered again stands once on the map.
    let mut taken: Vec<usize> = Vec::new();
    for key in path {
        let step = pack.step(key).and_then(|step| pack.steps.iter().position(|one| one.id == step.id));
        if let Some(step) = step.filter(|step| number_of.contains_key(step) && !taken.contains(step)) {
            taken.push(step);
        }
    }
    let say = |key: &str| said.text(key);
    let question = |at: usize| {
        let step = pack.step_at(at);
        let next = taken.iter().position(|one| *one == at).and_then(|at| taken.get(at + 1)).copied();
        let last = taken.last() == Some(&at);
        let ways = step.next.iter().map(|branch| {
            let to = match branch.to {
                Target::Step(to) => Some(to),
                Target::End => None,
            };
            let outcome = branch.advise.map(|at| pack.outcome_at(at));
            let here = taken.contains(&at)
                && outcome.is_none_or(|outcome| Some(outcome.id.as_str()) == advised)
                && leads(pack, to, next)
                && (next.is_some() || last);
            let when = branch.when.as_ref().map(|when| said.condition(Some(at), when)).unwrap_or_default();
            let advises = outcome.map(|outcome| say(&format!("outcome.{}.title", outcome.id)));
            let next = to.and_then(|to| {
                Some((*number_of.get(&to)?, say(&format!("step.{}.short", pack.step_at(to).id))))
            });
            Way {
                told: said.way(&when, advises.as_deref(), next.as_ref()),
                when,
                advises,
                kind: outcome.map(|outcome| outcome.kind),
                to: to.and_then(|to| number_of.get(&to).copied()),
                to_question: to.map(|to| say(&format!("step.{}.short", pack.step_at(to).id))),
                taken: here,
            }
        });
        let mut ways: Vec<Way> = ways.collect();
        // Several ways may lead to the next question; the map cannot know which answer it was.
        if ways.iter().filter(|way| way.taken).count() > 1 {
            let advising = ways.iter().any(|way| way.taken && way.advises.is_some());
            ways.iter_mut().for_each(|way| way.taken &= !advising || way.advises.is_some());
        }
        FlowQuestion {
            step: step.id.clone(),
            number: number_of.get(&at).copied().unwrap_or_default(),
            question: say(&format!("step.{}.question", step.id)),
            only: step.when.as_ref().map(|when| said.condition(None, when)).unwrap_or_default(),
            sources: said.sources(&step.sources),
            unconfirmed: step.unconfirmed,
            after_advice: step.after_advice,
            taken: taken.contains(&at),
            ways,
        }
    };
    Flow {
        title: say("pack.title"),
        pack: pack.name(),
        lineage: say("pack.lineage"),
        questions: order.iter().map(|at| question(*at)).collect(),
        words: words.clone(),
    }
}

/// Whether a way that leads to `to` comes to `next` without another question: steps in between may be passed
/// over (dated, conditional, or known).
fn leads(pack: &Pack, to: Option<usize>, next: Option<usize>) -> bool {
    match (to, next) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some(to), next) => {
            if Some(to) == next {
                return true;
            }
            let step = pack.step_at(to);
            let passed = step.when.is_some()
                || step.applies_from.is_some()
                || step.applies_until.is_some()
                || !step.known.is_empty();
            passed
                && step.next.iter().any(|branch| match branch.to {
                    Target::Step(further) => leads(pack, Some(further), next),
                    Target::End => next.is_none(),
                })
        }
    }
}

/// Steps that are asked, each above all to which it leads; where the pack leaves it open, in its own order.
fn downwards(pack: &Pack) -> Vec<usize> {
    let mut before = vec![0usize; pack.steps.len()];
    let mut reached = BTreeSet::from([pack.start]);
    let mut open = vec![pack.start];
    while let Some(at) = open.pop() {
        for branch in &pack.step_at(at).next {
            if let Target::Step(to) = branch.to {
                if let Some(count) = before.get_mut(to) {
                    *count += 1;
                }
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
    }
    let mut order = Vec::new();
    let mut ready = BTreeSet::from([pack.start]);
    while let Some(at) = ready.pop_first() {
        order.push(at);
        for branch in &pack.step_at(at).next {
            if let Target::Step(to) = branch.to
                && let Some(count) = before.get_mut(to)
            {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(to);
                }
            }
        }
    }
    order
}
