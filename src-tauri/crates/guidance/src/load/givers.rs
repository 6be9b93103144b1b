//! Reading `givers.toml`: who may give consent, the rows of the pack and of its shared parts.

use sharewell_records::{AbleToDecide, AgeBand, ConsentSense, GiverKind, MayConsent};

use super::cites::{Citing, cites};
use super::parts::Given;
use super::read::Row;
use crate::givers::{GiverRow, Givers};
use crate::{Spot, What};

/// The file in which they stand.
pub(super) const FILE: &str = "givers.toml";

/// From which engine on a pack has such a table.
pub(crate) const FROM: u32 = 7;

/// The value of a nation by which its table knows from which age understanding is presumed.
const PRESUMED: &str = "presumed_from";

/// Reads the rows of the pack and of its parts as one table; none where no file has any.
pub(super) fn read(rows: &[&Row<'_>], given: &Given, citing: &Citing<'_>) -> Option<Givers> {
    let mut table = Givers {
        question_from: 0,
        presumed_from: 0,
        sources: Vec::new(),
        rows: Vec::new(),
        spot: Spot::default(),
    };
    let mut ages = None;
    for file in rows {
        for row in file.rows("age") {
            let from = row.required("question_from", row.number("question_from"));
            let from = from.and_then(|years| u16::try_from(years).ok()).filter(|years| *years < 18);
            if from.is_none() && row.has("question_from") {
                row.add("question_from", What::WrongType, "an age is in whole years below 18");
            }
            let presumed = given.values.get(PRESUMED).and_then(|years| u16::try_from(*years).ok());
            if presumed.is_none() {
                row.add("", What::MissingField, "the pack gives no value \"presumed_from\"");
            }
            if ages.is_some() {
                row.add("", What::DuplicateId, "the ages stand twice");
            }
            let sources = cites(&row, citing);
            row.finish();
            ages = Some((from.unwrap_or_default(), presumed.unwrap_or_default(), sources, row.spot()));
        }
        for row in file.rows("giver") {
            let Some(one) = giver(&row, citing) else { continue };
            if table.rows.iter().any(|other| other.id == one.id) {
                row.add("id", What::DuplicateId, format!("the row \"{}\" stands twice", one.id));
            } else {
                table.rows.push(one);
            }
        }
        file.finish();
    }
    let first = rows.first()?;
    match ages {
        Some((from, presumed, sources, spot)) => {
            (table.question_from, table.presumed_from) = (from, presumed);
            (table.sources, table.spot) = (sources, spot);
        }
        None => first.add("age", What::MissingField, "[[age]] is missing"),
    }
    Some(table)
}

fn giver(row: &Row<'_>, citing: &Citing<'_>) -> Option<GiverRow> {
    let id = row.own_id("id");
    let ages = words(row, "ages", &AgeBand::ALL.map(|one| (one.word(), one)));
    let able = words(row, "able", &AbleToDecide::ALL.map(|one| (one.word(), one)));
    let givers = words(row, "givers", &GiverKind::ALL.map(|one| (one.word(), one)));
    let senses = words(row, "senses", &ConsentSense::ALL.map(|one| (one.word(), one)));
    let verdict = row.required("verdict", row.word("verdict", &MayConsent::ALL.map(|one| (one.word(), one))));
    let with = verdict == Some(MayConsent::MayWith);
    let also = match row.has("also") {
        true => words(row, "also", &GiverKind::ALL.map(|one| (one.word(), one))),
        false => Vec::new(),
    };
    if with == also.is_empty() {
        row.add("also", What::Misplaced, "\"also\" stands exactly where the verdict is may_with");
    }
    if givers.is_empty() {
        row.add("givers", What::MissingField, "\"givers\" is missing");
    }
    let sources = cites(row, citing);
    row.finish();
    Some(GiverRow { id: id?, ages, able, givers, senses, verdict: verdict?, also, sources, spot: row.spot() })
}

/// A list of words of a closed set, each once; all of them where the field is left out, but for the givers.
fn words<T: Copy + PartialEq>(row: &Row<'_>, field: &'static str, all: &[(&str, T)]) -> Vec<T> {
    if !row.has(field) {
        return if field == "givers" { Vec::new() } else { all.iter().map(|(_, value)| *value).collect() };
    }
    let mut found = Vec::new();
    for text in row.texts(field) {
        match all.iter().find(|(word, _)| *word == text) {
            Some((_, value)) if found.contains(value) => {
                row.add(field, What::DuplicateId, format!("\"{}\" stands twice", super::when::short(text)));
            }
            Some((_, value)) => found.push(*value),
            None => {
                let list: Vec<_> = all.iter().map(|(word, _)| *word).collect();
                let message = format!("\"{field}\" must be of: {}", list.join(", "));
                row.add(field, What::NotAWord, message);
            }
        }
    }
    found
}
