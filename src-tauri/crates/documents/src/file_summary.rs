//! The values of a child's file on paper.

use serde::{Deserialize, Serialize};
use sharewell_records::Mark;

use crate::parts::{CheckValues, Child, Obligation, Practitioner, Sheet};

/// A child's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSummary {
    /// Head and foot.
    pub sheet: Sheet,
    /// The child, with the age on the day of printing.
    pub child: Child,
    /// Where the child lives, who they live with, school and so on, in words.
    pub about: String,
    /// Whose file it is.
    pub practitioner: Practitioner,
    /// Safety flags. They come first: a reader must see them before a name or a number.
    pub flags: Vec<Flag>,
    /// People in the file.
    pub people: Vec<Person>,
    /// What happened, in the order in which it shall be read.
    pub timeline: Vec<Event>,
    /// What is still to be done.
    pub obligations: Vec<Obligation>,
    /// How to check the file.
    pub check: CheckValues,
}

/// A safety flag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flag {
    /// What must be observed (`Do not ring the home number`).
    pub what: String,
    /// Since when and by whom.
    pub since: String,
}

/// A person in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Relationship to the child.
    pub relation: String,
    /// Date of birth.
    pub born: String,
    /// Parental responsibility: `Holds`, `Does not hold`, `Not known`.
    pub responsibility: String,
    /// How to reach them safely.
    pub reach: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Event {
    /// When it happened.
    pub when: String,
    /// What kind (`Visit`, `Decision 0142`, `Shared`).
    pub kind: String,
    /// Who recorded it, and when where that differs.
    pub by: String,
    /// Its label, where it is an information item.
    pub mark: Option<Mark>,
    /// What happened; for a statement the words of it, and nothing else.
    pub text: String,
    /// Whose words they are, where somebody else said them: it stands behind the words, outside their quotation marks.
    #[serde(default)]
    pub speaker: String,
    /// What became of the statement: that it was recorded in error, what it was before.
    #[serde(default)]
    pub notes: Vec<String>,
}
