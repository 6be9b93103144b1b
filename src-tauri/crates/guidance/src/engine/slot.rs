//! Where an answer is kept: under its step, or under the step whose *not sure* made the detour.

use sharewell_records::StepId;

use super::position::Round;
use crate::Pack;

/// A question that can be on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The step that asks, or for which advice is taken.
    pub step: usize,
    /// Which time round.
    pub round: Round,
}

impl Slot {
    /// The key under which its answer is kept.
    pub fn key(self, pack: &Pack) -> StepId {
        let id = &pack.step_at(self.step).id;
        match self.round {
            Round::First => id.clone(),
            Round::Advice => StepId(format!("{id}@advice")),
            Round::FrontDoor => StepId(format!("{id}@front_door")),
            Round::Again => StepId(format!("{id}@again")),
        }
    }

    /// The slot of a key; none where the pack has no such step.
    pub fn parse(pack: &Pack, key: &StepId) -> Option<Self> {
        let (id, round) = match key.0.split_once('@') {
            None => (key.0.as_str(), Round::First),
            Some((id, "advice")) => (id, Round::Advice),
            Some((id, "front_door")) => (id, Round::FrontDoor),
            Some((id, "again")) => (id, Round::Again),
            Some(_) => return None,
        };
        let step = pack.steps.iter().position(|step| step.id.0 == id)?;
        Some(Self { step, round })
    }

    /// The step whose question is shown.
    pub fn shows(self, pack: &Pack) -> usize {
        match self.round {
            Round::First | Round::Again => self.step,
            Round::Advice => pack.advice.step,
            Round::FrontDoor => pack.advice.front_door,
        }
    }
}
