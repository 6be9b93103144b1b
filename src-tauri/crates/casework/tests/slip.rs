//! Slips: what stands on them, what gives nothing away, what may go home, and what is written down when one is signed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;
use std::process::Command;

use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::slip::{BackToTheFile, SaveSignedSlip, SaveSlip, SignSlip};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, attached, children, consent, slip};
use support::*;

/// A picture of a line, as a window draws one.
const DRAWN: &str = "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAGCAYAAAD37n+BAAAAE0lEQVR42mNgYGD4D8UkgxGjEQDMrgv1MMovLwAAAABJRU5ErkJggg==";

fn faults<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Vec<(String, Code)> {
    let failure = Failure::from(done.unwrap_err());
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

/// The child is asked, for herself, about two kinds and two recipients.
fn asks(child: PersonId) -> ConsentInput {
    let to = |name: &str| ConsentRecipientInput { name: name.into(), ..ConsentRecipientInput::default() };
    ConsentInput {
        act: Some(ConsentActKind::Answered),
        owed: Some(child),
        sense: Some(ConsentSense::Confidence),
        purpose_kind: Some(PurposeKind::Support),
        purpose: "Breakfast club".into(),
        giver: Some(child),
        giver_name: String::new(),
        stands_as: None,
        able: Some(AbleToDecide::Able),
        shows: "She says back what each choice means".into(),
        powers: String::new(),
        powers_until: DayTyped::default(),
        kinds: vec![InfoKind::School, InfoKind::Health],
        items: vec![],
        item_kinds: vec![],
        recipients: vec![to("Madeup Primary"), to("Madeup Surgery")],
        answers: vec![],
        method: ConsentMethodInput::default(),
        when: None,
        from: DayTyped::default(),
        until: DayTyped::from(day(2027, 3, 1)),
        review: DayTyped::default(),
        not_sought: None,
        tries: String::new(),
        wording_used: false,
        replaces: vec![],
        note: String::new(),
    }
}

struct World {
    _dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    child: PersonId,
    mother: PersonId,
}

fn offered() -> World {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    slip::offer_slip(&mut vault, case, &asks(child), at(5)).unwrap();
    World { _dir: dir, vault, case, child, mother }
}

fn words_of(text: &SlipText) -> String {
    text.plain()
}

fn answers(all: &[(u16, u16, ConsentAnswer)]) -> SignInput {
    let answers = all.iter().map(|(thing, recipient, answer)| SlipAnswer {
        thing: *thing,
        recipient: *recipient,
        answer: *answer,
    });
    SignInput { answers: answers.collect(), ..SignInput::default() }
}

fn sign(
    world: &mut World,
    slip: SlipId,
    typed: SignInput,
    now: Moment,
) -> sharewell_casework::Result<ConsentId> {
    at_once(SignSlip { case: world.case, slip, typed }, &mut world.vault, now)
}

fn text_of(pdf: &Path) -> String {
    let done =
        Command::new("pdftotext").args(["-enc", "UTF-8", pdf.to_str().unwrap(), "-"]).output().unwrap();
    assert!(done.status.success());
    let text = String::from_utf8(done.stdout).unwrap().replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_slip_is_made_of_what_the_form_holds_and_a_child_reads_it_in_words_for_a_child() {
    let world = offered();
    let view = slip::slip(&world.vault, world.case, &SlipChoice::default(), at(6)).unwrap();
    assert_eq!((view.paper, view.tone), (SlipPaper::Choose, SlipTone::Child));
    let said = words_of(&view.text);
    for phrase in
        ["Breakfast club", "Madeup Primary", "1 March 2027", "01632 960201", "things about you", "30 days"]
    {
        assert!(said.contains(phrase), "{phrase} is missing: {said}");
    }
    assert!(!said.contains("Nia Exampleton"), "a post and a number, not one worker: {said}");
    assert_eq!(view.text.answers.len(), ConsentAnswer::OFFERED.len());
    let telling = SlipChoice { paper: Some(SlipPaper::Telling), ..SlipChoice::default() };
    let telling = slip::slip(&world.vault, world.case, &telling, at(6)).unwrap();
    assert!(telling.text.answers.is_empty(), "nothing is asked where a no would change nothing");
    for tone in SlipTone::ALL {
        for paper in SlipPaper::ALL {
            let choice = SlipChoice { paper: Some(paper), tone: Some(tone), ..SlipChoice::default() };
            let view = slip::slip(&world.vault, world.case, &choice, at(6)).unwrap();
            let most = if tone == SlipTone::Plain { 12 } else { 9 };
            let age = view.reading_age.unwrap();
            assert!(age <= most, "{tone:?} {paper:?} is read at {age}: {}", words_of(&view.text));
        }
    }
}

#[test]
fn a_name_that_tells_is_asked_about_and_no_slip_bears_it_unasked() {
    let mut world = offered();
    let mut typed = asks(world.child);
    typed.recipients[1].name = "Fablewell Sexual Health Clinic".into();
    slip::offer_slip(&mut world.vault, world.case, &typed, at(6)).unwrap();
    let asked = slip::slip(&world.vault, world.case, &SlipChoice::default(), at(6)).unwrap();
    assert_eq!(asked.names.iter().map(|name| name.recipient).collect::<Vec<_>>(), [1]);
    assert!(!words_of(&asked.text).contains("Sexual"), "what is offered stands there until it is answered");
    let begin = |world: &mut World, names: Vec<SlipNameInput>| {
        let choice = SlipChoice { names, ..SlipChoice::default() };
        slip::begin_signing(&mut world.vault, world.case, &choice, at(7))
    };
    assert_eq!(faults(begin(&mut world, vec![])), [("names.1".to_owned(), Code::Missing)]);
    let name = |tells, words: &str| vec![SlipNameInput { recipient: 1, tells, words: words.into() }];
    let worse = name(Some(true), "The refuge");
    assert_eq!(faults(begin(&mut world, worse)), [("names.1".to_owned(), Code::NotAnOption)]);
    let id = begin(&mut world, name(Some(true), "The people in Mill Lane")).unwrap();
    let shown = slip::signing(&world.vault, id, SigningPhase::Reading, at(8)).unwrap();
    let said = words_of(&shown.slip.unwrap().text);
    assert!(said.contains("The people in Mill Lane") && !said.contains("Clinic"), "{said}");
    // The record keeps whom it is for.
    let signed = SignInput {
        how: Some(SignedHow::Typed),
        name: "Ayla".into(),
        ..answers(&[(0, 1, ConsentAnswer::Yes)])
    };
    sign(&mut world, id, signed, at(9)).unwrap();
    let page = consent::consent_page(&world.vault, world.case, at(10)).unwrap();
    assert!(page.matters[0].recipients.iter().any(|one| one.name == "Fablewell Sexual Health Clinic"));
}

#[test]
fn a_neutral_slip_names_no_purpose_and_nobody() {
    let world = offered();
    let choice = SlipChoice { neutral: true, ..SlipChoice::default() };
    let said = words_of(&slip::slip(&world.vault, world.case, &choice, at(6)).unwrap().text);
    for kept in ["Breakfast", "Madeup", "Ayla", "Sampleton", "Fablewell", "01632", "School", "Health"] {
        assert!(!said.contains(kept), "{kept}: {said}");
    }
}

fn home(world: &mut World, neutral: bool, path: &Path, now: Moment) -> sharewell_casework::Result<SlipId> {
    let choice = SlipChoice { neutral, ..SlipChoice::default() };
    at_once(SaveSlip::new(world.case, choice, SlipGoes::Home, path.to_owned()), &mut world.vault, now)
}

#[test]
fn nothing_goes_home_before_somebody_asked_what_may_be_left_and_then_only_that() {
    let mut world = offered();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("a page to read.pdf");
    assert_eq!(faults(home(&mut world, false, &path, at(6))), [("goes".to_owned(), Code::Missing)]);
    assert!(!path.exists(), "nothing was made");
    // What is read here and stays needs no asking.
    let here = SaveSlip::new(world.case, SlipChoice::default(), SlipGoes::Here, path.clone());
    at_once(here, &mut world.vault, at(6)).unwrap();
    let (case, child) = (world.case, world.child);
    let say = |world: &mut World, may, reason: &str, now| {
        let typed = LeavingInput { sees: Some(WhoSees::Post), may: Some(may), reason: reason.into() };
        slip::say_leaving(&mut world.vault, case, child, &typed, now)
    };
    assert_eq!(
        faults(say(&mut world, MayLeave::Neutral, "", at(7))),
        [("reason".to_owned(), Code::ReasonMissing)]
    );
    say(&mut world, MayLeave::Neutral, "Her uncle opens letters", at(7)).unwrap();
    assert_eq!(faults(home(&mut world, false, &path, at(8))), [("goes".to_owned(), Code::NotAnOption)]);
    home(&mut world, true, &path, at(8)).unwrap();
    assert!(!text_of(&path).contains("Breakfast"));
    say(&mut world, MayLeave::Spoken, "Letters are read out", at(9)).unwrap();
    assert_eq!(faults(home(&mut world, true, &path, at(10))), [("goes".to_owned(), Code::NotAnOption)]);
    say(&mut world, MayLeave::AsItIs, "", at(11)).unwrap();
    home(&mut world, false, &path, at(12)).unwrap();
    assert!(text_of(&path).contains("Breakfast club"));
    // Three months later it is asked again.
    assert_eq!(
        faults(home(&mut world, false, &path, at(60 * 24 * 100))),
        [("goes".to_owned(), Code::Missing)]
    );
    let flags = FlagsInput {
        people: vec![world.mother],
        kinds: vec![FlagKind::DoNotPost],
        same_reason: true,
        reason: "He opens the letters".into(),
        reasons: vec![],
        reviews: vec![],
    };
    children::set_flags(&mut world.vault, world.case, &flags, at(13)).unwrap();
    let refused = home(&mut world, false, &path, at(14));
    assert_eq!(faults(refused), [("goes".to_owned(), Code::Flagged)], "it binds everybody at that home");
}

#[test]
fn whom_a_flag_says_not_to_tell_gets_no_slip() {
    let mut world = offered();
    let flags = FlagsInput {
        people: vec![world.child],
        kinds: vec![FlagKind::DoNotTell],
        same_reason: true,
        reason: "Not before Thursday".into(),
        reasons: vec![],
        reviews: vec![],
    };
    children::set_flags(&mut world.vault, world.case, &flags, at(6)).unwrap();
    let begun = slip::begin_signing(&mut world.vault, world.case, &SlipChoice::default(), at(7));
    assert_eq!(faults(begun), [("giver".to_owned(), Code::Flagged)]);
}

#[test]
fn what_is_signed_is_written_down_as_chosen_and_can_be_printed_in_the_words_of_that_day() {
    let mut world = offered();
    let choice = SlipChoice::default();
    let id = slip::begin_signing(&mut world.vault, world.case, &choice, at(7)).unwrap();
    let again = slip::begin_signing(&mut world.vault, world.case, &choice, at(8)).unwrap();
    assert_eq!(id, again, "the same words for the same person are one slip");
    let said = answers(&[
        (0, 0, ConsentAnswer::Yes),
        (1, 0, ConsentAnswer::NotThisOne),
        (1, 1, ConsentAnswer::Thinking),
    ]);
    let drawn = SignInput { how: Some(SignedHow::Drawn), drawn: DRAWN.into(), ..said };
    let event = sign(&mut world, id, drawn, at(9)).unwrap();
    let page = consent::consent_page(&world.vault, world.case, at(10)).unwrap();
    let line = page.timeline.iter().find(|line| line.id == event).unwrap();
    assert!(line.on_slip && line.cells.len() == 3, "what was left open is no answer: {line:?}");
    let papers = attached::papers(&world.vault, world.case).unwrap();
    let signature = papers.iter().find(|paper| paper.name == "signature.png").unwrap();
    assert_eq!((signature.form, signature.there), (AttachmentForm::Png, true));
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("p.pdf");
    let save = SaveSignedSlip { case: world.case, consent: event, goes: SlipGoes::Here, path: path.clone() };
    at_once(save, &mut world.vault, at(11)).unwrap();
    let text = text_of(&path);
    assert_eq!(text.matches(" X").count(), 3, "{text}");
    assert!(text.contains("Signed on the screen: Ayla Sampleton"), "{text}");
    let images = Command::new("pdfimages").args(["-list", path.to_str().unwrap()]).output().unwrap();
    assert!(String::from_utf8_lossy(&images.stdout).contains(" image "), "the signature stands on it");
    // The same form is not asked again, and the signature is on disk in nobody's clear text.
    assert!(slip::slip(&world.vault, world.case, &choice, at(12)).is_err());
}

#[test]
fn every_way_to_end_a_slip_says_what_it_lacks_and_nothing_half_is_kept() {
    let mut world = offered();
    let id = slip::begin_signing(&mut world.vault, world.case, &SlipChoice::default(), at(7)).unwrap();
    let chosen = || answers(&[(0, 0, ConsentAnswer::No)]);
    let lacks = |world: &mut World, typed: SignInput| -> Vec<String> {
        faults(sign(world, id, typed, at(8))).into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(lacks(&mut world, SignInput::default()), ["answers", "how"]);
    for (how, fields) in [
        (SignedHow::Drawn, vec!["drawn"]),
        (SignedHow::Typed, vec!["name"]),
        (SignedHow::Mark, vec!["witness"]),
        (SignedHow::Spoken, vec!["witness"]),
        (SignedHow::Unable, vec!["words", "witness"]),
    ] {
        let typed = SignInput { how: Some(how), ..chosen() };
        assert_eq!(lacks(&mut world, typed), fields, "{how:?}");
    }
    let foreign = SignInput { how: Some(SignedHow::Drawn), drawn: "aGVsbG8=".into(), ..chosen() };
    assert_eq!(lacks(&mut world, foreign), ["drawn"]);
    let beyond =
        SignInput { how: Some(SignedHow::Typed), name: "A".into(), ..answers(&[(7, 0, ConsentAnswer::Yes)]) };
    assert_eq!(lacks(&mut world, beyond), ["answers"]);
    assert!(attached::papers(&world.vault, world.case).unwrap().is_empty());
    assert!(consent::consent_page(&world.vault, world.case, at(9)).unwrap().timeline.is_empty());
    for (how, minute) in
        [(SignedHow::Typed, 10), (SignedHow::Mark, 11), (SignedHow::Spoken, 12), (SignedHow::Unable, 13)]
    {
        slip::offer_slip(&mut world.vault, world.case, &asks(world.child), at(minute)).unwrap();
        let typed = SignInput {
            how: Some(how),
            name: "Ayla".into(),
            witness: "Mo Madeup, teacher".into(),
            words: "Her hand is in plaster".into(),
            ..chosen()
        };
        sign(&mut world, id, typed, at(minute)).unwrap();
    }
    let page = consent::consent_page(&world.vault, world.case, at(20)).unwrap();
    assert_eq!(page.timeline.len(), 4);
    assert!(page.timeline.iter().any(|line| line.words.contains("plaster") && line.words.contains("No")));
}

#[test]
fn what_is_told_is_written_down_as_told_and_never_as_an_answer() {
    let mut world = offered();
    let choice = SlipChoice { paper: Some(SlipPaper::Telling), ..SlipChoice::default() };
    let id = slip::begin_signing(&mut world.vault, world.case, &choice, at(7)).unwrap();
    sign(&mut world, id, SignInput::default(), at(8)).unwrap();
    let page = consent::consent_page(&world.vault, world.case, at(9)).unwrap();
    assert_eq!(page.timeline[0].act, ConsentActKind::Told);
    let states =
        page.matters.iter().flat_map(|one| &one.rows).flat_map(|row| &row.cells).map(|cell| cell.state);
    assert!(states.into_iter().all(|state| state == ConsentState::Told));
}

/// The states of every cell for a purpose.
fn states(world: &World, purpose: &str, now: Moment) -> Vec<ConsentState> {
    let page = consent::consent_page(&world.vault, world.case, now).unwrap();
    let matters = page.matters.iter().filter(|one| one.purpose.words == purpose);
    matters.flat_map(|one| &one.rows).flat_map(|row| &row.cells).map(|cell| cell.state).collect()
}

fn yes() -> SignInput {
    let all = [(0, 0, ConsentAnswer::Yes), (0, 1, ConsentAnswer::Yes)];
    SignInput { how: Some(SignedHow::Typed), name: "As written".into(), ..answers(&all) }
}

#[test]
fn whoever_may_not_consent_is_heard_by_signing_and_never_counted() {
    let mut world = offered();
    let (case, child) = (world.case, world.child);
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Father),
        parental_responsibility: Some(ParentalResponsibility::DoesNotHold),
        same_home: Some(false),
        note: String::new(),
    };
    let sam = person("Sam Sampleton", PersonRole::Parent);
    let father = children::add_person(&mut world.vault, case, sam, Some(tie), at(6)).unwrap();
    let not_able = ConsentInput {
        kinds: vec![InfoKind::Health],
        able: Some(AbleToDecide::NotAble),
        shows: "She is seven".into(),
        ..asks(child)
    };
    let signs = |world: &mut World, giver: PersonId, minute: i64| {
        let asked = ConsentInput { giver: Some(giver), ..not_able.clone() };
        slip::offer_slip(&mut world.vault, case, &asked, at(minute)).unwrap();
        let choice = SlipChoice::default();
        let id = slip::begin_signing(&mut world.vault, case, &choice, at(minute)).unwrap();
        let event = sign(world, id, yes(), at(minute)).unwrap();
        let events = world.vault.read(|r| sharewell_vault::consents::of_case(r, case)).unwrap();
        let event = events.into_iter().find(|one| one.record.id == event).unwrap().record;
        (event.giver.unwrap().capacity, states(world, "Breakfast club", at(minute + 1)))
    };
    // A father without responsibility, and a child of seven who was found not to be able to decide.
    for (giver, minute, kept) in [(father, 10, GiverCapacity::NoSay), (child, 20, GiverCapacity::Child)] {
        let (capacity, states) = signs(&mut world, giver, minute);
        assert_eq!(capacity, kept, "hers stays her own, and weighs by whether she can decide");
        assert!(states.iter().all(|state| *state == ConsentState::NotAsked), "{states:?}");
    }
    let mother = world.mother;
    let (capacity, states) = signs(&mut world, mother, 30);
    assert_eq!(capacity, GiverCapacity::Parent);
    assert_eq!(states, [ConsentState::Given, ConsentState::Given], "she may, on the same slip");
}

#[test]
fn an_answer_on_a_slip_takes_the_place_of_what_the_form_named() {
    let mut world = offered();
    let case = world.case;
    let id = slip::begin_signing(&mut world.vault, case, &SlipChoice::default(), at(7)).unwrap();
    sign(&mut world, id, yes(), at(8)).unwrap();
    let before = |words: &str| ConsentPurpose { kind: PurposeKind::Support, words: words.into() };
    let after = |replaces| ConsentInput { purpose: "Lunch club".into(), replaces, ..asks(world.child) };
    let (foreign, named) = (after(vec![before("Never said")]), after(vec![before("breakfast CLUB")]));
    let refused = slip::offer_slip(&mut world.vault, case, &foreign, at(9));
    assert_eq!(faults(refused), [("replaces".to_owned(), Code::NotAnOption)]);
    slip::offer_slip(&mut world.vault, case, &named, at(9)).unwrap();
    let id = slip::begin_signing(&mut world.vault, case, &SlipChoice::default(), at(10)).unwrap();
    assert_eq!(
        states(&world, "Breakfast club", at(10))[0],
        ConsentState::Given,
        "nothing before it is signed"
    );
    sign(&mut world, id, yes(), at(11)).unwrap();
    assert_eq!(states(&world, "Breakfast club", at(12))[..2], [ConsentState::Superseded; 2]);
    assert_eq!(states(&world, "Lunch club", at(12))[..2], [ConsentState::Given; 2]);
}

#[test]
fn the_signing_view_shows_one_slip_and_numbers_without_anybodys_name() {
    let mut world = offered();
    let id = slip::begin_signing(&mut world.vault, world.case, &SlipChoice::default(), at(7)).unwrap();
    let shown = slip::signing(&world.vault, id, SigningPhase::Reading, at(8)).unwrap();
    assert!(shown.slip.is_some() && shown.numbers.len() > 1);
    assert!(shown.numbers.iter().all(|one| one.name.is_empty() && !one.number.is_empty()));
    for phase in [SigningPhase::Stopped, SigningPhase::Ended] {
        let shown = slip::signing(&world.vault, id, phase, at(8)).unwrap();
        assert!(shown.slip.is_none(), "a neutral screen: {phase:?}");
    }
}

#[test]
fn the_file_comes_back_with_the_passphrase_alone_and_wrong_tries_slow_down() {
    let mut world = offered();
    let case = world.case;
    let back = |world: &mut World, passphrase: &str, now| {
        let back = BackToTheFile { case, passphrase: secret(passphrase) };
        at_once(back, &mut world.vault, now).map_err(|error| Failure::from(error).code)
    };
    for try_ in 0..4 {
        assert_eq!(back(&mut world, "not the one", at(10 + try_)), Err(Code::WrongPassphrase));
    }
    assert_eq!(back(&mut world, PASSPHRASE, at(13)), Err(Code::TooSoon), "as at the door");
    back(&mut world, PASSPHRASE, at(30)).unwrap();
    assert!(children::file_head(&world.vault, case, at(31)).is_ok(), "the vault stayed open");
    assert_eq!(back(&mut world, "not the one", at(32)), Err(Code::WrongPassphrase), "the count began anew");
}

#[test]
fn a_slip_of_words_that_no_catalogue_has_any_more_is_printed_in_them() {
    let mut world = offered();
    let id = slip::begin_signing(&mut world.vault, world.case, &SlipChoice::default(), at(7)).unwrap();
    let mut old = world.vault.read(|r| sharewell_vault::slips::get(r, id)).unwrap().record;
    old.id = SlipId(uuid::Uuid::from_u128(7));
    old.version = "1999-01".into();
    old.text.title = "Words of another day".into();
    old.text.after =
        vec![SlipPart { heading: "Long gone".into(), lines: vec!["As it was put then.".into()] }];
    old.hash = old.text.hash();
    let old_id = old.id;
    let author = world.vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let made = Payload::SlipMade { slip: Box::new(old) };
    let stamp = Stamp { author, at: at(8) };
    world.vault.write(&stamp, |w| w.append(Some(world.case), &made, &[]).map(drop)).unwrap();
    let typed = SignInput {
        how: Some(SignedHow::Typed),
        name: "Ayla".into(),
        ..answers(&[(0, 0, ConsentAnswer::Yes)])
    };
    let event = sign(&mut world, old_id, typed, at(9)).unwrap();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("p.pdf");
    let save = SaveSignedSlip { case: world.case, consent: event, goes: SlipGoes::Here, path: path.clone() };
    at_once(save, &mut world.vault, at(10)).unwrap();
    let text = text_of(&path);
    for phrase in ["Words of another day", "Long gone", "As it was put then."] {
        assert!(text.contains(phrase), "{phrase} is missing: {text}");
    }
    assert!(!text.contains("You choose what we tell"), "{text}");
}
