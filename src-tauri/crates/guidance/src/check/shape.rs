//! Conditions 1 and 12: the shape of a pack, and that reasons decide.

use sharewell_records::{Duty, OutcomeKind};

use super::Found;
use super::path::{Path, has};
use super::paths::Tally;
use crate::load::overlay::holds;
use crate::pack::{Cond, ForEach, Kind, Pack};
use crate::{Deadline, Tag};

/// The most questions on a path, and the most to the advice where harm is suspected.
const MOST: u32 = 18;
const MOST_WITH_HARM: u32 = 5;

/// From engine 5 on, the most questions of the nation's own on any path: without the detour of *not sure*, and without
/// the kind of body, which is asked once and then stands in the settings. An overlay may add to it up to the limit above.
const MOST_OF_ITS_OWN: u32 = 13;
const FROM: u32 = 5;

/// Condition 1 on a path: one outcome, few questions, the write-up after the advice.
///
/// That every path ends in an outcome is seen while walking; missing texts and sources, dangling names and
/// steps that nothing leads to are refused by the loader.
pub(super) fn one(path: &Path<'_>, found: &mut Found) {
    if path.advised_twice {
        found.path(1, path, "a second outcome is advised after this one");
    }
    let questions = Path::questions(path.stops);
    if questions > MOST {
        found.path(1, path, &format!("a path to this has {questions} questions, more than {MOST}"));
    }
    let own = path.stops.iter().filter(|stop| stop.asked && !stop.step.asks(Tag::LawfulBasis));
    let own = u32::try_from(own.filter(|stop| !holds(&stop.step.spot.file)).count()).unwrap_or(u32::MAX);
    if path.pack.engine >= FROM && own > MOST_OF_ITS_OWN {
        let message = format!("a path to this has {own} questions of its own, more than {MOST_OF_ITS_OWN}");
        found.path(1, path, &message);
    }
    let first = Path::questions(path.before_advice());
    if path.harm() && first > MOST_WITH_HARM {
        let message = format!("with harm suspected it takes {first} questions, more than {MOST_WITH_HARM}");
        found.path(1, path, &message);
    }
    // Stricter than the number above: what an agency asks for itself never stands before that telephone call.
    for stop in path.before_advice().iter().filter(|stop| path.harm() && holds(&stop.step.spot.file)) {
        let (spot, id) = (&stop.step.spot, &stop.step.id.0);
        found.at(
            1,
            path,
            spot,
            id,
            "with harm suspected, a question of the overlay stands before the advice",
        );
    }
    for stop in path.before_advice().iter().filter(|stop| stop.step.after_advice) {
        let (spot, id) = (&stop.step.spot, &stop.step.id.0);
        found.at(1, path, spot, id, "a question of the write-up stands before the advice");
    }
}

/// Condition 1 on the pack: everything is reached by some path.
pub(super) fn one_pack(pack: &Pack, tally: &Tally, found: &mut Found) {
    if tally.too_many {
        let spot = &pack.step_at(pack.start).spot;
        found.pack(1, spot, &pack.id, "there are too many paths to check every one");
        return;
    }
    for ((at, step), reached) in pack.steps.iter().enumerate().zip(&tally.steps) {
        let detour = at == pack.advice.step || at == pack.advice.front_door;
        if !detour && !reached {
            found.pack(1, &step.spot, &step.id.0, "no path reaches this question");
        }
    }
    for (at, step) in pack.steps.iter().enumerate() {
        let detour = at == pack.advice.step || at == pack.advice.front_door;
        // A checklist is the evidence for the judgement that follows it; a tag is what a record must hold.
        let kept = !step.asks.is_empty() || step.kind == Kind::Checklist;
        if !detour && !kept && !read(pack, at) {
            found.pack(1, &step.spot, &step.id.0, "nothing hangs on the answer to this question");
        }
    }
    for (outcome, reached) in pack.outcomes.iter().zip(&tally.outcomes) {
        if !reached {
            found.pack(1, &outcome.spot, &outcome.id, "no path reaches this outcome");
        }
    }
}

/// Whether a way, an obligation or a ground hangs on a step.
fn read(pack: &Pack, at: usize) -> bool {
    fn hangs(cond: &Cond, at: usize) -> bool {
        match cond {
            Cond::All(all) | Cond::Any(all) => all.iter().any(|cond| hangs(cond, at)),
            Cond::Not(inner) => hangs(inner, at),
            Cond::Answer { step, .. } | Cond::Asked(step) => *step == at,
            Cond::Known { .. } | Cond::Advised(_) => false,
        }
    }
    let steps = pack
        .steps
        .iter()
        .flat_map(|step| step.when.iter().chain(step.next.iter().filter_map(|branch| branch.when.as_ref())));
    let obligations = pack.obligations.iter().filter_map(|one| one.when.as_ref());
    let grounds = pack.grounds.iter().filter_map(|one| one.when.as_ref());
    steps.chain(obligations).chain(grounds).any(|cond| hangs(cond, at))
        || pack.obligations.iter().any(|one| matches!(one.for_each, Some(ForEach::Step(step)) if step == at))
}

/// Condition 12 on a path: some answer is named as having decided, and no balance is struck against harm.
pub(super) fn twelve(path: &Path<'_>, found: &mut Found) {
    let deciding = |step: &usize| {
        let id = &path.pack.step_at(*step).id;
        path.before_advice().iter().any(|stop| stop.step.id == *id)
    };
    if !path.outcome.deciding.iter().any(deciding) {
        found.path(12, path, "no answer on the path is named as deciding this outcome");
    }
    if path.harm() && has(path.before_advice(), Tag::Weighing) {
        found.path(12, path, "with harm suspected, weighing stands before the advice");
    }
}

/// Condition 12 on the pack: not sharing against the advice is countersigned the same day.
///
/// That ratings and counts cannot be named in a condition is a property of the format.
pub(super) fn twelve_pack(pack: &Pack, found: &mut Found) {
    let countersign = pack.obligation_at(pack.countersign);
    if countersign.duty != Duty::Countersign {
        found.pack(
            12,
            &countersign.spot,
            &countersign.id,
            "the countersignature must be of the duty countersign",
        );
    }
    if !countersign.deadline.is_some_and(Deadline::same_day) {
        found.pack(12, &countersign.spot, &countersign.id, "the countersignature must be due the same day");
    }
    let binding = |kind| matches!(kind, OutcomeKind::EmergencyShare | OutcomeKind::MustShare);
    for outcome in pack.outcomes.iter().filter(|outcome| binding(outcome.kind)) {
        let duties = outcome.obligations.iter().map(|at| pack.obligation_at(*at).duty);
        if duties.into_iter().any(|duty| duty == Duty::Countersign) {
            found.pack(12, &outcome.spot, &outcome.id, "sharing never waits for a countersignature");
        }
    }
}
