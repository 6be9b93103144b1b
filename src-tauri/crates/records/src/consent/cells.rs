//! What stands: events folded to cells, and a cell read for one thing and one recipient.
//!
//! A cell is whose confidence it is × sense × purpose × kind or statement × recipient. Inside it each giver has a state of
//! their own; what the cell says is computed from all of them. The narrowest wins, an exclusion beats an inclusion,
//! and whatever is not plainly a yes is none.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Said, combine};
use super::{
    ConsentAnswer, ConsentCell, ConsentEvent, ConsentGiver, ConsentPurpose, ConsentRecipient, ConsentSense,
    ConsentState, ConsentStep, ConsentThing, GiverKey, InfoKind, Permission, PurposeKind, ThingKey, Weight,
    WhoKey,
};
use crate::{ConsentId, Day, ItemId, Moment, PersonId, london_day};

/// An event, and when it was written down.
#[derive(Debug, Clone, Copy)]
pub struct ConsentSaid<'a> {
    /// The event.
    pub event: &'a ConsentEvent,
    /// When its entry was written.
    pub recorded: Moment,
}

/// What is asked of the fold: may this go to them, by consent.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: &'a ConsentPurpose,
    /// A kind, or one statement.
    pub thing: ThingKey,
    /// Of which kinds a statement is. Without any, only a yes to that very statement carries it.
    pub kinds: &'a [InfoKind],
    /// To whom.
    pub recipient: &'a ConsentRecipient,
}

/// How a cell stands, with everybody who said something there side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentStands {
    /// What all of it comes to.
    pub state: ConsentState,
    /// Each giver.
    pub givers: Vec<GiverStands>,
}

/// What one giver said, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiverStands {
    /// Who; none where nobody was asked.
    pub giver: Option<ConsentGiver>,
    /// How much it weighs.
    pub weight: Weight,
    /// How it stands.
    pub state: ConsentState,
    /// The event that made it so.
    pub event: ConsentId,
    /// When that happened.
    pub since: Moment,
    /// The last day of a yes.
    pub until: Option<Day>,
}

/// A place in the fold: everything but the thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct MatterKey {
    owed: PersonId,
    sense: ConsentSense,
    purpose: (PurposeKind, String),
    recipient: WhoKey,
}

/// What was said about one recipient for one purpose.
#[derive(Debug, Clone)]
struct Matter {
    purpose: ConsentPurpose,
    recipient: ConsentRecipient,
    givers: BTreeMap<GiverKey, BTreeMap<ThingKey, Slot>>,
}

/// One giver's cell.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub state: ConsentState,
    pub giver: Option<ConsentGiver>,
    pub event: ConsentId,
    pub since: Moment,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// Everything that was said, folded as it stands at a moment.
#[derive(Debug, Clone)]
pub struct Consents {
    on: Day,
    matters: BTreeMap<MatterKey, Matter>,
    kinds: BTreeMap<ItemId, BTreeSet<InfoKind>>,
    struck: BTreeSet<ConsentId>,
    replaced: BTreeMap<ConsentId, BTreeSet<ConsentId>>,
}

impl Consents {
    /// Folds all events as they stand at a moment. Their order here does not matter: they count by when they happened, and
    /// where that is the same, by when they were written down. What was recorded in error was never true, whenever
    /// that was found.
    #[must_use]
    pub fn at(said: &[ConsentSaid<'_>], moment: Moment) -> Self {
        let struck = struck(said);
        let mut told: Vec<_> = said.iter().filter(|one| one.event.happened <= moment).collect();
        told.sort_by_key(|one| (one.event.happened, one.recorded, one.event.id));
        let mut folded = Self {
            on: london_day(moment),
            matters: BTreeMap::new(),
            kinds: BTreeMap::new(),
            struck: BTreeSet::new(),
            replaced: BTreeMap::new(),
        };
        for one in &told {
            if !struck.contains(&one.event.id) {
                folded.take(one.event);
            }
        }
        for one in told.iter().filter(|one| struck.contains(&one.event.id)) {
            folded.mark_struck(one.event);
        }
        folded.struck = struck;
        folded
    }

    fn take(&mut self, event: &ConsentEvent) {
        let day = london_day(event.happened);
        for cell in &event.cells {
            // What says that an event was never true names its cells, and says nothing of what a note is.
            if let ConsentThing::Item { item, kinds } = &cell.what
                && event.strikes().is_none()
            {
                self.kinds.entry(*item).or_default().extend(kinds);
            }
            let Some(step) = event.step(cell) else { continue };
            let slots = self.slots(event, cell);
            let key = cell.what.key();
            let before = slots.get(&key).map_or(ConsentState::NotAsked, |slot| slot.on(day));
            // What is not allowed from here changes nothing; it was told when it was written down.
            let Some(after) = before.after(step) else { continue };
            if before.stands() && !step.is_answer() && after == before {
                continue;
            }
            let former = slots.insert(key, Slot::of(event, after));
            let spoke = former.filter(|slot| {
                slot.event != event.id && (slot.state.stands() || slot.state == ConsentState::Thinking)
            });
            if let Some(former) = spoke
                && (step.is_answer() || step == ConsentStep::Superseded)
            {
                self.replaced.entry(former.event).or_default().insert(event.id);
            }
        }
    }

    /// Says of a cell in which nothing else was ever said that what was said there was never true.
    fn mark_struck(&mut self, event: &ConsentEvent) {
        for cell in event.cells.iter().filter(|cell| event.step(cell).is_some()) {
            let slots = self.slots(event, cell);
            slots.entry(cell.what.key()).or_insert_with(|| Slot::of(event, ConsentState::InError));
        }
    }

    fn slots(&mut self, event: &ConsentEvent, cell: &ConsentCell) -> &mut BTreeMap<ThingKey, Slot> {
        let key = MatterKey {
            owed: event.owed,
            sense: event.sense,
            purpose: event.purpose.key(),
            recipient: cell.recipient.key(),
        };
        let matter = self.matters.entry(key).or_insert_with(|| Matter {
            purpose: event.purpose.clone(),
            recipient: cell.recipient.clone(),
            givers: BTreeMap::new(),
        });
        let giver = event.giver.as_ref().map_or(GiverKey::Nobody, ConsentGiver::key);
        matter.givers.entry(giver).or_default()
    }

    /// The events that were said to be never true.
    #[must_use]
    pub fn struck(&self) -> &BTreeSet<ConsentId> {
        &self.struck
    }

    /// The later answers of the same person that took the place of what an event said, in any of its cells.
    pub fn replaced_by(&self, event: ConsentId) -> impl Iterator<Item = ConsentId> + '_ {
        self.replaced.get(&event).into_iter().flatten().copied()
    }

    /// Whether anything that an event said is still the last word of whoever said it.
    #[must_use]
    pub fn is_last_word(&self, event: ConsentId) -> bool {
        let mut slots =
            self.matters.values().flat_map(|matter| matter.givers.values()).flat_map(BTreeMap::values);
        slots.any(|slot| slot.event == event)
    }

    /// The cells in which somebody said something that stands, for one purpose: what another answer can replace.
    #[must_use]
    pub fn said_by(
        &self,
        owed: PersonId,
        sense: ConsentSense,
        purpose: &ConsentPurpose,
        giver: &GiverKey,
    ) -> Vec<ConsentCell> {
        let of = (owed, sense, purpose.key());
        let matters = self.matters.iter().filter(|(key, _)| (key.owed, key.sense, key.purpose.clone()) == of);
        let said = matters.filter_map(|(_, matter)| Some((&matter.recipient, matter.givers.get(giver)?)));
        let cells = said.flat_map(|(recipient, slots)| {
            slots.iter().filter(|(_, slot)| slot.state.says_something()).map(|(thing, _)| ConsentCell {
                what: thing.thing(),
                recipient: recipient.clone(),
                answer: ConsentAnswer::Blank,
            })
        });
        cells.collect()
    }

    /// Whether a yes of an event is still the last word anywhere, its time over or not.
    #[must_use]
    pub fn is_last_yes(&self, event: ConsentId) -> bool {
        let mut slots =
            self.matters.values().flat_map(|matter| matter.givers.values()).flat_map(BTreeMap::values);
        slots.any(|slot| slot.event == event && slot.state == ConsentState::Given)
    }

    /// Of which kinds a statement was judged to be when it was asked about.
    pub fn kinds_of(&self, item: ItemId) -> impl Iterator<Item = InfoKind> + '_ {
        self.kinds.get(&item).into_iter().flatten().copied()
    }

    /// The cells of an event, by their place in it, that it cannot move from where its giver stands.
    #[must_use]
    pub fn cannot_move(&self, event: &ConsentEvent) -> Vec<usize> {
        let giver = event.giver.as_ref().map_or(GiverKey::Nobody, ConsentGiver::key);
        let stuck = |cell: &ConsentCell| {
            let step = event.step(cell)?;
            let key = MatterKey {
                owed: event.owed,
                sense: event.sense,
                purpose: event.purpose.key(),
                recipient: cell.recipient.key(),
            };
            let slots = self.matters.get(&key).and_then(|matter| matter.givers.get(&giver));
            let slot = slots.and_then(|slots| slots.get(&cell.what.key()));
            let state = slot.map_or(ConsentState::NotAsked, |slot| slot.on(self.on));
            state.after(step).is_none().then_some(())
        };
        (0..).zip(&event.cells).filter_map(|(at, cell)| stuck(cell).map(|()| at)).collect()
    }

    /// Whether consent carries it.
    #[must_use]
    pub fn permission(&self, wanted: &Wanted<'_>) -> Permission {
        self.stands(wanted).state.permission()
    }

    /// How a cell stands.
    #[must_use]
    pub fn stands(&self, wanted: &Wanted<'_>) -> ConsentStands {
        let mut kinds: BTreeSet<InfoKind> = wanted.kinds.iter().copied().collect();
        match wanted.thing {
            ThingKey::Item(item) => kinds.extend(self.kinds_of(item)),
            ThingKey::Kind(kind) => {
                kinds.insert(kind);
            }
        }
        let beyond = kinds.contains(&InfoKind::Safeguarding) && !wanted.purpose.kind.carries_safeguarding();
        let key = MatterKey {
            owed: wanted.owed,
            sense: wanted.sense,
            purpose: wanted.purpose.key(),
            recipient: wanted.recipient.key(),
        };
        let mut givers: BTreeMap<&GiverKey, Said<'_>> = BTreeMap::new();
        if let Some(matter) = self.matters.get(&key) {
            for (giver, slots) in &matter.givers {
                let mut said = Said::of(slots, wanted.thing, &kinds, wanted.owed, self.on);
                if beyond && said.state == ConsentState::Given {
                    said.state = ConsentState::OtherPurpose;
                }
                givers.insert(giver, said);
            }
        }
        // A no reaches whoever may be meant.
        for matter in self.others_who_may_be(&key, wanted.recipient) {
            for (giver, slots) in &matter.givers {
                let said = Said::of(slots, wanted.thing, &kinds, wanted.owed, self.on);
                let no = said.state.is_no() || said.state == ConsentState::Withdrawn;
                // What was never true, or was replaced, is nothing that came after the no.
                let since = |said: &Said<'_>| {
                    said.slot.filter(|_| said.state.says_something()).map(|slot| slot.since)
                };
                let held = givers.get(giver);
                if no && held.is_none_or(|held| since(held) < since(&said)) {
                    givers.insert(giver, said);
                }
            }
        }
        let state = combine(wanted.owed, self.on, givers.values());
        let givers = givers.into_values().filter_map(|said| said.told(wanted.owed)).collect();
        ConsentStands { state, givers }
    }

    fn others_who_may_be<'a>(
        &'a self,
        key: &'a MatterKey,
        recipient: &ConsentRecipient,
    ) -> impl Iterator<Item = &'a Matter> {
        let recipient = recipient.clone();
        let same = move |other: &MatterKey| {
            (other.owed, other.sense, &other.purpose) == (key.owed, key.sense, &key.purpose)
        };
        // The least recipient of this purpose.
        let first = MatterKey { recipient: WhoKey::FIRST, ..key.clone() };
        self.matters
            .range(first..)
            .take_while(move |(other, _)| same(other))
            .filter(move |(other, matter)| *other != key && matter.recipient.may_be(&recipient))
            .map(|(_, matter)| matter)
    }

    /// Everything that was ever asked or said, each thing beside each recipient of its purpose: what the matrix shows.
    #[must_use]
    pub fn asked_about(&self) -> Vec<AskedAbout> {
        let mut found: BTreeMap<(PersonId, ConsentSense, (PurposeKind, String)), AskedAbout> =
            BTreeMap::new();
        for (key, matter) in &self.matters {
            let of = (key.owed, key.sense, key.purpose.clone());
            let about = found.entry(of).or_insert_with(|| AskedAbout {
                owed: key.owed,
                sense: key.sense,
                purpose: matter.purpose.clone(),
                things: BTreeSet::new(),
                recipients: Vec::new(),
            });
            about.things.extend(matter.givers.values().flat_map(BTreeMap::keys));
            about.recipients.push(matter.recipient.clone());
        }
        found.into_values().collect()
    }
}

/// The things and the recipients that were asked about for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAbout {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense.
    pub sense: ConsentSense,
    /// For what.
    pub purpose: ConsentPurpose,
    /// What.
    pub things: BTreeSet<ThingKey>,
    /// To whom.
    pub recipients: Vec<ConsentRecipient>,
}

impl WhoKey {
    /// None comes before it in order.
    const FIRST: Self = Self::Contact(crate::ContactId(uuid::Uuid::nil()));
}

/// The events that were never true. What says so can itself be struck: then the event stands again.
fn struck(said: &[ConsentSaid<'_>]) -> BTreeSet<ConsentId> {
    let mut errors: Vec<_> =
        said.iter().filter_map(|one| Some((one.recorded, one.event.id, one.event.strikes()?))).collect();
    errors.sort_unstable();
    let mut struck = BTreeSet::new();
    for (_, id, target) in errors.into_iter().rev() {
        if !struck.contains(&id) {
            struck.insert(target);
        }
    }
    struck
}

impl Slot {
    fn of(event: &ConsentEvent, state: ConsentState) -> Self {
        Self {
            state,
            giver: event.giver.clone(),
            event: event.id,
            since: event.happened,
            from: event.from,
            until: event.until,
        }
    }

    /// The state on a day: the time of a yes, and of the power under which it was said, is read and never written.
    pub fn on(&self, day: Day) -> ConsentState {
        if self.state != ConsentState::Given {
            return self.state;
        }
        let lapsed = self.giver.as_ref().is_some_and(|giver| giver.has_lapsed(day));
        if lapsed || self.until.is_some_and(|until| until < day) {
            ConsentState::Expired
        } else if self.from.is_some_and(|from| from > day) {
            ConsentState::NotYet
        } else {
            ConsentState::Given
        }
    }
}
