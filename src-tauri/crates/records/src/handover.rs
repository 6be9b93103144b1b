//! A handover as it was frozen, and the key of the agency that it is for.

use crate::words::closed_set;
use crate::{CaseId, HandoverId, Seq, Sha256};

closed_set! {
    /// How the cells of a handover's tables are written.
    Profile in "snake_case" {
        /// RFC 4180 in UTF-8 and nothing else: for a program that imports.
        Strict = "strict",
        /// With a byte-order mark, and an apostrophe before what a spreadsheet would run: for people.
        SpreadsheetSafe = "spreadsheet_safe",
    }
}

impl Default for Profile {
    /// What a person can open without harm; and what every handover was before there was a choice.
    fn default() -> Self {
        Self::SpreadsheetSafe
    }
}

/// A handover as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Identifies it.
    pub id: HandoverId,
    /// The age recipient.
    pub recipient: String,
    /// Its name.
    pub recipient_name: String,
    /// The files handed over.
    pub cases: Vec<CaseId>,
    /// First sequence covered.
    pub from: Seq,
    /// Last sequence covered.
    pub to: Seq,
    /// The chain's link there.
    pub head: Sha256,
    /// How the cells of its tables are written.
    pub profile: Profile,
}

/// A key of an agency under the name given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientKey {
    /// The age recipient.
    pub recipient: String,
    /// The name.
    pub name: String,
}
