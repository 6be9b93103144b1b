//! Full-text search over names, text, labels and identifiers.
//!
//! The index lives inside the encrypted file. Results come newest first: ranking a common word costs a
//! hundred times more than recency and helps less. What a text is found by, and what a query asks for, is worked
//! out in one place (`records::finding`); here it is quoted, so no query is ever read as an expression. A protected person is found, and the row says protected and
//! shows nothing but the name. In a file with a protected person every row says protected and shows no text,
//! since whereabouts can stand in anybody's words.

mod fill;

use std::collections::BTreeMap;

use rusqlite::types::FromSqlError;
use rusqlite::{Row, params};
use sharewell_records::finding::{Asked, Marks, Wanted, day_words, found_by, same_name, whole_name_word};
use sharewell_records::{
    Birth, CaseId, Day, EntryId, FlagKind, Identifier, Moment, Occurred, Person, PersonId, same_person_number,
};

pub(crate) use fill::{
    clear, put_advice, put_attachment, put_case, put_decision, put_disclosure, put_emergency, put_item,
    put_person, put_write_up, remove,
};

use crate::ledger::entries;
use crate::tables::{flags, people};
use crate::{Reader, Result, db};

/// The most results that one call returns.
pub const MOST: usize = 200;
/// How many words of a text are shown around what was found.
const AROUND: usize = 16;
/// The most people who are looked at for what was nearly typed.
const NEAR: usize = 400;

/// The table of the index.
pub(crate) const TABLE: &str = "search";
/// The index as this version makes it: what a text says, the words that it is found by, and the keys of names for
/// what is nearly typed. A projection's version is raised with it, so that it is made anew.
pub(crate) const MAKE: &str = "CREATE VIRTUAL TABLE search USING fts5 (
    title UNINDEXED, words UNINDEXED, folded, near, tokenize = 'ascii', prefix = '2 3'
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
    /// A paper, by what is said of it.
    Attachment,
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
    const ALL: [Self; 8] = [
        Self::Case,
        Self::Person,
        Self::Item,
        Self::Attachment,
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
            Self::Attachment => "attachment",
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
pub fn search(
    r: &Reader<'_>,
    wanted: impl Into<Wanted>,
    limit: usize,
    before: Option<i64>,
) -> Result<Vec<Hit>> {
    let wanted = wanted.into();
    let Some(query) = wanted.asked().map(|asked| expression(&asked)) else { return Ok(vec![]) };
    let marks = wanted.marks();
    // Results come one by one, so what is not asked for costs nothing. A bound LIMIT would have SQLite prepare
    // the statement anew in every call.
    let limit = limit.min(MOST);
    let sql = format!(
        "SELECT s.rowid, r.subject, r.found, r.case_id, e.id, e.recorded_at, s.title, \
         s.words, {} \
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
        let snippet = match protected {
            true => String::new(),
            false => shown(&marks, &title, text(row, 7)?),
        };
        hits.push(Hit {
            found,
            subject,
            case: case.map(|c| db::id(&c, "case id")).transpose()?,
            entry: db::id(text(row, 4)?, "entry id")?,
            recorded_at: entries::moment(text(row, 5)?)?,
            title: if in_file && found != Found::Case { String::new() } else { title },
            snippet,
            flags,
            protected,
            place: row.get(0)?,
        });
    }
    Ok(hits)
}

/// What is shown of a row: the heading where what was looked for stands there, or the words around it.
fn shown(marks: &Marks, title: &str, words: &str) -> String {
    if marks.stands_in(title) && !words.lines().any(|line| marks.stands_in(line)) {
        return title.to_owned();
    }
    let found = words.lines().find(|line| marks.stands_in(line));
    marks.around(found.unwrap_or(words), AROUND)
}

/// The children's files in which somebody, or the file itself, fits what was typed, the one touched last first; none
/// where nothing can be looked for yet. A single letter narrows nothing unless somebody has that name.
///
/// # Errors
/// As [`search`].
pub fn files(r: &Reader<'_>, wanted: impl Into<Wanted>) -> Result<Option<Vec<CaseId>>> {
    let wanted = wanted.into();
    let Some(query) = wanted.asked().map(|asked| expression(&asked)) else { return Ok(None) };
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
    let found: Vec<CaseId> = rows.map(|case| db::id(&case?, "case id")).collect::<Result<_>>()?;
    Ok(if found.is_empty() && wanted.is_a_letter() { None } else { Some(found) })
}

/// The people whose name is nearly what was typed, by another spelling or one slip, the latest first. They may be
/// among those whom [`search`] finds.
///
/// # Errors
/// As [`search`].
pub fn near(r: &Reader<'_>, wanted: &Wanted, limit: usize) -> Result<Vec<PersonId>> {
    let Some(asked) = wanted.near() else { return Ok(vec![]) };
    let mut near = Vec::new();
    for person in people_by(r, &asked, NEAR)? {
        let earlier = &person.care.earlier_names;
        let names =
            std::iter::once(&person.name).chain(&person.also_known_as).chain(earlier).map(String::as_str);
        if near.len() < limit && wanted.is_near(names) {
            near.push(person.id);
        }
    }
    Ok(near)
}

/// The people who have one of these numbers, by the index alone.
///
/// # Errors
/// As [`search`].
pub fn by_number(r: &Reader<'_>, numbers: &[Identifier]) -> Result<Vec<Person>> {
    let any: Vec<Asked> = numbers
        .iter()
        .map(|one| found_by(&one.value))
        .filter(|value| !value.is_empty())
        .map(|value| whole_words(&value))
        .collect();
    if any.is_empty() {
        return Ok(vec![]);
    }
    let found = people_by(r, &Asked::Any(any), MOST)?;
    let has = |person: &Person| {
        person.identifiers.iter().any(|theirs| numbers.iter().any(|one| same_person_number(one, theirs)))
    };
    Ok(found.into_iter().filter(has).collect())
}

/// The people who bear a name, by the index alone, the latest first and at most `limit` looked at; born on a day,
/// where one is given.
///
/// # Errors
/// As [`search`].
pub fn by_name(r: &Reader<'_>, name: &str, born: Option<Day>, limit: usize) -> Result<Vec<Person>> {
    let mut all = vec![whole_words(&whole_name_word(name))];
    if let Some(on) = born {
        let days = day_words(&Occurred::Day { on });
        all.extend(days.split(' ').take(1).map(whole_words));
    }
    let found = people_by(r, &Asked::All(all), limit)?;
    let born_then = |person: &Person| {
        born.is_none_or(
            |day| matches!(person.birth, Birth::Born { on } | Birth::Expected { on } if on == day),
        )
    };
    Ok(found.into_iter().filter(|person| born_then(person) && same_name(&person.name, name)).collect())
}

fn whole_words(words: &str) -> Asked {
    Asked::Words { words: words.split(' ').map(str::to_owned).collect(), begins: false }
}

/// The people of the index who fit, the latest first.
fn people_by(r: &Reader<'_>, asked: &Asked, limit: usize) -> Result<Vec<Person>> {
    let mut statement = r.db().prepare_cached(
        "SELECT r.subject FROM search s CROSS JOIN search_rows r ON r.entry = s.rowid \
         WHERE search MATCH ?1 AND r.found = 'person' ORDER BY s.rowid DESC",
    )?;
    let mut rows = statement.query([expression(asked)])?;
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let id: PersonId = db::id(text(row, 0)?, "person id")?;
        found.extend(people::find(r, id)?.map(|person| person.record));
    }
    Ok(found)
}

/// A column of text, not copied.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    row.get_ref(column)?.as_str().map_err(unreadable)
}

fn unreadable(_: FromSqlError) -> crate::Error {
    crate::Error::Stored { what: "search row" }
}

/// What is asked for as an expression of the index, every word quoted.
fn expression(asked: &Asked) -> String {
    match asked {
        Asked::Words { words, begins } => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("{{folded}} : ({}{})", words.join(" + "), if *begins { " *" } else { "" })
        }
        Asked::Key(key) => format!("{{near}} : ({})", quoted(key)),
        Asked::All(all) => joined(all, " AND "),
        Asked::Any(any) => joined(any, " OR "),
    }
}

fn joined(all: &[Asked], by: &str) -> String {
    format!("({})", all.iter().map(expression).collect::<Vec<_>>().join(by))
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_words_and_never_an_expression() {
        let asked = |typed: &str| Wanted::from(typed).asked().map(|asked| expression(&asked));
        assert_eq!(asked("  "), None);
        assert_eq!(asked("-- * \" ( )"), None, "nothing to look for");
        assert_eq!(asked("NEAR(x\""), Some("{folded} : (\"near\" *)".into()));
        assert_eq!(asked("小明"), Some("{folded} : (\"小\" + \"明\" *)".into()));
        assert_eq!(expression(&Asked::Key("a\"b".into())), "{near} : (\"a\"\"b\")");
    }
}
