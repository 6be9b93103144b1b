//! What the file may tell, as the walk of a pack parts it: for each known fact the values that it may still have, as bits.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::Known;

use crate::engine::known_test;
use crate::pack::{Cond, KnownKind, KnownTest, Pack};

/// For each known fact the values that it may still have.
pub(super) type Told = Vec<Values>;

/// Values of one known fact, by their position in [`values`].
pub(super) type Values = u128;

/// What conditions say of one known fact.
#[derive(Clone, Default)]
struct Tested {
    limits: BTreeSet<i32>,
    words: BTreeSet<Vec<Known>>,
}

/// Values of each known fact between which conditions can tell, *not told* first. Words that every condition
/// sees alike are one.
pub(super) fn values(pack: &Pack) -> Vec<Vec<Option<Known>>> {
    let mut told: Vec<Tested> = vec![Tested::default(); pack.known.len()];
    let mut read = |cond: &Cond| tests(cond, &mut told);
    for step in &pack.steps {
        step.when.iter().for_each(&mut read);
        step.known.iter().for_each(|known| read(&known.when));
        step.next.iter().filter_map(|branch| branch.when.as_ref()).for_each(&mut read);
    }
    pack.obligations.iter().filter_map(|o| o.when.as_ref()).for_each(&mut read);
    pack.grounds.iter().filter_map(|ground| ground.when.as_ref()).for_each(&mut read);
    std::iter::zip(&pack.known, told)
        .map(|(fact, told)| {
            let told: Vec<Known> = match &fact.kind {
                KnownKind::Flag => vec![Known::Flag(true), Known::Flag(false)],
                KnownKind::Word(words) => {
                    let signature =
                        |word: &Known| told.words.iter().map(|any| any.contains(word)).collect::<Vec<bool>>();
                    let words = words.iter().cloned().map(Known::Word);
                    let one_each: BTreeMap<_, _> = words.map(|word| (signature(&word), word)).collect();
                    one_each.into_values().collect()
                }
                KnownKind::Age => {
                    let each = told.limits.iter().flat_map(|limit| [limit.saturating_sub(1), *limit]);
                    each.collect::<BTreeSet<_>>().into_iter().map(Known::Number).collect()
                }
            };
            std::iter::once(None).chain(told.into_iter().map(Some)).collect()
        })
        .collect()
}

fn tests(cond: &Cond, told: &mut [Tested]) {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| tests(cond, told)),
        Cond::Not(inner) => tests(inner, told),
        Cond::Known { fact, test } => {
            let Some(told) = told.get_mut(*fact) else { return };
            match test {
                KnownTest::LessThan(limit) | KnownTest::AtLeast(limit) => {
                    told.limits.insert(*limit);
                }
                KnownTest::Is(any) => {
                    told.words.insert(any.clone());
                }
                KnownTest::Present => {}
            }
        }
        Cond::Answer { .. } | Cond::Asked(_) | Cond::Advised(_) => {}
    }
}

/// All values of each fact as bits; none where a fact has more than there are bits for.
pub(super) fn all(values: &[Vec<Option<Known>>]) -> Option<Told> {
    let full = |of: &Vec<Option<Known>>| match u32::try_from(of.len()).ok()? {
        0 => Some(0),
        many => Values::MAX.checked_shr(Values::BITS.checked_sub(many)?),
    };
    values.iter().map(full).collect()
}

/// The values of a fact that pass a test.
pub(super) fn passing(values: &[Option<Known>], test: &KnownTest) -> Values {
    let passes = |value: &Option<Known>| value.as_ref().is_some_and(|value| known_test(value, test));
    let bit = |(at, value)| if passes(value) { bit(at) } else { 0 };
    values.iter().enumerate().map(bit).fold(0, |all, one| all | one)
}

fn bit(at: usize) -> Values {
    u32::try_from(at).ok().and_then(|at| 1_u128.checked_shl(at)).unwrap_or_default()
}

/// Joins what differs in one fact alone, so that the list stays short.
pub(super) fn joined(mut all: Vec<Told>) -> Vec<Told> {
    let alone = |one: &Told, other: &Told| {
        let mut differ = std::iter::zip(one, other).enumerate().filter(|(_, (one, other))| one != other);
        let first = differ.next().map(|(fact, _)| fact);
        first.filter(|_| differ.next().is_none())
    };
    let pair = |all: &[Told]| {
        let later = |(at, one): (usize, &Told)| {
            let rest = all.iter().enumerate().skip(at + 1);
            rest.into_iter().find_map(|(other, told)| Some((at, other, alone(one, told)?)))
        };
        all.iter().enumerate().find_map(later)
    };
    while let Some((at, other, fact)) = pair(&all) {
        let values = all.remove(other).get(fact).copied().unwrap_or_default();
        if let Some(kept) = all.get_mut(at).and_then(|told| told.get_mut(fact)) {
            *kept |= values;
        }
    }
    all
}
