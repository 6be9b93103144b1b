//! Files in the order of the names by which they go, and those in which duties are open.

use rusqlite::{Connection, params};
use sharewell_records::{Case, CaseId, CaseKind, PersonId, fold};

use super::{cases, people};
use crate::{Error, Reader, Result, db};

/// A restricted file goes by no name: whoever reads the list must not learn one. A file about numbers goes by its title.
pub(crate) fn put(db: &Connection, case: &Case) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO listed (case_id, restricted, name, duties) VALUES (?1, ?2, '', 0) ON CONFLICT DO NOTHING",
    )?
    .execute(params![case.id.to_string(), case.kind.is_restricted()])?;
    if case.kind == CaseKind::Numbers {
        let sql = "UPDATE listed SET name = ?2 WHERE case_id = ?1 AND name <> ?2";
        db.prepare_cached(sql)?.execute(params![case.id.to_string(), fold(&case.title)])?;
        return Ok(());
    }
    name(db, case.child)
}

/// Takes the name by which a child goes now.
pub(crate) fn name(db: &Connection, child: PersonId) -> Result<()> {
    let childs = "SELECT 1 FROM cases WHERE child = ?1 AND kind = 'family'";
    if !db.prepare_cached(childs)?.exists([child.to_string()])? {
        return Ok(());
    }
    // A record that cannot be read is named by `verify`; it stops nobody from writing on.
    let found = match people::find(&Reader(db), child) {
        Ok(found) => found,
        Err(Error::Unreadable { .. }) => None,
        Err(error) => return Err(error),
    };
    let name = found.map(|one| fold(&one.record.name)).unwrap_or_default();
    db.prepare_cached(
        "UPDATE listed SET name = ?2 WHERE restricted = 0 AND name <> ?2 \
         AND case_id IN (SELECT id FROM cases WHERE child = ?1 AND kind = 'family')",
    )?
    .execute(params![child.to_string(), name])?;
    Ok(())
}

/// Where a file stands in the list; before all of them where there is none.
fn place(r: &Reader<'_>, after: Option<CaseId>) -> Result<(i64, String, String)> {
    let Some(after) = after else { return Ok((-1, String::new(), String::new())) };
    let sql = "SELECT restricted, name, case_id FROM listed WHERE case_id = ?1";
    let mut statement = r.db().prepare_cached(sql)?;
    let mut found =
        statement.query_map([after.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(found.next().transpose()?.unwrap_or((-1, String::new(), String::new())))
}

/// The next children's files by name behind one of them, or the first. Restricted files are in no such list.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn by_name(r: &Reader<'_>, after: Option<CaseId>, limit: usize) -> Result<Vec<cases::CaseRow>> {
    let (restricted, name, case) = place(r, after)?;
    let sql = "SELECT case_id FROM listed WHERE restricted = 0 AND (restricted, name, case_id) > (?1, ?2, ?3) \
               ORDER BY restricted, name, case_id LIMIT ?4";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = r.db().prepare_cached(sql)?;
    let rows = statement.query_map(params![restricted, name, case, limit], |row| row.get::<_, String>(0))?;
    rows.map(|text| cases::row(r, db::id(&text?, "case id")?)).collect()
}

/// The next files in which duties are open, shown or not, behind one of them, or the first: children's by name, then
/// restricted ones.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn with_duties(r: &Reader<'_>, after: Option<CaseId>, limit: usize) -> Result<Vec<CaseId>> {
    let (restricted, name, case) = place(r, after)?;
    let sql = "SELECT case_id FROM listed \
               WHERE duties > 0 AND (restricted, name, case_id) > (?1, ?2, ?3) \
               ORDER BY restricted, name, case_id LIMIT ?4";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = r.db().prepare_cached(sql)?;
    let rows = statement.query_map(params![restricted, name, case, limit], |row| row.get::<_, String>(0))?;
    rows.map(|case| db::id(&case?, "case id")).collect()
}

/// These children's files by name.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn in_order(r: &Reader<'_>, cases: Vec<CaseId>) -> Result<Vec<CaseId>> {
    let mut placed =
        cases.into_iter().map(|case| Ok((place(r, Some(case))?, case))).collect::<Result<Vec<_>>>()?;
    placed.sort();
    Ok(placed.into_iter().map(|(_, case)| case).collect())
}
