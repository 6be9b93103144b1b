//! What does not follow in a file without a child: nobody has views to hear, no child's file holds what belongs apart, and
//! no question goes through the family one by one. Who is in such a file all the same is asked about at the sign-off.
//! Everything else is the same.

use sharewell_records::{Duty, Known, KnownFacts};

use crate::{Kind, Step, Tag};

/// The fact that says so. A decision of a day before it was told has no such fact, and comes out as it did.
pub const FACT: &str = "no_child";

/// Whether a duty falls away because the file is about no child.
#[must_use]
pub fn spares(known: &KnownFacts, duty: Duty) -> bool {
    matches!(duty, Duty::HearViews | Duty::SeparateFile) && is_so(known)
}

/// Whether the decision is in a file about no child.
#[must_use]
pub fn is_so(known: &KnownFacts) -> bool {
    known.get(FACT) == Some(&Known::Flag(true))
}

/// Whether a question is passed over there: it has a row for each of a child's people, and there are none.
#[must_use]
pub fn passes_over(step: &Step) -> bool {
    step.kind == Kind::EachPerson && step.asks(Tag::TellEachPerson)
}
