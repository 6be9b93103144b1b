//! From the bytes of a pack's files to a [`Pack`], or to every problem in them.
//!
//! Nothing here panics or grows without bound on any input, and nothing is guessed: what the format does
//! not name is refused with its place.

mod links;
mod meta;
mod outcomes;
mod read;
mod steps;
mod texts;
mod when;

use std::collections::BTreeMap;

use sharewell_records::Sha256;
use toml::de::DeTable;

use crate::pack::{Cite, KnownFact, Source as Published, Step};
use crate::{Error, Pack, Spot, What};
use read::{Problems, Row, Source};

/// The files of a pack: path inside the pack, bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

const MAX_FILE: usize = 512 * 1024;
const MAX_ALL: usize = 4 * 1024 * 1024;
const MAX_FILES: usize = 64;
/// Above any real pack (18 questions a path); keeps every walk over the steps shallow.
pub(crate) const MAX_STEPS: usize = 300;

/// SHA-256 over one line per file, sorted by path: path, space, SHA-256 of its raw bytes, LF.
#[must_use]
pub fn content_hash(files: &Files) -> Sha256 {
    let mut lines = String::new();
    for (path, bytes) in files {
        lines.push_str(&format!("{path} {}\n", Sha256::of(&[bytes])));
    }
    Sha256::of(&[lines.as_bytes()])
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// [`Error::Pack`] with every problem found, in the order of files and lines.
    pub fn load(files: &Files) -> Result<Self, Error> {
        let problems = Problems::default();
        let pack = load(files, &problems);
        let mut found = problems.0.into_inner();
        found.sort();
        found.dedup();
        match pack {
            Some(pack) if found.is_empty() => Ok(pack),
            _ => Err(Error::Pack(found)),
        }
    }
}

fn load(files: &Files, problems: &Problems) -> Option<Pack> {
    let sources: Vec<Source<'_>> = decode(files, problems);
    let mut tables = Vec::new();
    for source in &sources {
        let (table, errors) = DeTable::parse_recoverable(source.text);
        for error in errors {
            let spot = source.spot(error.span().map_or(0, |span| span.start));
            problems.add(&spot, "", What::Syntax, error.message().replace('\n', " "));
        }
        tables.push(table);
    }
    for needed in ["pack.toml", "outcomes.toml"] {
        if !files.contains_key(needed) {
            let spot = Spot { file: needed.into(), line: 0 };
            problems.add(&spot, "", What::MissingFile, "the file is missing");
        }
    }
    // A file that cannot be read would make everything that names its contents look wrong.
    if !problems.0.borrow().is_empty() {
        return None;
    }
    let rows: Vec<Row<'_>> = std::iter::zip(&sources, &tables)
        .map(|(source, table)| Row::new(source, problems, table.get_ref(), 0))
        .collect();
    let one = |path: &str| rows.iter().find(|row| row.source.path == path);
    let is_steps = |path: &str| path == "steps.toml" || path.starts_with("steps/");

    let meta_row = one("pack.toml")?;
    let outcome_row = one("outcomes.toml")?;
    let meta = meta::read(meta_row)?;
    let step_rows: Vec<&Row<'_>> = rows.iter().filter(|row| is_steps(row.source.path)).collect();
    let (mut steps, kept) = steps::first(&step_rows, &meta.sources);
    let lists = outcomes::first(outcome_row);

    let names = Names {
        steps: &steps,
        outcomes: lists.outcome_ids(),
        obligations: lists.obligation_ids(),
        grounds: lists.ground_ids(),
        known: &meta.known,
        sources: &meta.sources,
    };
    let ways = steps::second(&kept, &names);
    let (outcomes, obligations, grounds) = outcomes::second(&lists, &names);
    let ends = meta::second(meta_row, &names);
    meta_row.finish();
    outcome_row.finish();
    for (step, way) in steps.iter_mut().zip(ways) {
        (step.when, step.known, step.next) = (way.when, way.known, way.next);
    }
    let texts = texts::read(&rows, &meta.languages, problems);
    let mut pack = Pack {
        id: meta.id,
        nation: meta.nation,
        version: meta.version,
        hash: content_hash(files),
        applies_from: meta.applies_from,
        applies_until: meta.applies_until,
        supersedes: meta.supersedes,
        lineage: meta.lineage,
        languages: meta.languages,
        sources: meta.sources,
        terms: meta.terms,
        known: meta.known,
        unsafe_reasons: meta.unsafe_reasons,
        start: ends.start?,
        after_withdrawal: ends.after_withdrawal?,
        advice: ends.advice?,
        countersign: ends.countersign?,
        steps,
        outcomes,
        obligations,
        grounds,
        texts,
    };
    links::check(&pack, problems);
    texts::check(&pack, problems);
    texts::fill(&mut pack);
    Some(pack)
}

/// What conditions and branches may name.
pub(crate) struct Names<'b> {
    pub steps: &'b [Step],
    pub outcomes: Vec<String>,
    pub obligations: Vec<String>,
    pub grounds: Vec<String>,
    pub known: &'b [KnownFact],
    pub sources: &'b [Published],
}

impl Names<'_> {
    pub fn step_at(&self, ix: usize) -> Option<&Step> {
        self.steps.get(ix)
    }

    pub fn step(&self, row: &Row<'_>, field: &'static str, id: &str) -> Option<usize> {
        let ids = self.steps.iter().map(|step| step.id.0.as_str());
        find(row, field, "step", id, ids)
    }

    pub fn outcome(&self, row: &Row<'_>, field: &'static str, id: &str) -> Option<usize> {
        find(row, field, "outcome", id, self.outcomes.iter().map(String::as_str))
    }

    pub fn obligation(&self, row: &Row<'_>, field: &'static str, id: &str) -> Option<usize> {
        find(row, field, "obligation", id, self.obligations.iter().map(String::as_str))
    }

    pub fn ground(&self, row: &Row<'_>, field: &'static str, id: &str) -> Option<usize> {
        find(row, field, "ground", id, self.grounds.iter().map(String::as_str))
    }
}

fn find<'i>(
    row: &Row<'_>,
    field: &'static str,
    what: &str,
    id: &str,
    mut ids: impl Iterator<Item = &'i str>,
) -> Option<usize> {
    let found = ids.position(|known| known == id);
    if found.is_none() {
        row.add(field, What::Dangling, format!("there is no {what} \"{}\"", when::short(id)));
    }
    found
}

/// Reads a list of citations: `"HMG24 rule 3"`, `"S48"`, `{ cite = "…", unconfirmed = true }`.
fn cites(row: &Row<'_>, sources: &[Published]) -> Vec<Cite> {
    let mut cites = Vec::new();
    for item in row.list("sources") {
        let (text, unconfirmed) = match (item.get_ref().as_str(), row.row(item)) {
            (Some(text), _) => (text, false),
            (None, Some(long)) => {
                let text = long.required("cite", long.text("cite")).unwrap_or_default();
                let unconfirmed = long.flag("unconfirmed").unwrap_or(false);
                long.finish();
                (text, unconfirmed)
            }
            (None, None) => {
                row.add("sources", What::WrongType, "a source is a text or a table with \"cite\"");
                continue;
            }
        };
        let (name, place) = match text.split_once(' ') {
            Some((name, place)) => (name, place.trim()),
            None if is_seed(text) => ("S", text),
            None => (text, ""),
        };
        match sources.iter().find(|source| source.id == name) {
            Some(source) => cites.push(Cite {
                source: name.to_owned(),
                place: place.to_owned(),
                unconfirmed: unconfirmed || source.confidence == crate::Confidence::Unconfirmed,
            }),
            None => {
                row.add("sources", What::Dangling, format!("there is no source \"{}\"", when::short(name)));
            }
        }
    }
    if cites.is_empty() && row.list("sources").is_empty() {
        row.add("sources", What::NoSource, "no source is cited");
    }
    cites
}

fn is_seed(text: &str) -> bool {
    text.strip_prefix('S').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Checks sizes, paths and bytes; gives the files that hold TOML.
fn decode<'a>(files: &'a Files, problems: &Problems) -> Vec<Source<'a>> {
    let whole = Spot { file: "pack.toml".into(), line: 0 };
    if files.len() > MAX_FILES || files.values().map(Vec::len).sum::<usize>() > MAX_ALL {
        problems.add(&whole, "", What::TooLarge, "the pack is too large");
        return Vec::new();
    }
    let mut sources = Vec::new();
    for (path, bytes) in files {
        let spot = Spot { file: path.chars().take(200).collect(), line: 0 };
        if bytes.len() > MAX_FILE {
            problems.add(&spot, "", What::TooLarge, "the file is too large");
            continue;
        }
        let toml = path.strip_suffix(".toml").is_some_and(known_path);
        let note =
            path.strip_suffix(".md").is_some_and(|stem| !stem.is_empty() && !stem.contains(['/', '\\']));
        if !toml && !note {
            problems.add(&spot, "", What::UnknownFile, "a pack has no such file");
            continue;
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) if !text.starts_with('\u{feff}') => text,
            _ => {
                problems.add(&spot, "", What::Encoding, "the file is not plain UTF-8");
                continue;
            }
        };
        let source = Source::new(path, text);
        if let Some(at) = text.find('\r') {
            problems.add(&source.spot(at), "", What::LineEnds, "the line ends with a carriage return");
            continue;
        }
        if toml {
            sources.push(source);
        }
    }
    sources
}

fn known_path(stem: &str) -> bool {
    match stem.split_once('/') {
        None => matches!(stem, "pack" | "steps" | "outcomes"),
        Some(("steps" | "text", name)) => read::is_id(name),
        Some(_) => false,
    }
}
