//! Taking in: into the embedded store at least half as fast as bare inserts of the same rows, into PostgreSQL at least
//! half as fast as a bare COPY into the same tables; and what a thousand laptops come to.
//!
//! What counts is the store's part: the transaction in which a file is compared with what is held, kept and answered.
//! Decrypting and verifying is told beside it. Both sides write the same rows of `seen` and `entries` into tables with the
//! same keys and indexes, and both end with the same commit.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior, params};
use sharewell_exchange::EntryLine;
use sharewell_intake::store::{Embedded, Store as _};
use sharewell_records::payload_hash;

use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::laptop::Laptop;
use crate::memory::Begun;
use crate::report::{Budget, Line, Report, Unit};
use crate::timing::{Times, by_turns, ratio, timed};

const SEED: u64 = 20_260_312;
/// Above this a handover would pass what its own reader takes in at once.
const MOST: u64 = 100_000;
/// Entries of one of the many laptops: a few weeks of one practitioner.
const OF_ONE: u64 = 40;
/// As many laptops as hand over to one desk.
const LAPTOPS: u64 = 1_000;
/// Of how many the first and the last are compared.
const TENTH: u64 = 10;
const PRAGMAS: &str = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
    PRAGMA cell_size_check = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; \
    PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON;";

/// An entry as both sides store it, made ready before the clock starts.
pub struct Row {
    /// Chain and place.
    pub origin: String,
    /// See above.
    pub sequence: i64,
    /// The file that it stands in.
    pub case: Option<String>,
    /// Its kind.
    pub kind: String,
    /// Its header as JSON.
    pub header: String,
    /// Its payload's hash.
    pub payload_hash: [u8; 32],
    /// Its own hash.
    pub entry_hash: [u8; 32],
    /// Its salt.
    pub salt: [u8; 32],
    /// What was stored.
    pub stored: Vec<u8>,
}

/// The rows of a laptop's entries.
pub fn rows(laptop: &Laptop) -> Result<Vec<Row>> {
    let row = |line: &EntryLine| {
        let EntryLine::Whole { header, stored, salt } = line else {
            return Err(Error::NotTheSame("an entry of a laptop is not whole"));
        };
        Ok(Row {
            origin: header.origin.to_string(),
            sequence: i64::try_from(header.sequence.0).unwrap_or(i64::MAX),
            case: header.case.map(|case| case.to_string()),
            kind: header.kind.clone(),
            header: serde_json::to_string(header)?,
            payload_hash: payload_hash(salt, stored).0,
            entry_hash: line.hash()?.0,
            salt: *salt,
            stored: stored.clone(),
        })
    };
    laptop.lines().iter().map(row).collect()
}

/// What one size comes to, for whichever store.
pub struct Side {
    /// What the store's part took.
    pub stored: Times,
    /// What decrypting and verifying took.
    pub read: Times,
    /// What the bare side took.
    pub bare: Times,
}

/// How often at a size.
pub fn rounds(size: u64) -> usize {
    match size {
        0..=1_000 => 9,
        1_001..=10_000 => 5,
        _ => 2,
    }
}

/// Measures the embedded store at this size.
pub fn measure(dir: &Path, size: u64, report: &mut Report) -> Result<()> {
    if size > MOST {
        return Ok(());
    }
    let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
    let laptop = Laptop::new(SEED, size)?;
    let desk = Desk::of(std::iter::once(&laptop))?;
    let (file, rows) = (desk.given(&laptop, folder.path())?, rows(&laptop)?);
    drop(laptop);
    let mut reading = Times::default();
    let mut number = 0;
    let (stored, bare) = by_turns(
        rounds(size),
        &mut number,
        |number, _| {
            *number += 1;
            let home = folder.path().join(format!("ours-{number}"));
            std::fs::create_dir(&home)?;
            let mut store = Embedded::open(&home.join("intake.db"), &home.join("store.key"))?;
            let took = desk.take(&mut store, &file)?;
            reading.0.push(took.read());
            drop(store);
            std::fs::remove_dir_all(home)?;
            Ok(took.stored)
        },
        |number, _| {
            *number += 1;
            let home = folder.path().join(format!("bare-{number}"));
            std::fs::create_dir(&home)?;
            let took = bare_inserts(&home, &rows)?;
            std::fs::remove_dir_all(home)?;
            Ok(took)
        },
    )?;
    // The warm-up's readings stand first.
    let read = Times(reading.0.split_off(reading.0.len().saturating_sub(stored.0.len())));
    told(report, size, Side { stored, read, bare }, (INTO_SQLITE, READ_SQLITE));
    memory(&desk, folder.path(), &file, size, report)
}

const INTO_SQLITE: &str = "taking in: the store's part in SQLite, against bare inserts of the same rows";
const READ_SQLITE: &str = "taking in: decrypting and verifying, beside the store's part in SQLite";

/// The two lines of a store at a size.
pub fn told(report: &mut Report, size: u64, side: Side, (what, reading): (&'static str, &'static str)) {
    let each = |seconds: f64| seconds / size.max(1) as f64;
    let Side { stored, read, bare } = side;
    report.push(Line {
        what,
        entries: size,
        unit: Unit::MicrosecondsEach,
        ours: each(stored.median()),
        p95: None,
        limit: each(bare.median()),
        // How many times as fast as the bare side.
        ratio: ratio(&bare, &stored),
        budget: Budget::AtLeast(0.5),
    });
    report.push(Line {
        what: reading,
        entries: size,
        unit: Unit::MicrosecondsEach,
        ours: each(read.median()),
        p95: None,
        limit: each(stored.median()),
        ratio: ratio(&read, &stored),
        budget: Budget::None,
    });
}

/// The same rows in the same tables, which the intake itself made.
fn bare_inserts(home: &Path, rows: &[Row]) -> Result<Duration> {
    let (path, key) = (home.join("bare.db"), home.join("bare.key"));
    drop(Embedded::open(&path, &key)?);
    let key = std::fs::read_to_string(key)?;
    let mut db = Connection::open(path)?;
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.trim()))?;
    db.execute_batch(PRAGMAS)?;
    let took = timed(|| {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut seen =
                tx.prepare("INSERT INTO seen (origin, sequence, entry_hash) VALUES (?1, ?2, ?3)")?;
            for row in rows {
                seen.execute(params![row.origin, row.sequence, row.entry_hash])?;
            }
            let mut entries = tx.prepare(
                "INSERT INTO entries (origin, sequence, case_id, kind, header, payload_hash, salt, stored, file) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for row in rows {
                entries.execute(params![
                    row.origin,
                    row.sequence,
                    row.case,
                    row.kind,
                    row.header,
                    row.payload_hash,
                    row.salt,
                    row.stored,
                    row.entry_hash,
                ])?;
            }
        }
        Ok(tx.commit()?)
    })?
    .1;
    Ok(took)
}

/// Asks this program, started anew, what taking one file in takes in memory: the desk's folder, and the file.
pub const ALONE: &str = "--intake-memory";

/// What one file takes in memory, beside how large it is: in a program of its own, so that nothing that was freed before
/// hides it.
fn memory(desk: &Desk, dir: &Path, file: &Path, size: u64, report: &mut Report) -> Result<()> {
    desk.write_to(dir)?;
    let told = Command::new(std::env::current_exe()?).arg(ALONE).arg(dir).arg(file).output()?;
    if !told.status.success() {
        return Err(Error::NotTheSame("a program of its own did not take a handover in"));
    }
    // Nothing is printed where the system does not tell.
    let Ok(ours) = String::from_utf8_lossy(&told.stdout).trim().parse::<f64>() else { return Ok(()) };
    let limit = std::fs::metadata(file)?.len() as f64;
    report.push(Line {
        what: "taking in: memory above what was there, against the size of the file",
        entries: size,
        unit: Unit::Mebibytes,
        ours,
        p95: None,
        limit,
        ratio: ours / limit,
        budget: Budget::None,
    });
    Ok(())
}

/// The same, in that program: prints bytes.
pub fn alone(dir: &Path, file: &Path) -> Result<()> {
    let desk = Desk::read_from(dir)?;
    let mut store = Embedded::open(&dir.join("memory.db"), &dir.join("memory.key"))?;
    let Some(begun) = Begun::now() else { return Ok(()) };
    desk.take(&mut store, file)?;
    println!("{}", begun.most()?);
    Ok(())
}

/// As many laptops as are asked for, one after the other into one store: how quick the last tenth is beside the first,
/// and whether memory stays where it was.
pub fn laptops(dir: &Path, largest: u64, report: &mut Report) -> Result<()> {
    // A quick run has a quick one here too.
    let laptops = if largest > 1_000 { LAPTOPS } else { LAPTOPS / TENTH };
    let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
    let all = (0..laptops).map(|at| Laptop::new(SEED + at, OF_ONE)).collect::<Result<Vec<_>>>()?;
    let desk = Desk::of(all.iter())?;
    let files = all.iter().map(|one| desk.given(one, folder.path())).collect::<Result<Vec<_>>>()?;
    drop(all);
    let mut store = Embedded::open(&folder.path().join("intake.db"), &folder.path().join("store.key"))?;
    let tenth = usize::try_from(laptops / TENTH).unwrap_or(1).max(1);
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    let began = Instant::now();
    for part in files.chunks(tenth) {
        let memory = Begun::now();
        let began = Instant::now();
        for file in part {
            desk.take(&mut store, file)?;
        }
        times.push(began.elapsed().as_secs_f64() / (part.len() as u64 * OF_ONE) as f64);
        peaks.push(memory.and_then(|begun| begun.at_most()));
    }
    let (entries, whole) = (laptops * OF_ONE, began.elapsed().as_secs_f64());
    let held = store.files(sharewell_intake::store::Files::All)?.len() as u64;
    if held != laptops {
        return Err(Error::NotTheSame("not every laptop's handover is held"));
    }
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return Ok(()) };
    report.push(Line {
        what: "many laptops' handovers, one after another: an entry of the last tenth, against the first",
        entries,
        unit: Unit::MicrosecondsEach,
        ours: *last,
        p95: None,
        limit: *first,
        ratio: last / first,
        budget: Budget::AtMost(1.5),
    });
    report.push(Line {
        what: "many laptops' handovers: entries a second over all, against the first tenth",
        entries,
        unit: Unit::EntriesPerSecond,
        ours: entries as f64 / whole,
        p95: None,
        limit: 1.0 / first,
        ratio: entries as f64 / whole * first,
        budget: Budget::None,
    });
    // The second tenth against the last: in the first, caches fill for the first time.
    if let (Some(Some(early)), Some(Some(late))) = (peaks.get(1), peaks.last()) {
        let (early, late) = (*early as f64, *late as f64);
        report.push(Line {
            what: "many laptops' handovers: the most memory of the program in the last tenth, against the second",
            entries,
            unit: Unit::Mebibytes,
            ours: late,
            p95: None,
            limit: early,
            ratio: late / early,
            budget: Budget::AtMost(1.25),
        });
    }
    Ok(())
}
