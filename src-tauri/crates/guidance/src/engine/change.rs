//! What a changed answer would do, told before it is accepted (A3).

use sharewell_records::{Answer, Day, KnownFacts, StepId};

use super::Answers;
use super::answer::check_answer;
use super::walk::Trail;
use crate::{Error, Pack};

/// What a changed answer does to those that were given.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Answers that were on the path and stay on it, in order, the changed one left out.
    pub stays: Vec<StepId>,
    /// Answers that leave the path. They are kept, and come back if the change is undone.
    pub falls_away: Vec<Fall>,
    /// Answers given earlier that come back onto the path.
    pub comes_back: Vec<StepId>,
    /// The outcome advised before, if any.
    pub advised_before: Option<String>,
    /// The outcome advised after, if any.
    pub advised_after: Option<String>,
}

/// An answer that leaves the path, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fall {
    /// The answer's key.
    pub key: StepId,
    /// The question at which the new path parts from the old: the changed one, or the last both share.
    pub because: StepId,
    /// Whether the new path may still reach it, since a question before it is open.
    pub may_return: bool,
}

/// Says what a new answer to a question would change. Nothing is stored.
///
/// # Errors
/// [`Error::NoSuchStep`] where the pack has no such question; [`Error::Answer`] where the answer is not whole.
pub fn change(
    pack: &Pack,
    known: &KnownFacts,
    on: Day,
    answers: &Answers,
    key: &StepId,
    new: &Answer,
) -> Result<Change, Error> {
    let step = pack.step(key).ok_or_else(|| Error::NoSuchStep { step: key.clone() })?;
    check_answer(step, new).map_err(|error| Error::Answer { step: key.clone(), error })?;
    let mut changed = answers.clone();
    changed.insert(key.clone(), new.clone());
    let old = Trail::walk(pack, known, on, answers);
    let next = Trail::walk(pack, known, on, &changed);
    Ok(between(pack, &old, &next, Some(key)))
}

/// Says what it would change if the file told something else. Nothing is stored, and every answer stays as it is.
#[must_use]
pub fn change_known(
    pack: &Pack,
    (before, after): (&KnownFacts, &KnownFacts),
    on: Day,
    answers: &Answers,
) -> Change {
    let old = Trail::walk(pack, before, on, answers);
    let next = Trail::walk(pack, after, on, answers);
    between(pack, &old, &next, None)
}

/// What lies between two ways through a pack; `changed` is the question whose answer is another.
fn between(pack: &Pack, old: &Trail<'_>, next: &Trail<'_>, changed: Option<&StepId>) -> Change {
    let keys = |trail: &Trail<'_>| trail.visits.iter().map(|visit| visit.key.clone()).collect::<Vec<_>>();
    let (before, after) = (keys(old), keys(next));
    let shared = before.iter().zip(&after).take_while(|(old, new)| old == new).map(|(old, _)| old);
    let because = shared.last().or(changed).or(before.first()).cloned();
    let other = |one: &StepId| Some(one) != changed;
    let falls = |old: &&StepId| !after.contains(old) && other(old);
    let advised = |trail: &Trail<'_>| trail.advised.map(|(outcome, _)| pack.outcome_at(outcome).id.clone());
    let fall = |old: &StepId| Fall {
        key: old.clone(),
        because: because.clone().unwrap_or_else(|| old.clone()),
        may_return: next.open.is_some(),
    };
    Change {
        stays: before.iter().filter(|old| after.contains(old) && other(old)).cloned().collect(),
        falls_away: before.iter().filter(falls).map(fall).collect(),
        comes_back: after.iter().filter(|new| !before.contains(new) && other(new)).cloned().collect(),
        advised_before: advised(old),
        advised_after: advised(next),
    }
}
