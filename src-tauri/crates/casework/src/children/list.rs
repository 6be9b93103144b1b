//! Files: finding, opening, correcting.

use std::collections::BTreeMap;

use sharewell_records::{Birth, Case, CaseId, Moment, Nation, Payload, PersonRole, fold};
use sharewell_vault::{Reader, Vault, cases, flags, people, practitioner, timeline};

use crate::error::{Error, Problem, Result};
use crate::views::{ChildLine, NewCase};
use crate::{clock, files, input, store};

fn line(
    r: &Reader<'_>,
    row: &cases::CaseRow,
    to_do: &BTreeMap<CaseId, u32>,
    now: Moment,
) -> Result<ChildLine> {
    let case = &row.case.record;
    let birth = row.child.as_ref().map_or(Birth::Unknown, |child| child.birth.clone());
    let last_kind = timeline::of_case(r, case.id, 1, None)?
        .into_iter()
        .next()
        .map_or_else(String::new, |entry| entry.header.kind);
    Ok(ChildLine {
        case: case.id,
        name: row.child.as_ref().map(|child| child.name.clone()).unwrap_or_default(),
        age: input::age(&birth, clock::day_of(now)),
        birth,
        flagged: !flags::of_case(r, case.id)?.is_empty(),
        last_kind,
        last_at: row.last_at,
        to_do: to_do.get(&case.id).copied().unwrap_or(0),
    })
}

/// The lines of every file for which `wanted` holds, the one touched last first.
pub(crate) fn lines(
    r: &Reader<'_>,
    now: Moment,
    most: usize,
    mut wanted: impl FnMut(&cases::CaseRow) -> Result<bool>,
) -> Result<Vec<ChildLine>> {
    let to_do = files::to_do(r)?;
    let mut lines = Vec::new();
    for row in cases::list(r)? {
        if lines.len() == most {
            break;
        }
        if wanted(&row)? {
            lines.push(line(r, &row, &to_do, now)?);
        }
    }
    Ok(lines)
}

/// The line of one file.
pub(crate) fn line_of(r: &Reader<'_>, id: CaseId, now: Moment) -> Result<Option<ChildLine>> {
    Ok(lines(r, now, 1, |row| Ok(row.case.record.id == id))?.into_iter().next())
}

/// Whether anybody in the file has a name, number or reference that holds the words.
fn holds(r: &Reader<'_>, row: &cases::CaseRow, words: &[String]) -> Result<bool> {
    let mut text = fold(&row.case.record.reference);
    for person in people::of_case(r, row.case.record.id)? {
        let person = person.record;
        let parts = std::iter::once(&person.name).chain(&person.also_known_as);
        for part in parts.chain(person.identifiers.iter().map(|identifier| &identifier.value)) {
            text.push(' ');
            text.push_str(&fold(part));
        }
    }
    Ok(words.iter().all(|word| text.contains(word.as_str())))
}

/// The files, the one touched last first; with a query only those in which somebody fits it.
///
/// # Errors
/// [`Error::Field`] where the query holds too much, [`Error::Vault`] where the vault refuses.
pub fn children(vault: &Vault, query: &str, now: Moment) -> Result<Vec<ChildLine>> {
    let words: Vec<String> =
        fold(&input::name(query, "query")?).split_whitespace().map(str::to_owned).collect();
    store::read(vault, |r| lines(r, now, usize::MAX, |row| Ok(words.is_empty() || holds(r, row, &words)?)))
}

/// Opens a file with its child.
///
/// # Errors
/// [`Error::RecoveryNotConfirmed`] until the recovery code was typed back (H3); [`Error::Field`] for what is
/// not as it must be.
pub fn open_case(vault: &mut Vault, new: NewCase, now: Moment) -> Result<CaseId> {
    if store::read(vault, |r| Ok(practitioner::recovery_confirmed(r)?))?.is_none() {
        return Err(Error::RecoveryNotConfirmed);
    }
    let child = input::person(store::person_id(now), &new.child, now)?;
    if child.role != PersonRole::Child {
        return Err(Error::field("role", Problem::NotAnOption));
    }
    let case = Case {
        reference: input::name(&new.reference, "reference")?,
        reason: input::text(&new.reason, "reason")?,
        ..Case::family(store::case_id(now), child.id, new.nation)
    };
    let id = case.id;
    store::write(vault, now, |w| {
        w.append(Some(id), &Payload::CaseOpened { case }, &[])?;
        w.append(Some(id), &Payload::PersonRecorded { person: child }, &[])?;
        Ok(())
    })?;
    Ok(id)
}

/// Corrects the details of a file.
///
/// # Errors
/// [`Error::Field`] without a reason, [`Error::Vault`] where there is no such file.
pub fn amend_case(
    vault: &mut Vault,
    case: CaseId,
    reference: &str,
    nation: Nation,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let reason = input::reason(reason)?;
    let reference = input::name(reference, "reference")?;
    let before = store::read(vault, |r| Ok(cases::get(r, case)?))?;
    let amended = Case { reference, nation, ..before.record };
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::CaseAmended { case: amended, reason }, &[before.entry])?;
        Ok(())
    })
}
