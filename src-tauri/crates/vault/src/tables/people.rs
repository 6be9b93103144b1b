//! People, and in which files they stand.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Payload, Person, PersonId};

use crate::ledger::{self, At, set_apart};
use crate::{Error, Reader, Recorded, Result, db};

/// A restricted file states people again who stand in a child's file: their record stays that of the child's.
pub(crate) fn put(db: &Connection, at: &At, person: &Person) -> Result<()> {
    let elsewhere = "SELECT 1 FROM case_people c WHERE c.person = ?1 AND NOT EXISTS \
                     (SELECT 1 FROM cases k WHERE k.id = c.case_id AND k.restricted = 1)";
    if set_apart::is_restricted(db, at.case)?
        && db.prepare_cached(elsewhere)?.exists([person.id.to_string()])?
    {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO people (id, entry) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry")?
        .execute(params![person.id.to_string(), at.n])?;
    Ok(())
}

pub(crate) fn join_case(db: &Connection, at: &At, person: PersonId) -> Result<()> {
    let Some(case) = at.case else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO case_people (case_id, person, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![case.to_string(), person.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Person> {
    match payload {
        Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => Some(person),
        _ => None,
    }
}

/// The people of a file, in the order in which they were added.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Person>>> {
    let from = "case_people c JOIN people t ON t.id = c.person JOIN entries e ON e.n = t.entry \
                JOIN payloads p ON p.entry = e.n WHERE c.case_id = ?1 ORDER BY c.since";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// A person, where recorded.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn find(r: &Reader<'_>, id: PersonId) -> Result<Option<Recorded<Person>>> {
    let from = "people t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    Ok(ledger::records(r.db(), from, [id.to_string()], pick)?.into_iter().next())
}

/// How often what is known of a person was corrected.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn amendments(r: &Reader<'_>, id: PersonId) -> Result<u64> {
    let sql = "SELECT count(*) FROM subjects s JOIN entries e ON e.n = s.entry \
               WHERE s.subject = ?1 AND e.kind = 'person_amended'";
    let count = r.db().prepare_cached(sql)?.query_row([id.to_string()], |row| row.get(0))?;
    Ok(db::count(count))
}

/// A person.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: PersonId) -> Result<Recorded<Person>> {
    find(r, id)?.ok_or(Error::NoSuch { what: "person" })
}

/// Everybody, in the order in which they were first recorded or last amended.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn all(r: &Reader<'_>) -> Result<Vec<Recorded<Person>>> {
    let from = "people t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n ORDER BY t.entry";
    ledger::records(r.db(), from, [], pick)
}

/// # Errors
/// [`Error::Stored`] where a row cannot be read.
pub fn cases_of(r: &Reader<'_>, person: PersonId) -> Result<Vec<CaseId>> {
    let mut statement =
        r.db().prepare_cached("SELECT case_id FROM case_people WHERE person = ?1 ORDER BY since, case_id")?;
    let rows = statement.query_map([person.to_string()], |row| row.get::<_, String>(0))?;
    rows.map(|text| db::id(&text?, "case id")).collect()
}
