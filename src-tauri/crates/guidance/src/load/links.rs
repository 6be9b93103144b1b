//! Whether the parts of a pack hang together: no way leads back, and nothing stands alone.

use std::collections::BTreeSet;

use super::read::Problems;
use crate::What;
use crate::pack::{Cond, Kind, Pack, Target};

pub(super) fn check(pack: &Pack, problems: &Problems) {
    advice(pack, problems);
    let reached = reached(pack);
    for (at, step) in pack.steps.iter().enumerate() {
        let detour = at == pack.advice.step || at == pack.advice.front_door;
        if detour && reached.contains(&at) {
            problems.add(
                &step.spot,
                &step.id.0,
                What::Misplaced,
                "an advice step is reached by the detour alone",
            );
        } else if !detour && !reached.contains(&at) {
            problems.add(&step.spot, &step.id.0, What::Unreachable, "no step leads here");
        }
        if !detour && step.next.is_empty() {
            problems.add(&step.spot, &step.id.0, What::MissingField, "\"next\" is missing");
        }
    }
    cycles(pack, problems);
    later(pack, problems);
    let advised: BTreeSet<usize> =
        pack.steps.iter().flat_map(|step| &step.next).filter_map(|branch| branch.advise).collect();
    for (_, outcome) in pack.outcomes.iter().enumerate().filter(|(at, _)| !advised.contains(at)) {
        problems.add(&outcome.spot, &outcome.id, What::Unreachable, "no step advises this outcome");
    }
    let mut duties: BTreeSet<usize> = pack.outcomes.iter().flat_map(|o| o.obligations.clone()).collect();
    duties.extend([pack.advice.unknown, pack.countersign]);
    for (at, obligation) in pack.obligations.iter().enumerate() {
        if !duties.contains(&at) {
            problems.add(&obligation.spot, &obligation.id, What::Unreachable, "no outcome brings this");
        }
    }
    let grounds: BTreeSet<usize> = pack.outcomes.iter().flat_map(|o| o.grounds.clone()).collect();
    for (at, ground) in pack.grounds.iter().enumerate() {
        if !grounds.contains(&at) {
            problems.add(&ground.spot, &ground.id, What::Unreachable, "no outcome suggests this");
        }
    }
    let notices: BTreeSet<usize> = pack.outcomes.iter().flat_map(|o| o.notices.clone()).collect();
    for (at, notice) in pack.notices.iter().enumerate() {
        if !notices.contains(&at) {
            problems.add(&notice.spot, &notice.id, What::Unreachable, "no outcome says this");
        }
    }
    for (at, fact) in pack.facts.iter().enumerate() {
        if !pack.notices.iter().any(|notice| notice.fact == Some(at)) {
            problems.add(&fact.spot, &fact.id, What::Unreachable, "no line refers to this fact");
        }
    }
}

fn advice(pack: &Pack, problems: &Problems) {
    for at in [pack.advice.step, pack.advice.front_door] {
        let step = pack.step_at(at);
        if step.kind != Kind::Adviser || !step.next.is_empty() || step.when.is_some() {
            let message = "an advice step is of kind adviser, without \"next\" and \"when\"";
            problems.add(&step.spot, &step.id.0, What::Misplaced, message);
        }
    }
    if pack.advice.step == pack.advice.front_door {
        let step = pack.step_at(pack.advice.step);
        problems.add(&step.spot, &step.id.0, What::Misplaced, "the adviser and the front door are two steps");
    }
}

fn to_steps(pack: &Pack, from: usize) -> impl Iterator<Item = usize> {
    pack.step_at(from).next.iter().filter_map(|branch| match branch.to {
        Target::Step(step) => Some(step),
        Target::End => None,
    })
}

fn reached(pack: &Pack) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([pack.start]);
    let mut open = vec![pack.start];
    while let Some(at) = open.pop() {
        open.extend(to_steps(pack, at).filter(|to| reached.insert(*to)));
    }
    reached
}

/// Takes away steps that lead only to steps taken away; what is left leads back to itself.
fn cycles(pack: &Pack, problems: &Problems) {
    let left = cyclic(pack);
    if let Some(step) = left.iter().next().map(|at| pack.step_at(*at)) {
        let names: Vec<_> = left.iter().take(8).map(|at| pack.step_at(*at).id.0.as_str()).collect();
        let message = format!("these steps lead back to themselves: {}", names.join(", "));
        problems.add(&step.spot, &step.id.0, What::Cycle, message);
    }
}

fn cyclic(pack: &Pack) -> BTreeSet<usize> {
    let mut left: BTreeSet<usize> = (0..pack.steps.len()).collect();
    loop {
        let gone: Vec<usize> =
            left.iter().copied().filter(|at| !to_steps(pack, *at).any(|to| left.contains(&to))).collect();
        if gone.is_empty() {
            return left;
        }
        for at in gone {
            left.remove(&at);
        }
    }
}

/// A step's own conditions may only speak of steps that can stand before it.
fn later(pack: &Pack, problems: &Problems) {
    if !cyclic(pack).is_empty() {
        return;
    }
    for (at, step) in pack.steps.iter().enumerate() {
        let mut after = BTreeSet::new();
        let mut open: Vec<usize> = to_steps(pack, at).collect();
        while let Some(to) = open.pop() {
            if after.insert(to) {
                open.extend(to_steps(pack, to));
            }
        }
        let mut named = BTreeSet::new();
        step.next.iter().filter_map(|branch| branch.when.as_ref()).for_each(|when| names(when, &mut named));
        if let Some(when) = &step.when {
            let mut asked = BTreeSet::new();
            names(when, &mut asked);
            if asked.contains(&at) {
                problems.add(&step.spot, &step.id.0, What::Misplaced, "\"when\" speaks of its own answer");
            }
            named.extend(asked);
        }
        for name in named.intersection(&after) {
            let message = format!("a condition speaks of the later step \"{}\"", pack.step_at(*name).id);
            problems.add(&step.spot, &step.id.0, What::Misplaced, message);
        }
    }
}

fn names(cond: &Cond, found: &mut BTreeSet<usize>) {
    match cond {
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| names(cond, found)),
        Cond::Not(inner) => names(inner, found),
        Cond::Answer { step, .. } | Cond::Asked(step) => {
            found.insert(*step);
        }
        Cond::Known { .. } | Cond::Advised(_) => {}
    }
}
