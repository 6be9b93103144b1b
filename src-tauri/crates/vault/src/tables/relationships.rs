//! Ties between people.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Payload, Relationship, RelationshipId};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, tie: &Relationship) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO relationships (id, from_person, to_person, entry) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE \
         SET from_person = excluded.from_person, to_person = excluded.to_person, entry = excluded.entry",
    )?
    .execute(params![tie.id.to_string(), tie.from.to_string(), tie.to.to_string(), at.n])?;
    Ok(())
}

pub(crate) fn end(db: &Connection, at: &At, id: RelationshipId) -> Result<()> {
    db.prepare_cached("UPDATE relationships SET ended = ?2 WHERE id = ?1 AND ended IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Relationship> {
    match payload {
        Payload::RelationshipRecorded { relationship }
        | Payload::RelationshipAmended { relationship, .. } => Some(relationship),
        _ => None,
    }
}

/// The standing ties among the people of a file.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Relationship>>> {
    let from = "relationships t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.ended IS NULL \
                AND t.from_person IN (SELECT person FROM case_people WHERE case_id = ?1) \
                AND t.to_person IN (SELECT person FROM case_people WHERE case_id = ?1) ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}
