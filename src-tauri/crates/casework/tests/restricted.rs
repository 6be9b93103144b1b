//! An allegation about somebody who works with children: a restricted file beside the child's, and no trace of
//! it in the child's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Kdf, Result, Vault, children, countersign, decide, emergency, handover, maintenance,
    restricted, search, start, today,
};
use sharewell_exchange::handover::Handover;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{EntryLine, PublicKey};
use support::*;

/// What gives the allegation away, wherever it may stand.
const TELLING: [&str; 5] = ["marlow", "secret messages", "coach", "allegation", "restricted"];

fn refused<T: std::fmt::Debug>(result: Result<T>) -> (Code, Option<String>) {
    let failure = Failure::from(result.unwrap_err());
    (failure.code, failure.field)
}

fn said() -> Vec<(&'static str, Answer)> {
    vec![
        ("danger", choice("no")),
        ("harm", choice("yes")),
        ("signs", Answer::Choices { values: vec!["staff".into()], words: "the coach".into() }),
        ("asked", words("unsafe", "Dan Marlow works beside us.")),
        ("body", choice("public")),
    ]
}

/// A decision about staff in the child's file, signed.
fn signed(vault: &mut Vault, case: CaseId, into: Option<CaseId>, from: i64) -> DecisionView {
    let outcome = answer_all(vault, case, &said(), from);
    assert!(outcome.apart, "the page says beforehand where it is signed");
    let mut draft = signing(&outcome);
    draft.reasons = "Secret messages at night from Dan Marlow.".into();
    draft.what = "The messages of the coach.".into();
    draft.restricted_file = into;
    for row in &mut draft.telling {
        row.when = "later".into();
        row.why = "When social care say it is safe.".into();
    }
    decide::sign_off(vault, outcome.decision, draft, at(from + 70)).unwrap()
}

struct Told {
    _dir: tempfile::TempDir,
    vault: Vault,
    child: CaseId,
    child_id: PersonId,
    mother: PersonId,
    apart: CaseId,
    decision: DecisionView,
    item: ItemId,
}

/// A child's file with a note about the coach and one about mornings, and the decision about the coach.
fn told() -> Told {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (child, child_id, mother) = family(&mut vault);
    children::add_item(&mut vault, child, item("Ayla comes without breakfast.", vec![child_id]), at(4))
        .unwrap();
    let file = children::add_item(
        &mut vault,
        child,
        item("Coach Marlow sends Ayla secret messages.", vec![child_id]),
        at(5),
    )
    .unwrap();
    let of = |line: &TimelineLine| match &line.what {
        TimelineWhat::Item { id, text, .. } if text.contains("Marlow") => Some(*id),
        _ => None,
    };
    let item = file.timeline.iter().find_map(of).unwrap();
    let decision = signed(&mut vault, child, None, 10);
    let apart = decision.case;
    Told { _dir: dir, vault, child, child_id, mother, apart, decision, item }
}

impl Told {
    fn path(&self, name: &str) -> std::path::PathBuf {
        self._dir.path().join(name)
    }

    fn set_apart(&mut self, from: i64) -> ChildFileView {
        restricted::set_apart(&mut self.vault, self.apart, &[self.item.to_string()], at(from)).unwrap()
    }

    fn hand_over(&mut self, cases: &[CaseId], from: i64) -> Handover {
        let identity = Identity::generate();
        let recipient = identity.recipient().to_string();
        handover::import_recipient(&mut self.vault, &recipient, "Council", at(from)).unwrap();
        let path = self.path("handover.sharewell");
        handover::make_handover(&mut self.vault, cases, &recipient, &path, at(from + 1)).unwrap();
        opened(&self.vault, &path, &identity)
    }
}

fn opened(vault: &Vault, path: &Path, identity: &Identity) -> Handover {
    let roster = [PublicKey(vault.public_key().unwrap())];
    let bytes = std::fs::read(path).unwrap();
    sharewell_exchange::handover::read(&bytes[..], identity, &roster, Default::default()).unwrap()
}

/// Everything that a handover says, entry by entry and cell by cell.
fn words_of(handover: &Handover) -> Vec<String> {
    let entries = handover.lines.iter().filter_map(|line| match line {
        EntryLine::Whole { stored, .. } => Some(String::from_utf8(stored.clone()).unwrap()),
        EntryLine::Disposed { .. } | EntryLine::Withheld { .. } => None,
    });
    entries.chain(handover.tables.iter().flat_map(|table| table.rows.iter().flatten().cloned())).collect()
}

fn gives_away(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    TELLING.into_iter().find(|word| lower.contains(word))
}

#[test]
fn the_decision_is_signed_into_a_restricted_file_and_nothing_of_it_stands_in_the_childs() {
    let mut t = told();
    assert_ne!(t.apart, t.child);
    assert_eq!(t.decision.restricted, Some(1));
    let file = children::child_file(&mut t.vault, t.child, at(100)).unwrap();
    assert!(file.restricted.is_none() && file.decisions.is_empty() && file.to_do.is_empty());
    assert!(
        file.timeline.iter().all(|line| !matches!(line.what, TimelineWhat::Decision { .. })),
        "{:?}",
        file.timeline
    );
    let own = children::child_file(&mut t.vault, t.apart, at(100)).unwrap();
    let about = own.restricted.as_ref().unwrap();
    assert_eq!((about.number, about.beside), (1, t.child));
    assert!(about.officer.contains("LADO"), "the officer of the nation is named: {}", about.officer);
    assert_eq!(own.decisions.len(), 1);
    assert_eq!(own.child.person.name, "Ayla Sampleton");
    assert_eq!(own.people.len(), 1, "the people are known in it");
    let told =
        |line: &TimelineLine| matches!(&line.what, TimelineWhat::Other { kind, .. } if kind != "case_opened");
    assert!(!own.timeline.iter().any(told), "what the child's file says of them is not told again");

    let again = decide::decision(&t.vault, t.decision.id, at(101)).unwrap();
    let answers: String = again.answers.iter().map(|one| one.answer.clone()).collect();
    assert!(answers.contains("the coach"), "the decision can be read there: {answers}");
    assert_eq!(again.child, "Ayla Sampleton");
}

#[test]
fn lists_search_and_the_home_page_name_nobody_of_it() {
    let mut t = told();
    t.set_apart(100);
    let list = children::children(&t.vault, "", at(101)).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].case, list[0].to_do), (t.child, 0));
    assert_eq!(children::children(&t.vault, "marlow", at(101)).unwrap().len(), 0);
    for query in ["marlow", "secret", "messages", "coach"] {
        let found = search::search(&mut t.vault, query, at(102)).unwrap();
        assert!(found.children.is_empty() && found.hits.is_empty(), "{query}: {found:?}");
    }
    let found = search::search(&mut t.vault, "Ayla", at(102)).unwrap();
    assert_eq!(found.children.iter().map(|line| line.case).collect::<Vec<_>>(), [t.child]);
    assert!(found.hits.iter().all(|hit| hit.case == Some(t.child)));

    let home = today::today(&t.vault, at(103)).unwrap();
    assert!(!home.to_do.is_empty(), "its duties are there");
    for line in &home.to_do {
        assert_eq!((line.restricted, line.case, line.child.as_str()), (Some(1), Some(t.apart), ""));
        assert!(!line.title.is_empty());
        let text = format!("{} {}", line.title, line.hint);
        assert!(!text.contains("Ayla") && !text.contains("Sampleton") && !text.contains("Marlow"), "{text}");
    }
    assert!(home.recent.iter().all(|line| line.case == t.child));
    assert_eq!(home.children, 1);
    let own = restricted::restricted_files(&t.vault, None).unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].case, own[0].number), (t.apart, 1));
    assert_eq!(own[0].to_do as usize, home.to_do.len());

    let more = decide::start_decision(&mut t.vault, t.apart, Trigger::NewFacts, at(104)).unwrap();
    let outcome = answer_from(&mut t.vault, more, &said(), 104);
    assert!(outcome.apart && outcome.restricted == Some(1));
    let home = today::today(&t.vault, at(170)).unwrap();
    assert_eq!((home.drafts[0].child.as_str(), home.drafts[0].restricted), ("", Some(1)));
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = ("later".into(), "not safe yet".into());
    });
    let second = decide::sign_off(&mut t.vault, outcome.decision, draft, at(171)).unwrap();
    assert_eq!((second.case, second.follows), (t.apart, Some(t.decision.id)), "it stays in its file");
    assert_eq!(restricted::restricted_files(&t.vault, None).unwrap().len(), 1);
}

#[test]
fn what_the_childs_file_says_of_it_is_set_apart_and_the_day_it_was_written_stays() {
    let mut t = told();
    let own = children::child_file(&mut t.vault, t.apart, at(90)).unwrap();
    let duty = |file: &ChildFileView| file.to_do.iter().any(|line| line.duty == Duty::SeparateFile);
    assert!(duty(&own), "the child's file is to be looked through");
    let lines = restricted::to_set_apart(&t.vault, t.apart).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(refused(restricted::to_set_apart(&t.vault, t.child)).0, Code::NotAnOption);
    let other = refused(restricted::set_apart(&mut t.vault, t.apart, &["nothing".into()], at(91)));
    assert_eq!(other.0, Code::NotFound);

    let own = t.set_apart(92);
    assert!(!duty(&own), "looked through is done");
    let is_it = |line: &&TimelineLine| matches!(&line.what, TimelineWhat::Item { id, .. } if *id == t.item);
    let line = own.timeline.iter().find(is_it).expect("it stands in the restricted file");
    assert_eq!(line.recorded_at, at(5), "with the moment at which it was first written down");
    let file = children::child_file(&mut t.vault, t.child, at(93)).unwrap();
    assert!(file.timeline.iter().all(|line| gives_away(&format!("{line:?}")).is_none()));
    assert!(format!("{:?}", file.timeline).contains("without breakfast"), "what is the child's stays");
    let again = refused(restricted::set_apart(&mut t.vault, t.apart, &[t.item.to_string()], at(94)));
    assert_eq!(again.0, Code::NotFound, "it cannot be set apart twice");

    // In its own file it can be corrected like any other.
    let corrected = item("Coach Marlow sent five secret messages.", vec![t.child_id]);
    let own = children::amend_item(&mut t.vault, t.apart, t.item, corrected, "Counted", at(95)).unwrap();
    assert!(format!("{:?}", own.timeline).contains("five secret"));
    let summary = t.path("file.pdf");
    children::save_file_summary(&mut t.vault, t.child, &summary, at(96)).unwrap();
    for (place, text) in support::pdf::everything_in(&summary) {
        assert_eq!(gives_away(&text), None, "{place}: {text}");
    }
    let summary = t.path("restricted.pdf");
    children::save_file_summary(&mut t.vault, t.apart, &summary, at(97)).unwrap();
    let text: String = support::pdf::everything_in(&summary).into_iter().map(|(_, text)| text).collect();
    assert!(text.contains("Restricted") && text.contains("five secret"), "its own paper says what it is");
    let checked = maintenance::verify_vault(&mut t.vault, at(98)).unwrap();
    assert!(checked.sound, "{checked:?}");
}

#[test]
fn a_note_that_was_corrected_or_withdrawn_leaves_with_all_its_forms() {
    let mut t = told();
    let amended = item("Coach Marlow sends Ayla and Bo secret messages.", vec![t.child_id]);
    children::amend_item(&mut t.vault, t.child, t.item, amended, "Bo too", at(90)).unwrap();
    children::withdraw_item(&mut t.vault, t.child, t.item, "Said by the coach of another club", at(91))
        .unwrap();
    t.set_apart(92);
    let own = children::child_file(&mut t.vault, t.apart, at(93)).unwrap();
    let withdrawn = |line: &TimelineLine| matches!(&line.what, TimelineWhat::Item { withdrawn: Some(_), .. });
    assert_eq!(own.timeline.iter().filter(|line| withdrawn(line)).count(), 1);
    let handed = t.hand_over(&[t.child], 95);
    for text in words_of(&handed) {
        assert_eq!(gives_away(&text), None, "{text}");
    }
}

#[test]
fn a_restricted_file_is_handed_over_alone_whole_and_marked_and_the_childs_without_a_trace() {
    let mut t = told();
    t.set_apart(90);
    let childs = t.hand_over(&[t.child], 91);
    for text in words_of(&childs) {
        assert_eq!(gives_away(&text), None, "{text}");
        assert!(!text.contains(&t.apart.to_string()), "not even that there is one");
    }
    assert!(childs.documents.is_empty(), "no decision stands in the child's file");

    let both = [t.child, t.apart];
    let page = handover::handover_page(&t.vault, at(94)).unwrap();
    assert_eq!((page.files.len(), page.restricted.len()), (1, 1));
    assert_eq!((page.restricted[0].name.as_str(), page.restricted[0].restricted), ("", Some(1)));
    let key = page.recipients[0].recipient.clone();
    let path = t.path("mixed");
    let mixed = handover::make_handover(&mut t.vault, &both, &key, &path, at(95));
    assert_eq!(refused(mixed).0, Code::RestrictedAlone);
    assert!(!path.exists());
    assert_eq!(handover::every_case(&t.vault).unwrap(), [t.child], "all files are all children's files");

    let own = t.hand_over(&[t.apart], 96);
    let table = |name: &str| own.tables.iter().find(|table| table.name == name).unwrap();
    assert_eq!(table("decisions").rows.len(), 1);
    assert_eq!(table("people").rows.len(), 2);
    assert_eq!(table("relationships").rows.len(), 1, "it is whole by itself");
    assert_eq!(table("set_apart").rows.len(), 1);
    assert!(table("cases").rows[0].contains(&"allegation".to_owned()));
    assert_eq!(own.documents.len(), 1);
    let text = words_of(&own).concat();
    assert!(text.contains("Coach Marlow sends Ayla secret messages."));
    let page = handover::handover_page(&t.vault, at(99)).unwrap();
    assert_eq!((page.made[0].restricted, page.made[0].children.len()), (Some(1), 0));
}

#[test]
fn an_earlier_handover_of_the_childs_file_that_is_written_again_leaves_out_what_was_set_apart_since() {
    let mut t = told();
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(&mut t.vault, &recipient, "Council", at(90)).unwrap();
    let path = t.path("first");
    let made = handover::make_handover(&mut t.vault, &[t.child], &recipient, &path, at(91)).unwrap();
    assert!(words_of(&opened(&t.vault, &path, &identity)).concat().contains("Marlow"));
    t.set_apart(92);
    let path = t.path("again");
    handover::rebuild_handover(&mut t.vault, made.id, &path, at(93)).unwrap();
    let again = opened(&t.vault, &path, &identity);
    assert!(!words_of(&again).concat().contains("Marlow"), "and its chain still verifies");
}

#[test]
fn what_changes_about_people_is_written_into_both_files_from_the_childs() {
    let mut t = told();
    let flag = FlagInput {
        person: t.mother,
        kind: FlagKind::ProtectedIdentity,
        reason: "Her former partner looks for her.".into(),
        review: None,
    };
    let here = children::set_flag(&mut t.vault, t.apart, flag.clone(), at(90));
    assert_eq!(refused(here).0, Code::InChildsFile);
    let file = children::set_flag(&mut t.vault, t.child, flag, at(91)).unwrap();
    let flag = file.people[0].flags[0].flag.id;
    assert_eq!(file.people[0].flags[0].set_at, at(91));
    let own = children::child_file(&mut t.vault, t.apart, at(92)).unwrap();
    assert_eq!(own.people[0].flags.len(), 1, "a flag binds in both, once");
    let renamed =
        PersonInput { address: "1 Mock Terrace".into(), ..person("Wren Sampleton", PersonRole::Parent) };
    let here = children::amend_person(&mut t.vault, t.apart, t.mother, renamed.clone(), "Moved", at(93));
    assert_eq!(refused(here).0, Code::InChildsFile);
    children::amend_person(&mut t.vault, t.child, t.mother, renamed, "Moved", at(94)).unwrap();
    let brother = person("Bo Sampleton", PersonRole::Child);
    let tie = TieInput {
        to: t.child_id,
        kind: RelationshipKind::Sibling,
        parental_responsibility: ParentalResponsibility::DoesNotHold,
        same_home: true,
        note: String::new(),
    };
    children::add_person(&mut t.vault, t.child, brother, Some(tie), at(95)).unwrap();
    let own = children::child_file(&mut t.vault, t.apart, at(96)).unwrap();
    let names: Vec<&str> = own.people.iter().map(|one| one.person.name.as_str()).collect();
    assert_eq!(names, ["Wren Sampleton", "Bo Sampleton"]);
    assert_eq!(own.ties.len(), 2);

    let handed = t.hand_over(&[t.apart], 97);
    for table in handed.tables.iter().filter(|table| !table.name.starts_with("restricted/")) {
        for cell in table.rows.iter().flatten() {
            let lower = cell.to_lowercase();
            assert!(!lower.contains("wren") && !lower.contains("mock terrace"), "{}: {cell}", table.name);
        }
    }
    let lifted = children::lift_flag(&mut t.vault, t.apart, flag, "Safe", at(100));
    assert_eq!(refused(lifted).0, Code::InChildsFile);
    let file = children::lift_flag(&mut t.vault, t.child, flag, "Safe now", at(101)).unwrap();
    assert!(file.people[0].flags.is_empty());
    assert!(children::child_file(&mut t.vault, t.apart, at(102)).unwrap().people[0].flags.is_empty());
    let sound = maintenance::verify_vault(&mut t.vault, at(103)).unwrap();
    assert!(sound.sound, "{sound:?}");
}

#[test]
fn nothing_goes_to_whom_it_is_about_or_to_a_manager_who_may_be_part_of_it() {
    let mut t = told();
    let kept = KeptFromInput { people: vec![], name: "Dan Marlow".into(), post: "Coach".into() };
    assert_eq!(
        refused(restricted::save_kept_from(&mut t.vault, t.child, &kept, at(90))).0,
        Code::NotAnOption
    );
    let own = restricted::save_kept_from(&mut t.vault, t.apart, &kept, at(90)).unwrap();
    let coach = own.restricted.as_ref().unwrap().kept_from[0];
    // The practitioner's own lead may be part of it.
    let lead = KeptFromInput { people: vec![coach], name: "Ada Mockford".into(), post: "Named nurse".into() };
    let own = restricted::save_kept_from(&mut t.vault, t.apart, &lead, at(91)).unwrap();
    assert_eq!(own.restricted.unwrap().kept_from.len(), 2);
    let unknown = KeptFromInput { people: vec![PersonId(uuid::Uuid::nil())], ..kept };
    let unknown = restricted::save_kept_from(&mut t.vault, t.apart, &unknown, at(92));
    assert_eq!(refused(unknown), (Code::NotAnOption, Some("people".into())));

    let mut share = DisclosureInput {
        decision: Some(t.decision.id),
        recipient: "Mr D. Marlow, Dan".into(),
        recipient_role: "Coach".into(),
        checked: String::new(),
        route: Route::Telephone,
        what: "The messages".into(),
        why: "He asked".into(),
        limits: String::new(),
    };
    let to_him = children::record_disclosure(&mut t.vault, t.apart, share.clone(), at(93));
    assert_eq!(refused(to_him), (Code::KeptFrom, Some("recipient".into())));
    share.recipient = "Dan Fictley".into();
    share.recipient_role = "Police".into();
    children::record_disclosure(&mut t.vault, t.apart, share, at(94))
        .expect("a first name alone stops nothing");
    let place = decide::start_decision(&mut t.vault, t.apart, Trigger::NewFacts, at(95)).unwrap();
    let outcome = answer_from(&mut t.vault, place, &said(), 95);
    assert_ne!(outcome.recipient.name, "Ada Mockford");
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = ("later".into(), "not safe yet".into());
    });
    draft.recipient.name = "Ada Mockford".into();
    let to_her = decide::sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    assert_eq!(refused(to_her), (Code::KeptFrom, Some("recipient".into())));
    draft.recipient.name = "Fablewell Front Door".into();
    let told = draft.telling.clone();
    draft.telling[0].person = Some(coach);
    draft.telling[0].when = "now".into();
    let told_now = decide::sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    assert_eq!(refused(told_now), (Code::NotReady, Some("telling".into())), "he is not told now");
    draft.telling = told;
    decide::sign_off(&mut t.vault, outcome.decision, draft, at(161)).unwrap();
    // Advice of somebody who may be part of it carries no decision.
    let place = decide::start_decision(&mut t.vault, t.apart, Trigger::NewFacts, at(170)).unwrap();
    let advised = answer_from(&mut t.vault, place, &refusal(), 170);
    decide::save_sign_off(&mut t.vault, advised.decision, signing(&advised), at(234)).unwrap();
    let missing = decide::check(&t.vault, advised.decision, at(235)).unwrap().missing;
    assert!(missing.iter().any(|one| one.field == "adviser" && one.code == "kept_from"), "{missing:?}");
    let refused_advice = decide::sign_off(&mut t.vault, advised.decision, signing(&advised), at(236));
    assert_eq!(refused(refused_advice).0, Code::NotReady);
    let ask = countersign::countersigning(&t.vault, t.decision.id, at(240)).unwrap();
    assert_eq!((ask.lead_name.as_str(), ask.restricted), ("", Some(1)), "she is not suggested either");

    let identity = Identity::generate().recipient().to_string();
    handover::import_recipient(&mut t.vault, &identity, "Ada Mockford", at(241)).unwrap();
    let path = t.path("x");
    let to_her = handover::make_handover(&mut t.vault, &[t.apart], &identity, &path, at(242));
    assert_eq!(refused(to_her), (Code::KeptFrom, Some("recipient".into())));
}

#[test]
fn a_second_allegation_gets_a_file_of_its_own_or_joins_the_first_as_the_practitioner_chooses() {
    let mut t = told();
    let place = decide::start_decision(&mut t.vault, t.child, Trigger::Worry, at(100)).unwrap();
    let outcome = answer_from(&mut t.vault, place, &said(), 100);
    assert_eq!(outcome.restricted_files.iter().map(|one| one.case).collect::<Vec<_>>(), [t.apart]);
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = ("later".into(), "not safe yet".into());
    });
    draft.restricted_file = Some(t.child);
    let wrong = decide::sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    assert_eq!(refused(wrong), (Code::NotAnOption, Some("restricted_file".into())));
    draft.restricted_file = Some(t.apart);
    let joined = decide::sign_off(&mut t.vault, outcome.decision, draft, at(161)).unwrap();
    assert_eq!(joined.case, t.apart);
    let other = signed(&mut t.vault, t.child, None, 200);
    assert_eq!((other.case == t.apart, other.restricted), (false, Some(2)));
    let third = restricted::open_restricted(&mut t.vault, t.child, at(300)).unwrap();
    assert_eq!(restricted::restricted_files(&t.vault, Some(t.child)).unwrap().len(), 3);
    let beside = restricted::open_restricted(&mut t.vault, third, at(301));
    assert_eq!(refused(beside).0, Code::NotAnOption, "none stands beside a restricted one");
}

#[test]
fn an_emergency_with_a_worker_behind_it_is_written_up_apart_wherever_it_was_told() {
    for told_in_the_file in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (child, ..) = family(&mut vault);
        let typed = EmergencyInput {
            case: told_in_the_file.then_some(child),
            child: "Ayla".into(),
            attempts: vec![AttemptInput {
                who: "Police".into(),
                number: "999".into(),
                result: AttemptResult::Told,
                at: None,
            }],
            told: "Coach Marlow is driving off with her.".into(),
            others_at_risk: String::new(),
            worker_safe: Some(true),
        };
        let told = emergency::record_emergency(&mut vault, None, typed, at(5)).unwrap();
        let write_up = WriteUpInput {
            case: child,
            account: "Marlow took her from the pitch.".into(),
            why_urgent: "She was in his car.".into(),
            explained: "Not yet: the police ask to wait.".into(),
            held_back: String::new(),
            staff: true,
            restricted_file: None,
        };
        let view = emergency::write_up_emergency(&mut vault, told.id, write_up, at(20)).unwrap();
        let apart = view.case.unwrap();
        assert_ne!(apart, child);
        assert_eq!((view.recorded_at, view.child.as_str()), (at(5), "Ayla Sampleton"));
        let file = children::child_file(&mut vault, child, at(21)).unwrap();
        assert!(file.timeline.iter().all(|line| gives_away(&format!("{line:?}")).is_none()), "{file:?}");
        assert!(file.to_do.is_empty() && file.disclosures.is_empty());
        let own = children::child_file(&mut vault, apart, at(22)).unwrap();
        let written =
            |line: &TimelineLine| matches!(&line.what, TimelineWhat::Emergency { written_up: true, .. });
        assert_eq!(own.timeline.iter().filter(|line| written(line)).count(), 1);
        assert_eq!(own.disclosures.len(), 1);
        assert!(search::search(&mut vault, "pitch", at(23)).unwrap().hits.is_empty());
        let home = today::today(&vault, at(24)).unwrap();
        let lead = home.to_do.iter().find(|line| line.duty == Duty::DiscussWithAdviser).unwrap();
        assert_eq!((lead.restricted, lead.child.as_str()), (Some(1), ""), "{lead:?}");
        assert!(maintenance::verify_vault(&mut vault, at(25)).unwrap().sound);

        let identity = Identity::generate();
        let recipient = identity.recipient().to_string();
        handover::import_recipient(&mut vault, &recipient, "Council", at(26)).unwrap();
        let path = dir.path().join("own");
        handover::make_handover(&mut vault, &[apart], &recipient, &path, at(27)).unwrap();
        let handed = opened(&vault, &path, &identity);
        assert!(words_of(&handed).concat().contains("driving off"), "what was told goes along");
        assert_eq!(handed.documents.len(), 1);
    }
}

/// The lead's own vault, on another laptop.
fn lead(dir: &Path) -> Vault {
    let who = NewPractitioner { name: "Cleo Mockford".into(), role: "Named nurse".into(), ..practitioner() };
    let (mut vault, code) =
        start::create_vault_with(dir, who, secret(PASSPHRASE), Kdf::weak_for_tests(), at(0)).unwrap();
    start::confirm_recovery_code(&mut vault, &secret(&code.groups.join(" ")), at(0)).unwrap();
    vault
}

#[test]
fn the_decision_in_a_restricted_file_can_be_countersigned_on_another_laptop() {
    let mut t = told();
    let path = t.path("ask");
    let view = countersign::ask_countersignature(&mut t.vault, t.decision.id, &path, at(100)).unwrap();
    let code = view.asked.unwrap().code.join(" ");
    let lead = lead(&t.path("lead"));
    let opened = countersign::open_ask(&lead, &path, &code, at(101)).unwrap();
    assert_eq!(opened.decision.child, "Ayla Sampleton");
    let answers: String = opened.decision.answers.iter().map(|one| one.answer.clone()).collect();
    assert!(answers.contains("the coach"));
}
