//! Long work that a page waits for.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What kind of long work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Opening the vault, where tables are built anew, or bringing a backup back.
    Opening,
    /// Checking the vault.
    Check,
    /// A backup.
    Backup,
    /// A handover's file.
    Handover,
    /// A paper, a map, or a file for a countersignature.
    Paper,
    /// A paper that comes into a file, or is opened.
    Attachment,
    /// Holding a guidance pack to its conditions.
    Guidance,
    /// Wrapping the vault's key anew.
    Keys,
    /// Trying the way back in.
    Rehearsal,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WorkView {
    /// Steps done.
    pub done: u32,
    /// Steps in all; none where that is not known yet.
    pub total: Option<u32>,
    /// Whether it was stopped and is about to end.
    pub stopping: bool,
}

/// Where a file is going to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SavePath {
    /// The path that is written, with its ending.
    pub path: String,
    /// A file stands there, and nobody was asked about it: the system's dialog was given another name.
    pub replaces: bool,
}
