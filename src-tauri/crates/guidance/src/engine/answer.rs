//! Whether an answer is whole. A half-filled one can be kept as a draft, and never counts as given.

use sharewell_records::{
    AdviserResult, Answer, CheckRow, Heavier, Likelihood, PointAnswer, Severity, WeighingSide,
};

use crate::pack::{Kind, NotSure, Step};

/// What keeps an answer from being whole. Names the field, never what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum AnswerError {
    /// Nothing was answered.
    #[error("nothing is answered")]
    Missing,
    /// The answer is of another kind than the question.
    #[error("the answer is of another kind than the question")]
    WrongKind,
    /// The question has no such option.
    #[error("the question has no such option")]
    NotAnOption,
    /// Words are needed beside the option.
    #[error("words are needed beside the option {option}")]
    WordsMissing {
        /// The option.
        option: String,
    },
    /// An option that stands alone was chosen together with others.
    #[error("the option {option} stands alone")]
    StandsAlone {
        /// The option.
        option: String,
    },
    /// One side of the balance is empty (S48: both are needed).
    #[error("the side {side} says nothing in {field}")]
    WeighingSideMissing {
        /// `share` or `not_share`.
        side: String,
        /// `what`, `likelihood` or `severity`.
        field: String,
    },
    /// Which side is heavier is not said.
    #[error("which side is heavier is not said")]
    HeavierMissing,
    /// The adviser is not named.
    #[error("the adviser is not named")]
    AdviserMissing,
    /// What came of the advice is not said.
    #[error("what came of the advice is not said")]
    ResultMissing,
    /// A person's row has no reason.
    #[error("row {row} has no reason")]
    ReasonMissing {
        /// The row, from 0.
        row: usize,
    },
    /// A person's row has no choice, or one that is not an option.
    #[error("row {row} has no choice")]
    ChoiceMissing {
        /// The row, from 0.
        row: usize,
    },
    /// A point of a checklist is not answered, or answered twice.
    #[error("the point {point} is not answered")]
    PointMissing {
        /// The point.
        point: String,
    },
    /// A point of a checklist was answered yes, and nothing shows it.
    #[error("the point {point} needs words that show it")]
    EvidenceMissing {
        /// The point.
        point: String,
    },
}

/// Checks an answer against its step. *Not sure* is a whole answer to every question that offers it,
/// whatever its kind.
///
/// # Errors
/// What is missing, by field.
pub fn check_answer(step: &Step, answer: &Answer) -> Result<(), AnswerError> {
    if let Answer::Choice { value, .. } = answer
        && value == "not_sure"
    {
        return if step.not_sure == NotSure::None { Err(AnswerError::NotAnOption) } else { Ok(()) };
    }
    match (step.kind, answer) {
        (Kind::YesNo | Kind::OneOf, Answer::Choice { value, words }) => choice(step, value, words),
        (Kind::ManyOf, Answer::Choices { values, words }) => choices(step, values, words),
        (Kind::Text, Answer::Text { text }) => given(step, !text.trim().is_empty()),
        (Kind::Date, Answer::Date { .. }) => Ok(()),
        (Kind::Date, Answer::Text { text }) if step.optional && text.is_empty() => Ok(()),
        (Kind::People, Answer::People { people, words }) => {
            given(step, !people.is_empty() || !words.trim().is_empty())
        }
        (Kind::Items, Answer::Items { items, words }) => {
            given(step, !items.is_empty() || !words.trim().is_empty())
        }
        (Kind::Adviser, Answer::Adviser { who, result, .. }) => {
            if *result == AdviserResult::Blank {
                return Err(AnswerError::ResultMissing);
            }
            if result.spoke() && who.trim().is_empty() { Err(AnswerError::AdviserMissing) } else { Ok(()) }
        }
        (Kind::Weighing, Answer::Weighing { share, not_share, heavier }) => {
            side(Heavier::Share, share)?;
            side(Heavier::NotShare, not_share)?;
            match heavier {
                Heavier::Share | Heavier::NotShare => Ok(()),
                Heavier::NotSure if step.not_sure != NotSure::None => Ok(()),
                Heavier::NotSure | Heavier::Blank => Err(AnswerError::HeavierMissing),
            }
        }
        (Kind::EachPerson, Answer::EachPerson { rows }) => {
            if rows.is_empty() {
                return Err(AnswerError::Missing);
            }
            for (row, choice) in rows.iter().enumerate() {
                let option = step.option(&choice.value);
                if option.is_none() && !(choice.value == "not_sure" && step.not_sure != NotSure::None) {
                    return Err(AnswerError::ChoiceMissing { row });
                }
                if option.is_some_and(|option| option.requires_words) && choice.reason.trim().is_empty() {
                    return Err(AnswerError::ReasonMissing { row });
                }
            }
            Ok(())
        }
        (Kind::Checklist, Answer::Checklist { rows }) => checklist(step, rows),
        (
            Kind::YesNo
            | Kind::OneOf
            | Kind::ManyOf
            | Kind::Text
            | Kind::Date
            | Kind::People
            | Kind::Adviser
            | Kind::Items
            | Kind::Weighing
            | Kind::EachPerson
            | Kind::Checklist,
            _,
        ) => Err(AnswerError::WrongKind),
    }
}

fn checklist(step: &Step, rows: &[CheckRow]) -> Result<(), AnswerError> {
    if let Some(row) = rows.iter().position(|row| step.option(&row.point).is_none()) {
        return Err(AnswerError::ChoiceMissing { row });
    }
    for point in &step.options {
        let missing = || AnswerError::PointMissing { point: point.id.clone() };
        let mut mine = rows.iter().filter(|row| row.point == point.id);
        let row = mine.next().ok_or_else(missing)?;
        if mine.next().is_some() || row.value == PointAnswer::Blank {
            return Err(missing());
        }
        if point.requires_words && row.value == PointAnswer::Yes && row.words.trim().is_empty() {
            return Err(AnswerError::EvidenceMissing { point: point.id.clone() });
        }
    }
    Ok(())
}

fn given(step: &Step, given: bool) -> Result<(), AnswerError> {
    if given || step.optional { Ok(()) } else { Err(AnswerError::Missing) }
}

fn choice(step: &Step, value: &str, words: &str) -> Result<(), AnswerError> {
    if value.is_empty() {
        return Err(AnswerError::Missing);
    }
    let option = step.option(value).ok_or(AnswerError::NotAnOption)?;
    if option.requires_words && words.trim().is_empty() {
        return Err(AnswerError::WordsMissing { option: option.id.clone() });
    }
    Ok(())
}

fn choices(step: &Step, values: &[String], words: &str) -> Result<(), AnswerError> {
    if values.is_empty() {
        return Err(AnswerError::Missing);
    }
    for value in values {
        // *Not sure* beside other options says nothing that the engine could follow.
        if value == "not_sure" {
            return Err(AnswerError::StandsAlone { option: value.clone() });
        }
        choice(step, value, words)?;
        if values.len() > 1 && step.option(value).is_some_and(|option| option.alone) {
            return Err(AnswerError::StandsAlone { option: value.clone() });
        }
    }
    Ok(())
}

fn side(of: Heavier, side: &WeighingSide) -> Result<(), AnswerError> {
    let missing = |field: &str| {
        Err(AnswerError::WeighingSideMissing { side: of.word().to_owned(), field: field.to_owned() })
    };
    if side.what.trim().is_empty() {
        return missing("what");
    }
    if side.likelihood == Likelihood::Blank {
        return missing("likelihood");
    }
    if side.severity == Severity::Blank {
        return missing("severity");
    }
    Ok(())
}
