//! What can go wrong, in developers' words and without anything that a person typed.

use sharewell_records::StepId;

use crate::{AnswerError, Problem};

/// Why guidance could not be read or followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The pack's files are not a pack; every problem found.
    #[error("the pack has {} problems, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Pack(Vec<Problem>),
    /// No outcome is advised yet.
    #[error("the answers lead to no outcome yet")]
    NotYet,
    /// A path ends without an outcome.
    #[error("the pack ends a path without an outcome")]
    NoOutcome,
    /// The pack has no such question.
    #[error("the pack has no question of this name")]
    NoSuchStep {
        /// The name asked for.
        step: StepId,
    },
    /// An answer is not whole.
    #[error("the answer to {step}: {error}")]
    Answer {
        /// The question.
        step: StepId,
        /// What is missing.
        error: AnswerError,
    },
}
