//! Every way in which a slice can stand to what is held.

use proptest::prelude::*;
use sharewell_records::Header;

use super::*;

fn id<T: std::str::FromStr<Err = sharewell_records::Error>>(number: u64) -> T {
    format!("0192f0c1-2345-7abc-8def-{number:012x}").parse().unwrap()
}

fn line(at: u64, says: &str) -> EntryLine {
    let header = Header {
        id: id(9000 + at),
        origin: id(3),
        sequence: Seq(at),
        case: Some(id(50)),
        author: id(1),
        kind: "note".into(),
        version: 1,
        recorded_at: sharewell_records::Moment(
            chrono::DateTime::parse_from_rfc3339("2026-03-12T10:00:00+00:00").unwrap(),
        ),
        basis: vec![],
    };
    EntryLine::Whole { header, stored: format!("{{\"says\":\"{says}\"}}").into_bytes(), salt: [at as u8; 32] }
}

/// A chain of so many entries, from one place on with another text.
fn chain(length: u64, other_from: u64) -> Vec<EntryLine> {
    (1..=length).map(|at| line(at, if at >= other_from { "other" } else { "one" })).collect()
}

fn links(lines: &[EntryLine]) -> Vec<Sha256> {
    let mut at = GENESIS;
    let each = lines.iter().map(|line| {
        at = link(at, line.sequence(), line.hash().unwrap());
        at
    });
    std::iter::once(GENESIS).chain(each.collect::<Vec<_>>()).collect()
}

fn slice(lines: &[EntryLine], from: u64, to: u64) -> Slice<'_> {
    Slice {
        origin: id(3),
        from: Seq(from),
        to: Seq(to),
        previous_link: links(lines)[from as usize - 1],
        lines: Hashed::all(&lines[from as usize - 1..to as usize]).unwrap(),
    }
}

/// What is held once the first so many entries were taken.
fn known(lines: &[EntryLine], to: u64) -> Known {
    let seen = lines[..to as usize].iter();
    let seen = seen.map(|line| (line.sequence(), Seen { entry_hash: line.hash().unwrap(), entry: true }));
    let held = (to > 0).then(|| HeldTo { sequence: Seq(to), link: links(lines)[to as usize] });
    Known { held, seen: seen.collect() }
}

fn places(entries: &[NamedEntry]) -> Vec<u64> {
    entries.iter().map(|one| one.sequence.0).collect()
}

fn reasons(all: &Compared) -> Vec<(u64, Reason)> {
    all.told.quarantined.iter().map(|one| (one.sequence.0, one.reason)).collect()
}

#[test]
fn what_goes_on_is_taken_and_what_overlaps_was_had() {
    let lines = chain(6, 99);
    let first = compare(&slice(&lines, 1, 4), &Known::default(), Trust::Whole);
    assert_eq!(places(&first.told.taken), [1, 2, 3, 4]);
    assert_eq!(first.told.held.unwrap().link, links(&lines)[4]);
    let next = compare(&slice(&lines, 3, 6), &known(&lines, 4), Trust::Whole);
    assert_eq!((places(&next.told.had), places(&next.told.taken)), (vec![3, 4], vec![5, 6]));
    assert_eq!((next.take.clone(), places(&next.seen)), (vec![2, 3], vec![5, 6]));
    let again = compare(&slice(&lines, 1, 4), &known(&lines, 6), Trust::Whole);
    assert_eq!((places(&again.told.had), again.further, again.reason), (vec![1, 2, 3, 4], false, None));
    assert_eq!(again.told.held.unwrap().sequence, Seq(6), "an older file takes nothing back");
}

#[test]
fn a_gap_takes_nothing() {
    let lines = chain(6, 99);
    for (held, from) in [(0, 2), (2, 4)] {
        let all = compare(&slice(&lines, from, 6), &known(&lines, held), Trust::Whole);
        assert!(all.take.is_empty() && all.seen.is_empty() && !all.further);
        assert_eq!(all.reason, Some(Reason::Gap));
        assert!(reasons(&all).iter().all(|(_, reason)| *reason == Reason::Gap));
    }
}

#[test]
fn another_entry_at_the_same_place_is_kept_apart_with_all_that_follows_from_it() {
    let (held, other) = (chain(4, 99), chain(6, 3));
    let all = compare(&slice(&other, 1, 6), &known(&held, 4), Trust::Whole);
    assert_eq!(places(&all.told.had), [1, 2], "what is the same was had");
    let (same, fork) = (Reason::OtherHash, Reason::Fork);
    assert_eq!(reasons(&all), [(3, same), (4, same), (5, fork), (6, fork)]);
    assert_eq!((all.further, all.told.held), (false, known(&held, 4).held));
}

#[test]
fn what_goes_on_from_another_chain_is_a_fork_though_no_place_contradicts() {
    let (held, other) = (chain(4, 99), chain(6, 3));
    let all = compare(&slice(&other, 5, 6), &known(&held, 4), Trust::Whole);
    assert_eq!(reasons(&all), [(5, Reason::Fork), (6, Reason::Fork)]);
    assert!(all.seen.is_empty());
}

#[test]
fn a_chain_whose_first_entry_follows_something_is_none() {
    let lines = chain(2, 99);
    let odd = Slice { previous_link: Sha256([1; 32]), ..slice(&lines, 1, 2) };
    assert_eq!(compare(&odd, &Known::default(), Trust::Whole).reason, Some(Reason::BrokenChain));
}

#[test]
fn after_a_revocation_only_what_stands_under_an_earlier_checkpoint_is_taken() {
    let lines = chain(6, 99);
    let mut before = known(&lines, 4);
    before.seen.get_mut(&Seq(2)).unwrap().entry = false;
    let all = compare(&slice(&lines, 1, 6), &before, Trust::Under(Some(Seq(4))));
    assert_eq!(places(&all.told.taken), [2], "its hash was received before, now it comes itself");
    assert_eq!(places(&all.told.had), [1, 3, 4]);
    assert_eq!(reasons(&all), [(5, Reason::Revoked), (6, Reason::Revoked)]);
    assert!(!all.further && all.seen.is_empty());
    let none = compare(&slice(&lines, 1, 6), &Known::default(), Trust::Under(None));
    assert_eq!((none.take.len(), none.told.quarantined.len()), (0, 6));
}

#[test]
fn an_entry_that_came_as_a_hash_is_taken_when_it_comes_and_its_hash_alone_is_named_nowhere() {
    let mut lines = chain(3, 99);
    let whole = lines.clone();
    lines[1] = EntryLine::Withheld { sequence: Seq(2), entry_hash: whole[1].hash().unwrap() };
    let first = compare(&slice(&lines, 1, 3), &Known::default(), Trust::Whole);
    assert_eq!((places(&first.told.taken), places(&first.seen)), (vec![1, 3], vec![1, 2, 3]));
    let mut held = known(&whole, 3);
    held.seen.get_mut(&Seq(2)).unwrap().entry = false;
    let later = compare(&slice(&whole, 1, 3), &held, Trust::Whole);
    assert_eq!((places(&later.told.taken), places(&later.told.had)), (vec![2], vec![1, 3]));
}

proptest! {
    /// Whatever order slices come in, and however often: nothing is taken twice, nothing is taken that contradicts,
    /// and once all came in order everything is held.
    #[test]
    fn slices_in_any_order_come_to_the_same(cuts in prop::collection::vec((1u64..12, 0u64..6), 1..12)) {
        let lines = chain(12, 99);
        let (mut state, mut taken) = (Known::default(), Vec::new());
        let in_order = [(1, 5), (5, 4), (10, 2)];
        for (from, more) in cuts.into_iter().chain(in_order) {
            let to = (from + more).min(12);
            let part = slice(&lines, from, to);
            let here = Known {
                held: state.held,
                seen: state.seen.range(Seq(from)..=Seq(to)).map(|(at, seen)| (*at, *seen)).collect(),
            };
            let all = compare(&part, &here, Trust::Whole);
            prop_assert!(matches!(all.reason, None | Some(Reason::Gap)));
            taken.extend(places(&all.told.taken));
            for one in &all.seen {
                let seen = Seen { entry_hash: one.entry_hash, entry: true };
                prop_assert!(state.seen.insert(one.sequence, seen).is_none());
            }
            state.held = all.told.held;
        }
        taken.sort_unstable();
        prop_assert_eq!(taken, (1..=12).collect::<Vec<_>>());
        prop_assert_eq!(state.held, known(&lines, 12).held);
    }
}
