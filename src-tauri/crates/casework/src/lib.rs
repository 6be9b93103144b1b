//! Use cases, one module for each journey. The rules live below; the words live above.
//!
//! A use case checks with the rule, opens one write, and returns a view. It reads no clock (every moment is
//! given), writes no SQL, and never panics. What the window and the command line need of the crates below
//! stands here, so that they depend on this one alone.

pub mod account;
pub mod agency;
pub mod agency_numbers;
pub mod attached;
pub mod calls;
pub mod children;
pub mod clock;
pub mod consent;
mod copied;
pub mod countersign;
pub mod decide;
pub mod directory;
pub mod doubts;
mod drawn;
mod duties;
pub mod emergency;
pub mod end_of_use;
mod error;
mod failure;
mod files;
mod flagged;
pub mod guidance;
pub mod handover;
mod input;
mod keep;
mod language;
pub mod long;
pub mod maintenance;
pub mod paper;
mod people;
pub mod places;
pub mod rehearsal;
pub mod removal;
pub mod restricted;
pub mod search;
pub mod settings;
pub mod share;
mod sharing;
mod signing;
pub mod slip;
pub mod start;
mod state;
mod store;
pub mod today;
pub mod views;
mod words;

pub use copied::Copied;
pub use error::{
    ArrivedFault, Error, Field, PackFault, PackFaultKind, PageFault, Piece, Problem, ReceiptFault, Refusal,
    Result,
};
pub use failure::{Class, Code, Failure, FieldFailure, Length};
/// Days as they stand in boxes: what the window may ask before a form is sent.
pub use input::{read_day, spread_day};
/// Days as they stand in boxes: what the window may ask before a form is sent.
pub use keep::with_ending;
/// A secret that was typed: `Debug` prints nothing, and it is wiped when it goes.
pub use secrecy::SecretString as Secret;
pub use sharewell_documents::Language;
pub use sharewell_exchange::PublicKey;
pub use sharewell_records as records;
pub use sharewell_vault::{Beside, Canceller, HeadState, Kdf, OutsideHead, Vault, Work, is_backup};
