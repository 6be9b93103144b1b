//! The fictional families: the same for the same seed, and believable.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{
    Kdf, Vault, children, clock, decide, directory, emergency, maintenance, restricted, today,
};
use sharewell_sample as sample;

/// The moment at which the history ends, some minutes later with each call's argument.
fn at(minutes: i64) -> Moment {
    let start = "2026-10-06T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    clock::now_from(start + chrono::TimeDelta::minutes(minutes))
}

fn made(dir: &std::path::Path, cases: u32, seed: u64) -> Vault {
    sample::create_with(dir, &sample::PASSPHRASE.into(), Kdf::weak_for_tests(), cases, seed, at(0)).unwrap()
}

/// Everything that a person reads in the files, without ids.
fn told(vault: &mut Vault) -> Vec<String> {
    let mut all = Vec::new();
    for line in children::children(vault, "", None, at(1)).unwrap().lines {
        let file = children::child_file(vault, line.case, at(1)).unwrap();
        all.push(format!("{} {:?} {:?} {}", line.name, line.birth, line.last_at, line.to_do));
        for person in &file.people {
            all.push(format!("{} {:?} {}", person.person.name, person.person.birth, person.person.phone));
        }
        for line in &file.timeline {
            let what = match &line.what {
                TimelineWhat::Item { text, by, about, .. } => format!("{text} {by} {about:?}"),
                TimelineWhat::Decision { decided, advised, recipient, .. } => {
                    format!("{decided:?} {advised:?} {recipient}")
                }
                TimelineWhat::Disclosure { recipient, text, .. } => format!("{recipient} {text}"),
                TimelineWhat::Emergency { told, who, written_up, .. } => format!("{told} {who} {written_up}"),
                TimelineWhat::Advice { adviser, text } => format!("{adviser} {text}"),
                TimelineWhat::Other { kind, name, reason } => format!("{kind} {name} {reason}"),
                TimelineWhat::Attachment { .. } => format!("{:?}", line.what),
                TimelineWhat::Unknown { kind } => kind.clone(),
            };
            all.push(format!("{} {:?} {what}", line.recorded_at, line.occurred));
        }
        all.extend(file.to_do.iter().map(|line| format!("{} {:?} {}", line.title, line.due, line.overdue)));
    }
    all
}

#[test]
fn the_same_seed_tells_the_same_stories_and_another_seed_others() {
    let (one, two, three) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = told(&mut made(one.path(), 9, 11));
    assert!(first.len() > 100, "there is much to read: {}", first.len());
    assert_eq!(first, told(&mut made(two.path(), 9, 11)));
    assert_ne!(first, told(&mut made(three.path(), 9, 12)));
}

#[test]
fn a_sample_shows_decisions_each_way_a_refusal_a_draft_and_an_emergency_written_up_later() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = made(dir.path(), 8, 2026);
    let mut decided = BTreeSet::new();
    let (mut drafts, mut refused, mut not_sure, mut emergencies) = (0, false, false, 0);
    for line in children::children(&vault, "", None, at(1)).unwrap().lines {
        let file = children::child_file(&mut vault, line.case, at(1)).unwrap();
        for one in &file.decisions {
            match one.decided {
                None => drafts += 1,
                Some(kind) => {
                    decided.insert(kind);
                    let view = decide::decision(&vault, one.id, at(1)).unwrap();
                    assert!(!view.reasons.contains('{'), "names are filled in: {}", view.reasons);
                    refused |= view.answers.iter().any(|a| {
                        a.step.0 == "consent" && format!("{:?}", a.answer).to_lowercase().contains("no")
                    });
                    not_sure |= view.answers.iter().any(|a| a.step.0.ends_with("@advice"));
                }
            }
        }
        for line in &file.timeline {
            if let TimelineWhat::Emergency { id, written_up, .. } = line.what {
                assert!(written_up);
                let view = emergency::emergency(&vault, id).unwrap();
                assert!(view.write_up.unwrap().at > view.recorded_at, "written up after it was told");
                emergencies += 1;
            }
        }
    }
    for kind in [OutcomeKind::ShareWithoutConsent, OutcomeKind::ShareWithConsent, OutcomeKind::DoNotShare] {
        assert!(decided.contains(&kind), "{kind:?} is missing among {decided:?}");
    }
    assert!(
        refused && not_sure && drafts == 1 && emergencies == 1,
        "{refused} {not_sure} {drafts} {emergencies}"
    );
    let apart = restricted::restricted_files(&vault, None, sharewell_casework::clock::now()).unwrap();
    assert_eq!(apart.len(), 1, "one allegation, in a file of its own");
    let file = children::child_file(&mut vault, apart[0].case, at(1)).unwrap();
    assert_eq!((file.decisions.len(), file.restricted.unwrap().kept_from.len()), (1, 1));
    let home = today::today(&vault, at(1)).unwrap();
    let to_do = today::duties(&vault, DutySpan::All, None, at(1)).unwrap().lines;
    let overdue = to_do.iter().filter(|line| line.overdue).count();
    let soon = to_do.iter().filter(|line| !line.overdue && line.due.is_some_and(|due| due < at(60 * 24 * 7)));
    let soon = soon.count();
    assert!((4..=9).contains(&to_do.len()), "a list that a person can take in: {}", to_do.len());
    assert!((1..=6).contains(&home.to_do.len()), "and a page with what is due today: {}", home.to_do.len());
    assert_eq!((overdue, home.drafts.len()), (1, 1), "one thing is late, one decision is begun");
    assert!(soon >= 1, "some are due within the week: {soon}");
    let backups = maintenance::backups(&vault).unwrap();
    assert_eq!(backups.len(), 1, "a verified backup was made");
    assert!(!home.notices.contains(&Notice::NoBackup) && home.lost.is_none());
    assert!(!home.notices.contains(&Notice::ClockChanged), "the history was lived in order");
    assert!(maintenance::verify_vault(&mut vault, at(2)).unwrap().sound);
}

#[test]
fn a_sample_lives_through_visits_contacts_and_a_duty_that_was_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = made(dir.path(), 8, 2026);
    let page = directory::directory(&vault, "", None, at(1)).unwrap();
    let states: BTreeSet<_> = page.lines.iter().map(|one| one.state.word()).collect();
    assert_eq!(states, BTreeSet::from(["changed", "unverified", "verified"]));
    assert_eq!(page.own.len(), 3, "the front door, the lead and the officer");
    let (mut visits, mut again) = (0, 0);
    for line in children::children(&vault, "", None, at(1)).unwrap().lines {
        let file = children::child_file(&mut vault, line.case, at(1)).unwrap();
        let kinds = file.timeline.iter().map(|one| match &one.what {
            TimelineWhat::Other { kind, .. } => kind.as_str(),
            _ => "",
        });
        again += kinds.filter(|kind| *kind == "obligation_reopened").count();
        visits += file
            .timeline
            .iter()
            .filter(|one| matches!(&one.what, TimelineWhat::Item { visit: Some(_), .. }))
            .count();
    }
    assert_eq!((visits, again), (3, 1));
}
