//! Whether a table holds what the fold says stands.

use std::fmt::Debug;

use sharewell_records::*;
use sharewell_vault::{Error, Recorded, Result};

/// A record and the entry that gave its form, as either store tells it.
type Told<T> = (EntryId, OriginId, Seq, Moment, PersonId, T);

fn read<T>(all: Vec<Recorded<T>>) -> Vec<Told<T>> {
    let one =
        |one: Recorded<T>| (one.entry, one.origin, one.sequence, one.recorded_at, one.author, one.record);
    let mut told: Vec<_> = all.into_iter().map(one).collect();
    told.sort_by_key(|one| one.0);
    told
}

fn folded<'a, T: Clone + 'a, E: 'a>(all: impl IntoIterator<Item = &'a Stands<T, E>>) -> Vec<Told<T>> {
    let one = |one: &Stands<T, E>| {
        let Written { entry, origin, sequence, at, author, .. } = one.by;
        (entry, origin, sequence, at, author, one.record.clone())
    };
    let mut told: Vec<_> = all.into_iter().map(one).collect();
    told.sort_by_key(|one| one.0);
    told
}

/// Whether the table holds what the fold says stands.
pub fn same<'a, T: Clone + PartialEq + Debug + 'a, E: 'a>(
    what: &str,
    table: Vec<Recorded<T>>,
    fold: impl IntoIterator<Item = &'a Stands<T, E>>,
) {
    assert_eq!(read(table), folded(fold), "{what}");
}

/// One record, or that there is none.
pub fn one<T: Clone + PartialEq + Debug, E>(
    what: &str,
    table: Result<Recorded<T>>,
    fold: Option<&Stands<T, E>>,
) {
    let table = match table {
        Ok(one) => vec![one],
        Err(Error::NoSuch { .. }) => vec![],
        Err(other) => panic!("{what}: {other:?}"),
    };
    same(what, table, fold);
}
