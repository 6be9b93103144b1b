//! A child in danger now (J2): told first, written up after.
//!
//! Nothing here ever refuses a share: no file, no recovery code, no guidance pack and no empty field stands
//! in its way. Two duties follow, and neither comes before the call: the write-up by the end of the next
//! working day, and the lead who hears of it today.

use std::collections::BTreeSet;
use std::path::Path;

use sharewell_guidance::practice::hours;
use sharewell_guidance::{Calendar, EMERGENCY_SERVICES, practice};
use sharewell_records::{
    Attempt, AttemptResult, CaseId, CheckedBy, Disclosure, DisclosureId, Duty, Emergency, EmergencyId,
    EmergencyWriteUp, Moment, Nation, Obligation, ObligationId, Payload, Practitioner, Route, Settlement,
    is_checked,
};
use sharewell_vault::{
    EmergencyNumber, Reader, Vault, cases, emergencies, ledger, obligations, practitioner,
};

use crate::error::{Error, Field, Problem, Result};
use crate::failure::FieldFailure;
use crate::guidance::serving;
use crate::input::{self, Form};
use crate::people::Family;
use crate::restricted::{self, Target};
use crate::sharing::log::verify_recipient;
use crate::views::{
    AttemptInput, EmergencyInput, EmergencyNumbers, EmergencyView, NamedNumber, NumberKind, WriteUpInput,
    WriteUpView,
};
use crate::{clock, directory, store};

/// The numbers of a practitioner, in the order in which they are rung while offices are open.
fn numbers_of(own: &Practitioner) -> Vec<NamedNumber> {
    let named = |kind: NumberKind, name: &str, number: &str| NamedNumber {
        kind,
        name: name.to_owned(),
        number: number.to_owned(),
    };
    let all = [
        named(NumberKind::Police, "", EMERGENCY_SERVICES),
        named(NumberKind::FrontDoor, &own.front_door_name, &own.front_door_phone),
        named(NumberKind::OutOfHours, &own.front_door_name, &own.out_of_hours_phone),
        named(NumberKind::Lead, &own.lead_name, &own.lead_phone),
    ];
    all.into_iter().filter(|one| !one.number.is_empty()).collect()
}

/// The same numbers as the lock screen keeps them: the kind, a colon, the name.
pub(crate) fn as_kept(own: &Practitioner) -> Vec<EmergencyNumber> {
    let kept = |one: NamedNumber| EmergencyNumber {
        label: format!("{}:{}", one.kind.word(), one.name),
        number: one.number,
    };
    numbers_of(own).into_iter().map(kept).collect()
}

/// Numbers for an emergency; those kept beside the vault while it is locked. The first is always 999; at night and on
/// days off the number that is answered then comes before that of the day.
///
/// # Errors
/// [`Error::Vault`] where the open vault refuses.
pub fn emergency_numbers(dir: &Path, vault: Option<&Vault>, now: Moment) -> Result<EmergencyNumbers> {
    // Nothing beside a locked vault says in which nation it is used.
    let mut open = hours::open_anywhere(now);
    let mut numbers = match vault {
        Some(vault) => {
            let own = store::read(vault, |r| Ok(practitioner::current(r)?))?.record;
            let carried = store::read(vault, |r| serving::for_day(r, own.nation, clock::day_of(now))).ok();
            let calendar =
                carried.map_or_else(|| Calendar::first(own.nation), |one| one.pack.calendar.clone());
            open = hours::open(now, &calendar);
            numbers_of(&own)
        }
        None => {
            let kept = sharewell_vault::emergency_numbers(dir).into_iter().map(|one| {
                let (kind, name) = one.label.split_once(':').unwrap_or(("", &one.label));
                NamedNumber { kind: NumberKind::of(kind), name: name.to_owned(), number: one.number.clone() }
            });
            // The file beside the vault can be edited by anybody; 999 is not taken from it.
            let police = NamedNumber {
                kind: NumberKind::Police,
                name: String::new(),
                number: EMERGENCY_SERVICES.to_owned(),
            };
            std::iter::once(police).chain(kept.filter(|one| one.kind != NumberKind::Police)).collect()
        }
    };
    if !open {
        numbers.sort_by_key(|one| match one.kind {
            NumberKind::Police => 0,
            NumberKind::OutOfHours => 1,
            NumberKind::FrontDoor | NumberKind::Lead | NumberKind::Other => 2,
        });
    }
    Ok(EmergencyNumbers { numbers })
}

fn attempts(form: &mut Form, typed: &[AttemptInput], now: Moment) -> Vec<Attempt> {
    form.take(input::at_most(typed, "attempts"));
    typed
        .iter()
        .take(input::MOST)
        .map(|one| Attempt {
            who: form.required_name("attempts", &one.who),
            number: form.name("attempts", &one.number),
            result: one.result,
            said: form.text("attempts", &one.said),
            at: one.at.unwrap_or(now),
        })
        .collect()
}

/// What is still to be said once somebody was told. A call is recorded whatever is not said yet.
fn gaps(emergency: &Emergency) -> Vec<FieldFailure> {
    let told = emergency.attempts.iter().any(|attempt| attempt.result == AttemptResult::Told);
    let mut gaps: Vec<(Field, Problem)> = Vec::new();
    if told && emergency.case.is_none() && emergency.child.is_empty() {
        gaps.push(("child".into(), Problem::Missing));
    }
    if told && emergency.told.is_empty() {
        gaps.push(("told".into(), Problem::Missing));
    }
    gaps.into_iter().map(FieldFailure::from).collect()
}

/// Records an emergency as it goes on, at every change. The first record brings its two duties.
///
/// # Errors
/// [`Error::Fields`] where something is too long; [`Error::AlreadySettled`] once it was written up.
pub fn record_emergency(
    vault: &mut Vault,
    id: Option<EmergencyId>,
    typed: EmergencyInput,
    now: Moment,
) -> Result<EmergencyView> {
    let mut form = Form::new();
    let emergency = Emergency {
        id: id.unwrap_or_else(|| EmergencyId(store::new_id(now))),
        case: typed.case,
        child: form.name("child", &typed.child),
        attempts: attempts(&mut form, &typed.attempts, now),
        told: form.text("told", &typed.told),
        others_at_risk: form.text("others_at_risk", &typed.others_at_risk),
        worker_safe: typed.worker_safe,
    };
    let emergency = form.end(|| Some(emergency))?;
    let (id, case) = (emergency.id, emergency.case);
    let before = store::read(vault, |r| match emergencies::get(r, id) {
        Ok(row) if row.written_up.is_some() => Err(Error::AlreadySettled),
        Ok(row) => Ok(Some(row.emergency)),
        Err(sharewell_vault::Error::NoSuch { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    })?;
    let unchanged = before.as_ref().is_some_and(|before| before.record == emergency);
    if unchanged {
        return self::emergency(vault, id);
    }
    let nation = store::read(vault, |r| nation_of(r, case))?;
    // Guidance that cannot be read never stops an emergency.
    let pack = store::read(vault, |r| serving::for_day(r, nation, clock::day_of(now))).ok();
    let duties = practice::emergency::duties(pack.as_deref().map(|carried| &carried.pack), nation, now);
    let duties = duties.into_iter().map(|one| Obligation {
        id: ObligationId(store::new_id(now)),
        decision: None,
        emergency: Some(id),
        duty: one.duty,
        key: one.key,
        person: None,
        due: one.due,
        settled: None,
    });
    let basis: Vec<_> = before.iter().map(|before| before.entry).collect();
    store::write(vault, now, |w| {
        let recorded = w.append(case, &Payload::EmergencyRecorded { emergency }, &basis)?;
        if before.is_none() {
            for obligation in duties {
                w.append(case, &Payload::ObligationAdded { obligation }, &[recorded.id])?;
            }
        }
        Ok(())
    })?;
    self::emergency(vault, id)
}

/// The nation whose working days count: that of the file, else the practitioner's.
fn nation_of(r: &Reader<'_>, case: Option<CaseId>) -> Result<Nation> {
    Ok(match case {
        Some(case) => cases::get(r, case)?.record.nation,
        None => practitioner::current(r)?.record.nation,
    })
}

/// An emergency.
///
/// # Errors
/// [`Error::Vault`] where there is none.
pub fn emergency(vault: &Vault, id: EmergencyId) -> Result<EmergencyView> {
    store::read(vault, |r| view(r, id))
}

pub(crate) fn view(r: &Reader<'_>, id: EmergencyId) -> Result<EmergencyView> {
    let row = emergencies::get(r, id)?;
    let emergency = row.emergency.record;
    let gaps = gaps(&emergency);
    let case = row.written_up.as_ref().map(|one| one.record.case).or(emergency.case);
    let first =
        ledger::history(r, id)?.first().map_or(row.emergency.recorded_at, |entry| entry.header.recorded_at);
    let due = obligations::of_emergency(r, id)?
        .into_iter()
        .find(|one| one.obligation.duty == Duty::WriteUp)
        .and_then(|one| one.obligation.due);
    Ok(EmergencyView {
        id,
        case,
        child: match case {
            Some(case) => Family::of(r, case)?.child_name(),
            None => emergency.child,
        },
        attempts: emergency.attempts,
        told: emergency.told,
        others_at_risk: emergency.others_at_risk,
        worker_safe: emergency.worker_safe,
        gaps,
        recorded_at: first,
        write_up_by: due.unwrap_or(first),
        write_up: row.written_up.map(|one| WriteUpView {
            account: one.record.account,
            why_urgent: one.record.why_urgent,
            explained: one.record.explained,
            held_back: one.record.held_back,
            at: one.recorded_at,
        }),
    })
}

/// Writes an emergency up. What was told is logged as a disclosure to each person who was reached, and the
/// duty to write it up is closed.
///
/// # Errors
/// [`Error::Fields`] for what is missing; [`Error::AlreadySettled`] where it was written up before.
pub fn write_up_emergency(
    vault: &mut Vault,
    id: EmergencyId,
    typed: WriteUpInput,
    now: Moment,
) -> Result<EmergencyView> {
    let row = store::read(vault, |r| Ok(emergencies::get(r, id)?))?;
    if row.written_up.is_some() {
        return Err(Error::AlreadySettled);
    }
    let mut form = Form::new();
    let case = form.chosen("case", typed.case);
    if let Some(case) = case {
        form.take(store::read(vault, |r| Ok(cases::get(r, case)?)));
    }
    // A file that was named when it was told stays the file it belongs to.
    let named = row.emergency.record.case;
    form.fault_if(case.is_some() && named.is_some() && named != case, "case", Problem::NotAnOption);
    let account = form.required("account", &typed.account);
    let why_urgent = form.required("why_urgent", &typed.why_urgent);
    let explained = form.required("explained", &typed.explained);
    let held_back = form.text("held_back", &typed.held_back);
    let mut write_up = form.end(|| {
        Some(EmergencyWriteUp { emergency: id, case: case?, account, why_urgent, explained, held_back })
    })?;
    let (case, childs) = (write_up.case, write_up.case);
    // About somebody who works with children, it is never written up in the child's file.
    let target = match typed.staff {
        true => Some(store::read(vault, |r| Target::of(r, case, typed.restricted_file, now))?),
        false => None,
    };
    let case = target.as_ref().map_or(case, |target| target.case);
    write_up.case = case;
    let emergency = row.emergency.record;
    // Whom somebody rang on a number that was looked up before is who they say; the others are still to be made sure of.
    let mut looked_up = BTreeSet::new();
    for attempt in &emergency.attempts {
        if store::read(vault, |r| directory::is_looked_up(r, &attempt.number, now))? {
            looked_up.insert(attempt.number.clone());
        }
    }
    let reached = emergency.attempts.iter().filter(|attempt| attempt.result == AttemptResult::Told);
    let left: Vec<Payload> = reached
        .map(|attempt| Payload::DisclosureRecorded {
            disclosure: Disclosure {
                id: DisclosureId(store::new_id(now)),
                decision: None,
                recipient: attempt.who.clone(),
                recipient_role: String::new(),
                check: looked_up.contains(&attempt.number).then_some(CheckedBy::RangBack),
                checked: String::new(),
                route: Route::Telephone,
                what: if emergency.told.is_empty() {
                    write_up.account.clone()
                } else {
                    emergency.told.clone()
                },
                why: write_up.why_urgent.clone(),
                limits: String::new(),
                at: attempt.at,
                extent: None,
            },
        })
        .collect();
    let unsure = left.iter().any(|one| match one {
        Payload::DisclosureRecorded { disclosure } => !is_checked(disclosure.check),
        _ => false,
    });
    let nation = store::read(vault, |r| nation_of(r, Some(childs)))?;
    let told_at = row.emergency.entry;
    let officer = match &target {
        Some(_) => store::read(vault, |r| officer_duties(r, childs, id, now))?,
        None => Vec::new(),
    };
    store::write(vault, now, |w| {
        if let Some(target) = &target {
            target.open(w)?;
        }
        // What was told before the file was known is stated in it, so that the file can be read by itself.
        let told_at = match emergency.case {
            Some(of) if of == case => told_at,
            Some(_) | None => {
                let told = Emergency { case: Some(case), ..emergency.clone() };
                w.append(Some(case), &Payload::EmergencyRecorded { emergency: told }, &[told_at])?.id
            }
        };
        for obligation in officer {
            w.append(Some(case), &Payload::ObligationAdded { obligation }, &[told_at])?;
        }
        if let Some(from) = emergency.case.filter(|from| *from != case) {
            restricted::set_emergency_apart(w, case, from, id, told_at)?;
        }
        let due = obligations::of_emergency(&w.reader(), id)?;
        let due = due.into_iter().find(|one| one.obligation.duty == Duty::WriteUp && one.settled.is_none());
        let written = w.append(Some(case), &Payload::EmergencyWrittenUp { write_up }, &[told_at])?;
        for payload in &left {
            w.append(Some(case), payload, &[written.id])?;
        }
        if unsure {
            w.append(Some(case), &verify_recipient(nation, Some(id), now), &[written.id])?;
        }
        if let Some(due) = due {
            let settlement = Settlement::Done { note: String::new() };
            let settled = Payload::ObligationSettled { id: due.obligation.id, settlement };
            w.append(due.case, &settled, &[due.entry, written.id])?;
        }
        if target.is_some() {
            restricted::close_if_nothing_to_set_apart(w, case)?;
        }
        Ok(())
    })?;
    emergency_view(vault, id)
}

/// What follows where somebody who works with children may be behind an emergency, as the nation's guidance has it;
/// nothing where none serves.
fn officer_duties(r: &Reader<'_>, case: CaseId, id: EmergencyId, now: Moment) -> Result<Vec<Obligation>> {
    let nation = nation_of(r, Some(case))?;
    let Ok(carried) = serving::for_day(r, nation, clock::day_of(now)) else { return Ok(Vec::new()) };
    Ok(practice::apart::duties(&carried.pack)
        .map(|one| Obligation {
            id: ObligationId(store::new_id(now)),
            decision: None,
            emergency: Some(id),
            duty: one.duty,
            key: one.id.clone(),
            person: None,
            due: one.deadline.and_then(|deadline| deadline.due(now, &carried.pack.calendar)),
            settled: None,
        })
        .collect())
}

fn emergency_view(vault: &Vault, id: EmergencyId) -> Result<EmergencyView> {
    store::read(vault, |r| view(r, id))
}
