//! The advice on a page: the act first, why, what follows, the grounds kept apart, and what is typed towards
//! the sign-off.

use chrono::Timelike;
use sharewell_guidance::{
    Advice, GroundField, GroundsPlan, Pack, Place as Engine, countersign, is_working_day,
};
use sharewell_records::{
    Answer, DecisionId, Duty, Grounds, Moment, OutcomeKind, Practitioner, Recipient, Telling,
};
use sharewell_vault::Vault;

use super::draft::{self, Open};
use super::obligations::{self, Basis};
use super::ready;
use super::steps::{answer_lines, raw};
use super::wording::{Wording, source_views};
use crate::error::Result;
use crate::packs::text;
use crate::views::{AdviceBand, CheckView, GroundView, OutcomeView, SignOffInput, WhyLine};
use crate::{clock, input, store};

/// The police, in every nation.
const EMERGENCY_NUMBER: &str = "999";

/// The advice of a draft, with the moment from which its deadlines run.
pub(crate) struct Advised {
    pub advice: Advice,
    pub from: Moment,
}

/// The advice, once it stands.
pub(crate) fn advised(open: &Open) -> Result<Option<Advised>> {
    if open.position.advised().is_none() {
        return Ok(None);
    }
    let pack = &open.carried.pack;
    let advice = sharewell_guidance::outcome(pack, &open.known, open.on, &open.answers)?;
    // Deadlines run from the last answer that the advice needed, not from the day on which it is read.
    let before_write_up = open
        .position
        .path
        .iter()
        .filter(|asked| pack.step(&asked.key).is_some_and(|step| !step.after_advice));
    let from = before_write_up.map(|asked| open.at(&asked.key)).max().unwrap_or(open.draft.started);
    Ok(Some(Advised { advice, from }))
}

/// Whom an act names first, as the practitioner's own settings know them.
fn recipient(pack: &Pack, advice: &Advice, own: &Practitioner, now: Moment) -> Recipient {
    let act = text(pack, &format!("outcome.{}.act", advice.id));
    let term = |name: &str| text(pack, &format!("term.{name}"));
    if advice.kind == OutcomeKind::EmergencyShare {
        let reach = EMERGENCY_NUMBER.to_owned();
        return Recipient { name: term("police").to_owned(), role: String::new(), reach };
    }
    let named = |name: &str| {
        let words = term(name);
        if words.is_empty() { None } else { act.find(words) }
    };
    let door = named("front_door");
    let adviser = [named("adviser"), named("lead")].into_iter().flatten().min();
    let or = |own: &str, term: &str| if own.is_empty() { term.to_owned() } else { own.to_owned() };
    match (door, adviser) {
        (Some(door), None) => front_door(pack, own, now, door),
        (Some(door), Some(adviser)) if door < adviser => front_door(pack, own, now, door),
        (_, Some(_)) => Recipient {
            name: or(&own.lead_name, term("adviser")),
            role: term("adviser").to_owned(),
            reach: own.lead_phone.clone(),
        },
        (None, None) => Recipient::default(),
    }
}

/// The front door, on the number that is answered at this hour.
fn front_door(pack: &Pack, own: &Practitioner, now: Moment, _at: usize) -> Recipient {
    let term = text(pack, "term.front_door");
    let local = clock::day_of(now);
    let hour = now.0.with_timezone(&chrono_tz::Europe::London).hour();
    let closed = !is_working_day(local.0, pack.nation) || !(9..17).contains(&hour);
    let reach = match (closed, own.out_of_hours_phone.as_str(), own.front_door_phone.as_str()) {
        (true, "", day) => day,
        (true, night, _) => night,
        (false, night, "") => night,
        (false, _, day) => day,
    };
    let name = if own.front_door_name.is_empty() { term } else { &own.front_door_name };
    Recipient { name: name.to_owned(), role: term.to_owned(), reach: reach.to_owned() }
}

/// The act itself, with name and number.
fn first_action(wording: &Wording<'_>, advice: &Advice, recipient: &Recipient) -> String {
    let act = wording.say(&format!("outcome.{}.act", advice.id));
    if recipient.reach.is_empty() || recipient.reach == EMERGENCY_NUMBER {
        return act;
    }
    format!("{}: {}, {}", act.trim_end_matches('.'), recipient.name, recipient.reach)
}

/// The advice in a band above a question of the write-up.
pub(crate) fn band(open: &Open, now: Moment) -> Result<Option<AdviceBand>> {
    let Some(Advised { advice, from }) = advised(open)? else { return Ok(None) };
    let wording = Wording::new(&open.carried.pack, &open.family, open.items.iter().map(|item| &item.record));
    let recipient = recipient(&open.carried.pack, &advice, &open.practitioner, now);
    Ok(Some(AdviceBand {
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        first_action: first_action(&wording, &advice, &recipient),
        by: advice.deadline.and_then(|deadline| deadline.due(from, open.carried.pack.nation)),
    }))
}

/// The advice.
///
/// # Errors
/// [`crate::Error::Guidance`] while no advice stands yet.
pub fn outcome(vault: &Vault, decision: DecisionId, now: Moment) -> Result<OutcomeView> {
    store::read(vault, |r| view(&Open::read(r, decision, now)?, now))
}

/// Whether each person is told, as the write-up says; rows of people who have none yet are not invented.
pub(crate) fn telling(open: &Open) -> Vec<Telling> {
    let pack = &open.carried.pack;
    let mut rows = Vec::new();
    for asked in &open.position.path {
        let tells =
            pack.step(&asked.key).is_some_and(|step| step.asks(sharewell_guidance::Tag::TellEachPerson));
        if let (true, Answer::EachPerson { rows: given }) = (tells, &asked.answer) {
            rows.extend(given.iter().map(|row| Telling {
                person: row.person,
                name: row.name.clone(),
                when: row.value.clone(),
                why: row.reason.clone(),
            }));
        }
    }
    rows
}

/// The suggested grounds in the pack's words, field by field.
fn suggested(wording: &Wording<'_>, plan: &GroundsPlan) -> Grounds {
    let say = |field: GroundField| plan.get(&field).map(|one| wording.say(&one.key)).unwrap_or_default();
    Grounds {
        power: say(GroundField::Power),
        lawful_basis: say(GroundField::LawfulBasis),
        condition: say(GroundField::Condition),
        no_consent_limb: say(GroundField::NoConsentLimb),
        confidence: say(GroundField::Confidence),
        proportionality: say(GroundField::Proportionality),
        changed_because: String::new(),
    }
}

/// The grounds that the advice suggests, in words.
fn suggestions(open: &Open, advised: &Advised) -> Grounds {
    let wording = Wording::new(&open.carried.pack, &open.family, open.items.iter().map(|item| &item.record));
    suggested(&wording, &advised.advice.grounds)
}

/// Each ground with its suggestion.
fn boxes(grounds: &Grounds) -> [&String; 6] {
    let Grounds { power, lawful_basis, condition, no_consent_limb, confidence, proportionality, .. } =
        grounds;
    [power, lawful_basis, condition, no_consent_limb, confidence, proportionality]
}

fn boxes_mut(grounds: &mut Grounds) -> [&mut String; 6] {
    let Grounds { power, lawful_basis, condition, no_consent_limb, confidence, proportionality, .. } =
        grounds;
    [power, lawful_basis, condition, no_consent_limb, confidence, proportionality]
}

/// Whether something that the advice suggests was changed. What it leaves open may be filled without a reason.
pub(crate) fn grounds_changed(open: &Open, advised: &Advised, typed: &Grounds) -> bool {
    let suggestions = suggestions(open, advised);
    boxes(&suggestions)
        .into_iter()
        .zip(boxes(typed))
        .any(|(suggested, typed)| !suggested.is_empty() && suggested.trim() != typed.trim())
}

/// What was typed over an earlier suggestion stays; what was not follows the advice as it is now.
fn follow_suggestions(typed: &mut Grounds, earlier: &Grounds, now: &Grounds) {
    for ((typed, earlier), now) in boxes_mut(typed).into_iter().zip(boxes(earlier)).zip(boxes(now)) {
        if typed == earlier {
            typed.clone_from(now);
        }
    }
}

/// What stands in the sign-off before anything was typed: suggestions, and no choice.
fn fresh(open: &Open, wording: &Wording<'_>, advised: &Advised, recipient: &Recipient) -> SignOffInput {
    let review = advised.advice.review.due(advised.from, open.carried.pack.nation);
    SignOffInput {
        recipient: recipient.clone(),
        grounds: suggested(wording, &advised.advice.grounds),
        telling: telling(open),
        review: review.map(clock::day_of),
        ..SignOffInput::default()
    }
}

/// What was typed towards the sign-off, or the suggestions where nothing was.
pub(crate) fn typed(open: &Open, advised: &Advised, now: Moment) -> SignOffInput {
    let wording = Wording::new(&open.carried.pack, &open.family, open.items.iter().map(|item| &item.record));
    let recipient = recipient(&open.carried.pack, &advised.advice, &open.practitioner, now);
    match &open.draft.sign_off {
        Some(typed) => {
            let mut typed = typed.clone();
            // Who is told is answered in the write-up; it stands there until it is typed over here.
            if typed.telling.is_empty() {
                typed.telling = telling(open);
            }
            if let Some(earlier) = &open.draft.suggested {
                let now = suggested(&wording, &advised.advice.grounds);
                follow_suggestions(&mut typed.grounds, earlier, &now);
            }
            typed
        }
        None => fresh(open, &wording, advised, &recipient),
    }
}

/// What a decision of this draft follows from.
pub(crate) fn basis<'a>(open: &'a Open, advised: &'a Advised, typed: &SignOffInput) -> Basis<'a> {
    let pack = &open.carried.pack;
    let review = advised.advice.review.due(advised.from, pack.nation).map_or(open.on, clock::day_of);
    Basis {
        pack,
        advice: &advised.advice,
        family: &open.family,
        from: advised.from,
        review: typed.review.unwrap_or(review),
        decided: typed.decided.unwrap_or(advised.advice.kind),
        apart: typed.apart,
    }
}

pub(crate) fn view(open: &Open, now: Moment) -> Result<OutcomeView> {
    let Some(advised) = advised(open)? else { return Err(sharewell_guidance::Error::NotYet.into()) };
    let pack = &open.carried.pack;
    let advice = &advised.advice;
    let wording = Wording::new(pack, &open.family, open.items.iter().map(|item| &item.record));
    let suggestion = recipient(pack, advice, &open.practitioner, now);
    let draft = typed(open, &advised, now);
    let due = obligations::follow(&basis(open, &advised, &draft));
    let answers = answer_lines(open, &wording);
    let not_sharing = OutcomeKind::DoNotShare;
    let left = match &open.position.place {
        Engine::Advised { .. } => open.position.to_go.about.max(1),
        Engine::Asking { .. } | Engine::Done { .. } => 0,
    };
    Ok(OutcomeView {
        decision: open.draft.id,
        case: open.draft.case,
        child: open.family.child_name(),
        id: advice.id.clone(),
        kind: advice.kind,
        heading: wording.say(&format!("outcome.{}.title", advice.id)),
        advice: wording.say(&format!("outcome.{}.why", advice.id)),
        first_action: first_action(&wording, advice, &suggestion),
        by: advice.deadline.and_then(|deadline| deadline.due(advised.from, pack.nation)),
        recipient: suggestion,
        why: why(&wording, advice),
        obligations: due.iter().map(|one| obligations::view(one, &wording, &draft.settled)).collect(),
        unknown: answers.iter().filter(|line| advice.unknown.contains(&base(&line.step))).cloned().collect(),
        answers,
        not_asked: open.position.not_asked.iter().map(|skipped| wording.not_asked(skipped)).collect(),
        grounds: grounds(&wording, &advice.grounds),
        write_up_left: left,
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
        restricted_files: open.restricted_files.clone(),
        restricted: open.restricted,
    })
}

/// Whether a decision is signed into a restricted file: its advice keeps it out of the child's file, whatever is
/// decided then, or it was begun in a restricted one.
pub(crate) fn signed_apart(open: &Open, advice: &Advice) -> bool {
    open.family.case.kind.is_restricted()
        || advice.obligations.iter().any(|plan| plan.duty == Duty::SeparateFile)
}

/// The step of an answer's key, without the detour's mark.
fn base(key: &sharewell_records::StepId) -> sharewell_records::StepId {
    sharewell_records::StepId(key.0.split('@').next().unwrap_or_default().to_owned())
}

/// The pack as the foot of a page names it.
pub(crate) fn pack_name(pack: &Pack) -> String {
    match &pack.overlay {
        Some(overlay) => {
            let base = overlay.base.split_once('@').map_or(pack.version.as_str(), |(_, version)| version);
            let nation = input::nation_name(pack.nation);
            format!("{nation} {base} + {} {}", overlay.id, overlay.version)
        }
        None => format!("{} {}", input::nation_name(pack.nation), pack.version),
    }
}

/// One line for each reason, with its sources.
pub(crate) fn why(wording: &Wording<'_>, advice: &Advice) -> Vec<WhyLine> {
    let lines = advice.deciding.iter().flat_map(|one| {
        one.because.iter().map(|key| WhyLine {
            step: Some(one.step.clone()),
            text: wording.say(key),
            sources: source_views(wording.pack, &one.sources),
        })
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}

fn grounds(wording: &Wording<'_>, plan: &GroundsPlan) -> Vec<GroundView> {
    GroundField::ALL
        .into_iter()
        .map(|field| match plan.get(&field) {
            Some(one) => GroundView {
                gate: field.word().to_owned(),
                suggested: wording.say(&one.key),
                detail: String::new(),
                unconfirmed: one.unconfirmed,
                sources: source_views(wording.pack, &one.sources),
            },
            None => GroundView {
                gate: field.word().to_owned(),
                suggested: String::new(),
                detail: String::new(),
                unconfirmed: false,
                sources: Vec::new(),
            },
        })
        .collect()
}

/// Keeps what is typed towards the sign-off, complete or not. Returns when it was saved.
///
/// # Errors
/// [`crate::Error::Field`] where it holds too much, [`crate::Error::NotFound`] where there is no such draft.
pub fn save_sign_off(
    vault: &mut Vault,
    decision: DecisionId,
    typed: SignOffInput,
    now: Moment,
) -> Result<Moment> {
    ready::limits(&typed)?;
    let (mut draft, suggested) = store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let suggested = advised(&open)?.map(|advised| suggestions(&open, &advised));
        Ok((raw(r, decision)?, suggested))
    })?;
    draft.sign_off = Some(typed);
    draft.suggested = suggested;
    draft::save(vault, &draft, now)?;
    Ok(now)
}

/// What still stands between the practitioner and the sign-off.
///
/// # Errors
/// As [`outcome`].
pub fn check(vault: &Vault, decision: DecisionId, now: Moment) -> Result<CheckView> {
    store::read(vault, |r| {
        let open = Open::read(r, decision, now)?;
        let outcome = view(&open, now)?;
        let Some(advised) = advised(&open)? else { return Err(sharewell_guidance::Error::NotYet.into()) };
        let missing = ready::missing(&open, &advised, &outcome.draft, now)
            .into_iter()
            .map(|(field, code)| crate::views::MissingField { field, code: code.to_owned() })
            .collect();
        let decided = outcome.draft.decided.unwrap_or(advised.advice.kind);
        Ok(CheckView {
            countersign: countersign(&open.carried.pack, &advised.advice, decided).is_some(),
            missing,
            signer: open.practitioner.name.clone(),
            lists: super::lists::offered(&open.carried.pack),
            outcome,
        })
    })
}
