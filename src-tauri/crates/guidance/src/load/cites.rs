//! Reading citations: `"HMG24 rule 3"`, `"S48"`, `{ cite = "…", unconfirmed = true }`, and in a shared part
//! `"pack:<name>"`, which the pack cites for it.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::read::Row;
use super::when::short;
use crate::What;
use crate::pack::{Cite, Source};

/// What citations may name.
#[derive(Clone, Copy)]
pub(crate) struct Citing<'b> {
    /// Sources of the pack and of its parts.
    pub sources: &'b [Source],
    /// What the pack cites for its parts, by name.
    pub asked: &'b BTreeMap<String, Vec<Cite>>,
}

/// Reads the field `sources`. At least one citation is needed.
pub(super) fn cites(row: &Row<'_>, citing: &Citing<'_>) -> Vec<Cite> {
    let mut found = Vec::new();
    let list = row.list("sources");
    for item in &list {
        one(row, "sources", item, citing, &mut found);
    }
    if list.is_empty() {
        row.add("sources", What::NoSource, "no source is cited");
    }
    found
}

/// Reads a list of citations that stands under a key of the pack's own.
pub(super) fn list<'a>(
    row: &Row<'a>,
    field: &str,
    value: &'a Spanned<DeValue<'a>>,
    citing: &Citing<'_>,
) -> Vec<Cite> {
    let mut found = Vec::new();
    match value.get_ref() {
        DeValue::Array(items) => items.iter().for_each(|item| one(row, field, item, citing, &mut found)),
        _ => one(row, field, value, citing, &mut found),
    }
    if found.is_empty() {
        row.add(field, What::NoSource, "no source is cited");
    }
    found
}

fn one<'a>(
    row: &Row<'a>,
    field: &str,
    item: &'a Spanned<DeValue<'a>>,
    citing: &Citing<'_>,
    found: &mut Vec<Cite>,
) {
    let (text, unconfirmed) = match (item.get_ref().as_str(), row.row(item)) {
        (Some(text), _) => (text, false),
        (None, Some(long)) => {
            let text = long.required("cite", long.text("cite")).unwrap_or_default();
            let unconfirmed = long.flag("unconfirmed").unwrap_or(false);
            long.finish();
            (text, unconfirmed)
        }
        (None, None) => {
            row.add(field, What::WrongType, "a source is a text or a table with \"cite\"");
            return;
        }
    };
    if let Some(name) = text.strip_prefix("pack:") {
        match citing.asked.get(name) {
            Some(cites) => found.extend(cites.iter().cloned().map(|mut cite| {
                cite.unconfirmed |= unconfirmed;
                cite
            })),
            None => row.add(field, What::Dangling, format!("the pack cites nothing for \"{}\"", short(name))),
        }
        return;
    }
    let (name, place) = match text.split_once(' ') {
        Some((name, place)) => (name, place.trim()),
        None if is_seed(text) => ("S", text),
        None => (text, ""),
    };
    match citing.sources.iter().find(|source| source.id == name) {
        Some(source) => found.push(Cite {
            source: name.to_owned(),
            place: place.to_owned(),
            unconfirmed: unconfirmed || source.confidence == crate::Confidence::Unconfirmed,
        }),
        None => row.add(field, What::Dangling, format!("there is no source \"{}\"", short(name))),
    }
}

fn is_seed(text: &str) -> bool {
    text.strip_prefix('S').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
