//! Finding children again: as their names are heard, typed and written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, paper, search};
use support::*;

fn named(vault: &mut Vault, name: &str) -> CaseId {
    children::open_case(vault, new_case(name, Nation::England), at(2)).unwrap()
}

fn by_filter(vault: &Vault, query: &str) -> Vec<String> {
    let page = children::children(vault, query, None, at(50)).unwrap();
    page.lines.into_iter().map(|line| line.name).collect()
}

fn by_search(vault: &mut Vault, query: &str) -> SearchView {
    search::search(vault, query, at(51)).unwrap()
}

fn names(lines: &[ChildLine]) -> Vec<&str> {
    lines.iter().map(|line| line.name.as_str()).collect()
}

#[test]
fn search_and_the_filter_find_a_name_alike_from_a_plain_keyboard() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for name in [
        "Łukasz Wójcik",
        "Søren Groß",
        "Đào Thị Hồng",
        "Niamh O’Brien",
        "Cara D'Arcy",
        "Anne-Marie Nosuch",
        "王小明",
        "Işık Madeup",
        "O",
        "Orla Nobody",
        "محمد الهاشمي",
    ] {
        named(&mut vault, name);
    }
    for (typed, name) in [
        ("Lukasz", "Łukasz Wójcik"),
        ("Wojcik", "Łukasz Wójcik"),
        ("Soren", "Søren Groß"),
        ("Gross", "Søren Groß"),
        ("Dao", "Đào Thị Hồng"),
        ("OBrien", "Niamh O’Brien"),
        ("oBRIEN n", "Niamh O’Brien"),
        ("O'Brien", "Niamh O’Brien"),
        ("O Brien", "Niamh O’Brien"),
        ("Darcy", "Cara D'Arcy"),
        ("D’Arcy", "Cara D'Arcy"),
        ("AnneMarie", "Anne-Marie Nosuch"),
        ("Anne Marie", "Anne-Marie Nosuch"),
        ("Isik", "Işık Madeup"),
        ("小明", "王小明"),
        ("王", "王小明"),
        ("O", "O"),
        ("محمد", "محمد الهاشمي"),
    ] {
        assert_eq!(by_filter(&vault, typed), [name], "the filter, {typed}");
        assert_eq!(names(&by_search(&mut vault, typed).children), [name], "search, {typed}");
    }
    assert_eq!(by_filter(&vault, "Z").len(), 11, "a letter that is nobody's name narrows nothing yet");
}

#[test]
fn another_spelling_or_one_slip_is_shown_apart_as_what_may_also_be_meant() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for name in ["Muhammad Nosuch", "Mohammed Nobody", "Ayla Sampleton", "Katherine Madeup"] {
        named(&mut vault, name);
    }
    let found = by_search(&mut vault, "Mohammed");
    assert_eq!(
        (names(&found.children), names(&found.also)),
        (vec!["Mohammed Nobody"], vec!["Muhammad Nosuch"])
    );
    for (typed, meant) in [("samplton", "Ayla Sampleton"), ("Catherine", "Katherine Madeup")] {
        let page = children::children(&vault, typed, None, at(52)).unwrap();
        assert_eq!((page.lines.len(), names(&page.also)), (0, vec![meant]), "{typed}");
        assert_eq!(names(&by_search(&mut vault, typed).also), [meant], "{typed}");
    }
    let none = by_search(&mut vault, "Sampleton");
    assert!(none.also.is_empty(), "who is found is not shown twice");
}

#[test]
fn a_day_is_found_as_somebody_writes_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let mut note = item("Bruise seen at breakfast.", vec![]);
    note.occurred = Some(WhenTyped::Day { on: DayTyped("2026-5-15".into()) });
    children::add_item(&mut vault, case, note, at(5)).unwrap();
    for typed in ["15 May", "15 may 2026", "15/05/2026", "15.5.26", "May 2026", "15th May"] {
        let found = by_search(&mut vault, typed);
        assert!(found.hits.iter().any(|hit| hit.pieces.concat().contains("Bruise seen")), "{typed}");
    }
    assert!(by_search(&mut vault, "16 May 2026").hits.is_empty());
}

#[test]
fn a_place_in_a_file_with_a_protected_person_says_that_its_text_is_withheld() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    children::add_item(&mut vault, case, item("The lantern was lit.", vec![]), at(5)).unwrap();
    assert!(!by_search(&mut vault, "lantern").hits[0].withheld);
    let flag = FlagInput {
        person: Some(child),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Court".into(),
        review: DayTyped(String::new()),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    let hit = by_search(&mut vault, "lantern").hits.remove(0);
    assert!(hit.withheld && hit.pieces.concat().is_empty());
}

#[test]
fn an_earlier_name_is_found_as_what_may_be_meant_and_is_shown_listed_and_printed_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut new = new_case("Robin Sampleton", Nation::England);
    new.child.care.earlier_names = vec!["Quillon Formerly".into(), "Bo".into()];
    new.child.care.pronouns = WithWhom { words: "they".into(), may_be_told: "School".into() };
    new.child.care.name_used = WithWhom { words: "Robbie".into(), may_be_told: String::new() };
    let case = children::open_case(&mut vault, new, at(2)).unwrap();
    for typed in ["Quillon", "Formerly", "quilon", "bo"] {
        let found = by_search(&mut vault, typed);
        assert!(found.children.is_empty() && found.hits.is_empty(), "{typed}");
        assert_eq!(names(&found.also), ["Robin Sampleton"], "{typed}");
        let said = format!("{found:?}").replace(typed, "");
        assert!(!said.contains("Quillon") && !said.contains("Formerly"), "{said}");
    }
    let head = children::file_head(&vault, case, at(3)).unwrap();
    assert_eq!((head.child.earlier_names, head.child.person.care.earlier_names.len()), (2, 0));
    assert_eq!(head.child.person.care.pronouns.may_be_told, "School");
    let page = format!("{:?}", children::child_file(&mut vault, case, at(4)).unwrap());
    assert!(!page.contains("Quillon"), "{page}");
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(5)).unwrap();
    for (place, text) in pdf::everything_in(&path) {
        for hushed in ["Quillon", "Formerly", "Robbie"] {
            assert!(!text.contains(hushed), "{place}");
        }
    }

    // A correction that knows nothing of them keeps them; they go where somebody says so.
    let id = head.child.person.id;
    let mut typed = new_case("Robin Sampleton", Nation::England).child;
    children::amend_person(&mut vault, case, id, typed.clone(), "Letter", at(6)).unwrap();
    let kept = |vault: &Vault| children::file_head(vault, case, at(7)).unwrap().child.earlier_names;
    assert_eq!(kept(&vault), 2);
    typed.forget_earlier_names = true;
    children::amend_person(&mut vault, case, id, typed, "Asked for it", at(8)).unwrap();
    assert_eq!(kept(&vault), 0);
    assert!(by_search(&mut vault, "Quillon").also.is_empty());
}

#[test]
fn no_fixed_address_is_a_choice_with_how_to_reach_them_and_a_made_up_postcode_leads_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut new = new_case("Ayla Sampleton", Nation::England);
    new.child.address = "No fixed abode, ZZ99 3VZ".into();
    let refused = Failure::from(children::open_case(&mut vault, new.clone(), at(2)).unwrap_err());
    assert_eq!((refused.code, refused.field.as_deref()), (Code::PseudoPostcode, Some("address")));
    for said in ["NFA", "sofa-surfing, ask for Mo at the Elm Row hostel", "of no fixed abode"] {
        new.child.address = said.into();
        let refused = Failure::from(children::open_case(&mut vault, new.clone(), at(2)).unwrap_err());
        assert_eq!((refused.code, refused.field.as_deref()), (Code::NoAddress, Some("address")), "{said}");
    }
    new.child.no_fixed_address = Some("Ask for Mo at the Elm Row hostel".into());
    let case = children::open_case(&mut vault, new, at(3)).unwrap();
    let child = children::file_head(&vault, case, at(4)).unwrap().child.person;
    assert_eq!((child.address.as_str(), child.no_fixed_address.is_some()), ("", true));
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(5)).unwrap();
    let pages = pdf::everything_in(&path).into_iter().find(|(place, _)| place == "pages").unwrap().1;
    let printed = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("No fixed address. Ask for Mo at the Elm Row hostel"), "{printed}");
}

#[test]
fn a_paper_prints_every_script_and_says_before_it_is_written_what_it_cannot() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    for name in ["王小明", "김민수", "राम", "สมชาย", "محمد الهاشمي", "אלון"]
    {
        children::add_person(&mut vault, case, person(name, PersonRole::Parent), None, at(5)).unwrap();
    }
    let asked = |vault: &Vault| paper::not_printed(vault, paper::WhichPaper::File(case), at(9)).unwrap();
    assert!(asked(&vault).is_empty());
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(6)).unwrap();
    let pages = pdf::everything_in(&path).into_iter().find(|(place, _)| place == "pages").unwrap().1;
    assert!(pages.contains("王小明") && pages.contains("김민수") && !pages.contains("[U+"), "{pages}");
    children::add_item(&mut vault, case, item("She wrote ༀ on it.", vec![]), at(7)).unwrap();
    assert_eq!(asked(&vault), ["She wrote ༀ on it."]);
}
