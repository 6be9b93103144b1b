//! The statement for somebody: reviewed line by line, drafted for the data protection officer whom nobody passes by, and a
//! copy for home that says nothing of what is not in it (`practice.md` 14, 21; field cases B5, B6, B7).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, account, children, restricted, today};
use support::*;

fn told(recipient: &str, role: &str, route: Route, what: &str, why: &str) -> DisclosureInput {
    DisclosureInput {
        decision: None,
        somebody_else: false,
        recipient: recipient.into(),
        recipient_role: role.into(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        in_danger: false,
        route: Some(route),
        what: what.into(),
        why: why.into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    }
}

fn neighbour() -> ReceivedInput {
    ReceivedInput {
        source: Some(SourceKind::Person),
        from: "Pat Nextdoor".into(),
        from_role: "neighbour".into(),
        may_be_named: true,
        route: Some(Route::Telephone),
        when: Some(LeftTyped::Now),
        text: "Shouting at night".into(),
        about: vec![],
        ask_first: false,
        not_to: String::new(),
        until: DayTyped::default(),
        family: Some(MayKnow::Yes),
        support: String::new(),
    }
}

/// A file whose log has a line spoken, one written, and one that came in.
fn file(vault: &mut Vault) -> (CaseId, PersonId, PersonId) {
    let (case, child, mother) = family(vault);
    let mut record = |told, minute| children::record_disclosure(vault, case, told, at(minute)).unwrap();
    record(
        told("Sam Pretend", "Made-up Lane School", Route::Telephone, "The mornings", "Breakfast club"),
        10,
    );
    record(
        told(
            "Bo Mockford",
            "Northmere Council",
            Route::Post,
            "An injury, told in confidence",
            "To keep Ayla safe",
        ),
        11,
    );
    account::record_received(vault, case, &neighbour(), at(12)).unwrap();
    (case, child, mother)
}

fn ask(about: PersonId, asker: PersonId) -> StatementAsk {
    let asked = DayTyped("2026-10-05".into());
    StatementAsk { about, asker: Some(asker), asker_name: String::new(), asked, instead_of: None }
}

fn review(vault: &Vault, case: CaseId, ask: &StatementAsk, minute: i64) -> StatementReview {
    account::review_statement(vault, case, ask, at(minute)).unwrap()
}

/// What somebody typed who lets everything go without another word.
fn all_go(about: PersonId, asker: PersonId, review: &StatementReview) -> StatementInput {
    StatementInput {
        about: Some(about),
        asker: Some(asker),
        asker_name: String::new(),
        checked: "Passport seen".into(),
        asked: DayTyped("2026-10-05".into()),
        record: Some(AskedRecord::WhoWasTold),
        able: Some(AbleToDecide::NotSettled),
        shows: String::new(),
        orders: String::new(),
        instead_of: None,
        lines: review.lines.iter().map(|line| goes(line, "")).collect(),
    }
}

fn goes(line: &ReviewLine, reason: &str) -> StatementLineInput {
    let (line, words) = (line.line.clone(), String::new());
    StatementLineInput { line, goes: Some(LineGoes::Goes), words, test: None, reason: reason.into() }
}

fn cut(line: &ReviewLine) -> StatementLineInput {
    let (test, reason) = (Some(CutTest::SeriousHarm), "He would hurt whoever told");
    StatementLineInput { goes: Some(LineGoes::Cut), test, ..goes(line, reason) }
}

fn faults(error: Error) -> Vec<(String, Code)> {
    Failure::from(error).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

/// A draft in which the second line is cut, the rest goes.
fn drafted(vault: &mut Vault, (case, about, asker): (CaseId, PersonId, PersonId)) -> StatementId {
    let review = review(vault, case, &ask(about, asker), 20);
    let mut typed = all_go(about, asker, &review);
    typed.lines[1] = cut(&review.lines[1]);
    typed.lines[2].reason = "It names nobody".into();
    account::draft_statement(vault, case, &typed, at(21)).unwrap()
}

fn send(vault: &mut Vault, id: StatementId, minute: i64) {
    let (officer, how) = ("Dee Officer".into(), "Handed over in her room".into());
    let sent = StatementSentInput { when: Some(LeftTyped::Now), officer, how };
    account::statement_sent(vault, id, &sent, at(minute)).unwrap();
}

fn answer(vault: &mut Vault, id: StatementId, said: OfficerSaid, minute: i64) {
    let typed = OfficerAnswerInput {
        when: Some(LeftTyped::Now),
        by: "Dee Officer".into(),
        said: Some(said),
        words: "Leave the school out".into(),
    };
    account::statement_answered(vault, id, &typed, at(minute)).unwrap();
}

fn saved(
    vault: &mut Vault,
    id: StatementId,
    paper: StatementPaper,
    path: &Path,
) -> std::result::Result<(), Code> {
    account::save_statement(vault, id, paper, path, at(60)).map_err(|error| Failure::from(error).code)
}

#[test]
fn every_line_of_the_log_is_reviewed_spoken_and_written_and_nothing_is_chosen_beforehand() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    let review = review(&vault, case, &ask(child, mother), 20);
    assert_eq!(review.lines.len(), 3);
    assert!(review.lines[0].said.contains("Sam Pretend") && review.lines[0].said.contains("Breakfast club"));
    assert!(review.lines[1].said.contains("Bo Mockford") && review.lines[1].said.contains("in confidence"));
    assert_eq!(review.responsibility, Some(ParentalResponsibility::Holds));
    assert_eq!(review.stands_as, Some(GiverKind::ParentWith));
    assert_eq!(review.month, Some(day(2026, 11, 5)));
    let mut typed = all_go(child, mother, &review);
    typed.lines.clear();
    let refused = account::draft_statement(&mut vault, case, &typed, at(21)).unwrap_err();
    let all: Vec<_> = (0..3).map(|at| (format!("line_{at}_goes"), Code::Missing)).collect();
    assert_eq!(faults(refused), all);
}

#[test]
fn a_reporter_is_not_named_though_they_agreed_to_it_and_their_line_does_not_go_by_a_tick() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    let review = review(&vault, case, &ask(child, mother), 20);
    let line = &review.lines[2];
    assert!(
        !line.said.contains("Pat") && !line.said.contains("neighbour") && !line.said.contains("Shouting")
    );
    assert!(line.binds.contains(&LineBind::Reporter), "{:?}", line.binds);
    let mut typed = all_go(child, mother, &review);
    typed.lines[1] = cut(&review.lines[1]);
    let refused = account::draft_statement(&mut vault, case, &typed, at(21)).unwrap_err();
    assert_eq!(faults(refused), [("line_2_reason".to_owned(), Code::ReasonMissing)]);
}

#[test]
fn a_flag_on_whoever_asks_lets_no_line_go_by_a_tick_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::DoNotTell),
        reason: "Agreed with social care".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(15)).unwrap();
    let review = review(&vault, case, &ask(child, mother), 20);
    assert!(review.flagged && review.lines.iter().all(|line| line.binds.contains(&LineBind::Flagged)));
    let typed = all_go(child, mother, &review);
    let refused = account::draft_statement(&mut vault, case, &typed, at(21)).unwrap_err();
    let all: Vec<_> = (0..3).map(|at| (format!("line_{at}_reason"), Code::ReasonMissing)).collect();
    assert_eq!(faults(refused), all);
}

#[test]
fn nobody_protected_is_named_in_what_goes_home_whatever_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    let hidden = children::add_person(
        &mut vault,
        case,
        person("Quill Hiddenham", PersonRole::OtherAdult),
        None,
        at(5),
    )
    .unwrap();
    let flag = FlagInput {
        person: Some(hidden),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "He looks for her".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(6)).unwrap();
    let typed = told("Sam Pretend", "School", Route::Telephone, "Quill Hiddenham collects Ayla", "Pick-up");
    let recorded = DisclosureInput { happened: true, names_meant: true, ..typed };
    children::record_disclosure(&mut vault, case, recorded, at(10)).unwrap();
    let review = review(&vault, case, &ask(child, mother), 20);
    assert!(review.lines[0].binds.contains(&LineBind::Protected), "{:?}", review.lines[0].binds);
    let mut typed = all_go(child, mother, &review);
    typed.lines[0].reason = "She knows her".into();
    let refused = account::draft_statement(&mut vault, case, &typed, at(21)).unwrap_err();
    assert_eq!(faults(refused), [("line_0_goes".to_owned(), Code::NamesProtected)]);
    typed.lines[0] = StatementLineInput {
        goes: Some(LineGoes::Reworded),
        words: "We told the school that Quill Hiddenham collects Ayla.".into(),
        test: Some(CutTest::OtherPeople),
        ..typed.lines[0].clone()
    };
    let refused = account::draft_statement(&mut vault, case, &typed, at(22)).unwrap_err();
    assert_eq!(faults(refused), [("line_0_words".to_owned(), Code::NamesProtected)]);
    typed.lines[0].words = "We told the school who collects Ayla.".into();
    account::draft_statement(&mut vault, case, &typed, at(23)).unwrap();
}

#[test]
fn a_copy_is_made_once_the_officer_released_it_and_nobody_passes_them_by() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, mother) = file(&mut vault);
    let id = drafted(&mut vault, (case, child, mother));
    let path = dir.path().join("copy.pdf");
    assert_eq!(saved(&mut vault, id, StatementPaper::Copy, &path), Err(Code::NotReleased));
    let early = OfficerAnswerInput {
        when: Some(LeftTyped::Now),
        by: "Dee".into(),
        said: Some(OfficerSaid::Released),
        words: String::new(),
    };
    assert!(account::statement_answered(&mut vault, id, &early, at(25)).is_err(), "they do not have it");
    send(&mut vault, id, 30);
    assert_eq!(saved(&mut vault, id, StatementPaper::Copy, &path), Err(Code::NotReleased));
    answer(&mut vault, id, OfficerSaid::Released, 40);
    assert!(!path.exists());
    saved(&mut vault, id, StatementPaper::Copy, &path).unwrap();
    let view = account::statement(&vault, id, at(61)).unwrap();
    assert_eq!((view.state, view.changed), (StatementState::Released, false));
    let story = children::child_file(&mut vault, case, at(62)).unwrap().timeline;
    let steps = story.iter().filter(
        |line| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind == "statement_recorded"),
    );
    assert_eq!(steps.count(), 3, "drafted, sent and released stand in the file");
}

#[test]
fn a_draft_for_the_officer_cannot_be_sent_to_whoever_asks() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    let id = drafted(&mut vault, (case, child, mother));
    let sent = StatementSentInput {
        when: Some(LeftTyped::Now),
        officer: "jo sampleton".into(),
        how: "By hand".into(),
    };
    let refused = account::statement_sent(&mut vault, id, &sent, at(30)).unwrap_err();
    assert_eq!(faults(refused), [("officer".to_owned(), Code::NotAnOption)]);
}

#[test]
fn the_copy_for_home_says_nothing_of_what_is_not_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, mother) = file(&mut vault);
    let id = drafted(&mut vault, (case, child, mother));
    send(&mut vault, id, 30);
    answer(&mut vault, id, OfficerSaid::Released, 40);
    let path = dir.path().join("copy.pdf");
    saved(&mut vault, id, StatementPaper::Copy, &path).unwrap();
    let all = pdf::all_of(&path);
    let pages = &all[0].1;
    assert!(pages.contains("Sam Pretend") && pages.contains("Breakfast club"));
    let numbers: Vec<&str> = pages.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        numbers.contains(&"1") && numbers.contains(&"2") && !numbers.contains(&"3"),
        "numbered anew: {pages}"
    );
    for (place, text) in &all {
        for kept in [
            "Bo Mockford",
            "injury",
            "confidence",
            "hurt whoever told",
            "Passport",
            "cut",
            "withheld",
            "redacted",
            "removed",
            "serious harm",
            "officer",
            "exempt",
            "of 1",
            "draft",
            "FCH-1",
        ] {
            assert!(!text.to_lowercase().contains(&kept.to_lowercase()), "{kept} stands in {place}: {text}");
        }
    }
    assert!(all.iter().all(|(place, _)| !place.ends_with(".json")), "no twin for a machine goes home");
}

#[test]
fn the_draft_has_each_line_with_its_test_and_reason_behind_what_would_go() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, mother) = file(&mut vault);
    let id = drafted(&mut vault, (case, child, mother));
    let path = dir.path().join("draft.pdf");
    saved(&mut vault, id, StatementPaper::Draft, &path).unwrap();
    let pages = pdf::everything_in(&path).remove(0).1;
    let flat = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    for there in [
        "A draft for the data protection officer",
        "Jo Sampleton",
        "Passport seen",
        "A parent with parental responsibility",
        "Not confirmed:",
        "5 November 2026",
        "He would hurt whoever told",
        "likely to do serious harm",
        "Bo Mockford",
    ] {
        assert!(flat.contains(there), "{there} is missing: {flat}");
    }
    let (before, reasons) = pages.split_once("Reasons: for the data protection officer alone").unwrap();
    assert!(!before.contains("hurt whoever") && !before.contains("Bo Mockford"), "the reasons stand apart");
    assert!(before.contains('\u{c}'), "on pages of their own");
    assert!(reasons.contains("Bo Mockford"));
}

#[test]
fn what_was_released_does_not_go_once_a_flag_binds_that_did_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, mother) = file(&mut vault);
    let id = drafted(&mut vault, (case, child, mother));
    send(&mut vault, id, 30);
    answer(&mut vault, id, OfficerSaid::Released, 40);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::NoContact),
        reason: "A court order".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(50)).unwrap();
    let path = dir.path().join("copy.pdf");
    assert_eq!(saved(&mut vault, id, StatementPaper::Copy, &path), Err(Code::StatementChanged));
    assert!(!path.exists() && account::statement(&vault, id, at(61)).unwrap().changed);
}

#[test]
fn what_the_officer_wants_otherwise_is_drafted_anew_with_what_was_reviewed_and_goes_to_them_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("v"));
    let (case, child, mother) = file(&mut vault);
    let first = drafted(&mut vault, (case, child, mother));
    send(&mut vault, first, 30);
    answer(&mut vault, first, OfficerSaid::Changed, 40);
    let again = StatementAsk { instead_of: Some(first), ..ask(child, mother) };
    let review = review(&vault, case, &again, 50);
    let mut lines: Vec<StatementLineInput> =
        review.lines.iter().map(|line| line.before.clone().unwrap()).collect();
    assert_eq!(lines[1].goes, Some(LineGoes::Cut));
    lines[0] = cut(&review.lines[0]);
    let typed = StatementInput { instead_of: Some(first), lines, ..all_go(child, mother, &review) };
    let second = account::draft_statement(&mut vault, case, &typed, at(51)).unwrap();
    let path = dir.path().join("copy.pdf");
    for id in [first, second] {
        assert_eq!(saved(&mut vault, id, StatementPaper::Copy, &path), Err(Code::NotReleased));
    }
    let view = account::statement(&vault, first, at(52)).unwrap();
    assert_eq!((view.state, view.replaced_by), (StatementState::Changed, Some(second)));
    let all = account::statements(&vault, case).unwrap().rows;
    assert_eq!(
        all.iter().map(|one| one.state).collect::<Vec<_>>(),
        [StatementState::Draft, StatementState::Changed]
    );
}

#[test]
fn a_line_that_names_another_of_the_file_is_bound_and_says_whom() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = family(&mut vault);
    children::add_person(&mut vault, case, person("Rudi Elsewhere", PersonRole::Child), None, at(5)).unwrap();
    let typed = told("Sam Pretend", "School", Route::Telephone, "Rudi was hurt as well", "Safety");
    children::record_disclosure(&mut vault, case, typed, at(10)).unwrap();
    let review = review(&vault, case, &ask(child, mother), 20);
    assert!(review.lines[0].binds.contains(&LineBind::Others), "{:?}", review.lines[0].binds);
    assert_eq!(review.lines[0].others, ["Rudi Elsewhere"]);
}

#[test]
fn a_restricted_file_makes_no_statement() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    assert!(account::statements(&vault, case).unwrap().rows.is_empty());
    let apart = restricted::open_restricted(&mut vault, case, at(15)).unwrap();
    assert!(account::statements(&vault, apart).is_err());
    assert!(account::review_statement(&vault, apart, &ask(child, mother), at(20)).is_err());
}

#[test]
fn a_draft_that_is_not_released_stands_among_the_things_to_do_with_its_month_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, mother) = file(&mut vault);
    let due = |vault: &Vault, minute: i64| -> Vec<ToDoLine> {
        let lines = today::duties_of(vault, case, None, at(minute)).unwrap().lines;
        lines.into_iter().filter(|line| line.statement.is_some()).collect()
    };
    assert!(due(&vault, 20).is_empty());
    let id = drafted(&mut vault, (case, child, mother));
    let open = due(&vault, 40);
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].statement, open[0].duty), (Some(id), Duty::Review));
    // They asked on 5 October: one month, by the one clock, and said not to be confirmed.
    assert_eq!(open[0].due.unwrap().0.date_naive().to_string(), "2026-11-05");
    assert!(
        open[0].hint.contains("Not confirmed") && open[0].hint.contains("5 November"),
        "{}",
        open[0].hint
    );
    assert!(!open[0].overdue && !open[0].due_now && !open[0].protects, "it is quiet");
    let later = due(&vault, 60 * 24 * 40);
    assert!(later[0].overdue, "nobody hears of it by anything else");

    send(&mut vault, id, 42);
    assert_eq!(due(&vault, 43).len(), 1, "with the officer is not released");
    answer(&mut vault, id, OfficerSaid::Changed, 44);
    assert_eq!(due(&vault, 45).len(), 1, "it is drafted anew");
    let ask = StatementAsk { instead_of: Some(id), ..ask(child, mother) };
    let review = review(&vault, case, &ask, 46);
    let lines = review.lines.iter().map(|line| goes(line, "They may know")).collect();
    let anew = StatementInput { instead_of: Some(id), lines, ..all_go(child, mother, &review) };
    let anew = account::draft_statement(&mut vault, case, &anew, at(47)).unwrap();
    let open = due(&vault, 48);
    assert_eq!(open.iter().map(|line| line.statement).collect::<Vec<_>>(), [Some(anew)]);
    assert_eq!(open[0].due.unwrap().0.date_naive().to_string(), "2026-11-05", "the clock goes on");
    send(&mut vault, anew, 49);
    answer(&mut vault, anew, OfficerSaid::Released, 50);
    assert!(due(&vault, 51).is_empty());
}
