//! What opening a vault can put in doubt, until a person says that all is well.
//!
//! The file beside the ledger that remembers how far it had come can be missing, and then nothing tells whether
//! entries were taken out. And the computer's clock can be wrong: the order of events is evidence. Neither keeps
//! anybody from working. Both stand in the ledger, so that they are told again and nobody loses them by opening the
//! vault once more.

use chrono::{DateTime, TimeDelta};

use crate::words::closed_set;
use crate::{Moment, OriginId, Payload, Seq, Written};

closed_set! {
    /// How the file that remembers the end of the ledger was found at an opening.
    Absence in "snake_case" {
        /// It was not there.
        Missing = "missing",
        /// It was there and could not be read.
        Unreadable = "unreadable",
    }
}

/// How a clock cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// It shows a time that has passed already.
    Behind,
    /// It shows a time that is far ahead of anything that happened.
    Ahead,
}

/// How far a clock may be set back before it is in doubt: clocks are put right by seconds all the time.
const SET_BACK: TimeDelta = TimeDelta::minutes(5);
/// How long a vault may have been left alone before the clock is asked about.
const LEFT_ALONE: TimeDelta = TimeDelta::days(366);
/// Nobody can have worked with this program before, in seconds since 1970: 1 November 2026.
const FIRST: i64 = 1_793_491_200;

/// Whether a clock can be right, by the last moment that is known of the vault; `last` is none where nothing is known.
#[must_use]
pub fn clock_doubt(now: Moment, last: Option<Moment>) -> Option<ClockDoubt> {
    let first = DateTime::from_timestamp(FIRST, 0).unwrap_or_default();
    match last {
        Some(Moment(last)) if now.0 < last - SET_BACK => Some(ClockDoubt::Behind),
        Some(Moment(last)) if now.0 > last + LEFT_ALONE => Some(ClockDoubt::Ahead),
        // What was written under an older clock is what it is: only a vault that nothing is known of is held to this.
        Some(_) => None,
        None if now.0 < first => Some(ClockDoubt::Behind),
        None => None,
    }
}

/// A place in a chain.
type Place = (OriginId, Seq);

/// A stretch of the ledger that was written while the clock was in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: Place,
    /// The entry from which the clock is trusted again; none while it is in doubt.
    until: Option<Place>,
    /// The last moment before it that is trusted.
    last: Moment,
}

impl Stretch {
    fn holds(&self, (origin, at): Place) -> bool {
        let begun = origin != self.from.0 || at >= self.from.1;
        match self.until {
            _ if !begun => false,
            None => origin == self.from.0,
            Some((other, until)) => origin == other && at < until || origin == self.from.0 && origin != other,
        }
    }
}

/// What stands in doubt. Entries are taken in the order of folding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubts {
    heads: Vec<(Absence, Moment)>,
    clock: Vec<Stretch>,
}

impl Doubts {
    /// The stored kinds that put something in doubt or end it.
    pub const KINDS: [&str; 4] = ["head_not_found", "head_confirmed", "clock_doubted", "clock_trusted"];

    /// Takes the next entry; what says nothing of this is passed over.
    pub fn take(&mut self, by: &Written, payload: &Payload) {
        let place = (by.origin, by.sequence);
        // With a wildcard: what else is written puts nothing in doubt, and `KINDS` is held to these by a test.
        #[allow(clippy::wildcard_enum_match_arm)]
        match payload {
            Payload::HeadNotFound { found } => self.heads.push((*found, by.at)),
            Payload::HeadConfirmed { .. } => self.heads.clear(),
            Payload::ClockDoubted { last } if self.clock_last().is_none() => {
                self.clock.push(Stretch { from: place, until: None, last: *last });
            }
            Payload::ClockTrusted { .. } => {
                if let Some(open) = self.clock.last_mut().filter(|one| one.until.is_none()) {
                    open.until = Some(place);
                }
            }
            _ => {}
        }
    }

    /// The openings at which the end of the ledger could not be compared, and that nobody confirmed.
    #[must_use]
    pub fn heads(&self) -> &[(Absence, Moment)] {
        &self.heads
    }

    /// While the clock is in doubt: the last moment that is trusted.
    #[must_use]
    pub fn clock_last(&self) -> Option<Moment> {
        self.clock.last().filter(|one| one.until.is_none()).map(|one| one.last)
    }

    /// Whether an entry was written while the clock was in doubt.
    #[must_use]
    pub fn is_clock_doubtful(&self, origin: OriginId, sequence: Seq) -> bool {
        self.clock.iter().any(|one| one.holds((origin, sequence)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{EntryId, KINDS, PersonId};

    fn at(day: i64) -> Moment {
        Moment(DateTime::from_timestamp(FIRST + day * 86_400, 0).unwrap().fixed_offset())
    }

    fn written(sequence: u64) -> Written {
        let id = Uuid::nil();
        let (entry, origin, author) = (EntryId(id), OriginId(id), PersonId(id));
        Written { entry, origin, sequence: Seq(sequence), case: None, at: at(1), author }
    }

    #[test]
    fn a_clock_that_cannot_be_right_is_told_and_one_that_can_is_not() {
        let last = Some(at(100));
        assert_eq!(clock_doubt(at(100), last), None);
        assert_eq!(
            clock_doubt(Moment(at(100).0 - TimeDelta::minutes(4)), last),
            None,
            "put right by minutes"
        );
        assert_eq!(clock_doubt(at(99), last), Some(ClockDoubt::Behind));
        assert_eq!(clock_doubt(at(-20_000), last), Some(ClockDoubt::Behind), "1972");
        assert_eq!(clock_doubt(at(400), last), None, "a year of leave");
        assert_eq!(clock_doubt(at(100 + 80 * 365), last), Some(ClockDoubt::Ahead));
        assert_eq!(clock_doubt(at(0), None), None);
        assert_eq!(clock_doubt(at(-1), None), Some(ClockDoubt::Behind), "before there was such a program");
    }

    #[test]
    fn what_was_written_while_the_clock_was_in_doubt_stays_marked() {
        let origin = OriginId(Uuid::nil());
        let mut doubts = Doubts::default();
        doubts.take(&written(5), &Payload::ClockDoubted { last: at(1) });
        assert_eq!(doubts.clock_last(), Some(at(1)));
        doubts.take(&written(9), &Payload::ClockDoubted { last: at(7) });
        assert_eq!(
            doubts.clock_last(),
            Some(at(1)),
            "what is doubted twice is trusted up to the first doubt"
        );
        doubts.take(&written(12), &Payload::ClockTrusted { by_person: false });
        assert_eq!(doubts.clock_last(), None);
        doubts.take(&written(20), &Payload::ClockDoubted { last: at(9) });
        let marked: Vec<u64> = (1..=22).filter(|n| doubts.is_clock_doubtful(origin, Seq(*n))).collect();
        assert_eq!(marked, [5, 6, 7, 8, 9, 10, 11, 20, 21, 22]);
        let other = OriginId(Uuid::from_u128(1));
        assert!(!doubts.is_clock_doubtful(other, Seq(21)), "another chain had its own clock");
    }

    #[test]
    fn a_stretch_that_ends_in_a_later_chain_holds_to_its_first_trusted_entry() {
        let (old, new) = (OriginId(Uuid::nil()), OriginId(Uuid::from_u128(1)));
        let mut doubts = Doubts::default();
        doubts.take(&written(5), &Payload::ClockDoubted { last: at(1) });
        doubts.take(&Written { origin: new, ..written(3) }, &Payload::ClockTrusted { by_person: true });
        assert!(!doubts.is_clock_doubtful(old, Seq(4)) && doubts.is_clock_doubtful(old, Seq(6)));
        assert!(doubts.is_clock_doubtful(new, Seq(2)) && !doubts.is_clock_doubtful(new, Seq(3)));
    }

    #[test]
    fn a_missing_end_stays_until_somebody_confirms_it() {
        let mut doubts = Doubts::default();
        doubts.take(&written(2), &Payload::HeadNotFound { found: Absence::Missing });
        doubts.take(&written(3), &Payload::HeadNotFound { found: Absence::Unreadable });
        assert_eq!(doubts.heads(), [(Absence::Missing, at(1)), (Absence::Unreadable, at(1))]);
        doubts.take(&written(4), &Payload::HeadConfirmed { reason: "Copied from the old laptop.".into() });
        assert!(doubts.heads().is_empty());
    }

    #[test]
    fn every_kind_that_is_looked_for_is_a_kind() {
        for kind in Doubts::KINDS {
            assert!(KINDS.iter().any(|(word, _)| *word == kind), "{kind}");
        }
    }
}
