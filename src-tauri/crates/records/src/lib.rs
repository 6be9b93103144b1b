//! The vocabulary as types.
//!
//! What a practitioner, a child's file, an information item, a decision and an obligation *are*, how an
//! entry of the ledger is hashed and chained, and how an amendment replaces what it corrects; who is protected,
//! what a safety flag binds, and to whom something may go. Pure: no file, no clock, no randomness. Time and
//! ids come in as arguments.

mod case;
mod chain;
mod code;
mod countersign;
mod decision;
mod due;
mod entry;
mod error;
mod flags;
mod fold;
mod ids;
mod person;
mod protect;
mod receive;
mod request;
mod time;
mod words;

pub use case::*;
pub use chain::*;
pub use code::*;
pub use countersign::*;
pub use decision::*;
pub use due::is_overdue;
pub use entry::*;
pub use error::*;
pub use flags::*;
pub use fold::{fold, fold_char, folded_words};
pub use ids::*;
pub use person::*;
pub use protect::{Called, Circle, Protection, same_address};
pub use receive::*;
pub use request::*;
pub use time::*;
pub use words::*;
