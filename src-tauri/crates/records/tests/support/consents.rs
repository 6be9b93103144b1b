//! Events of consent, with every act, every answer and every way of showing one.

use sharewell_records::*;

#[path = "slips.rs"]
mod slips;

use super::{Set, day, hash, moment, tagged, text, uuid, words};

/// An event, each set of words in it, and those of each act.
pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let of = |act| Payload::ConsentRecorded { consent: Box::new(ConsentEvent { act, ..event() }) };
    let written = ConsentEvidence::Written { how: WrittenHow::Scan, reference: text() };
    let mut all = vec![
        (
            of(answered(spoken())),
            vec![
                words("/consent/sense", ConsentSense::ALL),
                words("/consent/purpose/kind", PurposeKind::ALL),
                words("/consent/giver/capacity", GiverCapacity::ALL),
                words("/consent/giver/able", AbleToDecide::ALL),
                words("/consent/cells/0/what/kind", InfoKind::ALL),
                words("/consent/cells/0/answer", ConsentAnswer::ALL),
                words("/consent/cells/1/what/kinds/0", InfoKind::ALL),
                words("/consent/slip/how", SignedHow::ALL),
                tagged("/consent/cells/1/what", "thing", [kind(), item()]),
                tagged("/consent/act", "is", acts()),
                tagged("/consent/act/method/evidence", "by", [spoken(), written.clone()]),
            ],
        ),
        (of(answered(written)), vec![words("/consent/act/method/evidence/how", WrittenHow::ALL)]),
        (
            of(withdrawn()),
            vec![
                words("/consent/act/pressed", PressedToWithdraw::ALL),
                words("/consent/act/harm", HarmAskedAgain::ALL),
            ],
        ),
        (of(not_sought()), vec![words("/consent/act/why", NotSoughtWhy::ALL)]),
    ];
    all.extend(slips::all());
    all
}

/// On what a decision rests.
pub fn rests_on() -> RestsOn {
    let event = event();
    RestsOn {
        owed: event.owed,
        purpose: event.purpose,
        recipient: event.cells[0].recipient.clone(),
        things: vec![kind(), item()],
        events: vec![event.id],
        until: Some(day()),
    }
}

/// The sets in what a decision rests on.
pub fn of_a_decision() -> Vec<Set> {
    vec![
        words("/decision/rests_on/0/purpose/kind", PurposeKind::ALL),
        words("/decision/rests_on/0/things/0/kind", InfoKind::ALL),
        words("/decision/rests_on/0/things/1/kinds/0", InfoKind::ALL),
        tagged("/decision/rests_on/0/things/1", "thing", [kind(), item()]),
    ]
}

fn acts() -> Vec<ConsentAct> {
    let all = vec![
        ConsentAct::Asked,
        answered(spoken()),
        withdrawn(),
        ConsentAct::Superseded { by: Some(ConsentId(uuid(42))) },
        ConsentAct::InError { event: ConsentId(uuid(43)), why: text() },
        not_sought(),
        ConsentAct::NoAnswer { tries: 3, words: text() },
        ConsentAct::Told,
    ];
    for one in &all {
        // A new act is added above as well.
        match one {
            ConsentAct::Asked
            | ConsentAct::Answered { .. }
            | ConsentAct::Withdrawn { .. }
            | ConsentAct::Superseded { .. }
            | ConsentAct::InError { .. }
            | ConsentAct::NotSought { .. }
            | ConsentAct::NoAnswer { .. }
            | ConsentAct::Told => {}
        }
    }
    all
}

fn spoken() -> ConsentEvidence {
    ConsentEvidence::Spoken { words: text(), witness: text(), no_witness: text() }
}

fn method(evidence: ConsentEvidence) -> ConsentMethod {
    ConsentMethod { evidence, interpreter: text(), language: text() }
}

fn answered(evidence: ConsentEvidence) -> ConsentAct {
    ConsentAct::Answered { method: method(evidence) }
}

fn withdrawn() -> ConsentAct {
    ConsentAct::Withdrawn {
        method: method(spoken()),
        pressed: PressedToWithdraw::No,
        harm: HarmAskedAgain::No,
    }
}

fn not_sought() -> ConsentAct {
    ConsentAct::NotSought { why: NotSoughtWhy::ChildHarm, words: text() }
}

fn kind() -> ConsentThing {
    ConsentThing::Kind { kind: InfoKind::Health }
}

fn item() -> ConsentThing {
    ConsentThing::Item { item: ItemId(uuid(3)), kinds: vec![InfoKind::School] }
}

fn cell(what: ConsentThing) -> ConsentCell {
    let recipient = ConsentRecipient { contact: Some(ContactId(uuid(30))), name: text(), agency: text() };
    ConsentCell { what, recipient, answer: ConsentAnswer::Yes }
}

fn event() -> ConsentEvent {
    ConsentEvent {
        id: ConsentId(uuid(41)),
        owed: PersonId(uuid(2)),
        sense: ConsentSense::Confidence,
        purpose: ConsentPurpose { kind: PurposeKind::Support, words: text() },
        giver: Some(ConsentGiver {
            person: Some(PersonId(uuid(3))),
            name: text(),
            capacity: GiverCapacity::Parent,
            able: AbleToDecide::NotAble,
            shows: text(),
            powers: text(),
            until: Some(day()),
        }),
        act: ConsentAct::Told,
        cells: vec![cell(kind()), cell(item())],
        from: Some(day()),
        until: Some(day()),
        review: Some(day()),
        wording: Some(ConsentWording::of(text(), "1".into(), "en".into())),
        slip: Some(OnSlip {
            slip: SlipId(uuid(51)),
            hash: hash(),
            version: text(),
            language: text(),
            how: Some(SignedHow::Drawn),
            signature: Some(AttachmentId(uuid(52))),
        }),
        happened: moment(),
        note: text(),
    }
}
