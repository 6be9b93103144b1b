//! What a decision must have before it is signed (A1, A7).
//!
//! Nothing is blank where something leaves: purpose and content, recipient, ground, who is told. An emergency
//! asks for nothing but the choice: it is written up after, by its own deadline.

use sharewell_guidance::Place as Engine;
use sharewell_guidance::practice::caution::Caution;
use sharewell_guidance::practice::closing;
use sharewell_guidance::practice::telling::{self, Gap};
use sharewell_guidance::practice::{consent_given, may_decide};
use sharewell_records::{
    Answer, Day, Door, Moment, NotTo, OutcomeKind, Person, PersonId, Settlement, Telling, WhenTold,
};

use super::advised::Advised;
use super::draft::Open;
use super::goes;
use super::grounds::{grounds_changed, open_grounds};
use super::{lists, rests};
use crate::error::{Error, Field, Problem, Result};
use crate::input::{self, Form};
use crate::views::{LaterBecause, SignOffInput, TellView};

/// Nothing is longer than it may be.
pub(crate) fn limits(typed: &SignOffInput) -> Result<()> {
    let mut form = Form::new();
    let grounds = &typed.grounds;
    for (text, field) in [
        (&typed.otherwise, "otherwise"),
        (&typed.reasons, "reasons"),
        (&typed.alternatives, "alternatives"),
        (&typed.what, "what"),
        (&grounds.power, "power"),
        (&grounds.lawful_basis, "lawful_basis"),
        (&grounds.condition, "condition"),
        (&grounds.no_consent_limb, "no_consent_limb"),
        (&grounds.confidence, "confidence"),
        (&grounds.proportionality, "proportionality"),
        (&grounds.changed_because, "changed_because"),
    ] {
        form.text(field, text);
    }
    for text in [&typed.recipient.name, &typed.recipient.role, &typed.recipient.reach] {
        form.name("recipient", text);
    }
    form.take(input::at_most(&typed.telling, "telling"));
    for row in typed.telling.iter().take(input::MOST) {
        form.name("telling", &row.name);
        form.text("telling", &row.why);
    }
    form.take(lists::limits(&typed.checklists));
    form.take(input::at_most(&typed.settled, "settled"));
    for one in typed.settled.iter().take(input::MOST) {
        form.name("settled", &one.key);
        match &one.settlement {
            Settlement::Done { note: text } | Settlement::NotNeeded { reason: text } => {
                form.text(&one.key, text);
            }
        }
    }
    if let Some(review) = &typed.review {
        form.name("review", &review.0);
    }
    if let Some(purpose) = &typed.rests_on {
        form.text("rests_on", &purpose.words);
    }
    form.end(|| Some(()))
}

/// The day of the review as typed; none where nothing was typed.
pub(crate) fn review(typed: &SignOffInput, now: Moment) -> Result<Option<Day>> {
    typed.review.as_ref().map_or(Ok(None), |review| input::day(review, now, "review"))
}

/// Everything that stands in the way of the sign-off, in the order of the page. The page and the sign-off itself
/// ask here, so that neither knows of anything that the other does not.
pub(crate) fn missing(
    open: &Open,
    advised: &Advised,
    typed: &SignOffInput,
    now: Moment,
) -> Vec<(Field, Problem)> {
    let mut missing: Vec<(Field, Problem)> = Vec::new();
    let mut need = |field: &str, problem: Problem| missing.push((field.into(), problem));
    // What is missing besides the choice is told at once, as it would be for what is advised.
    let decided = typed.decided.unwrap_or(advised.advice.kind);
    if typed.decided.is_none() {
        need("decided", Problem::Missing);
    }
    let emergency = decided == OutcomeKind::EmergencyShare;
    if !may_be_decided(open, advised, decided) {
        need("decided", Problem::NotAnOption);
    }
    if !emergency && decided != advised.advice.kind && typed.otherwise.trim().is_empty() {
        need("otherwise", Problem::ReasonMissing);
    }
    if !emergency {
        if open.expired().is_some_and(|expired| expired.confirmed_at.is_none()) {
            need("expired", Problem::Missing);
        }
        if let Engine::Advised { next, .. } = &open.position.place {
            need(&next.key.0, Problem::Missing);
        }
        if typed.reasons.trim().is_empty() {
            need("reasons", Problem::ReasonMissing);
        }
        if typed.what.trim().is_empty() {
            need("what", Problem::Missing);
        }
        let day = review(typed, now);
        match day.and_then(|day| day.map(|day| input::coming_day(day, now, "review")).transpose()) {
            Ok(None) => need("review", Problem::Missing),
            Ok(Some(_)) => {}
            Err(Error::Fields(faults)) => {
                faults.into_iter().for_each(|(field, problem)| need(&field.0, problem));
            }
            Err(_) => need("review", Problem::BadDate),
        }
    }
    if decided.shares() && !emergency {
        if typed.recipient.name.trim().is_empty() {
            need("recipient", Problem::Missing);
        }
        if typed.grounds.lawful_basis.trim().is_empty() {
            need("lawful_basis", Problem::Missing);
        }
        for ground in open_grounds(&advised.advice, &typed.grounds) {
            need(ground.word(), Problem::StillBlank);
        }
        let because = typed.grounds.changed_because.trim();
        if because.is_empty() && grounds_changed(open, advised, &typed.grounds) {
            need("changed_because", Problem::ReasonMissing);
        }
    }
    if !emergency {
        let without_consent = decided.shares_without_consent();
        telling_gaps(open, &typed.telling, without_consent)
            .into_iter()
            .for_each(|(field, problem)| need(&field, problem));
    }
    for asked in &open.position.path {
        if let Answer::Adviser { who, result, .. } = &asked.answer
            && result.spoke()
            && let Err(why) = open.family.may_receive(Door::Share, who)
        {
            need(&asked.key.0, why.into());
        }
    }
    // A protected person is no way to reach somebody. An emergency is never made to wait for a flag.
    let to = &typed.recipient;
    match open.family.may_receive_at(Door::SignOff, &to.name, &to.role) {
        Err(why) if !emergency || why == NotTo::KeptFrom => need("recipient", why.into()),
        Ok(()) | Err(_) => {}
    }
    if telling::tells_any_of(&open.family.case.kept_from, &typed.telling) {
        need("telling", Problem::KeptFrom);
    }
    missing.extend(rests::missing(open, advised, typed));
    missing.extend(goes::missing(open, advised, typed));
    let mut need = |field: &str, problem: Problem| missing.push((field.into(), problem));
    // Paper does not close an act: what takes words after the signature takes them before it.
    let duty_of = |key: &str| {
        let id = key.split('@').next().unwrap_or_default();
        open.carried.pack.obligations().iter().find(|one| one.id == id).map(|one| one.duty)
    };
    for one in &typed.settled {
        let unsaid = matches!(&one.settlement, Settlement::Done { note } if note.trim().is_empty());
        if !emergency && unsaid && duty_of(&one.key).is_some_and(closing::takes_words) {
            need(&one.key, Problem::Missing);
        }
        if matches!(&one.settlement, Settlement::NotNeeded { reason } if reason.trim().is_empty()) {
            need(&one.key, Problem::ReasonMissing);
        }
    }
    missing
}

/// Whether the practitioner may decide on this kind (conditions 4 and 9).
pub(crate) fn may_be_decided(open: &Open, advised: &Advised, kind: OutcomeKind) -> bool {
    let consent = consent_given(&open.carried.pack, &open.position);
    may_decide(advised.advice.kind, consent, kind)
}

/// What is missing in who is told, by person: `telling:<id>`, or `telling` for whoever is named in words. A share that
/// rests on no consent decides for everybody who is affected (condition 6); any other must only not go against a flag.
fn telling_gaps(open: &Open, rows: &[Telling], without_consent: bool) -> Vec<(String, Problem)> {
    let affected: Vec<PersonId> = open.family.affected().iter().map(|person| person.id).collect();
    let cautions = open.cautions(None);
    let flagged = |person: Option<PersonId>| {
        matches!(cautions.advised(person), Some(Caution::FlagDoNotTell | Caution::FlagNoContact))
    };
    let knows = |person: Option<PersonId>| rows.iter().any(|row| row.person == person && row.when.knows());
    let gaps = telling::gaps(&affected, rows, |person| cautions.advised(person));
    let told = gaps.into_iter().filter_map(|(person, gap)| {
        let against = gap == Gap::Reason && flagged(person) && knows(person);
        let problem = match gap {
            Gap::Reason if against => Problem::FlagReason,
            Gap::Reason => Problem::ReasonMissing,
            Gap::Open => Problem::PersonRowMissing,
        };
        let field = person.map_or_else(|| "telling".to_owned(), |person| format!("telling:{person}"));
        (without_consent || against).then_some((field, problem))
    });
    told.collect()
}

/// Everybody about whom it is decided whether they are told, with what is advised and what that costs.
pub(crate) fn tell(open: &Open) -> Vec<TellView> {
    let cautions = open.cautions(None);
    let one = |person: &Person| {
        let advised = cautions.advised(Some(person.id));
        TellView {
            person: person.id,
            name: person.name.clone(),
            later_because: advised.map(LaterBecause::from),
            reason_for: WhenTold::ALL
                .into_iter()
                .filter(|when| telling::costs_a_reason(*when, advised))
                .collect(),
        }
    };
    open.family.affected().into_iter().map(one).collect()
}

/// What was typed, trimmed, or everything that stands in the way.
pub(crate) fn signable(
    open: &Open,
    advised: &Advised,
    typed: &SignOffInput,
    now: Moment,
) -> Result<(SignOffInput, OutcomeKind)> {
    let mut missing = missing(open, advised, typed, now);
    match limits(typed) {
        Err(Error::Fields(faults)) => missing.extend(faults),
        other => other?,
    }
    let decided = match typed.decided {
        Some(decided) if missing.is_empty() => decided,
        Some(_) | None => return Err(Error::NotReady(missing)),
    };
    let mut typed = typed.clone();
    for text in [&mut typed.otherwise, &mut typed.reasons, &mut typed.alternatives, &mut typed.what] {
        *text = text.trim().to_owned();
    }
    // A reason why otherwise belongs only to a decision that is otherwise.
    if decided == advised.advice.kind {
        typed.otherwise.clear();
    }
    Ok((typed, decided))
}
