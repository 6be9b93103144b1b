//! The grounds of a decision: what the advice suggests, and what was typed over it.

use sharewell_guidance::{Advice, GroundField, GroundsPlan};
use sharewell_records::{Grounds, has_blank};

use super::advised::Advised;
use super::draft::Open;
use super::filled::Filled;

/// The suggested grounds in the pack's words, field by field.
pub(crate) fn suggested(wording: &Filled<'_>, plan: &GroundsPlan) -> Grounds {
    let say = |field: GroundField| plan.get(&field).map(|one| wording.say(&one.key)).unwrap_or_default();
    Grounds {
        power: say(GroundField::Power),
        lawful_basis: say(GroundField::LawfulBasis),
        condition: say(GroundField::Condition),
        no_consent_limb: say(GroundField::NoConsentLimb),
        confidence: say(GroundField::Confidence),
        proportionality: say(GroundField::Proportionality),
        changed_because: String::new(),
    }
}

/// The grounds that the advice suggests, in words.
pub(crate) fn suggestions(open: &Open, advised: &Advised) -> Grounds {
    let wording = open.filled();
    suggested(&wording, &advised.advice.grounds)
}

/// Each ground with its suggestion.
fn boxes(grounds: &Grounds) -> [&String; 6] {
    let Grounds { power, lawful_basis, condition, no_consent_limb, confidence, proportionality, .. } =
        grounds;
    [power, lawful_basis, condition, no_consent_limb, confidence, proportionality]
}

fn boxes_mut(grounds: &mut Grounds) -> [&mut String; 6] {
    let Grounds { power, lawful_basis, condition, no_consent_limb, confidence, proportionality, .. } =
        grounds;
    [power, lawful_basis, condition, no_consent_limb, confidence, proportionality]
}

/// The grounds in which something is still to be filled in. Nothing waits for the name of an Act where harm is suspected.
pub(crate) fn open_grounds(advice: &Advice, typed: &Grounds) -> Vec<GroundField> {
    let all = GroundField::ALL.into_iter().zip(boxes(typed));
    let open = all.filter(|(_, text)| !advice.harm_suspected && has_blank(text));
    open.map(|(field, _)| field).collect()
}

/// Whether something that the advice suggests was changed. What it leaves open may be filled without a reason.
pub(crate) fn grounds_changed(open: &Open, advised: &Advised, typed: &Grounds) -> bool {
    let suggestions = suggestions(open, advised);
    boxes(&suggestions).into_iter().zip(boxes(typed)).any(|(suggested, typed)| {
        let whole = !suggested.is_empty() && !has_blank(suggested);
        whole && suggested.trim() != typed.trim()
    })
}

/// What was typed over an earlier suggestion stays; what was not follows the advice as it is now.
pub(crate) fn follow_suggestions(typed: &mut Grounds, earlier: &Grounds, now: &Grounds) {
    for ((typed, earlier), now) in boxes_mut(typed).into_iter().zip(boxes(earlier)).zip(boxes(now)) {
        if typed == earlier {
            typed.clone_from(now);
        }
    }
}
