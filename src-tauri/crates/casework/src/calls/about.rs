//! What a call is about: the duty of a decision that is signed or not, with its file.

use std::sync::Arc;

use sharewell_guidance::practice::call::takes_lines;
use sharewell_records::{Answer, DecisionId, Duty, Item, ItemId, Moment, Practitioner};
use sharewell_vault::{Reader, obligations};

use super::rungs;
use crate::decide::{self, Open};
use crate::error::{Error, Result};
use crate::guidance::serving::Carried;
use crate::people::{self, Family};
use crate::views::{CardView, NoticeSort, NoticeView, ObligationView, RungView};

/// What a call is about.
pub(super) struct About {
    pub decision: DecisionId,
    /// The duty, with the calls so far.
    pub duty: ObligationView,
    /// The file.
    pub family: Family,
    /// Whoever rings.
    pub own: Practitioner,
    pub carried: Arc<Carried>,
    /// Whom to ring, the first first.
    pub rungs: Vec<RungView>,
    /// What is to be shared, as far as it was written.
    pub what: String,
    /// Why.
    pub why: String,
    /// The notes of the file, and those on which the decision rests.
    pub items: Vec<Item>,
    pub chosen: Vec<ItemId>,
    /// What is said or asked in this call, as its guidance marks it.
    pub asks: Vec<Ask>,
    /// What is not done.
    pub limits: Vec<String>,
    /// The draft, where it is not signed.
    pub open: Option<Box<Open>>,
}

/// A line of the advice that is said or asked in the call.
pub(super) struct Ask {
    pub key: String,
    pub text: String,
}

/// What is marked for a call: what is done meanwhile, by somebody else or for somebody else, is read on the advice and
/// not here, since what is ticked here counts as said.
fn asks(parts: &Parts) -> Vec<Ask> {
    let ask = |key: &str, text: &str| Ask { key: key.to_owned(), text: text.to_owned() };
    let notices = parts.notices.iter().filter(|one| one.in_call);
    let points = parts.cards.iter().flat_map(|card| &card.points).filter(|one| one.in_call);
    let duties = parts.duties.iter().filter(|one| one.in_call);
    notices
        .map(|one| ask(&one.id, &one.title))
        .chain(duties.map(|one| ask(&one.key, &one.title)))
        .chain(points.map(|one| ask(&one.key, &one.title)))
        .collect()
}

/// What the two kinds of decision have in common.
struct Parts {
    family: Family,
    carried: Arc<Carried>,
    own: Practitioner,
    duties: Vec<ObligationView>,
    notices: Vec<NoticeView>,
    cards: Vec<CardView>,
    outcome: String,
    what: String,
    why: String,
    items: Vec<Item>,
    chosen: Vec<ItemId>,
    open: Option<Box<Open>>,
}

fn chosen<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<ItemId> {
    let items = answers.filter_map(|answer| match answer {
        Answer::Items { items, .. } => Some(items.clone()),
        _ => None,
    });
    items.flatten().collect()
}

impl About {
    pub(super) fn of(r: &Reader<'_>, decision: DecisionId, key: &str, now: Moment) -> Result<Self> {
        let parts = match Open::read(r, decision, now) {
            Ok(open) => drafted(r, open, now)?,
            Err(Error::AlreadySigned) => signed(r, decision, now)?,
            Err(error) => return Err(error),
        };
        let missing = || Error::NotFound { what: "call" };
        let duty = parts.duties.iter().find(|one| one.key == key).cloned().ok_or_else(missing)?;
        let id = key.split('@').next().unwrap_or_default();
        let pack = &parts.carried.pack;
        let ring = pack.rung_by(&parts.outcome, id, duty.duty).ok_or_else(missing)?;
        let at_once = pack.obligations().iter().any(|one| one.id == id && one.is_at_once());
        let rungs = rungs::of(r, &parts.own, &parts.carried, ring, at_once, now)?;
        let asks = if takes_lines(duty.duty, ring) { asks(&parts) } else { Vec::new() };
        let bans = parts.notices.iter().filter(|one| one.kind == NoticeSort::Ban);
        let limits = bans.map(|one| one.title.clone()).collect();
        Ok(Self {
            decision,
            duty,
            rungs,
            asks,
            limits,
            family: parts.family,
            own: parts.own,
            carried: parts.carried,
            what: parts.what,
            why: parts.why,
            items: parts.items,
            chosen: parts.chosen,
            open: parts.open,
        })
    }

    /// Whether it is a chase, which closes on an answer alone.
    pub(super) fn chases(&self) -> bool {
        self.duty.duty == Duty::Escalate
    }

    /// The record of the duty, and where it stands; none before the signature.
    pub(super) fn row(&self, r: &Reader<'_>) -> Result<Option<obligations::ObligationRow>> {
        self.duty.id.map(|id| Ok(obligations::get(r, id)?)).transpose()
    }

    /// The duty in its pack, and the person whom it concerns.
    pub(super) fn key(&self) -> (String, Option<sharewell_records::PersonId>) {
        let id = self.duty.key.split('@').next().unwrap_or_default();
        (id.to_owned(), self.duty.person)
    }
}

fn drafted(r: &Reader<'_>, open: Open, now: Moment) -> Result<Parts> {
    let view = decide::outcome_view(r, &open, now)?;
    let family = Family::of(r, open.draft.case)?;
    Ok(Parts {
        carried: Arc::clone(&open.carried),
        own: open.practitioner.clone(),
        duties: view.obligations,
        notices: view.notices,
        cards: view.cards,
        outcome: view.id,
        what: view.draft.what,
        why: view.heading,
        items: open.items.iter().map(|one| one.record.clone()).collect(),
        chosen: chosen(open.position.path.iter().map(|asked| &asked.answer)),
        family,
        open: Some(Box::new(open)),
    })
}

fn signed(r: &Reader<'_>, decision: DecisionId, now: Moment) -> Result<Parts> {
    decide::read_signed(r, decision, |signed| {
        let family = Family::of(r, signed.decision.case)?;
        let own = people::own(r, &family)?;
        let view = decide::signed_view(signed, now, Some(&own))?;
        let on_path = |one: &&sharewell_records::Answered| signed.decision.path.contains(&one.step);
        Ok(Parts {
            carried: Arc::clone(&signed.carried),
            duties: view.obligations,
            notices: view.notices,
            cards: view.cards,
            outcome: signed.decision.outcome.clone(),
            what: signed.decision.what.clone(),
            why: signed.decision.reasons.clone(),
            items: signed.items.clone(),
            chosen: chosen(signed.decision.answers.iter().filter(on_path).map(|one| &one.answer)),
            family,
            own,
            open: None,
        })
    })
}
