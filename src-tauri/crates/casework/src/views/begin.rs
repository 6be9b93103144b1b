//! How a decision begins: what brings it about, who asks, and which nation's guidance is followed.

use serde::{Deserialize, Serialize};
use sharewell_records::{Day, DecisionId, Nation, OrderSeen, Request, RequesterKind, Trigger};
use specta::Type;

use super::{DayTyped, SourceView};

/// How a decision begins.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BeginInput {
    /// What brings it about; none while nothing is chosen.
    pub trigger: Option<Trigger>,
    /// The day on which it was decided, where it is written down later; empty for today.
    pub on: DayTyped,
    /// Where agency, child and harm are, where these may differ.
    pub places: Option<PlacesInput>,
    /// The nation whose guidance is followed, where it is not the file's; not used with `places`.
    pub nation: Option<Nation>,
    /// The decision that it follows, in the same file.
    pub follows: Option<DecisionId>,
    /// The request that brings it about.
    pub request: Option<RequestInput>,
}

impl BeginInput {
    /// A decision of today under the guidance of the file's nation.
    #[must_use]
    pub fn of(trigger: Trigger) -> Self {
        Self {
            trigger: Some(trigger),
            on: DayTyped::default(),
            places: None,
            nation: None,
            follows: None,
            request: None,
        }
    }
}

/// Where agency, child and harm are (A5). None where it is not known.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct PlacesInput {
    /// Where the agency works.
    pub agency: Option<Nation>,
    /// Where the child is now.
    pub child: Option<Nation>,
    /// Where the harm is thought to have happened.
    pub harm: Option<Nation>,
}

/// Who may ask for information, and what to do first.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RequesterView {
    /// `agency`, `police`, `court`, `solicitor`, `parent`, `person`, `member` or `journalist`.
    pub id: String,
    /// Who that is.
    pub name: String,
    /// What to do before anything else.
    pub first: String,
    /// How to make sure who asks.
    pub verify: String,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// A request in short.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RequestLine {
    /// Who asks.
    pub from: RequesterKind,
    /// Their name or organisation; may be empty.
    pub who: String,
    /// Whether it is certain who asks.
    pub verified: bool,
    /// What is asked for.
    pub what: String,
    /// By when.
    pub deadline: Option<Day>,
}

/// A request for information, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RequestInput {
    /// Who asks; none while nothing is chosen.
    pub from: Option<RequesterKind>,
    /// Name of the person who asks.
    pub name: String,
    /// Post and organisation.
    pub organisation: String,
    /// Where an answer goes, as they gave it.
    pub reach: String,
    /// The day on which it came.
    pub received: DayTyped,
    /// Whether it is certain who asks; none while nothing is chosen.
    pub verified: Option<bool>,
    /// How that was checked.
    pub how_verified: String,
    /// What exactly is asked for.
    pub what: String,
    /// Whether that is specific; none while nothing is chosen.
    pub specific: Option<bool>,
    /// What it is for.
    pub purpose: String,
    /// The law or power that they name.
    pub authority: String,
    /// Whether a court order stands behind it.
    pub order: OrderSeen,
    /// By when they want an answer; may be empty.
    pub deadline: DayTyped,
    /// How they will keep it safe, and for how long.
    pub keeping: String,
}

impl From<Request> for RequestInput {
    fn from(known: Request) -> Self {
        Self {
            from: Some(known.from),
            name: known.name,
            organisation: known.organisation,
            reach: known.reach,
            received: known.received.into(),
            verified: Some(known.verified),
            how_verified: known.how_verified,
            what: known.what,
            specific: Some(known.specific),
            purpose: known.purpose,
            authority: known.authority,
            order: known.order,
            deadline: known.deadline.into(),
            keeping: known.keeping,
        }
    }
}
