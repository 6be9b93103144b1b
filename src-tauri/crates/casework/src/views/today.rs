//! The home page: what needs attention.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, DecisionId, Duty, EmergencyId, Moment, ObligationId, StatementId};
use specta::Type;

use super::{CardSort, ChildLine, DecisionLine, DutySpan, DutyState, LostView, Notice};

/// The home page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TodayView {
    /// The moment for which it holds.
    pub now: Moment,
    /// What is due now and today, the most urgent first.
    pub to_do: Vec<ToDoLine>,
    /// How many duties are open, by how soon.
    pub spans: Vec<SpanCount>,
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
    /// On which card of its decision it stands.
    pub card: CardSort,
    /// Its words from the pack, names filled in ("Tell Jo Sampleton that you are sharing, and why").
    pub title: String,
    /// The same without anybody's number, for paper and for the story of the file.
    #[serde(skip)]
    pub plain: String,
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
    /// Whether it is done only with words: who was reached, and what came of it.
    pub takes_words: bool,
    /// Whether one press, with a reason from the list, says that it is not needed.
    pub drops_at_once: bool,
    /// The key of the call card, where it is done by a call.
    pub call: Option<String>,
    /// Whether it is done by a notice to somebody who has something that changed.
    pub notice: bool,
    /// The drafted statement that it is about, where it is about one.
    pub statement: Option<StatementId>,
    /// How it stands.
    pub state: DutyState,
    /// What was done, or why it is not needed. Of one that was opened again, looked at by itself: what was said before.
    pub note: String,
    /// Whether it protects somebody, and comes before every reminder.
    pub protects: bool,
    /// What tells it from another of the same words in this list; empty where nothing has to.
    pub apart: String,
}

/// How many duties of one span are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SpanCount {
    /// Which.
    pub span: DutySpan,
    /// How many.
    pub count: u32,
    /// Whether there are more than were counted.
    pub or_more: bool,
}

/// A part of the list of duties by urgency.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DutiesPage {
    /// The moment for which it holds.
    pub now: Moment,
    /// The duties, the most urgent first.
    pub lines: Vec<ToDoLine>,
    /// Whether more come behind them.
    pub more: bool,
    /// How many are open, by how soon.
    pub spans: Vec<SpanCount>,
}

/// A part of the list of duties by child.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DutiesByChild {
    /// The moment for which it holds.
    pub now: Moment,
    /// What belongs to no file yet, before the first file: emergencies that are not written up.
    pub no_file: Vec<ToDoLine>,
    /// Whether there are more of those.
    pub no_file_more: bool,
    /// The files in which duties are open, by the child's name, restricted ones last.
    pub files: Vec<FileDuties>,
    /// Whether more files come behind them.
    pub more: bool,
}

/// The open duties of one file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FileDuties {
    /// The moment for which it holds.
    pub now: Moment,
    /// The file.
    pub case: CaseId,
    /// The child, with what tells it from its namesakes; none for a restricted file.
    pub child: Option<ChildLine>,
    /// The number of a restricted file.
    pub restricted: Option<u32>,
    /// The duties, the most urgent first.
    pub lines: Vec<ToDoLine>,
    /// How many are open in the file.
    pub in_all: u32,
    /// Whether more come behind them.
    pub more: bool,
}
