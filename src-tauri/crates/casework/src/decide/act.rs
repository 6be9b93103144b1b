//! The act that the advice begins with: whom to ring, on which number, and when.

use std::collections::BTreeSet;

use sharewell_guidance::practice::hours;
use sharewell_guidance::{Advice, Body, Calendar, Ring, Saying};
use sharewell_records::{HowDue, Moment, Practitioner, Recipient, how_due};

use super::advised::{Advised, advised};
use super::draft::Open;
use super::filled::Filled;
use crate::error::Result;
use crate::guidance::Wording;
use crate::views::{AdviceBand, NoNumber};

/// Whom the act rings, on the number that the practitioner's own settings have for them; the pack says who. Where
/// no number is known none is shown.
pub(crate) fn recipient(wording: Wording<'_>, advice: &Advice, own: &Practitioner, now: Moment) -> Recipient {
    let Some(ring) = advice.act.recipient else { return Recipient::default() };
    let term = ring.term().map(|term| wording.text(&format!("term.{term}"))).unwrap_or_default();
    let known = |body: Body| {
        let (name, reach) = Ringing { own, now, calendar: &wording.pack.calendar }.known(body);
        Recipient {
            name: if name.is_empty() { term } else { name }.to_owned(),
            role: term.to_owned(),
            reach: reach.to_owned(),
        }
    };
    match ring {
        Ring::FrontDoor => known(Body::FrontDoor),
        Ring::Adviser => known(Body::Adviser),
        Ring::Emergency | Ring::Police | Ring::LegalAdviser | Ring::DataAdviser | Ring::Nobody => Recipient {
            name: term.to_owned(),
            role: String::new(),
            reach: ring.public_number().unwrap_or_default().to_owned(),
        },
    }
}

/// The numbers that the practitioner noted, as they are answered at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Ringing<'a> {
    pub own: &'a Practitioner,
    pub now: Moment,
    pub calendar: &'a Calendar,
}

impl<'a> Ringing<'a> {
    /// Their own name and number; empty where it is not known.
    pub(crate) fn known(&self, body: Body) -> (&'a str, &'a str) {
        let own = self.own;
        let (day, night) = (&own.front_door_phone, &own.out_of_hours_phone);
        match body {
            Body::FrontDoor => (&own.front_door_name, hours::answered(self.now, self.calendar, day, night)),
            Body::OutOfHours => ("", night),
            Body::Adviser => (&own.lead_name, &own.lead_phone),
            Body::AllegationsOfficer => ("", &own.allegations_phone),
        }
    }

    /// A line with each number straight after the name that it belongs to, and each number once. A number that is the
    /// same for everybody stands in the pack's words already.
    pub(crate) fn said(&self, parts: &[Saying]) -> String {
        let mut line = String::new();
        let mut shown = BTreeSet::new();
        let mut rest = parts.iter().peekable();
        while let Some(part) = rest.next() {
            match part {
                Saying::Words(words) => line.push_str(words),
                Saying::Named(body, called) => {
                    line.push_str(called);
                    let (name, number) = self.known(*body);
                    if number.is_empty() || !shown.insert(number) {
                        continue;
                    }
                    line.push_str(" – ");
                    if !name.is_empty() && !called.ends_with(name) {
                        line.push_str(name);
                        line.push_str(", ");
                    }
                    line.push_str(number);
                    if matches!(rest.peek(), Some(Saying::Words(next)) if next.starts_with(' ')) {
                        line.push_str(" –");
                    }
                }
            }
        }
        line
    }

    /// Those whom a line names and whose number is not known, each once.
    pub(crate) fn without_number(&self, parts: &[Saying]) -> Vec<NoNumber> {
        let mut missing: Vec<NoNumber> = Vec::new();
        for part in parts {
            if let Saying::Named(body, name) = part
                && self.known(*body).1.is_empty()
                && !missing.iter().any(|one| one.whose == (*body).into())
            {
                missing.push(NoNumber { whose: (*body).into(), name: name.clone() });
            }
        }
        missing
    }
}

/// A line as it stands where no number belongs.
pub(crate) fn plainly(parts: &[Saying]) -> String {
    let text = |part: &Saying| match part {
        Saying::Words(text) | Saying::Named(_, text) => text.clone(),
    };
    parts.iter().map(text).collect()
}

/// The act itself, with name and number beside each of those whom it names.
pub(crate) fn first_action(wording: &Filled<'_>, advice: &Advice, ringing: Ringing<'_>) -> String {
    ringing.said(&act(wording, advice))
}

/// The parts of the act.
pub(crate) fn act(wording: &Filled<'_>, advice: &Advice) -> Vec<Saying> {
    wording.saying(&format!("outcome.{}.act", advice.id))
}

/// The advice in a band above a question of the write-up.
pub(crate) fn band(open: &Open, now: Moment) -> Result<Option<AdviceBand>> {
    let Some(Advised { advice, from }) = advised(open)? else { return Ok(None) };
    let wording = open.filled();
    let by = advice.deadline.and_then(|deadline| deadline.due(from, &open.carried.pack.calendar));
    let how = how_due(by, is_at_once(&advice), false, now);
    Ok(Some(AdviceBand {
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        first_action: first_action(&wording, &advice, open.ringing(now)),
        by,
        overdue: how == HowDue::Overdue,
        due_now: how == HowDue::Now,
    }))
}

/// Whether what is advised is to be done the moment it is advised.
pub(crate) fn is_at_once(advice: &Advice) -> bool {
    advice.deadline == Some(sharewell_guidance::Deadline::Now)
}
