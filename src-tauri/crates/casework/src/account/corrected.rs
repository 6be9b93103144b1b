//! Correcting what was written down of something that was told to us, or taking it back. The original, the change and the
//! reason stay to be seen; the notes in which it stands follow, and whoever has one of them is told.

use sharewell_records::{
    CaseId, CaseKind, DisclosureId, EntryId, Item, ItemId, LogKind, Moment, Occurred, Payload, Received,
    ReceivedId, london_day, says_name,
};
use sharewell_vault::ledger::{self, Content};
use sharewell_vault::{Reader, Recorded, Vault, cases, disclosures, items, people, received, sharing_log};

use super::received::{Said, came_as, said_by};
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::people::Family;
use crate::sharing::account;
use crate::sharing::limits::is_of;
use crate::sharing::notices::{after_change, reads_otherwise};
use crate::views::{Correction, ReceivedInput, ReceivedView, ReceivedWent, ReceivedWrongInput};
use crate::words::Words;
use crate::{language, store};

/// What came and stands in a file, with the notes of it that stand there.
fn standing(
    r: &Reader<'_>,
    case: CaseId,
    id: ReceivedId,
) -> Result<(Recorded<Received>, Vec<Recorded<Item>>)> {
    let all = received::of_case(r, case)?;
    let one = all.into_iter().find(|one| one.record.id == id).ok_or(Error::NotFound { what: "received" })?;
    let notes =
        items::of_case(r, case)?.into_iter().filter(|note| one.record.items.contains(&note.record.id));
    let notes = notes.collect();
    Ok((one, notes))
}

/// The one note in which something stands. What stands in several is corrected in each of them.
fn only(notes: &[Recorded<Item>]) -> Option<&Item> {
    match notes {
        [one] => Some(&one.record),
        _ => None,
    }
}

/// Something that was told to us, to be corrected: as it stands, and who was given it since.
///
/// # Errors
/// [`Error::NotFound`] where nothing such stands in the file.
pub fn received_of(vault: &Vault, case: CaseId, id: ReceivedId) -> Result<ReceivedView> {
    store::read(vault, |r| {
        let (one, notes) = standing(r, case, id)?;
        let family = Family::of(r, case)?;
        let it = one.record;
        let note = only(&notes);
        let mut went: Vec<ReceivedWent> = Vec::new();
        for item in &it.items {
            for left in sharing_log::carried(r, item.0)? {
                if !went.iter().any(|one| one.id == left) {
                    went.extend(went_to(r, &family, &it, left)?);
                }
            }
        }
        Ok(ReceivedView {
            id,
            source: it.source,
            may_be_named: it.named,
            route: it.route,
            at: it.at,
            text: note.map(|note| note.text.clone()),
            about: note.map(|note| note.about.clone()).unwrap_or_default(),
            ask_first: it.limits.ask_first,
            not_to: it.limits.not_to.join("\n"),
            until: it.limits.until,
            family: it.family_may_know,
            support: it.support,
            from: it.from,
            from_role: it.from_role,
            went,
        })
    })
}

/// To whom it went by something that left; none by what was only made.
fn went_to(r: &Reader<'_>, family: &Family, it: &Received, id: DisclosureId) -> Result<Option<ReceivedWent>> {
    let Some(left) = disclosures::find(r, id)? else { return Ok(None) };
    let left = left.record;
    let to = sharewell_records::Recipient {
        name: left.recipient,
        role: left.recipient_role,
        ..sharewell_records::Recipient::default()
    };
    let against = it.speaks_against((&to.name, &to.role), is_of(family, &to), london_day(left.at));
    Ok(Some(ReceivedWent { id, who: to.name, role: to.role, at: left.at, against }))
}

/// Corrects what was written down of something that was told to us, and its notes with it. Whoever has one of them is to
/// be told; so are they of limits that came to be known after it left. Where nothing changed, nothing is written down.
///
/// # Errors
/// [`Error::Fields`] for everything that is not as it must be, and without a reason; [`Error::NotFound`] where nothing
/// such stands in the file.
pub fn amend_received(
    vault: &mut Vault,
    case: CaseId,
    id: ReceivedId,
    typed: &ReceivedInput,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let (before, notes, in_file, words) = store::read(vault, |r| {
        let (before, notes) = standing(r, case, id)?;
        let in_file: Vec<_> = people::of_case(r, case)?.into_iter().map(|one| one.record.id).collect();
        Ok((before, notes, in_file, Words::of(language::of(r)?)))
    })?;
    let mut form = Form::of_past_days(vault, now)?;
    let here = only(&notes).is_some();
    let said = Said::of(&mut form, typed, &in_file, (Some(&before.record), here), now);
    let received = said.as_ref().map(|said| said.record(id, before.record.items.clone()));
    // What is typed in notes of their own must not say either who it was.
    let gives_away = |text: &str| {
        received.as_ref().is_some_and(|it| !it.named)
            && (says_name(text, &typed.from) || says_name(text, &before.record.from))
    };
    let told = notes.iter().any(|note| gives_away(&note.record.text));
    form.fault_if(!here && told, "from", Problem::NamesProtected);
    let reason = form.reason("reason", reason);
    let (said, received) = form.end(|| Some((said?, received?)))?;
    let amended: Vec<(Item, EntryId)> = notes
        .iter()
        .map(|note| (follow(&note.record, &before.record, &received, words), note.entry))
        .map(|(item, entry)| match here {
            true => (Item { text: said.text.clone(), about: said.about.clone(), ..item }, entry),
            false => (item, entry),
        })
        .zip(&notes)
        .filter(|((item, _), note)| *item != note.record)
        .map(|(amended, _)| amended)
        .collect();
    if received == before.record && amended.is_empty() {
        return Ok(());
    }
    let mut reached: Vec<ItemId> = amended
        .iter()
        .filter(|(item, _)| {
            notes.iter().any(|note| note.record.id == item.id && reads_otherwise(&note.record, item))
        })
        .map(|(item, _)| item.id)
        .collect();
    // Whoever has something did not know of a limit that was not written down.
    if received.limits.are_set() && received.limits != before.record.limits {
        reached.clone_from(&received.items);
    }
    let to_tell = store::read(vault, |r| after_change(r, reached.iter().map(|one| one.0), now))?;
    store::write(vault, now, |w| {
        let mut basis = vec![before.entry];
        for (item, entry) in amended {
            basis.push(
                w.append(Some(case), &Payload::ItemAmended { item, reason: reason.clone() }, &[entry])?.id,
            );
        }
        let amended = w.append(Some(case), &Payload::ReceivedAmended { received, reason }, &basis)?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[amended.id])?;
        }
        Ok(())
    })
}

/// A note as it follows from what is said of it now. What somebody corrected in the note itself stays.
fn follow(note: &Item, before: &Received, now: &Received, words: &Words) -> Item {
    let mut note = note.clone();
    let gives_away = !now.named && (says_name(&note.by, &before.from) || says_name(&note.by, &now.from));
    if note.by == said_by(before, words) || gives_away {
        note.by = said_by(now, words);
    }
    if note.source == came_as(before.route) {
        note.source = came_as(now.route);
    }
    if note.occurred == (Occurred::Moment { at: before.at }) {
        note.occurred = Occurred::Moment { at: now.at };
    }
    note
}

/// Takes back what was written down as told to us in error, with its notes. Where it belongs to another child it is
/// written down anew in that file, as it stood, and its id there is given. Whoever has one of the notes is to be told.
///
/// # Errors
/// [`Error::Fields`] without a reason, and for a file into which it cannot go; [`Error::NotFound`] where nothing such
/// stands in the file.
pub fn withdraw_received(
    vault: &mut Vault,
    case: CaseId,
    id: ReceivedId,
    typed: &ReceivedWrongInput,
    now: Moment,
) -> Result<Option<ReceivedId>> {
    let ((before, notes), from) =
        store::read(vault, |r| Ok((standing(r, case, id)?, cases::get(r, case)?.record)))?;
    let mut form = Form::new();
    let elsewhere = form.chosen("belongs", typed.elsewhere) == Some(true);
    form.fault_if(elsewhere && typed.to.is_none(), "to", Problem::Missing);
    let to = match typed.to.filter(|_| elsewhere) {
        Some(to) => {
            let to = store::read(vault, |r| Ok(cases::get(r, to)?.record))?;
            // Nothing passes from or into a restricted file by this.
            let family = |kind| kind == CaseKind::Family;
            form.fault_if(
                to.id == case || !family(to.kind) || !family(from.kind),
                "to",
                Problem::NotAnOption,
            );
            Some(to)
        }
        None => None,
    };
    let reason = form.reason("reason", &typed.reason);
    let reason = form.end(|| Some(reason))?;
    let gone: Vec<ItemId> = notes.iter().map(|note| note.record.id).collect();
    let to_tell = store::read(vault, |r| after_change(r, gone.iter().map(|one| one.0), now))?;
    // It is about the child of that file where it was about the child of this one; nobody else passes over.
    let anew = to.map(|to| {
        let about = |note: &Item| if note.about.contains(&from.child) { vec![to.child] } else { Vec::new() };
        let items: Vec<Item> = notes
            .iter()
            .map(|note| Item {
                id: store::item_id(now),
                about: about(&note.record),
                visit: None,
                ..note.record.clone()
            })
            .collect();
        let received = Received {
            id: ReceivedId(store::new_id(now)),
            items: items.iter().map(|item| item.id).collect(),
            ..before.record.clone()
        };
        (to.id, items, received)
    });
    let written = anew.as_ref().map(|(_, _, received)| received.id);
    store::write(vault, now, |w| {
        let mut basis = vec![before.entry];
        for note in &notes {
            let taken = Payload::ItemWithdrawn { id: note.record.id, reason: reason.clone() };
            basis.push(w.append(Some(case), &taken, &[note.entry])?.id);
        }
        let taken = w.append(Some(case), &Payload::ReceivedWithdrawn { id, reason }, &basis)?;
        for (case, duty) in &to_tell {
            w.append(*case, duty, &[taken.id])?;
        }
        // Neither file says which the other is: they are two families.
        if let Some((to, items, received)) = anew {
            let mut noted = Vec::new();
            for item in items {
                noted.push(w.append(Some(to), &Payload::ItemRecorded { item }, &[])?.id);
            }
            w.append(Some(to), &Payload::ReceivedRecorded { received }, &noted)?;
        }
        Ok(())
    })?;
    Ok(written)
}

/// What was said of something before it was corrected, the latest correction first. Whoever may not be named now is named
/// in no earlier form either.
pub(super) fn corrections(r: &Reader<'_>, latest: &Received) -> Result<Vec<Correction>> {
    let words = Words::of(language::of(r)?);
    let (mut all, mut before): (Vec<Correction>, Option<Received>) = (Vec::new(), None);
    let was = |form: Received| {
        let form = Received { named: form.named && latest.named, ..form };
        let (from, limits) = account::received(&form, words);
        let how = words.list(&[&from, words.route.of(form.route), &words.moment(form.at)]);
        words.series(&[&how, &limits])
    };
    for entry in ledger::history(r, latest.id)? {
        let (reason, at) = (
            |payload: &Payload| match payload {
                Payload::ReceivedAmended { reason, .. } | Payload::ReceivedWithdrawn { reason, .. } => {
                    reason.clone()
                }
                _ => String::new(),
            },
            entry.header.recorded_at,
        );
        let Content::Known(payload) = entry.content else { continue };
        let reason = reason(&payload);
        let next = match *payload {
            Payload::ReceivedRecorded { received } | Payload::ReceivedAmended { received, .. } => {
                Some(received)
            }
            Payload::ReceivedWithdrawn { .. } => before.clone(),
            _ => continue,
        };
        if let Some(before) = before.take() {
            all.insert(0, Correction { was: was(before), reason, at });
        }
        before = next;
    }
    Ok(all)
}

/// Whether limits on a note came to be known after a moment, and speak against whoever has it; none where they did not.
pub(super) fn limited_since(
    r: &Reader<'_>,
    (family, case): (&Family, CaseId),
    (item, to): (ItemId, (&str, &str)),
    (left, since): (Moment, Moment),
) -> Result<Option<bool>> {
    for one in received::of_case(r, case)? {
        let it = one.record;
        if !it.items.contains(&item) || !it.limits.are_set() {
            continue;
        }
        let (mut limits, mut changed) = (None, None);
        for entry in ledger::history(r, it.id)? {
            let at = entry.header.recorded_at;
            let Content::Known(payload) = entry.content else { continue };
            if let Payload::ReceivedRecorded { received } | Payload::ReceivedAmended { received, .. } =
                *payload
            {
                if limits.as_ref().is_some_and(|before| *before != received.limits) {
                    changed = Some(at);
                }
                limits = Some(received.limits);
            }
        }
        if changed.is_some_and(|at| at > since) {
            let recipient = sharewell_records::Recipient {
                name: to.0.to_owned(),
                role: to.1.to_owned(),
                ..sharewell_records::Recipient::default()
            };
            return Ok(Some(it.speaks_against(to, is_of(family, &recipient), london_day(left))));
        }
    }
    Ok(None)
}

/// Whether a line of the log is something that came in, and can be corrected.
pub(super) fn can_be_corrected(kind: LogKind, state: sharewell_records::LogState) -> bool {
    kind == LogKind::Received && state == sharewell_records::LogState::Received
}
