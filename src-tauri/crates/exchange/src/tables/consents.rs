//! What was asked, answered, withdrawn or not asked: each event of consent, and each thing beside each recipient.

use sharewell_records::{
    ConsentAct, ConsentEvent, ConsentEvidence, ConsentSaid, ConsentThing, Consents, InfoKind, Protection,
    Standing, Wanted,
};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn consents(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "consents",
        [
            ("consent_id", Kind::Id, K::P, "An event of somebody's consent"),
            CASE,
            ("person_id", Kind::Id, K::F("people"), "Whose confidence it is"),
            ("sense", Kind::Word, K::No, "confidence, service or gdpr: never merged"),
            ("purpose_kind", Kind::Word, K::No, "support, health, education, home, safety or other"),
            ("purpose", Kind::Text, K::No, "What the information is for"),
            (
                "act",
                Kind::Word,
                K::No,
                "asked, answered, withdrawn, superseded, in_error, not_sought, no_answer or told",
            ),
            (
                "giver_id",
                Kind::Id,
                K::F("people"),
                "Who was asked or answered; none where nobody of the file was",
            ),
            ("giver", Kind::Text, K::No, "Their name"),
            (
                "capacity",
                Kind::Word,
                K::No,
                "child, parent, order_holder, adult, attorney, guardian or no_say",
            ),
            ("able", Kind::Word, K::No, "Whether the person could decide: able, not_able or not_settled"),
            ("able_shows", Kind::Text, K::No, "What shows that"),
            ("powers", Kind::Text, K::No, "The order or power that was seen"),
            ("powers_until", Kind::Date, K::No, "The last day on which that holds"),
            ("by", Kind::Word, K::No, "spoken, signature, mark, letter or scan"),
            ("words", Kind::Text, K::No, "The words that were used, or why: not sought, recorded in error"),
            ("not_sought", Kind::Word, K::No, "Why nobody was asked; it is no refusal"),
            ("tries", Kind::Number, K::No, "How often it was tried without an answer"),
            ("witness", Kind::Text, K::No, "Who heard it, or why nobody did"),
            ("reference", Kind::Text, K::No, "Where the paper lies"),
            ("interpreter", Kind::Text, K::No, "Who interpreted"),
            ("language", Kind::Text, K::No, "In which language"),
            ("pressed", Kind::Word, K::No, "Whether somebody was making them withdraw: no, yes or not_alone"),
            ("harm", Kind::Word, K::No, "Whether harm was feared when they withdrew: no, yes or not_sure"),
            (
                "about_consent_id",
                Kind::Id,
                K::F("consents"),
                "The event that was never true, or that took its place",
            ),
            ("valid_from", Kind::Date, K::No, "From when a yes holds"),
            ("valid_until", Kind::Date, K::No, "The last day on which it holds"),
            ("review_on", Kind::Date, K::No, "When to ask again"),
            ("wording", Kind::Text, K::No, "The words that the person was shown or read"),
            ("wording_version", Kind::Text, K::No, "Which version of them"),
            ("wording_language", Kind::Word, K::No, "In which language"),
            ("wording_hash", Kind::Word, K::No, "SHA-256 over the words as they stand in entries.ndjson"),
            (
                "happened_at",
                Kind::Moment,
                K::No,
                "When it happened; when it was written down, recorded_at says",
            ),
            ("note", Kind::Text, K::No, "Anything else"),
            ("slip_id", Kind::Id, K::F("slips"), "The slip on which they answered or were told"),
            ("signed", Kind::Word, K::No, "How it was ended: drawn, typed, mark, spoken or unable"),
            ("signature_id", Kind::Id, K::F("attachments"), "The signature, where one was drawn"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.consents.values() {
        let it = &one.record;
        let giver = it.giver.as_ref();
        let mut cells = vec![
            it.id.to_string(),
            case(one.case),
            it.owed.to_string(),
            word(&it.sense),
            word(&it.purpose.kind),
            it.purpose.words.clone(),
            word(&it.act.kind()),
            maybe(giver.and_then(|giver| giver.person)),
            giver.map(|giver| giver.name.clone()).unwrap_or_default(),
            giver.map(|giver| word(&giver.capacity)).unwrap_or_default(),
            giver.map(|giver| word(&giver.able)).unwrap_or_default(),
            giver.map(|giver| giver.shows.clone()).unwrap_or_default(),
            giver.map(|giver| giver.powers.clone()).unwrap_or_default(),
            maybe(giver.and_then(|giver| giver.until)),
        ];
        cells.extend(shown(&it.act));
        cells.extend([maybe(it.from), maybe(it.until), maybe(it.review)]);
        let (wording, slip) = (it.wording.as_ref(), it.slip.as_ref());
        // The words of a slip stand with the slip, once.
        let version = wording.map(|one| &one.version).or(slip.map(|slip| &slip.version));
        let language = wording.map(|one| &one.language).or(slip.map(|slip| &slip.language));
        cells.extend([
            wording.map(|one| one.text.clone()).unwrap_or_default(),
            version.cloned().unwrap_or_default(),
            language.cloned().unwrap_or_default(),
            maybe(wording.map(|one| one.hash).or(slip.map(|slip| slip.hash))),
            it.happened.to_string(),
            it.note.clone(),
            maybe(slip.map(|slip| slip.slip)),
            slip.and_then(|slip| slip.how).map(|how| word(&how)).unwrap_or_default(),
            maybe(slip.and_then(|slip| slip.signature)),
        ]);
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

/// How it was answered and what shows it, why nobody was asked, what was asked of a withdrawal, and which event it is
/// about: eleven cells.
fn shown(act: &ConsentAct) -> [String; 11] {
    let mut cells: [String; 11] = Default::default();
    let [by, words, not_sought, tries, witness, reference, interpreter, language, pressed, harm, about] =
        &mut cells;
    match act {
        ConsentAct::Answered { method } | ConsentAct::Withdrawn { method, .. } => {
            match &method.evidence {
                ConsentEvidence::Spoken { words: said, witness: heard, no_witness } => {
                    (*by, *words) = ("spoken".to_owned(), said.clone());
                    *witness = if heard.is_empty() { no_witness.clone() } else { heard.clone() };
                }
                ConsentEvidence::Written { how, reference: lies } => {
                    (*by, *reference) = (word(how), lies.clone());
                }
            }
            (*interpreter, *language) = (method.interpreter.clone(), method.language.clone());
            if let ConsentAct::Withdrawn { pressed: made, harm: feared, .. } = act {
                (*pressed, *harm) = (word(made), word(feared));
            }
        }
        ConsentAct::InError { event, why } => (*about, *words) = (event.to_string(), why.clone()),
        ConsentAct::Superseded { by: other } => *about = maybe(*other),
        ConsentAct::NotSought { why, words: more } => (*not_sought, *words) = (word(why), more.clone()),
        ConsentAct::NoAnswer { tries: times, words: more } => {
            (*tries, *words) = (times.to_string(), more.clone());
        }
        ConsentAct::Asked | ConsentAct::Told => {}
    }
    cells
}

/// Each thing beside each recipient of an event: what was answered, and what it comes to with everything else on the
/// day of the last event handed over. Whoever reads a state acts on it, so that nothing reads *given* that is not.
pub(super) fn consent_cells(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "consent_cells",
        [
            ("consent_id", Kind::Id, K::PF("consents"), "The event"),
            ("place", Kind::Number, K::P, "The place of the cell in the event, from 1"),
            ("info_kind", Kind::Word, K::No, "Everything of a kind; empty for one note"),
            ("item_id", Kind::Id, K::F("items"), "One note"),
            ("item_kinds", Kind::Text, K::No, "Of which kinds the note is"),
            ("recipient", Kind::Text, K::No, "To whom"),
            ("recipient_agency", Kind::Text, K::No, "Their agency"),
            (
                "answer",
                Kind::Word,
                K::No,
                "yes, no, not_this_one or thinking; empty where nothing was answered",
            ),
            (
                "state",
                Kind::Word,
                K::No,
                "What the cell comes to, with everybody's answers, when the newest of these events was written",
            ),
        ],
        protection,
    );
    let events: Vec<_> = records.consents.values().collect();
    for one in &events {
        let beside = events.iter().filter(|other| other.case == one.case);
        let said: Vec<_> =
            beside.map(|other| ConsentSaid { event: &other.record, recorded: other.by.at }).collect();
        let Some(newest) = said.iter().map(|one| one.recorded).max() else { continue };
        let stands = Consents::at(&said, newest);
        let it = &one.record;
        for (place, cell) in (1..).zip(&it.cells) {
            let (kind, item, kinds) = match &cell.what {
                ConsentThing::Kind { kind } => (word(kind), String::new(), String::new()),
                ConsentThing::Item { item, kinds } => {
                    let kinds: Vec<&str> = kinds.iter().copied().map(InfoKind::word).collect();
                    (String::new(), item.to_string(), kinds.join(" "))
                }
            };
            let state = stands.stands(&wanted(it, cell)).state;
            let recipient = &cell.recipient;
            sheet.push([
                it.id.to_string(),
                i32::to_string(&place),
                kind,
                item,
                kinds,
                recipient.name.clone(),
                recipient.agency.clone(),
                cell.answer.word().to_owned(),
                word(&state),
            ]);
        }
    }
    sheet.table
}

fn wanted<'a>(event: &'a ConsentEvent, cell: &'a sharewell_records::ConsentCell) -> Wanted<'a> {
    Wanted {
        owed: event.owed,
        sense: event.sense,
        purpose: &event.purpose,
        thing: cell.what.key(),
        kinds: &[],
        recipient: &cell.recipient,
    }
}
