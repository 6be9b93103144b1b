//! Who uses the vault, and whether the recovery code was typed back.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{EntryId, Moment, Payload, Practitioner};

use crate::ledger::{self, At, entries};
use crate::{Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, practitioner: &Practitioner) -> Result<()> {
    db.prepare_cached("INSERT INTO practitioners (id, entry) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry")?
        .execute(params![practitioner.id.to_string(), at.n])?;
    Ok(())
}

pub(crate) fn confirm_recovery(db: &Connection, at: &At) -> Result<()> {
    db.prepare_cached("INSERT INTO recovery (one, entry) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET entry = excluded.entry")?
        .execute([at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Practitioner> {
    match payload {
        Payload::PractitionerRecorded { practitioner } => Some(practitioner),
        _ => None,
    }
}

/// Every practitioner who has used this vault, the latest recorded first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<Practitioner>>> {
    let from = "practitioners t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], pick)
}

/// The practitioner whose vault this is, as last recorded.
///
/// # Errors
/// [`crate::Error::NoSuch`] where none is recorded.
pub fn current(r: &Reader<'_>) -> Result<Recorded<Practitioner>> {
    let from = "practitioners t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC LIMIT 1";
    ledger::records(r.db(), from, [], pick)?
        .into_iter()
        .next()
        .ok_or(crate::Error::NoSuch { what: "practitioner" })
}

/// When the recovery code was last typed back; none before that (H3).
///
/// # Errors
/// [`crate::Error::Stored`] where the moment cannot be read.
pub fn recovery_confirmed_at(r: &Reader<'_>) -> Result<Option<Moment>> {
    let at: Option<String> = r
        .db()
        .prepare_cached("SELECT e.recorded_at FROM recovery t JOIN entries e ON e.n = t.entry")?
        .query_row([], |row| row.get(0))
        .optional()?;
    at.map(|at| entries::moment(&at)).transpose()
}

/// The entry by which the recovery code was last typed back; none before that (H3).
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn recovery_confirmed(r: &Reader<'_>) -> Result<Option<EntryId>> {
    let id: Option<String> = r
        .db()
        .prepare_cached("SELECT e.id FROM recovery t JOIN entries e ON e.n = t.entry")?
        .query_row([], |row| row.get(0))
        .optional()?;
    id.map(|text| db::id(&text, "entry id")).transpose()
}
