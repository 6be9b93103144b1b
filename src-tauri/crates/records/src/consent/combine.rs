//! What everybody's answers for one thing and one recipient come to.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Slot;
use super::{ConsentGiver, ConsentState, GiverStands, InfoKind, Permission, ThingKey, Weight};
use crate::{Day, PersonId};

/// What one giver said of a thing.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub state: ConsentState,
    /// Where they said it; none where they said nothing of this thing.
    pub slot: Option<&'a Slot>,
    /// Who they are, as they were when they last said anything here.
    giver: Option<&'a ConsentGiver>,
    /// Whether they said yes to something else for the same recipient and purpose.
    yes_elsewhere: bool,
}

impl<'a> Said<'a> {
    pub fn of(
        slots: &'a BTreeMap<ThingKey, Slot>,
        thing: ThingKey,
        kinds: &BTreeSet<InfoKind>,
        owed: PersonId,
        on: Day,
    ) -> Self {
        let elsewhere = slots.iter().find(|(key, slot)| **key != thing && slot.on(on) == ConsentState::Given);
        let nothing = Self {
            state: ConsentState::NotAsked,
            slot: None,
            giver: elsewhere.and_then(|(_, slot)| slot.giver.as_ref()),
            yes_elsewhere: elsewhere.is_some(),
        };
        let said = |slot: &'a Slot| Self {
            state: slot.on(on),
            slot: Some(slot),
            giver: slot.giver.as_ref(),
            ..nothing
        };
        let own = slots.get(&thing);
        if matches!(thing, ThingKey::Kind(_)) {
            return own.map_or(nothing, said);
        }
        let of_kinds = kinds.iter().map(|kind| slots.get(&ThingKey::Kind(*kind)));
        if let Some(own) = own.filter(|own| own.state.says_something()) {
            // The narrowest wins, but for a no to a whole kind that came after.
            let no = |slot: &&Slot| slot.state.is_no() || slot.state == ConsentState::Withdrawn;
            let later = of_kinds.flatten().filter(no).find(|slot| slot.since > own.since);
            return said(later.filter(|_| own.state == ConsentState::Given).unwrap_or(own));
        }
        // Every kind must carry it: the narrowest of them is what it comes to.
        let narrow = |slot: &Option<&Slot>| {
            let state = slot.map_or(ConsentState::NotAsked, |slot| slot.on(on));
            let weight = slot.and_then(|slot| slot.giver.as_ref()).map(|giver| giver.weight(owed));
            (narrowness(state), std::cmp::Reverse(weight))
        };
        match of_kinds.min_by_key(narrow) {
            Some(Some(slot)) if slot.state.says_something() => said(slot),
            Some(_) | None => own.map_or(nothing, said),
        }
    }

    pub fn told(self, owed: PersonId) -> Option<GiverStands> {
        let slot = self.slot?;
        Some(GiverStands {
            giver: slot.giver.clone(),
            weight: self.weight(owed).unwrap_or(Weight::View),
            state: self.state,
            event: slot.event,
            since: slot.since,
            until: slot.until,
        })
    }

    fn weight(self, owed: PersonId) -> Option<Weight> {
        self.giver.map(|giver| giver.weight(owed))
    }
}

/// How narrow a state is: of several that must all carry something, the narrowest is what stands.
const fn narrowness(state: ConsentState) -> u8 {
    match state {
        ConsentState::Refused => 0,
        ConsentState::NotThisOne => 1,
        ConsentState::Disagree => 2,
        ConsentState::Withdrawn => 3,
        ConsentState::OtherPurpose => 4,
        ConsentState::DifferentThings => 5,
        ConsentState::Expired => 6,
        ConsentState::NotYet => 7,
        ConsentState::Thinking => 8,
        ConsentState::Requested => 9,
        ConsentState::NoAnswer => 10,
        ConsentState::NotSought => 11,
        ConsentState::Told => 12,
        ConsentState::NotAsked => 13,
        ConsentState::Superseded => 14,
        ConsentState::InError => 15,
        ConsentState::Given => 16,
    }
}

/// What everybody's answers come to.
pub(super) fn combine<'a>(
    owed: PersonId,
    on: Day,
    said: impl Iterator<Item = &'a Said<'a>> + Clone,
) -> ConsentState {
    use ConsentState::{
        DifferentThings, Disagree, Expired, Given, InError, NoAnswer, NotAsked, NotSought, NotThisOne,
        NotYet, OtherPurpose, Refused, Requested, Superseded, Thinking, Told, Withdrawn,
    };
    let weighed = |weight| said.clone().filter(move |one| one.weight(owed) == Some(weight));
    // Whoever can decide for themselves decides: nobody's yes undoes their no, and nobody's no their yes.
    if let Some(own) = weighed(Weight::Own).find(|one| one.state.says_something()) {
        return own.state;
    }
    let in_force =
        |one: &&Said<'_>| one.state == Expired || !one.giver.is_some_and(|giver| giver.has_lapsed(on));
    let deciding = || weighed(Weight::For).filter(in_force);
    let unsettled = weighed(Weight::OwnUnsettled).map(|one| one.state).filter(|state| state.is_no());
    let mut no = deciding().map(|one| one.state).filter(|state| state.is_no()).chain(unsettled);
    let yes = deciding().any(|one| one.state == Given);
    match no.next() {
        Some(_) if yes => return Disagree,
        Some(NotThisOne) if no.all(|state| state == NotThisOne) => return NotThisOne,
        Some(_) => return Refused,
        None => {}
    }
    if yes {
        let other = deciding().any(|one| !one.state.says_something() && one.yes_elsewhere);
        return if other { DifferentThings } else { Given };
    }
    let ended = deciding().map(|one| one.state);
    let ended = ended.filter(|state| matches!(state, Withdrawn | OtherPurpose | Expired | NotYet));
    if let Some(state) = ended.min_by_key(|state| narrowness(*state)) {
        return state;
    }
    // Nobody who may decide has answered: what was done last to get an answer is what stands.
    let open =
        said.clone().filter(|one| matches!(one.state, Requested | Thinking | NoAnswer | NotSought | Told));
    let last = open.max_by_key(|one| one.slot.map(|slot| slot.since)).map(|one| one.state);
    let left = said.map(|one| one.state).filter(|state| matches!(state, Superseded | InError));
    last.or_else(|| left.min_by_key(|state| narrowness(*state))).unwrap_or(NotAsked)
}

impl Permission {
    /// What several come to that must all carry one thing: it is about several people, or of several kinds.
    #[must_use]
    pub fn narrowest(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let narrow = |one: &Self| match one {
            Self::Refused => 0,
            Self::Disagree => 1,
            Self::Withdrawn => 2,
            Self::OtherPurpose => 3,
            Self::NotNamed => 4,
            Self::Expired => 5,
            Self::NotAsked => 6,
            Self::Given => 7,
            Self::NotNeeded => 8,
        };
        all.into_iter().min_by_key(narrow)
    }
}
