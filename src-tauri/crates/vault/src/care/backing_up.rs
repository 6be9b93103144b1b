//! Backing up an open vault: the checkpoint before the copy, and the note of what became of it.

use sharewell_records::{Moment, Stamp};

use crate::access::Access;
use crate::care::backup::{Backup, Keep, rotate};
use crate::door::Vault;
use crate::door::local::Local;
use crate::{Result, Work};

impl Vault {
    /// Makes a backup under a signed checkpoint, verifies it, and lets go of the oldest.
    ///
    /// # Errors
    /// [`Error::DiskFull`](crate::Error::DiskFull), [`Error::ReadOnly`](crate::Error::ReadOnly),
    /// [`Error::Cancelled`](crate::Error::Cancelled), and [`Error::Damaged`](crate::Error::Damaged) naming the
    /// backup where the copy does not agree. Older backups are then untouched.
    pub fn backup(&mut self, stamp: &Stamp, keep: Keep) -> Result<Backup> {
        self.write(stamp, |w| w.sign_checkpoint())?;
        let made = self.beside(&Work::new())?.back_up(stamp.at)?;
        self.backed_up(&made, stamp.at, keep)?;
        Ok(made)
    }

    /// Takes note of a verified backup ([`Beside::back_up`](crate::Beside::back_up)) and lets go of the oldest.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) and the like where an old one cannot be removed.
    pub fn backed_up(&mut self, made: &Backup, at: Moment, keep: Keep) -> Result<()> {
        self.backup_failed = None;
        let mut local = Local::read(&self.dir);
        if local.backup_failed.take().is_some() {
            // The backup is there whether or not this can be written; the next one clears it again.
            let _ = local.write(&self.dir);
        }
        rotate(&self.dir, made, keep)?;
        self.log(at, None, &Access::BackedUp {})
    }

    /// Takes note that a backup which nobody waited for was not made, until one is. Where even that cannot be
    /// written, it is known until the vault closes.
    pub fn backup_missed(&mut self, at: Moment) {
        let since = *self.backup_failed.get_or_insert(at);
        let mut local = Local::read(&self.dir);
        if local.backup_failed.is_none() {
            local.backup_failed = Some(since);
            let _ = local.write(&self.dir);
        }
    }

    /// Since when no automatic backup could be made; none where the last one was.
    #[must_use]
    pub fn backup_failed(&self) -> Option<Moment> {
        self.backup_failed
    }
}
