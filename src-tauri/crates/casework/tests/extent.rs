//! What of a file goes to one recipient, what stays and why: chosen with the sign-off, and what becomes of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Error, Failure, Vault, children, decide, paper};
use support::pdf::everything_in;
use support::*;

/// A file with three notes, and a plain share with the school to be signed.
fn to_sign(vault: &mut Vault) -> (CaseId, DecisionId, SignOffInput) {
    let (case, child, mother) = family(vault);
    for (minute, text, about) in [
        (4, "Ayla comes without breakfast", child),
        (5, "Jo Sampleton asked for help with the mornings", mother),
        (6, "Jo was convicted of a theft", mother),
    ] {
        children::add_item(vault, case, item(text, vec![about]), at(minute)).unwrap();
    }
    let outcome = answer_all(vault, case, &refusal(), 10);
    let draft = SignOffInput {
        telling: outcome
            .draft
            .telling
            .iter()
            .map(|row| Telling { when: WhenTold::Now, ..row.clone() })
            .collect(),
        ..signing(&outcome)
    };
    decide::save_sign_off(vault, outcome.decision, draft.clone(), at(80)).unwrap();
    (case, outcome.decision, draft)
}

fn choose(vault: &mut Vault, decision: DecisionId, text: &str, choice: Choice) -> ExtentView {
    let view = decide::extent(vault, decision, 0, at(81)).unwrap();
    let line = view.lines.iter().find(|one| one.text.contains(text)).unwrap();
    let act = ExtentMove::Choose { item: line.item, choice };
    decide::move_extent(vault, decision, &act, 0, at(81)).unwrap()
}

fn act(vault: &mut Vault, decision: DecisionId, act: &ExtentMove) -> ExtentView {
    decide::move_extent(vault, decision, act, 0, at(82)).unwrap()
}

fn missing(vault: &mut Vault, decision: DecisionId, typed: &SignOffInput) -> Vec<String> {
    match decide::sign_off(vault, decision, typed.clone(), at(85)) {
        Err(Error::NotReady(missing)) => missing.into_iter().map(|(field, _)| field.0).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_share_is_not_signed_before_everything_held_was_looked_at_and_one_press_does_for_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, typed) = to_sign(&mut vault);
    assert_eq!(missing(&mut vault, id, &typed), ["extent"]);
    let view = choose(&mut vault, id, "breakfast", Choice::Goes);
    assert_eq!((view.count.goes, view.count.open, view.lines.len()), (1, 2, 3));
    choose(&mut vault, id, "asked for help", Choice::WithoutName);
    let view = act(&mut vault, id, &ExtentMove::RestStays);
    assert!(view.missing.is_empty() && view.more.is_empty(), "{view:?}");
    let signed = sign_off(&mut vault, id, typed, at(86)).unwrap();
    let extent = signed.extent.unwrap();
    assert_eq!((extent.count.leaves(), extent.count.held), (2, 3));
    let goes: Vec<_> = extent.goes.iter().map(|one| (one.text.as_str(), one.nameless)).collect();
    assert!(goes.contains(&("Ayla comes without breakfast", false)), "{goes:?}");
    assert!(goes.contains(&("Jo Sampleton asked for help with the mornings", true)), "{goes:?}");
    assert_eq!(extent.staying[0].why, WhyStays::NotNeeded);
    // The paper of the decision says what goes, what stays and why.
    let path = dir.path().join("decision.pdf");
    paper::save_decision_pdf(&mut vault, id, &path, at(90)).unwrap();
    let pages = everything_in(&path).remove(0).1;
    let pages = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["2 of 3 notes go", "1 of them without a name", "1 stay: not needed for this"] {
        assert!(pages.contains(said), "{said}: {pages}");
    }
    // What is written down of the share carries it, where somebody says that this is what went.
    let left = DisclosureInput {
        decision: Some(id),
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: String::new(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        in_danger: false,
        route: Some(Route::SecureEmail),
        what: "The mornings".into(),
        why: "Breakfast".into(),
        limits: String::new(),
        happened: false,
        names_meant: true,
        as_decided: true,
    };
    children::record_disclosure(&mut vault, case, left, at(95)).unwrap();
    let file = children::child_file(&mut vault, case, at(96)).unwrap();
    assert_eq!(file.disclosures[0].went.map(|one| (one.leaves(), one.held)), Some((2, 3)));
}

#[test]
fn what_was_chosen_for_one_recipient_is_not_taken_over_for_another() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, id, typed) = to_sign(&mut vault);
    act(&mut vault, id, &ExtentMove::RestStays);
    let mut other = typed;
    other.recipient.name = "Mr Mockfield".into();
    assert_eq!(missing(&mut vault, id, &other), ["extent"], "it was looked through for Mrs Fictley");
    decide::save_sign_off(&mut vault, id, other, at(84)).unwrap();
    let view = decide::extent(&vault, id, 0, at(84)).unwrap();
    assert_eq!((view.count.open, view.cleared), (3, true));
}

#[test]
fn a_note_that_is_corrected_after_it_was_looked_at_is_looked_at_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, typed) = to_sign(&mut vault);
    let view = act(&mut vault, id, &ExtentMove::RestStays);
    let line = &view.lines[0];
    let again = item("She was never convicted", vec![]);
    children::amend_item(&mut vault, case, line.item, again, "It was her sister.", at(83)).unwrap();
    assert_eq!(missing(&mut vault, id, &typed), ["extent"]);
    let view = decide::extent(&vault, id, 0, at(84)).unwrap();
    assert_eq!(view.count.open, 1);
}

#[test]
fn more_than_the_purpose_needs_is_asked_about_and_answered_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, id, typed) = to_sign(&mut vault);
    choose(&mut vault, id, "convicted", Choice::Goes);
    let view = act(&mut vault, id, &ExtentMove::RestStays);
    assert_eq!(view.more.iter().map(|one| (one.more, one.count)).collect::<Vec<_>>(), [(More::Offence, 1)]);
    assert_eq!(missing(&mut vault, id, &typed), ["extent_more"]);
    let why = ExtentMove::Needed { more: More::Offence, why: "The school keeps the till.".into() };
    act(&mut vault, id, &why);
    sign_off(&mut vault, id, typed, at(86)).unwrap();
}

#[test]
fn a_reason_is_asked_once_for_what_stays_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, id, typed) = to_sign(&mut vault);
    for text in ["breakfast", "asked for help", "convicted"] {
        choose(&mut vault, id, text, Choice::Stays);
    }
    assert_eq!(missing(&mut vault, id, &typed), ["extent_why"]);
    let because = |why, words: &str| ExtentMove::Because { why, words: words.into() };
    act(&mut vault, id, &because(WhyStays::Other, ""));
    assert_eq!(missing(&mut vault, id, &typed), ["extent_words"]);
    act(&mut vault, id, &because(WhyStays::Other, "The court asked us to wait."));
    let signed = sign_off(&mut vault, id, typed, at(86)).unwrap();
    assert_eq!(signed.extent.unwrap().staying[0].words, "The court asked us to wait.");
    let none = ExtentMove::Because { why: WhyStays::Blank, words: String::new() };
    let refused = Failure::from(decide::move_extent(&mut vault, id, &none, 0, at(87)).unwrap_err());
    assert!(refused.fields.is_empty(), "what is signed is chosen no more");
}

#[test]
fn where_harm_is_suspected_nothing_waits_for_the_choice_and_it_can_still_be_made() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    children::add_item(&mut vault, case, item("A burn on her hand", vec![child]), at(4)).unwrap();
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", words("unsafe", "He would be told.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        (row.when, row.why) = (WhenTold::Later, "When social care say so.".into());
    }
    let view = decide::extent(&vault, outcome.decision, 0, at(75)).unwrap();
    assert!(view.may_wait && view.count.open == 1);
    assert!(view.lines[0].verdict.may());
    let id = decide::sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    assert_eq!(decide::decision(&vault, id, at(81)).unwrap().extent, None, "it was left, and says nothing");
}

#[test]
fn where_nothing_is_held_nothing_more_is_asked() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    assert_eq!(decide::check(&vault, outcome.decision, at(79)).unwrap().extent, None);
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        row.when = WhenTold::Now;
    }
    decide::sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
}
