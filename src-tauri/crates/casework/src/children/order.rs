//! Where a line of a file's story stands: by when it happened, the lines of one visit together.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sharewell_records::{Day, Moment, Occurred, VisitId};

use crate::clock;
use crate::views::{TimelineLine, TimelineWhat};
use crate::words::Words;

/// The newest first, by when it happened. The lines of a visit stay together, in the order in which they were written.
pub(super) fn in_order(lines: &mut [TimelineLine]) {
    let at = |line: &TimelineLine| (happened(line), line.sequence);
    let mut last: BTreeMap<VisitId, (DateTime<Utc>, u32)> = BTreeMap::new();
    for line in lines.iter() {
        if let Some(visit) = visit_in(line) {
            let latest = last.entry(visit).or_insert_with(|| at(line));
            *latest = (*latest).max(at(line));
        }
    }
    lines.sort_by_key(|line| match visit_in(line).and_then(|visit| last.get(&visit)) {
        Some(of_visit) => (std::cmp::Reverse(*of_visit), line.sequence),
        None => (std::cmp::Reverse(at(line)), 0),
    });
}

/// The visit of which a line of the story is one.
pub(crate) fn visit_in(line: &TimelineLine) -> Option<VisitId> {
    match &line.what {
        TimelineWhat::Item { visit, .. } => visit.as_ref().map(|visit| visit.id),
        TimelineWhat::Attachment { .. }
        | TimelineWhat::Decision { .. }
        | TimelineWhat::Disclosure { .. }
        | TimelineWhat::Emergency { .. }
        | TimelineWhat::Advice { .. }
        | TimelineWhat::Other { .. }
        | TimelineWhat::Unknown { .. } => None,
    }
}

/// The day that words mean, where they say when something happened and mean one.
pub(super) fn placed(occurred: &Occurred, recorded_at: Moment) -> Option<Day> {
    match occurred {
        Occurred::Unknown { words } => Words::day_meant(words, clock::day_of(recorded_at)),
        Occurred::Day { .. } | Occurred::Moment { .. } | Occurred::Month { .. } => None,
    }
}

/// The instant by which a line is sorted: the end of what is known, so that *in March* stands after the days
/// of March. Words stand at the day that they mean; what is not known stands where it was written down.
fn happened(line: &TimelineLine) -> DateTime<Utc> {
    let recorded_at = line.recorded_at;
    let end_of = |day| clock::hours_after(clock::at(day, chrono::NaiveTime::MIN), 23).0.to_utc();
    // Written down on its own day, it stands where it was written down.
    let on_day = |on| if clock::day_of(recorded_at) == on { recorded_at.0.to_utc() } else { end_of(on) };
    match &line.occurred {
        Occurred::Day { on } => on_day(*on),
        Occurred::Moment { at } => at.0.to_utc(),
        Occurred::Month { year, month } => {
            let first = clock::day(i32::from(*year), u32::from(*month), 1);
            first.map_or(recorded_at.0.to_utc(), |first| end_of(clock::days_after(first, 27)))
        }
        Occurred::Unknown { .. } => line.placed.map_or(recorded_at.0.to_utc(), on_day),
    }
}
