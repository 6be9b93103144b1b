//! What left, as it is listed and as it is typed.

use serde::{Deserialize, Serialize};
use sharewell_records::{CheckedBy, DecisionId, DisclosureId, ExtentCount, Moment, OutcomeKind, Route};
use specta::Type;

use super::LeftTyped;

/// One disclosure in a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DisclosureLine {
    /// The disclosure.
    pub id: DisclosureId,
    /// To whom.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// How.
    pub route: Route,
    /// Limits told.
    pub limits: String,
    /// When.
    pub at: Moment,
    /// How much of the file went; none where that was not chosen item by item.
    pub went: Option<ExtentCount>,
}

/// A way in which somebody may have made sure of a recipient, and whether it is one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct CheckChoice {
    /// The way.
    pub by: CheckedBy,
    /// Whether it makes anybody sure. Where not, that is said as soon as it is chosen.
    pub is_a_check: bool,
}

/// What a signed decision says of the share that rests on it, for a record of that share.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ShareKnown {
    /// The decision.
    pub decision: DecisionId,
    /// What was decided.
    pub decided: OutcomeKind,
    /// When it was signed.
    pub signed_at: Moment,
    /// To whom.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// The number or address that was noted for them.
    pub reach: String,
    /// What is shared.
    pub what: String,
    /// Why.
    pub why: String,
    /// How, where what was noted to reach them is a telephone number.
    pub route: Option<Route>,
    /// Whether the share is still to be written down.
    pub open: bool,
    /// How much goes by it; none where that was not chosen item by item.
    pub goes: Option<ExtentCount>,
}

/// A disclosure as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DisclosureInput {
    /// The decision it rests on.
    pub decision: Option<DecisionId>,
    /// To whom.
    pub recipient: String,
    /// Post and agency.
    pub recipient_role: String,
    /// When it left; none while nothing is chosen.
    #[serde(default)]
    pub when: Option<LeftTyped>,
    /// By what it was made sure who the recipient is; none while nothing is chosen.
    #[serde(default)]
    pub check: Option<CheckedBy>,
    /// More of it in words.
    pub checked: String,
    /// Whether a child was in danger and there was no time to make sure: it is still to be done.
    #[serde(default)]
    pub in_danger: bool,
    /// Route; none while nothing is chosen.
    pub route: Option<Route>,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Limits told.
    pub limits: String,
    /// Whether it has happened, where a flag forbids to tell the recipient: then it is written down all the same.
    #[serde(default)]
    pub happened: bool,
    /// Whether it is somebody else, where the recipient may be somebody whom a flag forbids to tell.
    #[serde(default)]
    pub somebody_else: bool,
    /// Whether what names a protected person is meant to: asked of what was written, never of what was spoken.
    #[serde(default)]
    pub names_meant: bool,
    /// Whether what went is what the decision lets go, item by item.
    #[serde(default)]
    pub as_decided: bool,
}
