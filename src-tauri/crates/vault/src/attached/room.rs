//! Room kept on the disk while a paper comes in. A database that has filled its disk to the last byte can give nothing
//! back: that is written before it is taken off.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::bytes::random;
use crate::{Result, files};

/// What the log of the database may need to take a paper back, twice over.
const KEPT: usize = 8 << 20;

/// A file of noise beside the database. It goes when it is let go of, and at the next opening.
pub(super) struct Room(Option<PathBuf>);

impl Room {
    /// Keeps room beside a database.
    ///
    /// # Errors
    /// [`crate::Error::DiskFull`] and the like: then nothing has come in yet.
    pub(super) fn keep(db: &Connection) -> Result<Self> {
        let Some(database) = db.path().filter(|path| !path.is_empty()) else { return Ok(Self(None)) };
        let path = Path::new(database).with_file_name(files::ROOM);
        let room = Self(Some(path.clone()));
        let mut file = File::create(path)?;
        // A file system that makes small what repeats itself keeps none of noughts.
        let noise = random::<4096>()?;
        for _ in 0..KEPT / noise.len() {
            file.write_all(&noise)?;
        }
        file.sync_data()?;
        Ok(room)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = fs::remove_file(path);
        }
    }
}

/// Gives back the room that a kill left kept.
pub(crate) fn give_up(vault: &Path) {
    // Where it cannot be removed it is eight megabytes of noise, and nothing depends on it.
    let _ = fs::remove_file(vault.join(files::ROOM));
}
