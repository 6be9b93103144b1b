//! Walking the path that the answers make.

use sharewell_records::{AdviserResult, Answer, Day, Known, KnownFacts, StepId};

use super::cond::{Said, World, holds};
use super::position::Round;
use super::slot::Slot;
use super::{AnswerError, Answers, check_answer};
use crate::Pack;
use crate::pack::{Branch, NotSure, Step, Target};
use crate::practice::no_child;

/// A question that was answered.
pub(crate) struct Visit<'a> {
    pub slot: Slot,
    pub key: StepId,
    pub answer: &'a Answer,
}

/// A step that the file answered.
pub(crate) struct Skipped {
    pub step: usize,
    pub answer: String,
    pub because: String,
}

/// How far the answers lead.
pub(crate) struct Trail<'a> {
    pub pack: &'a Pack,
    known: Vec<Option<Known>>,
    /// Whether the file is about no child.
    no_child: bool,
    /// For each step: not reached yet, passed over, or what it says.
    seen: Vec<Option<Option<Said>>>,
    pub visits: Vec<Visit<'a>>,
    pub not_asked: Vec<Skipped>,
    /// The outcome, and how many questions were answered when it was advised.
    pub advised: Option<(usize, usize)>,
    /// The next question, and what is wrong with the answer that stands there; none at the end.
    pub open: Option<(Slot, Option<AnswerError>)>,
    /// Steps whose standing answer is *not sure*.
    pub unknown: Vec<usize>,
}

impl World for Trail<'_> {
    fn said(&self, step: usize) -> Option<Option<&Said>> {
        // While walking, what was not reached is not on the path.
        Some(self.seen.get(step).and_then(Option::as_ref).and_then(Option::as_ref))
    }
    fn known(&self, fact: usize) -> Option<Option<&Known>> {
        Some(self.known.get(fact).and_then(Option::as_ref))
    }
    fn advised(&self) -> Option<usize> {
        self.advised.map(|(outcome, _)| outcome)
    }
}

/// Sees a trail as it may go on: steps that were not reached are open.
pub(crate) struct Onward<'t, 'a>(pub &'t Trail<'a>);

impl World for Onward<'_, '_> {
    fn said(&self, step: usize) -> Option<Option<&Said>> {
        let seen = self.0.seen.get(step)?.as_ref()?;
        Some(seen.as_ref())
    }
    fn known(&self, fact: usize) -> Option<Option<&Known>> {
        self.0.known(fact)
    }
    fn advised(&self) -> Option<usize> {
        self.0.advised()
    }
}

impl<'a> Trail<'a> {
    pub fn walk(pack: &'a Pack, known: &KnownFacts, on: Day, answers: &'a Answers) -> Self {
        let mut trail = Self {
            pack,
            known: pack.known.iter().map(|fact| known.get(&fact.name).cloned()).collect(),
            no_child: no_child::is_so(known),
            seen: vec![None; pack.steps.len()],
            visits: Vec::new(),
            not_asked: Vec::new(),
            advised: None,
            open: None,
            unknown: Vec::new(),
        };
        let mut at = pack.start;
        // Steps form no cycle (the loader saw to that), so this ends; the bound is for the reader.
        for _ in 0..=pack.steps.len() {
            let step = pack.step_at(at);
            match trail.answer(at, step, on, answers) {
                Ok(said) => trail.see(at, said),
                Err(open) => {
                    trail.open = Some(open);
                    return trail;
                }
            }
            let Some(branch) = trail.branch(step) else { return trail };
            if let Some(outcome) = branch.advise
                && trail.advised.is_none()
            {
                trail.advised = Some((outcome, trail.visits.len()));
            }
            match branch.to {
                Target::Step(next) => at = next,
                Target::End => return trail,
            }
        }
        trail
    }

    fn see(&mut self, at: usize, said: Option<Said>) {
        if let Some(seen) = self.seen.get_mut(at) {
            *seen = Some(said);
        }
    }

    fn branch(&self, step: &'a Step) -> Option<&'a Branch> {
        step.next
            .iter()
            .find(|branch| branch.when.as_ref().is_none_or(|when| holds(when, self) == Some(true)))
    }

    /// What a step says: none where it is passed over; otherwise its answer, or the question that is open.
    fn answer(
        &mut self,
        at: usize,
        step: &Step,
        on: Day,
        answers: &'a Answers,
    ) -> Result<Option<Said>, (Slot, Option<AnswerError>)> {
        if !step.applies_on(on) || step.when.as_ref().is_some_and(|when| holds(when, self) != Some(true)) {
            return Ok(None);
        }
        if self.no_child && no_child::passes_over(step) {
            return Ok(None);
        }
        if let Some(known) = step.known.iter().find(|known| holds(&known.when, self) == Some(true)) {
            let (answer, because) = (known.answer.clone(), known.because.clone());
            let said = Said::one(&answer);
            self.not_asked.push(Skipped { step: at, answer, because });
            return Ok(Some(said));
        }
        let mut said = self.visit(Slot { step: at, round: Round::First }, answers)?;
        if said.is("not_sure") && step.not_sure == NotSure::Advice {
            let advice = self.visit(Slot { step: at, round: Round::Advice }, answers)?;
            if !advice.is(AdviserResult::Agrees.word()) {
                self.visit(Slot { step: at, round: Round::FrontDoor }, answers)?;
            }
            said = self.visit(Slot { step: at, round: Round::Again }, answers)?;
        }
        if said.values.iter().any(|value| value == "not_sure") {
            self.unknown.push(at);
        }
        Ok(Some(said))
    }

    fn visit(&mut self, slot: Slot, answers: &'a Answers) -> Result<Said, (Slot, Option<AnswerError>)> {
        let key = slot.key(self.pack);
        let Some(answer) = answers.get(&key) else { return Err((slot, None)) };
        if let Err(error) = check_answer(self.pack.step_at(slot.shows(self.pack)), answer) {
            return Err((slot, Some(error)));
        }
        self.visits.push(Visit { slot, key, answer });
        Ok(Said::of(answer))
    }

    /// What a step on the path says.
    pub fn said_at(&self, step: usize) -> Option<&Said> {
        self.said(step).flatten()
    }

    /// The answer that stands for a step on the path: the last one given.
    pub fn standing(&self, step: usize) -> Option<&'a Answer> {
        let mine = |visit: &&Visit<'a>| {
            visit.slot.step == step && matches!(visit.slot.round, Round::First | Round::Again)
        };
        self.visits.iter().rev().find(mine).map(|visit| visit.answer)
    }
}
