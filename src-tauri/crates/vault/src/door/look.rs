//! Looking into a vault without writing a byte where it lies: into a backup, or into a vault in a place that cannot
//! be written to.
//!
//! Database, log and what stands beside them are copied as they are, encrypted, into a private folder, and the copy
//! is opened. SQLite cannot read a write-ahead log where nothing can be written, and where it is told that a file
//! never changes it leaves the log unread, and with it the newest entries. The copy goes when the look ends; one that
//! a kill left behind goes with the next look or the next start.

use std::path::Path;

use sharewell_records::Moment;

use crate::care::agreement::HeadState;
use crate::care::backup;
use crate::door::copied::Copied;
use crate::door::keys::{Keys, Secret};
use crate::door::lockfile::Lock;
use crate::door::opening::assemble;
use crate::door::vault::Vault;
use crate::{Error, Part, Result, Work, files};

impl Vault {
    /// Opens a copy of what lies in a folder, to look at it. Nothing is written there, not into its access log
    /// either, and nothing can be written into the copy: every act is refused with [`Error::ReadOnly`].
    ///
    /// # Errors
    /// As [`Vault::unlock`]; [`Error::Damaged`] naming the backup where it is one and does not hold what it says.
    pub fn look(dir: &Path, with: &Secret, now: Moment, work: &Work) -> Result<Self> {
        if dir.join(files::ENDING).exists() {
            return Err(Error::Ended);
        }
        files::must_be_whole(dir)?;
        let others = Lock::watch(dir)?;
        let keys = Keys::read(&dir.join(files::KEYS))?;
        // No wait is kept: it would be written here, and whoever holds a copy needs no program to try.
        let key = keys.unwrap(with)?.ok_or_else(|| with.wrong())?;
        let mut copy = Copied::of(dir)?;
        drop(others);
        let lock = copy.give_lock()?;
        let mut vault = assemble(copy.dir(), lock, keys, key, now, work, None)?;
        if backup::is_one(dir) {
            // A backup has no head of its own. What it says of itself stands in its manifest.
            if !backup::holds_what_it_says(dir, &vault.db)? {
                return Err(Error::Damaged { part: Part::Backup });
            }
            vault.head.write_both(&vault.marks.head())?;
            vault.opening.head = HeadState::Agrees;
        }
        // Nothing can be written into a look, so nothing is owed.
        vault.owed.clear();
        vault.looked = Some(copy);
        Ok(vault)
    }

    /// Whether this is only a look: nothing can be written, and what is looked at is not logged.
    #[must_use]
    pub fn is_looked_at(&self) -> bool {
        self.looked.is_some()
    }
}
