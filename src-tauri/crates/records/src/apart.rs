//! What an entry is about, and which of it can be set apart from a child's file into a restricted one.
//!
//! The boundary of privacy, so neither match has a wildcard: a new kind of entry does not compile until somebody
//! has said on which side it stands (`docs/decisions/0011-restricted-files.md`).

#![deny(clippy::wildcard_enum_match_arm)]

use uuid::Uuid;

use crate::{Advice, Attachment, AttachmentId, Disclosure, Emergency, Item, ItemId, Obligation, Payload};

/// Something in a child's file that can be stated again in a restricted one, and set apart from the child's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separable<'a> {
    /// An information item, as recorded or corrected.
    Item(&'a Item),
    /// An information item was recorded in error.
    Withdrawn(ItemId),
    /// A paper, as added or corrected.
    Attachment(&'a Attachment),
    /// A paper was added in error.
    AttachmentWithdrawn(AttachmentId),
    /// Advice that rests on no decision.
    Advice(&'a Advice),
    /// A disclosure that rests on no decision.
    Disclosure(&'a Disclosure),
}

/// What an entry states in a restricted file, for it to be set apart from the child's: the thing in its latest form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated<'a> {
    /// An information item.
    Item(&'a Item),
    /// A paper.
    Attachment(&'a Attachment),
    /// Advice.
    Advice(&'a Advice),
    /// A disclosure.
    Disclosure(&'a Disclosure),
    /// An emergency.
    Emergency(&'a Emergency),
    /// A duty.
    Obligation(&'a Obligation),
}

impl<'a> Stated<'a> {
    /// The thing.
    #[must_use]
    pub fn thing(self) -> Uuid {
        match self {
            Self::Item(item) => item.id.0,
            Self::Attachment(attachment) => attachment.id.0,
            Self::Advice(advice) => advice.id.0,
            Self::Disclosure(disclosure) => disclosure.id.0,
            Self::Emergency(emergency) => emergency.id.0,
            Self::Obligation(obligation) => obligation.id.0,
        }
    }

    /// The item, where it is one.
    #[must_use]
    pub fn item(self) -> Option<&'a Item> {
        if let Self::Item(item) = self { Some(item) } else { None }
    }

    /// The paper, where it is one.
    #[must_use]
    pub fn attachment(self) -> Option<&'a Attachment> {
        if let Self::Attachment(attachment) = self { Some(attachment) } else { None }
    }

    /// The advice, where it is advice.
    #[must_use]
    pub fn advice(self) -> Option<&'a Advice> {
        if let Self::Advice(advice) = self { Some(advice) } else { None }
    }

    /// The disclosure, where it is one.
    #[must_use]
    pub fn disclosure(self) -> Option<&'a Disclosure> {
        if let Self::Disclosure(disclosure) = self { Some(disclosure) } else { None }
    }

    /// The emergency, where it is one.
    #[must_use]
    pub fn emergency(self) -> Option<&'a Emergency> {
        if let Self::Emergency(emergency) = self { Some(emergency) } else { None }
    }

    /// The duty, where it is one.
    #[must_use]
    pub fn obligation(self) -> Option<&'a Obligation> {
        if let Self::Obligation(obligation) = self { Some(obligation) } else { None }
    }
}

impl Payload {
    /// The one thing of a file that an entry is about: what it records, corrects, ends, or sets apart. None for
    /// what concerns the vault, the file as a whole, or several entries at once.
    #[must_use]
    pub fn thing(&self) -> Option<Uuid> {
        match self {
            Self::PersonRecorded { person } | Self::PersonAmended { person, .. } => Some(person.id.0),
            Self::RelationshipRecorded { relationship } | Self::RelationshipAmended { relationship, .. } => {
                Some(relationship.id.0)
            }
            Self::RelationshipEnded { id, .. } => Some(id.0),
            Self::FlagSet { flag } => Some(flag.id.0),
            Self::FlagLifted { id, .. } => Some(id.0),
            Self::ItemRecorded { item } | Self::ItemAmended { item, .. } => Some(item.id.0),
            Self::ItemWithdrawn { id, .. } => Some(id.0),
            Self::AttachmentAdded { attachment } | Self::AttachmentAmended { attachment, .. } => {
                Some(attachment.id.0)
            }
            Self::AttachmentWithdrawn { id, .. } => Some(id.0),
            Self::FilesJoined { join } => Some(join.id.0),
            Self::FilesParted { id, .. } => Some(id.0),
            Self::SetApart { thing, .. } => Some(*thing),
            Self::AdviceRecorded { advice } => Some(advice.id.0),
            Self::DecisionSigned { decision } => Some(decision.id.0),
            Self::DecisionCountersigned { countersigned } => Some(countersigned.said.decision.0),
            Self::ObligationAdded { obligation } => Some(obligation.id.0),
            Self::ObligationSettled { id, .. } | Self::ObligationReopened { id } => Some(id.0),
            Self::DisclosureRecorded { disclosure } => Some(disclosure.id.0),
            Self::CallMade { call } => Some(call.id.0),
            Self::ConsentRecorded { consent } => Some(consent.id.0),
            Self::SlipMade { slip } => Some(slip.id.0),
            Self::LeavingSaid { leaving } => Some(leaving.id.0),
            Self::ShareRecorded { share } => Some(share.id.0),
            Self::ReceivedRecorded { received } | Self::ReceivedAmended { received, .. } => {
                Some(received.id.0)
            }
            Self::ReceivedWithdrawn { id, .. } => Some(id.0),
            Self::AccountNoted { note } => Some(note.id.0),
            Self::StatementRecorded { statement } => Some(statement.id.0),
            Self::ElsewhereRecorded { held } => Some(held.id.0),
            Self::EmergencyRecorded { emergency } => Some(emergency.id.0),
            Self::EmergencyWrittenUp { write_up } => Some(write_up.emergency.0),
            Self::ContactAdded { contact } | Self::ContactChanged { contact, .. } => Some(contact.id.0),
            Self::ContactRemoved { id, .. } => Some(id.0),
            Self::OriginStarted { .. }
            | Self::PractitionerRecorded { .. }
            | Self::RecoveryConfirmed {}
            | Self::CaseOpened { .. }
            | Self::CaseAmended { .. }
            | Self::LeftoverAnswered { .. }
            | Self::PackKept { .. }
            | Self::PackInstalled { .. }
            | Self::PackRemoved { .. }
            | Self::PackKeyImported { .. }
            | Self::ProfileTaken { .. }
            | Self::RecoveredByAgency { .. }
            | Self::HandoverMade { .. }
            | Self::HandoverWritten { .. }
            | Self::HandoverDropped { .. }
            | Self::ReceiptTaken { .. }
            | Self::RecipientKeyImported { .. }
            | Self::HeadNotFound { .. }
            | Self::HeadConfirmed { .. }
            | Self::ClockDoubted { .. }
            | Self::ClockTrusted { .. }
            | Self::CheckpointSigned { .. }
            | Self::Disposed { .. } => None,
        }
    }

    /// What an entry of a child's file says that a person may choose to set apart into a restricted file. What
    /// rests on a decision stays where the decision was signed.
    #[must_use]
    pub fn separable(&self) -> Option<Separable<'_>> {
        match self {
            Self::ItemRecorded { item } | Self::ItemAmended { item, .. } => Some(Separable::Item(item)),
            Self::ItemWithdrawn { id, .. } => Some(Separable::Withdrawn(*id)),
            Self::AttachmentAdded { attachment } | Self::AttachmentAmended { attachment, .. } => {
                Some(Separable::Attachment(attachment))
            }
            Self::AttachmentWithdrawn { id, .. } => Some(Separable::AttachmentWithdrawn(*id)),
            Self::AdviceRecorded { advice } => {
                advice.decision.is_none().then_some(Separable::Advice(advice))
            }
            Self::DisclosureRecorded { disclosure } => {
                disclosure.decision.is_none().then_some(Separable::Disclosure(disclosure))
            }
            // An emergency, its account and its duties are set apart together, by the decision that says so.
            Self::EmergencyRecorded { .. }
            | Self::EmergencyWrittenUp { .. }
            | Self::ObligationAdded { .. }
            | Self::ObligationSettled { .. }
            | Self::ObligationReopened { .. }
            // The file itself and the people in it: what is known of them stays the child's file's to tell.
            | Self::CaseOpened { .. }
            | Self::CaseAmended { .. }
            | Self::PersonRecorded { .. }
            | Self::PersonAmended { .. }
            | Self::RelationshipRecorded { .. }
            | Self::RelationshipAmended { .. }
            | Self::RelationshipEnded { .. }
            | Self::FlagSet { .. }
            | Self::FlagLifted { .. }
            | Self::LeftoverAnswered { .. }
            | Self::FilesJoined { .. }
            | Self::FilesParted { .. }
            // What somebody agreed to binds the child's file, whatever else is set apart.
            | Self::ConsentRecorded { .. }
            | Self::SlipMade { .. }
            | Self::LeavingSaid { .. }
            // Signed once and for all where it stands, and the calls about it.
            | Self::CallMade { .. }
            | Self::ShareRecorded { .. }
            | Self::ReceivedRecorded { .. }
            | Self::ReceivedAmended { .. }
            | Self::ReceivedWithdrawn { .. }
            | Self::AccountNoted { .. }
            | Self::StatementRecorded { .. }
            | Self::ElsewhereRecorded { .. }
            | Self::DecisionSigned { .. }
            | Self::DecisionCountersigned { .. }
            | Self::SetApart { .. }
            // The vault's own business.
            | Self::OriginStarted { .. }
            | Self::PractitionerRecorded { .. }
            | Self::RecoveryConfirmed {}
            | Self::ContactAdded { .. }
            | Self::ContactChanged { .. }
            | Self::ContactRemoved { .. }
            | Self::PackKept { .. }
            | Self::PackInstalled { .. }
            | Self::PackRemoved { .. }
            | Self::PackKeyImported { .. }
            | Self::ProfileTaken { .. }
            | Self::RecoveredByAgency { .. }
            | Self::HandoverMade { .. }
            | Self::HandoverWritten { .. }
            | Self::HandoverDropped { .. }
            | Self::ReceiptTaken { .. }
            | Self::RecipientKeyImported { .. }
            | Self::HeadNotFound { .. }
            | Self::HeadConfirmed { .. }
            | Self::ClockDoubted { .. }
            | Self::ClockTrusted { .. }
            | Self::CheckpointSigned { .. }
            | Self::Disposed { .. } => None,
        }
    }

    /// What an entry states so that it can stand in the file of that entry, and in no other.
    #[must_use]
    pub fn states(&self) -> Option<Stated<'_>> {
        match self {
            Self::ItemRecorded { item } | Self::ItemAmended { item, .. } => Some(Stated::Item(item)),
            Self::AttachmentAdded { attachment } | Self::AttachmentAmended { attachment, .. } => {
                Some(Stated::Attachment(attachment))
            }
            Self::AdviceRecorded { advice } => Some(Stated::Advice(advice)),
            Self::DisclosureRecorded { disclosure } => Some(Stated::Disclosure(disclosure)),
            Self::EmergencyRecorded { emergency } => Some(Stated::Emergency(emergency)),
            Self::ObligationAdded { obligation } => Some(Stated::Obligation(obligation)),
            // What ends, closes or accounts for a thing does not state it.
            Self::ItemWithdrawn { .. }
            | Self::AttachmentWithdrawn { .. }
            | Self::EmergencyWrittenUp { .. }
            | Self::ObligationSettled { .. }
            | Self::ObligationReopened { .. }
            | Self::SetApart { .. }
            // The file itself, the people in it, and what was signed in it: never set apart.
            | Self::CaseOpened { .. }
            | Self::CaseAmended { .. }
            | Self::PersonRecorded { .. }
            | Self::PersonAmended { .. }
            | Self::RelationshipRecorded { .. }
            | Self::RelationshipAmended { .. }
            | Self::RelationshipEnded { .. }
            | Self::FlagSet { .. }
            | Self::FlagLifted { .. }
            | Self::LeftoverAnswered { .. }
            | Self::FilesJoined { .. }
            | Self::FilesParted { .. }
            | Self::ConsentRecorded { .. }
            | Self::SlipMade { .. }
            | Self::LeavingSaid { .. }
            | Self::CallMade { .. }
            | Self::ShareRecorded { .. }
            | Self::ReceivedRecorded { .. }
            | Self::ReceivedAmended { .. }
            | Self::ReceivedWithdrawn { .. }
            | Self::AccountNoted { .. }
            | Self::StatementRecorded { .. }
            | Self::ElsewhereRecorded { .. }
            | Self::DecisionSigned { .. }
            | Self::DecisionCountersigned { .. }
            // The vault's own business.
            | Self::OriginStarted { .. }
            | Self::PractitionerRecorded { .. }
            | Self::RecoveryConfirmed {}
            | Self::ContactAdded { .. }
            | Self::ContactChanged { .. }
            | Self::ContactRemoved { .. }
            | Self::PackKept { .. }
            | Self::PackInstalled { .. }
            | Self::PackRemoved { .. }
            | Self::PackKeyImported { .. }
            | Self::ProfileTaken { .. }
            | Self::RecoveredByAgency { .. }
            | Self::HandoverMade { .. }
            | Self::HandoverWritten { .. }
            | Self::HandoverDropped { .. }
            | Self::ReceiptTaken { .. }
            | Self::RecipientKeyImported { .. }
            | Self::HeadNotFound { .. }
            | Self::HeadConfirmed { .. }
            | Self::ClockDoubted { .. }
            | Self::ClockTrusted { .. }
            | Self::CheckpointSigned { .. }
            | Self::Disposed { .. } => None,
        }
    }
}
