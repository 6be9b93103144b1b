//! When a receipt holds together, besides its signature.

use std::collections::BTreeSet;

use sharewell_records::{OriginId, Seq};

use super::{Disposal, OfOrigin, Outcome, Receipt};

/// The longest name of an agency or of a rule, in characters.
const LONGEST: usize = 200;

/// Whether it holds together; why not otherwise.
pub(super) fn hold(receipt: &Receipt) -> Result<(), &'static str> {
    text(&receipt.agency, "the agency's name is empty, too long or no plain text")?;
    let quarantined = receipt.origins.iter().any(|one| !one.quarantined.is_empty());
    let taken = receipt.origins.iter().any(|one| !one.taken.is_empty());
    let read = receipt.handover.is_some();
    if read == receipt.origins.is_empty() {
        return Err("a handover and its chains stand there together, or neither does");
    }
    if receipt.reason.is_some() != (receipt.outcome == Outcome::Quarantined) {
        return Err("a reason stands there for what is quarantined and for nothing else");
    }
    let fits = match receipt.outcome {
        Outcome::Taken => read && taken && !quarantined,
        Outcome::Had => read && !taken && !quarantined,
        Outcome::Sealed => !read,
        Outcome::Quarantined => true,
    };
    if !fits {
        return Err("what became of the file is not what became of its entries");
    }
    let mut chains = BTreeSet::new();
    for one in &receipt.origins {
        if !chains.insert(one.origin) {
            return Err("a chain stands there twice");
        }
        of_origin(one)?;
    }
    disposals(&receipt.disposals, &chains)
}

fn of_origin(one: &OfOrigin) -> Result<(), &'static str> {
    let OfOrigin { from, to, .. } = *one;
    if from.0 == 0 || from > to || to.0 >= 1 << 53 {
        return Err("a range is no range");
    }
    if one.held.is_some_and(|held| held.sequence.0 == 0 || held.sequence.0 >= 1 << 53) {
        return Err("a chain is held to no place");
    }
    let lists: [Vec<Seq>; 3] = [
        one.taken.iter().map(|entry| entry.sequence).collect(),
        one.had.iter().map(|entry| entry.sequence).collect(),
        one.quarantined.iter().map(|entry| entry.sequence).collect(),
    ];
    let mut all = BTreeSet::new();
    for list in &lists {
        if !list.iter().zip(list.iter().skip(1)).all(|(one, next)| one < next) {
            return Err("entries are not in order");
        }
        if !list.iter().all(|at| (from..=to).contains(at)) {
            return Err("an entry is outside the range");
        }
        if !list.iter().all(|at| all.insert(*at)) {
            return Err("an entry has two fates");
        }
    }
    // What is held is held up to where the chain is held, or the vault would believe more than the agency can show.
    let furthest = one.taken.iter().chain(&one.had).map(|entry| entry.sequence).max();
    if furthest > one.held.map(|held| held.sequence) {
        return Err("an entry is said to be held beyond the place to which the chain is held");
    }
    Ok(())
}

fn disposals(all: &[Disposal], chains: &BTreeSet<OriginId>) -> Result<(), &'static str> {
    let mut seen = BTreeSet::new();
    for one in all {
        text(&one.authority, "the rule of a disposal is empty, too long or no plain text")?;
        if !chains.contains(&one.origin) {
            return Err("a disposal is of a chain that is not in the file");
        }
        if one.sequence.0 == 0 || one.sequence.0 >= 1 << 53 || !seen.insert((one.origin, one.sequence)) {
            return Err("a disposal is of no place, or stands there twice");
        }
    }
    Ok(())
}

fn text(text: &str, why: &'static str) -> Result<(), &'static str> {
    let plain = !text.trim().is_empty() && !text.chars().any(char::is_control);
    if plain && text.chars().count() <= LONGEST { Ok(()) } else { Err(why) }
}
