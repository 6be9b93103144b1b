//! Restricted files: allegations about staff.

use serde::{Deserialize, Serialize};
use sharewell_records::{CaseId, Moment, Occurred, PersonId, Route};
use specta::Type;

use super::ApartKind;

/// A restricted file in a list. It names nobody.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RestrictedLine {
    /// The file.
    pub case: CaseId,
    /// By which it is called, from 1.
    pub number: u32,
    /// When it was opened.
    pub opened_at: Moment,
    /// When anything was last recorded in it.
    pub last_at: Moment,
    /// Duties still open in it.
    pub to_do: u32,
}

/// What the page of a restricted file shows besides what every file has.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RestrictedView {
    /// By which it is called, from 1.
    pub number: u32,
    /// The child's file beside which it stands; none for an adult's.
    pub beside: Option<CaseId>,
    /// Whom the nation's guidance names for allegations, as a term; may be empty.
    pub officer: String,
    /// The people to whom nothing of it goes.
    pub kept_from: Vec<PersonId>,
    /// The people who stand in the child's file too: their details are changed there.
    pub of_childs_file: Vec<PersonId>,
    /// Notes, advice and shares in the child's file that can be set apart.
    pub to_set_apart: u32,
}

/// To whom nothing of a restricted file goes, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct KeptFromInput {
    /// People of the file.
    pub people: Vec<PersonId>,
    /// One more, by name; may be empty.
    pub name: String,
    /// Their post and agency.
    pub post: String,
}

/// Something in the child's file that can be set apart.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ApartLine {
    /// Its id.
    pub thing: String,
    /// What it is.
    pub kind: ApartKind,
    /// What it says.
    pub text: String,
    /// Who said it, gave it or got it, and their post where it is known.
    pub by: Vec<String>,
    /// By which route it left, where it did.
    pub route: Option<Route>,
    /// When it happened.
    pub occurred: Occurred,
    /// When it was first written down.
    pub recorded_at: Moment,
    /// Whether a decision in the restricted file speaks of it.
    pub used: bool,
    /// The children into whose files it was copied, or from whose file it came: there it stands on.
    pub copies: Vec<String>,
}
