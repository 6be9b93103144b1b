//! How much of what is held goes with a decision, and what of it stands in the way of the sign-off.

use sharewell_guidance::practice::consent_given;
use sharewell_records::{Answer, Extent, OutcomeKind, Scope};

use super::advised::Advised;
use super::draft::Open;
use super::rests;
use crate::error::{Field, Problem};
use crate::sharing::extent::{Chooser, For, Holding};
use crate::views::{ExtentHead, SignOffInput};

/// Chooses for what was typed towards the sign-off.
pub(super) fn chooser<'a>(
    open: &'a Open,
    advised: &Advised,
    typed: &'a SignOffInput,
    holding: &'a Holding<'a>,
) -> Chooser<'a> {
    let answered = open.position.path.iter().filter_map(|asked| match &asked.answer {
        Answer::Choice { words, .. } | Answer::Choices { words, .. } => Some(words.as_str()),
        Answer::Text { text } => Some(text.as_str()),
        _ => None,
    });
    let said = [typed.what.as_str(), &typed.reasons, &typed.recipient.role].into_iter();
    let of = For {
        decided: typed.decided.unwrap_or(advised.advice.kind),
        harm: advised.advice.harm_suspected,
        agreed: consent_given(&open.carried.pack, &open.position),
        rests_on: rests::rests_on(open, advised, typed),
        consents: &open.consents,
        limits: &open.limits,
        recipient: &typed.recipient,
        route: None,
        scope: Scope::default(),
        said: said.chain(answered).collect(),
        on: open.on,
    };
    Chooser::of(holding, &open.family, of)
}

/// What of the extent stands in the way of the sign-off. Nothing where nothing leaves or is held, and where harm or
/// danger does not wait for it.
pub(crate) fn missing(open: &Open, advised: &Advised, typed: &SignOffInput) -> Vec<(Field, Problem)> {
    match head(open, advised, typed) {
        Some(head) if !head.may_wait && !typed.recipient.name.trim().is_empty() => {
            let holding = Holding::of(&open.items);
            let chooser = chooser(open, advised, typed, &holding);
            chooser.missing(&chooser.standing(open.draft.extent.as_ref()))
        }
        Some(_) | None => Vec::new(),
    }
}

/// How much goes and stays so far; none where nothing leaves or nothing is held.
pub(crate) fn head(open: &Open, advised: &Advised, typed: &SignOffInput) -> Option<ExtentHead> {
    let decided: OutcomeKind = typed.decided.unwrap_or(advised.advice.kind);
    if !decided.shares() || open.items.is_empty() {
        return None;
    }
    let holding = Holding::of(&open.items);
    let chooser = chooser(open, advised, typed, &holding);
    let extent = chooser.standing(open.draft.extent.as_ref());
    Some(ExtentHead { count: extent.count(), may_wait: chooser.may_wait() })
}

/// The extent as it is signed. One of which nothing was chosen is none.
pub(crate) fn signed(open: &Open, advised: &Advised, typed: &SignOffInput) -> Option<Extent> {
    head(open, advised, typed)?;
    let holding = Holding::of(&open.items);
    let extent = chooser(open, advised, typed, &holding).standing(open.draft.extent.as_ref());
    extent.is_begun().then_some(extent)
}
