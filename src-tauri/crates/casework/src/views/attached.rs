//! Papers of a file.

use serde::{Deserialize, Serialize};
use sharewell_records::{AttachmentForm, AttachmentId, EntryId, ItemId, Moment, Occurred, PersonId};
use specta::Type;

use super::WhenTyped;

/// What is said of a paper, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct PaperInput {
    /// What it is.
    pub what: String,
    /// Where it came from: who sent, gave or took it.
    pub from: String,
    /// Who said so, may be empty.
    pub said_by: String,
    /// When it came; none while nothing is chosen.
    pub came: Option<WhenTyped>,
    /// What its sender allowed, in their words, may be empty.
    pub limits: String,
    /// Whom it is about.
    pub about: Vec<PersonId>,
    /// The statement that it belongs to, where it is one's.
    pub item: Option<ItemId>,
}

/// A file that was chosen, before anything of it is kept. Sizes are in KiB, rounded up.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PaperOffer {
    /// What it is called.
    pub name: String,
    /// How large it is.
    pub kib: u32,
    /// What it takes in the vault, with the next backup.
    pub needs_kib: u32,
    /// What is free where the vault lies; none where the system does not say.
    pub free_kib: Option<u32>,
}

/// A paper of a file.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PaperView {
    /// The paper.
    pub id: AttachmentId,
    /// The entry that gave it this form.
    pub entry: EntryId,
    /// What its file was called.
    pub name: String,
    /// What it is, by its content.
    pub form: AttachmentForm,
    /// How large it is, in KiB, rounded up.
    pub kib: u32,
    /// In how many pieces it is read.
    pub pieces: u32,
    /// What it is, in words.
    pub what: String,
    /// Where it came from.
    pub from: String,
    /// Who said so.
    pub said_by: String,
    /// When it came.
    pub came: Occurred,
    /// What its sender allowed.
    pub limits: String,
    /// Whom it is about.
    pub about: Vec<PersonId>,
    /// Their names.
    pub about_names: Vec<String>,
    /// The statement that it belongs to.
    pub item: Option<ItemId>,
    /// When this form was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub author: String,
    /// Whether its bytes are there. They are not where they were disposed of.
    pub there: bool,
}
