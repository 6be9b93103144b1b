//! Condition 13, from engine 5 on: after any decision there are few cards, the act first, and nothing that protects
//! somebody is folded away.

use super::Found;
use super::path::Path;
use crate::pack::{Obligation, Outcome, Pack};
use crate::practice::call::takes_lines;
use crate::practice::cards::{Card, MOST_CARDS, MOST_TODAY, may_be_in_call, may_be_point};

/// Packs that landed before are read as they are.
const FROM: u32 = 5;

/// From which engine on lines are marked for the call.
const CALLS_FROM: u32 = 6;
/// What is wrong with a mark that no call takes.
const NO_CALL: &str = "no outcome that brings it rings anybody: it is said in no call";

/// What a path leaves to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Load {
    /// Cards.
    pub cards: usize,
    /// Cards that are due today.
    pub today: usize,
    /// Duties that somebody has to close; one that stands for each person counts once.
    pub duties: usize,
}

/// What a path leaves, with the duty that follows from what is still not sure.
pub(super) fn load(path: &Path<'_>) -> Load {
    let unknown = path.unknown.then(|| path.pack.obligation_at(path.pack.advice.unknown));
    let (mut cards, mut today, mut duties) = (0_u16, 0_u16, 0);
    for one in path.obligations.iter().copied().chain(unknown).filter(|one| !one.point) {
        let bit = 1 << one.card() as u16;
        cards |= bit;
        today |= if one.is_today() { bit } else { 0 };
        duties += 1;
    }
    let count = |bits: u16| bits.count_ones() as usize;
    Load { cards: count(cards), today: count(today), duties }
}

/// Condition 13 on a path: something is done first, at most seven cards, at most three of them due today. Which act leads
/// may hang on what it is for; that one does, never.
pub(super) fn thirteen(path: &Path<'_>, found: &mut Found) {
    if path.pack.engine < FROM {
        return;
    }
    if path.obligations.first().is_none_or(|first| first.point) {
        found.path(13, path, "nothing is to be done first");
    }
    let Load { cards, today, .. } = load(path);
    if cards > MOST_CARDS {
        found.path(13, path, &format!("it leaves {cards} cards, more than {MOST_CARDS}"));
    }
    if today > MOST_TODAY {
        found.path(13, path, &format!("{today} cards are due today, more than {MOST_TODAY}"));
    }
}

/// Condition 13 on the pack: what protects is no point, and each has words of its own on its card.
pub(super) fn thirteen_pack(pack: &Pack, found: &mut Found) {
    if pack.engine < FROM {
        return;
    }
    for one in pack.obligations.iter().filter(|one| one.point && !may_be_point(one.duty)) {
        found.pack(13, &one.spot, &one.id, "what protects somebody is done and ticked: it can be no point");
    }
    for outcome in &pack.outcomes {
        let all: Vec<&Obligation> = outcome.obligations.iter().map(|at| pack.obligation_at(*at)).collect();
        for (at, one) in all.iter().enumerate().filter(|(_, one)| guards(one)) {
            let Some(other) = all.iter().take(at).find(|other| alike(pack, one, other)) else { continue };
            let message = format!("{} reads as {} on the same card", one.id, other.id);
            found.pack(13, &outcome.spot, &outcome.id, &message);
        }
    }
}

/// Condition 13 on the pack, from engine 6 on: what is marked for the call can be said in one, and there is one.
pub(super) fn thirteen_calls(pack: &Pack, found: &mut Found) {
    if pack.engine < CALLS_FROM {
        return;
    }
    for one in pack.obligations.iter().filter(|one| one.in_call && !may_be_in_call(one.duty)) {
        let message = "it is a call of its own, or written, or later: it is not said in the call";
        found.pack(13, &one.spot, &one.id, message);
    }
    let rings: Vec<&Outcome> = pack.outcomes.iter().filter(|outcome| rings(pack, outcome)).collect();
    for (at, one) in pack.obligations.iter().enumerate().filter(|(_, one)| one.in_call) {
        if !rings.iter().any(|outcome| outcome.obligations.contains(&at)) {
            found.pack(13, &one.spot, &one.id, NO_CALL);
        }
    }
    for (at, one) in pack.notices.iter().enumerate().filter(|(_, one)| one.in_call) {
        if !rings.iter().any(|outcome| outcome.notices.contains(&at)) {
            found.pack(13, &one.spot, &one.id, NO_CALL);
        }
    }
}

/// Whether an outcome brings a call in which lines are said.
fn rings(pack: &Pack, outcome: &Outcome) -> bool {
    outcome.obligations.iter().map(|at| pack.obligation_at(*at)).any(|one| {
        let ring = pack.rung_by(&outcome.id, &one.id, one.duty);
        ring.is_some_and(|ring| takes_lines(one.duty, ring))
    })
}

/// Whether somebody is protected by its being done: it is never read past.
fn guards(one: &Obligation) -> bool {
    !one.point && !may_be_point(one.duty)
}

/// Whether two lines of one card cannot be told apart in some language.
fn alike(pack: &Pack, one: &Obligation, other: &Obligation) -> bool {
    let key = |one: &Obligation| format!("obligation.{}.what", one.id);
    let same = |lang: &String| {
        let words = pack.text(lang, &key(one));
        words.is_some() && words == pack.text(lang, &key(other))
    };
    let card: Card = one.card();
    !other.point && other.card() == card && pack.languages.iter().any(same)
}
