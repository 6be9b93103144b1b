//! Conditions 1, 4 and 7, from engine 4 on: nothing is asked, and nothing follows, that does not belong.
//!
//! A question on whose answer nothing hangs is not put, whatever it is about; law that is not confirmed is a line on
//! the advice and never a question; no duty stands beside an outcome that it does not fit; a ban is no duty.

use super::Found;
use super::path::Path;
use crate::NoticeKind;
use crate::pack::{Cite, Cond, ForEach, Kind, Pack, Step};
use crate::practice::fits;

/// Packs that landed before are read as they are.
const FROM: u32 = 4;

/// Condition 7 on a path: each duty fits the outcome.
pub(super) fn seven(path: &Path<'_>, found: &mut Found) {
    if path.pack.engine < FROM {
        return;
    }
    for obligation in path.obligations.iter().filter(|one| !fits::fits(one.duty, path.outcome.kind)) {
        let message = format!("the duty {} does not fit this outcome", obligation.id);
        found.path(7, path, &message);
    }
    if !path.outcome.kind.shares() && !path.grounds.is_empty() {
        found.path(7, path, "grounds are suggested and nothing is shared");
    }
}

/// Condition 4 on the pack: unconfirmed law is a dated line, and no question.
pub(super) fn four_pack(pack: &Pack, found: &mut Found) {
    if pack.engine < FROM {
        return;
    }
    for step in &pack.steps {
        if step.unconfirmed || unconfirmed(&step.sources) {
            let message =
                "law that is not confirmed is a line on the advice (a notice), and never a question";
            found.pack(4, &step.spot, &step.id.0, message);
        }
    }
    for fact in pack.facts.iter().filter(|fact| fact.settled.is_none() && !unconfirmed(&fact.sources)) {
        let message = "a fact that nobody confirmed cites what is not confirmed";
        found.pack(4, &fact.spot, &fact.id, message);
    }
    for notice in &pack.notices {
        match notice.kind {
            NoticeKind::Law if !unconfirmed(&notice.sources) || notice.said_from(pack).is_none() => {
                let message =
                    "a line about law that is not confirmed has a day, and cites what is not confirmed";
                found.pack(4, &notice.spot, &notice.id, message);
            }
            NoticeKind::Ban if notice.fact(pack).is_some() => {
                found.pack(
                    4,
                    &notice.spot,
                    &notice.id,
                    "a ban hangs on no fact: what must not be done is so",
                );
            }
            NoticeKind::Ban if unconfirmed(&notice.sources) => {
                found.pack(4, &notice.spot, &notice.id, "a ban rests on something that is confirmed");
            }
            // What is done at once may name what is not confirmed, a telephone line say, and is then shown so.
            NoticeKind::Law | NoticeKind::Ban | NoticeKind::Do => {}
        }
    }
}

/// Condition 1 on the pack: something that is confirmed hangs on every answer that is chosen. What is written, and
/// who is named, is a record of its own.
pub(super) fn one_pack(pack: &Pack, found: &mut Found) {
    if pack.engine < FROM {
        return;
    }
    for (at, step) in pack.steps.iter().enumerate() {
        if matches!(step.kind, Kind::YesNo | Kind::OneOf | Kind::ManyOf) && !decides(pack, at, step) {
            found.pack(1, &step.spot, &step.id.0, "a question is asked that decides nothing");
        }
    }
}

/// Whether a way, a duty, a ground or a line that rests on something confirmed hangs on a step.
fn decides(pack: &Pack, at: usize, step: &Step) -> bool {
    let on = |cond: &Option<Cond>| cond.as_ref().is_some_and(|cond| hangs(cond, at));
    let mut targets = step.next.iter().map(|branch| (branch.to, branch.advise));
    let first = targets.next();
    // A way that every answer takes decides nothing.
    let parts = targets.any(|target| Some(target) != first) && step.next.iter().any(|way| on(&way.when));
    let later = pack.steps.iter().filter(|other| other.id != step.id);
    parts
        || later.into_iter().any(|other| on(&other.when) || other.next.iter().any(|way| on(&way.when)))
        || pack.obligations.iter().any(|one| {
            let each = matches!(one.for_each, Some(ForEach::Step(step)) if step == at);
            (each || on(&one.when)) && !unconfirmed(&one.sources)
        })
        || pack.grounds.iter().any(|one| on(&one.when) && !unconfirmed(&one.sources))
        || pack
            .notices
            .iter()
            .any(|one| on(&one.when) && one.kind != NoticeKind::Law && !unconfirmed(&one.sources))
}

fn unconfirmed(sources: &[Cite]) -> bool {
    sources.iter().all(|cite| cite.unconfirmed)
}

fn hangs(cond: &Cond, at: usize) -> bool {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().any(|cond| hangs(cond, at)),
        Cond::Not(inner) => hangs(inner, at),
        Cond::Answer { step, .. } | Cond::Asked(step) => *step == at,
        Cond::Known { .. } | Cond::Advised(_) => false,
    }
}
