//! What does not follow in a file without a child: nobody has views to hear, and no child's file holds what belongs apart.
//! Everything else is the same.

use sharewell_records::{Duty, Known, KnownFacts};

/// The fact that says so. A decision of a day before it was told has no such fact, and comes out as it did.
pub const FACT: &str = "no_child";

/// Whether a duty falls away because the file is about no child.
#[must_use]
pub fn spares(known: &KnownFacts, duty: Duty) -> bool {
    matches!(duty, Duty::HearViews | Duty::SeparateFile) && known.get(FACT) == Some(&Known::Flag(true))
}
