//! Duties as lines, in the words of the guidance that they follow from, and veiled where somebody may glance.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_guidance::practice::cards::Card;
use sharewell_guidance::practice::{breach, closing};
use sharewell_records::{
    CaseId, DecisionId, Duty, HowDue, Moment, Obligation, ObligationId, Payload, PersonId, Settlement,
    Urgency,
};
use sharewell_vault::ledger::Content;
use sharewell_vault::{Reader, cases, decisions, emergencies, ledger, obligations, practitioner, tallies};

use crate::consent;
use crate::decide::{Ringing, Title, Titles, plainly};
use crate::error::Result;
use crate::flagged::{self, Named};
use crate::guidance::{Wording, serving};
use crate::language;
use crate::people::{self, Family, child_name_of};
use crate::restricted;
use crate::sharing::notices::{Notice, notice_of};
use crate::sharing::statements_due::{self, statement_of};
use crate::views::{DutySpan, DutyState, SpanCount, ToDoLine};
use crate::words::Words;
use crate::{clock, store};

/// The duty to check a number that stands in two files.
const CHECK_NUMBER: &str = "check_number";

/// That somebody looks at a number that two children have. It follows from no decision, and has no deadline.
pub(crate) fn number_to_check(person: PersonId, now: Moment) -> Payload {
    let id = ObligationId(store::new_id(now));
    let obligation = Obligation {
        id,
        decision: None,
        emergency: None,
        duty: Duty::Review,
        key: CHECK_NUMBER.to_owned(),
        person: Some(person),
        due: None,
        settled: None,
    };
    Payload::ObligationAdded { obligation }
}

/// How far duties are counted. Nobody works from a larger number, and counting on would grow with the vault.
const COUNTED: u32 = 99;
/// How many days after today are *this week*.
const WEEK: i64 = 7;

/// Where a span of the list lies on a day.
pub(crate) fn stretch(span: DutySpan, now: Moment) -> obligations::Stretch {
    let day = |days| clock::days_after(clock::day_of(now), days);
    let (tomorrow, after) = (day(1), day(1 + WEEK));
    match span {
        DutySpan::All => obligations::Stretch::All,
        DutySpan::Now => obligations::Stretch::Today,
        DutySpan::Week => obligations::Stretch::Between(tomorrow, after),
        DutySpan::Later => obligations::Stretch::From(after),
        DutySpan::Undated => obligations::Stretch::Undated,
    }
}

/// How many duties of a span are open and shown.
pub(crate) fn count(r: &Reader<'_>, span: DutySpan, now: Moment) -> Result<SpanCount> {
    let count = store::small(obligations::count(r, stretch(span, now), COUNTED + 1, now)?);
    Ok(SpanCount { span, count: count.min(COUNTED), or_more: count > COUNTED })
}

/// How many duties are open and shown, by how soon.
pub(crate) fn spans(r: &Reader<'_>, now: Moment) -> Result<Vec<SpanCount>> {
    let parts = [DutySpan::Now, DutySpan::Week, DutySpan::Later, DutySpan::Undated];
    parts.into_iter().map(|span| count(r, span, now)).collect()
}

/// How many duties are outstanding in the whole vault, and shown.
pub(crate) fn shown(r: &Reader<'_>, now: Moment) -> Result<u32> {
    Ok(store::small(tallies::outstanding(r)?.saturating_sub(obligations::not_shown(r, now)?)))
}

/// Whether lines of restricted files name anybody. On a page that somebody may glance at they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Veil {
    /// They name nobody.
    On,
    /// Inside the file itself.
    Off,
}

/// Obligations as lines, in the order given.
pub(crate) fn lines(
    r: &Reader<'_>,
    rows: impl Iterator<Item = obligations::ObligationRow>,
    now: Moment,
    veil: Veil,
) -> Result<Vec<ToDoLine>> {
    let rows: Vec<_> = rows.collect();
    let mut of_decisions: BTreeMap<DecisionId, Vec<&Obligation>> = BTreeMap::new();
    for duty in rows.iter().map(|row| &row.obligation) {
        if let Some(id) = duty.decision {
            of_decisions.entry(id).or_default().push(duty);
        }
    }
    let titles = of_decisions.into_iter().map(|(id, duties)| Ok((id, Titles::of(r, id, &duties, now)?)));
    let titles: BTreeMap<DecisionId, Titles<'_>> = titles.collect::<Result<_>>()?;
    let mut lines = Vec::new();
    for row in &rows {
        // As it stands: closed with the signature and opened again, it is open.
        let obligation = &Obligation {
            settled: row.obligation.settled.clone().filter(|_| row.settled.is_some()),
            ..row.obligation.clone()
        };
        let case = match (row.case, obligation.emergency) {
            (Some(case), _) => Some(case),
            (None, Some(id)) => {
                let written = emergencies::get(r, id)?.written_up;
                written.map(|one| one.record.case)
            }
            (None, None) => None,
        };
        let restricted = match (veil, case) {
            (Veil::On, Some(case)) => restricted::number(r, case)?,
            (Veil::On, None) | (Veil::Off, _) => None,
        };
        let veiled = restricted.is_some();
        let (child, title) = match obligation.decision.and_then(|id| titles.get(&id)) {
            Some(titles) => {
                (if veiled { String::new() } else { titles.child() }, titles.title(obligation, veiled))
            }
            None => words_of_emergency(r, obligation, row, veiled, now)?,
        };
        let how = if row.settled.is_some() { HowDue::Ahead } else { title.how };
        let (state, note) = match &row.settled {
            None => (DutyState::Outstanding, String::new()),
            Some(settled) => match &settled.how {
                Some(Settlement::Done { note }) => (DutyState::Done, note.clone()),
                Some(Settlement::NotNeeded { reason }) => (DutyState::NotNeeded, reason.clone()),
                None => (DutyState::Done, String::new()),
            },
        };
        lines.push(ToDoLine {
            id: obligation.id,
            duty: obligation.duty,
            card: title.card.into(),
            title: title.what,
            plain: title.plain,
            hint: title.hint,
            careful: title.careful,
            case: row.case,
            restricted,
            child,
            decision: obligation.decision,
            emergency: obligation.emergency,
            due: obligation.due,
            overdue: how == HowDue::Overdue,
            due_now: how == HowDue::Now,
            takes_words: closing::takes_words(obligation.duty),
            drops_at_once: closing::dropped_at_once(obligation.duty),
            call: title.call.then(|| key_of(obligation)),
            notice: is_notice(&obligation.key),
            statement: statement_of(&obligation.key),
            state,
            note,
            protects: obligation.duty.urgency() == Urgency::Protects,
            apart: String::new(),
        });
    }
    tell_apart(r, &rows, &mut lines)?;
    Ok(lines)
}

/// Whether a duty is done by a notice to somebody who has something.
fn is_notice(key: &str) -> bool {
    let consent = matches!(consent::prompt_of(key), Some(consent::Prompt::Notice(..)));
    consent || matches!(notice_of(key), Some(Notice::Corrected(_)))
}

/// The key of a duty in its decision.
pub(crate) fn key_of(duty: &Obligation) -> String {
    match duty.person {
        Some(person) => format!("{}@{person}", duty.key),
        None => duty.key.clone(),
    }
}

/// Says of lines with the same words in one file what tells them apart: whom each is about, whom its decision goes to,
/// or when that was made. A veiled line says only when.
fn tell_apart(r: &Reader<'_>, rows: &[obligations::ObligationRow], lines: &mut [ToDoLine]) -> Result<()> {
    let mut alike: BTreeMap<(Option<CaseId>, String), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        alike.entry((line.case, line.title.clone())).or_default().push(at);
    }
    for ((case, _), places) in alike.into_iter().filter(|(_, places)| places.len() > 1) {
        let words = Words::of(language::of(r)?);
        let veiled = places.iter().any(|at| lines.get(*at).is_some_and(|line| line.restricted.is_some()));
        let family = case.filter(|_| !veiled).map(|case| Family::of(r, case)).transpose()?;
        let mut told: Vec<[String; 4]> = Vec::new();
        for at in &places {
            let Some(row) = rows.get(*at) else { return Ok(()) };
            let person = row.obligation.person.and_then(|id| family.as_ref()?.person(id));
            let decision = match row.obligation.decision {
                Some(id) if !veiled => Some(decisions::get(r, id)?),
                Some(_) | None => None,
            };
            let goes_to = decision.map(|one| one.record.recipient.name).unwrap_or_default();
            let goes_to = match goes_to.is_empty() {
                true => goes_to,
                false => words.told_apart.to.fill(&[("recipient", &goes_to)]),
            };
            let since = |when: String| words.told_apart.since.fill(&[("when", &when)]);
            told.push([
                person.map(|one| one.name.clone()).unwrap_or_default(),
                goes_to,
                since(words.day(clock::day_of(row.recorded_at))),
                since(words.moment(row.recorded_at)),
            ]);
        }
        let differs = |by: &usize| {
            let said: BTreeSet<&String> = told.iter().filter_map(|one| one.get(*by)).collect();
            said.len() == told.len()
        };
        let by = (0..4).find(differs);
        for (at, said) in places.iter().zip(&told) {
            if let (Some(line), Some(said)) = (lines.get_mut(*at), by.and_then(|by| said.get(by))) {
                line.apart.clone_from(said);
            }
        }
    }
    Ok(())
}

/// What was said when a duty was closed last, also where it was opened again since.
pub(crate) fn said_before(r: &Reader<'_>, id: ObligationId) -> Result<String> {
    let closings = ledger::history(r, id)?.into_iter().filter_map(|entry| match entry.content {
        Content::Known(payload) => match *payload {
            Payload::ObligationSettled { settlement, .. } => Some(settlement),
            _ => None,
        },
        Content::Newer { .. } | Content::Disposed | Content::Unreadable => None,
    });
    let mut notes = closings.map(|settlement| match settlement {
        Settlement::Done { note } => note,
        Settlement::NotNeeded { reason } => reason,
    });
    Ok(notes.rfind(|note| !note.is_empty()).unwrap_or_default())
}

/// The words of a duty that follows from no decision: those of the nation's pack for the same duty, where there is a
/// pack; the page has its own for the rest.
fn words_of_emergency(
    r: &Reader<'_>,
    obligation: &Obligation,
    row: &obligations::ObligationRow,
    veiled: bool,
    now: Moment,
) -> Result<(String, Title)> {
    let emergency = match obligation.emergency {
        Some(id) => Some(emergencies::get(r, id)?),
        None => None,
    };
    let case = row.case.or_else(|| emergency.as_ref().and_then(|one| one.emergency.record.case));
    let language = language::of(r)?;
    let child = match case {
        _ if veiled => Words::of(language).the_child.clone(),
        Some(case) => child_name_of(r, case)?,
        None => emergency.map(|one| one.emergency.record.child).unwrap_or_default(),
    };
    let mut own = practitioner::current(r)?.record;
    let mut careful = Vec::new();
    if let Some(case) = case.filter(|_| !veiled) {
        let family = Family::of(r, case)?;
        own = people::own(r, &family)?;
        careful = flagged::careful(&family, Named { person: obligation.person, words: "", child: true });
    }
    let pack = serving::for_day(r, own.nation, crate::clock::day_of(row.recorded_at)).ok();
    let at_once = obligation.emergency.is_none() && breach::is_at_once(obligation.duty);
    let how = obligation.how_due(at_once, now);
    let card = Card::of(obligation.duty, false);
    let shown = if veiled { String::new() } else { child.clone() };
    // The words of a duty speak of a child, also where the file is about none.
    let has_child = match case {
        Some(case) => cases::get(r, case)?.record.kind.has_child(),
        None => true,
    };
    let child = if has_child { child } else { Words::of(language).any_child.clone() };
    if obligation.emergency.is_none() && obligation.key == CHECK_NUMBER {
        let words = &Words::of(language).check_number;
        let what = words.what.fill(&[("child", &child)]);
        return Ok((
            shown,
            Title { plain: what.clone(), what, hint: words.hint.clone(), careful, how, card, call: false },
        ));
    }
    if let Some(notice) = notice_of(&obligation.key) {
        let (what, hint) = notice.words(r, veiled, Words::of(language))?;
        return Ok((shown, Title { plain: what.clone(), what, hint, careful, how, card, call: false }));
    }
    if let Some(id) = statement_of(&obligation.key) {
        let (what, hint) = statements_due::words(r, id, veiled, Words::of(language))?;
        return Ok((shown, Title { plain: what.clone(), what, hint, careful, how, card, call: false }));
    }
    if let Some((prompt, case)) = consent::prompt_of(&obligation.key).zip(case) {
        let (what, hint) = prompt.words(r, case, veiled, Words::of(language))?;
        return Ok((shown, Title { plain: what.clone(), what, hint, careful, how, card, call: false }));
    }
    let (mut what, mut plain, mut hint) = (String::new(), String::new(), String::new());
    if let Some(carried) = &pack {
        let wording = Wording::new(&carried.pack, language);
        let ringing = Ringing { own: &own, now, calendar: &carried.pack.calendar };
        let key = |part: &str| format!("obligation.{}.{part}", obligation.key);
        let said = wording.saying(&key("what"));
        what = ringing.said(&said).replace("{child}", &child);
        plain = plainly(&said).replace("{child}", &child);
        hint = wording.text(&key("hint")).replace("{child}", &child);
    }
    Ok((shown, Title { what, plain, hint, careful, how, card, call: false }))
}
