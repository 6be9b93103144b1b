//! Which other agencies hold a record about the child, by which lawful route it is asked for and how. Nothing of what
//! stands in it is copied here.

use sharewell_records::{
    CaseId, Contact, ContactId, EntryId, HeldElsewhere, HeldElsewhereId, Moment, Payload,
};
use sharewell_vault::{Reader, Recorded, Vault, cases, contacts, elsewhere as stored};

use crate::error::{Error, Problem, Result};
use crate::flagged;
use crate::input::Form;
use crate::people::Family;
use crate::store;
use crate::views::{ElsewhereInput, ElsewhereRow, ElsewhereView};

/// The records of a file that other agencies hold, those that are held still first.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn elsewhere(vault: &Vault, case: CaseId) -> Result<ElsewhereView> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let mut rows =
            stored::of_case(r, case)?.into_iter().map(|one| row(r, one)).collect::<Result<Vec<_>>>()?;
        rows.sort_by_key(|row| row.ended);
        Ok(ElsewhereView { case, child: family.child_name(), flags: flagged::lines(&family), rows })
    })
}

fn row(r: &Reader<'_>, one: Recorded<HeldElsewhere>) -> Result<ElsewhereRow> {
    let it = one.record;
    let phone = match it.contact {
        Some(contact) => found(r, contact)?.map(|one| one.phone).unwrap_or_default(),
        None => String::new(),
    };
    Ok(ElsewhereRow {
        id: it.id,
        contact: it.contact,
        agency: it.agency,
        phone,
        kind: it.kind,
        words: it.words,
        route: it.route,
        how: it.how,
        last_contact: it.last_contact,
        ended: it.ended,
        reason: it.reason,
        recorded_at: one.recorded_at,
    })
}

/// Somebody of the directory; none who was taken out of it.
fn found(r: &Reader<'_>, contact: ContactId) -> Result<Option<Contact>> {
    match contacts::get(r, contact) {
        Ok(one) => Ok(Some(one.record)),
        Err(sharewell_vault::Error::NoSuch { .. }) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Writes down that another agency holds a record, or corrects what is known of one; gives its id.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::NotFound`] where there is no such record in this
/// file.
pub fn record_elsewhere(
    vault: &mut Vault,
    case: CaseId,
    id: Option<HeldElsewhereId>,
    typed: &ElsewhereInput,
    now: Moment,
) -> Result<HeldElsewhereId> {
    let before = store::read(vault, |r| {
        cases::get(r, case)?;
        let Some(id) = id else { return Ok(None) };
        let found = stored::of_case(r, case)?.into_iter().find(|one| one.record.id == id);
        found.map(Some).ok_or(Error::NotFound { what: "record" })
    })?;
    let mut form = Form::of_past_days(vault, now)?;
    let agency = form.required_name("agency", &typed.agency);
    let kind = form.chosen("kind", typed.kind);
    let words = form.text("words", &typed.words);
    let route = form.chosen("route", typed.route);
    let how = form.required("how", &typed.how);
    let last_contact = form.past_day("last_contact", &typed.last_contact, now);
    let reason = match before {
        Some(_) => form.reason("reason", &typed.reason),
        None => String::new(),
    };
    if let Some(contact) = typed.contact {
        let known = store::read(vault, |r| Ok(found(r, contact)?.is_some()))?;
        form.fault_if(!known, "agency", Problem::NotAnOption);
    }
    let held = form.end(|| {
        Some(HeldElsewhere {
            id: before.as_ref().map_or_else(|| HeldElsewhereId(store::new_id(now)), |one| one.record.id),
            contact: typed.contact,
            agency,
            kind: kind?,
            words,
            route: route?,
            how,
            last_contact,
            ended: typed.ended && before.is_some(),
            reason,
        })
    })?;
    let id = held.id;
    if before.as_ref().is_some_and(|one| !held.follows(Some(&one.record))) {
        // Nothing was changed: there is nothing to write down.
        return Ok(id);
    }
    let basis: Vec<EntryId> = before.into_iter().map(|one| one.entry).collect();
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::ElsewhereRecorded { held }, &basis)?;
        Ok(())
    })?;
    Ok(id)
}
