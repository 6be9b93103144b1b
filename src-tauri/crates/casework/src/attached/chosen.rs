//! A file that somebody chose, outside the vault.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use sharewell_records::{MOST_ATTACHED, can_be_seen, cleaned};
use sharewell_vault::NotTaken;

use crate::error::{Error, Result};
use crate::input::LONGEST_NAME;

/// What a file is called: its own name alone, never where it lay, without what turns or hides letters.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = cleaned(&name).split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(LONGEST_NAME).collect();
    if can_be_seen(&name) { name } else { String::new() }
}

/// A file that somebody chose. Only a regular one is opened: a pipe would wait for ever.
pub(super) struct Chosen {
    file: File,
    about: Metadata,
    /// Why it could not be read on, where that is what went wrong.
    pub(super) failed: Option<io::ErrorKind>,
}

impl Chosen {
    /// Opens it, and refuses at once what would be refused at the end.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let not_read = |error: io::Error| Error::NotRead(error.kind());
        if !std::fs::metadata(path).map_err(not_read)?.is_file() {
            return Err(Error::NotRead(io::ErrorKind::InvalidInput));
        }
        let file = File::open(path).map_err(not_read)?;
        let about = file.metadata().map_err(not_read)?;
        let why = match about.len() {
            0 => Some(NotTaken::Empty),
            size if size > MOST_ATTACHED => Some(NotTaken::TooLarge),
            _ => None,
        };
        match why {
            Some(why) => Err(sharewell_vault::Error::NotTaken(why).into()),
            None => Ok(Self { file, about, failed: None }),
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.about.len()
    }

    /// Whether somebody wrote to it since it was opened.
    pub(super) fn was_written_to(&self) -> Result<bool> {
        let now = self.file.metadata().map_err(|error| Error::NotRead(error.kind()))?;
        let times = |about: &Metadata| about.modified().ok();
        Ok(now.len() != self.about.len() || times(&now) != times(&self.about))
    }
}

impl Read for Chosen {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into);
        if let Err(error) = &read
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.failed = Some(error.kind());
        }
        read
    }
}
