//! What can be wrong with a record, in developers' words and without anything that a person typed.

/// A record that is not well formed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Text that should be an identifier is not one.
    #[error("not a {what}")]
    BadId {
        /// The type that was expected.
        what: &'static str,
    },
    /// A date or time is not in RFC 3339 form.
    #[error("not a date or time in the field {field}")]
    BadTime {
        /// The field that held it.
        field: &'static str,
    },
    /// A header could not be put into RFC 8785 form.
    #[error("the header could not be put into canonical form")]
    Canonical,
    /// The payload is not JSON, or lacks a field that its kind must have.
    #[error("the payload of kind {kind} is not readable: {reason}")]
    Payload {
        /// The kind that the header names.
        kind: String,
        /// The parser's reason: a field name and a position, never a value.
        reason: String,
    },
}

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;
