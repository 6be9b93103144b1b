//! A person, a home or a note, copied from a child's file into those of brothers and sisters.
//!
//! What is copied is a new entry there that builds on the one here, so that it says where it came from; neither file
//! follows the other afterwards. Nothing passes from or into a restricted file, and nothing that a flag keeps apart.

use sharewell_records::finding::same_name;
use sharewell_records::{
    Birth, CaseId, CaseKind, EntryId, Flag, FlagKind, Identifier, Item, Mark, Moment, Payload, Person,
    PersonId, PersonRole, Protection, RelationshipKind, meant, same_address,
};
use sharewell_vault::{Recorded, Vault, cases, items, people, search};

use super::lines::line_of;
use crate::error::{Error, Problem, Result};
use crate::input::{Form, at_most};
use crate::people::Family;
use crate::restricted::append_to_all;
use crate::views::{ChildLine, CopyInput, CopyPart, CopyPartView, CopyWhat, ToCopy};
use crate::words::Words;
use crate::{language, store};

/// What is copied, as it stands, with the entry that gave it.
enum Source {
    Person(Recorded<Person>),
    Home(Recorded<Person>),
    Note(Recorded<Item>),
}

/// A file from which something is copied.
struct From {
    family: Family,
    protection: Protection,
    source: Source,
}

impl From {
    fn read(vault: &Vault, case: CaseId, what: CopyWhat) -> Result<Self> {
        store::read(vault, |r| {
            let family = Family::of(r, case)?;
            let protection = family.protection(r)?;
            let person = |id: PersonId| -> Result<Recorded<Person>> {
                let all = people::of_case(r, case)?;
                all.into_iter().find(|one| one.record.id == id).ok_or(Error::NotFound { what: "person" })
            };
            let source = match what {
                CopyWhat::Person { id } => Source::Person(person(id)?),
                CopyWhat::Home { id } => Source::Home(person(id)?),
                CopyWhat::Note { id } => {
                    let all = items::of_case(r, case)?;
                    let found = all.into_iter().find(|one| one.record.id == id);
                    Source::Note(found.ok_or(Error::NotFound { what: "item" })?)
                }
            };
            Ok(Self { family, protection, source })
        })
    }

    /// What keeps it from being copied at all.
    fn kept(&self) -> Option<Problem> {
        if self.family.case.kind.is_restricted() {
            return Some(Problem::KeptFrom);
        }
        let protected = |id: PersonId| self.protection.label(id).is_some();
        let named = |texts: &[&str]| texts.iter().any(|text| self.protection.names_protected(text));
        let home = |one: &Person| {
            self.protection.home_kept_apart(one.id).is_some()
                || named(&[&one.address, one.no_fixed_address.as_deref().unwrap_or_default()])
        };
        let apart = match &self.source {
            Source::Person(one) => {
                let one = &one.record;
                let flags = self.flags(one.id);
                protected(one.id)
                    || home(one)
                    || named(&[&one.needs, &one.phone, &one.agency])
                    || one.also_known_as.iter().any(|name| named(&[name]))
                    || flags.iter().any(|flag| named(&[&flag.reason]))
            }
            // Nobody writes to a home to which nobody may post because a file says no more why.
            Source::Home(one) => {
                let binding = self.family.flags_binding(one.record.id);
                protected(one.record.id) || home(&one.record) || binding.contains(&FlagKind::DoNotPost)
            }
            Source::Note(item) => {
                let item = &item.record;
                item.about.iter().any(|one| protected(*one)) || {
                    let whole = serde_json::to_value(item).unwrap_or_default();
                    !self.protection.pieces(&whole).is_empty()
                }
            }
        };
        apart.then_some(Problem::NamesProtected)
    }

    fn flags(&self, id: PersonId) -> Vec<&Flag> {
        self.family.flags.iter().filter(|flag| flag.person == id).collect()
    }

    /// Whom a note concerns: those it is about, and whoever its text names.
    fn concerns(&self) -> Vec<String> {
        let Source::Note(item) = &self.source else { return Vec::new() };
        let (family, item) = (&self.family, &item.record);
        let text = format!("{} {}", item.text, item.by);
        let named = meant(family.case.child, &family.people, &family.ties, &text);
        let concerned =
            |one: &&Person| item.about.contains(&one.id) || named.iter().any(|other| other.id == one.id);
        family.people.iter().filter(concerned).map(|one| one.name.clone()).collect()
    }

    /// Everything that goes along besides the name or the note itself, or can.
    fn parts(&self, words: &Words) -> Vec<CopyPartView> {
        let said = |part, text: &str| {
            let there = !text.is_empty();
            there.then(|| CopyPartView { part, text: text.to_owned(), flag: None, names: vec![], goes: true })
        };
        let home = |one: &Person| {
            let reached = one.no_fixed_address.as_deref().unwrap_or_default();
            [said(CopyPart::Address, &one.address), said(CopyPart::NoFixedAddress, reached)]
        };
        match &self.source {
            Source::Home(one) => home(&one.record).into_iter().flatten().collect(),
            Source::Person(one) => {
                let one = &one.record;
                let listed = |all: Vec<&str>| words.list(&all);
                let names = listed(one.also_known_as.iter().map(String::as_str).collect());
                let numbers = one.identifiers.iter().map(Identifier::shown).collect::<Vec<_>>();
                let numbers = listed(numbers.iter().map(String::as_str).collect());
                let birth = if one.birth == Birth::Unknown { String::new() } else { words.birth(&one.birth) };
                let [address, reached] = home(one);
                let of_person = [
                    said(CopyPart::OtherNames, &names),
                    said(CopyPart::Birth, &birth),
                    said(CopyPart::Numbers, &numbers),
                    address,
                    reached,
                    said(CopyPart::Phone, &one.phone),
                    said(CopyPart::Agency, &one.agency),
                    said(CopyPart::Language, &one.language),
                    said(CopyPart::Needs, &one.needs),
                ];
                let flags = self.flags(one.id).into_iter().flat_map(|flag| self.flag_parts(one, flag));
                of_person.into_iter().flatten().chain(flags).collect()
            }
            Source::Note(item) => {
                let Item { by, mark, .. } = &item.record;
                let by = if *mark == Mark::Reported { "" } else { by };
                said(CopyPart::By, by).into_iter().collect()
            }
        }
    }

    /// A flag, and why it was set. A reason that names others of this file stays here unless somebody takes it along:
    /// it was written for those who read this file.
    fn flag_parts(&self, on: &Person, flag: &Flag) -> [CopyPartView; 2] {
        let family = &self.family;
        let named = meant(family.case.child, &family.people, &family.ties, &flag.reason);
        let others = named.iter().filter(|one| one.id != on.id);
        let names: Vec<String> = others.map(|one| one.name.clone()).collect();
        let (id, text) = (flag.id, String::new());
        [
            CopyPartView {
                part: CopyPart::Flag { id },
                text,
                flag: Some(flag.kind),
                names: vec![],
                goes: true,
            },
            CopyPartView {
                part: CopyPart::Reason { id },
                text: flag.reason.clone(),
                flag: None,
                goes: names.is_empty(),
                names,
            },
        ]
    }

    fn entry(&self) -> EntryId {
        match &self.source {
            Source::Person(one) | Source::Home(one) => one.entry,
            Source::Note(item) => item.entry,
        }
    }
}

/// What is about to be copied, for the practitioner to look at first, and the files of brothers and sisters.
///
/// # Errors
/// [`Error::NotFound`] where it does not stand in the file; [`Error::Fields`] where it is kept apart.
pub fn to_copy(vault: &Vault, case: CaseId, what: CopyWhat, now: Moment) -> Result<ToCopy> {
    let from = From::read(vault, case, what)?;
    if let Some(kept) = from.kept() {
        return Err(Error::field("what", kept));
    }
    let words = Words::of(store::read(vault, language::of)?);
    let (name, text, when, mark) = match &from.source {
        Source::Person(one) | Source::Home(one) => {
            (one.record.name.clone(), String::new(), String::new(), None)
        }
        Source::Note(item) => {
            let Item { by, text, occurred, mark, .. } = &item.record;
            (by.clone(), text.clone(), words.occurred(occurred), Some(*mark))
        }
    };
    let (parts, concerns) = (from.parts(words), from.concerns());
    Ok(ToCopy { name, text, when, mark, parts, concerns, likely: likely(vault, &from.family, now)? })
}

/// The files of whoever is recorded here as a brother or sister.
fn likely(vault: &Vault, family: &Family, now: Moment) -> Result<Vec<ChildLine>> {
    let sibling = |kind| {
        matches!(
            kind,
            RelationshipKind::Sibling | RelationshipKind::HalfSibling | RelationshipKind::StepSibling
        )
    };
    let child = family.case.child;
    let ties = family.ties.iter().filter(|tie| sibling(tie.kind) && (tie.from == child || tie.to == child));
    let siblings = ties.map(|tie| if tie.from == child { tie.to } else { tie.from });
    store::read(vault, |r| {
        let mut found: Vec<ChildLine> = Vec::new();
        for sibling in siblings.filter_map(|one| family.person(one)) {
            let wanted = super::wanted(r, &sibling.name)?;
            for case in search::files(r, &wanted)?.unwrap_or_default() {
                let new = case != family.case.id && !found.iter().any(|line| line.case == case);
                if let Some(line) =
                    line_of(r, case, now)?.filter(|line| new && same_name(&line.name, &sibling.name))
                {
                    found.push(line);
                }
            }
        }
        Ok(found)
    })
}

/// Copies it into each of the files that were chosen, in one write.
///
/// # Errors
/// [`Error::Fields`] where it is kept apart, where no file was chosen or one cannot take it, and where a note that
/// concerns others was not looked at; [`Error::NotFound`] where it does not stand in the file.
pub fn copy(vault: &mut Vault, case: CaseId, typed: &CopyInput, now: Moment) -> Result<()> {
    let from = From::read(vault, case, typed.what)?;
    // What stays where it is goes into no file, whichever was chosen.
    if let Some(kept) = from.kept() {
        return Err(Error::field("what", kept));
    }
    let mut form = Form::new();
    form.take(at_most(&typed.to, "to"));
    form.fault_if(typed.to.is_empty(), "to", Problem::Missing);
    // A home of which nothing goes along is none.
    let home = [CopyPart::Address, CopyPart::NoFixedAddress].into_iter().any(|part| typed.has(part));
    form.fault_if(matches!(from.source, Source::Home(_)) && !home, "with", Problem::Missing);
    form.fault_if(!typed.seen && !from.concerns().is_empty(), "seen", Problem::Missing);
    let mut files: Vec<(CaseId, Family)> = Vec::new();
    for to in &typed.to {
        let there = form.take(store::read(vault, |r| match cases::get(r, *to) {
            Ok(_) => Family::of(r, *to),
            Err(_) => Err(Error::field("to", Problem::NotAnOption)),
        }));
        let Some(there) = there else { continue };
        let twice = files.iter().any(|(one, _)| one == to);
        let strange = *to == case || there.case.kind != CaseKind::Family || !takes(&from.source, &there);
        if strange {
            form.fault_once("to", Problem::NotAnOption);
        } else if !twice {
            files.push((*to, there));
        }
    }
    let files = form.end(|| Some(files))?;
    let reason = store::read(vault, |r| Ok(Words::of(language::of(r)?).copied.clone()))?;
    let entries = files_entries(vault, &files)?;
    store::write(vault, now, |w| {
        for ((to, there), child) in files.into_iter().zip(entries) {
            match &from.source {
                Source::Person(one) => {
                    // What they are to the other child is not known yet: a parent here is nobody's parent there.
                    let role = match one.record.role {
                        PersonRole::Parent | PersonRole::Carer => PersonRole::OtherAdult,
                        role => role,
                    };
                    let person = with_parts(one.record.without_care(), &typed.with);
                    let person = Person { id: store::person_id(now), role, ..person };
                    let id = person.id;
                    let basis = [from.entry()];
                    let added = append_to_all(w, to, &Payload::PersonRecorded { person }, &basis)?;
                    let flags = from.flags(one.record.id).into_iter();
                    for flag in flags.filter(|flag| typed.has(CopyPart::Flag { id: flag.id })) {
                        let told = typed.has(CopyPart::Reason { id: flag.id });
                        let reason = if told { flag.reason.clone() } else { reason.clone() };
                        let flag = Flag { id: store::flag_id(now), person: id, reason, ..flag.clone() };
                        append_to_all(w, to, &Payload::FlagSet { flag }, &[added.id])?;
                    }
                }
                Source::Home(one) => {
                    let Some(own) = there.child() else { continue };
                    let Person { address, no_fixed_address, .. } =
                        with_parts(one.record.clone(), &typed.with);
                    let person = Person { address, no_fixed_address, ..own.clone() };
                    let amended = Payload::PersonAmended { person, reason: reason.clone() };
                    let basis: Vec<EntryId> = child.into_iter().chain([from.entry()]).collect();
                    append_to_all(w, to, &amended, &basis)?;
                }
                Source::Note(item) => {
                    let item = Item {
                        id: store::item_id(now),
                        about: known_there(&from.family, &item.record.about, &there),
                        visit: None,
                        by: match item.record.mark == Mark::Reported || typed.has(CopyPart::By) {
                            true => item.record.by.clone(),
                            false => String::new(),
                        },
                        ..item.record.clone()
                    };
                    w.append(Some(to), &Payload::ItemRecorded { item }, &[from.entry()])?;
                }
            }
        }
        Ok(())
    })
}

/// A person with the parts that go along, and without the others.
fn with_parts(person: Person, with: &[CopyPart]) -> Person {
    let has = |part| with.contains(&part);
    let text = |part, text: String| if has(part) { text } else { String::new() };
    Person {
        also_known_as: if has(CopyPart::OtherNames) { person.also_known_as } else { Vec::new() },
        birth: if has(CopyPart::Birth) { person.birth } else { Birth::Unknown },
        identifiers: if has(CopyPart::Numbers) { person.identifiers } else { Vec::new() },
        unknown_numbers: if has(CopyPart::Numbers) { person.unknown_numbers } else { Vec::new() },
        address: text(CopyPart::Address, person.address),
        no_fixed_address: person.no_fixed_address.filter(|_| has(CopyPart::NoFixedAddress)),
        phone: text(CopyPart::Phone, person.phone),
        agency: text(CopyPart::Agency, person.agency),
        language: text(CopyPart::Language, person.language),
        needs: text(CopyPart::Needs, person.needs),
        ..person
    }
}

/// The entry that gave the child of each file.
fn files_entries(vault: &Vault, files: &[(CaseId, Family)]) -> Result<Vec<Option<EntryId>>> {
    let child = |family: &Family| {
        store::read(vault, |r| Ok(people::find(r, family.case.child)?.map(|child| child.entry)))
    };
    files.iter().map(|(_, family)| child(family)).collect()
}

/// Whether a file can take it: nobody is recorded twice, and no home takes the place of another without being asked
/// who moves.
fn takes(source: &Source, there: &Family) -> bool {
    match source {
        Source::Person(one) => !there.people.iter().any(|other| alike(other, &one.record)),
        Source::Home(one) => there.child().is_some_and(|child| {
            let empty = child.address.is_empty() && child.no_fixed_address.is_none();
            let said = !one.record.address.is_empty() || one.record.no_fixed_address.is_some();
            said && empty && !same_address(&child.address, &one.record.address)
        }),
        Source::Note(_) => true,
    }
}

/// Whether two records are of one person, as far as two files can tell.
fn alike(one: &Person, other: &Person) -> bool {
    same_name(&one.name, &other.name) && (one.birth == other.birth || one.role == other.role)
}

/// Those of the other file whom a note is about.
fn known_there(from: &Family, about: &[PersonId], there: &Family) -> Vec<PersonId> {
    let known = |id: &PersonId| {
        let person = from.person(*id)?;
        there.people.iter().find(|other| alike(other, person)).map(|other| other.id)
    };
    about.iter().filter_map(known).collect()
}
