//! The account of what leaves and comes in: the log, what became of a line, limits of senders, corrections that reach
//! whoever has something, and what follows where it went to the wrong person.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Code, Error, Failure, Vault, account, children, decide, today};
use support::*;

fn ask() -> LogAsk {
    LogAsk { case: None, with: String::new(), show: LogShow::All, span: LogSpan::All, after: None }
}

fn log(vault: &Vault, ask: LogAsk, minute: i64) -> Vec<LogRow> {
    account::sharing_log(vault, &ask, at(minute)).unwrap().lines
}

/// A share as the file page records it.
fn told(recipient: &str, role: &str, route: Route) -> DisclosureInput {
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
        what: "The mornings".into(),
        why: "Breakfast club".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    }
}

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

fn code(error: Error) -> Vec<(String, Code)> {
    Failure::from(error).fields.into_iter().map(|one| (one.field, one.code)).collect()
}

/// A file with three notes, shared with the school under a signed decision: the first goes, the others stay.
fn shared(vault: &mut Vault) -> (CaseId, DecisionId, ItemId) {
    let (case, child, mother) = family(vault);
    let first =
        children::add_item(vault, case, item("Ayla comes without breakfast", vec![child]), at(4)).unwrap();
    children::add_item(vault, case, item("Jo asked for help", vec![mother]), at(5)).unwrap();
    let outcome = answer_all(vault, case, &refusal(), 10);
    let rows = outcome.draft.telling.iter();
    let telling = rows.map(|row| Telling { when: WhenTold::Now, ..row.clone() }).collect();
    let typed = SignOffInput { telling, ..signing(&outcome) };
    let id = outcome.decision;
    decide::save_sign_off(vault, id, typed.clone(), at(80)).unwrap();
    decide::move_extent(vault, id, &ExtentMove::Choose { item: first, choice: Choice::Goes }, 0, at(81))
        .unwrap();
    decide::move_extent(vault, id, &ExtentMove::RestStays, 0, at(82)).unwrap();
    sign_off(vault, id, typed, at(83)).unwrap();
    (case, id, first)
}

/// Records that what was decided went to somebody.
fn went(vault: &mut Vault, case: CaseId, id: DecisionId, to: &str, minute: i64) -> DisclosureId {
    let typed = DisclosureInput {
        decision: Some(id),
        as_decided: true,
        ..told(to, "Made-up Lane Primary", Route::SecureEmail)
    };
    children::record_disclosure(vault, case, typed, at(minute)).unwrap()
}

fn duties(vault: &Vault, case: CaseId, minute: i64) -> Vec<ToDoLine> {
    today::duties_of(vault, case, None, at(minute)).unwrap().lines
}

#[test]
fn everything_that_left_was_refused_or_came_in_stands_in_one_log_the_latest_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, _) = shared(&mut vault);
    went(&mut vault, case, id, "Mrs Fictley", 90);
    children::record_disclosure(&mut vault, case, told("Sam Pretend", "GP", Route::Telephone), at(91))
        .unwrap();
    account::record_received(&mut vault, case, &received(), at(92)).unwrap();
    let lines = log(&vault, ask(), 100);
    let stands: Vec<_> = lines.iter().map(|line| (line.kind, line.state, line.who.as_str())).collect();
    assert_eq!(
        stands,
        [
            (LogKind::Received, LogState::Received, "PC Jo Mock"),
            (LogKind::Left, LogState::Delivered, "Sam Pretend"),
            (LogKind::Left, LogState::Sent, "Mrs Fictley"),
        ]
    );
    let part = lines[2].went.unwrap();
    assert_eq!((part.leaves(), part.stays), (1, 1), "a part of the file went");
    assert!(
        lines.iter().all(|line| line.why.is_empty()),
        "the words of the record stand in the file's own log"
    );
    let of_file = log(&vault, LogAsk { case: Some(case), ..ask() }, 100);
    assert!(of_file.iter().any(|line| line.why == "Breakfast club"));
    // By whole words, in any order and case; a part of one finds nothing.
    for (with, count) in
        [("fictley MRS", 1), ("northmere", 1), ("gp pretend", 1), ("Fict", 0), ("fictley gp", 0)]
    {
        assert_eq!(log(&vault, LogAsk { with: with.into(), ..ask() }, 100).len(), count, "{with}");
    }
    let show = |show| log(&vault, LogAsk { show, ..ask() }, 100).len();
    assert_eq!((show(LogShow::Sent), show(LogShow::Received), show(LogShow::Astray)), (1, 1, 0));
    let after = Some(lines[0].id.clone());
    assert_eq!(log(&vault, LogAsk { after, ..ask() }, 100).len(), 2, "what comes behind a line");
}

#[test]
fn a_refusal_is_a_line_and_names_its_decision() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let rows = outcome.draft.telling.iter();
    let telling = rows.map(|row| Telling { when: WhenTold::Now, ..row.clone() }).collect();
    let typed = SignOffInput {
        telling,
        decided: Some(OutcomeKind::DoNotShare),
        otherwise: "The school has no use for it.".into(),
        ..signing(&outcome)
    };
    sign_off(&mut vault, outcome.decision, typed, at(83)).unwrap();
    let lines = log(&vault, ask(), 100);
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].kind, lines[0].ground), (LogKind::Refused, Some(OutcomeKind::DoNotShare)));
    assert_eq!(lines[0].decision, Some(outcome.decision));
    assert!(!lines[0].can_go_on, "nothing becomes of what did not leave");
}

#[test]
fn a_line_of_a_restricted_file_names_nobody_outside_it_and_no_name_finds_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let apart = sharewell_casework::restricted::open_restricted(&mut vault, case, at(5)).unwrap();
    children::record_disclosure(
        &mut vault,
        apart,
        told("Lee Imagined", "Designated officer", Route::Telephone),
        at(6),
    )
    .unwrap();
    let lines = log(&vault, ask(), 10);
    assert!(lines[0].veiled);
    let said = serde_json::to_string(&lines[0]).unwrap();
    for name in ["Lee", "Imagined", "officer", "Ayla", "mornings"] {
        assert!(!said.contains(name), "{name}: {said}");
    }
    assert!(log(&vault, LogAsk { with: "Lee Imagined".into(), ..ask() }, 10).is_empty());
    let within = log(&vault, LogAsk { case: Some(apart), ..ask() }, 10);
    assert_eq!(within[0].who, "Lee Imagined");
}

#[test]
fn what_came_in_is_a_note_and_whoever_is_not_named_stands_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, child, _) = family(&mut vault);
    let neighbour = ReceivedInput {
        source: Some(SourceKind::Person),
        from: "Vic Nextdoor".into(),
        from_role: "Neighbour".into(),
        about: vec![child],
        ..received()
    };
    let named = ReceivedInput { text: "Vic Nextdoor heard shouting".into(), ..neighbour.clone() };
    let refused = account::record_received(&mut vault, case, &named, at(5)).unwrap_err();
    assert_eq!(code(refused), [("text".into(), Code::NamesProtected)]);
    account::record_received(&mut vault, case, &neighbour, at(6)).unwrap();
    let line = &log(&vault, ask(), 10)[0];
    assert_eq!((line.who.as_str(), line.role.as_str(), line.named), ("", "", false));
    assert!(log(&vault, LogAsk { with: "Vic".into(), ..ask() }, 10).is_empty());
    let file = serde_json::to_string(&children::child_file(&mut vault, case, at(10)).unwrap()).unwrap();
    assert!(file.contains("An argument at the home last night"), "it is a note of the file");
    assert!(!file.contains("Nextdoor"), "{file}");
    // Who agreed to be named is; who said no name has none.
    let agreed = ReceivedInput { may_be_named: true, ..neighbour.clone() };
    account::record_received(&mut vault, case, &agreed, at(11)).unwrap();
    assert_eq!(log(&vault, LogAsk { with: "Vic".into(), ..ask() }, 12).len(), 1);
    let nobody = ReceivedInput { source: Some(SourceKind::Anonymous), ..neighbour };
    account::record_received(&mut vault, case, &nobody, at(13)).unwrap();
    assert!(!log(&vault, ask(), 14)[0].named);
}

#[test]
fn a_form_of_what_was_told_says_everything_that_is_wrong_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let empty = ReceivedInput {
        source: None,
        from: String::new(),
        from_role: String::new(),
        route: None,
        when: None,
        text: " ".into(),
        family: None,
        ..received()
    };
    let told: Vec<String> = code(account::record_received(&mut vault, case, &empty, at(5)).unwrap_err())
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(told, ["source", "from", "route", "when", "text", "family"]);
    let until = DayTyped("2026-12-01".into());
    let forgotten = ReceivedInput { until, ..received() };
    assert_eq!(
        code(account::record_received(&mut vault, case, &forgotten, at(6)).unwrap_err())[0].0,
        "until"
    );
}

#[test]
fn what_a_sender_set_stands_against_a_share_takes_a_reason_and_is_shown_for_harm() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let limited = ReceivedInput { not_to: "the school\n\nthe press".into(), ..received() };
    account::record_received(&mut vault, case, &limited, at(5)).unwrap();
    let outcome = answer_all(&mut vault, case, &refusal(), 10);
    let id = outcome.decision;
    let recipient =
        |name: &str, role: &str| Recipient { name: name.into(), role: role.into(), reach: String::new() };
    let to = |vault: &mut Vault, who: Recipient| {
        let typed = SignOffInput { recipient: who, ..signing(&outcome) };
        decide::save_sign_off(vault, id, typed, at(80)).unwrap();
        decide::extent(vault, id, 0, at(81)).unwrap().lines.remove(0)
    };
    let school = to(&mut vault, recipient("Pat Mockford", "Made-up Lane School"));
    assert!(school.verdict.against().contains(&Against::SendersLimit), "{:?}", school.verdict);
    assert!(matches!(school.verdict, MayGo::Unlock { .. }), "{:?}", school.verdict);
    assert_eq!(school.limits[0].not_to, ["the school", "the press"]);
    let doctor = to(&mut vault, recipient("Sam Pretend", "GP"));
    assert!(!doctor.verdict.against().contains(&Against::SendersLimit) && doctor.limits.is_empty());
    let back = to(&mut vault, recipient("PC Jo Mock", "School liaison"));
    assert!(!back.verdict.against().contains(&Against::SendersLimit), "whoever gave it has it");
}

#[test]
fn where_harm_is_suspected_a_senders_limit_is_shown_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let limited = ReceivedInput { ask_first: true, ..received() };
    account::record_received(&mut vault, case, &limited, at(5)).unwrap();
    let harm =
        [("danger", choice("no")), ("harm", choice("yes")), ("asked", words("unsafe", "He would know."))];
    let outcome = answer_all(&mut vault, case, &harm, 10);
    let recipient =
        Recipient { name: "Pat Mockford".into(), role: "Made-up Lane School".into(), reach: String::new() };
    let typed = SignOffInput { recipient, ..signing(&outcome) };
    decide::save_sign_off(&mut vault, outcome.decision, typed, at(80)).unwrap();
    let line = decide::extent(&vault, outcome.decision, 0, at(81)).unwrap().lines.remove(0);
    assert!(matches!(line.verdict, MayGo::Shown { ground: ShareGround::Harm, .. }), "{:?}", line.verdict);
    assert!(line.verdict.against().contains(&Against::SendersLimit));
}

#[test]
fn a_correction_reaches_everybody_who_has_the_note_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, first) = shared(&mut vault);
    let school = went(&mut vault, case, id, "Mrs Fictley", 90);
    let nurse = went(&mut vault, case, id, "Bo Sample", 91);
    children::record_disclosure(&mut vault, case, told("Sam Pretend", "GP", Route::Telephone), at(92))
        .unwrap();
    let notices = |vault: &Vault, minute| -> Vec<ToDoLine> {
        duties(vault, case, minute).into_iter().filter(|line| line.notice).collect()
    };
    // A label is not what anybody read.
    let child = children::file_head(&vault, case, at(93)).unwrap().child.person.id;
    let labelled =
        ItemInput { labels: vec!["food".into()], ..item("Ayla comes without breakfast", vec![child]) };
    children::amend_item(&mut vault, case, first, labelled, "In order.", at(94)).unwrap();
    assert!(notices(&vault, 95).is_empty());
    let corrected = item("Ayla comes late, and says that she has eaten", vec![child]);
    children::amend_item(&mut vault, case, first, corrected, "I had it wrong.", at(96)).unwrap();
    let open = notices(&vault, 97);
    assert_eq!(open.len(), 2, "{open:?}");
    assert!(open.iter().any(|line| line.title.contains("Mrs Fictley")));
    assert!(open.iter().any(|line| line.title.contains("Bo Sample")));
    let rows = log(&vault, LogAsk { case: Some(case), ..ask() }, 97);
    let row = |of: DisclosureId| rows.iter().find(|row| row.id == of.to_string()).unwrap();
    assert_eq!((row(school).notices.len(), row(nurse).notices.len()), (1, 1));

    // A second correction before they were told asks nobody twice.
    let again = item("Ayla comes late", vec![child]);
    children::amend_item(&mut vault, case, first, again, "Shorter.", at(98)).unwrap();
    assert_eq!(notices(&vault, 99).len(), 2);

    let duty = row(school).notices[0];
    let notice = account::notice(&vault, duty, at(100)).unwrap();
    assert_eq!(notice.recipient, "Mrs Fictley");
    assert_eq!(
        (notice.changes[0].number, notice.changes[0].count, notice.changes[0].how),
        (1, 1, NoticeHow::Corrected)
    );
    assert_eq!(notice.untraced, 1, "what was said to the GP cannot be traced");
    for name in ["Ayla", "Sampleton", "Jo", "late", "eaten", "Fictley"] {
        assert!(!notice.text.contains(name), "{name}: {}", notice.text);
    }
    assert_eq!(notice.text, account::notice_text(&mut vault, duty, at(100)).unwrap().into_text());
    let sent =
        NoticeSentInput { when: Some(LeftTyped::Now), how: "by secure e-mail".into(), happened: false };
    account::notice_sent(&mut vault, duty, &sent, at(101)).unwrap();
    assert!(matches!(account::notice_sent(&mut vault, duty, &sent, at(102)), Err(Error::AlreadySettled)));
    assert_eq!(notices(&vault, 102).len(), 1, "the other one is still to be told");
    let answered = NoticeAnsweredInput {
        when: Some(LeftTyped::Now),
        by: "Mrs Fictley".into(),
        reply: "Replaced.".into(),
    };
    account::notice_answered(&mut vault, duty, &answered, at(103)).unwrap();
    assert!(matches!(
        account::notice_answered(&mut vault, duty, &answered, at(104)),
        Err(Error::AlreadySettled)
    ));
    let line = account::line(&vault, school, at(105)).unwrap().line;
    let events: Vec<AccountEvent> = line.account.iter().map(|one| one.event).collect();
    assert_eq!(events, [AccountEvent::NoticeSent, AccountEvent::NoticeAnswered]);

    // Taken out after it was told: told again, as taken out.
    children::withdraw_item(&mut vault, case, first, "It was another child.", at(106)).unwrap();
    let open = notices(&vault, 107);
    assert_eq!(open.len(), 2);
    let fresh = open.iter().find(|line| line.title.contains("Fictley")).unwrap().id;
    let notice = account::notice(&vault, fresh, at(108)).unwrap();
    assert_eq!(notice.changes[0].how, NoticeHow::TakenOut);
}

#[test]
fn nobody_is_to_be_told_of_a_correction_from_whom_a_flag_keeps_things() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, first) = shared(&mut vault);
    went(&mut vault, case, id, "Jo Sampleton", 90);
    let head = children::file_head(&vault, case, at(91)).unwrap();
    let (child, mother) = (head.child.person.id, head.people[0].person.id);
    let flag = FlagInput {
        person: Some(mother),
        kind: Some(FlagKind::DoNotTell),
        reason: "He reads her messages.".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(92)).unwrap();
    let corrected = item("Ayla comes late", vec![child]);
    children::amend_item(&mut vault, case, first, corrected, "I had it wrong.", at(96)).unwrap();
    let open = duties(&vault, case, 97);
    assert!(open.iter().all(|line| !line.notice), "{open:?}");
    assert!(open.iter().any(|line| line.title.contains("can be told safely")), "{open:?}");
}

#[test]
fn what_went_to_the_wrong_person_is_protected_asked_back_and_told_within_its_hours() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, id, _) = shared(&mut vault);
    let left = went(&mut vault, case, id, "Mrs Fictley", 90);
    let empty = WrongPersonInput { danger: None, who: String::new(), aware: None };
    let told: Vec<String> = code(account::wrong_person(&mut vault, left, &empty, at(91)).unwrap_err())
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(told, ["danger", "aware"]);
    let wrong = WrongPersonInput {
        danger: Some(MayBe::NotSure),
        who: "The office of another school".into(),
        aware: Some(LeftTyped::Now),
    };
    account::wrong_person(&mut vault, left, &wrong, at(100)).unwrap();
    let open = duties(&vault, case, 100);
    let of = |duty: Duty| open.iter().filter(|line| line.duty == duty).collect::<Vec<_>>();
    assert_eq!(of(Duty::ProtectAfterBreach).len(), 2, "to protect, and to ask it back: {open:?}");
    assert_eq!((of(Duty::TellLeadOfBreach).len(), of(Duty::TellDataProtectionOfficer).len()), (1, 1));
    let hours = (of(Duty::ReportBreach)[0].due.unwrap().0 - at(100).0).num_hours();
    assert_eq!(hours, 72);
    assert!(matches!(account::wrong_person(&mut vault, left, &wrong, at(101)), Err(Error::AlreadySettled)));
    let view = account::line(&vault, left, at(102)).unwrap();
    assert_eq!(view.line.state, LogState::Astray);
    // Each note holds its reader's own matter, and no name.
    let readers: Vec<BreachReader> = view.notes.iter().map(|note| note.to).collect();
    assert!(matches!(
        readers[..],
        [BreachReader::Holder, BreachReader::Officer, BreachReader::Person { .. }]
    ));
    for note in &view.notes {
        for name in ["Ayla", "Jo", "Sampleton", "Fictley", "breakfast"] {
            assert!(!note.text.contains(name), "{name}: {}", note.text);
        }
        assert_eq!(account::breach_note(&mut vault, left, note.to, at(102)).unwrap().into_text(), note.text);
    }
    let recalled = BecameInput {
        event: Some(BecameChoice::Recalled),
        when: Some(LeftTyped::Now),
        by: String::new(),
        words: "The office deleted it.".into(),
        purpose: None,
        came: Some(RecallEnd::Deleted),
    };
    account::became(&mut vault, left, &recalled, at(103)).unwrap();
    let open = duties(&vault, case, 104);
    assert_eq!(
        open.iter().filter(|line| line.duty == Duty::ProtectAfterBreach).count(),
        1,
        "it was asked back"
    );
    assert_eq!(account::line(&vault, left, at(105)).unwrap().line.state, LogState::Astray, "that stays so");
}

#[test]
fn what_nobody_can_be_in_danger_by_asks_nobody_to_protect_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let typed = told("Sam Pretend", "GP", Route::Post);
    let left = children::record_disclosure(&mut vault, case, typed, at(5)).unwrap();
    let wrong = WrongPersonInput { danger: Some(MayBe::No), who: String::new(), aware: Some(LeftTyped::Now) };
    account::wrong_person(&mut vault, left, &wrong, at(6)).unwrap();
    let open = duties(&vault, case, 7);
    let protects: Vec<_> = open.iter().filter(|line| line.duty == Duty::ProtectAfterBreach).collect();
    assert_eq!(protects.len(), 1, "it is asked back: {protects:?}");
    assert!(protects[0].title.contains("Ask back"), "{protects:?}");
}

#[test]
fn what_came_back_opens_again_what_it_had_closed_and_an_answer_closes_the_chase() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, _, _) = family(&mut vault);
    let said =
        [("danger", choice("no")), ("harm", choice("yes")), ("asked", words("unsafe", "He would know."))];
    let outcome = answer_all(&mut vault, case, &said, 10);
    let mut typed = signing(&outcome);
    for row in &mut typed.telling {
        (row.when, row.why) = (WhenTold::Later, "When it is safe.".into());
    }
    let signed = sign_off(&mut vault, outcome.decision, typed.clone(), at(80)).unwrap();
    let to = &signed.recipient;
    let told = DisclosureInput { decision: Some(signed.id), ..told(&to.name, &to.role, Route::SecureEmail) };
    let left = children::record_disclosure(&mut vault, case, told, at(81)).unwrap();
    let open = |vault: &Vault, duty: Duty, minute| {
        let view = decide::decision(vault, signed.id, at(minute)).unwrap();
        view.obligations.iter().any(|one| one.duty == duty && one.state == DutyState::Outstanding)
    };
    assert!(!open(&vault, Duty::ConfirmInWriting, 82), "it was sent in writing");
    let became = |event, purpose| BecameInput {
        event: Some(event),
        when: Some(LeftTyped::Now),
        by: "Kim Duty".into(),
        words: "The box was full.".into(),
        purpose,
        came: None,
    };
    account::became(&mut vault, left, &became(BecameChoice::Returned, None), at(83)).unwrap();
    assert!(open(&vault, Duty::ConfirmInWriting, 84), "it did not arrive");
    assert!(!open(&vault, Duty::RecordDisclosure, 84), "that it was written down stays so");
    account::became(&mut vault, left, &became(BecameChoice::Delivered, None), at(85)).unwrap();
    let late = at(60 * 24 * 9);
    let overdue = account::sharing_log(&vault, &LogAsk { show: LogShow::Overdue, ..ask() }, late).unwrap();
    assert_eq!(overdue.lines.len(), 1, "nobody has answered");
    assert!(overdue.lines[0].overdue && overdue.lines[0].chase_duty.is_some());
    let early = became(BecameChoice::Answered, Some(PurposeMet::NotYet));
    account::became(&mut vault, left, &early, at(86)).unwrap();
    // A chase is shown from its day on.
    assert!(open(&vault, Duty::Escalate, 60 * 24 * 9), "it cannot be said yet");
    account::became(&mut vault, left, &became(BecameChoice::Answered, Some(PurposeMet::Met)), at(88))
        .unwrap();
    assert!(!open(&vault, Duty::Escalate, 60 * 24 * 9));
    let line = account::line(&vault, left, at(90)).unwrap().line;
    assert_eq!((line.state, line.overdue), (LogState::Acknowledged, false));
    assert!(log(&vault, LogAsk { show: LogShow::Overdue, ..ask() }, 60 * 24 * 9).is_empty());
}
