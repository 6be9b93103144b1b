//! Two files of one child, shown as one.
//!
//! Nothing is moved and nothing rewritten: that two files are one child's is an entry of its own, and another entry ends
//! it. While it stands, both stories are told together and the flags of both bind; what is written meanwhile stands in
//! the file in which it was written, so that the two part again as they would have been (practice.md 21).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Birth, Case, CaseId, CaseKind, IdentifierKind, JoinId, Person, PersonId};

/// That the children of two files are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// Identifies it.
    pub id: JoinId,
    /// The file that lists show.
    pub kept: CaseId,
    /// The other file.
    pub other: CaseId,
    /// The child of the first …
    pub child: PersonId,
    /// … who is the child of the other.
    pub same: PersonId,
    /// What shows that it is one child.
    pub shown: String,
}

impl Join {
    /// The file that is shown together with one of the two, the child as that other file knows them, and the child as
    /// this one does; none where a file is neither.
    #[must_use]
    pub fn beside(&self, case: CaseId) -> Option<Beside> {
        if case == self.kept {
            Some(Beside { case: self.other, theirs: self.same, ours: self.child })
        } else if case == self.other {
            Some(Beside { case: self.kept, theirs: self.child, ours: self.same })
        } else {
            None
        }
    }
}

/// The file beside one that is shown as one with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// The file.
    pub case: CaseId,
    /// The child there.
    pub theirs: PersonId,
    /// The same child here.
    pub ours: PersonId,
}

/// Why two files are not shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotJoined {
    /// It is one file.
    SameFile,
    /// One of them is restricted, or is about no child.
    Kind,
    /// Both have a number of this kind, and the two differ: a veto.
    Number(IdentifierKind),
    /// The one child is born, and the other is recorded as not born yet, or both on days that differ: told, so that
    /// somebody looks; twins have one name in many a list.
    Birth,
}

impl NotJoined {
    /// Whether it stands in the way whatever somebody says; what does not is only told.
    #[must_use]
    pub fn vetoes(self) -> bool {
        match self {
            Self::SameFile | Self::Kind | Self::Number(_) => true,
            Self::Birth => false,
        }
    }
}

/// The kinds of number that two people both have, and not one of them in common. An agency's own number may be that of a
/// family, and says nothing of one child; numbers of different nations are of different kinds, and a child may have both.
#[must_use]
pub fn differing_numbers(one: &Person, other: &Person) -> Vec<IdentifierKind> {
    let of = |person: &Person, kind: IdentifierKind| -> BTreeSet<String> {
        let numbers = person.identifiers.iter().filter(|number| number.kind == kind);
        let plain = |value: &str| {
            value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
        };
        numbers.map(|number| plain(&number.value)).collect()
    };
    let differ = |kind: &IdentifierKind| {
        let (ours, theirs) = (of(one, *kind), of(other, *kind));
        *kind != IdentifierKind::Agency && !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(&theirs)
    };
    IdentifierKind::ALL.into_iter().filter(differ).collect()
}

/// All that speaks against showing two files as one.
#[must_use]
pub fn against_joining(one: (&Case, &Person), other: (&Case, &Person)) -> Vec<NotJoined> {
    let mut against = Vec::new();
    if one.0.id == other.0.id || one.1.id == other.1.id {
        against.push(NotJoined::SameFile);
    }
    if [one.0, other.0].into_iter().any(|case| case.kind != CaseKind::Family) {
        against.push(NotJoined::Kind);
    }
    against.extend(differing_numbers(one.1, other.1).into_iter().map(NotJoined::Number));
    let differ = match (&one.1.birth, &other.1.birth) {
        (Birth::Born { on }, Birth::Born { on: other }) => on != other,
        (Birth::Born { .. }, Birth::Expected { .. }) | (Birth::Expected { .. }, Birth::Born { .. }) => true,
        _ => false,
    };
    if differ {
        against.push(NotJoined::Birth);
    }
    against
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Identifier, Nation, PersonRole};

    fn person(n: u128, numbers: &[(IdentifierKind, &str)]) -> Person {
        let named =
            Person::named(PersonId(uuid::Uuid::from_u128(n)), "Ayla Sampleton".into(), PersonRole::Child);
        let numbers = numbers.iter().map(|(kind, value)| Identifier::of(*kind, (*value).into()));
        Person { identifiers: numbers.collect(), ..named }
    }

    fn file(n: u128, child: &Person) -> Case {
        Case::family(CaseId(uuid::Uuid::from_u128(n)), child.id, Nation::England)
    }

    #[test]
    fn numbers_that_differ_veto_and_numbers_of_two_nations_do_not() {
        use IdentifierKind as K;
        let differ =
            |one: &[(K, &str)], other: &[(K, &str)]| differing_numbers(&person(1, one), &person(2, other));
        assert_eq!(differ(&[(K::NhsNumber, "9434765919")], &[(K::NhsNumber, "9990000018")]), [K::NhsNumber]);
        assert_eq!(differ(&[(K::NhsNumber, "9434765919")], &[(K::NhsNumber, "943 476 5919")]), []);
        assert_eq!(differ(&[(K::NhsNumber, "9434765919")], &[(K::HcNumber, "3200000007")]), []);
        assert_eq!(differ(&[(K::Agency, "1")], &[(K::Agency, "2")]), []);
        assert_eq!(differ(&[(K::Upn, "H801200001001")], &[]), []);
        let two = [(K::NhsNumber, "9434765919"), (K::NhsNumber, "9990000018")];
        assert_eq!(differ(&two, &[(K::NhsNumber, "9990000018")]), [], "one of them is the same");
        assert_eq!(
            differ(
                &[(K::NhsNumber, "9434765919"), (K::Upn, "H801200001001")],
                &[(K::NhsNumber, "9990000018"), (K::Upn, "Q207000016049")]
            ),
            [K::NhsNumber, K::Upn]
        );
    }

    #[test]
    fn a_restricted_file_and_one_without_a_child_are_never_joined() {
        let (one, other) = (person(1, &[]), person(2, &[]));
        let open = file(11, &one);
        assert_eq!(against_joining((&open, &one), (&file(12, &other), &other)), []);
        for kind in CaseKind::ALL {
            let second = Case { kind, ..file(12, &other) };
            let against = against_joining((&open, &one), (&second, &other));
            assert_eq!(against.contains(&NotJoined::Kind), kind != CaseKind::Family, "{kind:?}");
            assert!(against.iter().all(|why| why.vetoes()));
        }
        assert_eq!(against_joining((&open, &one), (&open, &one)), [NotJoined::SameFile]);
    }

    #[test]
    fn another_birthday_is_told_and_vetoes_nothing() {
        let day = |text: &str| serde_json::from_value(text.into()).unwrap();
        let born = |n, text| Person { birth: Birth::Born { on: day(text) }, ..person(n, &[]) };
        let (one, other) = (born(1, "2019-05-04"), born(2, "2019-04-05"));
        assert_eq!(against_joining((&file(11, &one), &one), (&file(12, &other), &other)), [NotJoined::Birth]);
        assert!(!NotJoined::Birth.vetoes());
        let same = born(3, "2019-05-04");
        assert_eq!(against_joining((&file(11, &one), &one), (&file(12, &same), &same)), []);
    }
}
