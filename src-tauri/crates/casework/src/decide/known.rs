//! What the file, the settings and the request tell the engine, so that it need not be asked.
//!
//! Few things only: the child's age on the day and whether the child is born, that the file is about no child, through
//! which door it was begun, what kind of body the practitioner's agency is, and what was written down about the request.
//! A pack that does not declare one of them is not told it; the decision keeps it all the same. Risk, address, contact safety, parental responsibility and
//! nation are never told: they are confirmed again each time.

use sharewell_guidance::{Pack, Step, Tag};
use sharewell_records::{Answered, Day, Known, KnownFacts, OrderSeen, Person, Practitioner, Request, WayIn};

use crate::input;
use crate::people::is_unborn;

/// The child's age in full years.
const CHILD_AGE: &str = "child_age";
/// Whether the child is not born yet.
const CHILD_UNBORN: &str = sharewell_guidance::practice::unborn::FACT;
/// That the file is about no child.
const NO_CHILD: &str = sharewell_guidance::practice::no_child::FACT;
/// The door of the first page.
const DOOR: &str = "door";
/// Whether the agency is a public or a private body.
const AGENCY_BODY: &str = "agency_body";

/// Of whom and of what something is known.
pub(crate) struct Of<'a> {
    pub own: &'a Practitioner,
    pub child: Option<&'a Person>,
    /// Whether the file is about a child, whatever is known of it.
    pub has_child: bool,
    pub door: Option<WayIn>,
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
    if !of.has_child {
        facts.insert(NO_CHILD.to_owned(), Known::Flag(true));
    }
    if let Some(door) = of.door {
        facts.insert(DOOR.to_owned(), Known::Word(door.word().to_owned()));
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

/// The door through which a signed decision was begun; none where it was signed before there were doors.
pub(crate) fn door(facts: &KnownFacts) -> Option<WayIn> {
    match facts.get(DOOR) {
        Some(Known::Word(word)) => WayIn::of(word),
        Some(Known::Number(_) | Known::Flag(_)) | None => None,
    }
}

/// Whether a question asks what kind of body the agency is.
pub(super) fn asks_body(step: &Step) -> bool {
    step.asks(Tag::LawfulBasis)
}
