//! Every code is said by some error, and a failure tells all of a form.

use super::*;

/// A form with one thing wrong.
pub(super) fn in_field(problem: Problem) -> Error {
    Error::field("f", problem)
}

#[test]
fn every_code_is_said_by_the_error_that_stands_beside_it() {
    for (code, error) in code::examples() {
        if let Some(error) = error {
            assert_eq!(Failure::from(error).code, code);
        }
    }
}

#[test]
fn waiting_is_told_in_seconds_and_only_where_waiting_helps() {
    let wait = |error: sharewell_vault::Error| Failure::from(error).wait_seconds;
    assert_eq!(wait(sharewell_vault::Error::TooSoon { wait_seconds: 15 }), Some(15));
    assert_eq!(wait(sharewell_vault::Error::WrongPassphrase { wait_seconds: 0 }), None);
}
