//! Joined and parted, a ledger comes to what it would have come to: in the fold, and in what is shown with what.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::prelude::*;
use sharewell_records::*;
use uuid::Uuid;

const FILES: [CaseId; 3] =
    [CaseId(Uuid::from_u128(1)), CaseId(Uuid::from_u128(2)), CaseId(Uuid::from_u128(3))];

fn child(file: usize) -> PersonId {
    PersonId(Uuid::from_u128(10 + file as u128))
}

fn header(id: u128, case: CaseId, payload: &Payload) -> Header {
    Header {
        id: EntryId(Uuid::from_u128(id)),
        origin: OriginId(Uuid::from_u128(9)),
        sequence: Seq(u64::try_from(id).unwrap()),
        case: Some(case),
        author: PersonId(Uuid::from_u128(99)),
        kind: payload.kind().to_owned(),
        version: payload.version(),
        recorded_at: Moment(DateTime::parse_from_rfc3339("2026-03-12T10:42:00+00:00").unwrap()),
        basis: vec![],
    }
}

/// One act in a file: a person, a flag, its lifting, or a note.
fn act(n: u128, what: u8, file: usize, which: u128) -> Payload {
    let flag = FlagId(Uuid::from_u128(1000 + which));
    match what {
        0 => Payload::PersonAmended {
            person: Person::named(child(file), format!("Ayla {n}"), PersonRole::Child),
            reason: String::new(),
        },
        1 => Payload::FlagSet {
            flag: Flag {
                id: FlagId(Uuid::from_u128(1000 + n)),
                person: child(file),
                kind: FlagKind::ALL[usize::try_from(which).unwrap() % FlagKind::ALL.len()],
                reason: String::new(),
                review: None,
            },
        },
        2 => Payload::FlagLifted { id: flag, reason: String::new() },
        _ => Payload::LeftoverAnswered {
            answer: LeftoverAnswer {
                person: child(file),
                form: format!("form {which}"),
                means: LeftoverMeans::ALL[usize::try_from(n).unwrap() % LeftoverMeans::ALL.len()],
            },
        },
    }
}

fn join(n: u128, kept: usize, other: usize) -> Join {
    Join {
        id: JoinId(Uuid::from_u128(5000 + n)),
        kept: FILES[kept],
        other: FILES[other],
        child: child(kept),
        same: child(other),
        shown: "one number".into(),
    }
}

fn opened() -> Standing {
    let mut standing = Standing::default();
    for (at, file) in FILES.into_iter().enumerate() {
        let case = Case::family(file, child(at), Nation::Wales);
        let case = Payload::CaseOpened { case };
        standing.take(&header(100 + at as u128, file, &case), &case);
        let person = Person::named(child(at), "Ayla".into(), PersonRole::Child);
        let person = Payload::PersonRecorded { person };
        standing.take(&header(110 + at as u128, file, &person), &person);
    }
    standing
}

proptest! {
    #[test]
    fn joined_and_parted_gives_the_fold_of_before(
        acts in proptest::collection::vec((0_u8..4, 0_usize..3, 0_u128..30), 0..30),
        from in 0_usize..30,
        to in 0_usize..30,
        (kept, other) in (0_usize..3, 1_usize..3).prop_map(|(one, by)| (one, (one + by) % 3)),
    ) {
        let (from, to) = (from.min(to).min(acts.len()), from.max(to).min(acts.len()));
        let (mut with, mut without) = (opened(), opened());
        let joined = Payload::FilesJoined { join: join(0, kept, other) };
        let parted = Payload::FilesParted { id: JoinId(Uuid::from_u128(5000)), reason: "two girls".into() };
        for at in 0..=acts.len() {
            if at == from {
                prop_assert_eq!(with.beside(FILES[kept]), None);
                with.take(&header(7000, FILES[kept], &joined), &joined);
            }
            if at == to {
                // While it stands, each of the two is shown with the other, and the third with none.
                for (file, beside) in [(kept, Some(other)), (other, Some(kept)), (3 - kept - other, None)] {
                    let told = with.beside(FILES[file]).map(|one| (one.case, one.theirs, one.ours));
                    prop_assert_eq!(told, beside.map(|one| (FILES[one], child(one), child(file))));
                }
                with.take(&header(7001, FILES[kept], &parted), &parted);
            }
            let Some((what, file, which)) = acts.get(at) else { continue };
            let payload = act(200 + at as u128, *what, *file, *which + 200);
            let header = header(200 + at as u128, FILES[*file], &payload);
            with.take(&header, &payload);
            without.take(&header, &payload);
        }
        for file in FILES {
            prop_assert_eq!(with.beside(file), None);
        }
        let own: BTreeSet<EntryId> = [7000, 7001].map(|id| EntryId(Uuid::from_u128(id))).into();
        prop_assert!(own.iter().all(|entry| with.waiting.remove(entry).is_some()), "they go along in a handover");
        prop_assert!(own.iter().all(|entry| with.in_files.remove(entry).is_some()), "and stand in the file");
        prop_assert_eq!(with.joins.len(), 1);
        with.joins.clear();
        prop_assert_eq!(with, without);
    }
}
