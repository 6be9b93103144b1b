//! What is held in the file of a share, and what stands about it now: notes, papers, consents, and what was chosen.

use sharewell_records::{Attachment, Consents, Day, DecisionId, Extent, Item, Moment};
use sharewell_vault::{Reader, Recorded, attachments, drafts};

use super::basis::Basis;
use crate::clock;
use crate::error::{Error, Result};
use crate::sharing::extent::Holding;
use crate::sharing::held::{agreed, held};
use crate::sharing::limits::Limits;

/// The kind of draft that a choice is.
pub(super) const KIND: &str = "share";

/// The key of what is chosen at the door of a decision's share.
pub(super) fn key(decision: DecisionId) -> String {
    format!("share-extent:{decision}")
}

/// What is held in the file of a share, and what stands about it now.
pub(super) struct Inside {
    pub(super) recorded: Vec<Recorded<Item>>,
    /// Its papers.
    pub(super) papers: Vec<Recorded<Attachment>>,
    pub(super) consents: Consents,
    /// What the senders of its notes set.
    pub(super) limits: Limits,
    /// What was chosen at the door.
    pub(super) kept: Option<Extent>,
    pub(super) on: Day,
}

impl Inside {
    pub(super) fn of(r: &Reader<'_>, basis: &Basis, now: Moment) -> Result<Self> {
        let kept = match drafts::get(r, &key(basis.decision.id))? {
            Some(draft) => {
                Some(serde_json::from_str(&draft.body).map_err(|_| Error::Stored { what: "draft" })?)
            }
            None => None,
        };
        Ok(Self {
            recorded: held(r, &basis.family)?,
            papers: attachments::of_case(r, basis.decision.case)?,
            consents: agreed(r, &basis.family, now)?,
            limits: Limits::of(r, &basis.family)?,
            kept,
            on: clock::day_of(now),
        })
    }

    pub(super) fn holding(&self) -> Holding<'_> {
        Holding::of(&self.recorded)
    }
}
