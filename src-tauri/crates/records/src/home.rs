//! A home is one thing: who lives at the same one, and when two addresses are the same.

use std::collections::BTreeSet;

use crate::protect::same_address;
use crate::{Person, PersonId, Relationship};

/// Everybody who lives at the same home as a person, the person not among them: tied so, or recorded at the same
/// address, and whoever lives with these.
#[must_use]
pub fn shares_home(id: PersonId, people: &[&Person], ties: &[&Relationship]) -> BTreeSet<PersonId> {
    let mut there = BTreeSet::from([id]);
    let mut found = vec![id];
    while let Some(one) = found.pop() {
        let address = people.iter().find(|person| person.id == one).map_or("", |person| &person.address);
        let tied = |other: PersonId| {
            let mut homes = ties.iter().filter(|tie| tie.same_home == Some(true));
            homes.any(|tie| (tie.from == one && tie.to == other) || (tie.to == one && tie.from == other))
        };
        for other in people.iter().filter(|other| tied(other.id) || same_address(address, &other.address)) {
            if there.insert(other.id) {
                found.push(other.id);
            }
        }
    }
    there.remove(&id);
    there
}
