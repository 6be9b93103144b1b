//! Shared parts: one sub-flow for several packs, with the nation's differences as data
//! (`docs/pack-format.md`, section 11.1).
//!
//! A part lies beside the packs and is read into each under `shared/<part>/…`, so that a pack's files, its
//! hash and what a vault keeps are whole without it.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::cites::{self, Citing};
use super::read::{Problems, Row};
use super::{Files, Names};
use crate::pack::{Cite, Source, Target};
use crate::{Spot, What};

/// A part as its `part.toml` tells it.
pub(crate) struct Part {
    pub id: String,
    pub version: String,
    pub entry: Option<String>,
    exits: Vec<String>,
    terms: Vec<String>,
    known: Vec<String>,
    values: Vec<String>,
    cites: Vec<String>,
    pub sources: Vec<Source>,
    spot: Spot,
}

impl Part {
    /// `part@version`.
    pub fn name(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// Where its files lie in a pack.
    pub fn folder(&self) -> String {
        format!("shared/{}/", self.id)
    }
}

/// What the pack gives its parts.
#[derive(Default)]
pub(crate) struct Given {
    /// Whole numbers of this nation: ages.
    pub values: BTreeMap<String, i32>,
    /// Citations that a part asks the nation for.
    pub cites: BTreeMap<String, Vec<Cite>>,
    /// Where the ways out of each part lead.
    pub exits: BTreeMap<(String, String), Exit>,
}

/// A way out of a part, as the pack leads it on.
pub(crate) type Exit = Option<(Target, Option<usize>)>;

/// The part in whose folder a file lies.
pub(super) fn part_of(path: &str) -> Option<&str> {
    path.strip_prefix("shared/").and_then(|rest| rest.split_once('/')).map(|(part, _)| part)
}

/// A path as it stands inside the pack, the part or the overlay.
pub(super) fn inside(path: &str) -> &str {
    if let Some(inside) = super::overlay::inside(path) {
        return inside;
    }
    part_of(path).map_or(path, |part| path.get("shared//".len() + part.len()..).unwrap_or_default())
}

/// Adds the shared parts that a pack names, from files laid out as `<part>/<version>/…`. What a pack already
/// holds stays as it is; a part that is not there is left for the loader to report.
#[must_use]
pub fn mount(mut files: Files, shared: &Files) -> Files {
    for (part, version) in named(&files) {
        let folder = format!("shared/{part}/");
        if files.keys().any(|path| path.starts_with(&folder)) {
            continue;
        }
        let from = format!("{part}/{version}/");
        let found: Vec<(String, Vec<u8>)> = shared
            .iter()
            .filter_map(|(path, bytes)| {
                path.strip_prefix(&from).map(|inside| (format!("{folder}{inside}"), bytes.clone()))
            })
            .collect();
        files.extend(found);
    }
    files
}

/// The parts that a pack names: part and version.
fn named(files: &Files) -> Vec<(String, String)> {
    let text = files.get("pack.toml").and_then(|bytes| std::str::from_utf8(bytes).ok());
    let table = text.and_then(|text| text.parse::<toml::Table>().ok());
    let list = table.as_ref().and_then(|table| table.get("shares")).and_then(toml::Value::as_array);
    let names = list.into_iter().flatten().filter_map(toml::Value::as_str);
    names
        .filter_map(|name| name.split_once('@'))
        .map(|(part, version)| (part.to_owned(), version.to_owned()))
        .collect()
}

/// Reads every `part.toml` and holds it against what the pack says it shares.
pub(super) fn read(meta: &Row<'_>, rows: &[Row<'_>]) -> Vec<Part> {
    let shares = meta.texts("shares");
    let mut parts: Vec<Part> = Vec::new();
    for row in rows.iter().filter(|row| row.source.path.ends_with("/part.toml")) {
        let Some(folder) = part_of(row.source.path) else { continue };
        let Some(part) = part(row) else { continue };
        let name = part.name();
        if part.id != folder {
            row.add("id", What::Misplaced, format!("the part lies in the folder of \"{folder}\""));
        } else if !shares.contains(&name.as_str()) {
            row.add("version", What::Misplaced, format!("the pack does not share \"{name}\""));
        }
        parts.push(part);
    }
    for name in shares {
        if !parts.iter().any(|part| part.name() == name) {
            let message = format!("the shared part \"{}\" is not there", super::when::short(name));
            meta.add("shares", What::Dangling, message);
        }
    }
    for row in rows {
        let Some(folder) = part_of(row.source.path) else { continue };
        if !parts.iter().any(|part| part.id == folder) {
            row.add("", What::UnknownFile, "the file belongs to no shared part");
        }
    }
    parts
}

fn part(row: &Row<'_>) -> Option<Part> {
    let texts = |field: &'static str| row.texts(field).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let id = row.own_id("id");
    let part = Part {
        id: id?,
        version: row.required_text("version"),
        entry: row.text("entry").map(str::to_owned),
        exits: texts("exits"),
        terms: texts("terms"),
        known: texts("known"),
        values: texts("values"),
        cites: texts("cites"),
        sources: row.rows("source").iter().filter_map(super::meta::source).collect(),
        spot: row.spot(),
    };
    if part.entry.is_none() && !part.exits.is_empty() {
        row.add("entry", What::MissingField, "\"entry\" is missing");
    }
    row.finish();
    Some(part)
}

/// Puts the sources of the parts beside the pack's own. One that stands in both must be the same.
pub(super) fn sources(own: &mut Vec<Source>, parts: &[Part], problems: &Problems) {
    for part in parts {
        for source in &part.sources {
            match own.iter().find(|other| other.id == source.id) {
                None => own.push(source.clone()),
                Some(other) if other == source => {}
                Some(_) => {
                    let message = format!("the source \"{}\" is not the same in the pack", source.id);
                    problems.add(&part.spot, &part.id, What::DuplicateId, message);
                }
            }
        }
    }
}

/// Reads `[values]` and `[cites]` of the pack.
pub(super) fn given(meta: &Row<'_>, sources: &[Source]) -> Given {
    let mut given = Given::default();
    if let Some(inner) = meta.get("values").and_then(|value| meta.row(value)) {
        for (key, value) in inner.whole() {
            let number = value.get_ref().as_integer();
            let number = number.and_then(|n| i32::from_str_radix(n.as_str(), n.radix()).ok());
            match number.filter(|age| (0..=120).contains(age)) {
                Some(number) => {
                    given.values.insert(key.get_ref().to_string(), number);
                }
                None => inner.add(key.get_ref(), What::WrongType, "a value is an age in whole years"),
            }
        }
    }
    if let Some(inner) = meta.get("cites").and_then(|value| meta.row(value)) {
        for (key, value) in inner.whole() {
            let citing = Citing { sources, asked: &BTreeMap::new() };
            let cites = cites::list(&inner, key.get_ref(), value, &citing);
            given.cites.insert(key.get_ref().to_string(), cites);
        }
    }
    given
}

/// Leads the exits of every part on, and reports what a part needs and the pack does not give.
pub(super) fn join(meta: &Row<'_>, terms: &[String], names: &mut Names<'_>) {
    let parts = names.parts;
    let table = meta.get("exits").and_then(|value| meta.row(value));
    for (key, _) in table.iter().flat_map(|table| table.whole()) {
        let name: &str = key.get_ref();
        if !parts.iter().any(|part| part.id == name) {
            meta.add(
                "exits",
                What::Dangling,
                format!("the pack shares no part \"{}\"", super::when::short(name)),
            );
        }
    }
    for part in parts {
        let needs = |all: &[String], have: &dyn Fn(&str) -> bool, field: &str, what: &str| {
            for name in all.iter().filter(|name| !have(name)) {
                let message = format!("the part \"{}\" needs the {what} \"{name}\"", part.id);
                meta.add(field, What::MissingField, message);
            }
        };
        needs(&part.values, &|name| names.given.values.contains_key(name), "values", "value");
        needs(&part.cites, &|name| names.given.cites.contains_key(name), "cites", "citation");
        needs(&part.terms, &|name| terms.iter().any(|term| term == name), "terms", "term");
        needs(&part.known, &|name| names.known.iter().any(|fact| fact.name == name), "known", "known fact");
        let ways = table.as_ref().and_then(|table| {
            let value = table.whole().get(part.id.as_str())?;
            table.row(value)
        });
        let way = |exit: &str| {
            let ways = ways.as_ref()?;
            ways.whole().get(exit).map(|value| (ways, value))
        };
        for exit in &part.exits {
            let Some((ways, value)) = way(exit) else {
                let message = format!("the exit \"{exit}\" of \"{}\" leads nowhere", part.id);
                meta.add("exits", What::MissingField, message);
                continue;
            };
            let target = match value.get_ref() {
                DeValue::String(target) => super::steps::to(ways, exit, target, None, names),
                _ => {
                    ways.add(exit, What::WrongType, "an exit leads to a step, \"outcome:<id>\" or \"end\"");
                    None
                }
            };
            names.given.exits.insert((part.id.clone(), exit.clone()), target);
        }
        for (key, _) in ways.iter().flat_map(|ways| ways.whole()) {
            let name: &str = key.get_ref();
            if !part.exits.iter().any(|exit| exit == name) {
                let message = format!("\"{}\" has no exit \"{}\"", part.id, super::when::short(name));
                meta.add("exits", What::Dangling, message);
            }
        }
        if let Some(entry) = &part.entry {
            let found = names.steps.iter().any(|step| step.id.0 == *entry && is_in(part, &step.spot));
            if !found {
                names.problems.add(
                    &part.spot,
                    &part.id,
                    What::Dangling,
                    format!("there is no step \"{entry}\""),
                );
            }
        }
    }
}

fn is_in(part: &Part, spot: &Spot) -> bool {
    spot.file.starts_with(&part.folder())
}

/// Reports exits that a part declares and no step of it uses.
pub(super) fn unused_exits(names: &Names<'_>) {
    let used = names.used_exits.borrow();
    for part in names.parts {
        for exit in part.exits.iter().filter(|exit| !used.contains(&(part.id.clone(), (*exit).clone()))) {
            let message = format!("no step leads to the exit \"{exit}\"");
            names.problems.add(&part.spot, &part.id, What::Unreachable, message);
        }
    }
}
