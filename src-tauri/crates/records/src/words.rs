//! Closed sets of words that every crate shares. A released word never changes; a new one is added.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The four nations. Terms that differ by nation come from the guidance pack, never from code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Nation {
    /// England.
    England,
    /// Scotland.
    Scotland,
    /// Wales.
    Wales,
    /// Northern Ireland.
    NorthernIreland,
}

impl Nation {
    /// All four, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::England, Self::Scotland, Self::Wales, Self::NorthernIreland];

    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::England => "england",
            Self::Scotland => "scotland",
            Self::Wales => "wales",
            Self::NorthernIreland => "northern_ireland",
        }
    }
}

/// What kind of statement an information item is (S75). Nothing is shared unmarked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Seen, heard, measured or done by the author.
    Fact,
    /// The author's professional judgement.
    Opinion,
    /// Said or written by somebody else, who is named in the item.
    Reported,
}

impl Mark {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Opinion => "opinion",
            Self::Reported => "reported",
        }
    }
}
