//! How a call ended: one record, with what it closes and what left by it.

use sharewell_guidance::practice::call;
use sharewell_records::{
    Call, CallEnd, CallId, DecisionId, Duty, Moment, NumberFound, Payload, Route, Settlement, is_checked,
    london_at, read_time,
};
use sharewell_vault::{Reader, Vault};

use super::about::About;
use super::{rungs, say};
use crate::children::goes_to;
use crate::error::{Problem, Result};
use crate::failure::FieldFailure;
use crate::guidance::Wording;
use crate::input::{self, Form};
use crate::sharing::calls::{self, Said};
use crate::sharing::closes::by_what_left;
use crate::sharing::log::verify_recipient;
use crate::views::{CallEndSort, CallInput, CallView, DutyState, RungSort, RungView, SayLine, SayPart};
use crate::words::Words;
use crate::{clock, decide, language, store};

/// How far back a time of day is meant that would be to come: somebody writes down shortly after midnight what was
/// before it.
const HOURS_BACK: i64 = 6;
/// How many minutes a clock may run ahead of this one.
const AHEAD: i64 = 5;

/// What is still to be said before somebody counts as told, each by its field: a name and a time, and for a chase what
/// they will do.
///
/// # Errors
/// [`crate::Error::NotFound`] where the duty is none that is done by a call.
pub fn call_gaps(
    vault: &Vault,
    decision: DecisionId,
    key: &str,
    typed: &CallInput,
    now: Moment,
) -> Result<Vec<FieldFailure>> {
    let typed = CallInput { end: Some(CallEndSort::Told), ..typed.clone() };
    store::read(vault, |r| {
        let about = About::of(r, decision, key, now)?;
        match read(r, &about, &typed, now) {
            Ok(_) => Ok(Vec::new()),
            Err(crate::Error::Fields(faults)) => Ok(faults.into_iter().map(FieldFailure::from).collect()),
            Err(error) => Err(error),
        }
    })
}

/// Records how a call ended. *Told* closes what it was for, where they answer for the one who was to be told, and is
/// logged as having left where it did. Before the signature it is kept with the draft, and written down with it.
///
/// # Errors
/// [`crate::Error::Fields`] for what is not as it must be; [`crate::Error::NotFound`] where the duty is none that is done
/// by a call.
pub fn record_call(
    vault: &mut Vault,
    decision: DecisionId,
    key: &str,
    typed: &CallInput,
    now: Moment,
) -> Result<CallView> {
    let (about, made) = store::read(vault, |r| {
        let about = About::of(r, decision, key, now)?;
        let made = read(r, &about, typed, now)?;
        Ok((about, made))
    })?;
    let words = Words::of(store::read(vault, language::of)?);
    let (call, rung) = made;
    let outside = rungs::all().into_iter().any(|one| RungSort::from(one) == rung.rung && one.is_outside());
    let closes = call.end.is_told() && rung.closes && about.duty.state == DutyState::Outstanding;
    let note = calls::note(&call, words);
    if let Some(open) = &about.open {
        let closes = closes.then(|| (key.to_owned(), note));
        decide::keep_call(vault, open, (call, outside), closes, now)?;
        return super::call(vault, decision, key, now);
    }
    let limits = about.limits.join("\n");
    let what = if about.what.is_empty() { &about.duty.title } else { &about.what };
    let why = if about.why.is_empty() { &about.duty.title } else { &about.why };
    let said = Said { what, why, limits: &limits };
    let left = if outside { calls::disclosure(&call, &said, words, now) } else { None };
    let left =
        store::read(vault, |r| left.map(|left| calls::traced(r, &about.family, (&call, left))).transpose())?;
    let case = about.family.case.id;
    let (row, closed) = store::read(vault, |r| {
        let closed = left.as_ref().map(|left| by_what_left(r, left)).transpose()?.unwrap_or_default();
        Ok((about.row(r)?, closed))
    })?;
    let unsure = left.as_ref().is_some_and(|left| !is_checked(left.check));
    let unsure = unsure.then(|| verify_recipient(about.family.case.nation, None, now));
    store::write(vault, now, |w| {
        let basis: Vec<_> = row.iter().map(|row| row.entry).collect();
        let told = w.append(Some(case), &Payload::CallMade { call }, &basis)?;
        if let Some(disclosure) = left {
            w.append(Some(case), &Payload::DisclosureRecorded { disclosure }, &[told.id])?;
        }
        if let Some(unsure) = &unsure {
            w.append(Some(case), unsure, &[told.id])?;
        }
        if let Some(row) = row.as_ref().filter(|_| closes) {
            let settled =
                Payload::ObligationSettled { id: row.obligation.id, settlement: Settlement::Done { note } };
            w.append(row.case, &settled, &[row.entry, told.id])?;
        }
        // What the call itself closed is closed by it; and the call alone closes no other call.
        let others = closed.into_iter().filter(|one| one.row.obligation.duty == Duty::RecordDisclosure);
        for one in others {
            let settled =
                Payload::ObligationSettled { id: one.row.obligation.id, settlement: one.settlement };
            w.append(one.row.case, &settled, &[one.row.entry, told.id])?;
        }
        Ok(())
    })?;
    super::call(vault, decision, key, now)
}

/// A call as it was typed, and who was rung.
fn read(r: &Reader<'_>, about: &About, typed: &CallInput, now: Moment) -> Result<(Call, RungView)> {
    let mut form = Form::new();
    let rung = about.rungs.iter().find(|one| one.rung == typed.rung).cloned();
    let rung = form.chosen("rung", rung);
    let number = form.name("number", &typed.number);
    let shown = rung.as_ref().filter(|rung| rung.number == number).map(|rung| rung.found);
    let found = typed.found.or(shown).unwrap_or(NumberFound::NotSaid);
    let at = when(&mut form, typed, now);
    let end = form.chosen("end", typed.end);
    let end = end.and_then(|end| ended(&mut form, r, about, typed, end));
    form.take(input::at_most(&typed.said, "said"));
    let spoken = say::lines(r, about, now)?;
    let spoken: Vec<SayLine> = spoken.into_iter().filter(|line| typed.said.contains(&line.key)).collect();
    let notes = spoken.iter().filter(|line| line.part == SayPart::Note);
    let items = notes.filter_map(|line| line.key.parse().ok()).collect();
    let said = spoken.into_iter().map(|line| line.text).collect();
    let (key, person) = about.key();
    form.end(|| {
        let rung = rung?;
        let call = Call {
            id: CallId(store::new_id(now)),
            decision: about.open.is_none().then_some(about.decision),
            key,
            person,
            recipient: rung.name.clone(),
            number,
            found,
            end: end?,
            said,
            items,
            at: at?,
        };
        Some((call, rung))
    })
}

/// When a call was: a time of this day, or of the evening before. Where nobody was told it may be left out.
fn when(form: &mut Form, typed: &CallInput, now: Moment) -> Option<Moment> {
    if typed.time.trim().is_empty() {
        let needed = typed.end == Some(CallEndSort::Told);
        form.fault_if(needed, "time", Problem::TimeMissing);
        return (!needed).then_some(now);
    }
    let Some((time, _)) = read_time(&typed.time, Words::of_time()).filter(|(_, next)| !next) else {
        form.fault("time", Problem::TimeUnclear);
        return None;
    };
    let today = clock::day_of(now);
    let at = london_at(today, time);
    if at.0 - now.0 <= chrono::TimeDelta::minutes(AHEAD) {
        return Some(at.min(now));
    }
    let yesterday = london_at(clock::days_after(today, -1), time);
    if yesterday >= clock::hours_after(now, -HOURS_BACK) {
        return Some(yesterday);
    }
    form.fault("time", Problem::TimeToCome);
    None
}

fn ended(
    form: &mut Form,
    r: &Reader<'_>,
    about: &About,
    typed: &CallInput,
    end: CallEndSort,
) -> Option<CallEnd> {
    let who = form.name("who", &typed.who);
    let (job, by_when) = (form.name("job", &typed.job), form.name("by_when", &typed.by_when));
    match end {
        CallEndSort::Told => {
            let desks = desks(r, about);
            let desks: Vec<&str> = desks.iter().map(String::as_str).collect();
            let somebody = call::is_somebody(&who, &desks);
            let problem = if who.is_empty() { Problem::Missing } else { Problem::NotAnOption };
            form.fault_if(!somebody, "who", problem);
            form.take(goes_to(&about.family, (&who, &job), Some(Route::Telephone), "who", false));
            let will_do = match about.chases() {
                true => form.required("will_do", &typed.will_do),
                false => form.text("will_do", &typed.will_do),
            };
            let reference = form.name("reference", &typed.reference);
            Some(CallEnd::Told { who, job, reference, will_do, by_when })
        }
        CallEndSort::NoAnswer => Some(CallEnd::NoAnswer),
        CallEndSort::StillTrying => form.chosen("why", typed.why).map(|why| CallEnd::StillTrying { why }),
        CallEndSort::Refused => {
            let who_decides = form.required_name("who_decides", &typed.who_decides);
            let by_when = form.required_name("by_when", &typed.by_when);
            Some(CallEnd::Refused { who, who_decides, by_when })
        }
    }
}

/// How services are called: a desk is nobody who was reached.
fn desks(r: &Reader<'_>, about: &About) -> Vec<String> {
    let language = language::of(r).unwrap_or(about.family.language);
    let wording = Wording::new(&about.carried.pack, language);
    let terms = about.carried.pack.terms.iter().map(|term| wording.text(&format!("term.{term}")).to_owned());
    terms.chain(about.rungs.iter().filter(|rung| !is_person(rung)).map(|rung| rung.name.clone())).collect()
}

/// Whether the name of a rung is a person's: the adviser's own name is somebody who is reached.
fn is_person(rung: &RungView) -> bool {
    rung.rung == RungSort::Adviser
}
