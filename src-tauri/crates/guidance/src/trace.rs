//! The trace: which step, obligation, screen or text fulfils each statement of the factsheet that the product
//! implements (S1 to S103) and in which words, in `assets/guidance/trace.toml`, and the check that none is missing or
//! dangling and that the words are there.

use std::collections::BTreeMap;

use serde::Deserialize;
use sharewell_records::Nation;
use toml::Spanned;

use crate::{Cite, Error, Pack, Problem, What};

/// The statements of the factsheet.
const STATEMENTS: std::ops::RangeInclusive<u8> = 1..=103;

/// Help text alone does not fulfil these: they ask something of the practitioner.
const BINDING: [u8; 16] = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 47, 63, 64, 67, 74, 76];

/// Of these a later release does more than tell: strategy meetings, shared plans and records, teams, borders, moves.
const LATER: std::ops::RangeInclusive<u8> = 96..=101;

const FILE: &str = "trace.toml";

/// One statement and what fulfils it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Statement {
    /// Its number: 12 for S12.
    pub number: u8,
    /// Our own short name of it.
    pub label: String,
    /// What fulfils it.
    pub by: Vec<Fulfils>,
    /// The texts in which its substance stands.
    pub keys: Vec<InWords>,
    /// Words that must all stand in these texts; for each, those of which one is enough.
    pub says: Vec<Vec<String>>,
    /// What a later release will do besides.
    pub later: Option<String>,
    /// Its line in the file.
    pub line: u32,
}

/// A text of a pack.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct InWords {
    /// The nation in whose pack it stands; in every nation's where there is none.
    pub nation: Option<Nation>,
    /// Its key (`step.weighing.why`).
    pub key: String,
}

/// Something that fulfils a statement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fulfils {
    /// The nation in whose pack it stands; in every nation's where there is none.
    pub nation: Option<Nation>,
    /// What it is.
    pub kind: FulfilsKind,
    /// Its id: `harm`, `who-acted`, `why-share#respect`, or the address of a screen (`/danger`).
    pub id: String,
}

/// What kinds of thing fulfil a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FulfilsKind {
    /// A question.
    Step,
    /// A duty that follows.
    Obligation,
    /// A line on the advice that nobody can tick off.
    Notice,
    /// An article of the library, or a point of one.
    Library,
    /// A screen of the program.
    Screen,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    label: String,
    by: Vec<String>,
    keys: Vec<String>,
    says: Vec<String>,
    later: Option<String>,
}

/// Reads the trace.
///
/// # Errors
///
/// [`Error::Pack`] with every statement that is missing, unknown or written wrongly, each with its line.
pub fn trace(text: &str) -> Result<Vec<Statement>, Error> {
    let written: BTreeMap<String, Spanned<Written>> = toml::from_str(text).map_err(|error| {
        let line = line_at(text, error.span().map_or(0, |span| span.start));
        Error::Pack(vec![problem(line, "", What::Syntax, error.message().replace('\n', " "))])
    })?;
    let mut problems = Vec::new();
    let mut statements = Vec::new();
    for (id, entry) in &written {
        let line = line_at(text, entry.span().start);
        let Some(number) = number(id) else {
            problems.push(problem(line, id, What::BadId, "statements are S1 to S103".into()));
            continue;
        };
        let entry = entry.get_ref();
        let mut by = Vec::new();
        for one in &entry.by {
            match fulfils(one) {
                Some(one) => by.push(one),
                None => problems.push(problem(
                    line,
                    id,
                    What::NotAWord,
                    format!("\"{one}\" is no step:, obligation:, notice:, library: or screen:"),
                )),
            }
        }
        let either = |words: &String| words.split('|').map(str::to_owned).collect();
        statements.push(Statement {
            number,
            label: entry.label.clone(),
            by,
            keys: entry.keys.iter().map(|key| in_words(key)).collect(),
            says: entry.says.iter().map(either).collect(),
            later: entry.later.clone(),
            line,
        });
    }
    for number in STATEMENTS.filter(|number| !statements.iter().any(|one| one.number == *number)) {
        problems.push(problem(
            0,
            &format!("S{number}"),
            What::MissingField,
            "the statement is missing".into(),
        ));
    }
    statements.sort_by_key(|one| one.number);
    if problems.is_empty() { Ok(statements) } else { Err(Error::Pack(problems)) }
}

/// Holds the trace to the packs: everything that it names is there and cites the statement; what asks something
/// of the practitioner is a question or a duty; the words of each stand in the texts that it names; nothing is left
/// open.
#[must_use]
pub fn check_trace(statements: &[Statement], packs: &[&Pack]) -> Vec<Problem> {
    let newest = newest(packs);
    let mut problems = Vec::new();
    for one in statements {
        let id = format!("S{}", one.number);
        let mut add = |what: What, message: String| problems.push(problem(one.line, &id, what, message));
        if one.later.is_some() && !LATER.contains(&one.number) {
            add(What::Misplaced, "only S96 to S101 may wait".into());
        }
        if one.by.is_empty() {
            add(What::MissingField, "nothing fulfils it".into());
        }
        if one.label.trim().is_empty() {
            add(What::MissingField, "\"label\" is empty".into());
        }
        words(one, &newest, &mut add);
        if BINDING.contains(&one.number) && !one.by.iter().any(Fulfils::binds) {
            add(What::Misplaced, "text alone does not fulfil it: name a step or an obligation".into());
        }
        for by in &one.by {
            for pack in newest.values().filter(|pack| by.nation.is_none_or(|nation| pack.nation == nation)) {
                match by.cites(pack) {
                    None if by.kind == FulfilsKind::Screen => {}
                    None => add(What::Dangling, format!("{} has no {}", pack.name(), by.id)),
                    Some(cites) if !cites.iter().any(|cite| says(cite, &id)) => {
                        add(What::NoSource, format!("{} in {} does not cite it", by.id, pack.name()));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    problems
}

/// Whether the words of a statement stand in the texts that it names, in each nation; and whether each of these texts
/// holds one of them.
fn words(one: &Statement, newest: &BTreeMap<&'static str, &Pack>, add: &mut dyn FnMut(What, String)) {
    let empty = |any: &Vec<String>| any.iter().all(|word| word.trim().is_empty());
    if one.keys.is_empty() || one.says.is_empty() || one.says.iter().any(empty) {
        add(What::MissingField, "\"keys\" and \"says\" name the texts and their words".into());
    }
    for pack in newest.values() {
        let mut texts: Vec<(&str, String)> = Vec::new();
        for at in one.keys.iter().filter(|at| at.nation.is_none_or(|nation| pack.nation == nation)) {
            match pack.text(pack.first_language(), &at.key) {
                Some(text) => texts.push((&at.key, text.to_lowercase())),
                None => add(What::Dangling, format!("{} has no text {}", pack.name(), at.key)),
            }
        }
        let in_it = |text: &str, any: &[String]| any.iter().any(|word| text.contains(&word.to_lowercase()));
        for any in one.says.iter().filter(|_| !texts.is_empty()) {
            if !texts.iter().any(|(_, text)| in_it(text, any)) {
                let message = format!("{} does not say \"{}\" in these texts", pack.name(), any.join("|"));
                add(What::MissingText, message);
            }
        }
        for (key, text) in &texts {
            if !one.says.iter().any(|any| in_it(text, any)) {
                add(What::UnusedText, format!("{key} in {} says none of the words", pack.name()));
            }
        }
    }
}

impl Fulfils {
    /// Whether it asks something of the practitioner, everywhere.
    fn binds(&self) -> bool {
        self.nation.is_none()
            && matches!(self.kind, FulfilsKind::Step | FulfilsKind::Obligation | FulfilsKind::Notice)
    }

    /// What it cites in a pack; nothing where it is not there, or is a screen.
    fn cites<'p>(&self, pack: &'p Pack) -> Option<Vec<&'p Cite>> {
        match self.kind {
            FulfilsKind::Step => {
                pack.steps.iter().find(|step| step.id.0 == self.id).map(|step| step.sources.iter().collect())
            }
            FulfilsKind::Obligation => {
                let found = pack.obligations.iter().find(|one| one.id == self.id)?;
                Some(found.sources.iter().collect())
            }
            FulfilsKind::Notice => {
                let found = pack.notices.iter().find(|one| one.id == self.id)?;
                Some(found.sources.iter().collect())
            }
            FulfilsKind::Library => {
                let (article, point) = match self.id.split_once('#') {
                    Some((article, point)) => (article, Some(point)),
                    None => (self.id.as_str(), None),
                };
                let article = pack.articles.iter().find(|one| one.id == article)?;
                let mut cites: Vec<&Cite> = article.sources.iter().collect();
                if let Some(point) = point {
                    cites.extend(&article.points.iter().find(|one| one.id == point)?.sources);
                }
                Some(cites)
            }
            FulfilsKind::Screen => None,
        }
    }
}

fn says(cite: &Cite, statement: &str) -> bool {
    cite.source == "S" && cite.place == statement
}

/// The newest pack of each nation.
fn newest<'p>(packs: &[&'p Pack]) -> BTreeMap<&'static str, &'p Pack> {
    let mut newest: BTreeMap<&'static str, &'p Pack> = BTreeMap::new();
    for pack in packs {
        let held = newest.entry(pack.nation.word()).or_insert(pack);
        if pack.applies_from > held.applies_from {
            *held = pack;
        }
    }
    newest
}

fn number(id: &str) -> Option<u8> {
    let number = id.strip_prefix('S')?;
    if number.starts_with('0') {
        return None;
    }
    number.parse().ok().filter(|number| STATEMENTS.contains(number))
}

/// Reads `step.weighing.why` or `wales/article.accord.body`.
fn in_words(text: &str) -> InWords {
    let of = text.split_once('/').and_then(|(nation, key)| {
        let nation = Nation::ALL.into_iter().find(|one| one.word() == nation)?;
        Some(InWords { nation: Some(nation), key: key.to_owned() })
    });
    of.unwrap_or_else(|| InWords { nation: None, key: text.to_owned() })
}

/// Reads `step:harm`, `wales/obligation:accord`, `library:why-share#respect` or `screen:/danger`.
fn fulfils(text: &str) -> Option<Fulfils> {
    let (before, id) = text.split_once(':')?;
    let (nation, kind) = match before.split_once('/') {
        Some((nation, kind)) => (Some(Nation::ALL.into_iter().find(|one| one.word() == nation)?), kind),
        None => (None, before),
    };
    let kind = match kind {
        "step" => FulfilsKind::Step,
        "obligation" => FulfilsKind::Obligation,
        "notice" => FulfilsKind::Notice,
        "library" => FulfilsKind::Library,
        "screen" if id.starts_with('/') && nation.is_none() => FulfilsKind::Screen,
        _ => return None,
    };
    (!id.is_empty()).then(|| Fulfils { nation, kind, id: id.to_owned() })
}

fn problem(line: u32, id: &str, what: What, message: String) -> Problem {
    Problem { file: FILE.into(), line, id: id.into(), what, message }
}

fn line_at(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX)
}
