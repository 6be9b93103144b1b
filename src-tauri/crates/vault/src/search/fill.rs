//! What an entry puts into the index: what it says, the words that it is found by, and the keys of names.

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::finding::{
    day_words, day_words_of, found_by, name_found_by, nearly_found_by, whole_name_word,
};
use sharewell_records::{
    Advice, Answer, Attachment, Birth, Case, CaseId, Decision, Disclosure, Emergency, EmergencyWriteUp, Item,
    Moment, Occurred, Person,
};

use super::{Found, MAKE};
use crate::Result;
use crate::ledger::{At, set_apart};

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
    /// Names of whoever it is, which are found nearly typed too.
    names: Vec<&'a str>,
    /// Names that are found nearly typed alone, and stand in nothing that is shown.
    hushed: Vec<&'a str>,
    /// Days and months, as they are found.
    days: String,
}

impl<'a> Words<'a> {
    fn new(found: Found, subject: impl ToString, title: &'a str, words: Vec<&'a str>) -> Self {
        let subject = subject.to_string();
        Self {
            found,
            subject,
            case: None,
            title,
            words,
            names: Vec::new(),
            hushed: Vec::new(),
            days: String::new(),
        }
    }

    fn in_case(self, case: Option<CaseId>) -> Self {
        Self { case, ..self }
    }

    fn on(self, when: &Occurred) -> Self {
        Self { days: day_words(when), ..self }
    }

    fn at(self, at: Moment) -> Self {
        self.on(&Occurred::Moment { at })
    }

    /// Everything that it is found by.
    fn folded(&self) -> String {
        let names =
            self.names.iter().map(|name| format!("{} {}", name_found_by(name), whole_name_word(name)));
        let heading = if self.names.is_empty() { found_by(self.title) } else { String::new() };
        let words = self.words.iter().filter(|word| !self.names.contains(word)).map(|word| found_by(word));
        let all = names.chain([heading]).chain(words).chain([self.days.clone()]);
        all.filter(|one| !one.is_empty()).collect::<Vec<_>>().join(" ")
    }
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
    let near = new.names.iter().chain(&new.hushed).map(|name| nearly_found_by(name));
    let hushed = new.hushed.iter().map(|name| name_found_by(name));
    let near = near.chain(hushed).collect::<Vec<_>>().join(" ");
    db.prepare_cached("INSERT INTO search (rowid, title, words, folded, near) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![at.n, new.title, words, new.folded(), near])?;
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
    // A file about numbers is found by its title, which is all that it is called by.
    let (title, words) = match case.title.as_str() {
        "" => (&case.reference, vec![case.reason.as_str()]),
        _ => (&case.title, vec![case.reference.as_str(), &case.reason]),
    };
    let new = Words::new(Found::Case, case.id, title, words);
    put(db, at, &new.in_case(Some(case.id)))
}

pub(crate) fn put_person(db: &Connection, at: &At, person: &Person) -> Result<()> {
    let phone: String = person.phone.chars().filter(|c| !c.is_whitespace()).collect();
    let mut words: Vec<&str> = person.also_known_as.iter().map(String::as_str).collect();
    words.extend(person.identifiers.iter().map(|i| i.value.as_str()));
    words.extend([
        person.address.as_str(),
        person.no_fixed_address.as_deref().unwrap_or_default(),
        &person.phone,
        &phone,
        &person.agency,
        &person.language,
        &person.needs,
    ]);
    let mut new = Words::new(Found::Person, person.id, &person.name, words);
    // Found by an earlier name as what may also be meant, and shown by the name they have.
    new.hushed = person.care.earlier_names.iter().map(String::as_str).collect();
    new.names = std::iter::once(&person.name).chain(&person.also_known_as).map(String::as_str).collect();
    if let Birth::Born { on } | Birth::Expected { on } = person.birth {
        new = new.on(&Occurred::Day { on });
    }
    put(db, at, &new)
}

pub(crate) fn put_item(db: &Connection, at: &At, item: &Item) -> Result<()> {
    let mut words = vec![item.text.as_str(), &item.by];
    words.extend(item.labels.iter().map(String::as_str));
    words.extend(item.visit.iter().flat_map(|visit| [visit.place.as_str(), &visit.others]));
    if let Occurred::Unknown { words: when } = &item.occurred {
        words.push(when);
    }
    put(db, at, &Words::new(Found::Item, item.id, "", words).on(&item.occurred))
}

/// A paper is found by what is said of it, never by what stands in it.
pub(crate) fn put_attachment(db: &Connection, at: &At, attachment: &Attachment) -> Result<()> {
    let Attachment { name, what, from, said_by, limits, came, .. } = attachment;
    let words = vec![name.as_str(), from, said_by, limits];
    put(db, at, &Words::new(Found::Attachment, attachment.id, what, words).on(came))
}

pub(crate) fn put_advice(db: &Connection, at: &At, advice: &Advice) -> Result<()> {
    let words = vec![advice.question.as_str(), &advice.answer];
    put(db, at, &Words::new(Found::Advice, advice.id, &advice.adviser, words).on(&advice.at))
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
    let new = Words::new(Found::Decision, decision.id, &decision.what, words);
    put(db, at, &new.in_case(Some(decision.case)).on(&Occurred::Day { on: decision.on }))
}

pub(crate) fn put_disclosure(db: &Connection, at: &At, disclosure: &Disclosure) -> Result<()> {
    let words =
        vec![disclosure.what.as_str(), &disclosure.why, &disclosure.recipient_role, &disclosure.limits];
    let new = Words::new(Found::Disclosure, disclosure.id, &disclosure.recipient, words);
    put(db, at, &new.at(disclosure.at))
}

pub(crate) fn put_emergency(db: &Connection, at: &At, emergency: &Emergency) -> Result<()> {
    let mut words = vec![emergency.told.as_str(), &emergency.others_at_risk];
    words.extend(emergency.attempts.iter().flat_map(|a| [a.who.as_str(), &a.said]));
    let new = Words::new(Found::Emergency, emergency.id, &emergency.child, words);
    let new = new.in_case(emergency.case);
    // The day of the first try; one that nobody was told in has none.
    let first = emergency.attempts.first().map(|one| one.at);
    put(
        db,
        at,
        &match first {
            Some(first) => new.at(first),
            None => new,
        },
    )
}

/// The write-up joins the words that were told, under the newer entry.
pub(crate) fn put_write_up(db: &Connection, at: &At, write_up: &EmergencyWriteUp) -> Result<()> {
    let subject = write_up.emergency.to_string();
    if set_apart::is_restricted(db, Some(write_up.case))? {
        return remove(db, &subject);
    }
    let told: Option<(String, String, String)> = db
        .prepare_cached(
            "SELECT s.title, s.words, s.folded FROM search_rows r JOIN search s ON s.rowid = r.entry \
             WHERE r.subject = ?1",
        )?
        .query_row([&subject], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (title, told, folded) = told.unwrap_or_default();
    let words = vec![told.as_str(), &write_up.account, &write_up.why_urgent, &write_up.explained];
    let new = Words::new(Found::Emergency, subject, &title, words).in_case(Some(write_up.case));
    put(db, at, &Words { days: day_words_of(&folded), ..new })
}
