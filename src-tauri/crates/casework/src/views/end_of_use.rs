//! The end of use of a vault.

use serde::{Deserialize, Serialize};
use sharewell_records::{EndFirst, EndPiece, EndReason, EndRefused, HandoverId, Moment};
use specta::Type;

/// The page before the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndPage {
    /// Why it is not ended at all; none where it may be.
    pub refused: Option<EndRefused>,
    /// The agency's own words for that, where it has any.
    pub hold: String,
    /// What the agency is called; empty where none stands behind the vault.
    pub agency: String,
    /// Entries of files whose content is here.
    pub entries: u32,
    /// Those that receipts name.
    pub received: u32,
    /// Those without a receipt in sealed files that were looked at.
    pub in_files: u32,
    /// What stands first.
    pub first: Vec<EndFirstView>,
    /// Whether a reason has to be given.
    pub needs_reason: bool,
    /// The folder that was looked at; empty where none was.
    pub folder: String,
    /// Every file of a handover that was written, the earliest first.
    pub files: Vec<EndFileView>,
    /// What has to be typed.
    pub phrase: String,
    /// All of this as one value: what is ended is what was shown.
    pub shown: String,
}

/// One thing that stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndFirstView {
    /// Which.
    pub what: EndFirst,
    /// How many.
    pub count: u32,
}

/// The file of a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndFileView {
    /// The handover.
    pub handover: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// The name under which it was saved.
    pub name: String,
    /// Whether receipts name everything in it.
    pub received: bool,
    /// Whether it lies in the folder, whole.
    pub seen: bool,
}

/// What is typed to end it. The passphrase goes beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndTyped {
    /// The folder with the sealed files, in which the certificate is written.
    pub folder: String,
    /// What was shown.
    pub shown: String,
    /// Why, where something stands first.
    pub reason: Option<EndReason>,
    /// The words that confirm it.
    pub phrase: String,
    /// Whether the backups in the vault's own folder go.
    pub backups: bool,
    /// Whether the copies of backups in the second place go.
    pub copies: bool,
}

/// What became of one piece, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndedPieceView {
    /// Which.
    pub piece: EndPiece,
    /// How many went.
    pub removed: u32,
    /// How many are still there.
    pub left: u32,
}

/// It was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EndedView {
    /// Where the certificate lies.
    pub certificate: String,
    /// What became of each piece.
    pub pieces: Vec<EndedPieceView>,
    /// Files that could not be written over before they were removed; none where that is not known.
    pub not_overwritten: Option<u32>,
}
