//! The kinds of entry: their stored words, the version of each kind's form, and how stored bytes are read.
//!
//! Stored bytes are never written again. What a newer program wrote, a kind or a version of one that this program
//! does not know, is kept, verified and shown as *from a newer version*, and is no damage: after an upgrade it is
//! read. So **a kind's version is raised whenever its form changes in a way that an older program would not read
//! aright**: above all when a closed set that it carries grows by a word. `tests/stored_words.rs` holds every set
//! to that. An older form is read on: a field that was added has a default.

use crate::{Error, Payload, Result};

/// A payload as read: known, or from a newer version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadPayload {
    /// This version knows the kind and its form.
    Known(Box<Payload>),
    /// A newer version wrote it. Kept, verified, and shown as such.
    Unknown {
        /// The kind as stored.
        kind: String,
        /// The version of its form as stored.
        version: u32,
    },
}

macro_rules! kinds {
    ($($variant:ident = $word:literal, $version:literal;)*) => {
        /// Every kind that this program knows, as stored, with the newest version of its form that it knows.
        pub const KINDS: &[(&str, u32)] = &[$(($word, $version),)*];

        impl Payload {
            /// The stored kind.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $word,)* }
            }

            /// The version of the kind's form, as it is written today.
            #[must_use]
            pub fn version(&self) -> u32 {
                match self { $(Self::$variant { .. } => raised($version),)* }
            }
        }
    };
}

kinds! {
    OriginStarted = "origin_started", 1;
    PractitionerRecorded = "practitioner_recorded", 2;
    RecoveryConfirmed = "recovery_confirmed", 1;
    CaseOpened = "case_opened", 2;
    CaseAmended = "case_amended", 2;
    PersonRecorded = "person_recorded", 3;
    PersonAmended = "person_amended", 3;
    RelationshipRecorded = "relationship_recorded", 2;
    RelationshipAmended = "relationship_amended", 2;
    RelationshipEnded = "relationship_ended", 1;
    FlagSet = "flag_set", 1;
    FlagLifted = "flag_lifted", 1;
    LeftoverAnswered = "leftover_answered", 1;
    ItemRecorded = "item_recorded", 2;
    ItemAmended = "item_amended", 2;
    ItemWithdrawn = "item_withdrawn", 1;
    AttachmentAdded = "attachment_added", 2;
    AttachmentAmended = "attachment_amended", 2;
    AttachmentWithdrawn = "attachment_withdrawn", 1;
    FilesJoined = "files_joined", 1;
    FilesParted = "files_parted", 1;
    SetApart = "set_apart", 1;
    AdviceRecorded = "advice_recorded", 1;
    DecisionSigned = "decision_signed", 4;
    DecisionCountersigned = "decision_countersigned", 1;
    ObligationAdded = "obligation_added", 2;
    ObligationSettled = "obligation_settled", 1;
    ObligationReopened = "obligation_reopened", 1;
    DisclosureRecorded = "disclosure_recorded", 3;
    CallMade = "call_made", 2;
    ConsentRecorded = "consent_recorded", 1;
    SlipMade = "slip_made", 1;
    LeavingSaid = "leaving_said", 1;
    ShareRecorded = "share_recorded", 3;
    ReceivedRecorded = "received_recorded", 1;
    ReceivedAmended = "received_amended", 1;
    ReceivedWithdrawn = "received_withdrawn", 1;
    AccountNoted = "account_noted", 1;
    StatementRecorded = "statement_recorded", 1;
    ElsewhereRecorded = "elsewhere_recorded", 1;
    EmergencyRecorded = "emergency_recorded", 2;
    EmergencyWrittenUp = "emergency_written_up", 1;
    ContactAdded = "contact_added", 2;
    ContactChanged = "contact_changed", 2;
    ContactRemoved = "contact_removed", 1;
    PackKept = "pack_kept", 1;
    PackInstalled = "pack_installed", 1;
    PackRemoved = "pack_removed", 1;
    PackKeyImported = "pack_key_imported", 1;
    HandoverMade = "handover_made", 5;
    HandoverWritten = "handover_written", 1;
    HandoverDropped = "handover_dropped", 1;
    ReceiptTaken = "receipt_taken", 1;
    RecipientKeyImported = "recipient_key_imported", 1;
    ProfileTaken = "profile_taken", 1;
    RecoveredByAgency = "recovered_by_agency", 1;
    HeadNotFound = "head_not_found", 1;
    HeadConfirmed = "head_confirmed", 1;
    ClockDoubted = "clock_doubted", 1;
    ClockTrusted = "clock_trusted", 1;
    CheckpointSigned = "checkpoint_signed", 1;
    Disposed = "disposed", 1;
}

/// The newest version of a kind that this program reads; none where it does not know the kind.
#[must_use]
pub fn known_version(kind: &str) -> Option<u32> {
    KINDS.iter().find(|(word, _)| *word == kind).map(|(_, version)| raised(*version))
}

impl Payload {
    /// The bytes to be stored and hashed.
    ///
    /// # Errors
    /// [`Error::Payload`] where the payload does not serialise; it names the kind, never a value.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self)
            .map_err(|e| Error::Payload { kind: self.kind().to_owned(), reason: reason(&e) })
    }

    /// Reads stored bytes under the kind and the version that stand in the entry's header. A kind, or a version
    /// of one, that this program does not know is no error.
    ///
    /// # Errors
    /// [`Error::Payload`] where a known form does not hold what it must, or says that it is of another kind.
    pub fn read(kind: &str, version: u32, bytes: &[u8]) -> Result<ReadPayload> {
        if known_version(kind).is_none_or(|known| version > known) {
            return Ok(ReadPayload::Unknown { kind: kind.to_owned(), version });
        }
        let broken = |reason| Error::Payload { kind: kind.to_owned(), reason };
        let payload: Self = serde_json::from_slice(bytes).map_err(|error| broken(reason(&error)))?;
        if payload.kind() == kind {
            Ok(ReadPayload::Known(Box::new(payload)))
        } else {
            Err(broken("it says that it is of another kind".to_owned()))
        }
    }
}

/// The place of a JSON error; serde's own text can hold values, which must not travel.
fn reason(error: &serde_json::Error) -> String {
    format!("{:?} error at line {}, column {}", error.classify(), error.line(), error.column())
}

#[cfg(not(feature = "test-hooks"))]
fn raised(version: u32) -> u32 {
    version
}

#[cfg(feature = "test-hooks")]
fn raised(version: u32) -> u32 {
    version + LATER.with(std::cell::Cell::get)
}

#[cfg(feature = "test-hooks")]
thread_local! {
    static LATER: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Lets this thread be a later program for as long as `run` takes: one that writes and reads every kind in a form
/// that is `by` versions newer. For tests of what an older program makes of it.
#[cfg(feature = "test-hooks")]
pub fn as_a_later_version<T>(by: u32, run: impl FnOnce() -> T) -> T {
    /// Goes back however `run` ends.
    struct Back(u32);
    impl Drop for Back {
        fn drop(&mut self) {
            LATER.with(|later| later.set(self.0));
        }
    }
    let _back = Back(LATER.with(|later| later.replace(by)));
    run()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_kind_from_a_newer_version_is_kept_and_named() {
        let read = Payload::read("moon_phase_recorded", 3, br#"{"kind":"moon_phase_recorded"}"#).unwrap();
        assert_eq!(read, ReadPayload::Unknown { kind: "moon_phase_recorded".into(), version: 3 });
    }

    #[test]
    fn a_newer_form_of_a_known_kind_is_kept_and_no_damage_whatever_it_holds() {
        for bytes in
            [&br#"{"kind":"recovery_confirmed"}"#[..], br#"{"kind":"recovery_confirmed","by":7}"#, b""]
        {
            let read = Payload::read("recovery_confirmed", 2, bytes).unwrap();
            assert_eq!(read, ReadPayload::Unknown { kind: "recovery_confirmed".into(), version: 2 });
        }
    }

    #[test]
    fn a_broken_payload_names_its_kind_and_place_and_no_value() {
        let bytes = br#"{"kind":"flag_lifted","id":"Ayla Sampleton"}"#;
        let text = Payload::read("flag_lifted", 1, bytes).unwrap_err().to_string();
        assert!(text.contains("flag_lifted"), "{text}");
        assert!(!text.contains("Sampleton"), "{text}");
    }

    #[test]
    fn a_payload_that_says_another_kind_than_its_header_is_broken() {
        let bytes = Payload::RecoveryConfirmed {}.to_bytes().unwrap();
        assert!(Payload::read("flag_lifted", 1, &bytes).is_err());
    }
}
