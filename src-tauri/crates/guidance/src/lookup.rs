//! Asking a pack and its steps: by id, by index, by key, by language.

use sharewell_records::{AdviserResult, Day, Heavier, PackRef, PointAnswer, StepId};

use crate::pack::{Article, Cite, Ground, Kind, NotSure, Obligation, Opt, Outcome, Pack, Source, Step};
use crate::{Notice, Tag};

impl Step {
    /// Whether it asks about this.
    #[must_use]
    pub fn asks(&self, tag: Tag) -> bool {
        self.asks.contains(&tag)
    }

    /// The option of this id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&Opt> {
        self.options.iter().find(|o| o.id == id)
    }

    /// What an answered value means to the checker: the option's `means`, otherwise the value itself.
    #[must_use]
    pub fn means<'a>(&'a self, value: &'a str) -> &'a str {
        self.option(value).map_or(value, |o| o.means.as_str())
    }

    /// Every single value that a condition may name.
    #[must_use]
    pub fn values(&self) -> Vec<&str> {
        let mut values: Vec<&str> = match self.kind {
            Kind::YesNo | Kind::OneOf | Kind::ManyOf | Kind::EachPerson => {
                self.options.iter().map(|o| o.id.as_str()).collect()
            }
            Kind::Adviser => AdviserResult::OFFERED.map(AdviserResult::word).to_vec(),
            Kind::Weighing => vec![Heavier::Share.word(), Heavier::NotShare.word()],
            Kind::Checklist => PointAnswer::OFFERED.map(PointAnswer::word).to_vec(),
            Kind::Text | Kind::Date | Kind::People | Kind::Items => Vec::new(),
        };
        if self.not_sure != NotSure::None {
            values.push("not_sure");
        }
        values
    }

    /// Whether the step is asked on this day at all.
    #[must_use]
    pub fn applies_on(&self, on: Day) -> bool {
        self.applies_from.is_none_or(|from| from <= on) && self.applies_until.is_none_or(|until| on <= until)
    }
}

// An index is made by the loader alone, from the very vectors that it points into.
#[allow(clippy::indexing_slicing)]
impl Pack {
    pub(crate) fn step_at(&self, ix: usize) -> &Step {
        &self.steps[ix]
    }
    pub(crate) fn outcome_at(&self, ix: usize) -> &Outcome {
        &self.outcomes[ix]
    }
    pub(crate) fn obligation_at(&self, ix: usize) -> &Obligation {
        &self.obligations[ix]
    }
    pub(crate) fn ground_at(&self, ix: usize) -> &Ground {
        &self.grounds[ix]
    }
}

impl Pack {
    /// What a decision keeps, to be replayed.
    #[must_use]
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id.clone(), version: self.version.clone(), hash: self.hash }
    }

    /// Its id and version as people write them (`england@2024-05`).
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// Whether the pack applies on a day.
    #[must_use]
    pub fn applies_on(&self, on: Day) -> bool {
        self.applies_from <= on && self.applies_until.is_none_or(|until| on <= until)
    }

    /// The language in which it has every word: the first that it names.
    #[must_use]
    pub fn first_language(&self) -> &str {
        self.languages.first().map(String::as_str).unwrap_or_default()
    }

    /// The language, where it has it, or its first.
    #[must_use]
    pub fn language_or_first<'a>(&'a self, wanted: &str) -> &'a str {
        self.languages.iter().find(|one| *one == wanted).map_or_else(|| self.first_language(), String::as_str)
    }

    /// The wording of a key in a language, terms filled in. `{child}` and `{person}` are left to the caller.
    #[must_use]
    pub fn text(&self, lang: &str, key: &str) -> Option<&str> {
        self.texts.get(lang)?.get(key).map(String::as_str)
    }

    /// The text key of an option or value of a step: the step's own, or the shared `option.<value>`.
    #[must_use]
    pub fn option_key(&self, step: &StepId, value: &str) -> String {
        let own = format!("step.{step}.option.{value}");
        let has_own = self.languages.first().is_some_and(|lang| self.text(lang, &own).is_some());
        if has_own { own } else { format!("option.{value}") }
    }

    /// Its steps, in file order, advice steps included.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// A step by id, or by the key of a detour's answer (`confidential@advice` gives the advice step).
    #[must_use]
    pub fn step(&self, key: &StepId) -> Option<&Step> {
        crate::engine::Slot::parse(self, key).map(|slot| self.step_at(slot.shows(self)))
    }

    /// The articles of its library, with those of its shared parts.
    #[must_use]
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }

    /// Its outcomes.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Its obligations.
    #[must_use]
    pub fn obligations(&self) -> &[Obligation] {
        &self.obligations
    }

    /// Every text of a language, by key.
    pub fn all_texts<'a>(&'a self, language: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let texts = self.texts.get(language).into_iter().flatten();
        texts.map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The ids of the obligations that an outcome can bring, in order.
    pub fn brings<'a>(&'a self, outcome: &'a Outcome) -> impl Iterator<Item = &'a str> {
        outcome.obligations.iter().map(|at| self.obligation_at(*at).id.as_str())
    }

    /// Lines that an advice can bring and nobody can tick off.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The source of a citation.
    #[must_use]
    pub fn source(&self, cite: &Cite) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == cite.source)
    }

    /// The first step.
    #[must_use]
    pub fn start(&self) -> &StepId {
        &self.step_at(self.start).id
    }

    /// The step at which a decision begins after consent was withdrawn.
    #[must_use]
    pub fn after_withdrawal(&self) -> &StepId {
        &self.step_at(self.after_withdrawal).id
    }
}
