//! Who is who in a file: names, ties to the child, who is spoken of where a name may not leave.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_documents::{self as documents, Language};
use sharewell_records::{
    Birth, Case, CaseId, Circle, Door, Flag, FlagKind, NotTo, Payload, Person, PersonId, PersonRole,
    Practitioner, Protection, Relationship, RelationshipKind, Standing, same_address,
};
use sharewell_vault::{Content, Reader, cases, flags, ledger, people, practitioner, relationships};

use crate::error::Result;
use crate::language;

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
    /// Earlier forms of those who are protected: a name or a home that was changed still tells who they are.
    pub earlier: Vec<Person>,
    /// Everybody whose vault this is or was. Their names are open.
    pub practitioners: Vec<Practitioner>,
    /// The language in which its vault speaks.
    pub language: Language,
}

/// The child whose file it is, and nobody else of it; none where the record of the child was disposed of.
pub(crate) fn child_of(r: &Reader<'_>, case: CaseId) -> Result<Option<Person>> {
    Ok(people::find(r, cases::get(r, case)?.record.child)?.map(|child| child.record))
}

/// The name of the child whose file it is; empty only where the record of the child was disposed of.
pub(crate) fn child_name_of(r: &Reader<'_>, case: CaseId) -> Result<String> {
    Ok(child_of(r, case)?.map(|child| child.name).unwrap_or_default())
}

/// How the people of a file are called, and nothing of what binds them: for lists, which show many files.
pub(crate) struct Names {
    child: PersonId,
    people: Vec<Person>,
}

impl Names {
    /// Reads the people of a file.
    pub(crate) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let people = people::of_case(r, case)?.into_iter().map(|one| one.record).collect();
        Ok(Self { child: cases::get(r, case)?.record.child, people })
    }

    /// The child whose file it is.
    pub(crate) fn child(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.id == self.child)
    }

    /// The child's name; empty only where the record of the child was disposed of.
    pub(crate) fn child_name(&self) -> String {
        self.child().map(|child| child.name.clone()).unwrap_or_default()
    }

    /// Names by id.
    pub(crate) fn by_id(&self) -> BTreeMap<PersonId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }
}

impl Family {
    /// Reads a file's people as they stand.
    pub(crate) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let flags: Vec<Flag> = flags::of_case(r, case)?.into_iter().map(|one| one.record).collect();
        let mut earlier = Vec::new();
        for flag in flags.iter().filter(|flag| flag.kind == FlagKind::ProtectedIdentity) {
            earlier.extend(ledger::history(r, flag.person)?.into_iter().filter_map(
                |entry| match entry.content {
                    Content::Known(payload) => match *payload {
                        Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => {
                            Some(person)
                        }
                        _ => None,
                    },
                    Content::Newer { .. } | Content::Disposed | Content::Unreadable => None,
                },
            ));
        }
        Ok(Self {
            case: cases::get(r, case)?.record,
            people: people::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            ties: relationships::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            flags,
            earlier,
            practitioners: practitioner::all(r)?.into_iter().map(|one| one.record).collect(),
            language: language::of(r)?,
        })
    }

    /// A file's people as a handover's entries leave them; none where the file is not among them.
    pub(crate) fn folded(standing: &Standing, case: CaseId, language: Language) -> Option<Self> {
        let there = |person: PersonId| standing.is_in(person, case);
        let people = standing.people.iter().filter(|(person, _)| there(**person));
        let ties = standing.relationships.values().filter(|one| one.ended.is_none());
        let flags = standing.flags.values().filter(|one| one.ended.is_none());
        Some(Self {
            case: standing.cases.get(&case)?.record.clone(),
            people: people.map(|(_, one)| one.record.clone()).collect(),
            ties: ties
                .map(|one| &one.record)
                .filter(|tie| there(tie.from) && there(tie.to))
                .cloned()
                .collect(),
            flags: flags.map(|one| &one.record).filter(|flag| there(flag.person)).cloned().collect(),
            earlier: Vec::new(),
            practitioners: Vec::new(),
            language,
        })
    }

    /// Who of the file is protected, and how they are called instead.
    pub(crate) fn protection(&self) -> Protection {
        let circle = Circle {
            people: self.people.iter().collect(),
            earlier: self.earlier.iter().collect(),
            flags: self.flags.iter().collect(),
            ties: self.ties.iter().collect(),
            open_names: self
                .practitioners
                .iter()
                .flat_map(|one| [one.name.as_str(), &one.lead_name])
                .collect(),
            agencies: self.practitioners.iter().flat_map(Practitioner::agencies).collect(),
        };
        Protection::of(&circle, &documents::called(self.language))
    }

    /// Whether something may go through a door to whom a text names.
    pub(crate) fn may_receive(&self, door: Door, text: &str) -> std::result::Result<(), NotTo> {
        sharewell_records::may_receive(&self.case, &self.people, &self.flags, door, text)
    }

    /// The same of a name and a post, in whichever of the two somebody is named.
    pub(crate) fn may_receive_at(
        &self,
        door: Door,
        name: &str,
        post: &str,
    ) -> std::result::Result<(), NotTo> {
        self.may_receive(door, name)?;
        self.may_receive(door, &format!("{name} {post}"))
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

    /// What somebody is to the child: tied so, or by the role alone.
    pub(crate) fn relation(&self, id: PersonId) -> (Option<RelationshipKind>, PersonRole) {
        let child = self.case.child;
        if id == child {
            return (None, PersonRole::Child);
        }
        let tie = self.ties.iter().find(|tie| tie.from == id && tie.to == child);
        (tie.map(|tie| tie.kind), self.person(id).map_or(PersonRole::OtherAdult, |person| person.role))
    }

    /// Everybody else who lives at the same home as a person: tied so, or recorded at the same address.
    pub(crate) fn shares_home_with(&self, id: PersonId) -> impl Iterator<Item = &Person> {
        let address = self.person(id).map(|one| one.address.as_str()).unwrap_or_default();
        let tied = move |other: PersonId| {
            self.ties
                .iter()
                .filter(|tie| tie.same_home)
                .any(|tie| (tie.from == id && tie.to == other) || (tie.to == id && tie.from == other))
        };
        let others = self.people.iter().filter(move |other| other.id != id);
        others.filter(move |other| tied(other.id) || same_address(address, &other.address))
    }

    /// The kinds of flag that stand on a person.
    pub(crate) fn flags_on(&self, id: PersonId) -> BTreeSet<FlagKind> {
        self.flags.iter().filter(|flag| flag.person == id).map(|flag| flag.kind).collect()
    }

    /// The kinds of flag that bind whoever writes to somebody: those that stand on the person, and those that bind
    /// everybody in the same home.
    pub(crate) fn flags_binding(&self, id: PersonId) -> BTreeSet<FlagKind> {
        let at_home = self.shares_home_with(id).flat_map(|other| self.flags_on(other.id));
        self.flags_on(id).into_iter().chain(at_home.filter(|kind| kind.binds_the_home())).collect()
    }
}

/// Whoever wrote an entry here, as last recorded. It need not be who uses the vault now.
pub(crate) fn author(r: &Reader<'_>, id: PersonId) -> Result<Option<Practitioner>> {
    Ok(practitioner::all(r)?.into_iter().map(|one| one.record).find(|one| one.id == id))
}

/// Everybody who ever signed an entry here, by id.
pub(crate) fn authors(r: &Reader<'_>) -> Result<BTreeMap<PersonId, String>> {
    let all = practitioner::all(r)?;
    Ok(all.into_iter().map(|one| (one.record.id, one.record.name)).collect())
}

/// The unborn, who have an expected date instead of a birth date.
pub(crate) fn is_unborn(person: &Person) -> bool {
    matches!(person.birth, Birth::Expected { .. })
}
