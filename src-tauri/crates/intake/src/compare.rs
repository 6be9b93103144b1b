//! A slice of a chain against what is held of it: what is new, what was had, and what is kept apart. Pure.

use std::collections::BTreeMap;

use sharewell_exchange::EntryLine;
use sharewell_exchange::receipt::{HeldTo, NamedEntry, OfOrigin, QuarantinedEntry, Reason};
use sharewell_records::{GENESIS, OriginId, Seq, Sha256, link};

/// A line with its hashes, which are worked out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashed<'a> {
    /// The line.
    pub line: &'a EntryLine,
    /// Its hash.
    pub entry_hash: Sha256,
    /// Its payload's; none where only the entry's hash stands there.
    pub payload_hash: Option<Sha256>,
}

impl<'a> Hashed<'a> {
    /// Works them out.
    ///
    /// # Errors
    /// As [`EntryLine::hash`]: none for lines that a reader verified.
    pub fn all(lines: &'a [EntryLine]) -> sharewell_exchange::Result<Vec<Self>> {
        let each = lines.iter().map(|line| {
            let (entry_hash, payload_hash) = line.hashes()?;
            Ok(Self { line, entry_hash, payload_hash })
        });
        each.collect()
    }
}

/// A slice as it came, its hashes and links verified.
#[derive(Debug, Clone)]
pub struct Slice<'a> {
    /// The chain.
    pub origin: OriginId,
    /// First sequence.
    pub from: Seq,
    /// Last sequence.
    pub to: Seq,
    /// The link before `from`.
    pub previous_link: Sha256,
    /// Every entry from `from` to `to`.
    pub lines: Vec<Hashed<'a>>,
}

/// How far whoever signed is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// For all of it.
    Whole,
    /// The key was revoked: up to the last checkpoint that was received before.
    Under(Option<Seq>),
    /// Not at all.
    Not(Reason),
}

/// A place of a chain that was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The hash there.
    pub entry_hash: Sha256,
    /// Whether the entry itself came, and not only its hash. It may have been disposed of since.
    pub entry: bool,
}

/// What is held of a chain, in the range of the slice.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// How far it is held without a gap.
    pub held: Option<HeldTo>,
    /// What was seen, by place.
    pub seen: BTreeMap<Seq, Seen>,
}

/// What becomes of a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// As the receipt tells it.
    pub told: OfOrigin,
    /// The lines to store, by their place in the slice.
    pub take: Vec<usize>,
    /// Places that were not seen before.
    pub seen: Vec<NamedEntry>,
    /// Whether the chain is held further than before.
    pub further: bool,
    /// Why something of it was not taken; none where all was.
    pub reason: Option<Reason>,
}

/// Compares.
#[must_use]
pub fn compare(slice: &Slice<'_>, known: &Known, trust: Trust) -> Compared {
    let mut all = Compared {
        told: OfOrigin {
            origin: slice.origin,
            from: slice.from,
            to: slice.to,
            taken: Vec::new(),
            had: Vec::new(),
            quarantined: Vec::new(),
            held: known.held,
        },
        take: Vec::new(),
        seen: Vec::new(),
        further: false,
        reason: None,
    };
    let refused = refused(slice, known, trust);
    let limit = match trust {
        Trust::Under(limit) => Some(limit.map_or(0, |at| at.0)),
        Trust::Whole | Trust::Not(_) => None,
    };
    let mut at = slice.previous_link;
    let mut parted = false;
    for (number, Hashed { line, entry_hash, .. }) in slice.lines.iter().copied().enumerate() {
        let sequence = line.sequence();
        let here = known.seen.get(&sequence);
        at = link(at, sequence, entry_hash);
        let had = here.is_some_and(|here| here.entry);
        let beyond = known.held.is_none_or(|held| sequence > held.sequence);
        let other = here.is_some_and(|here| here.entry_hash != entry_hash);
        parted |= other || known.held.is_some_and(|held| held.sequence == sequence && held.link != at);
        let why = match refused {
            Some(reason) => Some(reason),
            None if other => Some(Reason::OtherHash),
            None if !had && limit.is_some_and(|limit| sequence.0 > limit) => Some(Reason::Revoked),
            None if parted && beyond => Some(Reason::Fork),
            None => None,
        };
        all.reason = all.reason.or(why);
        let named = NamedEntry { sequence, entry_hash };
        let stands = !matches!(line, EntryLine::Withheld { .. });
        match why {
            // Of an entry that only its hash stands for, nothing is lost; but a hash that contradicts is told.
            Some(reason) if stands || reason == Reason::OtherHash => {
                all.told.quarantined.push(QuarantinedEntry { sequence, entry_hash, reason });
            }
            Some(_) => {}
            None => {
                if here.is_none() {
                    all.seen.push(named);
                }
                if beyond {
                    all.told.held = Some(HeldTo { sequence, link: at });
                    all.further = true;
                }
                if stands && had {
                    all.told.had.push(named);
                } else if stands {
                    all.told.taken.push(named);
                    all.take.push(number);
                }
            }
        }
    }
    all
}

/// Why nothing of a slice can be taken, whatever stands in it.
fn refused(slice: &Slice<'_>, known: &Known, trust: Trust) -> Option<Reason> {
    if let Trust::Not(reason) = trust {
        return Some(reason);
    }
    if slice.from == Seq(1) && slice.previous_link != GENESIS {
        return Some(Reason::BrokenChain);
    }
    let next = known.held.map_or(1, |held| held.sequence.0.saturating_add(1));
    if slice.from.0 > next {
        return Some(Reason::Gap);
    }
    let goes_on = known.held.filter(|held| slice.from.0 == held.sequence.0.saturating_add(1));
    goes_on.is_some_and(|held| held.link != slice.previous_link).then_some(Reason::Fork)
}

#[cfg(test)]
#[path = "compare/tests.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
