//! What follows from a decision: duties on their cards, and lines that nobody can tick off.

use serde::{Deserialize, Serialize};
use sharewell_records::{Duty, Moment, ObligationId, PersonId};
use specta::Type;

use super::{CallLine, CardSort, DutyState, SourceView};

/// A duty that the advice brings, before sign-off.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ObligationView {
    /// Its key in this decision (the pack's id, with a person's id after `@` where it concerns one person).
    pub key: String,
    /// Once signed: its id.
    pub id: Option<ObligationId>,
    /// Kind.
    pub duty: Duty,
    /// Title, names filled in.
    pub title: String,
    /// Second line.
    pub hint: String,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// By when.
    pub due: Option<Moment>,
    /// Whether it is open and its moment had passed when this was asked for.
    pub overdue: bool,
    /// Whether it is open, to be done at once, and not late yet.
    pub due_now: bool,
    /// Whether it stands with the act, before everything else that is due.
    pub with_act: bool,
    /// Whether, once it is signed, it is done only with words: who was reached, and what came of it.
    pub takes_words: bool,
    /// Whether one press, with a reason from the list, says that it is not needed.
    pub drops_at_once: bool,
    /// Whether it is said or asked in the call.
    pub in_call: bool,
    /// Whether it is done by a call, which has a card of its own.
    pub call: bool,
    /// The calls that were made for it, the first first.
    pub calls: Vec<CallLine>,
    /// How it stands.
    pub state: DutyState,
    /// What was done, or why it is not needed.
    pub note: String,
    /// What the safety flags bind on those whom it names.
    pub careful: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// What is said on a card and ticked by nobody.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CardPoint {
    /// Its key in this decision.
    pub key: String,
    /// What it says, names filled in.
    pub title: String,
    /// More of it; may be empty.
    pub hint: String,
    /// Whether it is said or asked in the call.
    pub in_call: bool,
    /// What the safety flags bind on those whom it names.
    pub careful: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// A card: what belongs together of what follows from a decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CardView {
    /// Which.
    pub card: CardSort,
    /// Whether it is calls that stand on it.
    pub calls: bool,
    /// By when the first open line is due.
    pub due: Option<Moment>,
    /// Whether an open line is late.
    pub overdue: bool,
    /// Whether an open line is to be done at once, and is not late yet.
    pub due_now: bool,
    /// Whether it is the act, or something on it is due today.
    pub today: bool,
    /// Whether something on it is still to be done. It closes only when every line has its end.
    pub open: bool,
    /// The keys of the duties on it, in order.
    pub lines: Vec<String>,
    /// What is said on it.
    pub points: Vec<CardPoint>,
}
