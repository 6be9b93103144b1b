//! Runs of tests, and what they showed: how many held, how many did not, and what was left out and why.
//!
//! A test that lacks what it needs says so through `tests/left-out`. It is named and counted as left out,
//! never as passed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crate::command::{ended, not_started, shown};
use crate::leftover::Mark;
use crate::problem::{Outcome, Problem};
use crate::wait::{PATIENCE, spoken};

/// How a test's line begins by which it says that it was left out (`tests/left-out` writes it).
const LEFT_OUT: &str = "left out: ";

/// What runs of tests showed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    passed: u64,
    failed: u64,
    /// Tests that the runner ignored; their names stand below where it told them.
    ignored: u64,
    told: BTreeMap<String, String>,
    /// Tests that ran, could not show what they are for, and said so: the runner takes them for passed.
    said: BTreeMap<String, String>,
    /// What was left out without a test that could say so.
    besides: BTreeMap<String, String>,
}

impl Counts {
    /// Adds another run.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.told.extend(other.told);
        self.said.extend(other.said);
        self.besides.extend(other.besides);
    }

    /// Notes something that was left out and that no test stands for.
    pub fn leave_out(&mut self, what: &str, why: &str) {
        self.besides.insert(what.to_owned(), why.to_owned());
    }

    /// Reads one line of output; most change nothing.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some((test, why)) = line.strip_prefix(LEFT_OUT).and_then(|said| said.split_once(": ")) {
            self.said.insert(test.to_owned(), why.to_owned());
        } else if let Some((test, why)) =
            line.strip_prefix("test ").and_then(|test| test.split_once(" ... ignored"))
        {
            let why = why.strip_prefix(", ").unwrap_or("marked so in its source");
            self.told.insert(test.to_owned(), why.to_owned());
        } else if let Some((_, numbers)) =
            line.strip_prefix("test result: ").and_then(|result| result.split_once(". "))
        {
            self.close(numbers);
        }
    }

    /// Reads the numbers of the line that closes a run.
    fn close(&mut self, numbers: &str) {
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

    /// Tests that showed what they are for.
    pub fn passed(&self) -> u64 {
        self.passed.saturating_sub(count(&self.said))
    }

    /// Everything that was left out, with its reason, in the order of names.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.besides.iter().chain(&self.said).chain(&self.told);
        all.map(|(what, why)| (what.as_str(), why.as_str()))
    }

    /// Where nothing may be left out (`CI` is set), a right or a tool that was not there is a failure. What a
    /// source itself marks as ignored is no test of this kind.
    pub fn whole(&self, nothing_may_be_left_out: bool) -> Outcome {
        let lacking: Vec<String> =
            self.besides.iter().chain(&self.said).map(|(what, why)| format!("{what}: {why}")).collect();
        if lacking.is_empty() || !nothing_may_be_left_out {
            return Ok(());
        }
        Err(Problem::new(
            format!("CI is set, so nothing may be left out, and this was:\n    {}", lacking.join("\n    ")),
            "Give this machine the right or the tool that each of them names, then run this again.",
        ))
    }

    /// The last lines of a run: what was left out, each with its reason, and alone on its line the count.
    pub fn closing(&self) -> String {
        let mut lines = String::new();
        if self.left_out().next().is_some() {
            lines += "Left out, and so not shown to hold:\n";
            for (what, why) in self.left_out() {
                lines += &format!("  {what}: {why}\n");
            }
        }
        lines += &format!("{} passed, {} failed", self.passed(), self.failed);
        match self.ignored + count(&self.said) + count(&self.besides) {
            0 => {}
            skipped => lines += &format!(", {skipped} skipped"),
        }
        lines
    }
}

fn count(names: &BTreeMap<String, String>) -> u64 {
    u64::try_from(names.len()).unwrap_or(u64::MAX)
}

/// Whether this run is one where nothing may be left out.
pub fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()))
}

/// How long output is still read once the program itself has ended and what it left running has been ended.
/// It ends much sooner, with the pipes, wherever that could be done. What is not read is not counted, so a machine that
/// is busy is given minutes.
const LAST_WORDS: Duration = PATIENCE;

/// How long tests may print nothing. One test of minutes prints nothing meanwhile, ten times that on a busy machine;
/// one that never ends is named by the lines above, and does not use up the time of whoever waits for the run.
const SILENCE: Duration = Duration::from_secs(20 * 60);

/// Runs a command, shows what it prints, and adds up the tests that its output reports. Any status but 0 is a
/// failure, and so is a run without a single test.
///
/// Both outputs go through pipes of ours: what the program leaves running holds those, and never the ones
/// that somebody may be reading this tool by. The run is over when the program is, whoever still holds a pipe.
pub fn run_tests(command: &mut Command, next: &str) -> Outcome<Counts> {
    run_unless_silent(command, next, SILENCE)
}

fn run_unless_silent(command: &mut Command, next: &str, silence: Duration) -> Outcome<Counts> {
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
    let mut heard = Instant::now();
    let status = loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => {
                heard = Instant::now();
                show(line);
            }
            Err(RecvTimeoutError::Disconnected) => {
                break child.wait().map_err(|error| not_started(command, &error))?;
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait().map_err(|error| not_started(command, &error))? {
                    break status;
                }
                if heard.elapsed() > silence {
                    // What it started ends with the mark.
                    let _already_gone = child.kill();
                    let _reaped = child.wait();
                    return Err(Problem::new(
                        format!("`{}` printed nothing for {}.", shown(command), spoken(silence)),
                        "See which test the last lines above began and did not end, and run that one alone.",
                    ));
                }
            }
        }
    };
    // Ends whatever was left and holds a pipe, so that the pipes end with their last line.
    drop(mark);
    let last = Instant::now() + LAST_WORDS;
    while let Ok(line) = lines.recv_timeout(last.saturating_duration_since(Instant::now())) {
        show(line);
    }
    ended(command, status, next)?;
    if counts.passed == 0 {
        return Err(Problem::new(
            format!("`{}` ran no test at all.", shown(command)),
            "Check that the tests are still found: a run without tests proves nothing.",
        ));
    }
    Ok(counts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.read(line));
        counts
    }

    const MIXED: [&str; 7] = [
        "running 4 tests",
        "test a_thing ... ok",
        "test tables ... ignored, prints",
        "left out: disk::a_full_disk: no right to mount: refused",
        "left out: disk::a_full_disk: no right to mount: refused",
        "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.01s",
    ];

    #[test]
    fn closing_lines_of_several_runs_are_added_up() {
        let counts = read(&[
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.01s",
        ]);
        assert_eq!(counts.closing(), "4 passed, 2 failed", "filtered tests did not run");
    }

    #[test]
    fn a_test_that_was_left_out_is_named_and_counted_so_and_never_as_passed() {
        let mut counts = read(&MIXED);
        counts.leave_out("the wall", "refused");
        let closing: Vec<String> = counts.closing().lines().map(str::to_owned).collect();
        assert_eq!(
            closing,
            [
                "Left out, and so not shown to hold:",
                "  the wall: refused",
                "  disk::a_full_disk: no right to mount: refused",
                "  tables: prints",
                "4 passed, 0 failed, 3 skipped",
            ],
            "five ended well, and one of them showed nothing"
        );
    }

    #[test]
    fn where_nothing_may_be_left_out_a_right_that_was_refused_fails_the_run() {
        let counts = read(&MIXED);
        assert!(counts.whole(false).is_ok(), "a newcomer is told, and goes on");
        let said = counts.whole(true).unwrap_err().to_string();
        assert!(said.contains("disk::a_full_disk: no right to mount"), "{said}");
        assert!(!said.contains("tables"), "a source's own mark is no right that was refused: {said}");
        assert!(Counts::default().whole(true).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_run_ends_with_its_program_even_while_something_it_left_holds_its_output() {
        let waited = std::env::temp_dir().join(format!("sharewell-waited-{}", std::process::id()));
        let mut command = Command::new("sh");
        // The sleeper outlives the shell and keeps both of its outputs; it leaves a file if it may sleep on.
        command.arg("-c").arg(format!(
            "(sleep 600; touch '{}') & echo 'test result: ok. 2 passed; 0 failed; 0 ignored;'",
            waited.display()
        ));
        let counts = run_tests(&mut command, "").unwrap();
        assert_eq!(counts.passed(), 2);
        assert!(!waited.exists(), "the run waited for what it left behind");
    }

    #[cfg(unix)]
    #[test]
    fn a_test_that_never_ends_ends_the_run_and_not_the_patience_of_who_waits() {
        let mut command = Command::new("sh");
        command.arg("-c").arg("echo 'test a_thing ...'; sleep 600; echo never");
        let said = run_unless_silent(&mut command, "", Duration::from_millis(300)).unwrap_err().to_string();
        assert!(said.contains("printed nothing for"), "{said}");
    }
}
