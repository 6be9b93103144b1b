//! Setting apart what was written into a child's file and belongs in a restricted one.
//!
//! It is stated again in the restricted file, with the day on which it was first written down, and stands in
//! the child's file no more: not on the page, in search, on paper or in a handover. What the decision used and
//! was not set apart stands in both.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::{
    Answer, CaseId, Decision, Duty, EmergencyId, EntryId, Extent, Item, ItemId, Moment, Occurred, Payload,
    Route, Separable, Settlement,
};
use sharewell_vault::{Content, Reader, Vault, Writer, cases, ledger, obligations};
use uuid::Uuid;

use crate::error::{Error, Problem, Result};
use crate::people::child_name_of;
use crate::views::{ApartKind, ApartLine};
use crate::words::Words;
use crate::{files, language, store};

/// Something in a child's file that can be set apart.
pub(crate) struct Thing {
    id: Uuid,
    /// As it stands.
    latest: Payload,
    /// Why it was withdrawn as recorded in error, where it was.
    withdrawn: Option<Payload>,
    /// Its entries there, and when each was written.
    entries: Vec<(EntryId, Moment)>,
    /// Whether it is stated in the restricted file already, and by which entry.
    stated: Option<(EntryId, Payload)>,
}

/// What a child's file holds that can be set apart into a restricted file: items, advice and disclosures that
/// rest on no decision signed there. The first that was written down first.
pub(crate) fn standing(r: &Reader<'_>, case: CaseId, beside: CaseId) -> Result<Vec<Thing>> {
    let mut things: Vec<Thing> = Vec::new();
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    for entry in files::entries_of(r, beside)? {
        let Content::Known(payload) = entry.content else { continue };
        let (Some(says), Some(id)) = (payload.separable(), payload.thing()) else { continue };
        let withdraws = match says {
            Separable::Withdrawn(_) | Separable::AttachmentWithdrawn(_) => true,
            Separable::Item(_)
            | Separable::Attachment(_)
            | Separable::Advice(_)
            | Separable::Disclosure(_) => false,
        };
        match places.get(&id).and_then(|at| things.get_mut(*at)) {
            Some(thing) => {
                thing.entries.push((entry.header.id, entry.header.recorded_at));
                if withdraws {
                    thing.withdrawn = Some(*payload);
                } else {
                    thing.latest = *payload;
                }
            }
            None => {
                places.insert(id, things.len());
                things.push(Thing {
                    id,
                    latest: *payload,
                    withdrawn: None,
                    entries: vec![(entry.header.id, entry.header.recorded_at)],
                    stated: None,
                });
            }
        }
    }
    for entry in files::entries_of(r, case)? {
        let Content::Known(payload) = entry.content else { continue };
        if let Some(item) = item_of(&payload)
            && let Some(thing) = places.get(&item.id.0).and_then(|at| things.get_mut(*at))
        {
            thing.stated = Some((entry.header.id, *payload));
        }
    }
    Ok(things)
}

/// What could be set apart into a restricted file, for the practitioner to look through.
///
/// # Errors
/// [`Error::Fields`] where the file is not a restricted one.
pub fn to_set_apart(vault: &Vault, case: CaseId) -> Result<Vec<ApartLine>> {
    store::read(vault, |r| {
        let (beside, words) = (beside_of(r, case)?, Words::of(language::of(r)?));
        let copied = ledger::copied_out(r, beside)?;
        let mut elsewhere: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        let standing = standing(r, case, beside)?;
        for thing in &standing {
            let here: BTreeSet<EntryId> = thing.entries.iter().map(|(entry, _)| *entry).collect();
            let out = copied.iter().filter(|(on, there)| here.contains(on) && *there != case);
            let mut files: BTreeSet<CaseId> = out.map(|(_, there)| *there).collect();
            for entry in &here {
                for on in ledger::get(r, *entry)?.header.basis {
                    files.extend(
                        ledger::get(r, on)?.header.case.filter(|from| *from != beside && *from != case),
                    );
                }
            }
            let names = files.into_iter().map(|file| child_name_of(r, file)).collect::<Result<_>>()?;
            elsewhere.insert(thing.id, names);
        }
        let line = |thing: &Thing| {
            let Told { kind, text, by, route, occurred } = told(&thing.latest, words)?;
            let (_, recorded_at) = *thing.entries.first()?;
            Some(ApartLine {
                thing: thing.id.to_string(),
                kind,
                text,
                by,
                route,
                occurred,
                recorded_at,
                used: thing.stated.is_some(),
                copies: elsewhere.get(&thing.id).cloned().unwrap_or_default(),
            })
        };
        Ok(standing.iter().filter_map(line).collect())
    })
}

/// A thing as it is looked through.
struct Told {
    kind: ApartKind,
    text: String,
    by: Vec<String>,
    route: Option<Route>,
    occurred: Occurred,
}

fn told(payload: &Payload, words: &Words) -> Option<Told> {
    Some(match payload.separable()? {
        Separable::Item(item) => Told {
            kind: ApartKind::Item,
            text: item.text.clone(),
            by: vec![item.by.clone()],
            route: None,
            occurred: item.occurred.clone(),
        },
        Separable::Attachment(paper) => Told {
            kind: ApartKind::Attachment,
            text: words.list(&[&paper.what, &paper.name]),
            by: vec![paper.from.clone(), paper.said_by.clone()],
            route: None,
            occurred: paper.came.clone(),
        },
        Separable::Withdrawn(_) | Separable::AttachmentWithdrawn(_) => return None,
        Separable::Advice(advice) => Told {
            kind: ApartKind::Advice,
            text: words.list(&[&advice.question, &advice.answer]),
            by: vec![advice.adviser.clone()],
            route: None,
            occurred: advice.at.clone(),
        },
        Separable::Disclosure(disclosure) => Told {
            kind: ApartKind::Disclosure,
            text: disclosure.what.clone(),
            by: vec![disclosure.recipient.clone(), disclosure.recipient_role.clone()],
            route: Some(disclosure.route),
            occurred: Occurred::Moment { at: disclosure.at },
        },
    })
}

fn beside_of(r: &Reader<'_>, case: CaseId) -> Result<CaseId> {
    let file = cases::get(r, case)?.record;
    file.beside.ok_or_else(|| Error::field("case", Problem::NotAnOption))
}

/// Sets what was chosen apart into a restricted file, and closes the duty to do so: the child's file was looked
/// through, also where nothing in it was chosen.
///
/// # Errors
/// [`Error::Fields`] where the file is not a restricted one; [`Error::NotFound`] where something chosen does not
/// stand in the child's file.
pub fn set_apart(vault: &mut Vault, case: CaseId, chosen: &[String], now: Moment) -> Result<()> {
    let chosen: BTreeSet<&str> = chosen.iter().map(String::as_str).collect();
    let (beside, things, duties) = store::read(vault, |r| {
        let beside = beside_of(r, case)?;
        let standing = standing(r, case, beside)?;
        let things: Vec<Thing> =
            standing.into_iter().filter(|thing| chosen.contains(thing.id.to_string().as_str())).collect();
        Ok((beside, things, open_duties(r, case)?))
    })?;
    if things.len() != chosen.len() {
        return Err(Error::NotFound { what: "note" });
    }
    store::write(vault, now, |w| {
        for thing in things {
            one(w, case, beside, thing)?;
        }
        close(w, &duties)
    })
}

fn one(w: &mut Writer<'_>, case: CaseId, from: CaseId, thing: Thing) -> Result<()> {
    let last: Vec<EntryId> = thing.entries.last().map(|(entry, _)| *entry).into_iter().collect();
    let again = stated_anew(thing.latest);
    let stated = match thing.stated {
        None => w.append(Some(case), &again, &last)?.id,
        // The decision stated it here. Where it was corrected since, the correction is stated as well.
        Some((stated, as_stated)) => {
            let corrected = item_of(&again)
                .filter(|item| item_of(&as_stated).is_some_and(|earlier| *item != earlier))
                .filter(|_| thing.withdrawn.is_none());
            match corrected {
                Some(item) => {
                    let amended = Payload::ItemAmended { item: item.clone(), reason: String::new() };
                    w.append(Some(case), &amended, &last)?.id
                }
                None => stated,
            }
        }
    };
    if let Some(withdrawn) = &thing.withdrawn {
        w.append(Some(case), withdrawn, &[stated])?;
    }
    apart(w, case, from, thing.id, stated, thing.entries)
}

/// A correction is stated as the thing itself: its earlier forms stay behind.
fn stated_anew(payload: Payload) -> Payload {
    let again = match payload.separable() {
        Some(Separable::Item(item)) => Some(Payload::ItemRecorded { item: item.clone() }),
        Some(Separable::Attachment(paper)) => Some(Payload::AttachmentAdded { attachment: paper.clone() }),
        Some(
            Separable::Withdrawn(_)
            | Separable::AttachmentWithdrawn(_)
            | Separable::Advice(_)
            | Separable::Disclosure(_),
        )
        | None => None,
    };
    again.unwrap_or(payload)
}

fn item_of(payload: &Payload) -> Option<&Item> {
    match payload.separable()? {
        Separable::Item(item) => Some(item),
        Separable::Withdrawn(_)
        | Separable::Attachment(_)
        | Separable::AttachmentWithdrawn(_)
        | Separable::Advice(_)
        | Separable::Disclosure(_) => None,
    }
}

/// The open duties of a restricted file to look through the child's.
fn open_duties(r: &Reader<'_>, case: CaseId) -> Result<Vec<obligations::ObligationRow>> {
    let open =
        |row: &obligations::ObligationRow| row.obligation.duty == Duty::SeparateFile && row.settled.is_none();
    Ok(obligations::of_case(r, case)?.into_iter().filter(open).collect())
}

fn close(w: &mut Writer<'_>, duties: &[obligations::ObligationRow]) -> Result<()> {
    for row in duties {
        let settlement = Settlement::Done { note: String::new() };
        let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
        w.append(row.case, &settled, &[row.entry])?;
    }
    Ok(())
}

/// Closes the duty where the child's file holds nothing to look through, and where it stands beside none.
pub(crate) fn close_if_nothing_to_set_apart(w: &mut Writer<'_>, case: CaseId) -> Result<()> {
    let (things, duties) = {
        let r = w.reader();
        let things = match cases::get(&r, case)?.record.beside {
            Some(beside) => standing(&r, case, beside)?,
            None => Vec::new(),
        };
        (things, open_duties(&r, case)?)
    };
    if things.is_empty() { close(w, &duties) } else { Ok(()) }
}

/// States the items that a decision speaks of in the restricted file into which it is signed, so that it can be
/// read there. Those that stand there already are left as they are.
pub(crate) fn state_again(
    w: &mut Writer<'_>,
    case: CaseId,
    decision: &Decision,
    known: &[(EntryId, Item)],
) -> Result<()> {
    let spoken_of: BTreeSet<ItemId> = decision
        .answers
        .iter()
        .filter_map(|one| if let Answer::Items { items, .. } = &one.answer { Some(items) } else { None })
        .flatten()
        .copied()
        .chain(decision.extent.iter().flat_map(Extent::leaving).map(|one| one.item))
        .collect();
    let there: BTreeSet<ItemId> = files::entries_of(&w.reader(), case)?
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Known(payload) => item_of(payload).map(|item| item.id),
            Content::Newer { .. } | Content::Disposed | Content::Unreadable => None,
        })
        .collect();
    for (entry, item) in known.iter().filter(|(_, item)| spoken_of.contains(&item.id)) {
        if !there.contains(&item.id) {
            w.append(Some(case), &Payload::ItemRecorded { item: item.clone() }, &[*entry])?;
        }
    }
    Ok(())
}

/// Sets an emergency and its duties apart from the child's file in which it was told. `stated` is the entry that
/// states it in the restricted file.
pub(crate) fn set_emergency_apart(
    w: &mut Writer<'_>,
    case: CaseId,
    from: CaseId,
    id: EmergencyId,
    stated: EntryId,
) -> Result<()> {
    let of_file = |r: &Reader<'_>, thing: Uuid| -> Result<Vec<(EntryId, Moment)>> {
        let all = ledger::history(r, thing)?.into_iter().map(|entry| entry.header);
        let there = all.filter(|header| header.case == Some(from));
        Ok(there.map(|header| (header.id, header.recorded_at)).collect())
    };
    let told = of_file(&w.reader(), id.0)?;
    let duties = obligations::of_emergency(&w.reader(), id)?;
    apart(w, case, from, id.0, stated, told)?;
    for row in duties.into_iter().filter(|row| row.case == Some(from)) {
        let entries = of_file(&w.reader(), row.obligation.id.0)?;
        let duty = Payload::ObligationAdded { obligation: row.obligation.clone() };
        let stated = w.append(Some(case), &duty, &[row.entry])?.id;
        apart(w, case, from, row.obligation.id.0, stated, entries)?;
    }
    Ok(())
}

fn apart(
    w: &mut Writer<'_>,
    case: CaseId,
    from: CaseId,
    thing: Uuid,
    stated: EntryId,
    entries: Vec<(EntryId, Moment)>,
) -> Result<()> {
    let Some(first_recorded) = entries.iter().map(|(_, at)| *at).min() else { return Ok(()) };
    let entries = entries.into_iter().map(|(entry, _)| entry).collect();
    w.append(Some(case), &Payload::SetApart { thing, from, stated, entries, first_recorded }, &[stated])?;
    Ok(())
}
