//! The act that the advice begins with: whom to ring, on which number, and when.

use sharewell_guidance::{Advice, Body, Ring, Saying};
use sharewell_records::{HowDue, Moment, Practitioner, Recipient, how_due};

use super::advised::{Advised, advised};
use super::draft::Open;
use super::filled::Filled;
use super::ringing::Ringing;
use crate::error::Result;
use crate::guidance::Wording;
use crate::views::AdviceBand;

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
        Ring::AllegationsOfficer => known(Body::AllegationsOfficer),
        Ring::Emergency
        | Ring::Police
        | Ring::LegalAdviser
        | Ring::DataAdviser
        | Ring::OtherArea
        | Ring::Nobody => Recipient {
            name: term.to_owned(),
            role: String::new(),
            reach: ring.public_number().unwrap_or_default().to_owned(),
        },
    }
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
