//! The values of a slip: what somebody is asked or told, as they read it, and what they chose where they have.
//!
//! It names no program, no author and no file at its head or foot, and nothing is attached to it: it may lie in a
//! kitchen.

use serde::{Deserialize, Serialize};

use crate::parts::Sheet;

/// A slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The language in which it was worded, and the moment of printing; of the rest nothing is printed.
    pub sheet: Sheet,
    /// Its heading.
    pub title: String,
    /// Whether it is set in large letters.
    pub large: bool,
    /// What stands before the choices.
    pub before: Vec<SlipPart>,
    /// What is asked about, each with whom it would be told.
    pub things: Vec<SlipThing>,
    /// What can be answered, in order; none where nothing is asked.
    pub answers: Vec<String>,
    /// What stands behind the choices.
    pub after: Vec<SlipPart>,
    /// What is filled in by hand; none where it is signed.
    pub fill: Vec<String>,
    /// How it was signed, a line each; none where it is not.
    pub signed: Vec<String>,
    /// What the picture of the signature is called for whoever cannot see it; empty where there is none.
    pub signature: String,
}

/// A heading and its lines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SlipPart {
    /// What it is about.
    pub heading: String,
    /// What it says.
    pub lines: Vec<String>,
}

/// Something that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SlipThing {
    /// What.
    pub what: String,
    /// Each recipient.
    pub rows: Vec<SlipRow>,
}

/// A recipient, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SlipRow {
    /// Who.
    pub who: String,
    /// The answer, as it stands among [`Slip::answers`]; empty where none was given.
    pub answer: String,
}
