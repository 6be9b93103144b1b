//! What is said in parts, for the page to join: an answer, the name of a pack, a source, where a duty stands.

use serde::{Deserialize, Serialize};
use sharewell_records::{AdviserResult, Day, Heavier, Nation};
use specta::Type;

/// A given answer in its parts: the pack's labels, the names and texts of the file, what was typed. The words
/// between them are the page's, or the paper's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum AnswerParts {
    /// One or more options.
    Chosen {
        /// Their labels.
        labels: Vec<String>,
        /// What was typed beside them.
        words: String,
    },
    /// A text.
    Text {
        /// As typed.
        text: String,
    },
    /// A day.
    Date {
        /// Which.
        on: Day,
    },
    /// People.
    People {
        /// Their names, and who was only described.
        names: Vec<String>,
    },
    /// What an adviser said.
    Adviser {
        /// Who.
        who: String,
        /// What came of it.
        result: AdviserResult,
        /// What they said.
        said: String,
    },
    /// Entries of the file.
    Items {
        /// What they say, and what was only described.
        texts: Vec<String>,
    },
    /// Which side is heavier.
    Weighing {
        /// Which.
        heavier: Heavier,
    },
    /// Something for each person.
    EachPerson {
        /// A person with what was chosen and why.
        rows: Vec<AnswerRow>,
    },
    /// A checklist.
    Checklist {
        /// A point with what was answered and what shows it.
        rows: Vec<AnswerRow>,
    },
}

/// A row of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AnswerRow {
    /// The person, or the point.
    pub name: String,
    /// The label of what was chosen.
    pub label: String,
    /// What was typed beside it.
    pub words: String,
}

impl AnswerParts {
    /// Every text in it, to be changed.
    pub(crate) fn each_text(&mut self, change: &impl Fn(&mut String)) {
        match self {
            Self::Chosen { labels, words } => {
                labels.iter_mut().for_each(change);
                change(words);
            }
            Self::Text { text } => change(text),
            Self::People { names } => names.iter_mut().for_each(change),
            Self::Adviser { who, said, .. } => {
                change(who);
                change(said);
            }
            Self::Items { texts } => texts.iter_mut().for_each(change),
            Self::EachPerson { rows } | Self::Checklist { rows } => {
                for row in rows {
                    change(&mut row.name);
                    change(&mut row.label);
                    change(&mut row.words);
                }
            }
            Self::Date { .. } | Self::Weighing { .. } => {}
        }
    }
}

/// The name of a pack: the nation, the version, and the agency's protocol laid over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackName {
    /// The nation.
    pub nation: Nation,
    /// The version of the nation's pack.
    pub version: String,
    /// Id and version of the protocol, where there is one.
    pub overlay: Option<String>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceView {
    /// Its code (`S48`, `CWSA4`).
    pub code: String,
    /// Its title; empty where the pack does not have the source.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub year: String,
    /// The place in it, may be empty.
    pub place: String,
    /// Address, may be empty.
    pub address: String,
    /// Whether the wording was confirmed in the original.
    pub confirmed: bool,
    /// What whoever put the guidance together found of it; shown in a list of sources alone. May be empty.
    pub note: String,
}
