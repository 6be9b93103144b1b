//! What tells files apart whose lines read the same, and who may be the same child.

use serde::{Deserialize, Serialize};
use sharewell_records::{Birth, Day, Identifier, Moment, PersonId};
use specta::Type;

use super::ChildLine;

/// A fact that tells a child's file apart from those of namesakes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum TellsApart {
    /// When the child was born, or is expected.
    Born {
        /// The day.
        on: Day,
    },
    /// Where the child lives.
    Home {
        /// The first line of the address.
        line: String,
    },
    /// The agency's number for the file.
    Reference {
        /// The number.
        reference: String,
    },
    /// The end of the child's health number.
    Number {
        /// Its last four figures.
        last: String,
    },
    /// When the file was opened.
    Opened {
        /// When.
        at: Moment,
    },
}

/// Somebody in another file who may be the child whose details are being saved.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SameChild {
    /// Their file.
    pub line: ChildLine,
    /// Who it is there.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Birth as recorded.
    pub birth: Birth,
    /// Address; empty where somebody in that file is protected.
    pub address: String,
    /// Numbers.
    pub identifiers: Vec<Identifier>,
    /// Whether a number is the same; else it is the name and the birth.
    pub number: bool,
    /// Whether it is somebody of the file to which the person is about to be added.
    pub here: bool,
}
