//! A question and citations as JSON, with their wording, for whoever reads the result of `decide`.

use serde_json::{Value, json};
use sharewell_guidance::{Asking, Cite, Pack};

/// The wording of a key in the pack's first language; no name is known here.
pub fn text(pack: &Pack, key: &str) -> Option<String> {
    let language = pack.languages.first()?;
    Some(nameless(pack.text(language, key)?))
}

/// Fills the places for names with words, with a capital where a sentence begins.
fn nameless(text: &str) -> String {
    let mut filled = text.to_owned();
    for (place, words, capital) in
        [("{child}", "the child", "The child"), ("{person}", "the person", "The person")]
    {
        while let Some((before, after)) = filled.split_once(place) {
            let begins = before.trim_end().is_empty() || before.trim_end().ends_with(['.', '?', '!']);
            filled = format!("{before}{}{after}", if begins { capital } else { words });
        }
    }
    filled
}

/// A citation with what is known of its source.
pub fn source(pack: &Pack, cite: &Cite) -> Value {
    let source = pack.source(cite);
    json!({
        "source": cite.source,
        "place": cite.place,
        "unconfirmed": cite.unconfirmed,
        "title": source.map(|source| &source.title),
        "publisher": source.map(|source| &source.publisher),
        "year": source.map(|source| source.year),
        "address": source.and_then(|source| source.address.as_ref()),
        "confidence": source.map(|source| source.confidence),
    })
}

/// Several citations.
pub fn sources(pack: &Pack, cites: &[Cite]) -> Vec<Value> {
    cites.iter().map(|cite| source(pack, cite)).collect()
}

/// The next question.
pub fn question(pack: &Pack, asking: &Asking) -> Value {
    let wording = |part: &str| text(pack, &format!("step.{}.{part}", asking.step));
    let step = pack.step(&asking.key);
    let option = |value: &str| {
        let chosen = step.and_then(|step| step.option(value));
        json!({
            "value": value,
            "text": text(pack, &pack.option_key(&asking.step, value)),
            "hint": wording(&format!("option_hint.{value}")),
            "requires_words": chosen.is_some_and(|option| option.requires_words),
            "alone": chosen.is_some_and(|option| option.alone),
        })
    };
    json!({
        "key": asking.key,
        "step": asking.step,
        "about": asking.about,
        "round": asking.round,
        "number": asking.number,
        "kind": step.map(|step| step.kind),
        "question": wording("question"),
        "hint": wording("hint"),
        "why": wording("why"),
        "options": step.map(|step| step.values().into_iter().map(option).collect::<Vec<_>>()),
        "optional": step.is_some_and(|step| step.optional),
        "after_advice": step.is_some_and(|step| step.after_advice),
        "unconfirmed": step.is_some_and(|step| step.unconfirmed),
        "sources": step.map(|step| sources(pack, &step.sources)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_without_a_name_still_reads_as_sentences() {
        assert_eq!(
            nameless("{child} is safe. {child} said so to {person}."),
            "The child is safe. The child said so to the person."
        );
    }
}
