//! Files: finding, opening, correcting.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::finding::Wanted;
use sharewell_records::{Case, CaseId, Moment, Nation, Payload, PersonRole};
use sharewell_vault::{Reader, Vault, cases, drafts, joins, listed, people, practitioner, search, tallies};

use super::lines::{line_of, lines};
use super::same::same_number;
use crate::duties::number_to_check;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::views::{ChildLine, ChildrenOrder, ChildrenPage, NationWarning, NewCase};
use crate::words::Words;
use crate::{decide, directory, input, language, state, store};

/// In which order children are listed.
const ORDER: &str = "state:children_order";
/// How many files a list shows at a time.
const SHOWN: usize = 50;
/// How many files at most may also be meant.
const NEARLY: usize = 10;

/// The files, in the order that was chosen last; with a query only those in which somebody fits it, by the beginnings of
/// words. Those behind `after`, where it is given.
///
/// # Errors
/// [`Error::Fields`] where the query holds too much, [`Error::Vault`] where the vault refuses.
pub fn children(vault: &Vault, query: &str, after: Option<CaseId>, now: Moment) -> Result<ChildrenPage> {
    let query = input::name(query, "query")?;
    store::read(vault, |r| {
        let wanted = wanted(r, &query)?;
        let order = state::read(r, ORDER, "order of children")?.unwrap_or_default();
        let mut also = Vec::new();
        let instead = shown_in_place(r)?;
        let (rows, in_all) = match search::files(r, &wanted)? {
            None => {
                // A file that is shown as one with another stands in its place.
                let mut page = match order {
                    ChildrenOrder::ByChange => cases::page(r, after, SHOWN)?,
                    ChildrenOrder::ByName => listed::by_name(r, after, SHOWN)?,
                };
                page.retain(|row| !instead.contains_key(&row.case.record.id));
                (page, tallies::families(r)?.saturating_sub(instead.len() as u64))
            }
            Some(found) => {
                let mut seen = BTreeSet::new();
                let in_place = found.into_iter().map(|case| instead.get(&case).copied().unwrap_or(case));
                let mut found: Vec<CaseId> = in_place.filter(|case| seen.insert(*case)).collect();
                if order == ChildrenOrder::ByName {
                    found = listed::in_order(r, found)?;
                }
                let behind = after.and_then(|after| found.iter().position(|case| *case == after));
                let page = found.iter().skip(behind.map_or(0, |at| at + 1)).take(SHOWN);
                let rows = page.map(|case| Ok(cases::row(r, *case)?)).collect::<Result<_>>()?;
                if after.is_none() {
                    also = may_also_mean(r, &wanted, &found, now)?;
                }
                (rows, found.len() as u64)
            }
        };
        Ok(ChildrenPage { lines: lines(r, rows, now)?, order, in_all: store::small(in_all), also })
    })
}

/// The files that stand in no list, each with the one that is shown in its place.
fn shown_in_place(r: &Reader<'_>) -> Result<BTreeMap<CaseId, CaseId>> {
    Ok(joins::all(r)?.into_iter().map(|one| (one.record.other, one.record.kept)).collect())
}

/// The file that lists show for a file: another where the two are shown as one.
pub(crate) fn shown_for(r: &Reader<'_>, case: CaseId) -> Result<CaseId> {
    Ok(joins::of_case(r, case)?.map_or(case, |one| one.record.kept))
}

/// Keeps in which order children are listed from here on.
///
/// # Errors
/// [`Error::Vault`] where the vault refuses.
pub fn order_children(vault: &mut Vault, order: ChildrenOrder, now: Moment) -> Result<()> {
    store::keep(vault, &state::values(ORDER, "order of children", &order, now)?)
}

/// What is looked for, dates in the words of the vault's language.
pub(crate) fn wanted(r: &Reader<'_>, query: &str) -> Result<Wanted> {
    Ok(Wanted::read(query, Words::of(language::of(r)?).months()))
}

/// The files, other than those that were found, in which somebody's name is nearly what was typed.
pub(crate) fn may_also_mean(
    r: &Reader<'_>,
    wanted: &Wanted,
    found: &[CaseId],
    now: Moment,
) -> Result<Vec<ChildLine>> {
    let mut also: Vec<ChildLine> = Vec::new();
    for person in search::near(r, wanted, SHOWN)? {
        for case in people::cases_of(r, person)? {
            let case = shown_for(r, case)?;
            let known = found.contains(&case) || also.iter().any(|line| line.case == case);
            if !known && also.len() < NEARLY {
                also.extend(line_of(r, case, now)?);
            }
        }
    }
    Ok(also)
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
    let mut form = Form::of_past_days(vault, now)?;
    let child = input::person(&mut form, store::person_id(now), &new.child, None, now);
    let other = new.child.role.is_some_and(|role| role != PersonRole::Child);
    form.fault_if(other, "role", Problem::NotAnOption);
    let numbers = same_number(&mut form, vault, child.as_ref(), &new.child, now);
    let reference = form.name("reference", &new.reference);
    let reason = form.text("reason", &new.reason);
    let child = form.end(|| child)?;
    let case = Case { reference, reason, ..Case::family(store::case_id(now), child.id, new.nation) };
    let id = case.id;
    store::write(vault, now, |w| {
        w.append(Some(id), &Payload::CaseOpened { case }, &[])?;
        let child_id = child.id;
        let recorded = w.append(Some(id), &Payload::PersonRecorded { person: child }, &[])?;
        for _ in numbers {
            w.append(Some(id), &number_to_check(child_id, now), &[recorded.id])?;
        }
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
    seen: bool,
    now: Moment,
) -> Result<()> {
    let mut form = Form::new();
    let reference = form.name("reference", reference);
    let reason = form.reason("reason", reason);
    let warned = nation_warning(vault, case, nation)?.is_some();
    form.fault_if(warned && !seen, "seen", Problem::Missing);
    form.end(|| Some(()))?;
    let before = store::read(vault, |r| Ok(cases::get(r, case)?))?;
    let amended = Case { reference, nation, ..before.record };
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::CaseAmended { case: amended, reason }, &[before.entry])?;
        Ok(())
    })
}

/// What is told before a file is given another nation: whose numbers stay, and which begun decisions stop. None where
/// neither is so.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn nation_warning(vault: &Vault, case: CaseId, nation: Nation) -> Result<Option<NationWarning>> {
    store::read(vault, |r| {
        if cases::get(r, case)?.record.nation == nation {
            return Ok(None);
        }
        let own = practitioner::current(r)?.record.nation;
        let numbers = if own == nation { Vec::new() } else { directory::own(r, &[])? };
        let begun = store::small(drafts::of_case(r, decide::DRAFT_KIND, case)?.len() as u64);
        Ok((begun > 0 || !numbers.is_empty()).then_some(NationWarning { own, numbers, begun }))
    })
}
