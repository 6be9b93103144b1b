//! The share that is made from a signed decision: what it holds, whom it never names, and what closes on it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use sharewell_casework::records::*;
use sharewell_casework::share::{
    SaveShare, SaveShareAgain, extent_of_share, move_extent_of_share, offer_words, save_share,
    save_share_again, share, share_acknowledged, share_message, share_sent,
};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, children, maintenance, start};
use sharewell_left_out::ground::{Ground, test_again};
use sharewell_left_out::left_out;
use support::*;

/// A file with something of each mark, and a signed decision that a child is harmed.
fn decided(vault: &mut Vault) -> (CaseId, DecisionId) {
    let (case, child, _) = family(vault);
    let noted = |mark: Mark, text: &str, by: &str| ItemInput {
        mark: Some(mark),
        by: by.into(),
        ..item(text, vec![child])
    };
    let old = ItemInput {
        occurred: Some(Occurred::Day { on: day(2024, 2, 1) }.into()),
        ..item("No coat in the snow", vec![child])
    };
    for (minute, one) in [
        (4, noted(Mark::Fact, "A burn on her left hand", "")),
        (5, noted(Mark::Opinion, "I think that she is afraid", "health visitor")),
        (6, noted(Mark::Reported, "“Coz gets cross when I spill things”", "Ayla")),
        (7, old),
    ] {
        children::add_item(vault, case, one, at(minute)).unwrap();
    }
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", words("unsafe", "He would be told.")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(vault, case, &said, 10);
    let mut draft = signing(&outcome);
    draft.what = "That she has a burn and is afraid.".into();
    draft.reasons = "It cannot wait.".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Later;
        row.why = "When social care say that it is safe.".into();
    }
    let signed = sign_off(vault, outcome.decision, draft, at(80)).unwrap();
    (case, signed.id)
}

/// Chooses at the door what goes: nothing was chosen note by note when it was signed.
fn choose(vault: &mut Vault, decision: DecisionId, goes: impl Fn(&ExtentLine) -> bool) -> ShareView {
    for line in extent_of_share(vault, decision, 0, at(89)).unwrap().lines {
        let choice = if goes(&line) { Choice::Goes } else { Choice::Stays };
        let act = ExtentMove::Choose { item: line.item, choice };
        move_extent_of_share(vault, decision, &act, 0, at(89)).unwrap();
    }
    share(vault, decision, at(90)).unwrap()
}

fn typed(view: &ShareView) -> ShareInput {
    ShareInput {
        items: view.items.iter().map(|one| one.item).collect(),
        papers: Vec::new(),
        names: Vec::new(),
        ask: "See her today, and ring us.".into(),
        by: "today, 17:00".into(),
        urgency: "Today".into(),
        at_risk: view.offered.at_risk.clone(),
        keeping: Some(ShareKeeping::WhoActs),
        route: Some(Route::EncryptedFile),
        to_key: false,
        why_open: String::new(),
    }
}

const WORDS: &str = "broomstick jellyfish nightingale watermelon thunderbolt hedgehog";

fn saving(decision: DecisionId, typed: ShareInput, path: &Path) -> SaveShare {
    SaveShare { decision, typed, words: secret(WORDS), path: path.to_owned() }
}

/// The words on the pages, where the words open it. Poppler's own tools cut a passphrase after 32 letters.
fn text_of(path: &Path, words: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let open = folder.path().join("open.pdf");
    let password = format!("--password={words}");
    let (from, to) = (path.to_str().unwrap(), open.to_str().unwrap());
    let unlocked = Command::new("qpdf").args([&password, "--decrypt", from, to]).output().unwrap();
    if !unlocked.status.success() {
        return None;
    }
    let done = Command::new("pdftotext").args(["-enc", "UTF-8", to, "-"]).output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap().replace('\u{200b}', "");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn open_duties(vault: &Vault, decision: DecisionId) -> Vec<Duty> {
    let view = sharewell_casework::decide::decision(vault, decision, at(200)).unwrap();
    let open = view.obligations.iter().filter(|one| one.state == DutyState::Outstanding);
    open.map(|one| one.duty).collect()
}

fn sent() -> ShareSentInput {
    ShareSentInput {
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        how: "by e-mail to the duty desk".into(),
        reference: "FR-118".into(),
        had_left: false,
    }
}

#[test]
fn a_share_holds_what_was_chosen_and_opens_with_its_words_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision) = decided(&mut vault);
    assert!(share(&vault, decision, at(90)).unwrap().items.is_empty(), "nothing is chosen beforehand");
    let view = choose(&mut vault, decision, |one| one.mark != Mark::Opinion);
    assert_eq!(view.items.len(), 3);
    assert!(view.items.iter().any(|one| one.historic && one.text.contains("No coat")), "{:?}", view.items);
    let path = dir.path().join("out.pdf");
    let input = typed(&view);
    let id = save_share(&mut vault, saving(decision, input, &path), at(91)).unwrap();

    let text = text_of(&path, WORDS).unwrap();
    for phrase in [
        "See her today, and ring us.",
        "today, 17:00",
        "Ayla Sampleton",
        "9434765919",
        "A burn on her left hand",
        "Said by Ayla",
        "Historic: check before you rely on it",
        "Not told yet. Do not tell.",
        "Without permission, because the reasons to share outweigh it",
    ] {
        assert!(text.contains(phrase), "{phrase}: {text}");
    }
    assert!(!text.contains("I think that she is afraid"), "what was not chosen stays: {text}");
    assert!(!text.contains("It cannot wait."), "our reason stays in our record: {text}");
    assert_eq!(text_of(&path, "broomstick"), None, "other words open nothing");
    let line = share(&vault, decision, at(92)).unwrap().made.remove(0);
    assert_eq!((line.id, line.state, line.count), (id, ShareState::Made, 3));
    assert!(text.contains(&line.reference), "the reference stands on the page");
}

#[test]
fn making_the_file_tells_nobody_anything_and_sending_it_is_what_left() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, decision) = decided(&mut vault);
    let view = choose(&mut vault, decision, |_| true);
    let path = dir.path().join("out.pdf");
    let input = typed(&view);
    let before = open_duties(&vault, decision);
    assert!(before.contains(&Duty::ConfirmInWriting) && before.contains(&Duty::Act), "{before:?}");
    let id = save_share(&mut vault, saving(decision, input, &path), at(91)).unwrap();
    assert_eq!(open_duties(&vault, decision), before, "paper closes nothing");

    let nothing =
        ShareSentInput { when: None, check: Some(CheckedBy::NumberShown), how: String::new(), ..sent() };
    let failure = Failure::from(share_sent(&mut vault, id, &nothing, at(92)).unwrap_err());
    let fields: Vec<&str> = failure.fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["at", "check", "how"], "all at once");
    share_sent(&mut vault, id, &sent(), at(93)).unwrap();
    let after = open_duties(&vault, decision);
    for gone in [Duty::ConfirmInWriting, Duty::RecordDisclosure, Duty::TellLimits, Duty::SeparateFactOpinion]
    {
        assert!(!after.contains(&gone), "{gone:?} is shown to be done: {after:?}");
    }
    let kept = [Duty::Act, Duty::Escalate, Duty::Explain, Duty::HearViews, Duty::Review];
    for person in kept.into_iter().filter(|one| before.contains(one)) {
        assert!(after.contains(&person), "{person:?} only a person can close: {after:?}");
    }
    assert!(matches!(share_sent(&mut vault, id, &sent(), at(94)), Err(Error::AlreadySettled)));
    let file = children::child_file(&mut vault, case, at(95)).unwrap();
    let told = format!("{:?}", file.timeline);
    assert!(told.contains("by e-mail to the duty desk"), "{told}");

    let answer = ShareAnsweredInput {
        when: Some(LeftTyped::Now),
        by: "Robin Pretence".into(),
        will_do: "visit this afternoon".into(),
    };
    share_acknowledged(&mut vault, id, &answer, at(96)).unwrap();
    assert!(!open_duties(&vault, decision).contains(&Duty::Escalate), "the chase closes on an answer");
    assert!(open_duties(&vault, decision).contains(&Duty::Act), "an answer to paper is no call");
    assert!(maintenance::verify_vault(&mut vault, at(97)).unwrap().sound);
}

#[test]
fn nothing_is_answered_that_was_not_sent() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision) = decided(&mut vault);
    let input = typed(&choose(&mut vault, decision, |_| true));
    let id = save_share(&mut vault, saving(decision, input, &dir.path().join("o.pdf")), at(91)).unwrap();
    let answer =
        ShareAnsweredInput { when: Some(LeftTyped::Now), by: "Robin".into(), will_do: "read it".into() };
    assert!(share_acknowledged(&mut vault, id, &answer, at(92)).is_err());
}

#[test]
fn lost_words_make_the_file_again_with_the_same_content_even_where_an_entry_was_corrected_since() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (case, decision) = decided(&mut vault);
    let view = choose(&mut vault, decision, |_| true);
    let (first, second) = (dir.path().join("first.pdf"), dir.path().join("second.pdf"));
    let id = save_share(&mut vault, saving(decision, typed(&view), &first), at(91)).unwrap();
    let burn = view.items.iter().find(|one| one.text.contains("burn")).unwrap().item;
    let child = children::file_head(&vault, case, at(92)).unwrap().child.person.id;
    let corrected = item("A scald on her right hand", vec![child]);
    children::amend_item(&mut vault, case, burn, corrected, "I mixed up my notes", at(92)).unwrap();

    let words = offer_words().unwrap();
    let again = SaveShareAgain { share: id, words: secret(&words), path: second.clone() };
    assert_eq!(save_share_again(&mut vault, again, at(93)).unwrap(), id, "the same share");
    assert_eq!(text_of(&second, WORDS), None, "the old words open nothing");
    let (before, after) = (text_of(&first, WORDS).unwrap(), text_of(&second, &words).unwrap());
    assert!(after.contains("A burn on her left hand") && !after.contains("scald"), "as it went: {after}");
    let items = |text: &str| {
        text.split("What we are sharing").nth(1).unwrap().split("Printed by").next().map(str::to_owned)
    };
    assert_eq!(items(&before), items(&after));
    let line = share(&vault, decision, at(94)).unwrap().made.remove(0);
    assert_eq!((line.made_again, line.can_be_again), (1, true));
    assert!(maintenance::verify_vault(&mut vault, at(95)).unwrap().sound);
}

#[test]
fn the_words_stand_in_nothing_that_is_kept_and_the_message_names_nobody_and_leaves_no_vault_that_is_looked_at()
 {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("vault");
    let mut vault = vault(&home);
    let (_, decision) = decided(&mut vault);
    let input = typed(&choose(&mut vault, decision, |_| true));
    let id = save_share(&mut vault, saving(decision, input, &dir.path().join("o.pdf")), at(91)).unwrap();
    let message = share_message(&mut vault, id, at(92)).unwrap().into_text();
    for name in ["Ayla", "Sampleton", "Jo", "Exampleton", "broomstick", "burn"] {
        assert!(!message.contains(name), "{name}: {message}");
    }
    assert!(message.contains("01632 960201"), "{message}");
    let shown = format!("{:?}", SaveShareAgain { share: id, words: secret(WORDS), path: "x".into() });
    assert!(!shown.contains("broomstick"), "{shown}");
    let logged = |vault: &Vault| {
        let rows = vault.read(|r| sharewell_vault::access::list(r, None, 100, None)).unwrap();
        let what = format!("share:{id}");
        let printed = |one: &&sharewell_vault::access::AccessRow| matches!(&one.access, Some(sharewell_vault::Access::Printed { what: noted, .. }) if *noted == what);
        rows.iter().filter(printed).count()
    };
    let before = logged(&vault);
    share_message(&mut vault, id, at(92)).unwrap();
    assert_eq!(logged(&vault), before + 1, "each copy stands in the access log");
    start::close(vault, at(93)).unwrap();
    let mut look = start::look(&home, secret(PASSPHRASE), at(94)).unwrap();
    let refused = share_message(&mut look, id, at(95)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::ReadOnly, "nothing is copied where nothing can be noted");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_and_an_open_way_is_the_directorys_to_give() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision) = decided(&mut vault);
    let view = share(&vault, decision, at(90)).unwrap();
    assert!(
        view.routes.iter().all(|one| one.open == (one.route == Route::EncryptedFile)),
        "{:?}",
        view.routes
    );
    let empty = ShareInput {
        items: vec![],
        papers: vec![],
        names: vec![],
        ask: " ".into(),
        by: String::new(),
        urgency: String::new(),
        at_risk: String::new(),
        keeping: None,
        route: Some(Route::SecureEmail),
        to_key: false,
        why_open: String::new(),
    };
    let path = dir.path().join("o.pdf");
    let failure = Failure::from(save_share(&mut vault, saving(decision, empty, &path), at(91)).unwrap_err());
    let fields: Vec<&str> = failure.fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["items", "ask", "at_risk", "keeping", "route", "why_open"]);
    let view = choose(&mut vault, decision, |_| true);
    let no_words = SaveShare { words: secret(""), ..saving(decision, typed(&view), &path) };
    let failure = Failure::from(save_share(&mut vault, no_words, at(92)).unwrap_err());
    assert_eq!(failure.fields[0].field, "words");
    assert!(!path.exists() && share(&vault, decision, at(93)).unwrap().made.is_empty());
}

/// The disk of the test below, for the child that runs on it.
const DISK: &str = "SHAREWELL_FULL_SHARE";
const HELD: &str = "a share held on a full disk";

#[test]
fn a_share_that_does_not_fit_on_the_disk_is_no_share() {
    let disk = tempfile::tempdir().unwrap();
    if let Err(why) = test_again(Ground::Room("512k"), disk.path(), DISK, "child_on_a_full_disk", HELD) {
        left_out!("{why}");
    }
}

/// Runs only when started by the test above, with a small disk mounted.
#[test]
fn child_on_a_full_disk() {
    let Some(disk) = std::env::var_os(DISK).map(std::path::PathBuf::from) else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let (_, decision) = decided(&mut vault);
    let mut ballast = std::fs::File::create(disk.join("ballast")).unwrap();
    while ballast.write_all(&[7; 4096]).is_ok() {}
    let size = ballast.metadata().unwrap().len();
    ballast.set_len(size - 8 * 1024).unwrap();
    drop(ballast);
    let path = disk.join("o.pdf");
    let input = typed(&choose(&mut vault, decision, |_| true));
    let failed = save_share(&mut vault, saving(decision, input.clone(), &path), at(91)).unwrap_err();
    assert_eq!(Failure::from(failed).code, Code::DiskFull);
    assert!(share(&vault, decision, at(92)).unwrap().made.is_empty(), "nothing was made");
    assert_eq!(std::fs::read_dir(&disk).unwrap().count(), 1, "and nothing is left there");
    std::fs::remove_file(disk.join("ballast")).unwrap();
    save_share(&mut vault, saving(decision, input, &path), at(93)).unwrap();
    assert!(text_of(&path, WORDS).is_some());
    println!("\n{HELD}");
}
