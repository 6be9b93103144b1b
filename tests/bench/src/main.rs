//! What Sharewell promises about speed, measured.
//!
//! Every budget is a ratio to a limit that is measured in the same run, turn by turn with what it limits:
//! the same rows written by hand, the bare index query, the key derivation alone, age and tar and SHA-256
//! alone. So a slow machine, or a busy one, moves both sides. A budget that is missed is reported and is no
//! failure of the run. Nothing here is a test: what a figure must be is said in `report.rs` and in
//! `docs/measurements.md`.

mod attached;
mod beside;
mod by_hand;
#[cfg(unix)]
mod copied;
mod corpus;
mod desk;
mod error;
mod handover;
mod household;
mod intake;
mod laptop;
mod memory;
mod report;
mod save;
mod search;
#[cfg(unix)]
#[path = "../../../src-tauri/crates/intake/tests/support/server.rs"]
#[allow(missing_docs)]
mod server;
mod sharing;
mod timing;
mod typeset;
mod unlock;
mod use_cases;
mod window;
mod world;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use error::{Error, Result};
use household::Household;
use report::{Growth, Report};
use world::World;

const HELP: &str = "\
Measures speed against the limit in the same run and prints a table.

  --full        also at 1,000,000 entries (some ten minutes)
  --quick       only at 1,000 entries
  --only WHAT   only store, use-cases, window, intake or sharing; several with a comma between
  --json FILE   the figures for a program to read
  --dir DIR     where the vaults stand while it runs; on a real disk (default: the target folder)

It exits with 0 also where a budget does not hold, and with 1 where it could not measure.";

/// Larger vaults are filled with statements alone: living through their years would take the better part of a day.
const USE_CASES_UP_TO: u64 = 100_000;

/// What there is to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The vault alone: save, search, handover, opening, building anew.
    Store,
    /// What a window asks and does.
    UseCases,
    /// How soon the window is ready.
    Window,
    /// What an agency takes in, and how quickly.
    Intake,
    /// What is asked before something is shared, and its paper; a large file; a paper of fifty megabytes; another
    /// passphrase.
    Sharing,
}

impl What {
    fn named(word: &str) -> Option<Self> {
        match word {
            "store" => Some(Self::Store),
            "use-cases" => Some(Self::UseCases),
            "window" => Some(Self::Window),
            "intake" => Some(Self::Intake),
            "sharing" => Some(Self::Sharing),
            _ => None,
        }
    }
}

struct Options {
    sizes: Vec<u64>,
    /// Everything, where none is named.
    only: Vec<What>,
    json: Option<PathBuf>,
    dir: PathBuf,
}

fn main() -> ExitCode {
    let mut asked = std::env::args_os().skip(1);
    let first = asked.next().unwrap_or_default();
    let mut path = || asked.next().map(PathBuf::from).unwrap_or_default();
    if first == sharing::PAPER_ALONE {
        return ended(sharing::paper_alone(&path()));
    }
    if first == intake::ALONE {
        return ended(intake::alone(&path(), &path()));
    }
    match options(std::env::args().skip(1)) {
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Some(options)) => ended(run(&options)),
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}

fn ended(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("It could not be measured: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments; none where help was asked for.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>> {
    let mut options = Options {
        sizes: vec![1_000, 10_000, 100_000],
        only: Vec::new(),
        json: None,
        dir: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().map(PathBuf::from).ok_or(Error::Argument(argument.clone()));
        match argument.as_str() {
            "--full" => options.sizes.push(1_000_000),
            "--quick" => options.sizes.truncate(1),
            "--only" => {
                let words = value()?.to_string_lossy().into_owned();
                for word in words.split(',') {
                    options.only.push(What::named(word).ok_or(Error::Argument(words.clone()))?);
                }
            }
            "--json" => options.json = Some(value()?),
            "--dir" => options.dir = value()?,
            "--help" | "-h" => return Ok(None),
            _ => return Err(Error::Argument(argument)),
        }
    }
    Ok(Some(options))
}

fn run(options: &Options) -> Result<()> {
    // A fresh checkout whose build lies elsewhere has no such folder yet.
    std::fs::create_dir_all(&options.dir)?;
    let wanted = |what: What| options.only.is_empty() || options.only.contains(&what);
    let mut world = World::new(&options.dir)?;
    let mut report = Report::new(world.dir());
    let mut growth = Growth::default();
    for &size in &options.sizes {
        if wanted(What::Store) {
            store(&mut world, size, &mut report, &mut growth)?;
        }
        if wanted(What::UseCases) && size <= USE_CASES_UP_TO {
            use_cases(&options.dir, size, &mut report, &mut growth)?;
        }
    }
    growth.judge(&mut report);
    let mut left_out = Vec::new();
    if wanted(What::Sharing) {
        said(sharing::ITEMS, "judging, sharing and looking at a large file");
        sharing::measure(&options.dir, &mut report)?;
    }
    if wanted(What::Intake) {
        let no_server = taking_in(options, &mut report)?;
        left_out.extend(no_server.map(|why| ("taking in into PostgreSQL", why)));
    }
    if wanted(What::Window) {
        let no_window = window::measure(&options.dir, &mut report)?;
        left_out.extend(no_window.map(|why| ("how soon the window is ready", why)));
    }
    println!("{report}");
    for (what, why) in left_out {
        println!("\nNot measured: {what}. {why}");
    }
    if let Some(file) = &options.json {
        std::fs::write(file, report.json()?)?;
    }
    Ok(())
}

fn store(world: &mut World, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    said(size, "filling");
    world.fill(size)?;
    said(size, "saving");
    save::measure(world, size, report, growth)?;
    said(size, "taking papers in and giving them out");
    attached::measure(world, size, report)?;
    said(size, "searching");
    search::measure(world, size, report, growth)?;
    said(size, "handing over");
    handover::measure(world, size, report)?;
    said(size, "saving and locking beside long work");
    beside::measure(world, size, report)?;
    said(size, "opening");
    unlock::measure(world, size, report, growth)?;
    said(size, "building every table anew");
    unlock::rebuild(world, size, growth)
}

/// Says why PostgreSQL was left out, where it was.
fn taking_in(options: &Options, report: &mut Report) -> Result<Option<String>> {
    for &size in &options.sizes {
        said(size, "taking in into the embedded store");
        intake::measure(&options.dir, size, report)?;
    }
    let largest = options.sizes.iter().copied().max().unwrap_or(0);
    said(largest, "taking in into PostgreSQL");
    #[cfg(unix)]
    let left_out = copied::measure(&options.dir, &options.sizes, report)?;
    #[cfg(not(unix))]
    let left_out = Some("It takes the system's own server, which is started on Linux alone.".to_owned());
    said(largest, "many laptops hand over");
    intake::laptops(&options.dir, largest, report)?;
    Ok(left_out)
}

fn use_cases(dir: &Path, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    said(size, "living through the days of a practitioner");
    let mut home = Household::new(dir, size)?;
    let (entries, duties) = (report::grouped(home.entries), report::grouped(home.duties));
    said(size, &format!("the window's use cases, in {entries} entries with {duties} open duties"));
    use_cases::measure(&mut home, size, report, growth)
}

/// Tells on standard error what goes on, so that the table alone is on standard output.
fn said(size: u64, what: &str) {
    eprintln!("{} entries: {what} …", report::grouped(size));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Option<Options>> {
        options(arguments.iter().map(|a| (*a).to_owned()))
    }

    #[test]
    fn the_million_is_asked_for_by_name() {
        assert_eq!(parsed(&[]).unwrap().unwrap().sizes, [1_000, 10_000, 100_000]);
        assert_eq!(parsed(&["--full"]).unwrap().unwrap().sizes, [1_000, 10_000, 100_000, 1_000_000]);
    }

    #[test]
    fn one_part_or_several_can_be_measured_alone() {
        assert!(parsed(&[]).unwrap().unwrap().only.is_empty(), "everything");
        let only = parsed(&["--only", "intake,sharing"]).unwrap().unwrap().only;
        assert_eq!(only, [What::Intake, What::Sharing]);
    }

    #[test]
    fn an_argument_that_is_not_known_or_lacks_its_value_is_named() {
        for bad in
            [&["--fulll"][..], &["--json"], &["--only"], &["--only", "nothing"], &["--only", "store,no"]]
        {
            assert!(
                parsed(bad).is_err_and(|error| bad.iter().any(|word| error.to_string().contains(word))),
                "{bad:?}"
            );
        }
    }
}
