//! Handing the records over to the agency.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    CaseId, CaseKind, Continued, HandoverId, HandoverState, Moment, NotTakenWhy, OnPurpose, ReceiptId,
    ReceiptOutcome, WantedField,
};
use specta::Type;

/// How much of the handover page is shown. Nothing said, its first lines.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct HandoverLook {
    /// For whom: files of which they lack something stand first.
    pub recipient: Option<String>,
    /// How many files; 0 for as many as are shown at first.
    pub files: u32,
    /// How many handovers made; 0 likewise.
    pub made: u32,
}

/// The handover page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverPage {
    /// Keys of agencies that were imported.
    pub recipients: Vec<RecipientKeyView>,
    /// Files with what is not handed over yet: as many as were asked for, those of which something waits first.
    pub files: Vec<HandoverFile>,
    /// How many files there are.
    pub of_files: u32,
    /// Of how many of them something waits for whoever is chosen, or for anybody.
    pub files_waiting: u32,
    /// Restricted files, each of which goes by itself.
    pub restricted: Vec<HandoverFile>,
    /// Handovers made, newest first: as many as were asked for, and the one that is to be written.
    pub made: Vec<HandoverView>,
    /// How many were made.
    pub of_made: u32,
    /// The newest of them whose file was not written and that no other one holds: to be written at once.
    pub unwritten: Option<HandoverId>,
    /// Why entries wait that an agency may have already.
    pub since: Option<SinceView>,
    /// Whether an agency profile stands behind this vault.
    pub has_profile: bool,
}

/// The vault goes on from an earlier state of itself; handovers whose files were written after that are not known to it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
pub struct SinceView {
    /// How that came about.
    pub how: Continued,
    /// When.
    pub at: Moment,
    /// How far that state reaches: its last entry.
    pub reaches_to: Moment,
}

/// What is asked to be handed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct HandoverAsk {
    /// The files.
    pub cases: Vec<CaseId>,
    /// The age recipient.
    pub recipient: String,
    /// Everything once more, also what the recipient has.
    pub from_beginning: bool,
    /// Why, where it is on purpose. May be empty.
    pub reason: String,
}

impl HandoverAsk {
    /// What waits of some files for somebody.
    #[must_use]
    pub fn of(cases: &[CaseId], recipient: &str) -> Self {
        Self { cases: cases.to_vec(), recipient: recipient.to_owned(), ..Self::default() }
    }
}

/// What would be handed over as things are chosen so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct HandoverOffer {
    /// Entries of the chosen files that would go.
    pub waiting: u32,
    /// Entries of them that the recipient has.
    pub has: u32,
    /// Why it needs a reason, where it does.
    pub on_purpose: Option<OnPurpose>,
    /// How large the papers are that would go along, in KiB.
    pub papers_kib: u32,
    /// As how many files it would go, each within what whoever opens it takes in.
    pub parts: u32,
    /// What the agency wants of these files and is not there. It stops nothing.
    pub lacks: Vec<LacksView>,
}

/// What one file lacks of what the agency wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LacksView {
    /// The file.
    pub case: CaseId,
    /// What it is called.
    pub name: String,
    /// What is not there.
    pub what: Vec<WantedField>,
}

/// An imported age recipient.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RecipientKeyView {
    /// `age1…`.
    pub recipient: String,
    /// Its name.
    pub name: String,
    /// Groups of characters to compare by telephone.
    pub fingerprint: String,
    /// When it was imported.
    pub imported_at: Moment,
}

/// One file and what waits in it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverFile {
    /// The file.
    pub case: CaseId,
    /// What it is for.
    pub kind: CaseKind,
    /// The child's name, or the title; empty for a restricted file.
    pub name: String,
    /// What tells it apart from files of namesakes; empty where there is none.
    pub telling: Vec<super::TellsApart>,
    /// The number of a restricted file.
    pub restricted: Option<u32>,
    /// Entries in all.
    pub entries: u32,
    /// Entries that nobody has yet.
    pub waiting: u32,
    /// Entries that wait for each recipient.
    pub waits: Vec<WaitingFor>,
}

/// How much of a file waits for somebody.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct WaitingFor {
    /// The age recipient.
    pub recipient: String,
    /// Entries that they have not.
    pub waiting: u32,
}

/// Whether it is known what was written of a handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FileFacts {
    /// It is.
    Known,
    /// It was frozen, and no file was written since.
    NotWritten,
    /// It was frozen before the vault was brought back from an earlier state, which knows of no file.
    NotKnown,
    /// A file was written by an earlier version; its note of it cannot be read.
    Unreadable,
}

/// A handover that was made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct HandoverView {
    /// The handover.
    pub id: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// To whom.
    pub recipient_name: String,
    /// The recipient's fingerprint.
    pub fingerprint: String,
    /// Children's names.
    pub children: Vec<String>,
    /// Files of it whose copies were removed from here.
    pub gone: u32,
    /// The number of a restricted file, where it was one.
    pub restricted: Option<u32>,
    /// First sequence covered.
    pub from: u32,
    /// Last sequence covered.
    pub to: u32,
    /// How far it has come.
    pub state: HandoverState,
    /// Whether its file was not written and needs to be no more: one that was written since holds all of it.
    pub held: bool,
    /// Why it was made on purpose.
    pub reason: Option<String>,
    /// Which part it is of what was too large for one file; none where it is whole.
    pub part: Option<PartView>,
    /// The files of the other parts, where they were written just now.
    pub beside: Vec<PartFile>,
    /// The handover whose place it takes.
    pub replaces: Option<HandoverId>,
    /// Whether what follows is known.
    pub facts: FileFacts,
    /// Entries with content.
    pub entries: u32,
    /// Documents.
    pub documents: u32,
    /// SHA-256 of the file as it was last written.
    pub file_hash: String,
    /// The file's name.
    pub file_name: String,
    /// Its size in kilobytes.
    pub kilobytes: u32,
    /// What comes before it, where it was written just now.
    pub beginning: Option<BeginningView>,
    /// What the agency answered, the latest first.
    pub receipts: Vec<ReceiptView>,
}

/// Which part of what was too large for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PartView {
    /// Which, from 1.
    pub number: u32,
    /// How many there are.
    pub count: u32,
}

/// A file of another part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PartFile {
    /// The part's own handover.
    pub id: HandoverId,
    /// The file's name.
    pub file_name: String,
}

/// A receipt that was taken in.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ReceiptView {
    /// The receipt.
    pub id: ReceiptId,
    /// The handover that it answers.
    pub handover: HandoverId,
    /// The agency, by the name that it gives itself.
    pub agency: String,
    /// When it was made, by the agency's clock.
    pub made_at: Moment,
    /// When it was taken in.
    pub taken_at: Moment,
    /// What became of the file.
    pub outcome: ReceiptOutcome,
    /// Why nothing of the file was taken; none where that is told of its entries.
    pub reason: Option<NotTakenWhy>,
    /// Entries of children's files that the agency has.
    pub entries: u32,
    /// Those that it did not take.
    pub not_taken: Vec<NotTakenView>,
    /// For each chain that the agency holds otherwise: the first place at which it differs.
    pub forked: Vec<u32>,
    /// Entries whose content the agency removed by its own retention.
    pub disposed: u32,
    /// Whether it had been taken in before.
    pub again: bool,
}

/// Entries that an agency did not take, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NotTakenView {
    /// Why.
    pub why: NotTakenWhy,
    /// How many.
    pub entries: u32,
}

/// Entries of a handover's files that come before and are not in it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BeginningView {
    /// How many there are.
    pub entries: u32,
    /// Those of them that the recipient never got.
    pub never: u32,
    /// The handovers in which they got the others, the earliest first.
    pub given: Vec<EarlierHandoverView>,
}

/// A handover that the same recipient got before.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct EarlierHandoverView {
    /// The handover.
    pub id: HandoverId,
    /// When it was frozen.
    pub made_at: Moment,
    /// First sequence covered.
    pub from: u32,
    /// Last sequence covered.
    pub to: u32,
}
