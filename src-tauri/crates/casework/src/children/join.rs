//! Two files of one child: found, looked at side by side, shown as one, and parted again.
//!
//! Nothing is moved. Both stories are told together from then on, the flags of both bind, and what is written stands in
//! the file in which it is written: parted, each is what it would have been (practice.md 21).

use sharewell_records::{
    CaseId, Join, JoinId, Moment, NotJoined, Payload, Person, PersonId, against_joining,
};
use sharewell_vault::{Reader, Vault, cases, joins, people, search};

use super::lines::line_of;
use super::namesakes::{NAMESAKES, files_of_child};
use super::same::alike;
use crate::error::{Error, Problem, Result};
use crate::flagged;
use crate::input::{self, Form};
use crate::people::Family;
use crate::store;
use crate::views::{JoinAgainst, JoinInput, JoinPage, Joinable, JoinedFile};

/// The page on which two files of a child are brought together or parted.
///
/// # Errors
/// [`Error::NotFound`] where the file is about no child; [`Error::Vault`] where there is no such file.
pub fn joining(vault: &Vault, case: CaseId, now: Moment) -> Result<JoinPage> {
    store::read(vault, |r| {
        let (own, child) = file_and_child(r, case)?;
        let joined = beside(r, case)?;
        let mut possible = Vec::new();
        if joined.is_none() {
            for (person, number) in may_be(r, &child)? {
                for file in files_of_child(r, person.id)? {
                    let free = joins::of_case(r, file.id)?.is_none();
                    let Some(line) = line_of(r, file.id, now)?.filter(|_| free) else { continue };
                    let family = Family::of(r, file.id)?;
                    let against = against_joining((&own, &child), (&file, &person));
                    possible.push(Joinable {
                        line,
                        number,
                        against: against.into_iter().map(JoinAgainst::from).collect(),
                        flags: flagged::lines(&family),
                        name: person.name.clone(),
                        birth: person.birth.clone(),
                        // Whereabouts that are protected stand on the file's own page alone.
                        address: if family.protects() { String::new() } else { person.address.clone() },
                        identifiers: person.identifiers.clone(),
                    });
                }
            }
        }
        Ok(JoinPage {
            name: child.name,
            birth: child.birth,
            address: child.address,
            identifiers: child.identifiers,
            joined,
            possible,
        })
    })
}

/// Who else may be this child: by a number, by the name and the birth, or by the name alone.
fn may_be(r: &Reader<'_>, child: &Person) -> Result<Vec<(Person, bool)>> {
    let mut found = alike(r, child)?;
    for one in search::by_name(r, &child.name, None, NAMESAKES)? {
        if one.id != child.id && !found.iter().any(|(known, _)| known.id == one.id) {
            found.push((one, false));
        }
    }
    Ok(found)
}

/// A file, and the child whose it is.
fn file_and_child(r: &Reader<'_>, case: CaseId) -> Result<(sharewell_records::Case, Person)> {
    let file = cases::get(r, case)?.record;
    let child = people::find(r, file.child)?.map(|one| one.record).filter(|_| file.kind.has_child());
    Ok((file, child.ok_or(Error::NotFound { what: "child" })?))
}

/// The file that is shown as one with another; none where it stands alone.
pub(crate) fn beside(r: &Reader<'_>, case: CaseId) -> Result<Option<JoinedFile>> {
    let Some(join) = joins::of_case(r, case)? else { return Ok(None) };
    let Some(beside) = join.record.beside(case) else { return Ok(None) };
    let (file, child) = file_and_child(r, beside.case)?;
    let opened_at = cases::opened_at(r, beside.case)?.unwrap_or(join.recorded_at);
    let others = people::of_case(r, beside.case)?.into_iter().map(|one| one.record);
    let others = others.filter(|one| one.id != beside.theirs).map(|one| one.name).collect();
    Ok(Some(JoinedFile {
        join: join.record.id,
        case: beside.case,
        name: child.name,
        reference: file.reference,
        opened_at,
        kept: join.record.kept == case,
        people: others,
        shown: join.record.shown,
        since: join.recorded_at,
    }))
}

/// Shows two files as one. The file from which it was asked is the one that lists show.
///
/// # Errors
/// [`Error::Fields`] without what shows that it is one child, and for whatever vetoes it: numbers that differ, a
/// restricted file, one without a child, one that is shown with another already.
pub fn join_files(vault: &mut Vault, case: CaseId, typed: &JoinInput, now: Moment) -> Result<JoinId> {
    let mut form = Form::new();
    let shown = form.reason("shown", &typed.shown);
    let other = form.chosen("other", typed.other);
    let id = JoinId(store::new_id(now));
    let join = match other {
        Some(other) => form.take(store::read(vault, |r| checked(r, (id, shown), case, other))),
        None => None,
    };
    let (join, basis) = form.end(|| join)?;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::FilesJoined { join }, &basis)?;
        Ok(())
    })?;
    Ok(id)
}

/// What joins two files, with the entries that it builds on: those that gave both children their form.
fn checked(
    r: &Reader<'_>,
    (id, shown): (JoinId, String),
    kept: CaseId,
    other: CaseId,
) -> Result<(Join, Vec<sharewell_records::EntryId>)> {
    let no = || Error::field("other", Problem::NotAnOption);
    // A restricted file is none that could be named here, and nothing is said of it.
    if cases::get(r, other).map_err(|_| no())?.record.kind.is_restricted() {
        return Err(no());
    }
    let (one, child) = file_and_child(r, kept)?;
    let (file, same) = file_and_child(r, other).map_err(|_| no())?;
    let taken = joins::of_case(r, kept)?.is_some() || joins::of_case(r, other)?.is_some();
    let against = against_joining((&one, &child), (&file, &same));
    if taken || against.into_iter().any(NotJoined::vetoes) {
        return Err(no());
    }
    let entry = |person: PersonId| -> Result<Option<sharewell_records::EntryId>> {
        Ok(people::find(r, person)?.map(|one| one.entry))
    };
    let basis = entry(child.id)?.into_iter().chain(entry(same.id)?).collect();
    Ok((Join { id, kept, other, child: child.id, same: same.id, shown }, basis))
}

/// Shows two files apart again, each with what was written in it.
///
/// # Errors
/// [`Error::Fields`] without a reason; [`Error::NotFound`] where the file stands alone.
pub fn part_files(vault: &mut Vault, case: CaseId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let join = store::read(vault, |r| Ok(joins::of_case(r, case)?))?;
    let join = join.ok_or(Error::NotFound { what: "join" })?;
    store::write(vault, now, |w| {
        // It stands where the other one does.
        let parted = Payload::FilesParted { id: join.record.id, reason };
        w.append(Some(join.record.kept), &parted, &[join.entry])?;
        Ok(())
    })
}
