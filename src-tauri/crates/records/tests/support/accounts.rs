//! What was told to us, and what became of what left.

use sharewell_records::*;

use super::super::{Set, day, moment, tagged, text, uuid, words};

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let received = Received {
        id: ReceivedId(uuid(33)),
        items: vec![ItemId(uuid(4))],
        source: SourceKind::Agency,
        from: text(),
        from_role: text(),
        named: true,
        route: Route::Telephone,
        at: moment(),
        limits: SendersLimits { ask_first: true, not_to: vec![text()], until: Some(day()) },
        family_may_know: MayKnow::No,
        support: text(),
    };
    let sets = vec![
        words("/received/source", SourceKind::ALL),
        words("/received/route", Route::ALL),
        words("/received/family_may_know", MayKnow::ALL),
    ];
    let amended = Payload::ReceivedAmended { received: received.clone(), reason: text() };
    let amended_sets = vec![
        words("/received/source", SourceKind::ALL),
        words("/received/route", Route::ALL),
        words("/received/family_may_know", MayKnow::ALL),
    ];
    let withdrawn = Payload::ReceivedWithdrawn { id: received.id, reason: text() };
    let mut all =
        vec![(Payload::ReceivedRecorded { received }, sets), (amended, amended_sets), (withdrawn, vec![])];
    let answered = Became::Answered { by: text(), reply: text(), purpose: PurposeMet::Met };
    let wrong = Became::WrongPerson { who: text(), danger: MayBe::Yes, aware: moment() };
    let recalled = Became::Recalled { came: RecallEnd::Asked, words: text() };
    all.push((noted(answered.clone()), vec![words("/note/became/purpose", PurposeMet::ALL)]));
    all.push((noted(wrong.clone()), vec![words("/note/became/danger", MayBe::ALL)]));
    all.push((noted(recalled.clone()), vec![words("/note/became/came", RecallEnd::ALL)]));
    let notice = ObligationId(uuid(7));
    let events = [
        Became::Delivered { how: text() },
        Became::Returned { why: text() },
        answered,
        wrong,
        recalled,
        Became::NoticeSent { notice, how: text(), words: text() },
        Became::NoticeAnswered { notice, by: text(), reply: text() },
    ];
    all.push((noted(Became::Delivered { how: text() }), vec![tagged("/note/became", "event", events)]));
    all
}

fn noted(became: Became) -> Payload {
    let note =
        AccountNote { id: AccountNoteId(uuid(34)), of: vec![DisclosureId(uuid(32))], at: moment(), became };
    Payload::AccountNoted { note }
}
