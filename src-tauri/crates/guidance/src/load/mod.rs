//! From the bytes of a pack's files to a [`Pack`], or to every problem in them.
//!
//! Nothing here panics or grows without bound on any input, and nothing is guessed: what the format does
//! not name is refused with its place.

mod calendar;
mod cites;
mod facts;
mod givers;
mod library;
mod links;
mod meta;
mod outcomes;
pub(crate) mod overlay;
mod parts;
mod read;
mod steps;
mod texts;
mod when;

use std::cell::RefCell;
use std::collections::BTreeMap;

use sharewell_records::Sha256;
use toml::de::DeTable;

use crate::pack::{KnownFact, Step};
use crate::{Error, Pack, Spot, What};
use cites::Citing;
use parts::{Given, Part};
use read::{Problems, Row, Source};

pub(crate) use calendar::first as first_calendar;
pub(crate) use givers::FROM as GIVERS_FROM;
pub use overlay::{lay, overlay_base};
pub use parts::mount;

/// The files of a pack: path inside the pack, bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

const MAX_FILE: usize = 512 * 1024;
const MAX_ALL: usize = 4 * 1024 * 1024;
const MAX_FILES: usize = 128;
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

/// The content hash without what reviewers said of it: what a review names.
#[must_use]
pub fn reviewed_hash(files: &Files) -> Sha256 {
    let mut files = files.clone();
    files.remove("reviews.toml");
    content_hash(&files)
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
    let all = |inside: &dyn Fn(&str) -> bool| -> Vec<&Row<'_>> {
        rows.iter().filter(|row| inside(parts::inside(row.source.path))).collect()
    };

    let meta_row = one("pack.toml")?;
    let outcome_row = one("outcomes.toml")?;
    let mut meta = meta::read(meta_row)?;
    let second_engine = meta.engine >= 2;
    if !second_engine {
        only_in_two(&rows);
    }
    if meta.engine < 3 {
        only_in_three(&rows);
    }
    let parts = if second_engine { parts::read(meta_row, &rows) } else { Vec::new() };
    parts::sources(&mut meta.sources, &parts, problems);
    let overlay = one(overlay::FILE).and_then(|row| overlay::read(row, &meta, files));
    if let Some(overlay) = &overlay {
        overlay::sources(&mut meta.sources, overlay, problems);
    }
    only_in_four(meta.engine, &meta.sources, problems);
    if meta.engine < outcomes::PART_LINES {
        only_in_five(&rows);
    }
    if meta.engine < GIVERS_FROM {
        only_in_seven(&rows);
    }
    let given = if second_engine { parts::given(meta_row, &meta.sources) } else { Given::default() };
    let asked = given.cites.clone();
    let citing = Citing { sources: &meta.sources, asked: &asked };
    let requesters = if second_engine { meta::requesters(meta_row, &citing) } else { Vec::new() };
    let mut facts = facts::read(meta_row, meta.engine, &citing);
    let calendar = calendar::read(meta_row, &rows, &parts, meta.nation, &citing);

    let step_rows = all(&|path| path == "steps.toml" || path.starts_with("steps/"));
    let (mut steps, mut kept) = steps::first(&step_rows, &citing, meta.engine);
    if let Some(overlay) = &overlay {
        (steps, kept) = overlay::order(steps, kept, overlay);
    }
    let overlay_outcomes = one(overlay::OUTCOMES);
    let lines = all(&|path| path == outcomes::LINES);
    let lists = outcomes::first(outcome_row, &lines, overlay_outcomes, meta.engine);
    let mut names = Names {
        steps: &steps,
        outcomes: lists.outcome_ids(),
        obligations: lists.obligation_ids(),
        grounds: lists.ground_ids(),
        notices: lists.notice_ids(),
        facts: facts.iter().map(|fact| (fact.id.clone(), fact.settled.is_some())).collect(),
        known: &meta.known,
        citing,
        engine: meta.engine,
        given,
        parts: &parts,
        used_exits: RefCell::default(),
        problems,
    };
    if second_engine {
        parts::join(meta_row, &meta.terms, &mut names);
    }
    let ways = steps::second(&kept, &names);
    parts::unused_exits(&names);
    let outcomes::Resolved { mut outcomes, mut obligations, grounds, notices } =
        outcomes::second(&lists, &names);
    let plan = overlay.as_ref().map(|overlay| overlay::second(overlay, &kept, &names));
    let ends = meta::second(meta_row, &names);
    let articles = library::articles(&all(&|path| path == "library.toml"), &names.citing);
    let givers = givers::read(&all(&|path| path == givers::FILE), &names.given, &names.citing);
    let reviews = library::reviews(one("reviews.toml"));
    library::help(&steps, &articles, problems);
    meta_row.finish();
    outcome_row.finish();
    for row in lines.into_iter().chain(overlay_outcomes) {
        row.finish();
    }
    for (step, way) in steps.iter_mut().zip(ways) {
        (step.when, step.known, step.next) = (way.when, way.known, way.next);
    }
    let overlay = overlay.map(|overlay| overlay.about);
    if let (Some(about), Some(plan)) = (&overlay, plan) {
        overlay::duties(&obligations, about, problems);
        overlay::articles(&articles, about, problems);
        let laid = overlay::Laid {
            steps: &mut steps,
            outcomes: &mut outcomes,
            obligations: &mut obligations,
            facts: &mut facts,
        };
        overlay::apply(plan, &calendar, laid, problems);
        meta.version = format!("{}+{}.{}", meta.version, about.id, about.version);
    }
    let texts = texts::read(&rows, &meta.languages, problems);
    let mut pack = Pack {
        id: meta.id,
        nation: meta.nation,
        version: meta.version,
        engine: meta.engine,
        hash: content_hash(files),
        reviewed_hash: reviewed_hash(files),
        applies_from: meta.applies_from,
        applies_until: meta.applies_until,
        supersedes: meta.supersedes,
        lineage: meta.lineage,
        languages: meta.languages,
        sources: meta.sources,
        terms: meta.terms,
        known: meta.known,
        calendar,
        unsafe_reasons: meta.unsafe_reasons,
        facts,
        requesters,
        overlay,
        parts: parts.iter().map(Part::name).collect(),
        articles,
        givers,
        reviews,
        start: ends.start?,
        after_withdrawal: ends.after_withdrawal?,
        advice: ends.advice?,
        countersign: ends.countersign?,
        steps,
        outcomes,
        obligations,
        grounds,
        notices,
        texts: texts.words,
        written: BTreeMap::new(),
    };
    links::check(&pack, problems);
    texts::check(&pack, &texts.spots, problems);
    texts::keep_written(&mut pack);
    texts::fill(&mut pack);
    Some(pack)
}

/// A pack of engine 1 has no shared parts, no library and no reviews.
fn only_in_two(rows: &[Row<'_>]) {
    for row in rows {
        let path = row.source.path;
        let second = parts::part_of(path).is_some() || overlay::holds(path);
        if second || matches!(path, "library.toml" | "reviews.toml") {
            row.add("", What::UnknownFile, "a pack of engine 1 has no such file");
        }
    }
}

/// A pack of engine 1 or 2 has no calendar of its own.
fn only_in_three(rows: &[Row<'_>]) {
    for row in rows.iter().filter(|row| parts::part_of(row.source.path) == Some(calendar::PART)) {
        row.add("", What::UnknownFile, "a calendar needs engine 3");
    }
}

/// A source of a pack before engine 4 has no note.
fn only_in_four(engine: u32, sources: &[crate::pack::Source], problems: &Problems) {
    for source in sources.iter().filter(|source| engine < 4 && !source.note.is_empty()) {
        let spot = Spot { file: "pack.toml".into(), line: 0 };
        problems.add(&spot, &source.id, What::UnknownField, "a note of a source needs engine 4");
    }
}

/// A shared part of a pack before engine 5 brings questions and a library alone.
fn only_in_five(rows: &[Row<'_>]) {
    for row in rows.iter().filter(|row| parts::part_of(row.source.path).is_some()) {
        if parts::inside(row.source.path) == outcomes::LINES {
            row.add("", What::UnknownFile, "a part that brings lines needs engine 5");
        }
    }
}

/// A pack before engine 7 has no table of who may give consent.
fn only_in_seven(rows: &[Row<'_>]) {
    for row in rows.iter().filter(|row| parts::inside(row.source.path) == givers::FILE) {
        row.add("", What::UnknownFile, "who may give consent needs engine 7");
    }
}

/// What conditions and branches may name.
pub(crate) struct Names<'b> {
    pub steps: &'b [Step],
    pub outcomes: Vec<String>,
    pub obligations: Vec<String>,
    pub grounds: Vec<String>,
    pub notices: Vec<String>,
    /// Facts by id, and whether the pack itself has confirmed each.
    pub facts: Vec<(String, bool)>,
    pub known: &'b [KnownFact],
    pub citing: Citing<'b>,
    pub engine: u32,
    pub given: Given,
    pub parts: &'b [Part],
    pub used_exits: RefCell<Vec<(String, String)>>,
    pub problems: &'b Problems,
}

impl Names<'_> {
    pub fn step_at(&self, ix: usize) -> Option<&Step> {
        self.steps.get(ix)
    }

    pub fn step(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        let ids = self.steps.iter().map(|step| step.id.0.as_str());
        find(row, field, "step", id, ids)
    }

    pub fn outcome(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        find(row, field, "outcome", id, self.outcomes.iter().map(String::as_str))
    }

    pub fn obligation(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        find(row, field, "obligation", id, self.obligations.iter().map(String::as_str))
    }

    pub fn ground(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        find(row, field, "ground", id, self.grounds.iter().map(String::as_str))
    }

    pub fn notice(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        find(row, field, "notice", id, self.notices.iter().map(String::as_str))
    }

    pub fn fact(&self, row: &Row<'_>, field: &str, id: &str) -> Option<usize> {
        find(row, field, "fact", id, self.facts.iter().map(|(id, _)| id.as_str()))
    }
}

fn find<'i>(
    row: &Row<'_>,
    field: &str,
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
        let note = path.strip_suffix(".md").map(parts::inside);
        let note = note.is_some_and(|stem| !stem.is_empty() && !stem.contains(['/', '\\']));
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
    if let Some(inside) = overlay::inside(stem) {
        return match inside.split_once('/') {
            None => matches!(inside, "overlay" | "steps" | "outcomes" | "library"),
            Some(("steps" | "text", name)) => read::is_id(name),
            Some(_) => false,
        };
    }
    let (inside, part) = match parts::part_of(stem) {
        Some(part) => (parts::inside(stem), Some(part)),
        None => (stem, None),
    };
    match (inside.split_once('/'), part) {
        (_, Some(part)) if !read::is_id(part) => false,
        (None, None) => matches!(inside, "pack" | "steps" | "outcomes" | "library" | "givers" | "reviews"),
        (None, Some(part)) => {
            matches!(inside, "part" | "steps" | "lines" | "library" | "givers")
                || calendar::year(part, inside).is_some()
        }
        (Some(("steps" | "text", name)), _) => read::is_id(name),
        (Some(_), _) => false,
    }
}
