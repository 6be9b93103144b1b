//! Guidance packs and overlays that were installed from a signed file, and the keys of agencies that sign
//! overlays. What is taken out of use stays to be seen; its bytes stay too.

use rusqlite::{Connection, params};
pub use sharewell_records::{Installed, PackKey};
use sharewell_records::{Payload, Sha256};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, hash: Sha256) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO installed_packs (id, entry) VALUES (?1, ?2) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, removed = NULL",
    )?
    .execute(params![hash.to_string(), at.n])?;
    Ok(())
}

pub(crate) fn remove(db: &Connection, at: &At, hash: Sha256) -> Result<()> {
    db.prepare_cached("UPDATE installed_packs SET removed = ?2 WHERE id = ?1")?
        .execute(params![hash.to_string(), at.n])?;
    Ok(())
}

pub(crate) fn put_key(db: &Connection, at: &At, key: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO pack_keys (key, entry) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![key, at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Installed> {
    match payload {
        Payload::PackInstalled { pack, what, nation, base, signer } => {
            Some(Installed { pack, what, nation, base, signer })
        }
        _ => None,
    }
}

/// Everything in use, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn in_use(r: &Reader<'_>) -> Result<Vec<Recorded<Installed>>> {
    let from = "installed_packs t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.removed IS NULL ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], pick)
}

/// Everything that was taken out of use, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn removed(r: &Reader<'_>) -> Result<Vec<Recorded<Installed>>> {
    let from = "installed_packs t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.removed IS NOT NULL ORDER BY t.removed DESC";
    ledger::records(r.db(), from, [], pick)
}

/// Every imported key, the latest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn keys(r: &Reader<'_>) -> Result<Vec<Recorded<PackKey>>> {
    let from =
        "pack_keys t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], |payload| match payload {
        Payload::PackKeyImported { key, name } => Some(PackKey { key, name }),
        _ => None,
    })
}
