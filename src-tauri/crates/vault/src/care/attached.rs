//! Papers taken in beside the open vault.

use std::io::Read;

use sharewell_records::AttachmentId;

use crate::Result;
use crate::attached::{self, Taken};
use crate::care::beside::Beside;
use crate::door::Vault;

impl Beside {
    /// Takes a paper in, piece by piece, beside the open vault. An entry `attachment_added` makes it stand; until then
    /// it is nowhere. `size` is what the file says that it has.
    ///
    /// # Errors
    /// [`Error::NotTaken`](crate::Error::NotTaken) where it is nothing that a file keeps;
    /// [`Error::DiskFull`](crate::Error::DiskFull), [`Error::Cancelled`](crate::Error::Cancelled) and the like.
    /// Nothing of it is left then.
    pub fn take_in(&self, id: AttachmentId, from: &mut impl Read, size: u64) -> Result<Taken> {
        self.look_no_more()?;
        attached::take(&self.second_for_writing()?, self.work(), id, from, size)
    }

    /// Takes back what was taken in and is not wanted after all.
    ///
    /// # Errors
    /// [`Error::DiskFull`](crate::Error::DiskFull) and the like; it then goes at the next opening.
    pub fn give_up(&self, id: AttachmentId) -> Result<()> {
        attached::give_up(&self.second_for_writing()?, id)
    }
}

impl Vault {
    /// Takes back a paper that was taken in and for which no entry vouches.
    ///
    /// # Errors
    /// [`Error::DiskFull`](crate::Error::DiskFull) and the like; it then goes at the next opening.
    pub fn give_up(&mut self, id: AttachmentId) -> Result<()> {
        attached::give_up(&self.db, id)
    }
}
