//! Writing down that somebody was asked, answered, did not answer, was told, or was not asked.

use std::collections::BTreeSet;

use sharewell_records::{
    Birth, CaseId, ConsentAct, ConsentActKind, ConsentEvent, ConsentId, ConsentRecipient, ConsentSaid,
    ConsentThing, ConsentWording, Consents, ItemId, Moment, Payload,
};
use sharewell_vault::{Reader, Vault, items, people};

use super::givers::Rules;
use super::{folded, prompts, typed};
use crate::error::{Problem, Result};
use crate::input::{Form, at_most};
use crate::people::Family;
use crate::views::ConsentInput;
use crate::words::Words;
use crate::{clock, store};

/// The most tries that are written down as one.
const MOST_TRIES: u16 = 99;

/// Writes down an event of consent, and gives its id.
///
/// # Errors
/// [`crate::Error::Fields`] for everything that is not as it must be.
pub fn record_consent(
    vault: &mut Vault,
    case: CaseId,
    typed: &ConsentInput,
    now: Moment,
) -> Result<ConsentId> {
    let mut form = Form::of_past_days(vault, now)?;
    let read = store::read(vault, |r| read(&mut form, r, case, typed, now))?;
    let Typed { event, replaced } = form.end(|| read)?;
    write(vault, case, event, replaced, Vec::new(), now)
}

/// An answer as it was typed, and what it takes the place of.
struct Typed {
    event: ConsentEvent,
    replaced: Vec<ConsentEvent>,
}

/// Writes an event, what it takes the place of and leaves to be done, and closes what it shows to be done.
pub(super) fn write(
    vault: &mut Vault,
    case: CaseId,
    event: ConsentEvent,
    replaced: Vec<ConsentEvent>,
    more: Vec<Payload>,
    now: Moment,
) -> Result<ConsentId> {
    write_with(vault, case, Vec::new(), event, replaced, more, now)
}

/// The same, with what has to stand before it: the paper that shows it. All of it is written, or nothing.
pub(crate) fn write_with(
    vault: &mut Vault,
    case: CaseId,
    first: Vec<Payload>,
    event: ConsentEvent,
    replaced: Vec<ConsentEvent>,
    mut more: Vec<Payload>,
    now: Moment,
) -> Result<ConsentId> {
    let id = event.id;
    let (done, born, words) = store::read(vault, |r| {
        let (events, _) = folded(r, case, now)?;
        let mut all = super::said(&events);
        all.extend(replaced.iter().chain([&event]).map(|event| ConsentSaid { event, recorded: now }));
        let stands = Consents::at(&all, now);
        let owed = people::find(r, event.owed)?;
        let born = owed.and_then(|person| match person.record.birth {
            Birth::Born { on } => Some(on),
            Birth::Expected { .. } | Birth::About { .. } | Birth::Unknown => None,
        });
        Ok((prompts::done(r, case, &stands)?, born, Words::of(crate::language::of(r)?)))
    })?;
    more.extend(prompts::of_a_yes(&event, born, now));
    store::write(vault, now, |w| {
        for before in &first {
            w.append(Some(case), before, &[])?;
        }
        for event in &replaced {
            w.append(Some(case), &Payload::ConsentRecorded { consent: Box::new(event.clone()) }, &[])?;
        }
        let written =
            w.append(Some(case), &Payload::ConsentRecorded { consent: Box::new(event.clone()) }, &[])?;
        for duty in &more {
            w.append(Some(case), duty, &[written.id])?;
        }
        prompts::close(w, &done, written.id, words)
    })?;
    Ok(id)
}

fn read(
    form: &mut Form,
    r: &Reader<'_>,
    case: CaseId,
    typed: &ConsentInput,
    now: Moment,
) -> Result<Option<Typed>> {
    let family = Family::of(r, case)?;
    let kind = form.chosen("act", typed.act);
    let owed = typed::owed(form, &family, typed.owed);
    let sense = form.chosen("sense", typed.sense);
    let purpose = typed::purpose(form, typed.purpose_kind, &typed.purpose);
    let known: BTreeSet<ItemId> = items::of_case(r, case)?.into_iter().map(|item| item.record.id).collect();
    let things = typed::things(form, typed, &known);
    let recipients = typed::recipients(form, r, &typed.recipients);
    let asks_nobody = kind == Some(ConsentActKind::NotSought);
    // By the rules of the day on which it happened. What is wrong with that day is told where it stands in the form.
    let on = clock::day_of(Form::new().left("when", typed.when.as_ref(), now).unwrap_or(now));
    let rules = Rules::of(r, family.case.nation, on);
    let asked = typed::Asked { family: &family, rules: &rules, on, now };
    let giver = if asks_nobody { None } else { typed::giver(form, &asked, typed) };
    let cells = typed::cells(form, typed, &things, &recipients);
    let act = act(form, typed);
    let happened = form.left("when", typed.when.as_ref(), now);
    let answers = kind == Some(ConsentActKind::Answered);
    let (from, until, review) = match answers {
        true => (
            form.day("from", &typed.from, now),
            form.coming_day("until", &typed.until, now),
            form.coming_day("review", &typed.review, now),
        ),
        false => (None, None, None),
    };
    form.fault_if(from.zip(until).is_some_and(|(from, until)| until < from), "until.day", Problem::DayPassed);
    let note = form.text("note", &typed.note);
    let words = Words::of(family.language);
    let shown = typed.wording_used && matches!(kind, Some(ConsentActKind::Asked | ConsentActKind::Answered));
    let wording = shown.then(|| wording(&things, &recipients, purpose.as_ref(), until, &family, words));
    let whole = || {
        Some(ConsentEvent {
            id: ConsentId(store::new_id(now)),
            owed: owed?,
            sense: sense?,
            purpose: purpose?,
            giver,
            act: act?,
            cells,
            from,
            until,
            review,
            wording,
            slip: None,
            happened: happened?,
            note,
        })
    };
    let Some(event) = whole() else { return Ok(None) };
    // Of what was said stands already: that somebody was not asked takes nothing from it.
    let (_, stands) = folded(r, case, event.happened)?;
    form.fault_if(!stands.cannot_move(&event).is_empty(), "act", Problem::NotAnOption);
    let replaced = replaced(form, &stands, typed, &event, now);
    Ok(Some(Typed { event, replaced }))
}

/// What an answer takes the place of: what the same person said for other purposes, as far as it stands.
fn replaced(
    form: &mut Form,
    stands: &Consents,
    typed: &ConsentInput,
    event: &ConsentEvent,
    now: Moment,
) -> Vec<ConsentEvent> {
    form.take(at_most(&typed.replaces, "replaces"));
    if event.act.kind() != ConsentActKind::Answered || event.giver.is_none() {
        return Vec::new();
    }
    let all: Vec<ConsentEvent> =
        typed.replaces.iter().filter_map(|other| super::replaced(stands, event, other, now)).collect();
    form.fault_if(all.len() < typed.replaces.len(), "replaces", Problem::NotAnOption);
    all
}

fn act(form: &mut Form, typed: &ConsentInput) -> Option<ConsentAct> {
    match typed.act? {
        ConsentActKind::Asked => Some(ConsentAct::Asked),
        ConsentActKind::Answered => {
            typed::method(form, &typed.method).map(|method| ConsentAct::Answered { method })
        }
        ConsentActKind::Told => Some(ConsentAct::Told),
        ConsentActKind::NotSought => {
            let why = form.chosen("not_sought", typed.not_sought);
            why.map(|why| ConsentAct::NotSought { why, words: String::new() })
        }
        ConsentActKind::NoAnswer => {
            let tries = typed.tries.trim();
            let read = tries.parse::<u16>().ok().filter(|tries| (1..=MOST_TRIES).contains(tries));
            let problem = if tries.is_empty() { Problem::Missing } else { Problem::NotAnOption };
            form.fault_if(read.is_none(), "tries", problem);
            read.map(|tries| ConsentAct::NoAnswer { tries, words: String::new() })
        }
        // Each has a page of its own.
        ConsentActKind::Withdrawn | ConsentActKind::Superseded | ConsentActKind::InError => {
            form.fault("act", Problem::NotAnOption);
            None
        }
    }
}

/// The words to read to somebody, for what stands in the form.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such file.
pub fn consent_wording(vault: &Vault, case: CaseId, typed: &ConsentInput, now: Moment) -> Result<String> {
    store::read(vault, |r| {
        let family = Family::of(r, case)?;
        let mut unheard = Form::new();
        let things = typed::things(&mut unheard, typed, &typed.items.iter().copied().collect());
        let recipients = typed::recipients(&mut unheard, r, &typed.recipients);
        let purpose = typed::purpose(&mut unheard, typed.purpose_kind, &typed.purpose);
        let until = unheard.coming_day("until", &typed.until, now);
        let words = Words::of(family.language);
        Ok(wording(&things, &recipients, purpose.as_ref(), until, &family, words).text)
    })
}

fn wording(
    things: &[ConsentThing],
    recipients: &[ConsentRecipient],
    purpose: Option<&sharewell_records::ConsentPurpose>,
    until: Option<sharewell_records::Day>,
    family: &Family,
    words: &Words,
) -> ConsentWording {
    let said = &words.consent.wording;
    let what: Vec<&str> = things
        .iter()
        .map(|thing| match thing {
            ConsentThing::Kind { kind } => words.consent.info.of(*kind),
            ConsentThing::Item { .. } => words.consent.one_note.as_str(),
        })
        .collect();
    let to: Vec<&str> = recipients.iter().map(|one| one.name.as_str()).collect();
    let asked = said.ask.fill(&[
        ("what", &words.list(&what)),
        ("recipients", &words.list(&to)),
        ("purpose", purpose.map(|one| one.words.as_str()).unwrap_or_default()),
    ]);
    let until = until.map(|day| said.until.fill(&[("day", &words.day(day))])).unwrap_or_default();
    let parts = [asked, until, said.choose.clone(), said.without.clone(), said.change.clone()];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    ConsentWording::of(text, said.version.clone(), family.language.tag().to_owned())
}
