//! What was shared as a file: how far each share has come, and its manifest.

use sharewell_records::{Protection, ShareState, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn shares(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "shares",
        [
            (
                "share_id",
                Kind::Id,
                K::P,
                "A share that was made into a file; what left by it has the same id in disclosures",
            ),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision on which it rests"),
            ("route", Kind::Word, K::No, "By which route it goes"),
            ("state", Kind::Word, K::No, "made, sent or acknowledged"),
            ("file_sha256", Kind::Word, K::No, "SHA-256 of the file as it was first made"),
            ("file_bytes", Kind::Number, K::No, "How many bytes that file has"),
            (
                "latest_sha256",
                Kind::Word,
                K::No,
                "SHA-256 of the file that was made last, with the same content under new words",
            ),
            ("made_again", Kind::Number, K::No, "How often it was made again"),
            ("sent_at", Kind::Moment, K::No, "When a person said that it was sent"),
            ("how", Kind::Text, K::No, "How"),
            ("reference", Kind::Text, K::No, "The reference that they gave"),
            ("acknowledged_at", Kind::Moment, K::No, "When somebody answered"),
            ("acknowledged_by", Kind::Text, K::No, "Who"),
            ("will_do", Kind::Text, K::No, "What they will do"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.shares.values() {
        let it = &one.record;
        let (sent, answered) = (it.sent.as_ref(), it.acknowledged.as_ref());
        let state: ShareState = it.state();
        let cells = [
            it.id.to_string(),
            case(one.case),
            it.decision.to_string(),
            word(&it.route),
            word(&state),
            it.manifest.file.hash.to_string(),
            it.manifest.file.bytes.to_string(),
            it.file().hash.to_string(),
            it.again.len().to_string(),
            maybe(sent.map(|one| one.at)),
            sent.map(|one| one.how.clone()).unwrap_or_default(),
            sent.map(|one| one.reference.clone()).unwrap_or_default(),
            maybe(answered.map(|one| one.at)),
            answered.map(|one| one.by.clone()).unwrap_or_default(),
            answered.map(|one| one.will_do.clone()).unwrap_or_default(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn share_items(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "share_items",
        [
            ("share_id", Kind::Id, K::PF("shares"), "The share"),
            ("item_id", Kind::Id, K::P, "An item that went; it may have been disposed of since"),
            (
                "entry_id",
                Kind::Id,
                K::No,
                "The entry that gave it the form in which it went, see entries.ndjson",
            ),
            ("payload_sha256", Kind::Word, K::No, "The salted hash of that entry's payload"),
        ],
        protection,
    );
    for share in records.shares.values().map(|one| &one.record) {
        for item in &share.manifest.items {
            sheet.push([
                share.id.to_string(),
                item.item.to_string(),
                item.entry.to_string(),
                item.payload.to_string(),
            ]);
        }
    }
    sheet.table
}
