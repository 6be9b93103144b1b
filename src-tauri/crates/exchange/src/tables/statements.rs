//! Statements for people: what was drafted for the data protection officer, line by line, and what was answered.

use sharewell_records::{Protection, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn statements(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "statements",
        [
            (
                "statement_id",
                Kind::Id,
                K::P,
                "A draft for the data protection officer: who was told what about somebody",
            ),
            CASE,
            ("nation", Kind::Word, K::No, "The nation whose tests were offered"),
            ("person_id", Kind::Id, K::F("people"), "Whom it is about"),
            ("asker_id", Kind::Id, K::F("people"), "Who asks; none where they do not stand in the file"),
            ("asker", Kind::Text, K::No, "Their name"),
            ("checked", Kind::Text, K::No, "By what it was made sure who they are"),
            ("asked_on", Kind::Date, K::No, "The day on which they asked"),
            ("record", Kind::Word, K::No, "educational_record, report, protection_file or who_was_told"),
            ("stands_as", Kind::Word, K::No, "As what they stand to the person, as far as the file says it"),
            (
                "responsibility",
                Kind::Word,
                K::No,
                "Whether they hold parental responsibility: holds, does_not_hold or not_known",
            ),
            (
                "able",
                Kind::Word,
                K::No,
                "Whether the person can decide about this: able, not_able or not_settled",
            ),
            ("shows", Kind::Text, K::No, "What shows that"),
            ("orders", Kind::Text, K::No, "Orders that were seen"),
            ("instead_of", Kind::Id, K::F("statements"), "An earlier draft in whose place it stands"),
            ("sent_at", Kind::Moment, K::No, "When it went to the officer"),
            ("officer", Kind::Text, K::No, "To whom it went"),
            ("sent_how", Kind::Text, K::No, "How"),
            ("answered_at", Kind::Moment, K::No, "When the officer answered"),
            ("answered_by", Kind::Text, K::No, "Who answered"),
            ("answer", Kind::Word, K::No, "released, changed or refused"),
            ("answer_words", Kind::Text, K::No, "What the officer said"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.statements.values() {
        let it = &one.record;
        let (of, sent, answered) = (&it.entitlement, it.sent.as_ref(), it.answered.as_ref());
        let cells = [
            it.id.to_string(),
            case(one.case),
            word(&it.nation),
            it.about.to_string(),
            maybe(it.asker.person),
            it.asker.name.clone(),
            it.asker.checked.clone(),
            it.asked.to_string(),
            word(&it.record),
            of.stands_as.map(|one| word(&one)).unwrap_or_default(),
            of.responsibility.map(|one| word(&one)).unwrap_or_default(),
            word(&of.able),
            of.shows.clone(),
            of.orders.clone(),
            maybe(it.instead_of),
            maybe(sent.map(|one| one.at)),
            sent.map(|one| one.officer.clone()).unwrap_or_default(),
            sent.map(|one| one.how.clone()).unwrap_or_default(),
            maybe(answered.map(|one| one.at)),
            answered.map(|one| one.by.clone()).unwrap_or_default(),
            answered.map(|one| word(&one.said)).unwrap_or_default(),
            answered.map(|one| one.words.clone()).unwrap_or_default(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn statement_lines(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "statement_lines",
        [
            ("statement_id", Kind::Id, K::PF("statements"), "The statement"),
            (
                "line_id",
                Kind::Id,
                K::P,
                "A line of the sharing log: in disclosures, shares, decisions or received",
            ),
            ("kind", Kind::Word, K::No, "left, refused or received"),
            ("at", Kind::Moment, K::No, "When it happened"),
            ("said", Kind::Text, K::No, "What the log says, in plain words"),
            ("goes", Kind::Word, K::No, "goes, reworded or cut"),
            ("words", Kind::Text, K::No, "The words in which it goes, where they are others"),
            (
                "binds",
                Kind::Text,
                K::No,
                "Why it could not go by a tick alone: protected, flagged, reporter, limits, not_told, health, others; a line each",
            ),
            (
                "test",
                Kind::Word,
                K::No,
                "serious_harm, health_opinion, child_abuse, other_people, senders_limits or not_yet_told",
            ),
            ("reason", Kind::Text, K::No, "Why: for the record and the officer alone"),
        ],
        protection,
    );
    for it in records.statements.values().map(|one| &one.record) {
        for line in &it.lines {
            sheet.push([
                it.id.to_string(),
                line.line.to_string(),
                word(&line.kind),
                line.at.to_string(),
                line.said.clone(),
                word(&line.goes),
                line.words.clone(),
                line.binds.iter().map(|bind| bind.word()).collect::<Vec<_>>().join("\n"),
                line.test.map(|test| word(&test)).unwrap_or_default(),
                line.reason.clone(),
            ]);
        }
    }
    sheet.table
}
