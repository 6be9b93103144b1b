//! Which other agencies hold a record about a child, and how it is asked for (F5).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children};
use support::*;

fn hospital() -> ElsewhereInput {
    ElsewhereInput {
        contact: None,
        agency: "Northmere Hospital, records".into(),
        kind: Some(ElsewhereKind::Health),
        words: "Paediatrics".into(),
        route: Some(AskRoute::Agreement),
        how: "By their form, two weeks".into(),
        last_contact: DayTyped("2026-10-05".into()),
        ended: false,
        reason: String::new(),
    }
}

fn rows(vault: &Vault, case: CaseId) -> Vec<ElsewhereRow> {
    children::elsewhere(vault, case).unwrap().rows
}

fn faults(error: sharewell_casework::Error) -> Vec<(String, Code)> {
    Failure::from(error).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

#[test]
fn it_says_who_holds_a_record_by_which_route_and_how_it_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let empty =
        ElsewhereInput { agency: String::new(), kind: None, route: None, how: String::new(), ..hospital() };
    let refused = children::record_elsewhere(&mut vault, case, None, &empty, at(10)).unwrap_err();
    let all = ["agency", "kind", "route", "how"].map(|field| (field.to_owned(), Code::Missing));
    assert_eq!(faults(refused), all);
    children::record_elsewhere(&mut vault, case, None, &hospital(), at(11)).unwrap();
    let held = rows(&vault, case);
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].kind, held[0].route), (ElsewhereKind::Health, AskRoute::Agreement));
    assert_eq!(held[0].last_contact, Some(day(2026, 10, 5)));
    let story = children::child_file(&mut vault, case, at(12)).unwrap().timeline;
    let told = |line: &TimelineLine| matches!(&line.what, TimelineWhat::Other { kind, name, .. } if kind == "elsewhere_recorded" && name.contains("Northmere"));
    assert!(story.iter().any(told), "it stands in the story");
}

#[test]
fn what_changes_says_why_and_what_is_held_no_more_stays_to_be_seen() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let id = children::record_elsewhere(&mut vault, case, None, &hospital(), at(11)).unwrap();
    let school = ElsewhereInput { agency: "Made-up Lane School".into(), ..hospital() };
    children::record_elsewhere(&mut vault, case, None, &school, at(12)).unwrap();
    let over = ElsewhereInput { ended: true, ..hospital() };
    let refused = children::record_elsewhere(&mut vault, case, Some(id), &over, at(13)).unwrap_err();
    assert_eq!(faults(refused), [("reason".to_owned(), Code::ReasonMissing)]);
    let over = ElsewhereInput { reason: "They sent it on".into(), ..over };
    children::record_elsewhere(&mut vault, case, Some(id), &over, at(14)).unwrap();
    let held = rows(&vault, case);
    let told: Vec<_> = held.iter().map(|one| (one.agency.as_str(), one.ended, one.reason.as_str())).collect();
    assert_eq!(
        told,
        [("Made-up Lane School", false, ""), ("Northmere Hospital, records", true, "They sent it on"),]
    );
    let other = children::open_case(&mut vault, new_case("Bo Other", Nation::England), at(20)).unwrap();
    assert!(
        children::record_elsewhere(&mut vault, other, Some(id), &over, at(21)).is_err(),
        "not of that file"
    );
}
