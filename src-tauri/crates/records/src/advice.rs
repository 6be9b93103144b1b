//! Advice asked for and given.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{AdviceId, DecisionId, Occurred};

/// Advice asked for and given (S26–S28, A11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Advice {
    /// Identifies the advice.
    pub id: AdviceId,
    /// The decision that it was for, if any.
    pub decision: Option<DecisionId>,
    /// Who gave it: name and post.
    pub adviser: String,
    /// Whether the adviser belongs to the practitioner's own agency.
    pub own_agency: bool,
    /// Whether the child or anyone else was named. Named and outside the agency is a disclosure.
    pub named: bool,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Whether it was followed; a reason is required where it was not.
    pub followed: Followed,
    /// When.
    pub at: Occurred,
}

/// Whether advice was followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Followed {
    /// Followed.
    Yes,
    /// Not followed, and why.
    No {
        /// Why not.
        reason: String,
    },
    /// Not decided yet.
    NotYet,
}
