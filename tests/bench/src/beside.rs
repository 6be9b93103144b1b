//! While a check, a backup, a handover or a paper runs: how long a save takes, and how long a lock.
//!
//! Both are promised within a second at every size. What is told is the longest of a few. A lock is what the window
//! does: the work is stopped and given a moment to end, then the vault is closed; opening it again does not count.

use std::path::PathBuf;
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::Long;
use sharewell_casework::maintenance::{BackUp, Check};
use sharewell_casework::paper::SaveFile;
use sharewell_casework::views::HandoverAsk;
use sharewell_exchange::keys::Identity;
use sharewell_records::CaseId;
use sharewell_vault::{Error as VaultError, Work, cases};

use crate::corpus::moment;
use crate::error::{Error, Result};
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{Times, timed};
use crate::world::World;

/// Saves while one piece of work runs, and locks of each kind.
const SAVES: usize = 20;
const LOCKS: usize = 3;
/// Work that was stopped has this long to end, as the window gives it; then the vault is closed all the same.
const STOPPING: Duration = Duration::from_millis(400);
/// How long work is waited for to say that it has begun; what is one single step never says so before its end.
const BEGINNING: Duration = Duration::from_millis(50);
const LOOK: Duration = Duration::from_micros(200);
/// The promise, in seconds.
const SECOND: f64 = 1.0;
/// Above this a handover would pass what its own reader takes in at once.
const MOST: u64 = 100_000;

/// What the two lines of a piece of work are called.
type Named = (&'static str, &'static str);

macro_rules! named {
    ($($name:ident = $said:literal;)*) => {
        $(const $name: Named = (
            concat!("the longest save while ", $said, ", against one second"),
            concat!("the longest lock while ", $said, ", against one second"),
        );)*
    };
}
named! {
    CHECK = "the vault is checked";
    BACKUP = "a backup is made";
    HANDOVER = "everything is handed over";
    PAPER = "a file's paper is set";
}

/// Measures saves and locks beside each kind of long work at the present size.
pub fn measure(world: &mut World, size: u64, report: &mut Report) -> Result<()> {
    if size > MOST {
        return Ok(());
    }
    let cases: Vec<CaseId> =
        world.vault()?.read(cases::list)?.into_iter().map(|row| row.case.record.id).collect();
    let case = cases.first().copied().ok_or(Error::NotTheSame("a vault has no files"))?;
    let to = |name: &str| -> PathBuf { world.dir().join(name) };
    let (file, paper) = (to("beside.sharewell"), to("beside.pdf"));
    let vault = world.vault_mut()?;
    let now = moment(size);
    let agency = handover::ensure_recipient(vault, &Identity::generate().recipient().to_string(), now)?;
    let mut hand_over = HandOver::new(HandoverAsk::of(&cases, &agency), file);
    // Frozen in the vault itself, so that a save waits for it; a lock does not, it takes it back.
    let frozen = timed(|| Ok(hand_over.begin(vault, now)?))?.1.as_secs_f64();

    let mut told = |what: &'static str, ours: f64| {
        report.push(Line {
            what,
            entries: size,
            unit: Unit::Milliseconds,
            ours,
            p95: None,
            limit: SECOND,
            ratio: ours / SECOND,
            budget: Budget::AtMost(1.0),
        });
    };
    told("everything is frozen for a handover, against one second", frozen);
    let mut both_told = |(save, lock): Named, (saved, locked): (f64, f64)| {
        told(save, saved);
        told(lock, locked);
    };
    both_told(CHECK, both(world, &Check)?);
    both_told(BACKUP, both(world, &BackUp::here())?);
    both_told(HANDOVER, both(world, &hand_over)?);
    both_told(PAPER, both(world, &SaveFile { case, path: paper })?);
    Ok(())
}

/// The longest save and the longest lock beside one kind of work, in seconds.
fn both<L: Long + Clone + Send + 'static>(world: &mut World, long: &L) -> Result<(f64, f64)> {
    let saves = saves(world, long)?;
    let mut locks = Times::default();
    for _ in 0..LOCKS {
        locks.0.push(lock(world, long)?);
    }
    Ok((saves.at(1.0), locks.at(1.0)))
}

/// Work that has begun on a thread of its own.
struct Begun {
    work: Work,
    thread: std::thread::JoinHandle<Result<()>>,
}

impl Begun {
    fn new<L: Long + Clone + Send + 'static>(world: &World, long: &L) -> Result<Self> {
        let work = Work::new();
        let (beside, long, now) = (world.vault()?.beside(&work)?, long.clone(), moment(0));
        let thread = spawn(move || match long.run(beside, now) {
            Ok(_) => Ok(()),
            Err(error) if stopped(&error) => Ok(()),
            Err(error) => Err(error.into()),
        });
        let begun = Self { work, thread };
        begun.wait(BEGINNING, |begun| begun.work.progress().0 > 0);
        Ok(begun)
    }

    /// Waits until the work has ended or something else holds, or until it took too long.
    fn wait(&self, at_most: Duration, or: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !self.thread.is_finished() && !or(self) && began.elapsed() < at_most {
            sleep(LOOK);
        }
    }

    fn end(self) -> Result<()> {
        self.work.stop();
        self.thread.join().unwrap_or(Err(Error::NotTheSame("work ended in the middle")))
    }
}

/// Whether work ended since it was stopped; a handover says besides that its file was not written.
fn stopped(error: &sharewell_casework::Error) -> bool {
    match error {
        sharewell_casework::Error::Vault(VaultError::Cancelled) => true,
        sharewell_casework::Error::Unwritten { why, .. } => stopped(why),
        _ => false,
    }
}

fn saves<L: Long + Clone + Send + 'static>(world: &mut World, long: &L) -> Result<Times> {
    let (ours, hand): (Vec<_>, Vec<_>) =
        (0..SAVES).map(|_| world.next()).collect::<Result<Vec<_>>>()?.into_iter().unzip();
    let begun = Begun::new(world, long)?;
    let mut times = Times::default();
    for (at, next) in ours.chunks(1).enumerate() {
        if at > 0 && begun.thread.is_finished() {
            // What is saved after the work says nothing of saving beside it.
            break;
        }
        times.0.push(timed(|| world.save(next))?.1);
    }
    begun.end()?;
    // Both sides go on holding the same.
    world.by_hand.write(hand.get(..times.0.len()).unwrap_or_default())?;
    Ok(times)
}

fn lock<L: Long + Clone + Send + 'static>(world: &mut World, long: &L) -> Result<Duration> {
    let begun = Begun::new(world, long)?;
    let took = timed(|| {
        begun.work.stop();
        begun.wait(STOPPING, |_| false);
        world.close()
    })?
    .1;
    begun.end()?;
    world.unlock_by_code()?;
    Ok(took)
}
