//! Information items, advice and disclosures of a file.

use sharewell_records::{
    Advice, AdviceId, CaseId, Disclosure, DisclosureId, Door, Duty, Followed, Item, ItemId, Mark, Moment,
    NotTo, Payload, PersonId, Settlement,
};
use sharewell_vault::{Access, Vault, cases, decisions, items, obligations, people, practitioner};

use crate::error::{Error, Problem, Result};
use crate::people::Family;
use crate::sharing::log::advice_payloads;
use crate::views::{DisclosureInput, ItemInput};
use crate::{input, store};

fn item(vault: &Vault, case: CaseId, id: ItemId, typed: &ItemInput, now: Moment) -> Result<Item> {
    let in_file: Vec<PersonId> = store::read(vault, |r| {
        Ok(people::of_case(r, case)?.into_iter().map(|person| person.record.id).collect())
    })?;
    if typed.about.iter().any(|person| !in_file.contains(person)) {
        return Err(Error::field("about", Problem::NotAnOption));
    }
    let by = input::name(&typed.by, "by")?;
    // A reported statement without its speaker cannot be judged by whoever reads it (S75).
    if typed.mark == Mark::Reported && by.is_empty() {
        return Err(Error::field("by", Problem::Missing));
    }
    Ok(Item {
        id,
        mark: typed.mark,
        source: typed.source,
        text: input::required(&typed.text, "text")?,
        by,
        about: in_file.into_iter().filter(|person| typed.about.contains(person)).collect(),
        occurred: input::occurred(&typed.occurred, now, "occurred")?,
        labels: input::names(&typed.labels, "labels")?,
    })
}

/// Writes an information item down. Gives its id.
///
/// # Errors
/// [`Error::Field`] for what is not as it must be.
pub fn add_item(vault: &mut Vault, case: CaseId, typed: ItemInput, now: Moment) -> Result<ItemId> {
    store::read(vault, |r| Ok(cases::get(r, case)?))?;
    let item = item(vault, case, store::item_id(now), &typed, now)?;
    let id = item.id;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::ItemRecorded { item }, &[])?;
        Ok(())
    })?;
    Ok(id)
}

/// The standing item of this file, and the entry that gave it.
fn standing(vault: &Vault, case: CaseId, id: ItemId) -> Result<sharewell_records::EntryId> {
    store::read(vault, |r| {
        let all = items::of_case(r, case)?;
        all.into_iter()
            .find(|item| item.record.id == id)
            .map(|item| item.entry)
            .ok_or(Error::NotFound { what: "item" })
    })
}

/// One item of a file as it stands, to be corrected or withdrawn.
///
/// # Errors
/// [`Error::NotFound`] where no such item stands in the file.
pub fn item_of(vault: &Vault, case: CaseId, id: ItemId) -> Result<Item> {
    store::read(vault, |r| {
        let all = items::of_case(r, case)?;
        all.into_iter()
            .find(|item| item.record.id == id)
            .map(|item| item.record)
            .ok_or(Error::NotFound { what: "item" })
    })
}

/// Corrects an item. Both forms stay to be seen.
///
/// # Errors
/// [`Error::Field`] without a reason, [`Error::NotFound`] where no such item stands.
pub fn amend_item(
    vault: &mut Vault,
    case: CaseId,
    id: ItemId,
    typed: ItemInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = standing(vault, case, id)?;
    let item = item(vault, case, id, &typed, now)?;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::ItemAmended { item, reason }, &[before])?;
        Ok(())
    })
}

/// Takes back an item that was recorded in error. It stays to be seen, with the reason.
///
/// # Errors
/// [`Error::Field`] without a reason, [`Error::NotFound`] where no such item stands.
pub fn withdraw_item(vault: &mut Vault, case: CaseId, id: ItemId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let before = standing(vault, case, id)?;
    store::write(vault, now, |w| {
        w.append(Some(case), &Payload::ItemWithdrawn { id, reason }, &[before])?;
        Ok(())
    })
}

/// To whom nothing of a file goes: whom a restricted one is about, a protected person by name, and whom a flag
/// forbids to tell. What has happened all the same is written down; whether it did is then the answer.
fn goes_to(family: &Family, who: &str, post: &str, field: &str, happened: bool) -> Result<bool> {
    match family.may_receive_at(Door::Share, who, post) {
        Ok(()) => Ok(false),
        Err(NotTo::Flagged(_)) if happened => Ok(true),
        Err(why) => Err(Error::field(field, why.into())),
    }
}

/// Limits that are told to a recipient name roles, never a protected person.
fn limits(family: &Family, typed: &str) -> Result<String> {
    let limits = input::text(typed, "limits")?;
    if family.protection().names_protected(&limits) {
        return Err(Error::field("limits", Problem::NamesProtected));
    }
    Ok(limits)
}

/// Records what left: to whom, why and how (S87), and gives its id. Where it rests on a decision, the duty to log it is closed.
///
/// # Errors
/// [`Error::Field`] for what is not as it must be; limits that name a protected person are refused, and a recipient whom a
/// flag forbids to tell until it is said that it has happened.
pub fn record_disclosure(
    vault: &mut Vault,
    case: CaseId,
    typed: DisclosureInput,
    now: Moment,
) -> Result<DisclosureId> {
    let mut basis = Vec::new();
    if let Some(decision) = typed.decision {
        let signed = store::read(vault, |r| Ok(decisions::get(r, decision)?))?;
        if signed.record.case != case {
            return Err(Error::field("decision", Problem::NotAnOption));
        }
        basis.push(signed.entry);
    }
    let family = store::read(vault, |r| Family::of(r, case))?;
    let (to, post) = (&typed.recipient, &typed.recipient_role);
    let against_a_flag = goes_to(&family, to, post, "recipient", typed.happened)?;
    let disclosure = Disclosure {
        id: DisclosureId(store::new_id(now)),
        decision: typed.decision,
        recipient: input::required_name(&typed.recipient, "recipient")?,
        recipient_role: input::name(&typed.recipient_role, "recipient_role")?,
        checked: input::text(&typed.checked, "checked")?,
        route: typed.route,
        what: input::required(&typed.what, "what")?,
        why: input::required(&typed.why, "why")?,
        limits: limits(&family, &typed.limits)?,
        at: now,
    };
    // Writing down what left is the duty to write it down.
    let due = match typed.decision {
        Some(decision) => store::read(vault, |r| {
            let all = obligations::of_decision(r, decision)?;
            let log = |row: &obligations::ObligationRow| row.obligation.duty == Duty::RecordDisclosure;
            Ok(all.into_iter().find(|row| log(row) && row.settled.is_none()))
        })?,
        None => None,
    };
    let (id, by) = (disclosure.id, store::read(vault, |r| Ok(practitioner::current(r)?))?.record.id);
    store::write(vault, now, |w| {
        let logged = w.append(Some(case), &Payload::DisclosureRecorded { disclosure }, &basis)?;
        if against_a_flag {
            w.log(now, Some(case), &Access::Overridden { by, what: format!("disclosure:{id}") })?;
        }
        if let Some(due) = due {
            let settlement = Settlement::Done { note: String::new() };
            let settled = Payload::ObligationSettled { id: due.obligation.id, settlement };
            w.append(due.case, &settled, &[due.entry, logged.id])?;
        }
        Ok(())
    })?;
    Ok(id)
}

/// Records advice that was asked for and given (A11). The id of the input is replaced by a new one.
///
/// # Errors
/// [`Error::Field`] for what is not as it must be.
pub fn record_advice(vault: &mut Vault, case: CaseId, typed: Advice, now: Moment) -> Result<AdviceId> {
    let family = store::read(vault, |r| Family::of(r, case))?;
    goes_to(&family, &typed.adviser, "", "adviser", false)?;
    let advice = Advice {
        id: AdviceId(store::new_id(now)),
        decision: typed.decision,
        adviser: input::required_name(&typed.adviser, "adviser")?,
        own_agency: typed.own_agency,
        named: typed.named,
        question: input::required(&typed.question, "question")?,
        answer: input::required(&typed.answer, "answer")?,
        followed: match &typed.followed {
            Followed::No { reason } => Followed::No { reason: input::reason(reason)? },
            Followed::Yes => Followed::Yes,
            Followed::NotYet => Followed::NotYet,
        },
        at: input::occurred(&typed.at, now, "at")?,
    };
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
