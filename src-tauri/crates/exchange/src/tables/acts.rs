//! What: items, obligations, disclosures, calls, emergencies and advice.

use sharewell_records::{CallEnd, Disclosure, Followed, Protection, SetApart, Settlement, Standing};

use super::{CASE, CHANGED, K, Sheet, case, changed, maybe, occurred, word};
use crate::{Kind, Table};

pub(super) fn items(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "items",
        [
            ("item_id", Kind::Id, K::P, "An information item: one statement"),
            CASE,
            ("mark", Kind::Word, K::No, "fact, opinion or reported"),
            ("source", Kind::Word, K::No, "visit, call, meeting, setting, message or other"),
            ("text", Kind::Text, K::No, "The statement"),
            ("by", Kind::Text, K::No, "For a reported item who said it, for an opinion as what it was given"),
            ("occurred", Kind::Date, K::No, "When it happened: a day, a month or a moment, as far as known"),
            ("occurred_words", Kind::Text, K::No, "The words where that is not known"),
            ("withdrawn", Kind::Flag, K::No, "Whether it was recorded in error"),
            ("withdrawn_reason", Kind::Text, K::No, "Why it was withdrawn"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.items.values() {
        let (item, withdrawn) = (&one.record, one.how());
        let cells = [
            item.id.to_string(),
            case(one.case),
            item.mark.word().to_owned(),
            word(&item.source),
            item.text.clone(),
            item.by.clone(),
        ];
        let end = [withdrawn.is_some().to_string(), withdrawn.cloned().unwrap_or_default()];
        sheet.push(cells.into_iter().chain(occurred(&item.occurred)).chain(end).chain(changed(one)));
    }
    sheet.table
}

pub(super) fn item_people(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "item_people",
        [
            ("item_id", Kind::Id, K::PF("items"), "The item"),
            ("person_id", Kind::Id, K::PF("people"), "Whom it is about"),
        ],
        protection,
    );
    for item in records.items.values().map(|one| &one.record) {
        for person in &item.about {
            sheet.push([item.id.to_string(), person.to_string()]);
        }
    }
    sheet.table
}

pub(super) fn item_visits(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "item_visits",
        [
            ("item_id", Kind::Id, K::PF("items"), "An item that is one line of a visit, a call or a meeting"),
            ("visit_id", Kind::Id, K::No, "The visit: its lines bear the same"),
            ("place", Kind::Text, K::No, "Where it was"),
            ("others", Kind::Text, K::No, "Who else was there, in words"),
        ],
        protection,
    );
    for item in records.items.values().map(|one| &one.record) {
        if let Some(visit) = &item.visit {
            sheet.push([
                item.id.to_string(),
                visit.id.to_string(),
                visit.place.clone(),
                visit.others.clone(),
            ]);
        }
    }
    sheet.table
}

pub(super) fn item_visit_people(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "item_visit_people",
        [
            ("item_id", Kind::Id, K::PF("item_visits"), "The line of the visit"),
            ("person_id", Kind::Id, K::PF("people"), "Who of the file was there"),
            ("seen_alone", Kind::Flag, K::No, "Whether it is a child who was seen alone"),
        ],
        protection,
    );
    for item in records.items.values().map(|one| &one.record) {
        for (visit, person) in
            item.visit.iter().flat_map(|visit| visit.people().map(move |person| (visit, person)))
        {
            let alone = visit.alone.contains(&person);
            sheet.push([item.id.to_string(), person.to_string(), alone.to_string()]);
        }
    }
    sheet.table
}

pub(super) fn item_labels(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "item_labels",
        [
            ("item_id", Kind::Id, K::PF("items"), "The item"),
            ("number", Kind::Number, K::P, "From 1"),
            ("label", Kind::Text, K::No, "A free label for finding and grouping"),
        ],
        protection,
    );
    for item in records.items.values().map(|one| &one.record) {
        for (at, label) in item.labels.iter().enumerate() {
            sheet.push([item.id.to_string(), (at + 1).to_string(), label.clone()]);
        }
    }
    sheet.table
}

pub(super) fn obligations(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "obligations",
        [
            ("obligation_id", Kind::Id, K::P, "A duty that follows from a decision or an emergency"),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision from which it follows"),
            ("emergency_id", Kind::Id, K::F("emergencies"), "The emergency from which it follows"),
            ("person_id", Kind::Id, K::F("people"), "Whom it concerns"),
            ("duty", Kind::Word, K::No, "The kind of duty"),
            ("pack_key", Kind::Word, K::No, "The pack's own id for it"),
            ("due_at", Kind::Moment, K::No, "By when"),
            ("state", Kind::Word, K::No, "outstanding, done or not_needed"),
            ("note", Kind::Text, K::No, "What was done, or why it is not needed"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.obligations.values() {
        let it = &one.record;
        let (state, note) = match one.how() {
            None => ("outstanding", String::new()),
            Some(Settlement::Done { note }) => ("done", note.clone()),
            Some(Settlement::NotNeeded { reason }) => ("not_needed", reason.clone()),
        };
        let cells = [
            it.id.to_string(),
            case(one.case),
            maybe(it.decision),
            maybe(it.emergency),
            maybe(it.person),
            word(&it.duty),
            it.key.clone(),
            maybe(it.due),
            state.to_owned(),
            note,
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn disclosures(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "disclosures",
        [
            ("disclosure_id", Kind::Id, K::P, "What left, by whatever route"),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision on which it rests"),
            ("recipient", Kind::Text, K::No, "The person it went to"),
            ("recipient_role", Kind::Text, K::No, "Their post and agency"),
            ("recipient_checked", Kind::Text, K::No, "How their identity was checked"),
            (
                "route",
                Kind::Word,
                K::No,
                "telephone, in_person, secure_email, portal, by_hand, post or encrypted_file",
            ),
            ("what", Kind::Text, K::No, "What was shared"),
            ("why", Kind::Text, K::No, "Why"),
            ("limits", Kind::Text, K::No, "Limits told to the recipient"),
            ("shared_at", Kind::Moment, K::No, "When it left"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.disclosures.values() {
        let it = &one.record;
        let cells = [
            it.id.to_string(),
            case(one.case),
            maybe(it.decision),
            it.recipient.clone(),
            it.recipient_role.clone(),
            checked(it),
            word(&it.route),
            it.what.clone(),
            it.why.clone(),
            it.limits.clone(),
            it.at.to_string(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

/// By what it was made sure, as its stored word, and what was said of it. A cell of an older form is as it was, so that
/// an earlier handover that is written again is the same.
fn checked(it: &Disclosure) -> String {
    let by = it.check.map(|by| by.word().to_owned());
    by.into_iter()
        .chain(Some(it.checked.clone()).filter(|text| !text.is_empty()))
        .collect::<Vec<_>>()
        .join("; ")
}

pub(super) fn calls(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "calls",
        [
            ("call_id", Kind::Id, K::P, "A call about a decision: who was tried or reached"),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision; none where it was given up unsigned"),
            ("person_id", Kind::Id, K::F("people"), "Whom the duty concerns for which it was made"),
            ("pack_key", Kind::Word, K::No, "The pack's own id for that duty"),
            ("recipient", Kind::Text, K::No, "The post or service that was rung"),
            ("telephone", Kind::Text, K::No, "On which number"),
            (
                "found",
                Kind::Word,
                K::No,
                "How the number was found: own_details, directory, everybody, looked_up, they_gave or not_said",
            ),
            ("result", Kind::Word, K::No, "told, no_answer, still_trying or refused"),
            ("not_yet", Kind::Word, K::No, "Why nobody is told yet: voicemail, engaged, ring_back or cut_off"),
            ("who", Kind::Text, K::No, "Who took it, or refused"),
            ("job", Kind::Text, K::No, "Their job"),
            ("reference", Kind::Text, K::No, "Their reference"),
            ("will_do", Kind::Text, K::No, "What they will do"),
            ("by_when", Kind::Text, K::No, "By when, as they said it"),
            ("who_decides", Kind::Text, K::No, "Who decides, where they refused"),
            ("said", Kind::Text, K::No, "What was said, a line each"),
            ("called_at", Kind::Moment, K::No, "When"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.calls.values() {
        let it = &one.record;
        let mut cells = vec![
            it.id.to_string(),
            case(one.case),
            maybe(it.decision),
            maybe(it.person),
            it.key.clone(),
            it.recipient.clone(),
            it.number.clone(),
            word(&it.found),
        ];
        cells.extend(ended(&it.end));
        cells.extend([it.said.join("\n"), it.at.to_string()]);
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

/// How a call ended, in eight cells.
fn ended(end: &CallEnd) -> [String; 8] {
    let none = String::new;
    match end {
        CallEnd::Told { who, job, reference, will_do, by_when } => [
            "told".to_owned(),
            none(),
            who.clone(),
            job.clone(),
            reference.clone(),
            will_do.clone(),
            by_when.clone(),
            none(),
        ],
        CallEnd::NoAnswer => ["no_answer".to_owned(), none(), none(), none(), none(), none(), none(), none()],
        CallEnd::StillTrying { why } => {
            ["still_trying".to_owned(), word(why), none(), none(), none(), none(), none(), none()]
        }
        CallEnd::Refused { who, who_decides, by_when } => [
            "refused".to_owned(),
            none(),
            who.clone(),
            none(),
            none(),
            none(),
            by_when.clone(),
            who_decides.clone(),
        ],
    }
}

pub(super) fn emergencies(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "emergencies",
        [
            ("emergency_id", Kind::Id, K::P, "An emergency share: told first, written up after"),
            CASE,
            ("child", Kind::Text, K::No, "The child's name as it was said, where there was no file"),
            ("told", Kind::Text, K::No, "What was told"),
            ("others_at_risk", Kind::Text, K::No, "Who else may be at risk"),
            ("worker_safe", Kind::Flag, K::No, "Whether the practitioner is safe"),
            ("written_up", Kind::Flag, K::No, "Whether it was written up"),
            ("account", Kind::Text, K::No, "What happened, in full"),
            ("why_urgent", Kind::Text, K::No, "Why it could not wait"),
            ("explained", Kind::Text, K::No, "Who was told that information was shared, or why not yet"),
            ("held_back", Kind::Text, K::No, "What was held back"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.emergencies.values() {
        let (it, written) = (&one.record, one.how());
        let later = |pick: fn(&sharewell_records::EmergencyWriteUp) -> &String| {
            written.map(pick).cloned().unwrap_or_default()
        };
        let cells = [
            it.id.to_string(),
            case(one.case),
            it.child.clone(),
            it.told.clone(),
            it.others_at_risk.clone(),
            maybe(it.worker_safe),
            written.is_some().to_string(),
            later(|written| &written.account),
            later(|written| &written.why_urgent),
            later(|written| &written.explained),
            later(|written| &written.held_back),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn emergency_attempts(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "emergency_attempts",
        [
            ("emergency_id", Kind::Id, K::PF("emergencies"), "The emergency"),
            ("number", Kind::Number, K::P, "From 1"),
            ("who", Kind::Text, K::No, "Whom they tried to reach"),
            ("telephone", Kind::Text, K::No, "On which number"),
            ("result", Kind::Word, K::No, "told, no_answer, still_trying or refused"),
            (
                "said",
                Kind::Text,
                K::No,
                "Where they would not take it: what they said, who decides, and by when",
            ),
            ("at", Kind::Moment, K::No, "When"),
        ],
        protection,
    );
    for it in records.emergencies.values().map(|one| &one.record) {
        for (at, attempt) in it.attempts.iter().enumerate() {
            sheet.push([
                it.id.to_string(),
                (at + 1).to_string(),
                attempt.who.clone(),
                attempt.number.clone(),
                word(&attempt.result),
                attempt.said.clone(),
                attempt.at.to_string(),
            ]);
        }
    }
    sheet.table
}

pub(super) fn advice(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "advice",
        [
            ("advice_id", Kind::Id, K::P, "Advice asked for and given"),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision that it was for"),
            ("adviser", Kind::Text, K::No, "Who gave it"),
            ("own_agency", Kind::Flag, K::No, "Whether the adviser belongs to the practitioner's own agency"),
            (
                "named",
                Kind::Flag,
                K::No,
                "Whether anybody was named; named and outside the agency is a disclosure",
            ),
            ("question", Kind::Text, K::No, "What was asked"),
            ("answer", Kind::Text, K::No, "What was answered"),
            ("followed", Kind::Word, K::No, "yes, no or not_yet"),
            ("not_followed_reason", Kind::Text, K::No, "Why it was not followed"),
            ("occurred", Kind::Date, K::No, "When: a day, a month or a moment, as far as known"),
            ("occurred_words", Kind::Text, K::No, "The words where that is not known"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.advice.values() {
        let it = &one.record;
        let (followed, reason) = match &it.followed {
            Followed::Yes => ("yes", String::new()),
            Followed::No { reason } => ("no", reason.clone()),
            Followed::NotYet => ("not_yet", String::new()),
        };
        let cells = [
            it.id.to_string(),
            case(one.case),
            maybe(it.decision),
            it.adviser.clone(),
            it.own_agency.to_string(),
            it.named.to_string(),
            it.question.clone(),
            it.answer.clone(),
            followed.to_owned(),
            reason,
        ];
        sheet.push(cells.into_iter().chain(occurred(&it.at)).chain(changed(one)));
    }
    sheet.table
}

pub(super) fn set_apart(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "set_apart",
        [
            (
                "record_id",
                Kind::Id,
                K::P,
                "An item, advice, disclosure, duty or emergency of a restricted file that stood in a child's file before",
            ),
            CASE,
            ("from_case_id", Kind::Id, K::No, "The child's file, which is not here"),
            ("first_recorded_at", Kind::Moment, K::No, "When it was first written down, in the child's file"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for (id, one) in &records.set_apart {
        let SetApart { from, first_recorded } = one.record;
        let cells = [id.to_string(), case(one.case), from.to_string(), first_recorded.to_string()];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}
