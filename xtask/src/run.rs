//! `cargo xtask run`: from a fresh checkout to an open window.

use std::process::Command;

use crate::command::run as start;
use crate::place::Place;
use crate::problem::{Outcome, Problem};
use crate::steps::Steps;
use crate::{display, node, packages, room, selection, walk};

/// Builds the program and opens its window with `arguments`, or walks the journey where there is no screen.
pub fn run(arguments: &[String]) -> Outcome {
    let screen = display::real();
    if !screen && arguments.iter().any(|argument| argument != "--demo") {
        return Err(Problem::new(
            "There is no display here, and without one only the demonstration journey can run.",
            "Run `cargo xtask run` without arguments, or set DISPLAY or WAYLAND_DISPLAY.",
        ));
    }
    let mut steps = Steps::new(7);
    steps.step("Looking for what the build needs", || {
        let display: &[&str] = if screen { &[] } else { packages::DISPLAY };
        packages::provide(&[packages::BUILD, display])
    })?;
    steps.step("Looking for Node.js", node::present)?;
    let place = Place::find()?;
    steps.step("Looking whether there is room", || room::provide(&place, room::PROGRAM))?;
    steps.step("Installing the packages of the window's pages", || node::packages(&place))?;
    steps.step("Building the window's pages", || node::build(&place))?;
    steps.step("Building the program and sharewellctl", || selection::build(&place))?;
    let program = place.built("sharewell");
    if screen {
        return steps.step("Opening the window (this step ends when you close it)", || {
            start(Command::new(&program).args(arguments), "Read what the program printed above.")
        });
    }
    let folder = place.target.join("demo");
    steps.step("Walking the demonstration journey on a virtual display", || walk::walk(&program, &folder))?;
    walk::list(&folder)
}
