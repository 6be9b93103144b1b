//! The signed decision, in full.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, CaseKind, Day, DecisionId, Grounds, Heavier, Likelihood, Moment, Nation, OutcomeKind,
    PointAnswer, Recipient, Request, Severity, StepId, Telling, Trigger, WayIn,
};
use specta::Type;

use super::{
    AnswerLine, AnswerParts, ExtentSaid, NoticeView, ObligationView, PackName, SaidView, SourceView, WhyLine,
};

/// A signed decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DecisionView {
    /// The decision.
    pub id: DecisionId,
    /// Its number in the file, from 1, as printed.
    pub number: u32,
    /// The file.
    pub case: CaseId,
    /// Where that is a restricted one, its number.
    pub restricted: Option<u32>,
    /// The child's name; in a file without a child, how the file is called.
    pub child: String,
    /// What the file is for.
    pub file_kind: CaseKind,
    /// Age on the day.
    pub age: Option<u32>,
    /// Nation.
    pub nation: Nation,
    /// Pack ("England 2024-05").
    pub pack: PackName,
    /// The pack's hash.
    pub pack_hash: String,
    /// Provenance words.
    pub provenance: String,
    /// The day for which the guidance was applied.
    pub on: Day,
    /// Whether it was written down on a later day.
    pub late: bool,
    /// What brought it about.
    pub trigger: Trigger,
    /// The door through which it was begun; none where there were none yet.
    pub door: Option<WayIn>,
    /// The request that brought it about.
    pub request: Option<Request>,
    /// The decision in this file that it follows: new facts, or another nation.
    pub follows: Option<DecisionId>,
    /// Decisions in this file that follow it.
    pub followed_by: Vec<DecisionId>,
    /// Nations under whose guidance a decision is still needed.
    pub also: Vec<Nation>,
    /// Advice.
    pub advised: OutcomeKind,
    /// Its heading.
    pub heading: String,
    /// Decision.
    pub decided: OutcomeKind,
    /// Why otherwise.
    pub otherwise: String,
    /// Reasons.
    pub reasons: String,
    /// Alternatives.
    pub alternatives: String,
    /// What.
    pub what: String,
    /// What of the file goes, and what stays; none where that was not chosen.
    pub extent: Option<ExtentSaid>,
    /// The consent on which it rests; none where it names none.
    pub rests_on: Option<super::RestsOnView>,
    /// To whom.
    pub recipient: Recipient,
    /// Grounds.
    pub grounds: Grounds,
    /// Telling.
    pub telling: Vec<Telling>,
    /// Questions and answers, in full, in order.
    pub answers: Vec<AnswerFull>,
    /// Why.
    pub why: Vec<WhyLine>,
    /// Still not known.
    pub unknown: Vec<AnswerLine>,
    /// What must not be done, and law that was not confirmed: lines of the advice that nobody can tick off.
    pub notices: Vec<NoticeView>,
    /// On which card each duty stands, with what is said there under the pack of that day; the act's card first.
    pub cards: Vec<super::CardView>,
    /// Obligations and where they stand.
    pub obligations: Vec<ObligationView>,
    /// When to look again.
    pub review: Day,
    /// When going on under expired guidance was confirmed; none where it had not expired.
    pub expired_confirmed: Option<Moment>,
    /// Who signed.
    pub signed_by: String,
    /// When.
    pub signed_at: Moment,
    /// Its place in the chain.
    pub sequence: u32,
    /// The entry's hash.
    pub entry_hash: String,
    /// Checklists that were gone through.
    pub checklists: Vec<CheckedListView>,
    /// What a second person said of it, the first first.
    pub said: Vec<SaidView>,
    /// Whether the lead's countersignature is still asked for.
    pub countersign_wanted: bool,
    /// The safety flags of the file, as they stand today.
    pub flags: Vec<super::FlagLine>,
}

/// A question with its answer, in full.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AnswerFull {
    /// The step.
    pub step: StepId,
    /// Number.
    pub number: u32,
    /// The question as asked.
    pub question: String,
    /// The answer, in full.
    pub answer: AnswerParts,
    /// Both sides, where it was a weighing.
    pub weighing: Option<WeighingView>,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// When.
    pub at: Moment,
}

/// A checklist that was gone through.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CheckedListView {
    /// Its title.
    pub title: String,
    /// The points that were answered.
    pub rows: Vec<CheckedPointView>,
}

/// A point of it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CheckedPointView {
    /// What it says.
    pub text: String,
    /// What was answered.
    pub value: PointAnswer,
    /// What shows it.
    pub words: String,
}

/// A weighing in words.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WeighingView {
    /// If shared.
    pub share: String,
    /// How likely.
    pub share_likelihood: Likelihood,
    /// How bad.
    pub share_severity: Severity,
    /// If not shared.
    pub not_share: String,
    /// How likely.
    pub not_share_likelihood: Likelihood,
    /// How bad.
    pub not_share_severity: Severity,
    /// Which side weighs more.
    pub heavier: Heavier,
}
