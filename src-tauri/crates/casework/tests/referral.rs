//! Confirming in writing: what the text holds, whom it never names, and what closes the duty.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, paper, today};
use support::harmed::{Harmed, harmed, signed};
use support::pdf::everything_in;
use support::*;

/// A file with something of each mark, and a signed decision that a child is harmed.
fn decided(vault: &mut Vault) -> (CaseId, PersonId, ObligationId) {
    let Harmed { case, mother, outcome, .. } = harmed(vault);
    signed(vault, &outcome);
    let view = children::child_file(vault, case, at(81)).unwrap();
    let duty = view.to_do.iter().find(|one| one.duty == Duty::ConfirmInWriting).unwrap().id;
    (case, mother, duty)
}

fn section(view: &ReferralView, part: ReferralPart) -> &ReferralSection {
    view.sections.iter().find(|one| one.part == part).unwrap()
}

fn is_open(vault: &mut Vault, case: CaseId, duty: ObligationId) -> bool {
    children::child_file(vault, case, at(200)).unwrap().to_do.iter().any(|one| one.id == duty)
}

/// Chooses what goes along; whatever is not named stays.
fn choose(vault: &mut Vault, duty: ObligationId, goes: impl Fn(&ExtentLine) -> Choice) {
    let lines = paper::extent_of_duty(vault, duty, 0, at(85)).unwrap().lines;
    for line in lines {
        let act = ExtentMove::Choose { item: line.item, choice: goes(&line) };
        paper::move_extent_of_duty(vault, duty, &act, 0, at(85)).unwrap();
    }
}

fn everything(vault: &mut Vault, duty: ObligationId) {
    choose(vault, duty, |_| Choice::Goes);
}

#[test]
fn the_text_for_the_form_is_made_of_the_decision_and_the_file_with_each_statement_under_its_mark() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, _, duty) = decided(&mut vault);
    everything(&mut vault, duty);
    let view = paper::referral(&vault, duty, at(90)).unwrap();
    let parts: Vec<ReferralPart> = view.sections.iter().map(|one| one.part).collect();
    use ReferralPart::{Ask, Call, Child, Facts, Home, Opinions, Reported, Told, Why};
    assert_eq!(parts, [Child, Home, Facts, Opinions, Reported, Call, Why, Ask, Told]);
    let text = |part| section(&view, part).text.clone();
    assert!(text(Child).contains("Ayla Sampleton"));
    assert!(text(Home).contains("Jo Sampleton") && text(Home).contains("mother"), "{}", text(Home));
    assert!(text(Facts).contains("A burn on her left hand") && !text(Facts).contains("afraid"));
    assert!(text(Opinions).contains("I think that she is afraid"));
    assert!(text(Reported).contains("“Coz gets cross when I spill things” (Ayla)"), "{}", text(Reported));
    assert!(text(Why).contains("It cannot wait."));
    assert!(!text(Ask).contains("It cannot wait."), "why is not what is asked: {}", text(Ask));
    assert!(text(Told).contains("When social care say that it is safe."));
    // What belongs to nothing that is asked stays.
    let burn = |line: &ExtentLine| line.text.contains("burn");
    choose(&mut vault, duty, |line| if burn(line) { Choice::Stays } else { Choice::Goes });
    let without = paper::copied_section(&mut vault, duty, Facts, at(91)).unwrap().into_text();
    assert!(!without.contains("burn"), "{without}");
    let other = today::today(&vault, at(92)).unwrap().to_do;
    let other = other.iter().find(|one| one.duty != Duty::ConfirmInWriting).unwrap();
    assert!(paper::referral(&vault, other.id, at(92)).is_err(), "another duty has no form");
}

#[test]
fn no_note_goes_along_that_nobody_chose_and_each_can_be_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (_, _, duty) = decided(&mut vault);
    let view = paper::referral(&vault, duty, at(90)).unwrap();
    assert_eq!((view.notes.held, view.notes.leaves(), view.chosen), (3, 0, false));
    for part in [ReferralPart::Facts, ReferralPart::Opinions, ReferralPart::Reported] {
        assert!(section(&view, part).lines.is_empty(), "{part:?}");
    }
    choose(&mut vault, duty, |one| if one.mark == Mark::Fact { Choice::Goes } else { Choice::Stays });
    let chosen = paper::referral(&vault, duty, at(91)).unwrap();
    assert_eq!((chosen.notes.goes, chosen.notes.stays, chosen.chosen), (1, 2, true));
    assert!(section(&chosen, ReferralPart::Facts).text.contains("A burn on her left hand"));
    assert!(section(&chosen, ReferralPart::Opinions).lines.is_empty());
}

#[test]
fn what_goes_without_a_name_names_nobody_but_the_child_and_not_who_said_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, duty) = decided(&mut vault);
    let said = ItemInput {
        mark: Some(Mark::Reported),
        by: "Mrs Nextdoor".into(),
        ..item("Jo Sampleton shouts at Ayla at night", vec![])
    };
    children::add_item(&mut vault, case, said, at(83)).unwrap();
    choose(
        &mut vault,
        duty,
        |one| {
            if one.text.contains("shouts") { Choice::WithoutName } else { Choice::Stays }
        },
    );
    let view = paper::referral(&vault, duty, at(90)).unwrap();
    let text = &section(&view, ReferralPart::Reported).text;
    assert!(text.contains("shouts at Ayla"), "{text}");
    assert!(!text.contains("Jo Sampleton") && !text.contains("Nextdoor"), "{text}");
}

#[test]
fn what_was_planned_to_be_said_is_not_what_was_said_before_the_call_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, duty) = decided(&mut vault);
    let view = paper::referral(&vault, duty, at(90)).unwrap();
    assert!(section(&view, ReferralPart::Call).lines.is_empty());
    let file = children::child_file(&mut vault, case, at(90)).unwrap();
    let calls: Vec<_> = file.to_do.iter().filter(|one| one.duty == Duty::Act).map(|one| one.id).collect();
    assert_eq!(view.call, calls.first().copied(), "the page leads to the call");
    for call in calls {
        let note = "Reached the duty desk at ten; they visit today.".to_owned();
        today::settle_obligation(&mut vault, call, Settlement::Done { note }, at(91)).unwrap();
    }
    let view = paper::referral(&vault, duty, at(92)).unwrap();
    let said = &section(&view, ReferralPart::Call).text;
    assert!(
        said.contains("they visit today") && said.contains("That she has a burn and is afraid."),
        "{said}"
    );
    assert_eq!(view.call, None);
}

#[test]
fn neither_copying_nor_printing_closes_the_duty_and_saying_that_it_is_sent_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, duty) = decided(&mut vault);
    paper::copied_section(&mut vault, duty, ReferralPart::Call, at(90)).unwrap();
    let path = dir.path().join("referral.pdf");
    everything(&mut vault, duty);
    let save = paper::SaveReferral { duty, path: path.clone() };
    paper::save_referral_pdf(&mut vault, save, at(91)).unwrap();
    let pages = everything_in(&path).remove(0).1;
    assert!(pages.contains("A burn on her left hand"), "{pages}");
    for word in ["Obligation", "Case ", "Chain head", "Entry hash"] {
        assert!(!pages.contains(word), "{word}");
    }
    assert!(is_open(&mut vault, case, duty), "on paper is not sent");
    let sent = SentInput { when: None, route: None, reference: String::new() };
    let refused = Failure::from(paper::sent_referral(&mut vault, duty, &sent, at(92)).unwrap_err());
    let refused: Vec<_> = refused.fields.into_iter().map(|one| (one.field, one.code)).collect();
    assert_eq!(refused, [("at".to_owned(), Code::Missing), ("route".to_owned(), Code::Missing)]);
    let reference = "FB-2026-118".to_owned();
    let sent = SentInput { when: Some(LeftTyped::Now), route: Some(Route::Portal), reference };
    let aloud = SentInput { route: Some(Route::Telephone), ..sent.clone() };
    assert!(paper::sent_referral(&mut vault, duty, &aloud, at(92)).is_err(), "what is said is not sent");
    paper::sent_referral(&mut vault, duty, &sent, at(93)).unwrap();
    assert!(!is_open(&mut vault, case, duty));
    let closed = today::duty(&vault, duty, at(94)).unwrap();
    assert!(closed.note.contains("FB-2026-118") && closed.note.contains("own form"), "{}", closed.note);
    assert!(paper::sent_referral(&mut vault, duty, &sent, at(95)).is_err(), "once");
    let view = children::child_file(&mut vault, case, at(96)).unwrap();
    let told = view.timeline.iter().find_map(|line| match &line.what {
        TimelineWhat::Other { kind, name, .. } if kind == "obligation_settled" => Some(name.clone()),
        _ => None,
    });
    assert_eq!(told, Some(closed.title), "the timeline says which duty was closed");
    // It stands in the log, with how much of the file went along.
    let left = view.disclosures.iter().find(|one| one.route == Route::Portal).unwrap();
    assert_eq!(left.went.map(|one| (one.leaves(), one.held)), Some((3, 3)));
}

#[test]
fn a_confirmation_is_sent_although_nobody_chose_notes_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, duty) = decided(&mut vault);
    let sent = SentInput { when: Some(LeftTyped::Now), route: Some(Route::Post), reference: String::new() };
    paper::sent_referral(&mut vault, duty, &sent, at(93)).unwrap();
    assert!(!is_open(&mut vault, case, duty));
    let view = children::child_file(&mut vault, case, at(96)).unwrap();
    assert!(view.disclosures.iter().any(|one| one.route == Route::Post), "it stands in the log");
}

#[test]
fn whoever_is_protected_is_named_in_no_section_and_not_on_the_paper() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, mother, duty) = decided(&mut vault);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "she fled".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(82)).unwrap();
    let view = paper::referral(&vault, duty, at(90)).unwrap();
    if !view.leftovers.is_empty() {
        assert!(view.sections.is_empty(), "asked first");
        let refused = paper::copied_section(&mut vault, duty, ReferralPart::Home, at(90)).unwrap_err();
        assert_eq!(Failure::from(refused).code, Code::Leftovers);
        let answers = view.leftovers.iter().map(|one| LeftoverInput {
            person: one.person,
            form: one.form.clone(),
            means: Some(LeftoverMeans::NotThem),
        });
        paper::answer_leftovers(&mut vault, &answers.collect::<Vec<_>>(), at(90)).unwrap();
    }
    let view = paper::referral(&vault, duty, at(91)).unwrap();
    assert!(view.protects && view.sections.len() == 9);
    for section in &view.sections {
        let lines = section.lines.iter().flat_map(|one| [&one.text, &one.speaker]);
        for text in lines.chain([&section.text]) {
            assert!(!text.contains("Jo Sampleton"), "{text}");
        }
    }
    let path = dir.path().join("referral.pdf");
    everything(&mut vault, duty);
    let save = paper::SaveReferral { duty, path: path.clone() };
    paper::save_referral_pdf(&mut vault, save, at(92)).unwrap();
    for (place, text) in everything_in(&path) {
        assert!(!text.contains("Jo Sampleton"), "{place}");
    }
}

#[test]
fn those_who_protect_children_are_told_the_address_whatever_may_be_posted_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, duty) = decided(&mut vault);
    let child = children::file_head(&vault, case, at(82)).unwrap().child.person;
    let lives = PersonInput {
        address: "77 Nosuch Street\nFablewell".into(),
        birth: Some(child.birth.clone().into()),
        identifiers: child.identifiers.clone(),
        ..person(&child.name, PersonRole::Child)
    };
    children::amend_person(&mut vault, case, child.id, lives, "Moved", at(83)).unwrap();
    let flag = |kind, person| FlagInput {
        person: Some(person),
        kind: Some(kind),
        reason: "Others open the letters".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag(FlagKind::DoNotPost, child.id), at(84)).unwrap();
    let told = |vault: &Vault| {
        section(&paper::referral(vault, duty, at(90)).unwrap(), ReferralPart::Child).text.clone()
    };
    assert!(told(&vault).contains("77 Nosuch Street"), "{}", told(&vault));
    children::set_flag(&mut vault, case, flag(FlagKind::ProtectedIdentity, child.id), at(85)).unwrap();
    assert!(!told(&vault).contains("77 Nosuch Street"), "{}", told(&vault));
}
