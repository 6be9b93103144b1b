//! The sharing log, as it stands in memory.

use uuid::Uuid;

use super::{Standing, Written};
use crate::{CaseId, Disclosure, LogKind, Payload};

impl Standing {
    /// Takes what an entry says into the log.
    pub(super) fn take_log(&mut self, by: Written, payload: &Payload) {
        for id in payload.logs() {
            let before = self.log.remove(&id);
            if let Some(line) = payload.logged(before, by.case, by.at) {
                self.log.insert(id, line);
            }
        }
        if let Some((id, items)) = payload.carries() {
            for item in items {
                self.carried.entry(item).or_default().insert(id);
            }
        }
    }

    /// Moves the line of a disclosure that was set apart into the file that states it; takes it away where none does.
    pub(super) fn home_log(&mut self, thing: Uuid, case: Option<CaseId>, stated: Option<&Disclosure>) {
        let Some(line) = self.log.get_mut(&thing).filter(|line| line.kind == LogKind::Left) else { return };
        match stated {
            Some(disclosure) => (line.case, line.decision) = (case, disclosure.decision),
            None => drop(self.log.remove(&thing)),
        }
    }
}
