//! How a decision begins: what brings it about, who asks, and which nation's guidance is followed.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, CaseKind, Day, DecisionId, Nation, OrderSeen, Request, RequesterKind, Trigger, WayIn,
};
use specta::Type;

use super::{ChangeView, DayTyped, DecisionLine, FlagLine, SourceView};

/// How a decision begins.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BeginInput {
    /// What brings it about; none while nothing is chosen, and where the door says it.
    pub trigger: Option<Trigger>,
    /// The door through which it is begun; none where it follows from an earlier decision.
    #[serde(default)]
    pub door: Option<WayIn>,
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
            door: None,
            on: DayTyped::default(),
            places: None,
            nation: None,
            follows: None,
            request: None,
        }
    }
}

impl BeginInput {
    /// A decision of today that is begun through a door, under the guidance of the file's nation.
    #[must_use]
    pub fn through(door: WayIn) -> Self {
        Self { door: Some(door), ..Self::of(door.trigger()) }
    }
}

/// A decision that is begun without a child, as typed: the file that it lives in is opened with it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WithoutChildInput {
    /// The door; one that needs no child.
    pub door: Option<WayIn>,
    /// How the adult is called, or is known where nobody knows a name; what the numbers are about.
    pub name: String,
    /// Where the adult works or volunteers; may be empty.
    pub place: String,
}

/// The first page of a decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DoorsView {
    /// The doors that can be opened from here, in order.
    pub doors: Vec<DoorView>,
    /// Whom to ring when unsure: the lead, or the front door where the reader is the lead; none where no number is known.
    pub unsure: Option<UnsureView>,
    /// Decisions that wait, the one that was left last first.
    pub waiting: Vec<DecisionLine>,
}

/// A door of the first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DoorView {
    /// The door.
    pub door: WayIn,
    /// What file a decision through it opens where no child is chosen; none where it needs one.
    pub opens: Option<CaseKind>,
}

/// Whom to ring when unsure which door it is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct UnsureView {
    /// Whether it is the safeguarding lead; otherwise the front door.
    pub lead: bool,
    /// Their name; may be empty.
    pub name: String,
    /// Their number.
    pub number: String,
}

/// The door of a begun decision, and what another would do to its answers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct DoorChangeView {
    /// The file.
    pub case: CaseId,
    /// How the file is called.
    pub child: String,
    /// The number of a restricted file.
    pub restricted: Option<u32>,
    /// The door now; none where there were none yet.
    pub door: Option<WayIn>,
    /// The doors that fit the file, with what each would do.
    pub doors: Vec<OtherDoorView>,
}

/// Another door of a begun decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct OtherDoorView {
    /// The door.
    pub door: WayIn,
    /// What it does to the answers.
    pub change: ChangeView,
    /// Whether a request has to be written down first.
    pub asks_request: bool,
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

/// Why a begun decision stopped: the file has another nation.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NationChangeView {
    /// The file.
    pub case: CaseId,
    /// The child's name; empty for a restricted file.
    pub child: String,
    /// The flags on its people.
    pub flags: Vec<FlagLine>,
    /// The nation of the file when the decision began.
    pub was: Nation,
    /// Its nation now.
    pub now: Nation,
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
