//! Events of consent. What they come to is folded by the rule in `records`, when it is asked.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, ConsentEvent, ConsentId, Payload};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, consent: &ConsentEvent) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO consents (id, case_id, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![consent.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<ConsentEvent> {
    match payload {
        Payload::ConsentRecorded { consent } => Some(*consent),
        _ => None,
    }
}

/// The events of a file, as they were written down.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<ConsentEvent>>> {
    let from = "consents t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// One event.
///
/// # Errors
/// [`Error::NoSuch`] where there is none; [`Error::Unreadable`] names an entry that cannot be read.
pub fn get(r: &Reader<'_>, id: ConsentId) -> Result<Recorded<ConsentEvent>> {
    let from = "consents t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    let found = ledger::records(r.db(), from, [id.to_string()], pick)?;
    found.into_iter().next().ok_or(Error::NoSuch { what: "consent" })
}
