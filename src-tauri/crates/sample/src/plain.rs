//! A decision that is answered plainly, for whoever measures how long each step takes.

use sharewell_casework::guidance::serving;
use sharewell_casework::views::{BeginInput, OutcomeView, Place, SignOffInput};
use sharewell_casework::{Error, Result, children, clock, decide};
use sharewell_records::{CaseId, Moment, PersonRole, Telling, Trigger, WhenTold};
use sharewell_vault::Vault;

use super::answering::{self, Named};
use super::run::MOST_QUESTIONS;

/// Begins a decision for a file's child and answers every question plainly. Gives the advice, with nothing left to
/// answer.
///
/// # Errors
/// [`Error::NotFound`] where the file holds no parent, or the questions do not end; what the vault refuses.
pub fn answer_plainly(vault: &mut Vault, case: CaseId, now: Moment) -> Result<OutcomeView> {
    let head = children::file_head(vault, case, now)?;
    let parent = head.people.iter().find(|one| one.person.role == PersonRole::Parent);
    let parent = parent.ok_or(Error::NotFound { what: "parent" })?;
    let named = Named {
        child: head.child.person.name.clone(),
        mother_name: parent.person.name.clone(),
        father_name: parent.person.name.clone(),
        mother: parent.person.id,
        sibling: None,
    };
    let mut place = decide::begin_decision(vault, case, &BeginInput::of(Trigger::Worry), now)?;
    for _ in 0..MOST_QUESTIONS {
        let question = match place {
            Place::Question { question } => question,
            Place::Outcome { outcome } => match &outcome.write_up_next {
                Some(next) => Box::new(decide::question(vault, outcome.decision, next, now)?),
                None => return Ok(*outcome),
            },
            Place::Signed { .. } => return Err(Error::AlreadySigned),
        };
        let key = question.step.id.clone();
        let pack = vault.read(|r| serving::for_day(r, head.nation, clock::day_of(now)))?;
        let step = pack.pack.step(&key).ok_or(Error::NotOnPath { step: key.0.clone() })?;
        let answer = answering::answer(&question, step, &[], &named, now);
        place = decide::answer(vault, question.decision, &key, answer, now)?;
    }
    Err(Error::NotFound { what: "end of the questions" })
}

/// What is typed to sign an advice as it stands: everybody in the file is told later.
///
/// # Errors
/// What the vault refuses.
pub fn plain_signature(vault: &Vault, outcome: &OutcomeView, now: Moment) -> Result<SignOffInput> {
    let mut draft = outcome.draft.clone();
    draft.decided = Some(outcome.kind);
    "The notes of the visits say so.".clone_into(&mut draft.reasons);
    "What the notes say of the mornings.".clone_into(&mut draft.what);
    if draft.recipient.name.is_empty() {
        "Fablewell Family Front Door".clone_into(&mut draft.recipient.name);
    }
    let head = children::file_head(vault, outcome.case, now)?;
    let people = std::iter::once(&head.child).chain(&head.people).map(|one| &one.person);
    draft.telling = people
        .filter(|person| person.role != PersonRole::Practitioner)
        .map(|person| Telling {
            person: Some(person.id),
            name: person.name.clone(),
            when: WhenTold::Later,
            why: "When it is safe, settled with the lead.".to_owned(),
        })
        .collect();
    Ok(draft)
}
