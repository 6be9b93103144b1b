//! The values of the restricted sheet.

use serde::{Deserialize, Serialize};

use crate::parts::{CheckValues, Sheet};

/// Protected names and whereabouts, for those alone who need them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictedSheet {
    /// Head and foot.
    pub sheet: Sheet,
    /// The document to which it belongs (`Decision 0142`).
    pub belongs_to: String,
    /// Who may see it, by role.
    pub readers: String,
    /// Why the names are protected, in general words.
    pub reason: String,
    /// The people.
    pub people: Vec<ProtectedPerson>,
    /// How to check the record.
    pub check: CheckValues,
}

/// A protected person.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProtectedPerson {
    /// The role by which the other document calls them.
    pub role: String,
    /// The name.
    pub name: String,
    /// Where they are.
    pub whereabouts: String,
    /// How to reach them safely.
    pub reach: String,
    /// From whom it must be kept.
    pub keep_from: String,
    /// Why this person is protected, since when and by whom that was said.
    pub why: String,
}

// A protected name must not reach a log through `{:?}`.
impl std::fmt::Debug for ProtectedPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProtectedPerson").finish_non_exhaustive()
    }
}
