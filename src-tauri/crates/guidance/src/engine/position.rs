//! Where the answers have led: the path, what was not asked and why, and what comes next.

use sharewell_records::{Answer, Day, KnownFacts, StepId};

use super::to_go;
use super::walk::Trail;
use super::{AnswerError, Answers, Slot};
use crate::{Error, Pack};

/// Which time round a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// The question itself.
    First,
    /// Advice, because the answer was *not sure*.
    Advice,
    /// The front door, because the adviser was absent, disagreed or is implicated.
    FrontDoor,
    /// The question again, after advice.
    Again,
}

/// A question that was answered, on the path.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Asked {
    /// The key under which the answer is kept.
    pub key: StepId,
    /// The step whose question was shown.
    pub step: StepId,
    /// Which time round.
    pub round: Round,
    /// Its number, from 1.
    pub number: u32,
    /// The answer.
    pub answer: Answer,
}

/// A question to be asked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Asking {
    /// The key under which the answer is to be kept.
    pub key: StepId,
    /// The step whose question is shown.
    pub step: StepId,
    /// The step for which advice is taken; the same as `step` except in a detour.
    pub about: StepId,
    /// Which time round.
    pub round: Round,
    /// Its number, from 1.
    pub number: u32,
    /// What is wrong with the answer that stands there already; none where there is none.
    pub incomplete: Option<AnswerError>,
}

/// A question that the file answered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NotAsked {
    /// The step.
    pub step: StepId,
    /// The option taken.
    pub answer: String,
    /// The text key of the reason (`known.<because>`).
    pub because: String,
}

/// Where the answers have led.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// A question; no advice yet.
    Asking {
        /// The question.
        next: Asking,
    },
    /// The advice stands; the write-up goes on.
    Advised {
        /// The outcome's id.
        outcome: String,
        /// The next question of the write-up.
        next: Asking,
    },
    /// Everything is answered.
    Done {
        /// The outcome's id.
        outcome: String,
    },
}

/// How many questions may still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct ToGo {
    /// On the shortest way.
    pub shortest: u32,
    /// On the longest way.
    pub longest: u32,
    /// Where every way on is as likely as the other, rounded: "about 4 to go".
    pub about: u32,
}

/// Everything that follows from the answers so far.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Position {
    /// The questions answered, in order.
    pub path: Vec<Asked>,
    /// The questions that the file answered.
    pub not_asked: Vec<NotAsked>,
    /// Where this leads.
    pub place: Place,
    /// How much is still to come.
    pub to_go: ToGo,
    /// Steps on the path whose standing answer is *not sure*.
    pub unknown: Vec<StepId>,
    /// Answers that are kept and have no say now.
    pub off_path: Vec<StepId>,
}

impl Position {
    /// The outcome advised so far, if any.
    #[must_use]
    pub fn advised(&self) -> Option<&str> {
        match &self.place {
            Place::Asking { .. } => None,
            Place::Advised { outcome, .. } | Place::Done { outcome } => Some(outcome),
        }
    }

    /// The next question, if any.
    #[must_use]
    pub fn next(&self) -> Option<&Asking> {
        match &self.place {
            Place::Asking { next } | Place::Advised { next, .. } => Some(next),
            Place::Done { .. } => None,
        }
    }
}

/// Follows the answers. An answer that is not whole counts as not given, and its problem is told.
///
/// # Errors
/// [`Error::NoOutcome`] where the path ends without advice: a pack that its check would have refused.
pub fn place(pack: &Pack, known: &KnownFacts, on: Day, answers: &Answers) -> Result<Position, Error> {
    position(&Trail::walk(pack, known, on, answers), answers, on)
}

pub(super) fn position(trail: &Trail<'_>, answers: &Answers, on: Day) -> Result<Position, Error> {
    let pack = trail.pack;
    let path: Vec<Asked> = (1..)
        .zip(&trail.visits)
        .map(|(number, visit)| Asked {
            key: visit.key.clone(),
            step: pack.step_at(visit.slot.shows(pack)).id.clone(),
            round: visit.slot.round,
            number,
            answer: visit.answer.clone(),
        })
        .collect();
    let outcome = trail.advised.map(|(outcome, _)| pack.outcome_at(outcome).id.clone());
    let next = trail.open.as_ref().map(|(slot, incomplete)| Asking {
        key: slot.key(pack),
        step: pack.step_at(slot.shows(pack)).id.clone(),
        about: pack.step_at(slot.step).id.clone(),
        round: slot.round,
        number: path.last().map_or(1, |last| last.number + 1),
        incomplete: incomplete.clone(),
    });
    let place = match (next, outcome) {
        (Some(next), None) => Place::Asking { next },
        (Some(next), Some(outcome)) => Place::Advised { outcome, next },
        (None, Some(outcome)) => Place::Done { outcome },
        (None, None) => return Err(Error::NoOutcome),
    };
    let not_asked = trail.not_asked.iter().map(|skipped| NotAsked {
        step: pack.step_at(skipped.step).id.clone(),
        answer: skipped.answer.clone(),
        because: format!("known.{}", skipped.because),
    });
    let open: Option<StepId> = trail.open.as_ref().map(|(slot, _)| Slot::key(*slot, pack));
    let on_path = |key: &&StepId| !path.iter().any(|asked| asked.key == **key) && open.as_ref() != Some(*key);
    Ok(Position {
        not_asked: not_asked.collect(),
        to_go: to_go::to_go(trail, on),
        unknown: trail.unknown.iter().map(|step| pack.step_at(*step).id.clone()).collect(),
        off_path: answers.keys().filter(on_path).cloned().collect(),
        path,
        place,
    })
}
