//! Writing a file where the practitioner chose to have it, and reading one that they chose.
//!
//! The bytes go to a new name in the same folder, are flushed to the disk, and then take the chosen name, so
//! that a full disk or a power cut leaves what was there before, and never half a file.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Removes the unfinished file unless it took its name.
struct Unfinished {
    path: PathBuf,
    done: bool,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.done {
            // Nothing better can be done with a file that cannot be removed; it holds what the chosen one would.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Writes a file through `fill` and gives back what `fill` gave.
pub(crate) fn file<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let io = |error: std::io::Error| Error::NotWritten(error.kind());
    let Some(name) = path.file_name() else {
        return Err(Error::NotWritten(std::io::ErrorKind::InvalidInput));
    };
    let mut unfinished_name = OsString::from(".");
    unfinished_name.push(name);
    unfinished_name.push(format!(".{}.part", uuid::Uuid::now_v7().simple()));
    let mut unfinished = Unfinished { path: path.with_file_name(unfinished_name), done: false };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = BufWriter::with_capacity(1 << 16, options.open(&unfinished.path).map_err(io)?);
    let given = fill(&mut out)?;
    let out = out.into_inner().map_err(|error| io(error.into_error()))?;
    out.sync_all().map_err(io)?;
    drop(out);
    std::fs::rename(&unfinished.path, path).map_err(io)?;
    unfinished.done = true;
    sync_folder(path);
    Ok(given)
}

/// Writes bytes.
pub(crate) fn bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    file(path, |out| out.write_all(bytes).map_err(|error| Error::NotWritten(error.kind())))
}

/// Reads a file that somebody chose, and one byte more than it may have at most, so that whoever looks at it can
/// tell that it is too large.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| Error::NotRead(error.kind());
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(Error::NotRead(std::io::ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Makes the new name durable. Some file systems have no such thing for a folder; the file itself is safe.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_finished_leaves_the_earlier_one_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        std::fs::write(&path, b"earlier").unwrap();
        let outcome: Result<()> = file(&path, |out| {
            out.write_all(b"half").unwrap();
            Err(Error::NothingChosen)
        });
        assert!(matches!(outcome, Err(Error::NothingChosen)));
        assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no piece is left behind");
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_to_be_the_trouble() {
        let dir = tempfile::tempdir().unwrap();
        let error = bytes(&dir.path().join("nowhere/x.pdf"), b"x").unwrap_err();
        assert!(matches!(error, Error::NotWritten(std::io::ErrorKind::NotFound)), "{error}");
    }

    #[test]
    fn a_finished_file_takes_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("summary.pdf");
        bytes(&path, b"whole").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
    }
}
