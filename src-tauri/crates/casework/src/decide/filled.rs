//! The pack's words with names filled in, and answers as people read them.

use std::collections::BTreeMap;

use sharewell_documents::Language;
use sharewell_guidance::{Advice, Asked, NotAsked, NotSure, Pack, Saying, Step};
use sharewell_records::{Answer, Heavier, Item, ItemId, Moment, Person, PersonId, PointAnswer, StepId};

use super::answers::NOT_SURE;
use crate::guidance::Wording;
use crate::guidance::cite::{help, source_views};
use crate::people::{Family, Names, is_unborn};
use crate::views::{
    AnswerFull, AnswerLine, AnswerParts, AnswerRow, NotAsked as NotAskedView, OptionView, StepView,
    WeighingView, WhyLine,
};
use crate::words::Words;

/// What fills the braces of a pack's text, and names for answers.
pub(crate) struct Filled<'a> {
    pub wording: Wording<'a>,
    pub pack: &'a Pack,
    /// How the child is called in a question.
    pub child: String,
    pub names: BTreeMap<PersonId, String>,
    pub items: BTreeMap<ItemId, String>,
}

/// How a child is called in a question: by the first name. What is written for a child who is not born yet is no name,
/// and reads wrong in a sentence; and in a file without a child, any child is meant.
pub(crate) fn called(person: Option<&Person>, has_child: bool, language: Language) -> String {
    if !has_child {
        return Words::of(language).any_child.clone();
    }
    let Some(person) = person else { return String::new() };
    if is_unborn(person) {
        return Words::of(language).the_unborn.clone();
    }
    person.name.split_whitespace().next().unwrap_or(&person.name).to_owned()
}

impl<'a> Filled<'a> {
    pub(crate) fn new<'i>(pack: &'a Pack, family: &Family, items: impl Iterator<Item = &'i Item>) -> Self {
        Self {
            wording: Wording::new(pack, family.language),
            pack,
            child: called(family.child(), family.has_child(), family.language),
            names: family.names(),
            items: items.map(|item| (item.id, item.text.clone())).collect(),
        }
    }

    /// With names alone: for what quotes no statement.
    pub(crate) fn named(pack: &'a Pack, language: Language, names: &Names) -> Self {
        Self {
            wording: Wording::new(pack, language),
            pack,
            child: called(names.child(), names.has_child(), language),
            names: names.by_id(),
            items: BTreeMap::new(),
        }
    }

    /// A text of the pack with the child's name in it.
    pub(crate) fn say(&self, key: &str) -> String {
        self.wording.text(key).replace("{child}", &self.child)
    }

    /// The words of an act or a duty in parts, with the child's name in them.
    pub(crate) fn saying(&self, key: &str) -> Vec<Saying> {
        let child = |part: Saying| match part {
            Saying::Words(words) => Saying::Words(words.replace("{child}", &self.child)),
            Saying::Named(..) => part,
        };
        self.wording.saying(key).into_iter().map(child).collect()
    }

    /// A text of the pack with the child's and another person's name in it.
    pub(crate) fn say_of(&self, key: &str, person: &str) -> String {
        self.say(key).replace("{person}", person)
    }

    pub(crate) fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }

    /// The label of an option or value of a step.
    pub(crate) fn option(&self, step: &Step, value: &str) -> String {
        self.say(&self.pack.option_key(&step.id, value))
    }

    /// An answer in its parts.
    pub(crate) fn answer(&self, step: &Step, answer: &Answer) -> AnswerParts {
        match answer {
            Answer::Choice { value, words } => {
                AnswerParts::Chosen { labels: vec![self.option(step, value)], words: words.clone() }
            }
            Answer::Choices { values, words } => AnswerParts::Chosen {
                labels: values.iter().map(|value| self.option(step, value)).collect(),
                words: words.clone(),
            },
            Answer::Text { text } => AnswerParts::Text { text: text.clone() },
            Answer::Date { on } => AnswerParts::Date { on: *on },
            Answer::People { people, words } => {
                let names = people.iter().map(|person| self.name(*person)).chain([words.clone()]);
                AnswerParts::People { names: names.filter(|name| !name.is_empty()).collect() }
            }
            Answer::Adviser { who, result, said, .. } => {
                AnswerParts::Adviser { who: who.clone(), result: *result, said: said.clone() }
            }
            Answer::Items { items, words } => {
                let known = items.iter().filter_map(|item| self.items.get(item).cloned());
                AnswerParts::Items {
                    texts: known.chain([words.clone()]).filter(|text| !text.is_empty()).collect(),
                }
            }
            Answer::Weighing { heavier, .. } => AnswerParts::Weighing { heavier: *heavier },
            Answer::EachPerson { rows } => {
                let row = |row: &sharewell_records::PersonChoice| AnswerRow {
                    name: row.name.clone(),
                    label: self.option(step, &row.value),
                    words: row.reason.clone(),
                };
                AnswerParts::EachPerson { rows: rows.iter().map(row).collect() }
            }
            Answer::Checklist { rows } => {
                let row = |row: &sharewell_records::CheckRow| AnswerRow {
                    name: self.option(step, &row.point),
                    label: self.say(&format!("option.{}", row.value.word())),
                    words: row.words.clone(),
                };
                AnswerParts::Checklist { rows: rows.iter().map(row).collect() }
            }
        }
    }

    /// A given answer in a line.
    pub(crate) fn line(&self, key: &StepId, number: u32, answer: &Answer, at: Moment) -> Option<AnswerLine> {
        let step = self.pack.step(key)?;
        Some(AnswerLine {
            step: key.clone(),
            number,
            question: self.say(&format!("step.{}.short", step.id)),
            answer: self.answer(step, answer),
            not_sure: is_not_sure(answer),
            at,
        })
    }

    /// A question with its answer, in full.
    pub(crate) fn full(&self, asked: &Asked, at: Moment) -> Option<AnswerFull> {
        let step = self.pack.step(&asked.key)?;
        let weighing = match &asked.answer {
            Answer::Weighing { share, not_share, heavier } => Some(WeighingView {
                share: share.what.clone(),
                share_likelihood: share.likelihood,
                share_severity: share.severity,
                not_share: not_share.what.clone(),
                not_share_likelihood: not_share.likelihood,
                not_share_severity: not_share.severity,
                heavier: *heavier,
            }),
            _ => None,
        };
        Some(AnswerFull {
            step: asked.key.clone(),
            number: asked.number,
            question: self.say(&format!("step.{}.question", step.id)),
            answer: self.answer(step, &asked.answer),
            weighing,
            sources: source_views(self.pack, &step.sources),
            at,
        })
    }

    /// A step that was not asked, with the file's answer as the reason.
    pub(crate) fn not_asked(&self, skipped: &NotAsked) -> NotAskedView {
        NotAskedView { step: skipped.step.clone(), because: self.say(&skipped.because) }
    }

    /// A question's words and form. `key` is the key under which its answer is kept.
    pub(crate) fn step(&self, key: &StepId, step: &Step) -> StepView {
        let id = &step.id;
        let option = |value: &str| {
            let hint_key = format!("step.{id}.option_hint.{value}");
            let option = step.option(value);
            OptionView {
                value: value.to_owned(),
                label: self.option(step, value),
                hint: self.say(&hint_key),
                words: option
                    .filter(|option| option.reveals_words || option.requires_words)
                    .map(|_| self.say(&format!("step.{id}.words"))),
                words_required: option.is_some_and(|option| option.requires_words),
                not_sure: value == NOT_SURE,
                exclusive: option.is_some_and(|option| option.alone),
            }
        };
        let mut options: Vec<OptionView> = step.options.iter().map(|one| option(&one.id)).collect();
        if step.not_sure != NotSure::None {
            options.push(option(NOT_SURE));
        }
        StepView {
            id: key.clone(),
            kind: step.kind.into(),
            question: self.say(&format!("step.{id}.question")),
            hint: self.say(&format!("step.{id}.hint")),
            why: self.say(&format!("step.{id}.why")),
            options,
            sources: source_views(self.pack, &step.sources),
            unconfirmed: step.unconfirmed,
            optional: step.optional,
            after_advice: step.after_advice,
            help: help(self.wording, &step.help),
        }
    }
}

/// Whether an answer is *not sure*.
pub(crate) fn is_not_sure(answer: &Answer) -> bool {
    match answer {
        Answer::Choice { value, .. } => value == NOT_SURE,
        Answer::Weighing { heavier, .. } => *heavier == Heavier::NotSure,
        Answer::EachPerson { rows } => rows.iter().any(|row| row.value == NOT_SURE),
        Answer::Checklist { rows } => rows.iter().any(|row| row.value == PointAnswer::NotSure),
        Answer::Choices { .. }
        | Answer::Text { .. }
        | Answer::Date { .. }
        | Answer::People { .. }
        | Answer::Adviser { .. }
        | Answer::Items { .. } => false,
    }
}

/// One line for each reason, with its sources.
pub(crate) fn why(wording: &Filled<'_>, advice: &Advice) -> Vec<WhyLine> {
    let lines = advice.deciding.iter().flat_map(|one| {
        one.because.iter().map(|key| WhyLine {
            step: Some(one.step.clone()),
            text: wording.say(key),
            sources: source_views(wording.pack, &one.sources),
        })
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}
