//! Real ground for a test: a disk that is full, a place where nothing can be written. It takes the right to mount, in
//! a namespace of its own that goes with the test; where a machine gives none, the test is left out and says why.

use std::path::Path;
use std::process::{Command, Output};

/// Ends the script where the mount was refused.
const NO_MOUNT: i32 = 42;

/// What lies at a place while a program runs.
#[derive(Debug, Clone, Copy)]
pub enum Ground {
    /// An empty disk with so much room, as `mount` takes it: `16k`.
    Room(&'static str),
    /// What is there already, and nothing of it can be written.
    ReadOnly,
}

/// A command that runs `program` while that ground lies at `place`. Its arguments and environment are added to it.
pub fn on(ground: Ground, place: &Path, program: &Path) -> Command {
    let (mount, room) = match ground {
        Ground::Room(room) => ("mount -t tmpfs -o \"size=$2\" none \"$1\"", room),
        Ground::ReadOnly => ("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", ""),
    };
    let script = format!("{mount} || exit {NO_MOUNT}; shift 2; exec \"$@\"");
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", &script, "on-its-own-ground"]);
    command.arg(place).arg(room).arg(program);
    command
}

/// What the command of [`on`] ended with.
///
/// # Errors
/// Why the machine did not allow it: the test is left out.
pub fn run(mut command: Command) -> Result<Output, String> {
    let run = command.output().map_err(|_| "`unshare` is not installed".to_owned())?;
    let wrong = String::from_utf8_lossy(&run.stderr);
    if run.status.code() == Some(NO_MOUNT) || wrong.contains("unshare:") {
        return Err(format!("this machine allows no mount in a namespace: {wrong}"));
    }
    Ok(run)
}

/// Runs one test of this very program again while that ground lies at `place`, which it finds in the variable
/// `found`. Gives what it printed.
///
/// # Errors
/// As [`run`].
///
/// # Panics
/// Where that test fails or never prints what shows that it `held`.
pub fn test_again(ground: Ground, place: &Path, found: &str, test: &str, held: &str) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|why| format!("this program cannot be found: {why}"))?;
    let mut command = on(ground, place, &this);
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(found, place);
    let run = run(command)?;
    let (said, wrong) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && said.contains(held), "{said}\n{wrong}");
    Ok(())
}
