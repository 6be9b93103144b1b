//! The answers of a step that differ for the pack: those that branch alike are one.

use std::collections::{BTreeMap, BTreeSet};

use sharewell_records::{AdviserResult, Heavier, PointAnswer};

use crate::Tag;
use crate::engine::Said;
use crate::pack::{Cond, Kind, NotSure, Pack, Step, Test};

/// Answers that every condition of the pack, and the checker, sees alike.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    /// One of them.
    pub said: Said,
    /// What it means to the checker; empty where that is not asked.
    pub means: String,
    /// The single values among them.
    pub members: BTreeSet<String>,
    /// Whether *not sure*, still or for good, is among them.
    pub not_sure: bool,
}

/// Tags whose answers the checker reads.
const READ: [Tag; 15] = [
    Tag::ImmediateDanger,
    Tag::SuspectedHarm,
    Tag::OthersAtRisk,
    Tag::Duty,
    Tag::ValidOrder,
    Tag::DutyException,
    Tag::ComplianceDanger,
    Tag::AskWouldChange,
    Tag::Consent,
    Tag::Competence,
    Tag::FreelyGiven,
    Tag::Adviser,
    Tag::Weighing,
    Tag::Recipient,
    Tag::Route,
];

/// For every step, its classes.
pub(crate) fn classes(pack: &Pack) -> Vec<Vec<Class>> {
    let mut tests: BTreeMap<usize, Vec<&Test>> = BTreeMap::new();
    for step in &pack.steps {
        step.when.iter().for_each(|when| collect(when, &mut tests));
        step.next.iter().filter_map(|branch| branch.when.as_ref()).for_each(|when| collect(when, &mut tests));
    }
    pack.obligations.iter().filter_map(|o| o.when.as_ref()).for_each(|when| collect(when, &mut tests));
    pack.grounds.iter().filter_map(|ground| ground.when.as_ref()).for_each(|when| collect(when, &mut tests));
    let none = Vec::new();
    let of = |(at, step)| group(step, tests.get(&at).unwrap_or(&none));
    pack.steps.iter().enumerate().map(of).collect()
}

fn collect<'p>(cond: &'p Cond, tests: &mut BTreeMap<usize, Vec<&'p Test>>) {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| collect(cond, tests)),
        Cond::Not(inner) => collect(inner, tests),
        Cond::Answer { step, test } => {
            let known = tests.entry(*step).or_default();
            if !known.contains(&test) {
                known.push(test);
            }
        }
        Cond::Asked(_) | Cond::Known { .. } | Cond::Advised(_) => {}
    }
}

fn group(step: &Step, tests: &[&Test]) -> Vec<Class> {
    let signature = |said: &Said| tests.iter().map(|test| said.test(test)).collect::<Vec<bool>>();
    let mut groups: BTreeMap<(Vec<bool>, String), Class> = BTreeMap::new();
    let mut order: Vec<(Vec<bool>, String)> = Vec::new();
    for said in every(step, &signature) {
        let means = means(step, &said);
        let not_sure = said.is("not_sure") && step.kind != Kind::Checklist;
        let key = (signature(&said), means.clone());
        if !groups.contains_key(&key) {
            order.push(key.clone());
        }
        let member = said.values.first().filter(|_| said.values.len() == 1).cloned();
        let class = groups.entry(key).or_insert(Class { said, means, members: BTreeSet::new(), not_sure });
        class.not_sure |= not_sure;
        class.members.extend(member);
    }
    order.iter().filter_map(|key| groups.remove(key)).collect()
}

/// The meaning that the checker reads from an answer.
fn means(step: &Step, said: &Said) -> String {
    if !step.asks.iter().any(|tag| READ.contains(tag)) {
        return String::new();
    }
    match step.kind {
        _ if said.is("not_sure") => "not_sure".into(),
        Kind::YesNo | Kind::OneOf | Kind::Weighing => {
            said.values.first().map(|value| step.means(value).to_owned()).unwrap_or_default()
        }
        Kind::Adviser => {
            let agrees = AdviserResult::Agrees.word();
            if said.is(agrees) { agrees } else { "fails" }.into()
        }
        Kind::ManyOf | Kind::EachPerson => {
            let found: BTreeSet<&str> = said.values.iter().map(|value| step.means(value)).collect();
            if found.iter().all(|means| *means == "none" || *means == "no") { "no" } else { "yes" }.into()
        }
        Kind::Checklist => {
            let is = |answer: PointAnswer| move |value: &String| value == answer.word();
            if said.values.iter().all(is(PointAnswer::Yes)) {
                PointAnswer::Yes
            } else if said.values.iter().any(is(PointAnswer::NotSure)) {
                PointAnswer::NotSure
            } else {
                PointAnswer::No
            }
            .word()
            .into()
        }
        Kind::Text | Kind::Date | Kind::People | Kind::Items => if said.some { "yes" } else { "no" }.into(),
    }
}

/// Every set of values that the points of a checklist can show between them.
fn some_of(values: &[&str]) -> Vec<Said> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for value in values {
        let with: Vec<Vec<String>> =
            all.iter().map(|set| [set.clone(), vec![(*value).to_owned()]].concat()).collect();
        all.extend(with);
    }
    all.into_iter().filter(|set| !set.is_empty()).map(|values| Said { values, some: true }).collect()
}

/// Every answer, or one of each kind where they are without number.
fn every(step: &Step, signature: &dyn Fn(&Said) -> Vec<bool>) -> Vec<Said> {
    let mut all: Vec<Said> = match step.kind {
        Kind::YesNo | Kind::OneOf => step.options.iter().map(|option| Said::one(&option.id)).collect(),
        Kind::ManyOf | Kind::EachPerson => sets(step, signature),
        Kind::Checklist => some_of(&PointAnswer::OFFERED.map(PointAnswer::word)),
        Kind::Adviser => AdviserResult::OFFERED.map(|result| Said::one(result.word())).to_vec(),
        Kind::Weighing => [Heavier::Share, Heavier::NotShare].map(|side| Said::one(side.word())).to_vec(),
        Kind::Text | Kind::Date | Kind::People | Kind::Items => {
            let mut some = vec![Said { values: Vec::new(), some: true }];
            if step.optional {
                some.push(Said { values: Vec::new(), some: false });
            }
            some
        }
    };
    if step.not_sure != NotSure::None {
        all.push(Said::one("not_sure"));
    }
    all
}

/// Sets of options: single ones, then unions as long as these look new to some condition.
fn sets(step: &Step, signature: &dyn Fn(&Said) -> Vec<bool>) -> Vec<Said> {
    let single: Vec<(Said, bool)> =
        step.options.iter().map(|option| (Said::one(&option.id), option.alone)).collect();
    let mut all: Vec<Said> = Vec::new();
    let mut seen: BTreeSet<(Vec<bool>, String)> = BTreeSet::new();
    let mut open: Vec<(Said, bool)> = single.clone();
    while let Some((said, alone)) = open.pop() {
        if !seen.insert((signature(&said), means(step, &said))) {
            continue;
        }
        for (other, stands_alone) in &single {
            if !alone && !stands_alone && !said.values.contains(&other.values.concat()) {
                let values = [said.values.clone(), other.values.clone()].concat();
                open.push((Said { values, some: true }, false));
            }
        }
        all.push(said);
    }
    all.sort();
    all
}
