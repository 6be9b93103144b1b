//! The separate sheet of protected names: on it alone they stand, and where nobody is protected there is none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, paper, restricted};
use sharewell_vault::{Access, access};
use support::*;

/// What the pages of a paper say, in one line.
fn pages(path: &Path) -> String {
    let all = pdf::everything_in(path);
    let pages = all.into_iter().find(|(place, _)| place == "pages").unwrap().1;
    pages.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that stands in a paper.
fn everything(path: &Path) -> String {
    pdf::everything_in(path).into_iter().map(|(_, text)| text).collect()
}

fn flag(vault: &mut Vault, case: CaseId, person: PersonId, kind: FlagKind, reason: &str, now: i64) {
    let flag = FlagInput {
        person: Some(person),
        kind: Some(kind),
        reason: reason.into(),
        review: DayTyped::default(),
    };
    children::set_flag(vault, case, flag, at(now)).unwrap();
}

/// A carer of a child's file, protected.
fn carer(vault: &mut Vault, case: CaseId) -> PersonId {
    let wren = PersonInput {
        also_known_as: vec!["Birdie".into()],
        address: "27 Mock Terrace, Fablewell".into(),
        phone: "07700 900123".into(),
        ..person("Wren Inventwood", PersonRole::Carer)
    };
    let wren = children::add_person(vault, case, wren, None, at(4)).unwrap();
    flag(vault, case, wren, FlagKind::ProtectedIdentity, "Fled from Corey Notreal", 5);
    wren
}

/// What was printed of a file, as the access log has it, the latest first.
fn printed(vault: &Vault, case: CaseId) -> Vec<String> {
    let rows = vault.read(|r| access::list(r, Some(case), access::MOST, None)).unwrap();
    rows.into_iter()
        .filter_map(|row| match row.access {
            Some(Access::Printed { what, .. }) => Some(what),
            _ => None,
        })
        .collect()
}

const NAMES: [&str; 5] =
    ["Wren Inventwood", "Birdie", "27 Mock Terrace, Fablewell", "07700 900123", "Corey Notreal"];

#[test]
fn protected_names_stand_on_the_separate_sheet_and_on_no_other_paper() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    assert!(!children::child_file(&mut vault, case, at(3)).unwrap().protects);
    carer(&mut vault, case);
    children::add_item(&mut vault, case, item("Wren has the plan.", vec![child]), at(6)).unwrap();
    assert!(children::child_file(&mut vault, case, at(7)).unwrap().protects, "the page offers the sheet");

    let (sheet, file) = (dir.path().join("sheet.pdf"), dir.path().join("file.pdf"));
    paper::save_restricted_sheet(&mut vault, case, &sheet, at(8)).unwrap();
    assert_eq!(printed(&vault, case), [format!("restricted_sheet:{case}")], "the log says that it was made");
    let read = pages(&sheet);
    for name in NAMES {
        assert!(read.contains(name), "{name}: {read}");
    }
    for said in
        ["Restricted: protected names", "Protected person 1, carer", "File FCH-1", "safeguarding lead"]
    {
        assert!(read.contains(said), "{said}: {read}");
    }
    let whole = everything(&sheet);
    for other in ["Ayla", "Sampleton", "has the plan"] {
        assert!(!whole.contains(other), "it tells of no family: {other} in {whole}");
    }

    paper::save_file_summary(&mut vault, case, &file, at(9)).unwrap();
    let other = everything(&file);
    assert!(other.contains("[Protected person 1, carer]"), "called as on the sheet: {other}");
    for name in NAMES.iter().filter(|name| **name != "Corey Notreal") {
        assert!(!other.contains(name), "{name} on the paper of the file");
    }
}

#[test]
fn a_file_without_protected_people_makes_no_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, mother) = family(&mut vault);
    flag(&mut vault, case, mother, FlagKind::UnsafePhone, "They hit at home", 4);
    let path = dir.path().join("sheet.pdf");
    let refused = paper::save_restricted_sheet(&mut vault, case, &path, at(5)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::NobodyProtected);
    assert!(!path.exists(), "no file is left behind");
    assert_eq!(printed(&vault, case), Vec::<String>::new());
    let wren = carer(&mut vault, case);
    paper::save_restricted_sheet(&mut vault, case, &path, at(6)).unwrap();
    // Once the flag is lifted, nobody is protected any more.
    let file = children::child_file(&mut vault, case, at(7)).unwrap();
    let flags = &file.people.iter().find(|one| one.person.id == wren).unwrap().flags;
    children::lift_flag(&mut vault, case, flags[0].flag.id, "Safe again", at(8)).unwrap();
    assert!(!children::child_file(&mut vault, case, at(9)).unwrap().protects);
    let refused = paper::save_restricted_sheet(&mut vault, case, &path, at(9)).unwrap_err();
    assert_eq!(Failure::from(refused).code, Code::NobodyProtected);
}

#[test]
fn the_sheet_gives_no_number_that_another_flag_forbids_and_says_what_it_asks() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let wren = carer(&mut vault, case);
    flag(&mut vault, case, wren, FlagKind::UnsafePhone, "Shared with Corey", 6);
    let path = dir.path().join("sheet.pdf");
    paper::save_restricted_sheet(&mut vault, case, &path, at(7)).unwrap();
    let read = pages(&path);
    assert!(!read.contains("900123") && read.contains("Do not ring or text Wren Inventwood"), "{read}");
    assert!(read.contains("27 Mock Terrace"), "where they are stays: {read}");
}

#[test]
fn a_restricted_file_has_a_sheet_of_its_own_for_its_own_readers() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    carer(&mut vault, case);
    let apart = restricted::open_restricted(&mut vault, case, at(6)).unwrap();
    let kept = KeptFromInput { people: vec![], name: "Dan Marlow".into(), post: "Coach".into() };
    restricted::save_kept_from(&mut vault, apart, &kept, at(7)).unwrap();
    assert!(children::child_file(&mut vault, apart, at(8)).unwrap().protects);

    let own = dir.path().join("apart.pdf");
    paper::save_restricted_sheet(&mut vault, apart, &own, at(9)).unwrap();
    let read = pages(&own);
    for said in ["Restricted file 1", "designated officer", "Wren Inventwood", "and first of all Dan Marlow"]
    {
        assert!(read.contains(said), "{said}: {read}");
    }
    assert_eq!(printed(&vault, apart), [format!("restricted_sheet:{apart}")]);

    let childs = dir.path().join("childs.pdf");
    paper::save_restricted_sheet(&mut vault, case, &childs, at(10)).unwrap();
    let read = everything(&childs);
    for telling in ["Marlow", "Restricted file", "officer"] {
        assert!(!read.contains(telling), "the child's sheet does not tell that there is another: {telling}");
    }
}
