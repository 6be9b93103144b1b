//! What looked like a protected person in a text, and what somebody said of it: asked once and remembered.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::PersonId;
use crate::words::closed_set;

closed_set! {
    /// What makes a word look like somebody's name or whereabouts.
    LeftoverKind in "snake_case" {
        /// A name but for a letter, for a blank inside or for what stands before it.
        Spelling = "spelling",
        /// A name with an ending of its language's grammar.
        Ending = "ending",
        /// An ordinary word that is a name as well, where a capital says nothing.
        Word = "word",
        /// Initials without full stops.
        Initials = "initials",
        /// The street or the house of a protected home, with a slip in it or alone.
        Street = "street",
        /// The town of a protected home.
        Town = "town",
        /// Part of its postcode.
        Postcode = "postcode",
        /// Made of the beginnings of their names, as the name of an account is.
        Account = "account",
        /// A name that somebody had who is not protected, and that is not shown any more.
        Earlier = "earlier",
    }
}

closed_set! {
    /// What somebody said of a form.
    LeftoverMeans in "snake_case" {
        /// It is the person: it is hidden everywhere.
        Them = "them",
        /// It is not: it stays.
        NotThem = "not_them",
    }
}

/// An answer: it counts in every file from then on, until the same form is answered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct LeftoverAnswer {
    /// Who it may be.
    pub person: PersonId,
    /// The form, folded.
    pub form: String,
    /// What was said of it.
    pub means: LeftoverMeans,
}
