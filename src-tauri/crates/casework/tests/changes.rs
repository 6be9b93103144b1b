//! What was corrected or added after a signature stands on paper in both forms, with who, when and why (G4).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::guidance::{self, serving};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{Vault, children, clock, decide, emergency, handover, paper, restricted, today};
use sharewell_exchange::keys::Identity;
use sharewell_exchange::{Signer as _, SigningKey, pack as signed};
use sharewell_guidance::Files;
use support::*;

/// What the pages of a paper say, in one line.
fn pages(path: &Path) -> String {
    let all = pdf::everything_in(path);
    let pages = all.into_iter().find(|(place, _)| place == "pages").unwrap().1;
    pages.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The changes that a paper tells, from the values attached to it.
fn changes(path: &Path) -> Vec<Told> {
    let all = pdf::everything_in(path);
    let values = all.iter().find(|(name, _)| name == "decision.json" || name == "emergency.json").unwrap();
    let values: serde_json::Value = serde_json::from_str(&values.1).unwrap();
    serde_json::from_value(values["history"].clone()).unwrap()
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
struct Told {
    when: String,
    who: String,
    what: String,
    before: String,
    after: String,
    why: String,
}

const WHO: &str = "Nia Exampleton, Health visitor";

fn told(when: &str, what: &str, before: &str, after: &str, why: &str) -> Told {
    let [when, who, what, before, after, why] = [when, WHO, what, before, after, why].map(str::to_owned);
    Told { when, who, what, before, after, why }
}

fn decision_paper(vault: &mut Vault, id: DecisionId, path: &Path) -> Vec<Told> {
    paper::save_decision_pdf(vault, id, path, at(400)).unwrap();
    changes(path)
}

/// The papers of a file's handover, by what their names begin with.
fn handed_over(vault: &mut Vault, case: CaseId, dir: &Path, kind: &str, now: i64) -> Vec<std::path::PathBuf> {
    let identity = Identity::generate();
    let recipient = identity.recipient().to_string();
    handover::import_recipient(vault, &recipient, "Council", at(now)).unwrap();
    let bag = dir.join("handover.sharewell");
    handover::make_handover(vault, &[case], &recipient, &bag, at(now)).unwrap();
    let handed = allegation::opened(vault, &bag, &identity);
    let papers = handed.documents.into_iter().filter(|one| one.path.starts_with(kind)).enumerate();
    papers
        .map(|(number, one)| {
            let path = dir.join(format!("{kind}-{number}.pdf"));
            std::fs::write(&path, one.bytes).unwrap();
            path
        })
        .collect()
}

/// A vault under the invented protocol of an agency, one question of which asks for notes of the file.
fn asking_for_notes(dir: &Path) -> Vault {
    let mut vault = vault(&dir.join("vault"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/overlay/fablewell");
    let base =
        serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap().pack.hash.to_string();
    let zeros = "0".repeat(64);
    let changed = [
        ("overlay.toml", zeros.as_str(), base.as_str()),
        ("overlay.toml", "2026-11-01", "2026-10-01"),
        ("steps.toml", "kind = \"yes_no\"", "kind = \"items\""),
        ("steps.toml", "not_sure = \"answer\"\n", ""),
        ("outcomes.toml", "is = \"yes\"", "some = true"),
    ];
    let mut files = Files::new();
    for path in ["overlay.toml", "steps.toml", "outcomes.toml", "library.toml", "text/en.toml"] {
        let mut text = std::fs::read_to_string(root.join(path)).unwrap();
        for (_, from, to) in changed.iter().filter(|(of, ..)| *of == path) {
            assert!(text.contains(from), "{path} holds {from}");
            text = text.replace(from, to);
        }
        files.insert(path.into(), text.into_bytes());
    }
    let (key, _) = SigningKey::generate().unwrap();
    guidance::import_agency_key(&mut vault, &key.public_key().to_string(), "Fablewell", &[], at(0)).unwrap();
    let path = dir.join("protocol.sharewell-pack");
    std::fs::write(&path, signed::write(&files, &key).unwrap()).unwrap();
    let shown = guidance::preview_pack(&vault, &path, &[], at(0)).unwrap().hash;
    guidance::install_pack(&mut vault, &path, &shown, &[], at(0)).unwrap();
    vault
}

/// Harm is suspected: the protocol asks for the notes that tell of it.
fn harm() -> Vec<(&'static str, Answer)> {
    let signs = Answer::Choices { values: vec!["injury-neglect".into()], words: String::new() };
    vec![("danger", choice("no")), ("harm", choice("yes")), ("signs", signs)]
}

/// A file whose decision rests on two notes.
struct Decided {
    dir: tempfile::TempDir,
    vault: Vault,
    case: CaseId,
    child: PersonId,
    corrected: ItemId,
    withdrawn: ItemId,
    decision: DecisionView,
}

fn decided() -> Decided {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = asking_for_notes(dir.path());
    let (case, child, _) = family(&mut vault);
    let mut note =
        |text: &str, now| children::add_item(&mut vault, case, item(text, vec![child]), at(now)).unwrap();
    let corrected = note("Came without breakfast on two mornings.", 4);
    let withdrawn = note("Was collected by a neighbour.", 5);
    let before = item("Came without breakfast on three mornings.", vec![child]);
    children::amend_item(&mut vault, case, corrected, before, "Counted again before signing", at(6)).unwrap();
    let outcome = answer_all(&mut vault, case, &harm(), 20);
    let decision = sign_off(&mut vault, outcome.decision, signing(&outcome), at(100)).unwrap();
    Decided { dir, vault, case, child, corrected, withdrawn, decision }
}

impl Decided {
    fn correct(&mut self) {
        let opinion = ItemInput {
            mark: Some(Mark::Opinion),
            ..item("Came without breakfast on five mornings.", vec![self.child])
        };
        let (vault, case) = (&mut self.vault, self.case);
        children::amend_item(vault, case, self.corrected, opinion, "The register says five", at(110))
            .unwrap();
        children::withdraw_item(vault, case, self.withdrawn, "It was another child", at(120)).unwrap();
    }

    fn paper(&mut self) -> (Vec<Told>, String) {
        let path = self.dir.path().join("decision.pdf");
        (decision_paper(&mut self.vault, self.decision.id, &path), pages(&path))
    }
}

#[test]
fn a_decision_that_nothing_changed_says_so() {
    let mut file = decided();
    let (told, printed) = file.paper();
    assert_eq!(told, []);
    assert!(printed.contains("Changed or added later No change is recorded."), "{printed}");
    assert!(!printed.contains("two mornings"), "what was corrected before the signature was never signed");
}

#[test]
fn a_note_that_is_corrected_or_taken_back_after_the_signature_stands_as_it_was_signed_and_as_it_is_now() {
    let mut file = decided();
    file.correct();
    let (changed, printed) = file.paper();
    let note = "A note that it rests on";
    assert_eq!(
        changed,
        [
            told(
                "6 October 2026, 11:20",
                note,
                "Fact, 5 October 2026: Came without breakfast on three mornings.",
                "Opinion, 5 October 2026: Came without breakfast on five mornings.",
                "The register says five",
            ),
            told(
                "6 October 2026, 11:30",
                note,
                "Fact, 5 October 2026: Was collected by a neighbour.",
                "Taken back: recorded in error",
                "It was another child",
            ),
        ]
    );
    for said in ["The register says five", "It was another child", "Before After Why"] {
        assert!(printed.contains(said), "{said:?} stands on the pages: {printed}");
    }
    // The values keep the signed text where it was signed: nothing changes under a signature.
    let values = pdf::everything_in(&file.dir.path().join("decision.pdf"));
    let values = &values.iter().find(|(name, _)| name == "decision.json").unwrap().1;
    let values: serde_json::Value = serde_json::from_str(values).unwrap();
    let items = values["items"].to_string();
    assert!(items.contains("three mornings") && !items.contains("five mornings"), "{items}");
    assert!(items.contains("Was collected by a neighbour."), "what was taken back was signed over: {items}");
}

#[test]
fn every_later_act_on_a_decision_stands_on_its_paper_with_who_when_and_why() {
    let mut file = decided();
    let (case, id) = (file.case, file.decision.id);
    let renamed = PersonInput {
        birth: Some(Birth::Born { on: day(2019, 5, 14) }.into()),
        ..person("Ayla Rose Sampleton", PersonRole::Child)
    };
    children::amend_person(&mut file.vault, case, file.child, renamed, "Birth certificate seen", at(110))
        .unwrap();
    let left = DisclosureInput {
        decision: Some(id),
        somebody_else: false,
        recipient: "Mrs Fictley".into(),
        recipient_role: "School".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: "Rang back".into(),
        route: Some(Route::Telephone),
        what: "That mornings are hard".into(),
        why: "Breakfast club".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    children::record_disclosure(&mut file.vault, case, left, at(120)).unwrap();
    let mut open = file.decision.obligations.clone();
    open.retain(|one| one.state == DutyState::Outstanding);
    let review = open.iter().find(|one| one.duty == Duty::Review).unwrap();
    let done = Settlement::Done { note: "Mornings are calm now".into() };
    today::settle_obligation(&mut file.vault, review.id.unwrap(), done, at(130)).unwrap();
    let other = open
        .iter()
        .find(|one| ![Duty::Act, Duty::Review, Duty::RecordDisclosure, Duty::Explain].contains(&one.duty))
        .unwrap();
    let no = Settlement::NotNeeded { reason: "The school did it".into() };
    today::settle_obligation(&mut file.vault, other.id.unwrap(), no, at(140)).unwrap();
    let begin = BeginInput { follows: Some(id), ..BeginInput::of(Trigger::NewFacts) };
    let place = decide::begin_decision(&mut file.vault, case, &begin, at(150)).unwrap();
    let outcome = answer_from(&mut file.vault, place, &harm(), 150);
    let follow = SignOffInput { reasons: "The club has closed.".into(), ..signing(&outcome) };
    sign_off(&mut file.vault, outcome.decision, follow, at(220)).unwrap();

    let (changed, _) = file.paper();
    let find = |what: &str| {
        changed.iter().find(|one| one.what == what).unwrap_or_else(|| panic!("{what}: {changed:#?}")).clone()
    };
    assert_eq!(
        find("Details of Ayla Rose Sampleton"),
        told(
            "6 October 2026, 11:20",
            "Details of Ayla Rose Sampleton",
            "Ayla Sampleton, 4 May 2019",
            "Ayla Rose Sampleton, 14 May 2019",
            "Birth certificate seen",
        )
    );
    assert_eq!(
        find("Shared"),
        told(
            "6 October 2026, 11:30",
            "Shared",
            "Nothing yet",
            "Mrs Fictley, School, by telephone: That mornings are hard",
            "Breakfast club",
        )
    );
    let reviewed = find(&review.title);
    assert!(reviewed.before.starts_with("To do by "), "{reviewed:?}");
    assert_eq!((reviewed.after.as_str(), reviewed.why.as_str()), ("Done", "Mornings are calm now"));
    assert_eq!((reviewed.when.as_str(), reviewed.who.as_str()), ("6 October 2026, 11:40", WHO));
    let given_up = find(&other.title);
    assert_eq!((given_up.after.as_str(), given_up.why.as_str()), ("Not needed", "The school did it"));
    let followed = find("Decision 0002 follows it: New facts after an earlier decision");
    assert_eq!((followed.why.as_str(), followed.after.is_empty()), ("The club has closed.", false));
    let times: Vec<&str> = changed.iter().map(|one| one.when.as_str()).collect();
    let mut sorted = times.clone();
    sorted.sort_unstable();
    assert_eq!(times, sorted, "the oldest first");

    // The agency reads the same.
    let papers = handed_over(&mut file.vault, case, file.dir.path(), "decisions", 300);
    let handed: Vec<Vec<Told>> = papers.iter().map(|paper| changes(paper)).collect();
    assert_eq!(handed, [changed, Vec::new()]);
}

fn typed(case: Option<CaseId>, child: &str, told: &str) -> EmergencyInput {
    EmergencyInput {
        case,
        child: child.into(),
        attempts: vec![AttemptInput {
            who: "Police".into(),
            number: "999".into(),
            result: AttemptResult::NoAnswer,
            said: String::new(),
            at: Some(at(1)),
        }],
        told: told.into(),
        others_at_risk: String::new(),
        worker_safe: None,
    }
}

fn write_up(case: CaseId) -> WriteUpInput {
    WriteUpInput {
        case: Some(case),
        account: "Rang 999 and stayed below the window.".into(),
        why_urgent: "A small child alone at an open window.".into(),
        explained: "Jo was told on the spot.".into(),
        held_back: String::new(),
        staff: false,
        restricted_file: None,
    }
}

#[test]
fn what_was_told_otherwise_at_first_in_an_emergency_stands_on_its_paper() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let first = typed(Some(case), "", "A child on the second floor.");
    let id = emergency::record_emergency(&mut vault, None, first, at(1)).unwrap().id;
    let mut then = typed(Some(case), "", "A child on the third floor.");
    then.worker_safe = Some(false);
    then.others_at_risk = "A baby".into();
    then.attempts[0].result = AttemptResult::Told;
    emergency::record_emergency(&mut vault, Some(id), then.clone(), at(10)).unwrap();
    then.attempts.push(AttemptInput {
        who: "Ada Mockford".into(),
        number: "01632 960202".into(),
        result: AttemptResult::Told,
        said: String::new(),
        at: Some(at(11)),
    });
    emergency::record_emergency(&mut vault, Some(id), then, at(11)).unwrap();
    let home = today::today(&vault, at(12)).unwrap();
    let lead = home.to_do.iter().find(|line| line.duty == Duty::DiscussWithAdviser).unwrap();
    let rang = Settlement::Done { note: "Ada rang back".into() };
    today::settle_obligation(&mut vault, lead.id, rang, at(20)).unwrap();
    emergency::write_up_emergency(&mut vault, id, write_up(case), at(90)).unwrap();

    let path = dir.path().join("emergency.pdf");
    paper::save_emergency_pdf(&mut vault, id, &path, at(95)).unwrap();
    let changed = changes(&path);
    let early = "6 October 2026, 09:40";
    assert_eq!(
        changed[..4],
        [
            told(early, "What was told", "A child on the second floor.", "A child on the third floor.", ""),
            told(early, "Who else was at risk", "Nothing yet", "A baby", ""),
            told(early, "Was the practitioner safe", "Nothing yet", "Not safe", ""),
            told(
                early,
                "Try 1",
                "Police, 999, 6 October 2026, 09:31: No answer",
                "Police, 999, 6 October 2026, 09:31: Told",
                "",
            ),
        ]
    );
    let [heard, written] = &changed[4..] else {
        panic!("both duties, and no attempt that was only added: {changed:#?}")
    };
    assert_eq!((heard.what.as_str(), heard.why.as_str()), ("Tell the safeguarding lead", "Ada rang back"));
    assert_eq!((written.what.as_str(), written.after.as_str()), ("Write the emergency up", "Done"));
    assert!(pages(&path).contains("Ada rang back"));

    let papers = handed_over(&mut vault, case, dir.path(), "emergencies", 100);
    assert_eq!(changes(&papers[0]), changed, "the agency reads the same");
}

#[test]
fn a_child_told_of_by_name_before_there_was_a_file_is_printed_as_told_and_as_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let id = emergency::record_emergency(&mut vault, None, typed(None, "A boy called Ale", "Alone."), at(1))
        .unwrap()
        .id;
    let (case, child, _) = family(&mut vault);
    emergency::write_up_emergency(&mut vault, id, write_up(case), at(90)).unwrap();
    let path = dir.path().join("emergency.pdf");
    let which = |vault: &mut Vault, now| {
        paper::save_emergency_pdf(vault, id, &path, at(now)).unwrap();
        changes(&path).into_iter().find(|one| one.what == "Which child").unwrap()
    };
    let found = which(&mut vault, 95);
    assert_eq!((found.before.as_str(), found.after.as_str()), ("A boy called Ale", "Ayla Sampleton"));

    // Protected since: not even what the child was called in the haste of it.
    let flag = FlagInput {
        person: Some(child),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Moved away".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut vault, case, flag, at(96)).unwrap();
    let hidden = which(&mut vault, 97);
    assert_eq!(
        (hidden.before.as_str(), hidden.after.as_str()),
        ("Kept apart", "[Protected person 1, child]")
    );
}

#[test]
fn the_earlier_forms_of_a_protected_person_stand_in_no_change() {
    let mut file = decided();
    let (case, child) = (file.case, file.child);
    file.correct();
    let renamed = person("Ayla Rose Hidden", PersonRole::Child);
    children::amend_person(&mut file.vault, case, child, renamed, "A new name for Ayla", at(130)).unwrap();
    let flag = FlagInput {
        person: Some(child),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Moved away".into(),
        review: DayTyped::default(),
    };
    children::set_flag(&mut file.vault, case, flag, at(131)).unwrap();
    let (changed, _) = file.paper();
    let details = changed.iter().find(|one| one.what.starts_with("Details of")).unwrap();
    assert_eq!((details.before.as_str(), details.after.as_str()), ("Kept apart", "Kept apart"));
    let papers = handed_over(&mut file.vault, case, file.dir.path(), "decisions", 300);
    for path in papers.iter().chain([&file.dir.path().join("decision.pdf")]) {
        for (place, text) in pdf::everything_in(path) {
            for telling in ["Ayla", "Hidden", "May 2019"] {
                let history = place == "decision.json";
                let text = match history {
                    true => format!("{:?}", changes(path)),
                    false if telling == "May 2019" => continue,
                    false => text.clone(),
                };
                assert!(!text.contains(telling), "{place}: {telling} in {text}");
            }
        }
    }
}

#[test]
fn a_note_that_was_set_apart_is_told_by_no_paper_of_the_childs_file() {
    let mut file = decided();
    let (case, secret) = (file.case, "Coach Marlow sends secret messages.");
    let said = item(secret, vec![file.child]);
    children::amend_item(&mut file.vault, case, file.corrected, said, "Told by Marlow", at(110)).unwrap();
    let (before, _) = file.paper();
    assert!(before.iter().any(|one| one.after.ends_with(secret)), "while it stands there: {before:?}");
    let apart = restricted::open_restricted(&mut file.vault, case, at(120)).unwrap();
    let things = [file.corrected.to_string()];
    restricted::set_apart(&mut file.vault, apart, &things, at(130)).unwrap();
    let (after, _) = file.paper();
    assert_eq!(after, []);
    let papers = handed_over(&mut file.vault, case, file.dir.path(), "decisions", 300);
    assert_eq!(papers.len(), 1);
    for path in papers.iter().chain([&file.dir.path().join("decision.pdf")]) {
        for (place, text) in pdf::everything_in(path) {
            for telling in ["Marlow", "three mornings", "five mornings"] {
                assert!(!text.contains(telling), "{place}: {telling} in {text}");
            }
        }
    }
}

#[test]
fn a_decision_in_a_restricted_file_tells_what_became_of_the_notes_that_it_states_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = asking_for_notes(dir.path());
    let (case, child, _) = family(&mut vault);
    let said = item("Coach Marlow sends messages.", vec![child]);
    let note = children::add_item(&mut vault, case, said, at(4)).unwrap();
    let decision = allegation::signed(&mut vault, case, None, 10);
    assert_ne!(decision.case, case);
    let amended = item("Coach Marlow sends messages at night.", vec![child]);
    children::amend_item(&mut vault, case, note, amended, "Looked again", at(110)).unwrap();
    let path = dir.path().join("decision.pdf");
    let both = |changed: &[Told]| {
        let one = changed.iter().find(|one| one.what == "A note that it rests on").unwrap().clone();
        assert!(one.before.ends_with("sends messages.") && one.after.ends_with("at night."), "{one:?}");
        one.why
    };
    let there = decision_paper(&mut vault, decision.id, &path);
    assert_eq!(both(&there), "Looked again");
    restricted::set_apart(&mut vault, decision.case, &[note.to_string()], at(130)).unwrap();
    let here = decision_paper(&mut vault, decision.id, &path);
    both(&here);
}
