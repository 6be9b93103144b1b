//! What goes to a recipient, item by item: the moves, and what still has to be said.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use sharewell_records::*;
use uuid::Uuid;

fn id(n: u128) -> ItemId {
    ItemId(Uuid::from_u128(n))
}

fn held(count: u8) -> Vec<Held> {
    (0..count).map(|n| Held { item: id(u128::from(n)), hash: Sha256([n; 32]) }).collect()
}

fn free(_: ItemId) -> MayGo {
    MayGo::Goes { ground: ShareGround::Judgement }
}

fn none(_: More) -> Vec<ItemId> {
    Vec::new()
}

fn choose(item: u128, choice: Choice) -> ExtentMove {
    ExtentMove::Choose { item: id(item), choice }
}

fn school(count: u8) -> Extent {
    Extent::of("Mrs Fictley", "Made-up Lane Primary", &held(count))
}

#[test]
fn nothing_is_chosen_beforehand() {
    let extent = school(3);
    assert_eq!(extent.count(), ExtentCount { held: 3, open: 3, ..ExtentCount::default() });
    assert_eq!(extent.gaps(free, &[]), [ExtentGap::Unchosen(3)]);
    assert_eq!(school(0).gaps(free, &[]), [], "where nothing is held, nothing is asked");
}

#[test]
fn one_press_leaves_everything_else_where_it_is_and_one_takes_that_back() {
    let extent = school(40).moved(&choose(3, Choice::Goes), free, none).unwrap();
    let extent = extent.moved(&choose(4, Choice::WithoutName), free, none).unwrap();
    let rest = extent.moved(&ExtentMove::RestStays, free, none).unwrap();
    let count = ExtentCount { held: 40, goes: 1, nameless: 1, stays: 38, open: 0 };
    assert_eq!((rest.count(), rest.count().leaves()), (count, 2));
    assert_eq!(rest.gaps(free, &[]), []);
    assert_eq!(rest.staying(), [(WhyStays::NotNeeded, 38, "")]);
    let back = rest.moved(&ExtentMove::Reopen { why: WhyStays::NotNeeded }, free, none).unwrap();
    assert_eq!(back, extent);
}

#[test]
fn a_reason_is_said_once_for_all_that_stay_for_it() {
    let mut extent = school(4);
    for item in 0..3 {
        extent = extent.moved(&choose(item, Choice::Stays), free, none).unwrap();
    }
    assert_eq!(extent.gaps(free, &[]), [ExtentGap::Unchosen(1), ExtentGap::Unexplained(3)]);
    let why = |why, words: &str| ExtentMove::Because { why, words: words.into() };
    assert_eq!(extent.moved(&why(WhyStays::Blank, ""), free, none), Err(NotMoved::NoReason));
    let extent = extent.moved(&why(WhyStays::TooOld, " two winters ago "), free, none).unwrap();
    let extent = extent.moved(&choose(3, Choice::Stays), free, none).unwrap();
    let extent = extent.moved(&why(WhyStays::Other, ""), free, none).unwrap();
    assert_eq!(extent.staying(), [(WhyStays::TooOld, 3, "two winters ago"), (WhyStays::Other, 1, "")]);
    assert_eq!(extent.gaps(free, &[]), [ExtentGap::NoWords(WhyStays::Other)]);
    let extent = extent.moved(&why(WhyStays::Other, "The court asked us to wait."), free, none).unwrap();
    assert_eq!(extent.gaps(free, &[]), []);
    // What nothing stays for any more is not said.
    let extent = extent.moved(&choose(3, Choice::Goes), free, none).unwrap();
    assert_eq!(extent.because.len(), 1);
    assert_eq!(extent.moved(&why(WhyStays::Unsafe, ""), free, none), Err(NotMoved::Nothing));
}

#[test]
fn another_recipient_begins_at_nothing_and_a_name_typed_otherwise_is_the_same_one() {
    let extent = school(2).moved(&choose(0, Choice::Goes), free, none).unwrap();
    assert!(extent.is_for("MRS  FICTLEY", "made-up lane primary"));
    for (name, role) in
        [("Mrs Fictley", "Made-up Road Primary"), ("Mr Fictley", "Made-up Lane Primary"), ("Mrs Fictley", "")]
    {
        assert!(!extent.is_for(name, role), "{name}, {role}");
    }
}

#[test]
fn an_item_that_was_corrected_since_is_chosen_anew_and_so_is_a_new_one() {
    let extent = school(2).moved(&ExtentMove::RestStays, free, none).unwrap();
    let mut now = held(3);
    now[0].hash = Sha256([99; 32]);
    let now = extent.standing(&now);
    assert_eq!(now.choice_of(id(0)), Choice::Blank, "other words than those that were looked at");
    assert_eq!(now.choice_of(id(1)), Choice::Stays);
    assert_eq!(now.choice_of(id(2)), Choice::Blank);
    assert_eq!(extent.standing(&held(1)).count().held, 1, "what is held no more goes nowhere");
}

#[test]
fn what_is_blocked_stays_and_what_is_locked_takes_a_reason() {
    let blocked = |_| MayGo::Blocked { against: vec![Against::Refused] };
    let locked = |_| MayGo::Unlock { ground: ShareGround::Permission, against: vec![Against::SendersLimit] };
    let extent = school(1);
    for choice in [Choice::Goes, Choice::WithoutName] {
        assert_eq!(extent.moved(&choose(0, choice), blocked, none), Err(NotMoved::Blocked));
    }
    assert!(extent.moved(&choose(0, Choice::Stays), blocked, none).is_ok());
    let unlock = |reason: &str| ExtentMove::Unlock { item: id(0), reason: reason.into() };
    assert_eq!(extent.moved(&unlock("Because."), locked, none), Err(NotMoved::Nothing));
    let goes = extent.moved(&choose(0, Choice::Goes), locked, none).unwrap();
    assert_eq!(goes.gaps(locked, &[]), [ExtentGap::Locked(id(0))]);
    let said = goes.moved(&unlock("The sender was rung and agrees."), locked, none).unwrap();
    assert_eq!(said.gaps(locked, &[]), []);
    assert_eq!(said.gaps(blocked, &[]), [ExtentGap::Blocked(id(0))], "it was taken back since");
    let stays = said.moved(&choose(0, Choice::Stays), locked, none).unwrap();
    assert_eq!(stays.items[0].unlocked, "", "what stays needs no reason to go");
}

#[test]
fn what_seems_more_than_needed_is_answered_once_and_again_where_it_grows() {
    let more = |count| [Counted { more: More::Old, count }];
    let extent = school(2).moved(&choose(0, Choice::Goes), free, none).unwrap();
    let extent = extent.moved(&choose(1, Choice::Goes), free, none).unwrap();
    assert_eq!(extent.gaps(free, &more(1)), [ExtentGap::More(More::Old)]);
    let say = ExtentMove::Needed { more: More::Old, why: "The same man.".into() };
    let said = extent.moved(&say, free, none).unwrap().counted(&more(1));
    assert_eq!(said.gaps(free, &more(1)), []);
    assert_eq!(said.clone().counted(&more(2)).gaps(free, &more(2)), [ExtentGap::More(More::Old)]);
    assert_eq!(said.counted(&[]).needed, [], "where there is none, nothing is said of it");
}

fn moves(items: u128) -> impl Strategy<Value = ExtentMove> {
    let item = 0..items + 2;
    prop_oneof![
        (item.clone(), prop::sample::select(&Choice::ALL[..]))
            .prop_map(|(item, choice)| ExtentMove::Choose { item: id(item), choice }),
        prop::sample::select(&WhyStays::ALL[..])
            .prop_map(|why| ExtentMove::Because { why, words: "words".into() }),
        Just(ExtentMove::RestStays),
        prop::sample::select(&WhyStays::ALL[..]).prop_map(|why| ExtentMove::Reopen { why }),
        item.prop_map(|item| ExtentMove::Unlock { item: id(item), reason: "words".into() }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_everything_held_stands_once_and_nothing_blocked_goes(
        acts in prop::collection::vec(moves(6), 0..30),
        shut in prop::collection::vec(any::<bool>(), 6),
    ) {
        let may = |item: ItemId| match shut.get(item.0.as_u128() as usize) {
            Some(true) => MayGo::Blocked { against: vec![Against::Flagged] },
            _ => free(item),
        };
        let mut extent = school(6);
        for act in &acts {
            if let Ok(next) = extent.moved(act, may, none) { extent = next }
            prop_assert!(extent.items.iter().map(|one| one.item).eq((0..6).map(id)));
            for one in &extent.items {
                prop_assert!(may(one.item).may() || !one.choice.leaves());
                prop_assert!(one.why == WhyStays::Blank || one.choice == Choice::Stays);
                prop_assert!(one.unlocked.is_empty() || one.choice.leaves());
            }
            let count = extent.count();
            prop_assert_eq!(count.goes + count.nameless + count.stays + count.open, count.held);
        }
        let written = serde_json::to_vec(&extent).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Extent>(&written).unwrap(), extent);
    }
}
