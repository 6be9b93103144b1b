//! Answering a guided decision as a fictional practitioner would.
//!
//! A story says what it answers to the questions that matter to it, by the step's id; every other question
//! gets a plain answer of its form, so that a sample survives an edition of the guidance with other questions.

use sharewell_casework::clock;
use sharewell_casework::views::{LaterBecause, QuestionView};
use sharewell_guidance::{Kind, Opt, Step};
use sharewell_records::{
    AdviserResult, Answer, CheckRow, Heavier, Likelihood, Moment, PersonChoice, PersonId, PointAnswer,
    Severity, WeighingSide,
};

/// What a story answers: the step's key, the value, the words beside it.
pub(super) type Said = (&'static str, &'static str, &'static str);

/// The answer that a story gives to a question.
pub(super) fn answer(
    question: &QuestionView,
    step: &Step,
    said: &[Said],
    named: &Named,
    now: Moment,
) -> Answer {
    let key = question.step.id.0.as_str();
    let base = key.split('@').next().unwrap_or(key);
    let exact = said.iter().find(|(of, _, _)| *of == key);
    // A detour's own questions are answered by their own key alone.
    let chosen = exact
        .or_else(|| said.iter().find(|(of, _, _)| *of == base && (key == base || key.ends_with("@again"))));
    let value = chosen.map(|(_, value, _)| *value);
    let words = chosen.map(|(_, _, words)| named.fill(words)).unwrap_or_default();
    if value == Some("not_sure") {
        return Answer::Choice { value: "not_sure".to_owned(), words };
    }
    match step.kind {
        Kind::YesNo => Answer::Choice { value: value.unwrap_or("no").to_owned(), words },
        Kind::OneOf => {
            let first = step.options.first().map(|option| option.id.as_str()).unwrap_or_default();
            let value = value.unwrap_or(first);
            let needs_words = step.option(value).is_some_and(|option| option.requires_words);
            let words = if needs_words { or(words, "As the notes of the visit say.") } else { words };
            Answer::Choice { value: value.to_owned(), words }
        }
        Kind::ManyOf => {
            let first = step.options.first().map(|option| option.id.as_str()).unwrap_or_default();
            let values = value.unwrap_or(first).split(' ').map(str::to_owned).collect();
            Answer::Choices { values, words }
        }
        Kind::Text => Answer::Text { text: or(words, "As the notes of the visit say.") },
        Kind::Date => Answer::Date { on: clock::days_after(clock::day_of(now), 14) },
        Kind::People => {
            let people = match value {
                Some("nobody") => Vec::new(),
                Some("mother") => vec![named.mother],
                Some("sibling") => named.sibling.into_iter().collect(),
                Some(_) | None if step.optional => Vec::new(),
                Some(_) | None => vec![named.mother],
            };
            Answer::People { people, words }
        }
        Kind::Adviser => {
            let result = value.and_then(AdviserResult::of).unwrap_or(AdviserResult::Agrees);
            Answer::Adviser {
                who: if result.spoke() { "Ada Mockford, named nurse".to_owned() } else { String::new() },
                own_agency: true,
                named: false,
                result,
                said: or(words, "Talked it through without names. Agreed that this is the next step."),
            }
        }
        Kind::Items => Answer::Items { items: question.items.iter().map(|item| item.id).collect(), words },
        Kind::Weighing => weighing(value.and_then(Heavier::of).unwrap_or(Heavier::Share), named),
        Kind::EachPerson => each(question, step, value, named),
        Kind::Checklist => checklist(step, value.and_then(PointAnswer::of).unwrap_or(PointAnswer::Yes)),
    }
}

/// The people of a family, for answers and texts.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub child: String,
    pub mother_name: String,
    pub father_name: String,
    pub mother: PersonId,
    pub sibling: Option<PersonId>,
}

impl Named {
    /// A text with first names in it.
    pub(super) fn fill(&self, text: &str) -> String {
        let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
        text.replace("{child}", &first(&self.child))
            .replace("{mother}", &first(&self.mother_name))
            .replace("{father}", &first(&self.father_name))
    }
}

fn or(words: String, otherwise: &str) -> String {
    if words.is_empty() { otherwise.to_owned() } else { words }
}

fn weighing(heavier: Heavier, named: &Named) -> Answer {
    let side = |what: &str, likelihood: Likelihood, severity: Severity| WeighingSide {
        what: named.fill(what),
        likelihood,
        severity,
    };
    Answer::Weighing {
        share: side(
            "{mother} may feel that I went behind her back, and open the door less readily.",
            Likelihood::Possible,
            Severity::Moderate,
        ),
        not_share: if heavier == Heavier::Share {
            side(
                "{child} stays without help in the mornings, and nobody else sees it.",
                Likelihood::Likely,
                Severity::Serious,
            )
        } else {
            side(
                "{child} waits a few weeks longer for a place that is not urgent.",
                Likelihood::Possible,
                Severity::Slight,
            )
        },
        heavier,
    }
}

fn checklist(step: &Step, value: PointAnswer) -> Answer {
    let row = |point: &Opt| CheckRow {
        point: point.id.clone(),
        value,
        words: if point.requires_words && value == PointAnswer::Yes {
            "Put it in own words when we talked alone.".to_owned()
        } else {
            String::new()
        },
    };
    Answer::Checklist { rows: step.options.iter().map(row).collect() }
}

fn each(question: &QuestionView, step: &Step, value: Option<&str>, named: &Named) -> Answer {
    let rows = question.people.iter().map(|person| {
        let suggested = match person.later_because {
            Some(LaterBecause::ChildInPerson) => "now",
            Some(_) => "later",
            None => value.unwrap_or("now"),
        };
        let needs_words = step.option(suggested).is_some_and(|option| option.requires_words);
        PersonChoice {
            person: Some(person.id),
            name: person.name.clone(),
            value: suggested.to_owned(),
            reason: if needs_words {
                named.fill("Social care and I settle together when it is safe; {child} is seen first.")
            } else {
                String::new()
            },
        }
    });
    Answer::EachPerson { rows: rows.collect() }
}
