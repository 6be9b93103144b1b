//! Conditions 5, 9 and 11: a refusal is weighed, consent counts only where it is real, and it is asked for
//! only where the answer matters.

use sharewell_records::OutcomeKind;

use super::Found;
use super::path::{Path, has, says};
use crate::Tag;
use crate::pack::{GroundField, Pack};

/// Condition 5: a refusal brings the two-sided weighing and the adviser, and never delays a share that harm or
/// a duty asks for.
pub(super) fn five(path: &Path<'_>, found: &mut Found) {
    if !says(path.stops, Tag::Consent, &["refused"]) {
        return;
    }
    let (before, after) = (path.before_advice(), path.after_advice());
    if path.harm() || path.confirmed_duty() {
        for tag in [Tag::Weighing, Tag::Adviser] {
            if has(before, tag) {
                let message = format!("{} delays a share that harm or a duty asks for", tag.word());
                found.path(5, path, &message);
            } else if !has(after, tag) && !path.obliges(tag) {
                found.path(5, path, &format!("a refusal brings no {}, not even after the share", tag.word()));
            }
        }
        return;
    }
    let at = |tag: Tag| before.iter().position(|stop| stop.step.asks(tag));
    match (at(Tag::Weighing), at(Tag::Adviser)) {
        (None, _) => found.path(5, path, "a refusal brings no weighing of both sides before the advice"),
        (Some(weighing), Some(adviser)) if adviser < weighing => {
            found.path(5, path, "the adviser is asked before both sides are weighed");
        }
        (Some(_), Some(_)) => {}
        (Some(_), None) => {
            let waits = path.outcome.kind == OutcomeKind::HoldAndSeekAdvice;
            if !(waits && (path.obliges(Tag::Adviser) || path.obliges(Tag::FrontDoor))) {
                found.path(5, path, "a refusal brings no adviser before the advice");
            }
        }
    }
}

/// Condition 5 of a withdrawal, which is no refusal: what rested on that yes stops. Nothing is weighed, nobody approves
/// it, and no other ground is looked for. Harm, or a duty that binds, is a decision of its own and is held to the rest.
pub(super) fn five_withdrawn(path: &Path<'_>, found: &mut Found) {
    if !says(path.stops, Tag::Consent, &["withdrawn"]) || path.harm() || path.confirmed_duty() {
        return;
    }
    for tag in [Tag::Weighing, Tag::Adviser].into_iter().filter(|tag| has(path.stops, *tag)) {
        found.path(5, path, &format!("permission was taken back, and {} is asked", tag.word()));
    }
    if path.outcome.kind.shares() {
        found.path(5, path, "permission was taken back, and the path ends in a share");
    }
}

/// Condition 9 on a path: what rests on consent rests on a real one, and every share shows its grounds.
pub(super) fn nine(path: &Path<'_>, found: &mut Found) {
    let kind = path.outcome.kind;
    let before = path.before_advice();
    let consented = says(before, Tag::Consent, &["given", "limited"]);
    if kind == OutcomeKind::ShareWithConsent {
        if !consented {
            found.path(9, path, "share-with-consent without consent given");
        }
        if !has(before, Tag::WhoseConfidence) {
            found.path(9, path, "share-with-consent without asking whose confidence it is");
        }
        // A doubt may be settled by a closer question: what was asked last stands.
        for tag in [Tag::Competence, Tag::FreelyGiven] {
            let last = before.iter().rev().find(|stop| stop.step.asks(tag));
            if last.is_none_or(|stop| stop.means() != "yes") {
                found.path(9, path, &format!("share-with-consent while {} is not yes", tag.word()));
            }
        }
        if says(before, Tag::Consent, &["limited"]) {
            for tag in [Tag::Limits, Tag::HowMuch] {
                if !path.covered(tag) {
                    found.path(9, path, &format!("limited consent, and {} is not covered", tag.word()));
                }
            }
        }
    }
    let rests = |field: GroundField| path.grounds.get(&field).is_some_and(|code| *code == "consent");
    if rests(GroundField::Confidence) && !consented {
        found.path(9, path, "the confidence is said to be lifted by consent, and none was given");
    }
    if kind.shares() {
        for field in GroundField::ALL.into_iter().filter(|field| *field != GroundField::NoConsentLimb) {
            if !path.grounds.contains_key(&field) {
                found.path(9, path, &format!("no {} is suggested for this share", field.word()));
            }
        }
    }
}

/// Condition 9 on the pack: limits are written down, and a withdrawal asks about harm again at once.
pub(super) fn nine_pack(pack: &Pack, found: &mut Found) {
    for step in pack.steps.iter().filter(|step| step.asks(Tag::Consent)) {
        for option in step.options.iter().filter(|option| option.means == "limited" && !option.requires_words)
        {
            let message = format!("the option {} must require words: the limits", option.id);
            found.pack(9, &step.spot, &step.id.0, &message);
        }
    }
    let step = pack.step_at(pack.after_withdrawal);
    if !step.asks(Tag::ImmediateDanger) && !step.asks(Tag::SuspectedHarm) {
        found.pack(9, &step.spot, &step.id.0, "after a withdrawal, danger or harm must be asked about first");
    }
}

/// Condition 11: consent is asked for only where its answer would change what is done; otherwise a share is
/// explained and the child's views are heard.
pub(super) fn eleven(path: &Path<'_>, found: &mut Found) {
    let consent = path.stops.iter().position(|stop| stop.step.asks(Tag::Consent));
    if let Some(at) = consent {
        let before = path.stops.get(..at).unwrap_or(&[]);
        if !says(before, Tag::AskWouldChange, &["yes"]) {
            found.path(11, path, "consent is asked about although its answer may change nothing");
        }
    }
    if path.outcome.kind.shares() && says(path.stops, Tag::AskWouldChange, &["no"]) {
        for tag in [Tag::Explanation, Tag::ChildrenViews] {
            if !path.covered(tag) {
                let message =
                    format!("asking would change nothing, and {} is not covered instead", tag.word());
                found.path(11, path, &message);
            }
        }
    }
}
