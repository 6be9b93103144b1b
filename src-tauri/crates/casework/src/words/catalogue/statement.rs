//! The words of a statement for somebody.

use serde::Deserialize;
use sharewell_records::{
    AbleToDecide, AskedRecord, CutTest, GiverKind, LineBind, LineGoes, OfficerSaid, Pattern,
};

use crate::words::pattern::{Closed, Set, closed, group};

closed!(AskedRecord, CutTest, LineBind, LineGoes, OfficerSaid);

group! {
    /// Who was told what about somebody, as a draft and as it goes home.
    StatementWords {
        told: Pattern,
        told_why_not_said: Pattern,
        returned: String,
        astray: String,
        refused: Pattern,
        refused_why_not_said: Pattern,
        nobody_named: String,
        received: Pattern,
        received_from: String,
        asker: String,
        checked: String,
        asked_on: String,
        record: String,
        instead: String,
        instead_of: Pattern,
        stands_as: String,
        not_in_file: String,
        responsibility: String,
        able: String,
        shows: String,
        orders: String,
        none_seen: String,
        not_said: String,
        unconfirmed: Pattern,
        month: Pattern,
        school_clock: String,
        abuse: String,
        health: String,
        goes: Set<LineGoes>,
        test: Set<CutTest>,
        binds: Set<LineBind>,
        records: Set<AskedRecord>,
        own_say: Set<AbleToDecide>,
        r#as: Set<GiverKind>,
        officer: Set<OfficerSaid>,
        due: Pattern,
        due_hint: String,
        due_veiled: String,
        due_anew: String,
        event_draft: String,
        event_sent: Pattern,
        event_answered: Pattern,
    }
}
