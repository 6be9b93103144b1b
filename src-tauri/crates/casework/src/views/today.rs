//! The home page: what needs attention.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, DecisionId, Duty, EmergencyId, Moment, ObligationId};
use specta::Type;

use super::{ChildLine, DecisionLine, DutyState, LostView, Notice};

/// The home page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TodayView {
    /// The moment for which it holds.
    pub now: Moment,
    /// The most urgent duties that are still open, the most urgent first.
    pub to_do: Vec<ToDoLine>,
    /// How many duties are open in all.
    pub to_do_in_all: u32,
    /// Decisions begun and not signed, those that were left longest first.
    pub drafts: Vec<DecisionLine>,
    /// How many decisions are begun in all.
    pub drafts_in_all: u32,
    /// Files touched last, at most five.
    pub recent: Vec<ChildLine>,
    /// Number of files.
    pub children: u32,
    /// Handovers to think of: entries not handed over, and since when.
    pub not_handed_over: u32,
    /// Notices about the vault itself.
    pub notices: Vec<Notice>,
    /// With `damage_found`: which entries are missing, where it is entries that are.
    pub lost: Option<LostView>,
}

/// One duty that is still open.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ToDoLine {
    /// The duty.
    pub id: ObligationId,
    /// What kind.
    pub duty: Duty,
    /// Its words from the pack, names filled in ("Tell Jo Sampleton that you are sharing, and why").
    pub title: String,
    /// A second line from the pack, may be empty.
    pub hint: String,
    /// What the safety flags bind on those whom it names.
    pub careful: Vec<String>,
    /// The file, where there is one.
    pub case: Option<CaseId>,
    /// The number of a restricted file. Then the line names nobody, outside that file.
    pub restricted: Option<u32>,
    /// The child's name.
    pub child: String,
    /// From which decision.
    pub decision: Option<DecisionId>,
    /// From which emergency.
    pub emergency: Option<EmergencyId>,
    /// By when.
    pub due: Option<Moment>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether it is to be done at once, and is not late yet.
    pub due_now: bool,
    /// How it stands.
    pub state: DutyState,
    /// What was done, or why it is not needed.
    pub note: String,
}
