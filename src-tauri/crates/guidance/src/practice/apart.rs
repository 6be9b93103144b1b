//! What follows wherever somebody who works or volunteers with children may be behind a worry (WT23, WSP5, SCOT21
//! 1.129): the nation's designated officer hears of it, and the child's file is looked through for what belongs
//! apart.
//!
//! The advice of an allegation brings both by itself. They follow as well where the practitioner signs a decision
//! into a restricted file of their own accord, or writes an emergency up in one.

use crate::{Obligation, Pack};

/// The ids of both duties in a pack (`docs/pack-format.md`, section 7).
pub const IDS: [&str; 2] = ["allegations", "separate-file"];

/// The id by which the officer hears of it where nothing is shared yet: then it is talked over, and is no act.
pub const DOUBT: &str = "officer-doubt";

/// Both duties as the pack has them, in this order.
pub fn duties(pack: &Pack) -> impl Iterator<Item = &Obligation> {
    IDS.iter().filter_map(|id| pack.obligations().iter().find(|one| one.id == *id))
}
