//! The act that the advice begins with: whom to ring, on which number, and when.

use chrono::Timelike;
use sharewell_guidance::{Advice, Pack, is_working_day};
use sharewell_records::{Moment, OutcomeKind, Practitioner, Recipient};

use super::advised::{Advised, advised};
use super::draft::Open;
use super::wording::Wording;
use crate::clock;
use crate::error::Result;
use crate::guidance::serving::text;
use crate::views::AdviceBand;

/// The police, in every nation.
const EMERGENCY_NUMBER: &str = "999";

/// Whom an act names first, as the practitioner's own settings know them.
pub(crate) fn recipient(pack: &Pack, advice: &Advice, own: &Practitioner, now: Moment) -> Recipient {
    let act = text(pack, &format!("outcome.{}.act", advice.id));
    let term = |name: &str| text(pack, &format!("term.{name}"));
    if advice.kind == OutcomeKind::EmergencyShare {
        let reach = EMERGENCY_NUMBER.to_owned();
        return Recipient { name: term("police").to_owned(), role: String::new(), reach };
    }
    let named = |name: &str| {
        let words = term(name);
        if words.is_empty() { None } else { act.find(words) }
    };
    let door = named("front_door");
    let adviser = [named("adviser"), named("lead")].into_iter().flatten().min();
    let or = |own: &str, term: &str| if own.is_empty() { term.to_owned() } else { own.to_owned() };
    match (door, adviser) {
        (Some(door), None) => front_door(pack, own, now, door),
        (Some(door), Some(adviser)) if door < adviser => front_door(pack, own, now, door),
        (_, Some(_)) => Recipient {
            name: or(&own.lead_name, term("adviser")),
            role: term("adviser").to_owned(),
            reach: own.lead_phone.clone(),
        },
        (None, None) => Recipient::default(),
    }
}

/// The front door, on the number that is answered at this hour.
fn front_door(pack: &Pack, own: &Practitioner, now: Moment, _at: usize) -> Recipient {
    let term = text(pack, "term.front_door");
    let local = clock::day_of(now);
    let hour = now.0.with_timezone(&chrono_tz::Europe::London).hour();
    let closed = !is_working_day(local.0, pack.nation) || !(9..17).contains(&hour);
    let reach = match (closed, own.out_of_hours_phone.as_str(), own.front_door_phone.as_str()) {
        (true, "", day) => day,
        (true, night, _) => night,
        (false, night, "") => night,
        (false, _, day) => day,
    };
    let name = if own.front_door_name.is_empty() { term } else { &own.front_door_name };
    Recipient { name: name.to_owned(), role: term.to_owned(), reach: reach.to_owned() }
}

/// The act itself, with name and number.
pub(crate) fn first_action(wording: &Wording<'_>, advice: &Advice, recipient: &Recipient) -> String {
    let act = wording.say(&format!("outcome.{}.act", advice.id));
    if recipient.reach.is_empty() || recipient.reach == EMERGENCY_NUMBER {
        return act;
    }
    format!("{}: {}, {}", act.trim_end_matches('.'), recipient.name, recipient.reach)
}

/// The advice in a band above a question of the write-up.
pub(crate) fn band(open: &Open, now: Moment) -> Result<Option<AdviceBand>> {
    let Some(Advised { advice, from }) = advised(open)? else { return Ok(None) };
    let wording = Wording::new(&open.carried.pack, &open.family, open.items.iter().map(|item| &item.record));
    let recipient = recipient(&open.carried.pack, &advice, &open.practitioner, now);
    Ok(Some(AdviceBand {
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        first_action: first_action(&wording, &advice, &recipient),
        by: advice.deadline.and_then(|deadline| deadline.due(from, open.carried.pack.nation)),
    }))
}
