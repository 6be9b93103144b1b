//! The boundary: everything that was typed is looked at here before a use case believes it.
//!
//! Each check names the field and what is wrong with it, and never repeats what was typed. Here alone what nobody
//! typed is taken out of a text ([`cleaned`]), and its characters are counted.

mod form;

use sharewell_records::{
    Birth, Care, Day, Identifier, IdentifierKind, Moment, Occurred, Person, PersonId, PersonRole,
    Practitioner, WithWhom, can_be_seen, check_digit_holds, cleaned, has_pseudo_postcode, london_at,
    names_somebody,
};

use crate::clock;
use crate::error::{Error, Problem, Result};
use crate::views::{BirthTyped, DayTyped, NewPractitioner, PersonInput, WhenTyped};

pub(crate) use form::Form;

/// The longest text that one field takes, in characters. About ten printed pages.
pub(crate) const LONGEST: usize = 20_000;
/// The longest name, post, label or number, in characters.
pub(crate) const LONGEST_NAME: usize = 300;
/// The most entries that one list takes: people in an answer, labels, attempts.
pub(crate) const MOST: usize = 200;

/// A text of any length up to the limit, trimmed of blanks around it. May be empty.
pub(crate) fn text(value: &str, field: &str) -> Result<String> {
    limited(value, field, LONGEST)
}

/// A reason that must say something.
pub(crate) fn reason(value: &str) -> Result<String> {
    filled(text(value, "reason")?, "reason", Problem::ReasonMissing)
}

/// A short text on one line, with one blank where there were more. May be empty.
pub(crate) fn name(value: &str, field: &str) -> Result<String> {
    let value = limited(value, field, LONGEST_NAME)?;
    Ok(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A short text that must say something.
pub(crate) fn required_name(value: &str, field: &str) -> Result<String> {
    filled(name(value, field)?, field, Problem::Missing)
}

/// What was typed, without what nobody did; nothing where nothing of it can be seen.
fn limited(value: &str, field: &str, longest: usize) -> Result<String> {
    let value = cleaned(value);
    let value = value.trim();
    let length = value.chars().count();
    if length > longest {
        let most = u32::try_from(longest).unwrap_or(u32::MAX);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        return Err(Error::field(field, Problem::TooManyCharacters { length, most }));
    }
    Ok(if can_be_seen(value) { value.to_owned() } else { String::new() })
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

/// A day as typed; none where nothing was typed. Its parts are the numbers that a calendar has, and the year is
/// written out.
pub(crate) fn day(typed: &DayTyped, field: &str) -> Result<Option<Day>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = typed.0.split('-').map(str::trim).collect();
    let read = || {
        let [year, month, day] = parts.as_slice() else { return None };
        clock::day(number(year, 4)?.try_into().ok()?, number(month, 2)?, number(day, 2)?)
            .filter(|_| year.len() == 4)
    };
    read().map(Some).ok_or_else(|| Error::field(field, Problem::BadDate))
}

/// A number of at most so many digits, and nothing else.
fn number(typed: &str, digits: usize) -> Option<u32> {
    let typed = typed.trim();
    let plain = typed.len() <= digits && typed.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| typed.parse().ok()).flatten()
}

/// A time of day as typed: `9:30` or `09.30`.
fn time(typed: &str) -> Option<chrono::NaiveTime> {
    let (hours, minutes) = typed.split_once([':', '.'])?;
    chrono::NaiveTime::from_hms_opt(
        number(hours, 2)?,
        number(minutes, 2).filter(|_| minutes.trim().len() == 2)?,
        0,
    )
}

/// When something happened: not in the future, a day and a month that exist, words where nothing is known.
pub(crate) fn occurred(typed: &WhenTyped, now: Moment, field: &str) -> Result<Occurred> {
    let bad = || Error::field(field, Problem::BadDate);
    let today = clock::day_of(now);
    match typed {
        WhenTyped::Day { on } => {
            let on = past_day(day(on, field)?.ok_or_else(bad)?, now, field)?;
            Ok(Occurred::Day { on })
        }
        WhenTyped::Moment { on, time: clock } => {
            let on = past_day(day(on, field)?.ok_or_else(bad)?, now, field)?;
            let clock = time(clock).ok_or_else(bad)?;
            let at = london_at(on, clock);
            // A time that clocks skipped never was.
            if at.0.naive_local() != on.0.and_time(clock) {
                return Err(bad());
            }
            // A clock may run a little ahead of the page's; minutes are no lie, hours are.
            if at.0 > clock::hours_after(now, 1).0 { Err(bad()) } else { Ok(Occurred::Moment { at }) }
        }
        WhenTyped::Month { year, month } => {
            let year = number(year, 4).and_then(|year| u16::try_from(year).ok()).ok_or_else(bad)?;
            let month = number(month, 2).and_then(|month| u8::try_from(month).ok()).ok_or_else(bad)?;
            let first = clock::day(i32::from(year), u32::from(month), 1).ok_or_else(bad)?;
            if first > today {
                return Err(bad());
            }
            in_range(first, field).map(|_| Occurred::Month { year, month })
        }
        WhenTyped::Unknown { words } => required_name(words, field).map(|words| Occurred::Unknown { words }),
    }
}

/// A birth: born on a day that has come, expected within a year of now, or about an age that people reach. An age
/// that is not another than before stays the age of the day on which it was noted.
pub(crate) fn birth(typed: &BirthTyped, before: Option<&Birth>, now: Moment, field: &str) -> Result<Birth> {
    let today = clock::day_of(now);
    let bad = || Error::field(field, Problem::BadDate);
    match typed {
        BirthTyped::Born { on } => {
            let on = past_day(day(on, field)?.ok_or_else(bad)?, now, field)?;
            Ok(Birth::Born { on })
        }
        // A birth may be a little overdue, and the record is not wrong for it.
        BirthTyped::Expected { on } => {
            let on = day(on, field)?.ok_or_else(bad)?;
            let earliest = clock::days_after(today, -60);
            let latest = clock::days_after(today, 320);
            if (earliest..=latest).contains(&on) { Ok(Birth::Expected { on }) } else { Err(bad()) }
        }
        BirthTyped::About { years } => {
            let years = number(years, 3).filter(|years| *years <= 120).ok_or_else(bad)?;
            let years = u16::try_from(years).map_err(|_| bad())?;
            Ok(match before {
                Some(noted @ Birth::About { years: then, .. }) if *then == years => noted.clone(),
                Some(_) | None => Birth::About { years, on: today },
            })
        }
        BirthTyped::Unknown => Ok(Birth::Unknown),
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

/// A person as typed, checked, with an id. `before` is the birth as it was recorded.
pub(crate) fn person(
    form: &mut Form,
    id: PersonId,
    typed: &PersonInput,
    before: Option<&Birth>,
    now: Moment,
) -> Option<Person> {
    let name = form.required_name("name", &typed.name);
    form.fault_if(!name.is_empty() && !names_somebody(&name), "name", Problem::NothingToRead);
    let also_known_as = form.names("also_known_as", &typed.also_known_as);
    let role = form.chosen("role", typed.role);
    let agency = form.name("agency", &typed.agency);
    let birth = match role {
        // Nobody is asked when a colleague was born.
        Some(PersonRole::Practitioner) => Some(Birth::Unknown),
        Some(_) | None => {
            let typed = form.chosen("birth", typed.birth.as_ref());
            typed.and_then(|typed| form.take(birth(typed, before, now, "birth")))
        }
    };
    let unborn = matches!(birth, Some(Birth::Expected { .. }));
    form.fault_if(unborn && role.is_some_and(|role| role != PersonRole::Child), "birth", Problem::BadDate);
    let identifiers = form.take(identifiers(&typed.identifiers, "identifiers"));
    let no_fixed_address = typed.no_fixed_address.as_ref().map(|reach| form.text("no_fixed_address", reach));
    // Who has no fixed address has none that anybody would write to.
    let address = match &no_fixed_address {
        Some(_) => String::new(),
        None => form.text("address", &typed.address),
    };
    form.fault_if(has_pseudo_postcode(&address), "address", Problem::PseudoPostcode);
    let phone = form.name("phone", &typed.phone);
    let care = Care {
        earlier_names: form.names("earlier_names", &typed.care.earlier_names),
        name_used: with_whom(form, "name_used", &typed.care.name_used),
        pronouns: with_whom(form, "pronouns", &typed.care.pronouns),
        sex_registered: with_whom(form, "sex_registered", &typed.care.sex_registered),
    };
    let language = form.name("language", &typed.language);
    let needs = form.text("needs", &typed.needs);
    Some(Person {
        id,
        name,
        also_known_as,
        role: role?,
        birth: birth?,
        identifiers: identifiers?,
        address,
        phone,
        agency,
        language,
        needs,
        no_fixed_address,
        care,
    })
}

/// A few words and who may be told them; nobody is named for words that are not there.
fn with_whom(form: &mut Form, field: &str, typed: &WithWhom) -> WithWhom {
    let words = form.name(field, &typed.words);
    let may_be_told = form.name(&format!("{field}_told"), &typed.may_be_told);
    WithWhom { may_be_told: if words.is_empty() { String::new() } else { may_be_told }, words }
}

/// The practitioner as typed, checked, with an id.
pub(crate) fn practitioner(form: &mut Form, id: PersonId, typed: &NewPractitioner) -> Option<Practitioner> {
    let name = form.required_name("name", &typed.name);
    let role = form.required_name("role", &typed.role);
    let agency = form.required_name("agency", &typed.agency);
    let team = form.name("team", &typed.team);
    let nation = form.chosen("nation", typed.nation);
    let phone = form.name("phone", &typed.phone);
    let lead_name = form.name("lead_name", &typed.lead_name);
    let lead_phone = form.name("lead_phone", &typed.lead_phone);
    let front_door_name = form.name("front_door_name", &typed.front_door_name);
    let front_door_phone = form.name("front_door_phone", &typed.front_door_phone);
    let out_of_hours_phone = form.name("out_of_hours_phone", &typed.out_of_hours_phone);
    Some(Practitioner {
        id,
        name,
        role,
        agency,
        team,
        nation: nation?,
        phone,
        lead_name,
        lead_phone,
        front_door_name,
        front_door_phone,
        out_of_hours_phone,
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
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Moment {
        clock::now_from("2026-06-03T10:00:00Z".parse().unwrap())
    }

    fn problem<T: std::fmt::Debug>(result: Result<T>) -> (String, Problem) {
        match result.unwrap_err() {
            Error::Fields(faults) => faults.into_iter().next().map(|(f, p)| (f.0, p)).unwrap(),
            other => unreachable!("a field was expected to be at fault, not {other}"),
        }
    }

    #[test]
    fn a_field_that_holds_too_much_is_named() {
        let too_many = |length, most| Problem::TooManyCharacters { length, most };
        assert_eq!(
            problem(text(&"a".repeat(LONGEST + 1), "reasons")),
            ("reasons".into(), too_many(20_001, 20_000))
        );
        assert!(text(&"a".repeat(LONGEST), "reasons").is_ok(), "the limit itself is allowed");
        for letter in ["a", "م", "王", "😀"] {
            assert!(name(&letter.repeat(LONGEST_NAME), "f").is_ok(), "a letter is one, whatever the script");
            assert_eq!(
                problem(name(&letter.repeat(LONGEST_NAME + 2), "f")).1,
                too_many(302, 300),
                "{letter}"
            );
        }
    }

    #[test]
    fn what_nobody_typed_does_not_come_in() {
        assert_eq!(text("a\u{0}b\u{202e}c\nd\te", "f").unwrap(), "abc\nd\te");
        assert_eq!(text("\u{200b}", "f").unwrap(), "", "nothing that one can see is nothing");
        assert_eq!(name("Wolfe-Montague,\u{a0}  Jr\n", "f").unwrap(), "Wolfe-Montague, Jr");
        assert_eq!(problem(required_name("\u{200b}\u{feff}", "f")).1, Problem::Missing);
    }

    #[test]
    fn nobody_is_born_tomorrow_and_no_month_is_the_thirteenth() {
        let tomorrow = BirthTyped::Born { on: DayTyped("2026-6-4".into()) };
        assert_eq!(problem(birth(&tomorrow, None, now(), "birth")).1, Problem::BadDate);
        let month = WhenTyped::Month { year: "2026".into(), month: "13".into() };
        assert_eq!(problem(occurred(&month, now(), "occurred")).1, Problem::BadDate);
    }

    #[test]
    fn a_day_is_read_as_it_is_typed_and_nonsense_is_no_day() {
        let read = |typed: &str| day(&DayTyped(typed.into()), "on");
        for typed in ["2026-3-12", "2026-03-12", " 2026 - 3 - 12 "] {
            assert_eq!(read(typed).unwrap(), clock::day(2026, 3, 12), "{typed}");
        }
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("--").unwrap(), None, "three empty boxes");
        for typed in
            ["2026-2-30", "26-3-12", "2026-3-", "2026-3-+1", "2026-3", "2026-3-12-1", "x-y-z", "٢٠٢٦-٣-١"]
        {
            assert_eq!(problem(read(typed)).1, Problem::BadDate, "{typed}");
        }
    }

    #[test]
    fn a_time_is_that_of_clocks_here_and_one_that_they_skip_never_was() {
        let at = |on: &str, time: &str| {
            let when = WhenTyped::Moment { on: DayTyped(on.into()), time: time.into() };
            occurred(&when, now(), "occurred")
        };
        let text = |when: Occurred| serde_json::to_value(when).unwrap()["at"].as_str().unwrap().to_owned();
        assert_eq!(text(at("2026-6-2", "9.30").unwrap()), "2026-06-02T09:30:00+01:00");
        assert_eq!(text(at("2026-1-2", "09:30").unwrap()), "2026-01-02T09:30:00Z");
        for (on, time) in
            [("2026-3-29", "1:30"), ("2026-6-2", "24:00"), ("2026-6-2", "9:3"), ("2026-6-2", "")]
        {
            assert_eq!(problem(at(on, time)).1, Problem::BadDate, "{on} {time}");
        }
        assert_eq!(problem(at("2026-6-3", "23:00")).1, Problem::BadDate, "tonight is to come");
    }

    #[test]
    fn an_age_that_is_not_changed_stays_that_of_the_day_on_which_it_was_noted() {
        let noted = Birth::About { years: 7, on: clock::day(2024, 6, 3).unwrap() };
        let about = |years: &str| BirthTyped::About { years: years.into() };
        assert_eq!(birth(&about("7"), Some(&noted), now(), "birth").unwrap(), noted);
        let today = Birth::About { years: 9, on: clock::day(2026, 6, 3).unwrap() };
        assert_eq!(birth(&about(" 9 "), Some(&noted), now(), "birth").unwrap(), today);
        for years in ["", "121", "-1", "seven"] {
            assert_eq!(problem(birth(&about(years), None, now(), "birth")).1, Problem::BadDate, "{years}");
        }
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
        fn no_text_makes_a_check_panic(value in ".{0,400}", other in "[0-9:.٣-]{0,12}") {
            let _ = name(&value, "f");
            for typed in [&value, &other] {
                let on = DayTyped(typed.clone());
                let _ = day(&on, "f");
                let _ = occurred(&WhenTyped::Moment { on: on.clone(), time: other.clone() }, now(), "f");
                let _ = occurred(&WhenTyped::Month { year: typed.clone(), month: other.clone() }, now(), "f");
                let _ = birth(&BirthTyped::Expected { on }, None, now(), "f");
                let _ = birth(&BirthTyped::About { years: typed.clone() }, None, now(), "f");
            }
            let _ = occurred(&WhenTyped::Unknown { words: value.clone() }, now(), "f");
            let _ = identifiers(&[Identifier { kind: IdentifierKind::Upn, value }], "f");
        }
    }
}
