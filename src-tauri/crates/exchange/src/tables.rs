//! Records as tables with a published column contract.
//!
//! One table a kind of record, primary key first; lists go to tables of their own. Every free text passes
//! through [`Protection`] on its way into a cell, so no table can forget a safety flag; what is protected
//! stands only in `restricted/protected-people`, a file that can be held apart. A test holds the contract
//! in `docs/handover-format.md` to this code.

mod accounts;
mod acts;
mod attachments;
mod consents;
mod decisions;
mod elsewhere;
mod extents;
mod people;
mod shares;
mod slips;
mod statements;

use std::collections::BTreeMap;

use serde::Serialize;
use sharewell_records::{AttachmentId, CaseId, Occurred, Protection, Standing, Stands};

pub use attachments::path as attachment_path;

use crate::{Column, Key, Kind, Table};

/// Builds every table, always the same ones in the same order, empty ones too. Whoever is protected is protected
/// in the papers beside the tables too: both take the same [`Standing::protection`].
#[must_use]
pub fn build(records: &Standing, protection: &Protection) -> Vec<Table> {
    build_with(records, protection, &Salts::new())
}

/// The salts of papers whose bytes go along.
pub type Salts = BTreeMap<AttachmentId, [u8; 32]>;

/// The same for a handover with papers.
#[must_use]
pub fn build_with(records: &Standing, protection: &Protection, salts: &Salts) -> Vec<Table> {
    let p = protection;
    let mut tables = vec![
        people::practitioners(records, p),
        people::cases(records, p),
        people::case_kept_from(records, p),
        people::people(records, p),
        people::person_names(records, p),
        people::person_identifiers(records, p),
        people::relationships(records, p),
        people::flags(records, p),
        acts::items(records, p),
        acts::item_people(records, p),
        acts::item_labels(records, p),
        acts::item_visits(records, p),
        acts::item_visit_people(records, p),
        attachments::attachments(records, p, salts),
        attachments::attachment_people(records, p),
        decisions::decisions(records, p),
        decisions::decision_answers(records, p),
        decisions::decision_checklists(records, p),
        decisions::requests(records, p),
        decisions::decision_telling(records, p),
        extents::decision_items(records, p),
        extents::decision_needed(records, p),
        decisions::countersignatures(records, p),
        acts::obligations(records, p),
        acts::disclosures(records, p),
        extents::disclosure_items(records, p),
        acts::calls(records, p),
        consents::consents(records, p),
        consents::consent_cells(records, p),
        slips::slips(records, p),
        slips::leavings(records, p),
        shares::shares(records, p),
        shares::share_items(records, p),
        accounts::accounts(records, p),
        accounts::account_disclosures(records, p),
        accounts::received(records, p),
        accounts::received_items(records, p),
        accounts::received_not_to(records, p),
        statements::statements(records, p),
        statements::statement_lines(records, p),
        elsewhere::held_elsewhere(records, p),
        acts::emergencies(records, p),
        acts::emergency_attempts(records, p),
        acts::advice(records, p),
        acts::set_apart(records, p),
        people::protected(records, p),
    ];
    tables.push(people::possible_names(&tables, p));
    tables
}

/// The column contract as Markdown, for the description of the format.
#[must_use]
pub fn contract_text() -> String {
    let mut text = String::new();
    for table in build(&Standing::default(), &Protection::default()) {
        text.push_str(&format!(
            "#### `{}.csv`\n\n| column | holds | key | meaning |\n|---|---|---|---|\n",
            table.name
        ));
        for column in &table.columns {
            let key = match &column.key {
                Key::None => String::new(),
                Key::Primary => "primary".to_owned(),
                Key::Foreign(to) => format!("of `{to}`"),
                Key::PrimaryForeign(to) => format!("primary, of `{to}`"),
            };
            let holds = word(&column.kind);
            text.push_str(&format!("| `{}` | {holds} | {key} | {} |\n", column.name, column.meaning));
        }
        text.push('\n');
    }
    text
}

/// What a column keys, as the specifications below write it.
enum K {
    /// Nothing.
    No,
    /// Primary key.
    P,
    /// Foreign key.
    F(&'static str),
    /// Both.
    PF(&'static str),
}

type Spec = (&'static str, Kind, K, &'static str);

/// Columns that say which entry last changed a record. They end every table of records.
const CHANGED: [Spec; 3] = [
    (
        "entry_sequence",
        Kind::Number,
        K::No,
        "Place of the entry that last changed the record, see entries.ndjson",
    ),
    ("recorded_at", Kind::Moment, K::No, "When that entry was written"),
    ("recorded_by", Kind::Id, K::F("practitioners"), "Who wrote that entry"),
];

const CASE: Spec = ("case_id", Kind::Id, K::F("cases"), "The file it belongs to");

/// A table whose texts are freed of protected people.
struct Sheet<'a> {
    table: Table,
    protection: &'a Protection,
}

impl<'a> Sheet<'a> {
    fn new(name: &str, specs: impl IntoIterator<Item = Spec>, protection: &'a Protection) -> Self {
        let columns = specs.into_iter().map(|(name, kind, key, meaning)| Column {
            name: name.to_owned(),
            kind,
            meaning: meaning.to_owned(),
            key: match key {
                K::No => Key::None,
                K::P => Key::Primary,
                K::F(to) => Key::Foreign(to.to_owned()),
                K::PF(to) => Key::PrimaryForeign(to.to_owned()),
            },
        });
        Self {
            table: Table { name: name.to_owned(), columns: columns.collect(), rows: Vec::new() },
            protection,
        }
    }

    /// Adds a row; every cell of a column of texts is freed of protected people first.
    fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let scrub = |(cell, column): (String, &Column)| match column.kind {
            Kind::Text if self.table.restricted() => cell,
            Kind::Text => self.protection.scrub(&cell),
            Kind::Json => json(self.protection, &cell),
            Kind::Id | Kind::Word | Kind::Date | Kind::Moment | Kind::Number | Kind::Flag => cell,
        };
        let row: Vec<String> = cells.into_iter().zip(&self.table.columns).map(scrub).collect();
        self.table.rows.push(row);
    }
}

/// Frees every string inside a JSON value, never across its punctuation.
fn json(protection: &Protection, cell: &str) -> String {
    serde_json::from_str(cell).map_or_else(
        |_| protection.scrub(cell),
        |mut value| {
            protection.scrub_value(&mut value);
            value.to_string()
        },
    )
}

/// The stored word of a closed set.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

fn as_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// An optional value, empty where there is none.
fn maybe(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// When something happened, and the words where it is not known.
fn occurred(occurred: &Occurred) -> [String; 2] {
    match occurred {
        Occurred::Day { on } => [on.to_string(), String::new()],
        Occurred::Moment { at } => [at.to_string(), String::new()],
        Occurred::Month { year, month } => [format!("{year:04}-{month:02}"), String::new()],
        Occurred::Unknown { words } => [String::new(), words.clone()],
    }
}

/// The cells of [`CHANGED`].
fn changed<T, E>(stands: &Stands<T, E>) -> [String; 3] {
    let by = stands.changed();
    [by.sequence.to_string(), by.at.to_string(), by.author.to_string()]
}

fn case(case: Option<CaseId>) -> String {
    maybe(case)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]
mod tests;
