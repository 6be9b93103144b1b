//! An event of consent in words: for the story of the file and for papers.

use std::collections::BTreeMap;

use sharewell_records::{
    ConsentAct, ConsentAnswer, ConsentCell, ConsentEvent, ConsentEvidence, ConsentMethod, ConsentThing,
    PersonId,
};

use crate::words::Words;

/// An event as a line: to whom, and what was said by whom.
pub(crate) fn line(
    event: &ConsentEvent,
    names: &BTreeMap<PersonId, String>,
    words: &Words,
) -> (String, String) {
    let said = &words.consent;
    let mut recipients: Vec<&str> = Vec::new();
    for cell in &event.cells {
        if !recipients.contains(&cell.recipient.name.as_str()) {
            recipients.push(&cell.recipient.name);
        }
    }
    let owed = names.get(&event.owed).map(String::as_str).unwrap_or_default();
    let who = giver(event, names);
    let act = said.act.of(event.act.kind());
    let each = recipients.iter().map(|to| {
        let cells = event.cells.iter().filter(|cell| cell.recipient.name == *to);
        let what: Vec<String> = cells.map(|cell| cell_said(cell, words)).collect();
        let what = words.list(&what.iter().map(String::as_str).collect::<Vec<_>>());
        said.to.fill(&[("recipient", to), ("what", &what)])
    });
    let each: Vec<String> = each.collect();
    let mut parts = vec![
        words.said(&who, act),
        said.about.fill(&[("name", owed), ("purpose", &event.purpose.words)]),
        said.sense.of(event.sense).to_owned(),
    ];
    parts.extend(each);
    parts.push(why(event, words));
    parts.push(event.until.map(|day| said.until.fill(&[("day", &words.day(day))])).unwrap_or_default());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    (words.list(&recipients), words.series(&parts))
}

/// Who was asked or answered, as the file calls them now.
pub(super) fn giver(event: &ConsentEvent, names: &BTreeMap<PersonId, String>) -> String {
    let Some(giver) = &event.giver else { return String::new() };
    giver.person.and_then(|person| names.get(&person)).unwrap_or(&giver.name).clone()
}

/// A thing, and what was answered for it.
fn cell_said(cell: &ConsentCell, words: &Words) -> String {
    let what = match &cell.what {
        ConsentThing::Kind { kind } => words.consent.info.of(*kind),
        ConsentThing::Item { .. } => &words.consent.one_note,
    };
    match cell.answer {
        ConsentAnswer::Blank => what.to_owned(),
        answer => words.said(what, words.consent.answer.of(answer)),
    }
}

/// The words that were used, why nobody was asked, or why it was never true.
pub(super) fn why(event: &ConsentEvent, words: &Words) -> String {
    match &event.act {
        ConsentAct::Answered { method } | ConsentAct::Withdrawn { method, .. } => match &method.evidence {
            ConsentEvidence::Spoken { words, .. } => words.clone(),
            ConsentEvidence::Written { how, reference } => {
                words.said(words.consent.written.of(*how), reference)
            }
        },
        ConsentAct::InError { why, .. } => why.clone(),
        ConsentAct::NotSought { why, words: more } => words.said(words.consent.not_sought.of(*why), more),
        ConsentAct::NoAnswer { tries, words: more } => {
            words.said(&words.consent.tries.fill(&[("tries", &tries.to_string())]), more)
        }
        ConsentAct::Asked | ConsentAct::Superseded { .. } | ConsentAct::Told => String::new(),
    }
}

/// What else shows an answer: who heard it or why nobody did, and who interpreted.
pub(super) fn shown(event: &ConsentEvent, words: &Words) -> Vec<String> {
    let (ConsentAct::Answered { method } | ConsentAct::Withdrawn { method, .. }) = &event.act else {
        return Vec::new();
    };
    let ConsentMethod { evidence, interpreter, language } = method;
    let said = &words.consent;
    let heard = match evidence {
        ConsentEvidence::Spoken { witness, no_witness, .. } if witness.is_empty() => {
            said.no_witness.fill(&[("why", no_witness)])
        }
        ConsentEvidence::Spoken { witness, .. } => said.witness.fill(&[("who", witness)]),
        ConsentEvidence::Written { .. } => String::new(),
    };
    let interpreter = match interpreter.is_empty() {
        true => String::new(),
        false => said.interpreter.fill(&[("who", interpreter)]),
    };
    [heard, interpreter, language.clone()].into_iter().filter(|one| !one.is_empty()).collect()
}
