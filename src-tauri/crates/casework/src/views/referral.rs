//! A duty to confirm in writing, with the text for the form of whoever it goes to.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, ExtentCount, ItemId, Mark, ObligationId, Route};
use specta::Type;

use super::{FlagLine, LeftTyped, LeftoverView, ToDoLine};

/// What a duty to confirm in writing needs to be done.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReferralView {
    /// The duty.
    pub duty: ToDoLine,
    /// The file.
    pub case: CaseId,
    /// The flags on its people.
    pub flags: Vec<FlagLine>,
    /// To whom it goes; may be empty.
    pub to: String,
    /// The number or address that was noted for them.
    pub reach: String,
    /// What the form asks, in its order. None while something may be somebody protected and nobody has said so.
    pub sections: Vec<ReferralSection>,
    /// How many notes of the file go along, and how many stay: none goes along that nobody chose.
    pub notes: ExtentCount,
    /// Whether anybody chose among them.
    pub chosen: bool,
    /// How many of those that go along were told aloud already: they stand here without being chosen again.
    pub said: u32,
    /// The call of the same decision, while nothing says what came of it: then nothing stands of what was said in it.
    pub call: Option<ObligationId>,
    /// What looks like somebody protected, to be asked before anything leaves.
    pub leftovers: Vec<LeftoverView>,
    /// Whether somebody is called by a number instead of their name.
    pub protects: bool,
}

/// One section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReferralSection {
    /// Which.
    pub part: ReferralPart,
    /// What it is about.
    pub title: String,
    /// What stands in it, as a text to be put into a form.
    pub text: String,
    /// The same in lines.
    pub lines: Vec<ReferralLine>,
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReferralLine {
    /// The note of the file, where it is one.
    pub item: Option<ItemId>,
    /// Its label, where it is an information item.
    pub mark: Option<Mark>,
    /// What it says.
    pub text: String,
    /// Whose words they are.
    pub speaker: String,
    /// When.
    pub when: String,
}

/// What a form of the front door asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReferralPart {
    /// Who the child is.
    Child,
    /// Who is at home, and who else belongs to the family.
    Home,
    /// What was seen.
    Facts,
    /// What the practitioner thinks.
    Opinions,
    /// What others said.
    Reported,
    /// What was said in the call.
    Call,
    /// Why it goes to them.
    Why,
    /// What is asked of them.
    Ask,
    /// Who has been told, and who must not be.
    Told,
}

/// That it was sent, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SentInput {
    /// When; none while nothing is chosen.
    pub when: Option<LeftTyped>,
    /// How: one of the ways that leave something written; none while nothing is chosen.
    pub route: Option<Route>,
    /// The reference that they gave, may be empty.
    pub reference: String,
}
