//! Safety flags as lines.

use serde::{Deserialize, Serialize};
use sharewell_records::{Day, FlagId, FlagKind, PersonId};
use specta::Type;

/// A safety flag as every page about the child says it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FlagLine {
    /// The flag.
    pub id: FlagId,
    /// On whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What must not be done.
    pub kind: FlagKind,
    /// Why, and what to do instead.
    pub reason: String,
    /// When to look again.
    pub review: Option<Day>,
}
