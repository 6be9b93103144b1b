//! What an opening put in doubt, as whoever uses the program meets it (A11, A16 of the field cases).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::fs;

use sharewell_casework::records::{Birth, Occurred, PersonRole};
use sharewell_casework::views::*;
use sharewell_casework::{Code, Failure, Vault, children, clock, doubts, maintenance, paper, start, today};
use support::*;

fn open(dir: &std::path::Path, minutes: i64) -> Vault {
    start::unlock(dir, secret(PASSPHRASE), at(minutes)).unwrap()
}

fn notices(vault: &Vault, minutes: i64) -> Vec<Notice> {
    today::today(vault, at(minutes)).unwrap().notices
}

#[test]
fn a_missing_end_is_told_on_the_home_page_until_somebody_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = vault(dir.path());
    family(&mut made);
    start::close(made, at(20)).unwrap();
    fs::remove_file(dir.path().join("vault.head")).unwrap();
    for second in [30, 40] {
        let vault = open(dir.path(), second);
        assert!(notices(&vault, second).contains(&Notice::HeadNotFound), "at {second}");
        let seen = start::session(dir.path(), Some(&vault), false, None, at(second)).unwrap();
        assert_eq!(seen.head_missing_since, Some(at(30)));
        start::close(vault, at(second + 1)).unwrap();
    }
    let mut vault = open(dir.path(), 50);
    let findings = maintenance::verify_vault(&mut vault, at(51)).unwrap().findings;
    assert_eq!(findings.len(), 1);
    let unsaid = Failure::from(doubts::confirm_head(&mut vault, " ", at(52)).unwrap_err());
    assert_eq!(unsaid.fields.len(), 1, "a reason is asked");
    doubts::confirm_head(&mut vault, "I copied the folder without it.", at(53)).unwrap();
    assert!(!notices(&vault, 54).contains(&Notice::HeadNotFound));
    assert!(maintenance::verify_vault(&mut vault, at(55)).unwrap().sound);
}

#[test]
fn a_wrong_clock_is_told_on_the_lock_screen_and_its_entries_are_marked_on_page_and_paper() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = vault(dir.path());
    let (case, ..) = family(&mut made);
    children::add_item(&mut made, case, item("Right before.", vec![]), at(10)).unwrap();
    start::close(made, at(20)).unwrap();
    let wrong = -40 * 365 * 24 * 60;
    let locked = start::session(dir.path(), None, false, None, at(wrong)).unwrap();
    assert_eq!(locked.clock, Some(ClockView { behind: true, last: Some(at(20)) }));
    assert_eq!(start::session(dir.path(), None, false, None, at(25)).unwrap().clock, None);

    let mut vault = open(dir.path(), wrong);
    assert!(notices(&vault, wrong).contains(&Notice::ClockDoubtful));
    children::add_item(
        &mut vault,
        case,
        ItemInput {
            occurred: Some(Occurred::Unknown { words: "just now".into() }.into()),
            ..item("Under a wrong clock.", vec![])
        },
        at(wrong + 1),
    )
    .unwrap();
    doubts::trust_clock(&mut vault, at(wrong + 2)).unwrap();
    assert!(!notices(&vault, wrong + 3).contains(&Notice::ClockDoubtful), "a person may know better");
    let page = children::child_file(&mut vault, case, at(wrong + 4)).unwrap();
    let marked = |text: &str| {
        let line = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Item { text: said, .. } if said == text);
        page.timeline.iter().find(line).unwrap().clock_doubtful
    };
    assert!(marked("Under a wrong clock.") && !marked("Right before."));
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(wrong + 5)).unwrap();
    let said: String = pdf::everything_in(&path).into_iter().map(|(_, text)| text).collect();
    assert_eq!(said.matches("clock was in doubt").count(), 1, "{said}");
}

#[test]
fn while_the_clock_stands_behind_a_day_that_it_calls_to_come_can_be_kept_and_is_marked() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = vault(dir.path());
    let (case, ..) = family(&mut made);
    let to_come =
        |days: i64| Some(WhenTyped::from(Occurred::Day { on: clock::days_after(day(2026, 10, 6), days) }));
    let seen = |days| ItemInput { occurred: to_come(days), ..item("Seen at the school gate.", vec![]) };
    let refused = Failure::from(children::add_item(&mut made, case, seen(3), at(10)).unwrap_err());
    assert_eq!(refused.fields[0].code, Code::DayToCome, "while the clock is right");
    start::close(made, at(20)).unwrap();

    let wrong = -10 * 365 * 24 * 60;
    let mut vault = open(dir.path(), wrong);
    let child = PersonInput {
        birth: Some(Birth::Born { on: day(2026, 10, 8) }.into()),
        ..person("Newborn of Jo Sampleton", PersonRole::Child)
    };
    children::add_person(&mut vault, case, child, None, at(wrong + 1)).unwrap();
    children::add_item(&mut vault, case, seen(3), at(wrong + 2)).unwrap();
    let refused = Failure::from(children::add_item(&mut vault, case, seen(800), at(wrong + 3)).unwrap_err());
    assert_eq!(refused.fields[0].code, Code::DayToCome, "two years on is to come by any clock");
    let page = children::child_file(&mut vault, case, at(wrong + 4)).unwrap();
    let line = page.timeline.iter().find(
        |line| matches!(&line.what, TimelineWhat::Item { text, .. } if text == "Seen at the school gate."),
    );
    assert!(line.unwrap().clock_doubtful, "it says under which clock it was written");
}
