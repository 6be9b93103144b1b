//! What a second person said, filled in every place.

use sharewell_records::*;

use super::{hash, moment, text, uuid};

pub fn countersigned() -> Countersigned {
    let said = Countersignature {
        id: CountersignatureId(uuid(12)),
        decision: DecisionId(uuid(8)),
        entry: EntryId(uuid(13)),
        entry_hash: hash(),
        origin: OriginId(uuid(14)),
        sequence: Seq(4),
        link: hash(),
        verdict: Verdict::Agrees,
        words: text(),
        person: PersonId(uuid(11)),
        by: text(),
        role: text(),
        agency: text(),
        at: moment(),
    };
    Countersigned { said, key: text(), body: text(), jws: text() }
}
