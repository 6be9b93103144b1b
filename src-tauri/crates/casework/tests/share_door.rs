//! The door of a share: what was signed is judged again when it is made and when it is sent, and no kill or fault between
//! the record and the file loses either.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::long::Long as _;
use sharewell_casework::records::*;
use sharewell_casework::share::{
    SaveShare, SaveShareAgain, begin_share_form, copied_share_section, extent_of_share, move_extent_of_share,
    save_share, save_share_again, share, share_form, share_sent,
};
use sharewell_casework::views::*;
use sharewell_casework::{Failure, Vault, Work, children, consent, decide, maintenance, start};
use support::*;

const WORDS: &str = "broomstick jellyfish nightingale watermelon thunderbolt hedgehog";

/// A file with three notes, and whom it is about.
struct File {
    case: CaseId,
    child: PersonId,
    mother: PersonId,
}

fn file(vault: &mut Vault) -> File {
    let (case, child, mother) = family(vault);
    for (minute, text, about) in [
        (4, "Ayla comes without breakfast", child),
        (5, "Jo Sampleton asked for help with the mornings", mother),
        (6, "The landlord rang twice", mother),
    ] {
        children::add_item(vault, case, item(text, vec![about]), at(minute)).unwrap();
    }
    File { case, child, mother }
}

/// Signs a plain share with the school: the breakfast goes, the mornings without a name, and the rest stays.
fn signed(vault: &mut Vault, file: &File, answers: &[(&'static str, Answer)]) -> DecisionId {
    signed_from(vault, file, answers, 0)
}

/// The same, so many minutes later.
fn signed_from(vault: &mut Vault, file: &File, answers: &[(&'static str, Answer)], from: i64) -> DecisionId {
    let outcome = answer_all(vault, file.case, answers, from + 10);
    let id = outcome.decision;
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        row.when = WhenTold::Now;
    }
    decide::save_sign_off(vault, id, draft.clone(), at(from + 80)).unwrap();
    for (text, choice) in [("breakfast", Choice::Goes), ("mornings", Choice::WithoutName)] {
        let view = decide::extent(vault, id, 0, at(from + 81)).unwrap();
        let line = view.lines.iter().find(|one| one.text.contains(text)).unwrap();
        decide::move_extent(vault, id, &ExtentMove::Choose { item: line.item, choice }, 0, at(from + 81))
            .unwrap();
    }
    decide::move_extent(vault, id, &ExtentMove::RestStays, 0, at(from + 82)).unwrap();
    sign_off(vault, id, draft, at(from + 86)).unwrap().id
}

fn typed(view: &ShareView) -> ShareInput {
    ShareInput {
        items: view.items.iter().map(|one| one.item).collect(),
        papers: Vec::new(),
        names: Vec::new(),
        ask: "Let her have breakfast.".into(),
        by: "from Monday".into(),
        urgency: String::new(),
        at_risk: "Ayla".into(),
        keeping: Some(ShareKeeping::School),
        route: Some(Route::EncryptedFile),
        to_key: false,
        why_open: String::new(),
    }
}

fn saving(decision: DecisionId, typed: ShareInput, path: &Path) -> SaveShare {
    SaveShare { decision, typed, words: secret(WORDS), path: path.to_owned() }
}

fn sent(had_left: bool) -> ShareSentInput {
    ShareSentInput {
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        how: "by e-mail".into(),
        reference: String::new(),
        had_left,
    }
}

fn fields<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Vec<String> {
    Failure::from(done.unwrap_err()).fields.into_iter().map(|one| one.field).collect()
}

fn item_of(vault: &Vault, decision: DecisionId, text: &str) -> ItemId {
    let view = extent_of_share(vault, decision, 0, at(90)).unwrap();
    view.lines.iter().find(|one| one.text.contains(text)).unwrap().item
}

#[test]
fn what_goes_is_what_was_signed_and_nothing_that_stays_can_be_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let file = file(&mut vault);
    let id = signed(&mut vault, &file, &refusal());
    let view = share(&vault, id, at(90)).unwrap();
    assert!(view.was_chosen && view.held_back.is_empty(), "{view:?}");
    let goes: Vec<_> = view.items.iter().map(|one| (one.text.as_str(), one.nameless)).collect();
    assert!(goes.contains(&("Ayla comes without breakfast", false)), "{goes:?}");
    assert!(goes.iter().any(|(text, nameless)| *nameless && !text.contains("Jo")), "{goes:?}");
    assert_eq!((goes.len(), view.staying[0].why), (2, WhyStays::NotNeeded));

    let landlord = item_of(&vault, id, "landlord");
    let act = ExtentMove::Choose { item: landlord, choice: Choice::Goes };
    assert_eq!(fields(move_extent_of_share(&mut vault, id, &act, 0, at(91))), ["choice"]);
    let named = item_of(&vault, id, "mornings");
    let act = ExtentMove::Choose { item: named, choice: Choice::Goes };
    let moved = move_extent_of_share(&mut vault, id, &act, 0, at(91)).unwrap();
    let line = moved.lines.iter().find(|one| one.item == named).unwrap();
    assert_eq!((line.choice, line.only_nameless), (Choice::WithoutName, true), "no wider than was signed");

    // A note that was written since takes a fresh decision.
    children::add_item(&mut vault, file.case, item("She came at nine", vec![file.child]), at(92)).unwrap();
    let view = share(&vault, id, at(93)).unwrap();
    assert_eq!((view.items.len(), view.new_since, view.never_stops), (2, 1, false));
    let new = item_of(&vault, id, "at nine");
    let act = ExtentMove::Choose { item: new, choice: Choice::Goes };
    assert_eq!(fields(move_extent_of_share(&mut vault, id, &act, 0, at(94))), ["choice"]);
    // So does one that was corrected, and the page says so.
    let breakfast = item_of(&vault, id, "breakfast");
    let corrected = item("Ayla sometimes comes without breakfast", vec![file.child]);
    children::amend_item(&mut vault, file.case, breakfast, corrected, "Not every day", at(95)).unwrap();
    let stale = typed(&view);
    let view = share(&vault, id, at(96)).unwrap();
    assert_eq!(view.items.len(), 1);
    assert_eq!(view.held_back[0].against, [Against::NotLookedAt], "{:?}", view.held_back);
    let path = dir.path().join("o.pdf");
    assert_eq!(
        fields(save_share(&mut vault, saving(id, stale, &path), at(97))),
        ["items"],
        "looked at again"
    );
    assert!(!path.exists());
    let made = save_share(&mut vault, saving(id, typed(&view), &path), at(98)).unwrap();
    share_sent(&mut vault, made, &sent(false), at(99)).unwrap();
    let left = children::child_file(&mut vault, file.case, at(100)).unwrap();
    assert_eq!(left.disclosures[0].went.map(|one| (one.leaves(), one.nameless)), Some((1, 1)));
}

#[test]
fn what_may_stay_can_be_left_out_in_one_press_and_is_asked_only_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, child, _) = family(&mut vault);
    for (text, on) in [("No coat in the snow", day(2024, 2, 1)), ("She was tired", day(2026, 3, 1))] {
        let one = ItemInput { occurred: Some(Occurred::Day { on }.into()), ..item(text, vec![child]) };
        children::add_item(&mut vault, case, one, at(4)).unwrap();
    }
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", words("unsafe", "They would be told.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    let mut draft = signing(&outcome);
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When it is safe.".into();
    }
    let id = sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap().id;
    for line in extent_of_share(&vault, id, 0, at(88)).unwrap().lines {
        let act = ExtentMove::Choose { item: line.item, choice: Choice::Goes };
        move_extent_of_share(&mut vault, id, &act, 0, at(88)).unwrap();
    }
    let view = share(&vault, id, at(90)).unwrap();
    let old = view.more.iter().find(|one| one.more == More::Old).unwrap();
    assert_eq!((old.count, old.can_stay, old.why.as_str()), (1, true, ""));
    assert!(view.never_stops, "harm is asked about it, and waits for no answer");
    save_share(&mut vault, saving(id, typed(&view), &dir.path().join("o.pdf")), at(91)).unwrap();

    for line in extent_of_share(&vault, id, 0, at(92)).unwrap().lines {
        let act = ExtentMove::Choose { item: line.item, choice: Choice::Goes };
        move_extent_of_share(&mut vault, id, &act, 0, at(92)).unwrap();
    }
    move_extent_of_share(&mut vault, id, &ExtentMove::LeaveOut { more: More::Old }, 0, at(93)).unwrap();
    let view = share(&vault, id, at(94)).unwrap();
    assert!(view.more.iter().all(|one| one.more != More::Old), "{:?}", view.more);
    assert_eq!(view.items.len(), 1);
    assert_eq!(view.staying.iter().map(|one| one.why).collect::<Vec<_>>(), [WhyStays::TooOld]);
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

/// The mother's yes to a note and the school, of this file.
fn yes(file: &File, note: ItemId) -> ConsentInput {
    ConsentInput {
        act: Some(ConsentActKind::Answered),
        owed: Some(file.child),
        sense: Some(ConsentSense::Confidence),
        purpose_kind: Some(PurposeKind::Support),
        purpose: "Breakfast club".into(),
        giver: Some(file.mother),
        giver_name: String::new(),
        stands_as: None,
        able: Some(AbleToDecide::NotAble),
        shows: "She is seven".into(),
        powers: String::new(),
        powers_until: DayTyped::default(),
        kinds: vec![],
        items: vec![note],
        item_kinds: vec![InfoKind::School],
        recipients: vec![ConsentRecipientInput {
            name: "Mrs Fictley".into(),
            ..ConsentRecipientInput::default()
        }],
        answers: vec![ConsentAnswerInput {
            what: ConsentThing::Item { item: note, kinds: vec![InfoKind::School] },
            recipient: 0,
            answer: ConsentAnswer::Yes,
        }],
        method: said("Yes, that is fine"),
        when: Some(LeftTyped::Now),
        from: DayTyped::default(),
        until: DayTyped::default(),
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

fn taken_back(file: &File) -> WithdrawalInput {
    WithdrawalInput {
        of: WithdrawalOf {
            owed: file.child,
            sense: ConsentSense::Confidence,
            purpose: ConsentPurpose { kind: PurposeKind::Support, words: "Breakfast club".into() },
            giver: Some(file.mother),
            giver_name: String::new(),
        },
        recipients: vec![0],
        method: said("I changed my mind"),
        when: Some(LeftTyped::Now),
        pressed: Some(PressedToWithdraw::No),
        harm: Some(HarmAskedAgain::No),
        note: String::new(),
    }
}

#[test]
fn a_yes_that_is_taken_back_blocks_what_is_begun_and_what_is_made_and_not_sent() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let file = file(&mut vault);
    let id = signed(&mut vault, &file, &agreed());
    let view = share(&vault, id, at(90)).unwrap();
    assert_eq!((view.decided, view.items.len()), (OutcomeKind::ShareWithConsent, 2), "{view:?}");
    let (breakfast, mornings) = (item_of(&vault, id, "breakfast"), item_of(&vault, id, "mornings"));
    for note in [breakfast, mornings] {
        consent::record_consent(&mut vault, file.case, &yes(&file, note), at(91)).unwrap();
    }
    let begun = share(&vault, id, at(92)).unwrap();
    assert_eq!(begun.items.len(), 2, "{:?}", begun.held_back);
    let path = dir.path().join("o.pdf");
    let made = save_share(&mut vault, saving(id, typed(&begun), &path), at(93)).unwrap();

    consent::withdraw_consent(&mut vault, file.case, &taken_back(&file), at(95)).unwrap();
    // What is begun is not made.
    let view = share(&vault, id, at(96)).unwrap();
    assert!(view.items.is_empty(), "{:?}", view.items);
    assert!(view.held_back.iter().all(|one| one.against == [Against::Withdrawn]), "{:?}", view.held_back);
    assert_eq!(view.held_back.len(), 2);
    let other = dir.path().join("other.pdf");
    assert_eq!(fields(save_share(&mut vault, saving(id, typed(&begun), &other), at(97))), ["items"]);
    assert!(!other.exists());
    // What is made is not sent.
    assert_eq!(view.made[0].bars, [Against::Withdrawn]);
    assert_eq!(fields(share_sent(&mut vault, made, &sent(false), at(98))), ["had_left"]);
    // What had left all the same is written down, with what stood against it.
    share_sent(&mut vault, made, &sent(true), at(99)).unwrap();
    let left = vault.read(|r| sharewell_vault::disclosures::of_case(r, file.case)).unwrap();
    assert!(left[0].record.checked.contains("permission was taken back"), "{:?}", left[0].record);
    assert!(maintenance::verify_vault(&mut vault, at(101)).unwrap().sound);
}

#[test]
fn a_flag_that_was_set_since_it_was_signed_keeps_it_from_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let file = file(&mut vault);
    let outcome = answer_all(&mut vault, file.case, &refusal(), 10);
    let mut draft = signing(&outcome);
    draft.recipient.name = "Jo Sampleton".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Now;
    }
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(80)).unwrap();
    let first = decide::extent(&vault, outcome.decision, 0, at(81)).unwrap().lines[0].item;
    let goes = ExtentMove::Choose { item: first, choice: Choice::Goes };
    decide::move_extent(&mut vault, outcome.decision, &goes, 0, at(81)).unwrap();
    decide::move_extent(&mut vault, outcome.decision, &ExtentMove::RestStays, 0, at(82)).unwrap();
    let id = sign_off(&mut vault, outcome.decision, draft, at(86)).unwrap().id;
    let begun = share(&vault, id, at(87)).unwrap();
    assert_eq!(begun.items.len(), 1);
    let made = save_share(&mut vault, saving(id, typed(&begun), &dir.path().join("o.pdf")), at(88)).unwrap();

    let flag = FlagInput {
        person: Some(file.mother),
        kind: Some(FlagKind::DoNotTell),
        reason: "She would be in danger.".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, file.case, flag, at(89)).unwrap();
    let view = share(&vault, id, at(90)).unwrap();
    assert!(view.refused && view.items.is_empty(), "{view:?}");
    let path = dir.path().join("other.pdf");
    let wrong = fields(save_share(&mut vault, saving(id, typed(&begun), &path), at(91)));
    assert!(wrong.contains(&"recipient".to_owned()), "{wrong:?}");
    assert_eq!(view.made[0].bars, [Against::Flagged]);
    assert_eq!(fields(share_sent(&mut vault, made, &sent(false), at(92))), ["had_left"]);
}

#[test]
fn a_file_that_could_not_be_named_leaves_a_record_from_which_it_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("vault");
    let mut vault = vault(&home);
    let file = file(&mut vault);
    let id = signed(&mut vault, &file, &refusal());
    let begun = share(&vault, id, at(90)).unwrap();
    // Whatever stands there under that name cannot be replaced: the record is written, and the file is not.
    let path = dir.path().join("o.pdf");
    std::fs::create_dir_all(path.join("in the way")).unwrap();
    let failed = save_share(&mut vault, saving(id, typed(&begun), &path), at(91)).unwrap_err();
    assert_eq!(Failure::from(failed).fields.len(), 0);
    drop(vault);
    // The program is killed here, and opens the vault again.
    let mut vault = start::unlock(&home, secret(PASSPHRASE), at(92)).unwrap();
    let view = share(&vault, id, at(93)).unwrap();
    assert_eq!((view.made.len(), view.made[0].state, view.made[0].can_be_again), (1, ShareState::Made, true));
    let (again, second) = (view.made[0].id, dir.path().join("second.pdf"));
    let save = SaveShareAgain { share: again, words: secret(WORDS), path: second.clone() };
    save_share_again(&mut vault, save, at(94)).unwrap();
    assert!(second.exists());
    share_sent(&mut vault, again, &sent(false), at(95)).unwrap();
}

#[test]
fn a_record_that_could_not_be_written_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("vault");
    let mut vault = vault(&home);
    let file = file(&mut vault);
    let id = signed(&mut vault, &file, &refusal());
    let goes = share(&vault, id, at(90)).unwrap().items.len();
    let out = dir.path().join("out");
    std::fs::create_dir(&out).unwrap();
    // The file is whole and has no name yet; the program ends before its record is written.
    {
        let save = saving(id, typed(&share(&vault, id, at(90)).unwrap()), &out.join("o.pdf"));
        let beside = vault.beside(&Work::new()).unwrap();
        let made = save.run(beside, at(91)).unwrap();
        drop(made);
    }
    drop(vault);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0, "nobody has a file that nothing tells of");
    let vault = start::unlock(&home, secret(PASSPHRASE), at(92)).unwrap();
    let view = share(&vault, id, at(93)).unwrap();
    assert!(view.made.is_empty() && view.items.len() == goes, "begun anew with every choice");
}

#[test]
fn a_share_that_says_otherwise_what_they_have_says_so_on_its_page_and_in_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let file = file(&mut vault);
    let first = signed(&mut vault, &file, &refusal());
    let begun = share(&vault, first, at(90)).unwrap();
    let (one, two) = (dir.path().join("one.pdf"), dir.path().join("two.pdf"));
    let made = save_share(&mut vault, saving(first, typed(&begun), &one), at(91)).unwrap();
    share_sent(&mut vault, made, &sent(false), at(92)).unwrap();
    let breakfast = item_of(&vault, first, "breakfast");
    let corrected = item("Ayla sometimes comes without breakfast", vec![file.child]);
    children::amend_item(&mut vault, file.case, breakfast, corrected, "Not every day", at(95)).unwrap();

    let again = signed_from(&mut vault, &file, &refusal(), 100);
    let begun = share(&vault, again, at(190)).unwrap();
    save_share(&mut vault, saving(again, typed(&begun), &two), at(191)).unwrap();
    let reference = share(&vault, first, at(192)).unwrap().made[0].reference.clone();
    let open = dir.path().join("open.pdf");
    let opened = std::process::Command::new("qpdf")
        .arg(format!("--password={WORDS}"))
        .arg("--decrypt")
        .args([&two, &open])
        .status()
        .unwrap();
    assert!(opened.success());
    let text = std::process::Command::new("pdftotext").arg(&open).arg("-").output().unwrap();
    let text = String::from_utf8_lossy(&text.stdout).replace('\u{200b}', "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Read this in the place of what we sent before"), "{text}");
    assert!(text.contains(&format!("with the reference {reference}")), "{text}");
    let told = format!("{:?}", children::child_file(&mut vault, file.case, at(193)).unwrap().timeline);
    assert!(told.contains(&format!("replaces {reference}")), "{told}");
}

#[test]
fn a_share_for_their_own_form_is_copied_a_section_at_a_time_and_keeps_its_marks() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("vault");
    let mut vault = vault(&home);
    let file = file(&mut vault);
    let id = signed(&mut vault, &file, &refusal());
    let begun = share(&vault, id, at(90)).unwrap();
    let input = ShareInput { route: None, ..typed(&begun) };
    let made = begin_share_form(&mut vault, id, input, at(91)).unwrap();
    let form = share_form(&vault, made).unwrap();
    let text = |part: SharePart| {
        form.sections.iter().find(|one| one.part == part).map(|one| one.text.clone()).unwrap_or_default()
    };
    assert!(text(SharePart::Ask).contains("Let her have breakfast."), "{form:?}");
    assert!(text(SharePart::Items).contains("Ayla comes without breakfast"), "{form:?}");
    assert!(!text(SharePart::Items).contains("Jo Sampleton"), "without a name: {form:?}");
    assert!(text(SharePart::Keep).contains("parent portal"), "{form:?}");
    assert!(form.sections.iter().all(|one| !one.copied));

    let copied = copied_share_section(&mut vault, made, SharePart::Ask, at(92)).unwrap();
    assert_eq!(copied.into_text(), text(SharePart::Ask));
    drop(vault);
    let mut vault = start::unlock(&home, secret(PASSPHRASE), at(93)).unwrap();
    let marked: Vec<_> = share_form(&vault, made)
        .unwrap()
        .sections
        .iter()
        .filter(|one| one.copied)
        .map(|one| one.part)
        .collect();
    assert_eq!(marked, [SharePart::Ask], "a lock or a kill keeps the marks");
    let line = share(&vault, id, at(94)).unwrap().made.remove(0);
    assert!(line.in_form && !line.can_be_again && line.state == ShareState::Made, "{line:?}");
    let reference = ShareSentInput { reference: "WEB-4471".into(), ..sent(false) };
    share_sent(&mut vault, made, &reference, at(95)).unwrap();
    let told = format!("{:?}", children::child_file(&mut vault, file.case, at(96)).unwrap().timeline);
    assert!(told.contains("WEB-4471"), "{told}");
    assert!(maintenance::verify_vault(&mut vault, at(97)).unwrap().sound);
}
