//! Who is who in a file: names, ties to the child, who is spoken of where a name may not leave.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_documents::{self as documents, Language};
use sharewell_records::{
    Beside as BesideFile, Birth, Called, Case, CaseId, CaseKind, Circle, Door, Flag, FlagId, FlagKind,
    Header, LeftoverAnswer, Leftovers, NotTo, OriginId, Payload, Person, PersonId, PersonRole, Practitioner,
    Protection, Relationship, RelationshipKind, Route, Seq, Standing, shares_home,
};
use sharewell_vault::{
    Content, Reader, cases, flags, joins, ledger, leftovers, people, practitioner, relationships,
};

use crate::error::Result;
use crate::language;
use crate::views::LeftoverView;
use crate::words::Words;

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
    /// The file that is shown as one with this; its people are among those above.
    pub joined: Option<Joined>,
}

/// A file that is shown as one with another.
pub(crate) struct Joined {
    /// The file.
    pub case: CaseId,
    /// The child as that file knows them, who is the child of the one here.
    pub child: PersonId,
    /// Who stands in that file alone.
    pub people: BTreeSet<PersonId>,
    /// How the child is called there.
    pub called: String,
}

/// Whom a file is about, and nobody else of it; none where the record of them was disposed of, and in a file about
/// numbers.
pub(crate) fn subject_of(r: &Reader<'_>, case: &Case) -> Result<Option<Person>> {
    Ok(people::find(r, case.child)?.map(|person| person.record))
}

/// How a file is called: by the child, by the adult whom it is about, or by its title. Empty only where the record of
/// the person was disposed of.
pub(crate) fn child_name_of(r: &Reader<'_>, case: CaseId) -> Result<String> {
    let case = cases::get(r, case)?.record;
    Ok(called(&case, subject_of(r, &case)?.as_ref()))
}

/// How a file is called, where it is known whom it is about.
fn called(case: &Case, subject: Option<&Person>) -> String {
    match case.kind {
        CaseKind::Numbers => case.title.clone(),
        CaseKind::Family | CaseKind::Allegation | CaseKind::Adult => {
            subject.map(|person| person.name.clone()).unwrap_or_default()
        }
    }
}

/// How the people of a file are called, and nothing of what binds them: for lists, which show many files.
pub(crate) struct Names {
    case: Case,
    people: Vec<Person>,
}

impl Names {
    /// Reads the people of a file.
    pub(crate) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let people = people::of_case(r, case)?.into_iter().map(|one| one.record).collect();
        Ok(Self { case: cases::get(r, case)?.record, people })
    }

    /// The child whose file it is; none in a file without a child.
    pub(crate) fn child(&self) -> Option<&Person> {
        self.subject().filter(|_| self.has_child())
    }

    /// Whether the file is about a child.
    pub(crate) fn has_child(&self) -> bool {
        self.case.kind.has_child()
    }

    fn subject(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.id == self.case.child)
    }

    /// How the file is called.
    pub(crate) fn child_name(&self) -> String {
        called(&self.case, self.subject())
    }

    /// Names by id.
    pub(crate) fn by_id(&self) -> BTreeMap<PersonId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }
}

impl Family {
    /// Reads a file's people as they stand, with those of a file that is shown as one with it: the flags of both bind.
    pub(crate) fn of(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let mut family = Self::alone(r, case)?;
        if let Some(beside) = joins::of_case(r, case)?.and_then(|join| join.record.beside(case)) {
            family.join(Self::alone(r, beside.case)?, beside);
        }
        Ok(family)
    }

    /// Takes the people of another file in: its child is the child here.
    fn join(&mut self, other: Self, beside: BesideFile) {
        let BesideFile { case, theirs, ours } = beside;
        let here = |id: PersonId| if id == theirs { ours } else { id };
        let called = other.child_name();
        let known: BTreeSet<PersonId> = self.people.iter().map(|one| one.id).collect();
        let mut people = BTreeSet::new();
        for person in other.people {
            if person.id == theirs {
                // Another spelling or home of the child tells who they are as an earlier one does.
                self.earlier.push(Person { id: ours, ..person });
            } else if !known.contains(&person.id) {
                people.insert(person.id);
                self.people.push(person);
            }
        }
        self.earlier.extend(other.earlier.into_iter().map(|one| Person { id: here(one.id), ..one }));
        let ties =
            other.ties.into_iter().map(|tie| Relationship { from: here(tie.from), to: here(tie.to), ..tie });
        let said: BTreeSet<_> = self.ties.iter().map(|tie| tie.id).collect();
        self.ties.extend(ties.filter(|tie| tie.from != tie.to && !said.contains(&tie.id)));
        let set: BTreeSet<FlagId> = self.flags.iter().map(|flag| flag.id).collect();
        let flags = other.flags.into_iter().filter(|flag| !set.contains(&flag.id));
        self.flags.extend(flags.map(|flag| Flag { person: here(flag.person), ..flag }));
        self.joined = Some(Joined { case, child: theirs, people, called });
    }

    /// Reads the people of one file as they stand.
    fn alone(r: &Reader<'_>, case: CaseId) -> Result<Self> {
        let flags: Vec<Flag> = flags::of_case(r, case)?.into_iter().map(|one| one.record).collect();
        let mut earlier = Vec::new();
        for flag in flags.iter().filter(|flag| flag.kind == FlagKind::ProtectedIdentity) {
            earlier.extend(forms_of(r, flag.person, None)?);
        }
        Ok(Self {
            case: cases::get(r, case)?.record,
            people: people::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            ties: relationships::of_case(r, case)?.into_iter().map(|one| one.record).collect(),
            flags,
            earlier,
            practitioners: practitioner::all(r)?.into_iter().map(|one| one.record).collect(),
            language: language::of(r)?,
            joined: None,
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
            joined: None,
        })
    }

    /// Who is protected in whatever leaves of the file, and how they are called instead: whoever is in it, and whoever
    /// another child's file protects.
    pub(crate) fn protection(&self, r: &Reader<'_>) -> Result<Protection> {
        let beside = Beside::of(r, |person| self.person(person).is_some(), None)?;
        // Whom another file protects may be known here under another id, and may have had another name.
        let mut earlier = Vec::new();
        if !beside.people.is_empty() {
            let known = |id: &PersonId| self.earlier.iter().any(|one| one.id == *id);
            for id in self.people.iter().map(|one| one.id).filter(|id| !known(id)) {
                earlier.extend(forms_of(r, id, None)?);
            }
        }
        Ok(self.protection_beside(&earlier, &beside))
    }

    /// Everybody of the file is called by the part they play but whom it is about: for what goes without a name. Whoever
    /// is protected stays so.
    pub(crate) fn nameless(&self, r: &Reader<'_>) -> Result<Protection> {
        let others = self.people.iter().map(|person| person.id).filter(|id| *id != self.case.child);
        self.without(r, others)
    }

    /// These people of the file are called by the part they play, and their details are left out. Whoever is protected
    /// stays so.
    pub(crate) fn without(
        &self,
        r: &Reader<'_>,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Protection> {
        let kept = people.into_iter().map(|person| Flag {
            id: FlagId(person.0),
            person,
            kind: FlagKind::ProtectedIdentity,
            reason: String::new(),
            review: None,
        });
        let flags: Vec<Flag> = self.flags.iter().cloned().chain(kept).collect();
        let beside = Beside::of(r, |person| self.person(person).is_some(), None)?;
        let called = Words::of(self.language).name_left_out(documents::called(self.language));
        Ok(self.protecting(&flags, &[], &beside, &called))
    }

    /// Who of the file is protected, where nothing is known of any other file.
    pub(crate) fn protection_within(&self) -> Protection {
        self.protection_beside(&[], &Beside::default())
    }

    fn protection_beside(&self, earlier: &[Person], beside: &Beside) -> Protection {
        self.protecting(&self.flags, earlier, beside, &documents::called(self.language))
    }

    fn protecting(&self, flags: &[Flag], earlier: &[Person], beside: &Beside, called: &Called) -> Protection {
        let circle = Circle {
            people: self.people.iter().collect(),
            earlier: self.earlier.iter().chain(earlier).collect(),
            elsewhere: beside.people.iter().collect(),
            answers: beside.answers.iter().collect(),
            flags: flags.iter().collect(),
            ties: self.ties.iter().collect(),
            open_names: self
                .practitioners
                .iter()
                .flat_map(|one| [one.name.as_str(), &one.lead_name])
                .collect(),
            agencies: self.practitioners.iter().flat_map(Practitioner::agencies).collect(),
        };
        Protection::of(&circle, called)
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

    /// Whether a flag forbids that something reaches, in this way, whom a text may mean, or whoever lives with them.
    pub(crate) fn forbids_to_reach(&self, name: &str, post: &str, route: Option<Route>) -> bool {
        let around = (&self.case, self.people.as_slice(), self.ties.as_slice(), self.flags.as_slice());
        sharewell_records::forbidden_to_reach(around, (name, post), route).is_some()
    }

    /// Whether one would, were the person meant whom a text may mean: asked, and never a stop.
    pub(crate) fn may_be_forbidden(&self, name: &str, post: &str, route: Option<Route>) -> bool {
        let around = (&self.case, self.people.as_slice(), self.ties.as_slice(), self.flags.as_slice());
        sharewell_records::may_be_forbidden(around, (name, post), route).is_some()
    }

    /// A person of the file.
    pub(crate) fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The child whose file it is; none in a file without a child.
    pub(crate) fn child(&self) -> Option<&Person> {
        self.subject().filter(|_| self.has_child())
    }

    /// Whether the file is about a child.
    pub(crate) fn has_child(&self) -> bool {
        self.case.kind.has_child()
    }

    /// Whom the file is about: the child, or an adult; nobody where it is about numbers.
    pub(crate) fn subject(&self) -> Option<&Person> {
        self.person(self.case.child)
    }

    /// How the file is called: by the child, by the adult whom it is about, or by its title. Empty only where the
    /// record of the person was disposed of.
    pub(crate) fn child_name(&self) -> String {
        called(&self.case, self.subject())
    }

    /// How the file is called by whom a decision of it is about.
    pub(crate) fn called_by(&self, person: PersonId) -> String {
        called(&self.case, self.person(person))
    }

    /// Names by id.
    pub(crate) fn names(&self) -> BTreeMap<PersonId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }

    /// Who in the file is a child.
    pub(crate) fn children(&self) -> BTreeSet<PersonId> {
        let children = self.people.iter().filter(|person| person.role == PersonRole::Child);
        children.map(|person| person.id).collect()
    }

    /// Every child, parent and other adult who may be affected: all but fellow practitioners, whom it is about first. The
    /// adult of an adult's file is none of them: nothing of it goes to them.
    pub(crate) fn affected(&self) -> Vec<&Person> {
        let about = self.case.child;
        let kept = |person: &Person| person.id == about && self.case.kind == CaseKind::Adult;
        let mut all: Vec<&Person> = self
            .people
            .iter()
            .filter(|person| person.role != PersonRole::Practitioner && !kept(person))
            .collect();
        all.sort_by_key(|person| person.id != about);
        all
    }

    /// What somebody is to the child: tied so, or by the role alone.
    pub(crate) fn relation(&self, id: PersonId) -> (Option<RelationshipKind>, PersonRole) {
        let child = self.case.child;
        if id == child && self.has_child() {
            return (None, PersonRole::Child);
        }
        let tie = self.ties.iter().find(|tie| tie.from == id && tie.to == child);
        (tie.map(|tie| tie.kind), self.person(id).map_or(PersonRole::OtherAdult, |person| person.role))
    }

    /// Everybody else who lives at the same home as a person: tied so, or recorded at the same address.
    pub(crate) fn shares_home_with(&self, id: PersonId) -> impl Iterator<Item = &Person> {
        let people: Vec<&Person> = self.people.iter().collect();
        let ties: Vec<&Relationship> = self.ties.iter().collect();
        let there = shares_home(id, &people, &ties);
        self.people.iter().filter(move |other| there.contains(&other.id))
    }

    /// Whether somebody of the file is under a flag *protected identity* in it.
    pub(crate) fn protects(&self) -> bool {
        self.flags.iter().any(|flag| flag.kind == FlagKind::ProtectedIdentity)
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

/// What is known outside a file of whoever must not be named in what leaves of it.
#[derive(Default)]
pub(crate) struct Beside {
    /// Whoever a child's file protects, in every form they ever had.
    pub people: Vec<Person>,
    /// What was answered of forms that looked like somebody protected.
    pub answers: Vec<LeftoverAnswer>,
}

impl Beside {
    /// Reads it as the vault stands, or as it stood at a place of an origin. The protected are few, and found by an index.
    pub(crate) fn of(
        r: &Reader<'_>,
        is_here: impl Fn(PersonId) -> bool,
        until: Option<(OriginId, Seq)>,
    ) -> Result<Self> {
        let mut beside = Self::default();
        for person in flags::protecting(r, until)?.into_iter().filter(|person| !is_here(*person)) {
            beside.people.extend(forms_of(r, person, until)?);
        }
        let before = |origin: OriginId, at: Seq| until.is_none_or(|(own, to)| origin != own || at <= to);
        let answers = leftovers::all(r)?.into_iter().filter(|one| before(one.origin, one.sequence));
        beside.answers = answers.map(|one| one.record).collect();
        Ok(beside)
    }
}

/// Every form in which a person was recorded, the latest last.
fn forms_of(r: &Reader<'_>, person: PersonId, until: Option<(OriginId, Seq)>) -> Result<Vec<Person>> {
    let before =
        |header: &Header| until.is_none_or(|(own, to)| header.origin != own || header.sequence <= to);
    let form = |entry: ledger::Entry| match entry.content {
        Content::Known(payload) if before(&entry.header) => match *payload {
            Payload::PersonRecorded { person } | Payload::PersonAmended { person, .. } => Some(person),
            _ => None,
        },
        Content::Known(_) | Content::Newer { .. } | Content::Disposed | Content::Unreadable => None,
    };
    Ok(ledger::history(r, person)?.into_iter().filter_map(form).collect())
}

/// Who must not be named in what stands in no file.
pub(crate) fn protection_in_no_file(r: &Reader<'_>) -> Result<Protection> {
    let beside = Beside::of(r, |_| false, None)?;
    let circle = Circle {
        elsewhere: beside.people.iter().collect(),
        answers: beside.answers.iter().collect(),
        ..Circle::default()
    };
    Ok(Protection::of(&circle, &documents::called(language::of(r)?)))
}

/// Whoever wrote an entry here, as last recorded. It need not be who uses the vault now.
pub(crate) fn author(r: &Reader<'_>, id: PersonId) -> Result<Option<Practitioner>> {
    Ok(practitioner::all(r)?.into_iter().map(|one| one.record).find(|one| one.id == id))
}

/// What looks like somebody protected, as it is asked about.
pub(crate) fn leftover_views(r: &Reader<'_>, found: &Leftovers) -> Result<Vec<LeftoverView>> {
    let mut views = Vec::new();
    for one in found.groups() {
        views.push(LeftoverView {
            person: one.person,
            name: people::get(r, one.person)?.record.name,
            form: one.form.clone(),
            shown: one.shown.clone(),
            like: one.like,
            count: one.count,
        });
    }
    Ok(views)
}

/// Whoever uses the vault, with the numbers that stand ready in a file. An adviser who may be part of it is never
/// suggested: the front door is next (condition 8).
pub(crate) fn own(r: &Reader<'_>, family: &Family) -> Result<Practitioner> {
    let mut own = practitioner::current(r)?.record;
    if family.may_receive(Door::Share, &own.lead_name).is_err() {
        own.lead_name.clear();
        own.lead_phone.clear();
    }
    Ok(own)
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
