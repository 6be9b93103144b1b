//! What left, to whom, why and how.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, DecisionId, Disclosure, DisclosureId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, disclosure: &Disclosure) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO disclosures (id, case_id, decision, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![
        disclosure.id.to_string(),
        at.case_text(),
        disclosure.decision.map(|d| d.to_string()),
        at.n
    ])?;
    Ok(())
}

/// The decision on which it rests, in the form in which it stands.
pub(crate) fn put_decision(db: &Connection, disclosure: &Disclosure) -> Result<()> {
    db.prepare_cached("UPDATE disclosures SET decision = ?2 WHERE id = ?1")?
        .execute(params![disclosure.id.to_string(), disclosure.decision.map(|d| d.to_string())])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Disclosure> {
    match payload {
        Payload::DisclosureRecorded { disclosure } => Some(disclosure),
        _ => None,
    }
}

/// The disclosures of a file, the latest recorded first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Disclosure>>> {
    let from = "disclosures t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.case_id = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// The disclosures that rest on a decision, the latest recorded first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_decision(r: &Reader<'_>, decision: DecisionId) -> Result<Vec<Recorded<Disclosure>>> {
    let from = "disclosures t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.decision = ?1 ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [decision.to_string()], pick)
}

/// One disclosure, where it is there.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn find(r: &Reader<'_>, id: DisclosureId) -> Result<Option<Recorded<Disclosure>>> {
    let from =
        "disclosures t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(r.db(), from, [id.to_string()], pick)?.into_iter().next())
}
