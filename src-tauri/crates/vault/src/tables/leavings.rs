//! What people said may be left with them, at home, by post or on their phone.

use rusqlite::{Connection, params};
use sharewell_records::{Leaving, Payload, PersonId};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, leaving: &Leaving) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO leavings (id, case_id, person, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, person = excluded.person",
    )?
    .execute(params![leaving.id.to_string(), at.case_text(), leaving.person.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Leaving> {
    match payload {
        Payload::LeavingSaid { leaving } => Some(leaving),
        _ => None,
    }
}

/// What a person said, in whichever file, the newest first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_person(r: &Reader<'_>, person: PersonId) -> Result<Vec<Recorded<Leaving>>> {
    let from = "leavings t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.person = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [person.to_string()], pick)
}
