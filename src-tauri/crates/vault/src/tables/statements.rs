//! Statements for people, each at its latest step.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Payload, Statement, StatementId};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, statement: &Statement) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO statements (id, case_id, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![statement.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Statement> {
    match payload {
        Payload::StatementRecorded { statement } => Some(*statement),
        _ => None,
    }
}

/// A statement in its latest form, where it is there.
pub(crate) fn find(db: &Connection, id: StatementId) -> Result<Option<Recorded<Statement>>> {
    let from =
        "statements t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(db, from, [id.to_string()], pick)?.into_iter().next())
}

/// A statement.
///
/// # Errors
/// [`Error::NoSuch`] where there is none; [`Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: StatementId) -> Result<Recorded<Statement>> {
    find(r.db(), id)?.ok_or(Error::NoSuch { what: "statement" })
}

/// The statements of a file, the one that was changed last first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Statement>>> {
    let from = "statements t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}
