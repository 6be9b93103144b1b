//! A signed decision shown again as it was asked, and under today's guidance.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, Day, DecisionId, Moment, OutcomeKind};
use specta::Type;

use super::{Gate, StepView};

/// The replay of a decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReplayView {
    /// The decision.
    pub decision: DecisionId,
    /// The file.
    pub case: CaseId,
    /// The child's name.
    pub child: String,
    /// Its number in the file.
    pub number: u32,
    /// The day for which the guidance was applied.
    pub on: Day,
    /// The guidance of that day ("England 2015-03").
    pub pack: String,
    /// How it came about.
    pub provenance: String,
    /// The heading of the advice.
    pub heading: String,
    /// Its kind.
    pub kind: OutcomeKind,
    /// Every question as it was asked, with the answer.
    pub asked: Vec<AskedView>,
    /// What today's guidance would make of it; none where it is still the same guidance.
    pub now: Option<ReplayNowView>,
}

/// A question as it was asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AskedView {
    /// Its number.
    pub number: u32,
    /// The question as the page showed it.
    pub step: StepView,
    /// The values that were chosen, where it was a choice.
    pub chosen: Vec<String>,
    /// The answer in words.
    pub answer: String,
    /// When it was given.
    pub at: Moment,
}

/// What differs under today's guidance. What is not here is the same.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReplayNowView {
    /// Today's guidance.
    pub pack: String,
    /// Today.
    pub on: Day,
    /// The heading of its advice; none where it asks something more first.
    pub heading: Option<String>,
    /// Its kind.
    pub kind: Option<OutcomeKind>,
    /// Whether the advice is the same.
    pub same_advice: bool,
    /// What it asks that was not answered then; the first such question.
    pub next: Option<String>,
    /// Questions that were asked then and are not today.
    pub asked_no_more: Vec<String>,
    /// Questions in other words: then, and today.
    pub reworded: Vec<(String, String)>,
    /// What would no longer follow.
    pub duties_gone: Vec<String>,
    /// What would follow in addition.
    pub duties_new: Vec<String>,
    /// Grounds that differ.
    pub grounds: Vec<GroundChangeView>,
}

/// A ground that differs.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GroundChangeView {
    /// `power`, `lawful_basis`, `condition`, `no_consent_limb`, `confidence` or `proportionality`.
    pub gate: Gate,
    /// Then.
    pub before: String,
    /// Today.
    pub after: String,
}
