//! Nothing that a person waits for grows with the vault, and a list that is shown in parts is whole.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Error, Result, Vault, attached, calls, children, consent, countersign, decide, directory, emergency,
    paper, restricted, share, start, today,
};
use sharewell_vault::{decisions, obligations, practitioner, tallies};
use support::allegation::{gives_away, told};
use support::*;

const DAY: i64 = 60 * 24;
/// Begun decisions among the files of a vault: more than a page shows at a time.
const BEGUN: i64 = 11;

/// A file with the child's mother in it.
fn opened(vault: &mut Vault, name: &str, from: i64) -> CaseId {
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
    case
}

/// A file with a signed decision in it.
fn decided(vault: &mut Vault, name: &str, from: i64) -> CaseId {
    let case = opened(vault, name, from);
    let outcome = answer_all(vault, case, &refusal(), from);
    sign_off(vault, outcome.decision, signing(&outcome), at(from + 60)).unwrap();
    case
}

/// So many files, of which some have a signed decision and some a begun one. What is begun is work at hand, and does not
/// grow with the years.
fn fill(vault: &mut Vault, files: i64, signed: i64, begun: i64, from: i64) -> Vec<CaseId> {
    let mut all = Vec::new();
    for n in 0..signed {
        all.push(decided(vault, &format!("Tobi Notreal{}", from + n), from + n * 61));
    }
    let from = from + signed * 61;
    for n in 0..files {
        let case = opened(vault, &format!("Mina Madeup{}", from + n), from + n);
        if n < begun {
            decide::begin_decision(vault, case, &BeginInput::of(Trigger::Worry), at(from + n)).unwrap();
        }
        all.push(case);
    }
    all
}

/// What can be done once only, and the steps that the database takes for it.
fn once(
    vault: &mut Vault,
    what: &'static str,
    act: impl FnOnce(&mut Vault) -> Result<()>,
) -> (&'static str, u64) {
    let ((), steps) = vault.count_steps::<_, Error>(act).unwrap();
    (what, steps)
}

/// What a window asks, and the steps that the database takes to answer.
fn costs(vault: &mut Vault, case: CaseId, begun: DecisionId, now: Moment) -> Vec<(&'static str, u64)> {
    let has = |of: Duty| move |one: &Obligation| one.duty == of;
    let decided = vault.read(|r| decisions::of_case(r, case)).unwrap().into_iter().map(|one| one.record);
    let signed =
        decided.into_iter().find(|one| one.obligations.iter().any(has(Duty::ConfirmInWriting))).unwrap();
    let duty = |of: Duty| signed.obligations.iter().find(|one| one.duty == of).unwrap();
    let (act, written) = (duty(Duty::Act).key.clone(), duty(Duty::ConfirmInWriting).id);
    let mut all = Vec::new();
    let mut ask = |what: &'static str, f: &mut dyn FnMut(&mut Vault) -> Result<()>| {
        // Once before, so that statements are prepared and packs are read on both sides.
        f(vault).unwrap();
        let ((), steps) = vault.count_steps::<_, Error>(f).unwrap();
        all.push((what, steps));
    };
    let danger = StepId("danger".into());
    ask("a signed decision", &mut |v| decide::decision(v, signed.id, now).map(drop));
    ask("a call", &mut |v| calls::call(v, signed.id, &act, now).map(drop));
    ask("the text for a form", &mut |v| paper::referral(v, written, now).map(drop));
    ask("a share", &mut |v| share::share(v, signed.id, now).map(drop));
    ask("what of a file goes", &mut |v| paper::extent_of_duty(v, written, 0, now).map(drop));
    ask("the consents of a file", &mut |v| consent::consent_page(v, case, now).map(drop));
    ask("the papers of a file", &mut |v| attached::papers(v, case).map(drop));
    ask("the directory", &mut |v| directory::directory(v, "", None, now).map(drop));
    ask("who is offered", &mut |v| directory::suggest(v, "soc", Some(case), now).map(drop));
    ask("countersigning", &mut |v| countersign::countersigning(v, signed.id, now).map(drop));
    ask("home", &mut |v| today::today(v, now).map(drop));
    ask("children", &mut |v| children::children(v, "", None, now).map(drop));
    ask("duties by urgency", &mut |v| today::duties(v, DutySpan::All, None, now).map(drop));
    ask("duties by child", &mut |v| today::duties_by_child(v, None, now).map(drop));
    ask("duties of a child", &mut |v| today::duties_of(v, case, None, now).map(drop));
    ask("a file", &mut |v| children::child_file(v, case, now).map(drop));
    ask("the head of a file", &mut |v| children::file_head(v, case, now).map(drop));
    ask("restricted files beside it", &mut |v| restricted::restricted_files(v, Some(case), now).map(drop));
    ask("the rail", &mut |v| start::session(v.dir(), Some(v), false, None, now).map(drop));
    ask("a question", &mut |v| decide::question(v, begun, &danger, now).map(drop));
    ask("an answer", &mut |v| decide::answer(v, begun, &danger, choice("no"), now).map(drop));
    // What is written goes into files that nobody looks at here. Each is written twice, and the smaller number counts:
    // the search index puts its parts together at some acts and not at others.
    let minute = (now.0 - at(0).0).num_minutes() - 100;
    let mut written: Vec<Vec<(&'static str, u64)>> = Vec::new();
    let asides: Vec<_> = [0, 1]
        .map(|n| {
            let aside = opened(vault, &format!("Pip Placeholder{}", minute + n), minute + n);
            let about = children::file_head(vault, aside, now).unwrap().child.person.id;
            (aside, about)
        })
        .into();
    for (aside, about) in asides {
        let typed = item("Came early.", vec![about]);
        let item = once(vault, "an item", |v| children::add_item(v, aside, typed, now).map(drop));
        let outcome = answer_all(vault, aside, &refusal(), minute + 10);
        let id = outcome.decision;
        let everything = signing(&outcome);
        leave_the_rest(vault, id, &everything, now);
        let check = once(vault, "the check page", |v| decide::check(v, id, now).map(drop));
        let signed = once(vault, "a signature", |v| decide::sign_off(v, id, everything, now).map(drop));
        written.push(vec![item, check, signed]);
    }
    let (one, other) = (&written[0], &written[1]);
    all.extend(one.iter().zip(other).map(|((what, one), (_, other))| (*what, *one.min(other))));
    all
}

/// More duties than are counted, dated and undated: how far they are counted is bounded, and here it is in both vaults.
fn more_than_are_counted(vault: &mut Vault, case: CaseId) {
    let by = Stamp { author: vault.read(practitioner::current).unwrap().record.id, at: at(90) };
    let child = children::file_head(vault, case, at(90)).unwrap().child.person.id;
    let written: Result<()> = vault.write(&by, |w| {
        for n in 0..240_u128 {
            let obligation = Obligation {
                id: ObligationId(uuid::Uuid::from_u128(n + 1)),
                decision: None,
                emergency: None,
                duty: Duty::Review,
                key: "check_number".into(),
                person: Some(child),
                due: (n % 2 == 0).then(|| at(9 * DAY)),
                settled: None,
            };
            w.append(Some(case), &Payload::ObligationAdded { obligation }, &[])?;
        }
        Ok(())
    });
    written.unwrap();
}

#[test]
fn no_page_and_no_answer_takes_more_steps_in_a_larger_vault() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let case = decided(&mut vault, "Zebedee Sampleton", 5);
    let said = [
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() }),
        ("asked", choice("no-time")),
        ("body", choice("public")),
    ];
    let harmed = answer_all(&mut vault, case, &said, 66);
    let mut draft = signing(&harmed);
    for row in &mut draft.telling {
        (row.when, row.why) = (WhenTold::Later, "agreed in the call".into());
    }
    sign_off(&mut vault, harmed.decision, draft, at(79)).unwrap();
    let aside = opened(&mut vault, "Ottilie Imagina", 80);
    more_than_are_counted(&mut vault, aside);
    // More calls that protect than a page shows: those of later decisions come behind them.
    fill(&mut vault, 55, 12, BEGUN, 100);
    let begun = match decide::begin_decision(&mut vault, case, &BeginInput::of(Trigger::Worry), at(9 * DAY))
        .unwrap()
    {
        Place::Question { question } => question.decision,
        other => panic!("{other:?}"),
    };
    // Late enough that everything in the first files is due: what is due is read otherwise than what is to come.
    let before = costs(&mut vault, case, begun, at(100 * DAY));
    let first = today::today(&vault, at(100 * DAY)).unwrap();

    fill(&mut vault, 200, 8, 0, 102 * DAY);
    let after = costs(&mut vault, case, begun, at(142 * DAY));
    let then = today::today(&vault, at(142 * DAY)).unwrap();

    let ids = |home: &TodayView| home.to_do.iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&then), "later decisions are less urgent, so both pages show the same");
    assert!(then.to_do_in_all > first.to_do_in_all + 50 && then.children > 4 * 55, "the vault did grow");
    let grown: Vec<_> = before
        .into_iter()
        .zip(after)
        .filter(|((_, small), (_, large))| *large > small + small / 10)
        .map(|((what, small), (_, large))| format!("{what}: {small} steps before, {large} after"))
        .collect();
    assert!(grown.is_empty(), "{grown:#?}");
}

#[test]
fn a_list_shown_in_parts_holds_every_line_once_and_its_count_is_the_length() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let files = fill(&mut vault, 110, 11, BEGUN, 5);
    let now = at(20 * DAY);
    let late = EmergencyInput {
        case: Some(files[0]),
        child: String::new(),
        attempts: vec![],
        told: "A child alone at an open window.".into(),
        others_at_risk: String::new(),
        worker_safe: None,
    };
    emergency::record_emergency(&mut vault, None, late, now).unwrap();

    let home = today::today(&vault, now).unwrap();
    let mut duties: Vec<ToDoLine> = Vec::new();
    loop {
        let page = today::duties(&vault, DutySpan::All, duties.last().map(|line| line.id), now).unwrap();
        duties.extend(page.lines);
        if !page.more {
            break;
        }
    }
    let mut all: Vec<Obligation> =
        vault.read(obligations::outstanding).unwrap().into_iter().map(|row| row.obligation).collect();
    let ids: Vec<_> = duties.iter().map(|line| line.id).collect();
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(distinct, all.iter().map(|one| one.id).collect::<BTreeSet<_>>());
    assert_eq!((ids.len(), distinct.len()), (all.len(), home.to_do_in_all as usize));
    assert!(home.to_do.len() < ids.len(), "there is more than one page");
    let today = london_day(now);
    all.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    assert!(all.is_sorted_by_key(|one| one.place(today)), "what protects, then by day");
    let first = |wanted: &dyn Fn(&ToDoLine) -> bool| duties.iter().position(wanted).unwrap();
    let account = first(&|line| line.duty == Duty::WriteUp && line.emergency.is_some());
    let call = first(&|line| line.duty.urgency() == Urgency::Protects);
    let reminder = first(&|line| line.emergency.is_none() && line.duty.urgency() == Urgency::Reminds);
    assert!(call < account && account < reminder, "{call} {account} {reminder}");
    assert!(duties.iter().all(|line| !line.title.is_empty()));

    // What was closed since does not lose the place in the list.
    let closed = home.to_do.last().unwrap().id;
    let next = today::more_duties(&vault, closed, now).unwrap()[0].id;
    today::settle_obligation(&mut vault, closed, Settlement::Done { note: "Rang.".into() }, now).unwrap();
    assert_eq!(today::more_duties(&vault, closed, now).unwrap()[0].id, next);
    assert_eq!(today::today(&vault, now).unwrap().to_do_in_all as usize, ids.len() - 1);
    assert_eq!(today::duty(&vault, closed, now).unwrap().state, DutyState::Done);

    let mut begun = home.drafts.clone();
    begun.extend(today::more_begun(&vault, begun.last().unwrap().id, now).unwrap());
    let distinct: BTreeSet<_> = begun.iter().map(|line| line.id).collect();
    assert_eq!((begun.len(), distinct.len(), home.drafts_in_all), (11, 11, 11));
    assert!(home.drafts.len() < 11 && begun.is_sorted_by_key(|line| line.at));

    for (query, wanted) in
        [("", files.len()), ("madeup", 110), ("Tobi", 11), ("notreal7", 1), ("xylophone", 0)]
    {
        let mut lines: Vec<ChildLine> = Vec::new();
        loop {
            let page = children::children(&vault, query, lines.last().map(|line| line.case), now).unwrap();
            assert_eq!(page.in_all as usize, wanted, "{query}");
            if page.lines.is_empty() {
                break;
            }
            lines.extend(page.lines);
        }
        let distinct: BTreeSet<_> = lines.iter().map(|line| line.case).collect();
        assert_eq!((lines.len(), distinct.len()), (wanted, wanted), "{query}");
        assert!(
            lines.is_sorted_by(|one, next| one.last_at >= next.last_at),
            "{query}: the one touched last first"
        );
        let to_do: u32 = lines.iter().map(|line| line.to_do).sum();
        if query.is_empty() {
            assert_eq!(
                u64::from(to_do),
                vault.read(tallies::outstanding).unwrap(),
                "each duty is in one file"
            );
        }
    }
}

#[test]
fn one_duty_and_later_pages_name_nobody_of_a_restricted_file_either() {
    let t = told();
    let home = today::today(&t.vault, at(103)).unwrap();
    for line in &home.to_do {
        let one = today::duty(&t.vault, line.id, at(103)).unwrap();
        let more = today::more_duties(&t.vault, line.id, at(103)).unwrap();
        for shown in more.iter().chain([&one]) {
            let text = format!("{} {} {}", shown.child, shown.title, shown.hint);
            assert_eq!((shown.restricted, shown.child.as_str()), (Some(1), ""), "{text}");
            assert!(!text.contains("Ayla") && !text.contains("Sampleton"), "{text}");
            assert_ne!(gives_away(&text), Some("marlow"));
        }
    }
}
