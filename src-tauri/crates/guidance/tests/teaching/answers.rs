//! The answers of a teaching case, as they are written by hand.

use sharewell_guidance::{Kind, Step};
use sharewell_records::{
    AdviserResult, Answer, CheckRow, Day, Heavier, Likelihood, PersonChoice, PointAnswer, Severity,
    WeighingSide,
};
use toml::{Table, Value};

type Read<T> = Result<T, String>;

/// Reads an answer as the question's kind is written.
pub fn read(step: &Step, value: &Value) -> Read<Answer> {
    if value.as_str() == Some("not_sure") && step.kind != Kind::Weighing {
        return Ok(Answer::Choice { value: "not_sure".into(), words: String::new() });
    }
    Ok(match step.kind {
        Kind::YesNo | Kind::OneOf => {
            let (value, words) = valued(value)?;
            Answer::Choice { value, words }
        }
        Kind::ManyOf => many(value)?,
        Kind::Text => Answer::Text { text: text(value)? },
        Kind::Date => match value {
            Value::Datetime(date) => {
                Answer::Date { on: Day(date.to_string().parse().map_err(|_| "no date")?) }
            }
            Value::String(text) if text.is_empty() => Answer::Text { text: String::new() },
            _ => return Err("write a date, or \"\"".into()),
        },
        Kind::People => Answer::People { people: Vec::new(), words: listed(value, "people")? },
        Kind::Items => Answer::Items { items: Vec::new(), words: listed(value, "items")? },
        Kind::Adviser => {
            let table = table(value, &["who", "result", "said"])?;
            Answer::Adviser {
                who: at(table, "who"),
                own_agency: true,
                named: false,
                result: word(table, "result", AdviserResult::of)?,
                said: at(table, "said"),
            }
        }
        Kind::Weighing => {
            let table = table(value, &["share", "not_share", "heavier"])?;
            Answer::Weighing {
                share: side(table.get("share"))?,
                not_share: side(table.get("not_share"))?,
                heavier: word(table, "heavier", Heavier::of)?,
            }
        }
        Kind::EachPerson => {
            let rows = value.as_table().ok_or("write a table: name = choice")?;
            let row = |(name, value): (&String, &Value)| {
                let (value, reason) = valued(value)?;
                Ok(PersonChoice { person: None, name: name.clone(), value, reason })
            };
            Answer::EachPerson { rows: rows.iter().map(row).collect::<Read<_>>()? }
        }
        Kind::Checklist => {
            let rows = value.as_table().ok_or("write a table: point = answer")?;
            // In the order of the list, as the program keeps them.
            let known = step.options.iter().filter_map(|point| rows.get_key_value(&point.id));
            let unknown = rows.iter().filter(|(point, _)| step.option(point).is_none());
            let row = |(point, value): (&String, &Value)| {
                let (value, words) = valued(value)?;
                let value = PointAnswer::of(&value).ok_or_else(|| format!("{value} answers no point"))?;
                Ok(CheckRow { point: point.clone(), value, words })
            };
            Answer::Checklist { rows: known.chain(unknown).map(row).collect::<Read<_>>()? }
        }
    })
}

fn text(value: &Value) -> Read<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "write text in quotes".into())
}

/// A table with no other fields than these.
fn table<'v>(value: &'v Value, fields: &[&str]) -> Read<&'v Table> {
    let table = value.as_table().ok_or_else(|| format!("write a table with {}", fields.join(", ")))?;
    match table.keys().find(|key| !fields.contains(&key.as_str())) {
        Some(other) => Err(format!("there is no field \"{other}\"")),
        None => Ok(table),
    }
}

fn at(table: &Table, field: &str) -> String {
    table.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A word of a closed set; none where it is not there.
fn word<T>(table: &Table, field: &str, of: impl Fn(&str) -> Option<T>) -> Read<T> {
    let word = at(table, field);
    of(&word).ok_or_else(|| format!("{field} is no such word: {word}"))
}

/// `"no"`, or `{ value = "yes", words = "…" }`.
fn valued(value: &Value) -> Read<(String, String)> {
    if let Some(text) = value.as_str() {
        return Ok((text.to_owned(), String::new()));
    }
    let table = table(value, &["value", "words"])?;
    Ok((at(table, "value"), at(table, "words")))
}

/// `["a", "b"]`, or `{ values = ["a"], words = "…" }`.
fn many(value: &Value) -> Read<Answer> {
    let (list, words) = match value {
        Value::Array(_) => (Some(value), String::new()),
        Value::String(_) => return Ok(Answer::Choices { values: vec![text(value)?], words: String::new() }),
        _ => {
            let table = table(value, &["values", "words"])?;
            (table.get("values"), at(table, "words"))
        }
    };
    let list = list.and_then(Value::as_array).ok_or("write a list")?;
    Ok(Answer::Choices { values: list.iter().map(text).collect::<Read<_>>()?, words })
}

/// `{ people = ["…"] }`, or `{}` for nobody.
fn listed(value: &Value, field: &'static str) -> Read<String> {
    let table = table(value, &[field, "words"])?;
    let names = table.get(field).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut names = names.iter().map(text).collect::<Read<Vec<_>>>()?;
    names.extend(Some(at(table, "words")).filter(|words| !words.is_empty()));
    Ok(names.join("; "))
}

/// `"what would happen"`, or with how likely and how serious.
fn side(value: Option<&Value>) -> Read<WeighingSide> {
    let value = value.ok_or("a side is missing")?;
    if let Some(what) = value.as_str() {
        let (likelihood, severity) = (Likelihood::Likely, Severity::Moderate);
        return Ok(WeighingSide { what: what.to_owned(), likelihood, severity });
    }
    let table = table(value, &["what", "likelihood", "severity"])?;
    Ok(WeighingSide {
        what: at(table, "what"),
        likelihood: word(table, "likelihood", Likelihood::of)?,
        severity: word(table, "severity", Severity::of)?,
    })
}
