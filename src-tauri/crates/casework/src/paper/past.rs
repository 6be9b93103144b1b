//! What later entries made of what a paper is about: read from the vault, or from the entries of a handover.
//!
//! A paper that shows the latest form alone hides that there was another one (G4). So the earlier forms are kept
//! here, entry by entry, until [`super::changes`] has told each change.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::{
    Case, CaseId, Decision, DecisionId, EmergencyId, Header, Item, ItemId, Payload, PersonId, Practitioner,
    Written,
};
use sharewell_vault::ledger::Entry;
use sharewell_vault::{Content, Reader, ledger, obligations, practitioner};

use crate::error::Result;
use crate::files;

/// One entry that gave something a form, or ended it.
pub(super) struct Step {
    pub by: Written,
    pub payload: Payload,
}

/// Entries that can change what a paper says, in the order in which they were written.
#[derive(Default)]
pub(crate) struct Past {
    steps: Vec<Step>,
    authors: BTreeMap<PersonId, Practitioner>,
}

impl Past {
    /// The past of everything in a file; for a restricted one, of the child's file beside it too, of which its
    /// decisions speak. What was set apart from a file is no part of its past.
    pub(super) fn of_file(r: &Reader<'_>, case: &Case) -> Result<Self> {
        let mut past = Self::with_authors(r)?;
        for file in files_of(case) {
            past.take_all(files::entries_of(r, file)?);
        }
        Ok(past)
    }

    /// The past of an emergency and its duties, in whichever file each stood.
    pub(super) fn of_emergency(r: &Reader<'_>, id: EmergencyId) -> Result<Self> {
        let mut past = Self::with_authors(r)?;
        past.take_all(ledger::history(r, id)?);
        for duty in obligations::of_emergency(r, id)? {
            past.take_all(ledger::history(r, duty.obligation.id)?);
        }
        past.steps.sort_by_key(|step| (step.by.at, step.by.sequence));
        Ok(past)
    }

    fn with_authors(r: &Reader<'_>) -> Result<Self> {
        let all = practitioner::all(r)?.into_iter().map(|one| (one.record.id, one.record));
        Ok(Self { steps: Vec::new(), authors: all.collect() })
    }

    fn take_all(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            match entry.content {
                Content::Known(payload) => self.take(&entry.header, *payload),
                // Of what is gone or was written by a newer version there is nothing to tell.
                Content::Newer { .. } | Content::Disposed | Content::Unreadable => {}
            }
        }
    }

    /// Takes the next entry. No wildcard: a new kind of entry does not compile until somebody has said whether it
    /// changes what a decision or an emergency says on paper.
    pub(crate) fn take(&mut self, header: &Header, payload: Payload) {
        match &payload {
            Payload::PractitionerRecorded { practitioner } => {
                self.authors.insert(practitioner.id, practitioner.clone());
            }
            Payload::PersonRecorded { .. }
            | Payload::PersonAmended { .. }
            | Payload::ItemRecorded { .. }
            | Payload::ItemAmended { .. }
            | Payload::ItemWithdrawn { .. }
            | Payload::DecisionSigned { .. }
            | Payload::DecisionCountersigned { .. }
            | Payload::ObligationSettled { .. }
            | Payload::ObligationReopened { .. }
            | Payload::DisclosureRecorded { .. }
            | Payload::CallMade { .. }
            | Payload::ShareRecorded { .. }
            | Payload::AccountNoted { .. }
            | Payload::EmergencyRecorded { .. } => {
                self.steps.push(Step { by: Written::from(header), payload });
            }
            // The account of an emergency has a place of its own on its paper, and is written once.
            Payload::EmergencyWrittenUp { .. }
            // Attached with the decision or the emergency, and printed as they stand.
            | Payload::ObligationAdded { .. }
            // Taken on the way to a decision, or beside any: neither paper has a place that it would change.
            | Payload::AdviceRecorded { .. }
            // Papers that came in change nothing that was signed.
            | Payload::AttachmentAdded { .. }
            | Payload::AttachmentAmended { .. }
            | Payload::AttachmentWithdrawn { .. }
            // What they say stands on the paper of the file.
            | Payload::CaseOpened { .. }
            | Payload::CaseAmended { .. }
            | Payload::RelationshipRecorded { .. }
            | Payload::RelationshipAmended { .. }
            | Payload::RelationshipEnded { .. }
            | Payload::FlagSet { .. }
            | Payload::FlagLifted { .. }
            | Payload::LeftoverAnswered { .. }
            | Payload::FilesJoined { .. }
            | Payload::FilesParted { .. }
            | Payload::ConsentRecorded { .. }
            // What came to us changes nothing that was signed.
            | Payload::ReceivedRecorded { .. }
            | Payload::ReceivedAmended { .. }
            | Payload::ReceivedWithdrawn { .. }
            | Payload::SlipMade { .. }
            | Payload::LeavingSaid { .. }
            // Nor does who asked who was told.
            | Payload::StatementRecorded { .. }
            | Payload::ElsewhereRecorded { .. }
            | Payload::SetApart { .. }
            // The vault's own business.
            | Payload::OriginStarted { .. }
            | Payload::RecoveryConfirmed {}
            | Payload::ContactAdded { .. }
            | Payload::ContactChanged { .. }
            | Payload::ContactRemoved { .. }
            | Payload::PackKept { .. }
            | Payload::PackInstalled { .. }
            | Payload::PackRemoved { .. }
            | Payload::PackKeyImported { .. }
            | Payload::ProfileTaken { .. }
            | Payload::RecoveredByAgency { .. }
            | Payload::HandoverMade { .. }
            | Payload::HandoverWritten { .. }
            | Payload::HandoverDropped { .. }
            | Payload::ReceiptTaken { .. }
            | Payload::RecipientKeyImported { .. }
            | Payload::HeadNotFound { .. }
            | Payload::HeadConfirmed { .. }
            | Payload::ClockDoubted { .. }
            | Payload::ClockTrusted { .. }
            | Payload::CheckpointSigned { .. }
            | Payload::Disposed { .. } => {}
        }
    }

    /// Whoever wrote an entry; none where the record of them is gone.
    pub(super) fn author(&self, by: &Written) -> Option<&Practitioner> {
        self.authors.get(&by.author)
    }

    /// Every entry.
    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }

    /// The entries of a decision's file, and of the child's file beside it.
    pub(super) fn within(&self, case: &Case) -> impl Iterator<Item = &Step> {
        let files: Vec<CaseId> = files_of(case).collect();
        self.steps.iter().filter(move |step| step.by.case.is_some_and(|case| files.contains(&case)))
    }

    /// The entry by which a decision was signed.
    pub(super) fn signing(&self, id: DecisionId) -> Option<Written> {
        let signs =
            |step: &&Step| matches!(&step.payload, Payload::DecisionSigned { decision } if decision.id == id);
        self.steps.iter().find(signs).map(|step| step.by)
    }

    /// The items as a decision was signed over them: what was corrected or taken back since stands as it was, so that
    /// a signed text never changes under its signature. `standing` are those that stand now.
    pub(super) fn items_when_signed(&self, decision: &Decision, case: &Case, standing: &[Item]) -> Vec<Item> {
        let Some(signing) = self.signing(decision.id) else { return standing.to_vec() };
        let mut forms: BTreeMap<ItemId, Item> = standing.iter().map(|item| (item.id, item.clone())).collect();
        let mut known: BTreeSet<ItemId> = BTreeSet::new();
        for step in self.within(case) {
            let (Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. }) = &step.payload else {
                continue;
            };
            // A form that came later is taken only where it is the first that is known here.
            if known.insert(item.id) || !is_after(&step.by, &signing) {
                forms.insert(item.id, item.clone());
            }
        }
        forms.into_values().collect()
    }
}

/// The file, and for a restricted one the child's file beside it.
fn files_of(case: &Case) -> impl Iterator<Item = CaseId> {
    std::iter::once(case.id).chain(case.beside)
}

/// Whether an entry came after another. What was written in the same moment was written with it.
pub(super) fn is_after(one: &Written, other: &Written) -> bool {
    match one.origin == other.origin {
        true => one.sequence > other.sequence && one.at != other.at,
        false => one.at > other.at,
    }
}
