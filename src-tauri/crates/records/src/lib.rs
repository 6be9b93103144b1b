//! The vocabulary as types.
//!
//! What a practitioner, a child's file, an information item, a decision and an obligation *are*, how an
//! entry of the ledger is hashed and chained, and what stands once all of them are taken; who is protected,
//! what a safety flag binds, and to whom something may go. Pure: no file, no clock, no randomness. Time and
//! ids come in as arguments.

mod advice;
mod answer;
mod apart;
mod case;
mod chain;
mod clean;
mod code;
mod countersign;
mod decision;
mod disclosure;
mod doubts;
mod due;
mod duty;
mod emergency;
mod entry;
mod error;
pub mod finding;
mod flags;
mod fold;
mod handover;
mod home;
mod ids;
mod item;
mod kinds;
mod leftover;
mod number;
mod outcome;
mod pack;
mod pattern;
mod payload;
mod person;
mod plain;
mod practitioner;
mod protect;
mod receive;
mod recipient;
mod request;
mod standing;
mod time;
mod typed;
mod words;

pub use advice::*;
pub use answer::*;
pub use apart::*;
pub use case::*;
pub use chain::*;
pub use clean::*;
pub use code::*;
pub use countersign::*;
pub use decision::*;
pub use disclosure::*;
pub use doubts::*;
pub use due::is_overdue;
pub use duty::*;
pub use emergency::*;
pub use entry::*;
pub use error::*;
pub use flags::*;
pub use fold::{fold, fold_char, folded_words};
pub use handover::*;
pub use home::shares_home;
pub use ids::*;
pub use item::*;
pub use kinds::*;
pub use leftover::*;
pub use number::*;
pub use outcome::*;
pub use pack::*;
pub use pattern::Pattern;
pub use payload::*;
pub use person::*;
pub use plain::plain;
pub use practitioner::*;
pub use protect::{Called, Circle, Leftover, Leftovers, Protection, address_stays_whole, same_address};
pub use receive::*;
pub use recipient::*;
pub use request::*;
pub use standing::*;
pub use time::*;
pub use typed::*;
pub use words::*;
