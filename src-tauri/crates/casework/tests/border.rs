//! Across a border (D5 of the field cases): a file is given another nation in the middle of a decision.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, decide, today};
use support::*;

/// Answers until the nation moves, so many questions.
fn begun(vault: &mut Vault, case: CaseId, questions: i64) -> (DecisionId, Vec<StepId>) {
    let mut place = decide::begin_decision(vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let mut steps = Vec::new();
    for minute in 11..11 + questions {
        let question = asked(&place).clone();
        steps.push(question.step.id.clone());
        let answer = reply(&question, &refusal());
        place = decide::answer(vault, decision, &question.step.id, answer, at(minute)).unwrap();
    }
    (decision, steps)
}

fn code<T: std::fmt::Debug>(result: sharewell_casework::Result<T>) -> Code {
    Failure::from(result.unwrap_err()).code
}

#[test]
fn a_begun_decision_stops_says_why_and_begins_anew_with_what_still_holds() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let (decision, steps) = begun(&mut vault, case, 4);
    assert!(children::nation_warning(&vault, case, Nation::England).unwrap().is_none(), "nothing changes");
    let warned = children::nation_warning(&vault, case, Nation::Scotland).unwrap().unwrap();
    assert_eq!((warned.own, warned.begun), (Nation::England, 1));
    let numbers: Vec<&str> = warned.numbers.iter().map(|one| one.phone.as_str()).collect();
    assert!(numbers.contains(&"01632 960203"), "the practitioner's own front door: {numbers:?}");
    let unseen = children::amend_case(&mut vault, case, "FCH-1", Nation::Scotland, "Moved", false, at(29));
    let faults = Failure::from(unseen.unwrap_err()).fields;
    assert_eq!(faults.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["seen"]);
    let going_on =
        children::amend_case(&mut vault, case, "FCH-1", Nation::England, "Typed again", true, at(30));
    going_on.unwrap();
    assert!(matches!(decide::place(&vault, decision, at(31)).unwrap(), Place::Question { .. }));

    children::amend_case(&mut vault, case, "FCH-1", Nation::Scotland, "They moved to Berwick", true, at(40))
        .unwrap();
    assert_eq!(code(decide::place(&vault, decision, at(41))), Code::NationChanged);
    assert_eq!(code(decide::question(&vault, decision, &steps[0], at(41))), Code::NationChanged);
    assert_eq!(
        code(decide::answer(&mut vault, decision, &steps[0], choice("yes"), at(41))),
        Code::NationChanged
    );
    assert_eq!(code(decide::check(&vault, decision, at(41))), Code::NationChanged);
    let why = decide::nation_change(&vault, decision, at(42)).unwrap();
    assert_eq!((why.was, why.now, why.child.as_str()), (Nation::England, Nation::Scotland, "Ayla Sampleton"));
    assert_eq!(today::today(&vault, at(42)).unwrap().drafts[0].id, decision, "it is not lost");

    let place = decide::begin_anew(&mut vault, decision, at(43)).unwrap();
    let question = asked(&place);
    assert_eq!((question.decision, question.nation), (decision, Nation::Scotland));
    let kept: Vec<&StepId> = question.answers.iter().map(|line| &line.step).collect();
    assert!(kept.contains(&&steps[0]), "danger is asked there in the same words: {kept:?}");
    assert_eq!(code(decide::nation_change(&vault, decision, at(44))), Code::NotFound, "it goes on");
    let outcome = answer_from(&mut vault, place, &refusal(), 50);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(120)).unwrap();
    assert_eq!(signed.nation, Nation::Scotland);
    assert_eq!(signed.pack.nation, Nation::Scotland, "and its duties and holidays are that nation's");
}

#[test]
fn a_file_that_is_given_its_nation_back_goes_on_and_a_linked_decision_of_another_nation_never_stops() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let (decision, _) = begun(&mut vault, case, 2);
    let move_to = |vault: &mut Vault, nation, minute| {
        children::amend_case(vault, case, "FCH-1", nation, "Moved", true, at(minute)).unwrap();
    };
    move_to(&mut vault, Nation::NorthernIreland, 20);
    assert_eq!(code(decide::place(&vault, decision, at(21))), Code::NationChanged);
    move_to(&mut vault, Nation::England, 22);
    assert!(decide::place(&vault, decision, at(23)).is_ok());
    decide::discard_draft(&mut vault, decision, "Begun twice", at(24)).unwrap();

    let elsewhere = BeginInput { nation: Some(Nation::Wales), ..BeginInput::of(Trigger::Worry) };
    let place = decide::begin_decision(&mut vault, case, &elsewhere, at(25)).unwrap();
    assert_eq!(asked(&place).nation, Nation::Wales);
    assert!(decide::place(&vault, asked(&place).decision, at(26)).is_ok());
}

#[test]
fn a_signed_decision_keeps_its_nation_and_its_guidance_and_both_numbers_stay() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut new = new_case("Ayla Sampleton", Nation::England);
    let health_and_care = Identifier::of(IdentifierKind::HcNumber, "320 000 0007".into());
    if let Err(error) = children::open_case(
        &mut vault,
        NewCase {
            child: PersonInput { identifiers: vec![health_and_care.clone()], ..new.child.clone() },
            ..new.clone()
        },
        at(1),
    ) {
        panic!("the number holds: {:?}", Failure::from(error));
    }
    new.child.name = "Bea Sampleton".into();
    new.child.identifiers = vec![
        Identifier::of(IdentifierKind::NhsNumber, number_of("Bea Sampleton")),
        Identifier::of(IdentifierKind::HcNumber, "320 000 0015".into()),
    ];
    let case = children::open_case(&mut vault, new, at(2)).unwrap();
    let numbers = |vault: &Vault| {
        let child = children::file_head(vault, case, at(3)).unwrap().child.person;
        child.identifiers.into_iter().map(|one| one.kind).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&vault), [IdentifierKind::NhsNumber, IdentifierKind::HcNumber]);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let signed = sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let duties = today::duties_of(&vault, case, None, at(81)).unwrap();

    children::amend_case(&mut vault, case, "FCH-1", Nation::NorthernIreland, "Moved to Newry", true, at(90))
        .unwrap();
    let after = decide::decision(&vault, outcome.decision, at(91)).unwrap();
    assert_eq!((after.nation, &after.pack_hash), (Nation::England, &signed.pack_hash));
    let then = today::duties_of(&vault, case, None, at(81)).unwrap();
    let told =
        |file: &FileDuties| file.lines.iter().map(|one| (one.title.clone(), one.due)).collect::<Vec<_>>();
    assert_eq!(told(&duties), told(&then), "what follows from it keeps its words and its days");
    assert_eq!(
        numbers(&vault),
        [IdentifierKind::NhsNumber, IdentifierKind::HcNumber],
        "neither took the other's place"
    );
}

#[test]
fn what_was_typed_and_the_advice_that_was_taken_stay_when_a_decision_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    // The adviser of England is asked; in Scotland the question is worded otherwise.
    let said: Vec<_> = gates(&[("purpose", choice("not_sure"))]);
    let place = decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(5)).unwrap();
    let outcome = answer_from(&mut vault, place, &said, 10);
    let mut typed = signing(&outcome);
    typed.reasons = "Mornings without breakfast, four weeks running.".into();
    typed.what = "That Ayla comes without breakfast.".into();
    decide::save_sign_off(&mut vault, outcome.decision, typed, at(80)).unwrap();
    let told = |vault: &mut Vault| {
        let file = children::child_file(vault, case, at(100)).unwrap();
        file.timeline.iter().filter(|line| matches!(line.what, TimelineWhat::Advice { .. })).count()
    };
    assert_eq!(told(&mut vault), 0, "it is written down with the signature");
    let asked = |line: &AnswerLine| matches!(line.answer, AnswerParts::Adviser { .. });
    assert!(outcome.answers.iter().any(asked), "somebody was asked: {:?}", outcome.answers);

    children::amend_case(&mut vault, case, "FCH-1", Nation::Scotland, "They moved to Berwick", true, at(90))
        .unwrap();
    let place = decide::begin_anew(&mut vault, outcome.decision, at(91)).unwrap();
    assert!(told(&mut vault) > 0, "what the adviser said was said, whatever is asked now");
    let outcome = answer_from(&mut vault, place, &refusal(), 100);
    assert_eq!(outcome.draft.reasons, "Mornings without breakfast, four weeks running.");
    assert_eq!(outcome.draft.what, "That Ayla comes without breakfast.");
}
