//! `cargo xtask release`: the installers of this system, and sharewellctl beside them.

use crate::command::{cargo, node_tool, run};
use crate::place::Place;
use crate::problem::Outcome;
use crate::steps::Steps;
use crate::{node, notices, packages};

/// Builds what is given out. Signing follows the environment variables that Tauri's bundler reads.
pub fn release() -> Outcome {
    let mut steps = Steps::new(6);
    steps.step("Looking for what the build needs", || packages::provide(&[packages::BUILD]))?;
    steps.step("Looking for Node.js", node::present)?;
    let place = Place::find()?;
    steps.step("Installing the packages of the window's pages", || node::packages(&place))?;
    steps.step("Checking the third-party notices", notices::check)?;
    steps.step("Building the window's pages and the installers", || {
        // Tauri's tool selects no package by itself and would switch off every member's default features.
        let mut build = node_tool("npx");
        build.current_dir(&place.root).args(["tauri", "build", "--", "-p", "sharewell"]);
        run(&mut build, "Mend what is named above, then run this again.")
    })?;
    steps.step("Building sharewellctl", || {
        let mut build = cargo();
        build.current_dir(&place.root).args(["build", "--release", "-p", "sharewell-ctl"]);
        run(&mut build, "Mend what the compiler names above, then run this again.")
    })?;
    println!("\nThe installers are in {}.", place.target.join("release").join("bundle").display());
    Ok(())
}
