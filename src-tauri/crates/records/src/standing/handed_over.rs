//! What was handed over, what receipts say of it, and what waits, as it stands in memory.

use super::{Standing, Written};
use crate::{EntryId, EntryPlace, Got, HandoverState, Made, reached, waits};

impl Standing {
    /// The handovers, and how far each has come.
    pub fn made(&self) -> impl Iterator<Item = Made<'_>> {
        let places = || self.in_files.values().filter_map(EntryPlace::of);
        self.left().map(move |one| Made { state: reached(one, places(), self.got()), ..one })
    }

    /// What receipts say of the handovers that are here.
    pub fn got(&self) -> impl Iterator<Item = Got<'_>> {
        self.receipts.values().filter_map(|one| {
            let handover = &self.handovers.get(&one.record.handover)?.record;
            Some(Got { handover, receipt: &one.record })
        })
    }

    /// An agency's profile stands from here on, or none does. What was written for its key and no receipt names waits
    /// again.
    pub fn stand_behind(&mut self, agency_key: Option<&str>) {
        self.agency_key = agency_key.map(str::to_owned);
        let waits = |(id, by): (&EntryId, &Written)| self.waits(by).then_some((*id, *by));
        self.waiting = self.in_files.iter().filter_map(waits).collect();
    }

    /// The handovers by what was frozen, written and dropped alone.
    fn left(&self) -> impl Iterator<Item = Made<'_>> {
        self.handovers.iter().map(|(id, one)| {
            let state = if self.handover_files.contains_key(id) {
                HandoverState::Written
            } else if self.dropped.contains_key(id) {
                HandoverState::Dropped
            } else {
                HandoverState::Frozen
            };
            Made { handover: &one.record, origin: one.by.origin, state }
        })
    }

    /// Whether an entry waits for anybody to get it first.
    pub(super) fn waits(&self, by: &Written) -> bool {
        EntryPlace::of(by)
            .is_some_and(|at| waits(at, self.left(), self.got(), None, self.agency_key.as_deref()))
    }

    /// Something was handed over: what waited and does no more is let go.
    pub(super) fn handed_over(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|_, by| self.waits(by));
        self.waiting = waiting;
    }
}
