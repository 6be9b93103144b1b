//! Files of children and families.

use rusqlite::{Connection, params};
use sharewell_records::{Case, CaseId, Moment, Payload, Person};

use crate::project::At;
use crate::{Error, Reader, Recorded, Result, entries, ledger, people};

pub(crate) fn put(db: &Connection, at: &At, case: &Case) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO cases (id, child, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET child = excluded.child, entry = excluded.entry",
    )?
    .execute(params![case.id.to_string(), case.child.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Case> {
    match payload {
        Payload::CaseOpened { case } | Payload::CaseAmended { case, .. } => Some(case),
        _ => None,
    }
}

/// A file in the list of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The file.
    pub case: Recorded<Case>,
    /// The child, where recorded.
    pub child: Option<Person>,
    /// When anything was last recorded in it.
    pub last_at: Moment,
}

/// Every file, the one with the latest entry first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn list(r: &Reader<'_>) -> Result<Vec<CaseRow>> {
    let from = "cases t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                ORDER BY (SELECT max(n) FROM entries WHERE case_id = t.id) DESC";
    let cases = ledger::records(r.db(), from, [], pick)?;
    cases
        .into_iter()
        .map(|case| {
            let child = people::find(r, case.record.child)?.map(|person| person.record);
            let last_at = last_at(r, case.record.id)?.unwrap_or(case.recorded_at);
            Ok(CaseRow { case, child, last_at })
        })
        .collect()
}

/// One file.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: CaseId) -> Result<Recorded<Case>> {
    let from = "cases t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(Error::NoSuch { what: "case" })
}

fn last_at(r: &Reader<'_>, id: CaseId) -> Result<Option<Moment>> {
    use rusqlite::OptionalExtension;
    let text: Option<String> = r
        .db()
        .prepare_cached("SELECT recorded_at FROM entries WHERE case_id = ?1 ORDER BY n DESC LIMIT 1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    text.map(|text| entries::moment(&text)).transpose()
}
