//! Reading wording, and holding it against what the pack needs.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::AdviserResult;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parts::{inside, part_of};
use super::read::{Problems, Row};
use crate::pack::{Article, ArticleKind, Kind, NotSure, Pack, Step};
use crate::{Spot, What};

/// All wording, and where each text stands.
pub(super) struct Texts {
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    pub spots: Spots,
}

/// The place of each text, by language and key.
pub(super) type Spots = BTreeMap<(String, String), Spot>;

/// Reads `text/<lang>.toml`, flattening tables into dotted keys.
pub(super) fn read(rows: &[Row<'_>], languages: &[String], problems: &Problems) -> Texts {
    let (mut words, mut spots) = (BTreeMap::<String, BTreeMap<String, String>>::new(), Spots::new());
    for row in rows {
        let name = inside(row.source.path).strip_prefix("text/").and_then(|name| name.strip_suffix(".toml"));
        let Some(lang) = name else { continue };
        if !languages.iter().any(|language| language == lang) {
            row.add("", What::UnknownFile, format!("the language \"{lang}\" is not declared"));
            continue;
        }
        let mut here = BTreeMap::new();
        flatten(row, row.whole(), "", &mut here);
        let flat = words.entry(lang.to_owned()).or_default();
        for (key, (text, spot)) in here {
            match flat.entry(key) {
                Entry::Occupied(there) => {
                    let message = "the text stands in the pack and in a part of it";
                    problems.add(&spot, there.key(), What::DuplicateId, message);
                }
                Entry::Vacant(free) => {
                    spots.insert((lang.to_owned(), free.key().clone()), spot);
                    free.insert(text);
                }
            }
        }
    }
    let own = |language: &String| {
        rows.iter().any(|row| {
            row.source.path.strip_prefix("text/").and_then(|n| n.strip_suffix(".toml")) == Some(language)
        })
    };
    for language in languages.iter().filter(|language| !own(language)) {
        let spot = Spot { file: format!("text/{language}.toml"), line: 0 };
        problems.add(&spot, "", What::MissingFile, "the file is missing");
    }
    Texts { words, spots }
}

fn flatten(row: &Row<'_>, table: &DeTable<'_>, before: &str, flat: &mut BTreeMap<String, (String, Spot)>) {
    for (key, value) in table {
        let key = key.get_ref();
        let full = if before.is_empty() { key.to_string() } else { format!("{before}.{key}") };
        let add = |value: &Spanned<DeValue<'_>>, what: What, message: &str| {
            let spot = row.source.spot(value.span().start);
            row.problems.add(&spot, &super::when::short(&full), what, message);
        };
        match value.get_ref() {
            DeValue::Table(inner) => flatten(row, inner, &full, flat),
            DeValue::String(text) if text.trim().is_empty() => {
                add(value, What::MissingText, "the text is empty")
            }
            DeValue::String(text) => {
                let spot = row.source.spot(value.span().start);
                if flat.insert(full.clone(), (text.to_string(), spot)).is_some() {
                    add(value, What::DuplicateId, "the text stands twice");
                }
            }
            _ => add(value, What::WrongType, "wording must be text"),
        }
    }
}

/// The keys that every language needs, and those that it may have.
fn wanted(pack: &Pack) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut must, mut may) = (BTreeSet::new(), BTreeSet::new());
    must.extend(["pack.title", "pack.lineage", "pack.advice"].map(str::to_owned));
    if pack.overlay.is_some() {
        must.extend(["overlay.title", "overlay.lineage"].map(str::to_owned));
    }
    must.extend(["option.yes", "option.no", "option.not_sure"].map(str::to_owned));
    must.extend(pack.terms.iter().map(|term| format!("term.{term}")));
    must.extend(pack.unsafe_reasons.iter().map(|reason| format!("unsafe.{}", reason.id)));
    for (at, step) in pack.steps.iter().enumerate() {
        let deciding = pack.outcomes.iter().any(|outcome| outcome.deciding.contains(&at));
        step_keys(step, deciding, &mut must, &mut may);
    }
    for outcome in &pack.outcomes {
        must.extend(["title", "why", "act"].map(|part| format!("outcome.{}.{part}", outcome.id)));
        may.insert(format!("outcome.{}.hint", outcome.id));
    }
    for obligation in &pack.obligations {
        must.insert(format!("obligation.{}.what", obligation.id));
        may.insert(format!("obligation.{}.hint", obligation.id));
    }
    for notice in &pack.notices {
        must.insert(format!("notice.{}.what", notice.id));
        may.insert(format!("notice.{}.hint", notice.id));
        if notice.fact.is_some() {
            must.insert(format!("notice.{}.confirmed", notice.id));
            may.insert(format!("notice.{}.confirmed_hint", notice.id));
        }
    }
    must.extend(pack.facts.iter().map(|fact| format!("fact.{}.about", fact.id)));
    for requester in &pack.requesters {
        must.extend(["name", "first", "verify"].map(|part| format!("requester.{}.{part}", requester.id)));
    }
    let rows = pack.givers.iter().flat_map(|table| &table.rows);
    must.extend(rows.map(|row| format!("giver.{}", row.id)));
    for article in &pack.articles {
        article_keys(article, &mut must, &mut may);
    }
    for (field, code) in pack.grounds.iter().flat_map(|ground| &ground.codes) {
        must.insert(format!("ground.{}.{code}", field.word()));
    }
    (must, may)
}

fn article_keys(article: &Article, must: &mut BTreeSet<String>, may: &mut BTreeSet<String>) {
    let key = |rest: &str| format!("article.{}.{rest}", article.id);
    must.extend(["title", "body"].map(key));
    let named = matches!(article.kind, ArticleKind::Glossary | ArticleKind::Myths | ArticleKind::Contacts);
    for point in &article.points {
        must.insert(key(&format!("point.{}", point.id)));
        if named { &mut *must } else { &mut *may }.insert(key(&format!("term.{}", point.id)));
    }
}

fn step_keys(step: &Step, deciding: bool, must: &mut BTreeSet<String>, may: &mut BTreeSet<String>) {
    let key = |rest: &str| format!("step.{}.{rest}", step.id);
    must.extend(["question", "short", "why"].map(key));
    may.insert(key("hint"));
    may.insert(key("words"));
    for option in &step.options {
        if step.kind == Kind::YesNo { &mut *may } else { &mut *must }
            .insert(key(&format!("option.{}", option.id)));
        may.insert(key(&format!("option_hint.{}", option.id)));
    }
    if step.not_sure != NotSure::None {
        may.insert(key("option.not_sure"));
        may.insert(key("option_hint.not_sure"));
    }
    if step.kind != Kind::EachPerson && step.options.iter().any(|option| option.reveals_words) {
        must.insert(key("words"));
    }
    must.extend(step.known.iter().map(|known| format!("known.{}", known.because)));
    let because: Vec<&str> = match step.kind {
        Kind::YesNo | Kind::OneOf | Kind::ManyOf | Kind::EachPerson | Kind::Weighing | Kind::Checklist => {
            step.values()
        }
        Kind::Adviser => AdviserResult::OFFERED.map(AdviserResult::word).to_vec(),
        Kind::Text | Kind::Date | Kind::People | Kind::Items => vec!["given"],
    };
    let because = because.into_iter().map(|value| key(&format!("because.{value}")));
    if deciding { must } else { may }.extend(because);
}

/// Every needed text is there, none is there for nothing, and every placeholder can be filled.
pub(super) fn check(pack: &Pack, spots: &Spots, problems: &Problems) {
    let (must, may) = wanted(pack);
    for (lang, texts) in &pack.texts {
        for key in must.iter().filter(|key| !texts.contains_key(*key)) {
            let spot = Spot { file: format!("{}text/{lang}.toml", folder(pack, key)), line: 0 };
            problems.add(&spot, key, What::MissingText, "the text is missing");
        }
        let whole = Spot { file: format!("text/{lang}.toml"), line: 0 };
        let spot = |key: &str| spots.get(&(lang.clone(), key.to_owned())).unwrap_or(&whole);
        for key in texts.keys().filter(|key| !must.contains(*key) && !may.contains(*key)) {
            problems.add(spot(key), &super::when::short(key), What::UnusedText, "nothing uses this text");
        }
        for (key, text) in texts {
            let spot = spot(key);
            for name in placeholders(text) {
                let term = name.is_some_and(|name| pack.terms.iter().any(|term| term == name));
                if !term && !matches!(name, Some("child" | "person")) {
                    problems.add(spot, key, What::BadPlaceholder, "a placeholder in braces is not known");
                } else if term && key.starts_with("term.") {
                    problems.add(spot, key, What::BadPlaceholder, "a term may not name another term");
                }
            }
        }
    }
}

/// The folder of the part or overlay whose step, duty, line or article a text belongs to; nothing where it is the
/// pack's own.
fn folder(pack: &Pack, key: &str) -> String {
    let mut names = key.split('.');
    let (of, id) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    let spot = match of {
        "step" => pack.steps.iter().find(|step| step.id.0 == id).map(|step| &step.spot),
        "article" => pack.article(id).map(|article| &article.spot),
        "obligation" => pack.obligations.iter().find(|one| one.id == id).map(|one| &one.spot),
        "giver" => {
            let mut rows = pack.givers.iter().flat_map(|table| &table.rows);
            rows.find(|row| row.id == id).map(|row| &row.spot)
        }
        "notice" => pack.notices.iter().find(|one| one.id == id).map(|one| &one.spot),
        _ => None,
    };
    if of == "overlay" || spot.is_some_and(|spot| super::overlay::holds(&spot.file)) {
        return "overlay/".to_owned();
    }
    spot.and_then(|spot| part_of(&spot.file)).map(|part| format!("shared/{part}/")).unwrap_or_default()
}

/// The names in braces; none for a brace that does not pair.
fn placeholders(text: &str) -> Vec<Option<&str>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (_, from) = rest.split_at(at);
        match from.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((name, after)) => {
                found.push(Some(name));
                rest = after;
            }
            None => {
                found.push(None);
                return found;
            }
        }
    }
    found
}

/// Keeps the words of acts and duties as they are written: whom they name is seen by their placeholders alone.
pub(super) fn keep_written(pack: &mut Pack) {
    let acts = pack.outcomes.iter().map(|outcome| format!("outcome.{}.act", outcome.id));
    let duties = pack.obligations.iter().map(|one| format!("obligation.{}.what", one.id));
    let keys: Vec<String> = acts.chain(duties).collect();
    for (lang, texts) in &pack.texts {
        let kept = keys.iter().filter_map(|key| Some((key.clone(), texts.get(key)?.clone())));
        pack.written.insert(lang.clone(), kept.collect());
    }
}

/// Puts the nation's terms into the wording.
pub(super) fn fill(pack: &mut Pack) {
    let Pack { texts, terms, .. } = pack;
    for texts in texts.values_mut() {
        let words: Vec<(String, String)> = terms
            .iter()
            .filter_map(|term| Some((format!("{{{term}}}"), texts.get(&format!("term.{term}"))?.clone())))
            .collect();
        for text in texts.values_mut().filter(|text| text.contains('{')) {
            for (name, word) in &words {
                *text = text.replace(name, word);
            }
        }
    }
}
