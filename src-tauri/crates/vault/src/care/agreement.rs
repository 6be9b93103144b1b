//! How the ledger and its head agree: what the head saw and the database no longer holds.

use std::path::Path;

use rusqlite::Connection;
use sharewell_records::{OriginId, Seq};

use crate::door::keys::DataKey;
use crate::ledger::entries;
use crate::ledger::head::{self, Found};
use crate::ledger::writer::Marks;
use crate::{Result, access, ledger};

/// How ledger and head agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadState {
    /// They agree.
    Agrees,
    /// There was no head to compare with: a copy, or somebody removed it.
    Missing,
    /// Both slots are unreadable.
    Unreadable,
    /// The ledger lacks what the head saw.
    Lost(Lost),
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// The origin that the head names.
    pub origin: OriginId,
    /// The last sequence that is there and agrees.
    pub held: Seq,
    /// The last sequence that the head saw. Equal to `held` where only drafts or access rows are missing.
    pub head: Seq,
    /// Saves of drafts that are missing.
    pub drafts: u64,
    /// Rows of the access log that are missing.
    pub access: u64,
}

impl Lost {
    /// The lost sequences, first and last; none where no entry is missing.
    #[must_use]
    pub fn sequences(&self) -> Option<(Seq, Seq)> {
        (self.head > self.held).then_some((Seq(self.held.0 + 1), self.head))
    }
}

/// Compares the ledger, the access log and the drafts with what the head saw.
pub(crate) fn compare(db: &Connection, marks: &Marks, found: &Found) -> Result<HeadState> {
    let Some(head) = found.head else {
        return Ok(if found.present { HeadState::Unreadable } else { HeadState::Missing });
    };
    let held = if head.origin == marks.tip.origin { marks.tip } else { entries::tip(db, head.origin)? };
    let agrees = ledger::link_of(db, head.origin, head.sequence)? == Some(head.link);
    // Another link at the same place is another chain: everything up to there is in doubt.
    let held = if agrees || held.sequence < head.sequence {
        held.sequence
    } else {
        Seq(head.sequence.0.saturating_sub(1))
    };
    let access = if head.access > marks.access.count {
        head.access - marks.access.count
    } else if head.access == 0 || access::link_at(db, head.access)? == Some(head.access_link) {
        0
    } else {
        1
    };
    let drafts = head.drafts.saturating_sub(marks.drafts);
    if agrees && access == 0 && drafts == 0 {
        return Ok(HeadState::Agrees);
    }
    let held = if agrees { head.sequence } else { held };
    Ok(HeadState::Lost(Lost { origin: head.origin, held, head: head.sequence, drafts, access }))
}

/// The head as it is on disk, for `verify`.
pub(crate) fn head_now(dir: &Path, key: &DataKey) -> Result<Found> {
    head::read(dir, &key.head()?)
}
