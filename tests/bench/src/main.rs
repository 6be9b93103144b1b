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
mod corpus;
mod error;
mod handover;
mod household;
mod report;
mod save;
mod search;
mod timing;
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
  --only WHAT   only store, use-cases or window
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
}

impl What {
    fn named(word: &str) -> Option<Self> {
        match word {
            "store" => Some(Self::Store),
            "use-cases" => Some(Self::UseCases),
            "window" => Some(Self::Window),
            _ => None,
        }
    }
}

struct Options {
    sizes: Vec<u64>,
    only: Option<What>,
    json: Option<PathBuf>,
    dir: PathBuf,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)) {
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Some(options)) => match run(&options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("It could not be measured: {error}");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments; none where help was asked for.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>> {
    let mut options = Options {
        sizes: vec![1_000, 10_000, 100_000],
        only: None,
        json: None,
        dir: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().map(PathBuf::from).ok_or(Error::Argument(argument.clone()));
        match argument.as_str() {
            "--full" => options.sizes.push(1_000_000),
            "--quick" => options.sizes.truncate(1),
            "--only" => {
                let word = value()?.to_string_lossy().into_owned();
                options.only = Some(What::named(&word).ok_or(Error::Argument(word))?);
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
    let wanted = |what: What| options.only.is_none_or(|only| only == what);
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
    let left_out = if wanted(What::Window) { window::measure(&options.dir, &mut report)? } else { None };
    println!("{report}");
    if let Some(why) = left_out {
        println!("\nNot measured: how soon the window is ready. {why}");
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
    fn an_argument_that_is_not_known_or_lacks_its_value_is_named() {
        for bad in [&["--fulll"][..], &["--json"], &["--only"], &["--only", "nothing"]] {
            assert!(
                parsed(bad).is_err_and(|error| bad.iter().any(|word| error.to_string().contains(word))),
                "{bad:?}"
            );
        }
    }
}
