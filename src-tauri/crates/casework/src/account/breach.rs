//! It went to the wrong person (`practice.md` 22): protect first, ask it back, the lead and the data protection officer
//! the same day, 72 hours from when it was known, and notes that hold only their reader's own matter (field case D8).

use std::collections::BTreeMap;

use sharewell_guidance::practice::breach;
use sharewell_records::{
    AccountNote, AccountNoteId, Became, DisclosureId, Door, Duty, FlagKind, Item, LogLine, LogState, Moment,
    Payload, PersonId, london_day,
};
use sharewell_vault::{Reader, Vault, accounts, disclosures, items, practitioner};

use super::follows::{Follows, left};
use super::log::share_of;
use crate::children::breach_duties;
use crate::copied::Copied;
use crate::error::{Error, Problem, Result};
use crate::flagged::{self, Named};
use crate::input::Form;
use crate::people::Family;
use crate::sharing::notices::Notice;
use crate::sharing::shares::reference;
use crate::views::{BreachNote, BreachReader, WrongPersonInput};
use crate::words::Words;
use crate::{language, store};

/// Writes down that something went to the wrong person. What has to be done stands among the duties at once; what was
/// closed by it is open again.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be; [`Error::AlreadySettled`] where that was written down.
pub fn wrong_person(
    vault: &mut Vault,
    id: DisclosureId,
    typed: &WrongPersonInput,
    now: Moment,
) -> Result<()> {
    let (line, case, family) = store::read(vault, |r| {
        let (line, case) = left(r, id)?;
        Ok((line, case, Family::of(r, case)?))
    })?;
    if line.state == LogState::Astray {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::of_past_days(vault, now)?;
    let danger = form.chosen("danger", typed.danger);
    let who = form.text("who", &typed.who);
    let aware = form.left("aware", typed.aware.as_ref(), now);
    // Nobody knew it before it left; of what was only made, it was known once it was made.
    let fits = aware.is_none_or(|aware| aware >= line.at);
    form.fault_if(!fits, "aware.day", Problem::BadDate);
    let (danger, note) = form.end(|| {
        let became = Became::WrongPerson { who, danger: danger?, aware: aware? };
        Some((
            danger?,
            AccountNote { id: AccountNoteId(store::new_id(now)), of: vec![id], at: aware?, became },
        ))
    })?;
    let known = note.at;
    let follows = store::read(vault, |r| Follows::of(r, id, case, line.decision, &note))?;
    let nation = family.case.nation;
    // Where nobody can be in danger by it there is nobody to protect first.
    let duties = breach_duties(nation, known, now).filter(|payload| danger.counts() || !protects(payload));
    let duties: Vec<Payload> = duties.chain([Notice::Recall(id).payload(now)]).collect();
    store::write(vault, now, |w| {
        let noted = w.append(Some(case), &Payload::AccountNoted { note }, &follows.basis)?;
        for duty in &duties {
            w.append(Some(case), duty, &[noted.id])?;
        }
        for (case, payload, entry) in follows.payloads() {
            w.append(*case, payload, &[*entry, noted.id])?;
        }
        Ok(())
    })
}

fn protects(payload: &Payload) -> bool {
    match payload {
        Payload::ObligationAdded { obligation } => obligation.duty == Duty::ProtectAfterBreach,
        _ => false,
    }
}

/// The notes about a breach: to whoever has it, to the data protection officer, and to each person whose matter it held.
/// Each holds its reader's own matter alone, and none names anybody of the file.
pub(super) fn notes(
    r: &Reader<'_>,
    id: DisclosureId,
    line: &LogLine,
    family: &Family,
) -> Result<Vec<BreachNote>> {
    let words = Words::of(language::of(r)?);
    let said = &words.account;
    let own = practitioner::current(r)?.record;
    let known = accounts::of_disclosure(r, id)?.into_iter().find_map(|one| match one.record.became {
        Became::WrongPerson { danger, aware, .. } => Some((danger, aware)),
        _ => None,
    });
    let Some((danger, aware)) = known else { return Ok(Vec::new()) };
    let day = words.day(london_day(line.at));
    let reference = reference(id);
    let matter = matter(r, id, family)?;
    let count = matter.count.to_string();
    let end = breach::duties(family.case.nation, aware)
        .into_iter()
        .find(|(duty, _)| *duty == Duty::ReportBreach)
        .and_then(|(_, due)| due);
    let route = disclosures::find(r, id)?.map(|one| words.route.of(one.record.route).to_owned());
    let plain = |to, text| BreachNote { to, name: String::new(), careful: Vec::new(), text };
    let mut notes = vec![
        plain(
            BreachReader::Holder,
            said.breach_holder.fill(&[("day", &day), ("reference", &reference), ("phone", &own.phone)]),
        ),
        plain(
            BreachReader::Officer,
            said.breach_officer.fill(&[
                ("day", &day),
                ("reference", &reference),
                ("route", &route.unwrap_or_default()),
                ("notes", &count),
                ("people", &matter.people.len().to_string()),
                ("aware", &words.moment(aware)),
                ("by", &words.moment_or_none(end)),
                ("danger", said.danger.of(danger)),
                ("phone", &own.phone),
            ]),
        ),
    ];
    for (person, held) in matter.people {
        let Some(one) = family.person(person) else { continue };
        let kept = keeps(family, person);
        let careful = flagged::careful(family, Named { person: Some(person), words: "", child: false });
        let text = said.breach_person.fill(&[
            ("day", &day),
            ("notes", &held.to_string()),
            ("reference", &reference),
            ("phone", &own.phone),
        ]);
        notes.push(BreachNote {
            to: BreachReader::Person { id: person },
            name: one.name.clone(),
            careful,
            text: if kept { String::new() } else { text },
        });
    }
    Ok(notes)
}

/// Whether a flag keeps anything from somebody: then no note to them is drafted.
fn keeps(family: &Family, person: PersonId) -> bool {
    let kinds = family.flags_binding(person);
    kinds.contains(&FlagKind::DoNotTell)
        || kinds.contains(&FlagKind::NoContact)
        || family.person(person).is_some_and(|one| family.may_receive(Door::Share, &one.name).is_err())
}

/// Whose matter something held.
struct Matter {
    /// How many notes.
    count: usize,
    /// Everybody of the file whom they are about, with how many; whom the file is about among them.
    people: BTreeMap<PersonId, usize>,
}

fn matter(r: &Reader<'_>, id: DisclosureId, family: &Family) -> Result<Matter> {
    let mut held: Vec<Item> = items::of_case(r, family.case.id)?.into_iter().map(|one| one.record).collect();
    if let Some(beside) = family.case.beside {
        held.extend(items::of_case(r, beside)?.into_iter().map(|one| one.record));
    }
    let left = disclosures::find(r, id)?.and_then(|one| one.record.extent);
    let share = share_of(r, id)?;
    let mut gone: Vec<_> = left.iter().flat_map(|extent| extent.leaving().map(|one| one.item)).collect();
    gone.extend(share.iter().flat_map(|one| one.record.manifest.items.iter().map(|item| item.item)));
    gone.sort_unstable();
    gone.dedup();
    let mut people = BTreeMap::new();
    for item in held.iter().filter(|item| gone.contains(&item.id)) {
        let there = item.visit.iter().flat_map(sharewell_records::Visit::people);
        let mut about: Vec<PersonId> = item.about.iter().copied().chain(there).collect();
        about.sort_unstable();
        about.dedup();
        for person in about {
            *people.entry(person).or_default() += 1;
        }
    }
    // What was said in words alone is about whom the file is about.
    if family.subject().is_some() {
        people.entry(family.case.child).or_default();
    }
    Ok(Matter { count: gone.len(), people })
}

/// One of the notes about a breach, to be copied.
///
/// # Errors
/// [`Error::NotFound`] where there is no such note, or a flag keeps it from its reader.
pub fn breach_note(vault: &mut Vault, id: DisclosureId, to: BreachReader, now: Moment) -> Result<Copied> {
    let (case, text) = store::read(vault, |r| {
        let (line, case) = left(r, id)?;
        let family = Family::of(r, case)?;
        let note = notes(r, id, &line, &family)?.into_iter().find(|note| note.to == to);
        let text = note.map(|note| note.text).filter(|text| !text.is_empty());
        Ok((case, text.ok_or(Error::NotFound { what: "note" })?))
    })?;
    Copied::of(vault, Some(case), now, format!("breach:{id}"), text)
}
