//! Identifiers. All are text on the wire, so that a window or a spreadsheet never rounds one.

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
    /// A bundle made for the agency.
    HandoverId;
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

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
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
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
        let bad = || crate::Error::BadId { what: "Sha256" };
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(bad());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(bytes))
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
