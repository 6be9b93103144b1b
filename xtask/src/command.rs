//! Other programs, started and waited for.
//!
//! Standard input is closed for every one of them: nothing here may wait for an answer that nobody gives,
//! except `sudo`, which asks on the terminal itself.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use crate::problem::{Outcome, Problem};

/// Cargo, the one that started this tool.
pub fn cargo() -> Command {
    let name = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(name);
    command.env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}

/// npm or npx, which Windows knows under another name.
pub fn node_tool(name: &str) -> Command {
    Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// Whether a program stands on the search path.
pub fn found(name: &str) -> bool {
    which(name).is_some()
}

/// Where a program stands on the search path.
pub fn which(name: &str) -> Option<PathBuf> {
    let file = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// Prints the command and runs it, its output going straight through. Any status but 0 is a failure.
pub fn run(command: &mut Command, next: &str) -> Outcome {
    println!("      $ {}", shown(command));
    let status = command.stdin(Stdio::null()).status().map_err(|error| not_started(command, &error))?;
    ended(command, status, next)
}

/// Runs a command for what it prints. `None` when it cannot be started or ends with another status than 0.
pub fn asked(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .map(|part| if part.contains(' ') { format!("'{part}'") } else { part.into_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The failure of a program that could not be started at all.
pub fn not_started(command: &Command, error: &std::io::Error) -> Problem {
    Problem::new(
        format!("`{}` could not be started: {error}.", shown(command)),
        "Install that program, or put it on the search path (PATH), and run this again.",
    )
}

/// Any status but 0 is a failure.
pub fn ended(command: &Command, status: ExitStatus, next: &str) -> Outcome {
    if status.success() {
        return Ok(());
    }
    Err(Problem::new(format!("`{}` ended with {status}.", shown(command)), next))
}

/// Where this program lay when it started.
static THIS: OnceLock<PathBuf> = OnceLock::new();

/// Remembers where this program lies. A build may put a newer one in its place, and the system then calls the one
/// that runs deleted.
pub fn remember_this() {
    if let Ok(this) = std::env::current_exe() {
        // Asked for once, at the start.
        let _ = THIS.set(this);
    }
}

/// This program, to be started again with another verb.
pub fn this() -> Outcome<PathBuf> {
    THIS.get().cloned().ok_or_else(|| {
        Problem::new("The system does not say where xtask itself lies.", "Run `cargo xtask window` by hand.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "--", "two words"]);
        assert_eq!(shown(&command), "cargo test -- 'two words'");
    }
}
