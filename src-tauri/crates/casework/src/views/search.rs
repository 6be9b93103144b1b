//! Finding again.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, DecisionId, EntryId, Moment};
use specta::Type;

/// What a search found, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SearchView {
    /// What was searched for, as typed.
    pub query: String,
    /// People and files.
    pub children: Vec<super::ChildLine>,
    /// Files of people whose names are nearly what was typed: spelt otherwise, or one slip apart.
    pub also: Vec<super::ChildLine>,
    /// Places in files.
    pub hits: Vec<Hit>,
    /// Whether more was found than is shown.
    pub more: bool,
}

/// One place that was found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// The file.
    pub case: Option<CaseId>,
    /// The decision, where the place is in one.
    pub decision: Option<DecisionId>,
    /// The child's name.
    pub child: String,
    /// The stored kind.
    pub kind: String,
    /// Text around the place, cut into pieces; every second piece is the match.
    pub pieces: Vec<String>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// Whether a safety flag binds somebody in this file.
    pub flagged: bool,
    /// Whether somebody in the file is protected, so that no text of it is shown here.
    pub withheld: bool,
}
