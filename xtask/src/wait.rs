//! The one way to wait: for something that has a name, looked for again and again, bounded by minutes.
//!
//! A machine that is slow or busy, or starts a web view for the first time, takes as long as it takes. So
//! nothing here counts looks or sleeps a while and hopes: what is awaited is looked for until it is there, and
//! the limit only keeps a fault from waiting for ever. A longer limit costs nobody anything who does not meet it.

use std::time::{Duration, Instant};

use crate::problem::{Outcome, Problem};

/// How long anything that a machine does by itself may take: to start a program, to show a page, to end.
pub const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Between two looks.
const BETWEEN: Duration = Duration::from_millis(100);

/// Looks until there is something to see, and gives it back.
///
/// # Errors
/// Names what was awaited when `limit` is over; what a look fails with ends the wait at once.
pub fn until<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let started = Instant::now();
    loop {
        // Asked before the look: a machine that stood still meanwhile is given one more.
        let last = started.elapsed() >= limit;
        if let Some(seen) = look()? {
            return Ok(seen);
        }
        if last {
            return Err(Problem::new(
                format!("Waited {} in vain for {what}.", spoken(limit)),
                "Run this again when the machine is less busy; if it stays so, read what was printed above.",
            ));
        }
        std::thread::sleep(BETWEEN);
    }
}

/// A stretch of time as it is told to a person.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_late_is_waited_for() {
        let mut looks = 0;
        let seen = until("the fortieth look", PATIENCE, || {
            looks += 1;
            Ok((looks == 40).then_some(looks))
        });
        assert_eq!(seen.unwrap(), 40, "no count of looks ends a wait");
    }

    #[test]
    fn a_wait_in_vain_ends_and_names_what_was_awaited() {
        let mut looks = 0;
        let waited: Outcome<()> = until("the last bus", Duration::ZERO, || {
            looks += 1;
            Ok(None)
        });
        let said = waited.unwrap_err().to_string();
        assert!(said.contains("in vain for the last bus"), "{said}");
        assert_eq!(looks, 1, "it looked before it gave up");
    }

    #[test]
    fn a_look_that_fails_ends_the_wait_with_its_own_words() {
        let waited: Outcome<()> = until("a picture", PATIENCE, || Err(Problem::new("No film.", "Buy one.")));
        assert!(waited.unwrap_err().to_string().contains("No film."));
    }

    #[test]
    fn long_times_are_said_in_minutes() {
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
        assert_eq!(spoken(Duration::from_millis(1500)), "1.5 s");
    }
}
