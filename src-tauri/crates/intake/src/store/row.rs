//! Stored words and numbers, read back into types.

use sharewell_exchange::receipt::{Outcome, Reason};
use sharewell_records::{Moment, Seq, Sha256};

use crate::{Error, Result};

pub(super) fn hash(bytes: &[u8]) -> Result<Sha256> {
    bytes.try_into().map(Sha256).map_err(|_| Error::Stored { what: "hash" })
}

pub(super) fn id<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::Stored { what })
}

pub(super) fn moment(text: &str) -> Result<Moment> {
    chrono::DateTime::parse_from_rfc3339(text).map(Moment).map_err(|_| Error::Stored { what: "moment" })
}

/// A place or a count for SQL. Places are below 2^53.
pub(super) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(super) fn seq(value: i64) -> Seq {
    Seq(count(value))
}

pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Taken => "taken",
        Outcome::Had => "had",
        Outcome::Sealed => "sealed",
        Outcome::Quarantined => "quarantined",
    }
}

pub(super) fn outcome(word: &str) -> Result<Outcome> {
    [Outcome::Taken, Outcome::Had, Outcome::Sealed, Outcome::Quarantined]
        .into_iter()
        .find(|one| outcome_word(*one) == word)
        .ok_or(Error::Stored { what: "outcome" })
}

pub(super) fn reason(word: &str) -> Result<Reason> {
    word.parse().map_err(|_| Error::Stored { what: "reason" })
}

pub(super) fn header(json: &str) -> Result<sharewell_records::Header> {
    serde_json::from_str(json).map_err(|_| Error::Stored { what: "header" })
}

pub(super) fn header_json(header: &sharewell_records::Header) -> Result<String> {
    serde_json::to_string(header).map_err(|_| Error::Stored { what: "header" })
}
