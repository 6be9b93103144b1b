//! Replay (A12): a signed decision exactly as it was asked that day, and what today's guidance would make of the
//! same answers. Nothing is stored, and nothing of the decision changes.

use std::collections::BTreeSet;

use sharewell_guidance::{Advice, GroundField, Place, outcome, place};
use sharewell_records::{Answer, DecisionId, Moment};
use sharewell_vault::{Reader, Vault};

use super::answers::as_answers;
use super::filled::Filled;
use super::signed::{self, Replay, Signed};
use crate::error::Result;
use crate::guidance::cite::pack_name;
use crate::guidance::serving;
use crate::views::{AskedView, GroundChangeView, ReplayNowView, ReplayView};
use crate::{clock, store};

/// A signed decision as it was asked, and re-run under the guidance of today.
///
/// # Errors
/// [`crate::Error::Vault`] where there is no such decision; [`crate::Error::NoPack`] where its nation has no
/// guidance today.
pub fn replay(vault: &Vault, id: DecisionId, now: Moment) -> Result<ReplayView> {
    store::read(vault, |r| signed::read(r, id, |signed| build(r, signed, now)))
}

fn build(r: &Reader<'_>, signed: &Signed<'_>, now: Moment) -> Result<ReplayView> {
    let decision = signed.decision;
    let then = signed.replay()?;
    let wording = signed.wording();
    let asked = then.position.path.iter().filter_map(|asked| {
        let step = signed.carried.pack.step(&asked.key)?;
        Some(AskedView {
            number: asked.number,
            step: wording.step(&asked.key, step),
            chosen: chosen(&asked.answer),
            answer: wording.answer(step, &asked.answer),
            at: signed.at(&asked.key),
        })
    });
    let today = serving::for_day(r, decision.nation, clock::day_of(now))?;
    let same = today.pack.hash == signed.carried.pack.hash;
    Ok(ReplayView {
        decision: decision.id,
        case: decision.case,
        child: signed.family.called_by(decision.child),
        number: signed.number,
        on: decision.on,
        pack: pack_name(&signed.carried.pack),
        provenance: wording.say("pack.lineage"),
        heading: wording.say(&format!("outcome.{}.title", then.advice.id)),
        kind: then.advice.kind,
        asked: asked.collect(),
        now: if same { None } else { Some(rerun(signed, &then, &today.pack, now)?) },
    })
}

/// The same answers under another pack, and only what differs.
fn rerun(
    signed: &Signed<'_>,
    then: &Replay,
    pack: &sharewell_guidance::Pack,
    now: Moment,
) -> Result<ReplayNowView> {
    let decision = signed.decision;
    let on = clock::day_of(now);
    let answers = as_answers(&decision.answers);
    let position = place(pack, &decision.known, on, &answers)?;
    let before = signed.wording();
    let after = Filled::new(pack, signed.family, signed.items.iter());
    let advice: Option<Advice> = match &position.place {
        Place::Asking { .. } => None,
        Place::Advised { .. } | Place::Done { .. } => Some(outcome(pack, &decision.known, on, &answers)?),
    };
    let next = match &position.place {
        Place::Asking { next } | Place::Advised { next, .. } => {
            pack.step(&next.key).map(|step| after.say(&format!("step.{}.question", step.id)))
        }
        Place::Done { .. } => None,
    };
    let question = |wording: &Filled<'_>, step: &sharewell_records::StepId| {
        wording.say(&format!("step.{step}.question"))
    };
    let was: BTreeSet<_> = then.position.path.iter().map(|asked| asked.step.clone()).collect();
    let is: BTreeSet<_> = position.path.iter().map(|asked| asked.step.clone()).collect();
    let said_then = then.position.path.iter().filter(|asked| is.contains(&asked.step));
    let reworded = said_then.filter_map(|asked| {
        let (before, after) = (question(&before, &asked.step), question(&after, &asked.step));
        (before != after).then_some((before, after))
    });
    let duties = |wording: &Filled<'_>, advice: &Advice| -> BTreeSet<String> {
        let what = |key: &str| wording.say_of(&format!("obligation.{key}.what"), "");
        advice.obligations.iter().map(|plan| what(&plan.key)).collect()
    };
    let duties_then = duties(&before, &then.advice);
    let duties_now = advice.as_ref().map(|advice| duties(&after, advice)).unwrap_or_default();
    let grounds = advice.as_ref().map(|advice| {
        let text = |wording: &Filled<'_>, advice: &Advice, field: GroundField| {
            advice.grounds.get(&field).map(|one| wording.say(&one.key)).unwrap_or_default()
        };
        let fields: BTreeSet<GroundField> =
            then.advice.grounds.keys().chain(advice.grounds.keys()).copied().collect();
        fields
            .into_iter()
            .map(|field| GroundChangeView {
                gate: field.into(),
                before: text(&before, &then.advice, field),
                after: text(&after, advice, field),
            })
            .filter(|change| change.before != change.after)
            .collect()
    });
    Ok(ReplayNowView {
        pack: pack_name(pack),
        on,
        heading: advice.as_ref().map(|one| after.say(&format!("outcome.{}.title", one.id))),
        kind: advice.as_ref().map(|one| one.kind),
        same_advice: advice
            .as_ref()
            .is_some_and(|one| one.kind == then.advice.kind && one.id == then.advice.id),
        next,
        // Where it stops at a question, what would follow is not known.
        asked_no_more: if advice.is_some() {
            was.difference(&is).map(|step| question(&before, step)).collect()
        } else {
            Vec::new()
        },
        reworded: reworded.collect(),
        duties_gone: if advice.is_some() {
            duties_then.difference(&duties_now).cloned().collect()
        } else {
            Vec::new()
        },
        duties_new: duties_now.difference(&duties_then).cloned().collect(),
        grounds: grounds.unwrap_or_default(),
    })
}

/// The values that were chosen, of an answer that is a choice.
fn chosen(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Choice { value, .. } => vec![value.clone()],
        Answer::Choices { values, .. } => values.clone(),
        Answer::Text { .. }
        | Answer::Date { .. }
        | Answer::People { .. }
        | Answer::Adviser { .. }
        | Answer::Items { .. }
        | Answer::Weighing { .. }
        | Answer::EachPerson { .. }
        | Answer::Checklist { .. } => Vec::new(),
    }
}
