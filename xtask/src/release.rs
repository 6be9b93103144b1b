//! `cargo xtask release`: the installers of this system, with sharewellctl in each.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::command::{asked, node_tool, run};
use crate::place::{Place, file_problem};
use crate::problem::{Outcome, Problem};
use crate::steps::Steps;
use crate::{node, notices, packages};

/// A kind of installer.
struct Kind {
    /// As Tauri's bundler calls it.
    name: &'static str,
    /// What its bundler fetches from the network when it is not there yet; nothing for most.
    fetches: Option<&'static str>,
}

const fn kind(name: &'static str, fetches: Option<&'static str>) -> Kind {
    Kind { name, fetches }
}

/// The installers of this system. What fetches comes last, so that what needs nothing is there whatever becomes
/// of it.
const KINDS: &[Kind] = if cfg!(windows) {
    &[kind("nsis", Some("NSIS")), kind("msi", Some("the WiX toolset"))]
} else if cfg!(target_os = "macos") {
    &[kind("app", None), kind("dmg", None)]
} else {
    &[kind("deb", None), kind("rpm", None), kind("appimage", Some("linuxdeploy and its plugins"))]
};

/// Builds what is given out. Signing follows the environment variables that Tauri's bundler reads.
pub fn release() -> Outcome {
    let mut steps = Steps::new(7);
    steps.step("Looking for what the build needs", || packages::provide(&[packages::BUILD]))?;
    steps.step("Looking for Node.js", node::present)?;
    let place = Place::find()?;
    steps.step("Installing the packages of the window's pages", || node::packages(&place))?;
    steps.step("Checking the third-party notices", notices::check)?;
    steps.step("Building the window's pages, the program and sharewellctl", || {
        // Tauri's tool selects no package by itself and would switch off every member's default features. Both
        // programs are built at once, so that what they share is compiled once.
        let mut build = node_tool("npx");
        build.current_dir(&place.root).args(["tauri", "build", "--no-bundle", "--"]);
        build.args(["-p", "sharewell", "-p", "sharewell-ctl"]);
        run(&mut build, "Mend what is named above, then run this again.")
    })?;
    let beside = steps.step("Laying sharewellctl beside the program", || lay_beside(&place, "release"))?;
    let left_out = steps.step("Making the installers", || {
        bundle(KINDS, |kind| {
            let mut bundle = node_tool("npx");
            bundle.current_dir(&place.root).args(["tauri", "bundle", "--bundles", kind.name]);
            // What is patched tells an updater its kind of installer, and Sharewell has no updater.
            bundle.args(["--no-binary-patching", "--config"]).arg(with_beside(&beside).to_string());
            run(&mut bundle, "Mend what is named above, then run this again.")
        })
    })?;
    println!("\nThe installers are in {}.", place.target.join("release").join("bundle").display());
    for line in left_out {
        println!("{line}");
    }
    Ok(())
}

/// Makes each kind of installer. One whose bundler fetches what it needs may be left out, and is named; nothing
/// else may, nor all of them.
fn bundle(kinds: &[Kind], mut make: impl FnMut(&Kind) -> Outcome) -> Outcome<Vec<String>> {
    let mut left_out = Vec::new();
    for kind in kinds {
        match (make(kind), kind.fetches) {
            (Ok(()), _) => {}
            (Err(problem), None) => return Err(problem),
            (Err(problem), Some(fetches)) => left_out.push(format!(
                "Left out: {}. Its bundler fetches {fetches} from the network and did not end well here:\n{problem}",
                kind.name
            )),
        }
    }
    if left_out.len() == kinds.len() {
        return Err(Problem::new(
            format!("No installer could be made.\n{}", left_out.join("\n")),
            "Give this machine what the bundlers fetch (once, they keep it), then run this again.",
        ));
    }
    Ok(left_out)
}

/// Copies sharewellctl to where the bundler looks for a program that goes along: under its name with the
/// system's. Gives the path without that.
fn lay_beside(place: &Place, profile: &str) -> Outcome<PathBuf> {
    let system = asked(Command::new("rustc").arg("-vV")).as_deref().and_then(system_of).ok_or_else(|| {
        Problem::new("`rustc -vV` does not say for which system it builds.", "Check your Rust toolchain.")
    })?;
    let beside = place.kept("beside")?.join("sharewellctl");
    let built = place.target.join(profile).join(format!("sharewellctl{}", std::env::consts::EXE_SUFFIX));
    let to = named_for(&beside, &system);
    std::fs::copy(&built, &to).map_err(|error| file_problem("copy", &built, &error))?;
    Ok(beside)
}

/// The system in what `rustc -vV` says.
fn system_of(version: &str) -> Option<String> {
    version.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

/// A program's path with the name of the system it is for.
fn named_for(program: &Path, system: &str) -> PathBuf {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    program.with_file_name(format!("{name}-{system}{}", std::env::consts::EXE_SUFFIX))
}

/// What the bundler is told besides `tauri.conf.json`: the program that goes along. It stands nowhere else
/// because Tauri would want it to be there for every build.
fn with_beside(program: &Path) -> Value {
    json!({ "bundle": { "externalBin": [program] } })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    const THREE: [Kind; 3] = [kind("deb", None), kind("rpm", None), kind("appimage", Some("linuxdeploy"))];

    fn failing(names: &'static [&'static str]) -> impl FnMut(&Kind) -> Outcome {
        move |kind| match names.contains(&kind.name) {
            true => Err(Problem::new("Could not connect.", "Look at the network.")),
            false => Ok(()),
        }
    }

    #[test]
    fn an_installer_whose_bundler_cannot_fetch_is_named_and_left_out() {
        let left_out = bundle(&THREE, failing(&["appimage"])).unwrap();
        let [line] = left_out.as_slice() else { panic!("one is left out: {left_out:?}") };
        for part in ["appimage", "linuxdeploy", "Could not connect."] {
            assert!(line.contains(part), "{part} is named in: {line}");
        }
        assert!(bundle(&THREE, failing(&[])).unwrap().is_empty(), "where all are made nothing is left out");
    }

    #[test]
    fn an_installer_that_needs_nothing_from_outside_is_never_left_out() {
        let mut tried = Vec::new();
        let mut rpm_fails = failing(&["rpm"]);
        let made = bundle(&THREE, |kind| {
            tried.push(kind.name);
            rpm_fails(kind)
        });
        assert!(made.unwrap_err().to_string().contains("Could not connect."));
        assert_eq!(tried, ["deb", "rpm"], "it stops there");
    }

    #[test]
    fn a_release_without_any_installer_is_a_failure() {
        let only = [kind("nsis", Some("NSIS")), kind("msi", Some("WiX"))];
        let said = bundle(&only, failing(&["nsis", "msi"])).unwrap_err().to_string();
        assert!(said.contains("NSIS") && said.contains("WiX"), "each is named: {said}");
    }

    #[test]
    fn sharewellctl_goes_into_every_installer_under_its_own_name() {
        let system =
            system_of("rustc 1.95.0\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0");
        let system = system.unwrap();
        let laid = named_for(Path::new("/t/beside/sharewellctl"), &system);
        let suffix = std::env::consts::EXE_SUFFIX;
        assert_eq!(laid, Path::new(&format!("/t/beside/sharewellctl-x86_64-unknown-linux-gnu{suffix}")));
        let told = with_beside(Path::new("/t/beside/sharewellctl"));
        assert_eq!(told.to_string(), r#"{"bundle":{"externalBin":["/t/beside/sharewellctl"]}}"#);
    }
}
