//! Reading `outcomes.toml`: outcomes, obligations, grounds.

use std::collections::BTreeMap;

use sharewell_records::{Duty, OutcomeKind};

use super::cites::cites;
use super::facts::FACTS;
use super::meta::deadline;
use super::parts::part_of;
use super::read::{Row, is_id};
use super::{Names, when};
use crate::pack::{ForEach, Ground, GroundField, Kind, Obligation, Outcome};
use crate::practice::cards::Card;
use crate::{Act, Deadline, Notice, NoticeKind, Ring, Tag, What};

/// From which engine on a pack has lines that are no duties.
const NOTICES: u32 = 4;

/// From which engine on a pack says what guides a call without making a duty of it.
const POINTS: u32 = 5;

/// The file in which a shared part brings lines and duties.
pub(super) const LINES: &str = "lines.toml";

/// From which engine on a shared part does.
pub(super) const PART_LINES: u32 = 5;

/// From which engine on a pack marks what is said or asked in the call.
const IN_CALL: u32 = 6;

/// From which engine on a duty can stand for each person who is told now.
const TOLD_NOW: u32 = 6;

/// From which engine on an act can ring the office of another area.
const OTHER_AREA: u32 = 6;

/// Every duty with its word, as the ledger stores it.
const DUTIES: [(&str, Duty); 32] = [
    ("act", Duty::Act),
    ("state_purpose", Duty::StatePurpose),
    ("hear_views", Duty::HearViews),
    ("consider_everyone", Duty::ConsiderEveryone),
    ("how_much", Duty::HowMuch),
    ("separate_fact_opinion", Duty::SeparateFactOpinion),
    ("verify_recipient", Duty::VerifyRecipient),
    ("protect_identities", Duty::ProtectIdentities),
    ("separate_file", Duty::SeparateFile),
    ("secure_route", Duty::SecureRoute),
    ("tell_limits", Duty::TellLimits),
    ("record_disclosure", Duty::RecordDisclosure),
    ("explain", Duty::Explain),
    ("discuss_with_adviser", Duty::DiscussWithAdviser),
    ("consult_front_door", Duty::ConsultFrontDoor),
    ("confirm_in_writing", Duty::ConfirmInWriting),
    ("legal_advice", Duty::LegalAdvice),
    ("linked_decision", Duty::LinkedDecision),
    ("who_else_acted", Duty::WhoElseActed),
    ("check_assumptions", Duty::CheckAssumptions),
    ("write_up", Duty::WriteUp),
    ("record_reasons", Duty::RecordReasons),
    ("what_would_change", Duty::WhatWouldChange),
    ("review", Duty::Review),
    ("countersign", Duty::Countersign),
    ("notify_police", Duty::NotifyPolice),
    ("escalate", Duty::Escalate),
    ("keep_working_with_family", Duty::KeepWorkingWithFamily),
    ("protect_after_breach", Duty::ProtectAfterBreach),
    ("tell_lead_of_breach", Duty::TellLeadOfBreach),
    ("tell_data_protection_officer", Duty::TellDataProtectionOfficer),
    ("report_breach", Duty::ReportBreach),
];

/// The rows of the file by kind, each with its id.
pub(super) struct Lists<'a> {
    outcomes: Vec<(String, Row<'a>)>,
    obligations: Vec<(String, Row<'a>)>,
    grounds: Vec<(String, Row<'a>)>,
    notices: Vec<(String, Row<'a>)>,
}

impl Lists<'_> {
    pub fn outcome_ids(&self) -> Vec<String> {
        self.outcomes.iter().map(|(id, _)| id.clone()).collect()
    }
    pub fn obligation_ids(&self) -> Vec<String> {
        self.obligations.iter().map(|(id, _)| id.clone()).collect()
    }
    pub fn ground_ids(&self) -> Vec<String> {
        self.grounds.iter().map(|(id, _)| id.clone()).collect()
    }
    pub fn notice_ids(&self) -> Vec<String> {
        self.notices.iter().map(|(id, _)| id.clone()).collect()
    }
}

/// The rows of the pack, then what its shared parts bring, and the duties of an overlay last.
pub(super) fn first<'a>(
    file: &Row<'a>,
    lines: &[&Row<'a>],
    overlay: Option<&Row<'a>>,
    engine: u32,
) -> Lists<'a> {
    let named = |field: &'static str| {
        let mut all: Vec<(String, Row<'a>)> = Vec::new();
        let brought = lines.iter().filter(|_| matches!(field, "obligation" | "notice"));
        let brought = brought.flat_map(|lines| lines.rows(field));
        let laid_on = overlay.filter(|_| field == "obligation").map(|overlay| overlay.rows(field));
        for row in file.rows(field).into_iter().chain(brought).chain(laid_on.into_iter().flatten()) {
            let Some(id) = row.own_id("id") else { continue };
            if all.iter().any(|(other, _)| *other == id) {
                row.add("id", What::DuplicateId, format!("the {field} \"{id}\" stands twice"));
            } else {
                all.push((id, row));
            }
        }
        all
    };
    Lists {
        outcomes: named("outcome"),
        obligations: named("obligation"),
        grounds: named("ground"),
        // Read by no earlier engine: there the field is refused as one that nothing names.
        notices: if engine < NOTICES { Vec::new() } else { named("notice") },
    }
}

/// Everything of the file, resolved.
pub(super) struct Resolved {
    pub outcomes: Vec<Outcome>,
    pub obligations: Vec<Obligation>,
    pub grounds: Vec<Ground>,
    pub notices: Vec<Notice>,
}

pub(super) fn second(lists: &Lists<'_>, names: &Names<'_>) -> Resolved {
    let mut outcomes: Vec<Outcome> = lists.outcomes.iter().map(|(id, row)| outcome(id, row, names)).collect();
    for (at, (_, row)) in lists.obligations.iter().enumerate() {
        said_on(row, names, &mut outcomes, |outcome| outcome.obligations.push(at));
    }
    for (at, (_, row)) in lists.notices.iter().enumerate() {
        said_on(row, names, &mut outcomes, |outcome| outcome.notices.push(at));
    }
    Resolved {
        outcomes,
        obligations: lists.obligations.iter().map(|(id, row)| obligation(id, row, names)).collect(),
        grounds: lists.grounds.iter().map(|(id, row)| ground(id, row, names)).collect(),
        notices: lists.notices.iter().map(|(id, row)| notice(id, row, names)).collect(),
    }
}

/// A part names the outcomes on which what it brings is said, since the outcomes stand in the packs that share it.
fn said_on(row: &Row<'_>, names: &Names<'_>, outcomes: &mut [Outcome], mut say: impl FnMut(&mut Outcome)) {
    if part_of(row.source.path).is_none() {
        return;
    }
    let on = row.texts("on");
    if on.is_empty() {
        row.add("on", What::MissingField, "\"on\" names no outcome");
    }
    for id in on {
        if let Some(outcome) = names.outcome(row, "on", id).and_then(|at| outcomes.get_mut(at)) {
            say(outcome);
        }
    }
}

// A field that is missing was reported, and then no pack is made: the stand-ins below never leave the loader.

fn outcome(id: &str, row: &Row<'_>, names: &Names<'_>) -> Outcome {
    let kinds = OutcomeKind::ALL.map(|kind| (kind.word(), kind));
    let kind = row.required("kind", row.word("kind", &kinds));
    let steps = |field: &'static str| -> Vec<usize> {
        row.texts(field).into_iter().filter_map(|id| names.step(row, field, id)).collect()
    };
    let deciding = steps("deciding");
    if deciding.is_empty() {
        row.add("deciding", What::MissingField, "\"deciding\" names no step");
    }
    let obligations = row.texts("obligations").into_iter();
    let obligations = obligations.filter_map(|id| names.obligation(row, "obligations", id)).collect();
    let grounds = row.texts("grounds").into_iter();
    let grounds = grounds.filter_map(|id| names.ground(row, "grounds", id)).collect();
    let notices = match names.engine {
        NOTICES.. => row.texts("notices"),
        _ => Vec::new(),
    };
    let notices = notices.into_iter().filter_map(|id| names.notice(row, "notices", id)).collect();
    let outcome = Outcome {
        id: id.to_owned(),
        kind: kind.unwrap_or(OutcomeKind::HoldAndSeekAdvice),
        act: Act { recipient: ring(row, names.engine) },
        deadline: deadline(row, "deadline", false),
        review: deadline(row, "review", true).unwrap_or(Deadline::Now),
        sources: cites(row, &names.citing),
        spot: row.spot(),
        deciding,
        obligations,
        grounds,
        notices,
    };
    row.finish();
    outcome
}

/// Whom the act rings: said by every outcome from engine 3 on, and by none before.
fn ring(row: &Row<'_>, engine: u32) -> Option<Ring> {
    let known = |ring: &Ring| *ring != Ring::OtherArea || engine >= OTHER_AREA;
    let words: Vec<_> = Ring::ALL.into_iter().filter(known).map(|ring| (ring.word(), ring)).collect();
    if engine >= 3 { row.required("ring", row.word("ring", &words)) } else { None }
}

fn obligation(id: &str, row: &Row<'_>, names: &Names<'_>) -> Obligation {
    let duty = row.required("duty", row.word("duty", &DUTIES));
    let for_each = row.text("for_each").and_then(|word| match word.strip_prefix("step:") {
        _ if word == "affected" => Some(ForEach::Affected),
        _ if word == "told_now" && names.engine >= TOLD_NOW => Some(ForEach::ToldNow),
        Some(step) => {
            let step = names.step(row, "for_each", step)?;
            if !names.step_at(step).is_some_and(|s| matches!(s.kind, Kind::People | Kind::EachPerson)) {
                row.add("for_each", What::Misplaced, "the step must ask for people");
            }
            Some(ForEach::Step(step))
        }
        None => {
            row.add("for_each", What::NotAWord, "\"for_each\" is \"affected\" or \"step:\" and a step");
            None
        }
    });
    let mut covers = Vec::new();
    for word in row.texts("covers") {
        match Tag::of(word) {
            Some(tag) => covers.push(tag),
            None => row.add("covers", What::NotAWord, format!("\"{}\" is not a tag", when::short(word))),
        }
    }
    let done_by: Vec<usize> =
        row.texts("done_by").into_iter().filter_map(|id| names.step(row, "done_by", id)).collect();
    // Read by no earlier engine: there the field is refused as one that nothing names.
    let point = names.engine >= POINTS && row.flag("point") == Some(true);
    let in_call = names.engine >= IN_CALL && row.flag("in_call") == Some(true);
    let deadline = deadline(row, "deadline", false);
    if for_each == Some(ForEach::ToldNow) && duty.is_some_and(|duty| duty != Duty::Explain) {
        row.add("for_each", What::Misplaced, "whoever is told now is told by a duty \"explain\"");
    }
    if point && (deadline.is_some() || !done_by.is_empty()) {
        row.add("point", What::Misplaced, "what nobody ticks has no deadline and is done by nothing");
    }
    let obligation = Obligation {
        id: id.to_owned(),
        duty: duty.unwrap_or(Duty::Review),
        deadline,
        point,
        in_call,
        sources: cites(row, &names.citing),
        spot: row.spot(),
        for_each,
        when: when::field(row, "when", names),
        done_by,
        covers,
        from: None,
    };
    row.finish();
    obligation
}

fn notice(id: &str, row: &Row<'_>, names: &Names<'_>) -> Notice {
    let kinds = NoticeKind::ALL.map(|kind| (kind.word(), kind));
    let fact = if names.engine >= FACTS { row.text("fact") } else { None };
    let kind = row.required("kind", row.word("kind", &kinds)).unwrap_or(NoticeKind::Ban);
    let cards = Card::ALL.map(|card| (card.word(), card));
    let card = if names.engine >= POINTS { row.word("card", &cards) } else { None };
    if card.is_some() && kind != NoticeKind::Do {
        row.add(
            "card",
            What::Misplaced,
            "a ban and law stand on no card: they are read before it, or behind all",
        );
    }
    // Before packs said it, a call card showed everything that is said or done at once; it does so for them still.
    let in_call = match names.engine {
        IN_CALL.. => row.flag("in_call") == Some(true),
        _ => kind == NoticeKind::Do,
    };
    if in_call && kind != NoticeKind::Do {
        row.add("in_call", What::Misplaced, "a ban stands on every call as it is, and law is said in none");
    }
    let notice = Notice {
        id: id.to_owned(),
        kind,
        card,
        in_call,
        applies_from: row.day("applies_from"),
        sources: cites(row, &names.citing),
        spot: row.spot(),
        when: when::field(row, "when", names),
        fact: fact.and_then(|id| names.fact(row, "fact", id)),
    };
    row.finish();
    notice
}

fn ground(id: &str, row: &Row<'_>, names: &Names<'_>) -> Ground {
    let mut codes = BTreeMap::new();
    for field in GroundField::ALL {
        let Some(code) = row.text(field.word()) else { continue };
        if is_id(code) || (!code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
            codes.insert(field, code.to_owned());
        } else {
            row.add(field.word(), What::BadId, format!("\"{}\" is not a code", field.word()));
        }
    }
    if codes.is_empty() {
        row.add("id", What::MissingField, "the ground says nothing");
    }
    let ground = Ground {
        id: id.to_owned(),
        sources: cites(row, &names.citing),
        spot: row.spot(),
        when: when::field(row, "when", names),
        codes,
    };
    row.finish();
    ground
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_names_a_duty_as_the_ledger_stores_it() {
        for (word, duty) in DUTIES {
            assert_eq!(serde_json::to_value(duty).unwrap(), word, "one duty has one word");
        }
    }
}
