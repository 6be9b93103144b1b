//! Saying that a confirmation in writing was sent: it closes its duty, and stands in the log with what went along.

use sharewell_records::{
    CaseId, Disclosure, DisclosureId, Extent, Moment, ObligationId, Payload, Settlement, is_checked,
};
use sharewell_vault::{Reader, Vault, disclosures, obligations};

use super::basis::Basis;
use super::extent::{kept, key};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::sharing::closes::{Closed, by_what_left};
use crate::sharing::extent::{Chooser, Holding};
use crate::sharing::held::{agreed, held};
use crate::sharing::limits::Limits;
use crate::views::SentInput;
use crate::words::Words;
use crate::{clock, language, store};

/// Closes a duty to confirm in writing: somebody says that it is sent, when and how, and keeps the reference. What went
/// along, item by item, is recorded with it.
///
/// # Errors
/// [`Error::AlreadySettled`]; [`Error::Fields`] for what is not as it must be.
pub fn sent_referral(vault: &mut Vault, duty: ObligationId, typed: &SentInput, now: Moment) -> Result<()> {
    let words = Words::of(store::read(vault, language::of)?);
    let (row, (case, basis)) =
        store::read(vault, |r| Ok((obligations::get(r, duty)?, Basis::of_duty(r, duty, words)?)))?;
    if row.settled.is_some() {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::new();
    let at = form.left("at", typed.when.as_ref(), now);
    let route = form.chosen("route", typed.route);
    form.fault_if(route.is_some_and(|one| one.is_spoken()), "route", Problem::NotAnOption);
    let reference = form.name("reference", &typed.reference);
    let (at, route) = form.end(|| Some((at?, route?)))?;
    let sent = [("when", words.moment(at)), ("how", words.route.of(route).to_owned())];
    let sent = words.referral.sent.fill(&sent.each_ref().map(|(key, value)| (*key, value.as_str())));
    let note = match reference.is_empty() {
        true => sent,
        false => words.series(&[&sent, &words.referral.reference.fill(&[("reference", &reference)])]),
    };
    let why: Vec<&str> = basis.why.iter().map(|line| line.text.as_str()).collect();
    let mut disclosure = Disclosure {
        id: DisclosureId(store::new_id(now)),
        decision: basis.decision,
        recipient: basis.recipient.name.clone(),
        recipient_role: basis.recipient.role.clone(),
        check: None,
        checked: String::new(),
        route,
        what: words.list(&[words.duty.of(row.obligation.duty), &basis.said]),
        why: words.series(&why),
        limits: String::new(),
        at,
        extent: None,
    };
    let closed = store::read(vault, |r| {
        disclosure.extent = went(r, duty, &basis, case, now)?;
        if let Some(decision) = basis.decision {
            // Whoever was made sure of in the call is who the paper goes to.
            let told = disclosures::of_decision(r, decision)?.into_iter().map(|one| one.record);
            let told = told.filter(|one| one.recipient == disclosure.recipient && is_checked(one.check));
            disclosure.check = told.filter_map(|one| one.check).next();
        }
        by_what_left(r, &disclosure)
    })?;
    store::write(vault, now, |w| {
        let logged = w.append(Some(case), &Payload::DisclosureRecorded { disclosure }, &[])?;
        for Closed { row, settlement } in closed.into_iter().filter(|one| one.row.obligation.id != duty) {
            let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
            w.append(row.case, &settled, &[row.entry, logged.id])?;
        }
        let settlement = Settlement::Done { note };
        w.append(row.case, &Payload::ObligationSettled { id: duty, settlement }, &[row.entry, logged.id])?;
        w.delete_draft(&key(duty))?;
        Ok(())
    })
}

/// What of the file went along, in the words that stand in it; none where nobody chose.
fn went(
    r: &Reader<'_>,
    duty: ObligationId,
    basis: &Basis,
    case: CaseId,
    now: Moment,
) -> Result<Option<Extent>> {
    let family = Family::of(r, case)?;
    let recorded = held(r, &family)?;
    let holding = Holding::of(&recorded);
    let (consents, limits) = (agreed(r, &family, now)?, Limits::of(r, &family)?);
    let chooser = Chooser::of(&holding, &family, basis.chosen_for(&consents, &limits, clock::day_of(now)));
    let extent = chooser.standing(kept(r, duty, (case, basis))?.as_ref());
    Ok(extent.is_begun().then(|| chooser.only_what_may(extent)))
}
