//! POSIX ustar, as small as it can be: regular files in, regular files and folders out.
//!
//! Written with fixed owner, mode and time, so that the same contents give the same bytes. Read strictly:
//! no links, devices, long-name or pax extensions, and nothing after the end but zeros, so that a hostile
//! archive has nothing to play with.

use std::io::{Read, Write};

use tar::{EntryType, Header};

use crate::error::shown;
use crate::{Error, Result};

const BLOCK: usize = 512;

/// A reader's limit on the whole file, as it comes up through the layers below.
#[derive(Debug, thiserror::Error)]
#[error("larger than {0} bytes")]
pub(crate) struct Bounded(pub(crate) u64);

/// Writes the header of a regular file; its bytes and [`pad`] follow.
pub(crate) fn begin(out: &mut impl Write, path: &str, size: u64, mtime: u64) -> Result<()> {
    let mut header = Header::new_ustar();
    header.set_path(path).map_err(|_| Error::BadPath { path: shown(path) })?;
    header.set_size(size);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(mtime);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    out.write_all(header.as_bytes())?;
    Ok(())
}

/// Fills up to a whole block.
pub(crate) fn pad(out: &mut impl Write, size: u64) -> Result<()> {
    let over = usize::try_from(size % BLOCK as u64).unwrap_or(0);
    if over > 0 {
        out.write_all([0; BLOCK].get(over..).unwrap_or_default())?;
    }
    Ok(())
}

/// Writes the end of the archive.
pub(crate) fn end(out: &mut impl Write) -> Result<()> {
    out.write_all(&[0; 2 * BLOCK])?;
    Ok(())
}

/// A strict reader, one regular file after the other.
pub(crate) struct Files<R> {
    input: R,
    /// Most members, folders included.
    left: u64,
    limit: u64,
}

/// A regular file's path and size. Its bytes come next, through [`Files::bytes`].
pub(crate) struct Member {
    pub(crate) path: String,
    pub(crate) size: u64,
}

impl<R: Read> Files<R> {
    pub(crate) fn new(input: R, limit: u64) -> Self {
        Self { input, left: limit, limit }
    }

    /// The next regular file; none after a proper end, with nothing behind it.
    pub(crate) fn next(&mut self) -> Result<Option<Member>> {
        loop {
            let block = self.block()?;
            if block.iter().all(|byte| *byte == 0) {
                self.finish()?;
                return Ok(None);
            }
            self.left = self
                .left
                .checked_sub(1)
                .ok_or(Error::TooLarge { what: "the number of files".to_owned(), limit: self.limit })?;
            let header = Header::from_byte_slice(&block);
            let sum: u32 = block
                .iter()
                .enumerate()
                .map(|(at, b)| if (148..156).contains(&at) { 32 } else { u32::from(*b) })
                .sum();
            if header.cksum().ok() != Some(sum) {
                return Err(Error::Tar { why: "a header's checksum is wrong" });
            }
            if header.as_ustar().is_none() {
                return Err(Error::Tar { why: "a header is not POSIX ustar" });
            }
            let raw = header.path_bytes().into_owned();
            let path = String::from_utf8(raw)
                .map_err(|e| Error::BadPath { path: shown(&String::from_utf8_lossy(e.as_bytes())) })?;
            let size = header.size().map_err(|_| Error::Tar { why: "a file's size is not readable" })?;
            let kind = header.entry_type();
            if kind.is_dir() && size == 0 {
                safe(path.strip_suffix('/').unwrap_or(&path))?;
            } else if kind.is_file() {
                safe(&path)?;
                return Ok(Some(Member { path, size }));
            } else {
                return Err(Error::NotAFile { path: shown(&path) });
            }
        }
    }

    /// The bytes of the member that [`Files::next`] gave last. The caller has checked its size.
    pub(crate) fn bytes(&mut self, size: u64) -> Result<Vec<u8>> {
        let cut = Error::Tar { why: "it is cut short" };
        let mut bytes = Vec::new();
        self.input.by_ref().take(size).read_to_end(&mut bytes).map_err(stream)?;
        if bytes.len() as u64 != size {
            return Err(cut);
        }
        let over = size % BLOCK as u64;
        if over > 0 {
            let mut rest = Vec::new();
            let wanted = BLOCK as u64 - over;
            self.input.by_ref().take(wanted).read_to_end(&mut rest).map_err(stream)?;
            if rest.len() as u64 != wanted {
                return Err(cut);
            }
            if rest.iter().any(|byte| *byte != 0) {
                return Err(Error::Tar { why: "there is something between two files" });
            }
        }
        Ok(bytes)
    }

    fn block(&mut self) -> Result<[u8; BLOCK]> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.input.read(rest) {
                Ok(0) => return Err(Error::Tar { why: "it is cut short" }),
                Ok(read) => filled += read,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(stream(e)),
            }
        }
        Ok(block)
    }

    /// Reads to the very end, so that the last piece of the encryption is authenticated too. Other tar
    /// programs fill up to ten kilobytes with zeros.
    fn finish(&mut self) -> Result<()> {
        let mut rest = Vec::new();
        let most = 20 * BLOCK as u64 + 1;
        self.input.by_ref().take(most).read_to_end(&mut rest).map_err(stream)?;
        if rest.len() < BLOCK {
            return Err(Error::Tar { why: "its end is missing" });
        }
        if rest.len() as u64 == most || rest.iter().any(|byte| *byte != 0) {
            return Err(Error::Tar { why: "there is something after its end" });
        }
        Ok(())
    }
}

/// An error of the stream below: the age library says damage with these two kinds.
fn stream(error: std::io::Error) -> Error {
    match error.downcast::<Bounded>() {
        Ok(bounded) => Error::TooLarge { what: "the file".to_owned(), limit: bounded.0 },
        Err(error) => match error.kind() {
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => Error::Damaged,
            _ => Error::Io(error),
        },
    }
}

/// Letters, digits, dot, hyphen, underscore; parts that are neither empty nor begin with a dot; at most
/// 200 characters. A path like this is the same on every system and can leave no folder.
///
/// # Errors
/// [`Error::BadPath`].
pub(crate) fn safe(path: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let fine = path.len() <= 200
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain));
    if fine { Ok(()) } else { Err(Error::BadPath { path: shown(path) }) }
}
