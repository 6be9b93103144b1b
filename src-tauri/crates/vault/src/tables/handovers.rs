//! What was frozen for handover, and how far.

use rusqlite::{Connection, params};
pub use sharewell_records::Handover;
use sharewell_records::{CaseId, HandoverId, OriginId, Payload, Seq};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, id: HandoverId, cases: &[CaseId], to: Seq) -> Result<()> {
    db.prepare_cached("INSERT INTO handovers (id, origin, to_seq, entry) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")?
        .execute(params![id.to_string(), at.origin.to_string(), db::int(to.0), at.n])?;
    for case in cases {
        db.prepare_cached(
            "INSERT INTO handover_cases (handover, case_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id.to_string(), case.to_string()])?;
    }
    Ok(())
}

fn pick(payload: Payload) -> Option<Handover> {
    match payload {
        Payload::HandoverMade { id, recipient, recipient_name, cases, from, to, head, profile } => {
            Some(Handover { id, recipient, recipient_name, cases, from, to, head, profile })
        }
        _ => None,
    }
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

/// The last sequence of an origin that any handover of this file has covered.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn last_of_case(r: &Reader<'_>, origin: OriginId, case: CaseId) -> Result<Option<Seq>> {
    let to: Option<i64> = r
        .db()
        .prepare_cached("SELECT max(t.to_seq) FROM handover_cases c JOIN handovers t ON t.id = c.handover WHERE c.case_id = ?1 AND t.origin = ?2")?
        .query_row(params![case.to_string(), origin.to_string()], |row| row.get(0))?;
    Ok(to.map(|to| Seq(db::count(to))))
}
