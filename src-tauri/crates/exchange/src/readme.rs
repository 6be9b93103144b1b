//! `data/README.txt`: what a handover is and how to read it, for the person who opens one. Its words come from the
//! catalogue of a language, like those of every paper.

use std::fmt::Display;

use serde::Deserialize;
use sharewell_records::{CaseKind, Pattern};

use crate::handover::{Beginning, Behind, Contents, EarlierHandover, Part};
use crate::sealed::Statement;

/// Path inside the bag.
pub(crate) const PATH: &str = "data/README.txt";

/// What a language brings to a handover's own first page and labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readme {
    /// The page, with the places `id`, `made`, `from`, `to`, `part`, `beginning`, `behind`, `earlier`, `papers`, `allegation`,
    /// `possible`, `apart_papers`, `apart` and `guard`.
    body: Pattern,
    /// Which part of what was too large for one file it is: `number`, `count`, `of`, `documents`.
    part: Pattern,
    /// That the documents of all parts stand in this one.
    documents_here: String,
    /// That they stand in the last one.
    documents_in_the_last: String,
    /// That nothing came before.
    whole: String,
    /// That `count` entries came before and are not in it.
    not_at_the_beginning: Pattern,
    /// That the same recipient had `count` of them.
    had_before: Pattern,
    /// One handover that it had them in: `id`, `made`, `from`, `to`.
    had_one: Pattern,
    /// That it never had `count` of them.
    never_had: Pattern,
    /// That no agency stands behind it.
    nobody_behind: String,
    /// Which one does: `name`, `serial`.
    behind: Pattern,
    /// Of the slices of earlier chains.
    earlier: String,
    /// Of the bytes of papers.
    papers: String,
    /// That no table is restricted.
    no_restricted_table: String,
    /// Of a file about somebody who works with children.
    allegation: String,
    /// Of a file about an adult who may be a risk.
    adult: String,
    /// That `count` words look like somebody protected.
    possible: Pattern,
    /// How tables for machines are read.
    strict: String,
    /// How tables for spreadsheets are read.
    spreadsheet_safe: String,
    /// The label that says which agency stands behind it.
    pub(crate) statement: Statement,
}

/// The text. Names no person.
pub(crate) fn text(contents: &Contents) -> String {
    let words = &contents.words;
    let apart: String = contents
        .tables
        .iter()
        .filter(|table| table.restricted())
        .map(|table| format!("  tables/{}.csv\n", table.name))
        .collect();
    let guard = match contents.profile {
        crate::Profile::Strict => &words.strict,
        crate::Profile::SpreadsheetSafe => &words.spreadsheet_safe,
    };
    // A restricted file is handed over by itself: one such row says it of the whole.
    let cases = contents.tables.iter().find(|table| table.name == "cases");
    let mut kinds = cases.into_iter().flat_map(|table| {
        let kind = table.columns.iter().position(|column| column.name == "kind");
        table.rows.iter().filter_map(move |row| CaseKind::of(row.get(kind?)?))
    });
    let allegation = match kinds.find(|kind| kind.is_restricted()) {
        Some(CaseKind::Allegation) => &words.allegation,
        Some(CaseKind::Adult) => &words.adult,
        Some(CaseKind::Family | CaseKind::Numbers) | None => "",
    };
    let behind = match &contents.agency {
        None => words.nobody_behind.clone(),
        Some(Behind { name, serial, .. }) => filled(&words.behind, &[("name", name), ("serial", serial)]),
    };
    let possible = contents.tables.iter().find(|table| table.name == "restricted/possible-names");
    let possible = match possible.map_or(0, |table| table.rows.len()) {
        0 => String::new(),
        count => filled(&words.possible, &[("count", &count)]),
    };
    filled(
        &words.body,
        &[
            ("id", &contents.id),
            ("made", &contents.made_at),
            ("from", &contents.from),
            ("to", &contents.to),
            ("part", &contents.part.map(|one| part(words, one)).unwrap_or_default()),
            ("beginning", &beginning(contents)),
            ("behind", &behind),
            ("earlier", &if contents.chains.is_empty() { "" } else { &words.earlier }),
            ("papers", &if contents.attachments.is_empty() { "" } else { &words.papers }),
            ("allegation", &allegation),
            ("possible", &possible),
            ("apart_papers", &if contents.attachments.is_empty() { "" } else { "  attachments/\n" }),
            ("apart", if apart.is_empty() { &words.no_restricted_table } else { &apart }),
            ("guard", guard),
        ],
    )
}

/// Which part it is, and where the documents of all of them stand.
fn part(words: &Readme, part: Part) -> String {
    let Part { of, number, count } = part;
    let documents = if number == count { &words.documents_here } else { &words.documents_in_the_last };
    let places: [(&str, &dyn Display); 4] =
        [("number", &number), ("count", &count), ("of", &of), ("documents", documents)];
    filled(&words.part, &places)
}

/// Whether it is whole from the beginning; where not, what is missing and who has that.
fn beginning(contents: &Contents) -> String {
    let words = &contents.words;
    let Beginning { entries, never, given } = &contents.beginning;
    if *entries == 0 {
        return words.whole.clone();
    }
    let mut text = filled(&words.not_at_the_beginning, &[("count", entries)]);
    if *never < *entries {
        text.push_str(&filled(&words.had_before, &[("count", &(entries - never))]));
        for EarlierHandover { id, made_at, from, to } in given {
            text.push_str(&filled(
                &words.had_one,
                &[("id", id), ("made", made_at), ("from", from), ("to", to)],
            ));
        }
    }
    if *never > 0 {
        if *never < *entries {
            text.push('\n');
        }
        text.push_str(&filled(&words.never_had, &[("count", never)]));
    }
    text
}

/// A pattern with its places filled.
fn filled(pattern: &Pattern, places: &[(&str, &dyn Display)]) -> String {
    let said: Vec<(&str, String)> = places.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
    pattern.fill(&said)
}
