//! Which packages are compiled together, and with which features.
//!
//! Cargo gives a shared dependency the features that the selected packages ask for, so two selections may
//! compile Tauri or Typst twice. There are three here and no others: the program as it is given out, the
//! whole workspace with its tests, and (in `test.rs`) the window's tests, which link neither. The first two
//! differ only in our own crates, thanks to one line in the root Cargo.toml.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::command::{cargo, run};
use crate::place::{Place, file_problem};
use crate::problem::Outcome;

const MEND: &str = "Mend what the compiler names above, then run this again.";

/// Starts a command on the program as it is given out: no feature that only tests ask for.
pub fn given_out(place: &Place, verb: &str) -> Command {
    let mut command = cargo();
    command.current_dir(&place.root).arg(verb);
    command.args(["-p", "sharewell", "-p", "sharewell-ctl", "--features", "sharewell/desktop"]);
    command
}

/// Starts a command on the workspace with its tests, but without the window's. Its program speaks the marked
/// language where it is asked to; what is given out cannot.
pub fn with_tests(place: &Place, verb: &str) -> Command {
    let mut command = cargo();
    command.current_dir(&place.root).arg(verb);
    command.args(["--workspace", "--exclude", "sharewell-window"]);
    command.args(["--features", "sharewell/desktop,sharewell/marked"]);
    command
}

/// Builds the program and sharewellctl as they are given out.
pub fn build(place: &Place) -> Outcome {
    run(&mut given_out(place, "build"), MEND)
}

/// Builds sharewellctl alone and gives its path.
pub fn build_ctl(place: &Place) -> Outcome<PathBuf> {
    run(given_out(place, "build").args(["--quiet", "--bin", "sharewellctl"]), MEND)?;
    Ok(place.built("sharewellctl"))
}

/// Builds both and sets them aside, out of the way of test builds, which leave weaker ones under the same
/// names: those accept the quick key derivation that tests use.
pub fn set_aside(place: &Place) -> Outcome {
    build(place)?;
    place.kept("as-given-out")?;
    for name in ["sharewell", "sharewellctl"] {
        copy(place.built(name), place.set_aside(name))?;
    }
    Ok(())
}

/// Sets the program of the tests aside, once [`with_tests`] has built it: the one that speaks the marked language.
pub fn set_marked_aside(place: &Place) -> Outcome {
    place.kept("for-tests")?;
    copy(place.built("sharewell"), place.for_tests("sharewell"))
}

fn copy(from: PathBuf, to: PathBuf) -> Outcome {
    fs::copy(&from, &to).map(drop).map_err(|error| file_problem("copy", &from, &error))
}
