//! That the child who spoke hears it at once, whatever is held back from others (practice rule 4).
//!
//! Which answers say so is the pack's: it has a line of this id on the advice. Where illness may be made up, where
//! honour or trafficking is feared, and before a child can be spoken to, the line does not stand, and what the child
//! hears is agreed in the call.

use sharewell_records::{Day, KnownFacts};

use crate::engine::Answers;
use crate::{Pack, notices};

/// The id of the line in a pack (`docs/pack-format.md`, section 15.1).
pub const TOLD: &str = "child-told";

/// Whether the advice says that the child hears it from the practitioner, in person, at once.
#[must_use]
pub fn hears_at_once(pack: &Pack, known: &KnownFacts, on: Day, answers: &Answers) -> bool {
    notices(pack, known, on, answers).iter().any(|line| line.id == TOLD)
}
