//! `vault.head`: how far the chain had come, kept outside the database.
//!
//! A flipped byte in SQLite's write-ahead log drops the commits behind it and every check of the database
//! stays green. The head says what must be there. Two slots take turns, so that a torn write leaves the
//! other one. It is written after each commit and not synced: an older head is harmless, a newer one than
//! the database cannot come about by itself. Somebody who rolls back both files is not caught here; only a
//! head held elsewhere tells that.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ring::hmac;
use sharewell_records::{OriginId, Seq, Sha256};
use uuid::Uuid;

use crate::{Result, files};

const MAGIC: &[u8; 8] = b"SWHEAD1\0";
const BODY: usize = 8 + 8 + 16 + 8 + 32 + 8 + 32 + 8;
const SLOT: usize = BODY + 32;

/// What a slot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The origin that was written to.
    pub origin: OriginId,
    /// Its last sequence.
    pub sequence: Seq,
    /// Its last link.
    pub link: Sha256,
    /// How many rows the access log had.
    pub access: u64,
    /// The access log's last link.
    pub access_link: Sha256,
    /// How many times a draft had been saved.
    pub drafts: u64,
}

/// Both slots as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// The newer of the readable slots.
    pub head: Option<Head>,
    /// Slots that are there and not readable, 0 to 2.
    pub unreadable: u8,
    /// Whether there is a file at all.
    pub present: bool,
    counter: u64,
}

/// Writes heads, one slot after the other.
#[derive(Debug)]
pub(crate) struct HeadFile {
    path: PathBuf,
    /// None until there is something to write: a file that was not found is not made by looking for it.
    file: Option<File>,
    key: hmac::Key,
    counter: u64,
}

impl HeadFile {
    /// Opens the file where there is one; what it said comes back beside it.
    pub(crate) fn open(dir: &Path, key: hmac::Key) -> Result<(Self, Found)> {
        let found = read(dir, &key)?;
        let path = dir.join(files::HEAD);
        let mut head = Self { path, file: None, key, counter: found.counter };
        if found.present {
            head.file()?;
        }
        Ok((head, found))
    }

    fn file(&mut self) -> Result<&mut File> {
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?
            }
        };
        Ok(self.file.insert(file))
    }

    /// Writes the next slot. Not synced.
    pub(crate) fn write(&mut self, head: &Head) -> Result<()> {
        self.counter += 1;
        let mut slot = Vec::with_capacity(SLOT);
        slot.extend_from_slice(MAGIC);
        slot.extend_from_slice(&self.counter.to_be_bytes());
        slot.extend_from_slice(head.origin.0.as_bytes());
        slot.extend_from_slice(&head.sequence.0.to_be_bytes());
        slot.extend_from_slice(&head.link.0);
        slot.extend_from_slice(&head.access.to_be_bytes());
        slot.extend_from_slice(&head.access_link.0);
        slot.extend_from_slice(&head.drafts.to_be_bytes());
        let mac = hmac::sign(&self.key, &slot);
        slot.extend_from_slice(mac.as_ref());
        let place = SeekFrom::Start((self.counter % 2) * SLOT as u64);
        let file = self.file()?;
        file.seek(place)?;
        file.write_all(&slot)?;
        Ok(())
    }

    /// Fills both slots, so that neither is ever absent.
    pub(crate) fn write_both(&mut self, head: &Head) -> Result<()> {
        self.write(head)?;
        self.write(head)?;
        let file = self.file()?;
        file.set_len(2 * SLOT as u64)?;
        file.sync_all()?;
        Ok(())
    }
}

/// Reads both slots.
pub(crate) fn read(dir: &Path, key: &hmac::Key) -> Result<Found> {
    let mut bytes = Vec::new();
    let present = match File::open(dir.join(files::HEAD)) {
        Ok(file) => {
            file.take(3 * SLOT as u64).read_to_end(&mut bytes)?;
            true
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(error.into()),
    };
    let slots: Vec<_> = bytes.chunks(SLOT).map(|slot| read_slot(slot, key)).collect();
    let newest = slots.iter().flatten().max_by_key(|(counter, _)| *counter);
    let readable = u8::try_from(slots.iter().take(2).flatten().count()).unwrap_or(2);
    let exact = bytes.len() == 2 * SLOT;
    let unreadable = if present { (2 - readable).max(u8::from(!exact)) } else { 0 };
    Ok(Found {
        head: newest.map(|(_, head)| *head),
        unreadable,
        present,
        counter: newest.map_or(0, |(counter, _)| *counter),
    })
}

fn read_slot(slot: &[u8], key: &hmac::Key) -> Option<(u64, Head)> {
    let (body, mac) = slot.split_at_checked(BODY)?;
    hmac::verify(key, body, mac).ok()?;
    let mut rest = body.strip_prefix(MAGIC)?;
    let mut take = |n: usize| {
        let (front, back) = rest.split_at_checked(n)?;
        rest = back;
        Some(front)
    };
    let counter = u64::from_be_bytes(take(8)?.try_into().ok()?);
    let head = Head {
        origin: OriginId(Uuid::from_bytes(take(16)?.try_into().ok()?)),
        sequence: Seq(u64::from_be_bytes(take(8)?.try_into().ok()?)),
        link: Sha256(take(32)?.try_into().ok()?),
        access: u64::from_be_bytes(take(8)?.try_into().ok()?),
        access_link: Sha256(take(32)?.try_into().ok()?),
        drafts: u64::from_be_bytes(take(8)?.try_into().ok()?),
    };
    Some((counter, head))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn key() -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &[9; 32])
    }

    fn head(sequence: u64) -> Head {
        let link = Sha256([4; 32]);
        Head {
            origin: OriginId(Uuid::nil()),
            sequence: Seq(sequence),
            link,
            access: 2,
            access_link: link,
            drafts: 3,
        }
    }

    #[test]
    fn a_flipped_byte_costs_one_slot_and_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let (mut file, _) = HeadFile::open(dir.path(), key()).unwrap();
        file.write_both(&head(1)).unwrap();
        file.write(&head(2)).unwrap();
        let path = dir.path().join(files::HEAD);
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(read(dir.path(), &key()).unwrap().head, Some(head(2)));
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            let found = read(dir.path(), &key()).unwrap();
            assert_eq!(found.unreadable, 1, "byte {at}");
            assert!(
                found.head == Some(head(1)) || found.head == Some(head(2)),
                "byte {at}: the other slot holds"
            );
        }
        std::fs::write(&path, &whole[..SLOT]).unwrap();
        assert_eq!(read(dir.path(), &key()).unwrap().unreadable, 1, "a missing slot is seen");
        std::fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
        assert_eq!(read(dir.path(), &key()).unwrap().unreadable, 1, "a byte too many is seen");
    }

    #[test]
    fn another_key_reads_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (mut file, _) = HeadFile::open(dir.path(), key()).unwrap();
        file.write_both(&head(1)).unwrap();
        let other = hmac::Key::new(hmac::HMAC_SHA256, &[8; 32]);
        let found = read(dir.path(), &other).unwrap();
        assert_eq!((found.head, found.unreadable), (None, 2));
    }
}
