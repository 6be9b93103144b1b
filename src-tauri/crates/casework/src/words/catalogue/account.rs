//! The words of the account: what came to us, what became of what left, and notices.

use serde::Deserialize;
use sharewell_records::{MayBe, Pattern, PurposeMet, RecallEnd};

use crate::words::pattern::{Set, group};

group! {
    /// A share that somebody made for us, as it is written down.
    ArrivedWords {
        asked: Pattern,
        asked_by: Pattern,
        note: Pattern,
        paper: Pattern,
    }
}

group! {
    /// What came to us, what became of what left, and the notices about it.
    AccountWords {
        kept_source: String,
        arrived: ArrivedWords,
        ask_first: String,
        not_to: Pattern,
        until: Pattern,
        family_no: String,
        family_ask: String,
        purpose: Set<PurposeMet>,
        danger: Set<MayBe>,
        came_back: Set<RecallEnd>,
        delivered: Pattern,
        returned: Pattern,
        answered: Pattern,
        wrong: Pattern,
        recall: Pattern,
        recalled: Pattern,
        notice_sent: Pattern,
        notice_answered: Pattern,
        due: Pattern,
        due_hint: String,
        due_unsafe: Pattern,
        due_unsafe_hint: String,
        due_recall: Pattern,
        due_recall_hint: String,
        due_veiled: String,
        amended: Pattern,
        notice: Pattern,
        notice_said: Pattern,
        notice_limits: Pattern,
        corrected: Pattern,
        taken_out: Pattern,
        limited: Pattern,
        limited_against: Pattern,
        paper_corrected: Pattern,
        paper_replaced: Pattern,
        paper_taken_out: Pattern,
        paper_limited: Pattern,
        breach_holder: Pattern,
        breach_officer: Pattern,
        breach_person: Pattern,
    }
}
