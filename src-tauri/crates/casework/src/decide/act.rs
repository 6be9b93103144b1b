//! The act that the advice begins with: whom to ring, on which number, and when.

use sharewell_guidance::practice::hours;
use sharewell_guidance::{ActWords, Advice, Ring};
use sharewell_records::{Moment, Practitioner, Recipient, is_overdue};

use super::advised::{Advised, advised};
use super::draft::Open;
use super::filled::Filled;
use crate::error::Result;
use crate::guidance::Wording;
use crate::views::AdviceBand;

/// Whom the act rings, on the number that the practitioner's own settings have for them; the pack says who. Where
/// no number is known none is shown.
pub(crate) fn recipient(wording: Wording<'_>, advice: &Advice, own: &Practitioner, now: Moment) -> Recipient {
    let Some(ring) = advice.act.recipient else { return Recipient::default() };
    let term = ring.term().map(|term| wording.text(&format!("term.{term}"))).unwrap_or_default();
    let known = |name: &str, reach: &str| Recipient {
        name: if name.is_empty() { term } else { name }.to_owned(),
        role: term.to_owned(),
        reach: reach.to_owned(),
    };
    match ring {
        Ring::FrontDoor => {
            let (day, night) = (&own.front_door_phone, &own.out_of_hours_phone);
            known(&own.front_door_name, hours::answered(now, &wording.pack.calendar, day, night))
        }
        Ring::Adviser => known(&own.lead_name, &own.lead_phone),
        Ring::Emergency | Ring::Police | Ring::LegalAdviser | Ring::DataAdviser | Ring::Nobody => Recipient {
            name: term.to_owned(),
            role: String::new(),
            reach: ring.public_number().unwrap_or_default().to_owned(),
        },
    }
}

/// The act itself, with name and number beside whom it rings. A number that is the same for everybody stands in the
/// pack's words already.
pub(crate) fn first_action(wording: &Filled<'_>, advice: &Advice, recipient: &Recipient) -> String {
    let public = advice.act.recipient.and_then(Ring::public_number).is_some();
    let ActWords { to_name, rest } = wording.act(&advice.id);
    if public || recipient.reach.is_empty() {
        return format!("{to_name}{rest}");
    }
    let Recipient { name, reach, .. } = recipient;
    let own = if to_name.ends_with(name.as_str()) { reach.clone() } else { format!("{name}, {reach}") };
    let close = if rest.starts_with(' ') { " –" } else { "" };
    format!("{to_name} – {own}{close}{rest}")
}

/// The advice in a band above a question of the write-up.
pub(crate) fn band(open: &Open, now: Moment) -> Result<Option<AdviceBand>> {
    let Some(Advised { advice, from }) = advised(open)? else { return Ok(None) };
    let wording = open.filled();
    let recipient = recipient(open.wording(), &advice, &open.practitioner, now);
    let by = advice.deadline.and_then(|deadline| deadline.due(from, &open.carried.pack.calendar));
    Ok(Some(AdviceBand {
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        first_action: first_action(&wording, &advice, &recipient),
        by,
        overdue: is_overdue(by, false, now),
    }))
}
