//! The vault: everything that a practitioner recorded, encrypted, in one folder.
//!
//! It keeps an append-only ledger with a hash chain, tables that are worked out from it, drafts, what the
//! program notes for itself, a search index and an access log, in one SQLCipher database whose key is wrapped for
//! each secret that opens it. It decides nothing about practice, reads no clock, and never deletes or recreates a
//! file that it cannot read.
//! The format is described in `docs/vault-format.md`.

pub mod access;
pub mod attached;
mod bytes;
mod care;
mod db;
mod door;
pub mod drafts;
mod error;
mod files;
pub mod kept;
pub mod ledger;
pub mod search;
mod tables;
mod work;

pub use access::Access;
pub use attached::Taken;
pub use bytes::new_uuid;
pub use care::{
    Backup, Beside, Chain, Destroyed, EndPlan, Ending, Finding, HeadState, Keep, Lost, NewKeys, OutsideHead,
    Place, Rehearsal, Report, backups, copies_of, copies_to_end, copy_elsewhere, destroy, destroy_watched,
    ending, forget_end, is_backup, rehearse, restore,
};
pub use door::{
    AgencySlot, CEILING_MEMORY_KIB, CEILING_PASSES, Canceller, EmergencyNumber, FLOOR_MEMORY_KIB,
    FLOOR_PASSES, Flaw, Kdf, NewVault, Opening, RecoveryCode, Secret, SlotKey, Vault, agency_slot,
    clock_in_doubt, emergency_numbers, flaw, forget_looks, other_databases, strength, vault_in, wait_seconds,
};
pub use drafts::Draft;
pub use error::{Error, NotTaken, Part, Result};
pub use files::patiently;
pub use kept::Kept;
pub use ledger::{Appended, Content, Entry, Reader, Recorded, Sealed, SliceLine, Tip, Writer};
pub use tables::waiting::AgencyKeys;
pub use tables::{
    Projection, accounts, advice, attachments, calls, cases, consents, contacts, copies, countersignatures,
    decisions, disclosures, elsewhere, emergencies, flags, handovers, installed_packs, items, joins,
    leavings, leftovers, listed, obligations, packs, people, practitioner, profiles, receipts, received,
    recipients, relationships, shares, sharing_log, slips, statements, tallies, timeline, waiting,
};
pub use work::Work;
