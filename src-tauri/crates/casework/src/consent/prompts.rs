//! What consent leaves to be done, in the one list of duties: ask again before a yes ends, look at it on its day, tell
//! recipients that it ended, and look again at what went while a mistake stood. None is left open that the record shows
//! to be done.

use sharewell_records::{
    CaseId, ConsentEvent, ConsentId, Consents, Day, Duty, Moment, Obligation, ObligationId, Payload,
    Settlement, WORKING_DAY_ENDS, Weight, birthday,
};
use sharewell_vault::{Reader, Writer, consents, obligations};

use super::said;
use crate::error::Result;
use crate::people::Names;
use crate::words::Words;
use crate::{clock, store};

/// How long before its last day somebody is asked again.
const AHEAD: i64 = 14;

/// What is to be done about an event of consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Ask again before it ends.
    Ends(ConsentId),
    /// Look at it on the day that was agreed.
    Review(ConsentId),
    /// Tell a recipient that it ended: their place among the event's cells.
    Notice(ConsentId, usize),
    /// Look again at what went while it was thought to be true.
    Struck(ConsentId),
    /// Ask the person themselves, who is of this age now.
    Birthday(ConsentId, u16),
}

const ENDS: &str = "consent_ends";
const REVIEW: &str = "consent_review";
const NOTICE: &str = "consent_notice";
const STRUCK: &str = "consent_struck";
const BIRTHDAY: &str = "consent_birthday";

/// The birthdays on which a person is asked themselves, where somebody else answered for them. They change nothing.
const BIRTHDAYS: [u16; 4] = [12, 13, 16, 18];

impl Prompt {
    fn key(self) -> String {
        match self {
            Self::Ends(id) => format!("{ENDS}:{id}"),
            Self::Review(id) => format!("{REVIEW}:{id}"),
            Self::Notice(id, at) => format!("{NOTICE}:{id}:{at}"),
            Self::Struck(id) => format!("{STRUCK}:{id}"),
            Self::Birthday(id, age) => format!("{BIRTHDAY}:{id}:{age}"),
        }
    }

    const fn duty(self) -> Duty {
        match self {
            Self::Ends(_) | Self::Review(_) | Self::Struck(_) | Self::Birthday(..) => Duty::Review,
            Self::Notice(..) => Duty::TellLimits,
        }
    }

    /// It as a duty of a file.
    pub(super) fn payload(self, event: &ConsentEvent, due: Day, now: Moment) -> Payload {
        let obligation = Obligation {
            id: ObligationId(store::new_id(now)),
            decision: None,
            emergency: None,
            duty: self.duty(),
            key: self.key(),
            person: event.giver.as_ref().and_then(|giver| giver.person),
            due: Some(clock::at(due, WORKING_DAY_ENDS)),
            settled: None,
        };
        Payload::ObligationAdded { obligation }
    }

    /// What it says, and a second line. On a page that somebody may glance at it names nobody.
    pub(crate) fn words(
        self,
        r: &Reader<'_>,
        case: CaseId,
        veiled: bool,
        words: &Words,
    ) -> Result<(String, String)> {
        let said = &words.consent.due;
        let (pattern, hint, event) = match self {
            Self::Ends(id) => (&said.ends, &said.ends_hint, id),
            Self::Review(id) => (&said.review, &said.review_hint, id),
            Self::Notice(id, _) => (&said.notice, &said.notice_hint, id),
            Self::Struck(id) => (&said.struck, &said.struck_hint, id),
            Self::Birthday(id, _) => (&said.birthday, &said.birthday_hint, id),
        };
        if veiled {
            return Ok((said.veiled.clone(), String::new()));
        }
        let event = consents::get(r, event)?.record;
        let names = Names::of(r, case)?.by_id();
        let named = event.cells.iter().map(|cell| cell.recipient.name.as_str());
        let mut recipients: Vec<&str> = Vec::new();
        for (at, name) in named.enumerate() {
            let meant = !matches!(self, Self::Notice(_, only) if only != at);
            if meant && !recipients.contains(&name) {
                recipients.push(name);
            }
        }
        let day = event.until.map(|day| words.day(day)).unwrap_or_default();
        let age = match self {
            Self::Birthday(_, age) => age.to_string(),
            Self::Ends(_) | Self::Review(_) | Self::Notice(..) | Self::Struck(_) => String::new(),
        };
        let owed = names.get(&event.owed).map(String::as_str).unwrap_or_default();
        let what = pattern.fill(&[
            ("giver", &said::giver(&event, &names)),
            ("recipients", &words.list(&recipients)),
            ("purpose", &event.purpose.words),
            ("day", &day),
            ("owed", owed),
            ("age", &age),
        ]);
        Ok((what, hint.clone()))
    }
}

/// What a duty's key says is to be done about consent; none where it is about something else.
pub(crate) fn prompt_of(key: &str) -> Option<Prompt> {
    let mut parts = key.split(':');
    let (kind, id) = (parts.next()?, parts.next()?.parse().ok()?);
    match kind {
        ENDS => Some(Prompt::Ends(id)),
        REVIEW => Some(Prompt::Review(id)),
        NOTICE => Some(Prompt::Notice(id, parts.next()?.parse().ok()?)),
        STRUCK => Some(Prompt::Struck(id)),
        BIRTHDAY => Some(Prompt::Birthday(id, parts.next()?.parse().ok()?)),
        _ => None,
    }
}

/// What a yes leaves to be done: to ask again some days before it ends, to look at it on its day, and to ask the person
/// themselves on their next birthday that matters, where somebody else said it for them. `born`: their day of birth.
pub(super) fn of_a_yes(event: &ConsentEvent, born: Option<Day>, now: Moment) -> Vec<Payload> {
    if !event.says_yes() {
        return Vec::new();
    }
    let today = clock::day_of(now);
    let ahead = |until| today.max(clock::days_after(until, -AHEAD));
    let ends = event.until.map(|until| Prompt::Ends(event.id).payload(event, ahead(until), now));
    let review = event.review.map(|on| Prompt::Review(event.id).payload(event, on, now));
    let for_them = event.giver.as_ref().is_some_and(|giver| giver.weight(event.owed) == Weight::For);
    let birthday = born.filter(|_| for_them).and_then(|born| {
        let after = clock::day_of(event.happened).max(today);
        let (age, on) =
            BIRTHDAYS.into_iter().map(|age| (age, birthday(born, age))).find(|(_, on)| *on > after)?;
        let still = event.until.is_none_or(|until| until >= on);
        still.then(|| Prompt::Birthday(event.id, age).payload(event, on, now))
    });
    ends.into_iter().chain(review).chain(birthday).collect()
}

/// The open duties to ask again that no yes is left for: it was answered anew, withdrawn, replaced, or never true.
pub(super) fn done(
    r: &Reader<'_>,
    case: CaseId,
    stands: &Consents,
) -> Result<Vec<obligations::ObligationRow>> {
    let left = |row: &obligations::ObligationRow| match prompt_of(&row.obligation.key) {
        Some(Prompt::Ends(id) | Prompt::Review(id) | Prompt::Birthday(id, _)) => {
            row.settled.is_none() && !stands.is_last_yes(id)
        }
        Some(Prompt::Notice(..) | Prompt::Struck(_)) | None => false,
    };
    Ok(obligations::of_case(r, case)?.into_iter().filter(left).collect())
}

/// Closes what the record shows to be done.
pub(super) fn close(
    w: &mut Writer<'_>,
    done: &[obligations::ObligationRow],
    by: sharewell_records::EntryId,
    words: &Words,
) -> Result<()> {
    for row in done {
        let settlement = Settlement::Done { note: words.consent.due.shown.clone() };
        let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
        w.append(row.case, &settled, &[row.entry, by])?;
    }
    Ok(())
}
