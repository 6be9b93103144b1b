//! Condition 12, of what the program adds: whatever the practitioner decides, the pack has words for what follows.
//!
//! Duties that follow without the advice (`practice/otherwise.rs`, `practice/apart.rs`) are taken from the pack by
//! duty or id. One that is not there would follow in silence.

use std::collections::BTreeSet;

use sharewell_records::Duty;

use super::Found;
use crate::pack::Pack;
use crate::practice::{apart, otherwise};

/// From which engine on it is asked for: packs that landed before are read as they are.
const FROM: u32 = 3;

/// Holds the pack to having an obligation for everything that may follow.
pub(super) fn twelve_pack(pack: &Pack, found: &mut Found) {
    if pack.engine < FROM {
        return;
    }
    let spot = pack.outcomes.first().map(|one| one.spot.clone()).unwrap_or_default();
    let has: BTreeSet<Duty> = pack.obligations.iter().map(|one| one.duty).collect();
    let needed = otherwise::SHARING.into_iter().chain(otherwise::NOT_SHARING).chain([Duty::WriteUp]);
    for duty in needed.filter(|duty| !has.contains(duty)) {
        let message = "no obligation is of this duty, which follows where somebody decides otherwise";
        found.pack(12, &spot, &format!("{duty:?}"), message);
    }
    for id in apart::IDS.iter().filter(|id| !pack.obligations.iter().any(|one| one.id == **id)) {
        let message = "there is no obligation of this id, which follows from a decision in a restricted file";
        found.pack(12, &spot, id, message);
    }
}
