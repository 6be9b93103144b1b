//! `cargo xtask bench`: measures against the limit in the same run.

use crate::command::{cargo, run};
use crate::place::Place;
use crate::problem::{Outcome, Problem};
use crate::steps::Steps;

const PACKAGE: &str = "sharewell-bench";
/// Optimised as a release is, and built in a fraction of the time (see `Cargo.toml`).
const PROFILE: [&str; 2] = ["--profile", "measure"];

/// Runs the measuring program with optimisation on.
pub fn bench(arguments: &[String]) -> Outcome {
    let place = Place::find()?;
    if !place.has_package(PACKAGE) {
        return Err(Problem::new(
            format!("The workspace has no package `{PACKAGE}`, which does the measuring."),
            "Check that tests/bench/Cargo.toml exists and that `members` in Cargo.toml names it.",
        ));
    }
    let mut steps = Steps::new(2);
    steps.step("Building with optimisation", || {
        let mut build = cargo();
        build.current_dir(&place.root).arg("build").args(PROFILE).args(["-p", PACKAGE]);
        run(&mut build, "Mend what the compiler names above, then run this again.")
    })?;
    steps.step("Measuring", || {
        let mut measure = cargo();
        measure.current_dir(&place.root).args(["run", "--quiet"]).args(PROFILE).args(["-p", PACKAGE, "--"]);
        run(measure.args(arguments), "Read which ratio or which measurement it names above.")
    })
}
