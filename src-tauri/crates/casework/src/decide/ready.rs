//! What a decision must have before it is signed (A1, A7).
//!
//! Nothing is blank where something leaves: purpose and content, recipient, ground, who is told. An emergency
//! asks for nothing but the choice: it is written up after, by its own deadline.

use sharewell_guidance::Place as Engine;
use sharewell_guidance::practice::{consent_given, may_decide, telling};
use sharewell_records::{Answer, Bound, Door, Moment, NotTo, OutcomeKind, PersonId, Settlement, Telling};

use super::advised::Advised;
use super::draft::Open;
use super::grounds::grounds_changed;
use super::lists;
use crate::error::{Error, Problem, Result};
use crate::views::SignOffInput;
use crate::{clock, input};

/// Nothing is longer than it may be.
pub(crate) fn limits(typed: &SignOffInput) -> Result<()> {
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
        input::text(text, field)?;
    }
    for text in [&typed.recipient.name, &typed.recipient.role, &typed.recipient.reach] {
        input::name(text, "recipient")?;
    }
    input::at_most(&typed.telling, "telling")?;
    for row in &typed.telling {
        input::name(&row.name, "telling")?;
        input::text(&row.why, "telling")?;
    }
    lists::limits(&typed.checklists)?;
    input::at_most(&typed.settled, "settled")?;
    for one in &typed.settled {
        input::name(&one.key, "settled")?;
        match &one.settlement {
            Settlement::Done { note: text } | Settlement::NotNeeded { reason: text } => {
                input::text(text, &one.key)?;
            }
        }
    }
    Ok(())
}

/// The fields that are missing, each with a code of the catalogue, in the order of the page.
pub(crate) fn missing(
    open: &Open,
    advised: &Advised,
    typed: &SignOffInput,
    now: Moment,
) -> Vec<(String, &'static str)> {
    let mut missing: Vec<(String, &'static str)> = Vec::new();
    let mut need = |field: &str, code: &'static str| missing.push((field.to_owned(), code));
    let Some(decided) = typed.decided else {
        need("decided", "missing");
        return missing;
    };
    let emergency = decided == OutcomeKind::EmergencyShare;
    if !may_be_decided(open, advised, decided) {
        need("decided", "not_an_option");
    }
    if !emergency && decided != advised.advice.kind && typed.otherwise.trim().is_empty() {
        need("otherwise", "reason_missing");
    }
    if !emergency {
        if open.expired().is_some_and(|expired| expired.confirmed_at.is_none()) {
            need("expired", "missing");
        }
        if let Engine::Advised { next, .. } = &open.position.place {
            need(&next.key.0, "missing");
        }
        if typed.reasons.trim().is_empty() {
            need("reasons", "reason_missing");
        }
        if typed.what.trim().is_empty() {
            need("what", "missing");
        }
        match typed.review {
            None => need("review", "missing"),
            Some(day) if day < clock::day_of(now) => need("review", "bad_date"),
            Some(_) => {}
        }
    }
    if decided.shares() && !emergency {
        if typed.recipient.name.trim().is_empty() {
            need("recipient", "missing");
        }
        if typed.grounds.lawful_basis.trim().is_empty() {
            need("lawful_basis", "missing");
        }
        let because = typed.grounds.changed_because.trim();
        if because.is_empty() && grounds_changed(open, advised, &typed.grounds) {
            need("changed_because", "reason_missing");
        }
    }
    if decided.shares_without_consent() && !emergency && !telling_whole(open, &typed.telling) {
        need("telling", "person_row_missing");
    }
    for asked in &open.position.path {
        if let Answer::Adviser { who, result, .. } = &asked.answer
            && result.spoke()
            && let Err(why) = open.family.may_receive(Door::Share, who)
        {
            need(&asked.key.0, word(why));
        }
    }
    // A protected person is no way to reach somebody. An emergency is never made to wait for a flag.
    let to = &typed.recipient;
    match open.family.may_receive_at(Door::SignOff, &to.name, &to.role) {
        Err(why) if !emergency || why == NotTo::KeptFrom => need("recipient", word(why)),
        Ok(()) | Err(_) => {}
    }
    if telling::tells_any_of(&open.family.case.kept_from, &typed.telling) {
        need("telling", "kept_from");
    }
    for person in told_against_a_flag(open, &typed.telling).filter(|_| !emergency) {
        need(&format!("telling:{person}"), "flag_reason");
    }
    for one in &typed.settled {
        if matches!(&one.settlement, Settlement::NotNeeded { reason } if reason.trim().is_empty()) {
            need(&one.key, "reason_missing");
        }
    }
    missing
}

/// Whether the practitioner may decide on this kind (conditions 4 and 9).
pub(crate) fn may_be_decided(open: &Open, advised: &Advised, kind: OutcomeKind) -> bool {
    let consent = consent_given(&open.carried.pack, &open.position);
    may_decide(advised.advice.kind, consent, kind)
}

/// Everybody who would be told now though a flag forbids it, and of whom nobody wrote down why it is safe.
fn told_against_a_flag<'a>(open: &'a Open, rows: &'a [Telling]) -> impl Iterator<Item = PersonId> + 'a {
    let now = rows.iter().filter(|row| row.when.knows() && row.why.trim().is_empty());
    now.filter_map(|row| row.person).filter(|person| {
        open.family.flags_on(*person).into_iter().any(|kind| kind.binds(Door::Contact) == Bound::Reason)
    })
}

/// The word of the catalogue for why something does not go to somebody.
fn word(why: NotTo) -> &'static str {
    match why {
        NotTo::KeptFrom => "kept_from",
        NotTo::NamesProtected => "names_protected",
        NotTo::Flagged(_) => "flagged",
    }
}

/// Whether telling is decided for everybody who is affected (condition 6).
fn telling_whole(open: &Open, rows: &[Telling]) -> bool {
    let affected: Vec<PersonId> = open.family.affected().iter().map(|person| person.id).collect();
    telling::whole(&affected, rows)
}

/// What was typed, trimmed, or why it cannot be signed: the first missing field.
pub(crate) fn signable(
    open: &Open,
    advised: &Advised,
    typed: &SignOffInput,
    now: Moment,
) -> Result<(SignOffInput, OutcomeKind)> {
    limits(typed)?;
    if let Some((field, code)) = missing(open, advised, typed, now).into_iter().next() {
        let not_to = [
            ("kept_from", Problem::KeptFrom),
            ("names_protected", Problem::NamesProtected),
            ("flagged", Problem::Flagged),
            ("flag_reason", Problem::FlagReason),
        ];
        let problem = not_to.into_iter().find(|(word, _)| *word == code);
        return Err(problem.map_or_else(
            || Error::NotReady { field: field.clone() },
            |(_, problem)| Error::field(&field, problem),
        ));
    }
    let decided = typed.decided.ok_or_else(|| Error::NotReady { field: "decided".to_owned() })?;
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
