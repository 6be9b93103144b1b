//! The vault: everything that a practitioner recorded, encrypted, in one folder.
//!
//! It keeps an append-only ledger with a hash chain, tables that are worked out from it, drafts, a search
//! index and an access log, in one SQLCipher database whose key is wrapped for each secret that opens it. It
//! decides nothing about practice, reads no clock, and never deletes or recreates a file that it cannot read.
//! The format is described in `docs/vault-format.md`.

pub mod access;
pub mod advice;
mod aside;
mod backup;
pub mod cases;
pub mod countersignatures;
mod create;
mod db;
pub mod decisions;
pub mod disclosures;
pub mod drafts;
pub mod emergencies;
mod entries;
mod error;
mod files;
mod findings;
pub mod flags;
pub mod handovers;
mod head;
pub mod installed_packs;
pub mod items;
mod kdf;
mod keys;
pub mod ledger;
mod local;
mod lockfile;
mod migrate;
pub mod obligations;
mod opening;
pub mod packs;
pub mod people;
pub mod practitioner;
mod project;
mod projection;
pub mod recipients;
mod recovery;
pub mod relationships;
mod rules;
pub mod search;
mod set_apart;
pub mod timeline;
mod vault;
mod verify;
mod writer;

pub use access::Access;
pub use backup::{Backup, Keep, backups, rehearse, restore, restore_over};
pub use drafts::Draft;
pub use entries::{Appended, Tip};
pub use error::{Error, Part, Result};
pub use findings::{Chain, Finding, OutsideHead, Place, Report};
pub use kdf::{CEILING_MEMORY_KIB, CEILING_PASSES, FLOOR_MEMORY_KIB, FLOOR_PASSES, Kdf, strength};
pub use keys::Secret;
pub use ledger::{Content, Entry, Recorded, Sealed, SliceLine};
pub use local::{EmergencyNumber, emergency_numbers, wait_seconds};
pub use opening::{HeadState, Lost, Opening};
pub use project::Progress;
pub use projection::Projection;
pub use recovery::RecoveryCode;
pub use vault::{Canceller, NewVault, Vault};
pub use writer::{Reader, Writer};

/// A new id, ordered by time (UUIDv7). Every id type takes one: `CaseId(new_uuid())`.
#[must_use]
pub fn new_uuid() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// A new entry id.
pub(crate) fn new_id() -> sharewell_records::EntryId {
    sharewell_records::EntryId(new_uuid())
}
