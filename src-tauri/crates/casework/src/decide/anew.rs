//! A file was given another nation in the middle of a decision: it stops, and begins anew under the guidance of the
//! nation where the child is now, with the answers that still hold.

use sharewell_guidance::{Kind, Step};
use sharewell_records::{Answer, Answered, DecisionId, Moment};
use sharewell_vault::Vault;

use super::answers;
use super::draft::{self, Open};
use super::steps::place;
use crate::error::{Error, Result};
use crate::guidance::{Wording, serving};
use crate::store;
use crate::views::{NationChangeView, Place};

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
            was,
            now: open.family.case.nation,
        })
    })
}

/// Begins a stopped decision anew under the guidance of the file's nation. Answers stay where the same question is
/// asked there in the same words; what was typed towards the signature goes, since grounds and duties are others.
///
/// # Errors
/// [`Error::NoPack`] where no guidance fits the nation and the day; [`Error::NotFound`] where there is no such draft.
pub fn begin_anew(vault: &mut Vault, decision: DecisionId, now: Moment) -> Result<Place> {
    let draft = store::read(vault, |r| {
        let open = Open::read_stopped(r, decision, now)?;
        let nation = open.family.case.nation;
        let serving = serving::for_day(r, nation, open.on)?;
        let (asked, asks) = (open.wording(), Wording::new(&serving.pack, open.family.language));
        let mut draft = open.draft.clone();
        draft.answers.retain(|given| holds(asked, asks, given, &open));
        draft.nation = nation;
        draft.file_nation = Some(nation);
        draft.pack = serving.pack.reference();
        draft.typing.clear();
        (draft.sign_off, draft.suggested, draft.expired_confirmed) = (None, None, None);
        draft.also.retain(|other| *other != nation);
        Ok(draft)
    })?;
    draft::save(vault, &draft, now)?;
    place(vault, decision, now)
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
