//! A file: a child's or a family's, a restricted one beside it, an adult's, or one about numbers.

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
        /// An adult who works with children, or may be a risk to them, where no child is known: a restricted file
        /// that stands beside none.
        Adult = "adult",
        /// Numbers that somebody asks for: nobody's file.
        Numbers = "numbers",
    }
}

impl CaseKind {
    /// Whether files of this kind stay out of lists, search, a child's file and any handover but their own. What is
    /// said of an adult is a suspicion, whoever they work for.
    #[must_use]
    pub fn is_restricted(self) -> bool {
        match self {
            Self::Allegation | Self::Adult => true,
            Self::Family | Self::Numbers => false,
        }
    }

    /// Whether a file of this kind stands beside a child's: one that does must, one that does not must not.
    #[must_use]
    pub fn stands_beside(self) -> bool {
        match self {
            Self::Allegation => true,
            Self::Family | Self::Adult | Self::Numbers => false,
        }
    }

    /// Whether a file of this kind is about a child.
    #[must_use]
    pub fn has_child(self) -> bool {
        match self {
            Self::Family | Self::Allegation => true,
            Self::Adult | Self::Numbers => false,
        }
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Case {
    /// Identifies the file.
    pub id: CaseId,
    /// Whom it is about: the child, or the first child of the family; in an adult's file the adult. In a file about
    /// numbers it is an id that nobody bears.
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
    /// What a file about numbers is called; empty in every other, which goes by whom it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
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
            title: String::new(),
        }
    }

    /// The file of an adult where no child is known. Nothing of it goes to them.
    #[must_use]
    pub fn adult(id: CaseId, adult: PersonId, nation: Nation) -> Self {
        Self { kind: CaseKind::Adult, kept_from: vec![adult], ..Self::family(id, adult, nation) }
    }

    /// The file of numbers that somebody asks for. `nobody` is an id that no person bears.
    #[must_use]
    pub fn numbers(id: CaseId, nobody: PersonId, nation: Nation, title: String) -> Self {
        Self { kind: CaseKind::Numbers, title, ..Self::family(id, nobody, nation) }
    }
}
