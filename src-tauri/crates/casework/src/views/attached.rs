//! Papers of a file.

use serde::{Deserialize, Serialize};
use sharewell_records::{
    AttachmentForm, AttachmentId, EntryId, ItemId, Moment, Occurred, PaperHolds, PersonId,
};
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
    /// The older paper in whose place it comes, where it does.
    pub instead: Option<AttachmentId>,
    /// Why it comes in its place.
    pub why: String,
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
    /// What the older paper was called in whose place it stands; empty where it stands in none.
    pub replaces: String,
    /// When this form was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub author: String,
    /// Whether its bytes are there. They are not where they were disposed of.
    pub there: bool,
}

/// What a paper holds beside what it shows, and how far it was looked through for a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperLooked {
    /// What it holds beside what it shows. Empty also where it was not read through anew.
    pub holds: Vec<PaperHolds>,
    /// Which pages were looked at, from 1.
    pub looked: Vec<u32>,
    /// Of how many; none where no page was looked at.
    pub pages: u32,
    /// Whether every page was looked at, so that it may be chosen for a share.
    pub is_whole: bool,
    /// Whether its pages are drawn by the window. A picture and a text are their own only page.
    pub is_drawn_here: bool,
    /// The longer side of a page as it goes, in dots.
    pub longest_side: u32,
    /// The most pages that a paper may have which goes along.
    pub most_pages: u32,
}

/// A page that was looked at.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct PageInput {
    /// Which, from 1.
    pub page: u32,
    /// How many the paper has.
    pub pages: u32,
    /// The page as it was drawn, a PNG in base 64; empty where the paper is a picture or a text.
    pub drawn: String,
}

// What a page shows stands in no log.
impl std::fmt::Debug for PageInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageInput").field("page", &self.page).finish_non_exhaustive()
    }
}
