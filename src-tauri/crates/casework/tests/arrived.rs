//! A share in our container that came: opened by the key it was made for, shown, and written down under its limits.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::account::{
    ArrivedDocument, OpenArrived, TakeArrived, bring_share_key, make_share_key, share_keys,
};
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::share::{SaveShare, save_share, share};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, clock, decide, directory, maintenance};
use support::*;

const WORDS: &str = "broomstick jellyfish nightingale watermelon thunderbolt hedgehog";

fn code<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Code {
    Failure::from(done.unwrap_err()).code
}

/// Somebody else's vault makes a share about Ayla to a key, and gives its path.
fn made_for(key: &ShareKeyView, dir: &Path) -> std::path::PathBuf {
    let mut theirs = vault(&dir.join("theirs"));
    let contact = ContactInput {
        name: "Mrs Fictley".into(),
        role: Some(ContactRole::School),
        agency: "Imaginary Row Primary School".into(),
        phone: "01632 960311".into(),
        out_of_hours: String::new(),
        email: String::new(),
        address: String::new(),
        safe_channel: String::new(),
        key: key.public.clone(),
        is_verified: Some(true),
        verified_by: "Nia Exampleton".into(),
        verified_how: "compared the fingerprint by telephone".into(),
        verified_source: String::new(),
        verified_on: DayTyped::from(clock::day_of(at(0))),
        verified_until: DayTyped::default(),
    };
    directory::add_contact(&mut theirs, &contact, at(1)).unwrap();
    let (case, child, _) = family(&mut theirs);
    children::add_item(&mut theirs, case, item("Ayla comes without breakfast", vec![child]), at(2)).unwrap();
    let outcome = answer_all(&mut theirs, case, &refusal(), 10);
    let mut draft = signing(&outcome);
    draft.recipient.name = "Mrs Fictley".into();
    for row in &mut draft.telling {
        row.when = WhenTold::Not;
        row.why = "She is afraid of him.".into();
    }
    decide::save_sign_off(&mut theirs, outcome.decision, draft.clone(), at(80)).unwrap();
    let note = decide::extent(&theirs, outcome.decision, 0, at(81)).unwrap().lines[0].item;
    let goes = ExtentMove::Choose { item: note, choice: Choice::Goes };
    decide::move_extent(&mut theirs, outcome.decision, &goes, 0, at(82)).unwrap();
    let id = sign_off(&mut theirs, outcome.decision, draft, at(84)).unwrap().id;
    let view = share(&theirs, id, at(85)).unwrap();
    let typed = ShareInput {
        items: view.items.iter().map(|one| one.item).collect(),
        papers: Vec::new(),
        names: Vec::new(),
        ask: "Let her have breakfast.".into(),
        by: "from Monday".into(),
        urgency: String::new(),
        at_risk: "Ayla".into(),
        keeping: Some(ShareKeeping::School),
        route: Some(Route::EncryptedFile),
        to_key: true,
        why_open: String::new(),
    };
    let path = dir.join("came.sharewell-share");
    let save = SaveShare { decision: id, typed, words: secret(WORDS), path: path.clone() };
    save_share(&mut theirs, save, at(86)).unwrap();
    path
}

/// Our own vault, with a file of the same child.
fn ours(dir: &Path) -> (Vault, CaseId, PersonId) {
    let mut vault = vault(&dir.join("ours"));
    let (case, child, _) = family(&mut vault);
    (vault, case, child)
}

fn open(vault: &mut Vault, case: CaseId, path: &Path) -> sharewell_casework::Result<ArrivedView> {
    at_once(OpenArrived::new(case, path.to_owned()), vault, at(100))
}

#[test]
fn a_share_that_came_is_shown_and_written_down_under_its_senders_limits() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, case, child) = ours(dir.path());
    let key = make_share_key(&mut vault, at(3)).unwrap().remove(0);
    assert_eq!(make_share_key(&mut vault, at(4)).unwrap()[0], key, "one that is there stays");
    let path = made_for(&key, dir.path());
    let view = open(&mut vault, case, &path).unwrap();
    let says = view.says.clone().unwrap();
    assert_eq!((says.asked.as_str(), says.by.as_str()), ("Let her have breakfast.", "from Monday"));
    assert_eq!((view.made_by.as_str(), view.documents), ("Nia Exampleton", 1));
    assert!(says.limits.contains("Ask its author"), "{}", says.limits);
    assert!(!says.may_be_another, "{}", says.about);
    assert_eq!(says.notes[0].text, "Ayla comes without breakfast");
    assert!(view.received.ask_first);
    assert_eq!(view.received.family, Some(MayKnow::No), "who must not be told does not hear of it here");
    let document = ArrivedDocument::new(path.clone(), view.contents.clone(), 0);
    let document = at_once(document, &mut vault, at(101)).unwrap();
    assert!(data_encoding::BASE64.decode(document.as_bytes()).unwrap().starts_with(b"%PDF-"));

    let received = ReceivedInput { about: vec![child], ask_first: false, ..view.received.clone() };
    let typed = ArrivedInput { contents: view.contents.clone(), compared: false, received };
    let taken = at_once(TakeArrived::new(case, path.clone(), typed.clone()), &mut vault, at(102));
    assert_eq!(Failure::from(taken.unwrap_err()).fields[0].code, Code::NotCompared);
    let typed = ArrivedInput { compared: true, ..typed };
    let id = at_once(TakeArrived::new(case, path.clone(), typed.clone()), &mut vault, at(103)).unwrap();

    let all = vault.read(|r| sharewell_vault::received::of_case(r, case)).unwrap();
    let one = &all.iter().find(|one| one.record.id == id).unwrap().record;
    assert!(one.limits.ask_first, "its limits are not taken away by a form");
    assert_eq!((one.items.len(), one.family_may_know), (2, MayKnow::No));
    assert!(one.speaks_against(("Dr Sam Pretend", "GP"), false, day(2026, 10, 7)));
    assert!(!one.speaks_against(("Nia Exampleton", ""), false, day(2026, 10, 7)), "it may go back");
    let notes = vault.read(|r| sharewell_vault::items::of_case(r, case)).unwrap();
    let note = notes.iter().find(|one| one.record.text.contains("without breakfast")).unwrap();
    assert_eq!((note.record.mark, &note.record.about[..]), (Mark::Reported, &[child][..]));
    assert!(note.record.by.contains("Nia Exampleton"), "{}", note.record.by);
    let papers = vault.read(|r| sharewell_vault::attachments::of_case(r, case)).unwrap();
    assert_eq!((papers.len(), papers[0].record.form), (1, AttachmentForm::Pdf));
    assert_eq!(papers[0].record.limits, says.limits);
    assert!(maintenance::verify_vault(&mut vault, at(104)).unwrap().sound);

    // Nothing but the encrypted file was ever beside the vaults.
    let beside: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 3, "{beside:?}");

    // What was shown is what is written down.
    let other = ArrivedInput { contents: "0".repeat(64), ..typed };
    assert_eq!(code(at_once(TakeArrived::new(case, path, other), &mut vault, at(105))), Code::PaperChanged);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, case, _) = ours(dir.path());
    let stranger = sharewell_exchange::keys::Identity::generate();
    let public = stranger.recipient();
    let key = ShareKeyView { public: public.to_string(), fingerprint: public.fingerprint() };
    let path = made_for(&key, dir.path());
    assert_eq!(code(open(&mut vault, case, &path)), Code::ShareNoKey);
    make_share_key(&mut vault, at(5)).unwrap();
    assert_eq!(code(open(&mut vault, case, &path)), Code::ShareOtherKey);
    let text = dir.path().join("text.sharewell-share");
    std::fs::write(&text, "no share").unwrap();
    assert_eq!(code(open(&mut vault, case, &text)), Code::NotAShare);
    assert_eq!(code(open(&mut vault, case, &dir.path().join("nothing"))), Code::FileUnreadable);
    assert_eq!(code(open(&mut vault, case, dir.path())), Code::FileUnreadable);

    // Its key is brought from where it was made: then it opens, and what was damaged says so.
    let file = dir.path().join("key.txt");
    std::fs::write(&file, "no key").unwrap();
    assert_eq!(code(bring_share_key(&mut vault, &file, at(6))), Code::NoShareKey);
    let secret = secrecy::ExposeSecret::expose_secret(&stranger.to_secret()).to_owned();
    std::fs::write(&file, format!("# public key: {public}\n{secret}\n")).unwrap();
    assert_eq!(bring_share_key(&mut vault, &file, at(7)).unwrap().len(), 2);
    assert_eq!(bring_share_key(&mut vault, &file, at(8)).unwrap(), share_keys(&vault).unwrap());
    assert!(open(&mut vault, case, &path).is_ok());
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(code(open(&mut vault, case, &path)), Code::ShareDamaged);
    std::fs::write(&path, &bytes[..middle]).unwrap();
    assert_eq!(code(open(&mut vault, case, &path)), Code::ShareDamaged);
}
