//! The scope of a share: what a signature lets leave, over what the verdict says now.
//!
//! What was signed to stay stays. What was signed to go is judged again at the door, by `verdict.rs`: a consent that was
//! withdrawn, a limit or a flag that was set since binds. What nobody looked at when it was signed, a note written or
//! corrected since, takes a fresh decision, but where harm is suspected, a duty binds or a child is in danger: there it is
//! chosen at the door, since nothing may delay a share that protects a child (`practice.md` 8).

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;

use crate::{Against, Choice, Extent, ExtentItem, Held, ItemId, MayGo, ShareGround, WhyStays};

/// What a signature lets leave.
#[derive(Debug, Clone, Default)]
pub struct Scope<'a> {
    /// What was signed of each item; none where nobody chose item by item.
    signed: Option<BTreeMap<ItemId, &'a ExtentItem>>,
    never_stops: bool,
}

impl<'a> Scope<'a> {
    /// The scope of a signed decision: of its extent, on its ground. Where nobody chose item by item when it was signed,
    /// the verdict alone says what may leave, and it is chosen at the door.
    #[must_use]
    pub fn of(signed: Option<&'a Extent>, ground: Option<ShareGround>) -> Self {
        Self {
            signed: signed.map(|extent| extent.items.iter().map(|one| (one.item, one)).collect()),
            never_stops: ground.is_some_and(ShareGround::never_stops),
        }
    }

    /// Whether it was chosen item by item when it was signed.
    #[must_use]
    pub fn was_chosen(&self) -> bool {
        self.signed.is_some()
    }

    /// Whether an item may go now, where the verdict on it is known.
    #[must_use]
    pub fn may_go(&self, held: Held, verdict: MayGo) -> MayGo {
        let Some(signed) = &self.signed else { return verdict };
        let blocked = |against| MayGo::Blocked { against: vec![against] };
        match signed.get(&held.item) {
            // Whichever words it has by now.
            Some(one) if one.choice == Choice::Stays => blocked(Against::DecidedToStay),
            Some(one) if one.choice.leaves() && one.hash == held.hash => match verdict {
                // No reason was signed for what stands against it now.
                MayGo::Unlock { against, .. } if one.unlocked.is_empty() => MayGo::Blocked { against },
                MayGo::Goes { .. } | MayGo::Shown { .. } | MayGo::Unlock { .. } | MayGo::Blocked { .. } => {
                    verdict
                }
            },
            Some(_) | None if self.never_stops => verdict,
            Some(_) | None => blocked(Against::NotLookedAt),
        }
    }

    /// Whether an item was signed to go, and in these words only without a name.
    #[must_use]
    pub fn only_nameless(&self, held: Held) -> bool {
        let signed = self.signed.as_ref().and_then(|signed| signed.get(&held.item));
        signed.is_some_and(|one| one.choice == Choice::WithoutName && one.hash == held.hash)
    }

    /// A choice, no wider than what was signed: what was to go without a name goes without it.
    #[must_use]
    pub fn within(&self, mut extent: Extent) -> Extent {
        for one in &mut extent.items {
            let held = Held { item: one.item, hash: one.hash };
            if one.choice == Choice::Goes && self.only_nameless(held) {
                one.choice = Choice::WithoutName;
            }
        }
        extent
    }

    /// What leaves of a choice now, and what was to go and stays after all, each with why. `verdict`: what the verdict on
    /// an item is, without this scope. What is chosen and lacks a reason that it takes does not leave.
    #[must_use]
    pub fn leaving(&self, chosen: &Extent, verdict: impl Fn(ItemId) -> MayGo) -> Extent {
        let mut extent = self.within(chosen.clone());
        for one in extent.items.iter_mut().filter(|one| one.choice.leaves()) {
            let may = self.may_go(Held { item: one.item, hash: one.hash }, verdict(one.item));
            let goes = match &may {
                MayGo::Goes { .. } | MayGo::Shown { .. } => true,
                MayGo::Unlock { .. } => !one.unlocked.is_empty(),
                MayGo::Blocked { .. } => false,
            };
            if !goes {
                (one.choice, one.why) = stays_for(may.against());
                one.unlocked.clear();
            }
        }
        extent.kept_to_what_stays()
    }
}

/// Why something stays that something stands against. What nobody looked at was not chosen, and no reason is put in
/// anybody's mouth.
fn stays_for(against: &[Against]) -> (Choice, WhyStays) {
    let why = against.iter().find_map(|one| match one {
        Against::KeptFrom | Against::RecipientProtected | Against::Flagged => Some(WhyStays::Unsafe),
        Against::SendersLimit => Some(WhyStays::SendersLimit),
        Against::NotAsked
        | Against::Refused
        | Against::Withdrawn
        | Against::Expired
        | Against::Disagree
        | Against::OtherPurpose
        | Against::NotNamed => Some(WhyStays::NoPermission),
        Against::NotDecided | Against::NamesProtected | Against::DecidedToStay | Against::NotLookedAt => None,
    });
    match why {
        Some(why) => (Choice::Stays, why),
        None => (Choice::Blank, WhyStays::Blank),
    }
}
