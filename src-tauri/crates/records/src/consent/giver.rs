//! Who answers for whom, and whose answer counts.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Day, PersonId};

closed_set! {
    /// In which capacity somebody is asked or answers.
    GiverCapacity in "snake_case" {
        /// A child or young person, for themselves.
        Child = "child",
        /// A parent with parental responsibility.
        Parent = "parent",
        /// Somebody else who holds responsibility by an order, a council included.
        OrderHolder = "order_holder",
        /// An adult, for themselves.
        Adult = "adult",
        /// An attorney under a registered power for this matter.
        Attorney = "attorney",
        /// A deputy, or a guardian under Scots law, within the order.
        Guardian = "guardian",
        /// Anybody else: next of kin, a parent without responsibility, a power over property. It is heard and decides
        /// nothing.
        NoSay = "no_say",
    }
}

closed_set! {
    /// Whether the person whose confidence it is can decide this, today.
    AbleToDecide in "snake_case" {
        /// They can.
        Able = "able",
        /// They cannot.
        NotAble = "not_able",
        /// It is not settled.
        NotSettled = "not_settled",
    }
}

/// Who is asked or answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConsentGiver {
    /// Who it is in the file; none for somebody who does not stand there, such as a council.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// In which capacity.
    pub capacity: GiverCapacity,
    /// Whether the person whose confidence it is can decide this, today.
    pub able: AbleToDecide,
    /// What shows that.
    #[serde(default)]
    pub shows: String,
    /// The order or power that was seen and what it allows; may be empty where none is needed.
    #[serde(default)]
    pub powers: String,
    /// The last day on which that order or power holds.
    #[serde(default)]
    pub until: Option<Day>,
}

/// By which a giver is told from others. Their answers stand side by side, and nobody's overwrites another's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GiverKey {
    /// Nobody was asked.
    Nobody,
    /// Somebody of the file.
    Person(PersonId),
    /// Somebody who does not stand in the file.
    Named(String),
}

impl GiverKey {
    /// Somebody who does not stand in the file, whatever the case and the spacing of the name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::Named(super::folded(name))
    }
}

/// How much an answer weighs, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It is the person's own, and they can decide: it comes first.
    Own,
    /// It is the person's own no, and nobody settled whether they can decide: it is not undone by somebody else's yes.
    OwnUnsettled,
    /// It is that of somebody who may decide for them.
    For,
    /// It is heard and decides nothing.
    View,
}

impl ConsentGiver {
    /// By which they are told from others.
    #[must_use]
    pub fn key(&self) -> GiverKey {
        match self.person {
            Some(person) => GiverKey::Person(person),
            None => GiverKey::named(&self.name),
        }
    }

    /// How much their answer weighs. That somebody else cannot decide never takes anything from a parent's answer.
    #[must_use]
    pub fn weight(&self, owed: PersonId) -> Weight {
        let own = self.person == Some(owed);
        match self.capacity {
            GiverCapacity::Child if own => match self.able {
                AbleToDecide::Able => Weight::Own,
                AbleToDecide::NotSettled => Weight::OwnUnsettled,
                AbleToDecide::NotAble => Weight::View,
            },
            // An adult is taken to be able until shown otherwise.
            GiverCapacity::Adult if own => match self.able {
                AbleToDecide::Able | AbleToDecide::NotSettled => Weight::Own,
                AbleToDecide::NotAble => Weight::View,
            },
            GiverCapacity::Parent | GiverCapacity::OrderHolder if !own => Weight::For,
            // A power holds only where the person cannot decide this today.
            GiverCapacity::Attorney | GiverCapacity::Guardian
                if !own && self.able == AbleToDecide::NotAble =>
            {
                Weight::For
            }
            GiverCapacity::Child
            | GiverCapacity::Adult
            | GiverCapacity::Parent
            | GiverCapacity::OrderHolder
            | GiverCapacity::Attorney
            | GiverCapacity::Guardian
            | GiverCapacity::NoSay => Weight::View,
        }
    }

    /// Whether the order or power under which they answer has ended.
    #[must_use]
    pub fn has_lapsed(&self, on: Day) -> bool {
        self.until.is_some_and(|until| until < on)
    }
}
