//! What was told to us, with the limits that came with it, and what became of what left.

use sharewell_records::{Became, Protection, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn received(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "received",
        [
            ("received_id", Kind::Id, K::P, "Something that was told to us"),
            CASE,
            ("source", Kind::Word, K::No, "agency, person or anonymous"),
            ("from", Kind::Text, K::No, "Who gave it; empty where they may not be named"),
            ("from_role", Kind::Text, K::No, "Their post and agency; empty where they may not be named"),
            ("named", Kind::Flag, K::No, "Whether their name may be said"),
            ("route", Kind::Word, K::No, "How it came"),
            ("received_at", Kind::Moment, K::No, "When it came"),
            ("ask_first", Kind::Flag, K::No, "Whether they are asked before it goes further"),
            ("limits_until", Kind::Date, K::No, "The last day on which their limits hold"),
            (
                "family_may_know",
                Kind::Word,
                K::No,
                "Whether the child or the family may know that it came: yes, no or not_said",
            ),
            ("support", Kind::Text, K::No, "What support there is"),
            ("withdrawn", Kind::Flag, K::No, "Whether it was written down in error"),
            ("withdrawn_reason", Kind::Text, K::No, "Why it was withdrawn"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.received.values() {
        let it = &one.record;
        let named = |text: &str| if it.named { text.to_owned() } else { String::new() };
        let cells = [
            it.id.to_string(),
            case(one.case),
            word(&it.source),
            named(&it.from),
            named(&it.from_role),
            it.named.to_string(),
            word(&it.route),
            it.at.to_string(),
            it.limits.ask_first.to_string(),
            maybe(it.limits.until),
            word(&it.family_may_know),
            it.support.clone(),
            one.ended.is_some().to_string(),
            one.how().cloned().unwrap_or_default(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn received_items(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "received_items",
        [
            ("received_id", Kind::Id, K::PF("received"), "What came"),
            (
                "item_id",
                Kind::Id,
                K::P,
                "A note in which it stands; in items, where it stands in this handover",
            ),
        ],
        protection,
    );
    for it in records.received.values().map(|one| &one.record) {
        for item in &it.items {
            sheet.push([it.id.to_string(), item.to_string()]);
        }
    }
    sheet.table
}

pub(super) fn received_not_to(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "received_not_to",
        [
            ("received_id", Kind::Id, K::PF("received"), "What came"),
            ("number", Kind::Number, K::P, "From 1"),
            ("not_to", Kind::Text, K::No, "To whom whoever gave it said that it does not go"),
        ],
        protection,
    );
    for it in records.received.values().map(|one| &one.record) {
        for (at, not_to) in it.limits.not_to.iter().enumerate() {
            sheet.push([it.id.to_string(), (at + 1).to_string(), not_to.clone()]);
        }
    }
    sheet.table
}

pub(super) fn accounts(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "accounts",
        [
            ("account_id", Kind::Id, K::P, "What became of something that left"),
            CASE,
            ("at", Kind::Moment, K::No, "When it happened"),
            (
                "event",
                Kind::Word,
                K::No,
                "delivered, returned, answered, wrong_person, recalled, notice_sent or notice_answered",
            ),
            ("by", Kind::Text, K::No, "Who answered, or who has it that should not"),
            ("words", Kind::Text, K::No, "What shows it, what they said, or the notice as it was sent"),
            ("how", Kind::Text, K::No, "How a notice was sent"),
            (
                "result",
                Kind::Word,
                K::No,
                "Of an answer whether the purpose was met: met, partly, not_met or not_yet; of a wrong person whether somebody may be in danger: yes, not_sure or no; of a recall: asked, deleted, given_back or kept",
            ),
            ("aware_at", Kind::Moment, K::No, "When somebody knew that it went to the wrong person"),
            ("obligation_id", Kind::Id, K::F("obligations"), "The duty to tell whoever has it"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.accounts.values() {
        let it = &one.record;
        let none = String::new;
        let (event, said) = match &it.became {
            Became::Delivered { how } => ("delivered", [none(), how.clone(), none(), none(), none(), none()]),
            Became::Returned { why } => ("returned", [none(), why.clone(), none(), none(), none(), none()]),
            Became::Answered { by, reply, purpose } => {
                ("answered", [by.clone(), reply.clone(), none(), word(purpose), none(), none()])
            }
            Became::WrongPerson { who, danger, aware } => {
                ("wrong_person", [who.clone(), none(), none(), word(danger), aware.to_string(), none()])
            }
            Became::Recalled { came, words } => {
                ("recalled", [none(), words.clone(), none(), word(came), none(), none()])
            }
            Became::NoticeSent { notice, how, words } => {
                ("notice_sent", [none(), words.clone(), how.clone(), none(), none(), notice.to_string()])
            }
            Became::NoticeAnswered { notice, by, reply } => {
                ("notice_answered", [by.clone(), reply.clone(), none(), none(), none(), notice.to_string()])
            }
        };
        let cells = [it.id.to_string(), case(one.case), it.at.to_string(), event.to_owned()];
        sheet.push(cells.into_iter().chain(said).chain(changed(one)));
    }
    sheet.table
}

pub(super) fn account_disclosures(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "account_disclosures",
        [
            ("account_id", Kind::Id, K::PF("accounts"), "What became of it"),
            (
                "disclosure_id",
                Kind::Id,
                K::P,
                "What left, in disclosures; a share that was never sent stands in shares alone",
            ),
        ],
        protection,
    );
    for it in records.accounts.values().map(|one| &one.record) {
        for of in &it.of {
            sheet.push([it.id.to_string(), of.to_string()]);
        }
    }
    sheet.table
}
