//! Reading conditions. Whatever a condition names must exist, and must be a value that can occur.

use sharewell_records::Known;
use toml::Spanned;
use toml::de::DeValue;

use super::Names;
use super::read::Row;
use crate::What;
use crate::pack::{Cond, Kind, KnownKind, KnownTest, Step, Test};

/// Reads a condition from a field that holds a table.
pub(crate) fn field(row: &Row<'_>, name: &'static str, names: &Names<'_>) -> Option<Cond> {
    value(row, row.get(name)?, name, names)
}

fn value<'a>(
    row: &Row<'a>,
    value: &'a Spanned<DeValue<'a>>,
    name: &'static str,
    names: &Names<'_>,
) -> Option<Cond> {
    let Some(inner) = row.row(value) else {
        row.add(name, What::WrongType, format!("\"{name}\" must be a condition: a table"));
        return None;
    };
    let cond = table(&inner, names);
    inner.finish();
    cond
}

fn table(row: &Row<'_>, names: &Names<'_>) -> Option<Cond> {
    const FORMS: [&str; 7] = ["all", "any", "not", "answer", "asked", "known", "advised_any"];
    let forms: Vec<_> = FORMS.into_iter().filter(|form| row.has(form)).collect();
    let [form] = forms.as_slice() else {
        let message = "a condition has exactly one of: all, any, not, answer, asked, known, advised_any";
        row.add("", What::Misplaced, message);
        return None;
    };
    match *form {
        "all" => Some(Cond::All(many(row, "all", names))),
        "any" => Some(Cond::Any(many(row, "any", names))),
        "not" => field(row, "not", names).map(|cond| Cond::Not(Box::new(cond))),
        "answer" => {
            let step = names.step(row, "answer", row.text("answer")?)?;
            test(row, names.step_at(step)?).map(|test| Cond::Answer { step, test })
        }
        "asked" => names.step(row, "asked", row.text("asked")?).map(Cond::Asked),
        "known" => known(row, names),
        _ => {
            let found = row.texts("advised_any").into_iter().map(|id| names.outcome(row, "advised_any", id));
            Some(Cond::Advised(found.collect::<Option<Vec<_>>>()?))
        }
    }
}

fn many(row: &Row<'_>, name: &'static str, names: &Names<'_>) -> Vec<Cond> {
    let items = row.list(name);
    if items.is_empty() {
        row.add(name, What::MissingField, format!("\"{name}\" is empty"));
    }
    items.into_iter().filter_map(|item| value(row, item, name, names)).collect()
}

/// The test of an answer: exactly one of `is`, `is_any`, `contains`, `contains_any`, `some`.
pub(crate) fn test(row: &Row<'_>, step: &Step) -> Option<Test> {
    let test = test_if_any(row, step);
    if test.is_none() && !TESTS.iter().any(|form| row.has(form)) {
        row.add("answer", What::MissingField, "one of is, is_any, contains, contains_any, some is missing");
    }
    test
}

const TESTS: [&str; 5] = ["is", "is_any", "contains", "contains_any", "some"];

/// The test of an answer, where there is one.
pub(crate) fn test_if_any(row: &Row<'_>, step: &Step) -> Option<Test> {
    let forms: Vec<_> = TESTS.into_iter().filter(|form| row.has(form)).collect();
    let form = match forms.as_slice() {
        [] => return None,
        [one] => *one,
        _ => {
            row.add("is", What::Misplaced, "more than one test of an answer");
            return None;
        }
    };
    let many = matches!(step.kind, Kind::ManyOf | Kind::EachPerson | Kind::Checklist);
    let values = |field: &'static str| -> Option<Vec<String>> {
        let mut found = Vec::new();
        for value in row.texts(field) {
            if !step.values().contains(&value) {
                let message = format!("the step \"{}\" has no answer \"{}\"", step.id, short(value));
                row.add(field, What::Dangling, message);
                return None;
            }
            let whole = value == "not_sure" && step.kind != Kind::Checklist;
            if matches!(field, "is" | "is_any") && many && !whole {
                row.add(field, What::Misplaced, "a step of several answers is tested with contains");
                return None;
            }
            if matches!(field, "contains" | "contains_any") && !many {
                row.add(field, What::Misplaced, "a step of one answer is tested with is");
                return None;
            }
            found.push(value.to_owned());
        }
        if found.is_empty() {
            row.add(field, What::MissingField, format!("\"{field}\" is empty"));
            return None;
        }
        Some(found)
    };
    match form {
        "is" => values("is").map(Test::Is),
        "is_any" => values("is_any").map(Test::Is),
        "contains" => values("contains").map(Test::Contains),
        "contains_any" => values("contains_any").map(Test::Contains),
        _ => row.flag("some").map(Test::Some),
    }
}

fn known(row: &Row<'_>, names: &Names<'_>) -> Option<Cond> {
    let name = row.text("known")?;
    let Some((fact, declared)) = names.known.iter().enumerate().find(|(_, fact)| fact.name == name) else {
        row.add("known", What::Dangling, format!("there is no known fact \"{}\"", short(name)));
        return None;
    };
    let age = declared.kind == KnownKind::Age;
    let is_any = names.engine >= 2 && row.has("is_any");
    let test = if row.has("is") || is_any {
        let field = if is_any { "is_any" } else { "is" };
        let mut values = Vec::new();
        for item in row.list(field) {
            let value = item.get_ref();
            let known = match (&declared.kind, value.as_bool(), value.as_str()) {
                (KnownKind::Flag, Some(flag), _) if !is_any => Some(Known::Flag(flag)),
                (KnownKind::Word(words), _, Some(word)) if words.iter().any(|w| w == word) => {
                    Some(Known::Word(word.to_owned()))
                }
                _ => None,
            };
            if known.is_none() {
                row.add(field, What::WrongType, format!("\"{name}\" cannot have this value"));
            }
            values.push(known?);
        }
        if values.is_empty() || (values.len() > 1 && !is_any) {
            row.add(field, What::WrongType, format!("\"{name}\" is held against one value, or is_any"));
            return None;
        }
        KnownTest::Is(values)
    } else if row.has("less_than") || row.has("at_least") {
        if !age {
            row.add(
                "known",
                What::Misplaced,
                "only an age can be compared: counts and ratings decide nothing",
            );
            return None;
        }
        if row.has("less_than") {
            KnownTest::LessThan(age_of(row, "less_than", names)?)
        } else {
            KnownTest::AtLeast(age_of(row, "at_least", names)?)
        }
    } else {
        KnownTest::Present
    };
    Some(Cond::Known { fact, test })
}

/// An age: a number, or `"value:<name>"`, which the pack gives.
fn age_of(row: &Row<'_>, field: &'static str, names: &Names<'_>) -> Option<i32> {
    let text = row.get(field)?.get_ref().as_str();
    let Some(name) = text.and_then(|text| text.strip_prefix("value:")) else { return row.number(field) };
    let value = names.given.values.get(name).copied();
    if value.is_none() {
        row.add(field, What::Dangling, format!("the pack gives no value \"{}\"", short(name)));
    }
    value
}

/// A name from a file, cut so that a message stays a message.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(64).collect()
}
