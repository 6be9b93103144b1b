//! What of a file goes to one recipient, as it is chosen and as it stands afterwards.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, Choice, DecisionId, ExtentCount, ItemId, Mark, MayGo, More, ObligationId, Occurred, WhyStays,
};
use specta::Type;

use super::{FlagLine, LimitLine};
use crate::failure::FieldFailure;

/// For what it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ExtentOf {
    /// A decision that is not signed yet.
    Decision {
        /// Which.
        id: DecisionId,
    },
    /// A duty to confirm in writing.
    Duty {
        /// Which.
        id: ObligationId,
    },
    /// The share that is made from a signed decision.
    Share {
        /// The decision.
        id: DecisionId,
    },
}

/// A page of what is held, with what is chosen.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ExtentView {
    /// The file.
    pub case: CaseId,
    /// The child's name; in a file without a child, how the file is called.
    pub child: String,
    /// To whom; empty while nobody is named, and then nothing can be chosen.
    pub recipient: String,
    /// Their post and agency.
    pub recipient_role: String,
    /// The items of this page, what happened last first.
    pub lines: Vec<ExtentLine>,
    /// Which page, from 0.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How much goes and stays, of all of it.
    pub count: ExtentCount,
    /// Why what stays stays; with no reason first.
    pub staying: Vec<StayLine>,
    /// Where more goes than the purpose may need.
    pub more: Vec<MoreLine>,
    /// What still has to be said.
    pub missing: Vec<FieldFailure>,
    /// Whether nothing of it may go to this recipient.
    pub refused: bool,
    /// Whether it may be left open: harm and danger wait for nothing.
    pub may_wait: bool,
    /// Whether something was chosen for another recipient, which is not taken over.
    pub cleared: bool,
    /// The safety flags of the file.
    pub flags: Vec<FlagLine>,
}

/// An item that is held.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ExtentLine {
    /// Which.
    pub item: ItemId,
    /// Its label.
    pub mark: Mark,
    /// What it says.
    pub text: String,
    /// Whose words they are.
    pub by: String,
    /// How it reads without a name.
    pub without_text: String,
    /// Whose words they are then.
    pub without_by: String,
    /// When it happened.
    pub occurred: Occurred,
    /// Its age in months, where that is known.
    pub months: Option<u32>,
    /// Whether it is older than a year.
    pub old: bool,
    /// Who else it is about.
    pub about: Vec<String>,
    /// What becomes of it.
    pub choice: Choice,
    /// Why it stays.
    pub why: WhyStays,
    /// Why it goes though something stands against it.
    pub unlocked: String,
    /// Whether it was signed to go without a name, and goes in no other way.
    pub only_nameless: bool,
    /// Whether it may go, and on which ground.
    pub verdict: MayGo,
    /// The limits under which it came that speak against this recipient.
    pub limits: Vec<LimitLine>,
}

/// How many stay for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StayLine {
    /// The reason; blank where none was given yet.
    pub why: WhyStays,
    /// How many.
    pub count: u32,
    /// More of it in words.
    pub words: String,
}

impl From<(WhyStays, u32, &str)> for StayLine {
    fn from((why, count, words): (WhyStays, u32, &str)) -> Self {
        Self { why, count, words: words.to_owned() }
    }
}

/// What there is more of than the purpose may need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MoreLine {
    /// What.
    pub more: More,
    /// How many items.
    pub count: u32,
    /// Why it is needed; empty while nobody has said.
    pub why: String,
    /// Whether those can be left out in one press.
    pub can_stay: bool,
}

/// What goes and what stays of a signed decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExtentSaid {
    /// How much goes and stays.
    pub count: ExtentCount,
    /// What goes, where its words still stand in the file.
    pub goes: Vec<ExtentGoes>,
    /// Why what stays stays.
    pub staying: Vec<StayLine>,
}

/// An item that goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExtentGoes {
    /// Its label.
    pub mark: Mark,
    /// What it says.
    pub text: String,
    /// Whose words they are.
    pub by: String,
    /// Whether it goes without a name.
    pub nameless: bool,
}
