//! What is advised about telling each person of a file, and what a choice about them costs.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_guidance::practice::caution::{self, Caution};
use sharewell_guidance::practice::telling;
use sharewell_guidance::{Pack, Position, Step};
use sharewell_records::{PersonId, WhenTold};

use crate::people::Family;

/// Why telling later is advised: for each person of the file, and for whoever is named besides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cautions {
    people: BTreeMap<PersonId, Caution>,
    others: Option<Caution>,
}

impl Cautions {
    /// As it stands at a question about telling, or at the sign-off. `spoken_to`: the child who hears it in person.
    pub(crate) fn of(
        pack: &Pack,
        position: &Position,
        family: &Family,
        step: Option<&Step>,
        spoken_to: Option<PersonId>,
    ) -> Self {
        let coercion = match step {
            Some(step) => caution::coercion_possible(pack, position, step),
            None => caution::coercion_at_the_end(pack, position),
        };
        let of = |person: PersonId| {
            let caution = caution::of(&family.flags_on(person), coercion)?;
            let child = spoken_to == Some(person);
            Some((person, if child { caution.for_the_child() } else { caution }))
        };
        Self {
            people: family.people.iter().filter_map(|person| of(person.id)).collect(),
            others: caution::of(&BTreeSet::new(), coercion),
        }
    }

    /// Why telling somebody later is advised; none where nothing is.
    pub(crate) fn advised(&self, person: Option<PersonId>) -> Option<Caution> {
        person.map_or(self.others, |person| self.people.get(&person).copied())
    }

    /// Whether an option of a question costs a reason, for a person. What an option of a pack is called is its own;
    /// what it means is one of the words of telling.
    pub(crate) fn costs_a_reason(&self, step: &Step, person: Option<PersonId>, value: &str) -> bool {
        let when = WhenTold::of(step.means(value)).unwrap_or_default();
        telling::costs_a_reason(when, self.advised(person))
    }
}
