//! What a call becomes as entries: the call itself, and what left by it.

use sharewell_records::{Call, CallEnd, Disclosure, DisclosureId, Extent, Moment, Route};
use sharewell_vault::Reader;

use super::extent::Holding;
use super::held::held;
use crate::error::Result;
use crate::people::Family;
use crate::store;
use crate::words::Words;

/// What left in a call, beside what the call itself says.
pub(crate) struct Said<'a> {
    /// What was to be shared, where no line was ticked.
    pub what: &'a str,
    /// Why.
    pub why: &'a str,
    /// Limits that were told.
    pub limits: &'a str,
}

/// What left by a call; none where nobody was told, or nothing was said.
pub(crate) fn disclosure(call: &Call, said: &Said<'_>, words: &Words, now: Moment) -> Option<Disclosure> {
    let CallEnd::Told { who, job, reference, .. } = &call.end else { return None };
    let lines: Vec<&str> = call.said.iter().map(String::as_str).collect();
    let what = if lines.is_empty() { said.what.to_owned() } else { lines.join("\n") };
    if what.is_empty() {
        return None;
    }
    Some(Disclosure {
        id: DisclosureId(store::new_id(now)),
        decision: call.decision,
        recipient: who.clone(),
        recipient_role: words.list(&[job, &call.recipient]),
        check: call.found.check(),
        checked: words.series(&[&call.number, &reference_of(reference, words)]),
        route: Route::Telephone,
        what,
        why: said.why.to_owned(),
        limits: said.limits.to_owned(),
        at: call.at,
        extent: None,
    })
}

/// The same, with the notes that were said, as they stand: a correction reaches whoever was told one. None where no note was
/// ticked: that stands in words alone.
pub(crate) fn traced(
    r: &Reader<'_>,
    family: &Family,
    (call, left): (&Call, Disclosure),
) -> Result<Disclosure> {
    if call.items.is_empty() {
        return Ok(left);
    }
    let recorded = held(r, family)?;
    let nothing = Extent::of(&left.recipient, &left.recipient_role, &Holding::of(&recorded).held());
    Ok(Disclosure { extent: Some(nothing.with_said(&call.items)), ..left })
}

/// What a duty is closed with that a call shows to be done.
pub(crate) fn note(call: &Call, words: &Words) -> String {
    words.series(&[&call.recipient, &end(call, words)])
}

/// What came of a call, as a line.
pub(crate) fn end(call: &Call, words: &Words) -> String {
    let said = &words.call;
    match &call.end {
        CallEnd::Told { who, job, reference, will_do, by_when } => {
            let person = words.list(&[who, job]);
            let told = said.told.fill(&[("who", &person), ("moment", &words.moment(call.at))]);
            let reference = reference_of(reference, words);
            let will = match will_do.is_empty() && by_when.is_empty() {
                true => String::new(),
                false => said.will_do.fill(&[("what", &words.list(&[will_do, by_when]))]),
            };
            words.series(&[&told, &reference, &will])
        }
        CallEnd::NoAnswer => words.list(&[&said.no_answer, &words.moment(call.at)]),
        CallEnd::StillTrying { why } => words.list(&[said.not_yet.of(*why), &words.moment(call.at)]),
        CallEnd::Refused { who, who_decides, by_when } => {
            let refused = said.refused.fill(&[("moment", &words.moment(call.at))]);
            let decides = said.decides.fill(&[("who", &words.list(&[who_decides, by_when]))]);
            words.series(&[&refused, who, &decides])
        }
    }
}

fn reference_of(reference: &str, words: &Words) -> String {
    if reference.is_empty() {
        return String::new();
    }
    words.referral.reference.fill(&[("reference", reference)])
}
