//! Who is told now is named, one line each, and nobody is whom a ban keeps from hearing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, decide};
use support::*;

/// The advice to share although the mother said no, with who is told as `chosen` has it.
fn advised(vault: &mut Vault, chosen: &[(PersonId, &str, &str)], case: CaseId) -> OutcomeView {
    let rows = chosen.iter().map(|(person, value, reason)| PersonChoice {
        person: Some(*person),
        name: "as in the file".into(),
        value: (*value).into(),
        reason: (*reason).into(),
    });
    let told = Answer::EachPerson { rows: rows.collect() };
    let mut said = refusal();
    said.push(("tell", told.clone()));
    said.push(("tell-careful", told));
    answer_all(vault, case, &said, 10)
}

fn told(outcome: &OutcomeView) -> Vec<(Option<PersonId>, String)> {
    let lines = outcome.obligations.iter().filter(|one| one.key.starts_with("tell-now"));
    lines.map(|one| (one.person, one.title.clone())).collect()
}

#[test]
fn each_who_is_told_now_has_a_line_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let both = advised(&mut vault, &[(child, "now", ""), (mother, "later", "She asked for time.")], case);
    let lines = told(&both);
    assert_eq!(lines.iter().map(|(person, _)| *person).collect::<Vec<_>>(), [Some(child)]);
    assert!(lines[0].1.contains("Ayla Sampleton") && !lines[0].1.contains("Jo Sampleton"), "{lines:?}");
}

#[test]
fn there_is_no_card_where_nobody_is_told_now() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let none = advised(&mut vault, &[(child, "later", "Not yet."), (mother, "not", "Not safe.")], case);
    assert_eq!(told(&none), []);
}

#[test]
fn a_flag_keeps_somebody_off_the_card_until_it_is_said_why_they_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let outcome = advised(&mut vault, &[(child, "now", ""), (mother, "now", "")], case);
    assert_eq!(told(&outcome).len(), 2);
    let flag = FlagsInput {
        people: vec![mother],
        kinds: vec![FlagKind::DoNotTell],
        same_reason: true,
        reason: "He reads her messages.".into(),
        ..FlagsInput::default()
    };
    children::set_flags(&mut vault, case, &flag, at(76)).unwrap();
    let after = decide::outcome(&vault, outcome.decision, at(77)).unwrap();
    assert_eq!(told(&after).iter().map(|(person, _)| *person).collect::<Vec<_>>(), [Some(child)]);
    let mut typed = after.draft.clone();
    for row in typed.telling.iter_mut().filter(|row| row.person == Some(mother)) {
        row.why = "Social care asked me to tell her.".into();
    }
    decide::save_sign_off(&mut vault, outcome.decision, typed, at(78)).unwrap();
    let unlocked = decide::outcome(&vault, outcome.decision, at(79)).unwrap();
    assert_eq!(told(&unlocked).len(), 2, "an unlock with its reason");
    let line = unlocked.obligations.iter().find(|one| one.person == Some(mother)).unwrap();
    assert!(!line.careful.is_empty(), "and the flag stands beside her name: {line:?}");
}
