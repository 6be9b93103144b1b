//! Copies on this laptop that may go, since the agency has them.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, CaseKind, CopyStays, Day, Moment};
use specta::Type;

use super::{BackupView, TellsApart};
use crate::failure::Code;

/// Why no copy may go at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NoneGoes {
    /// No agency stands behind the vault.
    NoProfile,
    /// The profile that stands cannot be read by this program.
    ProfileUnreadable,
    /// The agency has not said how long copies stay.
    NoSetting,
    /// The agency said that nothing is disposed of for now.
    LegalHold,
    /// The profile ran out: a newer one may hold everything.
    RunOut,
    /// The profile is signed for a day to come: one of the two clocks is wrong.
    NotYet,
    /// The clock, or the end of the ledger, is in doubt.
    Doubt,
    /// No receipt of the agency was taken in.
    NoReceipt,
}

/// The page of copies that may go.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RemovalPage {
    /// Why none may go; none where some may.
    pub none_goes: Option<NoneGoes>,
    /// The agency's own words for that, where it has any.
    pub hold: String,
    /// What the agency is called.
    pub agency: String,
    /// For how many days copies stay; none where the agency has not said so.
    pub days: Option<u16>,
    /// Under which schedule.
    pub source: String,
    /// Every file that is not restricted, those that may go first.
    pub files: Vec<RemovalFile>,
    /// Restricted files: their copies stay.
    pub restricted: u32,
    /// What may go, as it is shown: what is removed is what was shown.
    pub shown: String,
    /// What was removed before, the latest first.
    pub removed: Vec<RemovedView>,
}

/// One file, and whether its copy may go.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RemovalFile {
    /// The file.
    pub case: CaseId,
    /// What it is for.
    pub kind: CaseKind,
    /// The child's name, or the title.
    pub name: String,
    /// What tells it apart from files of namesakes; empty where there is none.
    pub telling: Vec<TellsApart>,
    /// Entries whose content is here.
    pub entries: u32,
    /// Papers in it.
    pub papers: u32,
    /// Entries that stay: what shares held, by hashes.
    pub left: u32,
    /// When the last receipt about it was taken in.
    pub received_at: Option<Moment>,
    /// From which day on its copy may go.
    pub from: Option<Day>,
    /// Why it stays; empty where it may go.
    pub stays: Vec<StaysView>,
    /// The files that go together with it, by their names.
    pub with: Vec<String>,
}

/// One reason for which a copy stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StaysView {
    /// Which.
    pub why: CopyStays,
    /// How many it concerns.
    pub count: u32,
    /// The files that keep it, where it hangs together with them; no name of a restricted one.
    pub files: Vec<String>,
}

/// Copies that are to go.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct RemoveTyped {
    /// The files. Those that hang together with them go too, as it was shown.
    pub cases: Vec<CaseId>,
    /// What was shown.
    pub shown: String,
    /// That the person is sure.
    pub sure: bool,
}

/// Copies that were removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RemovedView {
    /// When.
    pub at: Moment,
    /// How many entries' content.
    pub entries: u32,
    /// Under which rule of the agency.
    pub authority: String,
    /// Why, as it stands in the ledger.
    pub reason: String,
    /// How many receipts say that the agency has it.
    pub receipts: u32,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RemovalDone {
    /// What was removed.
    pub removed: RemovedView,
    /// How many files.
    pub files: u32,
    /// The backup that takes the place of those which still hold it, where it was made.
    pub backup: Option<BackupView>,
    /// Why it was not made: older backups hold what was removed until one is.
    pub no_backup: Option<Code>,
    /// The page as it is now.
    pub page: RemovalPage,
}
