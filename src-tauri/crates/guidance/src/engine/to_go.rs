//! How many questions may still come, from what is known already.

use std::collections::BTreeMap;

use sharewell_records::Day;

use super::cond::holds;
use super::position::{Round, ToGo};
use super::walk::{Onward, Trail};
use crate::pack::Target;

/// Shortest, longest and even-handed mean number of questions from a step on, that step included.
#[derive(Clone, Copy)]
struct Count {
    shortest: u32,
    longest: u32,
    mean: f64,
}

const NONE: Count = Count { shortest: 0, longest: 0, mean: 0.0 };

pub(super) fn to_go(trail: &Trail<'_>, on: Day) -> ToGo {
    let Some((slot, _)) = &trail.open else { return ToGo { shortest: 0, longest: 0, about: 0 } };
    let rest = from(slot.step, trail, on, &mut BTreeMap::new());
    // In a detour the questions until the step is asked again come on top.
    let extra = match slot.round {
        Round::First | Round::Again => 0,
        Round::Advice | Round::FrontDoor => 1,
    };
    // A mean over at most some hundred questions.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let about = rest.mean.round() as u32 + extra;
    ToGo { shortest: rest.shortest + extra, longest: rest.longest + extra, about }
}

fn from(at: usize, trail: &Trail<'_>, on: Day, done: &mut BTreeMap<usize, Count>) -> Count {
    if let Some(count) = done.get(&at) {
        return *count;
    }
    let step = trail.pack.step_at(at);
    let world = Onward(trail);
    let answered = step.known.iter().any(|known| holds(&known.when, &world) == Some(true));
    let asked = if !step.applies_on(on) || answered {
        Some(false)
    } else {
        step.when.as_ref().map_or(Some(true), |when| holds(when, &world))
    };
    let mut ways: Vec<Count> = Vec::new();
    for branch in &step.next {
        let open = branch.when.as_ref().map_or(Some(true), |when| holds(when, &world));
        if open == Some(false) {
            continue;
        }
        ways.push(match branch.to {
            Target::Step(next) => from(next, trail, on, done),
            Target::End => NONE,
        });
        if open == Some(true) {
            break;
        }
    }
    let (least, most, own) = match asked {
        Some(true) => (1, 1, 1.0),
        Some(false) => (0, 0, 0.0),
        None => (0, 1, 0.5),
    };
    let number = f64::from(u32::try_from(ways.len().max(1)).unwrap_or(1));
    let count = Count {
        shortest: least + ways.iter().map(|way| way.shortest).min().unwrap_or(0),
        longest: most + ways.iter().map(|way| way.longest).max().unwrap_or(0),
        mean: own + ways.iter().map(|way| way.mean).sum::<f64>() / number,
    };
    done.insert(at, count);
    count
}
