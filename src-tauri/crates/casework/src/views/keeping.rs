//! Closed sets about the program and the vault themselves, not about a child.

use serde::{Deserialize, Serialize};
use specta::Type;

/// On what ground a folder lies that is not on a disk of this computer alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// A program keeps it the same on other computers.
    Synced,
    /// It lies on another computer.
    Share,
    /// It lies on a drive that can be taken out.
    Removable,
}

/// By which key, pressed three times, the window hides and locks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HideBy {
    /// Shift.
    #[default]
    Shift,
    /// Escape: for who taps Shift to change the language of typing, or by accident.
    Escape,
    /// None.
    Off,
}

/// How the text is to be made another size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Resize {
    /// One step larger.
    Larger,
    /// One step smaller.
    Smaller,
    /// The usual size.
    Usual,
}

/// Something to know about the vault itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The recovery code was not typed back.
    RecoveryNotConfirmed,
    /// Entries are missing.
    DamageFound,
    /// What remembers the newest entry was not there, and nobody has said why.
    HeadNotFound,
    /// The clock cannot be right.
    ClockDoubtful,
    /// There is no backup.
    NoBackup,
    /// The last automatic backup failed.
    BackupFailed,
    /// The clock went backwards.
    ClockChanged,
    /// The guidance in use knows few bank holidays more.
    HolidaysEnd,
    /// For a year nobody has tried whether the recovery code opens the vault.
    RehearsalDue,
}

/// What a check can find in a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // Each is said in full where it is found: `sharewell_vault::Finding`.
pub enum FindingKind {
    PageDamaged,
    PartUnreadable,
    KeysChanged,
    EntriesMissing,
    EntryMalformed,
    EntryAltered,
    ChainBroken,
    PayloadAltered,
    PayloadMissing,
    PayloadMalformed,
    /// The bytes of a paper are not those that were taken in.
    AttachmentAltered,
    /// The bytes of a paper are gone without a reason.
    AttachmentMissing,
    StrayRow,
    OriginNotStarted,
    ContinuesNothing,
    CheckpointWrong,
    OrderAltered,
    HeadMissing,
    HeadUnreadable,
    EntriesLost,
    OutsideHeadDisagrees,
    OutsideHeadMissing,
    ProjectionDiffers,
    SearchIndexDamaged,
    AccessLogAltered,
    EarlierLoss,
    FromNewerVersion,
}
