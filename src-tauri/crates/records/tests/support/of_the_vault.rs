//! What is said of the vault itself: its chain, the keys that it knows, what an opening puts in doubt.

use sharewell_records::*;

use super::{Set, hash, moment, text, words};

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    vec![
        (Payload::PackKeyImported { key: text(), name: text() }, vec![]),
        (Payload::RecipientKeyImported { recipient: text(), name: text() }, vec![]),
        (Payload::CheckpointSigned { at: Seq(3), link: hash(), signature: text() }, vec![]),
        (Payload::HeadNotFound { found: Absence::Missing }, vec![words("/found", Absence::ALL)]),
        (Payload::HeadConfirmed { reason: text() }, vec![]),
        (Payload::ClockDoubted { last: moment() }, vec![]),
        (Payload::ClockTrusted { by_person: true }, vec![]),
    ]
}
