//! The statement for somebody: who was told what about them and why, reviewed line by line, drafted for the data protection
//! officer, and released or not by them (`practice.md` 14).

mod draft;
mod print;
mod review;
mod steps;

pub use draft::{draft_statement, review_statement};
pub use print::{SaveStatement, leftovers_in_statement, save_statement, statement_not_printed};
pub use steps::{statement, statement_answered, statement_sent, statements};
