//! A handover that was frozen, and its file, filled in every place.

use sharewell_records::*;

use super::{hash, moment, text, uuid};

pub fn made() -> Payload {
    let (id, cases, from, to) = (HandoverId(uuid(19)), vec![CaseId(uuid(1))], Seq(1), Seq(3));
    let (recipient, recipient_name, head, profile) = (text(), text(), hash(), Profile::Strict);
    let earlier = vec![ChainSlice { origin: OriginId(uuid(20)), from, to, head }];
    let (before, reason) = (Some(vec![HandoverId(uuid(21))]), Some(text()));
    let (version, replaces) = (Some(text()), Some(HandoverId(uuid(22))));
    Payload::HandoverMade {
        id,
        recipient,
        recipient_name,
        cases,
        from,
        to,
        head,
        profile,
        earlier,
        before,
        reason,
        part: Some(HandoverPart { of: id, number: 1, count: 2, until: to }),
        version,
        replaces,
    }
}

pub fn written() -> Payload {
    let file = WrittenFile {
        name: text(),
        hash: hash(),
        bytes: 4096,
        entries: 3,
        documents: 1,
        contents_hash: hash(),
    };
    Payload::HandoverWritten { handover: HandoverId(uuid(19)), file }
}

pub fn dropped() -> Payload {
    Payload::HandoverDropped { handover: HandoverId(uuid(19)) }
}

pub fn receipt() -> Payload {
    let (origin, from, to) = (OriginId(uuid(20)), Seq(1), Seq(3));
    let receipt = TakenReceipt {
        id: ReceiptId(uuid(22)),
        agency: text(),
        made_at: moment(),
        key: text(),
        file: hash(),
        handover: HandoverId(uuid(19)),
        outcome: ReceiptOutcome::Quarantined,
        reason: Some(NotTakenWhy::Gap),
        received: vec![ReceivedStretch { origin, from, to, entries: 2 }],
        quarantined: vec![QuarantinedStretch { origin, from, to, entries: 1, why: NotTakenWhy::Gap }],
        forks: vec![ForkThere { origin, at: to, entries: 1, theirs: hash() }],
        held: vec![HeldThere { origin, at: to, link: hash() }],
        disposals: vec![DisposedThere { origin, sequence: from, at: moment(), authority: text() }],
    };
    Payload::ReceiptTaken { receipt: Box::new(receipt) }
}
