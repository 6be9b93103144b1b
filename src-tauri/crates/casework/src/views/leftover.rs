//! What looks like somebody protected in a paper, and what is said of it.

use serde::{Deserialize, Serialize};
use sharewell_records::{LeftoverKind, LeftoverMeans, PersonId};
use specta::Type;

/// A form that looks like somebody protected, and how often it stands in the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LeftoverView {
    /// Who it may be.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The form, as it is remembered.
    pub form: String,
    /// As it was first written.
    pub shown: String,
    /// What makes it look so.
    pub like: LeftoverKind,
    /// How often.
    pub count: u32,
}

/// What was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LeftoverInput {
    /// Who it may be.
    pub person: PersonId,
    /// The form, as it is remembered.
    pub form: String,
    /// Whether it is them; none where nothing was chosen.
    pub means: Option<LeftoverMeans>,
}
