//! Values that several documents share. Texts come in as they shall be read: dates, names, hashes and numbers are
//! formatted by the caller. An empty text prints as *Not recorded*, never as a gap.

use serde::{Deserialize, Serialize};
use sharewell_records::{Mark, Moment};

use crate::language::Language;

/// What stands at the head and foot of every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Language of the fixed wording.
    pub language: Language,
    /// The document's number as people say it (`0142`).
    pub number: String,
    /// The limits on passing on, in one sentence, naming roles and never protected names (C6). It stands in full
    /// on the first page and, shortened where it is very long, at the head of each page that follows.
    pub limits: String,
    /// Who prints it: name and role.
    pub author: String,
    /// When it is printed, as people read it (`12 March 2026, 11:06`).
    pub printed: String,
    /// The same moment for the PDF's own date.
    pub printed_at: Moment,
    /// The start of the chain's head, grouped (`7f3a 91c2 04be`), so that paper anchors the chain (I2).
    pub check: String,
}

/// The child whom a document is about; or an adult, or numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Child {
    /// What stands before the name (`Child`).
    pub about: String,
    /// Name.
    pub name: String,
    /// Date of birth, or the expected date.
    pub born: String,
    /// Age on the day in question (`7 years`, `unborn`).
    pub age: String,
}

/// The practitioner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Practitioner {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Agency.
    pub agency: String,
    /// Telephone number or address at work.
    pub reach: String,
}

/// An information item with its label (S75).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Item {
    /// Fact, opinion or reported; none prints as *Not marked yet*.
    pub mark: Option<Mark>,
    /// By whom and when (`Seen by Nia Exampleton, 12 March 2026, 09:40`).
    pub source: String,
    /// The item itself.
    pub text: String,
    /// The ground on which this item is shared. Printed where it is not empty.
    pub ground: String,
}

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationState {
    /// Still to be done.
    #[default]
    Outstanding,
    /// Still to be done, and its time has passed.
    Overdue,
    /// Done.
    Done,
    /// Not needed, with a reason in the note.
    NotNeeded,
}

/// A duty that follows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Obligation {
    /// What is to be done, and about whom.
    pub what: String,
    /// By when; empty where there is no deadline.
    pub due: String,
    /// Where it stands.
    pub state: ObligationState,
    /// What was done and when, or why it is not needed.
    pub note: String,
}

/// A correction, an addition or a new fact after sign-off (G4): the original, the change and the reason stand together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub when: String,
    /// By whom.
    pub who: String,
    /// What it is about.
    pub what: String,
    /// As it was before.
    pub before: String,
    /// As it was from then on.
    pub after: String,
    /// Why.
    pub why: String,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signature {
    /// Name and role.
    pub who: String,
    /// As what (`Made the decision`, `Countersigned`).
    pub meaning: String,
    /// When.
    pub when: String,
    /// What they said with it. May be empty.
    pub said: String,
}

/// What lets a reader check the record against the vault or a handover.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckValues {
    /// The entry's hash, in full, grouped with spaces.
    pub entry: String,
    /// The entry's place in the chain.
    pub sequence: String,
    /// The chain's head when this was printed, in full, grouped with spaces.
    pub head: String,
}

/// The stored record, byte for byte, to be attached beside the document's own values.
///
/// It is left out, and the document says so, where it holds a protected name: its bytes cannot be changed without
/// breaking its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The bytes as they stand in the ledger: JSON text.
    pub json: String,
}
