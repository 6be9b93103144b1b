//! Whether each person is told that their information is shared (S59, S60; condition 6).
//!
//! Every share that rests on no consent decides separately for each child, parent and other adult: now, later or
//! not, and why, where it is not at once. No rule here ever has somebody told: the default stays with
//! [`super::caution`].

use std::collections::BTreeSet;

use sharewell_records::{Answer, PersonId, Telling, WhenTold};

use super::caution::Caution;
use crate::{Pack, Position, Tag};

/// Whether a row has the person told at once, or says that they were.
#[must_use]
pub fn at_once(row: &Telling) -> bool {
    row.when.knows()
}

/// Whether a choice costs a reason. To follow what is advised costs none: telling at once where nothing is advised
/// against it, later where that is advised, and nothing at all where a flag says so. The child who spoke may be told now
/// or, where it is agreed so, later. Whoever decides otherwise says why,
/// once.
#[must_use]
pub fn costs_a_reason(when: WhenTold, advised: Option<Caution>) -> bool {
    let flag = matches!(advised, Some(Caution::FlagDoNotTell | Caution::FlagNoContact));
    match when {
        WhenTold::Now => advised.is_some_and(|advised| advised != Caution::ChildInPerson),
        WhenTold::Later => advised.is_none(),
        WhenTold::Not => !flag,
        // What has happened is written down; against a flag it is said why that was safe.
        WhenTold::Told => flag,
        WhenTold::Blank | WhenTold::NotSure => false,
    }
}

/// Whether somebody is named where the people are listed who are told now: told at once is what was chosen for them, and
/// nothing stands against it, or it was said why it is done all the same. A list that names anybody else would undo a ban.
#[must_use]
pub fn is_told_now(row: &Telling, advised: Option<Caution>) -> bool {
    row.when == WhenTold::Now && !(costs_a_reason(WhenTold::Now, advised) && row.why.trim().is_empty())
}

/// What is missing in whether one person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It is not decided.
    Open,
    /// It is decided otherwise than advised, and nobody said why.
    Reason,
}

/// What is missing, of everybody who is affected and whoever else has a row: the rows in their order, then those
/// who have none. `advised` says what is advised for a person.
pub fn gaps(
    affected: &[PersonId],
    rows: &[Telling],
    advised: impl Fn(Option<PersonId>) -> Option<Caution>,
) -> Vec<(Option<PersonId>, Gap)> {
    let covered: BTreeSet<PersonId> = rows.iter().filter_map(|row| row.person).collect();
    let of_row = |row: &Telling| match row.when.is_settled() {
        false => Some((row.person, Gap::Open)),
        true => (row.why.trim().is_empty() && costs_a_reason(row.when, advised(row.person)))
            .then_some((row.person, Gap::Reason)),
    };
    let without = affected.iter().filter(|person| !covered.contains(person));
    rows.iter().filter_map(of_row).chain(without.map(|person| (Some(*person), Gap::Open))).collect()
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
        let whole = |affected: &[PersonId], rows: &[Telling]| gaps(affected, rows, |_| None);
        let now = row(Some(child), WhenTold::Now, "");
        let open = |person| (Some(person), Gap::Open);
        assert_eq!(whole(&all, &[]), [open(child), open(mother)], "silence is no decision");
        assert_eq!(whole(&all, std::slice::from_ref(&now)), [open(mother)], "she was not decided about");
        assert_eq!(whole(&all, &[now.clone(), row(Some(mother), WhenTold::Told, "")]), []);
        for when in [WhenTold::Later, WhenTold::Not] {
            let without = whole(&all, &[now.clone(), row(Some(mother), when, " \n")]);
            assert_eq!(without, [(Some(mother), Gap::Reason)], "{when:?} needs a reason");
            assert_eq!(whole(&all, &[now.clone(), row(Some(mother), when, "She is seen at nursery.")]), []);
        }
        let blank = whole(&all, &[now.clone(), row(Some(mother), WhenTold::Blank, "words")]);
        assert_eq!(blank, [open(mother)], "an open row is no decision");
        let outside = whole(&[child], &[now, row(None, WhenTold::Later, "")]);
        assert_eq!(outside, [(None, Gap::Reason)], "nor for a person outside the file");
        assert_eq!(whole(&[], &[]), []);
    }

    #[test]
    fn to_follow_the_advice_costs_no_reason_and_to_decide_otherwise_costs_one() {
        use WhenTold as W;
        let cautions = [
            None,
            Some(Caution::CoercionPossible),
            Some(Caution::FlagDoNotTell),
            Some(Caution::FlagNoContact),
            Some(Caution::ChildInPerson),
        ];
        for (when, costs) in [
            (W::Now, [false, true, true, true, false]),
            (W::Later, [true, false, false, false, false]),
            (W::Not, [true, true, false, false, true]),
            (W::Told, [false, false, true, true, false]),
            (W::Blank, [false; 5]),
            (W::NotSure, [false; 5]),
        ] {
            for (advised, costs) in cautions.into_iter().zip(costs) {
                assert_eq!(costs_a_reason(when, advised), costs, "{when:?} where {advised:?}");
            }
        }
    }

    #[test]
    fn who_is_told_now_is_named_and_nobody_against_whom_a_ban_stands_without_a_reason() {
        let (child, mother) = people();
        let now = |why: &str| row(Some(mother), WhenTold::Now, why);
        assert!(is_told_now(&row(Some(child), WhenTold::Now, ""), Some(Caution::ChildInPerson)));
        assert!(is_told_now(&now(""), None));
        for ban in [Caution::FlagDoNotTell, Caution::FlagNoContact, Caution::CoercionPossible] {
            assert!(!is_told_now(&now(" "), Some(ban)), "{ban:?}");
            assert!(is_told_now(&now("Social care asked for it."), Some(ban)), "{ban:?}");
        }
        for when in [WhenTold::Later, WhenTold::Not, WhenTold::Told, WhenTold::Blank] {
            assert!(!is_told_now(&row(Some(mother), when, "why"), None), "{when:?}");
        }
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
