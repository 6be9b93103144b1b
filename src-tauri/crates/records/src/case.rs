//! A child's or a family's file, or a restricted one beside it.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{CaseId, Nation, PersonId};

closed_set! {
    /// What a file is for.
    #[derive(Default)]
    CaseKind in "snake_case" {
        /// A child and the family.
        #[default]
        Family = "family",
        /// An allegation about somebody who works or volunteers with children: a restricted file of its own, beside
        /// the child's and never part of it (DESIGN, *Safe practice*).
        Allegation = "allegation",
    }
}

impl CaseKind {
    /// Whether files of this kind stay out of lists, search, a child's file and any handover but their own.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        self == Self::Allegation
    }
}

/// A child's or a family's file, or a restricted one beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Case {
    /// Identifies the file.
    pub id: CaseId,
    /// The child, or the first child of the family.
    pub child: PersonId,
    /// The nation whose guidance applies first.
    pub nation: Nation,
    /// The agency's own number for the file, may be empty.
    #[serde(default)]
    pub reference: String,
    /// Why the file was opened, in a sentence.
    #[serde(default)]
    pub reason: String,
    /// What it is for. It never changes.
    #[serde(default)]
    pub kind: CaseKind,
    /// The child's file beside which a restricted file was opened. It never changes.
    #[serde(default)]
    pub beside: Option<CaseId>,
    /// In a restricted file: the people to whom nothing of it goes. Whom it is about, and a manager who may be
    /// part of it.
    #[serde(default)]
    pub kept_from: Vec<PersonId>,
}

impl Case {
    /// The file of a child and the family, without reference or reason.
    #[must_use]
    pub fn family(id: CaseId, child: PersonId, nation: Nation) -> Self {
        Self {
            id,
            child,
            nation,
            reference: String::new(),
            reason: String::new(),
            kind: CaseKind::Family,
            beside: None,
            kept_from: Vec::new(),
        }
    }
}
