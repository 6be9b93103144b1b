//! Use cases, one module for each journey. The rules live below; the words live above.

mod failure;
pub mod views;

pub use failure::{Code, Failure};
