//! Papers of a file: they come in whole or not at all, are looked at without a file anywhere, and leave as they came.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use sharewell_casework::attached::{
    AddPaper, LookAtPaper, amend_paper, offer_paper, paper_piece, papers, withdraw_paper,
};
use sharewell_casework::long::{Long as _, at_once};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, Work, children, maintenance, search};
use support::*;

/// What no file outside the vault may ever hold.
const CANARY: &str = "CANARY-umber-heron-93412";

fn said() -> PaperInput {
    PaperInput {
        what: "Attendance letter".into(),
        from: "Fablewell Primary School".into(),
        said_by: "Ms Mockford, head".into(),
        came: Some(WhenTyped::Day { on: day(2026, 10, 5).into() }),
        limits: "For the health visitor alone".into(),
        about: vec![],
        item: None,
        instead: None,
        why: String::new(),
    }
}

fn put(dir: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn add(vault: &mut Vault, case: CaseId, path: &Path) -> std::result::Result<AttachmentId, Failure> {
    at_once(AddPaper::new(case, path.to_owned(), said()), vault, at(5)).map_err(Failure::from)
}

/// The bytes as the window gets them.
fn bytes(vault: &mut Vault, case: CaseId, id: AttachmentId) -> Vec<u8> {
    let view = at_once(LookAtPaper::new(case, id), vault, at(6)).unwrap();
    let mut all = Vec::new();
    for number in 0..view.pieces {
        let piece = paper_piece(vault, case, id, number).unwrap().unwrap();
        all.extend(data_encoding::BASE64.decode(piece.as_bytes()).unwrap());
    }
    assert_eq!(paper_piece(vault, case, id, view.pieces).unwrap(), None);
    all
}

fn everything_below(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(everything_below(&path)),
            false => all.push((path.clone(), fs::read(path).unwrap())),
        }
    }
    all
}

#[test]
fn a_paper_comes_in_as_it_is_keeps_its_sender_and_is_nowhere_readable_outside_the_vault() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, child, _) = family(&mut vault);
    let letter = format!("{CANARY}\nAyla was away on 12 days. 她很害怕。\n").repeat(40_000);
    let path = put(outside.path(), "letter \u{202e}txt.exe", letter.as_bytes());
    let offer = offer_paper(&vault, &path).unwrap();
    assert_eq!(offer.name, "letter txt.exe", "what turns letters round is gone, and where it lay");
    assert!(offer.needs_kib > 2 * offer.kib, "the backup counts: {offer:?}");
    let typed = PaperInput { about: vec![child], ..said() };
    let id = at_once(AddPaper::new(case, path.clone(), typed), &mut vault, at(5)).unwrap();
    fs::remove_file(&path).unwrap();

    let listed = papers(&vault, case).unwrap();
    assert_eq!(listed.len(), 1);
    let paper = &listed[0];
    assert_eq!((paper.id, paper.form, paper.there), (id, AttachmentForm::Text, true));
    assert_eq!(paper.limits, "For the health visitor alone");
    assert_eq!(paper.about_names, ["Ayla Sampleton"]);
    assert_eq!(bytes(&mut vault, case, id), letter.as_bytes());
    let file = children::child_file(&mut vault, case, at(7)).unwrap();
    let told = file.timeline.iter().find_map(|line| match &line.what {
        TimelineWhat::Attachment { text, from, limits, .. } => {
            Some((text.clone(), from.clone(), limits.clone()))
        }
        _ => None,
    });
    let (text, from, limits) = told.expect("the story tells of it");
    assert_eq!(
        (text.as_str(), from.as_str(), limits.as_str()),
        ("Attendance letter", "Fablewell Primary School", "For the health visitor alone")
    );
    let found = search::search(&mut vault, "attendance", at(8)).unwrap();
    assert!(found.hits.iter().any(|hit| hit.kind == "attachment"), "{found:?}");
    maintenance::backup_now(&mut vault, at(9)).unwrap();
    assert!(maintenance::verify_vault(&mut vault, at(10)).unwrap().sound);

    let all = [everything_below(home.path()), everything_below(outside.path())].concat();
    assert!(all.len() > 4);
    for (path, held) in all {
        let there = held.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!there, "{} can be read", path.display());
    }
}

#[test]
fn what_is_no_paper_is_refused_with_its_own_reason_and_nothing_half_is_there() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let big = outside.path().join("big.pdf");
    fs::File::create(&big).unwrap().set_len(MOST_ATTACHED + 1).unwrap();
    let refused = |vault: &mut Vault, path: &Path, code| {
        let failure = add(vault, case, path).unwrap_err();
        assert_eq!(failure.code, code, "{}", path.display());
        let told = format!("{failure:?}");
        assert!(!told.contains(&*path.file_name().unwrap().to_string_lossy()), "no name in an error: {told}");
        assert!(papers(vault, case).unwrap().is_empty());
    };
    refused(&mut vault, &big, Code::PaperTooLarge);
    assert_eq!(
        Failure::from(offer_paper(&vault, &big).unwrap_err()).code,
        Code::PaperTooLarge,
        "told before"
    );
    for (name, held, code) in [
        ("empty.pdf", &b""[..], Code::PaperEmpty),
        ("zoo.pdf", b"PK\x03\x04 a zipped folder", Code::PaperForeign),
        ("photo.jpg", b"GIF89a\x01\x00", Code::PaperForeign),
        ("word.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code::PaperForeign),
    ] {
        let path = put(outside.path(), name, held);
        refused(&mut vault, &path, code);
    }
    refused(&mut vault, &outside.path().join("gone.pdf"), Code::FileUnreadable);
    let folder = outside.path().join("folder.pdf");
    fs::create_dir(&folder).unwrap();
    refused(&mut vault, &folder, Code::FileUnreadable);
    // What is said of it is asked for as in any form, all at once.
    let path = put(outside.path(), "letter.txt", b"a letter");
    let nothing = AddPaper::new(case, path, PaperInput::default());
    let failure = Failure::from(at_once(nothing, &mut vault, at(5)).unwrap_err());
    let fields: Vec<&str> = failure.fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["what", "from", "came"]);
    assert!(maintenance::verify_vault(&mut vault, at(10)).unwrap().sound);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_refused_and_holds_nothing_up() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let pipe = outside.path().join("letter.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(add(&mut vault, case, &pipe).unwrap_err().code, Code::FileUnreadable);
}

#[test]
fn a_file_that_is_written_to_meanwhile_is_not_taken() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let path = put(outside.path(), "letter.txt", &b"line\n".repeat(8 << 20));
    let mut adding = AddPaper::new(case, path.clone(), said());
    adding.start(&mut vault, at(5)).unwrap();
    let work = Work::new();
    let beside = vault.beside(&work).unwrap();
    let taken = std::thread::scope(|scope| {
        let taking = scope.spawn(|| adding.run(beside, at(5)));
        while work.progress().0 == 0 && !taking.is_finished() {
            std::thread::yield_now();
        }
        fs::write(&path, b"another letter altogether").unwrap();
        taking.join().unwrap()
    });
    assert_eq!(Failure::from(taken.unwrap_err()).code, Code::PaperChanged);
    assert!(papers(&vault, case).unwrap().is_empty());
    assert!(maintenance::verify_vault(&mut vault, at(10)).unwrap().sound);
}

#[test]
fn a_paper_is_corrected_with_a_reason_withdrawn_with_a_reason_and_its_bytes_stay() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let path = put(outside.path(), "letter.txt", b"a letter");
    let id = add(&mut vault, case, &path).unwrap();
    let corrected = PaperInput { from: "Fablewell Nursery".into(), ..said() };
    let failure = Failure::from(amend_paper(&mut vault, case, id, &corrected, " ", at(7)).unwrap_err());
    assert_eq!(failure.code, Code::ReasonMissing);
    amend_paper(&mut vault, case, id, &corrected, "It was the nursery", at(7)).unwrap();
    assert_eq!(papers(&vault, case).unwrap()[0].from, "Fablewell Nursery");
    let line = |vault: &mut Vault| {
        let file = children::child_file(vault, case, at(8)).unwrap();
        let lines = file.timeline.into_iter().filter_map(|line| match line.what {
            TimelineWhat::Attachment { history, withdrawn, .. } => Some((history, withdrawn)),
            _ => None,
        });
        lines.collect::<Vec<_>>()
    };
    let told = line(&mut vault);
    assert_eq!(told.len(), 1, "one line for one paper");
    assert_eq!(told[0].0[0].reason, "It was the nursery");
    assert!(told[0].0[0].was.contains("Fablewell Primary School"), "both forms stay");
    assert_eq!(bytes(&mut vault, case, id), b"a letter");

    withdraw_paper(&mut vault, case, id, "Another child's", at(9)).unwrap();
    assert!(papers(&vault, case).unwrap().is_empty());
    assert_eq!(line(&mut vault)[0].1.as_deref(), Some("Another child's"));
    assert!(paper_piece(&vault, case, id, 0).is_err(), "it is shown no more");
    let again = Failure::from(withdraw_paper(&mut vault, case, id, "twice", at(10)).unwrap_err());
    assert_eq!(again.code, Code::NotFound);
    assert!(maintenance::verify_vault(&mut vault, at(11)).unwrap().sound);
}

#[test]
fn a_paper_of_another_file_is_not_shown_through_this_one() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let other = children::open_case(&mut vault, new_case("Bo Notreal", Nation::England), at(3)).unwrap();
    let path = put(outside.path(), "letter.txt", b"a letter");
    let id = add(&mut vault, case, &path).unwrap();
    assert!(paper_piece(&vault, other, id, 0).is_err());
    assert!(at_once(LookAtPaper::new(other, id), &mut vault, at(6)).is_err());
}
