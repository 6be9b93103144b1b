//! What was answered of forms that looked like somebody protected, for every file: there are as many as were asked.

use rusqlite::{Connection, params};
use sharewell_records::{LeftoverAnswer, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, answer: &LeftoverAnswer) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO leftovers (person, form, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (person, form) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![answer.person.to_string(), answer.form, at.n])?;
    Ok(())
}

/// Every answer, the latest of each person and form.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<LeftoverAnswer>>> {
    let from = "leftovers t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.person, t.form";
    ledger::records(r.db(), from, [], |payload| match payload {
        Payload::LeftoverAnswered { answer } => Some(answer),
        _ => None,
    })
}
