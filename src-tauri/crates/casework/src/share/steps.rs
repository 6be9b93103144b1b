//! What became of a share: a person says that it is sent, and that somebody answered.
//!
//! What left is recorded where it is sent, under the share's own id; each duty that the share shows to be met is closed by
//! it. Nothing is closed by paper that only a person can close (`practice.md` 3).

use sharewell_guidance::practice::closing;
use sharewell_records::{
    Against, Disclosure, DisclosureId, Duty, Moment, Payload, Settlement, Share, ShareAcknowledged,
    ShareSent, ShareState, is_checked,
};
use sharewell_vault::{Reader, Recorded, Vault, obligations, shares};

use super::basis::Basis;
use super::door::Door;
use super::inside::Inside;
use super::made;
use super::typed;
use crate::children::breach_duties;
use crate::error::{Error, Problem, Result};
use crate::input::Form;
use crate::sharing::closes::{Closed, by_what_left};
use crate::sharing::shares::reference;
use crate::views::{ShareAnsweredInput, ShareSentInput};
use crate::words::Words;
use crate::{language, store};

/// Records that a share was sent: what left, and each duty that it shows to be met.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be; [`Error::AlreadySettled`] where it was sent.
pub fn share_sent(vault: &mut Vault, id: DisclosureId, typed: &ShareSentInput, now: Moment) -> Result<()> {
    let (row, basis, language, bars) = store::read(vault, |r| {
        let row = shares::get(r, id)?;
        if row.record.state() != ShareState::Made {
            return Err(Error::AlreadySettled);
        }
        let basis = Basis::of(r, row.record.decision)?;
        let inside = Inside::of(r, &basis, now)?;
        let holding = inside.holding();
        let bars =
            Door::of(&basis, &inside, &holding, Some(row.record.route)).bars(&basis, &row.record, &inside);
        Ok((row, basis, language::of(r)?, bars))
    })?;
    let (words, family) = (Words::of(language), &basis.family);
    let to = basis.decision.recipient.clone();
    let mut form = Form::new();
    // What left is written down, whatever stood against it. What has not left yet does not leave.
    form.fault_if(!bars.is_empty() && !typed.had_left, "had_left", Problem::NotAnOption);
    let kept_out = [Against::Flagged, Against::KeptFrom, Against::RecipientProtected];
    let astray = kept_out.iter().any(|one| bars.contains(one));
    let at = form.left("at", typed.when.as_ref(), now);
    let why_not = if typed.check.is_none() { Problem::Missing } else { Problem::NoCheck };
    form.fault_if(!is_checked(typed.check), "check", why_not);
    let checked = form.text("checked", &typed.checked);
    let how = form.required_name("how", &typed.how);
    let theirs = form.name("reference", &typed.reference);
    let at = form.end(|| at)?;
    let (noted, extent) =
        store::read(vault, |r| Ok((typed::noted(r, id)?, made::of(r, id)?.map(|one| one.extent))))?;
    let share =
        Share { sent: Some(ShareSent { at, how: how.clone(), reference: theirs }), ..row.record.clone() };
    let count = share.manifest.items.len();
    let (papers, went) = (share.manifest.papers.len(), &words.share);
    let papers = match papers {
        0 => String::new(),
        count => went.papers.of(store::small(count as u64)).fill(&[("count", &count.to_string())]),
    };
    let barred = barred(&bars, words);
    let parts: Vec<&str> = [checked.as_str(), &how, &noted.why_open, &barred]
        .into_iter()
        .chain(noted.papers_why.iter().map(String::as_str))
        .collect();
    let disclosure = Disclosure {
        id,
        decision: Some(share.decision),
        recipient: to.name,
        recipient_role: to.role,
        check: typed.check,
        checked: words.series(&parts),
        route: share.route,
        what: words.list(&[
            &went
                .what
                .of(store::small(count as u64))
                .fill(&[("count", &count.to_string()), ("reference", &reference(id))]),
            &papers,
        ]),
        why: basis.decision.reasons.clone(),
        limits: words.share.limits.fill(&[("to", &basis.decision.recipient.name)]),
        at,
        extent: extent.or_else(|| {
            let gone = |item| share.manifest.holds(item);
            basis.decision.extent.as_ref().map(|one| one.as_went(gone))
        }),
    };
    let closed = store::read(vault, |r| shown(r, &share, &disclosure, words))?;
    let case = Some(basis.decision.case);
    store::write(vault, now, |w| {
        let left = w.append(case, &Payload::DisclosureRecorded { disclosure }, &[basis.entry, row.entry])?;
        w.append(case, &Payload::ShareRecorded { share }, &[row.entry, left.id])?;
        for Closed { row, settlement } in closed {
            let settled = Payload::ObligationSettled { id: row.obligation.id, settlement };
            w.append(row.case, &settled, &[row.entry, left.id])?;
        }
        if astray {
            for duty in breach_duties(family.case.nation, now, now) {
                w.append(case, &duty, &[left.id])?;
            }
        }
        Ok(())
    })
}

/// That something stood against what left; empty where nothing did.
fn barred(bars: &[Against], words: &Words) -> String {
    if bars.is_empty() {
        return String::new();
    }
    let bars: Vec<&str> = bars.iter().map(|one| words.extent.against.of(*one)).collect();
    words.extent.had_left.fill(&[("against", &words.list(&bars))])
}

/// The duties that a share shows to be met: what left by it, and what its file is.
fn shown(r: &Reader<'_>, share: &Share, disclosure: &Disclosure, words: &Words) -> Result<Vec<Closed>> {
    let mut closed = by_what_left(r, disclosure)?;
    let note = words
        .share
        .shown
        .fill(&[("reference", &reference(share.id)), ("moment", &words.moment(disclosure.at))]);
    for row in obligations::of_decision(r, share.decision)? {
        let known = closed.iter().any(|one| one.row.obligation.id == row.obligation.id);
        if row.settled.is_none() && !known && closing::shown_by_a_share(row.obligation.duty, share.route) {
            closed.push(Closed { row, settlement: Settlement::Done { note: note.clone() } });
        }
    }
    Ok(closed)
}

/// Records that somebody on the other side answered, and what they will do. It closes the chase: an answer is what it was
/// for.
///
/// # Errors
/// [`Error::Fields`] for what is not as it must be; [`Error::NotFound`] where it was not sent,
/// [`Error::AlreadySettled`] where somebody had answered.
pub fn share_acknowledged(
    vault: &mut Vault,
    id: DisclosureId,
    typed: &ShareAnsweredInput,
    now: Moment,
) -> Result<()> {
    let row: Recorded<Share> = store::read(vault, |r| Ok(shares::get(r, id)?))?;
    let sent_at = match (&row.record.sent, row.record.state()) {
        (Some(sent), ShareState::Sent) => sent.at,
        (_, ShareState::Acknowledged) => return Err(Error::AlreadySettled),
        _ => return Err(Error::NotFound { what: "share" }),
    };
    let mut form = Form::new();
    let at = form.left("at", typed.when.as_ref(), now);
    let by = form.required_name("by", &typed.by);
    let will_do = form.required("will_do", &typed.will_do);
    // Nobody answers what was not sent yet.
    form.fault_if(at.is_some_and(|at| at < sent_at), "at", Problem::BadDate);
    let at = form.end(|| at)?;
    let (chase, words, case) = store::read(vault, |r| {
        let duties = obligations::of_decision(r, row.record.decision)?;
        let chase =
            duties.into_iter().find(|one| one.obligation.duty == Duty::Escalate && one.settled.is_none());
        let case = sharewell_vault::decisions::get(r, row.record.decision)?.record.case;
        Ok((chase, Words::of(language::of(r)?), case))
    })?;
    let note = words.share.answered.fill(&[("who", &by), ("moment", &words.moment(at)), ("what", &will_do)]);
    let share = Share { acknowledged: Some(ShareAcknowledged { at, by, will_do }), ..row.record.clone() };
    store::write(vault, now, |w| {
        let told = w.append(Some(case), &Payload::ShareRecorded { share }, &[row.entry])?;
        if let Some(chase) = &chase {
            let settled =
                Payload::ObligationSettled { id: chase.obligation.id, settlement: Settlement::Done { note } };
            w.append(chase.case, &settled, &[chase.entry, told.id])?;
        }
        Ok(())
    })?;
    // Whoever has read it needs no new words; what was typed stands nowhere but in the record of what went.
    store::forget(vault, &typed::key(id))?;
    made::forget(vault, id)
}
