//! What leaves through the door of a share: nothing outside what was signed, and nothing that binds by then.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "support/consent_world.rs"]
mod world;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sharewell_records::*;
use uuid::Uuid;
use world::*;

const SIGNED: i64 = 1_000;
const MADE: i64 = 2_000;
/// The day after it was signed.
const NEXT_DAY: i64 = 3_000;

fn id(n: usize) -> ItemId {
    ItemId(Uuid::from_u128(n as u128 + 1_000))
}

fn note(n: usize) -> Item {
    Item {
        id: id(n),
        mark: Mark::Fact,
        source: ItemSource::Visit,
        text: "No adult was at home.".into(),
        by: String::new(),
        about: vec![CHILD],
        occurred: Occurred::Unknown { words: "in March".into() },
        labels: Vec::new(),
        visit: None,
    }
}

/// One note of the file: what was signed of it, what stands of it by the time, and what is chosen at the door.
#[derive(Debug, Clone)]
struct One {
    /// What was signed; none where it was written since.
    signed: Option<Choice>,
    unlocked: bool,
    corrected: bool,
    /// None where nothing was chosen at the door: it goes as it was signed.
    chosen: Option<Choice>,
    reason_here: bool,
    limited: bool,
}

fn ones() -> impl Strategy<Value = Vec<One>> {
    let choice = || select(Choice::ALL.to_vec());
    let one = (prop::option::weighted(0.8, choice()), any::<bool>(), prop::bool::weighted(0.2));
    let here = (prop::option::weighted(0.4, choice()), any::<bool>(), prop::bool::weighted(0.2));
    let one = (one, here).prop_map(|((signed, unlocked, corrected), (chosen, reason_here, limited))| One {
        signed,
        unlocked,
        corrected,
        chosen,
        reason_here,
        limited,
    });
    vec(one, 1..6)
}

/// Another purpose than `support`.
fn care() -> ConsentPurpose {
    ConsentPurpose { kind: PurposeKind::Health, words: "Her asthma".into() }
}

#[derive(Debug, Clone)]
struct World {
    ones: Vec<One>,
    extent_signed: bool,
    decided: OutcomeKind,
    harm: bool,
    agreed: bool,
    flags: Vec<FlagKind>,
    kept_from: bool,
    to_father: bool,
    consents: Vec<ConsentEvent>,
    /// Which of the consents that fitted when it was signed the decision names; none where it names none.
    names: Option<usize>,
}

fn events(items: usize) -> impl Strategy<Value = Vec<ConsentEvent>> {
    let acts = prop_oneof![3 => Just(answered()), 3 => Just(withdrawn())];
    let answers = select(ConsentAnswer::OFFERED.to_vec());
    let one = (acts, answers, 0..items, 0u32..3_000, any::<bool>(), any::<bool>());
    vec(one, 0..8).prop_map(|all| {
        type One = (ConsentAct, ConsentAnswer, usize, u32, bool, bool);
        let event = |(act, answer, item, minute, father, purpose): One| {
            let thing = ConsentThing::Item { item: id(item), kinds: vec![InfoKind::Health] };
            let to = ConsentRecipient {
                contact: None,
                name: if father { "Dale Mockford".into() } else { "Robin Pretence".into() },
                agency: String::new(),
            };
            let said = event(minute, Some(mother()), act, vec![cell(thing, to, answer)]);
            ConsentEvent { purpose: if purpose { support() } else { care() }, ..said }
        };
        all.into_iter().map(event).collect()
    })
}

prop_compose! {
    fn worlds()(
        ones in ones(),
        extent_signed in prop::bool::weighted(0.8),
        decided in select(OutcomeKind::ALL.to_vec()),
        harm in any::<bool>(),
        agreed in any::<bool>(),
        flags in vec(select(FlagKind::ALL.to_vec()), 0..3),
        kept_from in prop::bool::weighted(0.2),
        to_father in any::<bool>(),
        consents in events(6),
        names in prop::option::of(0usize..2),
    ) -> World {
        World { ones, extent_signed, decided, harm, agreed, flags, kept_from, to_father, consents, names }
    }
}

fn hash(n: usize, corrected: bool) -> Sha256 {
    Sha256([n as u8 * 2 + u8::from(corrected); 32])
}

/// What leaves at a moment, and the verdict on each that it rested on.
struct Left {
    extent: Extent,
    verdicts: Vec<MayGo>,
    ground: Option<ShareGround>,
    permissions: Vec<Permission>,
    rests_on: Vec<RestsOn>,
    consents: Consents,
}

impl Left {
    /// Whether the consent that the decision names gives an item now.
    fn gives(&self, item: ItemId) -> bool {
        self.rests_on.iter().any(|one| {
            let names = one.things.iter().any(|thing| thing.key() == ThingKey::Item(item));
            let wanted = Wanted {
                owed: one.owed,
                sense: ConsentSense::Confidence,
                purpose: &one.purpose,
                thing: ThingKey::Item(item),
                kinds: &[],
                recipient: &one.recipient,
            };
            names && self.consents.permission(&wanted) == Permission::Given
        })
    }
}

impl World {
    fn recipient(&self) -> Recipient {
        let name = if self.to_father { "Dale Mockford" } else { "Robin Pretence" };
        Recipient { name: name.into(), ..Recipient::default() }
    }

    fn signed(&self) -> Extent {
        let items = self.ones.iter().enumerate().filter_map(|(n, one)| {
            let choice = one.signed?;
            let unlocked = if one.unlocked && choice.leaves() { "They agreed." } else { "" };
            Some(ExtentItem {
                item: id(n),
                hash: hash(n, false),
                choice,
                why: WhyStays::Blank,
                unlocked: unlocked.into(),
            })
        });
        let recipient = self.recipient();
        Extent { recipient: recipient.name, items: items.collect(), ..Extent::default() }
    }

    /// What stands at the door: as signed, or as chosen here.
    fn chosen(&self) -> Extent {
        let held: Vec<Held> = (0..self.ones.len())
            .map(|n| Held { item: id(n), hash: hash(n, self.ones[n].corrected) })
            .collect();
        let mut chosen = match self.extent_signed {
            true => self.signed().standing(&held),
            false => Extent::of(&self.recipient().name, "", &held),
        };
        for (one, item) in self.ones.iter().zip(&mut chosen.items) {
            if let Some(choice) = one.chosen {
                item.choice = choice;
                item.why = WhyStays::Blank;
                if !choice.leaves() {
                    item.unlocked.clear();
                }
            }
            if one.reason_here && item.choice.leaves() {
                item.unlocked = "Because.".into();
            }
        }
        chosen
    }

    /// What the decision names of what stood when it was signed.
    fn rests_on(&self, consents: &[ConsentEvent]) -> Vec<RestsOn> {
        let Some(which) = self.names else { return Vec::new() };
        let fitting = folded(consents, at(SIGNED)).fitting(&self.recipient());
        let which = which % fitting.len().max(1);
        fitting.into_iter().nth(which).unwrap_or_default()
    }

    fn left(&self, consents: &[ConsentEvent], flags: &[FlagKind], now: i64) -> Left {
        let person = |person: PersonId, name: &str, role| Person::named(person, name.to_owned(), role);
        let people = [
            person(CHILD, "Ayla Sampleton", PersonRole::Child),
            person(FATHER, "Dale Mockford", PersonRole::Parent),
        ];
        let kept_from = if self.kept_from { vec![FATHER] } else { Vec::new() };
        let case = Case { kept_from, ..Case::family(CaseId(Uuid::from_u128(7)), CHILD, Nation::England) };
        let flag = |kind: &FlagKind| Flag {
            id: FlagId(Uuid::from_u128(9)),
            person: FATHER,
            kind: *kind,
            reason: String::new(),
            review: None,
        };
        let flags: Vec<Flag> = flags.iter().map(flag).collect();
        let recipient = self.recipient();
        let rests_on = self.rests_on(consents);
        let consents = folded(consents, at(now));
        let share = Sharing {
            decided: self.decided,
            harm: self.harm,
            names_consent: !rests_on.is_empty(),
            recipient: &recipient.name,
            recipient_role: "",
            route: Some(Route::EncryptedFile),
            case: &case,
            people: &people,
            ties: &[],
            flags: &flags,
        };
        let judge = Judge::of(share);
        let agreed = AgreedFor::of(&consents, &recipient, &rests_on, self.agreed);
        let verdict = |n: usize| {
            let item = note(n);
            judge.may_go(&Asked {
                item: &item,
                permission: agreed.to(item.id),
                limited: self.ones[n].limited,
            })
        };
        let verdicts: Vec<MayGo> = (0..self.ones.len()).map(verdict).collect();
        let signed = self.signed();
        let scope = Scope::of(self.extent_signed.then_some(&signed), judge.ground());
        let of = |item: ItemId| verdicts[(0..self.ones.len()).position(|n| id(n) == item).unwrap()].clone();
        Left {
            extent: scope.leaving(&self.chosen(), of),
            ground: judge.ground(),
            permissions: (0..self.ones.len()).map(|n| agreed.to(id(n))).collect(),
            rests_on,
            consents: consents.clone(),
            verdicts,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_leaves_outside_its_scope(world in worlds()) {
        let left = world.left(&world.consents, &world.flags, MADE);
        let never_stops = left.ground.is_some_and(ShareGround::never_stops);
        prop_assert_eq!(left.extent.items.len(), world.ones.len(), "nothing that is held is forgotten");
        for ((one, item), verdict) in world.ones.iter().zip(&left.extent.items).zip(&left.verdicts) {
            prop_assert!(item.choice == Choice::Stays || item.why == WhyStays::Blank);
            prop_assert!(item.choice.leaves() || item.unlocked.is_empty());
            if !item.choice.leaves() {
                continue;
            }
            prop_assert!(verdict.may(), "what the verdict blocks stays: {verdict:?}");
            prop_assert!(left.ground.is_some());
            if left.ground == Some(ShareGround::Permission) && !left.rests_on.is_empty() {
                // What was not asked about has a reason of its own, and that was signed or said.
                let reasoned = verdict.against().contains(&Against::NotAsked) && !item.unlocked.is_empty();
                prop_assert!(left.gives(item.item) || reasoned, "what is named carries it: {verdict:?}");
            }
            let locked = matches!(verdict, MayGo::Unlock { .. });
            prop_assert!(!locked || !item.unlocked.is_empty());
            if !world.extent_signed {
                prop_assert!(one.chosen.is_some_and(Choice::leaves), "nothing is chosen beforehand");
                continue;
            }
            prop_assert_ne!(one.signed, Some(Choice::Stays), "what was signed to stay stays");
            match one.signed.filter(|choice| choice.leaves() && !one.corrected) {
                Some(Choice::WithoutName) => prop_assert_eq!(item.choice, Choice::WithoutName),
                Some(_) => {}
                // Nobody looked at it, or not in these words.
                None => prop_assert!(never_stops && one.chosen.is_some_and(Choice::leaves)),
            }
            let reason = one.unlocked && one.signed.is_some_and(Choice::leaves) && !one.corrected;
            prop_assert!(!locked || reason, "its reason was signed");
        }
    }

    #[test]
    fn what_a_decision_names_is_given_and_nothing_else_is(world in worlds()) {
        let left = world.left(&world.consents, &[], MADE);
        if left.rests_on.is_empty() {
            return Ok(());
        }
        for (n, permission) in left.permissions.iter().enumerate() {
            prop_assert_eq!(*permission == Permission::Given, left.gives(id(n)), "{:?}", left.rests_on);
        }
        let purposes: Vec<_> = left.rests_on.iter().map(|one| one.purpose.key()).collect();
        prop_assert!(purposes.windows(2).all(|two| two[0] == two[1]), "it rests on one purpose");
    }

    #[test]
    fn withdrawal_blocks_what_is_pending(world in worlds(), which in 0usize..6, ends in any::<bool>()) {
        // Everything was agreed to when it was signed, and begun; one yes was taken back before it was made, or ended.
        let to = ConsentRecipient { contact: None, name: world.recipient().name, agency: String::new() };
        let every: Vec<_> = (0..world.ones.len())
            .map(|n| ConsentThing::Item { item: id(n), kinds: vec![InfoKind::Health] })
            .map(|thing| cell(thing, to.clone(), ConsentAnswer::Yes))
            .collect();
        let which = which % world.ones.len();
        let world = World { flags: Vec::new(), kept_from: false, ..world };
        let ends = ends && world.names.is_some();
        let mut others = every.clone();
        let one = vec![others.remove(which)];
        let until = ends.then(|| day("2026-03-03"));
        let yes = ConsentEvent { until, ..event(10, Some(mother()), answered(), one.clone()) };
        let others = event(11, Some(mother()), answered(), others);
        let mut said = vec![yes, others];
        let begun = world.left(&said, &[], SIGNED);
        if !ends {
            said.push(event(1_500, Some(mother()), withdrawn(), one));
        }
        // Another yes, for another purpose and after the signature, is no way round it.
        let anew = event(1_600, Some(mother()), answered(), every);
        if world.names.is_some() {
            said.push(ConsentEvent { purpose: care(), ..anew });
        }
        let made = world.left(&said, &[], NEXT_DAY);
        prop_assert_eq!(begun.permissions[which], Permission::Given);
        let is = if ends { Permission::Expired } else { Permission::Withdrawn };
        prop_assert_eq!(made.permissions[which], is);
        for (n, (before, after)) in begun.extent.items.iter().zip(&made.extent.items).enumerate() {
            match n == which && made.ground == Some(ShareGround::Permission) {
                true => {
                    prop_assert!(!after.choice.leaves(), "what rests on it is blocked at once");
                    let before = before.choice.leaves();
                    prop_assert!(!before || after.why == WhyStays::NoPermission);
                }
                // What rests on other ground goes on, and nothing else is blocked by it.
                false => prop_assert_eq!(before.choice, after.choice),
            }
        }
    }

    #[test]
    fn a_flag_that_was_set_since_it_was_signed_binds_at_the_door(world in worlds()) {
        let world = World { kept_from: false, to_father: true, ..world };
        let made = world.left(&world.consents, &[FlagKind::DoNotTell], MADE);
        let emergency = made.ground == Some(ShareGround::Emergency);
        prop_assert!(emergency || made.extent.leaving().next().is_none(), "{:?}", made.extent);
    }
}

#[test]
fn a_reason_that_was_signed_lets_go_what_it_was_said_of_and_none_can_be_added_at_the_door() {
    let held = Held { item: id(0), hash: hash(0, false) };
    let locked = MayGo::Unlock { ground: ShareGround::Permission, against: vec![Against::SendersLimit] };
    let mut signed = Extent::of("Robin Pretence", "", &[held]);
    signed.items[0].choice = Choice::Goes;
    let scope = Scope::of(Some(&signed), Some(ShareGround::Permission));
    let blocked = MayGo::Blocked { against: vec![Against::SendersLimit] };
    assert_eq!(scope.may_go(held, locked.clone()), blocked, "the limit came after the signature");
    let mut here = signed.clone();
    here.items[0].unlocked = "Because.".into();
    let left = scope.leaving(&here, |_| locked.clone());
    assert_eq!((left.items[0].choice, left.items[0].why), (Choice::Stays, WhyStays::SendersLimit));
    signed.items[0].unlocked = "The sender agreed on the telephone.".into();
    let scope = Scope::of(Some(&signed), Some(ShareGround::Permission));
    assert_eq!(scope.may_go(held, locked.clone()), locked);
    assert!(scope.leaving(&signed, |_| locked.clone()).items[0].choice.leaves());
}

#[test]
fn what_was_written_since_takes_a_fresh_decision_but_where_nothing_may_wait() {
    let old = Held { item: id(0), hash: hash(0, false) };
    let new = Held { item: id(1), hash: hash(1, false) };
    let signed = Extent::of("Robin Pretence", "", &[old]);
    let goes = |ground| MayGo::Goes { ground };
    let judged = Scope::of(Some(&signed), Some(ShareGround::Judgement));
    let blocked = MayGo::Blocked { against: vec![Against::NotLookedAt] };
    assert_eq!(judged.may_go(new, goes(ShareGround::Judgement)), blocked);
    let harm = Scope::of(Some(&signed), Some(ShareGround::Harm));
    assert_eq!(harm.may_go(new, goes(ShareGround::Harm)), goes(ShareGround::Harm));
}
