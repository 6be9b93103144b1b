//! A home is one thing: who lives at the same one, and when two addresses are the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::protect::Home;
use crate::{Person, PersonId, Relationship};

/// Everybody who lives at the same home as a person, the person not among them: tied so, or recorded at the same
/// address, and whoever lives with these.
#[must_use]
pub fn shares_home(id: PersonId, people: &[&Person], ties: &[&Relationship]) -> BTreeSet<PersonId> {
    Households::of(people, ties).with(id)
}

/// Many homes, to be asked whether an address is one of them: each is taken apart once.
#[derive(Debug, Default)]
pub struct Homes {
    houses: BTreeMap<Vec<String>, Vec<Home>>,
}

impl Homes {
    /// The homes at these addresses.
    pub fn of<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let mut houses: BTreeMap<Vec<String>, Vec<Home>> = BTreeMap::new();
        for home in addresses.into_iter().map(Home::of).filter(|home| !home.is_none()) {
            houses.entry(home.house().to_vec()).or_default().push(home);
        }
        Self { houses }
    }

    /// Whether an address is one of them, as [`crate::same_address`] says.
    #[must_use]
    pub fn has(&self, address: &str) -> bool {
        let asked = Home::of(address);
        self.houses.get(asked.house()).is_some_and(|there| there.iter().any(|home| home.is(&asked)))
    }
}

/// Who lives together, worked out once for many people: each address is taken apart once, and compared only with those
/// that name the same house.
pub(crate) struct Households {
    /// Who lives with whom directly.
    beside: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

impl Households {
    pub(crate) fn of(people: &[&Person], ties: &[&Relationship]) -> Self {
        let here: BTreeSet<PersonId> = people.iter().map(|one| one.id).collect();
        let mut beside: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        let mut together = |one: PersonId, other: PersonId| {
            beside.entry(one).or_default().insert(other);
            beside.entry(other).or_default().insert(one);
        };
        for tie in ties.iter().filter(|tie| tie.same_home == Some(true)) {
            if here.contains(&tie.from) || here.contains(&tie.to) {
                together(tie.from, tie.to);
            }
        }
        let mut houses: BTreeMap<Vec<String>, Vec<(PersonId, Home)>> = BTreeMap::new();
        for one in people {
            let home = Home::of(&one.address);
            if !home.is_none() {
                houses.entry(home.house().to_vec()).or_default().push((one.id, home));
            }
        }
        for there in houses.values() {
            for (at, (one, home)) in there.iter().enumerate() {
                for (other, _) in there.iter().skip(at + 1).filter(|(_, other)| home.is(other)) {
                    together(*one, *other);
                }
            }
        }
        // A tie to somebody who does not count here leads nowhere.
        for others in beside.values_mut() {
            others.retain(|other| here.contains(other));
        }
        Self { beside }
    }

    /// Everybody who lives with a person, and whoever lives with these.
    pub(crate) fn with(&self, id: PersonId) -> BTreeSet<PersonId> {
        let mut there = BTreeSet::from([id]);
        let mut found = vec![id];
        while let Some(one) = found.pop() {
            for other in self.beside.get(&one).into_iter().flatten() {
                if there.insert(*other) {
                    found.push(*other);
                }
            }
        }
        there.remove(&id);
        there
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::protect::same_address;
    use crate::{ParentalResponsibility, PersonRole, RelationshipId, RelationshipKind};

    /// One house in several ways of writing, others beside it, and none.
    const ADDRESSES: [&str; 9] = [
        "",
        "14 Larch Road, Fableton",
        "Flat 2, 14 Larch Rd, Fableton",
        "Flat 3, 14 Larch Road",
        "14, larch road, FB1 2ZZ",
        "14 Larch Road, Otherton, FB9 9AA",
        "15 Larch Road, Fableton",
        "Rosebank, Mill Lane",
        "The Rosebank, Mill Lane, Fableton",
    ];

    fn id(n: usize) -> PersonId {
        PersonId(uuid::Uuid::from_u128(n as u128 + 1))
    }

    fn person(n: usize, address: &str) -> Person {
        let named = Person::named(id(n), format!("Person {n}"), PersonRole::Parent);
        Person { address: address.to_owned(), ..named }
    }

    fn tie(from: usize, to: usize, same_home: Option<bool>) -> Relationship {
        Relationship {
            id: RelationshipId(uuid::Uuid::from_u128(90)),
            from: id(from),
            to: id(to),
            kind: RelationshipKind::Mother,
            parental_responsibility: ParentalResponsibility::NotKnown,
            same_home,
            note: String::new(),
        }
    }

    /// What living together means, said plainly: everybody is compared with everybody.
    fn plainly(of: PersonId, people: &[&Person], ties: &[&Relationship]) -> BTreeSet<PersonId> {
        let mut there = BTreeSet::from([of]);
        let address = |id: PersonId| people.iter().find(|one| one.id == id).map_or("", |one| &one.address);
        loop {
            let tied = |one: PersonId, other: PersonId| {
                let pairs = ties.iter().filter(|tie| tie.same_home == Some(true));
                pairs.map(|tie| (tie.from, tie.to)).any(|pair| pair == (one, other) || pair == (other, one))
            };
            let with = |other: PersonId| {
                there.iter().any(|one| tied(*one, other) || same_address(address(*one), address(other)))
            };
            let found: Vec<PersonId> =
                people.iter().map(|one| one.id).filter(|one| !there.contains(one) && with(*one)).collect();
            if found.is_empty() {
                there.remove(&of);
                return there;
            }
            there.extend(found);
        }
    }

    #[test]
    fn an_address_is_a_home_where_it_is_the_same_as_one_of_them() {
        for some in [&ADDRESSES[..0], &ADDRESSES[1..4], &ADDRESSES[5..], &ADDRESSES] {
            let homes = Homes::of(some.iter().copied());
            for address in ADDRESSES {
                let plainly = some.iter().any(|home| same_address(home, address));
                assert_eq!(homes.has(address), plainly, "{address} in {some:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn who_lives_together_is_what_comparing_everybody_with_everybody_says(
            addresses in proptest::collection::vec(0..ADDRESSES.len(), 1..9),
            ties in proptest::collection::vec((0_usize..10, 0_usize..10, proptest::option::of(any::<bool>())), 0..6),
        ) {
            let people: Vec<Person> =
                addresses.iter().enumerate().map(|(n, at)| person(n, ADDRESSES[*at])).collect();
            let ties: Vec<Relationship> = ties.into_iter().map(|(from, to, home)| tie(from, to, home)).collect();
            let (people, ties): (Vec<_>, Vec<_>) = (people.iter().collect(), ties.iter().collect());
            for n in 0..people.len() {
                prop_assert_eq!(shares_home(id(n), &people, &ties), plainly(id(n), &people, &ties));
            }
        }
    }
}
