//! A durable save: at most 1.25 times the same rows and search text written by hand.
//!
//! One entry in one transaction, on disk when the call returns, as when a practitioner presses *Save*.

use crate::error::Result;
use crate::report::{Budget, Growth, Line, Report, Unit};
use crate::timing::{by_turns, ratio, timed};
use crate::world::World;

const ROUNDS: usize = 400;

/// Measures saves at the present size.
pub fn measure(world: &mut World, size: u64, report: &mut Report, growth: &mut Growth) -> Result<()> {
    // Each side takes its turn with the same entry; what is made ready here does not count.
    let rounds = ROUNDS + ROUNDS.div_ceil(10);
    let (ours, hand): (Vec<_>, Vec<_>) =
        (0..rounds).map(|_| world.next()).collect::<Result<Vec<_>>>()?.into_iter().unzip();
    let (ours, limit) = by_turns(
        ROUNDS,
        world,
        |world, round| Ok(timed(|| world.save(ours.get(round..=round).unwrap_or_default()))?.1),
        |world, round| Ok(timed(|| world.by_hand.write(hand.get(round..=round).unwrap_or_default()))?.1),
    )?;
    report.push(Line {
        what: "save, against the same rows by hand",
        entries: size,
        unit: Unit::Milliseconds,
        ours: ours.median(),
        p95: Some(ours.p95()),
        limit: limit.median(),
        ratio: ratio(&ours, &limit),
        budget: Budget::AtMost(1.25),
    });
    growth.logarithmic("save", size, ours.median());
    Ok(())
}
