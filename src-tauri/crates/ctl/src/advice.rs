//! The advice as JSON: the outcome with its reasons, grounds, obligations and sources, in words and codes.

use serde_json::{Map, Value, json};
use sharewell_guidance::{Advice, Pack};

use crate::question::{sources, text};

/// An outcome with everything that follows from it.
pub fn advice(pack: &Pack, advice: &Advice) -> Value {
    let wording = |part: &str| text(pack, &format!("outcome.{}.{part}", advice.id));
    let reasons = advice.deciding.iter().map(|deciding| {
        json!({
            "step": deciding.step,
            "because": deciding.because.iter().filter_map(|key| text(pack, key)).collect::<Vec<_>>(),
            "sources": sources(pack, &deciding.sources),
        })
    });
    let obligations = advice.obligations.iter().map(|obligation| {
        json!({
            "key": obligation.key,
            "duty": obligation.duty,
            "what": text(pack, &format!("obligation.{}.what", obligation.key)),
            "hint": text(pack, &format!("obligation.{}.hint", obligation.key)),
            "deadline": obligation.deadline.map(|deadline| deadline.to_string()),
            "each": obligation.each,
            "met": obligation.met,
            "point": obligation.point,
            "card": obligation.card,
            "unconfirmed": obligation.unconfirmed,
            "sources": sources(pack, &obligation.sources),
        })
    });
    let mut grounds = Map::new();
    for (field, suggested) in &advice.grounds {
        grounds.insert(
            field.word().to_owned(),
            json!({
                "code": suggested.code,
                "text": text(pack, &suggested.key),
                "unconfirmed": suggested.unconfirmed,
                "sources": sources(pack, &suggested.sources),
            }),
        );
    }
    json!({
        "id": advice.id,
        "kind": advice.kind,
        "title": wording("title"),
        "why": wording("why"),
        "act": wording("act"),
        "ring": advice.act.recipient,
        "hint": wording("hint"),
        "deadline": advice.deadline.map(|deadline| deadline.to_string()),
        "review": advice.review.to_string(),
        "reasons": reasons.collect::<Vec<_>>(),
        "grounds": grounds,
        "obligations": obligations.collect::<Vec<_>>(),
        "sources": sources(pack, &advice.sources),
        "unconfirmed": advice.unconfirmed,
        "unknown": advice.unknown,
        "harm_suspected": advice.harm_suspected,
        "complete": advice.complete,
    })
}
