//! What stands: the fold over a ledger, in memory.
//!
//! The vault folds the same entries into tables, and `projections_equal_the_fold` in `vault/tests/` holds the two
//! to each other. Whoever has entries and no vault takes this one: a handover, and whoever opens it.
//!
//! Entries are taken in the order of folding: each chain in its own order, and a chain that goes on from an earlier
//! one after it. Feed it everything that may go along, not only a range of it: a safety flag that was set long ago
//! binds today.

#![deny(clippy::wildcard_enum_match_arm)]

mod handed_over;
mod log;
mod placing;
mod stands;

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use placing::{end, home, put};
pub use stands::{Ended, SetApart, Stands, Written};

use crate::{
    AccountNote, AccountNoteId, Advice, AdviceId, Attachment, AttachmentId, Beside, Call, CallId, Called,
    Case, CaseId, Circle, ConsentEvent, ConsentId, Contact, ContactId, CountersignatureId, Countersigned,
    Decision, DecisionId, Disclosure, DisclosureId, Doubts, Emergency, EmergencyId, EmergencyWriteUp,
    EntryId, EntryPlace, Flag, FlagId, Handover, HandoverId, Header, HeldElsewhere, HeldElsewhereId,
    Installed, Item, ItemId, Join, JoinId, Leaving, LeavingId, LeftoverAnswer, LogLine, Obligation,
    ObligationId, PackKey, PackRef, Payload, Person, PersonId, Practitioner, Protection, ReceiptId, Received,
    ReceivedId, RecipientKey, Relationship, RelationshipId, Settlement, Sha256, Share, Slip, SlipId, Stated,
    Statement, StatementId, TakenProfile, TakenReceipt, WrittenFile,
};

/// All that stands, by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Who used the vault.
    pub practitioners: BTreeMap<PersonId, Stands<Practitioner>>,
    /// Which of them it was that was recorded last.
    pub current: Option<PersonId>,
    /// What an opening put in doubt.
    pub doubts: Doubts,
    /// That the recovery code was typed back.
    pub recovery: Option<Written>,
    /// Files.
    pub cases: BTreeMap<CaseId, Stands<Case>>,
    /// People. All the files in which one stands are in [`Standing::files_of`].
    pub people: BTreeMap<PersonId, Stands<Person>>,
    /// The files in which a person stands, and the entry that added them to each.
    pub files_of: BTreeMap<PersonId, BTreeMap<CaseId, Written>>,
    /// Every other form of a person: an earlier name or home still tells who somebody is.
    pub people_before: BTreeMap<PersonId, Vec<Person>>,
    /// Ties, and why one ended.
    pub relationships: BTreeMap<RelationshipId, Stands<Relationship, String>>,
    /// Flags, and why one was lifted.
    pub flags: BTreeMap<FlagId, Stands<Flag, String>>,
    /// What was answered of forms that looked like a protected person.
    pub leftovers: BTreeMap<(PersonId, String), Stands<LeftoverAnswer>>,
    /// Files of one child that are shown as one, and why two were parted again.
    pub joins: BTreeMap<JoinId, Stands<Join, String>>,
    /// Items, and why one was withdrawn.
    pub items: BTreeMap<ItemId, Stands<Item, String>>,
    /// Papers, and why one was withdrawn.
    pub attachments: BTreeMap<AttachmentId, Stands<Attachment, String>>,
    /// What stood in a child's file before, by the id of the item, advice, disclosure, duty or emergency.
    pub set_apart: BTreeMap<Uuid, Stands<SetApart>>,
    /// The entries that stand in no file any more, and the one that set each apart.
    pub apart: BTreeMap<EntryId, Written>,
    /// Advice.
    pub advice: BTreeMap<AdviceId, Stands<Advice>>,
    /// Decisions.
    pub decisions: BTreeMap<DecisionId, Stands<Decision>>,
    /// What a second person said of decisions.
    pub countersignatures: BTreeMap<CountersignatureId, Stands<Countersigned>>,
    /// Obligations as they were attached, and how one was closed.
    pub obligations: BTreeMap<ObligationId, Stands<Obligation, Settlement>>,
    /// Disclosures.
    pub disclosures: BTreeMap<DisclosureId, Stands<Disclosure>>,
    /// Calls.
    pub calls: BTreeMap<CallId, Stands<Call>>,
    /// Events of consent, as they were written. What they come to is folded by [`crate::Consents`].
    pub consents: BTreeMap<ConsentId, Stands<ConsentEvent>>,
    /// Slips, as they were made.
    pub slips: BTreeMap<SlipId, Stands<Slip>>,
    /// What people said may be left with them.
    pub leavings: BTreeMap<LeavingId, Stands<Leaving>>,
    /// Shares that were made into a file.
    pub shares: BTreeMap<DisclosureId, Stands<Share>>,
    /// What came to us, and why one was written down in error.
    pub received: BTreeMap<ReceivedId, Stands<Received, String>>,
    /// What became of what left.
    pub accounts: BTreeMap<AccountNoteId, Stands<AccountNote>>,
    /// Statements for people, each at its latest step.
    pub statements: BTreeMap<StatementId, Stands<Statement>>,
    /// Records that other agencies hold.
    pub elsewhere: BTreeMap<HeldElsewhereId, Stands<HeldElsewhere>>,
    /// The sharing log.
    pub log: BTreeMap<Uuid, LogLine>,
    /// By what each note and each paper left.
    pub carried: BTreeMap<Uuid, BTreeSet<Uuid>>,
    /// Emergencies, and the later write-up.
    pub emergencies: BTreeMap<EmergencyId, Stands<Emergency, EmergencyWriteUp>>,
    /// The entry by which each emergency was first told.
    pub first_told: BTreeMap<EmergencyId, Written>,
    /// The practitioner's directory, and why somebody was taken out of it.
    pub contacts: BTreeMap<ContactId, Stands<Contact, String>>,
    /// Kept guidance packs.
    pub packs: BTreeMap<Sha256, Stands<PackRef>>,
    /// Installed guidance packs and overlays, and why one was taken out of use.
    pub installed: BTreeMap<Sha256, Stands<Installed, String>>,
    /// Imported keys of agencies that sign overlays.
    pub pack_keys: BTreeMap<String, Stands<PackKey>>,
    /// Profiles of agencies that were taken in, by the hash of each file.
    pub profiles: BTreeMap<Sha256, Stands<TakenProfile>>,
    /// Imported keys of agencies to which files are handed over.
    pub recipients: BTreeMap<String, Stands<RecipientKey>>,
    /// Handovers.
    pub handovers: BTreeMap<HandoverId, Stands<Handover>>,
    /// The file of each handover as it was last written.
    pub handover_files: BTreeMap<HandoverId, Stands<WrittenFile>>,
    /// Handovers that were given up before a file was written.
    pub dropped: BTreeMap<HandoverId, Written>,
    /// Receipts of agencies.
    pub receipts: BTreeMap<ReceiptId, Stands<TakenReceipt>>,
    /// The key of the agency whose profile stands: what goes to it waits until its receipt names it.
    pub agency_key: Option<String>,
    /// Entries that stand in a file.
    pub in_files: BTreeMap<EntryId, Written>,
    /// Entries that stand in a file and that no finished handover to anybody holds.
    pub waiting: BTreeMap<EntryId, Written>,
    /// What entries outside children's files state, for when it is set apart into the file in which they stand.
    stated: BTreeMap<EntryId, (Written, Payload)>,
}

impl Standing {
    /// Who of all these people is protected, and how they are called instead.
    #[must_use]
    pub fn protection(&self, called: &Called) -> Protection {
        self.protection_beside(called, &[], &[])
    }

    /// The same beside whoever is protected in files that are not here, in every form they ever had, and with what was
    /// answered of forms that looked like somebody.
    #[must_use]
    pub fn protection_beside(
        &self,
        called: &Called,
        elsewhere: &[Person],
        answers: &[LeftoverAnswer],
    ) -> Protection {
        let practitioners = || self.practitioners.values().map(|one| &one.record);
        let open = self.flags.values().filter(|one| one.ended.is_none());
        let circle = Circle {
            people: self.people.values().map(|one| &one.record).collect(),
            earlier: self.people_before.values().flatten().collect(),
            elsewhere: elsewhere.iter().collect(),
            answers: self.leftovers.values().map(|one| &one.record).chain(answers).collect(),
            flags: open.map(|one| &one.record).collect(),
            ties: self
                .relationships
                .values()
                .filter(|one| one.ended.is_none())
                .map(|one| &one.record)
                .collect(),
            open_names: practitioners().flat_map(|one| [one.name.as_str(), &one.lead_name]).collect(),
            agencies: practitioners().flat_map(Practitioner::agencies).collect(),
        };
        Protection::of(&circle, called)
    }

    /// The practitioner who was recorded last.
    #[must_use]
    pub fn practitioner(&self) -> Option<&Practitioner> {
        self.current.and_then(|id| self.practitioners.get(&id)).map(|one| &one.record)
    }

    /// Whether a person stands in a file.
    #[must_use]
    pub fn is_in(&self, person: PersonId, case: CaseId) -> bool {
        self.files_of.get(&person).is_some_and(|files| files.contains_key(&case))
    }

    /// The file beside one that is shown as one with it; none where it stands alone.
    #[must_use]
    pub fn beside(&self, case: CaseId) -> Option<Beside> {
        self.joins.values().filter(|one| one.ended.is_none()).find_map(|one| one.record.beside(case))
    }

    /// Takes the next entry.
    pub fn take(&mut self, header: &Header, payload: &Payload) {
        let by = Written::from(header);
        self.fold(by, payload);
        self.take_log(by, payload);
        self.take_unread(header);
    }

    /// Takes the next entry where its content is gone, or was written by a newer version.
    pub fn take_unread(&mut self, header: &Header) {
        let by = Written::from(header);
        if EntryPlace::of(&by).is_some() && !self.apart.contains_key(&header.id) {
            self.in_files.insert(header.id, by);
            if self.waits(&by) {
                self.waiting.insert(header.id, by);
            }
        }
    }

    /// No wildcard: a new kind of entry does not compile until someone has chosen what it does to what stands.
    #[allow(clippy::too_many_lines)]
    fn fold(&mut self, by: Written, payload: &Payload) {
        let childs = |case: CaseId| self.cases.contains_key(&case) && !self.is_restricted(Some(case));
        if payload.states().is_some() && by.case.is_some_and(|case| !childs(case)) {
            self.stated.insert(by.entry, (by, payload.clone()));
        }
        match payload {
            Payload::PractitionerRecorded { practitioner } => {
                put(&mut self.practitioners, by, practitioner.id, practitioner.clone());
                self.current = Some(practitioner.id);
            }
            Payload::RecoveryConfirmed {} => self.recovery = Some(by),
            Payload::CaseOpened { case } | Payload::CaseAmended { case, .. } => {
                put(&mut self.cases, by, case.id, case.clone());
            }
            Payload::PersonRecorded { person } => {
                self.person(by, person);
                if let Some(case) = by.case {
                    self.files_of.entry(person.id).or_default().entry(case).or_insert(by);
                }
            }
            Payload::PersonAmended { person, .. } => self.person(by, person),
            Payload::RelationshipRecorded { relationship }
            | Payload::RelationshipAmended { relationship, .. } => {
                if !self.is_said_again(by, self.relationships.get(&relationship.id)) {
                    put(&mut self.relationships, by, relationship.id, relationship.clone());
                }
            }
            Payload::RelationshipEnded { id, reason } => end(&mut self.relationships, by, id, reason),
            Payload::FlagSet { flag } => {
                if !self.is_said_again(by, self.flags.get(&flag.id)) {
                    put(&mut self.flags, by, flag.id, flag.clone());
                }
            }
            Payload::FlagLifted { id, reason } => end(&mut self.flags, by, id, reason),
            Payload::LeftoverAnswered { answer } => {
                put(&mut self.leftovers, by, (answer.person, answer.form.clone()), answer.clone());
            }
            Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } => {
                if !self.is_said_again(by, self.items.get(&item.id)) {
                    put(&mut self.items, by, item.id, item.clone());
                }
            }
            Payload::ItemWithdrawn { id, reason } => end(&mut self.items, by, id, reason),
            Payload::AttachmentAdded { attachment } | Payload::AttachmentAmended { attachment, .. } => {
                if !self.is_said_again(by, self.attachments.get(&attachment.id)) {
                    put(&mut self.attachments, by, attachment.id, attachment.clone());
                }
            }
            Payload::AttachmentWithdrawn { id, reason } => end(&mut self.attachments, by, id, reason),
            Payload::FilesJoined { join } => put(&mut self.joins, by, join.id, join.clone()),
            Payload::FilesParted { id, reason } => end(&mut self.joins, by, id, reason),
            Payload::SetApart { thing, from, stated, entries, first_recorded } => {
                let apart = SetApart { from: *from, first_recorded: *first_recorded };
                put(&mut self.set_apart, by, *thing, apart);
                for entry in entries {
                    self.apart.entry(*entry).or_insert(by);
                    self.in_files.remove(entry);
                    self.waiting.remove(entry);
                }
                self.rehome(by, *thing, *stated);
            }
            Payload::AdviceRecorded { advice } => {
                if !self.is_said_again(by, self.advice.get(&advice.id)) {
                    put(&mut self.advice, by, advice.id, advice.clone());
                }
            }
            Payload::DecisionSigned { decision } => {
                for obligation in &decision.obligations {
                    self.attach(by, obligation);
                }
                put(&mut self.decisions, by, decision.id, decision.as_ref().clone());
            }
            Payload::DecisionCountersigned { countersigned } => {
                let first = || Stands::new(countersigned.as_ref().clone(), by.case, by);
                self.countersignatures.entry(countersigned.said.id).or_insert_with(first);
            }
            Payload::ObligationAdded { obligation } => self.attach(by, obligation),
            Payload::ObligationSettled { id, settlement } => end(&mut self.obligations, by, id, settlement),
            Payload::ObligationReopened { id } => {
                if let Some(open) = self.obligations.get_mut(id) {
                    open.ended = None;
                }
            }
            Payload::DisclosureRecorded { disclosure } => {
                if !self.is_said_again(by, self.disclosures.get(&disclosure.id)) {
                    put(&mut self.disclosures, by, disclosure.id, disclosure.clone());
                }
            }
            Payload::CallMade { call } => put(&mut self.calls, by, call.id, call.clone()),
            Payload::ConsentRecorded { consent } => {
                let first = || Stands::new(consent.as_ref().clone(), by.case, by);
                self.consents.entry(consent.id).or_insert_with(first);
            }
            Payload::SlipMade { slip } => {
                let first = || Stands::new(slip.as_ref().clone(), by.case, by);
                self.slips.entry(slip.id).or_insert_with(first);
            }
            Payload::LeavingSaid { leaving } => put(&mut self.leavings, by, leaving.id, leaving.clone()),
            Payload::ShareRecorded { share } => put(&mut self.shares, by, share.id, share.clone()),
            Payload::ReceivedRecorded { received } | Payload::ReceivedAmended { received, .. } => {
                put(&mut self.received, by, received.id, received.clone());
            }
            Payload::ReceivedWithdrawn { id, reason } => end(&mut self.received, by, id, reason),
            Payload::AccountNoted { note } => put(&mut self.accounts, by, note.id, note.clone()),
            Payload::StatementRecorded { statement } => {
                put(&mut self.statements, by, statement.id, statement.as_ref().clone());
            }
            Payload::ElsewhereRecorded { held } => put(&mut self.elsewhere, by, held.id, held.clone()),
            Payload::EmergencyRecorded { emergency } => {
                put(&mut self.emergencies, by, emergency.id, emergency.clone());
                if let Some(told) = self.emergencies.get_mut(&emergency.id) {
                    // Told in no file, or on in another one.
                    told.case = emergency.case.or(by.case).or(told.case);
                }
                self.first_told.entry(emergency.id).or_insert(by);
            }
            Payload::EmergencyWrittenUp { write_up } => {
                if let Some(told) = self.emergencies.get_mut(&write_up.emergency) {
                    told.ended = Some(Ended { how: write_up.clone(), by });
                    told.case = Some(write_up.case);
                }
            }
            Payload::ContactAdded { contact } | Payload::ContactChanged { contact, .. } => {
                put(&mut self.contacts, by, contact.id, contact.clone());
            }
            Payload::ContactRemoved { id, reason } => end(&mut self.contacts, by, id, reason),
            Payload::PackKept { pack } => {
                let first = || Stands::new(pack.clone(), by.case, by);
                self.packs.entry(pack.hash).or_insert_with(first);
            }
            Payload::PackInstalled { pack, what, nation, base, signer } => {
                let (pack, signer) = (pack.clone(), signer.clone());
                let taken = Installed { pack, what: *what, nation: *nation, base: *base, signer };
                // What was taken out of use can be taken into it again.
                self.installed.insert(taken.pack.hash, Stands::new(taken, by.case, by));
            }
            Payload::PackRemoved { pack, reason } => {
                if let Some(installed) = self.installed.get_mut(pack) {
                    installed.ended = Some(Ended { how: reason.clone(), by });
                }
            }
            Payload::PackKeyImported { key, name } => {
                let one = PackKey { key: key.clone(), name: name.clone() };
                put(&mut self.pack_keys, by, key.clone(), one);
            }
            Payload::ProfileTaken { profile } => {
                put(&mut self.profiles, by, profile.hash, profile.as_ref().clone());
                self.stand_behind(&profile.encryption);
            }
            Payload::HandoverMade { id, .. } => {
                if let Some(made) = payload.handover() {
                    self.handovers.entry(*id).or_insert_with(|| Stands::new(made, by.case, by));
                }
            }
            Payload::HandoverWritten { handover, file } => {
                put(&mut self.handover_files, by, *handover, file.clone());
                self.handed_over();
            }
            Payload::HandoverDropped { handover } => {
                self.dropped.entry(*handover).or_insert(by);
            }
            Payload::ReceiptTaken { receipt } => {
                let first = || Stands::new(receipt.as_ref().clone(), by.case, by);
                self.receipts.entry(receipt.id).or_insert_with(first);
                self.handed_over();
            }
            Payload::RecipientKeyImported { recipient, name } => {
                let imported = RecipientKey { recipient: recipient.clone(), name: name.clone() };
                put(&mut self.recipients, by, recipient.clone(), imported);
            }
            Payload::HeadNotFound { .. }
            | Payload::HeadConfirmed { .. }
            | Payload::ClockDoubted { .. }
            | Payload::ClockTrusted { .. } => self.doubts.take(&by, payload),
            // They hold the chain together. What a disposal takes away is folded by leaving it out.
            Payload::OriginStarted { .. }
            | Payload::RecoveredByAgency { .. }
            | Payload::CheckpointSigned { .. }
            | Payload::Disposed { .. } => {}
        }
    }

    /// A restricted file states people again who stand in a child's file: their record stays that of the child's.
    fn person(&mut self, by: Written, person: &Person) {
        let files = self.files_of.get(&person.id).into_iter().flat_map(BTreeMap::keys);
        let elsewhere = || files.clone().any(|case| !self.is_restricted(Some(*case)));
        let stays = self.is_restricted(by.case) && elsewhere();
        let before = self.people.get(&person.id).map(|one| &one.record).filter(|one| *one != person);
        let other = if stays { before.map(|_| person.clone()) } else { before.cloned() };
        if let Some(other) = other {
            self.people_before.entry(person.id).or_default().push(other);
        }
        if !stays {
            put(&mut self.people, by, person.id, person.clone());
        }
    }

    /// An obligation is attached once.
    fn attach(&mut self, by: Written, obligation: &Obligation) {
        self.obligations.entry(obligation.id).or_insert_with(|| Stands {
            ended: obligation.settled.clone().map(|how| Ended { how, by }),
            ..Stands::new(obligation.clone(), by.case, by)
        });
    }

    /// Lets a thing stand in the file that set it apart, in the form in which it was stated there. What is not
    /// stated there, since that was disposed of or a newer version wrote it, stands nowhere.
    fn rehome(&mut self, by: Written, thing: Uuid, stated: EntryId) {
        let case = by.case;
        let found = self.stated.get(&stated).cloned();
        let said = found.as_ref().and_then(|(by, payload)| Some((*by, payload.states()?)));
        let said = said.filter(|(_, states)| states.thing() == thing);
        let (by, states) = (said.map(|(by, _)| by), said.map(|(_, states)| states));
        let at = by.map(|by| (case, by));
        home(&mut self.items, ItemId(thing), at.zip(states.and_then(Stated::item)));
        home(&mut self.attachments, AttachmentId(thing), at.zip(states.and_then(Stated::attachment)));
        home(&mut self.advice, AdviceId(thing), at.zip(states.and_then(Stated::advice)));
        home(&mut self.disclosures, DisclosureId(thing), at.zip(states.and_then(Stated::disclosure)));
        self.home_log(thing, case, states.and_then(Stated::disclosure));
        home(&mut self.emergencies, EmergencyId(thing), at.zip(states.and_then(Stated::emergency)));
        // A duty is stated as it was attached.
        let id = ObligationId(thing);
        let attached = self.obligations.get(&id).map(|one| one.record.clone());
        let again = states.and_then(Stated::obligation).and(attached.as_ref());
        home(&mut self.obligations, id, at.zip(again));
    }

    fn is_restricted(&self, case: Option<CaseId>) -> bool {
        case.and_then(|case| self.cases.get(&case)).is_some_and(|one| one.record.kind.is_restricted())
    }

    /// Whether an entry of a restricted file only says again what another file says already: what that made of it
    /// stands.
    fn is_said_again<T, E>(&self, by: Written, stands: Option<&Stands<T, E>>) -> bool {
        self.is_restricted(by.case) && stands.is_some_and(|one| one.by.case != by.case)
    }
}
