//! Information items, advice and disclosures of a file.

use sharewell_guidance::practice;
use sharewell_records::{
    Advice, AdviceId, CaseId, CheckedBy, Decision, Disclosure, DisclosureId, Door, Duty, Extent, Followed,
    Item, ItemId, ItemSource, Leftovers, Moment, Nation, NotTo, Obligation, ObligationId, Occurred, Payload,
    Recipient, Route, Visit, is_checked,
};
use sharewell_vault::{
    Access, Recorded, Vault, cases, decisions, items, obligations, practitioner, received,
};

use super::visits;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::{self as persons, Family};
use crate::sharing::closes::{Closed, by_what_left};
use crate::sharing::log::{advice_payloads, verify_recipient};
use crate::sharing::notices::{after_change, reads_otherwise};
use crate::views::{
    AdviceInput, CheckChoice, DisclosureInput, FollowedChoice, ItemInput, LeftoverView, LineInput, ShareKnown,
};
use crate::{input, store};

/// A statement as typed. What a line of a visit has in common with the others is corrected with the visit.
fn item(
    form: &mut Form,
    vault: &Vault,
    case: CaseId,
    (id, visit): (ItemId, Option<(ItemSource, Occurred, Visit)>),
    typed: &ItemInput,
    now: Moment,
) -> Option<Item> {
    let in_file = visits::in_file(form, vault, case);
    let ItemInput { mark, text, by, about, .. } = typed.clone();
    let line = LineInput { mark, text, by, about };
    let statement = visits::statement(form, &line, &in_file, str::to_owned);
    let (source, occurred, visit) = match visit {
        Some((source, occurred, visit)) => (Some(source), Some(occurred), Some(visit)),
        None => {
            let occurred = form.occurred("occurred", typed.occurred.as_ref(), now);
            (form.chosen("source", typed.source), occurred, None)
        }
    };
    let labels = form.names("labels", &typed.labels);
    let visits::Statement { mark, text, by, about } = statement?;
    Some(Item { id, mark, source: source?, text, by, about, occurred: occurred?, labels, visit })
}

/// Writes an information item down. Gives its id.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be.
pub fn add_item(vault: &mut Vault, case: CaseId, typed: ItemInput, now: Moment) -> Result<ItemId> {
    store::read(vault, |r| Ok(cases::get(r, case)?))?;
    let mut form = Form::of_past_days(vault, now)?;
    let item = item(&mut form, vault, case, (store::item_id(now), None), &typed, now);
    let item = form.end(|| item)?;
    let id = item.id;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::ItemRecorded { item }, &[])?;
        Ok(())
    })?;
    Ok(id)
}

/// The standing item of this file, and the entry that gave it.
fn standing(vault: &Vault, case: CaseId, id: ItemId) -> Result<Recorded<Item>> {
    store::read(vault, |r| {
        let all = items::of_case(r, case)?;
        all.into_iter().find(|item| item.record.id == id).ok_or(Error::NotFound { what: "item" })
    })
}

/// One item of a file as it stands, to be corrected or withdrawn.
///
/// # Errors
/// [`Error::NotFound`] where no such item stands in the file.
pub fn item_of(vault: &Vault, case: CaseId, id: ItemId) -> Result<Item> {
    Ok(standing(vault, case, id)?.record)
}

/// Corrects an item. Both forms stay to be seen.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such item stands.
pub fn amend_item(
    vault: &mut Vault,
    case: CaseId,
    id: ItemId,
    typed: ItemInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let before = standing(vault, case, id)?;
    let Item { source, occurred, visit, .. } = before.record.clone();
    let visit = visit.map(|visit| (source, occurred, visit));
    let mut form = Form::of_past_days(vault, now)?;
    let item = item(&mut form, vault, case, (id, visit), &typed, now);
    let told = store::read(vault, |r| Ok(received::of_case(r, case)?))?;
    let told = || told.iter().map(|one| &one.record).filter(|one| one.items.contains(&id));
    let gives_away = |text: &str| told().any(|one| one.is_given_away_by(text));
    form.fault_if(gives_away(&typed.text), "text", Problem::NamesProtected);
    form.fault_if(gives_away(&typed.by), "by", Problem::NamesProtected);
    let reason = form.reason("reason", reason);
    let item = form.end(|| item)?;
    let to_tell = match reads_otherwise(&before.record, &item) {
        true => store::read(vault, |r| after_change(r, [id.0], now))?,
        false => Vec::new(),
    };
    store::write(vault, now, |w| {
        let amended = w.append(Some(case), &Payload::ItemAmended { item, reason }, &[before.entry])?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[amended.id])?;
        }
        Ok(())
    })
}

/// Takes back an item that was recorded in error. It stays to be seen, with the reason.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::NotFound`] where no such item stands.
pub fn withdraw_item(vault: &mut Vault, case: CaseId, id: ItemId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = standing(vault, case, id)?.entry;
    let to_tell = store::read(vault, |r| after_change(r, [id.0], now))?;
    store::write(vault, now, |w| {
        let withdrawn = w.append(Some(case), &Payload::ItemWithdrawn { id, reason }, &[before])?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[withdrawn.id])?;
        }
        Ok(())
    })
}

/// To whom nothing of a file goes: whom a restricted one is about, a protected person by name, and whom a flag
/// forbids to tell. What has happened all the same is written down; whether it did is then the answer.
pub(crate) fn goes_to(
    family: &Family,
    (who, post): (&str, &str),
    route: Option<Route>,
    field: &str,
    happened: bool,
) -> Result<bool> {
    let judged = family.may_receive_at(Door::Share, who, post);
    if let Err(why @ (NotTo::KeptFrom | NotTo::NamesProtected)) = judged {
        return Err(Error::field(field, why.into()));
    }
    match judged.is_err() || family.forbids_to_reach(who, post, route) {
        true if !happened => Err(Error::field(field, Problem::Flagged)),
        against_a_flag => Ok(against_a_flag),
    }
}

/// The duties of a breach that is known since a moment, where something reached somebody who was not to have it.
pub(crate) fn breach_duties(nation: Nation, known: Moment, now: Moment) -> impl Iterator<Item = Payload> {
    practice::breach::duties(nation, known).into_iter().map(move |(duty, due)| Payload::ObligationAdded {
        obligation: Obligation {
            id: ObligationId(store::new_id(now)),
            decision: None,
            emergency: None,
            duty,
            key: duty.word().to_owned(),
            person: None,
            due,
            settled: None,
        },
    })
}

/// Every way in which somebody may have made sure of a recipient, the one to choose first.
#[must_use]
pub fn identity_checks() -> Vec<CheckChoice> {
    CheckedBy::ALL.into_iter().map(|by| CheckChoice { by, is_a_check: by.is_a_check() }).collect()
}

/// What the signed decisions of a file say of the shares that rest on them, the newest first: what is known need not be
/// typed again. How somebody made sure of the recipient, and which limits were told, is no decision's to say.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn shares_to_record(vault: &Vault, case: CaseId) -> Result<Vec<ShareKnown>> {
    store::read(vault, |r| {
        let known = |signed: Recorded<Decision>| {
            let (id, signed_at, decision) = (signed.record.id, signed.recorded_at, signed.record);
            let duties = obligations::of_decision(r, id)?;
            let log = |row: &obligations::ObligationRow| row.obligation.duty == Duty::RecordDisclosure;
            let Recipient { name, role, reach } = decision.recipient;
            let route = is_telephone(&reach).then_some(Route::Telephone);
            Ok(ShareKnown {
                decision: id,
                decided: decision.decided,
                signed_at,
                recipient: name,
                recipient_role: role,
                reach,
                what: decision.what,
                why: decision.reasons,
                route,
                goes: decision.extent.as_ref().map(Extent::count),
                open: duties.iter().any(|row| log(row) && row.settled.is_none()),
            })
        };
        decisions::of_case(r, case)?.into_iter().map(known).collect()
    })
}

/// Whether what was noted to reach somebody is a telephone number, whatever is said beside it.
fn is_telephone(reach: &str) -> bool {
    !reach.contains('@') && reach.chars().filter(char::is_ascii_digit).count() >= 8
}

/// Whether it is asked of a share that it names somebody protected: not where it was spoken.
fn asks_of_names(route: Option<Route>) -> bool {
    !route.is_some_and(Route::is_spoken)
}

/// What in the record of a share looks like somebody protected: asked before it is saved, each once. Nothing is asked
/// of what was said aloud.
///
/// # Errors
/// [`Error::Vault`] where there is no such file.
pub fn leftovers_in_share(vault: &Vault, case: CaseId, typed: &DisclosureInput) -> Result<Vec<LeftoverView>> {
    if !asks_of_names(typed.route) {
        return Ok(Vec::new());
    }
    store::read(vault, |r| {
        let protection = Family::of(r, case)?.protection(r)?;
        let mut found = Leftovers::default();
        for text in [&typed.recipient, &typed.recipient_role, &typed.checked, &typed.what, &typed.why] {
            protection.look_over(&protection.scrub(text), &mut found);
        }
        persons::leftover_views(r, &found)
    })
}

/// Records what left: to whom, why and how (S87), and gives its id. Where it rests on a decision, the duty to log it is closed.
/// Where it reached somebody from whom a flag was to keep it, the duties of a breach follow with it.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be; limits that name a protected person are refused, and a recipient whom a
/// flag forbids to tell until it is said that it has happened, or, where that is not sure, that it is somebody else.
pub fn record_disclosure(
    vault: &mut Vault,
    case: CaseId,
    typed: DisclosureInput,
    now: Moment,
) -> Result<DisclosureId> {
    let family = store::read(vault, |r| Family::of(r, case))?;
    let mut form = Form::of_past_days(vault, now)?;
    let (mut basis, mut extent) = (Vec::new(), None);
    if let Some(decision) = typed.decision {
        let signed = store::read(vault, |r| Ok(decisions::get(r, decision)?))?;
        form.fault_if(signed.record.case != case, "decision", Problem::NotAnOption);
        basis.push(signed.entry);
        extent = signed.record.extent.filter(|_| typed.as_decided);
    }
    form.fault_if(typed.as_decided && extent.is_none(), "as_decided", Problem::NotAnOption);
    let recipient = form.required_name("recipient", &typed.recipient);
    let (to, post) = (&typed.recipient, &typed.recipient_role);
    let against_a_flag = form.take(goes_to(&family, (to, post), typed.route, "recipient", typed.happened));
    // What only looks like somebody is asked, and never where a child is in danger.
    let asks = against_a_flag == Some(false) && !typed.somebody_else && !typed.in_danger;
    let may_be_them = asks && family.may_be_forbidden(to, post, typed.route);
    form.fault_if(may_be_them && !typed.happened, "somebody_else", Problem::Flagged);
    let against_a_flag = against_a_flag.map(|against| against || may_be_them);
    let recipient_role = form.name("recipient_role", post);
    let at = form.left("at", typed.when.as_ref(), now);
    let sure = is_checked(typed.check);
    let why_not = if typed.check.is_none() { Problem::Missing } else { Problem::NoCheck };
    // What has gone to somebody it was to be kept from is written down as it was: with what a breach asks for.
    form.fault_if(!sure && !typed.in_danger && !typed.happened, "check", why_not);
    let checked = form.text("checked", &typed.checked);
    let route = form.chosen("route", typed.route);
    let what = form.required("what", &typed.what);
    let why = form.required("why", &typed.why);
    let limits = form.text("limits", &typed.limits);
    // Limits that are told to a recipient name roles, never a protected person.
    let protection = store::read(vault, |r| family.protection(r))?;
    form.fault_if(protection.names_protected(&limits), "limits", Problem::NamesProtected);
    // What was said aloud is said. What was written names a protected person because somebody meant it to.
    let texts = [to, post, &typed.checked, &typed.what, &typed.why];
    form.fault_if(
        !typed.names_meant && asks_of_names(typed.route) && protection.names_any(texts),
        "names_meant",
        Problem::NamesProtected,
    );
    let (disclosure, against_a_flag) = form.end(|| {
        let disclosure = Disclosure {
            id: DisclosureId(store::new_id(now)),
            decision: typed.decision,
            recipient,
            recipient_role,
            check: typed.check,
            checked,
            route: route?,
            what,
            why,
            limits,
            at: at?,
            extent,
        };
        Some((disclosure, against_a_flag?))
    })?;
    let open = match typed.decision {
        Some(decision) => store::read(vault, |r| Ok(obligations::of_decision(r, decision)?))?,
        None => Vec::new(),
    };
    let open = |duty| open.iter().find(|row| row.obligation.duty == duty && row.settled.is_none());
    // What the record shows to be done is done: writing down what left, and what it says was told or sent.
    let closed = store::read(vault, |r| by_what_left(r, &disclosure))?;
    // Who it was is still to be made sure of, and stays to be done.
    let unsure = (!sure && open(Duty::VerifyRecipient).is_none())
        .then(|| verify_recipient(family.case.nation, None, now));
    let (id, by) = (disclosure.id, store::read(vault, |r| Ok(practitioner::current(r)?))?.record.id);
    store::write(vault, now, |w| {
        let logged = w.append(Some(case), &Payload::DisclosureRecorded { disclosure }, &basis)?;
        if against_a_flag {
            for duty in breach_duties(family.case.nation, now, now) {
                w.append(Some(case), &duty, &[logged.id])?;
            }
            w.log(now, Some(case), &Access::Overridden { by, what: format!("disclosure:{id}") })?;
        }
        if let Some(unsure) = &unsure {
            w.append(Some(case), unsure, &[logged.id])?;
        }
        for Closed { row, settlement } in closed {
            let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
            w.append(row.case, &settled, &[row.entry, logged.id])?;
        }
        Ok(())
    })?;
    Ok(id)
}

/// Records advice that was asked for and given outside a decision (A11), and gives its id. Somebody outside the agency
/// to whom the child was named was told of the child: that is recorded as a disclosure as well.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be.
pub fn record_advice(vault: &mut Vault, case: CaseId, typed: &AdviceInput, now: Moment) -> Result<AdviceId> {
    let family = store::read(vault, |r| Family::of(r, case))?;
    let mut form = Form::of_past_days(vault, now)?;
    let adviser = form.required_name("adviser", &typed.adviser);
    form.take(goes_to(&family, (&typed.adviser, ""), None, "adviser", false));
    let own_agency = form.chosen("own_agency", typed.own_agency);
    let named = form.chosen("named", typed.named);
    let question = form.required("question", &typed.question);
    let answer = form.required("answer", &typed.answer);
    let at = form.occurred("at", typed.at.as_ref(), now);
    let followed = match form.chosen("followed", typed.followed) {
        Some(FollowedChoice::No) => Some(Followed::No { reason: form.reason("reason", &typed.reason) }),
        Some(FollowedChoice::Yes) => Some(Followed::Yes),
        Some(FollowedChoice::NotYet) => Some(Followed::NotYet),
        None => None,
    };
    let advice = form.end(|| {
        Some(Advice {
            id: AdviceId(store::new_id(now)),
            decision: None,
            adviser,
            own_agency: own_agency?,
            named: named?,
            question,
            answer,
            followed: followed?,
            at: at?,
        })
    })?;
    let id = advice.id;
    let payloads = advice_payloads(advice, now);
    store::write(vault, now, |w| {
        for payload in &payloads {
            w.append(Some(case), payload, &[])?;
        }
        Ok(())
    })?;
    Ok(id)
}
