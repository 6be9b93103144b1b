//! `cargo xtask bench`: measures against the limit in the same run.

use crate::command::{cargo, run};
use crate::place::Place;
use crate::problem::{Outcome, Problem};
use crate::steps::Steps;
use crate::{node, packages};

const PACKAGE: &str = "sharewell-bench";
/// Optimised as a release is, and built in a fraction of the time (see `Cargo.toml`).
const PROFILE: [&str; 2] = ["--profile", "measure"];

/// A window with nothing in it, against which the program's own is held.
const EMPTY_WINDOW: &str = "empty_window";
const MEND: &str = "Mend what the compiler names above, then run this again.";

/// Runs the measuring program with optimisation on.
pub fn bench(arguments: &[String]) -> Outcome {
    let place = Place::find()?;
    if !place.has_package(PACKAGE) {
        return Err(Problem::new(
            format!("The workspace has no package `{PACKAGE}`, which does the measuring."),
            "Check that tests/bench/Cargo.toml exists and that `members` in Cargo.toml names it.",
        ));
    }
    let window = with_window(arguments);
    let mut steps = Steps::new(if window { 5 } else { 3 });
    steps.step("Looking for what the build needs", || {
        packages::provide(&[packages::BUILD, packages::DISPLAY])
    })?;
    if window {
        steps.step("Installing the packages of the window's pages", || node::packages(&place))?;
        steps.step("Building the window's pages", || node::build(&place))?;
    }
    steps.step("Building with optimisation", || {
        let mut build = cargo();
        build.current_dir(&place.root).arg("build").args(PROFILE).args(["-p", PACKAGE]);
        run(&mut build, MEND)?;
        if !window {
            return Ok(());
        }
        let mut window = cargo();
        window.current_dir(&place.root).arg("build").args(PROFILE).args(["-p", "sharewell"]);
        run(window.args(["--features", "desktop", "--bin", "sharewell", "--example", EMPTY_WINDOW]), MEND)
    })?;
    steps.step("Measuring", || {
        let built = place.target.join("measure");
        let mut measure = cargo();
        measure.current_dir(&place.root).args(["run", "--quiet"]).args(PROFILE).args(["-p", PACKAGE, "--"]);
        measure.env("SHAREWELL_BIN", built.join("sharewell"));
        measure.env("SHAREWELL_EMPTY_WINDOW", built.join("examples").join(EMPTY_WINDOW));
        run(measure.args(arguments), "Read which ratio or which measurement it names above.")
    })
}

/// Whether the window is among what is measured, and has to be built: everything is, where nothing is named.
fn with_window(arguments: &[String]) -> bool {
    let values = arguments.iter().skip(1);
    let pairs = arguments.iter().zip(values).filter(|(name, _)| *name == "--only");
    let mut parts = pairs.flat_map(|(_, value)| value.split(',')).peekable();
    parts.peek().is_none() || parts.any(|part| part == "window")
}

#[cfg(test)]
mod tests {
    use super::with_window;

    #[test]
    fn the_window_is_built_only_where_it_is_measured() {
        let with =
            |words: &[&str]| with_window(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert!(with(&[]) && with(&["--quick"]) && with(&["--only", "store,window"]));
        assert!(!with(&["--only", "intake"]) && !with(&["--quick", "--only", "intake,sharing"]));
    }
}
