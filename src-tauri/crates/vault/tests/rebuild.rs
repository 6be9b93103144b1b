//! Whatever happens in whatever order: a rebuild gives what was kept step by step.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use proptest::prelude::*;
use rusqlite::Connection;
use sharewell_records::*;
use sharewell_vault::{Error, Keep, Projection, Vault, Work, items, new_uuid, people, search};
use support::*;

/// One act, told by small numbers that pick among what is there. Acts that cannot be are refused, and a
/// refusal must leave nothing.
#[derive(Debug, Clone)]
struct Act {
    what: u8,
    which: usize,
    text: String,
    /// Seconds on the clock, which may be wrong.
    clock: i64,
}

fn any_act() -> impl Strategy<Value = Act> {
    (0..25u8, 0..5usize, "[a-zé ]{0,12}", -50..50i64).prop_map(|(what, which, text, clock)| Act {
        what,
        which,
        text,
        clock,
    })
}

#[derive(Default)]
struct World {
    cases: Vec<CaseId>,
    people: Vec<Person>,
    items: Vec<Item>,
    flags: Vec<FlagId>,
    ties: Vec<Relationship>,
    decisions: Vec<DecisionId>,
    obligations: Vec<ObligationId>,
    emergencies: Vec<Emergency>,
    advice: Vec<Advice>,
    entries: Vec<EntryId>,
}

fn pick<T: Clone>(from: &[T], which: usize) -> Option<T> {
    (!from.is_empty()).then(|| from[which % from.len()].clone())
}

impl World {
    /// The payload of an act and the file it stands in; none where there is nothing to act upon yet.
    fn payload(&mut self, act: &Act) -> Option<(Option<CaseId>, Payload)> {
        let Act { what, which, text, .. } = act.clone();
        let reason = text.clone();
        let case = pick(&self.cases, which);
        let about: Vec<PersonId> = pick(&self.people, which).map(|p| p.id).into_iter().collect();
        Some(match what {
            0 => {
                let id = CaseId(new_uuid());
                let child = PersonId(new_uuid());
                self.cases.push(id);
                (
                    Some(id),
                    Payload::CaseOpened {
                        case: Case { reference: text, reason, ..Case::family(id, child, Nation::Wales) },
                    },
                )
            }
            1 => {
                let child = about.first().copied()?;
                let case = Case {
                    reference: text,
                    reason: reason.clone(),
                    ..Case::family(case?, child, Nation::England)
                };
                (Some(case.id), Payload::CaseAmended { case, reason })
            }
            2 => {
                let new = person(&text, PersonRole::Child);
                self.people.push(new.clone());
                (case, Payload::PersonRecorded { person: new })
            }
            // The same person in another file, or once more in the same one.
            3 => (case, Payload::PersonRecorded { person: pick(&self.people, which)? }),
            4 => {
                let mut changed = pick(&self.people, which)?;
                changed.name = text;
                (case, Payload::PersonAmended { person: changed, reason })
            }
            5 => {
                let (from, to) = (pick(&self.people, which)?.id, pick(&self.people, which + 1)?.id);
                let relationship = Relationship {
                    id: RelationshipId(new_uuid()),
                    from,
                    to,
                    kind: RelationshipKind::Sibling,
                    parental_responsibility: ParentalResponsibility::NotKnown,
                    same_home: false,
                    note: text,
                };
                self.ties.push(relationship.clone());
                (case, Payload::RelationshipRecorded { relationship })
            }
            6 => {
                let mut relationship = pick(&self.ties, which)?;
                relationship.note = text;
                (case, Payload::RelationshipAmended { relationship, reason })
            }
            7 => (case, Payload::RelationshipEnded { id: pick(&self.ties, which)?.id, reason }),
            8 => {
                let flag = Flag {
                    id: FlagId(new_uuid()),
                    person: *about.first()?,
                    kind: FlagKind::ProtectedIdentity,
                    reason,
                    review: None,
                };
                self.flags.push(flag.id);
                (case, Payload::FlagSet { flag })
            }
            9 => (case, Payload::FlagLifted { id: pick(&self.flags, which)?, reason }),
            10 => {
                let new = item(&text, &about);
                self.items.push(new.clone());
                (case, Payload::ItemRecorded { item: new })
            }
            11 => {
                let mut changed = pick(&self.items, which)?;
                changed.text = text;
                changed.about = about;
                (case, Payload::ItemAmended { item: changed, reason })
            }
            12 => (case, Payload::ItemWithdrawn { id: pick(&self.items, which)?.id, reason }),
            13 => {
                let mut duty = obligation(Duty::Explain, Some(at(i64::from(what) * 100)));
                duty.settled = (which == 0).then_some(Settlement::Done { note: text });
                let mut signed =
                    decision(case?, *about.first()?, vec![duty.clone(), obligation(Duty::Review, None)]);
                signed.follows = pick(&self.decisions, which);
                self.obligations.push(duty.id);
                self.decisions.push(signed.id);
                (case, Payload::DecisionSigned { decision: Box::new(signed) })
            }
            14 => {
                let duty = obligation(Duty::Escalate, None);
                self.obligations.push(duty.id);
                (case, Payload::ObligationAdded { obligation: duty })
            }
            15 => {
                let id = pick(&self.obligations, which)?;
                (case, Payload::ObligationSettled { id, settlement: Settlement::NotNeeded { reason } })
            }
            16 => {
                let attempt = Attempt {
                    who: text.clone(),
                    number: String::new(),
                    result: AttemptResult::Told,
                    at: at(1),
                };
                let emergency = Emergency {
                    id: EmergencyId(new_uuid()),
                    case: None,
                    child: text,
                    attempts: vec![attempt],
                    told: reason,
                    others_at_risk: String::new(),
                    worker_safe: None,
                };
                self.emergencies.push(emergency.clone());
                (None, Payload::EmergencyRecorded { emergency })
            }
            17 => {
                let mut emergency = pick(&self.emergencies, which)?;
                emergency.told = text;
                (None, Payload::EmergencyRecorded { emergency })
            }
            18 => {
                let write_up = EmergencyWriteUp {
                    emergency: pick(&self.emergencies, which)?.id,
                    case: case?,
                    account: text,
                    why_urgent: reason,
                    explained: String::new(),
                    held_back: String::new(),
                };
                (case, Payload::EmergencyWrittenUp { write_up })
            }
            19 => {
                let mut advice = pick(&self.advice, which).unwrap_or_else(|| Advice {
                    id: AdviceId(new_uuid()),
                    decision: None,
                    adviser: "Kim Madeup".into(),
                    own_agency: true,
                    named: false,
                    question: String::new(),
                    answer: String::new(),
                    followed: Followed::NotYet,
                    at: Occurred::Unknown { words: "today".into() },
                });
                advice.answer = text;
                self.advice.push(advice.clone());
                (case, Payload::AdviceRecorded { advice })
            }
            20 => {
                let (id, beside) = (CaseId(new_uuid()), case?);
                let opened = Case {
                    kind: CaseKind::Allegation,
                    beside: Some(beside),
                    ..Case::family(id, *about.first()?, Nation::Wales)
                };
                self.cases.push(id);
                (Some(id), Payload::CaseOpened { case: opened })
            }
            // In a restricted file, what another file says may be said once more.
            21 => (case, Payload::ItemRecorded { item: pick(&self.items, which)? }),
            22 => (case, Payload::RelationshipRecorded { relationship: pick(&self.ties, which)? }),
            23 => {
                let stated = *self.entries.last()?;
                let apart = Payload::SetApart {
                    thing: pick(&self.items, which)?.id.0,
                    from: pick(&self.cases, which + 1)?,
                    stated,
                    entries: pick(&self.entries, which).into_iter().collect(),
                    first_recorded: at(1),
                };
                (case, apart)
            }
            _ => {
                let entries = pick(&self.entries, which).into_iter().collect();
                (None, Payload::Disposed { entries, authority: text, reason })
            }
        })
    }
}

fn play(vault: &mut Vault, world: &mut World, acts: &[Act]) {
    for act in acts {
        let Some((case, payload)) = world.payload(act) else { continue };
        let before = vault.tip();
        let done = vault.write(&stamp(1000 + act.clock), |w| {
            let basis: Vec<EntryId> = world.entries.last().copied().into_iter().collect();
            w.append(case, &payload, &basis)
        });
        match done {
            Ok(appended) => world.entries.push(appended.id),
            Err(
                Error::NoSuch { .. }
                | Error::AlreadyRecorded { .. }
                | Error::AlreadyClosed { .. }
                | Error::NotAllowed { .. }
                | Error::CaseMismatch { .. },
            ) => {
                assert_eq!(vault.tip(), before, "a refusal leaves nothing");
            }
            Err(other) => panic!("{payload:?}: {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("SHAREWELL_FULL").is_some() { 300 } else { 24 }, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_gives_what_was_kept_step_by_step(acts in prop::collection::vec(any_act(), 1..60), more in prop::collection::vec(any_act(), 0..20)) {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, _) = create(dir.path());
        let mut world = World::default();
        play(&mut vault, &mut world, &acts);
        let report = vault.verify(&[]).unwrap();
        prop_assert!(report.sound(), "{:?}", report);

        // A restored copy goes on as a new origin, under a clock that may stand before the old one.
        let backup = vault.backup(&stamp(1000), Keep::default()).unwrap();
        let away = dir.path().join("away");
        let mut vault = sharewell_vault::restore(&backup.path, &away, &secret(), &stamp(900)).unwrap();
        play(&mut vault, &mut world, &more);
        let report = vault.verify(&[]).unwrap();
        prop_assert!(report.sound(), "{:?}", report);
        vault.close().unwrap();
        prop_assert!(unlock(&away, 5000).verify(&[]).unwrap().sound());
    }
}

#[test]
fn a_rebuild_that_was_cut_off_goes_on_and_a_new_version_rebuilds_only_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    for second in 2..8 {
        let note = Payload::ItemRecorded { item: item(&format!("note {second}"), &[home.child.id]) };
        vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
    }
    let key = vault.raw_key().unwrap();
    vault.close().unwrap();
    let raw = |sql: &str| {
        let db = Connection::open(dir.path().join("vault.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; {sql}")).unwrap();
        db.close().unwrap();
    };
    raw("UPDATE projections SET version = 0 WHERE name = 'search'; DELETE FROM search_rows");
    let vault = unlock(dir.path(), 20);
    assert_eq!(vault.opening().rebuilt, [Projection::Search], "only its own");
    assert_eq!(vault.read(|r| search::search(r, "note", 50, None)).unwrap().len(), 6);
    vault.close().unwrap();

    // As a power cut in the middle of a rebuild leaves it: folded up to the seventh entry.
    raw("UPDATE projections SET resuming = 7 WHERE name = 'items'; DELETE FROM items WHERE entry > 7; \
         DELETE FROM item_people WHERE item NOT IN (SELECT id FROM items)");
    let stopped = Work::new();
    stopped.stop();
    let refused = Vault::unlock_watched(dir.path(), secret(), at(29), &stopped);
    assert!(matches!(refused, Err(Error::Cancelled)), "{refused:?}");
    let work = Work::new();
    let vault = Vault::unlock_watched(dir.path(), secret(), at(30), &work).unwrap();
    assert_eq!(vault.opening().rebuilt, [Projection::Items]);
    assert_eq!(vault.read(|r| items::of_case(r, home.case)).unwrap().len(), 6);
    let (done, total) = work.progress();
    assert!(done > 0 && total == Some(done), "progress is told: {done} of {total:?}");
    assert!(vault.verify(&[]).unwrap().sound());
    assert_eq!(vault.read(|r| people::of_case(r, home.case)).unwrap().len(), 2);
}
