//! Papers in handovers and in restricted files: they go once, under names that say nothing, and never with a file in
//! which they do not stand.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;

use sharewell_casework::attached::{AddPaper, papers, withdraw_paper};
use sharewell_casework::long::at_once;
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, handover, restricted};
use sharewell_exchange::handover::Handover;
use sharewell_exchange::keys::Identity;
use support::allegation::{gives_away, opened, told, words_of};
use support::*;

fn add(vault: &mut Vault, case: CaseId, what: &str, bytes: &[u8], minute: i64) -> AttachmentId {
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join(format!("{what}.txt"));
    fs::write(&path, bytes).unwrap();
    let typed = PaperInput {
        what: what.into(),
        from: "Fablewell Primary School".into(),
        came: Some(WhenTyped::Day { on: day(2026, 10, 5).into() }),
        limits: "For the conference alone".into(),
        ..PaperInput::default()
    };
    at_once(AddPaper::new(case, path, typed), vault, at(minute)).unwrap()
}

fn cells<'a>(handover: &'a Handover, column: &str) -> Vec<&'a str> {
    let table = handover.tables.iter().find(|table| table.name == "attachments").unwrap();
    let at = table.columns.iter().position(|one| one.name == column).unwrap();
    table.rows.iter().map(|row| row[at].as_str()).collect()
}

#[test]
fn papers_go_once_whole_under_names_that_say_nothing_and_what_was_withdrawn_stays() {
    let home = tempfile::tempdir().unwrap();
    let mut vault = vault(home.path());
    let (case, ..) = family(&mut vault);
    let letter = "Ayla was away on 12 days.\n".repeat(100_000);
    let kept = add(&mut vault, case, "Letter about Ayla", letter.as_bytes(), 5);
    let gone = add(&mut vault, case, "Another child", b"of another family", 6);
    withdraw_paper(&mut vault, case, gone, "Another child's", at(7)).unwrap();

    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut vault, &recipient, "Council", at(8)).unwrap();
    let path = home.path().join("first.sharewell");
    handover::make_handover(&mut vault, &[case], &recipient, &path, at(9)).unwrap();
    let first = opened(&vault, &path, &identity);
    assert_eq!(first.attachments.len(), 1);
    assert_eq!(first.attachments[0].path, format!("{kept}.txt"), "a name that says nothing");
    assert_eq!(first.attachments[0].bytes, letter.as_bytes());
    let mut files = cells(&first, "file");
    files.sort_unstable();
    assert_eq!(files, ["", &format!("attachments/{kept}.txt")]);
    assert!(cells(&first, "limits").iter().all(|limits| *limits == "For the conference alone"));
    assert!(!format!("{:?}", first.attachments).contains("of another family"));

    // The next one has what is new, and says of the rest where it is.
    let second = add(&mut vault, case, "Second letter", b"a second letter", 20);
    let path = home.path().join("second.sharewell");
    let made = handover::make_handover(&mut vault, &[case], &recipient, &path, at(21)).unwrap();
    let next = opened(&vault, &path, &identity);
    let names: Vec<&str> = next.attachments.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(names, [format!("{second}.txt")]);
    assert_eq!(cells(&next, "attachment_id").len(), 3, "the table tells of all");
    // Written again, it is the same.
    let again = home.path().join("again.sharewell");
    handover::rebuild_handover(&mut vault, made.id, &again, at(22)).unwrap();
    let again = opened(&vault, &again, &identity);
    assert_eq!((&again.attachments, &again.tables), (&next.attachments, &next.tables));
}

#[test]
fn a_paper_that_was_set_apart_leaves_with_no_slice_of_the_childs_file_and_goes_with_its_own() {
    let mut told = told();
    let paper =
        add(&mut told.vault, told.child, "Messages of the coach", b"secret messages of Coach Marlow", 60);
    let listed = restricted::to_set_apart(&told.vault, told.apart).unwrap();
    assert!(listed.iter().any(|line| line.kind == ApartKind::Attachment && line.text.contains("Messages")));
    let chosen = [told.item.to_string(), paper.to_string()];
    restricted::set_apart(&mut told.vault, told.apart, &chosen, at(90)).unwrap();
    assert!(papers(&told.vault, told.child).unwrap().is_empty());
    assert_eq!(papers(&told.vault, told.apart).unwrap().len(), 1);
    assert!(sharewell_casework::maintenance::verify_vault(&mut told.vault, at(91)).unwrap().sound);

    let (child, apart) = (told.child, told.apart);
    let childs = told.hand_over(&[child], 100);
    assert!(childs.attachments.is_empty());
    for text in words_of(&childs) {
        assert_eq!(gives_away(&text), None, "{text}");
    }
    let own = told.hand_over(&[apart], 110);
    assert_eq!(own.attachments[0].bytes, b"secret messages of Coach Marlow");
}
