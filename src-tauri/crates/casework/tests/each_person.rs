//! Who is told is answered for a person, and stays theirs: whoever is added, renamed or answered anew in between, no
//! answer moves to another.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::views::{BeginInput, Place, QuestionView, StepKind, TieInput};
use sharewell_casework::{Code, Failure, Vault, children, decide};
use sharewell_records::{
    Answer, CaseId, ParentalResponsibility, PersonChoice, PersonId, PersonRole, RelationshipKind, Trigger,
};
use support::*;

fn add(vault: &mut Vault, case: CaseId, child: PersonId, name: &str, minute: i64) -> PersonId {
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::OtherRelative),
        parental_responsibility: Some(ParentalResponsibility::DoesNotHold),
        same_home: Some(false),
        note: String::new(),
    };
    children::add_person(vault, case, person(name, PersonRole::OtherAdult), Some(tie), at(minute)).unwrap()
}

/// The first question that is asked about each person.
fn about_each(vault: &mut Vault, case: CaseId) -> QuestionView {
    let mut place = decide::begin_decision(vault, case, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    for minute in 11..80 {
        let question = match &place {
            Place::Question { question } => (**question).clone(),
            Place::Outcome { outcome } => {
                let next = outcome.write_up_next.as_ref().expect("who is told is asked");
                decide::question(vault, outcome.decision, next, at(minute)).unwrap()
            }
            Place::Signed { .. } => panic!("nothing was signed"),
        };
        if question.step.kind == StepKind::EachPerson {
            return question;
        }
        let answer = reply(&question, &refusal());
        place = decide::answer(vault, question.decision, &question.step.id, answer, at(minute)).unwrap();
    }
    panic!("the questions do not end")
}

/// What stands for each person in a question, by their id.
fn given(question: &QuestionView) -> Vec<(PersonId, String, String)> {
    let Some(Answer::EachPerson { rows }) = &question.answer else { return Vec::new() };
    rows.iter().map(|row| (row.person.unwrap(), row.name.clone(), row.value.clone())).collect()
}

#[test]
fn an_answer_hangs_on_its_person_whoever_is_added_renamed_or_answered_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let father = add(&mut vault, case, child, "Corey Notreal", 5);
    let aunt = add(&mut vault, case, child, "Una Mockford", 6);
    let question = about_each(&mut vault, case);
    let values: Vec<String> = question.step.options.iter().map(|option| option.value.clone()).collect();
    assert!(values.len() >= 3, "now, later and not");
    let said = |who: PersonId| match who {
        one if one == mother => values[0].clone(),
        one if one == father => values[1].clone(),
        one if one == aunt => values[2].clone(),
        _ => values[0].clone(),
    };
    let row = |person: PersonId, name: &str, value: &str| PersonChoice {
        person: Some(person),
        name: name.into(),
        value: value.into(),
        reason: "agreed with social care".into(),
    };
    // The page sends them in another order than the file has them.
    let mut rows: Vec<PersonChoice> =
        question.people.iter().map(|one| row(one.id, &one.name, &said(one.id))).collect();
    rows.reverse();
    let (decision, step) = (question.decision, question.step.id.clone());
    decide::answer(&mut vault, decision, &step, Answer::EachPerson { rows: rows.clone() }, at(100)).unwrap();

    // Somebody is added, who comes before the others in some orders, and one is renamed.
    let grandmother = add(&mut vault, case, child, "Ada Placeholder", 101);
    let renamed = person("Zed Notreal", PersonRole::OtherAdult);
    children::amend_person(&mut vault, case, father, renamed, "he uses another name", at(102)).unwrap();
    let again = decide::question(&vault, decision, &step, at(103)).unwrap();
    let stands = given(&again);
    for who in [mother, father, aunt] {
        let (_, _, value) =
            stands.iter().find(|(person, ..)| *person == who).expect("nobody lost their answer");
        assert_eq!(*value, said(who));
    }
    assert!(again.people.iter().any(|one| one.id == grandmother), "the new one is asked about");
    assert!(!stands.iter().any(|(person, ..)| *person == grandmother), "and nothing moved up to them");
    assert!(again.people.iter().any(|one| one.id == father && one.name == "Zed Notreal"));

    // Given again without the new one, the page is told whose row is missing; changing one changes that one alone.
    let short =
        decide::answer(&mut vault, decision, &step, Answer::EachPerson { rows: rows.clone() }, at(104));
    let failure = Failure::from(short.unwrap_err());
    assert!(failure.fields.iter().any(|one| one.code == Code::PersonRowMissing), "{failure:?}");
    rows.push(row(grandmother, "Ada Placeholder", &values[0]));
    for one in &mut rows {
        if one.person == Some(father) {
            one.value.clone_from(&values[2]);
        }
    }
    decide::answer(&mut vault, decision, &step, Answer::EachPerson { rows }, at(105)).unwrap();
    let changed = given(&decide::question(&vault, decision, &step, at(106)).unwrap());
    for (who, value) in
        [(mother, &values[0]), (father, &values[2]), (aunt, &values[2]), (grandmother, &values[0])]
    {
        assert_eq!(changed.iter().find(|(person, ..)| *person == who).map(|(.., value)| value), Some(value));
    }
}
