//! A child in danger now: told first, written up after.

use serde::{Deserialize, Serialize};
use sharewell_records::{Attempt, AttemptResult, CaseId, EmergencyId, Moment};
use specta::Type;

use crate::failure::FieldFailure;

/// An emergency as typed so far. Saved at every change; only `child` or `case` tells whose it is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct EmergencyInput {
    /// The file, where there is one.
    pub case: Option<CaseId>,
    /// The child's name, where there is no file.
    pub child: String,
    /// Attempts so far.
    pub attempts: Vec<AttemptInput>,
    /// What was told.
    pub told: String,
    /// Who else may be at risk.
    pub others_at_risk: String,
    /// Whether the practitioner is safe.
    pub worker_safe: Option<bool>,
}

/// An attempt as typed. Its time is set when it is first saved.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AttemptInput {
    /// Whom.
    pub who: String,
    /// On which number.
    pub number: String,
    /// What came of it.
    pub result: AttemptResult,
    /// Where they would not take it: what they said, who decides, and by when.
    pub said: String,
    /// When; none for one that is new.
    pub at: Option<Moment>,
}

/// An emergency as recorded.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct EmergencyView {
    /// The emergency.
    pub id: EmergencyId,
    /// The file.
    pub case: Option<CaseId>,
    /// The child's name.
    pub child: String,
    /// Attempts.
    pub attempts: Vec<Attempt>,
    /// What was told.
    pub told: String,
    /// Who else may be at risk.
    pub others_at_risk: String,
    /// Whether the practitioner is safe.
    pub worker_safe: Option<bool>,
    /// What is still to be said, once somebody was told.
    pub gaps: Vec<FieldFailure>,
    /// When it was first recorded.
    pub recorded_at: Moment,
    /// By when it must be written up: the end of the next working day.
    pub write_up_by: Moment,
    /// The write-up, once there is one.
    pub write_up: Option<WriteUpView>,
}

/// The later write-up.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WriteUpView {
    /// What happened.
    pub account: String,
    /// Why it could not wait.
    pub why_urgent: String,
    /// Who was told, or why not yet.
    pub explained: String,
    /// What was held back.
    pub held_back: String,
    /// When it was written.
    pub at: Moment,
}

/// The write-up as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WriteUpInput {
    /// The file; an emergency without one gets it here. None while none is chosen.
    pub case: Option<CaseId>,
    /// What happened.
    pub account: String,
    /// Why it could not wait.
    pub why_urgent: String,
    /// Who was told, or why not yet.
    pub explained: String,
    /// What was held back.
    pub held_back: String,
    /// Whether somebody who works or volunteers with children may be behind it. Then it is written up in a
    /// restricted file, not in the child's.
    #[serde(default)]
    pub staff: bool,
    /// Which restricted file beside the child's; none opens a new one.
    #[serde(default)]
    pub restricted_file: Option<CaseId>,
}
