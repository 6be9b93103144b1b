//! What a second person says of a decision, among the acts.

use super::*;

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
