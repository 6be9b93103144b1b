//! The one way to wait: for something that has a name, looked for again and again, bounded by minutes.
//!
//! A window on a machine that is slow or busy takes as long as it takes. So no test counts looks or sleeps a
//! while and hopes. The limit only keeps a fault from waiting for ever; it is generous, because nobody who does
//! not meet it pays for it.

use std::fmt;
use std::time::{Duration, Instant};

/// How long anything may take that the window, the program or the machine does by itself.
pub const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Between two looks.
const BETWEEN: Duration = Duration::from_millis(60);

/// A wait that was in vain. It names what was awaited.
#[derive(Debug)]
pub struct InVain(String);

impl fmt::Display for InVain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "waited {PATIENCE:?} in vain for {}", self.0)
    }
}

/// Looks until there is something to see, and gives it back.
///
/// # Errors
/// [`InVain`] when [`PATIENCE`] is over.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, InVain> {
    let started = Instant::now();
    loop {
        // Asked before the look: a machine that stood still meanwhile is given one more.
        let last = started.elapsed() >= PATIENCE;
        match look() {
            Some(seen) => return Ok(seen),
            None if last => return Err(InVain(what.to_owned())),
            None => std::thread::sleep(BETWEEN),
        }
    }
}

/// As [`until`], for looks that themselves are waited for.
///
/// # Errors
/// [`InVain`] when [`PATIENCE`] is over.
pub async fn seen<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> Result<T, InVain> {
    let started = Instant::now();
    loop {
        let last = started.elapsed() >= PATIENCE;
        match look().await {
            Some(seen) => return Ok(seen),
            None if last => return Err(InVain(what.to_owned())),
            None => tokio::time::sleep(BETWEEN).await,
        }
    }
}
