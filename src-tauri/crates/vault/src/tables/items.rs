//! Information items.

use rusqlite::{Connection, params};
use sharewell_records::{CaseId, Item, ItemId, Payload, PersonId};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, item: &Item) -> Result<()> {
    let id = item.id.to_string();
    db.prepare_cached(
        "INSERT INTO items (id, case_id, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![id, at.case_text(), at.n])?;
    put_people(db, item)
}

/// Whom an item is about, where the item stands.
pub(crate) fn put_people(db: &Connection, item: &Item) -> Result<()> {
    let id = item.id.to_string();
    db.prepare_cached("DELETE FROM item_people WHERE item = ?1")?.execute([&id])?;
    for person in &item.about {
        let sql = "INSERT INTO item_people (item, person) SELECT ?1, ?2 \
                   WHERE EXISTS (SELECT 1 FROM items WHERE id = ?1) ON CONFLICT DO NOTHING";
        db.prepare_cached(sql)?.execute(params![id, person.to_string()])?;
    }
    Ok(())
}

pub(crate) fn withdraw(db: &Connection, at: &At, id: ItemId) -> Result<()> {
    db.prepare_cached("UPDATE items SET withdrawn = ?2 WHERE id = ?1 AND withdrawn IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Item> {
    match payload {
        Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } => Some(item),
        _ => None,
    }
}

/// The standing items of a file, newest form first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Item>>> {
    let from = "items t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 AND t.withdrawn IS NULL ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// The standing items about a person, newest form first.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn about(r: &Reader<'_>, person: PersonId) -> Result<Vec<Recorded<Item>>> {
    let from = "item_people i JOIN items t ON t.id = i.item JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE i.person = ?1 AND t.withdrawn IS NULL ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [person.to_string()], pick)
}

/// One item, withdrawn or not; for tests of what stands in the table.
///
/// # Errors
/// [`Error::NoSuch`] where there is none.
#[cfg(any(test, feature = "test-hooks"))]
pub fn get(r: &Reader<'_>, id: ItemId) -> Result<Recorded<Item>> {
    let from = "items t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(crate::Error::NoSuch { what: "item" })
}
