//! Full-text search over names, text, labels and identifiers.
//!
//! The index lives inside the encrypted file. Results come newest first: ranking a common word costs a
//! hundred times more than recency and helps less. What a person types is split into words and quoted, so
//! no query is ever read as an expression. A protected person is found, and the row says protected and
//! shows nothing but the name. In a file with a protected person every row says protected and shows no text,
//! since whereabouts can stand in anybody's words.

use std::collections::BTreeMap;

use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sharewell_records::{
    Advice, Answer, Case, CaseId, Decision, Disclosure, Emergency, EmergencyWriteUp, EntryId, FlagKind, Item,
    Moment, Person,
};

use crate::ledger::{At, entries, set_apart};
use crate::tables::flags;
use crate::{Reader, Result, db};

/// The most results that one call returns.
pub const MOST: usize = 200;
/// The most words of a query that count.
const WORDS: usize = 12;
/// The most characters of a query that count.
const LETTERS: usize = 200;

/// The table of the index.
pub(crate) const TABLE: &str = "search";
/// The index as this version makes it. The first migration made it alike.
pub(crate) const MAKE: &str = "CREATE VIRTUAL TABLE search USING fts5 (
    title, words, tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);";

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// A file.
    Case,
    /// A person.
    Person,
    /// An information item.
    Item,
    /// Advice.
    Advice,
    /// A decision.
    Decision,
    /// A disclosure.
    Disclosure,
    /// An emergency.
    Emergency,
}

impl Found {
    const ALL: [Self; 7] = [
        Self::Case,
        Self::Person,
        Self::Item,
        Self::Advice,
        Self::Decision,
        Self::Disclosure,
        Self::Emergency,
    ];

    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Person => "person",
            Self::Item => "item",
            Self::Advice => "advice",
            Self::Decision => "decision",
            Self::Disclosure => "disclosure",
            Self::Emergency => "emergency",
        }
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub found: Found,
    /// The id of the person, item, file …
    pub subject: String,
    /// The file.
    pub case: Option<CaseId>,
    /// The entry with the latest form.
    pub entry: EntryId,
    /// When that was recorded.
    pub recorded_at: Moment,
    /// A name or heading; may be empty.
    pub title: String,
    /// A few words around the match; empty where protected.
    pub snippet: String,
    /// The safety flags that stand on the person, on anybody the item is about, or on the child of the file or
    /// the decision.
    pub flags: Vec<FlagKind>,
    /// Whether an identity is protected, this person's or another's in the same file: nothing of this row
    /// leaves, and a page shows it as protected.
    pub protected: bool,
    /// For the next call's `before`.
    pub place: i64,
}

/// Searches, newest first. `before` continues below an earlier result's `place`.
///
/// # Errors
/// [`crate::Error::Cancelled`] where it was interrupted; [`crate::Error::Stored`] where a row cannot be read.
pub fn search(r: &Reader<'_>, typed: &str, limit: usize, before: Option<i64>) -> Result<Vec<Hit>> {
    let Some(query) = expression(typed) else { return Ok(vec![]) };
    // Results come one by one, so what is not asked for costs nothing. A bound LIMIT would have SQLite prepare
    // the statement anew in every call.
    let limit = limit.min(MOST);
    let sql = format!(
        "SELECT s.rowid, r.subject, r.found, r.case_id, e.id, e.recorded_at, s.title, \
         snippet(search, -1, '', '', '…', 16), {} \
         FROM search s CROSS JOIN search_rows r ON r.entry = s.rowid CROSS JOIN entries e ON e.n = s.rowid \
         WHERE search MATCH ?1 AND s.rowid < ?2 ORDER BY s.rowid DESC",
        flags::KINDS_ON_ROW
    );
    let mut statement = r.db().prepare_cached(&sql)?;
    let mut rows = statement.query(params![query, before.unwrap_or(i64::MAX)])?;
    let mut hits = Vec::new();
    // Results of one file often follow one another: whether it protects anybody is asked once.
    let mut files: BTreeMap<String, bool> = BTreeMap::new();
    while hits.len() < limit
        && let Some(row) = rows.next()?
    {
        let subject: String = row.get(1)?;
        let word = text(row, 2)?;
        let case: Option<String> = row.get(3)?;
        let found = Found::ALL
            .into_iter()
            .find(|f| f.word() == word)
            .ok_or(crate::Error::Stored { what: "search row" })?;
        let flags = flags::kinds(row.get_ref(8)?.as_str_or_null().map_err(unreadable)?)?;
        let in_file = match (found, &case) {
            (Found::Person, _) | (_, None) => false,
            (_, Some(case)) => match files.get(case) {
                Some(protects) => *protects,
                None => {
                    let protects = flags::protects_anybody(r.db(), case)?;
                    files.insert(case.clone(), protects);
                    protects
                }
            },
        };
        let protected = in_file || flags.contains(&FlagKind::ProtectedIdentity);
        let title: String = row.get(6)?;
        hits.push(Hit {
            found,
            subject,
            case: case.map(|c| db::id(&c, "case id")).transpose()?,
            entry: db::id(text(row, 4)?, "entry id")?,
            recorded_at: entries::moment(text(row, 5)?)?,
            title: if in_file && found != Found::Case { String::new() } else { title },
            snippet: if protected { String::new() } else { row.get(7)? },
            flags,
            protected,
            place: row.get(0)?,
        });
    }
    Ok(hits)
}

/// The children's files in which somebody, or the file itself, fits what was typed, the one touched last first; none
/// where nothing can be looked for yet. A single Latin letter narrows nothing: as a beginning it would fit half the
/// vault.
///
/// # Errors
/// As [`search`].
pub fn files(r: &Reader<'_>, typed: &str) -> Result<Option<Vec<CaseId>>> {
    let narrows = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphanumeric());
        letters.next().is_some_and(|first| !first.is_ascii() || letters.next().is_some())
    };
    let words: Vec<&str> = typed.split_whitespace().filter(narrows).collect();
    let Some(query) = expression(&words.join(" ")) else { return Ok(None) };
    // What only a restricted file holds is in no index, and its people are in no list.
    let mut statement = r.db().prepare_cached(
        // What was found leads: the order of the list would have SQLite walk every file.
        "SELECT l.case_id FROM ( \
         SELECT c.case_id FROM search s CROSS JOIN search_rows r ON r.entry = s.rowid \
         CROSS JOIN case_people c ON c.person = r.subject WHERE search MATCH ?1 AND r.found = 'person' \
         UNION SELECT r.subject FROM search s CROSS JOIN search_rows r ON r.entry = s.rowid \
         WHERE search MATCH ?1 AND r.found = 'case') f CROSS JOIN touched l ON l.case_id = f.case_id \
         ORDER BY l.entry DESC",
    )?;
    let rows = statement.query_map([query], |row| row.get::<_, String>(0))?;
    rows.map(|case| db::id(&case?, "case id")).collect::<Result<_>>().map(Some)
}

/// A column of text, not copied.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    row.get_ref(column)?.as_str().map_err(unreadable)
}

fn unreadable(_: FromSqlError) -> crate::Error {
    crate::Error::Stored { what: "search row" }
}

/// What a person typed as an expression: every word quoted, every word a prefix, all of them needed. A row
/// of digits in groups is also looked for without its spaces. None where nothing can be looked for.
fn expression(typed: &str) -> Option<String> {
    let text: String = typed.chars().take(LETTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> =
        text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).take(WORDS).collect();
    if words.is_empty() {
        return None;
    }
    let all = words.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(" AND ");
    let digits = words.len() > 1 && words.iter().all(|w| w.chars().all(|c| c.is_ascii_digit()));
    Some(if digits { format!("({all}) OR {}", quoted(&words.concat())) } else { all })
}

/// A quoted word. A single letter stands for itself: as a prefix it would match half the vault.
fn quoted(word: &str) -> String {
    let star = if word.chars().filter(|c| c.is_alphanumeric()).count() > 1 { " *" } else { "" };
    format!("\"{}\"{star}", word.replace('"', "\"\""))
}

/// Empties the index for a rebuild. Dropping it is quicker than deleting row by row.
pub(crate) fn clear(db: &Connection) -> Result<()> {
    db.execute_batch("DROP TABLE search; DELETE FROM search_rows;")?;
    db.execute_batch(MAKE)?;
    Ok(())
}

struct Words<'a> {
    found: Found,
    subject: String,
    case: Option<CaseId>,
    title: &'a str,
    words: Vec<&'a str>,
}

/// Nothing that a restricted file says is looked for: who searches for a child finds the child's file alone.
fn put(db: &Connection, at: &At, new: &Words<'_>) -> Result<()> {
    if set_apart::is_restricted(db, new.case.or(at.case))? {
        return Ok(());
    }
    remove(db, &new.subject)?;
    let words = new.words.iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join("\n");
    if new.title.is_empty() && words.is_empty() {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO search_rows (subject, entry, found, case_id) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![new.subject, at.n, new.found.word(), new.case.or(at.case).map(|c| c.to_string())])?;
    db.prepare_cached("INSERT INTO search (rowid, title, words) VALUES (?1, ?2, ?3)")?
        .execute(params![at.n, new.title, words])?;
    Ok(())
}

/// Takes a subject out of the index.
pub(crate) fn remove(db: &Connection, subject: &str) -> Result<()> {
    let old: Option<i64> = db
        .prepare_cached("SELECT entry FROM search_rows WHERE subject = ?1")?
        .query_row([subject], |row| row.get(0))
        .optional()?;
    if let Some(old) = old {
        db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([old])?;
        db.prepare_cached("DELETE FROM search_rows WHERE subject = ?1")?.execute([subject])?;
    }
    Ok(())
}

pub(crate) fn put_case(db: &Connection, at: &At, case: &Case) -> Result<()> {
    let words = vec![case.reason.as_str()];
    put(
        db,
        at,
        &Words {
            found: Found::Case,
            subject: case.id.to_string(),
            case: Some(case.id),
            title: &case.reference,
            words,
        },
    )
}

pub(crate) fn put_person(db: &Connection, at: &At, person: &Person) -> Result<()> {
    let phone: String = person.phone.chars().filter(|c| !c.is_whitespace()).collect();
    let mut words: Vec<&str> = person.also_known_as.iter().map(String::as_str).collect();
    words.extend(person.identifiers.iter().map(|i| i.value.as_str()));
    words.extend([
        person.address.as_str(),
        &person.phone,
        &phone,
        &person.agency,
        &person.language,
        &person.needs,
    ]);
    put(
        db,
        at,
        &Words {
            found: Found::Person,
            subject: person.id.to_string(),
            case: None,
            title: &person.name,
            words,
        },
    )
}

pub(crate) fn put_item(db: &Connection, at: &At, item: &Item) -> Result<()> {
    let mut words = vec![item.text.as_str(), &item.by];
    words.extend(item.labels.iter().map(String::as_str));
    put(db, at, &Words { found: Found::Item, subject: item.id.to_string(), case: None, title: "", words })
}

pub(crate) fn put_advice(db: &Connection, at: &At, advice: &Advice) -> Result<()> {
    let words = vec![advice.question.as_str(), &advice.answer];
    put(
        db,
        at,
        &Words {
            found: Found::Advice,
            subject: advice.id.to_string(),
            case: None,
            title: &advice.adviser,
            words,
        },
    )
}

pub(crate) fn put_decision(db: &Connection, at: &At, decision: &Decision) -> Result<()> {
    let mut words = vec![decision.reasons.as_str(), &decision.otherwise, &decision.alternatives];
    words.extend([decision.recipient.name.as_str(), &decision.recipient.role]);
    for answered in &decision.answers {
        match &answered.answer {
            Answer::Choice { words: w, .. } | Answer::Choices { words: w, .. } => words.push(w),
            Answer::Text { text } => words.push(text),
            Answer::Date { .. } => {}
            Answer::People { words: w, .. } | Answer::Items { words: w, .. } => words.push(w),
            Answer::Adviser { who, said, .. } => words.extend([who.as_str(), said]),
            Answer::Weighing { share, not_share, .. } => words.extend([share.what.as_str(), &not_share.what]),
            Answer::EachPerson { rows } => words.extend(rows.iter().map(|row| row.reason.as_str())),
            Answer::Checklist { rows } => words.extend(rows.iter().map(|row| row.words.as_str())),
        }
    }
    let case = Some(decision.case);
    put(
        db,
        at,
        &Words {
            found: Found::Decision,
            subject: decision.id.to_string(),
            case,
            title: &decision.what,
            words,
        },
    )
}

pub(crate) fn put_disclosure(db: &Connection, at: &At, disclosure: &Disclosure) -> Result<()> {
    let words =
        vec![disclosure.what.as_str(), &disclosure.why, &disclosure.recipient_role, &disclosure.limits];
    let subject = disclosure.id.to_string();
    put(db, at, &Words { found: Found::Disclosure, subject, case: None, title: &disclosure.recipient, words })
}

pub(crate) fn put_emergency(db: &Connection, at: &At, emergency: &Emergency) -> Result<()> {
    let mut words = vec![emergency.told.as_str(), &emergency.others_at_risk];
    words.extend(emergency.attempts.iter().map(|a| a.who.as_str()));
    let (subject, case) = (emergency.id.to_string(), emergency.case);
    put(db, at, &Words { found: Found::Emergency, subject, case, title: &emergency.child, words })
}

/// The write-up joins the words that were told, under the newer entry.
pub(crate) fn put_write_up(db: &Connection, at: &At, write_up: &EmergencyWriteUp) -> Result<()> {
    let subject = write_up.emergency.to_string();
    if set_apart::is_restricted(db, Some(write_up.case))? {
        return remove(db, &subject);
    }
    let told: Option<(String, String)> = db
        .prepare_cached("SELECT s.title, s.words FROM search_rows r JOIN search s ON s.rowid = r.entry WHERE r.subject = ?1")?
        .query_row([&subject], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (title, told) = told.unwrap_or_default();
    let words = vec![told.as_str(), &write_up.account, &write_up.why_urgent, &write_up.explained];
    put(db, at, &Words { found: Found::Emergency, subject, case: Some(write_up.case), title: &title, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_words_and_never_an_expression() {
        assert_eq!(expression("  "), None);
        assert_eq!(expression("-- * \" ( )"), None, "nothing to look for");
        assert_eq!(expression("ayla NEAR(x"), Some("\"ayla\" * AND \"NEAR(x\" *".into()));
        assert_eq!(expression("a\"b OR title:x"), Some("\"a\"\"b\" * AND \"OR\" * AND \"title:x\" *".into()));
        assert_eq!(
            expression("943 476 5919"),
            Some("(\"943\" * AND \"476\" * AND \"5919\" *) OR \"9434765919\" *".into())
        );
        assert_eq!(expression("x\0y"), Some("\"x\" AND \"y\"".into()), "a control character is a space");
    }
}
