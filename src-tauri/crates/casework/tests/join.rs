//! Two files of one child, shown as one and parted again: flags add up, differing numbers veto, a restricted file is never
//! joined, and what was written meanwhile stands in the file in which it was written (practice.md 21).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, children, search};
use sharewell_vault::Vault;
use support::*;

/// A second file of the same child, whose number is given.
fn second(vault: &mut Vault, number: &str) -> CaseId {
    let first = children::children(vault, "", None, at(2)).unwrap().lines[0].case;
    let child = children::file_head(vault, first, at(2)).unwrap().child.person.id;
    let mut again = new_case("Ayla Sampleton", Nation::England);
    again.child.identifiers.clear();
    if !number.is_empty() {
        again.child.identifiers = vec![Identifier::of(IdentifierKind::NhsNumber, number.into())];
    }
    again.child.another = vec![child];
    again.reference = "SCH-9".into();
    children::open_case(vault, again, at(3)).unwrap()
}

fn texts(view: &ChildFileView) -> Vec<(String, bool)> {
    let item = |line: &TimelineLine| match &line.what {
        TimelineWhat::Item { text, .. } => Some((text.clone(), line.file.is_some())),
        _ => None,
    };
    view.timeline.iter().filter_map(item).collect()
}

fn typed(other: CaseId) -> JoinInput {
    JoinInput { other: Some(other), shown: "the health visitor gave one number for both".into() }
}

fn faults<T: std::fmt::Debug>(done: sharewell_casework::Result<T>) -> Vec<(String, Code)> {
    let failure = Failure::from(done.unwrap_err());
    failure.fields.into_iter().map(|one| (one.field, one.code)).collect()
}

fn view(vault: &mut Vault, case: CaseId) -> ChildFileView {
    children::child_file(vault, case, at(50)).unwrap()
}

/// A view without what the acts of joining and parting say of themselves.
fn told(mut view: ChildFileView) -> String {
    view.timeline
        .retain(|line| !matches!(&line.what, TimelineWhat::Other { kind, .. } if kind.starts_with("files_")));
    serde_json::to_string(&view).unwrap()
}

#[test]
fn two_files_are_shown_as_one_and_part_again_as_they_would_have_been() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (first, child, _) = family(&mut vault);
    let other = second(&mut vault, "");
    let theirs = children::file_head(&vault, other, at(4)).unwrap().child.person.id;
    children::add_item(&mut vault, first, item("Early in the first", vec![child]), at(5)).unwrap();
    children::add_item(&mut vault, other, item("Early in the second", vec![theirs]), at(6)).unwrap();
    let flag = FlagInput {
        person: Some(theirs),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "fled".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, other, flag, at(7)).unwrap();

    let page = children::joining(&vault, first, at(8)).unwrap();
    assert!(page.joined.is_none());
    let possible: Vec<_> = page.possible.iter().map(|one| (one.line.case, one.against.clone())).collect();
    assert_eq!(possible, [(other, vec![])]);
    assert_eq!(page.possible[0].flags.len(), 1, "the flags are told before");
    assert_eq!(
        faults(children::join_files(&mut vault, first, &JoinInput { other: None, shown: " ".into() }, at(9))),
        [("shown".into(), Code::ReasonMissing), ("other".into(), Code::Missing)]
    );
    let before = (told(view(&mut vault, first)), told(view(&mut vault, other)));

    children::join_files(&mut vault, first, &typed(other), at(10)).unwrap();
    for (case, foreign) in [(first, "Early in the second"), (other, "Early in the first")] {
        let view = view(&mut vault, case);
        let mut said = texts(&view);
        said.sort();
        let expected = ["Early in the first", "Early in the second"];
        assert_eq!(said, expected.map(|text| (text.to_owned(), text == foreign)), "both stories");
        assert_eq!(
            view.flags.iter().map(|flag| flag.kind).collect::<Vec<_>>(),
            [FlagKind::ProtectedIdentity]
        );
        assert_eq!(view.flags[0].person, view.child.person.id, "it binds on the child of this file");
        assert!(view.protects, "flags add up");
        let beside = view.joined.unwrap();
        assert_eq!((beside.case == first, beside.kept), (case == other, case == first));
    }
    // Lists and searches show one of them.
    let listed = |vault: &Vault, query: &str| {
        let page = children::children(vault, query, None, at(11)).unwrap();
        (page.lines.iter().map(|line| line.case).collect::<Vec<_>>(), page.in_all)
    };
    assert_eq!(listed(&vault, ""), (vec![first], 1));
    assert_eq!(listed(&vault, "Sampleton"), (vec![first], 1));
    assert_eq!(listed(&vault, "SCH-9").0, [first], "also where only the other one fits");
    let line = &children::children(&vault, "", None, at(11)).unwrap().lines[0];
    assert!(line.flagged && line.telling.is_empty(), "flagged, and no namesake of itself");
    let hits = search::search(&mut vault, "Early", at(12)).unwrap().hits;
    assert!(hits.iter().all(|hit| hit.flagged), "nothing is found past a flag");

    // What is written meanwhile stands where it is written.
    children::add_item(&mut vault, first, item("Late in the first", vec![child]), at(13)).unwrap();
    children::add_item(&mut vault, other, item("Late in the second", vec![theirs]), at(14)).unwrap();
    assert_eq!(texts(&view(&mut vault, first)).len(), 4);
    assert_eq!(
        faults(children::part_files(&mut vault, other, " ", at(15))),
        [("reason".into(), Code::ReasonMissing)]
    );
    children::part_files(&mut vault, other, "two girls of one name", at(15)).unwrap();

    for (case, own) in [(first, "first"), (other, "second")] {
        let view = view(&mut vault, case);
        let mut said = texts(&view);
        said.sort();
        let expected = [(format!("Early in the {own}"), false), (format!("Late in the {own}"), false)];
        assert_eq!(said, expected, "told apart by the file in which each was written");
        assert!(view.joined.is_none());
        assert_eq!(view.protects, case == other);
    }
    assert_eq!(listed(&vault, "").1, 2);
    assert_eq!(
        Failure::from(children::part_files(&mut vault, first, "again", at(16)).unwrap_err()).code,
        Code::NotFound
    );

    // Without what came later, each is what it was.
    for item in [(first, "Late in the first"), (other, "Late in the second")] {
        let line = view(&mut vault, item.0).timeline.into_iter().find_map(|line| match line.what {
            TimelineWhat::Item { id, text, .. } if text == item.1 => Some(id),
            _ => None,
        });
        assert!(line.is_some());
    }
    assert_ne!(before.0, before.1);
}

#[test]
fn joined_and_parted_at_once_both_files_are_told_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (first, child, _) = family(&mut vault);
    let other = second(&mut vault, "");
    children::add_item(&mut vault, first, item("A note", vec![child]), at(5)).unwrap();
    let both = |vault: &mut Vault| [first, other].map(|case| told(view(vault, case)));
    let before = both(&mut vault);
    children::join_files(&mut vault, first, &typed(other), at(10)).unwrap();
    assert_ne!(both(&mut vault), before);
    children::part_files(&mut vault, first, "a slip", at(11)).unwrap();
    assert_eq!(both(&mut vault), before);
}

#[test]
fn numbers_that_differ_veto_and_no_restricted_file_is_ever_joined() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (first, ..) = family(&mut vault);
    let other = second(&mut vault, &number_of("Somebody Else"));
    let page = children::joining(&vault, first, at(8)).unwrap();
    assert_eq!(page.possible[0].against, [JoinAgainst::Number { kind: IdentifierKind::NhsNumber }]);
    assert_eq!(
        faults(children::join_files(&mut vault, first, &typed(other), at(9))),
        [("other".into(), Code::NotAnOption)]
    );
    assert_eq!(
        faults(children::join_files(&mut vault, first, &typed(first), at(9))),
        [("other".into(), Code::NotAnOption)]
    );
    assert_eq!(
        faults(children::join_files(&mut vault, first, &typed(CaseId(uuid::Uuid::from_u128(7))), at(9))),
        [("other".into(), Code::NotAnOption)]
    );

    // A restricted file is none that could be named, and the vault itself refuses it.
    let stamp =
        Stamp { author: vault.read(sharewell_vault::practitioner::current).unwrap().record.id, at: at(20) };
    let child = children::file_head(&vault, first, at(8)).unwrap().child.person.id;
    let restricted = CaseId(uuid::Uuid::from_u128(77));
    let case = Case {
        kind: CaseKind::Allegation,
        beside: Some(first),
        ..Case::family(restricted, child, Nation::England)
    };
    vault
        .write(&stamp, |w| -> sharewell_vault::Result<()> {
            w.append(Some(restricted), &Payload::CaseOpened { case }, &[])?;
            Ok(())
        })
        .unwrap();
    assert_eq!(
        faults(children::join_files(&mut vault, first, &typed(restricted), at(21))),
        [("other".into(), Code::NotAnOption)]
    );
    let join = Join {
        id: JoinId(uuid::Uuid::from_u128(78)),
        kept: first,
        other: restricted,
        child,
        same: child,
        shown: String::new(),
    };
    let refused = vault.write(&stamp, |w| -> sharewell_vault::Result<()> {
        w.append(Some(first), &Payload::FilesJoined { join }, &[])?;
        Ok(())
    });
    assert!(matches!(refused, Err(sharewell_vault::Error::NotAllowed { .. })), "{refused:?}");
}
