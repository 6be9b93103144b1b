//! The advice of a draft, once it stands, and what its write-up says beside it.

use sharewell_guidance::Advice;
use sharewell_guidance::practice::telling;
use sharewell_records::{Duty, Moment, Telling};

use super::draft::Open;
use crate::error::Result;

/// The advice of a draft, with the moment from which its deadlines run.
pub(crate) struct Advised {
    pub advice: Advice,
    pub from: Moment,
}

/// The advice, once it stands.
pub(crate) fn advised(open: &Open) -> Result<Option<Advised>> {
    if open.position.advised().is_none() {
        return Ok(None);
    }
    let pack = &open.carried.pack;
    let advice = sharewell_guidance::outcome(pack, &open.known, open.on, &open.answers)?;
    // Deadlines run from the last answer that the advice needed, not from the day on which it is read.
    let before_write_up = open
        .position
        .path
        .iter()
        .filter(|asked| pack.step(&asked.key).is_some_and(|step| !step.after_advice));
    let from = before_write_up.map(|asked| open.at(&asked.key)).max().unwrap_or(open.draft.started);
    Ok(Some(Advised { advice, from }))
}

/// Whether each person is told, as the write-up says; rows of people who have none yet are not invented.
pub(crate) fn telling(open: &Open) -> Vec<Telling> {
    telling::of_answers(&open.carried.pack, &open.position)
}

/// Whether a decision is signed into a restricted file: its advice keeps it out of the child's file, whatever is
/// decided then, or it was begun in a restricted one.
pub(crate) fn signed_apart(open: &Open, advice: &Advice) -> bool {
    open.family.case.kind.is_restricted()
        || advice.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile)
}
