//! A decision that rests on permission names the consent of the file: taken where one fits, chosen where several do, and
//! what it names is what may leave by it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::share::{extent_of_share, share};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, children, consent, decide, maintenance};
use sharewell_vault::decisions;
use support::*;

/// A file with two notes, and whom it is about.
struct File {
    case: CaseId,
    child: PersonId,
    mother: PersonId,
    breakfast: ItemId,
}

fn file(vault: &mut Vault) -> File {
    let (case, child, mother) = family(vault);
    for (minute, text) in [(2, "Ayla comes without breakfast"), (3, "The landlord rang twice")] {
        children::add_item(vault, case, item(text, vec![child]), at(minute)).unwrap();
    }
    let notes = vault.read(|r| sharewell_vault::items::of_case(r, case)).unwrap();
    let breakfast = notes.iter().find(|one| one.record.text.contains("breakfast")).unwrap().record.id;
    File { case, child, mother, breakfast }
}

/// The answers of a plain share that the mother agreed to.
fn agreed() -> Vec<(&'static str, Answer)> {
    gates(&[
        ("would-change", choice("yes")),
        ("consent", choice("given")),
        ("giver", choice("parent")),
        ("responsibility", choice("mother")),
        ("holders", choice("agree")),
        ("free", choice("yes")),
    ])
}

/// The mother's yes to the breakfast and the school, for a purpose.
fn yes(file: &File, purpose: &str, until: DayTyped) -> ConsentInput {
    let thing = ConsentThing::Item { item: file.breakfast, kinds: vec![InfoKind::School] };
    ConsentInput {
        act: Some(ConsentActKind::Answered),
        owed: Some(file.child),
        sense: Some(ConsentSense::Confidence),
        purpose_kind: Some(PurposeKind::Support),
        purpose: purpose.into(),
        giver: Some(file.mother),
        giver_name: String::new(),
        stands_as: None,
        able: Some(AbleToDecide::NotAble),
        shows: "She is seven".into(),
        powers: String::new(),
        powers_until: DayTyped::default(),
        kinds: vec![],
        items: vec![file.breakfast],
        item_kinds: vec![InfoKind::School],
        recipients: vec![ConsentRecipientInput {
            name: "Mrs Fictley".into(),
            ..ConsentRecipientInput::default()
        }],
        answers: vec![ConsentAnswerInput { what: thing, recipient: 0, answer: ConsentAnswer::Yes }],
        method: said("Yes, that is fine"),
        when: Some(LeftTyped::Now),
        from: DayTyped::default(),
        until,
        review: DayTyped::default(),
        not_sought: None,
        tries: String::new(),
        wording_used: true,
        replaces: vec![],
        note: String::new(),
    }
}

fn said(what: &str) -> ConsentMethodInput {
    ConsentMethodInput {
        how: Some(ConsentHow::Spoken),
        said: what.into(),
        no_witness: "On the telephone".into(),
        ..ConsentMethodInput::default()
    }
}

fn takes_back(vault: &mut Vault, file: &File, purpose: &str, now: Moment) {
    let typed = WithdrawalInput {
        of: WithdrawalOf {
            owed: file.child,
            sense: ConsentSense::Confidence,
            purpose: purpose_of(purpose),
            giver: Some(file.mother),
            giver_name: String::new(),
        },
        recipients: vec![0],
        method: said("I changed my mind"),
        when: Some(LeftTyped::Now),
        pressed: Some(PressedToWithdraw::No),
        harm: Some(HarmAskedAgain::No),
        note: String::new(),
    };
    consent::withdraw_consent(vault, file.case, &typed, now).unwrap();
}

fn purpose_of(words: &str) -> ConsentPurpose {
    ConsentPurpose { kind: PurposeKind::Support, words: words.into() }
}

/// Answers up to the sign-off, and what is typed towards it.
fn to_sign(vault: &mut Vault, file: &File, answers: &[(&'static str, Answer)]) -> (DecisionId, SignOffInput) {
    let outcome = answer_all(vault, file.case, answers, 10);
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        row.when = WhenTold::Now;
    }
    decide::save_sign_off(vault, outcome.decision, draft.clone(), at(80)).unwrap();
    (outcome.decision, draft)
}

/// The breakfast goes, the rest stays, and it is signed.
fn sign(vault: &mut Vault, file: &File, id: DecisionId, draft: SignOffInput) -> DecisionView {
    let goes = ExtentMove::Choose { item: file.breakfast, choice: Choice::Goes };
    decide::move_extent(vault, id, &goes, 0, at(82)).unwrap();
    decide::move_extent(vault, id, &ExtentMove::RestStays, 0, at(83)).unwrap();
    sign_off(vault, id, draft, at(84)).unwrap()
}

fn named(vault: &Vault, id: DecisionId) -> Vec<RestsOn> {
    vault.read(|r| decisions::get(r, id)).unwrap().record.rests_on
}

fn missing(vault: &mut Vault, id: DecisionId, typed: &SignOffInput) -> Vec<(String, Code)> {
    let refused = decide::sign_off(vault, id, typed.clone(), at(85)).unwrap_err();
    assert!(matches!(refused, Error::NotReady(_)), "{refused:?}");
    Failure::from(refused).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

#[test]
fn the_one_consent_that_fits_is_taken_shown_and_named_and_asked_of_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    consent::record_consent(&mut vault, file.case, &yes(&file, "Breakfast club", DayTyped::default()), at(5))
        .unwrap();
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    let check = decide::check(&vault, id, at(81)).unwrap();
    let offered = &check.rests_on;
    assert_eq!((offered.len(), offered[0].chosen), (1, true), "{offered:?}");
    assert_eq!(offered[0].of[0].what[0].text, "Ayla comes without breakfast");
    assert!(check.missing.iter().all(|one| one.field != "rests_on"), "{:?}", check.missing);

    let view = sign(&mut vault, &file, id, draft);
    assert_eq!(view.rests_on.unwrap().purpose, purpose_of("Breakfast club"));
    let rests = named(&vault, id);
    let event = vault.read(|r| sharewell_vault::consents::of_case(r, file.case)).unwrap()[0].record.id;
    assert_eq!(rests.len(), 1);
    assert_eq!((rests[0].owed, &rests[0].events[..]), (file.child, &[event][..]));
    let things: Vec<ThingKey> = rests[0].things.iter().map(ConsentThing::key).collect();
    assert_eq!(things, [ThingKey::Item(file.breakfast)]);
    let entry = vault
        .read(|r| {
            let entry = decisions::get(r, id)?.entry;
            sharewell_vault::ledger::get(r, entry)
        })
        .unwrap();
    assert_eq!(entry.header.version, 4);
    assert!(maintenance::verify_vault(&mut vault, at(90)).unwrap().sound);
}

#[test]
fn of_several_that_fit_one_is_chosen_and_no_other_carries_anything() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    for (minute, purpose) in [(5, "Breakfast club"), (6, "Homework club")] {
        let typed = yes(&file, purpose, DayTyped::default());
        consent::record_consent(&mut vault, file.case, &typed, at(minute)).unwrap();
    }
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    assert!(decide::check(&vault, id, at(81)).unwrap().rests_on.iter().all(|one| !one.chosen));
    assert!(missing(&mut vault, id, &draft).contains(&("rests_on".into(), Code::Missing)));
    let draft = SignOffInput { rests_on: Some(purpose_of("homework  Club")), ..draft };
    decide::save_sign_off(&mut vault, id, draft.clone(), at(81)).unwrap();
    sign(&mut vault, &file, id, draft);
    assert_eq!(named(&vault, id)[0].purpose, purpose_of("Homework club"));
    assert_eq!(share(&vault, id, at(86)).unwrap().items.len(), 1);

    // The other one is taken back: this rests on its own.
    takes_back(&mut vault, &file, "Breakfast club", at(90));
    assert_eq!(share(&vault, id, at(91)).unwrap().items.len(), 1);
    // Its own is taken back: a new yes for another purpose is no way round it.
    takes_back(&mut vault, &file, "Homework club", at(92));
    let typed = yes(&file, "After-school club", DayTyped::default());
    consent::record_consent(&mut vault, file.case, &typed, at(93)).unwrap();
    let view = share(&vault, id, at(94)).unwrap();
    assert!(view.items.is_empty(), "{:?}", view.items);
    assert_eq!(view.held_back[0].against, [Against::Withdrawn], "{:?}", view.held_back);
}

#[test]
fn what_was_agreed_to_since_under_another_purpose_is_not_what_it_rests_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    let other = yes(&file, "Breakfast club", DayTyped::default());
    consent::record_consent(&mut vault, file.case, &other, at(5)).unwrap();
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    sign(&mut vault, &file, id, draft);
    let notes = vault.read(|r| sharewell_vault::items::of_case(r, file.case)).unwrap();
    let landlord = notes.iter().find(|one| one.record.text.contains("landlord")).unwrap().record.id;
    let thing = ConsentThing::Item { item: landlord, kinds: vec![InfoKind::Home] };
    let later = ConsentInput {
        items: vec![landlord],
        item_kinds: vec![InfoKind::Home],
        answers: vec![ConsentAnswerInput { what: thing, recipient: 0, answer: ConsentAnswer::Yes }],
        ..yes(&file, "A better home", DayTyped::default())
    };
    consent::record_consent(&mut vault, file.case, &later, at(87)).unwrap();
    let view = extent_of_share(&vault, id, 0, at(88)).unwrap();
    let line = view.lines.iter().find(|one| one.item == landlord).unwrap();
    assert_eq!(line.verdict, MayGo::Blocked { against: vec![Against::DecidedToStay] });
    assert_eq!(share(&vault, id, at(89)).unwrap().items.len(), 1);
}

#[test]
fn a_consent_that_ends_blocks_what_is_pending_on_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    let until = DayTyped::from(day(2026, 10, 7));
    consent::record_consent(&mut vault, file.case, &yes(&file, "Breakfast club", until), at(5)).unwrap();
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    sign(&mut vault, &file, id, draft);
    assert_eq!(named(&vault, id)[0].until, Some(day(2026, 10, 7)));
    assert_eq!(share(&vault, id, at(86)).unwrap().items.len(), 1);
    let view = share(&vault, id, at(2 * 24 * 60)).unwrap();
    assert!(view.items.is_empty());
    assert_eq!(view.held_back[0].against, [Against::Expired], "{:?}", view.held_back);
    assert!(!view.held_back[0].takes_a_reason, "no reason stands in for a yes that ended");
}

#[test]
fn suspected_harm_and_an_emergency_wait_for_no_consent_and_name_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    for (minute, purpose) in [(5, "Breakfast club"), (6, "Homework club")] {
        let typed = yes(&file, purpose, DayTyped::default());
        consent::record_consent(&mut vault, file.case, &typed, at(minute)).unwrap();
    }
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    let urgent = SignOffInput { decided: Some(OutcomeKind::EmergencyShare), ..draft };
    decide::save_sign_off(&mut vault, id, urgent.clone(), at(81)).unwrap();
    assert!(decide::check(&vault, id, at(82)).unwrap().rests_on.is_empty());
    let view = sign_off(&mut vault, id, urgent, at(83)).unwrap();
    assert!(view.rests_on.is_none());
    assert!(named(&vault, id).is_empty());
}

#[test]
fn where_the_file_holds_no_consent_the_answers_of_the_decision_say_who_agreed() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let file = file(&mut vault);
    let (id, draft) = to_sign(&mut vault, &file, &agreed());
    assert!(decide::check(&vault, id, at(81)).unwrap().rests_on.is_empty());
    sign(&mut vault, &file, id, draft);
    assert!(named(&vault, id).is_empty());
    assert_eq!(share(&vault, id, at(86)).unwrap().items.len(), 1);
}
