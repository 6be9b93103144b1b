//! Restricted files: an allegation about somebody who works or volunteers with children (DESIGN, *Safe
//! practice*; WT23, WSP5, SCOT21 1.129), and an adult who may be a risk to children where no child is known.
//!
//! The file of an allegation stands beside a child's and is never part of it; an adult's stands beside none. It is in no list of children, in no search, in
//! no handover but its own, and a page that somebody may glance at names nobody of it. It says again what the
//! child's file says of the people, so that it can be read, checked and handed over alone. What is known of
//! these people is changed in the child's file, and written into both.

mod apart;
mod kept_from;

use std::collections::BTreeSet;

use sharewell_records::{Case, CaseId, CaseKind, Moment, Nation, Payload, PersonId, RelationshipId};
use sharewell_vault::{Reader, Vault, Writer, cases, flags, obligations, people, relationships};

use crate::error::{Error, Problem, Result};
use crate::guidance::{Wording, serving};
use crate::input::Form;
use crate::people::Family;
use crate::views::{RestrictedLine, RestrictedView};
use crate::{clock, language, store};

pub use apart::{set_apart, to_set_apart};
pub use kept_from::save_kept_from;

pub(crate) use apart::{close_if_nothing_to_set_apart, set_emergency_apart, state_again};

/// Every restricted file, or those beside one child's; the first that was opened first. No line names anybody.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn restricted_files(vault: &Vault, beside: Option<CaseId>, now: Moment) -> Result<Vec<RestrictedLine>> {
    store::read(vault, |r| lines(r, beside, now))
}

pub(crate) fn lines(r: &Reader<'_>, beside: Option<CaseId>, now: Moment) -> Result<Vec<RestrictedLine>> {
    let rows = match beside {
        None => cases::restricted(r)?,
        Some(child) => cases::beside(r, child)?
            .into_iter()
            .map(|case| Ok(cases::row(r, case)?))
            .collect::<Result<_>>()?,
    };
    let line = |row: cases::CaseRow| -> Result<RestrictedLine> {
        let case = row.case.record.id;
        Ok(RestrictedLine {
            case,
            number: number(r, case)?.unwrap_or(0),
            opened_at: cases::opened_at(r, case)?.unwrap_or(row.case.recorded_at),
            last_at: row.last_at,
            to_do: store::small(obligations::outstanding_in(r, case, now)?),
        })
    };
    rows.into_iter().map(line).collect()
}

/// The number by which a restricted file is called; none for a child's file.
pub(crate) fn number(r: &Reader<'_>, case: CaseId) -> Result<Option<u32>> {
    Ok(cases::restricted_number(r, case)?.map(store::small))
}

/// Opens a restricted file beside a child's.
///
/// # Errors
/// [`Error::Vault`] where there is no such file; [`Error::Fields`] where none is chosen, or it is a
/// restricted one itself.
pub fn open_restricted(vault: &mut Vault, beside: impl Into<Option<CaseId>>, now: Moment) -> Result<CaseId> {
    let mut form = Form::new();
    let beside = form.chosen("beside", beside.into());
    let beside = form.end(|| beside)?;
    let target = store::read(vault, |r| Target::of(r, beside, None, now))?;
    store::write(vault, now, |w| target.open(w))?;
    Ok(target.case)
}

/// The restricted file into which something is written, opened by the same write where it is new.
pub(crate) struct Target {
    /// The file.
    pub case: CaseId,
    opening: Vec<Payload>,
}

impl Target {
    /// A restricted file beside a child's: the chosen one, or a new one.
    pub(crate) fn of(r: &Reader<'_>, beside: CaseId, chosen: Option<CaseId>, now: Moment) -> Result<Self> {
        let family = Family::of(r, beside)?;
        if family.case.kind != CaseKind::Family {
            return Err(Error::field("case", Problem::NotAnOption));
        }
        if let Some(case) = chosen {
            if !cases::beside(r, beside)?.contains(&case) {
                return Err(Error::field("restricted_file", Problem::NotAnOption));
            }
            return Ok(Self { case, opening: Vec::new() });
        }
        let case = Case {
            kind: CaseKind::Allegation,
            beside: Some(beside),
            ..Case::family(store::case_id(now), family.case.child, family.case.nation)
        };
        let id = case.id;
        let people = family.people.into_iter().map(|person| Payload::PersonRecorded { person });
        let ties = family.ties.into_iter().map(|relationship| Payload::RelationshipRecorded { relationship });
        let flags = family.flags.into_iter().map(|flag| Payload::FlagSet { flag });
        let opened = std::iter::once(Payload::CaseOpened { case });
        Ok(Self { case: id, opening: opened.chain(people).chain(ties).chain(flags).collect() })
    }

    /// Opens it, where it is new.
    pub(crate) fn open(&self, w: &mut Writer<'_>) -> Result<()> {
        for payload in &self.opening {
            w.append(Some(self.case), payload, &[])?;
        }
        Ok(())
    }
}

/// Appends what changes about people of a child's file to that file and to each restricted one beside it.
pub(crate) fn append_to_all(
    w: &mut Writer<'_>,
    case: CaseId,
    payload: &Payload,
    basis: &[sharewell_records::EntryId],
) -> Result<sharewell_vault::Appended> {
    let first = w.append(Some(case), payload, basis)?;
    for also in cases::beside(&w.reader(), case)? {
        w.append(Some(also), payload, &[first.id])?;
    }
    Ok(first)
}

/// The people of a restricted file who stand in the child's file too: their details are changed there.
pub(crate) fn of_childs_file(r: &Reader<'_>, case: &Case) -> Result<BTreeSet<PersonId>> {
    let Some(beside) = case.beside else { return Ok(BTreeSet::new()) };
    Ok(people::of_case(r, beside)?.into_iter().map(|person| person.record.id).collect())
}

/// Refuses to change in a restricted file what is known of a person of the child's file.
pub(crate) fn only_here(r: &Reader<'_>, case: CaseId, person: PersonId) -> Result<()> {
    let case = cases::get(r, case)?.record;
    if of_childs_file(r, &case)?.contains(&person) { Err(Error::InChildsFile) } else { Ok(()) }
}

/// The same for a tie between two of them.
pub(crate) fn tie_only_here(r: &Reader<'_>, case: CaseId, tie: RelationshipId) -> Result<()> {
    let case = cases::get(r, case)?.record;
    let Some(beside) = case.beside else { return Ok(()) };
    let theirs = relationships::of_case(r, beside)?;
    if theirs.iter().any(|one| one.record.id == tie) { Err(Error::InChildsFile) } else { Ok(()) }
}

/// The same for a flag.
pub(crate) fn flag_only_here(r: &Reader<'_>, case: CaseId, flag: sharewell_records::FlagId) -> Result<()> {
    let case = cases::get(r, case)?.record;
    let Some(beside) = case.beside else { return Ok(()) };
    let theirs = flags::of_case(r, beside)?;
    if theirs.iter().any(|one| one.record.id == flag) { Err(Error::InChildsFile) } else { Ok(()) }
}

/// What a page shows of a restricted file besides what every file has; none for a child's file.
pub(crate) fn view(r: &Reader<'_>, family: &Family, now: Moment) -> Result<Option<RestrictedView>> {
    let case = &family.case;
    if !case.kind.is_restricted() {
        return Ok(None);
    }
    let to_set_apart = match case.beside {
        Some(beside) => apart::standing(r, case.id, beside)?.len() as u64,
        None => 0,
    };
    Ok(Some(RestrictedView {
        number: number(r, case.id)?.unwrap_or(0),
        beside: case.beside,
        officer: officer(r, case.nation, now),
        kept_from: case.kept_from.clone(),
        of_childs_file: of_childs_file(r, case)?.into_iter().collect(),
        to_set_apart: store::small(to_set_apart),
    }))
}

/// Whom the guidance of a nation names for allegations about staff. Empty where no guidance serves or can be read:
/// the file opens all the same.
fn officer(r: &Reader<'_>, nation: Nation, now: Moment) -> String {
    let read = || Ok::<_, Error>((serving::for_day(r, nation, clock::day_of(now))?, language::of(r)?));
    let officer = read().map(|(carried, language)| {
        Wording::new(&carried.pack, language).text("term.allegations_officer").to_owned()
    });
    officer.unwrap_or_default()
}
