//! Whether an answer is whole. A half-filled one can be kept as a draft, and never counts as given.

use sharewell_records::{
    AdviserResult, Answer, CheckRow, Heavier, Likelihood, PersonChoice, PointAnswer, Severity, WeighingSide,
};

use crate::Tag;
use crate::pack::{Kind, NotSure, Opt, Step};

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
/// The first thing that is missing; [`answer_flaws`] tells all.
pub fn check_answer(step: &Step, answer: &Answer) -> Result<(), AnswerError> {
    answer_flaws(step, answer).into_iter().next().map_or(Ok(()), Err)
}

/// Everything that keeps an answer from being whole, by field, in the order of the question.
#[must_use]
pub fn answer_flaws(step: &Step, answer: &Answer) -> Vec<AnswerError> {
    if let Answer::Choice { value, .. } = answer
        && value == "not_sure"
    {
        return flaw(step.not_sure == NotSure::None, AnswerError::NotAnOption);
    }
    match (step.kind, answer) {
        (Kind::YesNo | Kind::OneOf, Answer::Choice { value, words }) => choice(step, value, words),
        (Kind::ManyOf, Answer::Choices { values, words }) => choices(step, values, words),
        (Kind::Text, Answer::Text { text }) => given(step, !text.trim().is_empty()),
        (Kind::Date, Answer::Date { .. }) => Vec::new(),
        (Kind::Date, Answer::Text { text }) if step.optional && text.is_empty() => Vec::new(),
        (Kind::People, Answer::People { people, words }) => {
            given(step, !people.is_empty() || !words.trim().is_empty())
        }
        (Kind::Items, Answer::Items { items, words }) => {
            given(step, !items.is_empty() || !words.trim().is_empty())
        }
        (Kind::Adviser, Answer::Adviser { who, result, .. }) => {
            let mut flaws = flaw(*result == AdviserResult::Blank, AnswerError::ResultMissing);
            flaws.extend(flaw(result.spoke() && who.trim().is_empty(), AnswerError::AdviserMissing));
            flaws
        }
        (Kind::Weighing, Answer::Weighing { share, not_share, heavier }) => {
            let mut flaws = side(Heavier::Share, share);
            flaws.extend(side(Heavier::NotShare, not_share));
            let weighed = match heavier {
                Heavier::Share | Heavier::NotShare => true,
                Heavier::NotSure => step.not_sure != NotSure::None,
                Heavier::Blank => false,
            };
            flaws.extend(flaw(!weighed, AnswerError::HeavierMissing));
            flaws
        }
        (Kind::EachPerson, Answer::EachPerson { rows }) => each_person(step, rows),
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
        ) => vec![AnswerError::WrongKind],
    }
}

fn flaw(there: bool, error: AnswerError) -> Vec<AnswerError> {
    if there { vec![error] } else { Vec::new() }
}

fn each_person(step: &Step, rows: &[PersonChoice]) -> Vec<AnswerError> {
    if rows.is_empty() {
        return vec![AnswerError::Missing];
    }
    // What telling somebody later costs depends on what is advised for them: `practice/telling.rs`.
    let told = step.asks(Tag::TellEachPerson);
    let of_row = |(row, choice): (usize, &PersonChoice)| {
        let option = step.option(&choice.value);
        if option.is_none() && !(choice.value == "not_sure" && step.not_sure != NotSure::None) {
            return Some(AnswerError::ChoiceMissing { row });
        }
        let costs = !told && option.is_some_and(|option| option.requires_words);
        (costs && choice.reason.trim().is_empty()).then_some(AnswerError::ReasonMissing { row })
    };
    rows.iter().enumerate().filter_map(of_row).collect()
}

fn checklist(step: &Step, rows: &[CheckRow]) -> Vec<AnswerError> {
    if let Some(row) = rows.iter().position(|row| step.option(&row.point).is_none()) {
        return vec![AnswerError::ChoiceMissing { row }];
    }
    let of_point = |point: &Opt| {
        let mut mine = rows.iter().filter(|row| row.point == point.id);
        match (mine.next(), mine.next()) {
            (Some(row), None) if row.value != PointAnswer::Blank => {
                let bare =
                    point.requires_words && row.value == PointAnswer::Yes && row.words.trim().is_empty();
                bare.then(|| AnswerError::EvidenceMissing { point: point.id.clone() })
            }
            _ => Some(AnswerError::PointMissing { point: point.id.clone() }),
        }
    };
    step.options.iter().filter_map(of_point).collect()
}

fn given(step: &Step, given: bool) -> Vec<AnswerError> {
    flaw(!given && !step.optional, AnswerError::Missing)
}

fn choice(step: &Step, value: &str, words: &str) -> Vec<AnswerError> {
    if value.is_empty() {
        return vec![AnswerError::Missing];
    }
    let Some(option) = step.option(value) else { return vec![AnswerError::NotAnOption] };
    let unsaid = option.requires_words && words.trim().is_empty();
    flaw(unsaid, AnswerError::WordsMissing { option: option.id.clone() })
}

fn choices(step: &Step, values: &[String], words: &str) -> Vec<AnswerError> {
    if values.is_empty() {
        return vec![AnswerError::Missing];
    }
    let of_value = |value: &String| {
        // *Not sure* beside other options says nothing that the engine could follow.
        if value == "not_sure" {
            return vec![AnswerError::StandsAlone { option: value.clone() }];
        }
        let mut flaws = choice(step, value, words);
        let alone = step.option(value).is_some_and(|option| option.alone);
        flaws.extend(flaw(values.len() > 1 && alone, AnswerError::StandsAlone { option: value.clone() }));
        flaws
    };
    values.iter().flat_map(of_value).collect()
}

fn side(of: Heavier, side: &WeighingSide) -> Vec<AnswerError> {
    let missing = |empty: bool, field: &str| {
        let error = AnswerError::WeighingSideMissing { side: of.word().to_owned(), field: field.to_owned() };
        flaw(empty, error)
    };
    let mut flaws = missing(side.what.trim().is_empty(), "what");
    flaws.extend(missing(side.likelihood == Likelihood::Blank, "likelihood"));
    flaws.extend(missing(side.severity == Severity::Blank, "severity"));
    flaws
}
