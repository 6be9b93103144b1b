//! An information item: one statement in a file, and the visit at which it was noted.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{ItemId, Mark, Occurred, PersonId, VisitId};

/// One statement in a file (S73, S75, S79).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Item {
    /// Identifies the item.
    pub id: ItemId,
    /// Fact, opinion or reported.
    pub mark: Mark,
    /// What kind of note it came from.
    pub source: ItemSource,
    /// The statement.
    pub text: String,
    /// For a reported item: who said it. For an opinion: as what it was given.
    #[serde(default)]
    pub by: String,
    /// Whom it is about.
    #[serde(default)]
    pub about: Vec<PersonId>,
    /// When it happened or was said.
    pub occurred: Occurred,
    /// Free labels for finding and grouping.
    #[serde(default)]
    pub labels: Vec<String>,
    /// The visit of which it is one line; none for a statement by itself (from version 2).
    #[serde(default)]
    pub visit: Option<Visit>,
}

/// What the lines of one visit have in common besides the day and the kind of contact. It stands in each of them, so
/// that a line can be shared, set apart or handed over by itself and says where and with whom all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Visit {
    /// Identifies the visit: its lines bear the same.
    pub id: VisitId,
    /// Where, may be empty.
    #[serde(default)]
    pub place: String,
    /// Who of the file was there.
    #[serde(default)]
    pub there: Vec<PersonId>,
    /// Who else was there, in words, may be empty.
    #[serde(default)]
    pub others: String,
    /// Which of the children who were there were seen alone.
    #[serde(default)]
    pub alone: Vec<PersonId>,
}

impl Visit {
    /// Everybody of the file whom it names.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.there.iter().chain(self.alone.iter().filter(|one| !self.there.contains(one))).copied()
    }
}

closed_set! {
    /// Where an item comes from.
    ItemSource in "snake_case" {
        /// A home visit.
        Visit = "visit",
        /// A telephone call.
        Call = "call",
        /// A meeting.
        Meeting = "meeting",
        /// At school, nursery, clinic or centre.
        Setting = "setting",
        /// A letter, message or record from somebody else.
        Message = "message",
        /// Something else.
        Other = "other",
    }
}
