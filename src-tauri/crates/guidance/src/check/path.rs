//! One complete path, as the conditions see it.

use std::collections::BTreeMap;

use sharewell_records::{AdviserResult, Day, Duty};

use super::answers::Class;
use crate::pack::{GroundField, Kind, NotSure, Obligation, Outcome, Pack, Step};
use crate::{Deadline, Tag, covers};

/// What an option means that is a duty to report to the police or the council oneself.
pub(crate) const REPORT: &str = "report";

/// A step on a path.
///
/// A condition sees the step, whether it was asked, and what [`Stop::seen`] gives, and nothing else of its answer: two
/// walks that look alike in these are held to the conditions once (`paths.rs`).
pub(crate) struct Stop<'p> {
    pub at: usize,
    pub step: &'p Step,
    /// False where the file answered.
    pub asked: bool,
    class: &'p Class,
}

impl<'p> Stop<'p> {
    pub fn new(at: usize, step: &'p Step, class: &'p Class, asked: bool) -> Self {
        Self { at, step, asked, class }
    }

    /// What the answer means; empty where no condition reads it.
    pub fn means(&self) -> &'p str {
        &self.class.means
    }

    /// Whether an adviser was asked and did not agree.
    pub fn fails(&self) -> bool {
        self.step.kind == Kind::Adviser && !self.class.said.is(AdviserResult::Agrees.word())
    }

    /// Whether it is a judgement that is chosen, and still not sure.
    pub fn unsure(&self) -> bool {
        is_chosen_judgement(self.step) && self.class.not_sure
    }

    /// All that a condition sees of the answer.
    pub fn seen(&self) -> (&'p str, bool, bool) {
        (self.means(), self.fails(), self.unsure())
    }

    /// Whether *not sure* is among what was answered: a path knows whether any of its stops has it.
    pub fn not_sure(&self) -> bool {
        self.class.not_sure
    }

    /// One of the answers, to be shown.
    pub fn shown(&self) -> String {
        self.class.said.values.join("+")
    }
}

/// Whether a step asks for a judgement by offering answers.
pub(crate) fn is_chosen_judgement(step: &Step) -> bool {
    step.judgement && matches!(step.kind, Kind::YesNo | Kind::OneOf | Kind::ManyOf | Kind::Weighing)
}

/// A complete path.
pub(crate) struct Path<'p> {
    pub pack: &'p Pack,
    /// A day on which it is walked, to be shown: what hangs on the day stands in the obligations.
    pub shown_on: Day,
    pub stops: &'p [Stop<'p>],
    /// How many stops stand before the advice.
    pub advised_at: usize,
    /// Whether a second outcome was advised further on.
    pub advised_twice: bool,
    /// Whether something on the way is still not sure.
    pub unknown: bool,
    pub outcome: &'p Outcome,
    pub obligations: Vec<&'p Obligation>,
    /// The code of each ground suggested.
    pub grounds: BTreeMap<GroundField, &'p str>,
}

impl<'p> Path<'p> {
    pub fn before_advice(&self) -> &'p [Stop<'p>] {
        self.stops.get(..self.advised_at).unwrap_or(self.stops)
    }

    pub fn after_advice(&self) -> &'p [Stop<'p>] {
        self.stops.get(self.advised_at..).unwrap_or(&[])
    }

    /// Whether danger or harm was answered yes or not sure.
    pub fn harm(&self) -> bool {
        [Tag::ImmediateDanger, Tag::SuspectedHarm]
            .iter()
            .any(|tag| says(self.stops, *tag, &["yes", "not_sure"]))
    }

    /// Whether the path is about numbers: one line asks about danger and harm together, since nobody stands in them.
    pub fn numbers(&self) -> bool {
        self.stops.first().is_some_and(|stop| asks_both(stop.step))
    }

    /// Whether an obligation covers a tag.
    pub fn obliges(&self, tag: Tag) -> bool {
        self.obligations.iter().any(|obligation| obligation_covers(obligation, tag))
    }

    /// Whether a step or an obligation covers a tag.
    pub fn covered(&self, tag: Tag) -> bool {
        has(self.stops, tag) || self.obliges(tag)
    }

    /// Whether an obligation of this duty is to be met the same day.
    pub fn same_day(&self, duty: Duty) -> bool {
        self.obligations.iter().any(|o| o.duty == duty && o.deadline.is_some_and(Deadline::same_day))
    }

    /// Whether a confirmed duty or order was answered yes before the advice.
    pub fn confirmed_duty(&self) -> bool {
        self.before_advice().iter().any(is_confirmed_duty)
    }

    /// Questions among stops; a detour counts as one.
    pub fn questions(stops: &[Stop<'_>]) -> u32 {
        let asked = stops.iter().filter(|stop| stop.asked).count();
        let detour = stops.iter().any(|stop| stop.asked && stop.step.not_sure == NotSure::Advice);
        u32::try_from(asked + usize::from(detour)).unwrap_or(u32::MAX)
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, stop) in self.stops.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            let said = &stop.class.said;
            let empty = if said.some { "given" } else { "none" };
            let value = if said.values.is_empty() { empty.to_owned() } else { said.values.join("+") };
            write!(f, "{}={value}", stop.step.id)?;
        }
        write!(f, ": {}, {}", self.outcome.id, self.shown_on)
    }
}

/// Whether one line asks about danger and harm together.
pub(crate) fn asks_both(step: &Step) -> bool {
    step.asks(Tag::ImmediateDanger) && step.asks(Tag::SuspectedHarm)
}

/// A duty or order that the law confirms and that was found to apply.
pub(crate) fn is_confirmed_duty(stop: &Stop<'_>) -> bool {
    let law = stop.step.asks(Tag::Duty) || stop.step.asks(Tag::ValidOrder);
    let unconfirmed = stop.step.unconfirmed || stop.step.sources.iter().all(|cite| cite.unconfirmed);
    law && !unconfirmed && matches!(stop.means(), "yes" | REPORT)
}

pub(crate) fn obligation_covers(obligation: &Obligation, tag: Tag) -> bool {
    // Whoever is told now was decided about before; whether, and the others, is what the question asks.
    let each = obligation.for_each.is_some() && !obligation.is_for_those_told_now();
    obligation.covers.contains(&tag) || covers(obligation.duty, each).contains(&tag)
}

/// Whether a step among these asks about a tag.
pub(crate) fn has(stops: &[Stop<'_>], tag: Tag) -> bool {
    stops.iter().any(|stop| stop.step.asks(tag))
}

/// Whether a step among these asks about a tag and means one of these words.
pub(crate) fn says(stops: &[Stop<'_>], tag: Tag, words: &[&str]) -> bool {
    stops.iter().any(|stop| stop.step.asks(tag) && words.contains(&stop.means()))
}
