//! `cargo xtask kills`: the acts that must survive a kill, killed often.
//!
//! The tests themselves kill a few times, so that a run of all tests stays short. Here they kill as often as is promised,
//! and say how often that came to be in the middle of an act.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::command::{ended, not_started, shown};
use crate::place::Place;
use crate::problem::{Outcome, Problem};
use crate::selection::with_tests;
use crate::steps::Steps;

/// So many kills in the middle of an act are promised.
const PROMISED: u64 = 200;
/// How the line begins by which a test says how often it killed (`tests/kills` writes it).
const KILLED: &str = "killed: ";
/// Asks the tests for all of their rounds.
const FULL: &str = "SHAREWELL_FULL";
/// The tests that kill.
const TESTS: [&str; 2] = ["killed", "struck"];

/// Kills them.
pub fn kills() -> Outcome {
    let place = Place::find()?;
    let mut steps = Steps::new(1);
    let kills =
        steps.step("Killing handovers, receipts, removals, intakes, disposals and recoveries", || {
            let mut test = with_tests(&place, "test");
            for name in TESTS {
                test.args(["--test", name]);
            }
            // One after another: what each measures is how long its own act takes.
            test.args(["--", "--nocapture", "--test-threads=1"]).env(FULL, "1");
            println!("      $ {}", shown(&test));
            let mut child =
                test.stdout(Stdio::piped()).spawn().map_err(|error| not_started(&test, &error))?;
            let mut kills = 0;
            if let Some(out) = child.stdout.take() {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    println!("{line}");
                    kills += counted(&line);
                }
            }
            let status = child.wait().map_err(|error| not_started(&test, &error))?;
            ended(&test, status, "Read what is said above: something was lost, or is there twice.")?;
            Ok(kills)
        })?;
    println!(
        "\n{kills} kills in the middle of an act, in {}. Nothing was lost and nothing is there twice.",
        steps.elapsed()
    );
    if kills >= PROMISED {
        return Ok(());
    }
    Err(Problem::new(
        format!("Of {PROMISED} kills that are promised {kills} struck in the middle of an act."),
        "The rest came after it had ended. Run it once more on a machine that does nothing else, or raise the rounds.",
    ))
}

/// How many kills a line tells of: `killed: an intake 61 of 70`.
fn counted(line: &str) -> u64 {
    let said = line.strip_prefix(KILLED).and_then(|said| said.rsplit_once(" of "));
    said.and_then(|(before, _)| before.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_kills_that_struck_are_counted_and_not_the_rounds() {
        assert_eq!(counted("killed: an intake 61 of 70"), 61);
        assert_eq!(counted("killed: a recovery by the agency 0 of 60"), 0);
        for other in ["test killed ... ok", "killed: nothing", "and 3 of 4"] {
            assert_eq!(counted(other), 0, "{other}");
        }
    }
}
