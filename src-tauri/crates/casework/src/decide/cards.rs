//! What follows from a decision, on its cards: the duties as they stand, and what is only said.

use sharewell_guidance::practice::cards::{Card, Placed, deal};
use sharewell_guidance::{Pack, Ring};
use sharewell_records::{Duty, Moment, london_day};

use crate::views::{CardPoint, CardView, DutyState, ObligationView};

/// The card of a duty that was recorded, as its pack has it; by the duty alone where the pack has it no more.
pub(crate) fn card_of(pack: &Pack, key: &str, duty: Duty) -> Card {
    let found = pack.obligations().iter().find(|one| one.id == key);
    found.map_or_else(|| Card::of(duty, false), sharewell_guidance::Obligation::card)
}

/// Duties and points on their cards. Lines come in the order of the decision, the act first.
pub(crate) fn dealt(
    lines: &[(Card, &ObligationView)],
    points: Vec<(Card, CardPoint)>,
    ring: Option<Ring>,
    now: Moment,
) -> Vec<CardView> {
    let today = |one: &ObligationView| {
        let day = one.due.is_some_and(|due| london_day(due) <= london_day(now));
        one.state == DutyState::Outstanding && (day || one.due_now)
    };
    let mut all: Vec<Placed> =
        lines.iter().map(|(card, line)| Placed { card: *card, today: today(line), point: false }).collect();
    all.extend(points.iter().map(|(card, _)| Placed { card: *card, today: false, point: true }));
    let mut points: Vec<Option<CardPoint>> = points.into_iter().map(|(_, point)| Some(point)).collect();
    let names_somebody = ring.is_some_and(|ring| ring != Ring::Nobody);
    let calls = |line: &ObligationView| {
        let call = matches!(line.duty, Duty::ConsultFrontDoor | Duty::NotifyPolice);
        call || (line.duty == Duty::Act && names_somebody)
    };
    let mut cards = Vec::new();
    for (at, one) in deal(&all).into_iter().enumerate() {
        let here: Vec<&ObligationView> =
            one.lines.iter().filter_map(|at| lines.get(*at)).map(|(_, line)| *line).collect();
        let open = || here.iter().filter(|line| line.state == DutyState::Outstanding);
        let said = one.points.iter().filter_map(|at| points.get_mut(at.checked_sub(lines.len())?)?.take());
        let said: Vec<CardPoint> = said.collect();
        cards.push(CardView {
            card: one.card.into(),
            calls: one.card == Card::Ring && here.iter().any(|line| calls(line)),
            due: open().filter_map(|line| line.due).min(),
            overdue: open().any(|line| line.overdue),
            due_now: open().any(|line| line.due_now),
            today: at == 0 || open().any(|line| today(line)),
            open: open().next().is_some(),
            lines: here.iter().map(|line| line.key.clone()).collect(),
            points: said,
        });
    }
    cards
}
