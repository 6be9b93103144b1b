//! The boundary: everything that was typed is looked at here before a use case believes it.
//!
//! Each check names the field and what is wrong with it, and never repeats what was typed.

use sharewell_records::{
    Birth, Day, Identifier, IdentifierKind, Moment, Occurred, Person, PersonId, PersonRole, Practitioner,
    check_digit_holds,
};

use crate::clock;
use crate::error::{Error, Problem, Result};
use crate::views::{NewPractitioner, PersonInput};

/// The longest text that one field takes, in bytes. About ten printed pages.
pub(crate) const LONGEST: usize = 20_000;
/// The longest name, post, label or number, in bytes.
pub(crate) const LONGEST_NAME: usize = 300;
/// The most entries that one list takes: people in an answer, labels, attempts.
pub(crate) const MOST: usize = 200;

/// A text of any length up to the limit, trimmed of blanks around it. May be empty.
pub(crate) fn text(value: &str, field: &str) -> Result<String> {
    limited(value, field, LONGEST)
}

/// A text that must say something.
pub(crate) fn required(value: &str, field: &str) -> Result<String> {
    filled(text(value, field)?, field, Problem::Missing)
}

/// A reason that must say something.
pub(crate) fn reason(value: &str) -> Result<String> {
    reason_in(value, "reason")
}

/// A reason under a field's own name.
pub(crate) fn reason_in(value: &str, field: &str) -> Result<String> {
    filled(text(value, field)?, field, Problem::ReasonMissing)
}

/// A short text on one line. May be empty.
pub(crate) fn name(value: &str, field: &str) -> Result<String> {
    let value = limited(value, field, LONGEST_NAME)?;
    Ok(value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect())
}

/// A short text that must say something.
pub(crate) fn required_name(value: &str, field: &str) -> Result<String> {
    filled(name(value, field)?, field, Problem::Missing)
}

fn limited(value: &str, field: &str, longest: usize) -> Result<String> {
    if value.len() > longest {
        Err(Error::field(field, Problem::TooLong))
    } else {
        Ok(value.trim().to_owned())
    }
}

fn filled(value: String, field: &str, problem: Problem) -> Result<String> {
    if value.is_empty() { Err(Error::field(field, problem)) } else { Ok(value) }
}

/// A list that is not too long, each entry a short text; empty entries are left out.
pub(crate) fn names(values: &[String], field: &str) -> Result<Vec<String>> {
    at_most(values, field)?;
    let all = values.iter().map(|value| name(value, field)).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|value| !value.is_empty()).collect())
}

/// Whether a list is short enough.
pub(crate) fn at_most<T>(values: &[T], field: &str) -> Result<()> {
    if values.len() > MOST { Err(Error::field(field, Problem::TooLong)) } else { Ok(()) }
}

/// The first and last years that a date may have. Earlier or later is a slip of the hand.
fn in_range(day: Day, field: &str) -> Result<Day> {
    use chrono::Datelike;
    if (1900..=2200).contains(&day.0.year()) { Ok(day) } else { Err(Error::field(field, Problem::BadDate)) }
}

/// A day that is not to come.
pub(crate) fn past_day(day: Day, now: Moment, field: &str) -> Result<Day> {
    if day > clock::day_of(now) { Err(Error::field(field, Problem::BadDate)) } else { in_range(day, field) }
}

/// A day that has not passed.
pub(crate) fn coming_day(day: Day, now: Moment, field: &str) -> Result<Day> {
    if day < clock::day_of(now) { Err(Error::field(field, Problem::BadDate)) } else { in_range(day, field) }
}

/// When something happened: not in the future, a month that exists, words where nothing is known.
pub(crate) fn occurred(value: &Occurred, now: Moment, field: &str) -> Result<Occurred> {
    let today = clock::day_of(now);
    match value {
        Occurred::Day { on } => past_day(*on, now, field).map(|on| Occurred::Day { on }),
        Occurred::Moment { at } => {
            past_day(clock::day_of(*at), now, field)?;
            // A clock may run a little ahead of the page's; minutes are no lie, hours are.
            if at.0 > clock::hours_after(now, 1).0 {
                return Err(Error::field(field, Problem::BadDate));
            }
            Ok(Occurred::Moment { at: *at })
        }
        Occurred::Month { year, month } => {
            let first = clock::day(i32::from(*year), u32::from(*month), 1)
                .ok_or_else(|| Error::field(field, Problem::BadDate))?;
            if first > today {
                return Err(Error::field(field, Problem::BadDate));
            }
            in_range(first, field).map(|_| value.clone())
        }
        Occurred::Unknown { words } => required_name(words, field).map(|words| Occurred::Unknown { words }),
    }
}

/// A birth: born on a day that has come, expected within a year of now, or about an age that people reach.
pub(crate) fn birth(value: &Birth, now: Moment, field: &str) -> Result<Birth> {
    let today = clock::day_of(now);
    let bad = || Error::field(field, Problem::BadDate);
    match value {
        Birth::Born { on } => past_day(*on, now, field).map(|_| value.clone()),
        // A birth may be a little overdue, and the record is not wrong for it.
        Birth::Expected { on } => {
            let earliest = clock::days_after(today, -60);
            let latest = clock::days_after(today, 320);
            if (earliest..=latest).contains(on) { Ok(value.clone()) } else { Err(bad()) }
        }
        Birth::About { years, on } => {
            past_day(*on, now, field)?;
            if *years > 120 { Err(bad()) } else { Ok(value.clone()) }
        }
        Birth::Unknown => Ok(Birth::Unknown),
    }
}

/// Identifiers without blanks; a number with a check digit must satisfy it (E1).
pub(crate) fn identifiers(values: &[Identifier], field: &str) -> Result<Vec<Identifier>> {
    at_most(values, field)?;
    let mut kept = Vec::new();
    for identifier in values {
        let value: String = name(&identifier.value, field)?.chars().filter(|c| !c.is_whitespace()).collect();
        if value.is_empty() {
            continue;
        }
        let holds = match identifier.kind {
            // All three are ten digits whose last is a check digit modulo 11.
            IdentifierKind::NhsNumber | IdentifierKind::ChiNumber | IdentifierKind::HcNumber => {
                check_digit_holds(&value)
            }
            // A letter, then twelve characters, the last of them a digit or a letter.
            IdentifierKind::Upn => value.len() == 13 && value.chars().all(|c| c.is_ascii_alphanumeric()),
            IdentifierKind::Agency => true,
        };
        if !holds {
            return Err(Error::field(field, Problem::BadIdentifier));
        }
        kept.push(Identifier { kind: identifier.kind, value });
    }
    Ok(kept)
}

/// A person as typed, checked, with an id.
pub(crate) fn person(id: PersonId, typed: &PersonInput, now: Moment) -> Result<Person> {
    let birth = birth(&typed.birth, now, "birth")?;
    if matches!(birth, Birth::Expected { .. }) && typed.role != PersonRole::Child {
        return Err(Error::field("birth", Problem::BadDate));
    }
    Ok(Person {
        id,
        name: required_name(&typed.name, "name")?,
        also_known_as: names(&typed.also_known_as, "also_known_as")?,
        role: typed.role,
        birth,
        identifiers: identifiers(&typed.identifiers, "identifiers")?,
        address: text(&typed.address, "address")?,
        phone: name(&typed.phone, "phone")?,
        agency: name(&typed.agency, "agency")?,
        language: name(&typed.language, "language")?,
        needs: text(&typed.needs, "needs")?,
    })
}

/// The practitioner as typed, checked, with an id.
pub(crate) fn practitioner(id: PersonId, typed: &NewPractitioner) -> Result<Practitioner> {
    Ok(Practitioner {
        id,
        name: required_name(&typed.name, "name")?,
        role: required_name(&typed.role, "role")?,
        agency: required_name(&typed.agency, "agency")?,
        team: name(&typed.team, "team")?,
        nation: typed.nation,
        phone: name(&typed.phone, "phone")?,
        lead_name: name(&typed.lead_name, "lead_name")?,
        lead_phone: name(&typed.lead_phone, "lead_phone")?,
        front_door_name: name(&typed.front_door_name, "front_door_name")?,
        front_door_phone: name(&typed.front_door_phone, "front_door_phone")?,
        out_of_hours_phone: name(&typed.out_of_hours_phone, "out_of_hours_phone")?,
    })
}

/// Full years on a day, where they can be known. An age that was only about right counts on from the day it
/// was recorded.
#[must_use]
pub(crate) fn age(birth: &Birth, on: Day) -> Option<u32> {
    match birth {
        Birth::Born { on: born } => sharewell_records::age_on(*born, on),
        Birth::About { years, on: recorded } => {
            Some(u32::from(*years) + sharewell_records::age_on(*recorded, on).unwrap_or(0))
        }
        Birth::Expected { .. } | Birth::Unknown => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Moment {
        clock::now_from("2026-06-03T10:00:00Z".parse().unwrap())
    }

    fn problem<T: std::fmt::Debug>(result: Result<T>) -> (String, Problem) {
        match result.unwrap_err() {
            Error::Field { field, problem } => (field, problem),
            other => unreachable!("a field was expected to be at fault, not {other}"),
        }
    }

    #[test]
    fn a_field_that_holds_too_much_is_named() {
        assert_eq!(problem(text(&"a".repeat(LONGEST + 1), "reasons")), ("reasons".into(), Problem::TooLong));
        assert!(text(&"a".repeat(LONGEST), "reasons").is_ok(), "the limit itself is allowed");
    }

    #[test]
    fn nobody_is_born_tomorrow_and_no_month_is_the_thirteenth() {
        let tomorrow = Birth::Born { on: clock::day(2026, 6, 4).unwrap() };
        assert_eq!(problem(birth(&tomorrow, now(), "birth")).1, Problem::BadDate);
        let month = Occurred::Month { year: 2026, month: 13 };
        assert_eq!(problem(occurred(&month, now(), "occurred")).1, Problem::BadDate);
    }

    #[test]
    fn a_wrong_check_digit_is_refused_and_blanks_are_forgiven() {
        let nhs = |value: &str| vec![Identifier { kind: IdentifierKind::NhsNumber, value: value.into() }];
        assert_eq!(
            identifiers(&nhs("943 476 5919"), "identifiers").unwrap().first().unwrap().value,
            "9434765919"
        );
        assert_eq!(problem(identifiers(&nhs("943 476 5918"), "identifiers")).1, Problem::BadIdentifier);
    }

    #[test]
    fn an_unborn_child_has_no_age_and_an_age_about_right_grows() {
        let day = |y| clock::day(y, 6, 3).unwrap();
        assert_eq!(age(&Birth::Expected { on: day(2026) }, day(2026)), None);
        assert_eq!(age(&Birth::About { years: 7, on: day(2024) }, day(2026)), Some(9));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_check_panic(value in ".{0,400}", years in any::<u16>(), month in any::<u8>()) {
            let _ = name(&value, "f");
            let _ = required(&value, "f");
            let _ = occurred(&Occurred::Month { year: years, month }, now(), "f");
            let _ = occurred(&Occurred::Unknown { words: value.clone() }, now(), "f");
            let _ = identifiers(&[Identifier { kind: IdentifierKind::Upn, value }], "f");
        }
    }
}
