//! The tables that are worked out from the ledger, one file a table, and how they are.
//!
//! Nothing here refuses: what must not be recorded was refused before it was appended.

pub mod accounts;
pub mod advice;
pub mod attachments;
pub mod calls;
pub mod cases;
pub mod consents;
pub mod contacts;
pub mod copies;
pub mod countersignatures;
pub mod decisions;
pub mod disclosures;
pub mod elsewhere;
pub mod emergencies;
pub mod flags;
pub mod handovers;
pub mod installed_packs;
pub mod items;
pub mod joins;
pub mod leavings;
pub mod leftovers;
pub mod listed;
pub mod obligations;
pub mod packs;
pub mod people;
pub mod practitioner;
pub mod profiles;
pub(crate) mod project;
pub(crate) mod projection;
pub mod receipts;
pub mod received;
pub mod recipients;
pub mod relationships;
pub mod shares;
pub mod sharing_log;
pub mod slips;
pub mod statements;
pub mod tallies;
pub mod timeline;
pub(crate) mod touched;
pub(crate) mod vocabulary;
pub mod waiting;
mod written_before;

pub use projection::Projection;
