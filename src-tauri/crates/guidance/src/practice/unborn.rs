//! What does not follow about a child who is not born: nobody has views to hear yet. Everything else is the same.

use sharewell_records::{Duty, Known, KnownFacts};

/// The fact that says so. A decision of a day before it was told has no such fact, and comes out as it did.
pub const FACT: &str = "child_unborn";

/// Whether a duty falls away because the child is not born.
#[must_use]
pub fn spares(known: &KnownFacts, duty: Duty) -> bool {
    duty == Duty::HearViews && known.get(FACT) == Some(&Known::Flag(true))
}
