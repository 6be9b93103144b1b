//! A restricted file beside a child's: what it says stays out of the child's, in every table and every slice.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_records::*;
use sharewell_vault::{
    Appended, Error, Keep, Result, SliceLine, Vault, cases, flags, items, new_uuid, people, relationships,
    search, timeline,
};
use support::*;

struct Two {
    _dir: tempfile::TempDir,
    vault: Vault,
    home: Family,
    apart: CaseId,
    note: Item,
    noted: EntryId,
    flag: Flag,
    tie: Relationship,
}

fn opened(apart: CaseId, home: &Family) -> Case {
    Case {
        kind: CaseKind::Allegation,
        beside: Some(home.case),
        ..Case::family(apart, home.child.id, Nation::England)
    }
}

/// A child's file with a flag, a tie and a note about the coach, and a restricted file that says them again.
fn two() -> Two {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let apart = CaseId(new_uuid());
    let note = item("The coach sends secret messages", &[home.child.id]);
    let flag = Flag {
        id: FlagId(new_uuid()),
        person: home.mother.id,
        kind: FlagKind::DoNotTell,
        reason: "Not yet".into(),
        review: None,
    };
    let tie = Relationship {
        id: RelationshipId(new_uuid()),
        from: home.mother.id,
        to: home.child.id,
        kind: RelationshipKind::Mother,
        parental_responsibility: ParentalResponsibility::Holds,
        same_home: Some(true),
        note: String::new(),
    };
    let again = [
        Payload::PersonRecorded { person: home.child.clone() },
        Payload::PersonRecorded { person: home.mother.clone() },
        Payload::RelationshipRecorded { relationship: tie.clone() },
        Payload::FlagSet { flag: flag.clone() },
    ];
    let noted = vault
        .write(&stamp(10), |w| {
            for payload in &again[2..] {
                w.append(Some(home.case), payload, &[])?;
            }
            let noted = w.append(Some(home.case), &Payload::ItemRecorded { item: note.clone() }, &[])?;
            w.append(Some(apart), &Payload::CaseOpened { case: opened(apart, &home) }, &[])?;
            for payload in &again {
                w.append(Some(apart), payload, &[])?;
            }
            Ok::<_, Error>(noted.id)
        })
        .unwrap();
    Two { _dir: dir, vault, home, apart, note, noted, flag, tie }
}

impl Two {
    fn append(&mut self, second: i64, case: CaseId, payload: &Payload) -> Result<Appended> {
        self.vault.write(&stamp(second), |w| w.append(Some(case), payload, &[]))
    }

    /// Says the note again in the restricted file and sets it apart.
    fn set_apart(&mut self) -> EntryId {
        let stated =
            self.append(20, self.apart, &Payload::ItemRecorded { item: self.note.clone() }).unwrap().id;
        let apart = self.apart_entry(stated, vec![self.noted]);
        self.append(21, self.apart, &apart).unwrap();
        stated
    }

    fn apart_entry(&self, stated: EntryId, entries: Vec<EntryId>) -> Payload {
        let (thing, from) = (self.note.id.0, self.home.case);
        Payload::SetApart { thing, from, stated, entries, first_recorded: at(10) }
    }

    /// What a slice of one file says.
    fn slice(&self, case: CaseId) -> String {
        let tip = self.vault.tip();
        let lines = self.vault.read(|r| slice(r, &[case], Seq(1), tip.sequence)).unwrap();
        let open = lines.into_iter().filter_map(|line| match line {
            SliceLine::Open { payload: Some(sealed), .. } => Some(String::from_utf8(sealed.bytes).unwrap()),
            SliceLine::Open { payload: None, .. } | SliceLine::Closed { .. } => None,
        });
        open.collect()
    }
}

#[test]
fn people_ties_and_flags_are_said_again_and_stay_as_the_childs_file_has_them() {
    let mut two = two();
    let before = two
        .vault
        .read(|r| {
            Ok::<_, Error>((
                people::of_case(r, two.home.case)?,
                relationships::of_case(r, two.home.case)?,
                flags::of_case(r, two.home.case)?,
            ))
        })
        .unwrap();
    two.vault
        .read(|r| {
            assert_eq!(people::of_case(r, two.apart)?, before.0, "the same people stand in both");
            assert_eq!(relationships::of_case(r, two.apart)?, before.1);
            assert_eq!(flags::of_case(r, two.apart)?, before.2);
            assert_eq!(cases::list(r)?.len(), 1, "one child's file");
            assert_eq!(cases::restricted(r)?.len(), 1);
            assert_eq!(cases::beside(r, two.home.case)?, [two.apart]);
            Ok::<_, Error>(())
        })
        .unwrap();
    // A third time is too often, in the restricted file and in the child's.
    let flag = Payload::FlagSet { flag: two.flag.clone() };
    let tie = Payload::RelationshipRecorded { relationship: two.tie.clone() };
    for (case, payload) in [(two.apart, &flag), (two.home.case, &flag), (two.apart, &tie)] {
        assert!(matches!(two.append(30, case, payload), Err(Error::AlreadyRecorded { .. })));
    }
    let lifted = Payload::FlagLifted { id: two.flag.id, reason: "Safe".into() };
    two.append(31, two.home.case, &lifted).unwrap();
    two.append(32, two.apart, &lifted).expect("that it was lifted is said again as well");
    assert!(two.vault.read(|r| flags::of_case(r, two.apart)).unwrap().is_empty());
    assert!(matches!(two.append(33, two.apart, &lifted), Err(Error::AlreadyClosed { .. })));
    assert!(two.vault.verify(&[]).unwrap().sound());
}

#[test]
fn a_note_that_was_set_apart_is_in_no_page_search_or_slice_of_the_childs_file() {
    let mut two = two();
    assert_eq!(two.vault.read(|r| search::search(r, "coach", 9, None)).unwrap().len(), 1);
    assert!(two.slice(two.home.case).contains("coach"));
    two.set_apart();
    two.vault
        .read(|r| {
            assert!(items::of_case(r, two.home.case)?.is_empty());
            assert_eq!(items::of_case(r, two.apart)?.len(), 1);
            assert!(search::search(r, "coach", 9, None)?.is_empty());
            assert!(timeline::of_case(r, two.home.case, 50, None)?.iter().all(|e| e.header.id != two.noted));
            Ok::<_, Error>(())
        })
        .unwrap();
    assert!(!two.slice(two.home.case).contains("coach") && two.slice(two.apart).contains("coach"));
    let report = two.vault.verify(&[]).unwrap();
    assert!(report.sound(), "the chain holds and a rebuild gives the same: {report:?}");

    // A restored copy says the same.
    let backup = two.vault.backup(&stamp(40), Keep::default()).unwrap();
    let away = two._dir.path().join("away");
    let vault = restore(&backup.path, &away, &secret(), &stamp(41)).unwrap();
    assert!(vault.verify(&[]).unwrap().sound());
    assert!(vault.read(|r| items::of_case(r, two.home.case)).unwrap().is_empty());
}

#[test]
fn a_note_whose_statement_is_disposed_of_stands_nowhere_and_not_where_it_was_before() {
    let mut two = two();
    let stated = two.set_apart();
    let gone =
        Payload::Disposed { entries: vec![stated], authority: "Retention".into(), reason: "Time".into() };
    two.vault.write(&stamp(50), |w| w.append(None, &gone, &[])).unwrap();
    for case in [two.home.case, two.apart] {
        assert!(two.vault.read(|r| items::of_case(r, case)).unwrap().is_empty());
    }
    assert!(two.vault.read(|r| items::about(r, two.home.child.id)).unwrap().is_empty());
    assert!(matches!(two.vault.read(|r| items::get(r, two.note.id)), Err(Error::NoSuch { .. })));
    assert!(two.vault.verify(&[]).unwrap().sound());
}

#[test]
fn what_keeps_something_out_of_the_childs_file_is_never_disposed_of_before_it() {
    let mut two = two();
    two.set_apart();
    let of_it = |r: &sharewell_vault::Reader<'_>| timeline::of_case(r, two.apart, 50, None);
    let entries: Vec<_> = two.vault.read(of_it).unwrap().into_iter().map(|entry| entry.header).collect();
    let of_kind = |kind: &str| entries.iter().find(|header| header.kind == kind).unwrap().id;
    let gone = |entries| Payload::Disposed { entries, authority: "Retention".into(), reason: "Time".into() };
    let mut dispose = |entries| two.vault.write(&stamp(50), |w| w.append(None, &gone(entries), &[]));
    for one in [of_kind("case_opened"), of_kind("set_apart")] {
        assert!(matches!(dispose(vec![one]), Err(Error::NotAllowed { .. })));
    }
    let all: Vec<_> = entries.iter().map(|header| header.id).collect();
    assert!(
        matches!(dispose(all.clone()), Err(Error::NotAllowed { .. })),
        "the note would stand in the child's"
    );
    dispose(all.into_iter().chain([two.noted]).collect()).expect("all of it together");
    assert!(two.vault.read(|r| items::about(r, two.home.child.id)).unwrap().is_empty());
    assert!(two.vault.verify(&[]).unwrap().sound());
}

#[test]
fn whom_a_note_is_about_follows_the_form_in_which_the_restricted_file_states_it() {
    let mut two = two();
    let again = Item { about: vec![two.home.mother.id], ..two.note.clone() };
    let stated = two.append(20, two.apart, &Payload::ItemRecorded { item: again }).unwrap().id;
    let apart = two.apart_entry(stated, vec![two.noted]);
    two.append(21, two.apart, &apart).unwrap();
    assert!(two.vault.read(|r| items::about(r, two.home.child.id)).unwrap().is_empty());
    assert_eq!(two.vault.read(|r| items::about(r, two.home.mother.id)).unwrap().len(), 1);
}

#[test]
fn what_does_not_belong_there_is_not_set_apart() {
    let mut two = two();
    let stated = two.append(20, two.apart, &Payload::ItemRecorded { item: two.note.clone() }).unwrap().id;
    let entry = two.apart_entry(stated, vec![two.noted]);
    assert!(
        matches!(two.append(21, two.home.case, &entry), Err(Error::CaseMismatch { .. })),
        "a child's file"
    );
    let other = two.apart_entry(stated, vec![EntryId(new_uuid())]);
    assert!(matches!(two.append(22, two.apart, &other), Err(Error::NoSuch { .. })));
    let not_stated = two.apart_entry(two.noted, vec![two.noted]);
    assert!(matches!(two.append(23, two.apart, &not_stated), Err(Error::NoSuch { .. })), "nothing gets lost");
    let other = item("something else", &[two.home.child.id]);
    let stated_otherwise = two.append(23, two.apart, &Payload::ItemRecorded { item: other }).unwrap().id;
    let entry_otherwise = two.apart_entry(stated_otherwise, vec![two.noted]);
    assert!(
        matches!(two.append(23, two.apart, &entry_otherwise), Err(Error::NoSuch { .. })),
        "another thing"
    );
    two.append(24, two.apart, &entry).unwrap();
    assert!(matches!(two.append(25, two.apart, &entry), Err(Error::AlreadyClosed { .. })), "once");
}

#[test]
fn a_restricted_file_stands_beside_a_childs_and_stays_what_it_is() {
    let mut two = two();
    let child = two.home.child.id;
    let new =
        |kind, beside| Case { kind, beside, ..Case::family(CaseId(new_uuid()), child, Nation::England) };
    let numbers = Case::numbers(CaseId(new_uuid()), PersonId(new_uuid()), Nation::England, "Counts".into());
    let adult = Case::adult(CaseId(new_uuid()), PersonId(new_uuid()), Nation::England);
    let (of_numbers, of_adult) = (numbers.id, adult.id);
    for without in [numbers, adult] {
        let id = without.id;
        two.append(19, id, &Payload::CaseOpened { case: without }).unwrap();
    }
    let restricted = two.vault.read(cases::restricted).unwrap();
    assert!(restricted.iter().any(|row| row.case.record.id == of_adult));
    assert!(!restricted.iter().any(|row| row.case.record.id == of_numbers));
    for wrong in [
        new(CaseKind::Allegation, None),
        new(CaseKind::Family, Some(two.home.case)),
        new(CaseKind::Allegation, Some(two.apart)),
        // An allegation stands beside a child's file and no other; a file without a child beside none.
        new(CaseKind::Allegation, Some(of_numbers)),
        new(CaseKind::Allegation, Some(of_adult)),
        new(CaseKind::Adult, Some(two.home.case)),
        new(CaseKind::Numbers, Some(two.home.case)),
    ] {
        let id = wrong.id;
        let refused = two.append(20, id, &Payload::CaseOpened { case: wrong });
        assert!(matches!(refused, Err(Error::CaseMismatch { .. })), "{refused:?}");
    }
    let nowhere = new(CaseKind::Allegation, Some(CaseId(new_uuid())));
    let refused = two.append(21, nowhere.id, &Payload::CaseOpened { case: nowhere });
    assert!(matches!(refused, Err(Error::NoSuch { .. })));
    for amended in [
        Case::family(two.apart, two.home.child.id, Nation::England),
        Case { beside: Some(two.apart), ..opened(two.apart, &two.home) },
    ] {
        let amended = Payload::CaseAmended { case: amended, reason: "x".into() };
        assert!(matches!(two.append(22, two.apart, &amended), Err(Error::CaseMismatch { .. })));
    }
}
