//! The values of a referral in writing: what the front door's form asks for, a section at a time.

use serde::{Deserialize, Serialize};
use sharewell_records::Mark;

use crate::parts::{CheckValues, Child, Practitioner, Sheet};

/// What is confirmed in writing after it was told aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Head and foot.
    pub sheet: Sheet,
    /// To whom it goes.
    pub to: String,
    /// The child, with the age on the day of printing.
    pub child: Child,
    /// Who confirms it.
    pub practitioner: Practitioner,
    /// What the form asks, in its order.
    pub sections: Vec<Section>,
    /// How to check the record.
    pub check: CheckValues,
}

/// One section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// What stands in it; empty where nothing is recorded.
    pub lines: Vec<Line>,
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Its label, where it is an information item.
    pub mark: Option<Mark>,
    /// What it says.
    pub text: String,
    /// Whose words they are, where somebody else said them.
    pub speaker: String,
    /// When.
    pub when: String,
}
