//! What of a file goes to a recipient, item by item: as it was decided, and as it left.

use sharewell_records::{Extent, ExtentItem, Protection, Standing};

use super::{K, Sheet, Spec, word};
use crate::{Kind, Table};

/// What is said of each item, after the record it belongs to.
const ITEM: [Spec; 6] = [
    ("number", Kind::Number, K::P, "In the order in which they were looked through, from 1"),
    ("item_id", Kind::Id, K::No, "The item; in items, where it stands in this handover"),
    ("entry_sha256", Kind::Word, K::No, "The hash of the entry with the words that were looked at"),
    ("choice", Kind::Word, K::No, "goes, without_name or stays; empty where nobody chose"),
    (
        "why",
        Kind::Word,
        K::No,
        "Why it stays: not_needed, no_permission, senders_limit, somebody_else, too_old, not_certain, unsafe or other",
    ),
    ("why_words", Kind::Text, K::No, "More of that in words, the same for all that stay for it"),
];

pub(super) fn decision_items(records: &Standing, protection: &Protection) -> Table {
    let unlocked = ("unlocked_reason", Kind::Text, K::No, "Why it goes though something stands against it");
    let specs = [("decision_id", Kind::Id, K::PF("decisions"), "The decision")].into_iter();
    let mut sheet = Sheet::new("decision_items", specs.chain(ITEM).chain([unlocked]), protection);
    for it in records.decisions.values().map(|one| &one.record) {
        for (at, one) in it.extent.iter().flat_map(|extent| &extent.items).enumerate() {
            let cells = item(it.extent.as_ref(), at, one);
            sheet.push([it.id.to_string()].into_iter().chain(cells).chain([one.unlocked.clone()]));
        }
    }
    sheet.table
}

pub(super) fn decision_needed(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "decision_needed",
        [
            ("decision_id", Kind::Id, K::PF("decisions"), "The decision"),
            (
                "more",
                Kind::Word,
                K::P,
                "What more goes of than the purpose may need: whole_chronology, other_children, health, offence, old or no_source",
            ),
            ("count", Kind::Number, K::No, "How many items"),
            ("why", Kind::Text, K::No, "Why they are needed"),
        ],
        protection,
    );
    for it in records.decisions.values().map(|one| &one.record) {
        for one in it.extent.iter().flat_map(|extent| &extent.needed) {
            sheet.push([it.id.to_string(), word(&one.more), one.count.to_string(), one.why.clone()]);
        }
    }
    sheet.table
}

pub(super) fn disclosure_items(records: &Standing, protection: &Protection) -> Table {
    let specs = [("disclosure_id", Kind::Id, K::PF("disclosures"), "What left")].into_iter();
    let mut sheet = Sheet::new("disclosure_items", specs.chain(ITEM), protection);
    for it in records.disclosures.values().map(|one| &one.record) {
        for (at, one) in it.extent.iter().flat_map(|extent| &extent.items).enumerate() {
            sheet.push([it.id.to_string()].into_iter().chain(item(it.extent.as_ref(), at, one)));
        }
    }
    sheet.table
}

fn item(extent: Option<&Extent>, at: usize, one: &ExtentItem) -> [String; 6] {
    let words = extent.into_iter().flat_map(|extent| &extent.because).find(|said| said.why == one.why);
    [
        (at + 1).to_string(),
        one.item.to_string(),
        one.hash.to_string(),
        word(&one.choice),
        word(&one.why),
        words.map(|said| said.words.clone()).unwrap_or_default(),
    ]
}
