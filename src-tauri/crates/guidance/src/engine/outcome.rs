//! The advice: what to do, why, by when, on what grounds, and what follows.

use std::collections::BTreeMap;

use sharewell_records::{Answer, Day, Duty, KnownFacts, OutcomeKind, PersonId, StepId, WhenTold};

use super::Answers;
use super::cond::{Said, World, holds};
use super::walk::Trail;
use crate::pack::{Cite, Cond, ForEach, Ground, GroundField, Kind, Obligation, Outcome};
use crate::practice::cards::Card;
use crate::practice::{no_child, unborn};
use crate::{Act, Deadline, Error, Pack, Tag};

/// An outcome with everything that follows from it on this path.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Advice {
    /// The outcome's id; wording in `outcome.<id>.title`, `.why`, `.act`.
    pub id: String,
    /// Its kind.
    pub kind: OutcomeKind,
    /// Whom to ring first.
    pub act: Act,
    /// The answers that decided it.
    pub deciding: Vec<Deciding>,
    /// By when to do it.
    pub deadline: Option<Deadline>,
    /// When to look again.
    pub review: Deadline,
    /// Suggested grounds.
    pub grounds: GroundsPlan,
    /// What follows, in the pack's order.
    pub obligations: Vec<ObligationPlan>,
    /// The outcome's sources and those of the deciding steps, each once.
    pub sources: Vec<Cite>,
    /// Whether any of these is unconfirmed.
    pub unconfirmed: bool,
    /// Steps whose answer is still *not sure*.
    pub unknown: Vec<StepId>,
    /// Whether the write-up is complete.
    pub complete: bool,
    /// Whether danger or harm was answered *yes* or *not sure* on the path.
    pub harm_suspected: bool,
}

/// An answer that decided.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Deciding {
    /// The step.
    pub step: StepId,
    /// The text keys of the reason (`step.<id>.because.<value>`), one for each value.
    pub because: Vec<String>,
    /// The step's sources.
    pub sources: Vec<Cite>,
}

/// Suggested grounds, field by field, kept apart.
pub type GroundsPlan = BTreeMap<GroundField, Suggested>;

/// One suggested ground.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Suggested {
    /// The code (`sch1-p18`).
    pub code: String,
    /// The text key (`ground.condition.sch1-p18`).
    pub key: String,
    /// The ground's sources.
    pub sources: Vec<Cite>,
    /// Whether any of these is unconfirmed.
    pub unconfirmed: bool,
}

/// An obligation as it follows on this path.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ObligationPlan {
    /// The pack's id; wording in `obligation.<id>.what`.
    pub key: String,
    /// The duty.
    pub duty: Duty,
    /// By when.
    pub deadline: Option<Deadline>,
    /// For whom it is repeated; none where it stands once.
    pub each: Option<Who>,
    /// Whether an answer on the path meets it already.
    pub met: bool,
    /// Whether it is said on its card and ticked by nobody.
    pub point: bool,
    /// Whether it is said or asked in the call too.
    pub in_call: bool,
    /// The card on which it stands.
    pub card: Card,
    /// Sources.
    pub sources: Vec<Cite>,
    /// Whether any of these is unconfirmed.
    pub unconfirmed: bool,
}

/// For whom an obligation is repeated.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Who {
    /// Each child, parent and other adult of the file who is affected.
    Affected,
    /// The people named in an answer.
    Named {
        /// People of the file.
        people: Vec<PersonId>,
        /// Others, in words; empty where there are none.
        words: String,
    },
}

/// The advice to which the answers lead.
///
/// # Errors
/// [`Error::NotYet`] while no outcome is advised.
pub fn outcome(pack: &Pack, known: &KnownFacts, on: Day, answers: &Answers) -> Result<Advice, Error> {
    let trail = Trail::walk(pack, known, on, answers);
    let Some((advised, at)) = trail.advised else { return Err(Error::NotYet) };
    let outcome = pack.outcome_at(advised);
    let deciding = deciding(&trail, outcome, at);
    let mut sources: Vec<Cite> = Vec::new();
    for cite in outcome.sources.iter().chain(deciding.iter().flat_map(|one| &one.sources)) {
        if !sources.contains(cite) {
            sources.push(cite.clone());
        }
    }
    let follows = |at: usize| applies(pack.obligation_at(at).when.as_ref(), &trail);
    let obligations = attached(pack, outcome, !trail.unknown.is_empty(), &follows)
        .filter(|obligation| obligation.follows_on(on) && !unborn::spares(known, obligation.duty))
        .filter(|obligation| !no_child::spares(known, obligation.duty));
    Ok(Advice {
        id: outcome.id.clone(),
        kind: outcome.kind,
        act: outcome.act,
        deadline: outcome.deadline,
        review: outcome.review,
        grounds: grounds(pack, outcome, &trail),
        obligations: obligations.map(|obligation| plan(obligation, &trail)).collect(),
        unconfirmed: any_unconfirmed(&sources),
        sources,
        deciding,
        unknown: trail.unknown.iter().map(|step| pack.step_at(*step).id.clone()).collect(),
        complete: trail.open.is_none(),
        harm_suspected: harm(&trail),
    })
}

/// The countersignature that is needed where the practitioner decides otherwise: not sharing against
/// `must-share`, `emergency-share` or suspected harm (condition 12). Sharing sooner never needs one.
#[must_use]
pub fn countersign(pack: &Pack, advice: &Advice, decided: OutcomeKind) -> Option<ObligationPlan> {
    let binds = matches!(advice.kind, OutcomeKind::MustShare | OutcomeKind::EmergencyShare);
    if decided.shares() || decided == advice.kind || !(binds || advice.harm_suspected) {
        return None;
    }
    let obligation = pack.obligation_at(pack.countersign);
    Some(ObligationPlan {
        key: obligation.id.clone(),
        duty: obligation.duty,
        deadline: obligation.deadline,
        each: None,
        met: false,
        point: false,
        in_call: false,
        card: obligation.card(),
        unconfirmed: any_unconfirmed(&obligation.sources),
        sources: obligation.sources.clone(),
    })
}

fn any_unconfirmed(sources: &[Cite]) -> bool {
    sources.iter().any(|cite| cite.unconfirmed)
}

fn harm(trail: &Trail<'_>) -> bool {
    trail.pack.steps.iter().enumerate().any(|(at, step)| {
        (step.asks(Tag::ImmediateDanger) || step.asks(Tag::SuspectedHarm))
            && trail.said_at(at).is_some_and(|said| said.is("yes") || said.is("not_sure"))
    })
}

fn deciding(trail: &Trail<'_>, outcome: &Outcome, advised_at: usize) -> Vec<Deciding> {
    let pack = trail.pack;
    let before = |step: usize| {
        let asked = trail.visits.iter().take(advised_at).any(|visit| visit.slot.step == step);
        asked || trail.not_asked.iter().any(|skipped| skipped.step == step)
    };
    let one = |step: &usize| {
        let said = trail.said_at(*step).filter(|_| before(*step))?;
        let step = pack.step_at(*step);
        let because = because(step.kind, said).into_iter();
        Some(Deciding {
            because: because.map(|value| format!("step.{}.because.{value}", step.id)).collect(),
            step: step.id.clone(),
            sources: step.sources.clone(),
        })
    };
    outcome.deciding.iter().filter_map(one).collect()
}

fn because(kind: Kind, said: &Said) -> Vec<&str> {
    match kind {
        Kind::Text | Kind::Date | Kind::People | Kind::Items if !said.is("not_sure") => {
            if said.some {
                vec!["given"]
            } else {
                Vec::new()
            }
        }
        Kind::Text | Kind::Date | Kind::People | Kind::Items => Vec::new(),
        Kind::YesNo
        | Kind::OneOf
        | Kind::ManyOf
        | Kind::Adviser
        | Kind::Weighing
        | Kind::EachPerson
        | Kind::Checklist => {
            let mut values: Vec<&str> = Vec::new();
            for value in &said.values {
                if !values.contains(&value.as_str()) {
                    values.push(value);
                }
            }
            values
        }
    }
}

/// Whether an optional condition holds for certain.
fn applies(when: Option<&Cond>, world: &dyn World) -> bool {
    when.is_none_or(|when| holds(when, world) == Some(true))
}

/// The obligations that an outcome brings on a path, in order, each once. `follows`: whether one's condition holds.
pub(crate) fn attached<'p>(
    pack: &'p Pack,
    outcome: &'p Outcome,
    unknown: bool,
    follows: &dyn Fn(usize) -> bool,
) -> impl Iterator<Item = &'p Obligation> {
    let mut all: Vec<usize> = outcome.obligations.clone();
    if unknown {
        all.push(pack.advice.unknown);
    }
    let mut seen: Vec<usize> = Vec::new();
    for at in all {
        if !seen.contains(&at) && follows(at) {
            seen.push(at);
        }
    }
    seen.into_iter().map(|at| pack.obligation_at(at))
}

fn plan(obligation: &Obligation, trail: &Trail<'_>) -> ObligationPlan {
    let each = obligation.for_each.map(|each| match each {
        ForEach::Affected => Who::Affected,
        ForEach::Step(step) => named(trail.standing(step)),
        ForEach::ToldNow => told_now(trail),
    });
    ObligationPlan {
        key: obligation.id.clone(),
        duty: obligation.duty,
        deadline: obligation.deadline,
        each,
        met: obligation.done_by.iter().any(|step| {
            trail.said_at(*step).is_some_and(|said| !said.values.iter().any(|value| value == "not_sure"))
        }),
        point: obligation.point,
        in_call: obligation.in_call,
        card: obligation.card(),
        sources: obligation.sources.clone(),
        unconfirmed: any_unconfirmed(&obligation.sources),
    }
}

/// Whoever is told now, of everybody about whom it was answered whether they are told.
fn told_now(trail: &Trail<'_>) -> Who {
    let (mut people, mut words) = (Vec::new(), Vec::new());
    let tells = trail.pack.steps.iter().enumerate().filter(|(_, step)| step.asks(Tag::TellEachPerson));
    for (at, step) in tells {
        let Some(Answer::EachPerson { rows }) = trail.said_at(at).and(trail.standing(at)) else { continue };
        for row in rows.iter().filter(|row| step.means(&row.value) == WhenTold::Now.word()) {
            match row.person {
                Some(person) => people.push(person),
                None => words.push(row.name.as_str()),
            }
        }
    }
    Who::Named { people, words: words.join(", ") }
}

fn named(answer: Option<&Answer>) -> Who {
    match answer {
        Some(Answer::People { people, words }) => {
            Who::Named { people: people.clone(), words: words.trim().to_owned() }
        }
        Some(Answer::EachPerson { rows }) => Who::Named {
            people: rows.iter().filter_map(|row| row.person).collect(),
            words: rows
                .iter()
                .filter(|row| row.person.is_none())
                .map(|row| row.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        },
        Some(Answer::Choice { words, .. }) => {
            Who::Named { people: Vec::new(), words: words.trim().to_owned() }
        }
        Some(
            Answer::Choices { .. }
            | Answer::Text { .. }
            | Answer::Date { .. }
            | Answer::Adviser { .. }
            | Answer::Items { .. }
            | Answer::Weighing { .. }
            | Answer::Checklist { .. },
        )
        | None => Who::Named { people: Vec::new(), words: String::new() },
    }
}

/// The grounds in force: each field's code from the first ground that holds and has it. `fits`: whether one's condition holds.
pub(crate) fn ground_codes<'p>(
    pack: &'p Pack,
    outcome: &'p Outcome,
    fits: &dyn Fn(usize) -> bool,
) -> BTreeMap<GroundField, (&'p str, &'p Ground)> {
    let mut codes = BTreeMap::new();
    for at in outcome.grounds.iter().copied() {
        if fits(at) {
            let ground = pack.ground_at(at);
            for (field, code) in &ground.codes {
                codes.entry(*field).or_insert((code.as_str(), ground));
            }
        }
    }
    codes
}

fn grounds(pack: &Pack, outcome: &Outcome, world: &dyn World) -> GroundsPlan {
    let suggested = |(field, (code, ground)): (GroundField, (&str, &Ground))| {
        let suggested = Suggested {
            code: code.to_owned(),
            key: format!("ground.{}.{code}", field.word()),
            sources: ground.sources.clone(),
            unconfirmed: any_unconfirmed(&ground.sources),
        };
        (field, suggested)
    };
    let fits = |at: usize| applies(pack.ground_at(at).when.as_ref(), world);
    ground_codes(pack, outcome, &fits).into_iter().map(suggested).collect()
}
