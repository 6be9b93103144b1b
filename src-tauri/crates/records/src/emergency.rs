//! An emergency: told first, written up after.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{CaseId, EmergencyId, Moment};

/// An emergency share: told first, written up after (J2, A8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Emergency {
    /// Identifies the emergency.
    pub id: EmergencyId,
    /// The file, where it is known already. An emergency never waits for one.
    pub case: Option<CaseId>,
    /// The child's name as it was said, where there is no file.
    #[serde(default)]
    pub child: String,
    /// Every attempt to reach somebody, in order.
    pub attempts: Vec<Attempt>,
    /// What was told, in a few words.
    #[serde(default)]
    pub told: String,
    /// Who else may be at risk.
    #[serde(default)]
    pub others_at_risk: String,
    /// Whether the practitioner is safe.
    pub worker_safe: Option<bool>,
}

/// One attempt to reach somebody in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Attempt {
    /// Whom: 999, the front door, a name.
    pub who: String,
    /// On which number, may be empty.
    #[serde(default)]
    pub number: String,
    /// What came of it.
    pub result: AttemptResult,
    /// Where they would not take it: what they said, who decides, and by when. Never asked for first.
    #[serde(default)]
    pub said: String,
    /// When.
    pub at: Moment,
}

closed_set! {
    /// The ends of an attempt.
    AttemptResult in "snake_case" {
        /// Somebody was told.
        Told = "told",
        /// Nobody answered; the next number is tried.
        NoAnswer = "no_answer",
        /// Still trying.
        StillTrying = "still_trying",
        /// They will not take it; the next number is tried.
        Refused = "refused",
    }
}

/// The later write-up of an emergency, linked and dated as later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EmergencyWriteUp {
    /// The emergency.
    pub emergency: EmergencyId,
    /// The file it belongs to.
    pub case: CaseId,
    /// What happened, in full.
    pub account: String,
    /// Why it could not wait.
    pub why_urgent: String,
    /// Who was told that information was shared, or why not yet.
    pub explained: String,
    /// What was held back, may be empty.
    #[serde(default)]
    pub held_back: String,
}
