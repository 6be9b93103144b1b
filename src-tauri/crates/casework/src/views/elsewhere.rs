//! Which other agencies hold a record, as shown and as typed.

use serde::{Deserialize, Serialize};
use sharewell_records::{AskRoute, CaseId, ContactId, Day, ElsewhereKind, HeldElsewhereId, Moment};
use specta::Type;

use super::{DayTyped, FlagLine};

/// The records of a file that other agencies hold.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ElsewhereView {
    /// The file.
    pub case: CaseId,
    /// How it is called.
    pub child: String,
    /// The flags of the file.
    pub flags: Vec<FlagLine>,
    /// Each record, those that are held still first.
    pub rows: Vec<ElsewhereRow>,
}

/// A record that another agency holds.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ElsewhereRow {
    /// Which.
    pub id: HeldElsewhereId,
    /// Whom to ask, where they stand in the directory.
    pub contact: Option<ContactId>,
    /// The agency, and whom to ask there.
    pub agency: String,
    /// The number of the contact, as the directory has it now; empty where there is none.
    pub phone: String,
    /// What kind of record.
    pub kind: ElsewhereKind,
    /// More of it in words.
    pub words: String,
    /// By which lawful route it is asked for.
    pub route: AskRoute,
    /// How to ask.
    pub how: String,
    /// The last day on which somebody was in touch about it.
    pub last_contact: Option<Day>,
    /// Whether they hold it no more.
    pub ended: bool,
    /// Why it was changed last.
    pub reason: String,
    /// When it was written down or changed.
    pub recorded_at: Moment,
}

/// A record that another agency holds, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ElsewhereInput {
    /// Whom to ask, where they stand in the directory.
    pub contact: Option<ContactId>,
    /// The agency, and whom to ask there.
    pub agency: String,
    /// What kind of record.
    pub kind: Option<ElsewhereKind>,
    /// More of it in words.
    pub words: String,
    /// By which lawful route it is asked for.
    pub route: Option<AskRoute>,
    /// How to ask.
    pub how: String,
    /// The last day on which somebody was in touch about it.
    pub last_contact: DayTyped,
    /// Whether they hold it no more.
    pub ended: bool,
    /// Why it was changed; not looked at where it is new.
    pub reason: String,
}
