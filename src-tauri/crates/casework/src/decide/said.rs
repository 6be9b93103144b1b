//! What a second person said of a signed decision, for a page.

use sharewell_exchange::PublicKey;
use sharewell_records::{Countersigned, Moment};

use crate::store;
use crate::views::SaidView;

/// What was said, for a page.
pub(crate) fn said_view(countersigned: &Countersigned, taken_at: Moment) -> SaidView {
    let said = &countersigned.said;
    SaidView {
        id: said.id,
        decision: said.decision,
        verdict: said.verdict,
        words: said.words.clone(),
        by: said.by.clone(),
        role: said.role.clone(),
        agency: said.agency.clone(),
        at: said.at,
        fingerprint: PublicKey::from_hex(&countersigned.key).map(|key| key.fingerprint()).unwrap_or_default(),
        role_shown: None,
        entry_hash: said.entry_hash.to_string(),
        origin: said.origin.to_string(),
        sequence: store::small(said.sequence.0),
        link: said.link.to_string(),
        taken_at,
    }
}
