//! The bytes of guidance packs, kept as a decision used them or as they were installed, so that it can be
//! replayed in ten years.
//!
//! The vault keeps bytes and does not read them. Whether they give the pack's hash is checked by whoever
//! loads the pack, under the pack's own rule; here each hash names one set of files that never changes.

use rusqlite::{Connection, params};
use sharewell_records::{PackRef, Sha256};

use crate::ledger::At;
use crate::{Error, Reader, Result};

/// The most bytes a pack may have: 16 MiB.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A file of a pack: its path inside the pack and its bytes.
pub type PackFile = (String, Vec<u8>);

pub(crate) fn put(db: &Connection, at: &At, pack: &PackRef) -> Result<()> {
    db.prepare_cached("INSERT INTO packs (hash, entry) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING")?
        .execute(params![pack.hash.to_string(), at.n])?;
    Ok(())
}

/// Keeps the bytes of a pack that is not kept yet, as far as this program knows: a newer one may have kept them.
pub(crate) fn keep(db: &Connection, pack: &PackRef, files: &[PackFile]) -> Result<()> {
    if files.iter().map(|(path, bytes)| path.len() + bytes.len()).sum::<usize>() > MOST_BYTES {
        return Err(Error::TooLarge { what: "guidance pack" });
    }
    let hash = pack.hash.to_string();
    for (path, bytes) in files {
        let sql = "INSERT INTO pack_files (pack, path, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        db.prepare_cached(sql)?.execute(params![hash, path, bytes])?;
    }
    Ok(())
}

/// Whether a pack is kept.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn is_kept(r: &Reader<'_>, hash: Sha256) -> Result<bool> {
    has(r.db(), hash)
}

pub(crate) fn has(db: &Connection, hash: Sha256) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM packs WHERE hash = ?1")?.exists([hash.to_string()])?)
}

/// The files of a kept pack, sorted by path.
///
/// # Errors
/// [`Error::NoSuch`] where it is not kept.
pub fn files(r: &Reader<'_>, hash: Sha256) -> Result<Vec<PackFile>> {
    let mut statement =
        r.db().prepare_cached("SELECT path, bytes FROM pack_files WHERE pack = ?1 ORDER BY path")?;
    let files = statement.query_map([hash.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let files = files.collect::<Result<Vec<PackFile>, _>>()?;
    if files.is_empty() { Err(Error::NoSuch { what: "guidance pack" }) } else { Ok(files) }
}

/// Every kept pack, in the order of keeping; for the test that holds the tables to the fold in memory.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
#[cfg(any(test, feature = "test-hooks"))]
pub fn all(r: &Reader<'_>) -> Result<Vec<crate::Recorded<PackRef>>> {
    let from = "packs t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry";
    crate::ledger::records(r.db(), from, [], |payload| match payload {
        sharewell_records::Payload::PackKept { pack } => Some(pack),
        _ => None,
    })
}
