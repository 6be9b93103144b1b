//! What follows from a decision: the pack's obligations, one for each person where it says so, with the
//! moment by which each is due.

use std::collections::BTreeMap;

use sharewell_guidance::practice::cards::Card;
use sharewell_guidance::practice::{closing, otherwise};
use sharewell_guidance::{Advice, Cite, ObligationPlan, Pack, Who};
use sharewell_records::{
    Call, Day, DecisionId, Duty, HowDue, Moment, Obligation, ObligationId, OutcomeKind, PersonId, Settlement,
    how_due, not_yet, waits_for_call,
};
use sharewell_vault::obligations::ObligationRow;

use super::filled::Filled;
use super::ringing::{Ringing, plainly};
use crate::clock;
use crate::flagged::{self, Named};
use crate::guidance::cite::source_views;
use crate::people::Family;
use crate::views::{CallLine, CardPoint, ObligationView, SettledInput};

/// An obligation as it follows from one decision.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    /// The pack's id.
    pub pack_key: String,
    pub duty: Duty,
    pub person: Option<PersonId>,
    /// Who is meant, as a person reads it; empty where it stands once.
    pub who: String,
    pub due: Option<Moment>,
    /// Whether it is to be done the moment it appears.
    pub at_once: bool,
    pub met: bool,
    /// Whether it is said and ticked by nobody.
    pub point: bool,
    /// Whether it is said or asked in the call.
    pub in_call: bool,
    pub card: Card,
    /// Whether the reasons of the sign-off show it to be done.
    pub by_reasons: bool,
    pub sources: Vec<Cite>,
}

impl Due {
    /// The key in this decision: the pack's id, with a person's id after `@` where it concerns one person.
    pub(crate) fn key(&self) -> String {
        match self.person {
            Some(person) => format!("{}@{person}", self.pack_key),
            None => self.pack_key.clone(),
        }
    }
}

/// What a decision is made from, for working out what follows.
pub(crate) struct Basis<'a> {
    pub pack: &'a Pack,
    pub advice: &'a Advice,
    pub family: &'a Family,
    /// When the advice came to stand: deadlines run from here.
    pub from: Moment,
    /// When to look again.
    pub review: Day,
    /// What is decided.
    pub decided: OutcomeKind,
    /// Whether the practitioner signs it into a restricted file of their own accord.
    pub apart: bool,
    /// Who may be named among those who are told now, nobody of the file as none; everybody who was answered so, where
    /// this is none.
    pub told_now: Option<Vec<Option<PersonId>>>,
}

/// Everything that follows, in the pack's order, also where the practitioner decides otherwise (condition 12).
pub(crate) fn follow(basis: &Basis<'_>) -> Vec<Due> {
    let plans = otherwise::follows(basis.pack, basis.advice, basis.decided, basis.apart);
    plans.iter().flat_map(|plan| expand(basis, plan)).collect()
}

fn expand(basis: &Basis<'_>, plan: &ObligationPlan) -> Vec<Due> {
    let calendar = &basis.pack.calendar;
    let due = match plan.deadline {
        Some(deadline) => deadline.due(basis.from, calendar),
        // Looking again has the day that the practitioner chose.
        None if plan.duty == Duty::Review => sharewell_guidance::Deadline::EndOfToday
            .due(clock::at(basis.review, chrono::NaiveTime::MIN), calendar),
        None => None,
    };
    let of_pack = basis.pack.obligations().iter().find(|one| one.id == plan.key);
    let by_reasons = of_pack.is_some_and(closing::shown_by_the_reasons);
    let one = |person: Option<PersonId>, who: String| Due {
        pack_key: plan.key.clone(),
        duty: plan.duty,
        person,
        who,
        due,
        at_once: plan.deadline == Some(sharewell_guidance::Deadline::Now),
        met: plan.met,
        point: plan.point,
        in_call: plan.in_call,
        card: plan.card,
        by_reasons,
        sources: plan.sources.clone(),
    };
    let told =
        of_pack.is_some_and(|one| one.is_for_those_told_now()).then_some(basis.told_now.as_ref()).flatten();
    let is_named = |person: Option<PersonId>| told.is_none_or(|told| told.contains(&person));
    let name = |id: &PersonId| basis.family.person(*id).map(|person| person.name.clone()).unwrap_or_default();
    match &plan.each {
        None => vec![one(None, String::new())],
        Some(Who::Affected) => {
            basis.family.affected().iter().map(|person| one(Some(person.id), person.name.clone())).collect()
        }
        Some(Who::Named { people, words }) => people
            .iter()
            .filter(|person| is_named(Some(**person)))
            .map(|person| one(Some(*person), name(person)))
            .chain((!words.is_empty() && is_named(None)).then(|| one(None, words.clone())))
            .collect(),
    }
}

/// What is shown of what follows: a duty to chase a call only once the call may have come to nothing.
pub(crate) fn shown(due: &[Due], now: Moment) -> impl Iterator<Item = &Due> {
    let call = due.iter().any(|one| one.duty == Duty::Act);
    due.iter().filter(move |one| !not_yet(one.duty, one.due, call, now))
}

/// An obligation of an outcome before sign-off, with what was typed about it.
pub(crate) fn view(
    due: &Due,
    wording: &Filled<'_>,
    family: &Family,
    ringing: Ringing<'_>,
    (outcome, typed): (&str, &[SettledInput]),
) -> ObligationView {
    let key = due.key();
    let settled = typed.iter().find(|one| one.key == key).map(|one| one.settlement.clone());
    let settled = settled.or_else(|| due.met.then(|| Settlement::Done { note: String::new() }));
    let how = how_due(due.due, due.at_once, settled.is_some(), ringing.now);
    let (title, hint) = words(wording, &due.pack_key, &due.who, Some(ringing));
    ObligationView {
        key,
        id: None,
        duty: due.duty,
        title,
        hint,
        person: due.person,
        due: due.due,
        overdue: how == HowDue::Overdue,
        due_now: how == HowDue::Now,
        with_act: due.duty.stands_with_the_act(),
        takes_words: closing::takes_words(due.duty),
        drops_at_once: closing::dropped_at_once(due.duty),
        in_call: due.in_call,
        call: wording.pack.rung_by(outcome, &due.pack_key, due.duty).is_some(),
        calls: Vec::new(),
        state: settled.as_ref().into(),
        note: note_of(settled.as_ref()),
        careful: careful(wording, family, &due.pack_key, due.person, &due.who),
        sources: source_views(wording.pack, &due.sources),
    }
}

/// The words of an obligation and its hint, with numbers beside those whom it names where they are wanted.
fn words(wording: &Filled<'_>, key: &str, who: &str, ringing: Option<Ringing<'_>>) -> (String, String) {
    let what = wording.saying(&format!("obligation.{key}.what"));
    let what = ringing.map_or_else(|| plainly(&what), |ringing| ringing.said(&what));
    (what.replace("{person}", who), wording.say_of(&format!("obligation.{key}.hint"), who))
}

/// What the safety flags bind on those whom an obligation names.
pub(crate) fn careful(
    wording: &Filled<'_>,
    family: &Family,
    key: &str,
    person: Option<PersonId>,
    who: &str,
) -> Vec<String> {
    let names_child =
        |part: &str| wording.wording.text(&format!("obligation.{key}.{part}")).contains("{child}");
    let child = names_child("what") || names_child("hint");
    flagged::careful(family, Named { person, words: if person.is_none() { who } else { "" }, child })
}

/// What was said when a duty was closed.
fn note_of(settled: Option<&Settlement>) -> String {
    match settled {
        None => String::new(),
        Some(Settlement::Done { note: said } | Settlement::NotNeeded { reason: said }) => said.clone(),
    }
}

/// Puts the calls that were made for each duty beside it, the first first.
pub(crate) fn with_calls(duties: &mut [ObligationView], calls: &[&Call]) {
    for duty in duties {
        let id = duty.key.split('@').next().unwrap_or_default();
        let of_it = calls.iter().filter(|call| call.key == id && call.person == duty.person);
        duty.calls = of_it.map(|call| CallLine::from(*call)).collect();
    }
}

/// What is said of it, where it is ticked by nobody.
pub(crate) fn point(
    due: &Due,
    wording: &Filled<'_>,
    family: &Family,
    ringing: Option<Ringing<'_>>,
) -> CardPoint {
    let (title, hint) = words(wording, &due.pack_key, &due.who, ringing);
    CardPoint {
        key: due.key(),
        title,
        hint,
        in_call: due.in_call,
        careful: careful(wording, family, &due.pack_key, due.person, &due.who),
        sources: source_views(wording.pack, &due.sources),
    }
}

/// The record of an obligation at sign-off. `reasons`: what it is closed with where the reasons show it to be done;
/// none where there are no reasons.
pub(crate) fn record(
    due: &Due,
    id: ObligationId,
    decision: DecisionId,
    typed: &[SettledInput],
    reasons: Option<&str>,
) -> Obligation {
    let key = due.key();
    let settled = typed.iter().find(|one| one.key == key).map(|one| one.settlement.clone());
    let shown = reasons.filter(|_| due.by_reasons).map(|note| Settlement::Done { note: note.to_owned() });
    let settled = settled.or(shown);
    Obligation {
        id,
        decision: Some(decision),
        emergency: None,
        duty: due.duty,
        key: due.pack_key.clone(),
        person: due.person,
        due: due.due,
        settled: settled.or_else(|| due.met.then(|| Settlement::Done { note: String::new() })),
    }
}

/// What an obligation that was recorded is called: with which names, and with which numbers.
pub(crate) struct Called<'a> {
    pub wording: &'a Filled<'a>,
    /// For obligations about people in words, those words by the pack's id.
    pub who: &'a BTreeMap<String, String>,
    /// Numbers beside names, in the window alone.
    pub ringing: Option<Ringing<'a>>,
    /// The outcome of the decision.
    pub outcome: &'a str,
}

impl Called<'_> {
    fn who(&self, obligation: &Obligation) -> String {
        match obligation.person {
            Some(person) => self.wording.name(person),
            None => self.who.get(&obligation.key).cloned().unwrap_or_default(),
        }
    }

    /// The words of an obligation that was recorded, and its hint.
    pub(crate) fn title(&self, obligation: &Obligation) -> (String, String) {
        words(self.wording, &obligation.key, &self.who(obligation), self.ringing)
    }

    /// What the safety flags bind on those whom it names.
    pub(crate) fn careful(&self, obligation: &Obligation, family: &Family) -> Vec<String> {
        careful(self.wording, family, &obligation.key, obligation.person, &self.who(obligation))
    }
}

/// Whether an obligation was to be done the moment it appeared: as its pack says, or as the rule does that it follows
/// from without one.
pub(crate) fn is_at_once(pack: &Pack, obligation: &Obligation) -> bool {
    pack.obligations().iter().any(|one| one.id == obligation.key && one.is_at_once())
}

/// Obligations of a signed decision as they stand, for a view or a document.
pub(crate) fn of_signed(
    standing: &[Obligation],
    called: &Called<'_>,
    family: &Family,
    now: Moment,
) -> Vec<ObligationView> {
    let pack = called.wording.pack;
    let view = |obligation: &Obligation| {
        let (title, hint) = called.title(obligation);
        let of_pack = pack.obligations().iter().find(|one| one.id == obligation.key);
        let how = obligation.how_due(is_at_once(pack, obligation), now);
        ObligationView {
            key: match obligation.person {
                Some(person) => format!("{}@{person}", obligation.key),
                None => obligation.key.clone(),
            },
            id: Some(obligation.id),
            duty: obligation.duty,
            title,
            hint,
            person: obligation.person,
            due: obligation.due,
            overdue: how == HowDue::Overdue,
            due_now: how == HowDue::Now,
            with_act: obligation.duty.stands_with_the_act(),
            takes_words: closing::takes_words(obligation.duty),
            drops_at_once: closing::dropped_at_once(obligation.duty),
            in_call: of_pack.is_some_and(|one| one.in_call),
            call: pack.rung_by(called.outcome, &obligation.key, obligation.duty).is_some(),
            calls: Vec::new(),
            state: obligation.settled.as_ref().into(),
            note: note_of(obligation.settled.as_ref()),
            careful: called.careful(obligation, family),
            sources: of_pack.map(|one| source_views(pack, &one.sources)).unwrap_or_default(),
        }
    };
    // Only the window leaves out a chase whose day has not come; paper and a second person read what was signed.
    let shown = |one: &&Obligation| called.ringing.is_none() || !waits_for_call(one, standing, now);
    standing.iter().filter(shown).map(view).collect()
}

/// An obligation with how it stands now. Where the entry that closed it was lawfully disposed of, that it is
/// closed is still known.
pub(crate) fn standing(row: &ObligationRow) -> Obligation {
    let closed = row.settled.as_ref();
    let how = closed.map(|one| one.how.clone().unwrap_or(Settlement::Done { note: String::new() }));
    Obligation { settled: how, ..row.obligation.clone() }
}

/// For obligations about people in words, those words by the pack's id: from the answers of the decision.
pub(crate) fn in_words(advice: &Advice) -> BTreeMap<String, String> {
    let words = advice.obligations.iter().filter_map(|plan| match &plan.each {
        Some(Who::Named { words, .. }) if !words.is_empty() => Some((plan.key.clone(), words.clone())),
        Some(Who::Named { .. } | Who::Affected) | None => None,
    });
    words.collect()
}
