//! What an answer takes the place of: what the same person said for other purposes, as far as it stands.

use sharewell_records::{
    ConsentAct, ConsentActKind, ConsentCell, ConsentEvent, ConsentGiver, ConsentId, ConsentPurpose,
    ConsentSense, Consents, Moment, PersonId,
};

use crate::store;

/// Whose answer it is, and for what.
#[derive(Clone, Copy)]
pub(super) struct Answering<'a> {
    pub owed: PersonId,
    pub sense: ConsentSense,
    pub purpose: &'a ConsentPurpose,
    pub giver: &'a ConsentGiver,
}

impl Answering<'_> {
    /// What stands of the same person's for another purpose; none where nothing does. The very purpose of an answer is
    /// replaced by the answer itself.
    pub(super) fn formerly(&self, stands: &Consents, other: &ConsentPurpose) -> Option<Vec<ConsentCell>> {
        let cells = stands.said_by(self.owed, self.sense, other, &self.giver.key());
        (!cells.is_empty() && other.key() != self.purpose.key()).then_some(cells)
    }
}

/// That an answer takes the place of what the same person said for another purpose; none where it takes nothing's.
pub(crate) fn replaced(
    stands: &Consents,
    event: &ConsentEvent,
    other: &ConsentPurpose,
    now: Moment,
) -> Option<ConsentEvent> {
    if event.act.kind() != ConsentActKind::Answered {
        return None;
    }
    let giver = event.giver.as_ref()?;
    let by = Answering { owed: event.owed, sense: event.sense, purpose: &event.purpose, giver };
    Some(ConsentEvent {
        id: ConsentId(store::new_id(now)),
        purpose: other.clone(),
        act: ConsentAct::Superseded { by: Some(event.id) },
        cells: by.formerly(stands, other)?,
        from: None,
        until: None,
        review: None,
        wording: None,
        slip: None,
        note: String::new(),
        ..event.clone()
    })
}
