//! A list of duties that a person can work with: by child, by urgency, a part at a time, closed in one press and opened
//! again in one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::collections::BTreeSet;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, children, decide, emergency, start, today};
use sharewell_vault::{obligations, tallies};
use support::*;

const DAY: i64 = 60 * 24;

/// A file with a signed decision in it, and everything that follows from it.
fn decided(vault: &mut Vault, name: &str, from: i64) -> CaseId {
    let case = children::open_case(vault, new_case(name, Nation::England), at(from)).unwrap();
    let child = children::file_head(vault, case, at(from)).unwrap().child.person.id;
    let tie = TieInput {
        to: Some(child),
        kind: Some(RelationshipKind::Mother),
        parental_responsibility: Some(ParentalResponsibility::Holds),
        same_home: Some(true),
        note: String::new(),
    };
    children::add_person(vault, case, person("Jo Sampleton", PersonRole::Parent), Some(tie), at(from))
        .unwrap();
    children::add_item(vault, case, item("Came without breakfast.", vec![child]), at(from)).unwrap();
    let outcome = answer_all(vault, case, &refusal(), from);
    sign_off(vault, outcome.decision, signing(&outcome), at(from + 60)).unwrap();
    case
}

/// Every duty of a span, by its parts.
fn whole(vault: &Vault, span: DutySpan, now: Moment) -> Vec<ToDoLine> {
    let mut all: Vec<ToDoLine> = Vec::new();
    loop {
        let page = today::duties(vault, span, all.last().map(|line| line.id), now).unwrap();
        all.extend(page.lines);
        if !page.more {
            return all;
        }
    }
}

fn ids(lines: &[ToDoLine]) -> Vec<ObligationId> {
    lines.iter().map(|line| line.id).collect()
}

fn closes_on_a_tick(lines: &[ToDoLine]) -> &ToDoLine {
    lines.iter().find(|line| !line.takes_words && line.drops_at_once).expect("a reminder")
}

#[test]
fn the_spans_hold_every_duty_once_and_today_shows_only_what_is_due_now_and_today() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for n in 0..7 {
        decided(&mut vault, &format!("Tobi Notreal{n}"), 100 + n * 61);
    }
    let now = at(600);
    let parts = [DutySpan::Now, DutySpan::Week, DutySpan::Later, DutySpan::Undated];
    let parts: Vec<Vec<ToDoLine>> = parts.into_iter().map(|span| whole(&vault, span, now)).collect();
    let joined: Vec<_> = parts.iter().flat_map(|part| ids(part)).collect();
    assert_eq!(
        joined,
        ids(&whole(&vault, DutySpan::All, now)),
        "one after the other they are the whole list"
    );
    // All but the calls that may be answered yet: they are chased from tomorrow on.
    let hidden = vault.read(|r| obligations::not_shown(r, now)).unwrap();
    assert_eq!(hidden, 7);
    assert_eq!(joined.len() as u64, vault.read(tallies::outstanding).unwrap() - hidden);
    assert!(parts.iter().all(|part| !part.is_empty()), "there is something of each here");

    let home = today::today(&vault, now).unwrap();
    let counts: Vec<_> = home.spans.iter().map(|one| (one.count as usize, one.or_more)).collect();
    assert_eq!(counts, parts.iter().map(|part| (part.len(), false)).collect::<Vec<_>>());
    let tonight = moment("2026-10-06T22:59:59Z");
    assert!(
        home.to_do.iter().all(|line| line.due.is_some_and(|due| due.0 <= tonight.0)),
        "no more than today"
    );
    assert_eq!(home.to_do.len(), parts[0].len().min(25));
    let badge = start::session(vault.dir(), Some(&vault), false, None, now).unwrap().counts.today;
    assert_eq!(badge as usize, parts[0].len(), "the number in the rail is what the page shows");

    // Tomorrow, what was due today is overdue, and nothing is lost between the spans.
    let tomorrow = whole(&vault, DutySpan::Now, at(600 + DAY));
    assert!(parts[0].iter().all(|line| tomorrow.iter().any(|later| later.id == line.id)));
}

#[test]
fn by_child_every_duty_stands_once_under_its_child_in_the_order_of_names() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for (n, name) in
        ["Zoë Notreal", "Áine Notreal", "łucja Notreal", "Bea Notreal", "Chi Notreal"].iter().enumerate()
    {
        decided(&mut vault, name, 100 + n as i64 * 61);
    }
    for n in 0..6 {
        decided(&mut vault, &format!("Tobi Notreal{n}"), 500 + n * 61);
    }
    // A file without a duty is in no list of duties.
    children::open_case(&mut vault, new_case("Aaron Madeup", Nation::England), at(950)).unwrap();
    let now = at(1000);
    let (mut files, mut parts) = (Vec::<FileDuties>::new(), 0);
    loop {
        let page = today::duties_by_child(&vault, files.last().map(|file| file.case), now).unwrap();
        files.extend(page.files);
        parts += 1;
        if !page.more {
            break;
        }
    }
    assert!(parts > 1, "it is shown in parts");
    let names: Vec<String> = files.iter().map(|file| file.child.as_ref().unwrap().name.clone()).collect();
    assert_eq!(names[..5], ["Áine Notreal", "Bea Notreal", "Chi Notreal", "łucja Notreal", "Tobi Notreal0"]);
    assert_eq!(names.last().unwrap(), "Zoë Notreal");
    let mut all = BTreeSet::new();
    for file in &files {
        let mut of_file: Vec<ToDoLine> = Vec::new();
        loop {
            let page = today::duties_of(&vault, file.case, of_file.last().map(|line| line.id), now).unwrap();
            of_file.extend(page.lines);
            if !page.more {
                break;
            }
        }
        assert_eq!(of_file.len(), file.in_all as usize);
        assert_eq!(ids(&of_file)[..file.lines.len()], ids(&file.lines)[..], "its most urgent come first");
        assert!(of_file.iter().all(|line| line.case == Some(file.case) && all.insert(line.id)));
    }
    assert_eq!(all.len() as u64, vault.read(tallies::outstanding).unwrap());
}

#[test]
fn a_tick_closes_a_reminder_and_undo_opens_it_where_it_stood() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = decided(&mut vault, "Ayla Sampleton", 10);
    let now = at(100);
    let before = ids(&whole(&vault, DutySpan::All, now));
    let duty = closes_on_a_tick(&whole(&vault, DutySpan::All, now)).id;
    let done = Settlement::Done { note: String::new() };
    today::settle_obligation(&mut vault, duty, done.clone(), at(101)).unwrap();
    assert!(!ids(&whole(&vault, DutySpan::All, now)).contains(&duty));
    today::note_obligation(&mut vault, duty, "Read aloud to the lead.", at(102)).unwrap();
    let line = today::duty(&vault, duty, now).unwrap();
    assert_eq!((line.state, line.note.as_str()), (DutyState::Done, "Read aloud to the lead."));

    today::reopen_obligation(&mut vault, duty, at(103)).unwrap();
    assert_eq!(ids(&whole(&vault, DutySpan::All, now)), before, "at the same place");
    assert_eq!(today::duty(&vault, duty, now).unwrap().state, DutyState::Outstanding);
    today::reopen_obligation(&mut vault, duty, at(104)).unwrap();
    assert_eq!(today::duties_of(&vault, case, None, now).unwrap().in_all as usize, before.len());

    // The ledger forgets nothing: closed, opened and closed with the note, opened again.
    let told = children::child_file(&mut vault, case, at(105)).unwrap().timeline;
    let of = |wanted: &str| {
        let is =
            |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind == wanted);
        told.iter().filter(is).count()
    };
    assert_eq!(
        (of("obligation_settled"), of("obligation_reopened")),
        (2, 2),
        "and opening what is open wrote nothing"
    );

    today::settle_obligation(&mut vault, duty, done, at(106)).unwrap();
    assert_eq!(today::duty(&vault, duty, now).unwrap().state, DutyState::Done, "and it can be closed again");
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn one_press_says_why_a_reminder_is_not_needed_and_never_drops_the_act_the_chase_or_a_telling() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    decided(&mut vault, "Ayla Sampleton", 10);
    // Two days on, so that the call is chased.
    let all = whole(&vault, DutySpan::All, at(2 * 24 * 60));
    let mut refused = BTreeSet::new();
    for line in &all {
        let dropped = today::drop_obligation(&mut vault, line.id, Unneeded::Overtaken, at(101));
        let line = today::duty(&vault, line.id, at(102)).unwrap();
        if line.drops_at_once {
            dropped.unwrap();
            assert_eq!(line.state, DutyState::NotNeeded);
            assert_eq!(
                line.note, "A later decision took its place",
                "a reason in words, for whoever reads the record"
            );
        } else {
            assert_eq!(Failure::from(dropped.unwrap_err()).fields[0].code, Code::ReasonMissing);
            assert_eq!(line.state, DutyState::Outstanding);
            refused.insert(line.duty);
        }
    }
    for duty in [Duty::Act, Duty::Escalate, Duty::Review] {
        assert!(refused.contains(&duty), "{duty:?} follows from this decision, and stays");
    }
    // With words of one's own it is still the practitioner's to say.
    let act = all.iter().find(|line| line.duty == Duty::Act).unwrap().id;
    let reason = "The police have the child with them.".to_owned();
    today::settle_obligation(&mut vault, act, Settlement::NotNeeded { reason }, at(103)).unwrap();
}

#[test]
fn the_act_is_done_only_once_it_says_who_was_reached() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = children::open_case(&mut vault, new_case("Ayla Sampleton", Nation::England), at(1)).unwrap();
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", choice("no-time")),
        ("body", choice("public")),
    ];
    let outcome = answer_all(&mut vault, case, &said, 10);
    sign_off(&mut vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    let all = whole(&vault, DutySpan::All, at(100));
    let act = all.iter().find(|line| line.duty == Duty::Act).unwrap();
    assert!(act.takes_words);
    let bare = Settlement::Done { note: " ".into() };
    let refused = Failure::from(today::settle_obligation(&mut vault, act.id, bare, at(101)).unwrap_err());
    assert_eq!(refused.fields[0].field, "note");
    let told = Settlement::Done { note: "Sam Imagina of the front door, 10:10.".into() };
    today::settle_obligation(&mut vault, act.id, told, at(102)).unwrap();
    let file = children::child_file(&mut vault, case, at(103)).unwrap();
    let closed = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind == "obligation_settled");
    let line = format!("{:?}", file.timeline.iter().find(closed).expect("it stands in the story").what);
    assert!(
        act.title.contains("01632 96020") && !line.contains("01632 96020"),
        "its words, and nobody's number: {line}"
    );
    let other = closes_on_a_tick(&all).id;
    assert!(matches!(today::note_obligation(&mut vault, other, "  ", at(103)), Err(Error::Fields(_))));
}

#[test]
fn a_duty_that_was_closed_with_the_signature_can_be_opened_and_closed_another_way() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = children::open_case(&mut vault, new_case("Ayla Sampleton", Nation::England), at(1)).unwrap();
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let mut draft = signing(&outcome);
    let duty = outcome.obligations.iter().find(|one| one.duty == Duty::RecordDisclosure).unwrap().key.clone();
    draft.settled.push(SettledInput { key: duty, settlement: Settlement::Done { note: "At once.".into() } });
    sign_off(&mut vault, outcome.decision, draft, at(80)).unwrap();
    let rows = vault.read(|r| obligations::of_decision(r, outcome.decision)).unwrap();
    let closed = rows.iter().find(|row| row.obligation.duty == Duty::RecordDisclosure).unwrap().obligation.id;
    assert_eq!(today::duty(&vault, closed, at(81)).unwrap().note, "At once.");
    today::reopen_obligation(&mut vault, closed, at(82)).unwrap();
    today::drop_obligation(&mut vault, closed, Unneeded::Another, at(83)).unwrap();
    let line = today::duty(&vault, closed, at(84)).unwrap();
    assert_eq!((line.state, line.note.as_str()), (DutyState::NotNeeded, "Somebody else does it"));
    // Opened again it may be late as any other.
    today::reopen_obligation(&mut vault, closed, at(84)).unwrap();
    let due = today::duty(&vault, closed, at(84)).unwrap().due;
    if due.is_some() {
        assert!(today::duty(&vault, closed, at(40 * 24 * 60)).unwrap().overdue);
    }
    // Its paper tells both.
    let shown = decide::decision(&vault, outcome.decision, at(85)).unwrap().obligations;
    assert!(shown.iter().any(|one| one.id == Some(closed)));
}

#[test]
fn children_stand_by_name_or_by_the_last_change_as_was_chosen_and_each_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let mut cases = Vec::new();
    for n in 0..60 {
        let name = format!("{} Madeup", ["Zoë", "Áine", "bea", "Ø"][n % 4].to_owned() + &format!("{n:02}"));
        cases.push(
            children::open_case(&mut vault, new_case(&name, Nation::England), at(1 + n as i64)).unwrap(),
        );
    }
    let list = |vault: &Vault, query: &str| {
        let mut lines: Vec<ChildLine> = Vec::new();
        loop {
            let page = children::children(vault, query, lines.last().map(|line| line.case), at(100)).unwrap();
            if page.lines.is_empty() {
                return (page.order, lines);
            }
            lines.extend(page.lines);
        }
    };
    assert_eq!(list(&vault, "").0, ChildrenOrder::ByChange);
    children::order_children(&mut vault, ChildrenOrder::ByName, at(90)).unwrap();
    for query in ["", "madeup"] {
        let (order, lines) = list(&vault, query);
        assert_eq!((order, lines.len()), (ChildrenOrder::ByName, 60), "{query}: kept, and whole");
        let names: Vec<String> = lines.iter().map(|line| fold(&line.name)).collect();
        assert!(names.is_sorted(), "{query}: {names:?}");
    }
    // A corrected name moves.
    let mut renamed = children::file_head(&vault, cases[0], at(91)).unwrap().child.person;
    renamed.name = "Aaa Madeup".into();
    let typed =
        PersonInput { birth: Some(renamed.birth.clone().into()), ..person(&renamed.name, PersonRole::Child) };
    children::amend_person(&mut vault, cases[0], renamed.id, typed, "Typed wrong", at(92)).unwrap();
    assert_eq!(list(&vault, "").1[0].name, "Aaa Madeup");
}

#[test]
fn a_begun_decision_says_what_worries_and_what_it_asks_next() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let begin = BeginInput::of(Trigger::Worry);
    decide::begin_decision(&mut vault, case, &begin, at(10)).unwrap();
    let first = today::today(&vault, at(11)).unwrap().drafts[0].clone();
    assert_eq!((first.at_question, first.trigger, first.advised), (Some(1), Trigger::Worry, None));
    assert!(first.asks.contains("Ayla") && !first.asks.contains('{'), "{}", first.asks);

    let outcome = answer_all(&mut vault, case, &refusal(), 20);
    let begun = today::today(&vault, at(80)).unwrap().drafts;
    let this = begun.iter().find(|line| line.id == outcome.decision).unwrap();
    assert_eq!(this.advised, Some(outcome.kind), "the advice that it has reached");
}

#[test]
fn an_act_that_is_closed_before_the_signature_says_who_was_reached_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = children::open_case(&mut vault, new_case("Ayla Sampleton", Nation::England), at(1)).unwrap();
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let act = outcome.obligations.iter().find(|one| one.duty == Duty::Act).unwrap().key.clone();
    let mut draft = signing(&outcome);
    draft.settled.push(SettledInput { key: act.clone(), settlement: Settlement::Done { note: " ".into() } });
    decide::save_sign_off(&mut vault, outcome.decision, draft.clone(), at(70)).unwrap();
    let missing = decide::check(&vault, outcome.decision, at(71)).unwrap().missing;
    assert!(missing.iter().any(|one| one.field == act && one.code == Code::Missing), "{missing:?}");
    draft.settled[0].settlement = Settlement::Done { note: "Sam Imagina of the front door, 10:10.".into() };
    decide::save_sign_off(&mut vault, outcome.decision, draft, at(72)).unwrap();
    let missing = decide::check(&vault, outcome.decision, at(73)).unwrap().missing;
    assert!(missing.iter().all(|one| one.field != act), "{missing:?}");
}

#[test]
fn a_call_that_protects_comes_before_every_reminder_however_late_that_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = decided(&mut vault, "Tobi Notreal", 100);
    decided(&mut vault, "Bea Notreal", 100 + 3 * DAY);
    for now in [at(300), at(200 + 3 * DAY), at(300 + 8 * DAY)] {
        for lines in [
            today::today(&vault, now).unwrap().to_do,
            whole(&vault, DutySpan::Now, now),
            today::duties_of(&vault, case, None, now).unwrap().lines,
        ] {
            let due = |line: &&ToDoLine| line.due.is_some_and(|due| london_day(due) <= london_day(now));
            let urgency: Vec<_> = lines.iter().filter(due).map(|line| line.duty.urgency()).collect();
            assert!(urgency.is_sorted(), "{urgency:?}");
        }
        let whole = whole(&vault, DutySpan::All, now);
        assert!(whole.iter().any(|line| line.duty.urgency() == Urgency::Protects));
    }
}

#[test]
fn what_belongs_to_no_file_is_shown_in_parts_and_none_of_it_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    for n in 0..20 {
        let told = EmergencyInput {
            case: None,
            child: "A child at the bridge".into(),
            attempts: vec![],
            told: "Alone at the water.".into(),
            others_at_risk: String::new(),
            worker_safe: None,
        };
        emergency::record_emergency(&mut vault, None, told, at(n)).unwrap();
    }
    let page = today::duties_by_child(&vault, None, at(30)).unwrap();
    assert!(page.no_file_more);
    let mut all = page.no_file;
    loop {
        let next = today::duties_of_no_file(&vault, all.last().map(|line| line.id), at(30)).unwrap();
        all.extend(next.lines);
        if !next.more {
            break;
        }
    }
    let distinct: BTreeSet<_> = ids(&all).into_iter().collect();
    assert_eq!((all.len(), distinct.len()), (40, 40));
}

#[test]
fn two_duties_of_the_same_words_say_what_tells_them_apart() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = decided(&mut vault, "Tobi Notreal", 100);
    let again = answer_all(&mut vault, case, &refusal(), 100 + 2 * DAY);
    sign_off(&mut vault, again.decision, signing(&again), at(160 + 2 * DAY)).unwrap();
    let lines = today::duties_of(&vault, case, None, at(200 + 2 * DAY)).unwrap().lines;
    let mut seen = BTreeSet::new();
    for line in &lines {
        assert!(seen.insert((line.title.clone(), line.apart.clone())), "{} {}", line.title, line.apart);
    }
    assert!(lines.iter().any(|line| !line.apart.is_empty()));
}

#[test]
fn what_was_noted_at_a_tick_is_still_told_where_the_duty_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = decided(&mut vault, "Tobi Notreal", 100);
    let lines = today::duties_of(&vault, case, None, at(200)).unwrap().lines;
    let id = closes_on_a_tick(&lines).id;
    let note = Settlement::Done { note: "Asked the school first.".into() };
    today::settle_obligation(&mut vault, id, note, at(201)).unwrap();
    assert_eq!(today::duty(&vault, id, at(202)).unwrap().note, "Asked the school first.");
    today::reopen_obligation(&mut vault, id, at(203)).unwrap();
    let open = today::duty(&vault, id, at(204)).unwrap();
    assert_eq!((open.state, open.note.as_str()), (DutyState::Outstanding, "Asked the school first."));
}
