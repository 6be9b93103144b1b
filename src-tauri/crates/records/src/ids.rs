//! Identifiers. All are text on the wire, so that a window or a spreadsheet never rounds one.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use specta::Type;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        #[serde(transparent)]
        #[specta(transparent)]
        pub struct $name(#[specta(type = String)] pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map(Self).map_err(|_| crate::Error::BadId { what: stringify!($name) })
            }
        }
    )*};
}

uuid_ids! {
    /// A vault. Part of what every key slot is bound to.
    VaultId;
    /// One chain of entries with one signing key. A restored copy is a new origin.
    OriginId;
    /// An entry of the ledger (UUIDv7).
    EntryId;
    /// A child's or a family's file.
    CaseId;
    /// A child, parent, carer, other adult or fellow practitioner.
    PersonId;
    /// An information item: one statement marked fact, opinion or reported.
    ItemId;
    /// A paper of a file: a document, a picture or a text.
    AttachmentId;
    /// A visit, call or meeting at which several statements were noted.
    VisitId;
    /// A safety flag on a person or a home.
    FlagId;
    /// A tie between two people.
    RelationshipId;
    /// A decision, from its draft to its sign-off.
    DecisionId;
    /// A duty that follows from a decision.
    ObligationId;
    /// What left, to whom, why and how.
    DisclosureId;
    /// An emergency share, told now and written up later.
    EmergencyId;
    /// Advice sought and given.
    AdviceId;
    /// What a second person said of a decision.
    CountersignatureId;
    /// Somebody in the practitioner's directory.
    ContactId;
    /// A call about a decision.
    CallId;
    /// One event of somebody's consent.
    ConsentId;
    /// That two files are one child's.
    JoinId;
    /// Information that came to us.
    ReceivedId;
    /// A line in the account of what left.
    AccountNoteId;
    /// A slip that somebody was given to read.
    SlipId;
    /// What somebody said may be left with them.
    LeavingId;
    /// A bundle made for the agency.
    HandoverId;
    /// What an agency answers to one.
    ReceiptId;
}

/// Position of an entry in its origin's chain, from 1. Below 2^53, so that any reader can hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl std::fmt::Display for Seq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256 value, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
#[specta(transparent)]
pub struct Sha256(#[specta(type = String)] pub [u8; 32]);

impl Sha256 {
    /// Hashes the parts one after the other.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        for part in parts {
            context.update(part);
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }
}

impl std::fmt::Display for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // In one piece: an entry has four hashes, and a formatting call for each digit costs more than they do.
        f.write_str(HEXLOWER.encode_mut_str(&self.0, &mut [0; 64]))
    }
}

impl std::fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl std::str::FromStr for Sha256 {
    type Err = crate::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        let whole = text.len() == 2 * bytes.len();
        let read = whole && HEXLOWER_PERMISSIVE.decode_mut(text.as_bytes(), &mut bytes).is_ok();
        if read { Ok(Self(bytes)) } else { Err(crate::Error::BadId { what: "Sha256" }) }
    }
}

impl Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_hash_is_written_as_64_lower_case_digits_and_read_back(bytes: [u8; 32]) {
            let text = Sha256(bytes).to_string();
            let plain: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            prop_assert_eq!(&text, &plain);
            prop_assert_eq!(text.parse::<Sha256>().unwrap(), Sha256(bytes));
            prop_assert_eq!(text.to_uppercase().parse::<Sha256>().unwrap(), Sha256(bytes));
        }

        #[test]
        fn what_is_not_64_digits_is_no_hash(at in 0usize..64, other in "[^0-9a-fA-F]", length in 0usize..63) {
            let digits = "5a".repeat(32);
            let (before, after) = digits.split_at(at);
            let spoilt = format!("{before}{other}{}", after.get(1..).unwrap());
            prop_assert!(spoilt.parse::<Sha256>().is_err(), "{} is not hexadecimal", other);
            prop_assert!(digits.get(..length).unwrap().parse::<Sha256>().is_err(), "too short");
        }
    }
}
