//! Consent in a file: what a form must have, what stands, what taking it back shows and leaves to be done, and that nothing
//! is left to be done that the record shows to be done.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[path = "support/asking.rs"]
mod asking;
mod support;

use asking::*;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, children, consent};
use support::*;

#[test]
fn a_consent_that_says_nothing_is_told_everything_that_it_lacks_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let empty = ConsentInput {
        owed: None,
        sense: None,
        purpose_kind: None,
        purpose: String::new(),
        giver: None,
        stands_as: None,
        able: None,
        kinds: vec![],
        recipients: vec![],
        answers: vec![],
        method: ConsentMethodInput::default(),
        when: None,
        ..answered(child, mother)
    };
    let missing: Vec<String> = faults(consent::record_consent(&mut vault, case, &empty, at(5)))
        .into_iter()
        .map(|(field, code)| {
            assert_eq!(code, Code::Missing, "{field}");
            field
        })
        .collect();
    let fields = [
        "owed",
        "sense",
        "purpose_kind",
        "purpose",
        "kinds",
        "recipients",
        "giver",
        "stands_as",
        "answers",
        "how",
        "when",
    ];
    assert_eq!(missing, fields);
    assert!(consent::consent_page(&vault, case, at(6)).unwrap().timeline.is_empty(), "nothing was written");
}

#[test]
fn spoken_consent_takes_the_words_and_a_witness_or_why_there_was_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let bare = ConsentMethodInput { how: Some(ConsentHow::Spoken), ..ConsentMethodInput::default() };
    let typed = ConsentInput { method: bare, ..answered(child, mother) };
    let wrong = faults(consent::record_consent(&mut vault, case, &typed, at(5)));
    assert_eq!(wrong, [("said".to_owned(), Code::Missing), ("no_witness".to_owned(), Code::Missing)]);
}

#[test]
fn what_bears_on_safety_is_not_asked_for_as_help_and_nobody_answers_in_a_capacity_that_is_not_theirs() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let safety = ConsentInput {
        kinds: vec![InfoKind::Health, InfoKind::Safeguarding],
        stands_as: Some(GiverKind::Child),
        ..answered(child, mother)
    };
    let wrong = faults(consent::record_consent(&mut vault, case, &safety, at(5)));
    assert_eq!(wrong, [("kinds".to_owned(), Code::NotAnOption), ("stands_as".to_owned(), Code::NotAnOption)]);
}

#[test]
fn a_yes_and_a_no_stand_beside_each_recipient_with_the_words_that_were_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let typed = answered(child, mother);
    let read = consent::consent_wording(&vault, case, &typed, at(5)).unwrap();
    consent::record_consent(&mut vault, case, &typed, at(5)).unwrap();
    assert_eq!(states(&vault, case, at(6)), [ConsentState::Given, ConsentState::Refused]);
    let page = consent::consent_page(&vault, case, at(6)).unwrap();
    let line = &page.timeline[0];
    let wording = line.wording.as_ref().unwrap();
    assert_eq!(wording.text, read);
    assert!(wording.is_whole() && read.contains("Madeup Primary") && read.contains("Breakfast club"));
    assert_eq!((line.words.as_str(), line.giver.as_str()), ("The school yes, the doctor no", "Jo Sampleton"));
    assert!(!line.not_shown_to_hold, "the ties show that she holds responsibility");
    let story = children::child_file(&mut vault, case, at(7)).unwrap();
    let told = story.timeline.iter().find_map(|line| match &line.what {
        TimelineWhat::Other { kind, name, reason } if kind == "consent_recorded" => Some((name, reason)),
        _ => None,
    });
    let (name, reason) = told.unwrap();
    assert_eq!(name, "Madeup Primary, Madeup Surgery");
    assert!(reason.contains("Jo Sampleton") && reason.contains("no"), "{reason}");
}

#[test]
fn an_end_is_asked_about_ahead_and_no_more_once_the_record_shows_that_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let typed = answered(child, mother);
    consent::record_consent(&mut vault, case, &typed, at(5)).unwrap();
    let open = titles(&vault, case, at(6));
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].contains("Jo Sampleton") && open[0].contains("1 March 2027"), "{open:?}");
    let again = ConsentInput { until: DayTyped::from(day(2027, 9, 1)), ..typed };
    consent::record_consent(&mut vault, case, &again, at(7)).unwrap();
    let open = titles(&vault, case, at(8));
    assert_eq!(open.len(), 1, "the earlier one is closed: {open:?}");
    assert!(open[0].contains("1 September 2027"), "{open:?}");
    consent::withdraw_consent(&mut vault, case, &withdrawn(child, mother), at(9)).unwrap();
    assert!(titles(&vault, case, at(10)).is_empty(), "nothing is left to ask about");
}

#[test]
fn taking_it_back_shows_who_was_told_what_ends_it_for_them_and_tells_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    consent::record_consent(
        &mut vault,
        case,
        &ConsentInput { until: DayTyped::default(), ..answered(child, mother) },
        at(5),
    )
    .unwrap();
    let left = DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: "Pat Mockford".into(),
        recipient_role: "Head, Madeup Primary".into(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::KnownToMe),
        checked: String::new(),
        in_danger: false,
        route: Some(Route::Telephone),
        what: "That she comes without breakfast".into(),
        why: "Breakfast club".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    children::record_disclosure(&mut vault, case, left, at(6)).unwrap();
    let typed = withdrawn(child, mother);
    let view = consent::withdrawal(&vault, case, &typed.of, at(7)).unwrap();
    assert_eq!(view.recipients.len(), 1, "the surgery has no yes to take back");
    assert_eq!(view.recipients[0].told[0].what, "That she comes without breakfast");
    assert!(view.recipients[0].notice.contains("Madeup Primary"));
    let unasked = WithdrawalInput { pressed: None, harm: None, ..typed.clone() };
    let wrong = faults(consent::withdraw_consent(&mut vault, case, &unasked, at(8)));
    assert_eq!(wrong, [("pressed".to_owned(), Code::Missing), ("harm".to_owned(), Code::Missing)]);
    consent::withdraw_consent(&mut vault, case, &typed, at(8)).unwrap();
    assert_eq!(states(&vault, case, at(9)), [ConsentState::Withdrawn, ConsentState::Refused]);
    let open = titles(&vault, case, at(9));
    assert!(open.iter().any(|title| title == "Tell Madeup Primary that a permission ended"), "{open:?}");
    let stood = consent::consent_page(&vault, case, at(6)).unwrap();
    assert_eq!(stood.matters[0].rows[0].cells[0].state, ConsentState::Given, "it stood on that day");
}

#[test]
fn what_was_never_true_acts_backwards_and_what_went_is_looked_at_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let id = consent::record_consent(&mut vault, case, &answered(child, mother), at(5)).unwrap();
    assert_eq!(
        faults(consent::strike_consent(&mut vault, case, id, " ", at(6))),
        [("reason".to_owned(), Code::ReasonMissing)]
    );
    let struck = consent::strike_consent(&mut vault, case, id, "It is another child's", at(6)).unwrap();
    assert_eq!(states(&vault, case, at(7)), [ConsentState::InError, ConsentState::InError]);
    assert!(titles(&vault, case, at(7)).is_empty(), "an end that never was is asked of nobody");
    assert!(consent::strike_consent(&mut vault, case, id, "twice", at(8)).is_err());
    assert!(consent::withdrawal(&vault, case, &withdrawn(child, mother).of, at(8)).is_err());
    consent::strike_consent(&mut vault, case, struck, "It is this child's after all", at(9)).unwrap();
    assert_eq!(states(&vault, case, at(10)), [ConsentState::Given, ConsentState::Refused]);
}

#[test]
fn nobody_asked_is_written_with_its_reason_and_takes_nothing_from_an_answer() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let typed = ConsentInput {
        act: Some(ConsentActKind::NotSought),
        not_sought: Some(NotSoughtWhy::ChildHarm),
        giver: None,
        ..answered(child, mother)
    };
    consent::record_consent(&mut vault, case, &typed, at(5)).unwrap();
    assert_eq!(states(&vault, case, at(6)), [ConsentState::NotSought, ConsentState::NotSought]);
    let unsaid = ConsentInput { not_sought: None, ..typed };
    assert_eq!(
        faults(consent::record_consent(&mut vault, case, &unsaid, at(7))),
        [("not_sought".to_owned(), Code::Missing)]
    );
    consent::record_consent(&mut vault, case, &answered(child, mother), at(8)).unwrap();
    assert_eq!(states(&vault, case, at(9)), [ConsentState::Given, ConsentState::Refused]);
}
