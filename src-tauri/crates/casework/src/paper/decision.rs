//! A signed decision as a document's values.

use sharewell_documents as documents;
use sharewell_guidance::Tag;
use sharewell_records::{Answer, Moment, Obligation, Settlement, Verdict};

use super::{Frame, child_of, practitioner_of, signature};
use crate::decide::{Signed, signed_view};
use crate::error::Result;
use crate::input;
use crate::views::{DecisionView, DutyState, ObligationView};
use crate::words::{self, listed};

/// The values of a decision's document.
pub(crate) fn document(signed: &Signed<'_>, frame: &Frame) -> Result<documents::DecisionDocument> {
    let view = signed_view(signed, frame.printed_at)?;
    let decision = signed.decision;
    let replay = signed.replay()?;
    let wording = signed.wording();
    let pack = &signed.carried.pack;
    let deadline =
        replay.advice.deadline.and_then(|deadline| deadline.due(signed.advised_at(), &pack.calendar));
    let chosen = items(signed);
    let unconfirmed = replay.advice.sources.iter().filter(|cite| cite.unconfirmed);
    Ok(documents::DecisionDocument {
        sheet: frame.sheet(format!("{:04}", view.number), Some(signed.family)),
        child: child_of(signed.family.person(decision.child), decision.on),
        practitioner: signed.signed_by.as_ref().map(practitioner_of).unwrap_or_default(),
        nation: input::nation_name(decision.nation).to_owned(),
        guidance: documents::Guidance {
            title: wording.say("pack.title"),
            version: decision.pack.version.clone(),
            hash: words::grouped(&decision.pack.hash, 16),
            provenance: view.provenance.clone(),
            unconfirmed: unconfirmed
                .map(|cite| crate::guidance::cite::source_view(pack, cite).line)
                .collect(),
        },
        trigger: match &decision.request {
            Some(request) => words::request(request),
            None => words::trigger(decision.trigger).to_owned(),
        },
        made: format!("{}; begun {}", words::day(decision.on), words::moment(decision.started)),
        advised: words::outcome(decision.advised).to_owned(),
        decided: words::outcome(decision.decided).to_owned(),
        otherwise: decision.otherwise.clone(),
        deadline: deadline.map(words::moment).unwrap_or_default(),
        why: view
            .why
            .iter()
            .map(|line| documents::Reason { text: line.text.clone(), sources: codes(&line.sources) })
            .collect(),
        reasons: decision.reasons.clone(),
        alternatives: decision.alternatives.clone(),
        what: decision.what.clone(),
        items: chosen,
        recipient: documents::Recipient {
            name: decision.recipient.name.clone(),
            role: decision.recipient.role.clone(),
            reach: decision.recipient.reach.clone(),
            route: signed.left.first().map(|one| words::route(one.route).to_owned()).unwrap_or_default(),
            verified: signed.left.first().map(|one| one.checked.clone()).unwrap_or_default(),
        },
        grounds: documents::Grounds {
            power: decision.grounds.power.clone(),
            lawful_basis: decision.grounds.lawful_basis.clone(),
            condition: decision.grounds.condition.clone(),
            no_consent_limb: decision.grounds.no_consent_limb.clone(),
            confidence: decision.grounds.confidence.clone(),
            proportionality: decision.grounds.proportionality.clone(),
            changed_because: decision.grounds.changed_because.clone(),
        },
        weighing: weighing(&view),
        advice: advice(signed),
        telling: decision
            .telling
            .iter()
            .map(|row| documents::Telling {
                name: row.name.clone(),
                when: words::telling(row.when).to_owned(),
                why: row.why.clone(),
            })
            .collect(),
        checklists: view
            .checklists
            .iter()
            .map(|list| documents::Checklist {
                title: list.title.clone(),
                rows: list
                    .rows
                    .iter()
                    .map(|row| documents::Checked {
                        text: row.text.clone(),
                        value: words::point(row.value).to_owned(),
                        words: row.words.clone(),
                    })
                    .collect(),
            })
            .collect(),
        unknown: view.unknown.iter().map(|line| line.question.clone()).collect(),
        would_change: would_change(signed),
        review: words::day(decision.review),
        obligations: view.obligations.iter().map(obligation).collect(),
        questions: questions(&view, &replay.position, &wording),
        history: Vec::new(),
        signatures: signatures(signed),
        check: documents::CheckValues {
            entry: words::grouped(&signed.entry_hash, 64),
            sequence: signed.sequence.to_string(),
            head: words::grouped(&frame.head, 64),
        },
        record: stored(signed),
    })
}

/// Who made the decision, and what a second person said of it.
fn signatures(signed: &Signed<'_>) -> Vec<documents::Signature> {
    let made = documents::Signature {
        who: signed.signed_by.as_ref().map(signature).unwrap_or_default(),
        meaning: "Made the decision".to_owned(),
        when: words::moment(signed.signed_at),
        said: String::new(),
    };
    let said = signed.said.iter().map(|(one, _)| documents::Signature {
        who: listed(&[&one.said.by, &one.said.role, &one.said.agency]),
        meaning: match one.said.verdict {
            Verdict::Agrees => "Countersigned".to_owned(),
            Verdict::Disagrees => "Does not agree".to_owned(),
        },
        when: words::moment(one.said.at),
        said: one.said.words.clone(),
    });
    std::iter::once(made).chain(said).collect()
}

/// The record as the ledger stores it; none where it cannot be written, which no test has brought about.
fn stored(signed: &Signed<'_>) -> Option<documents::Record> {
    let payload = sharewell_records::Payload::DecisionSigned { decision: Box::new(signed.decision.clone()) };
    let json = String::from_utf8(payload.to_bytes().ok()?).ok()?;
    Some(documents::Record { json })
}

fn codes(sources: &[crate::views::SourceView]) -> String {
    sources.iter().map(|source| source.code.as_str()).collect::<Vec<_>>().join(", ")
}

/// The items that an answer on the path chose.
fn items(signed: &Signed<'_>) -> Vec<documents::Item> {
    let chosen = signed.decision.answers.iter().filter(|one| signed.decision.path.contains(&one.step));
    let ids = chosen.filter_map(|one| match &one.answer {
        Answer::Items { items, .. } => Some(items.clone()),
        _ => None,
    });
    let ids: Vec<_> = ids.flatten().collect();
    signed
        .items
        .iter()
        .filter(|item| ids.contains(&item.id))
        .map(|item| documents::Item {
            mark: Some(item.mark),
            source: [item.by.clone(), words::occurred(&item.occurred)]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            text: item.text.clone(),
            ground: String::new(),
        })
        .collect()
}

fn weighing(view: &DecisionView) -> Option<documents::Weighing> {
    // Where both sides were weighed twice, the second time stands.
    let weighed = view.answers.iter().rev().find_map(|answer| answer.weighing.as_ref())?;
    Some(documents::Weighing {
        share: documents::Side {
            what: weighed.share.clone(),
            likelihood: words::likelihood(weighed.share_likelihood).to_owned(),
            severity: words::severity(weighed.share_severity).to_owned(),
        },
        not_share: documents::Side {
            what: weighed.not_share.clone(),
            likelihood: words::likelihood(weighed.not_share_likelihood).to_owned(),
            severity: words::severity(weighed.not_share_severity).to_owned(),
        },
        heavier: words::heavier(weighed.heavier).to_owned(),
    })
}

fn advice(signed: &Signed<'_>) -> Vec<documents::Advice> {
    let on_path = signed.decision.answers.iter().filter(|one| signed.decision.path.contains(&one.step));
    on_path
        .filter_map(|one| match &one.answer {
            Answer::Adviser { who, own_agency, named, result, said } => Some(documents::Advice {
                who: match (who.is_empty(), own_agency) {
                    (true, _) => String::new(),
                    (false, true) => format!("{who}, own agency"),
                    (false, false) => format!("{who}, another agency"),
                },
                when: words::moment(one.at),
                named: if *named { "Named" } else { "Not named" }.to_owned(),
                result: words::adviser_result(*result).to_owned(),
                said: said.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// What would change the answer, where a question asked for it.
fn would_change(signed: &Signed<'_>) -> String {
    let asked = signed.decision.answers.iter().find(|one| {
        signed.decision.path.contains(&one.step)
            && signed.carried.pack.step(&one.step).is_some_and(|step| step.asks(Tag::WhatWouldChange))
    });
    match asked.map(|one| &one.answer) {
        Some(Answer::Text { text }) => text.clone(),
        Some(Answer::Choice { words, .. }) => words.clone(),
        _ => String::new(),
    }
}

fn questions(
    view: &DecisionView,
    position: &sharewell_guidance::Position,
    wording: &crate::decide::Wording<'_>,
) -> Vec<documents::Question> {
    let asked = view.answers.iter().map(|answer| documents::Question {
        asked: answer.question.clone(),
        // An optional question may be answered with nobody and nothing.
        answer: if answer.answer.is_empty() { words::NOBODY.to_owned() } else { answer.answer.clone() },
        said: String::new(),
        at: words::moment(answer.at),
        sources: codes(&answer.sources),
        not_asked: String::new(),
    });
    let skipped = position.not_asked.iter().map(|skipped| documents::Question {
        asked: wording.say(&format!("step.{}.question", skipped.step)),
        answer: String::new(),
        said: String::new(),
        at: String::new(),
        sources: String::new(),
        not_asked: wording.say(&skipped.because),
    });
    asked.chain(skipped).collect()
}

/// An obligation of a decision as a document lists it.
fn obligation(view: &ObligationView) -> documents::Obligation {
    documents::Obligation {
        what: if view.title.is_empty() { words::duty(view.duty).to_owned() } else { view.title.clone() },
        due: view.due.map(words::moment).unwrap_or_default(),
        state: match view.state {
            DutyState::Done => documents::ObligationState::Done,
            DutyState::NotNeeded => documents::ObligationState::NotNeeded,
            DutyState::Outstanding => open_state(view.overdue),
        },
        note: view.note.clone(),
    }
}

fn open_state(overdue: bool) -> documents::ObligationState {
    if overdue { documents::ObligationState::Overdue } else { documents::ObligationState::Outstanding }
}

/// An obligation without a pack's words, as an emergency has it.
pub(super) fn bare(obligation: &Obligation, printed_at: Moment) -> documents::Obligation {
    let (state, note) = match &obligation.settled {
        None => (open_state(obligation.is_overdue(printed_at)), String::new()),
        Some(Settlement::Done { note }) => (documents::ObligationState::Done, note.clone()),
        Some(Settlement::NotNeeded { reason }) => (documents::ObligationState::NotNeeded, reason.clone()),
    };
    documents::Obligation {
        what: words::duty(obligation.duty).to_owned(),
        due: obligation.due.map(words::moment).unwrap_or_default(),
        state,
        note,
    }
}
