//! The agency's side: handovers in, signed receipts out.
//!
//! Each file is decrypted, held to its signature, to the roster and to what is held of its chains already, and
//! stored with its receipt in one transaction. What fails is kept as it came, with a reason that the receipt names,
//! and the next file is taken. Nothing is stored twice and nothing is lost, wherever the program is stopped.
//!
//! What is read out again goes through the one rule for protected people (`records::Protection`), by role
//! ([`look`]). Whoever holds the store's key and another program sees all of it: the roles keep honest people from
//! what they need not see.

pub mod compare;
mod dispose;
mod error;
pub mod keys;
pub mod look;
pub mod lost;
mod pieces;
mod reading;
pub mod receipts;
pub mod store;
mod take;
pub mod watch;

pub use dispose::{By, dispose};
pub use error::{Error, Result};
pub use keys::Keys;
pub use take::{Answer, Given, Intake};
