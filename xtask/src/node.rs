//! The window's pages: Node.js, their packages, the build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::command::{asked, node_tool, run};
use crate::place::{Place, file_problem};
use crate::problem::{Outcome, Problem};

/// The oldest Node.js that the front-end build runs on.
const OLDEST: (u32, u32) = (20, 19);

/// Node.js and npm are there and new enough.
pub fn present() -> Outcome {
    let install = "Install Node.js 20.19 or newer, with npm, from nodejs.org or with your version manager.";
    let Some(version) = asked(Command::new("node").arg("--version")) else {
        return Err(Problem::new("Node.js is not installed.", install));
    };
    match numbers(&version) {
        Some(found) if found >= OLDEST => {}
        _ => return Err(Problem::new(format!("Node.js {version} is too old for the build."), install)),
    }
    let Some(npm) = asked(node_tool("npm").arg("--version")) else {
        return Err(Problem::new("npm is not installed.", install));
    };
    println!("      Node.js {version}, npm {npm}");
    Ok(())
}

/// Installs the packages of `package-lock.json`, unless npm has done so since that file last changed.
pub fn packages(place: &Place) -> Outcome {
    let lock = place.root.join("package-lock.json");
    let wanted = changed(&lock).map_err(|error| file_problem("read", &lock, &error))?;
    // npm writes its own copy of the lock file last of all, so a broken installation has none.
    let installed = changed(&place.root.join("node_modules").join(".package-lock.json"));
    if installed.is_ok_and(|installed| installed >= wanted) {
        println!("      Unchanged since they were installed.");
        return Ok(());
    }
    let mut install = node_tool("npm");
    install.current_dir(&place.root).args(["ci", "--no-audit", "--no-fund"]);
    run(&mut install, "Check the network, then run this again.")
}

fn changed(file: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(file)?.modified()
}

/// Runs one of the scripts of `package.json`.
pub fn script(place: &Place, name: &str, next: &str) -> Outcome {
    run(node_tool("npm").current_dir(&place.root).args(["run", name]), next)
}

/// Builds `ui/dist`.
pub fn build(place: &Place) -> Outcome {
    script(place, "build", "Mend what the messages above name in ui/, then run this again.")
}

/// Builds the pages that speak the marked language.
pub fn build_marked(place: &Place) -> Outcome {
    script(place, "build:marked", "Mend what the messages above name in ui/, then run this again.")
}

/// Where [`build_marked`] leaves them.
pub fn marked(place: &Place) -> PathBuf {
    place.root.join("ui/dist-marked")
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(numbers("v20.19.2"), Some((20, 19)));
        assert!(numbers("v20.9.0") < Some(OLDEST), "20.9 is older than 20.19");
        assert!(numbers("v22.4.1") > Some(OLDEST));
        assert_eq!(numbers("nightly"), None);
    }
}
