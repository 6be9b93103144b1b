//! What went wrong, at which step, and what to do next.

use std::fmt;

/// What every action of this tool returns.
pub type Outcome<T = ()> = Result<T, Problem>;

/// A failure in two sentences, as in the program itself: what happened, and what to do next.
#[derive(Debug)]
pub struct Problem {
    happened: String,
    next: String,
    step: Option<String>,
}

impl Problem {
    /// A failure that no step has claimed yet.
    pub fn new(happened: impl Into<String>, next: impl Into<String>) -> Self {
        Self { happened: happened.into(), next: next.into(), step: None }
    }

    /// Names the step that failed. The innermost name stays.
    pub fn at(mut self, step: &str) -> Self {
        self.step.get_or_insert_with(|| step.to_owned());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(step) = &self.step {
            writeln!(f, "Stopped at {step}")?;
        }
        writeln!(f, "  What happened: {}", self.happened)?;
        write!(f, "  What to do next: {}", self.next)
    }
}
