//! Files of one child that are shown as one.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Join, JoinId, Payload, PersonId};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, join: &Join) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO joins (id, kept, other, child, same, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET kept = excluded.kept, other = excluded.other, \
         child = excluded.child, same = excluded.same, entry = excluded.entry",
    )?
    .execute(params![
        join.id.to_string(),
        join.kept.to_string(),
        join.other.to_string(),
        join.child.to_string(),
        join.same.to_string(),
        at.n
    ])?;
    Ok(())
}

pub(crate) fn end(db: &Connection, at: &At, id: JoinId) -> Result<()> {
    db.prepare_cached("UPDATE joins SET ended = ?2 WHERE id = ?1 AND ended IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

/// Refuses what joins anything but two files that are not restricted, neither of them shown as one with any yet.
pub(crate) fn may_stand(db: &Connection, join: &Join) -> Result<()> {
    for case in [join.kept, join.other] {
        let sql = "SELECT 1 FROM cases WHERE id = ?1 AND restricted = 0";
        let open = db.prepare_cached(sql)?.exists([case.to_string()])?;
        if !open || join.kept == join.other {
            return Err(Error::NotAllowed { kind: "files_joined".to_owned() });
        }
        if stands(db, case)? {
            return Err(Error::AlreadyRecorded { what: "join" });
        }
    }
    Ok(())
}

/// Whether a file is shown as one with any other, on either side.
pub(crate) fn stands(db: &Connection, case: CaseId) -> Result<bool> {
    let sql = "SELECT 1 FROM joins WHERE ended IS NULL AND kept = ?1 \
               UNION ALL SELECT 1 FROM joins WHERE ended IS NULL AND other = ?1";
    Ok(db.prepare_cached(sql)?.exists([case.to_string()])?)
}

fn pick(payload: Payload) -> Option<Join> {
    match payload {
        Payload::FilesJoined { join } => Some(join),
        _ => None,
    }
}

/// What shows a file as one with another; none where it stands alone.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Option<Recorded<Join>>> {
    if !stands(r.db(), case)? {
        return Ok(None);
    }
    let from = "joins t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.ended IS NULL AND (t.kept = ?1 OR t.other = ?1) ORDER BY t.entry";
    Ok(ledger::records(r.db(), from, [case.to_string()], pick)?.into_iter().next())
}

/// All that stand, in the order in which they were written.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<Join>>> {
    let from = "joins t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.ended IS NULL ORDER BY t.entry";
    ledger::records(r.db(), from, [], pick)
}

/// Who is the same child in another file that is shown as one with theirs; none where there is none.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn twin_of(r: &Reader<'_>, child: PersonId) -> Result<Option<PersonId>> {
    let sql = "SELECT same FROM joins WHERE ended IS NULL AND child = ?1 \
               UNION ALL SELECT child FROM joins WHERE ended IS NULL AND same = ?1";
    let mut statement = r.db().prepare_cached(sql)?;
    let mut rows = statement.query([child.to_string()])?;
    match rows.next()? {
        Some(row) => Ok(Some(db::id(&row.get::<_, String>(0)?, "person id")?)),
        None => Ok(None),
    }
}
