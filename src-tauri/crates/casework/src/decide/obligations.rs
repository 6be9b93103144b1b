//! What follows from a decision: the pack's obligations, one for each person where it says so, with the
//! moment by which each is due.

use std::collections::BTreeMap;

use sharewell_guidance::practice::otherwise;
use sharewell_guidance::{Advice, Cite, ObligationPlan, Pack, Who};
use sharewell_records::{
    Day, DecisionId, Duty, Moment, Obligation, ObligationId, OutcomeKind, PersonId, Settlement, is_overdue,
};
use sharewell_vault::obligations::ObligationRow;

use super::filled::Filled;
use crate::clock;
use crate::guidance::cite::source_views;
use crate::people::Family;
use crate::views::{ObligationView, SettledInput};

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
    pub met: bool,
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
    let one = |person: Option<PersonId>, who: String| Due {
        pack_key: plan.key.clone(),
        duty: plan.duty,
        person,
        who,
        due,
        met: plan.met,
        sources: plan.sources.clone(),
    };
    let name = |id: &PersonId| basis.family.person(*id).map(|person| person.name.clone()).unwrap_or_default();
    match &plan.each {
        None => vec![one(None, String::new())],
        Some(Who::Affected) => {
            basis.family.affected().iter().map(|person| one(Some(person.id), person.name.clone())).collect()
        }
        Some(Who::Named { people, words }) => people
            .iter()
            .map(|person| one(Some(*person), name(person)))
            .chain((!words.is_empty()).then(|| one(None, words.clone())))
            .collect(),
    }
}

/// An obligation before sign-off, with what was typed about it.
pub(crate) fn view(due: &Due, wording: &Filled<'_>, typed: &[SettledInput], now: Moment) -> ObligationView {
    let key = due.key();
    let settled = typed.iter().find(|one| one.key == key).map(|one| one.settlement.clone());
    let settled = settled.or_else(|| due.met.then(|| Settlement::Done { note: String::new() }));
    let text = |part: &str| wording.say_of(&format!("obligation.{}.{part}", due.pack_key), &due.who);
    ObligationView {
        key,
        id: None,
        duty: due.duty,
        title: text("what"),
        hint: text("hint"),
        person: due.person,
        due: due.due,
        overdue: is_overdue(due.due, settled.is_some(), now),
        with_act: due.duty.stands_with_the_act(),
        state: settled.as_ref().into(),
        note: note_of(settled.as_ref()),
        sources: source_views(wording.pack, &due.sources),
    }
}

/// What was said when a duty was closed.
fn note_of(settled: Option<&Settlement>) -> String {
    match settled {
        None => String::new(),
        Some(Settlement::Done { note: said } | Settlement::NotNeeded { reason: said }) => said.clone(),
    }
}

/// The record of an obligation at sign-off.
pub(crate) fn record(
    due: &Due,
    id: ObligationId,
    decision: DecisionId,
    typed: &[SettledInput],
) -> Obligation {
    let key = due.key();
    let settled = typed.iter().find(|one| one.key == key).map(|one| one.settlement.clone());
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

/// The words of an obligation that was recorded: the pack's own, names filled in. `who` gives the words for
/// obligations about people in words, by the pack's id.
pub(crate) fn fill_title(
    wording: &Filled<'_>,
    obligation: &Obligation,
    who: &BTreeMap<String, String>,
) -> (String, String) {
    let person = match obligation.person {
        Some(person) => wording.name(person),
        None => who.get(&obligation.key).cloned().unwrap_or_default(),
    };
    let text = |part: &str| wording.say_of(&format!("obligation.{}.{part}", obligation.key), &person);
    (text("what"), text("hint"))
}

/// Obligations of a signed decision as they stand, for a view or a document. `settled` says how each stands.
pub(crate) fn of_signed(
    standing: &[Obligation],
    wording: &Filled<'_>,
    who: &BTreeMap<String, String>,
    now: Moment,
) -> Vec<ObligationView> {
    let pack = wording.pack;
    let view = |obligation: &Obligation| {
        let (title, hint) = fill_title(wording, obligation, who);
        let sources = pack.obligations().iter().find(|one| one.id == obligation.key);
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
            overdue: obligation.is_overdue(now),
            with_act: obligation.duty.stands_with_the_act(),
            state: obligation.settled.as_ref().into(),
            note: note_of(obligation.settled.as_ref()),
            sources: sources.map(|one| source_views(pack, &one.sources)).unwrap_or_default(),
        }
    };
    standing.iter().map(view).collect()
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
