//! Long work that somebody watches and may stop.
//!
//! Whoever does the work says how much there is and how far it has come, and asks before each stretch whether
//! to go on; whoever waits reads the same value from another thread. A stop is a wish that is kept within a
//! stretch: inside a statement by SQLite's own progress handler, between statements by [`Work::go_on`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rusqlite::Connection;

use crate::{Error, Result};

/// Instructions of SQLite's machine between two looks at whether the work was stopped: well under a
/// millisecond, and too seldom to be felt.
const INSTRUCTIONS: i32 = 10_000;

/// One piece of long work, shared between who does it and who waits for it.
#[derive(Debug, Clone, Default)]
pub struct Work(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopped: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Work {
    /// Work that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for the work to end. It ends with [`Error::Cancelled`], and nothing of it is kept.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
    }

    /// Whether somebody asked for the end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::SeqCst)
    }

    /// Whether to go on, asked before each stretch.
    ///
    /// # Errors
    /// [`Error::Cancelled`] once somebody asked for the end.
    pub fn go_on(&self) -> Result<()> {
        if self.is_stopped() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Says that there are so many steps more to do.
    pub fn expect(&self, steps: u64) {
        self.0.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// Says that so many steps are done, and asks whether to go on.
    ///
    /// # Errors
    /// As [`Work::go_on`].
    pub fn did(&self, steps: u64) -> Result<()> {
        self.0.done.fetch_add(steps, Ordering::Relaxed);
        self.go_on()
    }

    /// Steps done, and steps in all where they are known.
    #[must_use]
    pub fn progress(&self) -> (u64, Option<u64>) {
        let (done, total) = (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed));
        (done.min(total), (total > 0).then_some(total))
    }

    /// Lets a stop end whatever statement runs on a connection.
    pub(crate) fn bind(&self, db: &mut Connection) -> Result<()> {
        let work = self.clone();
        Ok(db.progress_handler(INSTRUCTIONS, Some(move || work.is_stopped()))?)
    }

    /// Ends what [`Work::bind`] began.
    pub(crate) fn unbind(db: &mut Connection) -> Result<()> {
        Ok(db.progress_handler(0, None::<fn() -> bool>)?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_ends_a_statement_that_is_running() {
        let mut db = Connection::open_in_memory().unwrap();
        let work = Work::new();
        work.bind(&mut db).unwrap();
        let endless =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| work.stop());
            db.query_row(endless, [], |_| Ok(())).map_err(Error::from)
        });
        assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
        Work::unbind(&mut db).unwrap();
        db.query_row("SELECT 1", [], |_| Ok(())).unwrap();
    }

    #[test]
    fn nothing_is_said_of_how_much_there_is_before_it_is_known() {
        let work = Work::new();
        work.did(1).unwrap();
        assert_eq!(work.progress().1, None);
        work.expect(3);
        work.did(1).unwrap();
        assert_eq!(work.progress(), (2, Some(3)));
        work.stop();
        assert!(matches!(work.did(1), Err(Error::Cancelled)));
    }
}
