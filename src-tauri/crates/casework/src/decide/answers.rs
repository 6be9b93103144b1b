//! An answer, held against its question and the file, before anything believes it.
//!
//! Whether an answer is whole is the engine's rule. Here stands what the engine cannot know: that people and
//! items are of this file, that nobody concerned is left out, and that nothing is too long. Fields at fault
//! are named as the page names them: the step's id, or a part of the answer (`words`, `who`, `said`, `share`,
//! `not_share`, `share.likelihood`, `heavier`, `rows.0`, `points.what`).

use std::collections::BTreeSet;

use sharewell_guidance::{AnswerError, Answers, Kind, Step, check_answer};
use sharewell_records::{Answer, Answered, CheckRow, ItemId, PersonChoice, PersonId, WeighingSide};

use crate::error::{Error, Problem, Result};
use crate::input;

/// The answer that is a real one wherever it is offered.
pub(crate) const NOT_SURE: &str = "not_sure";

/// Who and what an answer may speak of.
pub(crate) struct Choosable {
    /// People recorded in the file, in its order.
    pub people: Vec<PersonId>,
    /// People for whom a question about each person must have a row.
    pub each: Vec<PersonId>,
    /// Items of the file, in its order.
    pub items: Vec<ItemId>,
}

/// A whole answer, trimmed and without doubles, or what is wrong with it.
pub(crate) fn complete(step: &Step, answer: &Answer, from: &Choosable) -> Result<Answer> {
    let answer = tidy(step, answer, from)?;
    check_answer(step, &answer).map_err(|error| at_fault(step, &error))?;
    // Advice that was given has something that was said (A11).
    if let Answer::Adviser { result, said, .. } = &answer
        && result.spoke()
        && said.is_empty()
    {
        return Err(Error::field("said", Problem::WordsMissing));
    }
    if let (Kind::EachPerson, Answer::EachPerson { rows }) = (step.kind, &answer) {
        let covered: BTreeSet<PersonId> = rows.iter().filter_map(|row| row.person).collect();
        if from.each.iter().any(|person| !covered.contains(person)) {
            return Err(Error::field(&step.id.0, Problem::PersonRowMissing));
        }
    }
    Ok(answer)
}

/// Every text trimmed and within its limit; people and items only of this file.
fn tidy(step: &Step, answer: &Answer, from: &Choosable) -> Result<Answer> {
    let strange = || Error::field(&step.id.0, Problem::NotAnOption);
    Ok(match answer {
        Answer::Choice { value, words } => {
            Answer::Choice { value: value.clone(), words: input::text(words, "words")? }
        }
        Answer::Choices { values, words } => {
            let given: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            let words = input::text(words, "words")?;
            if given.len() == 1 && given.contains(NOT_SURE) {
                return Ok(Answer::Choice { value: NOT_SURE.to_owned(), words });
            }
            let mut known: Vec<String> =
                step.options.iter().filter(|o| given.contains(o.id.as_str())).map(|o| o.id.clone()).collect();
            // What the pack does not know is kept at the end, for the engine to refuse.
            known.extend(given.iter().filter(|v| step.option(v).is_none()).map(|v| (*v).to_owned()));
            Answer::Choices { values: known, words }
        }
        Answer::Text { text } => Answer::Text { text: input::text(text, &step.id.0)? },
        Answer::Date { on } => {
            use chrono::Datelike;
            if !(1900..=2200).contains(&on.0.year()) {
                return Err(Error::field(&step.id.0, Problem::BadDate));
            }
            Answer::Date { on: *on }
        }
        Answer::People { people, words } => Answer::People {
            people: chosen(people, &from.people).ok_or_else(strange)?,
            words: input::text(words, "words")?,
        },
        Answer::Items { items, words } => Answer::Items {
            items: chosen(items, &from.items).ok_or_else(strange)?,
            words: input::text(words, "words")?,
        },
        Answer::Adviser { who, own_agency, named, result, said } => Answer::Adviser {
            who: input::name(who, "who")?,
            own_agency: *own_agency,
            named: *named,
            result: *result,
            said: input::text(said, "said")?,
        },
        Answer::Weighing { share, not_share, heavier } => Answer::Weighing {
            share: side(share, "share")?,
            not_share: side(not_share, "not_share")?,
            heavier: *heavier,
        },
        Answer::EachPerson { rows } => Answer::EachPerson { rows: each(rows, from)? },
        Answer::Checklist { rows } => Answer::Checklist { rows: points(step, rows)? },
    })
}

/// Ids without doubles, in the order of the file; none where one is not of the file.
fn chosen<T: Copy + Ord>(given: &[T], of: &[T]) -> Option<Vec<T>> {
    let given: BTreeSet<T> = given.iter().copied().collect();
    let known: Vec<T> = of.iter().copied().filter(|id| given.contains(id)).collect();
    (known.len() == given.len()).then_some(known)
}

fn side(side: &WeighingSide, field: &str) -> Result<WeighingSide> {
    Ok(WeighingSide {
        what: input::text(&side.what, field)?,
        likelihood: side.likelihood,
        severity: side.severity,
    })
}

fn each(rows: &[PersonChoice], from: &Choosable) -> Result<Vec<PersonChoice>> {
    input::at_most(rows, "rows")?;
    let mut seen = BTreeSet::new();
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let field = format!("rows.{at}");
            if row.person.is_some_and(|person| !from.people.contains(&person) || !seen.insert(person)) {
                return Err(Error::field(&field, Problem::NotAnOption));
            }
            Ok(PersonChoice {
                person: row.person,
                name: input::required_name(&row.name, &field)?,
                value: row.value.clone(),
                reason: input::text(&row.reason, &field)?,
            })
        })
        .collect()
}

/// The points in the order of the list, each with its words trimmed. What the list does not name is kept at
/// the end, for the engine to refuse.
fn points(step: &Step, rows: &[CheckRow]) -> Result<Vec<CheckRow>> {
    input::at_most(rows, "rows")?;
    let place = |row: &CheckRow| step.options.iter().position(|point| point.id == row.point);
    let mut points = rows
        .iter()
        .map(|row| {
            let words = input::text(&row.words, &format!("points.{}", row.point))?;
            Ok(CheckRow { point: row.point.clone(), value: row.value, words })
        })
        .collect::<Result<Vec<_>>>()?;
    points.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
    Ok(points)
}

/// The field of the page for what the engine refused.
fn at_fault(step: &Step, error: &AnswerError) -> Error {
    let at_step = |problem| Error::field(&step.id.0, problem);
    match error {
        AnswerError::Missing | AnswerError::ResultMissing => at_step(Problem::Missing),
        AnswerError::WrongKind | AnswerError::NotAnOption | AnswerError::StandsAlone { .. } => {
            at_step(Problem::NotAnOption)
        }
        AnswerError::WordsMissing { .. } => Error::field("words", Problem::WordsMissing),
        AnswerError::WeighingSideMissing { side, field } if field == "what" => {
            Error::field(side, Problem::WeighingSideMissing)
        }
        AnswerError::WeighingSideMissing { side, field } => {
            Error::field(&format!("{side}.{field}"), Problem::Missing)
        }
        AnswerError::HeavierMissing => Error::field("heavier", Problem::Missing),
        AnswerError::AdviserMissing => Error::field("who", Problem::Missing),
        AnswerError::ReasonMissing { row } => Error::field(&format!("rows.{row}"), Problem::ReasonMissing),
        AnswerError::ChoiceMissing { row } => Error::field(&format!("rows.{row}"), Problem::PersonRowMissing),
        AnswerError::PointMissing { point } => Error::field(&format!("points.{point}"), Problem::Missing),
        AnswerError::EvidenceMissing { point } => {
            Error::field(&format!("points.{point}"), Problem::WordsMissing)
        }
    }
}

/// What may be kept while it is being typed: anything that is not too long.
pub(crate) fn typing(answer: &Answer) -> Result<()> {
    let short = |value: &str| input::name(value, "value").map(|_| ());
    let words = |value: &str, field: &str| input::text(value, field).map(|_| ());
    match answer {
        Answer::Choice { value, words: beside } => short(value).and_then(|()| words(beside, "words")),
        Answer::Choices { values, words: beside } => {
            input::names(values, "values")?;
            words(beside, "words")
        }
        Answer::Text { text } => words(text, "text"),
        Answer::Date { .. } => Ok(()),
        Answer::People { people, words: beside } => {
            input::at_most(people, "people")?;
            words(beside, "words")
        }
        Answer::Adviser { who, said, .. } => {
            short(who)?;
            words(said, "said")
        }
        // A file can hold many items; each is an id and no text.
        Answer::Items { words: beside, .. } => words(beside, "words"),
        Answer::Weighing { share, not_share, .. } => {
            words(&share.what, "share")?;
            words(&not_share.what, "not_share")
        }
        Answer::EachPerson { rows } => {
            input::at_most(rows, "rows")?;
            rows.iter().try_for_each(|row| {
                short(&row.name)?;
                short(&row.value)?;
                words(&row.reason, "rows")
            })
        }
        Answer::Checklist { rows } => {
            input::at_most(rows, "rows")?;
            rows.iter().try_for_each(|row| {
                short(&row.point)?;
                words(&row.words, "rows")
            })
        }
    }
}

/// Answers as the engine takes them.
pub(crate) fn as_answers(answered: &[Answered]) -> Answers {
    answered.iter().map(|one| (one.step.clone(), one.answer.clone())).collect()
}
