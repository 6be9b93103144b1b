//! The separate sheet on which alone the names of protected people stand.
//!
//! Every other paper calls them by a number and a part played. Whoever must reach them needs the names, so the sheet
//! is made by itself, by its own act, and travels by itself; it belongs to one file, whose papers use the same numbers.

use sharewell_documents as documents;
use sharewell_records::{Bound, CaseId, Door, FlagKind, Hidden, Person, PersonId, Protection, reachable};
use sharewell_vault::{Reader, flags};

use super::{Frame, file};
use crate::error::{Error, Result};
use crate::people::{self, Family};
use crate::restricted;
use crate::words::Words;

/// The sheet of a file, set as a PDF.
///
/// # Errors
/// [`Error::NobodyProtected`] where the file protects nobody: an empty sheet would say that somebody is.
pub(super) fn set(r: &Reader<'_>, case: CaseId, frame: &Frame) -> Result<Vec<u8>> {
    Ok(documents::restricted_sheet(&document(r, case, frame)?)?)
}

/// The sheet as values.
pub(super) fn document(r: &Reader<'_>, case: CaseId, frame: &Frame) -> Result<documents::RestrictedSheet> {
    let (family, words) = (Family::of(r, case)?, frame.words());
    let protection = family.protection(r)?;
    if protection.people().next().is_none() {
        return Err(Error::NobodyProtected);
    }
    let whys = Whys::read(r, case, words)?;
    let of_restricted = family.case.kind.is_restricted();
    let said = &words.sheet;
    Ok(documents::RestrictedSheet {
        sheet: documents::Sheet { limits: said.limits.clone(), ..frame.sheet(String::new(), Some(&family)) },
        belongs_to: belongs_to(r, &family, words)?,
        readers: if of_restricted { &said.readers_restricted } else { &said.readers }.clone(),
        reason: said.reason.clone(),
        people: people(&family, &protection, &whys, words),
        check: file::check(r, case, frame)?,
    })
}

/// The file by the number that its agency or this program gave it, never by a name.
fn belongs_to(r: &Reader<'_>, family: &Family, words: &Words) -> Result<String> {
    let said = &words.sheet;
    let reference = &family.case.reference;
    Ok(match restricted::number(r, family.case.id)? {
        Some(number) => said.of_restricted.fill(&[("number", &number.to_string())]),
        None if reference.is_empty() => said.of_check.clone(),
        None => said.of_file.fill(&[("reference", reference)]),
    })
}

fn people(
    family: &Family,
    protection: &Protection,
    whys: &Whys,
    words: &Words,
) -> Vec<documents::ProtectedPerson> {
    let one = |(id, called): (PersonId, &str)| {
        let person = family.person(id)?;
        let names: Vec<&str> = std::iter::once(&person.name)
            .chain(&person.also_known_as)
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        Some(documents::ProtectedPerson {
            role: called.to_owned(),
            name: words.list(&names),
            whereabouts: whereabouts(family, person),
            reach: reach(family, person, words),
            keep_from: keep_from(family, words),
            why: whys.of(id),
        })
    };
    protection.people().filter_map(one).collect()
}

/// The home of a person; where none is written down for them, that of somebody with whom they share it.
fn whereabouts(family: &Family, person: &Person) -> String {
    let at_home = family.shares_home_with(person.id).map(|other| &other.address);
    let known = std::iter::once(&person.address).chain(at_home).find(|address| !address.is_empty());
    known.cloned().unwrap_or_default()
}

/// The telephone number, unless another flag than the one that makes this sheet forbids it, and what every such flag
/// asks of whoever gets in touch.
fn reach(family: &Family, person: &Person, words: &Words) -> String {
    let kinds: Vec<FlagKind> =
        family.flags_binding(person.id).into_iter().filter(|kind| !keeps_apart(*kind)).collect();
    let (phone, _) = reachable(kinds.iter().copied(), Door::Print);
    let asks = kinds.iter().map(|kind| words.flag.fill(*kind, &[("person", &person.name)]));
    let known = phone.then(|| person.phone.clone());
    known.into_iter().chain(asks).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Everybody who is no reader; by name those of whom a restricted file says so.
fn keep_from(family: &Family, words: &Words) -> String {
    let kept = family.case.kept_from.iter().filter_map(|person| family.person(*person));
    let names: Vec<&str> = kept.map(|person| person.name.as_str()).collect();
    match names.is_empty() {
        true => words.sheet.everybody.clone(),
        false => words.sheet.everybody_and.fill(&[("names", &words.list(&names))]),
    }
}

/// Whether a flag is what puts a person on this sheet.
fn keeps_apart(kind: FlagKind) -> bool {
    kind.binds(Door::Print) == Bound::Hide(Hidden::Identity)
}

/// Why each person is protected: what was said when the flag was set, when and by whom.
struct Whys(Vec<(PersonId, String)>);

impl Whys {
    fn read(r: &Reader<'_>, case: CaseId, words: &Words) -> Result<Self> {
        let authors = people::authors(r)?;
        let why = |one: sharewell_vault::Recorded<sharewell_records::Flag>| {
            let by = authors.get(&one.author).cloned().unwrap_or_default();
            let since = words.list(&[&words.moment(one.recorded_at), &by]);
            (one.record.person, words.said(&since, &one.record.reason))
        };
        let apart = flags::of_case(r, case)?.into_iter().filter(|one| keeps_apart(one.record.kind));
        Ok(Self(apart.map(why).collect()))
    }

    fn of(&self, person: PersonId) -> String {
        let of_them = self.0.iter().filter(|(of, _)| *of == person);
        of_them.map(|(_, why)| why.as_str()).collect::<Vec<_>>().join("\n")
    }
}
