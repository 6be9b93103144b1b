//! Conditions 2, 3 and 10: danger and harm come first, are never answered with silence, and are asked about
//! for everyone.

use sharewell_records::{Duty, Known, OutcomeKind};

use super::Found;
use super::path::{Path, Stop, asks_both, has, obligation_covers, says};
use crate::pack::{Branch, Cond, Kind, KnownTest, NotSure, Pack, Target, Test};
use crate::{Deadline, Tag};

/// Condition 2 on a path: danger first, and at once to the emergency; then harm.
///
/// Numbers ask one line for both. Nobody stands in them who could be helped, so a yes, or a doubt, begins a decision
/// about that person, which asks about danger first.
pub(super) fn two(path: &Path<'_>, found: &mut Found) {
    if path.numbers() {
        if path.harm() && (path.outcome.kind.shares() || !path.same_day(Duty::LinkedDecision)) {
            let message = "somebody in the numbers may be at risk: that begins a decision of their own today";
            found.path(2, path, message);
        }
        if path.outcome.kind.shares() && path.outcome.kind != OutcomeKind::ShareLimited {
            found.path(2, path, "numbers end in a share of somebody");
        }
        return;
    }
    let asks = |at: usize, tag: Tag| path.stops.get(at).is_some_and(|stop| stop.step.asks(tag));
    if !asks(0, Tag::ImmediateDanger) {
        found.path(2, path, "the first question is not about immediate danger");
        return;
    }
    // A doubt that comes only from whoever asks may be settled by one closer question: what was said there stands.
    let closer = asks(1, Tag::ImmediateDanger);
    let last = path.stops.get(usize::from(closer)).map(|stop| stop.means());
    if last != Some("no") {
        if path.outcome.kind != OutcomeKind::EmergencyShare {
            found.path(2, path, "immediate danger, or not being sure of it, must lead to emergency-share");
        }
        if path.before_advice().len() > 2 {
            found.path(2, path, "immediate danger must be advised within 2 answers");
        }
    } else if !asks(1 + usize::from(closer), Tag::SuspectedHarm) {
        found.path(2, path, "suspected harm must be asked next after immediate danger");
    } else if closer && path.outcome.kind != OutcomeKind::EmergencyShare && !front_door_today(path) {
        let message = "a doubt about danger that came from whoever asks is looked into the same day";
        found.path(2, path, message);
    }
}

/// Condition 2 on the pack: neither question hangs on anything. Alone the one line that stands for both hangs on the
/// decision being about numbers.
pub(super) fn two_pack(pack: &Pack, found: &mut Found) {
    for step in &pack.steps {
        if !step.asks(Tag::ImmediateDanger) && !step.asks(Tag::SuspectedHarm) {
            continue;
        }
        let mut say = |message: &str| found.pack(2, &step.spot, &step.id.0, message);
        if step.kind != Kind::YesNo {
            say("danger and harm are asked with yes, no and not sure");
        }
        if step.not_sure != NotSure::Answer {
            say("not sure of danger or harm counts as an answer and makes no detour");
        }
        let of_numbers = step.when.as_ref().is_some_and(|when| of_numbers(pack, when));
        // A line for both that stood everywhere would be a way round the two questions.
        let held = if asks_both(step) { !of_numbers } else { step.when.is_some() };
        if held || step.applies_from.is_some() || step.applies_until.is_some() {
            say("danger and harm are asked always");
        }
    }
    for (at, step) in pack.steps.iter().enumerate() {
        let doubts = |way: &&Branch| way.to == Target::Step(at) && step.asks(Tag::ImmediateDanger);
        let first = |way: &Branch| way.when.as_ref().is_some_and(|when| of_asker(pack, when));
        for from in pack.steps.iter().filter(|from| from.asks(Tag::ImmediateDanger) && !asks_both(from)) {
            if from.next.iter().filter(doubts).any(|way| !first(way)) {
                let message = "danger is asked about twice only where nobody made sure who asks";
                found.pack(2, &step.spot, &step.id.0, message);
            }
        }
    }
    for tag in [Tag::ImmediateDanger, Tag::SuspectedHarm] {
        if !pack.steps.iter().any(|step| step.asks(tag) && !asks_both(step)) {
            let step = pack.step_at(pack.start);
            found.pack(2, &step.spot, &step.id.0, &format!("no question asks about {}", tag.word()));
        }
    }
}

/// The fact that says what brings a person here, and its word for numbers.
const NUMBERS: (&str, &str) = ("door", "numbers");

/// Whether a condition says that the decision is about numbers, and nothing else.
fn of_numbers(pack: &Pack, when: &Cond) -> bool {
    let Cond::Known { fact, test: KnownTest::Is(words) } = when else { return false };
    let door = pack.known.get(*fact).is_some_and(|fact| fact.name == NUMBERS.0);
    door && matches!(words.as_slice(), [Known::Word(word)] if word == NUMBERS.1)
}

/// The fact that says whether somebody made sure who asks.
const ASKER: &str = "requester_verified";

/// Whether a way is taken only where danger is in doubt, and nobody made sure who asks.
fn of_asker(pack: &Pack, when: &Cond) -> bool {
    let Cond::All(all) = when else { return false };
    let unchecked = |cond: &Cond| match cond {
        Cond::Known { fact, test: KnownTest::Is(words) } => {
            let asker = pack.known.get(*fact).is_some_and(|fact| fact.name == ASKER);
            asker && words.as_slice() == [Known::Flag(false)]
        }
        _ => false,
    };
    let in_doubt = |cond: &Cond| match cond {
        Cond::Answer { test: Test::Is(said), .. } => said.iter().all(|one| one == "not_sure"),
        _ => false,
    };
    all.iter().any(unchecked) && all.iter().any(in_doubt)
}

/// Condition 3 on a path: harm is never met with *do not share*, nor by waiting, nor by an unsafe way.
pub(super) fn three(path: &Path<'_>, found: &mut Found) {
    let kind = path.outcome.kind;
    if path.harm() && kind == OutcomeKind::DoNotShare {
        found.path(3, path, "harm is suspected and the path ends in do-not-share");
    }
    let unsure = says(path.stops, Tag::SuspectedHarm, &["not_sure"]);
    let waits = path.harm() && kind == OutcomeKind::HoldAndSeekAdvice;
    if (unsure || waits) && !front_door_today(path) {
        found.path(
            3,
            path,
            "with harm not certain or on hold, the front door must be consulted the same day",
        );
    }
    for (at, stop) in path.stops.iter().enumerate().filter(|(_, stop)| stop.means() == "unsafe") {
        for tag in [Tag::Recipient, Tag::Route].into_iter().filter(|tag| stop.step.asks(*tag)) {
            let later = path.stops.get(at + 1..).unwrap_or(&[]);
            if !has(later, tag) && !path.obliges(tag) {
                let message =
                    "an unsafe recipient or route must be changed: nothing after it asks for another";
                found.at(3, path, &stop.step.spot, &stop.step.id.0, message);
            }
            if kind == OutcomeKind::DoNotShare {
                let message = "an unsafe recipient or route ends in do-not-share instead of being changed";
                found.at(3, path, &stop.step.spot, &stop.step.id.0, message);
            }
        }
    }
}

fn front_door_today(path: &Path<'_>) -> bool {
    let today = |o: &crate::Obligation| {
        obligation_covers(o, Tag::FrontDoor) && o.deadline.is_some_and(Deadline::same_day)
    };
    has(path.before_advice(), Tag::FrontDoor) || path.obligations.iter().any(|o| today(o))
}

/// Condition 3 on the pack: every hold has a deadline.
pub(super) fn three_pack(pack: &Pack, found: &mut Found) {
    for outcome in &pack.outcomes {
        let needs = matches!(outcome.kind, OutcomeKind::HoldAndSeekAdvice | OutcomeKind::EmergencyShare);
        if needs && outcome.deadline.is_none() {
            found.pack(3, &outcome.spot, &outcome.id, "a hold, and an emergency, must have a deadline");
        }
    }
}

/// Condition 10: every path asks who else may be at risk, and each gets a decision of their own.
pub(super) fn ten(path: &Path<'_>, found: &mut Found) {
    if !path.covered(Tag::OthersAtRisk) {
        found.path(10, path, "nothing on the path asks who else may be at risk");
    }
    let others =
        |stop: &&Stop<'_>| stop.step.asks(Tag::OthersAtRisk) && matches!(stop.means(), "yes" | "not_sure");
    let linked = path.obligations.iter().any(|obligation| obligation.duty == Duty::LinkedDecision);
    if let Some(stop) = path.stops.iter().find(others).filter(|_| !linked) {
        let message = format!("others at risk bring no linked decision under {}", path.outcome.id);
        found.at(10, path, &stop.step.spot, &stop.step.id.0, &message);
    }
}
