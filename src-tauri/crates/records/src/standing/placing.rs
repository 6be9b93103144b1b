//! Putting a record where it stands, ending it, and moving it into another file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Ended, Stands, Written};
use crate::CaseId;

/// Puts a record in place of any earlier form. It stays in the file in which it was first recorded.
pub(super) fn put<I: Ord, T, E>(to: &mut BTreeMap<I, Stands<T, E>>, by: Written, id: I, record: T) {
    match to.entry(id) {
        Entry::Vacant(place) => drop(place.insert(Stands::new(record, by.case, by))),
        Entry::Occupied(mut earlier) => {
            let stands = earlier.get_mut();
            (stands.record, stands.by) = (record, by);
        }
    }
}

/// Ends a record that is there and open. Of one that is not there, the entry says all that is known.
pub(super) fn end<I: Ord, T, E: Clone>(of: &mut BTreeMap<I, Stands<T, E>>, by: Written, id: &I, how: &E) {
    if let Some(stands) = of.get_mut(id)
        && stands.ended.is_none()
    {
        stands.ended = Some(Ended { how: how.clone(), by });
    }
}

/// Moves a thing that is there into a file, in the form in which an entry states it there; takes it away where
/// none does.
pub(super) fn home<I: Ord, T: Clone, E>(
    of: &mut BTreeMap<I, Stands<T, E>>,
    id: I,
    stated: Option<((Option<CaseId>, Written), &T)>,
) {
    match (of.get_mut(&id), stated) {
        (Some(stands), Some(((case, by), record))) => {
            (stands.record, stands.by, stands.case) = (record.clone(), by, case);
        }
        (Some(_), None) => drop(of.remove(&id)),
        (None, _) => {}
    }
}
