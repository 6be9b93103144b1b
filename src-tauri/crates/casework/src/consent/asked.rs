//! What a form of a consent asks, without any answer: what a slip is made of.

use std::collections::BTreeSet;

use sharewell_records::{
    CaseId, ConsentActKind, ConsentCell, ConsentGiver, ConsentPurpose, ConsentRecipient, ConsentSense,
    ConsentThing, Day, ItemId, Moment, PersonId,
};
use sharewell_vault::{Reader, items};

use super::givers::Rules;
use super::replaced::Answering;
use super::{folded, typed};
use crate::clock;
use crate::error::{Problem, Result};
use crate::input::{Form, at_most};
use crate::people::Family;
use crate::views::ConsentInput;

/// What is asked of whom.
#[derive(Debug, Clone)]
pub(crate) struct ToAsk {
    pub owed: PersonId,
    pub sense: ConsentSense,
    pub purpose: ConsentPurpose,
    pub giver: ConsentGiver,
    pub things: Vec<ConsentThing>,
    pub recipients: Vec<ConsentRecipient>,
    /// Each thing beside each recipient, without an answer.
    pub cells: Vec<ConsentCell>,
    pub until: Option<Day>,
    pub review: Option<Day>,
}

/// Reads what a form asks; none where it was told what is wrong.
pub(crate) fn asked(
    form: &mut Form,
    r: &Reader<'_>,
    case: CaseId,
    family: &Family,
    input: &ConsentInput,
    now: Moment,
) -> Result<Option<ToAsk>> {
    let asks = ConsentInput { act: Some(ConsentActKind::Asked), ..input.clone() };
    // Who signs is held to what an answer is held to: that they can decide is never skipped.
    let answers = ConsentInput { act: Some(ConsentActKind::Answered), ..input.clone() };
    let owed = typed::owed(form, family, input.owed);
    let sense = form.chosen("sense", input.sense);
    let purpose = typed::purpose(form, input.purpose_kind, &input.purpose);
    let known: BTreeSet<ItemId> = items::of_case(r, case)?.into_iter().map(|item| item.record.id).collect();
    let things = typed::things(form, &asks, &known);
    let recipients = typed::recipients(form, r, &input.recipients);
    // A slip is answered on the day on which it is made, by the rules of that day: whoever may not consent is kept as
    // somebody who was heard.
    let on = clock::day_of(now);
    let rules = Rules::of(r, family.case.nation, on);
    let giver = typed::giver(form, &typed::Asked { family, rules: &rules, on, now }, &answers);
    let cells = typed::cells(form, &asks, &things, &recipients);
    let until = form.coming_day("until", &input.until, now);
    let review = form.coming_day("review", &input.review, now);
    let (_, stands) = folded(r, case, now)?;
    // What the answer will take the place of is said now, while whoever asks has the screen.
    let said = owed.zip(sense).zip(purpose.as_ref()).zip(giver.as_ref());
    if let Some((((owed, sense), purpose), giver)) = said {
        let by = Answering { owed, sense, purpose, giver };
        form.take(at_most(&input.replaces, "replaces"));
        let all = input.replaces.iter().all(|other| by.formerly(&stands, other).is_some());
        form.fault_if(!all, "replaces", Problem::NotAnOption);
    }
    let whole = || {
        Some(ToAsk {
            owed: owed?,
            sense: sense?,
            purpose: purpose?,
            giver: giver?,
            things,
            recipients,
            cells,
            until,
            review,
        })
    };
    Ok(whole())
}
