//! The values of an emergency record on paper (A8).

use serde::{Deserialize, Serialize};

use crate::parts::{Change, CheckValues, Child, Item, Obligation, Practitioner, Record, Sheet, Signature};

/// An emergency as it was recorded, and its later write-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyDocument {
    /// Head and foot.
    pub sheet: Sheet,
    /// The child.
    pub child: Child,
    /// Where the child was.
    pub place: String,
    /// Who acted.
    pub practitioner: Practitioner,
    /// When the emergency was opened.
    pub opened: String,
    /// What the danger was.
    pub danger: String,
    /// Whom the practitioner tried to tell, in order.
    pub attempts: Vec<Attempt>,
    /// What was told.
    pub told: String,
    /// Who else was at risk.
    pub others_at_risk: String,
    /// Whether the practitioner was safe.
    pub own_safety: String,
    /// By when the write-up is due.
    pub write_up_due: String,
    /// The write-up, once there is one.
    pub write_up: Option<WriteUp>,
    /// What follows.
    pub obligations: Vec<Obligation>,
    /// What was told otherwise at first, or closed since; oldest first.
    pub history: Vec<Change>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// How to check the record.
    pub check: CheckValues,
    /// The stored record, to be attached. It is not part of `emergency.json`.
    #[serde(skip)]
    pub record: Option<Record>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptResult {
    /// Somebody was told.
    Told,
    /// Nobody answered; the next was tried.
    NoAnswer,
    /// Still trying.
    StillTrying,
    /// They would not take it; the next was tried.
    Refused,
}

/// One attempt to tell somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub when: String,
    /// Whom.
    pub who: String,
    /// On which number.
    pub reach: String,
    /// How it ended.
    pub result: AttemptResult,
    /// Words beside it: what was said, who decides, by when.
    pub note: String,
}

/// What was written up after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WriteUp {
    /// When, and whether that was in time.
    pub when: String,
    /// By whom.
    pub who: String,
    /// What happened, in the practitioner's words.
    pub account: String,
    /// Why it was shared without asking.
    pub reasons: String,
    /// What was shared.
    pub items: Vec<Item>,
    /// Who was told after, or why not.
    pub explained: String,
}
