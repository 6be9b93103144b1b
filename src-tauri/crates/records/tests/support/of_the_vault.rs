//! What is said of the vault itself: its chain, the keys and the contacts that it knows, what an opening puts in doubt.

use sharewell_records::*;

use super::{Set, day, hash, moment, pack, text, uuid, words};

fn contact() -> Contact {
    let (by, how, source) = (text(), text(), text());
    Contact {
        id: ContactId(uuid(19)),
        name: text(),
        role: ContactRole::Gp,
        agency: text(),
        phone: text(),
        out_of_hours: text(),
        email: text(),
        address: text(),
        safe_channel: text(),
        key: text(),
        verified: Some(Verified { by, how, source, on: day(), until: Some(day()) }),
        changed_since: true,
    }
}

fn profile() -> TakenProfile {
    let (name, key, file) = (text(), text(), text());
    let (encryption, receipts, recovery) = (text(), text(), text());
    TakenProfile {
        agency: uuid(23),
        name,
        serial: 3,
        key,
        encryption,
        receipts,
        recovery,
        hash: hash(),
        file,
    }
}

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    vec![
        (Payload::PackKept { pack: pack() }, vec![]),
        (Payload::PackRemoved { pack: hash(), reason: text() }, vec![]),
        (Payload::PackKeyImported { key: text(), name: text() }, vec![]),
        (Payload::RecipientKeyImported { recipient: text(), name: text() }, vec![]),
        (Payload::ProfileTaken { profile: Box::new(profile()) }, vec![]),
        (
            Payload::RecoveredByAgency {
                recovery: AgencyRecovery {
                    by: text(),
                    why: text(),
                    agreed: [text(), text()],
                    recovery: text(),
                },
            },
            vec![],
        ),
        (Payload::CheckpointSigned { at: Seq(3), link: hash(), signature: text() }, vec![]),
        (Payload::HeadNotFound { found: Absence::Missing }, vec![words("/found", Absence::ALL)]),
        (Payload::HeadConfirmed { reason: text() }, vec![]),
        (Payload::ClockDoubted { last: moment() }, vec![]),
        (Payload::ClockTrusted { by_person: true }, vec![]),
        (Payload::ContactAdded { contact: contact() }, vec![words("/contact/role", ContactRole::ALL)]),
        (
            Payload::ContactChanged { contact: contact(), reason: text() },
            vec![words("/contact/role", ContactRole::ALL)],
        ),
        (Payload::ContactRemoved { id: contact().id, reason: text() }, vec![]),
    ]
}
