//! A signed decision as it was seen that day: replayed from the answers and the pack that the vault kept.

use std::sync::Arc;

use sharewell_guidance::{Advice, Position};
use sharewell_records::{
    Call, Countersigned, Decision, DecisionId, Disclosure, Duty, Item, Moment, Nation, Obligation,
    Practitioner, Seq, Sha256, StepId,
};
use sharewell_vault::{
    Reader, Vault, calls as kept_calls, countersignatures, decisions, disclosures, items, ledger,
    obligations as kept_obligations,
};

use super::answers::as_answers;
use super::cards;
use super::filled::{Filled, why};
use super::notices;
use super::obligations::{self, Due};
use super::ringing::Ringing;
use super::said::said_view;
use crate::agency;
use crate::error::Result;
use crate::guidance::cite::pack_name;
use crate::guidance::serving::{Carried, kept_pack};
use crate::people::{self, Family};
use crate::sharing::extent::extent_said;
use crate::views::{AnswerLine, DecisionView};
use crate::{flagged, input, restricted, store};

/// A signed decision with all that its view and its document need, from the vault or from a handover's
/// entries.
#[derive(Clone)]
pub(crate) struct Signed<'a> {
    pub decision: &'a Decision,
    pub family: &'a Family,
    pub items: Vec<Item>,
    pub carried: Arc<Carried>,
    /// Its obligations, with how each stands.
    pub standing: Vec<Obligation>,
    /// Its number in the file, from 1.
    pub number: u32,
    /// Who signed it; none where the record of them is gone.
    pub signed_by: Option<Practitioner>,
    pub signed_at: Moment,
    /// What left on its ground, the first first.
    pub left: Vec<Disclosure>,
    /// Calls about it, the first first.
    pub calls: Vec<Call>,
    /// Decisions in the file that follow it, and the nation of each.
    pub after: Vec<(DecisionId, Nation)>,
    /// What a second person said of it, the first first, and when that was taken in.
    pub said: Vec<(Countersigned, Moment)>,
    pub sequence: Seq,
    pub entry_hash: Sha256,
    /// The number of the restricted file in which it stands.
    pub restricted: Option<u32>,
}

/// What the answers give when they are followed again.
pub(crate) struct Replay {
    pub position: Position,
    pub advice: Advice,
}

impl Signed<'_> {
    /// Follows the answers again, under the pack of that day.
    pub(crate) fn replay(&self) -> Result<Replay> {
        let (pack, decision) = (&self.carried.pack, self.decision);
        let answers = as_answers(&decision.answers);
        Ok(Replay {
            position: sharewell_guidance::place(pack, &decision.known, decision.on, &answers)?,
            advice: sharewell_guidance::outcome(pack, &decision.known, decision.on, &answers)?,
        })
    }

    /// The lines of its advice that nobody can tick off, under the pack of that day.
    fn notices(&self) -> Vec<&sharewell_guidance::Notice> {
        let (pack, decision) = (&self.carried.pack, self.decision);
        sharewell_guidance::notices(pack, &decision.known, decision.on, &as_answers(&decision.answers))
    }

    /// What is said on its cards and ticked by nobody, under the pack of that day.
    fn points(&self, advice: &Advice) -> Vec<Due> {
        let basis = obligations::Basis {
            pack: &self.carried.pack,
            advice,
            family: self.family,
            from: self.advised_at(),
            review: self.decision.review,
            decided: self.decision.decided,
            apart: self.restricted.is_some(),
            told_now: None,
        };
        obligations::follow(&basis).into_iter().filter(|one| one.point).collect()
    }

    pub(crate) fn wording(&self) -> Filled<'_> {
        Filled::new(&self.carried.pack, self.family, self.items.iter())
    }

    /// When the advice came to stand: at the last answer that is no write-up. Deadlines run from here.
    pub(crate) fn advised_at(&self) -> Moment {
        let before = self
            .decision
            .path
            .iter()
            .filter(|key| self.carried.pack.step(key).is_some_and(|step| !step.after_advice));
        before.map(|key| self.at(key)).max().unwrap_or(self.decision.started)
    }

    /// When an answer was given.
    pub(crate) fn at(&self, step: &StepId) -> Moment {
        let found = self.decision.answers.iter().find(|one| one.step == *step);
        found.map_or(self.decision.started, |one| one.at)
    }
}

/// A signed decision.
///
/// # Errors
/// [`crate::Error::Vault`] where there is none; [`crate::Error::BadPack`] where the kept pack is not readable.
pub fn decision(vault: &Vault, id: DecisionId, now: Moment) -> Result<DecisionView> {
    store::read(vault, |r| {
        read(r, id, |signed| {
            let own = people::own(r, signed.family)?;
            let mut view = build(signed, now, Some(&own))?;
            agency::show_roles(r, &mut view.said)?;
            Ok(view)
        })
    })
}

/// Reads a signed decision and hands it to `f`.
pub(crate) fn read<T>(r: &Reader<'_>, id: DecisionId, f: impl FnOnce(&Signed<'_>) -> Result<T>) -> Result<T> {
    let recorded = decisions::get(r, id)?;
    let family = Family::of(r, recorded.record.case)?;
    let in_file = decisions::of_case(r, recorded.record.case)?;
    // The newest comes first; the number counts from the oldest.
    let after = in_file.iter().position(|one| one.record.id == id).unwrap_or(0);
    let rows = kept_obligations::of_decision(r, id)?;
    // A decision in a restricted file speaks of what the child's file holds as well.
    let files = std::iter::once(recorded.record.case).chain(family.case.beside);
    let items = files.map(|case| Ok(items::of_case(r, case)?)).collect::<Result<Vec<_>>>()?;
    f(&Signed {
        family: &family,
        items: items.into_iter().flatten().map(|item| item.record).collect(),
        carried: kept_pack(r, &recorded.record.pack)?,
        standing: rows.iter().map(obligations::standing).collect(),
        number: store::small(in_file.len().saturating_sub(after) as u64),
        signed_by: people::author(r, recorded.author)?,
        signed_at: recorded.recorded_at,
        after: in_file
            .iter()
            .filter(|other| other.record.follows == Some(id))
            .map(|other| (other.record.id, other.record.nation))
            .collect(),
        left: disclosures::of_decision(r, id)?.into_iter().rev().map(|one| one.record).collect(),
        calls: kept_calls::of_decision(r, id)?.into_iter().map(|one| one.record).collect(),
        said: countersignatures::of_decision(r, id)?
            .into_iter()
            .map(|one| (one.record, one.recorded_at))
            .collect(),
        sequence: recorded.sequence,
        entry_hash: ledger::get(r, recorded.entry)?.entry_hash,
        restricted: restricted::number(r, recorded.record.case)?,
        decision: &recorded.record,
    })
}

/// The view of a signed decision. In the window the numbers of whoever looks stand beside whom a duty names; on paper
/// and for somebody else's eyes there are none.
pub(crate) fn build(signed: &Signed<'_>, now: Moment, own: Option<&Practitioner>) -> Result<DecisionView> {
    let decision = signed.decision;
    let pack = &signed.carried.pack;
    let wording = signed.wording();
    let Replay { position, advice } = signed.replay()?;
    let line = |step: &StepId| -> Option<AnswerLine> {
        // The answer that stands is the last that was given for the step.
        let asked = position.path.iter().rev().find(|asked| asked.step == *step)?;
        wording.line(&asked.key, asked.number, &asked.answer, signed.at(&asked.key))
    };
    let called = obligations::Called {
        wording: &wording,
        who: &obligations::in_words(&advice),
        ringing: own.map(|own| Ringing { own, now, calendar: &pack.calendar }),
        outcome: &decision.outcome,
    };
    let mut duties = obligations::of_signed(&signed.standing, &called, signed.family, now);
    let calls: Vec<_> = signed.calls.iter().collect();
    obligations::with_calls(&mut duties, &calls);
    let placed: Vec<_> = duties
        .iter()
        .map(|one| (cards::card_of(pack, one.key.split('@').next().unwrap_or_default(), one.duty), one))
        .collect();
    let points = signed.points(&advice);
    let said = points
        .iter()
        .map(|one| (one.card, obligations::point(one, &wording, signed.family, called.ringing)))
        .collect();
    let cards = cards::dealt(&placed, said, advice.act.recipient, now);
    let countersign = |one: &Obligation| one.duty == Duty::Countersign && one.settled.is_none();
    Ok(DecisionView {
        id: decision.id,
        number: signed.number,
        case: decision.case,
        restricted: signed.restricted,
        child: signed.family.called_by(decision.child),
        file_kind: signed.family.case.kind,
        age: signed
            .family
            .person(decision.child)
            .filter(|_| signed.family.has_child())
            .and_then(|child| input::age(&child.birth, decision.on)),
        nation: decision.nation,
        pack: pack_name(pack),
        pack_hash: decision.pack.hash.to_string(),
        provenance: wording.say("pack.lineage"),
        on: decision.on,
        late: decision.on < crate::clock::day_of(signed.signed_at),
        trigger: decision.trigger,
        door: super::known::door(&decision.known),
        request: decision.request.clone(),
        follows: decision.follows,
        followed_by: signed.after.iter().map(|(id, _)| *id).collect(),
        also: decision
            .also
            .iter()
            .filter(|nation| !signed.after.iter().any(|(_, decided)| decided == *nation))
            .copied()
            .collect(),
        advised: decision.advised,
        heading: wording.say(&format!("outcome.{}.title", decision.outcome)),
        decided: decision.decided,
        otherwise: decision.otherwise.clone(),
        reasons: decision.reasons.clone(),
        alternatives: decision.alternatives.clone(),
        what: decision.what.clone(),
        extent: decision.extent.as_ref().map(|one| extent_said(one, &signed.items)),
        rests_on: super::rests::shown(
            &decision.rests_on,
            true,
            &signed.family.names(),
            &signed.items.iter().collect::<Vec<_>>(),
        ),
        recipient: decision.recipient.clone(),
        grounds: decision.grounds.clone(),
        telling: decision.telling.clone(),
        answers: position
            .path
            .iter()
            .filter_map(|asked| wording.full(asked, signed.at(&asked.key)))
            .collect(),
        why: why(&wording, &advice),
        unknown: decision.unknown.iter().filter_map(line).collect(),
        notices: notices::views(&wording, &signed.notices(), &cards),
        cards,
        obligations: duties,
        review: decision.review,
        expired_confirmed: decision.expired_confirmed,
        signed_by: signed.signed_by.as_ref().map(|who| who.name.clone()).unwrap_or_default(),
        signed_at: signed.signed_at,
        sequence: store::small(signed.sequence.0),
        entry_hash: signed.entry_hash.to_string(),
        checklists: super::lists::of_signed(wording.wording, &decision.checklists),
        said: signed.said.iter().map(|(one, taken)| said_view(one, *taken)).collect(),
        countersign_wanted: signed.standing.iter().any(countersign),
        flags: flagged::lines(signed.family),
    })
}
