//! Files of children and families.

use rusqlite::{Connection, params};
use sharewell_records::{Case, CaseId, Moment, Payload, Person};

use crate::ledger::{self, At, entries, set_apart};
use crate::tables::people;
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, case: &Case) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO cases (id, child, entry, kind, beside) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (id) DO UPDATE SET child = excluded.child, entry = excluded.entry",
    )?
    .execute(params![
        case.id.to_string(),
        case.child.to_string(),
        at.n,
        case.kind.word(),
        case.beside.map(|beside| beside.to_string()),
    ])?;
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

/// Every child's and family's file, the one with the latest entry first. Restricted files are in no list but
/// [`restricted`].
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn list(r: &Reader<'_>) -> Result<Vec<CaseRow>> {
    // The index over files gives the newest entry that stands, and stops there: a maximum would walk them all.
    let rest = format!(
        "WHERE t.kind = 'family' ORDER BY (SELECT e.n FROM entries e WHERE e.case_id = t.id AND {} \
         ORDER BY e.n DESC LIMIT 1) DESC",
        set_apart::STANDS
    );
    rows(r, &rest)
}

/// Every restricted file, the first that was opened first.
///
/// # Errors
/// As [`list`].
pub fn restricted(r: &Reader<'_>) -> Result<Vec<CaseRow>> {
    rows(r, "WHERE t.kind <> 'family' ORDER BY t.id")
}

/// The restricted files beside a child's, the first that was opened first.
///
/// # Errors
/// As [`list`].
pub fn beside(r: &Reader<'_>, case: CaseId) -> Result<Vec<CaseId>> {
    let mut statement = r.db().prepare_cached("SELECT id FROM cases WHERE beside = ?1 ORDER BY id")?;
    let rows = statement.query_map([case.to_string()], |row| row.get::<_, String>(0))?;
    rows.map(|text| db::id(&text?, "case id")).collect()
}

fn rows(r: &Reader<'_>, rest: &str) -> Result<Vec<CaseRow>> {
    let from = format!("cases t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n {rest}");
    let cases = ledger::records(r.db(), &from, [], pick)?;
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
    let sql = format!(
        "SELECT e.recorded_at FROM entries e WHERE e.case_id = ?1 AND {} ORDER BY e.n DESC LIMIT 1",
        set_apart::STANDS
    );
    let text: Option<String> =
        r.db().prepare_cached(&sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    text.map(|text| entries::moment(&text)).transpose()
}
