//! Holds every complete path of a pack to the thirteen conditions of safe guidance.
//!
//! Each condition is a function of a path or of the whole pack. What a machine cannot judge (whether a
//! sentence is kind, whether a source says so) is left to reviewers, as `docs/pack-format.md` lists.

mod act;
mod answers;
mod brings;
mod cards;
mod consent;
mod duty;
mod fits;
mod givers;
mod path;
mod paths;
#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod plain;
mod practice;
mod risk;
mod rules;
mod shape;
#[cfg(test)]
mod tests;
mod told;
mod ways;

use std::collections::BTreeMap;

use serde::Serialize;
use sharewell_records::StepId;

use crate::{Error, Files, Pack, Spot};
use path::Path;

/// What the check of a pack found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// `id@version`, or empty where the files are no pack.
    pub pack: String,
    /// Steps, advice steps included.
    pub steps: usize,
    /// Outcomes.
    pub outcomes: usize,
    /// Complete paths, each counted once: answers that branch alike are one, a detour adds none.
    pub paths: u64,
    /// Walks that there are: every path under every answer that an obligation or a ground tells apart.
    pub variants: u64,
    /// Questions on the shortest path.
    pub shortest: u32,
    /// Questions on the longest path; a detour counts as one.
    pub longest: u32,
    /// Questions to the advice on the longest path.
    pub longest_to_advice: u32,
    /// Questions to the advice on the longest path on which harm is suspected.
    pub longest_to_advice_with_harm: u32,
    /// The most cards that a path leaves.
    pub most_cards: usize,
    /// The most of them that are due today.
    pub most_today: usize,
    /// The most duties that somebody has to close.
    pub most_duties: usize,
    /// One shortest path: each question that is asked, and an answer to it (empty where it is words alone).
    pub shortest_way: Vec<(StepId, String)>,
    /// One longest path, in the same form.
    pub longest_way: Vec<(StepId, String)>,
    /// What was found, in the order of conditions.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing was found.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.findings.is_empty()
    }
}

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The condition, 1 to 13.
    pub condition: u8,
    /// The step, outcome or key.
    pub id: String,
    /// File inside the pack.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is not met.
    pub message: String,
    /// One path on which it shows (`danger=no, harm=yes: share-harm`); empty for the pack as a whole.
    pub path: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "condition {}: {}:{}: {}: {}",
            self.condition, self.file, self.line, self.id, self.message
        )?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " (on {})", self.path) }
    }
}

/// Findings so far, each kept once with the first path that showed it.
#[derive(Default)]
pub(crate) struct Found {
    all: BTreeMap<(u8, String, String), (Spot, String)>,
}

impl Found {
    /// In the order of conditions.
    fn told(self) -> Vec<Finding> {
        let finding = |((condition, id, message), (spot, path)): ((u8, String, String), (Spot, String))| {
            Finding { condition, id, file: spot.file, line: spot.line, message, path }
        };
        self.all.into_iter().map(finding).collect()
    }

    /// Something about the pack as a whole.
    pub fn pack(&mut self, condition: u8, spot: &Spot, id: &str, message: &str) {
        let key = (condition, id.to_owned(), message.to_owned());
        self.all.entry(key).or_insert_with(|| (spot.clone(), String::new()));
    }

    /// Something about a path; told at its outcome.
    pub fn path(&mut self, condition: u8, path: &Path<'_>, message: &str) {
        self.at(condition, path, &path.outcome.spot, &path.outcome.id, message);
    }

    /// Something about a path; told at one of its steps.
    pub fn at(&mut self, condition: u8, path: &Path<'_>, spot: &Spot, id: &str, message: &str) {
        let key = (condition, id.to_owned(), message.to_owned());
        self.all.entry(key).or_insert_with(|| (spot.clone(), path.to_string()));
    }
}

/// Holds the table of who may give consent alone to what it must be: what [`check()`] finds of it.
#[must_use]
pub fn check_givers(pack: &Pack) -> Vec<Finding> {
    let mut found = Found::default();
    givers::nine_givers(pack, &mut found);
    found.told()
}

/// Walks every path of a pack and holds it to the thirteen conditions.
#[must_use]
pub fn check(pack: &Pack) -> Report {
    let mut found = Found::default();
    let tally = paths::every(pack, &mut found, &hold);
    report(pack, tally, found)
}

/// Holds a path to the conditions.
fn hold(path: &Path<'_>, found: &mut Found) {
    shape::one(path, found);
    risk::two(path, found);
    risk::three(path, found);
    duty::four(path, found);
    consent::five(path, found);
    consent::five_withdrawn(path, found);
    brings::six(path, found);
    brings::seven(path, found);
    brings::eight(path, found);
    consent::nine(path, found);
    risk::ten(path, found);
    consent::eleven(path, found);
    shape::twelve(path, found);
    fits::seven(path, found);
    cards::thirteen(path, found);
}

/// Holds the pack as a whole to the conditions, and tells what was found.
fn report(pack: &Pack, tally: paths::Tally, mut found: Found) -> Report {
    shape::one_pack(pack, &tally, &mut found);
    act::one_pack(pack, &mut found);
    risk::two_pack(pack, &mut found);
    risk::three_pack(pack, &mut found);
    brings::six_pack(pack, &mut found);
    brings::eight_pack(pack, &mut found);
    consent::nine_pack(pack, &mut found);
    givers::nine_givers(pack, &mut found);
    shape::twelve_pack(pack, &mut found);
    practice::twelve_pack(pack, &mut found);
    fits::four_pack(pack, &mut found);
    fits::one_pack(pack, &mut found);
    cards::thirteen_pack(pack, &mut found);
    cards::thirteen_calls(pack, &mut found);
    Report {
        pack: format!("{}@{}", pack.id, pack.version),
        steps: pack.steps.len(),
        outcomes: pack.outcomes.len(),
        paths: tally.paths,
        variants: tally.variants,
        shortest: tally.shortest,
        longest: tally.longest,
        longest_to_advice: tally.to_advice,
        longest_to_advice_with_harm: tally.to_advice_with_harm,
        most_cards: tally.most_cards,
        most_today: tally.most_today,
        most_duties: tally.most_duties,
        shortest_way: tally.shortest_way,
        longest_way: tally.longest_way,
        findings: found.told(),
    }
}

/// Reads and checks a pack's files. Problems of reading are findings of condition 1.
#[must_use]
pub fn check_files(files: &Files) -> Report {
    let problems = match Pack::load(files) {
        Ok(pack) => return check(&pack),
        Err(Error::Pack(problems)) => problems,
        // Loading fails in no other way.
        Err(Error::NotYet | Error::NoOutcome | Error::NoSuchStep { .. } | Error::Answer { .. }) => Vec::new(),
    };
    let finding = |problem: crate::Problem| Finding {
        condition: 1,
        message: format!("{}. {}", problem.message, problem.what.advice()),
        id: problem.id,
        file: problem.file,
        line: problem.line,
        path: String::new(),
    };
    Report {
        pack: String::new(),
        steps: 0,
        outcomes: 0,
        paths: 0,
        variants: 0,
        shortest: 0,
        longest: 0,
        longest_to_advice: 0,
        longest_to_advice_with_harm: 0,
        most_cards: 0,
        most_today: 0,
        most_duties: 0,
        shortest_way: Vec::new(),
        longest_way: Vec::new(),
        findings: problems.into_iter().map(finding).collect(),
    }
}
