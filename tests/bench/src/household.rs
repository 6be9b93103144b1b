//! A vault as work leaves it, for the use cases: families of the sample with their decisions and open duties.
//!
//! The other measurements fill a vault with statements alone, which is quick and shows the store. What a window asks
//! goes over duties, drafts, decisions and flags as well, so here everything was made by the use cases themselves.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use sharewell_casework::Secret;
use sharewell_records::{CaseId, DecisionId, Moment};
use sharewell_sample::{answer_plainly, create};
use sharewell_vault::{Vault, cases, tallies};
use tempfile::TempDir;

use crate::error::{Error, Result};

const PASSPHRASE: &str = "seven quiet otters cross the lane";
const SEED: u64 = 20_260_312;
/// Families of a vault that shows how many entries one leaves behind.
const PROBE: u32 = 16;
/// Files that the measurements walk over, the ones touched last.
const FILES: usize = 50;

/// A vault, a decision begun in it, and the files that are asked for.
pub struct Household {
    /// The vault, open.
    pub vault: Vault,
    /// Files with people, statements and decisions.
    pub files: Vec<CaseId>,
    /// A decision that is begun and not answered.
    pub begun: DecisionId,
    /// How many entries the vault holds.
    pub entries: u64,
    /// How many duties are open.
    pub duties: u64,
    clock: i64,
    _folder: TempDir,
}

impl Household {
    /// A vault of about so many entries in a temporary folder under `dir`.
    pub fn new(dir: &Path, entries: u64) -> Result<Self> {
        let (probe, _folder) = made(dir, PROBE)?;
        let each = (probe.tip().sequence.0 / u64::from(PROBE)).max(1);
        drop(probe);
        let families = u32::try_from(entries.div_ceil(each)).unwrap_or(u32::MAX);
        let (vault, folder) = made(dir, families.max(PROBE))?;
        let files: Vec<CaseId> =
            vault.read(|r| cases::page(r, None, FILES))?.into_iter().map(|row| row.case.record.id).collect();
        let duties = vault.read(tallies::outstanding)?;
        let entries = vault.tip().sequence.0;
        let begun = DecisionId(sharewell_vault::new_uuid());
        let mut made = Self { vault, files, begun, entries, duties, clock: 0, _folder: folder };
        made.begun = made.answered(0)?.decision;
        Ok(made)
    }

    /// The moment of the next act.
    pub fn now(&mut self) -> Moment {
        self.clock += 1;
        after(self.clock)
    }

    /// The file that a round is about.
    pub fn file(&self, round: usize) -> Result<CaseId> {
        self.files
            .get(round % self.files.len().max(1))
            .copied()
            .ok_or(Error::NotTheSame("a vault has no files"))
    }

    /// A decision answered to its advice, in the file of this round.
    pub fn answered(&mut self, round: usize) -> Result<sharewell_casework::views::OutcomeView> {
        let (case, now) = (self.file(round)?, self.now());
        Ok(answer_plainly(&mut self.vault, case, now)?)
    }
}

/// So many seconds after the sample's history has ended, on a weekday morning.
fn after(seconds: i64) -> Moment {
    let ended = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_524) + TimeDelta::hours(9);
    Moment((ended + TimeDelta::seconds(seconds)).fixed_offset())
}

fn made(dir: &Path, families: u32) -> Result<(Vault, TempDir)> {
    let folder = tempfile::Builder::new().prefix("sharewell-bench-").tempdir_in(dir)?;
    let passphrase = Secret::from(PASSPHRASE.to_owned());
    let home = folder.path().join("vault");
    std::fs::create_dir(&home)?;
    let vault = create(&home, &passphrase, families, SEED, after(0))?;
    Ok((vault, folder))
}
