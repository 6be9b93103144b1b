//! What stands on a call card beside the file: what its guidance marks as said or asked, and nothing that is done meanwhile.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, calls, children, decide};
use support::harmed::{Harmed, harmed, signed};
use support::*;

fn asks(vault: &Vault, decision: DecisionId, key: &str, at_minute: i64) -> Vec<String> {
    let view = calls::call(vault, decision, key, at(at_minute)).unwrap();
    let asks = view.say.into_iter().filter(|line| line.part == SayPart::Ask);
    asks.map(|line| line.text).collect()
}

fn key(outcome: &OutcomeView, duty: Duty) -> String {
    outcome.obligations.iter().find(|one| one.duty == duty && one.call).unwrap().key.clone()
}

#[test]
fn the_card_asks_what_is_asked_in_the_call_and_leaves_what_is_said_to_the_child_on_the_advice() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let outcome = harmed(&mut vault).outcome;
    let on_advice = |words: &str| outcome.notices.iter().any(|line| line.title.contains(words));
    assert!(on_advice("you cannot keep it to yourself"), "it is said to the child at once");
    let asked = asks(&vault, outcome.decision, &key(&outcome, Duty::Act), 60);
    let has = |words: &str| asked.iter().any(|line| line.contains(words));
    assert!(!has("you cannot keep it to yourself"), "and not to whoever takes the call: {asked:?}");
    assert!(!has("Write down what was seen"), "{asked:?}");
    assert!(has("agree in the call who has Ayla seen today"), "{asked:?}");
    assert!(has("before Ayla is next with them"), "{asked:?}");
    assert!(has("who else knows") && has("what must stay hidden"), "points of the call too: {asked:?}");
    signed(&mut vault, &outcome);
    let after = asks(&vault, outcome.decision, &key(&outcome, Duty::Act), 90);
    assert_eq!(after, asked, "the signature changes nothing of what is asked");
}

#[test]
fn what_was_asked_is_recorded_as_said_where_it_was_ticked() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let Harmed { case, outcome, .. } = harmed(&mut vault);
    let act = key(&outcome, Duty::Act);
    let view = calls::call(&vault, outcome.decision, &act, at(60)).unwrap();
    let line = view.say.iter().find(|line| line.text.contains("who else knows")).unwrap();
    let typed = CallInput {
        rung: RungSort::FrontDoor,
        number: view.rungs[0].number.clone(),
        found: None,
        said: vec![line.key.clone()],
        end: Some(CallEndSort::Told),
        who: "Robin Pretence".into(),
        job: String::new(),
        reference: String::new(),
        time: "9:50".into(),
        will_do: String::new(),
        by_when: String::new(),
        why: None,
        who_decides: String::new(),
    };
    calls::record_call(&mut vault, outcome.decision, &act, &typed, at(62)).unwrap();
    signed(&mut vault, &outcome);
    let left = children::child_file(&mut vault, case, at(90)).unwrap().disclosures;
    assert!(left.iter().any(|one| one.what.contains(&line.text)), "{left:?}");
}

#[test]
fn the_lead_who_hears_that_it_was_done_is_asked_for_no_plan() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let outcome = harmed(&mut vault).outcome;
    let lead = key(&outcome, Duty::DiscussWithAdviser);
    assert_eq!(asks(&vault, outcome.decision, &lead, 60), [""; 0]);
}

#[test]
fn where_the_child_moves_the_office_there_has_a_card_and_a_number_that_is_looked_up() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let begun = decide::begin_decision(&mut vault, case, &BeginInput::through(WayIn::Moves), at(10)).unwrap();
    let said = [("danger", choice("no")), ("harm", choice("yes")), ("signs", choices(&["domestic"]))];
    let outcome = answer_from(&mut vault, begun, &said, 11);
    assert_eq!(outcome.id, "share-harm-move");
    let act = key(&outcome, Duty::Act);
    let view = calls::call(&vault, outcome.decision, &act, at(80)).unwrap();
    let sorts: Vec<_> = view.rungs.iter().map(|one| (one.rung, one.closes)).collect();
    assert_eq!(sorts[0], (RungSort::OtherArea, true));
    assert!(sorts[1..].iter().all(|(rung, closes)| *rung != RungSort::FrontDoor && !closes), "{sorts:?}");
    assert_eq!((view.rungs[0].number.as_str(), view.rungs[0].found), ("", NumberFound::NotSaid));
    let typed = CallInput {
        rung: RungSort::OtherArea,
        number: "01632 960404".into(),
        found: Some(NumberFound::LookedUp),
        said: Vec::new(),
        end: Some(CallEndSort::Told),
        who: "call taker 2".into(),
        job: String::new(),
        reference: String::new(),
        time: "9:50".into(),
        will_do: String::new(),
        by_when: String::new(),
        why: None,
        who_decides: String::new(),
    };
    let after = calls::record_call(&mut vault, outcome.decision, &act, &typed, at(82)).unwrap();
    assert!(after.closed && after.tries[0].number == "01632 960404");
}
