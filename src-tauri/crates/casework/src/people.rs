//! Who is who in a file: names, ties to the child, who is spoken of where a name may not leave.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_exchange::{Protection, Records};
use sharewell_records::{
    Birth, Case, CaseId, Flag, FlagKind, Person, PersonId, PersonRole, Relationship, RelationshipKind, Seq,
};
use sharewell_vault::{Reader, cases, flags, people, practitioner, relationships};

use crate::error::Result;

/// A file's people with what binds them, for a view or a document.
pub(crate) struct Family {
    /// The file.
    pub case: Case,
    /// Everybody in it, in the order in which they were added.
    pub people: Vec<Person>,
    /// Standing ties.
    pub ties: Vec<Relationship>,
    /// Standing flags.
    pub flags: Vec<Flag>,
}

impl Family {
    /// Reads a file's people as they stand.
    pub(crate) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let records =
            |all: Vec<sharewell_vault::Recorded<Person>>| all.into_iter().map(|one| one.record).collect();
        Ok(Self {
            case: cases::get(r, case)?.record,
            people: records(people::of_case(r, case)?),
            ties: relationships::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            flags: flags::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
        })
    }

    /// A file's people as a handover's entries leave them; none where the file is not among them.
    pub(crate) fn folded(records: &Records, case: CaseId) -> Option<Self> {
        let of_case =
            |person: &PersonId| records.people.get(person).is_some_and(|one| one.case == Some(case));
        let people: Vec<_> = records.people.values().filter(|one| one.case == Some(case)).collect();
        let standing =
            records.relationships.values().filter(|one| one.record.1.is_none()).map(|one| &one.record.0);
        let flags = records.flags.values().filter(|one| one.record.1.is_none()).map(|one| &one.record.0);
        Some(Self {
            case: records.cases.get(&case)?.record.clone(),
            people: people.into_iter().map(|one| one.record.clone()).collect(),
            ties: standing.filter(|tie| of_case(&tie.from) && of_case(&tie.to)).cloned().collect(),
            flags: flags.filter(|flag| of_case(&flag.person)).cloned().collect(),
        })
    }

    /// The file's people as the exchange's own rule for protected people takes them.
    pub(crate) fn protection(&self) -> Protection {
        let standing = |one: &Flag| (one.id, self.recorded((one.clone(), None)));
        Protection::of(&Records {
            people: self.people.iter().map(|one| (one.id, self.recorded(one.clone()))).collect(),
            flags: self.flags.iter().map(standing).collect(),
            relationships: self.ties.iter().map(|one| (one.id, self.recorded((one.clone(), None)))).collect(),
            ..Records::default()
        })
    }

    /// The rule for protected people looks at records alone, never at when or by whom they were written.
    fn recorded<T>(&self, record: T) -> sharewell_exchange::Recorded<T> {
        sharewell_exchange::Recorded {
            case: Some(self.case.id),
            sequence: Seq(1),
            at: crate::clock::now_from(chrono::DateTime::UNIX_EPOCH),
            author: self.case.child,
            record,
        }
    }

    /// A person of the file.
    pub(crate) fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The child whose file it is.
    pub(crate) fn child(&self) -> Option<&Person> {
        self.person(self.case.child)
    }

    /// The child's name; empty only where the record of the child was disposed of.
    pub(crate) fn child_name(&self) -> String {
        self.child().map(|child| child.name.clone()).unwrap_or_default()
    }

    /// Names by id.
    pub(crate) fn names(&self) -> BTreeMap<PersonId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }

    /// Every child, parent and other adult who may be affected: all but fellow practitioners, the child first.
    pub(crate) fn affected(&self) -> Vec<&Person> {
        let child = self.case.child;
        let mut all: Vec<&Person> =
            self.people.iter().filter(|person| person.role != PersonRole::Practitioner).collect();
        all.sort_by_key(|person| person.id != child);
        all
    }

    /// The word for the tie of a person to the child: the stored word of the tie, else of the role.
    pub(crate) fn tie_to_child(&self, id: PersonId) -> &'static str {
        let child = self.case.child;
        if id == child {
            return "child";
        }
        let tie = self.ties.iter().find(|tie| tie.from == id && tie.to == child);
        match tie {
            Some(tie) => tie_word(tie.kind),
            None => self.person(id).map_or("other_adult", |person| role_word(person.role)),
        }
    }

    /// Everybody else who lives at the same home as a person.
    pub(crate) fn shares_home_with(&self, id: PersonId) -> impl Iterator<Item = &Person> {
        self.ties.iter().filter(|tie| tie.same_home).filter_map(move |tie| {
            match (tie.from == id, tie.to == id) {
                (true, false) => self.person(tie.to),
                (false, true) => self.person(tie.from),
                (true, true) | (false, false) => None,
            }
        })
    }

    /// The kinds of flag that stand on a person.
    pub(crate) fn flags_on(&self, id: PersonId) -> BTreeSet<FlagKind> {
        self.flags.iter().filter(|flag| flag.person == id).map(|flag| flag.kind).collect()
    }

    /// Whether a person's name or whereabouts are protected.
    pub(crate) fn is_protected(&self, id: PersonId) -> bool {
        self.flags_on(id).contains(&FlagKind::ProtectedIdentity)
    }
}

/// The stored word of a role.
pub(crate) fn role_word(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Child => "child",
        PersonRole::Parent => "parent",
        PersonRole::Carer => "carer",
        PersonRole::OtherAdult => "other_adult",
        PersonRole::Practitioner => "practitioner",
    }
}

/// The stored word of a tie.
pub(crate) fn tie_word(kind: RelationshipKind) -> &'static str {
    match kind {
        RelationshipKind::Mother => "mother",
        RelationshipKind::Father => "father",
        RelationshipKind::Parent => "parent",
        RelationshipKind::StepParent => "step_parent",
        RelationshipKind::Grandparent => "grandparent",
        RelationshipKind::Sibling => "sibling",
        RelationshipKind::Partner => "partner",
        RelationshipKind::FormerPartner => "former_partner",
        RelationshipKind::Carer => "carer",
        RelationshipKind::OtherRelative => "other_relative",
        RelationshipKind::Contact => "contact",
        RelationshipKind::Professional => "professional",
    }
}

/// Everybody who ever signed an entry here, by id.
pub(crate) fn authors(r: &Reader<'_>) -> Result<BTreeMap<PersonId, String>> {
    let all = practitioner::all(r)?;
    Ok(all.into_iter().map(|one| (one.record.id, one.record.name)).collect())
}

/// Every form in which a protected person may have been written: full name, its parts that are nobody
/// else's, other names, address, telephone and identifiers.
pub(crate) fn forms(person: &Person, others: &BTreeSet<String>) -> Vec<String> {
    let mut forms = vec![person.name.clone()];
    forms.extend(person.also_known_as.iter().cloned());
    for name in std::iter::once(&person.name).chain(&person.also_known_as) {
        let parts = name.split_whitespace().filter(|part| part.chars().count() > 1);
        forms.extend(parts.filter(|part| !others.contains(&part.to_lowercase())).map(str::to_owned));
    }
    forms.extend(whereabouts(&person.address));
    forms.push(person.phone.clone());
    forms.extend(person.identifiers.iter().map(|identifier| identifier.value.clone()));
    forms.retain(|form| !form.trim().is_empty());
    forms.sort();
    forms.dedup();
    forms
}

/// An address, and each line of it that has a number in it.
pub(crate) fn whereabouts(address: &str) -> Vec<String> {
    let lines =
        address.split([',', '\n']).map(str::trim).filter(|line| line.chars().any(|c| c.is_ascii_digit()));
    std::iter::once(address).chain(lines).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// The lower-case name parts of everybody who is not protected: they must stay readable.
pub(crate) fn open_name_parts<'a>(people: impl Iterator<Item = &'a Person>) -> BTreeSet<String> {
    people
        .flat_map(|person| std::iter::once(&person.name).chain(&person.also_known_as))
        .flat_map(|name| name.split_whitespace())
        .map(str::to_lowercase)
        .collect()
}

/// The unborn, who have an expected date instead of a birth date.
pub(crate) fn is_unborn(person: &Person) -> bool {
    matches!(person.birth, Birth::Expected { .. })
}

/// Whether a text names a protected person, however it is written.
pub(crate) fn names_protected(family: &Family, text: &str) -> bool {
    family.protection().scrub(text) != text
}
