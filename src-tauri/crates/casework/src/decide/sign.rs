//! Signing off: one write, after which nothing of the decision changes.

use sharewell_guidance::Pack;
use sharewell_records::{
    Advice, AdviceId, AdviserResult, Answer, Decision, DecisionId, Followed, Grounds, Moment, ObligationId,
    Occurred, OutcomeKind, Payload, StepId,
};
use sharewell_vault::{Access, Vault, packs as kept};

use super::advised::{Advised, advised, signed_apart};
use super::draft::{DraftDecision, Open};
use super::filled::Filled;
use super::grounds::grounds_changed;
use super::{calls, goes, obligations, ready, rests, towards};
use crate::error::Result;
use crate::restricted::{self, Target};
use crate::sharing::log::advice_payloads;
use crate::views::SignOffInput;
use crate::words::Words;
use crate::{clock, store};

/// Signs a decision and gives its id. Duties that are still open do not stand in the way: they show on the home page.
///
/// # Errors
/// [`crate::Error::NotReady`] names the first field that is missing; [`crate::Error::AlreadySigned`].
pub fn sign_off(
    vault: &mut Vault,
    decision: DecisionId,
    typed: SignOffInput,
    now: Moment,
) -> Result<DecisionId> {
    let open = store::read(vault, |r| Open::read(r, decision, now))?;
    let Some(advised) = advised(&open)? else {
        return Err(sharewell_guidance::Error::NotYet.into());
    };
    let (typed, decided) = ready::signable(&open, &advised, &typed, now)?;
    let mut signed = record(&open, &advised, &typed, decided, now);
    let otherwise = signed.decided != signed.advised;
    // An allegation about staff is never signed into the child's file.
    let apart = typed.apart || signed_apart(&open, &advised.advice);
    let target = match apart && open.restricted.is_none() {
        true => Some(store::read(vault, |r| Target::of(r, signed.case, typed.restricted_file, now))?),
        false => None,
    };
    signed.case = target.as_ref().map_or(signed.case, |target| target.case);
    let case = signed.case;
    let items: Vec<_> = open.items.iter().map(|item| (item.entry, item.record.clone())).collect();
    let advice: Vec<Payload> =
        advice_taken(&open, now).into_iter().flat_map(|one| advice_payloads(one, now)).collect();
    let calls = store::read(vault, |r| calls::signed(r, &open, &signed, now))?;
    let files: Vec<kept::PackFile> = open.carried.files.clone().into_iter().collect();
    let author = open.practitioner.id;
    store::write(vault, now, |w| {
        w.keep_pack(&signed.pack, &files)?;
        if let Some(target) = &target {
            target.open(w)?;
        }
        if apart {
            restricted::state_again(w, case, &signed, &items)?;
        }
        w.append(Some(case), &Payload::DecisionSigned { decision: Box::new(signed) }, &[])?;
        for payload in advice.iter().chain(&calls) {
            w.append(Some(case), payload, &[])?;
        }
        if apart {
            restricted::close_if_nothing_to_set_apart(w, case)?;
        }
        if otherwise {
            w.log(now, Some(case), &Access::Overridden { by: author, what: format!("decision:{decision}") })?;
        }
        w.delete_draft(&DraftDecision::key(decision))?;
        w.sign_checkpoint()?;
        Ok(())
    })?;
    Ok(decision)
}

fn record(
    open: &Open,
    advised: &Advised,
    typed: &SignOffInput,
    decided: OutcomeKind,
    now: Moment,
) -> Decision {
    let draft = &open.draft;
    let basis = towards::basis(open, advised, typed);
    let review = basis.review;
    let due = obligations::follow(&basis);
    let shown = &Words::of(open.family.language).shown.by_reasons;
    let reasons = (!typed.reasons.trim().is_empty()).then_some(shown.as_str());
    // What is only said is said again from the kept pack, and stands in no list.
    let obligations: Vec<_> = due
        .iter()
        .filter(|one| !one.point)
        .map(|one| {
            let id = ObligationId(store::new_id(now));
            obligations::record(one, id, draft.id, &typed.settled, reasons)
        })
        .map(|one| calls::logged(one, open))
        .collect();
    let advice = &advised.advice;
    Decision {
        id: draft.id,
        case: draft.case,
        child: draft.child,
        nation: draft.nation,
        pack: open.carried.pack.reference(),
        trigger: draft.trigger,
        follows: draft.follows,
        started: draft.started,
        on: open.on,
        known: open.known.clone(),
        answers: draft.answers.clone(),
        path: open.position.path.iter().map(|asked| asked.key.clone()).collect(),
        outcome: advice.id.clone(),
        advised: advice.kind,
        decided,
        otherwise: typed.otherwise.clone(),
        reasons: typed.reasons.clone(),
        alternatives: typed.alternatives.clone(),
        what: typed.what.clone(),
        recipient: typed.recipient.clone(),
        grounds: grounds(open, advised, typed),
        telling: typed.telling.clone(),
        unknown: advice.unknown.clone(),
        obligations,
        review,
        expired_confirmed: open.expired().and_then(|expired| expired.confirmed_at),
        request: draft.request.clone(),
        checklists: super::lists::kept(&open.carried.pack, &typed.checklists),
        also: draft.also.clone(),
        extent: goes::signed(open, advised, typed),
        rests_on: rests::rests_on(open, advised, typed),
    }
}

/// The grounds as typed; a reason for changing them only where something was changed.
fn grounds(open: &Open, advised: &Advised, typed: &SignOffInput) -> Grounds {
    let mut grounds = typed.grounds.clone();
    if !grounds_changed(open, advised, &grounds) {
        grounds.changed_because.clear();
    }
    grounds
}

/// The advice that was taken on the way (A11). Advice that could not be had is an answer and no advice.
pub(crate) fn advice_taken(open: &Open, now: Moment) -> Vec<Advice> {
    advice_at(open, now, |_| true)
}

/// As [`advice_taken`], of some questions.
pub(crate) fn advice_at(open: &Open, now: Moment, at: impl Fn(&StepId) -> bool) -> Vec<Advice> {
    let pack: &Pack = &open.carried.pack;
    let wording = Filled::new(pack, &open.family, std::iter::empty());
    let mut taken = Vec::new();
    for asked in open.position.path.iter().filter(|asked| at(&asked.key)) {
        let Answer::Adviser { who, own_agency, named, result, said } = &asked.answer else { continue };
        let followed = match result {
            AdviserResult::Agrees => Followed::Yes,
            AdviserResult::Disagrees => Followed::NotYet,
            AdviserResult::Blank
            | AdviserResult::NotReached
            | AdviserResult::Implicated
            | AdviserResult::NotAsked => continue,
        };
        taken.push(Advice {
            id: AdviceId(store::new_id(now)),
            decision: Some(open.draft.id),
            adviser: who.clone(),
            own_agency: *own_agency,
            named: *named,
            question: wording.say(&format!("step.{}.question", asked.step)),
            answer: said.clone(),
            followed,
            at: Occurred::Moment { at: clock::now_from(open.at(&asked.key).0.to_utc()) },
        });
    }
    taken
}
