//! What one pack has that another has not: for the preview before a pack is installed, and for what an
//! agency's overlay adds and tightens.
//!
//! Two packs are compared as a person reads them: questions, outcomes and duties by id, each with its own
//! wording, its ways on and its deadlines in words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::FlowWords;
use crate::flow::Say;
use crate::pack::{ForEach, Pack, Target};

/// What changes from one pack to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Difference {
    /// Questions.
    pub steps: Changes,
    /// Outcomes.
    pub outcomes: Changes,
    /// Duties.
    pub obligations: Changes,
    /// Terms, reasons, grounds and other wording that stands by itself.
    pub words: Changes,
    /// Bank holidays.
    pub holidays: Changes,
}

/// What changes among things of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// Only in the new one.
    pub added: Vec<Named>,
    /// Only in the old one.
    pub removed: Vec<Named>,
    /// In both, with other wording or another meaning.
    pub changed: Vec<Changed>,
}

/// A thing and how it is worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// The question, the title, or what is to be done.
    pub text: String,
}

/// A thing that stands in both, and each of its sides that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// How it is worded now.
    pub text: String,
    /// What differs.
    pub sides: Vec<Side>,
}

/// One side of a thing, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// `wording`, `form`, `rings`, `ways`, `deadline`, `review`, `duties`, `sources` or `rests_on`.
    pub what: &'static str,
    /// Before; empty where there was none.
    pub before: String,
    /// After; empty where there is none.
    pub after: String,
}

impl Changes {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.steps, &self.outcomes, &self.obligations, &self.words, &self.holidays]
            .iter()
            .all(|one| one.is_empty())
    }
}

/// A thing as a person reads it: its main text, and its sides in order.
struct Thing {
    text: String,
    sides: Vec<(&'static str, String)>,
}

type Things = BTreeMap<String, Thing>;

/// What changes from one pack to another, each in the language that it is given. Between a pack's own words it is
/// said with `words`.
#[must_use]
pub fn difference(old: (&Pack, &str), new: (&Pack, &str), words: &FlowWords) -> Difference {
    let of = |(pack, language)| Read { pack, say: Say { pack, language, words } };
    let (before, after) = (of(old), of(new));
    Difference {
        steps: changes(&before.steps(), &after.steps()),
        outcomes: changes(&before.outcomes(), &after.outcomes()),
        obligations: changes(&before.obligations(), &after.obligations()),
        words: changes(&before.words(), &after.words()),
        holidays: changes(&before.holidays(), &after.holidays()),
    }
}

fn changes(old: &Things, new: &Things) -> Changes {
    let only = |these: &Things, those: &Things| {
        let lone = these.iter().filter(|(id, _)| !those.contains_key(*id));
        lone.map(|(id, thing)| Named { id: id.clone(), text: thing.text.clone() }).collect()
    };
    let both = new.iter().filter_map(|(id, after)| {
        let before = old.get(id)?;
        let sides: Vec<Side> = std::iter::zip(&before.sides, &after.sides)
            .filter(|((_, was), (_, is))| was != is)
            .map(|((what, was), (_, is))| Side { what, before: was.clone(), after: is.clone() })
            .collect();
        (!sides.is_empty()).then(|| Changed { id: id.clone(), text: after.text.clone(), sides })
    });
    Changes { added: only(new, old), removed: only(old, new), changed: both.collect() }
}

struct Read<'a> {
    pack: &'a Pack,
    say: Say<'a>,
}

impl Read<'_> {
    fn text(&self, key: &str) -> String {
        self.pack.text(self.say.language, key).unwrap_or_default().to_owned()
    }

    /// Every text below a key, the main one first, a line each.
    fn wording(&self, below: &str, main: &str) -> String {
        let mut lines = vec![self.text(&format!("{below}{main}"))];
        let texts = self.pack.texts.get(self.say.language).into_iter().flatten();
        let rest = texts.filter(|(key, _)| key.strip_prefix(below).is_some_and(|rest| rest != main));
        lines.extend(rest.map(|(_, text)| text.clone()));
        lines.join("\n")
    }

    fn steps(&self) -> Things {
        let (pack, words) = (self.pack, self.say.words);
        let mut things = Things::new();
        for (at, step) in pack.steps.iter().enumerate() {
            let id = &step.id.0;
            let ways = step.next.iter().map(|branch| {
                let when = branch.when.as_ref().map(|when| self.say.condition(Some(at), when));
                let advises = branch
                    .advise
                    .map(|outcome| self.say.text(&format!("outcome.{}.title", pack.outcome_at(outcome).id)));
                let next = match branch.to {
                    Target::Step(to) => Some(self.say.short(to)),
                    Target::End => None,
                };
                self.say.way_to(&when.unwrap_or_default(), advises.as_deref(), next)
            });
            let when = step.when.as_ref().map(|when| self.say.condition(None, when));
            let form = [
                format!("{:?}", step.kind),
                format!("{:?}", step.not_sure),
                lines(step.options.iter().map(|option| option.id.as_str())),
                lines(step.asks.iter().map(|tag| tag.word())),
                step.applies_from
                    .map(|day| words.asked_from.fill(&[("day", &day.to_string())]))
                    .unwrap_or_default(),
                if step.after_advice { words.write_up.clone() } else { String::new() },
                if step.unconfirmed { words.unconfirmed.clone() } else { String::new() },
                when.map(|when| words.only.fill(&[("condition", &when)])).unwrap_or_default(),
            ];
            let thing = Thing {
                text: self.text(&format!("step.{id}.question")),
                sides: vec![
                    ("wording", self.wording(&format!("step.{id}."), "question")),
                    ("form", filled(&form)),
                    ("ways", ways.collect::<Vec<_>>().join("\n")),
                    ("sources", self.say.sources(&step.sources)),
                ],
            };
            things.insert(id.clone(), thing);
        }
        things
    }

    fn outcomes(&self) -> Things {
        let mut things = Things::new();
        for outcome in &self.pack.outcomes {
            let id = &outcome.id;
            let duties = outcome.obligations.iter().map(|at| self.pack.obligation_at(*at).id.as_str());
            let grounds = outcome.grounds.iter().map(|at| self.pack.ground_at(*at).id.as_str());
            let deciding = outcome.deciding.iter().map(|at| self.pack.step_at(*at).id.0.as_str());
            let thing = Thing {
                text: self.text(&format!("outcome.{id}.title")),
                sides: vec![
                    ("wording", self.wording(&format!("outcome.{id}."), "title")),
                    ("form", outcome.kind.word().to_owned()),
                    ("rings", outcome.act.recipient.map(|ring| ring.word().to_owned()).unwrap_or_default()),
                    ("deadline", said(outcome.deadline)),
                    ("review", outcome.review.to_string()),
                    ("duties", duties.collect::<Vec<_>>().join("\n")),
                    ("rests_on", grounds.chain(deciding).collect::<Vec<_>>().join("\n")),
                    ("sources", self.say.sources(&outcome.sources)),
                ],
            };
            things.insert(id.clone(), thing);
        }
        things
    }

    fn obligations(&self) -> Things {
        let mut things = Things::new();
        for one in &self.pack.obligations {
            let id = &one.id;
            let words = self.say.words;
            let when = one.when.as_ref().map(|when| self.say.condition(None, when));
            let for_each = one.for_each.map(|each| match each {
                ForEach::Affected => words.each_affected.clone(),
                ForEach::Step(step) => words.each_named.fill(&[("question", &self.say.short(step))]),
            });
            let form = [
                one.duty.word().to_owned(),
                for_each.unwrap_or_default(),
                when.map(|when| words.only.fill(&[("condition", &when)])).unwrap_or_default(),
            ];
            let thing = Thing {
                text: self.text(&format!("obligation.{id}.what")),
                sides: vec![
                    ("wording", self.wording(&format!("obligation.{id}."), "what")),
                    ("form", filled(&form)),
                    ("deadline", said(one.deadline)),
                    ("sources", self.say.sources(&one.sources)),
                ],
            };
            things.insert(id.clone(), thing);
        }
        things
    }

    /// Days alone: a holiday is there or it is not.
    fn holidays(&self) -> Things {
        let days = self.pack.calendar.holidays();
        days.map(|day| (day.to_string(), Thing { text: day.to_string(), sides: Vec::new() })).collect()
    }

    /// Wording that belongs to no question, outcome or duty.
    fn words(&self) -> Things {
        let owned = ["step.", "outcome.", "obligation."];
        let texts = self.pack.texts.get(self.say.language).into_iter().flatten();
        texts
            .filter(|(key, _)| !owned.iter().any(|own| key.starts_with(own)))
            .map(|(key, text)| {
                (key.clone(), Thing { text: text.clone(), sides: vec![("wording", text.clone())] })
            })
            .collect()
    }
}

fn lines<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join("\n")
}

fn filled(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

fn said(deadline: Option<crate::Deadline>) -> String {
    deadline.map(|deadline| deadline.to_string()).unwrap_or_default()
}
