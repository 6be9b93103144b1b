//! A person, a home or a note is copied into a brother's or sister's file, and nothing that is kept apart passes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, restricted};
use sharewell_vault::{ledger, people};
use support::*;

/// Ayla's file with her mother and her brother Bo, and Bo's own.
struct Two {
    _dir: tempfile::TempDir,
    vault: Vault,
    ayla: CaseId,
    bo: CaseId,
    child: PersonId,
    mother: PersonId,
}

fn two() -> Two {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (ayla, child, mother) = family(&mut vault);
    let sibling = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::HalfSibling),
        parental_responsibility: Some(ParentalResponsibility::DoesNotHold),
        same_home: Some(true),
        note: String::new(),
    };
    let bo_there = person("Bo Sampleton", PersonRole::Child);
    children::add_person(&mut vault, ayla, bo_there, Some(sibling), at(4)).unwrap();
    let bo = children::open_case(&mut vault, new_case("Bo Sampleton", Nation::England), at(5)).unwrap();
    Two { _dir: dir, vault, ayla, bo, child, mother }
}

fn to(what: CopyWhat, to: &[CaseId], seen: bool) -> CopyInput {
    CopyInput { what, with: Vec::new(), to: to.to_vec(), seen }
}

fn faults(result: std::result::Result<(), sharewell_casework::Error>) -> Vec<(String, Code)> {
    Failure::from(result.unwrap_err()).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

fn flag(two: &mut Two, kind: FlagKind) {
    let flag = FlagInput {
        person: Some(two.mother),
        kind: Some(kind),
        reason: "Ask at school.".into(),
        review: DayTyped(String::new()),
    };
    children::set_flag(&mut two.vault, two.ayla, flag, at(6)).unwrap();
}

#[test]
fn a_person_is_copied_with_the_flags_on_them_and_the_copy_says_where_it_came_from() {
    let mut two = two();
    flag(&mut two, FlagKind::UnsafePhone);
    let what = CopyWhat::Person { id: two.mother };
    let view = children::to_copy(&two.vault, two.ayla, what, at(7)).unwrap();
    assert_eq!(view.likely.iter().map(|line| line.case).collect::<Vec<_>>(), [two.bo], "his own file");
    assert_eq!(view.parts.iter().filter_map(|one| one.flag).collect::<Vec<_>>(), [FlagKind::UnsafePhone]);
    let with = view.parts.iter().filter(|one| one.goes).map(|one| one.part).collect();
    let chosen = CopyInput { with, ..to(what, &[two.bo], false) };
    children::copy(&mut two.vault, two.ayla, &chosen, at(8)).unwrap();

    let file = children::child_file(&mut two.vault, two.bo, at(9)).unwrap();
    let jo = &file.people[0];
    assert_eq!(jo.person.name, "Jo Sampleton");
    assert_ne!(jo.person.id, two.mother, "a record of its own");
    assert_eq!(jo.person.role, PersonRole::OtherAdult, "whose parent she is there, nobody has said");
    assert_eq!(jo.flags[0].flag.kind, FlagKind::UnsafePhone);
    let told = file.timeline.iter().find(|line| line.copied_from.is_some()).unwrap();
    assert_eq!(told.copied_from.as_deref(), Some("Ayla Sampleton"));
    let before = two.vault.read(|r| people::get(r, two.mother)).unwrap().entry;
    let basis = two.vault.read(|r| ledger::get(r, told.entry)).unwrap().header.basis;
    assert_eq!(basis, [before]);

    let again = children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], false), at(10));
    assert_eq!(faults(again), [("to".into(), Code::NotAnOption)], "nobody is recorded twice");
}

#[test]
fn a_note_that_concerns_somebody_is_looked_at_before_it_is_copied() {
    let mut two = two();
    let note = item("Jo Sampleton came home at ten.", vec![two.child]);
    let id = children::add_item(&mut two.vault, two.ayla, note, at(6)).unwrap();
    let what = CopyWhat::Note { id };
    let view = children::to_copy(&two.vault, two.ayla, what, at(7)).unwrap();
    assert_eq!(view.concerns, ["Ayla Sampleton", "Jo Sampleton"]);
    let unseen = children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], false), at(8));
    assert_eq!(faults(unseen), [("seen".into(), Code::Missing)]);
    children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], true), at(8)).unwrap();
    let file = children::child_file(&mut two.vault, two.bo, at(9)).unwrap();
    assert!(file.timeline.iter().any(|line| matches!(
        &line.what, TimelineWhat::Item { text, id: copied, .. } if text.contains("at ten") && *copied != id
    )));
}

#[test]
fn a_home_is_copied_where_none_is_recorded() {
    let mut two = two();
    let housed = PersonInput { address: "3 Larch Road".into(), ..person("Jo Sampleton", PersonRole::Parent) };
    children::amend_person(&mut two.vault, two.ayla, two.mother, housed, "Told us", at(6)).unwrap();
    let what = CopyWhat::Home { id: two.mother };
    let nothing = children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], false), at(7));
    assert_eq!(faults(nothing), [("with".into(), Code::Missing)], "a home of which nothing goes along");
    let whole = CopyInput { with: vec![CopyPart::Address], ..to(what, &[two.bo], false) };
    children::copy(&mut two.vault, two.ayla, &whole, at(7)).unwrap();
    let head = children::file_head(&two.vault, two.bo, at(8)).unwrap();
    assert_eq!(head.child.person.address, "3 Larch Road");
    let again = children::copy(&mut two.vault, two.ayla, &whole, at(9));
    assert_eq!(faults(again), [("to".into(), Code::NotAnOption)], "who moves is asked in that file");
}

#[test]
fn nothing_that_is_kept_apart_passes_into_another_file() {
    let mut two = two();
    flag(&mut two, FlagKind::ProtectedIdentity);
    let note =
        children::add_item(&mut two.vault, two.ayla, item("Saw Jo Sampleton.", vec![]), at(7)).unwrap();
    for what in
        [CopyWhat::Person { id: two.mother }, CopyWhat::Home { id: two.mother }, CopyWhat::Note { id: note }]
    {
        assert!(children::to_copy(&two.vault, two.ayla, what, at(8)).is_err(), "{what:?} is not even shown");
        let copied = children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], true), at(8));
        assert_eq!(faults(copied), [("what".into(), Code::NamesProtected)], "{what:?}");
    }
    let apart = restricted::open_restricted(&mut two.vault, two.bo, at(9)).unwrap();
    let own =
        children::add_item(&mut two.vault, apart, item("Said of a colleague.", vec![]), at(10)).unwrap();
    let out =
        children::copy(&mut two.vault, apart, &to(CopyWhat::Note { id: own }, &[two.ayla], true), at(11));
    assert_eq!(faults(out), [("what".into(), Code::KeptFrom)]);
    let plain = children::add_item(&mut two.vault, two.bo, item("All well.", vec![]), at(12)).unwrap();
    let into =
        children::copy(&mut two.vault, two.bo, &to(CopyWhat::Note { id: plain }, &[apart], true), at(13));
    assert_eq!(faults(into), [("to".into(), Code::NotAnOption)]);
    let own =
        children::copy(&mut two.vault, two.bo, &to(CopyWhat::Note { id: plain }, &[two.bo], true), at(13));
    assert_eq!(faults(own), [("to".into(), Code::NotAnOption)], "it stands here already");
}

#[test]
fn everything_that_goes_along_is_shown_before_and_each_part_can_stay() {
    let mut two = two();
    let whole = PersonInput {
        address: "3 Larch Road".into(),
        phone: "01632 960999".into(),
        needs: "Reads large print".into(),
        also_known_as: vec!["Josie".into()],
        ..person("Jo Sampleton", PersonRole::Parent)
    };
    children::amend_person(&mut two.vault, two.ayla, two.mother, whole, "Told us", at(5)).unwrap();
    let flag = |kind, reason: &str| FlagInput {
        person: Some(two.mother),
        kind: Some(kind),
        reason: reason.into(),
        review: DayTyped(String::new()),
    };
    for (kind, reason) in [
        (FlagKind::UnsafePhone, "Others answer it."),
        (FlagKind::DoNotPost, "Ayla Sampleton is shouted at over letters."),
    ] {
        children::set_flag(&mut two.vault, two.ayla, flag(kind, reason), at(6)).unwrap();
    }
    let what = CopyWhat::Person { id: two.mother };
    let view = children::to_copy(&two.vault, two.ayla, what, at(7)).unwrap();
    let shown: Vec<&str> = view.parts.iter().map(|one| one.text.as_str()).collect();
    for text in [
        "Josie",
        "3 Larch Road",
        "01632 960999",
        "Reads large print",
        "Others answer it.",
        "Ayla Sampleton is shouted at over letters.",
    ] {
        assert!(shown.contains(&text), "{text}: {shown:?}");
    }
    let stays: Vec<_> = view.parts.iter().filter(|one| !one.goes).collect();
    assert_eq!(stays.len(), 1, "{stays:?}");
    assert_eq!(stays[0].names, ["Ayla Sampleton"], "a reason that names the other child stays by itself");
    let with = view.parts.iter().filter(|one| one.goes && one.part != CopyPart::Phone);
    let with: Vec<CopyPart> = with.map(|one| one.part).collect();
    children::copy(&mut two.vault, two.ayla, &CopyInput { with, ..to(what, &[two.bo], false) }, at(8))
        .unwrap();
    let file = children::child_file(&mut two.vault, two.bo, at(9)).unwrap();
    let jo = &file.people[0];
    assert_eq!((jo.person.address.as_str(), jo.person.phone.as_str()), ("3 Larch Road", ""));
    assert_eq!(jo.flags.len(), 2, "what protects goes along");
    assert!(jo.flags.iter().all(|one| !one.flag.reason.contains("Ayla") && !one.flag.reason.is_empty()));
    assert!(jo.flags.iter().any(|one| one.flag.reason == "Others answer it."));
}

#[test]
fn whoever_sets_a_note_apart_is_told_that_it_stands_in_another_file_too() {
    let mut two = two();
    let note = item("A colleague shouted at Ayla.", vec![two.child]);
    let id = children::add_item(&mut two.vault, two.ayla, note, at(6)).unwrap();
    children::add_item(&mut two.vault, two.ayla, item("All well.", vec![]), at(6)).unwrap();
    let what = CopyWhat::Note { id };
    children::copy(&mut two.vault, two.ayla, &to(what, &[two.bo], true), at(7)).unwrap();
    for (file, other) in [(two.ayla, "Bo Sampleton"), (two.bo, "Ayla Sampleton")] {
        let apart = restricted::open_restricted(&mut two.vault, file, at(8)).unwrap();
        let lines = restricted::to_set_apart(&two.vault, apart).unwrap();
        for line in lines {
            let copies = if line.text.contains("colleague") { vec![other] } else { vec![] };
            assert_eq!(line.copies, copies, "{}", line.text);
        }
    }
}
