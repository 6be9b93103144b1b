//! Signed decisions, to share and not to share alike (A10).

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use sharewell_records::{CaseId, Decision, DecisionId, Moment, PackRef, Payload};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, decision: &Decision) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO decisions (id, case_id, child, follows, decided, review, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![
        decision.id.to_string(),
        decision.case.to_string(),
        decision.child.to_string(),
        decision.follows.map(|d| d.to_string()),
        decision.decided.word(),
        decision.review.to_string(),
        at.n,
    ])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Decision> {
    match payload {
        Payload::DecisionSigned { decision } => Some(*decision),
        _ => None,
    }
}

const OF_CASE: &str = "decisions t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                       WHERE t.case_id = ?1 ORDER BY t.entry DESC";

/// The decisions of a file, newest first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Decision>>> {
    ledger::records(r.db(), OF_CASE, [case.to_string()], pick)
}

/// The decisions of a file that were recorded at a `wanted` moment, newest first. The content of the others is not
/// looked into.
///
/// # Errors
/// As [`of_case`].
pub fn of_case_at(
    r: &Reader<'_>,
    case: CaseId,
    wanted: impl Fn(Moment) -> bool,
) -> Result<Vec<Recorded<Decision>>> {
    ledger::records_where(r.db(), OF_CASE, [case.to_string()], |header| wanted(header.recorded_at), pick)
}

/// Where a decision stands and under which guidance it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// The file.
    pub case: CaseId,
    /// The guidance.
    pub pack: PackRef,
}

/// In which file and under which guidance a decision was signed, for lists: of its content nothing else is read.
///
/// # Errors
/// [`Error::NoSuch`] where there is none, [`Error::Stored`] where it cannot be read.
pub fn under(r: &Reader<'_>, id: DecisionId) -> Result<Under> {
    #[derive(Deserialize)]
    struct Signed {
        decision: Named,
    }
    #[derive(Deserialize)]
    struct Named {
        case: CaseId,
        pack: PackRef,
    }
    let bytes: Option<Vec<u8>> = r
        .db()
        .prepare_cached(
            "SELECT p.bytes FROM decisions t JOIN payloads p ON p.entry = t.entry WHERE t.id = ?1",
        )?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    let bytes = bytes.ok_or(Error::NoSuch { what: "decision" })?;
    let Signed { decision: Named { case, pack } } =
        serde_json::from_slice(&bytes).map_err(|_| Error::Stored { what: "decision" })?;
    Ok(Under { case, pack })
}

/// One decision.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: DecisionId) -> Result<Recorded<Decision>> {
    let from = "decisions t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "decision" })
}
