//! The numbers that stand beside those whom an act or a duty names.

use std::collections::BTreeSet;

use sharewell_guidance::practice::hours;
use sharewell_guidance::{Body, Calendar, Saying};
use sharewell_records::{Moment, Practitioner};

use crate::views::NoNumber;

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
            Body::AllegationsOfficer => ("", &own.officer_phone),
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
