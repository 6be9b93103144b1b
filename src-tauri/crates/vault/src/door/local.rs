//! `vault.local`: courtesies that must work before the vault is open.
//!
//! Plain text without case data: how many tries went wrong, which wait to be told in the access log, the
//! numbers to ring in an emergency, since when no automatic backup could be made, and when the vault was last in use. Anyone can delete it, so
//! it is a courtesy and not a defence; a file that cannot be read counts as none. Nothing is ever wiped for
//! wrong tries (H5).

use std::path::Path;

use serde::{Deserialize, Serialize};
use sharewell_records::{ClockDoubt, Moment, clock_doubt};

use crate::{Error, Result, files};

/// Tries without any wait.
const FREE: u32 = 3;
/// Seconds to wait after the tries that follow; the last one holds from then on.
const WAITS: [u32; 6] = [5, 15, 60, 300, 900, 1800];
const LIMIT: u64 = 64 * 1024;
const MOST_PENDING: usize = 100;

/// A number that the lock screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyNumber {
    /// Whose number it is.
    pub label: String,
    /// The number.
    pub number: String,
}

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Local {
    /// Wrong tries since the last right one.
    #[serde(default)]
    pub failed: u32,
    /// The last wrong try.
    #[serde(default)]
    pub last: Option<Moment>,
    /// Wrong tries that the access log does not know yet.
    #[serde(default)]
    pub pending: Vec<Moment>,
    /// Numbers to ring.
    #[serde(default)]
    pub emergency: Vec<EmergencyNumber>,
    /// When the automatic backup failed, until one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_failed: Option<Moment>,
    /// When the vault was last in use, by a clock that was not in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Moment>,
}

impl Local {
    pub(crate) fn read(dir: &Path) -> Self {
        files::read_small(&dir.join(files::LOCAL), LIMIT, "local file")
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|_| Error::Stored { what: "local file" })?;
        files::replace(&dir.join(files::LOCAL), &bytes)
    }

    /// The wait after so many wrong tries.
    fn wait_after(failed: u32) -> u32 {
        match failed.checked_sub(FREE) {
            None | Some(0) => 0,
            Some(over) => {
                let at = usize::try_from(over).unwrap_or(usize::MAX).saturating_sub(1).min(WAITS.len() - 1);
                WAITS.get(at).copied().unwrap_or(0)
            }
        }
    }

    /// Seconds until a try is taken. A clock that was set back cannot lock anybody out: the wait then
    /// counts from now.
    pub(crate) fn wait(&mut self, now: Moment) -> u32 {
        let wait = Self::wait_after(self.failed);
        let Some(last) = self.last else { return 0 };
        if now < last {
            self.last = Some(now);
            return wait;
        }
        let passed = u32::try_from((now.0 - last.0).num_seconds()).unwrap_or(u32::MAX);
        wait.saturating_sub(passed)
    }

    /// Counts a wrong try and returns the wait before the next.
    pub(crate) fn fail(&mut self, now: Moment) -> u32 {
        self.failed = self.failed.saturating_add(1);
        self.last = Some(now);
        if self.pending.len() < MOST_PENDING {
            self.pending.push(now);
        }
        Self::wait_after(self.failed)
    }
}

/// The emergency numbers of a vault that may be locked. Empty where none are set.
#[must_use]
pub fn emergency_numbers(dir: &Path) -> Vec<EmergencyNumber> {
    Local::read(dir).emergency
}

/// Whether the computer's clock can be right, before the vault is open: the moment when it was last in use, where it
/// cannot. Nothing is written.
#[must_use]
pub fn clock_in_doubt(dir: &Path, now: Moment) -> Option<(ClockDoubt, Option<Moment>)> {
    let used = Local::read(dir).used;
    clock_doubt(now, used).map(|doubt| (doubt, used))
}

/// Seconds until the next try of a secret is taken, 0 for none. Nothing is written.
#[must_use]
pub fn wait_seconds(dir: &Path, now: Moment) -> u32 {
    Local::read(dir).wait(now)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(second: i64) -> Moment {
        Moment(chrono::DateTime::from_timestamp(1_780_000_000 + second, 0).unwrap().fixed_offset())
    }

    #[test]
    fn three_tries_are_free_and_then_it_slows_down_without_end_and_without_loss() {
        let mut local = Local::default();
        let waits: Vec<u32> = (0..11).map(|n| local.fail(at(n))).collect();
        assert_eq!(waits, [0, 0, 0, 5, 15, 60, 300, 900, 1800, 1800, 1800]);
    }

    #[test]
    fn the_wait_survives_a_restart_and_ends() {
        let dir = tempfile::tempdir().unwrap();
        let mut local = Local::default();
        (0..4).for_each(|_| {
            local.fail(at(0));
        });
        local.write(dir.path()).unwrap();
        assert_eq!(
            wait_seconds(dir.path(), at(1)),
            4,
            "whoever asks is told, and the asking changes nothing"
        );
        let mut again = Local::read(dir.path());
        assert_eq!(again.wait(at(2)), 3, "counted from the wrong try, not from the restart");
        assert_eq!(again.wait(at(5)), 0);
    }

    #[test]
    fn a_clock_that_was_wrong_locks_nobody_out() {
        let mut local = Local::default();
        (0..6).for_each(|_| {
            local.fail(at(1_000_000));
        });
        assert_eq!(local.wait(at(0)), 60, "the clock was set back by days; the wait counts from now");
        assert_eq!(local.wait(at(60)), 0);
    }

    #[test]
    fn a_broken_file_is_no_file() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(files::LOCAL), b"{\"failed\": \"many\"").unwrap();
        assert_eq!(Local::read(dir.path()), Local::default());
    }
}
