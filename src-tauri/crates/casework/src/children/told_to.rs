//! Who was told in an emergency, for one line.

use sharewell_records::{Attempt, AttemptResult};

/// Everybody who was told in an emergency; whoever was tried last, where nobody was.
pub(super) fn told_to(attempts: &[Attempt]) -> String {
    let told: Vec<&str> = attempts
        .iter()
        .filter(|attempt| attempt.result == AttemptResult::Told)
        .map(|attempt| attempt.who.as_str())
        .collect();
    if told.is_empty() {
        attempts.last().map(|attempt| attempt.who.clone()).unwrap_or_default()
    } else {
        told.join(", ")
    }
}
