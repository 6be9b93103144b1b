//! Emergency shares: told first, written up after (A8).

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Emergency, EmergencyId, EmergencyWriteUp, Payload};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, emergency: &Emergency) -> Result<()> {
    let case = emergency.case.or(at.case).map(|c| c.to_string());
    db.prepare_cached(
        "INSERT INTO emergencies (id, case_id, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE \
         SET case_id = coalesce(excluded.case_id, case_id), entry = excluded.entry",
    )?
    .execute(params![emergency.id.to_string(), case, at.n])?;
    Ok(())
}

pub(crate) fn write_up(db: &Connection, at: &At, write_up: &EmergencyWriteUp) -> Result<()> {
    db.prepare_cached("UPDATE emergencies SET written_up = ?2, case_id = ?3 WHERE id = ?1")?
        .execute(params![write_up.emergency.to_string(), at.n, write_up.case.to_string()])?;
    Ok(())
}

/// An emergency with its later write-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyRow {
    /// As last recorded.
    pub emergency: Recorded<Emergency>,
    /// The write-up; none while it is still to be written.
    pub written_up: Option<Recorded<EmergencyWriteUp>>,
}

fn rows(r: &Reader<'_>, rest: &str, params: impl rusqlite::Params) -> Result<Vec<EmergencyRow>> {
    let from =
        format!("emergencies t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n {rest}");
    let told = ledger::records(r.db(), &from, params, |payload| match payload {
        Payload::EmergencyRecorded { emergency } => Some(emergency),
        _ => None,
    })?;
    told.into_iter()
        .map(|emergency| {
            let from = "emergencies t JOIN entries e ON e.n = t.written_up JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
            let written = ledger::records(r.db(), from, [emergency.record.id.to_string()], |payload| match payload {
                Payload::EmergencyWrittenUp { write_up } => Some(write_up),
                _ => None,
            })?;
            Ok(EmergencyRow { emergency, written_up: written.into_iter().next() })
        })
        .collect()
}

/// One emergency.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: EmergencyId) -> Result<EmergencyRow> {
    rows(r, "WHERE t.id = ?1", [id.to_string()])?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "emergency" })
}

/// The emergencies of a file, the latest first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<EmergencyRow>> {
    rows(r, "WHERE t.case_id = ?1 ORDER BY t.entry DESC", [case.to_string()])
}
