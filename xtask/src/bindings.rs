//! `cargo xtask bindings` and `cargo xtask pack`: one command each.

use std::fs;
use std::process::Command;

use crate::command::run;
use crate::place::{Place, file_problem};
use crate::problem::{Outcome, Problem};
use crate::selection::{build_ctl, with_tests};
use crate::steps::Steps;

/// Writes `ui/src/lib/bindings.ts` and `closed_sets.ts` from the Rust commands, through the same test that finds it stale.
pub fn bindings() -> Outcome {
    let place = Place::find()?;
    // The shell embeds the built pages and does not compile without their folder; empty is enough here.
    let pages = place.root.join("ui").join("dist");
    fs::create_dir_all(&pages).map_err(|error| file_problem("create", &pages, &error))?;
    Steps::new(1).step("Writing ui/src/lib/bindings.ts", || {
        let mut test = with_tests(&place, "test");
        test.env("SHAREWELL_WRITE_BINDINGS", "1").args(["--bin", "sharewell", "bindings"]);
        run(&mut test, "Mend the command or the type that it names above.")
    })
}

/// Checks every guidance pack over every path.
pub fn pack() -> Outcome {
    let place = Place::find()?;
    let mut packs = Vec::new();
    let guidance = place.root.join("assets").join("guidance");
    // Shared parts are checked in the packs that they are part of.
    for nation in folders(&guidance)?.iter().filter(|folder| !folder.ends_with("shared")) {
        packs.extend(folders(nation)?);
    }
    if packs.is_empty() {
        return Err(Problem::new(
            "There is no pack in assets/guidance.",
            "A pack is a folder such as assets/guidance/england/2024-05.",
        ));
    }
    Steps::new(1).step("Checking the guidance packs", || {
        let mut check = Command::new(build_ctl(&place)?);
        check.current_dir(&place.root).args(["pack", "check"]).args(&packs);
        run(&mut check, "Mend the step that it names above.")
    })
}

fn folders(within: &std::path::Path) -> Outcome<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(within).map_err(|error| file_problem("read", within, &error))?;
    let mut found: Vec<_> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    Ok(found)
}
