//! What one pack has that another has not: for the preview before a pack is installed, and for what an
//! agency's overlay adds and tightens.
//!
//! Two packs are compared as a person reads them: questions, outcomes and duties by id, each with its own
//! wording, its ways on and its deadlines in words.

use std::collections::BTreeMap;

use serde::Serialize;

use sharewell_records::{Duty, OutcomeKind};

use crate::act::Ring;
use crate::flow::Say;
use crate::pack::{ForEach, Kind, NotSure, Pack, Target};
use crate::{Deadline, FlowWords};

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
    /// Which.
    pub what: SideOf,
    /// Before; empty where there was none.
    pub before: Vec<Part>,
    /// After; empty where there is none.
    pub after: Vec<Part>,
}

/// The sides of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SideOf {
    /// What it says.
    Wording,
    /// How it is answered, when it is asked, what it is.
    Form,
    /// Whom its act rings.
    Rings,
    /// Where it leads.
    Ways,
    /// By when.
    Deadline,
    /// When to look again.
    Review,
    /// Duties that follow.
    Duties,
    /// Its sources.
    Sources,
    /// Grounds and answers that it rests on.
    RestsOn,
}

/// A line of a side. What is a word of a closed set crosses as that, and whoever shows it has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Text of the pack, or said with the words that were given.
    Text(String),
    /// The name of something inside the pack.
    Code(String),
    /// How a question is answered.
    Kind(Kind),
    /// What *not sure* does there.
    NotSure(NotSure),
    /// What kind of advice it is.
    Outcome(OutcomeKind),
    /// What kind of duty it is.
    Duty(Duty),
    /// Who is rung.
    Ring(Ring),
    /// By when.
    Deadline(Deadline),
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
    sides: Vec<(SideOf, Vec<Part>)>,
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
            .map(|((what, was), (_, is))| Side { what: *what, before: was.clone(), after: is.clone() })
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
            let mut form = vec![Part::Kind(step.kind), Part::NotSure(step.not_sure)];
            form.extend(codes(step.options.iter().map(|option| option.id.as_str())));
            form.extend(codes(step.asks.iter().map(|tag| tag.word())));
            form.extend(texts([
                step.applies_from
                    .map(|day| words.asked_from.fill(&[("day", &day.to_string())]))
                    .unwrap_or_default(),
                if step.after_advice { words.write_up.clone() } else { String::new() },
                if step.unconfirmed { words.unconfirmed.clone() } else { String::new() },
                when.map(|when| words.only.fill(&[("condition", &when)])).unwrap_or_default(),
            ]));
            let thing = Thing {
                text: self.text(&format!("step.{id}.question")),
                sides: vec![
                    (SideOf::Wording, texts([self.wording(&format!("step.{id}."), "question")])),
                    (SideOf::Form, form),
                    (SideOf::Ways, texts(ways)),
                    (SideOf::Sources, texts([self.say.sources(&step.sources)])),
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
                    (SideOf::Wording, texts([self.wording(&format!("outcome.{id}."), "title")])),
                    (SideOf::Form, vec![Part::Outcome(outcome.kind)]),
                    (SideOf::Rings, outcome.act.recipient.map(Part::Ring).into_iter().collect()),
                    (SideOf::Deadline, outcome.deadline.map(Part::Deadline).into_iter().collect()),
                    (SideOf::Review, vec![Part::Deadline(outcome.review)]),
                    (SideOf::Duties, codes(duties)),
                    (SideOf::RestsOn, codes(grounds.chain(deciding))),
                    (SideOf::Sources, texts([self.say.sources(&outcome.sources)])),
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
                ForEach::ToldNow => words.each_told_now.clone(),
                ForEach::Step(step) => words.each_named.fill(&[("question", &self.say.short(step))]),
            });
            let mut form = vec![Part::Duty(one.duty)];
            form.extend(texts([
                for_each.unwrap_or_default(),
                when.map(|when| words.only.fill(&[("condition", &when)])).unwrap_or_default(),
                self.in_call(one.in_call),
            ]));
            let thing = Thing {
                text: self.text(&format!("obligation.{id}.what")),
                sides: vec![
                    (SideOf::Wording, texts([self.wording(&format!("obligation.{id}."), "what")])),
                    (SideOf::Form, form),
                    (SideOf::Deadline, one.deadline.map(Part::Deadline).into_iter().collect()),
                    (SideOf::Sources, texts([self.say.sources(&one.sources)])),
                ],
            };
            things.insert(id.clone(), thing);
        }
        things
    }

    /// That something is said in the call; empty where it is not.
    fn in_call(&self, is: bool) -> String {
        if is { self.say.words.in_call.clone() } else { String::new() }
    }

    /// How a line that nobody ticks off stands: where it is said, and when.
    fn line(&self, id: &str) -> Vec<Part> {
        let Some(notice) = self.pack.notices.iter().find(|one| one.id == id) else { return Vec::new() };
        let when = notice.when.as_ref().map(|when| self.say.condition(None, when));
        let mut form = vec![Part::Code(notice.kind.word().to_owned())];
        form.extend(notice.card.map(|card| Part::Code(card.word().to_owned())));
        form.extend(texts([
            when.map(|when| self.say.words.only.fill(&[("condition", &when)])).unwrap_or_default(),
            self.in_call(notice.in_call),
        ]));
        form
    }

    /// Days alone: a holiday is there or it is not.
    fn holidays(&self) -> Things {
        let days = self.pack.calendar.holidays();
        days.map(|day| (day.to_string(), Thing { text: day.to_string(), sides: Vec::new() })).collect()
    }

    /// Wording that belongs to no question, outcome or duty.
    fn words(&self) -> Things {
        let owned = ["step.", "outcome.", "obligation."];
        let all = self.pack.texts.get(self.say.language).into_iter().flatten();
        all.filter(|(key, _)| !owned.iter().any(|own| key.starts_with(own)))
            .map(|(key, text)| {
                let line = key.strip_prefix("notice.").and_then(|key| key.strip_suffix(".what"));
                let form = line.map(|id| self.line(id)).unwrap_or_default();
                let sides = vec![(SideOf::Wording, texts([text.clone()])), (SideOf::Form, form)];
                (key.clone(), Thing { text: text.clone(), sides })
            })
            .collect()
    }
}

fn codes<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Part> {
    names.map(|name| Part::Code(name.to_owned())).collect()
}

fn texts(all: impl IntoIterator<Item = String>) -> Vec<Part> {
    all.into_iter().filter(|text| !text.is_empty()).map(Part::Text).collect()
}
