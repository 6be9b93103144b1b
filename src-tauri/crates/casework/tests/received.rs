//! What we were told can be corrected: the original, the change and the reason stay, the notes follow, and whoever was
//! given it since is named.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, account, children, decide, paper, today};
use support::*;

fn received() -> ReceivedInput {
    ReceivedInput {
        source: Some(SourceKind::Agency),
        from: "PC Jo Mock".into(),
        from_role: "Northmere Police".into(),
        may_be_named: false,
        route: Some(Route::SecureEmail),
        when: Some(LeftTyped::Now),
        text: "An argument at the home last night".into(),
        about: vec![],
        ask_first: false,
        not_to: String::new(),
        until: DayTyped::default(),
        family: Some(MayKnow::Yes),
        support: String::new(),
    }
}

fn log_of(vault: &Vault, case: CaseId, minute: i64) -> Vec<LogRow> {
    let ask =
        LogAsk { case: Some(case), with: String::new(), show: LogShow::All, span: LogSpan::All, after: None };
    account::sharing_log(vault, &ask, at(minute)).unwrap().lines
}

fn found(vault: &Vault, with: &str) -> usize {
    let ask = LogAsk { case: None, with: with.into(), show: LogShow::All, span: LogSpan::All, after: None };
    account::sharing_log(vault, &ask, at(200)).unwrap().lines.len()
}

fn code(error: Error) -> Vec<(String, Code)> {
    Failure::from(error).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

fn entries(vault: &Vault) -> u64 {
    vault.tip().sequence.0
}

/// What a file shows, whole.
fn shown(vault: &mut Vault, case: CaseId, minute: i64) -> String {
    let file = serde_json::to_string(&children::child_file(vault, case, at(minute)).unwrap()).unwrap();
    let log = serde_json::to_string(&log_of(vault, case, minute)).unwrap();
    file + &log
}

/// What came in is shared with the school under a signed decision; gives what left.
fn shared(vault: &mut Vault, case: CaseId, item: ItemId) -> DisclosureId {
    let outcome = answer_all(vault, case, &refusal(), 10);
    let telling = outcome.draft.telling.iter();
    let telling = telling.map(|row| Telling { when: WhenTold::Now, ..row.clone() }).collect();
    let typed = SignOffInput { telling, ..signing(&outcome) };
    let id = outcome.decision;
    decide::save_sign_off(vault, id, typed.clone(), at(80)).unwrap();
    decide::move_extent(vault, id, &ExtentMove::Choose { item, choice: Choice::Goes }, 0, at(81)).unwrap();
    decide::move_extent(vault, id, &ExtentMove::RestStays, 0, at(82)).unwrap();
    sign_off(vault, id, typed, at(83)).unwrap();
    let typed = DisclosureInput {
        decision: Some(id),
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "Made-up Lane Primary".into(),
        when: Some(LeftTyped::Now),
        check: Some(CheckedBy::RangBack),
        checked: String::new(),
        in_danger: false,
        route: Some(Route::SecureEmail),
        what: "What the police told us".into(),
        why: "Quiet support".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: true,
    };
    children::record_disclosure(vault, case, typed, at(90)).unwrap()
}

fn note_of(vault: &mut Vault, case: CaseId, minute: i64) -> ItemId {
    let file = children::child_file(vault, case, at(minute)).unwrap();
    let note = file.timeline.iter().find_map(|line| match &line.what {
        TimelineWhat::Item { id, text, .. } if text.contains("argument") => Some(*id),
        _ => None,
    });
    note.unwrap()
}

fn notices(vault: &Vault, case: CaseId, minute: i64) -> Vec<ToDoLine> {
    let lines = today::duties_of(vault, case, None, at(minute)).unwrap().lines;
    lines.into_iter().filter(|line| line.notice).collect()
}

#[test]
fn what_was_told_is_corrected_and_the_original_and_the_reason_stay_to_be_seen() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let id = account::record_received(&mut vault, case, &received(), at(5)).unwrap();
    let typed = account::received_of(&vault, case, id).unwrap();
    assert_eq!(
        (typed.from.as_str(), typed.text.as_deref()),
        ("PC Jo Mock", Some("An argument at the home last night"))
    );
    assert!(typed.went.is_empty());

    // Nothing is written down where nothing changed, and everything that is wrong is told at once.
    let before = entries(&vault);
    let same = ReceivedInput {
        when: Some(LeftTyped::At {
            on: typed.at.0.date_naive().format("%Y-%m-%d").to_string().as_str().into_typed(),
            time: typed.at.0.format("%H:%M").to_string(),
            twice: None,
        }),
        ..received()
    };
    account::amend_received(&mut vault, case, id, &same, "No matter.", at(6)).unwrap();
    assert_eq!(entries(&vault), before);
    let nothing = ReceivedInput { source: None, text: " ".into(), ..same.clone() };
    let told = code(account::amend_received(&mut vault, case, id, &nothing, " ", at(6)).unwrap_err());
    assert_eq!(
        told,
        [
            ("source".to_owned(), Code::Missing),
            ("text".to_owned(), Code::Missing),
            ("reason".to_owned(), Code::ReasonMissing)
        ]
    );

    let right = ReceivedInput {
        from: "PC Al Madeup".into(),
        from_role: "Fablewell Police".into(),
        route: Some(Route::Telephone),
        ask_first: true,
        about: vec![child],
        ..same
    };
    account::amend_received(&mut vault, case, id, &right, "I took another officer’s name.", at(7)).unwrap();
    let row = &log_of(&vault, case, 8)[0];
    assert_eq!((row.who.as_str(), row.route), ("PC Al Madeup", Some(Route::Telephone)));
    assert!(row.limit.as_ref().unwrap().ask_first && row.can_correct);
    assert_eq!(row.corrections.len(), 1);
    let one = &row.corrections[0];
    assert!(one.was.contains("PC Jo Mock") && one.was.contains("Northmere Police"), "{}", one.was);
    assert_eq!(one.reason, "I took another officer’s name.");
    assert_eq!((found(&vault, "Jo Mock"), found(&vault, "Al Madeup")), (0, 1), "found by who it was");
    // Its note says so, and the paper of the file says both.
    let note = note_of(&mut vault, case, 9);
    let note = children::item_of(&vault, case, note).unwrap();
    assert_eq!(
        (note.by.contains("Al Madeup"), note.source, note.about),
        (true, ItemSource::Call, vec![child])
    );
    let path = dir.path().join("file.pdf");
    paper::save_file_summary(&mut vault, case, &path, at(9)).unwrap();
    let pages = support::pdf::everything_in(&path).remove(0).1;
    let pages = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in ["PC Jo Mock", "PC Al Madeup", "I took another officer"] {
        assert!(pages.contains(word), "{word}: {pages}");
    }
}

#[test]
fn whoever_is_not_to_be_named_after_all_stands_in_no_line_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let neighbour = ReceivedInput {
        source: Some(SourceKind::Person),
        from: "Vic Nextdoor".into(),
        from_role: "Neighbour".into(),
        may_be_named: true,
        ..received()
    };
    let id = account::record_received(&mut vault, case, &neighbour, at(5)).unwrap();
    assert!(shown(&mut vault, case, 6).contains("Nextdoor"));
    let hidden = ReceivedInput { may_be_named: false, ..neighbour };
    let named = ReceivedInput { text: "Vic Nextdoor heard an argument".into(), ..hidden.clone() };
    let refused = account::amend_received(&mut vault, case, id, &named, "They asked.", at(7)).unwrap_err();
    assert_eq!(code(refused), [("text".to_owned(), Code::NamesProtected)]);
    account::amend_received(&mut vault, case, id, &hidden, "They never agreed to it.", at(7)).unwrap();
    let shown = shown(&mut vault, case, 8);
    assert!(!shown.contains("Nextdoor") && shown.contains("They never agreed to it."), "{shown}");
    assert_eq!(found(&vault, "Nextdoor"), 0);
    // The note cannot say it either, once it is corrected by itself.
    let note = note_of(&mut vault, case, 9);
    let typed = ItemInput { by: "Somebody".into(), ..item("Vic Nextdoor heard an argument", vec![]) };
    let refused = children::amend_item(&mut vault, case, note, typed, "Clearer.", at(9)).unwrap_err();
    assert_eq!(code(refused), [("text".to_owned(), Code::NamesProtected)]);
}

#[test]
fn a_limit_that_came_to_be_known_later_names_whoever_was_given_it_before() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let id = account::record_received(&mut vault, case, &received(), at(5)).unwrap();
    let note = note_of(&mut vault, case, 6);
    let left = shared(&mut vault, case, note);
    let view = account::received_of(&vault, case, id).unwrap();
    assert_eq!(view.went.len(), 1);
    assert_eq!((view.went[0].who.as_str(), view.went[0].against), ("Mrs Fictley", false));
    assert!(notices(&vault, case, 94).is_empty());

    let when = LeftTyped::At {
        on: "2026-10-06".into_typed(),
        time: at(5).0.format("%H:%M").to_string(),
        twice: None,
    };
    let limited = ReceivedInput { not_to: "Made-up Lane Primary".into(), when: Some(when), ..received() };
    account::amend_received(&mut vault, case, id, &limited, "They rang: not to the school.", at(95)).unwrap();
    let open = notices(&vault, case, 96);
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].title.contains("Mrs Fictley"), "{}", open[0].title);
    assert!(account::received_of(&vault, case, id).unwrap().went[0].against);
    let notice = account::notice(&vault, open[0].id, at(97)).unwrap();
    let how: Vec<_> = notice.changes.iter().map(|one| (one.of, one.how)).collect();
    assert_eq!(how, [(left, NoticeHow::LimitedAgainst)]);
    for name in ["Ayla", "Sampleton", "Mock", "Northmere", "argument", "Fictley"] {
        assert!(!notice.text.contains(name), "{name}: {}", notice.text);
    }
    assert!(!notice.text.contains("Stop using"), "nothing in it is wrong: {}", notice.text);
    // A date that was mistyped makes another reading of the note: then that is said as well.
    let earlier = ReceivedInput {
        when: Some(LeftTyped::At { on: "2026-10-05".into_typed(), time: "9:00".into(), twice: None }),
        ..limited
    };
    account::amend_received(&mut vault, case, id, &earlier, "It was the day before.", at(98)).unwrap();
    let notice = account::notice(&vault, open[0].id, at(99)).unwrap();
    let how: Vec<_> = notice.changes.iter().map(|one| one.how).collect();
    assert_eq!(how, [NoticeHow::Corrected, NoticeHow::LimitedAgainst]);
    assert_eq!(notices(&vault, case, 99).len(), 1, "one duty for all of it");
}

#[test]
fn what_was_told_of_another_child_is_written_down_there_and_whoever_was_given_it_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let other = children::open_case(&mut vault, new_case("Tobi Notreal", Nation::England), at(3)).unwrap();
    let tobi = children::file_head(&vault, other, at(4)).unwrap().child.person.id;
    let came = ReceivedInput { about: vec![child], support: "A quiet word".into(), ..received() };
    let id = account::record_received(&mut vault, case, &came, at(5)).unwrap();
    let note = note_of(&mut vault, case, 6);
    shared(&mut vault, case, note);

    let none = ReceivedWrongInput { elsewhere: None, to: None, reason: " ".into() };
    let told = code(account::withdraw_received(&mut vault, case, id, &none, at(94)).unwrap_err());
    assert_eq!(told, [("belongs".to_owned(), Code::Missing), ("reason".to_owned(), Code::ReasonMissing)]);
    let no_file = ReceivedWrongInput { elsewhere: Some(true), to: None, reason: "Another child.".into() };
    let told = code(account::withdraw_received(&mut vault, case, id, &no_file, at(94)).unwrap_err());
    assert_eq!(told, [("to".to_owned(), Code::Missing)]);
    let here = ReceivedWrongInput { to: Some(case), ..no_file.clone() };
    let told = code(account::withdraw_received(&mut vault, case, id, &here, at(94)).unwrap_err());
    assert_eq!(told, [("to".to_owned(), Code::NotAnOption)]);

    let wrong = ReceivedWrongInput { to: Some(other), ..no_file };
    let anew = account::withdraw_received(&mut vault, case, id, &wrong, at(95)).unwrap().unwrap();
    let row = log_of(&vault, case, 96).into_iter().find(|row| row.id == id.to_string()).unwrap();
    assert_eq!((row.state, row.can_correct), (LogState::Withdrawn, false));
    assert!(row.corrections.iter().any(|one| one.reason == "Another child."), "{:?}", row.corrections);
    assert!(children::item_of(&vault, case, note).is_err(), "its note is withdrawn");
    assert!(notices(&vault, case, 97)[0].title.contains("Mrs Fictley"));
    assert!(account::received_of(&vault, case, id).is_err(), "it is corrected where it stands");
    // There it stands as it came, about the child of that file.
    let there = account::received_of(&vault, other, anew).unwrap();
    assert_eq!(
        (there.from.as_str(), there.at, there.support.as_str()),
        ("PC Jo Mock", at(5), "A quiet word")
    );
    assert_eq!(there.about, vec![tobi]);
    assert!(there.went.is_empty());
    let said = shown(&mut vault, other, 98);
    assert!(!said.contains("Sampleton") && !said.contains("Another child."), "{said}");
    assert!(!shown(&mut vault, case, 98).contains("Tobi"), "two families stay apart");
}

#[test]
fn what_is_pasted_from_an_e_mail_is_cleaned_or_refused_and_nothing_of_it_is_lost_on_the_way() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let pasted = "\u{feff}> An argument\u{0}\u{1b}\u{202e} at home\r\n> she said\u{2028}“Stop”\u{fffe}";
    let came = ReceivedInput { text: pasted.into(), ..received() };
    account::record_received(&mut vault, case, &came, at(5)).unwrap();
    let note = note_of(&mut vault, case, 6);
    let note = children::item_of(&vault, case, note).unwrap();
    assert_eq!(note.text, "> An argument at home\n> she said\n“Stop”", "every word stands as it was quoted");
    // What cannot be kept is refused by its field, and nothing is written down of it.
    let before = entries(&vault);
    for (text, why) in [
        ("x".repeat(20_001), Code::TooLong),
        ("\u{200b}\u{2060}\u{0}".to_owned(), Code::Missing),
        ("\u{fffc}".to_owned(), Code::Missing),
    ] {
        let refused =
            account::record_received(&mut vault, case, &ReceivedInput { text, ..received() }, at(7));
        assert_eq!(code(refused.unwrap_err()), [("text".to_owned(), why)]);
    }
    assert_eq!(entries(&vault), before);
}

/// A day as its boxes hold it.
trait IntoTyped {
    fn into_typed(self) -> DayTyped;
}

impl IntoTyped for &str {
    fn into_typed(self) -> DayTyped {
        DayTyped(self.to_owned())
    }
}
