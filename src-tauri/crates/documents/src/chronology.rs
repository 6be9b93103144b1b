//! The values of a chronology: rows of a file's story that somebody chose, the earliest first.

use serde::{Deserialize, Serialize};
use sharewell_records::Mark;

use crate::parts::{CheckValues, Child, Practitioner, Sheet};

/// A chronology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chronology {
    /// Head and foot.
    pub sheet: Sheet,
    /// The child, with the age on the day of printing.
    pub child: Child,
    /// Whose file it is.
    pub practitioner: Practitioner,
    /// What was chosen.
    pub rows: Vec<ChronologyRow>,
    /// How to check the file.
    pub check: CheckValues,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChronologyRow {
    /// When it happened.
    pub happened: String,
    /// When it was written down.
    pub written: String,
    /// Where it comes from (`Visit`, `Shared`).
    pub source: String,
    /// Who wrote it down.
    pub by: String,
    /// Its label, where it is a statement.
    pub mark: Option<Mark>,
    /// What happened; for a statement the words of it.
    pub text: String,
    /// Whose words they are, where somebody else said them.
    pub speaker: String,
    /// What became of it since.
    pub notes: Vec<String>,
}
