//! Slips that people were given to read, and what may be left with whom.

use sharewell_records::{Protection, SlipPart, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

/// Each slip with its words as they were: its twin for a machine, which never goes home.
pub(super) fn slips(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "slips",
        [
            ("slip_id", Kind::Id, K::P, "A slip that somebody was given to read"),
            CASE,
            ("paper", Kind::Word, K::No, "choose or telling"),
            ("tone", Kind::Word, K::No, "plain, easy or child"),
            ("neutral", Kind::Flag, K::No, "Whether it names no purpose and nobody"),
            ("person_id", Kind::Id, K::F("people"), "Whose confidence it is"),
            ("sense", Kind::Word, K::No, "confidence, service or gdpr: never merged"),
            ("purpose_kind", Kind::Word, K::No, "support, health, education, home, safety or other"),
            ("purpose", Kind::Text, K::No, "What the information is for"),
            (
                "giver_id",
                Kind::Id,
                K::F("people"),
                "Who was to read it; none where they do not stand in the file",
            ),
            ("giver", Kind::Text, K::No, "Their name"),
            (
                "capacity",
                Kind::Word,
                K::No,
                "child, parent, order_holder, adult, attorney, guardian or no_say",
            ),
            ("valid_until", Kind::Date, K::No, "The last day on which a yes would hold"),
            ("review_on", Kind::Date, K::No, "When to ask again"),
            ("title", Kind::Text, K::No, "Its heading"),
            ("before", Kind::Text, K::No, "What stands before the choices"),
            ("things", Kind::Text, K::No, "What is asked about, a line each"),
            ("recipients", Kind::Text, K::No, "To whom, as they are called on it, a line each"),
            ("answers", Kind::Text, K::No, "What can be answered, a line each; empty where nothing is asked"),
            ("after", Kind::Text, K::No, "What stands behind the choices"),
            ("wording_version", Kind::Text, K::No, "Which version of the words"),
            ("wording_language", Kind::Word, K::No, "In which language"),
            ("wording_hash", Kind::Word, K::No, "SHA-256 over the words as they stand in entries.ndjson"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.slips.values() {
        let it = &one.record;
        let cells = [
            it.id.to_string(),
            case(one.case),
            word(&it.paper),
            word(&it.tone),
            it.neutral.to_string(),
            it.owed.to_string(),
            word(&it.sense),
            word(&it.purpose.kind),
            it.purpose.words.clone(),
            maybe(it.giver.person),
            it.giver.name.clone(),
            word(&it.giver.capacity),
            maybe(it.until),
            maybe(it.review),
            it.text.title.clone(),
            lines(&it.text.before),
            it.text.things.join("\n"),
            it.text.recipients.join("\n"),
            it.text.answers.join("\n"),
            lines(&it.text.after),
            it.version.clone(),
            it.language.clone(),
            it.hash.to_string(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

fn lines(parts: &[SlipPart]) -> String {
    let all = parts.iter().flat_map(|part| std::iter::once(&part.heading).chain(&part.lines));
    all.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What people said may be left with them.
pub(super) fn leavings(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "leavings",
        [
            ("leaving_id", Kind::Id, K::P, "What somebody said may be left with them"),
            CASE,
            ("person_id", Kind::Id, K::F("people"), "Who"),
            (
                "sees",
                Kind::Word,
                K::No,
                "Who sees what comes for them: nobody, post, phone, both or not_known",
            ),
            ("may", Kind::Word, K::No, "What may be left: nothing, spoken, neutral or as_it_is"),
            ("reason", Kind::Text, K::No, "Why"),
            ("asked_on", Kind::Date, K::No, "The day on which they were asked"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.leavings.values() {
        let it = &one.record;
        let cells = [
            it.id.to_string(),
            case(one.case),
            it.person.to_string(),
            word(&it.sees),
            word(&it.may),
            it.reason.clone(),
            it.asked.to_string(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}
