//! Files: of children and families, of adults, about numbers.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{Case, CaseId, Moment, Payload, Person};

use crate::ledger::{self, At, entries, set_apart};
use crate::tables::{people, waiting};
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, case: &Case) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO cases (id, child, entry, kind, beside, restricted) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET child = excluded.child, entry = excluded.entry",
    )?
    .execute(params![
        case.id.to_string(),
        case.child.to_string(),
        at.n,
        case.kind.word(),
        case.beside.map(|beside| beside.to_string()),
        case.kind.is_restricted(),
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
    /// Of what kind that was, as stored.
    pub last_kind: String,
}

/// Every file that is not restricted, the one with the latest entry first. Restricted files are in no list but
/// [`restricted`].
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn list(r: &Reader<'_>) -> Result<Vec<CaseRow>> {
    page(r, None, usize::MAX)
}

/// The next files of [`list`] behind one of them, or the first.
///
/// # Errors
/// As [`list`].
pub fn page(r: &Reader<'_>, after: Option<CaseId>, limit: usize) -> Result<Vec<CaseRow>> {
    let from = "touched l JOIN cases t ON t.id = l.case_id JOIN entries e ON e.n = t.entry \
                JOIN payloads p ON p.entry = e.n \
                WHERE l.entry < coalesce((SELECT entry FROM touched WHERE case_id = ?1), ?2) \
                ORDER BY l.entry DESC LIMIT ?3";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let cases =
        ledger::records(r.db(), from, params![after.map(|case| case.to_string()), i64::MAX, limit], pick)?;
    cases.into_iter().map(|case| with_child(r, case)).collect()
}

/// The files of [`list`], those first of which this age recipient lacks something; where none is given, those of which
/// something waits for anybody. At most `limit`.
///
/// # Errors
/// As [`list`].
pub fn to_hand_over(r: &Reader<'_>, recipient: Option<&str>, limit: usize) -> Result<Vec<CaseRow>> {
    let from = format!(
        "touched l JOIN cases t ON t.id = l.case_id JOIN entries e ON e.n = t.entry \
         JOIN payloads p ON p.entry = e.n ORDER BY {} DESC, l.entry DESC LIMIT ?2",
        waiting::lacking("l.case_id")
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let cases = ledger::records(r.db(), &from, params![recipient, limit], pick)?;
    cases.into_iter().map(|case| with_child(r, case)).collect()
}

/// How many files of [`list`] there are, and of how many of them this age recipient lacks something, or anybody.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count_to_hand_over(r: &Reader<'_>, recipient: Option<&str>) -> Result<(u64, u64)> {
    let sql = format!("SELECT count(*), coalesce(sum({}), 0) FROM touched l", waiting::lacking("l.case_id"));
    let count = r
        .db()
        .prepare_cached(&sql)?
        .query_row([recipient], |row| Ok((db::count(row.get(0)?), db::count(row.get(1)?))))?;
    Ok(count)
}

/// A file as it stands in a list.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn row(r: &Reader<'_>, id: CaseId) -> Result<CaseRow> {
    with_child(r, get(r, id)?)
}

/// Every restricted file, the first that was opened first.
///
/// # Errors
/// As [`list`].
pub fn restricted(r: &Reader<'_>) -> Result<Vec<CaseRow>> {
    let from = "cases t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.restricted = 1 ORDER BY t.id";
    ledger::records(r.db(), from, [], pick)?.into_iter().map(|case| with_child(r, case)).collect()
}

/// Where a restricted file stands among [`restricted`], from 1; none for a child's file.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn restricted_number(r: &Reader<'_>, id: CaseId) -> Result<Option<u64>> {
    if !set_apart::is_restricted(r.db(), Some(id))? {
        return Ok(None);
    }
    let number = r
        .db()
        .prepare_cached("SELECT count(*) FROM cases WHERE restricted = 1 AND id <= ?1")?
        .query_row([id.to_string()], |row| row.get(0))?;
    Ok(Some(db::count(number)))
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

fn with_child(r: &Reader<'_>, case: Recorded<Case>) -> Result<CaseRow> {
    let child = people::find(r, case.record.child)?.map(|person| person.record);
    let (last_at, last_kind) = last(r, case.record.id)?.unwrap_or((case.recorded_at, String::new()));
    Ok(CaseRow { case, child, last_at, last_kind })
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

/// When the newest entry that stands in a file was recorded, and of what kind it is.
fn last(r: &Reader<'_>, id: CaseId) -> Result<Option<(Moment, String)>> {
    let sql = format!(
        "SELECT e.recorded_at, e.kind FROM entries e WHERE e.case_id = ?1 AND {} ORDER BY e.n DESC LIMIT 1",
        set_apart::STANDS
    );
    let found: Option<(String, String)> = r
        .db()
        .prepare_cached(&sql)?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(at, kind)| Ok((entries::moment(&at)?, kind))).transpose()
}

/// When a file was opened; none where the record of that is gone.
///
/// # Errors
/// [`Error::Stored`] where the row cannot be read.
pub fn opened_at(r: &Reader<'_>, id: CaseId) -> Result<Option<Moment>> {
    let sql = "SELECT e.recorded_at FROM subjects s JOIN entries e ON e.n = s.entry WHERE s.subject = ?1 \
               ORDER BY e.fold_at, e.origin, e.sequence LIMIT 1";
    let text: Option<String> =
        r.db().prepare_cached(sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    text.map(|text| entries::moment(&text)).transpose()
}
