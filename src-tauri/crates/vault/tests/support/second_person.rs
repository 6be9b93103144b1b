//! What a second person says of a decision, and what an agency settles, among the acts.

use super::*;

/// An agency's profile.
pub(super) fn profile(which: usize, name: String) -> Payload {
    let profile = TakenProfile {
        agency: uuid::Uuid::from_u128(9),
        name,
        serial: u32::try_from(which).unwrap(),
        key: format!("{which:064}"),
        recovery: format!("age1{which}"),
        hash: Sha256([u8::try_from(which).unwrap(); 32]),
        file: "{}".to_owned(),
    };
    Payload::ProfileTaken { profile: Box::new(profile) }
}

impl World {
    pub(super) fn countersigned(&self, decision: DecisionId, words: String) -> Countersigned {
        Countersigned {
            said: Countersignature {
                id: CountersignatureId(new_uuid()),
                decision,
                entry: EntryId(new_uuid()),
                entry_hash: Sha256([1; 32]),
                origin: OriginId(new_uuid()),
                sequence: Seq(1),
                link: Sha256([2; 32]),
                verdict: Verdict::Agrees,
                words,
                person: practitioner().id,
                by: "Kim Madeup".into(),
                role: String::new(),
                agency: String::new(),
                at: at(3),
            },
            key: String::new(),
            body: String::new(),
            jws: String::new(),
        }
    }
}
