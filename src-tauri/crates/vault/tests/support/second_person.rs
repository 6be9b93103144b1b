//! What a second person says of a decision, what is set apart, and what an agency settles, among the acts.

use super::*;

/// An agency's profile.
pub(super) fn profile(which: usize, name: String) -> Payload {
    let profile = TakenProfile {
        agency: uuid::Uuid::from_u128(9),
        name,
        serial: u32::try_from(which).unwrap(),
        key: format!("{which:064}"),
        encryption: format!("age1{}", which % 2),
        receipts: format!("{which:064}"),
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

    /// Sets something that a restricted file states apart from the file beside which it stands.
    pub(super) fn set_apart(&self, restricted: CaseId, which: usize) -> Option<(Option<CaseId>, Payload)> {
        let from = self.cases.iter().find(|case| case.id == restricted)?.beside?;
        let there = |done: &&Done| done.states && done.case == Some(restricted);
        let stated = pick(&self.entries.iter().filter(there).collect::<Vec<_>>(), which)?;
        let thing = stated.thing?;
        let of_it = |done: &&Done| done.thing == Some(thing) && done.case == Some(from);
        let entries = self.entries.iter().filter(of_it).map(|done| done.id).collect();
        let first_recorded = at(1);
        Some((
            Some(restricted),
            Payload::SetApart { thing, from, stated: stated.id, entries, first_recorded },
        ))
    }
}
