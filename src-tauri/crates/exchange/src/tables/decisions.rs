//! Decisions, with what was answered, told, gone through, asked for and said of them.

use sharewell_records::{Protection, Standing};

use super::people::about;
use super::{CASE, CHANGED, K, Sheet, as_json, case, changed, maybe, word};
use crate::{Kind, Table};

pub(super) fn decisions(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "decisions",
        [
            ("decision_id", Kind::Id, K::P, "A decision as signed off"),
            CASE,
            (
                "child_id",
                Kind::Id,
                K::F("people"),
                "The child it is about; in an adult's file the adult; empty where it is about numbers",
            ),
            ("follows_id", Kind::Id, K::F("decisions"), "An earlier decision that this one follows"),
            ("nation", Kind::Word, K::No, "The nation whose pack was used"),
            ("pack_id", Kind::Word, K::No, "The guidance pack"),
            ("pack_version", Kind::Word, K::No, "Its version"),
            ("pack_sha256", Kind::Word, K::No, "Its hash, by which the decision can be replayed"),
            ("trigger", Kind::Word, K::No, "worry, request, new_facts or linked"),
            ("started_at", Kind::Moment, K::No, "When the first question was opened"),
            ("guidance_on", Kind::Date, K::No, "The day for which the guidance was applied"),
            ("outcome", Kind::Word, K::No, "The outcome's id in the pack"),
            ("advised", Kind::Word, K::No, "What the pack advised"),
            ("decided", Kind::Word, K::No, "What the practitioner decided"),
            ("otherwise_reason", Kind::Text, K::No, "Why they decided otherwise"),
            ("reasons", Kind::Text, K::No, "Why, in the practitioner's words"),
            ("alternatives", Kind::Text, K::No, "Other ways that were considered"),
            ("what", Kind::Text, K::No, "What is to be shared, or was asked for"),
            ("recipient_name", Kind::Text, K::No, "To whom"),
            ("recipient_role", Kind::Text, K::No, "Their post and agency"),
            ("recipient_reach", Kind::Text, K::No, "The number or address, and where it was found"),
            ("power", Kind::Text, K::No, "Power or duty to share"),
            ("lawful_basis", Kind::Text, K::No, "UK GDPR Article 6 basis"),
            ("condition", Kind::Text, K::No, "Article 9 or 10 condition with Schedule 1 paragraph"),
            (
                "no_consent_limb",
                Kind::Text,
                K::No,
                "Which limb of Schedule 1 paragraph 18(1)(c) explains that there was no consent",
            ),
            ("confidence", Kind::Text, K::No, "What lifts, or does not lift, the duty of confidence"),
            ("proportionality", Kind::Text, K::No, "Why it is necessary and in proportion"),
            ("grounds_changed_reason", Kind::Text, K::No, "Why a ground that was suggested was changed"),
            ("known_facts", Kind::Json, K::No, "What the file told the engine, by name"),
            ("review_on", Kind::Date, K::No, "When to look again"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.decisions.values() {
        let it = &one.record;
        let cells = [
            it.id.to_string(),
            it.case.to_string(),
            about(records.cases.get(&it.case).map(|file| file.record.kind).unwrap_or_default(), it.child),
            maybe(it.follows),
            it.nation.word().to_owned(),
            it.pack.id.clone(),
            it.pack.version.clone(),
            it.pack.hash.to_string(),
            word(&it.trigger),
            it.started.to_string(),
            it.on.to_string(),
            it.outcome.clone(),
            it.advised.word().to_owned(),
            it.decided.word().to_owned(),
            it.otherwise.clone(),
            it.reasons.clone(),
            it.alternatives.clone(),
            it.what.clone(),
            it.recipient.name.clone(),
            it.recipient.role.clone(),
            it.recipient.reach.clone(),
            it.grounds.power.clone(),
            it.grounds.lawful_basis.clone(),
            it.grounds.condition.clone(),
            it.grounds.no_consent_limb.clone(),
            it.grounds.confidence.clone(),
            it.grounds.proportionality.clone(),
            it.grounds.changed_because.clone(),
            as_json(&it.known),
            it.review.to_string(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}

pub(super) fn decision_answers(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "decision_answers",
        [
            ("decision_id", Kind::Id, K::PF("decisions"), "The decision"),
            ("number", Kind::Number, K::P, "In the order of first asking, from 1"),
            ("step", Kind::Word, K::No, "The question's id in the pack"),
            ("on_path", Kind::Flag, K::No, "Whether the answer counted; one that was left behind did not"),
            ("not_sure", Kind::Flag, K::No, "Whether the question was left as not sure"),
            ("answered_at", Kind::Moment, K::No, "When"),
            ("answer", Kind::Json, K::No, "The answer"),
        ],
        protection,
    );
    for it in records.decisions.values().map(|one| &one.record) {
        for (at, answered) in it.answers.iter().enumerate() {
            sheet.push([
                it.id.to_string(),
                (at + 1).to_string(),
                answered.step.to_string(),
                it.path.contains(&answered.step).to_string(),
                it.unknown.contains(&answered.step).to_string(),
                answered.at.to_string(),
                as_json(&answered.answer),
            ]);
        }
    }
    sheet.table
}

pub(super) fn decision_telling(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "decision_telling",
        [
            ("decision_id", Kind::Id, K::PF("decisions"), "The decision"),
            ("number", Kind::Number, K::P, "From 1"),
            ("person_id", Kind::Id, K::F("people"), "The person, where the file knows them"),
            ("name", Kind::Text, K::No, "Their name as shown when it was asked"),
            ("when", Kind::Word, K::No, "now, later, not or told"),
            ("why", Kind::Text, K::No, "Why"),
        ],
        protection,
    );
    for it in records.decisions.values().map(|one| &one.record) {
        for (at, telling) in it.telling.iter().enumerate() {
            let protected = telling.person.and_then(|person| protection.label(person));
            sheet.push([
                it.id.to_string(),
                (at + 1).to_string(),
                maybe(telling.person),
                protected.map_or_else(|| telling.name.clone(), str::to_owned),
                telling.when.word().to_owned(),
                telling.why.clone(),
            ]);
        }
    }
    sheet.table
}

pub(super) fn decision_checklists(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "decision_checklists",
        [
            ("decision_id", Kind::Id, K::PF("decisions"), "The decision"),
            ("article", Kind::Word, K::P, "The checklist's id in the pack"),
            ("point", Kind::Word, K::P, "The point's id"),
            ("value", Kind::Word, K::No, "yes, no or not_sure"),
            ("words", Kind::Text, K::No, "What shows it"),
        ],
        protection,
    );
    for it in records.decisions.values().map(|one| &one.record) {
        for (list, row) in it.checklists.iter().flat_map(|list| list.rows.iter().map(move |row| (list, row)))
        {
            sheet.push([
                it.id.to_string(),
                list.article.clone(),
                row.point.clone(),
                row.value.word().to_owned(),
                row.words.clone(),
            ]);
        }
    }
    sheet.table
}

pub(super) fn requests(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "requests",
        [
            ("decision_id", Kind::Id, K::PF("decisions"), "The decision that the request brought about"),
            (
                "requester",
                Kind::Word,
                K::No,
                "agency, police, court, solicitor, parent, person, member or journalist",
            ),
            ("name", Kind::Text, K::No, "Who asked"),
            ("organisation", Kind::Text, K::No, "Their post and organisation"),
            ("reach", Kind::Text, K::No, "Where an answer goes, as they gave it"),
            ("received_on", Kind::Date, K::No, "When it came"),
            ("verified", Kind::Flag, K::No, "Whether it was certain who asked"),
            ("how_verified", Kind::Text, K::No, "How that was checked"),
            ("what", Kind::Text, K::No, "What exactly was asked for"),
            ("specific", Kind::Flag, K::No, "Whether that was specific, and no search for whatever there is"),
            ("purpose", Kind::Text, K::No, "What for"),
            ("authority", Kind::Text, K::No, "The law or power that they named"),
            ("court_order", Kind::Word, K::No, "none, claimed, seen or checked"),
            ("deadline", Kind::Date, K::No, "By when they wanted an answer"),
            ("keeping", Kind::Text, K::No, "How they would keep it safe, and for how long"),
        ],
        protection,
    );
    for it in records.decisions.values().map(|one| &one.record) {
        let Some(request) = &it.request else { continue };
        sheet.push([
            it.id.to_string(),
            request.from.word().to_owned(),
            request.name.clone(),
            request.organisation.clone(),
            request.reach.clone(),
            request.received.to_string(),
            request.verified.to_string(),
            request.how_verified.clone(),
            request.what.clone(),
            request.specific.to_string(),
            request.purpose.clone(),
            request.authority.clone(),
            word(&request.order),
            maybe(request.deadline),
            request.keeping.clone(),
        ]);
    }
    sheet.table
}

pub(super) fn countersignatures(records: &Standing, protection: &Protection) -> Table {
    let mut sheet = Sheet::new(
        "countersignatures",
        [
            ("countersignature_id", Kind::Id, K::P, "What a second person said of a decision"),
            CASE,
            ("decision_id", Kind::Id, K::F("decisions"), "The decision"),
            ("verdict", Kind::Word, K::No, "agrees or disagrees"),
            ("words", Kind::Text, K::No, "Why"),
            ("by", Kind::Text, K::No, "Who said it"),
            ("role", Kind::Text, K::No, "Their post"),
            ("agency", Kind::Text, K::No, "Their agency"),
            ("said_at", Kind::Moment, K::No, "When they said it"),
            ("entry_sha256", Kind::Word, K::No, "The hash of the decision's entry, over which they signed"),
            ("public_key", Kind::Word, K::No, "The Ed25519 key that signed, in hexadecimal"),
        ]
        .into_iter()
        .chain(CHANGED),
        protection,
    );
    for one in records.countersignatures.values() {
        let it = &one.record.said;
        let cells = [
            it.id.to_string(),
            case(one.case),
            it.decision.to_string(),
            word(&it.verdict),
            it.words.clone(),
            it.by.clone(),
            it.role.clone(),
            it.agency.clone(),
            it.at.to_string(),
            it.entry_hash.to_string(),
            one.record.key.clone(),
        ];
        sheet.push(cells.into_iter().chain(changed(one)));
    }
    sheet.table
}
