//! Whether a handover begins at the beginning: which entries of its files come before and stand in none of it, and
//! whether its recipient got them earlier.

use sharewell_exchange::handover::{Beginning, EarlierHandover};
use sharewell_records::{CaseId, EntryPlace, Handover, HandoverState, Made, OriginId, Seq};
use sharewell_vault::{Reader, Recorded, handovers, ledger, waiting};

use crate::error::Result;

/// Where each chain begins to go along, the own one last. One that does not go along begins behind its end.
pub(super) type Starts = Vec<(OriginId, Seq)>;

/// Of a frozen handover. It says the same whenever it is asked: which handovers came before stands with what is frozen.
/// Where that is of an older form, what is known today is told.
pub(super) fn of(r: &Reader<'_>, frozen: &Recorded<Handover>) -> Result<Beginning> {
    let handover = &frozen.record;
    let begins = |origin: OriginId, end: Seq| {
        let slice = handover.earlier.iter().find(|slice| slice.origin == origin);
        (origin, slice.map_or(Seq(end.0.saturating_add(1)), |slice| slice.from))
    };
    let earlier = ledger::before(r, frozen.origin)?;
    let mut starts: Starts = earlier.iter().map(|old| begins(old.origin, old.last)).collect();
    starts.push((frozen.origin, handover.from));
    let before: Vec<Recorded<Handover>> = match &handover.before {
        Some(ids) => ids.iter().map(|id| handovers::get(r, *id)).collect::<Result<_, _>>()?,
        None => {
            let finished = finished_before(r, &handover.recipient, &handover.cases, &starts)?;
            finished.into_iter().take_while(|one| one.record.id != handover.id).collect()
        }
    };
    told(r, &handover.cases, &starts, &before)
}

/// The finished handovers to somebody that hold entries of some files from before where a new one begins, the
/// earliest first.
pub(super) fn finished_before(
    r: &Reader<'_>,
    recipient: &str,
    cases: &[CaseId],
    starts: &Starts,
) -> Result<Vec<Recorded<Handover>>> {
    let mut before = Vec::new();
    for one in handovers::all(r)?.into_iter().rev() {
        let made = made(&one);
        let comes_before = made
            .stretches()
            .any(|(of, from, _)| starts.iter().any(|(origin, start)| *origin == of && from < *start));
        if one.record.recipient == recipient
            && one.record.cases.iter().any(|case| cases.contains(case))
            && comes_before
            && matches!(handovers::state(r, one.record.id)?, HandoverState::Written | HandoverState::Received)
        {
            before.push(one);
        }
    }
    Ok(before)
}

fn made(one: &Recorded<Handover>) -> Made<'_> {
    Made { handover: &one.record, origin: one.origin, state: HandoverState::Written }
}

fn told(
    r: &Reader<'_>,
    cases: &[CaseId],
    starts: &Starts,
    before: &[Recorded<Handover>],
) -> Result<Beginning> {
    let mut beginning = Beginning::default();
    for case in cases {
        for (origin, start) in starts {
            for sequence in waiting::places_before(r, *case, *origin, *start)? {
                let at = EntryPlace { case: *case, origin: *origin, sequence };
                beginning.entries += 1;
                beginning.never += u64::from(!before.iter().any(|one| made(one).holds(at)));
            }
        }
    }
    if beginning.never < beginning.entries {
        let given = |one: &Recorded<Handover>| EarlierHandover {
            id: one.record.id,
            made_at: one.recorded_at,
            from: one.record.from,
            to: one.record.to,
        };
        beginning.given = before.iter().map(given).collect();
    }
    Ok(beginning)
}
