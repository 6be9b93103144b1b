//! Other programs, started and waited for.
//!
//! Standard input is closed for every one of them: nothing here may wait for an answer that nobody gives,
//! except `sudo`, which asks on the terminal itself.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crate::leftover::Mark;
use crate::problem::{Outcome, Problem};

/// How many tests ran, added up from the closing lines of the test runners.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that were left out.
    pub ignored: u64,
}

impl Counts {
    /// Adds another run.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    /// Reads one line of output; lines that close no test run change nothing.
    fn read(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else { return };
        let Some((_, numbers)) = result.split_once(". ") else { return };
        for part in numbers.split(';') {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

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

/// How long output is still waited for once the program itself has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// As [`run`], and adds up the tests that its output reports. A run without a single test is a failure.
///
/// Both outputs go through pipes of ours: what the program leaves running holds those, and never the ones
/// that somebody may be reading this tool by. The run is over when the program is, whoever still holds a pipe.
pub fn run_tests(command: &mut Command, next: &str) -> Outcome<Counts> {
    println!("      $ {}", shown(command));
    let mark = Mark::new();
    mark.put_on(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (said, lines) = std::sync::mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|pipe| Box::new(pipe) as _),
        child.stderr.take().map(|pipe| Box::new(pipe) as _),
    ];
    for pipe in pipes.into_iter().flatten() {
        let said = said.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
                if said.send(line).is_err() {
                    return;
                }
            }
        });
    }
    drop(said);
    let mut counts = Counts::default();
    // A test may print bytes that are no text; they are shown as they can be.
    let mut show = |line: Vec<u8>| {
        let line = String::from_utf8_lossy(&line);
        counts.read(&line);
        println!("{line}");
    };
    let status = loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => show(line),
            Err(RecvTimeoutError::Disconnected) => {
                break child.wait().map_err(|error| not_started(command, &error))?;
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait().map_err(|error| not_started(command, &error))? {
                    break status;
                }
            }
        }
    };
    while let Ok(line) = lines.recv_timeout(LAST_WORDS) {
        show(line);
    }
    drop(mark);
    ended(command, status, next)?;
    if counts.passed == 0 {
        return Err(Problem::new(
            format!("`{}` ran no test at all.", shown(command)),
            "Check that the tests are still found: a run without tests proves nothing.",
        ));
    }
    Ok(counts)
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

fn ended(command: &Command, status: ExitStatus, next: &str) -> Outcome {
    if status.success() {
        return Ok(());
    }
    Err(Problem::new(format!("`{}` ended with {status}.", shown(command)), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_several_runs_are_added_up() {
        let mut counts = Counts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test a_thing ... ok",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.01s",
        ] {
            counts.read(line);
        }
        assert_eq!(counts, Counts { passed: 4, failed: 2, ignored: 1 }, "filtered tests did not run");
    }

    #[cfg(unix)]
    #[test]
    fn a_run_ends_with_its_program_even_while_something_it_left_holds_its_output() {
        let waited = std::env::temp_dir().join(format!("sharewell-waited-{}", std::process::id()));
        let mut command = Command::new("sh");
        // The sleeper outlives the shell and keeps both of its outputs; it leaves a file if it may sleep on.
        command.arg("-c").arg(format!(
            "(sleep 60; touch '{}') & echo 'test result: ok. 2 passed; 0 failed; 0 ignored;'",
            waited.display()
        ));
        let counts = run_tests(&mut command, "").unwrap_or_default();
        assert_eq!(counts.passed, 2);
        assert!(!waited.exists(), "the run waited for what it left behind");
    }

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "--", "two words"]);
        assert_eq!(shown(&command), "cargo test -- 'two words'");
    }
}
