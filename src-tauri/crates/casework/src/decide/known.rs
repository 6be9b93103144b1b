//! What the file, the settings and the request tell the engine, so that it need not be asked.
//!
//! Few things only: the child's age on the day and whether the child is born, what kind of body the practitioner's
//! agency is, and what was written down about the request. Risk, address, contact safety, parental responsibility and
//! nation are never told: they are confirmed again each time.

use sharewell_guidance::{Pack, Step, Tag};
use sharewell_records::{
    AgencyBody, Answer, Answered, Day, Known, KnownFacts, Moment, OrderSeen, Payload, Person, Practitioner,
    Request,
};
use sharewell_vault::{Vault, practitioner};

use super::draft::DraftDecision;
use crate::error::Result;
use crate::people::is_unborn;
use crate::{input, store};

/// The child's age in full years.
const CHILD_AGE: &str = "child_age";
/// Whether the child is not born yet.
const CHILD_UNBORN: &str = sharewell_guidance::practice::unborn::FACT;
/// Whether the agency is a public or a private body.
const AGENCY_BODY: &str = "agency_body";

/// Of whom and of what something is known.
pub(crate) struct Of<'a> {
    pub own: &'a Practitioner,
    pub child: Option<&'a Person>,
    pub request: Option<&'a Request>,
    pub on: Day,
}

/// What is known for a draft on a day.
pub(crate) fn facts(of: &Of<'_>, pack: &Pack, answers: &[Answered]) -> KnownFacts {
    let mut facts = KnownFacts::new();
    let age = of.child.and_then(|child| input::age(&child.birth, of.on));
    if let Some(age) = age.and_then(|age| i32::try_from(age).ok()) {
        facts.insert(CHILD_AGE.to_owned(), Known::Number(age));
    }
    if of.child.is_some_and(is_unborn) {
        facts.insert(CHILD_UNBORN.to_owned(), Known::Flag(true));
    }
    // Where it was asked in this very draft it stays an answer, which can be changed as any other.
    let asked_here = answers.iter().any(|one| pack.step(&one.step).is_some_and(asks_body));
    if let Some(body) = of.own.body.filter(|_| !asked_here) {
        facts.insert(AGENCY_BODY.to_owned(), Known::Word(body.word().to_owned()));
    }
    if let Some(request) = of.request {
        facts.insert("requester".to_owned(), Known::Word(request.from.word().to_owned()));
        facts.insert("requester_verified".to_owned(), Known::Flag(request.verified));
        facts.insert("requester_order".to_owned(), Known::Flag(request.order == OrderSeen::Checked));
        facts.insert("request_specific".to_owned(), Known::Flag(request.specific));
    }
    facts
}

/// Whether a question asks what kind of body the agency is.
fn asks_body(step: &Step) -> bool {
    step.asks(Tag::LawfulBasis)
}

/// Keeps a draft after an answer. What kind of body the agency is, is asked in one decision and never again: the
/// answer goes into the practitioner's settings with the draft, both or neither.
pub(crate) fn keep(
    vault: &mut Vault,
    draft: &DraftDecision,
    step: &Step,
    said: &Answer,
    now: Moment,
) -> Result<()> {
    let body = match said {
        Answer::Choice { value, .. } if asks_body(step) => AgencyBody::of(value),
        _ => None,
    };
    let kept = draft.to_draft(now)?;
    let Some(body) = body else { return store::save_draft(vault, &kept) };
    let own = store::read(vault, |r| Ok(practitioner::current(r)?))?;
    store::write(vault, now, |w| {
        if own.record.body != Some(body) {
            let practitioner = Practitioner { body: Some(body), ..own.record };
            w.append(None, &Payload::PractitionerRecorded { practitioner }, &[own.entry])?;
        }
        Ok(w.save_draft(&kept)?)
    })
}
