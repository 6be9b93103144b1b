//! A pack as nodes and edges with their sources: for printing, for a flow map, for reviewers (A13).

use serde::Serialize;
use sharewell_records::{Day, Known, OutcomeKind, StepId};

use crate::pack::{Cite, Cond, KnownTest, Pack, Target, Test};
use crate::{Deadline, Kind, NotSure, Tag};

/// The whole flow of a pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outline {
    /// `id@version`.
    pub pack: String,
    /// The first step.
    pub start: StepId,
    /// Questions, in file order.
    pub nodes: Vec<Node>,
    /// Outcomes: id, kind, deadline, sources.
    pub outcomes: Vec<(String, OutcomeKind, Option<Deadline>, Vec<Cite>)>,
    /// Ways from questions to questions and outcomes.
    pub edges: Vec<Edge>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// Its id.
    pub step: StepId,
    /// How it is answered.
    pub kind: Kind,
    /// What it asks about.
    pub asks: Vec<Tag>,
    /// Its options.
    pub options: Vec<String>,
    /// What *not sure* does.
    pub not_sure: NotSure,
    /// Whether it belongs to the write-up.
    pub after_advice: bool,
    /// Whether the law behind it is still to be confirmed.
    pub unconfirmed: bool,
    /// From when it is asked.
    pub applies_from: Option<Day>,
    /// When it is asked, in plain words; empty for always.
    pub when: String,
    /// Sources.
    pub sources: Vec<Cite>,
}

/// A way on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// From which question.
    pub from: StepId,
    /// When, in plain words; empty for *otherwise*.
    pub when: String,
    /// The outcome advised on this way.
    pub advises: Option<String>,
    /// The next question; none at the end.
    pub to: Option<StepId>,
}

/// Lays a pack out.
#[must_use]
pub fn outline(pack: &Pack) -> Outline {
    let node = |step: &crate::Step| Node {
        step: step.id.clone(),
        kind: step.kind,
        asks: step.asks.clone(),
        options: step.options.iter().map(|option| option.id.clone()).collect(),
        not_sure: step.not_sure,
        after_advice: step.after_advice,
        unconfirmed: step.unconfirmed,
        applies_from: step.applies_from,
        when: step.when.as_ref().map(|when| say(pack, when)).unwrap_or_default(),
        sources: step.sources.clone(),
    };
    let mut edges = Vec::new();
    for step in &pack.steps {
        edges.extend(step.next.iter().map(|branch| Edge {
            from: step.id.clone(),
            when: branch.when.as_ref().map(|when| say(pack, when)).unwrap_or_default(),
            advises: branch.advise.map(|outcome| pack.outcome_at(outcome).id.clone()),
            to: match branch.to {
                Target::Step(to) => Some(pack.step_at(to).id.clone()),
                Target::End => None,
            },
        }));
    }
    Outline {
        pack: format!("{}@{}", pack.id, pack.version),
        start: pack.start().clone(),
        nodes: pack.steps.iter().map(node).collect(),
        outcomes: pack
            .outcomes
            .iter()
            .map(|outcome| (outcome.id.clone(), outcome.kind, outcome.deadline, outcome.sources.clone()))
            .collect(),
        edges,
    }
}

impl std::fmt::Display for Outline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} begins at {}", self.pack, self.start)?;
        for node in &self.nodes {
            let marks = [(node.after_advice, " (write-up)"), (node.unconfirmed, " (unconfirmed)")];
            let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
            writeln!(f, "\n{}{marks}  [{}]", node.step, cites(&node.sources))?;
            if let Some(from) = node.applies_from {
                writeln!(f, "    asked from {from}")?;
            }
            if !node.when.is_empty() {
                writeln!(f, "    asked when {}", node.when)?;
            }
            for edge in self.edges.iter().filter(|edge| edge.from == node.step) {
                let when = if edge.when.is_empty() { "otherwise" } else { &edge.when };
                let advises = edge.advises.as_ref().map(|id| format!("advise {id}, ")).unwrap_or_default();
                let to = edge.to.as_ref().map_or("end", |to| to.0.as_str());
                writeln!(f, "    {when}: {advises}{to}")?;
            }
        }
        writeln!(f)?;
        for (id, kind, deadline, sources) in &self.outcomes {
            let deadline = deadline.map(|deadline| format!(", {deadline}")).unwrap_or_default();
            writeln!(f, "{id}: {}{deadline}  [{}]", kind.word(), cites(sources))?;
        }
        Ok(())
    }
}

/// The code of a source and the place in it.
pub(crate) fn place(cite: &Cite) -> String {
    match (cite.source.as_str(), cite.place.as_str()) {
        ("S", place) if !place.is_empty() => place.to_owned(),
        (source, "") => source.to_owned(),
        (source, place) => format!("{source} {place}"),
    }
}

pub(crate) fn cites(cites: &[Cite]) -> String {
    let one = |cite: &Cite| {
        let mark = if cite.unconfirmed { " (unconfirmed)" } else { "" };
        format!("{}{mark}", place(cite))
    };
    cites.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn known_value(known: &Known) -> String {
    match known {
        Known::Flag(flag) => flag.to_string(),
        Known::Number(number) => number.to_string(),
        Known::Word(word) => word.clone(),
    }
}

pub(crate) fn say(pack: &Pack, cond: &Cond) -> String {
    let list = |all: &[Cond], word: &str| {
        let parts: Vec<_> = all.iter().map(|cond| say(pack, cond)).collect();
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(word)) }
    };
    match cond {
        Cond::All(all) => list(all, " and "),
        Cond::Any(any) => list(any, " or "),
        Cond::Not(inner) => format!("not {}", say(pack, inner)),
        Cond::Asked(step) => format!("{} was asked", pack.step_at(*step).id),
        Cond::Advised(any) => {
            let ids: Vec<_> = any.iter().map(|outcome| pack.outcome_at(*outcome).id.as_str()).collect();
            format!("advised {}", ids.join(" or "))
        }
        Cond::Answer { step, test } => {
            let id = &pack.step_at(*step).id;
            match test {
                Test::Is(any) => format!("{id} is {}", any.join(" or ")),
                Test::Contains(any) => format!("{id} has {}", any.join(" or ")),
                Test::Some(true) => format!("{id} names something"),
                Test::Some(false) => format!("{id} names nothing"),
            }
        }
        Cond::Known { fact, test } => {
            let name = pack.known.get(*fact).map(|fact| fact.name.as_str()).unwrap_or_default();
            match test {
                KnownTest::Present => format!("{name} is known"),
                KnownTest::Is(any) => {
                    let any: Vec<String> = any.iter().map(known_value).collect();
                    format!("{name} is {}", any.join(" or "))
                }
                KnownTest::LessThan(limit) => format!("{name} is below {limit}"),
                KnownTest::AtLeast(limit) => format!("{name} is at least {limit}"),
            }
        }
    }
}
