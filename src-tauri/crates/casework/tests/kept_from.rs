//! What goes along with a restricted file: whom it is kept from, the people of the child's file, emergencies, a
//! second allegation, a countersignature.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Code, Failure, Kdf, Vault, children, countersign, decide, directory, emergency, handover, maintenance,
    restricted, search, start,
};
use sharewell_exchange::keys::Identity;
use support::allegation::*;
use support::*;

#[test]
fn what_changes_about_people_is_written_into_both_files_from_the_childs() {
    let mut t = told();
    let flag = FlagInput {
        person: Some(t.mother),
        kind: Some(FlagKind::ProtectedIdentity),
        reason: "Her former partner looks for her.".into(),
        review: DayTyped::default(),
    };
    let here = children::set_flag(&mut t.vault, t.apart, flag.clone(), at(90));
    assert_eq!(refused(here).0, Code::InChildsFile);
    let flag = children::set_flag(&mut t.vault, t.child, flag, at(91)).unwrap();
    let file = children::file_head(&t.vault, t.child, at(91)).unwrap();
    assert_eq!(file.people[0].flags[0].flag.id, flag);
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
        to: Some(t.child_id),
        kind: Some(RelationshipKind::Sibling),
        parental_responsibility: Some(ParentalResponsibility::DoesNotHold),
        same_home: Some(true),
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
    children::lift_flag(&mut t.vault, t.child, flag, "Safe now", at(101)).unwrap();
    let file = children::file_head(&t.vault, t.child, at(101)).unwrap();
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
    restricted::save_kept_from(&mut t.vault, t.apart, &kept, at(90)).unwrap();
    let own = children::child_file(&mut t.vault, t.apart, at(90)).unwrap();
    let coach = own.restricted.as_ref().unwrap().kept_from[0];
    // The practitioner's own lead may be part of it.
    let lead = KeptFromInput { people: vec![coach], name: "Ada Mockford".into(), post: "Named nurse".into() };
    restricted::save_kept_from(&mut t.vault, t.apart, &lead, at(91)).unwrap();
    let own = children::child_file(&mut t.vault, t.apart, at(91)).unwrap();
    assert_eq!(own.restricted.unwrap().kept_from.len(), 2);
    let unknown = KeptFromInput { people: vec![PersonId(uuid::Uuid::nil())], ..kept };
    let unknown = restricted::save_kept_from(&mut t.vault, t.apart, &unknown, at(92));
    assert_eq!(refused(unknown), (Code::NotAnOption, Some("people".into())));

    let mut share = DisclosureInput {
        decision: Some(t.decision.id),
        somebody_else: false,
        recipient: "Mr D. Marlow, Dan".into(),
        recipient_role: "Coach".into(),
        when: Some(sharewell_casework::views::LeftTyped::Now),
        check: Some(sharewell_records::CheckedBy::RangBack),
        in_danger: false,
        checked: String::new(),
        route: Some(Route::Telephone),
        what: "The messages".into(),
        why: "He asked".into(),
        limits: String::new(),
        happened: false,
        names_meant: false,
        as_decided: false,
    };
    let to_him = children::record_disclosure(&mut t.vault, t.apart, share.clone(), at(93));
    assert_eq!(refused(to_him), (Code::KeptFrom, Some("recipient".into())));
    share.recipient = "Dan Fictley".into();
    share.recipient_role = "Police".into();
    children::record_disclosure(&mut t.vault, t.apart, share, at(94))
        .expect("a first name alone stops nothing");
    let place =
        decide::begin_decision(&mut t.vault, t.apart, &BeginInput::of(Trigger::NewFacts), at(95)).unwrap();
    let outcome = answer_from(&mut t.vault, place, &said(), 95);
    assert_ne!(outcome.recipient.name, "Ada Mockford");
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = (WhenTold::Later, "not safe yet".into());
    });
    draft.recipient.name = "Ada Mockford".into();
    let to_her = sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    assert_eq!(refused(to_her), (Code::KeptFrom, Some("recipient".into())));
    draft.recipient.name = "Fablewell Front Door".into();
    let told = draft.telling.clone();
    draft.telling[0].person = Some(coach);
    draft.telling[0].when = WhenTold::Now;
    let told_now = sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    let told_now = Failure::from(told_now.unwrap_err());
    let kept = told_now.fields.iter().any(|one| one.field == "telling" && one.code == Code::KeptFrom);
    assert!(kept, "he is not told now: {told_now:?}");
    draft.telling = told;
    sign_off(&mut t.vault, outcome.decision, draft, at(161)).unwrap();
    // Advice of somebody who may be part of it carries no decision.
    let place =
        decide::begin_decision(&mut t.vault, t.apart, &BeginInput::of(Trigger::NewFacts), at(170)).unwrap();
    let advised = answer_from(&mut t.vault, place, &refusal(), 170);
    decide::save_sign_off(&mut t.vault, advised.decision, signing(&advised), at(234)).unwrap();
    let missing = decide::check(&t.vault, advised.decision, at(235)).unwrap().missing;
    assert!(missing.iter().any(|one| one.field == "adviser" && one.code == Code::KeptFrom), "{missing:?}");
    let refused_advice = sign_off(&mut t.vault, advised.decision, signing(&advised), at(236));
    assert_eq!(refused(refused_advice).0, Code::KeptFrom);
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
    let place =
        decide::begin_decision(&mut t.vault, t.child, &BeginInput::of(Trigger::Worry), at(100)).unwrap();
    let outcome = answer_from(&mut t.vault, place, &said(), 100);
    assert_eq!(outcome.restricted_files.iter().map(|one| one.case).collect::<Vec<_>>(), [t.apart]);
    let mut draft = signing(&outcome);
    draft.telling.iter_mut().for_each(|row| {
        (row.when, row.why) = (WhenTold::Later, "not safe yet".into());
    });
    draft.restricted_file = Some(t.child);
    let wrong = sign_off(&mut t.vault, outcome.decision, draft.clone(), at(160));
    assert_eq!(refused(wrong), (Code::NotAnOption, Some("restricted_file".into())));
    draft.restricted_file = Some(t.apart);
    let joined = sign_off(&mut t.vault, outcome.decision, draft, at(161)).unwrap();
    assert_eq!(joined.case, t.apart);
    let other = signed(&mut t.vault, t.child, None, 200);
    assert_eq!((other.case == t.apart, other.restricted), (false, Some(2)));
    let third = restricted::open_restricted(&mut t.vault, t.child, at(300)).unwrap();
    assert_eq!(restricted::restricted_files(&t.vault, Some(t.child), at(900)).unwrap().len(), 3);
    let beside = restricted::open_restricted(&mut t.vault, third, at(301));
    assert_eq!(refused(beside).0, Code::NotAnOption, "none stands beside a restricted one");
}

#[test]
fn any_decision_is_signed_apart_where_the_practitioner_knows_that_a_worker_may_be_behind_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (child, ..) = family(&mut vault);
    // Immediate danger asks nothing about who is behind it.
    let place = decide::begin_decision(&mut vault, child, &BeginInput::of(Trigger::Worry), at(10)).unwrap();
    let decision = asked(&place).decision;
    let step = asked(&place).step.id.clone();
    let place = decide::answer(&mut vault, decision, &step, choice("yes"), at(11)).unwrap();
    assert!(!advised(&place).apart);
    let draft =
        SignOffInput { decided: Some(OutcomeKind::EmergencyShare), apart: true, ..SignOffInput::default() };
    let signed = sign_off(&mut vault, decision, draft, at(12)).unwrap();
    assert_eq!(signed.restricted, Some(1));
    assert!(
        signed.obligations.iter().any(|one| one.title.contains("LADO")),
        "the officer is told all the same"
    );
    let looks_through = signed.obligations.iter().find(|one| one.duty == Duty::SeparateFile).unwrap();
    assert_eq!(looks_through.state, DutyState::Done, "there is nothing in the child's file to look through");
    let file = children::child_file(&mut vault, child, at(13)).unwrap();
    assert!(file.decisions.is_empty() && file.to_do.is_empty());
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
                said: String::new(),
                at: None,
            }],
            told: "Coach Marlow is driving off with her.".into(),
            others_at_risk: String::new(),
            worker_safe: Some(true),
        };
        let told = emergency::record_emergency(&mut vault, None, typed, at(5)).unwrap();
        let write_up = WriteUpInput {
            case: Some(child),
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
        let to_do = all_to_do(&vault, at(24));
        let officer = to_do.iter().find(|line| line.title.contains("LADO")).expect("the officer is told");
        assert_eq!(officer.restricted, Some(1));
        assert!(to_do.iter().all(|line| line.duty != Duty::SeparateFile), "nothing to look through");
        let lead = to_do.iter().find(|line| line.duty == Duty::DiscussWithAdviser).unwrap();
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
    let answers: String = opened.decision.answers.iter().map(|one| format!("{:?}", one.answer)).collect();
    assert!(answers.contains("the coach"));
}

#[test]
fn nobody_is_offered_by_name_from_whom_the_file_is_kept_the_lead_neither() {
    let mut t = told();
    t.set_apart(90);
    let lead = KeptFromInput { people: vec![], name: "Ada Mockford".into(), post: "Named nurse".into() };
    restricted::save_kept_from(&mut t.vault, t.apart, &lead, at(91)).unwrap();
    for query in ["", "ada", "mockford"] {
        let offered = directory::suggest(&t.vault, query, Some(t.apart), at(92)).unwrap();
        assert!(offered.iter().all(|one| one.name != "Ada Mockford"), "{query}: a call would warn her");
    }
    let elsewhere = directory::suggest(&t.vault, "ada", Some(t.child), at(92)).unwrap();
    assert_eq!(elsewhere.len(), 1, "in another file she is the lead as ever");
}
