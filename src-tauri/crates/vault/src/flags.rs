//! Safety flags. They bind on every screen, print, pack and export, so reading them is cheap.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Flag, FlagId, FlagKind, Payload, PersonId};

use crate::project::At;
use crate::{Error, Reader, Recorded, Result, ledger};

pub(crate) fn put(db: &Connection, at: &At, flag: &Flag) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO flags (id, person, kind, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET person = excluded.person, kind = excluded.kind, entry = excluded.entry",
    )?
    .execute(params![flag.id.to_string(), flag.person.to_string(), word(flag.kind), at.n])?;
    Ok(())
}

pub(crate) fn lift(db: &Connection, at: &At, id: FlagId) -> Result<()> {
    db.prepare_cached("UPDATE flags SET lifted = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

/// The stored word of a kind. A released word never changes.
pub(crate) fn word(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::DoNotTell => "do_not_tell",
        FlagKind::NoContact => "no_contact",
        FlagKind::DoNotPost => "do_not_post",
        FlagKind::UnsafePhone => "unsafe_phone",
        FlagKind::ProtectedIdentity => "protected_identity",
        FlagKind::WorkerSafety => "worker_safety",
    }
}

fn kind(word: &str) -> Result<FlagKind> {
    Ok(match word {
        "do_not_tell" => FlagKind::DoNotTell,
        "no_contact" => FlagKind::NoContact,
        "do_not_post" => FlagKind::DoNotPost,
        "unsafe_phone" => FlagKind::UnsafePhone,
        "protected_identity" => FlagKind::ProtectedIdentity,
        "worker_safety" => FlagKind::WorkerSafety,
        _ => return Err(Error::Stored { what: "flag" }),
    })
}

fn pick(payload: Payload) -> Option<Flag> {
    match payload {
        Payload::FlagSet { flag } => Some(flag),
        _ => None,
    }
}

/// The standing flags on a person.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_person(r: &Reader<'_>, person: PersonId) -> Result<Vec<Recorded<Flag>>> {
    let from = "flags t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.person = ?1 AND t.lifted IS NULL ORDER BY t.entry";
    ledger::records(r.db(), from, [person.to_string()], pick)
}

/// The standing flags on anybody in a file.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Flag>>> {
    let from = "flags t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.lifted IS NULL \
                AND t.person IN (SELECT person FROM case_people WHERE case_id = ?1) ORDER BY t.entry";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// The kinds of flag that stand on a person or on anybody an item is about, without reading a payload.
pub(crate) fn kinds_on(db: &Connection, subject: &str) -> Result<Vec<FlagKind>> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT kind FROM flags WHERE lifted IS NULL \
         AND (person = ?1 OR person IN (SELECT person FROM item_people WHERE item = ?1) \
              OR person = (SELECT child FROM cases WHERE id = ?1) \
              OR person = (SELECT child FROM decisions WHERE id = ?1)) ORDER BY kind",
    )?;
    let rows = statement.query_map([subject], |row| row.get::<_, String>(0))?;
    rows.map(|word| kind(&word?)).collect()
}

/// Whether anybody in a file has a protected identity.
pub(crate) fn protects_anybody(db: &Connection, case: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM case_people c JOIN flags f ON f.person = c.person \
               WHERE c.case_id = ?1 AND f.kind = 'protected_identity' AND f.lifted IS NULL";
    Ok(db.prepare_cached(sql)?.exists([case])?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word() {
        use FlagKind as K;
        for flag in
            [K::DoNotTell, K::NoContact, K::DoNotPost, K::UnsafePhone, K::ProtectedIdentity, K::WorkerSafety]
        {
            assert_eq!(kind(word(flag)).unwrap(), flag);
            assert_eq!(serde_json::to_value(flag).unwrap(), word(flag), "one word for one kind everywhere");
        }
        assert!(kind("sunny").is_err());
    }
}
