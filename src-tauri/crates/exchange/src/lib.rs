//! What leaves for the agency, and how it is read back.
//!
//! A handover is made only of published standards (age, tar, BagIt, JWS, CSV), so that anyone with
//! ordinary tools can open and verify it without us; `docs/handover-format.md` says how. This crate takes
//! records in and gives bytes back. It opens no store, reads no clock and draws no randomness of its own;
//! only the age library makes its ephemeral keys. It renders no documents: those come in as bytes.

#[cfg(test)]
extern crate self as sharewell_exchange;

mod bag;
pub mod countersign;
pub mod end_of_use;
pub mod enrolment;
mod entries;
mod envelope;
mod error;
pub mod handover;
mod header;
mod json;
mod jws;
pub mod keys;
pub mod list;
pub mod pack;
pub mod profile;
mod readme;
pub mod receipt;
pub mod roster;
mod sealed;
pub mod share;
mod sheet;
mod sign;
mod table;
pub mod tables;
mod ustar;

pub use entries::EntryLine;
pub use error::{Error, Result, Where};
pub use jws::{PublicKey, Signer};
pub use readme::Readme;
pub use sheet::{Profile, guard, unguard};
pub use sign::SigningKey;
pub use table::{Column, Key, Kind, Table};

#[cfg(test)]
#[path = "../tests/support/mod.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, dead_code)]
mod support;
