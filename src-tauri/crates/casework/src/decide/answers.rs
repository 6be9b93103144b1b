//! An answer, held against its question and the file, before anything believes it.
//!
//! Whether an answer is whole is the engine's rule. Here stands what the engine cannot know: that people and
//! items are of this file, that nobody concerned is left out, and that nothing is too long. Fields at fault
//! are named as the page names them: the step's id, or a part of the answer (`words`, `who`, `said`, `share`,
//! `not_share`, `share.likelihood`, `heavier`, `rows.0`, `points.what`).

use std::collections::BTreeSet;

use sharewell_guidance::practice::caution::asks_about_telling;
use sharewell_guidance::{AnswerError, Answers, Kind, Step, answer_flaws};
use sharewell_records::{Answer, Answered, CheckRow, ItemId, PersonChoice, PersonId, WeighingSide};

use super::cautions::Cautions;
use crate::error::{Problem, Result};
use crate::input::{self, Form};

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
    /// What is advised about telling: for people of the file, and for whoever else is named.
    pub cautions: Cautions,
}

/// A whole answer, trimmed and without doubles, or what is wrong with it.
pub(crate) fn complete(step: &Step, answer: &Answer, from: &Choosable) -> Result<Answer> {
    let mut form = Form::new();
    let answer = tidy(&mut form, step, answer, from);
    for error in answer_flaws(step, &answer) {
        let (field, problem) = at_fault(step, &error);
        form.fault_once(&field, problem);
    }
    // Advice that was given has something that was said (A11).
    if let Answer::Adviser { result, said, .. } = &answer {
        form.fault_if(result.spoke() && said.is_empty(), "said", Problem::WordsMissing);
    }
    if let (Kind::EachPerson, Answer::EachPerson { rows }) = (step.kind, &answer) {
        let covered: BTreeSet<PersonId> = rows.iter().filter_map(|row| row.person).collect();
        let left_out = from.each.iter().any(|person| !covered.contains(person));
        form.fault_if(left_out, &step.id.0, Problem::PersonRowMissing);
        if asks_about_telling(step) {
            for (at, row) in rows.iter().enumerate() {
                let costs = from.cautions.costs_a_reason(step, row.person, &row.value);
                form.fault_if(costs && row.reason.is_empty(), &format!("rows.{at}"), Problem::ReasonMissing);
            }
        }
    }
    form.end(|| Some(answer))
}

/// Every text trimmed and within its limit; people and items only of this file.
fn tidy(form: &mut Form, step: &Step, answer: &Answer, from: &Choosable) -> Answer {
    match answer {
        Answer::Choice { value, words } => {
            Answer::Choice { value: value.clone(), words: form.text("words", words) }
        }
        Answer::Choices { values, words } => {
            let given: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            let words = form.text("words", words);
            if given.len() == 1 && given.contains(NOT_SURE) {
                return Answer::Choice { value: NOT_SURE.to_owned(), words };
            }
            let mut known: Vec<String> =
                step.options.iter().filter(|o| given.contains(o.id.as_str())).map(|o| o.id.clone()).collect();
            // What the pack does not know is kept at the end, for the engine to refuse.
            known.extend(given.iter().filter(|v| step.option(v).is_none()).map(|v| (*v).to_owned()));
            Answer::Choices { values: known, words }
        }
        Answer::Text { text } => Answer::Text { text: form.text(&step.id.0, text) },
        Answer::Date { on } => {
            form.fault_if(!input::year_in_range(*on), &step.id.0, Problem::BadDate);
            Answer::Date { on: *on }
        }
        Answer::People { people, words } => Answer::People {
            people: chosen(form, step, people, &from.people),
            words: form.text("words", words),
        },
        Answer::Items { items, words } => {
            Answer::Items { items: chosen(form, step, items, &from.items), words: form.text("words", words) }
        }
        Answer::Adviser { who, own_agency, named, result, said } => Answer::Adviser {
            who: form.name("who", who),
            own_agency: *own_agency,
            named: *named,
            result: *result,
            said: form.text("said", said),
        },
        Answer::Weighing { share, not_share, heavier } => Answer::Weighing {
            share: side(form, share, "share"),
            not_share: side(form, not_share, "not_share"),
            heavier: *heavier,
        },
        Answer::EachPerson { rows } => Answer::EachPerson { rows: each(form, rows, from) },
        Answer::Checklist { rows } => Answer::Checklist { rows: points(form, step, rows) },
    }
}

/// Ids without doubles, in the order of the file. One that is not of the file is a fault.
fn chosen<T: Copy + Ord>(form: &mut Form, step: &Step, given: &[T], of: &[T]) -> Vec<T> {
    let given: BTreeSet<T> = given.iter().copied().collect();
    let known: Vec<T> = of.iter().copied().filter(|id| given.contains(id)).collect();
    form.fault_if(known.len() != given.len(), &step.id.0, Problem::NotAnOption);
    known
}

fn side(form: &mut Form, side: &WeighingSide, field: &str) -> WeighingSide {
    WeighingSide { what: form.text(field, &side.what), likelihood: side.likelihood, severity: side.severity }
}

fn each(form: &mut Form, rows: &[PersonChoice], from: &Choosable) -> Vec<PersonChoice> {
    form.take(input::at_most(rows, "rows"));
    let mut seen = BTreeSet::new();
    rows.iter()
        .take(input::MOST)
        .enumerate()
        .map(|(at, row)| {
            let field = format!("rows.{at}");
            let strange =
                row.person.is_some_and(|person| !from.people.contains(&person) || !seen.insert(person));
            form.fault_if(strange, &field, Problem::NotAnOption);
            PersonChoice {
                person: row.person,
                name: form.required_name(&field, &row.name),
                value: row.value.clone(),
                reason: form.text(&field, &row.reason),
            }
        })
        .collect()
}

/// The points in the order of the list, each with its words trimmed. What the list does not name is kept at
/// the end, for the engine to refuse.
fn points(form: &mut Form, step: &Step, rows: &[CheckRow]) -> Vec<CheckRow> {
    form.take(input::at_most(rows, "rows"));
    let place = |row: &CheckRow| step.options.iter().position(|point| point.id == row.point);
    let mut points: Vec<CheckRow> = rows
        .iter()
        .take(input::MOST)
        .map(|row| {
            let words = form.text(&format!("points.{}", row.point), &row.words);
            CheckRow { point: row.point.clone(), value: row.value, words }
        })
        .collect();
    points.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
    points
}

/// The field of the page for what the engine refused.
fn at_fault(step: &Step, error: &AnswerError) -> (String, Problem) {
    let at_step = |problem| (step.id.0.clone(), problem);
    match error {
        AnswerError::Missing | AnswerError::ResultMissing => at_step(Problem::Missing),
        AnswerError::WrongKind | AnswerError::NotAnOption | AnswerError::StandsAlone { .. } => {
            at_step(Problem::NotAnOption)
        }
        AnswerError::WordsMissing { .. } => ("words".to_owned(), Problem::WordsMissing),
        AnswerError::WeighingSideMissing { side, field } if field == "what" => {
            (side.clone(), Problem::WeighingSideMissing)
        }
        AnswerError::WeighingSideMissing { side, field } => (format!("{side}.{field}"), Problem::Missing),
        AnswerError::HeavierMissing => ("heavier".to_owned(), Problem::Missing),
        AnswerError::AdviserMissing => ("who".to_owned(), Problem::Missing),
        AnswerError::ReasonMissing { row } => (format!("rows.{row}"), Problem::ReasonMissing),
        AnswerError::ChoiceMissing { row } => (format!("rows.{row}"), Problem::PersonRowMissing),
        AnswerError::PointMissing { point } => (format!("points.{point}"), Problem::Missing),
        AnswerError::EvidenceMissing { point } => (format!("points.{point}"), Problem::WordsMissing),
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
