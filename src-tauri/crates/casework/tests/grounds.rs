//! A ground that leaves something to be filled in is not signed as it came; where harm is suspected nothing waits for it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, decide};
use support::*;

/// The advice about a Scottish child, and what is typed to sign it: the ground as it came.
fn scottish(vault: &mut Vault, said: &[(&str, Answer)]) -> (OutcomeView, SignOffInput) {
    let case = children::open_case(vault, new_case("Isla Notreal", Nation::Scotland), at(1)).unwrap();
    let outcome = answer_all(vault, case, said, 10);
    let came = outcome.draft.grounds.clone();
    let typed = SignOffInput { grounds: came, ..signing(&outcome) };
    (outcome, typed)
}

fn faults(vault: &mut Vault, outcome: &OutcomeView, typed: &SignOffInput) -> Vec<(String, Code)> {
    match decide::sign_off(vault, outcome.decision, typed.clone(), at(90)) {
        Ok(_) => Vec::new(),
        Err(error) => Failure::from(error).fields.into_iter().map(|one| (one.field, one.code)).collect(),
    }
}

#[test]
fn a_suggestion_left_with_its_blank_is_told_with_everything_else_and_filling_it_costs_no_reason() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (outcome, typed) = scottish(&mut vault, &refusal());
    assert!(outcome.kind.shares() && has_blank(&typed.grounds.power), "{:?}", typed.grounds.power);
    let bare = SignOffInput { what: String::new(), ..typed.clone() };
    let told = faults(&mut vault, &outcome, &bare);
    let (blank, what) = (("power".to_owned(), Code::StillBlank), ("what".to_owned(), Code::Missing));
    assert!(told.contains(&blank) && told.contains(&what), "all at once: {told:?}");
    assert!(!told.iter().any(|(field, _)| field == "changed_because"), "{told:?}");
    let mut dots = typed.clone();
    dots.grounds.power = "Children (Scotland) Act 1995".into();
    dots.grounds.proportionality = "It is necessary because …".into();
    dots.grounds.changed_because = "It says it better.".into();
    assert_eq!(faults(&mut vault, &outcome, &dots), [("proportionality".to_owned(), Code::StillBlank)]);
    let mut whole = typed;
    whole.grounds.power = "Children (Scotland) Act 1995, section 22".into();
    assert_eq!(faults(&mut vault, &outcome, &whole), [], "what is filled in is no change");
}

#[test]
fn where_harm_is_suspected_nothing_waits_for_the_name_of_an_act() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let said = [("danger", choice("no")), ("harm", choice("yes")), ("body", choice("public"))];
    let (outcome, mut typed) = scottish(&mut vault, &said);
    typed.grounds.power = "Under [name the Act]".into();
    typed.grounds.changed_because = "Later.".into();
    assert_eq!(faults(&mut vault, &outcome, &typed), []);
}
