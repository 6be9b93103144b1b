//! The advice on a page: the act first, why, what follows, the grounds kept apart, and what is typed towards
//! the sign-off.

use sharewell_guidance::{GroundField, GroundsPlan, countersign};
use sharewell_records::{DecisionId, HowDue, Moment, OutcomeKind, has_blank, how_due};
use sharewell_vault::{Reader, Vault};

use super::act::{act, is_at_once, recipient};
use super::advised::{advised, signed_apart};
use super::draft::Open;
use super::filled::{Filled, why};
use super::path::answer_lines;
use super::towards::{basis, typed};
use super::{cards, goes, lists, notices, obligations, ready, rests};
use crate::error::Result;
use crate::failure::FieldFailure;
use crate::guidance::cite::{pack_name, source_views};
use crate::views::{CheckView, GroundView, ObligationView, OutcomeView};
use crate::{flagged, restricted, store};

/// The advice.
///
/// # Errors
/// [`crate::Error::Guidance`] while no advice stands yet.
pub fn outcome(vault: &Vault, decision: DecisionId, now: Moment) -> Result<OutcomeView> {
    store::read(vault, |r| view(r, &Open::read(r, decision, now)?, now))
}

pub(crate) fn view(r: &Reader<'_>, open: &Open, now: Moment) -> Result<OutcomeView> {
    let Some(advised) = advised(open)? else { return Err(sharewell_guidance::Error::NotYet.into()) };
    let pack = &open.carried.pack;
    let advice = &advised.advice;
    let wording = open.filled();
    let suggestion = recipient(open.wording(), advice, &open.practitioner, now);
    let draft = typed(open, &advised, now);
    let due = obligations::follow(&basis(open, &advised, &draft));
    let answers = answer_lines(open, &wording);
    let not_sharing = OutcomeKind::DoNotShare;
    let by = advice.deadline.and_then(|deadline| deadline.due(advised.from, &pack.calendar));
    let how = how_due(by, is_at_once(advice), false, now);
    let ringing = open.ringing(now);
    let act = act(&wording, advice);
    let lines = sharewell_guidance::notices(pack, &open.known, open.on, &open.answers);
    let (points, due): (Vec<_>, Vec<_>) = obligations::shown(&due, now).partition(|one| one.point);
    let said = points
        .into_iter()
        .map(|one| (one.card, obligations::point(one, &wording, &open.family, Some(ringing))));
    let said: Vec<_> = said.collect();
    let mut duties: Vec<ObligationView> = due
        .iter()
        .map(|one| obligations::view(one, &wording, &open.family, ringing, (&advice.id, &draft.settled)))
        .collect();
    let calls: Vec<_> = open.draft.calls.iter().map(|one| &one.call).collect();
    obligations::with_calls(&mut duties, &calls);
    let placed: Vec<_> = std::iter::zip(&due, &duties).map(|(due, view)| (due.card, view)).collect();
    let cards = cards::dealt(&placed, said, advice.act.recipient, now);
    Ok(OutcomeView {
        decision: open.draft.id,
        case: open.draft.case,
        child: open.family.child_name(),
        door: open.draft.door,
        file_kind: open.family.case.kind,
        id: advice.id.clone(),
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        advice: wording.say(&format!("outcome.{}.why", advice.id)),
        first_action: ringing.said(&act),
        no_numbers: ringing.without_number(&act),
        by,
        overdue: how == HowDue::Overdue,
        due_now: how == HowDue::Now,
        recipient: suggestion,
        why: why(&wording, advice),
        notices: notices::views(&wording, &lines, &cards),
        cards,
        hint: wording.say(&format!("outcome.{}.hint", advice.id)),
        obligations: duties,
        unknown: answers.iter().filter(|line| advice.unknown.contains(&base(&line.step))).cloned().collect(),
        answers,
        not_asked: open.position.not_asked.iter().map(|skipped| wording.not_asked(skipped)).collect(),
        grounds: if advice.kind.shares() { grounds(&wording, &advice.grounds) } else { Vec::new() },
        write_up_next: open.position.next().map(|next| next.key.clone()),
        unconfirmed: advice.unconfirmed,
        saved_at: open.draft.sign_off.as_ref().map(|_| open.saved_at),
        draft,
        countersign_if_not_shared: countersign(pack, advice, not_sharing).is_some(),
        other_kinds: OutcomeKind::ALL
            .into_iter()
            .filter(|kind| *kind != advice.kind && ready::may_be_decided(open, &advised, *kind))
            .collect(),
        pack: pack_name(pack),
        provenance: wording.say("pack.lineage"),
        expired: open.expired(),
        apart: signed_apart(open, advice),
        restricted_files: restricted::lines(r, Some(open.draft.case), now)?,
        restricted: open.restricted,
        flags: flagged::lines(&open.family),
        careful: flagged::careful_in_the_act(&open.family),
    })
}

/// The step of an answer's key, without the detour's mark.
fn base(key: &sharewell_records::StepId) -> sharewell_records::StepId {
    sharewell_records::StepId(key.0.split('@').next().unwrap_or_default().to_owned())
}

fn grounds(wording: &Filled<'_>, plan: &GroundsPlan) -> Vec<GroundView> {
    GroundField::ALL
        .into_iter()
        .map(|field| match plan.get(&field) {
            Some(one) => GroundView {
                gate: field.into(),
                blank: has_blank(&wording.say(&one.key)),
                suggested: wording.say(&one.key),
                unconfirmed: one.unconfirmed,
                sources: source_views(wording.pack, &one.sources),
            },
            None => GroundView {
                gate: field.into(),
                suggested: String::new(),
                blank: false,
                unconfirmed: false,
                sources: Vec::new(),
            },
        })
        .collect()
}

/// What still stands between the practitioner and the sign-off.
///
/// # Errors
/// As [`outcome`].
pub fn check(vault: &Vault, decision: DecisionId, now: Moment) -> Result<CheckView> {
    store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let outcome = view(r, &open, now)?;
        let Some(advised) = advised(&open)? else { return Err(sharewell_guidance::Error::NotYet.into()) };
        let missing = ready::missing(&open, &advised, &outcome.draft, now)
            .into_iter()
            .map(FieldFailure::from)
            .collect();
        let decided = outcome.draft.decided.unwrap_or(advised.advice.kind);
        Ok(CheckView {
            countersign: countersign(&open.carried.pack, &advised.advice, decided).is_some(),
            missing,
            signer: open.practitioner.name.clone(),
            lists: lists::offered(open.wording()),
            tell: ready::tell(&open),
            extent: goes::head(&open, &advised, &outcome.draft),
            rests_on: rests::offered(&open, &advised, &outcome.draft),
            outcome,
        })
    })
}
