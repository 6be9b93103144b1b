//! Somebody's list of contacts: every row is looked at, nothing is taken before it is confirmed, a bad row costs no
//! other, and an empty cell takes nothing away.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, children, directory};
use sharewell_vault::Vault;
use support::*;

fn file(dir: &Path, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.join("list.csv");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn look(vault: &Vault, path: &Path, state: ListRowState) -> ContactList {
    directory::look_at_list(vault, path, state, None, at(9)).unwrap()
}

/// A list of which nobody made sure.
fn unsure(view: &ContactList) -> ListInput {
    ListInput {
        hash: view.hash.clone(),
        with_changed: false,
        is_verified: Some(false),
        verified_by: String::new(),
        verified_how: String::new(),
        verified_source: String::new(),
        verified_on: DayTyped::default(),
        verified_until: DayTyped::default(),
    }
}

fn counts(view: &ContactList) -> [u32; 5] {
    let ListCounts { faulty, changed, new, same, twice } = view.counts;
    [faulty, changed, new, same, twice]
}

fn all(vault: &Vault) -> Vec<(String, ContactRole, String, ContactState)> {
    let page = directory::directory(vault, "", None, at(20)).unwrap();
    let line = |one: ContactView| (one.contact.name, one.contact.role, one.contact.phone, one.state);
    page.lines.into_iter().map(line).collect()
}

#[test]
fn a_list_is_looked_at_row_by_row_and_taken_once_it_is_confirmed() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let list = "\u{feff}Full Name;Post;Organisation;Tel;E-mail;Fax\r\n\
                Orla Sampleford;head teacher;Fablewell Primary;01632 960311;office@fablewell.example;1\r\n\
                Duty desk;MASH;Sampleshire;+44 1632 960203;;\r\n\
                Pat Inventon;chief wizard;Sampleshire;01632 960400;;\r\n";
    let path = file(dir.path(), list);
    let view = look(&vault, &path, ListRowState::New);
    assert_eq!((view.refused, counts(&view)), (None, [0, 0, 3, 0, 0]));
    assert_eq!(view.unread, ["Fax"]);
    let said: Vec<_> =
        view.rows.iter().map(|row| (row.row, row.contact.as_ref().unwrap().role, row.post_unknown)).collect();
    let expected =
        [(2, ContactRole::School, false), (3, ContactRole::FrontDoor, false), (4, ContactRole::Other, true)];
    assert_eq!(said, expected);
    assert_eq!(all(&vault), [], "nothing was taken by looking");

    let missing = ListInput { is_verified: None, ..unsure(&view) };
    let failure = Failure::from(directory::take_list(&mut vault, &path, &missing, at(10)).unwrap_err());
    assert_eq!((failure.code, failure.field.as_deref()), (Code::Missing, Some("is_verified")));
    assert_eq!(all(&vault), []);

    let taken = directory::take_list(&mut vault, &path, &unsure(&view), at(10)).unwrap();
    assert_eq!(taken, ListTaken { refused: None, added: 3, changed: 0, left: 0 });
    let names: Vec<String> = all(&vault).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Duty desk", "Orla Sampleford", "Pat Inventon"]);
    assert!(all(&vault).iter().all(|one| one.3 == ContactState::Unverified), "nobody made sure");

    let again = look(&vault, &path, ListRowState::Same);
    assert_eq!(counts(&again), [0, 0, 0, 3, 0]);
    let taken = directory::take_list(&mut vault, &path, &unsure(&again), at(11)).unwrap();
    assert_eq!((taken.added, taken.changed), (0, 0), "what is there is not added again");
}

#[test]
fn a_bad_row_is_told_and_loses_none_of_the_good_ones() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut child = new_case("Ayla Sampleton", Nation::England);
    child.child.address = "2 Elm Row, Fablewell".into();
    children::open_case(&mut vault, child, at(1)).unwrap();
    let mut list = b"name,role,agency,phone,email,address\n\
        Good One,police,Sampleshire Police,01632 960501,,\n\
        =cmd|'/c calc'!A1,police,,01632 960502,,\n\
        @SUM(A1),police,,,,\n\
        ,police,,01632 960503,,\n\
        Bad Number,police,,12,,\n\
        Bad Mail,police,,,not an address,\n\
        Good One,police,SAMPLESHIRE POLICE,01632 960501,,\n\
        \"Never closed,police,,01632 960504,,\n\
        Good Two,gp,Mockford Surgery,01632 960505,,\n\
        Caf\xE9,other,,,,\n"
        .to_vec();
    list.extend_from_slice(format!("{},other,,,,\n", "x".repeat(301)).as_bytes());
    list.extend_from_slice(b"At a home,other,,,,\"2 Elm Row,\nFablewell\"\n");
    let path = file(dir.path(), list);
    let view = look(&vault, &path, ListRowState::Faulty);
    assert_eq!(counts(&view), [9, 0, 2, 0, 1]);
    let said: Vec<_> = view
        .rows
        .iter()
        .map(|row| {
            (row.row, row.fault, row.fields.iter().map(|one| (one.field.as_str(), one.code)).collect())
        })
        .collect::<Vec<(u32, Option<ListRowFault>, Vec<(&str, Code)>)>>();
    let fault = |row, why| (row, Some(why), vec![]);
    let field = |row, field, code| (row, None, vec![(field, code)]);
    let expected = [
        fault(3, ListRowFault::Formula),
        fault(4, ListRowFault::Formula),
        field(5, "name", Code::Missing),
        field(6, "phone", Code::NumberShort),
        field(7, "email", Code::NotAnAddress),
        fault(9, ListRowFault::QuoteOpen),
        fault(11, ListRowFault::NotText),
        field(12, "name", Code::TooLong),
        field(13, "address", Code::FamilyAddress),
    ];
    assert_eq!(said, expected);
    let shown = view.rows.iter().filter_map(|row| row.contact.as_ref());
    assert!(shown.clone().all(|one| one.address.is_empty() && one.phone.is_empty()), "no home is shown");

    let taken = directory::take_list(&mut vault, &path, &unsure(&view), at(10)).unwrap();
    assert_eq!((taken.added, taken.left), (2, 0));
    let names: Vec<String> = all(&vault).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Good One", "Good Two"]);
}

#[test]
fn another_number_changes_nobody_unasked_and_asks_to_be_made_sure_of_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let first =
        file(dir.path(), "name,role,agency,phone,email\nDesk,gp,Surgery,01632 960601,desk@surgery.example\n");
    let view = look(&vault, &first, ListRowState::New);
    let sure = ListInput {
        is_verified: Some(true),
        verified_by: "Nia Exampleton".into(),
        verified_how: "rang the switchboard".into(),
        verified_source: "the council's list".into(),
        verified_on: DayTyped::from(sharewell_casework::clock::day_of(at(0))),
        ..unsure(&view)
    };
    directory::take_list(&mut vault, &first, &sure, at(10)).unwrap();
    assert_eq!(all(&vault)[0].3, ContactState::Verified);

    let second = file(dir.path(), "name,agency,phone\nDESK,surgery,01632 960602\n");
    let view = look(&vault, &second, ListRowState::Changed);
    assert_eq!(counts(&view), [0, 1, 0, 0, 0]);
    assert_eq!(view.rows[0].before.as_ref().unwrap().phone, "01632 960601");
    let taken = directory::take_list(&mut vault, &second, &unsure(&view), at(11)).unwrap();
    assert_eq!((taken.added, taken.changed), (0, 0));
    assert_eq!(all(&vault)[0].2, "01632 960601", "nobody asked for it");

    let with = ListInput { with_changed: true, ..unsure(&view) };
    let taken = directory::take_list(&mut vault, &second, &with, at(12)).unwrap();
    assert_eq!((taken.added, taken.changed), (0, 1));
    let page = directory::directory(&vault, "", None, at(13)).unwrap();
    let ContactView { contact, state, .. } = &page.lines[0];
    assert_eq!((contact.phone.as_str(), *state), ("01632 960602", ContactState::Changed));
    assert_eq!(contact.email, "desk@surgery.example", "an empty cell takes nothing away");
    assert_eq!(contact.role, ContactRole::Gp);
    assert_eq!(page.in_all, 1);
}

#[test]
fn what_is_no_list_and_what_was_changed_since_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for (bytes, why) in [
        (&b""[..], ListRefused::Empty),
        (b"PK\x03\x04zip", ListRefused::Workbook),
        (b"\xFF\xFEn\0a\0m\0e\0", ListRefused::NotText),
        (b"phone,role\n1,2\n", ListRefused::NoName),
    ] {
        let path = file(dir.path(), bytes);
        let view = look(&vault, &path, ListRowState::New);
        assert_eq!(view.refused, Some(why));
        assert_eq!(
            directory::take_list(&mut vault, &path, &unsure(&view), at(10)).unwrap().refused,
            Some(why)
        );
    }
    let path = file(dir.path(), "name\nDesk\n");
    let view = look(&vault, &path, ListRowState::New);
    file(dir.path(), "name\nAnother desk\n");
    let taken = directory::take_list(&mut vault, &path, &unsure(&view), at(10)).unwrap();
    assert_eq!(taken.refused, Some(ListRefused::FileChanged));
    assert_eq!(all(&vault), []);
    let gone = directory::look_at_list(&vault, &dir.path().join("none.csv"), ListRowState::New, None, at(9));
    assert_eq!(Failure::from(gone.unwrap_err()).code, Code::FileUnreadable);
}

#[test]
fn more_than_can_be_taken_at_a_time_is_taken_in_turns_and_pages_go_on_behind_a_row() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut list = String::from("name,phone\n");
    for n in 0..1500 {
        writeln!(list, "Desk {n:04},01632 960{:03}", n % 1000).unwrap();
    }
    let path = file(dir.path(), &list);
    let view = look(&vault, &path, ListRowState::New);
    assert_eq!((counts(&view), view.rows.len()), ([0, 0, 1500, 0, 0], 50));
    let last = view.rows[49].row;
    let behind = directory::look_at_list(&vault, &path, ListRowState::New, Some(last), at(9)).unwrap();
    assert_eq!(behind.rows[0].row, last + 1);
    let taken = directory::take_list(&mut vault, &path, &unsure(&view), at(10)).unwrap();
    assert_eq!((taken.added, taken.left), (1000, 500));
    let taken = directory::take_list(&mut vault, &path, &unsure(&view), at(11)).unwrap();
    assert_eq!((taken.added, taken.left), (500, 0));
    assert_eq!(directory::directory(&vault, "", None, at(12)).unwrap().in_all, 1500);
}
