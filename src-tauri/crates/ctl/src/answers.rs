//! Facts and answers from files: whole or short, each refused with its file, line, entry and field.

use std::path::Path;

use serde_json::Value;
use sharewell_casework::records::{AdviserResult, Answer, Day, Known, KnownFacts, StepId};
use sharewell_guidance::{AnswerError, Answers, Kind, KnownKind, NotSure, Pack, Step, check_answer};

use crate::error::{Error, Flaw};
use crate::fields::{self, Wrong};
use crate::json;

/// The oldest age that is taken for one.
const OLDEST: i64 = 130;

/// Reads what the file tells already.
pub fn facts(path: &Path, pack: &Pack) -> Result<KnownFacts, Error> {
    let read = json::read(path)?;
    let mut facts = KnownFacts::new();
    let mut flaws = Vec::new();
    for (name, line, value) in read.entries {
        match fact(pack, &name, &value) {
            Ok(known) => {
                facts.insert(name, known);
            }
            Err(message) => {
                flaws.push(Flaw {
                    file: read.file.clone(),
                    line,
                    entry: name,
                    field: String::new(),
                    message,
                });
            }
        }
    }
    if flaws.is_empty() { Ok(facts) } else { Err(Error::Input(flaws)) }
}

fn fact(pack: &Pack, name: &str, value: &Value) -> Result<Known, String> {
    let Some(fact) = pack.known.iter().find(|fact| fact.name == name) else {
        let names: Vec<_> = pack.known.iter().map(|fact| fact.name.as_str()).collect();
        return Err(format!("the pack uses no fact of this name. It uses: {}", names.join(", ")));
    };
    match &fact.kind {
        KnownKind::Age => value
            .as_i64()
            .filter(|age| (0..=OLDEST).contains(age))
            .and_then(|age| i32::try_from(age).ok())
            .map(Known::Number)
            .ok_or_else(|| "it must be an age in full years, a number without quotes".to_owned()),
        KnownKind::Flag => {
            value.as_bool().map(Known::Flag).ok_or_else(|| "it must be true or false".to_owned())
        }
        KnownKind::Word(words) => match value.as_str() {
            Some(word) if words.iter().any(|known| known == word) => Ok(Known::Word(word.to_owned())),
            _ => Err(format!("it must be one of: {}", words.join(", "))),
        },
    }
}

/// Reads the answers so far.
pub fn answers(path: &Path, pack: &Pack) -> Result<Answers, Error> {
    let read = json::read(path)?;
    let mut answers = Answers::new();
    let mut flaws = Vec::new();
    for (name, line, value) in read.entries {
        let key = StepId(name.clone());
        let mut flaw = |field: String, message: String| {
            flaws.push(Flaw { file: read.file.clone(), line, entry: name.clone(), field, message });
        };
        let Some(step) = pack.step(&key) else {
            flaw(String::new(), unknown_step(pack, &name));
            continue;
        };
        match answer(step, &value) {
            Ok(answer) => match check_answer(step, &answer) {
                Ok(()) => {
                    answers.insert(key, answer);
                }
                Err(error) => {
                    let (field, message) = not_whole(step, &answer, &error);
                    flaw(field, message);
                }
            },
            Err(Wrong { field, message }) => flaw(field, message),
        }
    }
    if flaws.is_empty() { Ok(answers) } else { Err(Error::Input(flaws)) }
}

fn unknown_step(pack: &Pack, name: &str) -> String {
    let close = pack.steps().iter().map(|step| step.id.0.as_str()).find(|id| {
        let same = |text: &str| text.replace(['_', ' '], "-").to_lowercase();
        same(id) == same(name) || id.starts_with(name) || name.starts_with(id)
    });
    let pack = format!("{}@{}", pack.id, pack.version);
    match close {
        Some(id) => format!("{pack} has no step of this name. Is {id} meant"),
        None => format!("{pack} has no step of this name. sharewellctl pack show {pack} lists them"),
    }
}

/// An answer, written whole or short. Short ones are read as the step's kind asks.
fn answer(step: &Step, value: &Value) -> Result<Answer, Wrong> {
    let refuse = |message: &str| Err(Wrong { field: String::new(), message: message.to_owned() });
    match value {
        Value::Object(object) => fields::whole(object),
        Value::String(text) => short(step, text),
        Value::Array(values) => {
            let texts: Option<Vec<String>> =
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            match (step.kind, texts) {
                (Kind::ManyOf, Some(values)) => Ok(Answer::Choices { values, words: String::new() }),
                (Kind::ManyOf, None) => refuse("the list must hold texts, [\"…\", \"…\"]"),
                _ => refuse(&format!("this question does not take a list. {}", wanted(step))),
            }
        }
        Value::Bool(_) => refuse("write \"yes\" or \"no\" in quotes, not true or false"),
        Value::Number(_) => refuse(&format!("a number is no answer. {}", wanted(step))),
        Value::Null => refuse("null is no answer. Leave the step out while it is not answered"),
    }
}

fn short(step: &Step, text: &str) -> Result<Answer, Wrong> {
    let (text_of, words) = (text.to_owned(), String::new());
    if text == "not_sure" && step.not_sure != NotSure::None {
        return Ok(Answer::Choice { value: text_of, words });
    }
    match step.kind {
        Kind::YesNo | Kind::OneOf => Ok(Answer::Choice { value: text_of, words }),
        Kind::ManyOf => Ok(Answer::Choices { values: vec![text_of], words }),
        Kind::Text => Ok(Answer::Text { text: text_of }),
        Kind::People => Ok(Answer::People { people: Vec::new(), words: text_of }),
        Kind::Items => Ok(Answer::Items { items: Vec::new(), words: text_of }),
        Kind::Date if text.is_empty() => Ok(Answer::Text { text: text_of }),
        Kind::Date => match text.parse() {
            Ok(on) => Ok(Answer::Date { on: Day(on) }),
            Err(_) => Err(Wrong {
                field: String::new(),
                message: "it must be a day such as \"2026-03-12\"".to_owned(),
            }),
        },
        Kind::Adviser => Ok(Answer::Adviser {
            who: String::new(),
            own_agency: true,
            named: false,
            result: AdviserResult::of(text).unwrap_or_default(),
            said: String::new(),
        }),
        Kind::Weighing | Kind::EachPerson | Kind::Checklist => Err(Wrong {
            field: String::new(),
            message: format!("this question needs a whole answer. {}", wanted(step)),
        }),
    }
}

/// How an answer to a step is written.
fn wanted(step: &Step) -> String {
    let values = step.values().join(", ");
    match step.kind {
        Kind::YesNo | Kind::OneOf => format!("Write one of: {values}"),
        Kind::ManyOf => format!("Write a list of: {values}"),
        Kind::Text => "Write text in quotes".to_owned(),
        Kind::Date => "Write a day such as \"2026-03-12\"".to_owned(),
        Kind::People => "Write who in quotes, or \"\" for nobody".to_owned(),
        Kind::Items => "Write which in quotes".to_owned(),
        Kind::Adviser => format!(
            "Write {{\"is\": \"adviser\", \"who\": …, \"own_agency\": true, \"named\": false, \"result\": …}}, result one of: {values}"
        ),
        Kind::Weighing => {
            "Write {\"is\": \"weighing\", \"share\": {\"what\", \"likelihood\", \"severity\"}, \
                           \"not_share\": {…}, \"heavier\": \"share\", \"not_share\" or \"not_sure\"}"
                .to_owned()
        }
        Kind::EachPerson => format!(
            "Write {{\"is\": \"each_person\", \"rows\": [{{\"name\": …, \"value\": …, \"reason\": …}}]}}, value one of: {values}"
        ),
        Kind::Checklist => {
            let points: Vec<_> = step.options.iter().map(|point| point.id.as_str()).collect();
            format!(
                "Write {{\"is\": \"checklist\", \"rows\": [{{\"point\": …, \"value\": …, \"words\": …}}]}}, a row for \
                 each of: {}, value one of: {values}",
                points.join(", ")
            )
        }
    }
}

/// The field at fault and what to write there.
fn not_whole(step: &Step, answer: &Answer, error: &AnswerError) -> (String, String) {
    let many = matches!(answer, Answer::Choices { .. });
    let field = match error {
        AnswerError::Missing => match step.kind {
            Kind::ManyOf => "values",
            Kind::Text => "text",
            Kind::People | Kind::Items => "words",
            Kind::EachPerson | Kind::Checklist => "rows",
            Kind::YesNo | Kind::OneOf | Kind::Date | Kind::Adviser | Kind::Weighing => "value",
        }
        .to_owned(),
        AnswerError::WrongKind => "is".to_owned(),
        AnswerError::NotAnOption | AnswerError::StandsAlone { .. } if many => "values".to_owned(),
        AnswerError::NotAnOption | AnswerError::StandsAlone { .. } => "value".to_owned(),
        AnswerError::WordsMissing { .. } => "words".to_owned(),
        AnswerError::WeighingSideMissing { side, field } => format!("{side}.{field}"),
        AnswerError::HeavierMissing => "heavier".to_owned(),
        AnswerError::AdviserMissing => "who".to_owned(),
        AnswerError::ResultMissing => "result".to_owned(),
        AnswerError::ReasonMissing { row } => format!("rows[{row}].reason"),
        AnswerError::ChoiceMissing { row } => format!("rows[{row}].value"),
        AnswerError::PointMissing { .. } | AnswerError::EvidenceMissing { .. } => "rows".to_owned(),
    };
    let next = match error {
        AnswerError::WordsMissing { .. } if many => {
            "Write {\"is\": \"choices\", \"values\": […], \"words\": \"…\"}".to_owned()
        }
        AnswerError::WordsMissing { .. } => {
            "Write {\"is\": \"choice\", \"value\": \"…\", \"words\": \"…\"}".to_owned()
        }
        AnswerError::WeighingSideMissing { .. } => {
            "Likelihood is unlikely, possible, likely, almost_certain or not_sure; \
             severity is slight, moderate, serious, severe or not_sure"
                .to_owned()
        }
        AnswerError::StandsAlone { .. } => "Give it alone, or leave it out".to_owned(),
        AnswerError::ReasonMissing { .. } => "Give the person's reason".to_owned(),
        AnswerError::PointMissing { point } => {
            format!("Answer the point {point} once, with yes, no or not_sure")
        }
        AnswerError::EvidenceMissing { point } => format!("Give words that show the point {point}"),
        AnswerError::Missing
        | AnswerError::WrongKind
        | AnswerError::NotAnOption
        | AnswerError::HeavierMissing
        | AnswerError::AdviserMissing
        | AnswerError::ResultMissing
        | AnswerError::ChoiceMissing { .. } => wanted(step),
    };
    (field, format!("{error}. {next}"))
}
