//! The records of the files handed over, as they stand: a fold over the ledger's entries.
//!
//! Feed it the whole history of the chosen files and of the vault itself, not only the range that is handed
//! over: a safety flag that was set long ago binds today.

use std::collections::BTreeMap;

use sharewell_records::{
    Advice, AdviceId, Called, Case, CaseId, Circle, CountersignatureId, Countersigned, Decision, DecisionId,
    Disclosure, DisclosureId, Emergency, EmergencyId, EmergencyWriteUp, Flag, FlagId, Header, Item, ItemId,
    Moment, Obligation, ObligationId, Payload, Person, PersonId, Practitioner, Protection, Relationship,
    RelationshipId, Seq, Settlement,
};
use uuid::Uuid;

/// A record and the entry that last changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// The file it belongs to.
    pub case: Option<CaseId>,
    /// The entry that last changed it.
    pub sequence: Seq,
    /// When that was.
    pub at: Moment,
    /// Who wrote that entry.
    pub author: PersonId,
    /// The record.
    pub record: T,
}

/// Where something stood before it was set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetApart {
    /// The file.
    pub from: CaseId,
    /// When it was first written down there.
    pub first_recorded: Moment,
}

/// Records by id. Where a record can end, the reason of its end stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// Who used the vault.
    pub practitioners: BTreeMap<PersonId, Recorded<Practitioner>>,
    /// Files.
    pub cases: BTreeMap<CaseId, Recorded<Case>>,
    /// People.
    pub people: BTreeMap<PersonId, Recorded<Person>>,
    /// What a person was recorded as before: an earlier name or home still tells who somebody is.
    pub people_before: BTreeMap<PersonId, Vec<Person>>,
    /// Ties, and why one ended.
    pub relationships: BTreeMap<RelationshipId, Recorded<(Relationship, Option<String>)>>,
    /// Flags, and why one was lifted.
    pub flags: BTreeMap<FlagId, Recorded<(Flag, Option<String>)>>,
    /// Items, and why one was withdrawn.
    pub items: BTreeMap<ItemId, Recorded<(Item, Option<String>)>>,
    /// What stood in a child's file before, by the id of the item, advice, disclosure, duty or emergency.
    pub set_apart: BTreeMap<Uuid, Recorded<SetApart>>,
    /// Advice.
    pub advice: BTreeMap<AdviceId, Recorded<Advice>>,
    /// Decisions.
    pub decisions: BTreeMap<DecisionId, Recorded<Decision>>,
    /// What a second person said of decisions.
    pub countersignatures: BTreeMap<CountersignatureId, Recorded<Countersigned>>,
    /// Obligations, as they stand.
    pub obligations: BTreeMap<ObligationId, Recorded<Obligation>>,
    /// Disclosures.
    pub disclosures: BTreeMap<DisclosureId, Recorded<Disclosure>>,
    /// Emergencies, and the later write-up.
    pub emergencies: BTreeMap<EmergencyId, Recorded<(Emergency, Option<EmergencyWriteUp>)>>,
}

impl Records {
    /// Who of all these people is protected, and how they are called instead.
    #[must_use]
    pub fn protection(&self, called: &Called) -> Protection {
        let practitioners = || self.practitioners.values().map(|one| &one.record);
        let circle = Circle {
            people: self.people.values().map(|one| &one.record).collect(),
            earlier: self.people_before.values().flatten().collect(),
            flags: self
                .flags
                .values()
                .map(|one| &one.record)
                .filter(|one| one.1.is_none())
                .map(|one| &one.0)
                .collect(),
            ties: self.relationships.values().map(|one| &one.record.0).collect(),
            open_names: practitioners().flat_map(|one| [one.name.as_str(), &one.lead_name]).collect(),
            agencies: practitioners().flat_map(Practitioner::agencies).collect(),
        };
        Protection::of(&circle, called)
    }

    /// Takes the next entry. Entries come in the order of the chain.
    pub fn take(&mut self, header: &Header, payload: &Payload) {
        /// Puts a record in place of any earlier form.
        fn put<I: Ord, T>(to: &mut BTreeMap<I, Recorded<T>>, header: &Header, id: I, record: T) {
            let case = header.case.or_else(|| to.get(&id).and_then(|earlier| earlier.case));
            let (sequence, at, author) = (header.sequence, header.recorded_at, header.author);
            to.insert(id, Recorded { case, sequence, at, author, record });
        }
        /// Changes a record that is there. Of one that is not there, the entry says all that is known.
        fn change<I: Ord, T>(
            to: &mut BTreeMap<I, Recorded<T>>,
            header: &Header,
            id: &I,
            change: impl FnOnce(&mut T),
        ) {
            if let Some(recorded) = to.get_mut(id) {
                change(&mut recorded.record);
                recorded.sequence = header.sequence;
                recorded.at = header.recorded_at;
                recorded.author = header.author;
            }
        }
        // No wildcard: a new kind of entry does not compile until someone has chosen what tables show.
        match payload {
            Payload::PractitionerRecorded { practitioner } => {
                put(&mut self.practitioners, header, practitioner.id, practitioner.clone());
            }
            Payload::CaseOpened { case } | Payload::CaseAmended { case, .. } => {
                put(&mut self.cases, header, case.id, case.clone());
            }
            Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => {
                if let Some(before) =
                    self.people.get(&person.id).map(|one| &one.record).filter(|one| *one != person)
                {
                    self.people_before.entry(person.id).or_default().push(before.clone());
                }
                put(&mut self.people, header, person.id, person.clone());
            }
            Payload::RelationshipRecorded { relationship }
            | Payload::RelationshipAmended { relationship, .. } => {
                put(&mut self.relationships, header, relationship.id, (relationship.clone(), None));
            }
            Payload::RelationshipEnded { id, reason } => {
                change(&mut self.relationships, header, id, |tie| tie.1 = Some(reason.clone()));
            }
            Payload::FlagSet { flag } => put(&mut self.flags, header, flag.id, (flag.clone(), None)),
            Payload::FlagLifted { id, reason } => {
                change(&mut self.flags, header, id, |flag| flag.1 = Some(reason.clone()));
            }
            Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } => {
                put(&mut self.items, header, item.id, (item.clone(), None));
            }
            Payload::ItemWithdrawn { id, reason } => {
                change(&mut self.items, header, id, |item| item.1 = Some(reason.clone()));
            }
            Payload::SetApart { thing, from, first_recorded, .. } => {
                let apart = SetApart { from: *from, first_recorded: *first_recorded };
                put(&mut self.set_apart, header, *thing, apart);
            }
            Payload::AdviceRecorded { advice } => put(&mut self.advice, header, advice.id, advice.clone()),
            Payload::DecisionSigned { decision } => {
                for obligation in &decision.obligations {
                    put(&mut self.obligations, header, obligation.id, obligation.clone());
                }
                put(&mut self.decisions, header, decision.id, decision.as_ref().clone());
            }
            Payload::DecisionCountersigned { countersigned } => {
                let id = countersigned.said.id;
                put(&mut self.countersignatures, header, id, countersigned.as_ref().clone());
            }
            Payload::ObligationAdded { obligation } => {
                put(&mut self.obligations, header, obligation.id, obligation.clone());
            }
            Payload::ObligationSettled { id, settlement } => {
                let settle =
                    |obligation: &mut Obligation| obligation.settled = Some(Settlement::clone(settlement));
                change(&mut self.obligations, header, id, settle);
            }
            Payload::DisclosureRecorded { disclosure } => {
                put(&mut self.disclosures, header, disclosure.id, disclosure.clone());
            }
            Payload::EmergencyRecorded { emergency } => {
                let written =
                    self.emergencies.get(&emergency.id).and_then(|earlier| earlier.record.1.clone());
                put(&mut self.emergencies, header, emergency.id, (emergency.clone(), written));
            }
            Payload::EmergencyWrittenUp { write_up } => {
                let account = |emergency: &mut (Emergency, Option<EmergencyWriteUp>)| {
                    emergency.1 = Some(write_up.clone());
                };
                change(&mut self.emergencies, header, &write_up.emergency, account);
            }
            // The vault's own business: in entries.ndjson, and in no table.
            Payload::OriginStarted { .. }
            | Payload::RecoveryConfirmed {}
            | Payload::PackKept { .. }
            | Payload::PackInstalled { .. }
            | Payload::PackRemoved { .. }
            | Payload::PackKeyImported { .. }
            | Payload::HandoverMade { .. }
            | Payload::RecipientKeyImported { .. }
            | Payload::CheckpointSigned { .. }
            | Payload::Disposed { .. } => {}
        }
    }
}
