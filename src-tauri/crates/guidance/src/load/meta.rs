//! Reading `pack.toml`.

use std::collections::BTreeMap;

use sharewell_records::{Day, Nation};
use toml::de::DeValue;

use super::Names;
use super::cites::{Citing, cites};
use super::read::{Row, is_id};
use crate::pack::{
    Advice, Confidence, ENGINE, ENGINES, KnownFact, KnownKind, Lineage, REQUESTERS, Requester, Source,
    UnsafeReason,
};
use crate::{Deadline, What};

/// What a reason may cover.
pub(crate) const UNSAFE: [&str; 7] =
    ["harm_child", "harm_other", "evidence", "prejudice", "delay", "coercion", "other"];

pub(super) struct Meta {
    pub id: String,
    pub engine: u32,
    pub nation: Nation,
    pub version: String,
    pub applies_from: Day,
    pub applies_until: Option<Day>,
    pub supersedes: Option<String>,
    pub lineage: Lineage,
    pub languages: Vec<String>,
    pub sources: Vec<Source>,
    pub terms: Vec<String>,
    pub known: Vec<KnownFact>,
    pub unsafe_reasons: Vec<UnsafeReason>,
}

pub(super) fn read(row: &Row<'_>) -> Option<Meta> {
    let engine = row.required("engine", row.number("engine"));
    let read = engine.and_then(|engine| u32::try_from(engine).ok()).filter(|one| ENGINES.contains(one));
    if let (Some(engine), None) = (engine, read) {
        let message = format!("the pack needs engine version {engine}, this is version {ENGINE}");
        row.add("engine", What::WrongEngine, message);
        return None;
    }
    let id = row.own_id("id");
    let nations = Nation::ALL.map(|nation| (nation.word(), nation));
    let nation = row.required("nation", row.word("nation", &nations));
    let version = row.required_text("version");
    if version.contains(['@', '/', ' ', '\n']) || version.len() > 48 {
        row.add("version", What::BadId, "\"version\" may not hold @, /, spaces, or more than 48 characters");
    }
    let applies_from = row.required("applies_from", row.day("applies_from"));
    let applies_until = row.day("applies_until");
    if let (Some(from), Some(until)) = (applies_from, applies_until)
        && until < from
    {
        row.add("applies_until", What::BadDate, "\"applies_until\" lies before \"applies_from\"");
    }
    let lineages = [("assembled", Lineage::Assembled), ("official", Lineage::Official)];
    let lineage = row.required("lineage", row.word("lineage", &lineages));
    let languages: Vec<String> = row.texts("languages").into_iter().map(str::to_owned).collect();
    if languages.is_empty() {
        row.add("languages", What::MissingField, "\"languages\" is missing");
    }
    for language in languages.iter().filter(|language| !is_id(language)) {
        row.add("languages", What::BadId, format!("\"{}\" is not a language", super::when::short(language)));
    }
    let terms: Vec<String> = row.texts("terms").into_iter().map(str::to_owned).collect();
    for term in terms.iter().filter(|term| !is_id(term)) {
        row.add("terms", What::BadId, format!("\"{}\" is not a term", super::when::short(term)));
    }
    let sources: Vec<Source> = row.rows("source").iter().filter_map(source).collect();
    for (at, source) in sources.iter().enumerate() {
        if sources.iter().take(at).any(|other| other.id == source.id) {
            row.add("source", What::DuplicateId, format!("the source \"{}\" stands twice", source.id));
        }
    }
    let known = unique(row, "known", row.rows("known").iter().filter_map(known).collect(), |fact| &fact.name);
    let reasons = row.rows("unsafe");
    let reasons = reasons.iter().filter_map(|reason| unsafe_reason(reason, &sources)).collect();
    let unsafe_reasons = unique(row, "unsafe", reasons, |reason| &reason.id);
    Some(Meta {
        id: id?,
        engine: read?,
        nation: nation?,
        version,
        applies_from: applies_from?,
        applies_until,
        supersedes: row.text("supersedes").map(str::to_owned),
        lineage: lineage?,
        languages,
        sources,
        terms,
        known,
        unsafe_reasons,
    })
}

fn unique<T>(row: &Row<'_>, field: &'static str, all: Vec<T>, name: impl Fn(&T) -> &String) -> Vec<T> {
    for (at, one) in all.iter().enumerate() {
        if all.iter().take(at).any(|other| name(other) == name(one)) {
            row.add(field, What::DuplicateId, format!("\"{}\" stands twice", name(one)));
        }
    }
    all
}

pub(super) fn source(row: &Row<'_>) -> Option<Source> {
    let id = row.required_text("id");
    let plain =
        !id.is_empty() && id.len() <= 48 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain {
        row.add("id", What::BadId, "the id of a source holds letters, digits and - alone");
    }
    row.id.borrow_mut().clone_from(&id);
    let words = [
        ("original", Confidence::Original),
        ("secondary", Confidence::Secondary),
        ("local", Confidence::Local),
        ("unconfirmed", Confidence::Unconfirmed),
    ];
    let confidence = row.required("confidence", row.word("confidence", &words));
    let year = row.required("year", row.number("year")).and_then(|year| u16::try_from(year).ok());
    if row.has("year") && !year.is_some_and(|year| (1800..2200).contains(&year)) {
        row.add("year", What::BadDate, "\"year\" is not a year");
    }
    let (title, publisher) = (row.required_text("title"), row.required_text("publisher"));
    let address = row.text("address").map(str::to_owned);
    let note = row.text("note").unwrap_or_default().to_owned();
    row.finish();
    Some(Source { id, title, publisher, year: year?, address, confidence: confidence?, note })
}

fn known(row: &Row<'_>) -> Option<KnownFact> {
    let name = row.own_id("name");
    #[derive(Clone, Copy)]
    enum Kind {
        Age,
        Flag,
        OneOf,
    }
    let words = [("age", Kind::Age), ("flag", Kind::Flag), ("word", Kind::OneOf)];
    let kind = row.required("kind", row.word("kind", &words));
    let values: Vec<String> = row.texts("words").into_iter().map(str::to_owned).collect();
    let kind = match kind? {
        Kind::Age => KnownKind::Age,
        Kind::Flag => KnownKind::Flag,
        Kind::OneOf => KnownKind::Word(values.clone()),
    };
    if values.is_empty() == matches!(kind, KnownKind::Word(_)) {
        row.add("words", What::Misplaced, "\"words\" stands exactly where the kind is word");
    }
    row.finish();
    Some(KnownFact { name: name?, kind })
}

/// Who may ask: each of the eight, once.
pub(super) fn requesters(row: &Row<'_>, citing: &Citing<'_>) -> Vec<Requester> {
    let requester = |row: &Row<'_>| {
        let words = REQUESTERS.map(|word| (word, word));
        let id = row.required("id", row.word("id", &words)).map(str::to_owned);
        row.id.borrow_mut().clone_from(&id.clone().unwrap_or_default());
        let sources = cites(row, citing);
        row.finish();
        Some(Requester { id: id?, sources })
    };
    let found = row.rows("requester").iter().filter_map(requester).collect();
    let found = unique(row, "requester", found, |one: &Requester| &one.id);
    for missing in REQUESTERS.iter().filter(|id| !found.iter().any(|one| one.id == **id)) {
        row.add("requester", What::MissingField, format!("there is no [[requester]] \"{missing}\""));
    }
    found
}

fn unsafe_reason(row: &Row<'_>, sources: &[Source]) -> Option<UnsafeReason> {
    let id = row.own_id("id");
    let covers = row.required("covers", row.word("covers", &UNSAFE.map(|word| (word, word))));
    let sources = cites(row, &Citing { sources, asked: &BTreeMap::new() });
    row.finish();
    Some(UnsafeReason { id: id?, covers: covers?.to_owned(), sources })
}

/// What `pack.toml` says about steps and obligations.
pub(super) struct Ends {
    pub start: Option<usize>,
    pub after_withdrawal: Option<usize>,
    pub advice: Option<Advice>,
    pub countersign: Option<usize>,
}

pub(super) fn second(row: &Row<'_>, names: &Names<'_>) -> Ends {
    let step = |row: &Row<'_>, field: &'static str| {
        row.required(field, row.text(field)).and_then(|id| names.step(row, field, id))
    };
    let table = |field: &'static str| {
        let value = row.required(field, row.get(field))?;
        let inner = row.row(value);
        if inner.is_none() && !matches!(value.get_ref(), DeValue::Table(_)) {
            row.add(field, What::WrongType, format!("\"{field}\" must be a table"));
        }
        inner
    };
    let advice = table("advice").and_then(|inner| {
        let (asks, front_door) = (step(&inner, "step"), step(&inner, "front_door"));
        let deadline = deadline(&inner, "deadline", true);
        let unknown = inner.required("unknown", inner.text("unknown"));
        let unknown = unknown.and_then(|id| names.obligation(&inner, "unknown", id));
        inner.finish();
        Some(Advice { step: asks?, front_door: front_door?, deadline: deadline?, unknown: unknown? })
    });
    let countersign = table("otherwise").and_then(|inner| {
        let id = inner.required("countersign", inner.text("countersign"));
        let found = id.and_then(|id| names.obligation(&inner, "countersign", id));
        inner.finish();
        found
    });
    Ends { start: step(row, "start"), after_withdrawal: step(row, "after_withdrawal"), advice, countersign }
}

/// Reads a deadline.
pub(super) fn deadline(row: &Row<'_>, field: &'static str, required: bool) -> Option<Deadline> {
    let word = if required { row.required(field, row.text(field)) } else { row.text(field) }?;
    let deadline = Deadline::parse(word);
    if deadline.is_none() {
        row.add(field, What::NotAWord, format!("\"{field}\" is not a deadline"));
    }
    deadline
}
