//! The demonstration's one way to wait: looked for again and again, bounded by minutes.
//!
//! Sharewell shows itself on machines that are slow, busy, or start a web view for the first time. Whatever a
//! page takes, the demonstration waits for; the limits only keep a fault from waiting for ever.

use std::time::{Duration, Instant};

/// How long a page may take to show what it should.
pub const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// How long a picture may take, or the search of a test through everything that the program keeps.
pub const PICTURE: Duration = Duration::from_secs(30 * 60);

/// Between two looks.
const BETWEEN: Duration = Duration::from_millis(100);

/// Looks until there is something to see, and gives it back; none when `limit` is over. A look is told how long
/// it may still take.
pub fn until<T>(limit: Duration, mut look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
    let started = Instant::now();
    loop {
        // Asked before the look: a machine that stood still meanwhile is given one more.
        let left = limit.saturating_sub(started.elapsed());
        if let Some(seen) = look(left) {
            return Some(seen);
        }
        if left.is_zero() {
            return None;
        }
        std::thread::sleep(BETWEEN);
    }
}
