//! The form of a written answer, field by field, so that an error names the field and never what was typed.

use serde_json::{Map, Value};
use sharewell_casework::records::{AdviserResult, Answer, Heavier, Likelihood, PointAnswer, Severity};

/// A field that is not as it must be.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field (`share.likelihood`, `rows[1].value`).
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

fn wrong(field: impl Into<String>, message: impl Into<String>) -> Wrong {
    Wrong { field: field.into(), message: message.into() }
}

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    /// A word of a closed set.
    OneOf(fn() -> Vec<&'static str>),
    Texts,
    TrueFalse,
    Day,
    /// An id of the file, or null.
    MaybeText,
    Object(&'static [Field]),
    Objects(&'static [Field]),
}

/// Name, contents, and whether it must be there.
type Field = (&'static str, Holds, bool);

const RESULT: Holds = Holds::OneOf(|| AdviserResult::ALL.map(AdviserResult::word).to_vec());
const HEAVIER: Holds = Holds::OneOf(|| Heavier::ALL.map(Heavier::word).to_vec());
const LIKELIHOOD: Holds = Holds::OneOf(|| Likelihood::ALL.map(Likelihood::word).to_vec());
const SEVERITY: Holds = Holds::OneOf(|| Severity::ALL.map(Severity::word).to_vec());
const POINT_ANSWER: Holds = Holds::OneOf(|| PointAnswer::ALL.map(PointAnswer::word).to_vec());

const SIDE: &[Field] =
    &[("what", Holds::Text, true), ("likelihood", LIKELIHOOD, true), ("severity", SEVERITY, true)];
const ROW: &[Field] = &[
    ("person", Holds::MaybeText, false),
    ("name", Holds::Text, true),
    ("value", Holds::Text, true),
    ("reason", Holds::Text, false),
];
const POINT: &[Field] =
    &[("point", Holds::Text, true), ("value", POINT_ANSWER, true), ("words", Holds::Text, false)];
/// Every form of an answer, as `records` stores it.
const FORMS: &[(&str, &[Field])] = &[
    ("choice", &[("value", Holds::Text, true), ("words", Holds::Text, false)]),
    ("choices", &[("values", Holds::Texts, true), ("words", Holds::Text, false)]),
    ("text", &[("text", Holds::Text, true)]),
    ("date", &[("on", Holds::Day, true)]),
    ("people", &[("people", Holds::Texts, true), ("words", Holds::Text, false)]),
    (
        "adviser",
        &[
            ("who", Holds::Text, true),
            ("own_agency", Holds::TrueFalse, true),
            ("named", Holds::TrueFalse, true),
            ("result", RESULT, true),
            ("said", Holds::Text, false),
        ],
    ),
    ("items", &[("items", Holds::Texts, true), ("words", Holds::Text, false)]),
    (
        "weighing",
        &[
            ("share", Holds::Object(SIDE), true),
            ("not_share", Holds::Object(SIDE), true),
            ("heavier", HEAVIER, true),
        ],
    ),
    ("each_person", &[("rows", Holds::Objects(ROW), true)]),
    ("checklist", &[("rows", Holds::Objects(POINT), true)]),
];

/// Reads an answer in its whole form.
pub fn whole(object: &Map<String, Value>) -> Result<Answer, Wrong> {
    let kinds = || FORMS.iter().map(|(is, _)| *is).collect::<Vec<_>>().join(", ");
    let Some(is) = object.get("is") else {
        return Err(wrong("is", format!("it is missing. Give the kind of answer: {}", kinds())));
    };
    let form = FORMS.iter().find(|(name, _)| is.as_str() == Some(*name));
    let Some((_, form)) = form else {
        return Err(wrong("is", format!("it is no kind of answer. Write one of: {}", kinds())));
    };
    let mut rest = object.clone();
    rest.remove("is");
    check("", &rest, form)?;
    serde_json::from_value(Value::Object(object.clone())).map_err(|_| {
        let ids = if is == "items" { "items" } else { "people" };
        wrong(ids, "an id of the file is not an id. Leave the list empty and use words instead")
    })
}

fn check(before: &str, object: &Map<String, Value>, form: &[Field]) -> Result<(), Wrong> {
    if let Some(name) = object.keys().find(|name| !form.iter().any(|(known, _, _)| known == name)) {
        let known: Vec<_> = form.iter().map(|(known, _, _)| *known).collect();
        return Err(wrong(
            format!("{before}{name}"),
            format!("there is no such field. There are: {}", known.join(", ")),
        ));
    }
    for (name, holds, required) in form {
        let field = format!("{before}{name}");
        match object.get(*name) {
            None if *required => return Err(wrong(field, "it is missing")),
            None => {}
            Some(value) => one(field, value, *holds)?,
        }
    }
    Ok(())
}

fn one(field: String, value: &Value, holds: Holds) -> Result<(), Wrong> {
    match (holds, value) {
        (Holds::Text | Holds::MaybeText, Value::String(_))
        | (Holds::MaybeText, Value::Null)
        | (Holds::TrueFalse, Value::Bool(_)) => Ok(()),
        (Holds::OneOf(words), Value::String(word)) if words().contains(&word.as_str()) => Ok(()),
        (Holds::Day, Value::String(day)) if day.parse::<chrono::NaiveDate>().is_ok() => Ok(()),
        (Holds::Texts, Value::Array(all)) if all.iter().all(Value::is_string) => Ok(()),
        (Holds::Object(form), Value::Object(object)) => check(&format!("{field}."), object, form),
        (Holds::Objects(form), Value::Array(rows)) => {
            for (at, row) in rows.iter().enumerate() {
                one(format!("{field}[{at}]"), row, Holds::Object(form))?;
            }
            Ok(())
        }
        (Holds::Text, _) => Err(wrong(field, "it must be text in quotes")),
        (Holds::OneOf(words), _) => {
            let words: Vec<_> = words().into_iter().filter(|word| !word.is_empty()).collect();
            Err(wrong(field, format!("it must be one of: {}", words.join(", "))))
        }
        (Holds::MaybeText, _) => Err(wrong(field, "it must be an id in quotes, or null")),
        (Holds::TrueFalse, _) => Err(wrong(field, "it must be true or false")),
        (Holds::Day, _) => Err(wrong(field, "it must be a day such as \"2026-03-12\"")),
        (Holds::Texts, _) => Err(wrong(field, "it must be a list of texts, [\"…\", \"…\"]")),
        (Holds::Object(_), _) => Err(wrong(field, "it must be an object, {…}")),
        (Holds::Objects(_), _) => Err(wrong(field, "it must be a list of objects, [{…}]")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<Answer, Wrong> {
        whole(value.as_object().unwrap())
    }

    fn field(value: Value) -> String {
        read(value).unwrap_err().field
    }

    #[test]
    fn a_wrong_field_is_named_to_its_place_and_its_content_is_not_repeated() {
        let side = json!({ "what": "x", "likelihood": "likely", "severity": "serious" });
        assert_eq!(field(json!({ "value": "yes" })), "is");
        assert_eq!(field(json!({ "is": "choise", "value": "yes" })), "is");
        assert_eq!(field(json!({ "is": "choice" })), "value");
        assert_eq!(field(json!({ "is": "choice", "value": "yes", "word": "" })), "word");
        assert_eq!(field(json!({ "is": "date", "on": "12 March" })), "on");
        assert_eq!(
            field(
                json!({ "is": "weighing", "share": side, "not_share": { "what": "x" }, "heavier": "share" })
            ),
            "not_share.likelihood"
        );
        let rows = json!([{ "name": "a", "value": "now" }, { "name": "Jo Sampleton" }]);
        let wrong = read(json!({ "is": "each_person", "rows": rows })).unwrap_err();
        assert_eq!(wrong.field, "rows[1].value");
        assert!(!wrong.message.contains("Sampleton"), "what was typed stays in the file");
        assert_eq!(field(json!({ "is": "people", "people": ["Jo"] })), "people");
    }

    #[test]
    fn every_form_that_records_store_is_read_and_means_the_same() {
        let forms = [
            json!({ "is": "choice", "value": "yes", "words": "" }),
            json!({ "is": "choices", "values": ["a"], "words": "" }),
            json!({ "is": "text", "text": "x" }),
            json!({ "is": "date", "on": "2026-03-12" }),
            json!({ "is": "people", "people": [], "words": "x" }),
            json!({ "is": "adviser", "who": "x", "own_agency": true, "named": false, "result": "agrees", "said": "" }),
            json!({ "is": "items", "items": [], "words": "x" }),
            json!({ "is": "weighing", "heavier": "share",
                "share": { "what": "x", "likelihood": "likely", "severity": "serious" },
                "not_share": { "what": "x", "likelihood": "likely", "severity": "serious" } }),
            json!({ "is": "each_person", "rows": [{ "person": null, "name": "x", "value": "now", "reason": "" }] }),
            json!({ "is": "checklist", "rows": [{ "point": "what", "value": "yes", "words": "x" }] }),
        ];
        assert_eq!(forms.len(), FORMS.len(), "no form is left out");
        for form in forms {
            let answer = read(form.clone()).unwrap();
            assert_eq!(serde_json::to_value(answer).unwrap(), form, "nothing is lost or added");
        }
    }
}
