//! Files: finding, opening, correcting.

use sharewell_records::{Birth, Case, CaseId, Moment, Nation, Payload, PersonRole};
use sharewell_vault::{Reader, Vault, cases, flags, obligations, practitioner, search, tallies};

use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::views::{ChildLine, ChildrenPage, NewCase};
use crate::{clock, input, store};

/// How many files a list shows at a time.
const SHOWN: usize = 50;

/// The lines of files, in the order given.
pub(crate) fn lines(r: &Reader<'_>, rows: Vec<cases::CaseRow>, now: Moment) -> Result<Vec<ChildLine>> {
    rows.into_iter().map(|row| line(r, row, now)).collect()
}

fn line(r: &Reader<'_>, row: cases::CaseRow, now: Moment) -> Result<ChildLine> {
    let case = row.case.record.id;
    let (name, birth) =
        row.child.map_or_else(|| (String::new(), Birth::Unknown), |child| (child.name, child.birth));
    Ok(ChildLine {
        case,
        name,
        age: input::age(&birth, clock::day_of(now)),
        birth,
        flagged: flags::any_in(r, case)?,
        last_kind: row.last_kind,
        last_at: row.last_at,
        to_do: store::small(obligations::outstanding_in(r, case)?),
    })
}

/// The line of one file; none for a restricted one.
pub(crate) fn line_of(r: &Reader<'_>, id: CaseId, now: Moment) -> Result<Option<ChildLine>> {
    let row = cases::row(r, id)?;
    (!row.case.record.kind.is_restricted()).then(|| line(r, row, now)).transpose()
}

/// The files, the one touched last first; with a query only those in which somebody fits it, by the beginnings of
/// words. Those behind `after`, where it is given.
///
/// # Errors
/// [`Error::Fields`] where the query holds too much, [`Error::Vault`] where the vault refuses.
pub fn children(vault: &Vault, query: &str, after: Option<CaseId>, now: Moment) -> Result<ChildrenPage> {
    let query = input::name(query, "query")?;
    store::read(vault, |r| {
        let (rows, in_all) = match search::files(r, &query)? {
            None => (cases::page(r, after, SHOWN)?, tallies::families(r)?),
            Some(found) => {
                let behind = after.and_then(|after| found.iter().position(|case| *case == after));
                let page = found.iter().skip(behind.map_or(0, |at| at + 1)).take(SHOWN);
                let rows = page.map(|case| Ok(cases::row(r, *case)?)).collect::<Result<_>>()?;
                (rows, found.len() as u64)
            }
        };
        Ok(ChildrenPage { lines: lines(r, rows, now)?, in_all: store::small(in_all) })
    })
}

/// Opens a file with its child.
///
/// # Errors
/// [`Error::RecoveryNotConfirmed`] until the recovery code was typed back (H3); [`Error::Fields`] for what is
/// not as it must be.
pub fn open_case(vault: &mut Vault, new: NewCase, now: Moment) -> Result<CaseId> {
    if store::read(vault, |r| Ok(practitioner::recovery_confirmed(r)?))?.is_none() {
        return Err(Error::RecoveryNotConfirmed);
    }
    let mut form = Form::new();
    let child = input::person(&mut form, store::person_id(now), &new.child, None, now);
    let other = new.child.role.is_some_and(|role| role != PersonRole::Child);
    form.fault_if(other, "role", Problem::NotAnOption);
    let reference = form.name("reference", &new.reference);
    let reason = form.text("reason", &new.reason);
    let child = form.end(|| child)?;
    let case = Case { reference, reason, ..Case::family(store::case_id(now), child.id, new.nation) };
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
/// [`Error::Fields`] without a reason, [`Error::Vault`] where there is no such file.
pub fn amend_case(
    vault: &mut Vault,
    case: CaseId,
    reference: &str,
    nation: Nation,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let mut form = Form::new();
    let reference = form.name("reference", reference);
    let reason = form.reason("reason", reason);
    form.end(|| Some(()))?;
    let before = store::read(vault, |r| Ok(cases::get(r, case)?))?;
    let amended = Case { reference, nation, ..before.record };
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::CaseAmended { case: amended, reason }, &[before.entry])?;
        Ok(())
    })
}
