//! The door: what opens a vault, what makes one, and the open vault itself.

pub(crate) mod agency;
pub(crate) mod choice;
pub(crate) mod copied;
pub(crate) mod create;
pub(crate) mod kdf;
pub(crate) mod keys;
pub(crate) mod local;
pub(crate) mod lockfile;
pub(crate) mod look;
pub(crate) mod migrate;
pub(crate) mod opening;
pub(crate) mod owed;
pub(crate) mod recovery;
pub(crate) mod vault;
pub(crate) mod whereabouts;

pub use choice::Flaw;
pub use copied::forget_looks;
pub use kdf::{CEILING_MEMORY_KIB, CEILING_PASSES, FLOOR_MEMORY_KIB, FLOOR_PASSES, Kdf, flaw, strength};
pub use keys::{AgencySlot, Secret, SlotKey, agency_slot, vault_in};
pub use local::{EmergencyNumber, clock_in_doubt, emergency_numbers, wait_seconds};
pub use recovery::RecoveryCode;
pub use vault::{Canceller, NewVault, Opening, Vault};
pub use whereabouts::other_databases;
