//! Writing down what we were told: who gave it, how and when, under which limits, and the note itself, in one write.

use sharewell_records::{
    CaseId, Item, ItemSource, Mark, MayKnow, Moment, Occurred, Payload, PersonId, Received, ReceivedId,
    Route, SendersLimits, SourceKind, says_name,
};
use sharewell_vault::{Vault, cases, people};

use crate::error::{Problem, Result};
use crate::input::{Form, coming_day};
use crate::views::ReceivedInput;
use crate::words::Words;
use crate::{language, store};

/// What is said of something that came, checked.
pub(super) struct Said {
    source: SourceKind,
    from: String,
    from_role: String,
    named: bool,
    route: Route,
    at: Moment,
    limits: SendersLimits,
    family: MayKnow,
    support: String,
    /// What was said, and whom it is about.
    pub(super) text: String,
    pub(super) about: Vec<PersonId>,
}

impl Said {
    /// As it is typed. `before`: how it stood, where it is corrected; `in_note`: whether what was said is typed here as
    /// well, and not in notes of their own.
    pub(super) fn of(
        form: &mut Form,
        typed: &ReceivedInput,
        in_file: &[PersonId],
        (before, in_note): (Option<&Received>, bool),
        now: Moment,
    ) -> Option<Self> {
        let source = form.chosen("source", typed.source);
        let anonymous = source == Some(SourceKind::Anonymous);
        let from = if anonymous { String::new() } else { form.required_name("from", &typed.from) };
        let from_role = form.name("from_role", &typed.from_role);
        let named = source.is_some_and(|source| source.is_named() || typed.may_be_named && !anonymous);
        let route = form.chosen("route", typed.route);
        let at = form.left("when", typed.when.as_ref(), now);
        let text = if in_note { form.required("text", &typed.text) } else { String::new() };
        // Nor does it give away whoever was named before.
        let stood = before.map(|before| before.from.as_str()).unwrap_or_default();
        let gives_away = says_name(&text, &from) || says_name(&text, stood);
        form.fault_if(!named && gives_away, "text", Problem::NamesProtected);
        form.fault_if(typed.about.iter().any(|one| !in_file.contains(one)), "about", Problem::NotAnOption);
        let lines: Vec<String> =
            typed.not_to.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let not_to = form.names("not_to", &lines);
        let until = form.day("until", &typed.until, now);
        // A day that stood there before may have passed since.
        let stood = before.and_then(|before| before.limits.until);
        let until = until.and_then(|day| match Some(day) == stood {
            true => Some(day),
            false => form.take(coming_day(day, now, "until")),
        });
        let limits = SendersLimits { ask_first: typed.ask_first, not_to, until };
        // A day until which nothing holds says that a limit was forgotten.
        form.fault_if(until.is_some() && !limits.are_set(), "until", Problem::NotAnOption);
        let family = form.chosen("family", typed.family);
        let support = form.text("support", &typed.support);
        Some(Self {
            source: source?,
            from,
            from_role,
            named,
            route: route?,
            at: at?,
            limits,
            family: family?,
            support,
            text,
            about: typed.about.clone(),
        })
    }

    /// It as a record.
    pub(super) fn record(&self, id: ReceivedId, items: Vec<sharewell_records::ItemId>) -> Received {
        Received {
            id,
            items,
            source: self.source,
            from: self.from.clone(),
            from_role: self.from_role.clone(),
            named: self.named,
            route: self.route,
            at: self.at,
            limits: self.limits.clone(),
            family_may_know: self.family,
            support: self.support.clone(),
        }
    }
}

/// Writes down what was told to us, with the note in which it stands, and gives its id. Whoever may not be named stands in
/// no note.
///
/// # Errors
/// [`crate::Error::Fields`] for everything that is not as it must be.
pub fn record_received(
    vault: &mut Vault,
    case: CaseId,
    typed: &ReceivedInput,
    now: Moment,
) -> Result<ReceivedId> {
    let (in_file, words) = store::read(vault, |r| {
        cases::get(r, case)?;
        let in_file: Vec<_> = people::of_case(r, case)?.into_iter().map(|one| one.record.id).collect();
        Ok((in_file, Words::of(language::of(r)?)))
    })?;
    let mut form = Form::of_past_days(vault, now)?;
    let said = Said::of(&mut form, typed, &in_file, (None, true), now);
    let said = form.end(|| said)?;
    let note = store::item_id(now);
    let received = said.record(ReceivedId(store::new_id(now)), vec![note]);
    let Said { text, about, .. } = said;
    let item = Item {
        id: note,
        mark: Mark::Reported,
        source: came_as(received.route),
        text,
        by: said_by(&received, words),
        about,
        occurred: Occurred::Moment { at: received.at },
        labels: Vec::new(),
        visit: None,
    };
    let id = received.id;
    store::write(vault, now, |w| {
        let noted = w.append(Some(case), &Payload::ItemRecorded { item }, &[])?;
        w.append(Some(case), &Payload::ReceivedRecorded { received }, &[noted.id])?;
        Ok(())
    })?;
    Ok(id)
}

/// Who said it, as its note says so: nobody who may not be named.
pub(super) fn said_by(received: &Received, words: &Words) -> String {
    match received.named {
        true => words.list(&[&received.from, &received.from_role]),
        false => words.account.kept_source.clone(),
    }
}

/// What kind of note it makes.
pub(super) const fn came_as(route: Route) -> ItemSource {
    match route {
        Route::Telephone => ItemSource::Call,
        Route::InPerson => ItemSource::Meeting,
        Route::SecureEmail | Route::Portal | Route::ByHand | Route::Post | Route::EncryptedFile => {
            ItemSource::Message
        }
    }
}
