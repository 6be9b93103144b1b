//! That the sharing log in the tables is the one that the fold gives.

use std::collections::BTreeSet;

use sharewell_records::*;
use sharewell_vault::sharing_log::Asked;
use sharewell_vault::{Reader, Recorded, Result, accounts, received, sharing_log};

use super::acts::World;
use super::at;

fn entries<T>(all: Vec<Recorded<T>>) -> BTreeSet<EntryId> {
    all.into_iter().map(|one| one.entry).collect()
}

fn folded<'a, T: 'a, E: 'a>(all: impl Iterator<Item = &'a Stands<T, E>>) -> BTreeSet<EntryId> {
    all.map(|one| one.by.entry).collect()
}

/// The sharing log, by each of the ways to ask for it, a line at a time.
pub fn hold(r: &Reader<'_>, fold: &Standing, world: &World, cases: &BTreeSet<CaseId>) -> Result<()> {
    let mut all: Vec<LogLine> = fold.log.values().cloned().collect();
    let micros = |line: &LogLine| line.at.0.timestamp_micros();
    all.sort_by_key(|line| std::cmp::Reverse((micros(line), line.id.to_string())));
    let ask = |asked: Asked<'_>| -> Result<Vec<LogLine>> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = sharing_log::page(r, &asked, after, 2)?;
            after = page.last().map(|line| line.id);
            match page.len() {
                0 => return Ok(found),
                _ => found.extend(page),
            }
        }
    };
    let told = |lines: &[LogLine]| lines.iter().map(|line| format!("{line:?}")).collect::<Vec<_>>();
    let same = |what: &str, found: Vec<LogLine>, of: &dyn Fn(&LogLine) -> bool| {
        let of: Vec<LogLine> = all.iter().filter(|line| of(line)).cloned().collect();
        let utc = |line: &LogLine| LogLine { at: Moment(line.at.0.to_utc().fixed_offset()), ..line.clone() };
        assert_eq!(told(&found), told(&of.iter().map(utc).collect::<Vec<_>>()), "{what}");
    };
    same("the log", ask(Asked::default())?, &|_| true);
    for case in cases {
        let asked = Asked { case: Some(*case), ..Asked::default() };
        same("the log of a file", ask(asked)?, &|line| line.case == Some(*case));
    }
    for state in LogState::ALL {
        let asked = Asked { state: Some(state), ..Asked::default() };
        same("the log by state", ask(asked)?, &|line| line.state == state);
    }
    for words in all.iter().map(|line| line.party.clone()).filter(|words| !words.is_empty()) {
        let asked = Asked { words: &words, ..Asked::default() };
        same("the log by name", ask(asked)?, &|line| words.iter().all(|word| line.party.contains(word)));
    }
    let from = at(2);
    same("the log from a day on", ask(Asked { from: Some(from), ..Asked::default() })?, &|line| {
        line.at >= from
    });
    same("the log before it", ask(Asked { before: Some(from), ..Asked::default() })?, &|line| line.at < from);
    let papers = world.attachments.iter().map(|one| one.id.0);
    for thing in world.items.iter().map(|one| one.id.0).chain(papers) {
        let found = sharing_log::carried(r, thing)?.into_iter().map(|one| one.0);
        let folded_items = fold.carried.get(&thing).cloned().unwrap_or_default();
        assert_eq!(found.collect::<BTreeSet<_>>(), folded_items, "by what a note or a paper left");
    }
    for case in cases {
        let there = fold.received.values().filter(|one| one.case == Some(*case) && one.ended.is_none());
        assert_eq!(entries(received::of_case(r, *case)?), folded(there), "what came to us");
        let there = fold.accounts.values().filter(|one| one.case == Some(*case));
        assert_eq!(entries(accounts::of_case(r, *case)?), folded(there), "accounts of a file");
    }
    for one in &world.disclosures {
        let there = fold.accounts.values().filter(|note| note.record.of.contains(&one.id));
        assert_eq!(entries(accounts::of_disclosure(r, one.id)?), folded(there), "the account of one thing");
    }
    super::acts::statements::hold(r, fold, cases)
}
