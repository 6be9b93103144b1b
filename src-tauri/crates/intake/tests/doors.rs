//! Each door by which records are read out, and each role at it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_intake::Error;
use sharewell_intake::look::{self, Sees};
use sharewell_records::{Case, CaseKind, Nation, Payload, PersonRole, Role};
use support::*;

/// A restricted file, and another practitioner's file that speaks of somebody who is protected in the first's.
const ALLEGATION: u64 = 52;
const ELSEWHERE: u64 = 53;

/// Words that only who may know who is protected may read, in the forms in which the records have them.
const TELLING: [&str; 5] = ["Zoë Fablewell", "Zoe", "Nosuch", "07700", "looking for her"];

const ROLES: [Role; 4] = [Role::Practitioner, Role::Intake, Role::Lead, Role::DesignatedOfficer];

fn may_know(role: Role) -> bool {
    matches!(role, Role::Lead | Role::DesignatedOfficer)
}

fn desk() -> Desk {
    let mut book = Book::new(3, 7);
    book.note("Zoe Fablewell has moved.");
    let about = support::family::person(120, "Quillon Mockery", PersonRole::OtherAdult);
    let allegation = Case {
        kind: CaseKind::Allegation,
        beside: Some(id(CASE)),
        reason: "Said to have shouted".into(),
        ..Case::family(id(ALLEGATION), id(101), Nation::England)
    };
    book.write(Some(ALLEGATION), Payload::CaseOpened { case: allegation });
    book.write(Some(ALLEGATION), Payload::PersonRecorded { person: about });
    let mut other = Book::new(4, 8);
    let case = Case { reason: "A worry".into(), ..Case::family(id(ELSEWHERE), id(140), Nation::England) };
    other.write(Some(ELSEWHERE), Payload::CaseOpened { case });
    let child = support::family::person(140, "Rook Sampleby", PersonRole::Child);
    other.write(Some(ELSEWHERE), Payload::PersonRecorded { person: child });
    let text = "Rook stayed at 3 Nosuch Lane with Zoe Fablewell; 07700 900123.";
    other.write(Some(ELSEWHERE), Payload::ItemRecorded { item: support::family::item(900, text) });
    let desk = Desk::with(vec![book.member(Role::Practitioner), other.member(Role::Practitioner)]);
    desk.taken(&desk.handed(&book, 700, 1, book.last(), &[CASE, OTHER_CASE]));
    desk.taken(&desk.handed(&book, 701, 1, book.last(), &[ALLEGATION]));
    desk.taken(&desk.handed(&other, 702, 1, other.last(), &[ELSEWHERE]));
    desk
}

fn holds_none(text: &str, role: Role, door: &str) {
    for word in TELLING {
        assert!(!text.contains(word), "{door} tells {role:?} {word}");
    }
}

#[test]
fn the_list_names_children_and_restricted_files_to_the_designated_officer_alone() {
    let desk = desk();
    for role in ROLES {
        let lines = look::list(&mut desk.store(), Sees::of(role)).unwrap();
        let text = format!("{lines:?}");
        let restricted = lines.iter().filter(|line| line.restricted).count();
        assert_eq!((lines.len(), restricted), if role == Role::DesignatedOfficer { (4, 1) } else { (3, 0) });
        assert!(text.contains("Ayla Sampleton") && text.contains("Otto Mockford"), "{text}");
        holds_none(&text, role, "the list");
    }
}

#[test]
fn a_page_calls_the_protected_by_a_label_and_names_them_to_leads_and_officers() {
    let desk = desk();
    for role in ROLES {
        let page = look::show(&mut desk.store(), id(CASE), Sees::of(role)).unwrap();
        let text = format!("{page:?}");
        if may_know(role) {
            for word in ["Zoë Fablewell", "3 Nosuch Lane", "07700 900123"] {
                assert!(text.contains(word), "{role:?} may read {word}");
            }
        } else {
            holds_none(&text, role, "the page");
            assert!(text.contains("Protected person 1, carer"), "{text}");
            assert!(!page.tables.iter().any(|table| table.restricted()), "what is held apart stays apart");
        }
    }
}

#[test]
fn whoever_one_practitioner_protects_is_protected_in_what_another_wrote() {
    let desk = desk();
    for role in ROLES {
        let page = look::show(&mut desk.store(), id(ELSEWHERE), Sees::of(role)).unwrap();
        let text = format!("{page:?}");
        assert!(text.contains("Rook stayed at"), "{text}");
        if may_know(role) {
            assert!(text.contains("Zoe Fablewell"), "{text}");
        } else {
            holds_none(&text, role, "another's page");
            assert!(text.contains("[A protected person]"), "{text}");
        }
    }
}

#[test]
fn a_restricted_file_is_shown_to_the_designated_officer_alone() {
    let desk = desk();
    for role in ROLES {
        let page = look::show(&mut desk.store(), id(ALLEGATION), Sees::of(role));
        match role {
            Role::DesignatedOfficer => assert!(format!("{:?}", page.unwrap()).contains("Quillon Mockery")),
            _ => assert!(matches!(page, Err(Error::NotFound)), "not even that it is there"),
        }
    }
    assert!(matches!(look::show(&mut desk.store(), id(99), Sees::of(Role::Lead)), Err(Error::NotFound)));
}

#[test]
fn nobody_finds_by_a_protected_name_who_may_not_read_it() {
    let desk = desk();
    for role in ROLES {
        let find = |words: &str| look::search(&mut desk.store(), words, Sees::of(role)).unwrap();
        for words in ["zoe", "nosuch lane", "07700 900123", "zoe fablewell"] {
            let hits = find(words);
            assert_eq!(!hits.is_empty(), may_know(role), "{role:?} looks for {words}: {hits:?}");
        }
        let cried = find("fablewell cri");
        assert!(!cried.is_empty(), "what is open is found by the beginnings of its words");
        if !may_know(role) {
            holds_none(&format!("{cried:?}"), role, "the search");
        }
        assert!(find("mockery").is_empty(), "nobody searches restricted files");
        assert!(find("").is_empty() && find("nothing that stands there").is_empty());
        assert!(find("rook nosuchword").is_empty(), "all words stand in one text");
    }
}
