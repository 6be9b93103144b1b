//! Handing the records over to the agency.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, HandoverId, Moment};
use specta::Type;

/// The handover page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverPage {
    /// Keys of agencies that were imported.
    pub recipients: Vec<RecipientKeyView>,
    /// Files with what is not handed over yet.
    pub files: Vec<HandoverFile>,
    /// Restricted files, each of which goes by itself.
    pub restricted: Vec<HandoverFile>,
    /// Handovers made, newest first.
    pub made: Vec<HandoverView>,
    /// Whether an agency profile stands behind this vault.
    pub has_profile: bool,
}

/// An imported age recipient.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RecipientKeyView {
    /// `age1…`.
    pub recipient: String,
    /// Its name.
    pub name: String,
    /// Groups of characters to compare by telephone.
    pub fingerprint: String,
    /// When it was imported.
    pub imported_at: Moment,
}

/// One file and what waits in it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverFile {
    /// The file.
    pub case: CaseId,
    /// The child's name; empty for a restricted file.
    pub name: String,
    /// The number of a restricted file.
    pub restricted: Option<u32>,
    /// Entries in all.
    pub entries: u32,
    /// Entries not handed over yet.
    pub waiting: u32,
    /// Whether a handover covers it whose own file was never written: its writing was stopped, or cut off.
    pub unwritten: bool,
}

/// Whether it is known what was written of a handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FileFacts {
    /// It is.
    Known,
    /// It was frozen, and no file was written since.
    NotWritten,
    /// A file was written; the note of it cannot be read.
    Unreadable,
}

/// A handover that was made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverView {
    /// The handover.
    pub id: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// To whom.
    pub recipient_name: String,
    /// The recipient's fingerprint.
    pub fingerprint: String,
    /// Children's names.
    pub children: Vec<String>,
    /// The number of a restricted file, where it was one.
    pub restricted: Option<u32>,
    /// First sequence covered.
    pub from: u32,
    /// Last sequence covered.
    pub to: u32,
    /// Whether what follows is known.
    pub facts: FileFacts,
    /// Entries with content.
    pub entries: u32,
    /// Documents.
    pub documents: u32,
    /// SHA-256 of the file, where it was written in this sitting or since.
    pub file_hash: String,
    /// The file's name.
    pub file_name: String,
    /// Its size in kilobytes.
    pub kilobytes: u32,
}
