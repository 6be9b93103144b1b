//! Which other agencies hold a record, and how to ask.

use sharewell_records::{Protection, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn held_elsewhere(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "held_elsewhere",
        [
            ("held_id", Kind::Id, K::P, "A record that another agency holds; nothing of it stands here"),
            CASE,
            ("agency", Kind::Text, K::No, "The agency, and whom to ask there"),
            (
                "contact_id",
                Kind::Id,
                K::No,
                "Whom to ask in the practitioner's own directory, which is not handed over",
            ),
            (
                "kind",
                Kind::Word,
                K::No,
                "health, school, social_care, police, youth_justice, housing, early_help, court or other",
            ),
            ("words", Kind::Text, K::No, "More of the kind of record"),
            ("route", Kind::Word, K::No, "agreement, harm, duty, order, own_request or not_known"),
            ("how", Kind::Text, K::No, "How to ask"),
            ("last_contact", Kind::Date, K::No, "The last day on which somebody was in touch about it"),
            ("ended", Kind::Flag, K::No, "Whether they hold it no more"),
            ("reason", Kind::Text, K::No, "Why it was changed last"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.elsewhere.values() {
        let it = &one.record;
        let cells = [
            it.id.to_string(),
            case(one.case),
            it.agency.clone(),
            maybe(it.contact),
            word(&it.kind),
            it.words.clone(),
            word(&it.route),
            it.how.clone(),
            maybe(it.last_contact),
            it.ended.to_string(),
            it.reason.clone(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}
