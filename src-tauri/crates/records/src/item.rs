//! An information item: one statement in a file.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{ItemId, Mark, Occurred, PersonId};

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
