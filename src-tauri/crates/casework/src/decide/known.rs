//! What the file tells the engine, so that it need not be asked.
//!
//! Few things only: the child's age on the day, what kind of body the agency is, where that was said earlier on
//! the same day, and what was written down about the request. Risk, address, contact safety, parental responsibility and nation are never
//! told: they are confirmed again each time.

use sharewell_guidance::Tag;
use sharewell_records::{Answer, CaseId, Day, Known, KnownFacts, OrderSeen, Person, Request};
use sharewell_vault::{Reader, decisions};

use crate::error::Result;
use crate::guidance::serving;
use crate::{clock, input};

/// The child's age in full years.
const CHILD_AGE: &str = "child_age";
/// Whether the agency is a public or a private body.
const AGENCY_BODY: &str = "agency_body";

/// What the file tells on a day.
pub(crate) fn facts(
    r: &Reader<'_>,
    case: CaseId,
    child: Option<&Person>,
    request: Option<&Request>,
    on: Day,
) -> Result<KnownFacts> {
    let mut facts = KnownFacts::new();
    let age = child.and_then(|child| input::age(&child.birth, on));
    if let Some(age) = age.and_then(|age| i32::try_from(age).ok()) {
        facts.insert(CHILD_AGE.to_owned(), Known::Number(age));
    }
    if let Some(body) = body_said_today(r, case, on)? {
        facts.insert(AGENCY_BODY.to_owned(), Known::Word(body));
    }
    if let Some(request) = request {
        facts.insert("requester".to_owned(), Known::Word(request.from.word().to_owned()));
        facts.insert("requester_verified".to_owned(), Known::Flag(request.verified));
        facts.insert("requester_order".to_owned(), Known::Flag(request.order == OrderSeen::Checked));
        facts.insert("request_specific".to_owned(), Known::Flag(request.specific));
    }
    Ok(facts)
}

/// The kind of body that the practitioner named in a decision of the same day in this file.
fn body_said_today(r: &Reader<'_>, case: CaseId, on: Day) -> Result<Option<String>> {
    for signed in decisions::of_case_at(r, case, |at| clock::day_of(at) == on)? {
        let carried = serving::kept_pack(r, &signed.record.pack)?;
        let of_body = |step: &sharewell_records::StepId| {
            carried.pack.step(step).is_some_and(|step| step.asks(Tag::LawfulBasis))
        };
        let said = signed
            .record
            .answers
            .iter()
            .find(|one| signed.record.path.contains(&one.step) && of_body(&one.step));
        if let Some(Answer::Choice { value, .. }) = said.map(|one| &one.answer)
            && (value == "public" || value == "private")
        {
            return Ok(Some(value.clone()));
        }
    }
    Ok(None)
}
