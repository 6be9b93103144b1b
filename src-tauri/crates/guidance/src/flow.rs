//! The flow map (A13): a pack drawn for eyes and read aloud as a list, every question with its source, the path
//! that was taken marked. Nothing here decides; it shows what [`crate::place`] follows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use sharewell_records::{Known, OutcomeKind, StepId};

use crate::outline::cites;
use crate::pack::{Cond, KnownTest, Pack, Target, Test};

/// A pack as it flows: its questions in an order in which every way leads down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// The pack's title.
    pub title: String,
    /// `id@version`.
    pub pack: String,
    /// Where its flow comes from, in its own words.
    pub lineage: String,
    /// Questions, the first on top.
    pub questions: Vec<FlowQuestion>,
}

/// A question on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowQuestion {
    /// The step.
    pub step: StepId,
    /// Its number on the map, from 1.
    pub number: u32,
    /// The question.
    pub question: String,
    /// When it is asked, in words; empty for always.
    pub only: String,
    /// Sources in short.
    pub sources: String,
    /// Whether the law behind it is still to be confirmed.
    pub unconfirmed: bool,
    /// Whether it belongs to the write-up.
    pub after_advice: bool,
    /// Whether it is on the path that was taken.
    pub taken: bool,
    /// Ways on, the first that holds is taken.
    pub ways: Vec<Way>,
}

/// A way on from a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// When, in words; empty for otherwise.
    pub when: String,
    /// What is advised on this way: the outcome's heading.
    pub advises: Option<String>,
    /// The kind of that outcome.
    pub kind: Option<OutcomeKind>,
    /// Number of the next question; none at the end.
    pub to: Option<u32>,
    /// Its words.
    pub to_question: Option<String>,
    /// Whether the path that was taken goes this way.
    pub taken: bool,
}

/// Lays a pack out in a language, with the steps of a path in order (empty for none) and the outcome that was
/// advised on it.
#[must_use]
pub fn flow(pack: &Pack, language: &str, path: &[StepId], advised: Option<&str>) -> Flow {
    let order = downwards(pack);
    let number_of: BTreeMap<usize, u32> = order.iter().copied().zip(1..).collect();
    // A step answered again stands once on the map.
    let mut taken: Vec<usize> = Vec::new();
    for key in path {
        let step = pack.step(key).and_then(|step| pack.steps.iter().position(|one| one.id == step.id));
        if let Some(step) = step.filter(|step| number_of.contains_key(step) && !taken.contains(step)) {
            taken.push(step);
        }
    }
    let say = |key: &str| pack.text(language, key).unwrap_or_default().replace("{child}", "the child");
    let question = |at: usize| {
        let step = pack.step_at(at);
        let next = taken.iter().position(|one| *one == at).and_then(|at| taken.get(at + 1)).copied();
        let last = taken.last() == Some(&at);
        let ways = step.next.iter().map(|branch| {
            let to = match branch.to {
                Target::Step(to) => Some(to),
                Target::End => None,
            };
            let outcome = branch.advise.map(|at| pack.outcome_at(at));
            let here = taken.contains(&at)
                && outcome.is_none_or(|outcome| Some(outcome.id.as_str()) == advised)
                && leads(pack, to, next)
                && (next.is_some() || last);
            Way {
                when: branch
                    .when
                    .as_ref()
                    .map(|when| in_words(pack, &say, Some(at), when))
                    .unwrap_or_default(),
                advises: outcome.map(|outcome| say(&format!("outcome.{}.title", outcome.id))),
                kind: outcome.map(|outcome| outcome.kind),
                to: to.and_then(|to| number_of.get(&to).copied()),
                to_question: to.map(|to| say(&format!("step.{}.short", pack.step_at(to).id))),
                taken: here,
            }
        });
        let mut ways: Vec<Way> = ways.collect();
        // Several ways may lead to the next question; the map cannot know which answer it was.
        if ways.iter().filter(|way| way.taken).count() > 1 {
            let advising = ways.iter().any(|way| way.taken && way.advises.is_some());
            ways.iter_mut().for_each(|way| way.taken &= !advising || way.advises.is_some());
        }
        FlowQuestion {
            step: step.id.clone(),
            number: number_of.get(&at).copied().unwrap_or_default(),
            question: say(&format!("step.{}.question", step.id)),
            only: step.when.as_ref().map(|when| in_words(pack, &say, None, when)).unwrap_or_default(),
            sources: cites(&step.sources),
            unconfirmed: step.unconfirmed,
            after_advice: step.after_advice,
            taken: taken.contains(&at),
            ways,
        }
    };
    Flow {
        title: say("pack.title"),
        pack: pack.name(),
        lineage: say("pack.lineage"),
        questions: order.iter().map(|at| question(*at)).collect(),
    }
}

/// Whether a way that leads to `to` comes to `next` without another question: steps in between may be passed
/// over (dated, conditional, or known).
fn leads(pack: &Pack, to: Option<usize>, next: Option<usize>) -> bool {
    match (to, next) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some(to), next) => {
            if Some(to) == next {
                return true;
            }
            let step = pack.step_at(to);
            let passed = step.when.is_some()
                || step.applies_from.is_some()
                || step.applies_until.is_some()
                || !step.known.is_empty();
            passed
                && step.next.iter().any(|branch| match branch.to {
                    Target::Step(further) => leads(pack, Some(further), next),
                    Target::End => next.is_none(),
                })
        }
    }
}

/// Steps that are asked, each above all to which it leads; where the pack leaves it open, in its own order.
fn downwards(pack: &Pack) -> Vec<usize> {
    let mut before = vec![0usize; pack.steps.len()];
    let mut reached = BTreeSet::from([pack.start]);
    let mut open = vec![pack.start];
    while let Some(at) = open.pop() {
        for branch in &pack.step_at(at).next {
            if let Target::Step(to) = branch.to {
                if let Some(count) = before.get_mut(to) {
                    *count += 1;
                }
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
    }
    let mut order = Vec::new();
    let mut ready = BTreeSet::from([pack.start]);
    while let Some(at) = ready.pop_first() {
        order.push(at);
        for branch in &pack.step_at(at).next {
            if let Target::Step(to) = branch.to
                && let Some(count) = before.get_mut(to)
            {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(to);
                }
            }
        }
    }
    order
}

/// A condition in the words of the page. Of the step that it stands at, only the answers are named.
fn in_words(pack: &Pack, say: &impl Fn(&str) -> String, here: Option<usize>, cond: &Cond) -> String {
    let list = |all: &[Cond], word: &str| {
        all.iter().map(|cond| in_words(pack, say, here, cond)).collect::<Vec<_>>().join(word)
    };
    let value = |step: &crate::Step, value: &str| match step.kind {
        crate::Kind::Adviser | crate::Kind::Weighing => {
            let because = say(&format!("step.{}.because.{value}", step.id));
            if because.is_empty() {
                value.replace('_', " ")
            } else {
                because.trim_end_matches('.').to_owned()
            }
        }
        _ => say(&pack.option_key(&step.id, value)),
    };
    match cond {
        Cond::All(all) => list(all, ", and "),
        Cond::Any(any) => list(any, ", or "),
        Cond::Not(inner) => match inner.as_ref() {
            Cond::Asked(step) => format!("“{}” was not asked", short(pack, say, *step)),
            inner => format!("not: {}", in_words(pack, say, here, inner)),
        },
        Cond::Asked(step) => format!("“{}” was asked", short(pack, say, *step)),
        Cond::Advised(any) => {
            let titles: Vec<_> =
                any.iter().map(|at| say(&format!("outcome.{}.title", pack.outcome_at(*at).id))).collect();
            format!("the advice is “{}”", titles.join("” or “"))
        }
        Cond::Answer { step, test } => {
            let asked = pack.step_at(*step);
            let before =
                if here == Some(*step) { String::new() } else { format!("{}: ", short(pack, say, *step)) };
            let answers =
                |any: &[String]| any.iter().map(|one| value(asked, one)).collect::<Vec<_>>().join(" / ");
            match test {
                Test::Is(any) | Test::Contains(any) => format!("{before}{}", answers(any)),
                Test::Some(true) => format!("{before}somebody or something is named"),
                Test::Some(false) => format!("{before}nobody and nothing is named"),
            }
        }
        Cond::Known { fact, test } => {
            let name = pack.known.get(*fact).map(|fact| fact.name.replace('_', " ")).unwrap_or_default();
            let value = |known: &Known| match known {
                Known::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
                Known::Number(number) => number.to_string(),
                Known::Word(word) => word.clone(),
            };
            match test {
                KnownTest::Present => format!("{name} is known"),
                KnownTest::Is(any) => {
                    format!("{name}: {}", any.iter().map(value).collect::<Vec<_>>().join(" / "))
                }
                KnownTest::LessThan(limit) => format!("{name} is below {limit}"),
                KnownTest::AtLeast(limit) => format!("{name} is {limit} or more"),
            }
        }
    }
}

fn short(pack: &Pack, say: &impl Fn(&str) -> String, step: usize) -> String {
    say(&format!("step.{}.short", pack.step_at(step).id))
}

impl std::fmt::Display for Flow {
    /// The map as a list, for a terminal and for reading aloud.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} ({})\n{}\n", self.title, self.pack, self.lineage)?;
        for question in &self.questions {
            let mark = if question.taken { "* " } else { "" };
            writeln!(f, "{mark}{}. {}  [{}]", question.number, question.question, question.sources)?;
            if question.unconfirmed {
                writeln!(f, "   Unconfirmed: check the original.")?;
            }
            if !question.only.is_empty() {
                writeln!(f, "   Asked only where: {}", question.only)?;
            }
            for way in &question.ways {
                let mark = if way.taken { "* " } else { "- " };
                writeln!(f, "   {mark}{}", way.told())?;
            }
        }
        Ok(())
    }
}

impl Way {
    /// The way in one line.
    #[must_use]
    pub fn told(&self) -> String {
        let when = if self.when.is_empty() { "Otherwise" } else { &self.when };
        let mut told = format!("{when} → ");
        if let Some(advises) = &self.advises {
            let _ = write!(told, "{advises}");
        }
        match (&self.to, &self.to_question, &self.advises) {
            (Some(to), Some(question), None) => {
                let _ = write!(told, "{to}. {question}");
            }
            (Some(to), Some(question), Some(_)) => {
                let _ = write!(told, ", then {to}. {question}");
            }
            _ if self.advises.is_none() => told.push_str("the end"),
            _ => {}
        }
        told
    }
}

const LEFT: usize = 150;
const BOX: usize = 400;
const RIGHT: usize = 640;
const LINE: usize = 20;
const PAD: usize = 12;

/// The map as a drawing of its own: SVG without scripts, readable in any browser, printable on any paper.
#[must_use]
pub fn flow_svg(flow: &Flow) -> String {
    let wrap = |text: &str, width: usize| wrapped(text, width);
    // Where each question stands.
    let mut tops: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut y = 96;
    for question in &flow.questions {
        let lines = wrap(&question.question, 40).len()
            + wrap(&question.sources, 56).len()
            + wrap(&question.only, 50).len()
            + usize::from(question.unconfirmed);
        let ways: usize = question.ways.iter().map(|way| wrap(&way.told(), 78).len()).sum();
        let height = (lines.max(ways) * LINE) + 2 * PAD;
        tops.insert(question.number, (y, height));
        y += height + 24;
    }
    let width = LEFT + BOX + RIGHT + 60;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {y}\" width=\"{width}\" height=\"{y}\" role=\"img\" font-family=\"Atkinson Hyperlegible, Atkinson Hyperlegible Next, Verdana, sans-serif\" font-size=\"15\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"24\" y=\"40\" font-size=\"24\" font-weight=\"bold\" fill=\"#17211f\">{}</text>\n",
        escaped(&format!("{} ({})", flow.title, flow.pack)),
        escaped(&format!("{} ({})", flow.title, flow.pack)),
    );
    for (at, line) in wrap(&flow.lineage, 140).iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"24\" y=\"{}\" font-size=\"13\" fill=\"#4a5552\">{}</text>",
            62 + at * 17,
            escaped(line)
        );
    }
    for question in &flow.questions {
        arcs(&mut svg, question, &tops);
    }
    for question in &flow.questions {
        let Some((top, height)) = tops.get(&question.number).copied() else { continue };
        let (fill, stroke, thick) =
            if question.taken { ("#e3f1ee", "#0b6e63", 4) } else { ("#f6f8f7", "#5b6764", 1) };
        let dash = if question.after_advice { " stroke-dasharray=\"6 4\"" } else { "" };
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{BOX}\" height=\"{height}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"{dash}/>"
        );
        let mut at = top + PAD + 14;
        let mut put = |x: usize, size: usize, weight: &str, colour: &str, text: &str, svg: &mut String| {
            let _ = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{at}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
                escaped(text)
            );
            at += LINE;
        };
        for (line_at, line) in wrap(&question.question, 40).iter().enumerate() {
            let text = if line_at == 0 { format!("{}. {line}", question.number) } else { line.clone() };
            put(LEFT + 14, 15, "bold", "#17211f", &text, &mut svg);
        }
        for line in wrap(&question.only, 50) {
            put(LEFT + 14, 12, "normal", "#4a5552", &line, &mut svg);
        }
        if question.unconfirmed {
            put(LEFT + 14, 12, "bold", "#8a4b00", "Unconfirmed: check the original", &mut svg);
        }
        for line in wrap(&question.sources, 56) {
            put(LEFT + 14, 12, "normal", "#4a5552", &line, &mut svg);
        }
        let mut at = top + PAD + 14;
        for way in &question.ways {
            let (weight, colour) = if way.taken { ("bold", "#0b6e63") } else { ("normal", "#17211f") };
            for line in wrap(&way.told(), 78) {
                let _ = writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{at}\" font-size=\"14\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
                    LEFT + BOX + 20,
                    escaped(&line)
                );
                at += LINE;
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Lines at the left from a question to those it leads to, the nearer the closer.
fn arcs(svg: &mut String, question: &FlowQuestion, tops: &BTreeMap<u32, (usize, usize)>) {
    let Some((top, height)) = tops.get(&question.number).copied() else { return };
    let mut done = BTreeSet::new();
    for way in &question.ways {
        let Some((to, (to_top, _))) = way.to.and_then(|to| tops.get(&to).map(|place| (to, *place))) else {
            continue;
        };
        if !done.insert(to) {
            continue;
        }
        let taken = question.ways.iter().any(|one| one.to == Some(to) && one.taken);
        let (stroke, thick) = if taken { ("#0b6e63", 4) } else { ("#8b9693", 1) };
        let far = usize::try_from(to.saturating_sub(question.number)).unwrap_or(1);
        if far == 1 {
            let x = LEFT + 40;
            let _ = writeln!(
                svg,
                "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{to_top}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>",
                top + height
            );
            continue;
        }
        let reach = LEFT.saturating_sub(14 + far.min(20) * 6);
        let (from, to_y) = (top + height / 2, to_top + 14);
        let _ = writeln!(
            svg,
            "<path d=\"M {LEFT} {from} C {reach} {from}, {reach} {to_y}, {LEFT} {to_y}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>"
        );
    }
}

/// A text in lines of at most so many characters, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
