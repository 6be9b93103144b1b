//! A handover that was frozen, and its file, filled in every place.

use sharewell_records::*;

use super::{hash, text, uuid};

pub fn made() -> Payload {
    let (id, cases, from, to) = (HandoverId(uuid(19)), vec![CaseId(uuid(1))], Seq(1), Seq(3));
    let (recipient, recipient_name, head, profile) = (text(), text(), hash(), Profile::Strict);
    let earlier = vec![ChainSlice { origin: OriginId(uuid(20)), from, to, head }];
    let (before, reason) = (Some(vec![HandoverId(uuid(21))]), Some(text()));
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
