//! The entries of the ledger: what each kind carries.
//!
//! Stored bytes are never written again: reading upcasts, and a kind that this version does not know is
//! kept as it is. That is the one place with an explicit `Unknown`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Advice, Case, CaseId, Countersigned, Decision, Disclosure, Emergency, EmergencyWriteUp, EntryId, Error,
    Flag, FlagId, HandoverId, Item, ItemId, Moment, Nation, Obligation, ObligationId, OriginId, PackKind,
    PackRef, Person, PersonId, Practitioner, Relationship, RelationshipId, Result, Seq, Settlement, Sha256,
    VaultId,
};

/// What an entry says. The tag is the stored kind; a released kind never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// The first entry of an origin.
    OriginStarted {
        /// The vault.
        vault: VaultId,
        /// The Ed25519 public key that signs this origin's checkpoints, in hexadecimal.
        public_key: String,
        /// The origin that this one continues, after a restore, a copy or agency recovery.
        #[serde(default)]
        continues: Option<OldOrigin>,
    },
    /// Who uses the vault, at first and whenever it changes.
    PractitionerRecorded {
        /// The practitioner.
        practitioner: Practitioner,
    },
    /// The recovery code was typed back by its holder.
    RecoveryConfirmed {},
    /// A file was opened.
    CaseOpened {
        /// The file.
        case: Case,
    },
    /// Details of a file were corrected.
    CaseAmended {
        /// The file as it is now.
        case: Case,
        /// Why.
        reason: String,
    },
    /// A person was added to a file.
    PersonRecorded {
        /// The person.
        person: Person,
    },
    /// Details of a person were corrected.
    PersonAmended {
        /// The person as they are now.
        person: Person,
        /// Why.
        reason: String,
    },
    /// Two people are tied.
    RelationshipRecorded {
        /// The tie.
        relationship: Relationship,
    },
    /// A tie was corrected.
    RelationshipAmended {
        /// The tie as it is now.
        relationship: Relationship,
        /// Why.
        reason: String,
    },
    /// A tie ended or was recorded in error.
    RelationshipEnded {
        /// The tie.
        id: RelationshipId,
        /// Why.
        reason: String,
    },
    /// A safety flag was set.
    FlagSet {
        /// The flag.
        flag: Flag,
    },
    /// A safety flag was lifted.
    FlagLifted {
        /// The flag.
        id: FlagId,
        /// Why it is safe now.
        reason: String,
    },
    /// An information item was written down.
    ItemRecorded {
        /// The item.
        item: Item,
    },
    /// An information item was corrected. Both forms stay to be seen.
    ItemAmended {
        /// The item as it is now.
        item: Item,
        /// Why.
        reason: String,
    },
    /// An information item was recorded in error.
    ItemWithdrawn {
        /// The item.
        id: ItemId,
        /// Why.
        reason: String,
    },
    /// Something that was written into a child's file belongs in a restricted one: it is stated again there, and
    /// its earlier entries stand in no file any more, in no search and in no handover.
    SetApart {
        /// The item, advice, disclosure or emergency.
        thing: Uuid,
        /// The file in which it stood.
        from: CaseId,
        /// The entry that states it again here.
        stated: EntryId,
        /// Its entries there.
        entries: Vec<EntryId>,
        /// When it was first written down.
        first_recorded: Moment,
    },
    /// Advice was taken.
    AdviceRecorded {
        /// The advice.
        advice: Advice,
    },
    /// A decision was signed off.
    DecisionSigned {
        /// The decision.
        decision: Box<Decision>,
    },
    /// A second person agreed to a signed decision, or did not. In the file of the decision; in the vault of
    /// whoever said it, in no file.
    DecisionCountersigned {
        /// What was said, and its proof.
        countersigned: Box<Countersigned>,
    },
    /// An obligation that follows from no decision's own list was added.
    ObligationAdded {
        /// The obligation.
        obligation: Obligation,
    },
    /// An obligation was closed.
    ObligationSettled {
        /// The obligation.
        id: ObligationId,
        /// How.
        settlement: Settlement,
    },
    /// Something left.
    DisclosureRecorded {
        /// What, to whom, why and how.
        disclosure: Disclosure,
    },
    /// An emergency: told now, written up later. Recorded again as it goes on; the latest form counts.
    EmergencyRecorded {
        /// The emergency so far.
        emergency: Emergency,
    },
    /// An emergency was written up.
    EmergencyWrittenUp {
        /// The account.
        write_up: EmergencyWriteUp,
    },
    /// The bytes of a guidance pack that a decision used, or that was installed, are kept in the vault.
    PackKept {
        /// The pack.
        pack: PackRef,
    },
    /// A guidance pack, or an agency's overlay, was taken into use from a signed file (M2, M4).
    PackInstalled {
        /// What was installed; its bytes are kept under this hash.
        pack: PackRef,
        /// A pack or an overlay.
        what: PackKind,
        /// The nation whose guidance it is.
        nation: Nation,
        /// The hash of the pack over which an overlay is laid; none for a pack.
        #[serde(default)]
        base: Option<Sha256>,
        /// The Ed25519 public key that signed the file, in hexadecimal.
        signer: String,
    },
    /// An installed pack or overlay was taken out of use. Decisions made under it keep its bytes.
    PackRemoved {
        /// Its hash.
        pack: Sha256,
        /// Why.
        reason: String,
    },
    /// The key with which an agency signs its overlays was imported, its fingerprint compared by a person.
    PackKeyImported {
        /// The Ed25519 public key, in hexadecimal.
        key: String,
        /// The name given to it.
        name: String,
    },
    /// A handover was frozen: which entries, for whom.
    HandoverMade {
        /// Identifies it.
        id: HandoverId,
        /// The age recipient.
        recipient: String,
        /// The recipient's name as given when the key was imported.
        recipient_name: String,
        /// The files handed over.
        cases: Vec<CaseId>,
        /// First sequence covered.
        from: Seq,
        /// Last sequence covered.
        to: Seq,
        /// The chain's link at `to`.
        head: Sha256,
    },
    /// A recipient key of an agency was imported.
    RecipientKeyImported {
        /// The age recipient.
        recipient: String,
        /// The name given to it.
        name: String,
    },
    /// A signed checkpoint over the chain's head.
    CheckpointSigned {
        /// The sequence that it covers.
        at: Seq,
        /// The link there.
        link: Sha256,
        /// Ed25519 over tag, origin, sequence and link, in hexadecimal.
        signature: String,
    },
    /// The content of entries was removed lawfully; their hashes stay and the chain still verifies.
    Disposed {
        /// The entries.
        entries: Vec<EntryId>,
        /// Under which authority.
        authority: String,
        /// Why.
        reason: String,
    },
}

/// An earlier origin that a new one continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldOrigin {
    /// The earlier origin.
    pub origin: OriginId,
    /// Its last sequence.
    pub last: Seq,
    /// Its last link.
    pub link: Sha256,
    /// `restore`, `agency_key`, `copy` or `loss` (entries were lost; their numbers are not used again).
    pub how: String,
}

/// A payload as read: known, or from a newer version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadPayload {
    /// This version knows the kind.
    Known(Box<Payload>),
    /// A newer version wrote it. Kept, verified, and shown as such.
    Unknown {
        /// The kind as stored.
        kind: String,
    },
}

/// Every kind that this version knows, as stored.
pub const KINDS: &[&str] = &[
    "origin_started",
    "practitioner_recorded",
    "recovery_confirmed",
    "case_opened",
    "case_amended",
    "person_recorded",
    "person_amended",
    "relationship_recorded",
    "relationship_amended",
    "relationship_ended",
    "flag_set",
    "flag_lifted",
    "item_recorded",
    "item_amended",
    "item_withdrawn",
    "set_apart",
    "advice_recorded",
    "decision_signed",
    "decision_countersigned",
    "obligation_added",
    "obligation_settled",
    "disclosure_recorded",
    "emergency_recorded",
    "emergency_written_up",
    "pack_kept",
    "pack_installed",
    "pack_removed",
    "pack_key_imported",
    "handover_made",
    "recipient_key_imported",
    "checkpoint_signed",
    "disposed",
];

impl Payload {
    /// The stored kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OriginStarted { .. } => "origin_started",
            Self::PractitionerRecorded { .. } => "practitioner_recorded",
            Self::RecoveryConfirmed {} => "recovery_confirmed",
            Self::CaseOpened { .. } => "case_opened",
            Self::CaseAmended { .. } => "case_amended",
            Self::PersonRecorded { .. } => "person_recorded",
            Self::PersonAmended { .. } => "person_amended",
            Self::RelationshipRecorded { .. } => "relationship_recorded",
            Self::RelationshipAmended { .. } => "relationship_amended",
            Self::RelationshipEnded { .. } => "relationship_ended",
            Self::FlagSet { .. } => "flag_set",
            Self::FlagLifted { .. } => "flag_lifted",
            Self::ItemRecorded { .. } => "item_recorded",
            Self::ItemAmended { .. } => "item_amended",
            Self::ItemWithdrawn { .. } => "item_withdrawn",
            Self::SetApart { .. } => "set_apart",
            Self::AdviceRecorded { .. } => "advice_recorded",
            Self::DecisionSigned { .. } => "decision_signed",
            Self::DecisionCountersigned { .. } => "decision_countersigned",
            Self::ObligationAdded { .. } => "obligation_added",
            Self::ObligationSettled { .. } => "obligation_settled",
            Self::DisclosureRecorded { .. } => "disclosure_recorded",
            Self::EmergencyRecorded { .. } => "emergency_recorded",
            Self::EmergencyWrittenUp { .. } => "emergency_written_up",
            Self::PackKept { .. } => "pack_kept",
            Self::PackInstalled { .. } => "pack_installed",
            Self::PackRemoved { .. } => "pack_removed",
            Self::PackKeyImported { .. } => "pack_key_imported",
            Self::HandoverMade { .. } => "handover_made",
            Self::RecipientKeyImported { .. } => "recipient_key_imported",
            Self::CheckpointSigned { .. } => "checkpoint_signed",
            Self::Disposed { .. } => "disposed",
        }
    }

    /// The version of the kind's form. Reading upcasts older forms.
    #[must_use]
    pub fn version(&self) -> u32 {
        1
    }

    /// The bytes to be stored and hashed.
    ///
    /// # Errors
    /// [`Error::Payload`] where the payload does not serialise; it names the kind, never a value.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self)
            .map_err(|e| Error::Payload { kind: self.kind().to_owned(), reason: reason(&e) })
    }

    /// Reads stored bytes. A kind that this version does not know is no error.
    ///
    /// # Errors
    /// [`Error::Payload`] where a known kind does not hold what it must.
    pub fn read(kind: &str, bytes: &[u8]) -> Result<ReadPayload> {
        if !KINDS.contains(&kind) {
            return Ok(ReadPayload::Unknown { kind: kind.to_owned() });
        }
        serde_json::from_slice(bytes)
            .map(|payload| ReadPayload::Known(Box::new(payload)))
            .map_err(|e| Error::Payload { kind: kind.to_owned(), reason: reason(&e) })
    }
}

/// The place of a JSON error; serde's own text can hold values, which must not travel.
fn reason(error: &serde_json::Error) -> String {
    format!("{:?} error at line {}, column {}", error.classify(), error.line(), error.column())
}

/// What an entry is, without its content. Hashed in RFC 8785 form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The entry.
    pub id: EntryId,
    /// The chain it belongs to.
    pub origin: OriginId,
    /// Its place in that chain, from 1.
    pub sequence: Seq,
    /// The file it belongs to; none for what concerns the vault itself.
    pub case: Option<CaseId>,
    /// Who recorded it.
    pub author: PersonId,
    /// The payload's kind.
    pub kind: String,
    /// The payload's version.
    pub version: u32,
    /// When it was recorded: UTC with the zone's offset.
    pub recorded_at: Moment,
    /// The entries it builds on: what it amends, settles or writes up.
    pub basis: Vec<EntryId>,
}

/// Who writes, and when: what an append needs besides the payload. Made by the caller, never by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub author: PersonId,
    /// When.
    pub at: Moment,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_kind_is_listed_under_its_stored_word() {
        let stored = Payload::RecoveryConfirmed {};
        let bytes = stored.to_bytes().unwrap();
        assert!(KINDS.contains(&stored.kind()));
        assert_eq!(Payload::read(stored.kind(), &bytes).unwrap(), ReadPayload::Known(Box::new(stored)));
    }

    #[test]
    fn a_kind_from_a_newer_version_is_kept_and_named() {
        let read = Payload::read("moon_phase_recorded", br#"{"kind":"moon_phase_recorded"}"#).unwrap();
        assert_eq!(read, ReadPayload::Unknown { kind: "moon_phase_recorded".into() });
    }

    #[test]
    fn a_broken_payload_names_its_kind_and_place_and_no_value() {
        let error =
            Payload::read("flag_lifted", br#"{"kind":"flag_lifted","id":"Ayla Sampleton"}"#).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("flag_lifted"), "{text}");
        assert!(!text.contains("Sampleton"), "{text}");
    }
}
