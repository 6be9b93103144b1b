//! An act killed in its middle, again and again, each time from the same beginning.
//!
//! A test makes a folder once. Each round copies it, starts the test program itself again as a child that performs the
//! act in the copy, and kills it a while after it said [`BEGINS`]; then the test looks at what is there. The whiles are
//! drawn over the time that the act took when nobody killed it, which is measured first, on the machine that it is.
//!
//! It is bounded by its rounds. A round whose act had ended before the kill is none the less a round, and is told
//! apart: a quick machine gets fewer kills, and never waits for more.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// What the child prints once it is ready and the act comes next.
pub const BEGINS: &str = "the act begins";
/// What it prints once the act has ended.
pub const ENDS: &str = "the act has ended";
/// How the line begins by which `cargo xtask kills` counts.
pub const KILLED: &str = "killed: ";
/// Says to a child that it is one, and in which folder it works.
const FOLDER: &str = "SHAREWELL_KILLED_IN";
/// Set where all rounds are wanted.
const FULL: &str = "SHAREWELL_FULL";
/// Acts that nobody kills, for how long one takes.
const CALM: usize = 3;

/// The folder that a child works in; none in the test itself, whose child's test then does nothing.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// In a child: says that the act begins, performs it, and says that it has ended.
pub fn act<T>(act: impl FnOnce() -> T) -> T {
    say(BEGINS);
    let done = act();
    say(ENDS);
    done
}

fn say(what: &str) {
    let mut out = std::io::stdout();
    // Whoever reads it may have gone; then there is nobody to tell.
    let _ = writeln!(out, "\n{what}").and_then(|()| out.flush());
}

/// Kills the child in rounds: a few, or all where they are asked for. `look` is given the folder after each and says by
/// panicking what is wrong.
///
/// # Panics
/// Where the act fails when nobody kills it, or ends otherwise than by the kill.
pub fn kill(what: &str, child: &str, made: &Path, few: usize, all: usize, mut look: impl FnMut(&Path)) {
    let rounds = if std::env::var_os(FULL).is_some() { all } else { few };
    let mut calms: Vec<Duration> = (0..CALM).map(|_| calm(child, made, &mut look)).collect();
    // The one in the middle: on a machine that does other things as well, the longest is far from what it takes.
    calms.sort();
    let takes = calms[CALM / 2];
    let (mut kills, mut chance) = (0, Chance::of(what));
    for round in 0..rounds {
        let copy = copied(made);
        let (mut running, mut out) = begun(child, copy.path());
        std::thread::sleep(takes.mul_f64(chance.share()));
        running.kill().unwrap();
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut out, &mut rest).unwrap();
        let status = running.wait().unwrap();
        if rest.lines().any(|line| line == ENDS) {
            // It had said so before it was struck.
        } else {
            assert!(
                status.code().is_none(),
                "{what}, round {round}: it ended by itself with {status}:\n{rest}"
            );
            kills += 1;
        }
        look(copy.path());
    }
    println!("\n{KILLED}{what} {kills} of {rounds}");
}

/// How long the act takes when nobody kills it.
fn calm(child: &str, made: &Path, look: &mut impl FnMut(&Path)) -> Duration {
    let copy = copied(made);
    let (mut running, mut out) = begun(child, copy.path());
    let began = Instant::now();
    let mut said = String::new();
    while said.trim_end() != ENDS {
        said.clear();
        assert!(out.read_line(&mut said).unwrap() > 0, "{child} fails where nobody kills it");
    }
    let took = began.elapsed();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut out, &mut rest).unwrap();
    assert!(running.wait().unwrap().success(), "{child} fails where nobody kills it: {rest}");
    look(copy.path());
    took
}

fn begun(child: &str, folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut running = Command::new(std::env::current_exe().unwrap())
        .args([child, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(running.stdout.take().unwrap());
    let mut said = String::new();
    while said.trim_end() != BEGINS {
        said.clear();
        assert!(out.read_line(&mut said).unwrap() > 0, "{child} never begins: is it the name of a test?");
    }
    (running, out)
}

fn copied(from: &Path) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let (path, to) = (entry.path(), to.join(entry.file_name()));
            if path.is_dir() {
                std::fs::create_dir(&to).unwrap();
                copy(&path, &to);
            } else {
                std::fs::copy(&path, &to).unwrap();
            }
        }
    }
    let to = tempfile::tempdir().unwrap();
    copy(from, to.path());
    to
}

/// The same whiles in every run.
struct Chance(u64);

impl Chance {
    fn of(what: &str) -> Self {
        let mix = |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(what.bytes().fold(0xcbf2_9ce4_8422_2325, mix) | 1)
    }

    /// A number from nought to one.
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
