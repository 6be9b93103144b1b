//! What waits for whom: the rule alone, over made-up handovers of made-up chains.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use sharewell_records::*;
use uuid::Uuid;

/// How many files, chains, entries of each chain and recipients there are at most.
const CASES: u128 = 3;
const CHAINS: u128 = 2;
const ENTRIES: u64 = 12;
const RECIPIENTS: usize = 3;

fn case(n: u128) -> CaseId {
    CaseId(Uuid::from_u128(n))
}

fn chain(n: u128) -> OriginId {
    OriginId(Uuid::from_u128(100 + n))
}

fn recipient(n: usize) -> String {
    format!("age1-{n}")
}

fn hash() -> Sha256 {
    Sha256([7; 32])
}

prop_compose! {
    /// An entry of some file in some chain. Two entries never share a place: what is at a place is told by it.
    fn files()(of in prop::collection::vec(prop::option::of(0..CASES), usize::try_from(CHAINS).unwrap() * ENTRIES as usize))
        -> Vec<EntryPlace> {
        of.into_iter().enumerate().filter_map(|(n, file)| {
            let (origin, sequence) = (chain(n as u128 / u128::from(ENTRIES)), n as u64 % ENTRIES + 1);
            Some(EntryPlace { case: case(file?), origin, sequence: Seq(sequence) })
        }).collect()
    }
}

prop_compose! {
    fn stretches()(origin in 0..CHAINS, from in 1..=ENTRIES, long in 0..ENTRIES) -> ChainSlice {
        ChainSlice { origin: chain(origin), from: Seq(from), to: Seq(from + long), head: hash() }
    }
}

prop_compose! {
    fn handovers()(
        to in 0..RECIPIENTS,
        of in prop::collection::btree_set(0..CASES, 1..=CASES as usize),
        own in stretches(),
        earlier in prop::collection::vec(stretches(), 0..2),
        state in prop::sample::select(&HandoverState::ALL[..]),
    ) -> (Handover, OriginId, HandoverState) {
        let handover = Handover {
            id: HandoverId(Uuid::from_u128(1)),
            recipient: recipient(to),
            recipient_name: String::new(),
            cases: of.into_iter().map(case).collect(),
            from: own.from,
            to: own.to,
            head: hash(),
            profile: Profile::default(),
            earlier,
            before: None,
            reason: None,
            part: None,
            version: None,
            replaces: None,
        };
        (handover, own.origin, state)
    }
}

fn made(all: &[(Handover, OriginId, HandoverState)]) -> impl Iterator<Item = Made<'_>> + Clone {
    all.iter().map(|(handover, origin, state)| Made { handover, origin: *origin, state: *state })
}

/// A handover of some files to somebody as the program freezes one: of each chain what waits, and what stands between.
fn next(
    entries: &[EntryPlace],
    made: &[(Handover, OriginId, HandoverState)],
    to: usize,
    cases: &[CaseId],
    agency: Option<&str>,
) -> Option<Handover> {
    let to = recipient(to);
    let mut slices = Vec::new();
    for origin in (0..CHAINS).map(chain) {
        let mut from = None;
        for file in cases {
            let first = entries
                .iter()
                .filter(|at| at.case == *file && at.origin == origin)
                .filter(|at| waits(**at, self::made(made), [], Some(&to), agency))
                .map(|at| at.sequence)
                .min();
            let ends = self::made(made)
                .filter(|one| one.handover.recipient == to && one.state.ends_the_offer(agency == Some(&to)))
                .filter(|one| one.handover.cases.contains(file))
                .flat_map(|one| one.stretches().collect::<Vec<_>>())
                .filter(|(of, _, _)| *of == origin)
                .map(|(_, _, to)| to);
            let start = first.map(|first| begins(first, ends));
            from = [from, start].into_iter().flatten().min();
        }
        slices.extend(from.map(|from| ChainSlice { origin, from, to: Seq(ENTRIES), head: hash() }));
    }
    let own = slices.pop()?;
    Some(Handover {
        id: HandoverId(Uuid::from_u128(2)),
        recipient: to,
        recipient_name: String::new(),
        cases: cases.to_vec(),
        from: own.from,
        to: own.to,
        head: own.head,
        profile: Profile::default(),
        // The own chain is told apart by the caller, who knows which one came last.
        earlier: slices.into_iter().chain([own]).collect(),
        before: None,
        reason: None,
        part: None,
        version: None,
        replaces: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_was_only_frozen_hands_over_nothing(entries in files(), all in prop::collection::vec(handovers(), 0..6), more in handovers()) {
        let mut frozen = all.clone();
        frozen.push((more.0, more.1, HandoverState::Frozen));
        for at in entries {
            for to in [None, Some(recipient(0)), Some(recipient(1))] {
                for agency in [None, Some("age1-0")] {
                    prop_assert_eq!(
                        waits(at, made(&all), [], to.as_deref(), agency),
                        waits(at, made(&frozen), [], to.as_deref(), agency)
                    );
                }
            }
        }
    }

    #[test]
    fn what_one_recipient_has_ends_nothing_for_another(entries in files(), all in prop::collection::vec(handovers(), 0..6), more in handovers()) {
        let mut then = all.clone();
        then.push(more.clone());
        let others = (0..RECIPIENTS).map(recipient).filter(|one| *one != more.0.recipient);
        for other in others {
            for at in &entries {
                let (before, after) = (waits(*at, made(&all), [], Some(&other), None), waits(*at, made(&then), [], Some(&other), None));
                prop_assert_eq!(before, after);
            }
        }
    }

    #[test]
    fn nothing_waits_for_anybody_that_waits_for_nobody_at_all(entries in files(), all in prop::collection::vec(handovers(), 0..8)) {
        for at in entries {
            for agency in [None, Some("age1-0")] {
                let for_each = (0..RECIPIENTS).all(|to| waits(at, made(&all), [], Some(&recipient(to)), agency));
                prop_assert_eq!(waits(at, made(&all), [], None, agency), for_each, "only on this laptop: nobody has it");
            }
        }
    }

    #[test]
    fn the_next_handover_brings_everything_that_waits_and_ends_the_offer_once_it_is_finished(
        entries in files(),
        all in prop::collection::vec(handovers(), 0..6),
        to in 0..RECIPIENTS,
        of in prop::collection::btree_set(0..CASES, 1..=CASES as usize),
        profile: bool,
    ) {
        let agency = recipient(to);
        let agency = profile.then_some(agency.as_str());
        let cases: Vec<CaseId> = of.into_iter().map(case).collect();
        let chosen: Vec<&EntryPlace> = entries.iter().filter(|at| cases.contains(&at.case)).collect();
        let waiting = |all: &[(Handover, OriginId, HandoverState)]| {
            chosen.iter().filter(|at| waits(***at, made(all), [], Some(&recipient(to)), agency)).count()
        };
        let Some(next) = next(&entries, &all, to, &cases, agency) else {
            prop_assert_eq!(waiting(&all), 0, "there is nothing to do only where nothing waits");
            return Ok(());
        };
        prop_assert!(waiting(&all) > 0);
        let origin = next.earlier.last().unwrap().origin;
        for state in HandoverState::ALL {
            let mut then = all.clone();
            then.push((next.clone(), origin, state));
            let left = waiting(&then);
            match (state, profile) {
                (HandoverState::Received, _) | (HandoverState::Written, false) => prop_assert_eq!(left, 0),
                (HandoverState::Frozen | HandoverState::Dropped, _) | (HandoverState::Written, true) => prop_assert_eq!(left, waiting(&all)),
            }
        }
    }

    #[test]
    fn what_another_handover_holds_whole_it_holds_entry_by_entry(one in handovers(), other in handovers(), entries in files()) {
        let (one, other) = ([one], [other]);
        let (one, other) = (made(&one).next().unwrap(), made(&other).next().unwrap());
        prop_assert!(one.is_held_by(&one));
        if one.is_held_by(&other) {
            prop_assert!(entries.iter().all(|at| !one.holds(*at) || other.holds(*at)));
        }
    }
}

fn receipt(handover: &Handover, received: Vec<ReceivedStretch>) -> TakenReceipt {
    TakenReceipt {
        id: ReceiptId(Uuid::from_u128(3)),
        agency: String::new(),
        made_at: Moment(chrono::DateTime::parse_from_rfc3339("2026-03-15T08:00:00+00:00").unwrap()),
        key: String::new(),
        file: hash(),
        handover: handover.id,
        outcome: ReceiptOutcome::Taken,
        reason: None,
        received,
        quarantined: vec![],
        forks: vec![],
        held: vec![],
        disposals: vec![],
    }
}

prop_compose! {
    fn received()(origin in 0..CHAINS, from in 1..=ENTRIES, long in 0..ENTRIES) -> ReceivedStretch {
        ReceivedStretch { origin: chain(origin), from: Seq(from), to: Seq(from + long), entries: 1 }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_receipt_closes_what_it_names_of_its_files_for_its_recipient_and_nothing_else(
        entries in files(),
        one in handovers(),
        named in prop::collection::vec(received(), 0..4),
        agency in prop::option::of(0..RECIPIENTS),
    ) {
        let (handover, origin, _) = one;
        let all = [(handover.clone(), origin, HandoverState::Written)];
        let receipt = receipt(&handover, named.clone());
        let got = || [Got { handover: &handover, receipt: &receipt }];
        let agency = agency.map(recipient);
        for at in entries {
            let is_named = handover.cases.contains(&at.case)
                && named.iter().any(|s| s.origin == at.origin && s.from <= at.sequence && at.sequence <= s.to);
            for to in (0..RECIPIENTS).map(recipient) {
                let before = waits(at, made(&all), [], Some(&to), agency.as_deref());
                let after = waits(at, made(&all), got(), Some(&to), agency.as_deref());
                let closed = is_named && to == handover.recipient;
                prop_assert_eq!(after, before && !closed);
                if agency.as_deref() == Some(to.as_str()) {
                    prop_assert_eq!(after, !closed, "what it does not name is offered again, written or not");
                }
            }
        }
    }

    #[test]
    fn a_handover_is_received_once_receipts_name_all_of_its_entries_and_not_before(
        entries in files(),
        one in handovers(),
        named in prop::collection::vec(received(), 0..6),
        state in prop::sample::select(&[HandoverState::Frozen, HandoverState::Written, HandoverState::Dropped][..]),
    ) {
        let (handover, origin, _) = one;
        let receipt = receipt(&handover, named);
        let got = Got { handover: &handover, receipt: &receipt };
        let made = Made { handover: &handover, origin, state };
        let held: Vec<_> = entries.iter().copied().filter(|at| made.holds(*at)).collect();
        let all = !held.is_empty() && held.iter().all(|at| got.names(*at));
        let then = reached(made, entries.iter().copied(), [got]);
        prop_assert_eq!(then, if all { HandoverState::Received } else { state });
        // Named by a receipt for somebody else, it is theirs alone.
        let other = Handover { recipient: "age1-somebody-else".into(), ..handover.clone() };
        let elsewhere = Got { handover: &other, receipt: &receipt };
        prop_assert_eq!(reached(made, entries, [elsewhere]), state);
    }
}

#[test]
fn a_reason_is_asked_where_somebody_gets_again_what_is_there_already_and_nowhere_else() {
    let [none, mine, theirs, both] = [(false, false), (true, false), (false, true), (true, true)]
        .map(|(recipient, others)| Has { recipient, others });
    for files in [&[none][..], &[mine], &[both], &[none, mine, both]] {
        assert_eq!(
            on_purpose(false, files),
            None,
            "what is new goes to everybody who has the file: {files:?}"
        );
    }
    for files in [&[theirs][..], &[mine, theirs], &[none, theirs]] {
        assert_eq!(on_purpose(false, files), Some(OnPurpose::Another), "{files:?}");
    }
    assert_eq!(on_purpose(true, &[none]), None, "the beginning is where it begins anyway");
    assert_eq!(on_purpose(true, &[theirs]), Some(OnPurpose::Another));
    for files in [&[mine][..], &[both], &[none, mine], &[theirs, mine]] {
        assert_eq!(on_purpose(true, files), Some(OnPurpose::Again), "{files:?}");
    }
}

#[test]
fn only_a_receipt_ends_the_offer_to_whoever_sends_one_and_to_others_the_written_file_does() {
    use HandoverState::{Dropped, Frozen, Received, Written};
    let ends = |agency| [Frozen, Written, Received, Dropped].map(|state| state.ends_the_offer(agency));
    assert_eq!(ends(true), [false, false, true, false]);
    assert_eq!(ends(false), [false, true, true, false]);
}
