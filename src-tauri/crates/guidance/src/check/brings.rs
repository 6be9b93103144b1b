//! Conditions 6, 7 and 8: what every outcome brings, and what *not sure* brings.

use sharewell_records::{Duty, OutcomeKind, WhenTold};

use super::Found;
use super::path::{Path, has, is_chosen_judgement, says};
use crate::Tag;
use crate::pack::{Kind, NotSure, Pack};

/// Condition 6 on a path: a share without consent decides for each person whether they are told. Numbers are about
/// nobody, so there is nobody to tell.
pub(super) fn six(path: &Path<'_>, found: &mut Found) {
    if !path.numbers() && path.outcome.kind.shares_without_consent() && !path.covered(Tag::TellEachPerson) {
        found.path(
            6,
            path,
            "a share without consent does not decide for each person: tell now, later or not",
        );
    }
}

/// Condition 6 on the pack: the choices are there with their reasons, and *unsafe* covers more than the child.
pub(super) fn six_pack(pack: &Pack, found: &mut Found) {
    for step in pack.steps.iter().filter(|step| step.asks(Tag::TellEachPerson)) {
        let mut say = |message: &str| found.pack(6, &step.spot, &step.id.0, message);
        if step.kind != Kind::EachPerson {
            say("telling is decided for each person separately: the kind must be each_person");
        }
        for when in [WhenTold::Now, WhenTold::Later, WhenTold::Not] {
            match step.options.iter().find(|option| option.means == when.word()) {
                None => say(&format!("there is no option meaning {}", when.word())),
                Some(option) if when != WhenTold::Now && !option.requires_words => {
                    say(&format!("the option {} must require words: the reason", option.id));
                }
                Some(_) => {}
            }
        }
    }
    for covers in ["harm_child", "harm_other", "evidence", "prejudice"] {
        if !pack.unsafe_reasons.iter().any(|reason| reason.covers == covers) {
            let spot = crate::Spot { file: "pack.toml".into(), line: 0 };
            found.pack(6, &spot, &pack.id, &format!("no reason why telling is unsafe covers {covers}"));
        }
    }
}

/// What every sharing outcome brings, and every outcome that does not share.
const SHARING: [Tag; 10] = [
    Tag::Purpose,
    Tag::ChildrenViews,
    Tag::EveryoneAffected,
    Tag::HowMuch,
    Tag::FactOpinion,
    Tag::Recipient,
    Tag::ProtectedIdentities,
    Tag::Route,
    Tag::Limits,
    Tag::Record,
];
const NOT_SHARING: [Tag; 3] = [Tag::Reasons, Tag::WhatWouldChange, Tag::Review];

/// Condition 7 on a path: everything that belongs to the outcome is brought, in a share the act itself first. Which act
/// that is may hang on what it is for: how soon, for example. Numbers are about no child who could be heard.
pub(super) fn seven(path: &Path<'_>, found: &mut Found) {
    if path.outcome.kind.shares() && path.obligations.first().is_none_or(|first| first.duty != Duty::Act) {
        found.path(7, path, "the first obligation of a share must be the act itself");
    }
    let needed: &[Tag] = if path.outcome.kind.shares() { &SHARING } else { &NOT_SHARING };
    let nobody = |tag: &Tag| *tag == Tag::ChildrenViews && path.numbers();
    for tag in needed.iter().filter(|tag| !path.covered(**tag) && !nobody(tag)) {
        found.path(7, path, &format!("neither a question nor an obligation brings {}", tag.word()));
    }
}

/// Condition 8 on a path: *not sure* leads to advice, never to silence; a failed adviser leads to the front door.
///
/// Where permission was taken back, what rested on it stops whatever else is still open: nothing is refused by that.
pub(super) fn eight(path: &Path<'_>, found: &mut Found) {
    let stops = says(path.stops, Tag::Consent, &["withdrawn"]);
    for stop in path.before_advice() {
        let step = stop.step;
        let risk = step.asks(Tag::ImmediateDanger) || step.asks(Tag::SuspectedHarm);
        if is_chosen_judgement(step) && !risk && step.not_sure == NotSure::Answer {
            let message = "before the advice, not sure at a judgement must lead to an adviser and back";
            found.at(8, path, &step.spot, &step.id.0, message);
        }
        let refused = path.outcome.kind == OutcomeKind::DoNotShare && !stops;
        if stop.unsure() && refused {
            let message = "an answer that is still not sure ends in do-not-share";
            found.at(8, path, &step.spot, &step.id.0, message);
        }
    }
    for (at, stop) in path.stops.iter().enumerate() {
        let later = path.stops.get(at + 1..).unwrap_or(&[]);
        if stop.fails()
            && !stop.step.asks(Tag::FrontDoor)
            && !has(later, Tag::FrontDoor)
            && !path.obliges(Tag::FrontDoor)
        {
            let message =
                format!("an absent or disagreeing adviser leads to no front door under {}", path.outcome.id);
            found.at(8, path, &stop.step.spot, &stop.step.id.0, &message);
        }
    }
}

/// Condition 8 on the pack: *not sure* is offered everywhere, and advice has a time limit.
pub(super) fn eight_pack(pack: &Pack, found: &mut Found) {
    for step in &pack.steps {
        if step.judgement && step.kind != Kind::Adviser && step.not_sure == NotSure::None {
            found.pack(8, &step.spot, &step.id.0, "a judgement does not offer not sure");
        }
    }
    let unknown = pack.obligation_at(pack.advice.unknown);
    let asks = matches!(unknown.duty, Duty::DiscussWithAdviser | Duty::ConsultFrontDoor);
    if !asks || unknown.deadline.is_none() {
        let message = "what is still not sure must bring an adviser or the front door, with a deadline";
        found.pack(8, &unknown.spot, &unknown.id, message);
    }
}
