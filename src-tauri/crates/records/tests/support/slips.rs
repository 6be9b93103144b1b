//! A slip with its words, and what may be left with somebody.

use sharewell_records::*;

use super::super::{Set, day, text, uuid, words};
use super::event;

pub fn all() -> Vec<(Payload, Vec<Set>)> {
    let part = SlipPart { heading: text(), lines: vec![text()] };
    let event = event();
    let words_of = SlipText {
        title: text(),
        before: vec![part.clone()],
        things: vec![text()],
        recipients: vec![text()],
        answers: vec![text()],
        after: vec![part],
        fill: vec![text()],
    };
    let slip = Slip {
        id: SlipId(uuid(51)),
        paper: SlipPaper::Choose,
        tone: SlipTone::Easy,
        neutral: true,
        owed: event.owed,
        sense: event.sense,
        purpose: event.purpose,
        giver: event.giver.unwrap(),
        cells: event.cells,
        until: Some(day()),
        review: Some(day()),
        version: text(),
        language: text(),
        hash: words_of.hash(),
        text: words_of,
    };
    let leaving = Leaving {
        id: LeavingId(uuid(53)),
        person: PersonId(uuid(2)),
        sees: WhoSees::Post,
        may: MayLeave::Neutral,
        reason: text(),
        asked: day(),
    };
    vec![
        (
            Payload::SlipMade { slip: Box::new(slip) },
            vec![
                words("/slip/paper", SlipPaper::ALL),
                words("/slip/tone", SlipTone::ALL),
                words("/slip/sense", ConsentSense::ALL),
                words("/slip/purpose/kind", PurposeKind::ALL),
                words("/slip/giver/capacity", GiverCapacity::ALL),
                words("/slip/giver/able", AbleToDecide::ALL),
                words("/slip/cells/0/what/kind", InfoKind::ALL),
                words("/slip/cells/0/answer", ConsentAnswer::ALL),
            ],
        ),
        (
            Payload::LeavingSaid { leaving },
            vec![words("/leaving/sees", WhoSees::ALL), words("/leaving/may", MayLeave::ALL)],
        ),
    ]
}
