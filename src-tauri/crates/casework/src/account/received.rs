//! Writing down what we were told: who gave it, how and when, under which limits, and the note itself, in one write.

use sharewell_records::{
    CaseId, Item, ItemSource, Mark, Moment, Occurred, Payload, Received, ReceivedId, Route, SendersLimits,
    SourceKind, fold,
};
use sharewell_vault::{Vault, cases, people};

use crate::error::{Problem, Result};
use crate::input::Form;
use crate::views::ReceivedInput;
use crate::words::Words;
use crate::{language, store};

/// A name of fewer letters stands in too many other words to be looked for.
const SHORTEST_NAME: usize = 3;

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
    let source = form.chosen("source", typed.source);
    let anonymous = source == Some(SourceKind::Anonymous);
    let from = if anonymous { String::new() } else { form.required_name("from", &typed.from) };
    let from_role = form.name("from_role", &typed.from_role);
    let named = source.is_some_and(|source| source.is_named() || typed.may_be_named && !anonymous);
    let route = form.chosen("route", typed.route);
    let at = form.left("when", typed.when.as_ref(), now);
    let text = form.required("text", &typed.text);
    form.fault_if(!named && names(&text, &from), "text", Problem::NamesProtected);
    form.fault_if(typed.about.iter().any(|one| !in_file.contains(one)), "about", Problem::NotAnOption);
    let lines: Vec<String> =
        typed.not_to.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let not_to = form.names("not_to", &lines);
    let until = form.coming_day("until", &typed.until, now);
    let limits = SendersLimits { ask_first: typed.ask_first, not_to, until };
    // A day until which nothing holds says that a limit was forgotten.
    form.fault_if(until.is_some() && !limits.are_set(), "until", Problem::NotAnOption);
    let family = form.chosen("family", typed.family);
    let support = form.text("support", &typed.support);
    let id = ReceivedId(store::new_id(now));
    let (item, received) = form.end(|| {
        let by = if named { words.list(&[&from, &from_role]) } else { words.account.kept_source.clone() };
        let item = Item {
            id: store::item_id(now),
            mark: Mark::Reported,
            source: came_as(route?),
            text,
            by,
            about: typed.about.clone(),
            occurred: Occurred::Moment { at: at? },
            labels: Vec::new(),
            visit: None,
        };
        let received = Received {
            id,
            items: vec![item.id],
            source: source?,
            from,
            from_role,
            named,
            route: route?,
            at: at?,
            limits,
            family_may_know: family?,
            support,
        };
        Some((item, received))
    })?;
    store::write(vault, now, |w| {
        let noted = w.append(Some(case), &Payload::ItemRecorded { item }, &[])?;
        w.append(Some(case), &Payload::ReceivedRecorded { received }, &[noted.id])?;
        Ok(())
    })?;
    Ok(id)
}

/// Whether a text names somebody who may not be named.
fn names(text: &str, name: &str) -> bool {
    let name = fold(name.trim());
    name.chars().count() >= SHORTEST_NAME && fold(text).contains(&name)
}

/// What kind of note it makes.
const fn came_as(route: Route) -> ItemSource {
    match route {
        Route::Telephone => ItemSource::Call,
        Route::InPerson => ItemSource::Meeting,
        Route::SecureEmail | Route::Portal | Route::ByHand | Route::Post | Route::EncryptedFile => {
            ItemSource::Message
        }
    }
}
