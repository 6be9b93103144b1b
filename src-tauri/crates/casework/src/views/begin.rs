//! How a decision begins: what brings it about, who asks, and which nation's guidance is followed.

use serde::{Deserialize, Serialize};
use sharewell_records::{Day, DecisionId, Nation, Request, RequesterKind, Trigger};
use specta::Type;

use super::SourceView;

/// How a decision begins.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BeginInput {
    /// What brings it about.
    pub trigger: Trigger,
    /// The day on which it was decided, where it is written down later; none for today.
    pub on: Option<Day>,
    /// Where agency, child and harm are, where these may differ.
    pub places: Option<PlacesInput>,
    /// The nation whose guidance is followed, where it is not the file's; not used with `places`.
    pub nation: Option<Nation>,
    /// The decision that it follows, in the same file.
    pub follows: Option<DecisionId>,
    /// The request that brings it about.
    pub request: Option<Request>,
}

impl BeginInput {
    /// A decision of today under the guidance of the file's nation.
    #[must_use]
    pub fn of(trigger: Trigger) -> Self {
        Self { trigger, on: None, places: None, nation: None, follows: None, request: None }
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
