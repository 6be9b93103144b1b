//! What follows from a decision stands on few cards; what is only said is no duty; what the record shows to be done is
//! done, and nothing more is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, decide, today};
use sharewell_vault::obligations;
use support::*;

fn harm() -> Vec<(&'static str, Answer)> {
    vec![
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", words("no-time", "Nobody could be reached.")),
        ("body", choice("public")),
    ]
}

fn signed(vault: &mut Vault) -> (CaseId, DecisionId) {
    let (case, ..) = family(vault);
    let outcome = answer_all(vault, case, &harm(), 10);
    assert_eq!(outcome.id, "share-harm");
    sign_off(vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    (case, outcome.decision)
}

/// Something that left, as it is typed.
fn share(decision: DecisionId, who: &str, post: &str, route: Route) -> DisclosureInput {
    DisclosureInput {
        decision: Some(decision),
        somebody_else: false,
        recipient: who.into(),
        recipient_role: post.into(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(route),
        what: "The bruise, and what the mother said.".into(),
        why: "Harm.".into(),
        limits: String::new(),
        happened: false,
        names_meant: true,
        as_decided: false,
    }
}

/// The duties of a decision that are closed, each with its note.
fn closed(vault: &Vault, decision: DecisionId) -> Vec<(Duty, String)> {
    let duties = decide::decision(vault, decision, at(200)).unwrap().obligations;
    let done = duties.into_iter().filter(|one| one.state == DutyState::Done);
    done.map(|one| (one.duty, one.note)).collect()
}

fn closed_duties(vault: &Vault, decision: DecisionId) -> BTreeSet<Duty> {
    closed(vault, decision).into_iter().map(|(duty, _)| duty).collect()
}

#[test]
fn an_advice_stands_on_at_most_seven_cards_with_the_act_first_and_every_duty_on_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &harm(), 10);
    let cards = &outcome.cards;
    assert!(cards.len() <= 7, "{cards:?}");
    assert!(cards.iter().filter(|card| card.today).count() <= 3, "{cards:?}");
    let first = &cards[0];
    assert_eq!((first.card, first.calls, first.open, first.today), (CardSort::Ring, true, true, true));
    assert_eq!(first.lines[0], outcome.obligations[0].key, "the act leads");
    let on_cards: Vec<&String> = cards.iter().flat_map(|card| &card.lines).collect();
    let duties: BTreeSet<&String> = outcome.obligations.iter().map(|one| &one.key).collect();
    assert_eq!(on_cards.len(), duties.len(), "each once");
    assert_eq!(on_cards.into_iter().collect::<BTreeSet<_>>(), duties, "and none is lost");
    let said: Vec<&str> = first.points.iter().map(|point| point.key.as_str()).collect();
    assert!(said.contains(&"right-person") && said.contains(&"limits"), "{said:?}");
    assert!(first.points.iter().all(|point| !point.title.is_empty() && !point.title.contains('{')));
    assert!(!outcome.hint.is_empty() && !outcome.hint.contains('{'), "{}", outcome.hint);
}

#[test]
fn what_is_only_said_is_no_duty_in_the_ledger_and_is_said_again_where_the_decision_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &harm(), 10);
    let before: Vec<String> =
        outcome.cards.iter().flat_map(|card| &card.points).map(|point| point.key.clone()).collect();
    let view = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let after: Vec<String> =
        view.cards.iter().flat_map(|card| &card.points).map(|point| point.key.clone()).collect();
    assert!(before.len() >= 5, "{before:?}");
    assert_eq!(after, before);
    let rows = vault.read(|r| obligations::of_decision(r, outcome.decision)).unwrap();
    let stored: BTreeSet<String> = rows.iter().map(|row| row.obligation.key.clone()).collect();
    assert!(before.iter().all(|key| !stored.contains(key)), "{stored:?}");
    assert!(rows.len() <= 12, "{} duties", rows.len());
    // A list tells on which card each stands.
    let lines = all_to_do(&vault, at(81));
    let of_it = lines.iter().filter(|line| line.decision == Some(outcome.decision));
    let cards: BTreeSet<String> = of_it.map(|line| format!("{:?}", line.card)).collect();
    assert!(cards.contains("Ring") && cards.len() <= 7, "{cards:?}");
    assert!(!children::child_file(&mut vault, case, at(81)).unwrap().to_do.is_empty());
}

#[test]
fn what_was_told_to_somebody_with_a_name_closes_the_act_and_the_log_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, decision) = signed(&mut vault);
    assert_eq!(closed_duties(&vault, decision), BTreeSet::new());
    let told = share(decision, "Robin Pretence", "Social worker, Fablewell Front Door", Route::Telephone);
    children::record_disclosure(&mut vault, case, told, at(90)).unwrap();
    let closed = closed(&vault, decision);
    let duties: BTreeSet<Duty> = closed.iter().map(|(duty, _)| *duty).collect();
    assert_eq!(duties, [Duty::Act, Duty::RecordDisclosure].into());
    assert!(closed.iter().all(|(_, note)| note.contains("Robin Pretence") && note.contains("October 2026")));
    let view = decide::decision(&vault, decision, at(200)).unwrap();
    let ring = view.cards.iter().find(|card| card.card == CardSort::Ring).unwrap();
    assert!(!ring.open, "it closes once every line has its end: {ring:?}");
    // Opened by hand it is open, and stays so.
    let act = view.obligations.iter().find(|one| one.duty == Duty::Act).unwrap().id.unwrap();
    today::reopen_obligation(&mut vault, act, at(201)).unwrap();
    assert!(!closed_duties(&vault, decision).contains(&Duty::Act));
}

#[test]
fn paper_and_a_desk_close_no_act_and_what_was_sent_closes_the_confirmation() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, decision) = signed(&mut vault);
    let desk = share(decision, "Fablewell Front Door", "", Route::Telephone);
    children::record_disclosure(&mut vault, case, desk, at(90)).unwrap();
    assert_eq!(closed_duties(&vault, decision), [Duty::RecordDisclosure].into(), "a desk is nobody");
    let doctor = share(decision, "Dr Mockley", "Fable Surgery", Route::SecureEmail);
    children::record_disclosure(&mut vault, case, doctor, at(91)).unwrap();
    assert_eq!(
        closed_duties(&vault, decision),
        [Duty::RecordDisclosure].into(),
        "the doctor is somebody else"
    );
    let sent = share(decision, "Fablewell Front Door", "", Route::SecureEmail);
    children::record_disclosure(&mut vault, case, sent, at(92)).unwrap();
    let now = closed_duties(&vault, decision);
    assert_eq!(now, [Duty::RecordDisclosure, Duty::ConfirmInWriting].into(), "the act is still open");
}

#[test]
fn the_reasons_of_the_sign_off_close_the_duty_to_write_them_down_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let no: Vec<_> =
        gates(&[("purpose", choice("none")), ("welfare", choice("no"))]).into_iter().rev().collect();
    let outcome = answer_all(&mut vault, case, &no, 10);
    assert_eq!(outcome.kind, OutcomeKind::DoNotShare);
    let view = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let done: Vec<Duty> = view
        .obligations
        .iter()
        .filter(|one| one.state == DutyState::Done && !one.note.is_empty())
        .map(|one| one.duty)
        .collect();
    assert_eq!(done, [Duty::RecordReasons]);
    assert!(
        view.obligations
            .iter()
            .any(|one| one.duty == Duty::WhatWouldChange && one.state == DutyState::Outstanding)
    );
}

#[test]
fn a_share_against_the_advice_says_how_it_is_done_and_brings_no_tick_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, parent) = family(&mut vault);
    let no: Vec<_> =
        gates(&[("purpose", choice("none")), ("welfare", choice("no"))]).into_iter().rev().collect();
    let outcome = answer_all(&mut vault, case, &no, 10);
    let mut typed = signing(&outcome);
    typed.decided = Some(OutcomeKind::ShareLimited);
    typed.otherwise = "The school nurse asked twice.".into();
    typed.grounds.lawful_basis = "Public task.".into();
    let told = |person| Telling {
        person: Some(person),
        name: String::new(),
        when: WhenTold::Now,
        why: String::new(),
    };
    typed.telling = vec![told(child), told(parent)];
    let view = sign_off(&mut vault, outcome.decision, typed, at(80)).unwrap();
    let said: BTreeSet<&str> =
        view.cards.iter().flat_map(|card| &card.points).map(|point| point.key.as_str()).collect();
    assert!(said.contains("how-much") && said.contains("limits"), "{said:?}");
    assert!(view.obligations.iter().all(|one| ![Duty::HowMuch, Duty::TellLimits].contains(&one.duty)));
    assert!(view.cards.len() <= 7);
}
