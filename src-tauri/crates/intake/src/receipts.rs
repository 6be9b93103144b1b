//! Receipts as files, to be given to whoever handed over.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::store::FileRow;
use crate::{Error, Result};

/// The ending of their names.
pub const ENDING: &str = "sharewell-receipt";

/// Where the receipt of a file stands in a folder.
#[must_use]
pub fn path(folder: &Path, row: &FileRow) -> PathBuf {
    let hash = row.sha256.to_string();
    folder.join(format!("{}.{ENDING}", hash.get(..32).unwrap_or(&hash)))
}

/// Writes the receipt of a file into a folder, in place of an earlier one for the same file. Its name is the beginning
/// of the file's SHA-256, which names nobody.
///
/// # Errors
/// [`Error::File`].
pub fn write(folder: &Path, row: &FileRow) -> Result<PathBuf> {
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let path = path(folder, row);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(&path))?;
    file.write_all(&row.receipt).map_err(Error::file(&path))?;
    file.as_file().sync_all().map_err(Error::file(&path))?;
    file.persist(&path).map_err(|error| Error::file(&path)(error.error))?;
    Ok(path)
}
