//! Whether the disk has room for what is built, looked at before the first file is compiled.
//!
//! A linker that runs out of disk ends with a bus error in the middle of a build, which tells nobody what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::asked;
use crate::place::Place;
use crate::problem::{Outcome, Problem};

/// What the program alone fills in the target folder, in bytes.
pub const PROGRAM: u64 = 6 * GIB;

/// What the whole workspace with its tests fills there, in bytes.
pub const TESTS: u64 = 20 * GIB;

const GIB: u64 = 1 << 30;

/// Sees to it that `whole` bytes fit into the target folder, counting what stands there. Where they do not, the
/// programs that earlier builds left are removed: each checkout and each change leaves its own beside the others, Cargo
/// never removes one, and one that is still wanted is linked again.
pub fn provide(place: &Place, whole: u64) -> Outcome {
    let built = place.target.join("debug");
    let missing = |built: &Path| free(&place.target).and_then(|free| short(whole, filled(built), free));
    if missing(&built).is_none() {
        return Ok(());
    }
    println!("      Room is short: removing the programs that earlier builds left.");
    clear(&built);
    missing(&built).map_or(Ok(()), |bytes| Err(no_room(bytes)))
}

/// How many bytes are missing. What stands already is filled by other builds too, so it counts for no more than half.
fn short(whole: u64, stands: u64, free: u64) -> Option<u64> {
    let wanted = whole - stands.min(whole / 2);
    (free < wanted).then(|| wanted - free)
}

fn no_room(bytes: u64) -> Problem {
    Problem::new(
        format!(
            "The disk with the target folder is too full to build: {} GB more are needed.",
            bytes.div_ceil(GIB)
        ),
        "Make room there, or set CARGO_TARGET_DIR to a folder on a larger disk. Then run this again.",
    )
}

/// The bytes free for us on the disk of this folder, or of the nearest one above that stands. `None` where the system
/// has no `df`.
fn free(folder: &Path) -> Option<u64> {
    let folder = folder.ancestors().find(|folder| folder.is_dir())?;
    available(&asked(Command::new("df").arg("-Pk").arg(folder))?)
}

/// The fourth column of the last line, in kilobytes, as POSIX has it.
fn available(said: &str) -> Option<u64> {
    let kilobytes: u64 = said.lines().last()?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes.saturating_mul(1024))
}

/// The bytes of all files below `folder`, without following links.
fn filled(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)))
        .map(|(path, about)| if about.is_dir() { filled(&path) } else { about.len() })
        .sum()
}

/// Removes the test programs and what was kept for building a part again. What cannot be removed stays.
fn clear(built: &Path) {
    for program in programs(&built.join("deps")) {
        std::fs::remove_file(program).ok();
    }
    std::fs::remove_dir_all(built.join("incremental")).ok();
}

/// The linked programs among what was compiled: they alone have no ending, or Windows' own.
fn programs(compiled: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(compiled) else { return Vec::new() };
    let linked = |path: &PathBuf| path.extension().is_none_or(|ending| ending == "exe") && path.is_file();
    entries.flatten().map(|entry| entry.path()).filter(linked).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_room_left_is_read_as_posix_prints_it() {
        let said = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n\
                    /dev/sda1        263174212 20971520  75497472      22% /";

        assert_eq!(available(said), Some(75_497_472 * 1024));
        assert_eq!(available("df: no such thing"), None);
    }

    #[test]
    fn a_full_disk_is_told_before_the_build_and_with_a_way_on() {
        let missing = short(TESTS, 0, 10 * GIB).unwrap();
        let said = no_room(missing).to_string();

        assert!(said.contains("10 GB more are needed"), "{said}");
        assert!(said.contains("CARGO_TARGET_DIR"), "{said}");
    }

    #[test]
    fn what_stands_already_needs_no_room_twice() {
        assert_eq!(short(TESTS, 30 * GIB, 13 * GIB), None);
        assert!(short(TESTS, 0, 13 * GIB).is_some());
    }

    #[test]
    fn only_what_is_linked_again_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let deps = folder.path().join("deps");
        std::fs::create_dir_all(&deps).unwrap();
        for name in ["journey-0123456789abcdef", "libsharewell-1.rlib", "journey-0123456789abcdef.d"] {
            std::fs::write(deps.join(name), "x").unwrap();
        }

        clear(folder.path());

        assert!(!deps.join("journey-0123456789abcdef").exists());
        assert!(
            deps.join("libsharewell-1.rlib").exists() && deps.join("journey-0123456789abcdef.d").exists()
        );
    }
}
