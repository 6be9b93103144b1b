//! A chronology on paper: only the rows that were ticked, with what happened apart from what was written, and nobody
//! protected named in it (E5).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, paper};
use support::*;

/// A file with three notes, and the entry of each.
fn file(vault: &mut Vault) -> (CaseId, PersonId, [EntryId; 3]) {
    let (case, child, _) = family(vault);
    let later = ItemInput {
        mark: Some(Mark::Opinion),
        occurred: Some(Occurred::Day { on: day(2026, 10, 6) }.into()),
        ..item("I think that she is tired", vec![child])
    };
    children::add_item(vault, case, later, at(10)).unwrap();
    children::add_item(vault, case, item("Ayla comes without breakfast", vec![child]), at(11)).unwrap();
    let reported = ItemInput {
        mark: Some(Mark::Reported),
        by: "Her teacher".into(),
        ..item("She fell asleep", vec![child])
    };
    children::add_item(vault, case, reported, at(12)).unwrap();
    let view = children::child_file(vault, case, at(13)).unwrap();
    let entry = |text: &str| {
        let of = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Item { text: said, .. } if said == text);
        view.timeline.iter().find(of).unwrap().entry
    };
    (
        case,
        child,
        [entry("I think that she is tired"), entry("Ayla comes without breakfast"), entry("She fell asleep")],
    )
}

fn saved(vault: &mut Vault, case: CaseId, rows: &[EntryId], path: &Path) -> std::result::Result<(), Code> {
    paper::save_chronology(vault, case, rows, path, at(60)).map_err(|error| Failure::from(error).code)
}

#[test]
fn only_ticked_rows_stand_on_it_the_earliest_first_with_both_days_mark_and_source() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, _, [opinion, fact, reported]) = file(&mut vault);
    let path = dir.path().join("c.pdf");
    // Ticked in whatever order.
    saved(&mut vault, case, &[opinion, fact], &path).unwrap();
    let all = pdf::everything_in(&path);
    let pages = all[0].1.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = pages.find("without breakfast").unwrap();
    assert!(before < pages.find("she is tired").unwrap(), "as it happened: {pages}");
    for there in ["Written down", "Happened", "Fact", "Opinion", "Visit"] {
        assert!(pages.contains(there), "{there} is missing: {pages}");
    }
    // On the page a day may stand on two lines.
    let record = &all.iter().find(|(place, _)| place == "chronology.json").unwrap().1;
    for there in [
        r#""happened": "5 October 2026""#,
        r#""happened": "6 October 2026""#,
        r#""written": "6 October 2026, "#,
    ] {
        assert!(record.contains(there), "{there} is missing: {record}");
    }
    for (place, text) in &all {
        assert!(!text.contains("fell asleep") && !text.contains("Her teacher"), "{place}: {text}");
    }
    saved(&mut vault, case, &[reported], &path).unwrap();
    let pages = pdf::everything_in(&path).remove(0).1;
    assert!(pages.contains("fell asleep") && pages.contains("Her teacher") && pages.contains("Reported"));
}

#[test]
fn nothing_ticked_makes_no_paper_and_nor_does_a_row_of_another_file() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, ..) = file(&mut vault);
    let other = children::open_case(&mut vault, new_case("Bo Other", Nation::England), at(20)).unwrap();
    let path = dir.path().join("c.pdf");
    assert!(saved(&mut vault, case, &[], &path).is_err());
    let theirs = children::child_file(&mut vault, other, at(21)).unwrap().timeline[0].entry;
    assert!(saved(&mut vault, case, &[theirs], &path).is_err());
    assert!(!path.exists());
}

#[test]
fn nobody_protected_is_named_on_it_and_why_they_are_is_not_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, _) = family(&mut vault);
    let hidden = person("Quill Hiddenham", PersonRole::OtherAdult);
    let hidden = children::add_person(&mut vault, case, hidden, None, at(5)).unwrap();
    let flag = FlagInput {
        person: Some(hidden),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "She fled from Fabled Row".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    let text = item("Quill Hiddenham was at the gate", vec![child]);
    children::add_item(&mut vault, case, text, at(7)).unwrap();
    let rows: Vec<EntryId> = children::child_file(&mut vault, case, at(8))
        .unwrap()
        .timeline
        .iter()
        .map(|line| line.entry)
        .collect();
    let path = dir.path().join("c.pdf");
    saved(&mut vault, case, &rows, &path).unwrap();
    for (place, text) in pdf::everything_in(&path) {
        assert!(!text.contains("Quill") && !text.contains("Hiddenham"), "{place}: {text}");
        assert!(!text.contains("Fabled Row"), "{place}: {text}");
    }
}

#[test]
fn what_looks_like_somebody_protected_is_asked_before_it_leaves() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, _) = family(&mut vault);
    let hidden = person("Quill Hiddenham", PersonRole::OtherAdult);
    let hidden = children::add_person(&mut vault, case, hidden, None, at(5)).unwrap();
    let flag = FlagInput {
        person: Some(hidden),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "She fled".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    children::add_item(&mut vault, case, item("Hiddenhan was at the gate", vec![child]), at(7)).unwrap();
    children::add_item(&mut vault, case, item("A quiet day", vec![child]), at(8)).unwrap();
    let view = children::child_file(&mut vault, case, at(9)).unwrap();
    let entry = |said: &str| {
        let of = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Item { text, .. } if text.contains(said));
        view.timeline.iter().find(of).unwrap().entry
    };
    let path = dir.path().join("c.pdf");
    let asked = paper::leftovers_in_chronology(&vault, case, &[entry("Hiddenhan")], at(10)).unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(saved(&mut vault, case, &[entry("Hiddenhan")], &path), Err(Code::Leftovers));
    let quiet = [entry("A quiet day")];
    assert!(paper::leftovers_in_chronology(&vault, case, &quiet, at(11)).unwrap().is_empty());
    saved(&mut vault, case, &quiet, &path).unwrap();
}

/// A file with so many notes, and the entry of each.
fn long(vault: &mut Vault, name: &str, notes: i64) -> (CaseId, Vec<EntryId>) {
    let case = children::open_case(vault, new_case(name, Nation::England), at(0)).unwrap();
    let child = children::file_head(vault, case, at(0)).unwrap().child.person.id;
    let author = vault.read(sharewell_vault::practitioner::current).unwrap().record.id;
    let by = Stamp { author, at: at(20) };
    let written: sharewell_casework::Result<Vec<EntryId>> = vault.write(&by, |w| {
        let mut all = Vec::new();
        for n in 0..notes {
            let item = Item {
                id: ItemId(sharewell_vault::new_uuid()),
                mark: Mark::Fact,
                source: ItemSource::Visit,
                text: format!("Came late on day {n}."),
                by: String::new(),
                about: vec![child],
                occurred: Occurred::Moment { at: at(-n) },
                labels: Vec::new(),
                visit: None,
            };
            all.push(w.append(Some(case), &Payload::ItemRecorded { item }, &[])?.id);
        }
        Ok(all)
    });
    (case, written.unwrap())
}

#[test]
fn a_chronology_of_two_thousand_rows_costs_no_more_for_each_than_one_of_two_hundred() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let mut cost = |name: &str, notes: i64| {
        let (case, rows) = long(&mut vault, name, notes);
        // Once before, so that statements are prepared on both sides.
        paper::leftovers_in_chronology(&vault, case, &rows, at(60)).unwrap();
        let asked = vault.count_steps::<_, sharewell_casework::Error>(|vault| {
            paper::leftovers_in_chronology(vault, case, &rows, at(60))
        });
        let (found, steps) = asked.unwrap();
        assert!(found.is_empty());
        steps
    };
    let (small, large) = (cost("Mina Madeup", 200), cost("Tobi Notreal", 2000));
    // Ten times the rows: ten times the steps, and some to spare for what both have.
    assert!(large < small * 11, "{small} steps for 200 rows, {large} for 2000");
}
