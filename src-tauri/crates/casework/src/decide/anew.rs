//! A file was given another nation in the middle of a decision: it stops, and begins anew under the guidance of the
//! nation where the child is now, with the answers that still hold.

use sharewell_guidance::{Kind, Pack, Step};
use sharewell_records::{Advice, Answer, Answered, DecisionId, Grounds, Moment, StepId};
use sharewell_vault::Vault;

use super::answers;
use super::draft::Open;
use super::sign::advice_at;
use super::steps::place;
use crate::error::{Error, Result};
use crate::guidance::{Wording, serving};
use crate::sharing::log::advice_payloads;
use crate::views::{NationChangeView, Place, SignOffInput};
use crate::{flagged, store};

/// Why a begun decision stopped.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft, or it did not stop.
pub fn nation_change(vault: &Vault, decision: DecisionId, now: Moment) -> Result<NationChangeView> {
    store::read(vault, |r| {
        let open = Open::read_stopped(r, decision, now)?;
        let was = open.nation_was().ok_or(Error::NotFound { what: "change of nation" })?;
        Ok(NationChangeView {
            case: open.draft.case,
            child: if open.restricted.is_some() { String::new() } else { open.family.child_name() },
            flags: flagged::lines(&open.family),
            was,
            now: open.family.case.nation,
        })
    })
}

/// Begins a stopped decision anew under the guidance of the file's nation. Answers stay where the same question is
/// asked there in the same words. Advice that was taken and is asked for anew is written down now: it was had. What was
/// typed towards the signature stays, but for the choice, the grounds and the checklists, which are others there.
///
/// # Errors
/// [`Error::NoPack`] where no guidance fits the nation and the day; [`Error::NotFound`] where there is no such draft.
pub fn begin_anew(vault: &mut Vault, decision: DecisionId, now: Moment) -> Result<Place> {
    let (draft, advice) = store::read(vault, |r| {
        let open = Open::read_stopped(r, decision, now)?;
        let nation = open.family.case.nation;
        let serving = serving::for_day(r, nation, open.on)?;
        let (asked, asks) = (open.wording(), Wording::new(&serving.pack, open.family.language));
        let mut draft = open.draft.clone();
        draft.answers.retain(|given| holds(asked, asks, given, &open));
        draft.nation = nation;
        draft.file_nation = Some(nation);
        draft.pack = serving.pack.reference();
        draft.typing.retain(|typed| same_question(asked, asks, &typed.step));
        draft.sign_off = draft.sign_off.map(|typed| kept(&serving.pack, typed));
        (draft.suggested, draft.expired_confirmed) = (None, None);
        draft.also.retain(|other| *other != nation);
        let gone = |step: &StepId| !draft.answers.iter().any(|given| given.step == *step);
        let advice = advice_at(&open, now, gone);
        Ok((draft, advice))
    })?;
    let advice = advice.into_iter().map(|one| Advice { decision: None, ..one });
    let advice: Vec<_> = advice.flat_map(|one| advice_payloads(one, now)).collect();
    let kept = draft.to_draft(now)?;
    store::write(vault, now, |w| {
        for payload in &advice {
            w.append(Some(draft.case), payload, &[])?;
        }
        Ok(w.save_draft(&kept)?)
    })?;
    place(vault, decision, now)
}

/// What was typed towards the signature, but for what another guidance words otherwise.
fn kept(pack: &Pack, typed: SignOffInput) -> SignOffInput {
    let there = |key: &str| {
        let id = key.split('@').next().unwrap_or_default();
        pack.obligations().iter().any(|one| one.id == id)
    };
    SignOffInput {
        decided: None,
        grounds: Grounds::default(),
        settled: typed.settled.into_iter().filter(|one| there(&one.key)).collect(),
        checklists: Vec::new(),
        ..typed
    }
}

/// Whether both ask a question in the same words and in the same form.
fn same_question(asked: Wording<'_>, asks: Wording<'_>, step: &StepId) -> bool {
    let (Some(before), Some(after)) = (asked.pack.step(step), asks.pack.step(step)) else { return false };
    let question = format!("step.{}.question", before.id);
    before.id == after.id && before.kind == after.kind && asked.text(&question) == asks.text(&question)
}

/// Whether an answer still holds: both ask it of the same people in the same words, and offer what was chosen in the
/// same words. What a law or an age decides is asked again, since it is worded otherwise.
fn holds(asked: Wording<'_>, asks: Wording<'_>, given: &Answered, open: &Open) -> bool {
    let (Some(before), Some(after)) = (asked.pack.step(&given.step), asks.pack.step(&given.step)) else {
        return false;
    };
    let same = |key: &str| asked.text(key) == asks.text(key);
    let question = format!("step.{}.question", before.id);
    let hint = format!("step.{}.hint", before.id);
    before.id == after.id
        && before.kind == after.kind
        && same(&question)
        && same(&hint)
        && chosen(before, &given.answer).all(|value| {
            asked.text(&asked.pack.option_key(&before.id, value))
                == asks.text(&asks.pack.option_key(&after.id, value))
        })
        && answers::complete(after, &given.answer, &open.choosable(after)).is_ok()
}

/// The options that an answer names.
fn chosen<'a>(step: &Step, answer: &'a Answer) -> impl Iterator<Item = &'a str> {
    let values: Vec<&str> = match answer {
        Answer::Choice { value, .. } => vec![value],
        Answer::Choices { values, .. } => values.iter().map(String::as_str).collect(),
        Answer::EachPerson { rows } => rows.iter().map(|row| row.value.as_str()).collect(),
        Answer::Checklist { rows } if step.kind == Kind::Checklist => {
            rows.iter().map(|row| row.point.as_str()).collect()
        }
        Answer::Checklist { .. }
        | Answer::Text { .. }
        | Answer::Date { .. }
        | Answer::People { .. }
        | Answer::Adviser { .. }
        | Answer::Items { .. }
        | Answer::Weighing { .. } => Vec::new(),
    };
    values.into_iter()
}
