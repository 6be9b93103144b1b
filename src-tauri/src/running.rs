//! The long work that runs now. It stands outside the vault's own lock: whoever locks stops it without waiting
//! for it, and whoever waits for it sees how far it is.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sharewell_casework::Work;
use sharewell_casework::views::WorkKind;

/// Everything that runs.
#[derive(Debug, Default)]
pub struct Running {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    works: Vec<(u64, WorkKind, Work)>,
    next: u64,
    closed: bool,
}

/// One piece of work while it runs. It counts as ended when this is dropped.
#[derive(Debug)]
pub struct Under<'a> {
    running: &'a Running,
    id: u64,
    work: Work,
}

impl Under<'_> {
    /// The work, to be told how far it is and asked whether to go on.
    pub fn work(&self) -> &Work {
        &self.work
    }
}

impl Drop for Under<'_> {
    fn drop(&mut self) {
        self.running.state().works.retain(|(id, ..)| *id != self.id);
        self.running.ended.notify_all();
    }
}

impl Running {
    /// Begins work. Two backups would write into one folder, and two changes of the key slots would each take the
    /// other's back: a later one stops the earlier and waits for its end. After [`Running::close`] whatever begins is stopped already.
    pub fn begin(&self, kind: WorkKind) -> Under<'_> {
        let mut state = self.state();
        let alone = matches!(kind, WorkKind::Backup | WorkKind::Keys);
        while alone && state.stop(Some(kind)) {
            state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let (id, work) = (state.next, Work::new());
        if state.closed {
            work.stop();
        }
        state.next += 1;
        state.works.push((id, kind, work.clone()));
        Under { running: self, id, work }
    }

    /// Whether work of a kind runs.
    pub fn runs(&self, kind: WorkKind) -> bool {
        self.state().works.iter().any(|(_, one, _)| *one == kind)
    }

    /// The work of a kind that began last.
    pub fn last(&self, kind: WorkKind) -> Option<Work> {
        self.state().works.iter().rev().find(|(_, one, _)| *one == kind).map(|(.., work)| work.clone())
    }

    /// Asks work of a kind to end.
    pub fn stop(&self, kind: WorkKind) {
        self.state().stop(Some(kind));
    }

    /// Asks everything to end, and whatever begins later.
    pub fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.stop(None);
    }

    /// Waits until nothing runs, or until it took too long. Says whether all ended.
    pub fn wait(&self, at_most: Duration) -> bool {
        let state = self.state();
        let waited = self.ended.wait_timeout_while(state, at_most, |state| !state.works.is_empty());
        waited.is_ok_and(|(state, _)| state.works.is_empty())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic in some work leaves a list of plain values.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Stops work of a kind, or of all; says whether there was any.
    fn stop(&mut self, kind: Option<WorkKind>) -> bool {
        let mut any = false;
        for (.., work) in self.works.iter().filter(|(_, one, _)| kind.is_none_or(|kind| kind == *one)) {
            work.stop();
            any = true;
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_closes_stops_what_runs_and_what_begins_later() {
        let running = Running::default();
        let check = running.begin(WorkKind::Check);
        let paper = running.begin(WorkKind::Paper);
        running.stop(WorkKind::Check);
        assert!(check.work().is_stopped() && !paper.work().is_stopped(), "each kind by itself");
        running.close();
        assert!(paper.work().is_stopped());
        assert!(running.begin(WorkKind::Handover).work().is_stopped());
        assert!(!running.wait(Duration::ZERO), "two still run");
        drop((check, paper));
        assert!(running.wait(Duration::ZERO));
    }

    #[test]
    fn a_second_backup_stops_the_first_and_waits_for_its_end() {
        let running = Running::default();
        let first = running.begin(WorkKind::Backup);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| running.begin(WorkKind::Backup).work().is_stopped());
            while !first.work().is_stopped() {
                std::thread::yield_now();
            }
            assert!(!second.is_finished(), "the first has not ended");
            drop(first);
            assert!(matches!(second.join(), Ok(false)), "and the second goes on");
        });
    }
}
