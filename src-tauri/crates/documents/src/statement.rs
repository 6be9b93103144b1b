//! The values of a statement for somebody: the draft for the data protection officer, with its reasons, and the copy that
//! goes home, which says nothing of them.

use serde::{Deserialize, Serialize};

use crate::parts::{CheckValues, Practitioner, Sheet};

/// The draft for the data protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementDraft {
    /// Head and foot.
    pub sheet: Sheet,
    /// Whom it is about, as they are named.
    pub about: String,
    /// Who drafted it.
    pub practitioner: Practitioner,
    /// Who asks, what for and since when: a label and a value each.
    pub asked: Vec<LabelledValue>,
    /// What is recorded of whether they may have it: a label and a value each.
    pub entitlement: Vec<LabelledValue>,
    /// Law that nobody confirmed, a line each.
    pub law: Vec<String>,
    /// What would go home, in its words.
    pub going: Vec<String>,
    /// Every line of the log with what becomes of it and why: for the officer alone.
    pub lines: Vec<StatementReason>,
    /// How to check the record.
    pub check: CheckValues,
}

/// A label and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LabelledValue {
    /// What it is.
    pub label: String,
    /// What stands there.
    pub value: String,
}

/// A line of the log, and why it goes or does not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatementReason {
    /// What the log says.
    pub said: String,
    /// What becomes of it, and by which test.
    pub outcome: String,
    /// The words in which it goes, where they are others.
    pub words: String,
    /// Why it could not go by a tick alone.
    pub binds: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What goes home: numbered lines, and what can be done about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyCopy {
    /// The language and the moment of printing; of the rest nothing is printed.
    pub sheet: Sheet,
    /// Whom it is about, as they are named.
    pub about: String,
    /// The agency, and how it is reached.
    pub from: String,
    /// What goes, a line each, in order.
    pub lines: Vec<String>,
}
