//! Who may answer in a file: whom the rules let decide, what is asked of competence, what an answer replaces, and what a
//! birthday or an end leaves to be done in all files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[path = "support/asking.rs"]
mod asking;
mod support;

use asking::*;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Vault, children, consent, today};
use support::*;

/// The father, of whom the ties say whether he holds responsibility.
fn father(vault: &mut Vault, case: CaseId, child: PersonId, holds: ParentalResponsibility) -> PersonId {
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Father),
        parental_responsibility: Some(holds),
        same_home: Some(false),
        note: "Birth certificate seen".into(),
    };
    children::add_person(vault, case, person("Sam Sampleton", PersonRole::Parent), Some(tie), at(4)).unwrap()
}

fn young(vault: &mut Vault, born: Day) -> (CaseId, PersonId, PersonId) {
    let mut new = new_case("Bo Sampleton", Nation::England);
    new.child.birth = Some(Birth::Born { on: born }.into());
    let case = children::open_case(vault, new, at(1)).unwrap();
    let child = children::file_head(vault, case, at(2)).unwrap().child.person.id;
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Mother),
        parental_responsibility: Some(ParentalResponsibility::Holds),
        same_home: Some(true),
        note: String::new(),
    };
    let mother =
        children::add_person(vault, case, person("Jo Sampleton", PersonRole::Parent), Some(tie), at(3))
            .unwrap();
    (case, child, mother)
}

fn givers(vault: &Vault, case: CaseId, owed: PersonId, able: Option<AbleToDecide>) -> GiversView {
    let asked = GiversAsked { owed, sense: Some(ConsentSense::Confidence), able };
    consent::consent_givers(vault, case, &asked, at(30)).unwrap()
}

#[test]
fn the_people_of_the_file_are_offered_with_what_the_rules_say_of_each() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let father = father(&mut vault, case, child, ParentalResponsibility::NotKnown);
    let view = givers(&vault, case, child, Some(AbleToDecide::NotAble));
    assert_eq!(view.competence, CompetenceAsked::Asked, "seven, in England");
    let told: Vec<_> = view
        .people
        .iter()
        .map(|one| {
            let said = one.said.as_ref().unwrap();
            (one.person, said.stands_as, said.may.unwrap())
        })
        .collect();
    let expected = [
        (child, GiverKind::Child, MayConsent::MayNot),
        (mother, GiverKind::ParentWith, MayConsent::May),
        (father, GiverKind::ParentWithout, MayConsent::MayNot),
    ];
    assert_eq!(told, expected, "responsibility is never assumed");
    let said = view.people[1].said.as_ref().unwrap();
    assert!(said.why.starts_with("Ayla cannot decide this yet. Jo Sampleton holds"), "{}", said.why);
    assert!(!said.sources.is_empty());
    assert_eq!(view.people[2].note, "Birth certificate seen");
    let kin = view.others.iter().find(|one| one.stands_as == GiverKind::NextOfKin).unwrap();
    assert!(kin.why.ends_with("This person is heard."), "{}", kin.why);
}

#[test]
fn an_answer_of_somebody_who_may_not_decide_is_kept_and_never_counted() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let father = father(&mut vault, case, child, ParentalResponsibility::DoesNotHold);
    let no = ConsentInput {
        giver: Some(father),
        answers: vec![ConsentAnswerInput {
            what: ConsentThing::Kind { kind: InfoKind::Health },
            recipient: 0,
            answer: ConsentAnswer::No,
        }],
        ..answered(child, mother)
    };
    consent::record_consent(&mut vault, case, &answered(child, mother), at(5)).unwrap();
    consent::record_consent(&mut vault, case, &no, at(6)).unwrap();
    assert_eq!(states(&vault, case, at(7)), [ConsentState::Given, ConsentState::Refused], "he has no say");
    // Whoever says on the form that he holds it says what the file does not: it is shown with the answer.
    let holds = ConsentInput { stands_as: Some(GiverKind::ParentWith), ..no };
    consent::record_consent(&mut vault, case, &holds, at(8)).unwrap();
    assert_eq!(states(&vault, case, at(9))[0], ConsentState::Disagree);
    let page = consent::consent_page(&vault, case, at(9)).unwrap();
    assert!(page.matters[0].rows[0].cells[0].apart && !page.matters[0].rows[0].cells[1].apart);
    assert!(page.timeline[0].not_shown_to_hold);
}

#[test]
fn from_sixteen_the_young_person_answers_and_nobody_is_asked_whether_they_can() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = young(&mut vault, day(2010, 1, 2));
    assert_eq!(givers(&vault, case, child, None).competence, CompetenceAsked::Presumed);
    let unasked = ConsentInput { able: None, shows: String::new(), ..answered(child, mother) };
    consent::record_consent(&mut vault, case, &unasked, at(5)).unwrap();
    let heard = states(&vault, case, at(6));
    assert_eq!(heard, [ConsentState::NotAsked, ConsentState::NotAsked], "her mother is heard");
    let own = ConsentInput { giver: Some(child), ..unasked.clone() };
    consent::record_consent(&mut vault, case, &own, at(7)).unwrap();
    assert_eq!(states(&vault, case, at(8)), [ConsentState::Given, ConsentState::Refused]);
    // What is shown against it has to be shown.
    let doubted = ConsentInput { able: Some(AbleToDecide::NotAble), ..own };
    assert_eq!(
        faults(consent::record_consent(&mut vault, case, &doubted, at(9))),
        [("shows".to_owned(), Code::Missing)]
    );
}

#[test]
fn competence_is_asked_of_a_child_of_seven_and_not_of_an_infant() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let unasked = ConsentInput { able: None, shows: String::new(), ..answered(child, mother) };
    assert_eq!(
        faults(consent::record_consent(&mut vault, case, &unasked, at(5))),
        [("able".to_owned(), Code::Missing)]
    );
    let dir = tempfile::tempdir().unwrap();
    let mut vault = support::vault(dir.path());
    let (case, child, mother) = young(&mut vault, day(2026, 3, 1));
    let unasked = ConsentInput { able: None, shows: String::new(), ..answered(child, mother) };
    consent::record_consent(&mut vault, case, &unasked, at(5)).unwrap();
    assert_eq!(states(&vault, case, at(6)), [ConsentState::Given, ConsentState::Refused]);
}

#[test]
fn an_answer_can_take_the_place_of_what_was_said_for_another_purpose_and_both_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    consent::record_consent(&mut vault, case, &answered(child, mother), at(5)).unwrap();
    let before = withdrawn(child, mother).of.purpose;
    let after = ConsentInput {
        purpose: "Breakfast and lunch club".into(),
        replaces: vec![before.clone()],
        ..answered(child, mother)
    };
    let foreign = ConsentPurpose { kind: PurposeKind::Home, words: "Something else".into() };
    let wrong = ConsentInput { replaces: vec![foreign], ..after.clone() };
    assert_eq!(
        faults(consent::record_consent(&mut vault, case, &wrong, at(6))),
        [("replaces".to_owned(), Code::NotAnOption)]
    );
    consent::record_consent(&mut vault, case, &after, at(6)).unwrap();
    let page = consent::consent_page(&vault, case, at(7)).unwrap();
    let of = |words: &str| page.matters.iter().find(|one| one.purpose.words == words).unwrap();
    assert_eq!(of("Breakfast club").rows[0].cells[0].state, ConsentState::Superseded);
    assert_eq!(of("Breakfast and lunch club").rows[0].cells[0].state, ConsentState::Given);
    let first = page.timeline.last().unwrap();
    assert_eq!((first.replaced_by.as_slice(), first.stands), ([at(6)].as_slice(), false));
    let open = titles(&vault, case, at(7));
    assert_eq!(open.len(), 1, "nobody is asked again about what was replaced: {open:?}");
}

#[test]
fn a_birthday_asks_the_young_person_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = young(&mut vault, day(2014, 11, 2));
    let open = ConsentInput { until: DayTyped::default(), ..answered(child, mother) };
    consent::record_consent(&mut vault, case, &open, at(5)).unwrap();
    let duties = titles(&vault, case, at(6));
    assert_eq!(duties, ["Ask Bo Sampleton themselves: they are 12 now, and Jo Sampleton agreed for them"]);
    let later = moment("2026-11-03T09:00:00Z");
    assert_eq!(states(&vault, case, later), [ConsentState::Given, ConsentState::Refused]);
    let own = ConsentInput {
        giver: Some(child),
        able: Some(AbleToDecide::Able),
        shows: "She said it back".into(),
        ..open
    };
    consent::record_consent(&mut vault, case, &own, later).unwrap();
    consent::record_consent(&mut vault, case, &answered(child, mother), later).unwrap();
    let left = titles(&vault, case, moment("2026-11-04T09:00:00Z"));
    assert!(left.iter().all(|title| !title.contains("12 now")), "{left:?}");
}

#[test]
fn what_runs_out_and_whom_to_tell_stands_in_one_list_over_all_files() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    consent::record_consent(&mut vault, case, &answered(child, mother), at(5)).unwrap();
    let (other, bo, jo) = young(&mut vault, day(2018, 1, 2));
    consent::record_consent(&mut vault, other, &answered(bo, jo), at(6)).unwrap();
    let list = today::duties_of_consent(&vault, None, at(7)).unwrap();
    assert_eq!((list.lines.len(), list.more), (2, false), "an end in each file, and nothing else");
    let behind = today::duties_of_consent(&vault, Some(list.lines[0].id), at(7)).unwrap();
    assert_eq!(behind.lines.len(), 1);
    assert_eq!(behind.lines[0].id, list.lines[1].id);
}

#[test]
fn the_rules_are_read_as_a_table_in_the_library_and_printed() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(dir.path());
    for nation in Nation::ALL {
        let table = consent::givers_table(&vault, nation, at(5)).unwrap();
        assert!(table.rows.len() > 30 && table.rows.iter().all(|row| !row.sources.is_empty()));
        assert!(table.rows.iter().all(|row| !row.why.contains('{')), "every place in a reason is filled");
    }
    let pack = &sharewell_casework::guidance::serving::built_in_for_day(Nation::Scotland, day(2026, 10, 6))
        .unwrap()
        .pack;
    let text = consent::givers_text(pack, sharewell_casework::Language::default()).unwrap();
    assert!(text.contains("From 12 the child is taken to understand"), "{text}");
    assert!(text.contains("DPA208: Data Protection Act 2018, section 208"), "{text}");
    assert!(text.contains("(not confirmed)"), "{text}");
}
