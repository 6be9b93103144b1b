//! What was frozen for handover, how far, for whom, and whether its file was written.

use rusqlite::{Connection, OptionalExtension, params};
pub use sharewell_records::Handover;
use sharewell_records::{CaseId, HandoverId, HandoverState, Payload, WrittenFile};

use crate::ledger::{self, At};
use crate::tables::waiting;
use crate::tables::written_before::was_written_before;
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, made: &Handover) -> Result<()> {
    let id = made.id.to_string();
    let put = db
        .prepare_cached(
            "INSERT INTO handovers (id, origin, to_seq, recipient, entry) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![id, at.origin.to_string(), db::int(made.to.0), made.recipient, at.n])?;
    // What was frozen first stands.
    if put == 0 {
        return Ok(());
    }
    for case in &made.cases {
        db.prepare_cached(
            "INSERT INTO handover_cases (handover, case_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id, case.to_string()])?;
    }
    let own = (at.origin, made.from, made.to);
    let earlier = made.earlier.iter().map(|slice| (slice.origin, slice.from, slice.to));
    for (origin, from, to) in std::iter::once(own).chain(earlier) {
        db.prepare_cached(
            "INSERT INTO handover_slices (handover, origin, from_seq, to_seq) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (handover, origin, from_seq) DO UPDATE SET to_seq = max(to_seq, excluded.to_seq)",
        )?
        .execute(params![id, origin.to_string(), db::int(from.0), db::int(to.0)])?;
    }
    Ok(())
}

/// Its file was written; the last entry that says so tells of the file.
pub(crate) fn written(db: &Connection, at: &At, id: HandoverId) -> Result<()> {
    db.prepare_cached("UPDATE handovers SET written = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

/// It was given up before its file was written.
pub(crate) fn dropped(db: &Connection, at: &At, id: HandoverId) -> Result<()> {
    db.prepare_cached("UPDATE handovers SET dropped = ?2 WHERE id = ?1 AND dropped IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

/// Whether its file may be somewhere: it was written, or a receipt answers it.
pub(crate) fn is_out(db: &Connection, id: HandoverId) -> Result<bool> {
    let sql = "SELECT 1 FROM handovers WHERE id = ?1 AND written IS NOT NULL \
               UNION ALL SELECT 1 FROM receipts WHERE handover = ?1";
    Ok(db.prepare_cached(sql)?.exists([id.to_string()])? || was_written_before(db, id)?)
}

fn pick(payload: Payload) -> Option<Handover> {
    payload.handover()
}

/// Every handover, the latest first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<Handover>>> {
    let from =
        "handovers t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [], pick)
}

/// The handovers of a file, the latest first.
///
/// # Errors
/// As [`all`].
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Handover>>> {
    let from = "handover_cases c JOIN handovers t ON t.id = c.handover JOIN entries e ON e.n = t.entry \
                JOIN payloads p ON p.entry = e.n WHERE c.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// One handover.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: HandoverId) -> Result<Recorded<Handover>> {
    let from = "handovers t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "handover" })
}

/// How far a handover has come. The rule is `sharewell_records::reached`.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn state(r: &Reader<'_>, id: HandoverId) -> Result<HandoverState> {
    let (written, dropped) = r
        .db()
        .prepare_cached("SELECT written IS NOT NULL, dropped IS NOT NULL FROM handovers WHERE id = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?)))
        .optional()?
        .unwrap_or_default();
    let written = written || was_written_before(r.db(), id)?;
    if waiting::is_received(r.db(), id, written)? {
        return Ok(HandoverState::Received);
    }
    Ok(match (written, dropped) {
        (true, _) => HandoverState::Written,
        (false, true) => HandoverState::Dropped,
        (false, false) => HandoverState::Frozen,
    })
}

/// A handover's file as it was last written, where an entry says so.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn file(r: &Reader<'_>, id: HandoverId) -> Result<Option<Recorded<WrittenFile>>> {
    let from =
        "handovers t JOIN entries e ON e.n = t.written JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    let file = |payload| match payload {
        Payload::HandoverWritten { file, .. } => Some(file),
        _ => None,
    };
    Ok(ledger::records(r.db(), from, [id.to_string()], file)?.into_iter().next())
}

/// When a handover's file was first written, where an entry says so.
///
/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn first_written(r: &Reader<'_>, id: HandoverId) -> Result<Option<ledger::Entry>> {
    let first = |entry: &ledger::Entry| entry.header.kind == "handover_written";
    Ok(ledger::history(r, id)?.into_iter().find(first))
}
