//! What the map says beside the pack's own words: conditions, ways on, and the map as a list.

use std::collections::BTreeMap;

use serde::Deserialize;
use sharewell_records::{Known, Pattern};

use super::Flow;
use crate::pack::{Cite, Cond, KnownTest, Pack, Test};

/// The words of a map in a language. They come with the language, not with the pack.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowWords {
    /// How a child is called who has no name here.
    pub the_child: String,
    /// Where no condition holds.
    pub otherwise: String,
    /// A condition and where it leads.
    pub way: Pattern,
    /// An advice and the question after it.
    pub then: Pattern,
    /// A question with its number.
    pub numbered: Pattern,
    /// No further question.
    pub end: String,
    /// Both of two conditions.
    pub and: Pattern,
    /// One of two conditions.
    pub or: Pattern,
    /// A condition that does not hold.
    pub not: Pattern,
    /// A question was asked.
    pub asked: Pattern,
    /// A question was not asked.
    pub not_asked: Pattern,
    /// What is advised.
    pub advised: Pattern,
    /// One of several outcomes.
    pub outcomes: Pattern,
    /// An outcome among them.
    pub outcome: Pattern,
    /// What was answered to a question.
    pub answered: Pattern,
    /// One of several answers.
    pub either: Pattern,
    /// Somebody is named.
    pub somebody: String,
    /// Nobody is named.
    pub nobody: String,
    /// Something is known.
    pub known: Pattern,
    /// What is known.
    pub known_is: Pattern,
    /// A number is small.
    pub below: Pattern,
    /// A number is large enough.
    pub at_least: Pattern,
    /// A fact that holds.
    pub yes: String,
    /// A fact that does not.
    pub no: String,
    /// Several sources.
    pub sources: Pattern,
    /// A source that was not confirmed.
    pub source_unconfirmed: Pattern,
    /// The law behind a question is not confirmed.
    pub unconfirmed: String,
    /// When a question is asked.
    pub only: Pattern,
    /// From when a question is asked.
    pub asked_from: Pattern,
    /// A question of the write-up.
    pub write_up: String,
    /// A duty towards everybody affected.
    pub each_affected: String,
    /// A duty towards everybody who was named.
    pub each_named: Pattern,
    /// A duty towards everybody who is told now.
    pub each_told_now: String,
    /// A line that is said or asked in the call.
    pub in_call: String,
    /// What the file tells, by its name in packs.
    pub facts: BTreeMap<String, String>,
    /// What such a fact may be, and what an adviser may say or which side may weigh more, by the stored words.
    pub values: BTreeMap<String, String>,
}

/// What a map says: a pack's words in a language, and ours.
pub(crate) struct Say<'a> {
    pub pack: &'a Pack,
    pub language: &'a str,
    pub words: &'a FlowWords,
}

impl Say<'_> {
    /// A text of the pack, about a child without a name.
    pub(crate) fn text(&self, key: &str) -> String {
        self.pack.text(self.language, key).unwrap_or_default().replace("{child}", &self.words.the_child)
    }

    /// A way in one line.
    pub(crate) fn way(&self, when: &str, advises: Option<&str>, next: Option<&(u32, String)>) -> String {
        let next = next.map(|(number, question)| {
            self.words.numbered.fill(&[("number", &number.to_string()), ("question", question)])
        });
        self.way_to(when, advises, next)
    }

    /// A way in one line, to what is named.
    pub(crate) fn way_to(&self, when: &str, advises: Option<&str>, next: Option<String>) -> String {
        let words = self.words;
        let way = match (advises, next) {
            (Some(advice), Some(next)) => words.then.fill(&[("advice", advice), ("next", &next)]),
            (Some(advice), None) => advice.to_owned(),
            (None, Some(next)) => next,
            (None, None) => words.end.clone(),
        };
        let when = if when.is_empty() { &words.otherwise } else { when };
        words.way.fill(&[("when", when), ("way", &way)])
    }

    /// Sources in short.
    pub(crate) fn sources(&self, cites: &[Cite]) -> String {
        let one = |cite: &Cite| {
            let source = crate::outline::place(cite);
            if cite.unconfirmed { self.words.source_unconfirmed.fill(&[("source", &source)]) } else { source }
        };
        joined(&self.words.sources, cites.iter().map(one))
    }

    /// A condition in the words of the page. Of the step that it stands at, only the answers are named.
    pub(crate) fn condition(&self, here: Option<usize>, cond: &Cond) -> String {
        let words = self.words;
        let all = |pattern: &Pattern, all: &[Cond]| {
            joined(pattern, all.iter().map(|one| self.condition(here, one)))
        };
        match cond {
            Cond::All(parts) => all(&words.and, parts),
            Cond::Any(parts) => all(&words.or, parts),
            Cond::Not(inner) => match inner.as_ref() {
                Cond::Asked(step) => words.not_asked.fill(&[("question", &self.short(*step))]),
                inner => words.not.fill(&[("condition", &self.condition(here, inner))]),
            },
            Cond::Asked(step) => words.asked.fill(&[("question", &self.short(*step))]),
            Cond::Advised(any) => {
                let title =
                    |at: &usize| self.text(&format!("outcome.{}.title", self.pack.outcome_at(*at).id));
                let titles = any.iter().map(|at| words.outcome.fill(&[("title", &title(at))]));
                words.advised.fill(&[("outcome", &joined(&words.outcomes, titles))])
            }
            Cond::Answer { step, test } => {
                let asked = self.pack.step_at(*step);
                let answer = match test {
                    Test::Is(any) | Test::Contains(any) => {
                        joined(&words.either, any.iter().map(|one| self.value(asked, one)))
                    }
                    Test::Some(true) => words.somebody.clone(),
                    Test::Some(false) => words.nobody.clone(),
                };
                if here == Some(*step) {
                    return answer;
                }
                words.answered.fill(&[("question", &self.short(*step)), ("answer", &answer)])
            }
            Cond::Known { fact, test } => {
                let name = self.pack.known.get(*fact).map(|fact| fact.name.as_str()).unwrap_or_default();
                let fact = self.called(&words.facts, name);
                match test {
                    KnownTest::Present => words.known.fill(&[("fact", &fact)]),
                    KnownTest::Is(any) => {
                        let values = joined(&words.either, any.iter().map(|known| self.known(known)));
                        words.known_is.fill(&[("fact", &fact), ("value", &values)])
                    }
                    KnownTest::LessThan(limit) => {
                        words.below.fill(&[("fact", &fact), ("limit", &limit.to_string())])
                    }
                    KnownTest::AtLeast(limit) => {
                        words.at_least.fill(&[("fact", &fact), ("limit", &limit.to_string())])
                    }
                }
            }
        }
    }

    fn known(&self, known: &Known) -> String {
        match known {
            Known::Flag(true) => self.words.yes.clone(),
            Known::Flag(false) => self.words.no.clone(),
            Known::Number(number) => number.to_string(),
            Known::Word(word) => self.called(&self.words.values, word),
        }
    }

    /// How a value of a question is called.
    fn value(&self, step: &crate::Step, value: &str) -> String {
        match step.kind {
            crate::Kind::Adviser | crate::Kind::Weighing => {
                let because = self.text(&format!("step.{}.because.{value}", step.id));
                if because.is_empty() {
                    self.called(&self.words.values, value)
                } else {
                    because.trim_end_matches('.').to_owned()
                }
            }
            _ => self.text(&self.pack.option_key(&step.id, value)),
        }
    }

    /// What a code is called; a code that has no words, of a pack newer than the program, stands as it is.
    fn called(&self, words: &BTreeMap<String, String>, code: &str) -> String {
        words.get(code).map_or_else(|| code.to_owned(), Clone::clone)
    }

    pub(crate) fn short(&self, step: usize) -> String {
        self.text(&format!("step.{}.short", self.pack.step_at(step).id))
    }
}

fn joined(pattern: &Pattern, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    pattern.join(parts.iter().map(String::as_str))
}

impl std::fmt::Display for Flow {
    /// The map as a list, for a terminal and for reading aloud.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} ({})\n{}\n", self.title, self.pack, self.lineage)?;
        for question in &self.questions {
            let mark = if question.taken { "* " } else { "" };
            writeln!(f, "{mark}{}. {}  [{}]", question.number, question.question, question.sources)?;
            if question.unconfirmed {
                writeln!(f, "   {}", self.words.unconfirmed)?;
            }
            if !question.only.is_empty() {
                writeln!(f, "   {}", self.words.only.fill(&[("condition", &question.only)]))?;
            }
            for way in &question.ways {
                let mark = if way.taken { "* " } else { "- " };
                writeln!(f, "   {mark}{}", way.told)?;
            }
        }
        Ok(())
    }
}
