//! Steps that are announced before they start and timed when they end.

use std::time::Instant;

use crate::problem::Outcome;
use crate::wait::spoken;

/// A numbered row of steps.
pub struct Steps {
    total: usize,
    done: usize,
    started: Instant,
}

impl Steps {
    /// `total` is the number of steps that a full run has.
    pub fn new(total: usize) -> Self {
        Self { total, done: 0, started: Instant::now() }
    }

    /// Announces a step, runs it, and prints how long it took. A failure carries the step's name.
    pub fn step<T>(&mut self, title: &str, act: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.done += 1;
        let number = format!("[{}/{}]", self.done, self.total);
        println!("{number} {title} …");
        let started = Instant::now();
        let outcome = act();
        match outcome {
            Ok(value) => {
                println!("{number} done in {}", spoken(started.elapsed()));
                Ok(value)
            }
            Err(problem) => Err(problem.at(&format!("step {number} {title}"))),
        }
    }

    /// How long all steps took so far.
    pub fn elapsed(&self) -> String {
        spoken(self.started.elapsed())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::problem::Problem;

    #[test]
    fn a_failure_names_its_step_and_what_to_do() {
        let mut steps = Steps::new(2);
        steps.step("Looking round", || Ok(())).unwrap();

        let failed: Outcome = steps.step("Building", || Err(Problem::new("It broke.", "Mend it.")));

        let said = failed.unwrap_err().to_string();
        assert_eq!(
            said, "Stopped at step [2/2] Building\n  What happened: It broke.\n  What to do next: Mend it.",
            "a person needs the step, the cause and the way on"
        );
    }
}
