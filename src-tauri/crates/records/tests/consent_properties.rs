//! What must hold of consent whatever happens in whatever order, and what stands for ever as it was read first.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "support/consent_world.rs"]
mod world;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use sharewell_records::*;
use uuid::Uuid;
use world::*;

const KINDS: [InfoKind; 3] = [InfoKind::Health, InfoKind::School, InfoKind::Safeguarding];
const LAST: i64 = 100_000;

fn safety() -> ConsentPurpose {
    ConsentPurpose { kind: PurposeKind::Safety, words: "Keeping safe".into() }
}

fn recipients() -> [ConsentRecipient; 3] {
    [school(), gp(), ConsentRecipient { contact: None, ..school() }]
}

fn givers() -> Vec<ConsentGiver> {
    let mut all: Vec<_> = AbleToDecide::ALL.into_iter().map(child).collect();
    all.extend([mother(), father(), giver(FATHER, GiverCapacity::NoSay, AbleToDecide::NotAble)]);
    let until = Some(day("2026-03-20"));
    all.push(ConsentGiver {
        person: None,
        until,
        ..giver(MOTHER, GiverCapacity::OrderHolder, AbleToDecide::NotAble)
    });
    all
}

fn things() -> Vec<ConsentThing> {
    KINDS.map(kind).into_iter().chain([note(&[InfoKind::Health]), note(&[])]).collect()
}

fn acts() -> impl Strategy<Value = ConsentAct> {
    prop_oneof![
        6 => Just(answered()),
        2 => Just(withdrawn()),
        1 => Just(ConsentAct::Asked),
        1 => Just(ConsentAct::Superseded { by: None }),
        1 => Just(ConsentAct::NoAnswer { tries: 2, words: String::new() }),
        1 => Just(ConsentAct::Told),
        1 => Just(ConsentAct::NotSought { why: NotSoughtWhy::Delay, words: String::new() }),
        1 => (100u128..140).prop_map(|id| ConsentAct::InError {
            event: ConsentId(Uuid::from_u128(id)),
            why: "A slip".into(),
        }),
    ]
}

prop_compose! {
    fn cells()(what in select(things()), to in 0usize..3, answer in select(ConsentAnswer::OFFERED.to_vec())) -> ConsentCell {
        cell(what, recipients()[to].clone(), answer)
    }
}

prop_compose! {
    fn one()(
        giver in select(givers()),
        act in acts(),
        cells in vec(cells(), 1..5),
        supports in any::<bool>(),
        minute in 0i64..60_000,
        from in prop::option::of(select(vec![day("2026-03-01"), day("2026-05-20")])),
        until in prop::option::of(select(vec![day("2026-03-15"), day("2027-03-15")])),
    ) -> ConsentEvent {
        let giver = (!matches!(act, ConsentAct::NotSought { .. })).then_some(giver);
        let purpose = if supports { support() } else { safety() };
        ConsentEvent { purpose, from, until, happened: at(minute), ..event(0, giver, act, cells) }
    }
}

fn some() -> impl Strategy<Value = Vec<ConsentEvent>> {
    vec(one(), 0..24).prop_map(|mut events| {
        for (n, event) in (100u128..).zip(&mut events) {
            event.id = ConsentId(Uuid::from_u128(n));
        }
        events
    })
}

/// Everything that can be asked of a fold here.
fn all_wanted() -> Vec<(ThingKey, Vec<InfoKind>, ConsentRecipient, ConsentPurpose)> {
    let mut all = Vec::new();
    let kinds = KINDS.map(|kind| (ThingKey::Kind(kind), vec![]));
    let item = [vec![], vec![InfoKind::Health], vec![InfoKind::Health, InfoKind::School]];
    let things: Vec<_> = kinds.into_iter().chain(item.map(|kinds| (ThingKey::Item(NOTE), kinds))).collect();
    for (thing, kinds) in things {
        for to in recipients() {
            for purpose in [support(), safety()] {
                all.push((thing, kinds.clone(), to.clone(), purpose));
            }
        }
    }
    all
}

fn each(fold: &Consents) -> Vec<ConsentStands> {
    let all = all_wanted();
    let ask = |(thing, kinds, to, purpose): &(_, Vec<_>, _, _)| {
        fold.stands(&Wanted { purpose, ..wanted(*thing, kinds, to) })
    };
    all.iter().map(ask).collect()
}

/// Whether somebody's last word on exactly one thing, for one recipient and purpose, is a yes that holds today.
fn last_word_is_yes(
    events: &[&ConsentEvent],
    who: &GiverKey,
    thing: ThingKey,
    to: &ConsentRecipient,
    purpose: &ConsentPurpose,
    today: Day,
) -> bool {
    let mut last = None;
    for event in events {
        let by = event.giver.as_ref().is_some_and(|giver| giver.key() == *who);
        if !by || event.purpose.key() != purpose.key() {
            continue;
        }
        for cell in
            event.cells.iter().filter(|one| one.what.key() == thing && one.recipient.key() == to.key())
        {
            match event.step(cell) {
                Some(step) if step.is_answer() => last = Some((step, *event)),
                Some(ConsentStep::Withdrawn | ConsentStep::Superseded) => last = None,
                _ => {}
            }
        }
    }
    last.is_some_and(|(step, event)| {
        step == ConsentStep::Yes
            && event.until.is_none_or(|until| until >= today)
            && event.from.is_none_or(|from| from <= today)
            && event.giver.as_ref().is_some_and(|giver| {
                matches!(giver.weight(CHILD), Weight::Own | Weight::For) && !giver.has_lapsed(today)
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_leaves_outside_its_scope(events in some()) {
        let fold = folded(&events, at(LAST));
        let mut true_ones: Vec<_> = events.iter().filter(|one| !fold.struck().contains(&one.id)).collect();
        true_ones.sort_by_key(|one| (one.happened, one.id));
        let today = london_day(at(LAST));
        let keys: Vec<_> = givers().iter().map(ConsentGiver::key).collect();
        for (thing, kinds, to, purpose) in all_wanted() {
            let stands = fold.stands(&Wanted { purpose: &purpose, ..wanted(thing, &kinds, &to) });
            if stands.state.permission() != Permission::Given {
                continue;
            }
            let says = |who: &GiverKey, thing| {
                last_word_is_yes(&true_ones, who, thing, &to, &purpose, today)
            };
            let known: Vec<_> = match thing {
                ThingKey::Item(item) => fold.kinds_of(item).chain(kinds.iter().copied()).collect(),
                ThingKey::Kind(kind) => vec![kind],
            };
            let carried = keys.iter().any(|who| {
                let by_kinds = !known.is_empty() && known.iter().all(|kind| says(who, ThingKey::Kind(*kind)));
                says(who, thing) || by_kinds
            });
            prop_assert!(carried, "nobody who may decide said yes to it: {stands:?}");
            prop_assert!(
                purpose.kind.carries_safeguarding() || !known.contains(&InfoKind::Safeguarding),
                "what bears on safety rode on a yes to help"
            );
            let own_no = stands.givers.iter().any(|one| one.weight == Weight::Own && one.state.is_no());
            let other_no = stands.givers.iter().any(|one| {
                let lapsed = one.giver.as_ref().is_some_and(|giver| giver.has_lapsed(today));
                one.weight == Weight::For && one.state.is_no() && !lapsed
            });
            let own_yes = stands.givers.iter()
                .any(|one| one.weight == Weight::Own && one.state == ConsentState::Given);
            prop_assert!(!own_no && (own_yes || !other_no), "it went against a no: {stands:?}");
        }
    }

    #[test]
    fn withdrawal_blocks_what_is_pending(events in some(), to in 0usize..3, supports in any::<bool>()) {
        let purpose = if supports { support() } else { safety() };
        for who in givers() {
            let cells = things()
                .into_iter()
                .map(|what| cell(what, recipients()[to].clone(), ConsentAnswer::Blank))
                .collect();
            let id = ConsentId(Uuid::from_u128(999));
            let last = ConsentEvent {
                id, purpose: purpose.clone(), happened: at(LAST - 1), ..event(0, Some(who.clone()), withdrawn(), cells)
            };
            let mut events = events.clone();
            events.push(last);
            let fold = folded(&events, at(LAST));
            for (thing, kinds, recipient, for_what) in all_wanted() {
                if recipient.key() != recipients()[to].key() || for_what != purpose {
                    continue;
                }
                let stands = fold.stands(&Wanted { purpose: &for_what, ..wanted(thing, &kinds, &recipient) });
                let theirs = |one: &&GiverStands| one.giver.as_ref().is_some_and(|giver| giver.key() == who.key());
                let yes = |one: &GiverStands| one.state == ConsentState::Given;
                prop_assert!(!stands.givers.iter().filter(theirs).any(yes), "their yes stood on: {stands:?}");
                if stands.state == ConsentState::Given {
                    prop_assert!(stands.givers.iter().any(yes), "nobody's yes carries it: {stands:?}");
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_events_are_read_does_not_matter(events in some(), seed in any::<u64>()) {
        let mut other = events.clone();
        for at in 0..other.len() {
            let to = usize::try_from(seed.wrapping_mul(at as u64 + 7) % other.len() as u64).unwrap();
            other.swap(at, to);
        }
        prop_assert_eq!(each(&folded(&events, at(LAST))), each(&folded(&other, at(LAST))));
    }

    #[test]
    fn a_child_who_can_decide_and_says_no_is_not_undone_by_anybody_else(events in some(), more in some()) {
        let cells = things()
            .into_iter()
            .flat_map(|what| recipients().map(|to| cell(what.clone(), to, ConsentAnswer::No)))
            .collect();
        let mut all = events;
        for (n, purpose) in (900..).zip([support(), safety()]) {
            all.push(ConsentEvent {
                id: ConsentId(Uuid::from_u128(n)),
                purpose,
                happened: at(60_001),
                ..event(0, Some(child(AbleToDecide::Able)), answered(), Clone::clone(&cells))
            });
        }
        let others = more.into_iter().filter(|one| {
            one.strikes().is_none() && one.giver.as_ref().is_some_and(|giver| giver.person != Some(CHILD))
        });
        for (n, one) in (1000..).zip(others) {
            all.push(ConsentEvent {
                id: ConsentId(Uuid::from_u128(n)), happened: at(60_002 + i64::try_from(n).unwrap()), ..one
            });
        }
        for stands in each(&folded(&all, at(LAST))) {
            prop_assert!(stands.state.permission() != Permission::Given, "{stands:?}");
        }
    }

    #[test]
    fn what_was_recorded_in_error_leaves_everything_as_if_it_had_never_been(events in some(), which in any::<prop::sample::Index>()) {
        prop_assume!(!events.is_empty());
        let events: Vec<_> = events.into_iter().filter(|one| one.strikes().is_none()).collect();
        prop_assume!(!events.is_empty());
        let wrong = which.get(&events).clone();
        let without: Vec<_> = events.iter().filter(|one| one.id != wrong.id).cloned().collect();
        let mut with = events;
        let act = ConsentAct::InError { event: wrong.id, why: "A slip".into() };
        with.push(ConsentEvent { id: ConsentId(Uuid::from_u128(990)), act, happened: at(LAST - 1), ..wrong });
        let (with, without) = (each(&folded(&with, at(LAST))), each(&folded(&without, at(LAST))));
        for (with, without) in with.iter().zip(&without) {
            let (with, without) = (with.state.permission(), without.state.permission());
            // One that names what a note is makes what may carry it narrower, and only that.
            prop_assert!(with == without || with != Permission::Given, "{with:?} for {without:?}");
        }
    }
}

#[derive(Deserialize)]
struct Frozen {
    what: String,
    events: Vec<ConsentEvent>,
    at: Moment,
    states: Vec<FrozenState>,
}

#[derive(Deserialize)]
struct FrozenState {
    what: ConsentThing,
    recipient: ConsentRecipient,
    state: ConsentState,
}

/// Written once, and never again: what these events come to is what they came to.
const FROZEN: &str = include_str!("consent_vector.json");

#[test]
fn events_that_were_once_read_so_are_read_so_for_ever() {
    let frozen: Vec<Frozen> = serde_json::from_str(FROZEN).unwrap();
    assert!(frozen.len() >= 8);
    for one in frozen {
        let fold = folded(&one.events, one.at);
        for cell in one.states {
            let stands = fold.stands(&wanted(cell.what.key(), &[], &cell.recipient));
            assert_eq!(stands.state, cell.state, "{}: {:?}", one.what, cell.what);
        }
    }
}
