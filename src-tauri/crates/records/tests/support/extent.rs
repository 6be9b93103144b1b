//! What of a file goes, with something in every place.

use sharewell_records::*;

use super::{Set, hash, text, uuid, words};

pub fn extent() -> Extent {
    let item =
        |choice, why| ExtentItem { item: ItemId(uuid(3)), hash: hash(), choice, why, unlocked: text() };
    Extent {
        recipient: text(),
        recipient_role: text(),
        items: vec![item(Choice::Goes, WhyStays::Blank), item(Choice::Stays, WhyStays::Other)],
        because: vec![Because { why: WhyStays::Other, words: text() }],
        needed: vec![Needed { more: More::Old, count: 2, why: text() }],
    }
}

/// The sets in the extent of a decision.
pub fn of_a_decision() -> Vec<Set> {
    vec![
        words("/decision/extent/items/0/choice", Choice::ALL),
        words("/decision/extent/items/1/why", WhyStays::ALL),
        words("/decision/extent/because/0/why", WhyStays::ALL),
        words("/decision/extent/needed/0/more", More::ALL),
    ]
}

/// The sets of a disclosure, and of what went with it.
pub fn of_a_disclosure() -> Vec<Set> {
    vec![
        words("/disclosure/route", Route::ALL),
        words("/disclosure/check", CheckedBy::ALL),
        words("/disclosure/extent/items/0/choice", Choice::ALL),
        words("/disclosure/extent/items/1/why", WhyStays::ALL),
        words("/disclosure/extent/because/0/why", WhyStays::ALL),
        words("/disclosure/extent/needed/0/more", More::ALL),
    ]
}
