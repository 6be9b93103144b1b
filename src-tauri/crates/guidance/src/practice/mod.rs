//! Rules of practice that hold whatever the pack says, as pure functions over plain values.
//!
//! A pack says what is asked and advised in one nation. These rules say what a practitioner may make of it and what
//! follows then, and hold in all four. None of them knows of a vault, a page or a sentence. `tests/practice.rs` holds
//! them over every outcome of every pack that ships.

pub mod apart;
pub mod breach;
pub mod call;
pub mod cards;
pub mod caution;
pub mod child;
pub mod closing;
pub mod emergency;
pub mod fits;
pub mod hours;
mod may_decide;
pub mod no_child;
pub mod otherwise;
pub mod review;
pub mod telling;
pub mod unborn;
pub mod unchecked;

pub use may_decide::{consent_given, may_decide};
