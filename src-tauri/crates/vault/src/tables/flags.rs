//! Safety flags. They bind on every screen, print, pack and export, so reading them is cheap.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Flag, FlagId, FlagKind, OriginId, Payload, PersonId, Seq};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result, db};

pub(crate) fn put(db: &Connection, at: &At, flag: &Flag) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO flags (id, person, kind, entry) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET person = excluded.person, kind = excluded.kind, entry = excluded.entry",
    )?
    .execute(params![flag.id.to_string(), flag.person.to_string(), flag.kind.word(), at.n])?;
    Ok(())
}

pub(crate) fn lift(db: &Connection, at: &At, id: FlagId) -> Result<()> {
    db.prepare_cached("UPDATE flags SET lifted = ?2 WHERE id = ?1 AND lifted IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn kind(word: &str) -> Result<FlagKind> {
    FlagKind::of(word).ok_or(Error::Stored { what: "flag" })
}

fn pick(payload: Payload) -> Option<Flag> {
    match payload {
        Payload::FlagSet { flag } => Some(flag),
        _ => None,
    }
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

/// Everybody under a standing flag *protected identity* who stands in a child's file, as the ledger stood at a place of
/// an origin, or as it stands. Who is protected in a restricted file alone is nobody's business elsewhere.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn protecting(r: &Reader<'_>, until: Option<(OriginId, Seq)>) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT f.person FROM flags f \
               WHERE f.kind = 'protected_identity' AND f.entry <= ?1 AND (f.lifted IS NULL OR f.lifted > ?1) \
               AND EXISTS (SELECT 1 FROM case_people c JOIN cases k ON k.id = c.case_id \
                           WHERE c.person = f.person AND k.restricted = 0) ORDER BY f.person";
    let last = match until {
        Some((origin, to)) => ledger::place(r, origin, to)?,
        None => i64::MAX,
    };
    let mut statement = r.db().prepare_cached(sql)?;
    let rows = statement.query_map([last], |row| row.get::<_, String>(0))?;
    rows.map(|text| db::id(&text?, "person id")).collect()
}

/// A file, and one that is shown as one with it: the flags of both bind.
const FILES: &str = "(SELECT ?1 UNION ALL SELECT other FROM joins WHERE kept = ?1 AND ended IS NULL \
                     UNION ALL SELECT kept FROM joins WHERE other = ?1 AND ended IS NULL)";

/// A person, and who is the same child in another file.
macro_rules! on {
    ($person:literal) => {
        concat!(
            "f.person IN (SELECT ",
            $person,
            " UNION ALL SELECT j.same FROM joins j WHERE j.child = ",
            $person,
            " AND j.ended IS NULL UNION ALL SELECT j.child FROM joins j WHERE j.same = ",
            $person,
            " AND j.ended IS NULL) AND f.lifted IS NULL"
        )
    };
}

/// Whether a flag stands on anybody in a file, or in one that is shown as one with it.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn any_in(r: &Reader<'_>, case: CaseId) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM case_people c JOIN flags f ON f.person = c.person \
         WHERE c.case_id IN {FILES} AND f.lifted IS NULL"
    );
    Ok(r.db().prepare_cached(&sql)?.exists([case.to_string()])?)
}

/// The kinds of flag that stand on a search row `r`: on the person, on anybody the item is about, on the child
/// of the file or the decision. An expression inside the search's own query, since a query of its own for
/// each result costs as much as finding it did.
pub(crate) const KINDS_ON_ROW: &str = concat!(
    "CASE r.found \
     WHEN 'item' THEN (SELECT group_concat(f.kind) FROM item_people i JOIN flags f ON ",
    on!("i.person"),
    " WHERE i.item = r.subject) \
     WHEN 'person' THEN (SELECT group_concat(f.kind) FROM flags f WHERE ",
    on!("r.subject"),
    ") WHEN 'case' THEN (SELECT group_concat(f.kind) FROM cases c JOIN flags f ON ",
    on!("c.child"),
    " WHERE c.id = r.subject) \
     WHEN 'decision' THEN (SELECT group_concat(f.kind) FROM decisions d JOIN flags f ON ",
    on!("d.child"),
    " WHERE d.id = r.subject) END"
);

/// Reads what [`KINDS_ON_ROW`] gives, each kind once.
pub(crate) fn kinds(joined: Option<&str>) -> Result<Vec<FlagKind>> {
    let mut kinds =
        joined.map_or(Ok(vec![]), |words| words.split(',').map(kind).collect::<Result<Vec<_>>>())?;
    kinds.sort_unstable_by_key(|kind| kind.word());
    kinds.dedup();
    Ok(kinds)
}

/// Whether anybody in a file, or in one that is shown as one with it, has a protected identity.
///
/// # Errors
/// [`crate::Error::Sqlite`] where the database refuses.
pub fn protects(r: &Reader<'_>, case: CaseId) -> Result<bool> {
    protects_anybody(r.db(), &case.to_string())
}

pub(crate) fn protects_anybody(db: &Connection, case: &str) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM case_people c JOIN flags f ON f.person = c.person \
         WHERE c.case_id IN {FILES} AND f.kind = 'protected_identity' AND f.lifted IS NULL"
    );
    Ok(db.prepare_cached(&sql)?.exists([case])?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word() {
        use FlagKind as K;
        for flag in K::ALL {
            assert_eq!(kind(flag.word()).unwrap(), flag);
        }
        assert!(kind("sunny").is_err());
        assert_eq!(kinds(Some("no_contact,do_not_post,no_contact")).unwrap(), [K::DoNotPost, K::NoContact]);
        assert!(kinds(Some("no_contact,sunny")).is_err(), "a word that is not known is never passed over");
        assert_eq!(kinds(None).unwrap(), []);
    }
}
