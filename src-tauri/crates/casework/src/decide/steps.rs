//! Question by question: beginning, answering, changing an answer, stopping and coming back.

use sharewell_guidance::practice::caution;
use sharewell_guidance::{Body, Change, Kind, Opt, Place as Engine, Step, Tag, change};
use sharewell_records::{Answer, DecisionId, Moment, PersonRole, StepId, fold};
use sharewell_vault::{Access, Reader, Vault};

use super::advised::telling;
use super::answers;
use super::draft::{self, DraftDecision, Open};
use super::path::{answer_lines, request_line};
use super::{act, body, calls, outcome, sign};
use crate::error::{Error, Result};
use crate::sharing::log::advice_payloads;
use crate::views::{
    ChangeView, ItemChoiceView, KnownAdviser, LaterBecause, PersonChoiceView, Place, QuestionView, Relation,
};
use crate::{flagged, input, store};

/// Where a decision stands: at a question, at its advice, or signed.
///
/// # Errors
/// [`Error::NotFound`] where there is no such decision.
pub fn place(vault: &Vault, decision: DecisionId, now: Moment) -> Result<Place> {
    store::read(vault, |r| match Open::read(r, decision, now) {
        Ok(open) => where_it_stands(r, &open, now),
        Err(Error::AlreadySigned) => Ok(Place::Signed { id: decision }),
        Err(error) => Err(error),
    })
}

fn where_it_stands(r: &Reader<'_>, open: &Open, now: Moment) -> Result<Place> {
    Ok(match &open.position.place {
        Engine::Asking { next } => {
            Place::Question { question: Box::new(question_view(open, &next.key, now)?) }
        }
        Engine::Advised { .. } | Engine::Done { .. } => {
            Place::Outcome { outcome: Box::new(outcome::view(r, open, now)?) }
        }
    })
}

/// One question, answered or next.
///
/// # Errors
/// [`Error::NotOnPath`] where the answers do not lead to it.
pub fn question(vault: &Vault, decision: DecisionId, step: &StepId, now: Moment) -> Result<QuestionView> {
    store::read(vault, |r| question_view(&Open::read(r, decision, now)?, step, now))
}

/// Whether the answers lead to a step, answered or next.
fn on_path(open: &Open, key: &StepId) -> bool {
    open.position.path.iter().any(|asked| asked.key == *key)
        || open.position.next().is_some_and(|next| next.key == *key)
}

fn question_view(open: &Open, key: &StepId, now: Moment) -> Result<QuestionView> {
    let lost = || Error::NotOnPath { step: key.0.clone() };
    if !on_path(open, key) {
        return Err(lost());
    }
    let pack = &open.carried.pack;
    let step = pack.step(key).ok_or_else(lost)?;
    let wording = open.filled();
    let path = &open.position.path;
    let at = path.iter().position(|asked| asked.key == *key).unwrap_or(path.len());
    let kept = |list: &[sharewell_records::Answered]| list.iter().find(|one| one.step == *key).cloned();
    let answered = kept(&open.draft.typing).or_else(|| kept(&open.draft.answers));
    Ok(QuestionView {
        decision: open.draft.id,
        case: open.draft.case,
        child: open.family.child_name(),
        door: open.draft.door,
        file_kind: open.family.case.kind,
        nation: open.draft.nation,
        step: wording.step(key, step),
        number: u32::try_from(at + 1).unwrap_or(u32::MAX),
        saved_at: answered.as_ref().map(|one| one.at),
        answer: answered.map(|one| one.answer),
        back: at.checked_sub(1).and_then(|before| path.get(before)).map(|asked| asked.key.clone()),
        answers: answer_lines(open, &wording),
        not_asked: open.position.not_asked.iter().map(|skipped| wording.not_asked(skipped)).collect(),
        advice: act::band(open, now)?,
        expired: open.expired(),
        on: open.draft.on,
        request: open.draft.request.as_ref().map(request_line),
        people: people_choices(open, step),
        advisers: known_advisers(open, step, now),
        whose: whose(open, step),
        items: if step.kind == Kind::Items { item_choices(open) } else { Vec::new() },
        flags: flagged::lines(&open.family),
    })
}

fn item_choices(open: &Open) -> Vec<ItemChoiceView> {
    open.items
        .iter()
        .map(|item| ItemChoiceView {
            id: item.record.id,
            mark: item.record.mark,
            text: item.record.text.clone(),
            by: item.record.by.clone(),
            occurred: item.record.occurred.clone(),
        })
        .collect()
}

/// Whom the practitioner could ask, with their numbers: first whom the question means. Whoever is the adviser
/// themselves asks somebody else.
fn known_advisers(open: &Open, step: &Step, now: Moment) -> Vec<KnownAdviser> {
    if step.kind != Kind::Adviser {
        return Vec::new();
    }
    let ringing = open.ringing(now);
    let front_door = step.asks(Tag::FrontDoor);
    let known = |body: Body| {
        let (name, number) = ringing.known(body);
        let meant = (body == Body::FrontDoor) == front_door;
        KnownAdviser { name: name.to_owned(), number: number.to_owned(), meant }
    };
    let own = fold(&open.practitioner.name);
    let mut all: Vec<KnownAdviser> = [Body::Adviser, Body::FrontDoor].map(known).into();
    all.retain(|one| !one.name.is_empty() && fold(&one.name) != own);
    all.sort_by_key(|one| !one.meant);
    all
}

/// Whose confidence a question about agreement is about, by name, as far as that was answered.
fn whose(open: &Open, step: &Step) -> Vec<String> {
    if !step.asks(Tag::Consent) {
        return Vec::new();
    }
    let owed = open.position.path.iter().rev().find_map(|asked| match &asked.answer {
        Answer::People { people, words }
            if open.carried.pack.step(&asked.key).is_some_and(|step| step.asks(Tag::WhoseConfidence)) =>
        {
            Some((people, words))
        }
        _ => None,
    });
    let Some((people, words)) = owed else { return Vec::new() };
    let names = people.iter().filter_map(|id| Some(open.family.person(*id)?.name.clone()));
    names.chain([words.trim().to_owned()]).filter(|name| !name.is_empty()).collect()
}

/// Who can be chosen at a question about people, with the default that safe practice suggests. It is never
/// chosen for the practitioner.
fn people_choices(open: &Open, step: &Step) -> Vec<PersonChoiceView> {
    if !matches!(step.kind, Kind::People | Kind::EachPerson) {
        return Vec::new();
    }
    let cautions = open.cautions(Some(step));
    let tells = caution::asks_about_telling(step);
    let others = step.asks(Tag::OthersAtRisk);
    let child = open.draft.child;
    open.family
        .affected()
        .into_iter()
        .filter(|person| person.role != PersonRole::Practitioner && !(others && person.id == child))
        .map(|person| {
            let later = cautions.advised(Some(person.id)).filter(|_| tells);
            let costs = |option: &&Opt| match tells {
                true => cautions.costs_a_reason(step, Some(person.id), &option.id),
                false => option.requires_words,
            };
            PersonChoiceView {
                id: person.id,
                name: person.name.clone(),
                tie: {
                    let (tie, role) = open.family.relation(person.id);
                    tie.map_or(Relation::Part(role), Relation::Tie)
                },
                later_because: later.map(LaterBecause::from),
                reason_for: step.options.iter().filter(costs).map(|option| option.id.clone()).collect(),
            }
        })
        .collect()
}

/// Keeps what is being typed, complete or not. Returns when it was saved.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft or question, [`Error::Fields`] where it holds too much.
pub fn save_typing(
    vault: &mut Vault,
    decision: DecisionId,
    step: &StepId,
    typed: Answer,
    now: Moment,
) -> Result<Moment> {
    answers::typing(&typed)?;
    let (mut draft, pack) = store::read(vault, |r| {
        let draft = draft::raw(r, decision)?;
        let pack = draft::pack_of(r, &draft, draft.day(now))?;
        Ok((draft, pack))
    })?;
    if pack.pack.step(step).is_none() {
        return Err(Error::NotOnPath { step: input::name(&step.0, "step")? });
    }
    draft.set_typing(step, typed, now);
    draft::save(vault, &draft, now)?;
    Ok(now)
}

/// Gives a whole answer and says where it leads. After the advice it leads through the write-up.
///
/// # Errors
/// [`Error::Fields`] for what is missing, [`Error::NotOnPath`] where the answers do not lead to the question.
pub fn answer(
    vault: &mut Vault,
    decision: DecisionId,
    step: &StepId,
    given: Answer,
    now: Moment,
) -> Result<Place> {
    let mut open = store::read(vault, |r| Open::read(r, decision, now))?;
    if !on_path(&open, step) {
        return Err(Error::NotOnPath { step: step.0.clone() });
    }
    let asked = open.carried.pack.step(step).ok_or_else(|| Error::NotOnPath { step: step.0.clone() })?;
    let write_up = asked.after_advice;
    let whole = answers::complete(asked, &given, &open.choosable(asked))?;
    let asked = asked.clone();
    let told = telling(&open);
    open.draft.set(step, whole, now);
    open.follow()?;
    // Who is told was answered last in the write-up: what was chosen at the sign-off before gives way to it.
    if telling(&open) != told
        && let Some(typed) = &mut open.draft.sign_off
    {
        typed.telling.clear();
    }
    open.saved_at = now;
    body::keep(vault, &open.draft, &asked, &given, now)?;
    match &open.position.place {
        Engine::Advised { next, .. } if write_up => {
            let next = next.key.clone();
            Ok(Place::Question { question: Box::new(question_view(&open, &next, now)?) })
        }
        Engine::Asking { .. } | Engine::Advised { .. } | Engine::Done { .. } => {
            store::read(vault, |r| where_it_stands(r, &open, now))
        }
    }
}

/// What changing an answer would do to the others (A3). Nothing is stored.
///
/// # Errors
/// As [`answer`].
pub fn preview_change(
    vault: &Vault,
    decision: DecisionId,
    step: &StepId,
    given: Answer,
    now: Moment,
) -> Result<ChangeView> {
    store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let pack = &open.carried.pack;
        let asked = pack.step(step).ok_or_else(|| Error::NotOnPath { step: step.0.clone() })?;
        let whole = answers::complete(asked, &given, &open.choosable(asked))?;
        let change = change(pack, &open.known, open.on, &open.answers, step, &whole)?;
        Ok(change_view(&open, &change, number_of(&open, step)))
    })
}

/// At which place on the path a question stands; nought where it stands on none.
fn number_of(open: &Open, key: &StepId) -> u32 {
    open.position.path.iter().find(|asked| asked.key == *key).map_or(0, |asked| asked.number)
}

/// What a change does to the answers; of those that stay, the ones behind a place on the path.
pub(crate) fn change_view(open: &Open, change: &Change, changed: u32) -> ChangeView {
    let wording = open.filled();
    let number = |key: &StepId| number_of(open, key);
    let line = |key: &StepId| {
        open.answers.get(key).and_then(|answer| wording.line(key, number(key), answer, open.at(key)))
    };
    let later = |key: &&StepId| number(key) > changed;
    ChangeView {
        stay: change.stays.iter().filter(later).filter_map(line).collect(),
        harmless: change.falls_away.is_empty()
            && change.comes_back.is_empty()
            && change.advised_before == change.advised_after,
        fall_away: change.falls_away.iter().filter_map(|fall| line(&fall.key)).collect(),
        come_back: change.comes_back.iter().filter_map(line).collect(),
    }
}

/// Goes on under guidance that has expired. The confirmation is kept in the record; it counts for that pack
/// alone, and is never asked for before an emergency.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft, [`Error::AlreadySigned`] where it was signed.
pub fn confirm_expired(vault: &mut Vault, decision: DecisionId, now: Moment) -> Result<()> {
    let mut open = store::read(vault, |r| Open::read(r, decision, now))?;
    if open.expired().is_some_and(|expired| expired.confirmed_at.is_none()) {
        open.draft.expired_confirmed = Some((open.carried.pack.hash, now));
        draft::save(vault, &open.draft, now)?;
    }
    Ok(())
}

/// Gives up a decision that is not signed. What was typed goes; the reason stays in the access log. Advice that was taken on the way did happen: it
/// stays in the file, and as a disclosure where the child was named to somebody outside the agency.
///
/// # Errors
/// [`Error::Fields`] without a reason, [`Error::AlreadySigned`] where it was signed.
pub fn discard_draft(vault: &mut Vault, decision: DecisionId, reason: &str, now: Moment) -> Result<()> {
    let reason = input::reason(reason)?;
    let (case, advice, calls) = store::read(vault, |r| {
        let draft = draft::raw(r, decision)?;
        // A draft whose pack is gone can still be given up.
        let open = Open::read_stopped(r, decision, now).ok();
        let advice = open.map(|open| sign::advice_taken(&open, now)).unwrap_or_default();
        Ok((draft.case, advice, calls::given_up(r, &draft, now)?))
    })?;
    let payloads: Vec<_> = advice
        .into_iter()
        .flat_map(|one| advice_payloads(sharewell_records::Advice { decision: None, ..one }, now))
        .chain(calls)
        .collect();
    store::write(vault, now, |w| {
        for payload in &payloads {
            w.append(Some(case), payload, &[])?;
        }
        w.delete_draft(&DraftDecision::key(decision))?;
        let by = w.stamp().author;
        w.log(now, Some(case), &Access::DraftDiscarded { by, what: format!("draft:{decision}"), reason })?;
        Ok(())
    })
}
