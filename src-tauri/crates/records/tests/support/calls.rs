//! Calls, with every way in which one can end.

use sharewell_records::*;

use super::{Set, moment, tagged, text, uuid, words};

/// A call, each set of words in it, and why nobody is told yet.
pub fn all() -> Vec<(Payload, Vec<Set>)> {
    vec![
        (
            Payload::CallMade { call: call() },
            vec![words("/call/found", NumberFound::ALL), tagged("/call/end", "end", call_ends())],
        ),
        (
            Payload::CallMade {
                call: Call { end: CallEnd::StillTrying { why: NotYetTold::Voicemail }, ..call() },
            },
            vec![words("/call/end/why", NotYetTold::ALL)],
        ),
    ]
}

fn call() -> Call {
    Call {
        id: CallId(uuid(31)),
        decision: Some(DecisionId(uuid(6))),
        key: text(),
        person: Some(PersonId(uuid(2))),
        recipient: text(),
        number: text(),
        found: NumberFound::OwnDetails,
        end: CallEnd::NoAnswer,
        said: vec![text()],
        items: vec![ItemId(uuid(4))],
        at: moment(),
    }
}

fn call_ends() -> Vec<CallEnd> {
    let told =
        CallEnd::Told { who: text(), job: text(), reference: text(), will_do: text(), by_when: text() };
    let refused = CallEnd::Refused { who: text(), who_decides: text(), by_when: text() };
    vec![told, CallEnd::NoAnswer, CallEnd::StillTrying { why: NotYetTold::Voicemail }, refused]
}
