//! What a language brings to slips: three ways of saying each paper, and one that tells nobody else anything.

use serde::Deserialize;
use sharewell_records::{ConsentSense, InfoKind, Pattern, SignedHow, SlipTone, TellingWords};

use super::pattern::{Set, group};

group! {
    /// The words of slips.
    SlipWords {
        version: String,
        tone: Set<SlipTone, SlipToneWords>,
        neutral: NeutralSlip,
        info: Set<InfoKind>,
        note: Pattern,
        note_more: Pattern,
        spoken_for: String,
        telling_words: TellingWords,
        signed: Set<SignedHow>,
        signed_by: Pattern,
        seen_by: Pattern,
        signature: Pattern,
    }
}

group! {
    /// How slips are worded for somebody.
    SlipToneWords {
        choose: SlipPaperWords,
        telling: SlipPaperWords,
        answers: [String; 4],
        whose_own: String,
        whose_of: Pattern,
        purpose: Pattern,
        sense: Set<ConsentSense>,
        until: Pattern,
        until_open: String,
        ring: Pattern,
        ring_none: Pattern,
    }
}

group! {
    /// Slips that tell nobody else anything.
    NeutralSlip {
        choose: SlipPaperWords,
        telling: SlipPaperWords,
        answers: [String; 4],
        thing: Pattern,
        recipient: Pattern,
    }
}

group! {
    /// One paper.
    SlipPaperWords {
        title: String,
        before: Vec<SlipPartWords>,
        after: Vec<SlipPartWords>,
        fill: Vec<String>,
    }
}

group! {
    /// A heading of it and its lines.
    SlipPartWords {
        heading: String,
        lines: Vec<Pattern>,
    }
}
