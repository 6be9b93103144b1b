//! Two sides, turn by turn, and what their times come to.

use std::time::{Duration, Instant};

use crate::error::Result;

/// Times of one side, in the order in which they were taken.
#[derive(Debug, Clone, Default)]
pub struct Times(pub Vec<Duration>);

impl Times {
    /// The time below which this share of them lies (0.5 is the median), in seconds.
    pub fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (share * sorted.len().saturating_sub(1) as f64).round() as usize;
        sorted.get(place).map_or(0.0, Duration::as_secs_f64)
    }

    /// The median, in seconds.
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The time that one in twenty exceeds, in seconds.
    pub fn p95(&self) -> f64 {
        self.at(0.95)
    }
}

/// The middle one of the ratios of first to second, round by round. The two of a round were taken one after the
/// other, so a machine that is busy for a while moves both.
pub fn ratio(first: &Times, second: &Times) -> f64 {
    let mut ratios: Vec<f64> =
        first.0.iter().zip(&second.0).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(0.0)
}

/// How long something took; its result is handed back.
pub fn timed<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let started = Instant::now();
    let done = act()?;
    Ok((done, started.elapsed()))
}

/// Runs both sides in every round, the first of the pair by turns, after a tenth of the rounds as warm-up.
///
/// A side answers how long the part took that counts, so that it can prepare and tidy up outside of it.
pub fn by_turns<W>(
    rounds: usize,
    world: &mut W,
    mut ours: impl FnMut(&mut W, usize) -> Result<Duration>,
    mut limit: impl FnMut(&mut W, usize) -> Result<Duration>,
) -> Result<(Times, Times)> {
    let warm_up = rounds.div_ceil(10);
    let (mut a, mut b) = (Times::default(), Times::default());
    for round in 0..warm_up + rounds {
        let (x, y) = if round % 2 == 0 {
            let x = ours(world, round)?;
            (x, limit(world, round)?)
        } else {
            let y = limit(world, round)?;
            (ours(world, round)?, y)
        };
        if round >= warm_up {
            a.0.push(x);
            b.0.push(y);
        }
    }
    Ok((a, b))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_twentieth_are_of_the_sorted_times() {
        let times = Times((1..=101).rev().map(Duration::from_secs).collect());
        assert_eq!((times.median(), times.p95()), (51.0, 96.0));
        assert_eq!(Times::default().median(), 0.0, "no times, no panic");
    }

    #[test]
    fn a_ratio_is_of_times_that_were_taken_together() {
        let times = |seconds: &[u64]| Times(seconds.iter().copied().map(Duration::from_secs).collect());
        let busy_for_a_while = (times(&[2, 2, 200]), times(&[1, 1, 100]));
        assert_eq!(ratio(&busy_for_a_while.0, &busy_for_a_while.1), 2.0);
    }

    #[test]
    fn both_sides_see_every_round_and_take_turns_at_going_first() {
        let mut order = Vec::new();
        let side = |name: char| {
            move |order: &mut Vec<(char, usize)>, round| {
                order.push((name, round));
                Ok(Duration::from_secs(1))
            }
        };
        let (a, b) = by_turns(2, &mut order, side('a'), side('b')).unwrap();
        assert_eq!(order, [('a', 0), ('b', 0), ('b', 1), ('a', 1), ('a', 2), ('b', 2)]);
        assert_eq!((a.0.len(), b.0.len()), (2, 2), "the warm-up does not count");
    }
}
