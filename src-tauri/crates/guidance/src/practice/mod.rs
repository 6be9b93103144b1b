//! Rules of practice that hold whatever the pack says, as pure functions over plain values.
//!
//! A pack says what is asked and advised in one nation. These rules say what a practitioner may make of it, and
//! hold in all four. None of them knows of a vault, a page or a sentence.

pub mod hours;
