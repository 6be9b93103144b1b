//! What tells files apart whose lines read the same, and who may be the same child.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    Birth, CaseId, Day, Identifier, IdentifierKind, JoinId, Moment, NotJoined, PersonId,
};
use specta::Type;

use super::ChildLine;

/// A fact that tells a child's file apart from those of namesakes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum TellsApart {
    /// When the child was born, or is expected.
    Born {
        /// The day.
        on: Day,
    },
    /// Where the child lives.
    Home {
        /// The first line of the address.
        line: String,
    },
    /// The agency's number for the file.
    Reference {
        /// The number.
        reference: String,
    },
    /// The end of the child's health number.
    Number {
        /// Its last four figures.
        last: String,
    },
    /// When the file was opened.
    Opened {
        /// When.
        at: Moment,
    },
}

/// Somebody in another file who may be the child whose details are being saved.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SameChild {
    /// Their file.
    pub line: ChildLine,
    /// Who it is there.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Birth as recorded.
    pub birth: Birth,
    /// Address; empty where somebody in that file is protected.
    pub address: String,
    /// Numbers.
    pub identifiers: Vec<Identifier>,
    /// Whether a number is the same; else it is the name and the birth.
    pub number: bool,
    /// Whether it is somebody of the file to which the person is about to be added.
    pub here: bool,
}

/// The file of a child that is shown as one with another.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct JoinedFile {
    /// What joins them.
    pub join: JoinId,
    /// The other file.
    pub case: CaseId,
    /// The child's name there.
    pub name: String,
    /// The agency's number for it.
    pub reference: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// Whether lists show the file from which one looks, and not the other.
    pub kept: bool,
    /// Who else stands in the other file.
    pub people: Vec<String>,
    /// What shows that it is one child.
    pub shown: String,
    /// Since when they are shown as one.
    pub since: Moment,
}

/// What speaks against showing two files as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum JoinAgainst {
    /// One of them is about no child.
    Kind,
    /// Both have a number of this kind, and the two differ: it cannot be.
    Number {
        /// The kind.
        kind: IdentifierKind,
    },
    /// The births differ: told, and no veto.
    Birth,
}

impl From<NotJoined> for JoinAgainst {
    fn from(why: NotJoined) -> Self {
        match why {
            NotJoined::SameFile | NotJoined::Kind => Self::Kind,
            NotJoined::Number(kind) => Self::Number { kind },
            NotJoined::Birth => Self::Birth,
        }
    }
}

/// Another file that may be of the same child.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Joinable {
    /// The file.
    pub line: ChildLine,
    /// Whether a number is the same; else it is the name.
    pub number: bool,
    /// What speaks against it.
    pub against: Vec<JoinAgainst>,
    /// The flags that stand in it, which would bind in both.
    pub flags: Vec<super::FlagLine>,
    /// The child's name there.
    pub name: String,
    /// Birth.
    pub birth: Birth,
    /// Address; empty where somebody in that file is protected.
    pub address: String,
    /// Numbers.
    pub identifiers: Vec<Identifier>,
}

/// What is known of a child's other files.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct JoinPage {
    /// The child's name here.
    pub name: String,
    /// Birth.
    pub birth: Birth,
    /// Address.
    pub address: String,
    /// Numbers.
    pub identifiers: Vec<Identifier>,
    /// The file that is shown as one with this.
    pub joined: Option<JoinedFile>,
    /// Files that may be of the same child.
    pub possible: Vec<Joinable>,
}

/// That two files are one child's, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct JoinInput {
    /// The other file; none while nothing is chosen.
    pub other: Option<CaseId>,
    /// What shows that it is one child.
    pub shown: String,
}
