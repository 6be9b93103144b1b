//! A second person's word on a signed decision (A15): asked for by file, given on another laptop, taken back.
//!
//! Both files are sealed under one code, which the asker's vault keeps until the answer is there and which goes
//! by telephone, never beside the file. Whoever answers sees the decision worked out anew from the entry's own
//! bytes, and signs over the entry's hash. Their vault keeps what they said, and nothing of the child. A decision
//! never waits for any of this: what has to be shared is shared first (condition 12).

mod answer;
mod ask;
mod code;

use sharewell_exchange::PublicKey;
use sharewell_records::{Countersigned, Moment};

use crate::store;
use crate::views::SaidView;

pub use answer::{answer_ask, open_ask, said_here};
pub use ask::{ask_countersignature, countersigning, open_answer, take_answer};

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
        entry_hash: said.entry_hash.to_string(),
        origin: said.origin.to_string(),
        sequence: store::small(said.sequence.0),
        link: said.link.to_string(),
        taken_at,
    }
}
