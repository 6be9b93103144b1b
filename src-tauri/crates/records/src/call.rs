//! A call about a decision: who was tried or reached, on which number, and what came of it.
//!
//! Calls in an emergency stand in the emergency ([`crate::Attempt`]), which is recorded anew as it goes on. A call here is
//! an entry of its own: it is never changed, and another try is another call.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{CallId, CheckedBy, DecisionId, ItemId, Moment, PersonId};

/// One call, with its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Call {
    /// Identifies the call.
    pub id: CallId,
    /// The decision about which it was; none where that was given up before it was signed.
    pub decision: Option<DecisionId>,
    /// The pack's own id of the duty for which it was made.
    pub key: String,
    /// Whom that duty concerns, where it is about one person.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The post or service that was rung.
    pub recipient: String,
    /// The number; empty where none was noted.
    #[serde(default)]
    pub number: String,
    /// How the number was found.
    pub found: NumberFound,
    /// What came of it.
    pub end: CallEnd,
    /// What was said: the lines that were ticked.
    #[serde(default)]
    pub said: Vec<String>,
    /// The notes among them (from version 2). What confirms the call in writing begins with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
    /// When.
    pub at: Moment,
}

closed_set! {
    /// How the number of a call was found. A number that the other side gave makes nobody sure of who they are.
    NumberFound in "snake_case" {
        /// It stands in the practitioner's own details.
        OwnDetails = "own_details",
        /// It stands in the directory.
        Directory = "directory",
        /// It is the same for everybody: 999, 101.
        Everybody = "everybody",
        /// It was looked up for this call.
        LookedUp = "looked_up",
        /// They gave it themselves.
        TheyGave = "they_gave",
        /// Nothing was said of it.
        NotSaid = "not_said",
    }
}

impl NumberFound {
    /// By what it was made sure who was reached on it; none where nobody was.
    #[must_use]
    pub const fn check(self) -> Option<CheckedBy> {
        match self {
            Self::OwnDetails | Self::Directory | Self::Everybody | Self::LookedUp => {
                Some(CheckedBy::RangBack)
            }
            Self::TheyGave | Self::NotSaid => None,
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum CallEnd {
    /// Somebody was told. This alone closes what the call was for.
    Told {
        /// Who took it: a name, or what a call taker is known by.
        who: String,
        /// Their job.
        #[serde(default)]
        job: String,
        /// Their reference.
        #[serde(default)]
        reference: String,
        /// What they will do.
        #[serde(default)]
        will_do: String,
        /// By when, as they said it.
        #[serde(default)]
        by_when: String,
    },
    /// Nobody answered; the next number is rung.
    NoAnswer,
    /// Not told yet, and it goes on.
    StillTrying {
        /// Why.
        why: NotYetTold,
    },
    /// They will not take it.
    Refused {
        /// Who refused, and why, as they said it.
        #[serde(default)]
        who: String,
        /// Who decides.
        who_decides: String,
        /// By when.
        by_when: String,
    },
}

impl CallEnd {
    /// Whether somebody was told.
    #[must_use]
    pub const fn is_told(&self) -> bool {
        matches!(self, Self::Told { .. })
    }
}

closed_set! {
    /// Why nobody is told yet.
    NotYetTold in "snake_case" {
        /// A message was left. A voicemail tells nobody.
        Voicemail = "voicemail",
        /// It was engaged.
        Engaged = "engaged",
        /// They ring back.
        RingBack = "ring_back",
        /// The call was cut off.
        CutOff = "cut_off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_checked;

    #[test]
    fn a_number_that_they_gave_makes_nobody_sure_who_they_are() {
        for found in NumberFound::ALL {
            let sure = !matches!(found, NumberFound::TheyGave | NumberFound::NotSaid);
            assert_eq!(is_checked(found.check()), sure, "{}", found.word());
        }
    }
}
