//! Whether each person is told that their information is shared (S59, S60; condition 6).
//!
//! Every share that rests on no consent decides separately for each child, parent and other adult: now, later or
//! not, and why, where it is not at once. No rule here ever has somebody told: the default stays with
//! [`super::caution`].

use std::collections::BTreeSet;

use sharewell_records::{Answer, PersonId, Telling, WhenTold};

use crate::{Pack, Position, Tag};

/// Whether a row has the person told at once, or says that they were.
#[must_use]
pub fn at_once(row: &Telling) -> bool {
    row.when.knows()
}

/// Whether everybody who is affected has a row, and every row a word, and a reason where it is not at once.
#[must_use]
pub fn whole(affected: &[PersonId], rows: &[Telling]) -> bool {
    let covered: BTreeSet<PersonId> = rows.iter().filter_map(|row| row.person).collect();
    let sound = |row: &Telling| row.when.is_settled() && (at_once(row) || !row.why.trim().is_empty());
    affected.iter().all(|person| covered.contains(person)) && rows.iter().all(sound)
}

/// Whether somebody from whom a restricted file is kept would be told at once.
#[must_use]
pub fn tells_any_of(kept_from: &[PersonId], rows: &[Telling]) -> bool {
    rows.iter().any(|row| at_once(row) && row.person.is_some_and(|person| kept_from.contains(&person)))
}

/// The rows as the write-up answered them; rows of people who have none yet are not invented.
#[must_use]
pub fn of_answers(pack: &Pack, position: &Position) -> Vec<Telling> {
    let mut rows = Vec::new();
    for asked in &position.path {
        let tells = pack.step(&asked.key).filter(|step| step.asks(Tag::TellEachPerson));
        if let (Some(step), Answer::EachPerson { rows: given }) = (tells, &asked.answer) {
            rows.extend(given.iter().map(|row| Telling {
                person: row.person,
                name: row.name.clone(),
                // What an option of a pack is called is its own; what it means is one of these.
                when: WhenTold::of(step.means(&row.value)).unwrap_or_default(),
                why: row.reason.clone(),
            }));
        }
    }
    rows
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn row(person: Option<PersonId>, when: WhenTold, why: &str) -> Telling {
        Telling { person, name: "Jo Sampleton".into(), when, why: why.into() }
    }

    fn people() -> (PersonId, PersonId) {
        let id = |last: u8| format!("00000000-0000-4000-8000-00000000000{last}").parse().unwrap();
        (id(1), id(2))
    }

    #[test]
    fn telling_is_whole_when_everybody_has_a_row_and_every_delay_a_reason() {
        let (child, mother) = people();
        let all = [child, mother];
        let now = row(Some(child), WhenTold::Now, "");
        assert!(!whole(&all, &[]), "silence is no decision");
        assert!(!whole(&all, std::slice::from_ref(&now)), "the mother was not decided about");
        assert!(whole(&all, &[now.clone(), row(Some(mother), WhenTold::Told, "")]));
        for when in [WhenTold::Later, WhenTold::Not] {
            assert!(!whole(&all, &[now.clone(), row(Some(mother), when, " \n")]), "{when:?} needs a reason");
            assert!(whole(&all, &[now.clone(), row(Some(mother), when, "She is seen at nursery first.")]));
        }
        assert!(
            !whole(&all, &[now.clone(), row(Some(mother), WhenTold::Blank, "words")]),
            "an open row is no decision"
        );
        assert!(
            !whole(&[child], &[now, row(None, WhenTold::Later, "")]),
            "nor for a person outside the file"
        );
        assert!(whole(&[], &[]));
    }

    #[test]
    fn nobody_from_whom_a_file_is_kept_is_told_at_once() {
        use WhenTold as W;
        let (coach, mother) = people();
        let kept = [coach];
        for (when, tells) in
            [(W::Now, true), (W::Told, true), (W::Later, false), (W::Not, false), (W::Blank, false)]
        {
            assert_eq!(tells_any_of(&kept, &[row(Some(coach), when, "")]), tells, "{when:?}");
        }
        assert!(!tells_any_of(&kept, &[row(Some(mother), WhenTold::Now, ""), row(None, WhenTold::Now, "")]));
    }
}
