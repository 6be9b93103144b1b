//! Condition 1, of the act: in every language its words name whom the pack says it rings.
//!
//! Without this a sentence could ask for the adviser while the number beside it is the front door's. That the one
//! who is rung is the first of those whom the act names is left to human review: word order is a language's own.

use sharewell_records::OutcomeKind;

use super::Found;
use crate::Ring;
use crate::pack::Pack;

/// Holds the words of each act to the recipient that its outcome declares.
pub(super) fn one_pack(pack: &Pack, found: &mut Found) {
    for outcome in &pack.outcomes {
        // Earlier engines declare nobody, and then no number is shown.
        let Some(ring) = outcome.act.recipient else { continue };
        let mut tell = |message: &str| found.pack(1, &outcome.spot, &outcome.id, message);
        if outcome.kind == OutcomeKind::EmergencyShare && ring != Ring::Emergency {
            tell("an emergency rings 999 first");
        }
        for lang in &pack.languages {
            // A text that is missing was refused by the loader.
            let Some(words) = pack.act_as_written(lang, &outcome.id) else { continue };
            let names = |term: &str| words.contains(&format!("{{{term}}}"));
            if let Some(term) = ring.named_by().filter(|term| !names(term)) {
                tell(&format!(
                    "the act rings {}, and its words in \"{lang}\" have no {{{term}}}",
                    ring.word()
                ));
            }
            let says = |number: &str| words.split(|c: char| !c.is_ascii_digit()).any(|found| found == number);
            if let Some(number) = ring.public_number().filter(|number| !says(number)) {
                tell(&format!(
                    "the act rings {}, and its words in \"{lang}\" do not say {number}",
                    ring.word()
                ));
            }
            let mut others = Ring::ALL.into_iter().filter_map(Ring::named_by);
            if matches!(ring, Ring::Nobody | Ring::OtherArea)
                && let Some(term) = others.find(|term| names(term))
            {
                tell(&format!("the act rings nobody of ours, and its words in \"{lang}\" name {{{term}}}"));
            }
        }
    }
}
