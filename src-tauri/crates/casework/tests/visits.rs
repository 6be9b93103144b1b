//! A visit is written down once with all of its lines; several flags are set in one form; of an adult a name is
//! enough to begin; words that mean a day stand at it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Failure, Vault, children};
use sharewell_vault::{items, ledger};
use support::*;

fn line(mark: Mark, text: &str, by: &str) -> LineInput {
    LineInput { mark: Some(mark), text: text.into(), by: by.into(), about: vec![] }
}

fn head(there: Vec<PersonId>, alone: Option<Vec<PersonId>>) -> VisitHead {
    VisitHead {
        occurred: Some(Occurred::Day { on: day(2026, 10, 5) }.into()),
        source: Some(ItemSource::Visit),
        place: "At home".into(),
        there,
        others: "A neighbour".into(),
        alone,
    }
}

fn three() -> Vec<LineInput> {
    vec![
        line(Mark::Fact, "No food in the kitchen.", ""),
        line(Mark::Opinion, "Ayla seemed tired.", ""),
        line(Mark::Reported, "She sleeps on the sofa.", "Jo Sampleton"),
    ]
}

/// How many entries the vault has.
fn entries(vault: &Vault) -> u64 {
    vault.read(ledger::tip).unwrap().sequence.0
}

fn faults<T: std::fmt::Debug>(result: std::result::Result<T, sharewell_casework::Error>) -> Vec<String> {
    Failure::from(result.unwrap_err()).fields.into_iter().map(|one| one.field).collect()
}

fn texts(lines: &[TimelineLine]) -> Vec<String> {
    let text = |line: &TimelineLine| match &line.what {
        TimelineWhat::Item { text, .. } => Some(text.clone()),
        _ => None,
    };
    lines.iter().filter_map(text).collect()
}

#[test]
fn a_visit_is_one_write_of_entries_of_their_own_that_stand_together_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let before = entries(&vault);
    let visit = VisitInput { head: head(vec![mother, child], Some(vec![child])), lines: three() };
    let id = children::add_visit(&mut vault, case, &visit, at(10)).unwrap();
    let after = entries(&vault);
    assert_eq!(after - before, 3, "an entry for each line, and none besides");

    // Something else of the same day, and a line that came to mind later.
    children::add_item(&mut vault, case, item("Rang the school.", vec![child]), at(11)).unwrap();
    children::add_lines(&mut vault, case, id, &[line(Mark::Fact, "Two beds.", "")], at(12)).unwrap();

    let file = children::child_file(&mut vault, case, at(13)).unwrap();
    assert_eq!(
        texts(&file.timeline),
        [
            "No food in the kitchen.",
            "Ayla seemed tired.",
            "She sleeps on the sofa.",
            "Two beds.",
            "Rang the school."
        ]
    );
    let of_visit: Vec<_> = file
        .timeline
        .iter()
        .filter_map(|line| match &line.what {
            TimelineWhat::Item { visit, .. } => visit.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(of_visit.len(), 4);
    for one in of_visit {
        assert_eq!((one.id, one.place.as_str(), one.others.as_str()), (id, "At home", "A neighbour"));
        assert_eq!(one.there, ["Ayla Sampleton", "Jo Sampleton"], "in the order of the file");
        assert_eq!(one.alone.as_deref(), Some(&["Ayla Sampleton".to_owned()][..]));
    }
}

#[test]
fn every_fault_of_a_visit_is_told_at_its_own_line_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let stranger = PersonId(uuid::Uuid::nil());
    let lines = vec![
        line(Mark::Fact, "Seen.", ""),
        LineInput::default(),
        line(Mark::Reported, "Said.", " "),
        LineInput { text: "No mark.".into(), about: vec![stranger], ..LineInput::default() },
    ];
    let visit = VisitInput { head: VisitHead { occurred: None, ..head(vec![child], None) }, lines };
    let before = entries(&vault);
    assert_eq!(
        faults(children::add_visit(&mut vault, case, &visit, at(10))),
        ["occurred", "alone", "lines.2.by", "lines.3.mark", "lines.3.about"]
    );
    let empty = VisitInput { head: head(vec![mother], None), lines: vec![LineInput::default()] };
    assert_eq!(
        faults(children::add_visit(&mut vault, case, &empty, at(10))),
        ["lines.0.mark", "lines.0.text"],
        "no child was there, so it is not asked who was seen alone"
    );
    assert_eq!(entries(&vault), before);
}

#[test]
fn what_a_visit_was_is_corrected_in_every_line_at_once_and_a_line_keeps_its_visit() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let visit = VisitInput { head: head(vec![child], Some(vec![])), lines: three() };
    let id = children::add_visit(&mut vault, case, &visit, at(10)).unwrap();
    let known = children::visit_of(&vault, case, id).unwrap();
    assert_eq!(known.alone, Some(vec![]), "that nobody was seen alone is known");

    let line = vault.read(|r| items::of_case(r, case)).unwrap().remove(0).record.id;
    let typed = ItemInput { source: None, occurred: None, ..item("She has her own bed.", vec![child]) };
    children::amend_item(&mut vault, case, line, typed, "Misheard", at(11)).unwrap();

    let corrected = VisitHead {
        place: "At her aunt's".into(),
        occurred: Some(Occurred::Day { on: day(2026, 10, 4) }.into()),
        there: vec![mother],
        ..known
    };
    assert_eq!(faults(children::amend_visit(&mut vault, case, id, &corrected, "", at(12))), ["reason"]);
    children::amend_visit(&mut vault, case, id, &corrected, "It was Sunday", at(12)).unwrap();
    for one in vault.read(|r| items::of_case(r, case)).unwrap() {
        let visit = one.record.visit.unwrap();
        assert_eq!((visit.id, visit.place.as_str()), (id, "At her aunt's"));
        assert_eq!(visit.there, [mother]);
        assert_eq!(one.record.occurred, Occurred::Day { on: day(2026, 10, 4) });
    }
    let line = children::item_of(&vault, case, line).unwrap();
    assert_eq!(line.text, "She has her own bed.");
}

#[test]
fn words_that_mean_a_day_stand_at_that_day_and_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let written = at(0);
    let days_before = |days: i64| chrono::TimeDelta::try_days(days).unwrap();
    let on = |days| london_day(Moment(written.0 - days_before(days)));
    let when =
        |occurred: WhenTyped, text: &str| ItemInput { occurred: Some(occurred), ..item(text, vec![child]) };
    let words = |words: &str| WhenTyped::Unknown { words: words.into() };
    for (when, text) in [
        (words("two days ago"), "B"),
        (Occurred::Day { on: on(3) }.into(), "C"),
        (Occurred::Day { on: on(1) }.into(), "A"),
        (words("some time before Christmas"), "now"),
    ]
    .map(|(occurred, text)| (when(occurred, text), text))
    {
        children::add_item(&mut vault, case, when, at(20)).unwrap_or_else(|e| panic!("{text}: {e}"));
    }
    let file = children::child_file(&mut vault, case, at(21)).unwrap();
    assert_eq!(texts(&file.timeline), ["now", "A", "B", "C"]);
    let placed: Vec<_> = file
        .timeline
        .iter()
        .filter(|line| matches!(line.what, TimelineWhat::Item { .. }))
        .map(|line| line.placed)
        .collect();
    assert_eq!(placed, [None, None, Some(on(2)), None]);
}

#[test]
fn several_flags_on_several_people_are_one_write_with_one_reason_or_each_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let reviews = children::flag_reviews(at(10));
    assert_eq!(reviews.len(), FlagKind::ALL.len());
    let kinds = vec![FlagKind::DoNotPost, FlagKind::UnsafePhone];
    let mut flags = FlagsInput {
        people: vec![child, mother],
        kinds: kinds.clone(),
        same_reason: true,
        reason: "He opens the post.".into(),
        reasons: vec![],
        reviews: reviews.clone(),
    };
    assert_eq!(children::set_flags(&mut vault, case, &flags, at(10)).unwrap().len(), 4);
    let head = children::file_head(&vault, case, at(11)).unwrap();
    let of_mother = &head.people[0].flags;
    assert_eq!(of_mother.len(), 2);
    for flag in of_mother {
        assert_eq!(flag.flag.reason, "He opens the post.");
        assert!(flag.flag.review.is_some(), "looked at again");
    }

    flags.same_reason = false;
    flags.reasons = vec![FlagReason { person: child, kind: kinds[0], reason: "Ask at school.".into() }];
    assert_eq!(
        faults(children::set_flags(&mut vault, case, &flags, at(12))),
        ["kinds", "reasons.1", "reasons.2", "reasons.3"],
        "and what is set already is said at once"
    );
    assert_eq!(
        faults(children::set_flags(&mut vault, case, &FlagsInput::default(), at(12))),
        ["people", "kinds"]
    );
}

#[test]
fn a_name_a_tie_and_responsibility_are_enough_for_an_adult() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let tie = |kind| TieInput {
        to: Some(child),
        kind: Some(kind),
        parental_responsibility: Some(ParentalResponsibility::NotKnown),
        same_home: None,
        note: String::new(),
    };
    let named = |name: &str| PersonInput { role: None, birth: None, ..person(name, PersonRole::OtherAdult) };
    for (kind, role) in [
        (RelationshipKind::AuntOrUncle, PersonRole::OtherAdult),
        (RelationshipKind::FosterCarer, PersonRole::Carer),
        (RelationshipKind::StepParent, PersonRole::Parent),
    ] {
        let name = format!("Pat {kind:?}");
        let id = children::add_person(&mut vault, case, named(&name), Some(tie(kind)), at(10)).unwrap();
        let head = children::file_head(&vault, case, at(11)).unwrap();
        let one = head.people.iter().find(|one| one.person.id == id).unwrap();
        assert_eq!((one.person.role, &one.person.birth), (role, &Birth::Unknown));
        let tied = head.ties.iter().find(|tie| tie.from == id).unwrap();
        assert_eq!(tied.same_home, None, "not known is not no");
    }
    let brother = children::add_person(
        &mut vault,
        case,
        named("Bo Sampleton"),
        Some(tie(RelationshipKind::Sibling)),
        at(12),
    );
    assert_eq!(faults(brother), ["role"], "a brother may be a child, of whom the birth is asked");
}
