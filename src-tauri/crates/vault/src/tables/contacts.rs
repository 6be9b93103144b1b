//! The practitioner's directory, in the order of the alphabet.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use sharewell_records::{Contact, ContactId, ContactRole, Payload, fold, folded_words};

use crate::ledger::{self, At};
use crate::{Error, Reader, Recorded, Result, db};

/// From so many digits on a text is a telephone number.
const NUMBER: usize = 6;

pub(crate) fn put(db: &Connection, at: &At, contact: &Contact) -> Result<()> {
    let found_by = [&contact.name, &contact.agency, &contact.phone, &contact.out_of_hours, &contact.email];
    // A number is typed in one piece as well as in its groups.
    let in_one = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>();
    let numbers =
        [&contact.phone, &contact.out_of_hours].map(in_one).into_iter().filter(|one| one.len() >= NUMBER);
    let words: String = found_by
        .into_iter()
        .flat_map(|text| folded_words(text))
        .chain(numbers)
        .flat_map(|word| [" ".to_owned(), word])
        .collect();
    db.prepare_cached(
        "INSERT INTO contacts (id, sort, words, entry, role) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (id) DO UPDATE \
         SET sort = excluded.sort, words = excluded.words, entry = excluded.entry, role = excluded.role",
    )?
    .execute(params![contact.id.to_string(), fold(&contact.name), words, at.n, contact.role.word()])?;
    Ok(())
}

pub(crate) fn remove(db: &Connection, at: &At, id: ContactId) -> Result<()> {
    db.prepare_cached("UPDATE contacts SET removed = ?2 WHERE id = ?1 AND removed IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Contact> {
    match payload {
        Payload::ContactAdded { contact } | Payload::ContactChanged { contact, .. } => Some(contact),
        _ => None,
    }
}

/// A word that is looked for, folded, and what people call by it: a contact fits by either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The beginning of a word of the name, the agency, the number or the address.
    pub word: String,
    /// The posts that are called so.
    pub roles: Vec<ContactRole>,
}

/// The contacts that every word fits, and their values: no words are all of them.
fn fitting(words: &[Sought]) -> (String, Vec<Value>) {
    let each = words.iter().enumerate().map(|(at, sought)| {
        // The stored words of a closed set hold letters and low lines alone.
        let roles: Vec<String> = sought.roles.iter().map(|role| format!("'{}'", role.word())).collect();
        format!(" AND (t.words LIKE ?{} OR t.role IN ({}))", at + 1, roles.join(", "))
    });
    let clause = std::iter::once("t.removed IS NULL".to_owned()).chain(each).collect();
    // A folded word holds letters and digits alone, and none of the signs that LIKE reads otherwise.
    (clause, words.iter().map(|sought| Value::Text(format!("% {}%", sought.word))).collect())
}

/// The contacts that fit, by the alphabet, behind one of them where it is given. Words are folded.
///
/// # Errors
/// [`Error::Unreadable`] names an entry that cannot be read.
pub fn page(
    r: &Reader<'_>,
    words: &[Sought],
    after: Option<ContactId>,
    limit: usize,
) -> Result<Vec<Recorded<Contact>>> {
    let (mut clause, mut values) = fitting(words);
    if let Some(after) = after {
        values.push(Value::Text(after.to_string()));
        let at = values.len();
        clause.push_str(&format!(" AND (t.sort, t.id) > (SELECT sort, id FROM contacts WHERE id = ?{at})"));
    }
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    let from = format!(
        "contacts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
         WHERE {clause} ORDER BY t.sort, t.id LIMIT ?{}",
        values.len()
    );
    ledger::records(r.db(), &from, params_from_iter(values), pick)
}

/// How many contacts fit. Words are folded.
///
/// # Errors
/// [`Error::Sqlite`] where the database refuses.
pub fn count(r: &Reader<'_>, words: &[Sought]) -> Result<u64> {
    let (clause, values) = fitting(words);
    let sql = format!("SELECT count(*) FROM contacts t WHERE {clause}");
    Ok(db::count(r.db().prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?))
}

/// A contact that stands in the directory.
///
/// # Errors
/// [`Error::NoSuch`] where there is none, or it was taken out.
pub fn get(r: &Reader<'_>, id: ContactId) -> Result<Recorded<Contact>> {
    let from = "contacts t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.id = ?1 AND t.removed IS NULL";
    let found = ledger::records(r.db(), from, [id.to_string()], pick)?;
    found.into_iter().next().ok_or(Error::NoSuch { what: "contact" })
}
