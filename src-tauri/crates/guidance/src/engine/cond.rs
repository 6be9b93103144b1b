//! What a condition sees of an answer, and whether it holds.
//!
//! Conditions see values and whether something was given. They never see ratings, counts or lengths, so
//! none of these can decide (condition 12).

use std::collections::BTreeSet;

use sharewell_records::{Answer, Known};

use crate::pack::{Cond, KnownTest, Test};

/// What conditions see of an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Said {
    /// The values chosen, in any order; one for most kinds.
    pub values: Vec<String>,
    /// Whether anything was given.
    pub some: bool,
}

impl Said {
    pub fn one(value: &str) -> Self {
        Self { values: vec![value.to_owned()], some: true }
    }

    pub fn is(&self, value: &str) -> bool {
        matches!(self.values.as_slice(), [only] if only == value)
    }

    pub fn of(answer: &Answer) -> Self {
        let some = |some: bool| Self { values: Vec::new(), some };
        match answer {
            Answer::Choice { value, .. } => Self::one(value),
            Answer::Choices { values, .. } => Self { values: values.clone(), some: !values.is_empty() },
            Answer::Text { text } => some(!text.trim().is_empty()),
            Answer::Date { .. } => some(true),
            Answer::People { people, words } => some(!people.is_empty() || !words.trim().is_empty()),
            Answer::Items { items, words } => some(!items.is_empty() || !words.trim().is_empty()),
            Answer::Adviser { result, .. } => Self::one(result.word()),
            Answer::Weighing { heavier, .. } => Self::one(heavier.word()),
            Answer::EachPerson { rows } => {
                Self { values: rows.iter().map(|row| row.value.clone()).collect(), some: !rows.is_empty() }
            }
            // Each value once: how many points say so decides nothing.
            Answer::Checklist { rows } => {
                let values: BTreeSet<String> = rows.iter().map(|row| row.value.word().to_owned()).collect();
                Self { values: values.into_iter().collect(), some: !rows.is_empty() }
            }
        }
    }

    pub fn test(&self, test: &Test) -> bool {
        match test {
            Test::Is(any) => matches!(self.values.as_slice(), [only] if any.contains(only)),
            Test::Contains(any) => self.values.iter().any(|value| any.contains(value)),
            Test::Some(wanted) => self.some == *wanted,
        }
    }
}

/// What conditions are held against.
pub(crate) trait World {
    /// The answer of a step on the path. `None` is *not known yet*; `Some(None)` is *not on the path*.
    fn said(&self, step: usize) -> Option<Option<&Said>>;
    /// A known fact by index. `None` is *not decided yet*; `Some(None)` is *the file does not tell*.
    fn known(&self, fact: usize) -> Option<Option<&Known>>;
    /// The outcome advised so far.
    fn advised(&self) -> Option<usize>;
}

/// Whether a condition holds; none where that hangs on something that is not known yet.
pub(crate) fn holds(cond: &Cond, world: &dyn World) -> Option<bool> {
    match cond {
        Cond::All(all) => fold(all, world, false),
        Cond::Any(any) => fold(any, world, true),
        Cond::Not(inner) => holds(inner, world).map(|holds| !holds),
        Cond::Answer { step, test } => Some(world.said(*step)?.is_some_and(|said| said.test(test))),
        Cond::Asked(step) => Some(world.said(*step)?.is_some()),
        Cond::Known { fact, test } => Some(world.known(*fact)?.is_some_and(|known| known_test(known, test))),
        Cond::Advised(any) => Some(world.advised().is_some_and(|advised| any.contains(&advised))),
    }
}

/// Three-valued *all* (settled by a false) and *any* (settled by a true).
fn fold(conds: &[Cond], world: &dyn World, settles: bool) -> Option<bool> {
    let mut open = false;
    for cond in conds {
        match holds(cond, world) {
            Some(holds) if holds == settles => return Some(settles),
            Some(_) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(!settles) }
}

pub(crate) fn known_test(known: &Known, test: &KnownTest) -> bool {
    match (test, known) {
        (KnownTest::Present, _) => true,
        (KnownTest::Is(wanted), known) => wanted.contains(known),
        (KnownTest::LessThan(limit), Known::Number(number)) => number < limit,
        (KnownTest::AtLeast(limit), Known::Number(number)) => number >= limit,
        (KnownTest::LessThan(_) | KnownTest::AtLeast(_), Known::Flag(_) | Known::Word(_)) => false,
    }
}
