//! A signed decision as a document's values.

use sharewell_documents as documents;
use sharewell_guidance::Tag;
use sharewell_records::{Answer, Choice, Disclosure, HowDue, Item, Obligation, Settlement, Trigger, Verdict};

use super::{Frame, Past, changes, practitioner_of, signature, subject_of};
use crate::decide::{Signed, consent_on_paper, signed_view};
use crate::error::Result;
use crate::guidance::cite::source_views;
use crate::views::{
    AnswerParts, ConfirmedIn, DecisionView, DutyState, LawConfirmed, NoticeSort, NoticeView, ObligationView,
};
use crate::words::{Words, grouped};

/// The values of a decision's document. What it rests on stands as it was signed over; `past` tells what became of
/// it since.
pub(crate) fn document(
    signed: &Signed<'_>,
    past: &Past,
    frame: &Frame,
) -> Result<documents::DecisionDocument> {
    let as_signed = past.items_when_signed(signed.decision, &signed.family.case, &signed.items);
    let signed = &Signed { items: as_signed, ..signed.clone() };
    let view = signed_view(signed, frame.printed_at, None)?;
    let decision = signed.decision;
    let replay = signed.replay()?;
    let wording = signed.wording();
    let pack = &signed.carried.pack;
    let deadline =
        replay.advice.deadline.and_then(|deadline| deadline.due(signed.advised_at(), &pack.calendar));
    let words = frame.words();
    let chosen = items(signed, words);
    let unconfirmed: Vec<_> = replay.advice.sources.iter().filter(|cite| cite.unconfirmed).cloned().collect();
    Ok(documents::DecisionDocument {
        sheet: frame.sheet(format!("{:04}", view.number), Some(signed.family)),
        child: subject_of(signed.family, decision.child, decision.on, words),
        practitioner: signed.signed_by.as_ref().map(practitioner_of).unwrap_or_default(),
        nation: words.nation.of(decision.nation).to_owned(),
        guidance: documents::Guidance {
            title: wording.say("pack.title"),
            version: decision.pack.version.clone(),
            hash: grouped(&decision.pack.hash, 16),
            provenance: view.provenance.clone(),
            unconfirmed: source_views(pack, &unconfirmed).iter().map(|one| words.source_line(one)).collect(),
        },
        trigger: match &decision.request {
            Some(request) => words.request(request),
            None => match (decision.trigger, view.door) {
                (Trigger::Worry, Some(door)) => words.way_in.of(door).to_owned(),
                (trigger, _) => words.trigger.of(trigger).to_owned(),
            },
        },
        made: words
            .time
            .begun
            .fill(&[("day", &words.day(decision.on)), ("moment", &words.moment(decision.started))]),
        advised: words.outcome.of(decision.advised).to_owned(),
        decided: words.outcome.of(decision.decided).to_owned(),
        otherwise: decision.otherwise.clone(),
        deadline: words.moment_or_none(deadline),
        why: view
            .why
            .iter()
            .map(|line| documents::Reason { text: line.text.clone(), sources: codes(&line.sources, words) })
            .collect(),
        reasons: decision.reasons.clone(),
        alternatives: decision.alternatives.clone(),
        what: decision.what.clone(),
        items: chosen,
        extent: decision.extent.as_ref().map(|one| words.how_much(one.count(), false)).unwrap_or_default(),
        stays: decision.extent.as_ref().map(|one| words.what_stays(one)).unwrap_or_default(),
        rests_on: consent_on_paper(&decision.rests_on, &signed.family.names(), words),
        recipient: documents::Recipient {
            name: decision.recipient.name.clone(),
            role: decision.recipient.role.clone(),
            reach: decision.recipient.reach.clone(),
            route: signed.left.first().map(|one| words.route.of(one.route).to_owned()).unwrap_or_default(),
            verified: signed.left.first().map(|one| checked(one, words)).unwrap_or_default(),
        },
        grounds: decision.decided.shares().then(|| documents::Grounds {
            power: decision.grounds.power.clone(),
            lawful_basis: decision.grounds.lawful_basis.clone(),
            condition: decision.grounds.condition.clone(),
            no_consent_limb: decision.grounds.no_consent_limb.clone(),
            confidence: decision.grounds.confidence.clone(),
            proportionality: decision.grounds.proportionality.clone(),
            changed_because: decision.grounds.changed_because.clone(),
        }),
        bans: said(&view, NoticeSort::Ban, words),
        at_once: said(&view, NoticeSort::Do, words),
        law: said(&view, NoticeSort::Law, words),
        points: view
            .cards
            .iter()
            .flat_map(|card| &card.points)
            .map(|one| documents::Notice {
                text: one.title.clone(),
                hint: one.hint.clone(),
                confirmed: String::new(),
            })
            .collect(),
        weighing: weighing(&view, words),
        advice: advice(signed, words),
        telling: decision
            .telling
            .iter()
            .map(|row| documents::Telling {
                name: row.name.clone(),
                when: words.telling.of(row.when).to_owned(),
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
                        value: words.point.of(row.value).to_owned(),
                        words: row.words.clone(),
                    })
                    .collect(),
            })
            .collect(),
        unknown: view.unknown.iter().map(|line| line.question.clone()).collect(),
        would_change: would_change(signed),
        review: words.day(decision.review),
        obligations: view.obligations.iter().map(|one| obligation(one, words)).collect(),
        questions: questions(&view, &replay.position, &wording, words),
        history: changes::of_decision(signed, &view, past, frame),
        signatures: signatures(signed, words),
        check: documents::CheckValues {
            entry: grouped(&signed.entry_hash, 64),
            sequence: signed.sequence.to_string(),
            head: grouped(&frame.head, 64),
        },
        record: stored(signed),
    })
}

/// How it was made sure who received something.
fn checked(left: &Disclosure, words: &Words) -> String {
    words.list(&[left.check.map(|by| words.checked_by.of(by)).unwrap_or_default(), &left.checked])
}

/// The lines of a kind, each with what stands beside it, and how law was confirmed.
fn said(view: &DecisionView, kind: NoticeSort, words: &Words) -> Vec<documents::Notice> {
    let of = view.notices.iter().filter(|one| one.kind == kind);
    let one = |one: &NoticeView| documents::Notice {
        text: one.title.clone(),
        hint: one.hint.clone(),
        confirmed: one.confirmed.as_ref().map(|law| confirmed(law, words)).unwrap_or_default(),
    };
    of.map(one).collect()
}

/// Since when law is in force, and who confirmed it.
fn confirmed(law: &LawConfirmed, words: &Words) -> String {
    let (from, on) = (words.day(law.in_force_from), words.day(law.on));
    let post = law.post.map(|post| match post {
        ConfirmedIn::Lawyer => words.decision.lawyer.as_str(),
        ConfirmedIn::DataProtectionOfficer => words.decision.data_protection_officer.as_str(),
    });
    match post {
        Some(post) => words.decision.law_confirmed_in.fill(&[
            ("from", &from),
            ("by", &law.by),
            ("post", post),
            ("on", &on),
        ]),
        None => words.decision.law_confirmed.fill(&[("from", &from), ("by", &law.by), ("on", &on)]),
    }
}

/// Who made the decision, and what a second person said of it.
fn signatures(signed: &Signed<'_>, words: &Words) -> Vec<documents::Signature> {
    let made = documents::Signature {
        who: signed.signed_by.as_ref().map(|own| signature(own, words)).unwrap_or_default(),
        meaning: words.decision.made.clone(),
        when: words.moment(signed.signed_at),
        said: String::new(),
    };
    let said = signed.said.iter().map(|(one, _)| documents::Signature {
        who: words.list(&[&one.said.by, &one.said.role, &one.said.agency]),
        meaning: match one.said.verdict {
            Verdict::Agrees => words.decision.agrees.clone(),
            Verdict::Disagrees => words.decision.disagrees.clone(),
        },
        when: words.moment(one.said.at),
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

fn codes(sources: &[crate::views::SourceView], words: &Words) -> String {
    words.list(&sources.iter().map(|source| source.code.as_str()).collect::<Vec<_>>())
}

/// The items that go, or that an answer on the path chose.
fn items(signed: &Signed<'_>, words: &Words) -> Vec<documents::Item> {
    let extent = signed.decision.extent.as_ref();
    let chosen = signed.decision.answers.iter().filter(|one| signed.decision.path.contains(&one.step));
    let ids = chosen.filter_map(|one| match &one.answer {
        Answer::Items { items, .. } => Some(items.clone()),
        _ => None,
    });
    let ids: Vec<_> = ids.flatten().collect();
    let choice = |item: &Item| extent.map(|one| one.choice_of(item.id)).unwrap_or_default();
    let goes = |item: &&Item| choice(item).leaves() || extent.is_none() && ids.contains(&item.id);
    let line = |item: &Item| {
        let nameless = match choice(item) {
            Choice::WithoutName => words.extent.nameless.as_str(),
            Choice::Blank | Choice::Goes | Choice::Stays => "",
        };
        documents::Item {
            mark: Some(item.mark),
            source: words.list(&[&item.by, &words.occurred(&item.occurred), nameless]),
            text: item.text.clone(),
            ground: String::new(),
        }
    };
    signed.items.iter().filter(goes).map(line).collect()
}

fn weighing(view: &DecisionView, words: &Words) -> Option<documents::Weighing> {
    // Where both sides were weighed twice, the second time stands.
    let weighed = view.answers.iter().rev().find_map(|answer| answer.weighing.as_ref())?;
    Some(documents::Weighing {
        share: documents::Side {
            what: weighed.share.clone(),
            likelihood: words.likelihood.of(weighed.share_likelihood).to_owned(),
            severity: words.severity.of(weighed.share_severity).to_owned(),
        },
        not_share: documents::Side {
            what: weighed.not_share.clone(),
            likelihood: words.likelihood.of(weighed.not_share_likelihood).to_owned(),
            severity: words.severity.of(weighed.not_share_severity).to_owned(),
        },
        heavier: words.heavier.of(weighed.heavier).to_owned(),
    })
}

fn advice(signed: &Signed<'_>, words: &Words) -> Vec<documents::Advice> {
    let on_path = signed.decision.answers.iter().filter(|one| signed.decision.path.contains(&one.step));
    on_path
        .filter_map(|one| match &one.answer {
            Answer::Adviser { who, own_agency, named, result, said } => Some(documents::Advice {
                who: match (who.is_empty(), own_agency) {
                    (true, _) => String::new(),
                    (false, true) => words.decision.own_agency.fill(&[("who", who)]),
                    (false, false) => words.decision.other_agency.fill(&[("who", who)]),
                },
                when: words.moment(one.at),
                named: if *named { &words.decision.named } else { &words.decision.not_named }.clone(),
                result: words.adviser_result.of(*result).to_owned(),
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
    wording: &crate::decide::Filled<'_>,
    words: &Words,
) -> Vec<documents::Question> {
    let said = |answer: &AnswerParts| match words.answer(answer) {
        // An optional question may be answered with nobody and nothing.
        said if said.is_empty() => words.decision.nobody.clone(),
        said => said,
    };
    let asked = view.answers.iter().map(|answer| documents::Question {
        asked: answer.question.clone(),
        answer: said(&answer.answer),
        said: String::new(),
        at: words.moment(answer.at),
        sources: codes(&answer.sources, words),
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
fn obligation(view: &ObligationView, words: &Words) -> documents::Obligation {
    documents::Obligation {
        what: if view.title.is_empty() { words.duty.of(view.duty).to_owned() } else { view.title.clone() },
        due: words.moment_or_none(view.due),
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
pub(super) fn bare(obligation: &Obligation, frame: &Frame) -> documents::Obligation {
    let words = frame.words();
    let (state, note) = match &obligation.settled {
        None => (open_state(obligation.how_due(false, frame.printed_at) == HowDue::Overdue), String::new()),
        Some(Settlement::Done { note }) => (documents::ObligationState::Done, note.clone()),
        Some(Settlement::NotNeeded { reason }) => (documents::ObligationState::NotNeeded, reason.clone()),
    };
    documents::Obligation {
        what: words.duty.of(obligation.duty).to_owned(),
        due: words.moment_or_none(obligation.due),
        state,
        note,
    }
}
