//! Days, times and births as typed: what they must be to be believed. How they are written is read in
//! `sharewell-records` (`typed.rs`); what is wrong is told at the very box, by its name: `birth.month`,
//! `occurred.time`.

use chrono::Datelike as _;
use sharewell_records::{
    Birth, Century, Day, DayFault, DayPart, Moment, Occurred, OnClocks, PersonRole, on_clocks, plain,
    read_day as read, read_month, read_time, spread_day as spread,
};

use super::required_name;
use crate::clock;
use crate::error::{Error, Problem, Result};
use crate::views::{BirthTyped, DayParts, DayTyped, LeftTyped, Twice, WhenTyped};
use crate::words::Words;

/// The first and last years that a date may have. Earlier or later is a slip of the hand.
pub(crate) fn year_in_range(day: Day) -> bool {
    (1900..=2200).contains(&day.0.year())
}

fn in_range(day: Day, field: &str) -> Result<Day> {
    if year_in_range(day) { Ok(day) } else { Err(at(field, "year", Problem::YearOutOfRange)) }
}

/// A box of a field.
fn at(field: &str, part: &str, problem: Problem) -> Error {
    Error::field(&format!("{field}.{part}"), problem)
}

/// A day that is not to come.
pub(crate) fn past_day(day: Day, now: Moment, field: &str) -> Result<Day> {
    let day = in_range(day, field)?;
    if day > clock::day_of(now) { Err(at(field, "day", Problem::DayToCome)) } else { Ok(day) }
}

/// A day that has not passed.
pub(crate) fn coming_day(day: Day, now: Moment, field: &str) -> Result<Day> {
    let day = in_range(day, field)?;
    if day < clock::day_of(now) { Err(at(field, "day", Problem::DayPassed)) } else { Ok(day) }
}

/// A day as typed; none where nothing was typed.
pub(crate) fn day(typed: &DayTyped, now: Moment, field: &str) -> Result<Option<Day>> {
    day_of(typed, Century::Nearest(clock::day_of(now)), field)
}

fn day_of(typed: &DayTyped, century: Century, field: &str) -> Result<Option<Day>> {
    read(typed.boxes(), Words::of_time(), century).map_err(|faults| boxes_at_fault(&faults, field))
}

/// A day that must be there.
fn some_day(typed: &DayTyped, century: Century, field: &str) -> Result<Day> {
    day_of(typed, century, field)?.ok_or_else(|| at(field, "day", Problem::DateMissing))
}

/// Every box with something wrong in it.
fn boxes_at_fault(faults: &[DayFault], field: &str) -> Error {
    let one = |fault: &DayFault| {
        let (part, problem) = match fault {
            DayFault::Missing(part) => (*part, missing(*part)),
            DayFault::Unclear(part) => (*part, unclear(*part)),
            DayFault::TooShort { month, days } => (DayPart::Day, too_short(*month, *days)),
        };
        (format!("{field}.{}", name_of(part)).as_str().into(), problem)
    };
    Error::Fields(faults.iter().map(one).collect())
}

fn name_of(part: DayPart) -> &'static str {
    match part {
        DayPart::Day => "day",
        DayPart::Month => "month",
        DayPart::Year => "year",
    }
}

fn missing(part: DayPart) -> Problem {
    match part {
        DayPart::Day => Problem::DayMissing,
        DayPart::Month => Problem::MonthMissing,
        DayPart::Year => Problem::YearMissing,
    }
}

fn unclear(part: DayPart) -> Problem {
    match part {
        DayPart::Day => Problem::DayUnclear,
        DayPart::Month => Problem::MonthUnclear,
        DayPart::Year => Problem::YearUnclear,
    }
}

fn too_short(month: u32, days: u32) -> Problem {
    match (month, days) {
        (4, _) => Problem::AprilIsShorter,
        (6, _) => Problem::JuneIsShorter,
        (9, _) => Problem::SeptemberIsShorter,
        (11, _) => Problem::NovemberIsShorter,
        (2, 29) => Problem::FebruaryHas29,
        (2, _) => Problem::FebruaryIsShorter,
        _ => Problem::DayUnclear,
    }
}

/// A day as typed, for an answer that keeps it as a day.
///
/// # Errors
/// [`Error::Fields`], each a box of the field.
pub fn read_day(typed: &DayTyped, field: &str, now: Moment) -> Result<Option<Day>> {
    day(typed, now, field)?.map(|on| in_range(on, field)).transpose()
}

/// A date that stands in one piece in one of the boxes, spread over the three; none where there is nothing to spread.
#[must_use]
pub fn spread_day(typed: &DayTyped) -> Option<DayParts> {
    let [day, month, year] = spread(typed.boxes(), Words::of_time())?;
    Some(DayParts { day, month, year })
}

/// When something happened: not in the future, a day and a month that exist, words where nothing is known.
pub(crate) fn occurred(typed: &WhenTyped, now: Moment, field: &str) -> Result<Occurred> {
    let century = Century::Nearest(clock::day_of(now));
    match typed {
        WhenTyped::Day { on } => {
            let on = past_day(some_day(on, century, field)?, now, field)?;
            Ok(Occurred::Day { on })
        }
        WhenTyped::Moment { on, time, twice } => moment(on, time, *twice, now, field),
        WhenTyped::Month { year, month } => {
            let first = read_month(month, year, Words::of_time(), century)
                .map_err(|faults| boxes_at_fault(&faults, field))?
                .ok_or_else(|| at(field, "month", Problem::MonthMissing))?;
            let first = in_range(first, field)?;
            if first > clock::day_of(now) {
                return Err(at(field, "month", Problem::DayToCome));
            }
            let year =
                u16::try_from(first.0.year()).map_err(|_| at(field, "year", Problem::YearOutOfRange))?;
            let month =
                u8::try_from(first.0.month()).map_err(|_| at(field, "month", Problem::MonthUnclear))?;
            Ok(Occurred::Month { year, month })
        }
        WhenTyped::Unknown { words } => required_name(words, field).map(|words| Occurred::Unknown { words }),
    }
}

/// When something left: now, or at a day and a time that have been.
pub(crate) fn left(typed: &LeftTyped, now: Moment, field: &str) -> Result<Moment> {
    match typed {
        LeftTyped::Now => Ok(now),
        LeftTyped::At { on, time, twice } => match moment(on, time, *twice, now, field)? {
            // A clock that runs a little ahead of this one is no reason to write down a time to come.
            Occurred::Moment { at } => Ok(if at > now { now } else { at }),
            Occurred::Day { .. } | Occurred::Month { .. } | Occurred::Unknown { .. } => {
                Err(at(field, "time", Problem::TimeMissing))
            }
        },
    }
}

/// A day and a time. What is wrong with either is told at once.
fn moment(on: &DayTyped, time: &str, twice: Option<Twice>, now: Moment, field: &str) -> Result<Occurred> {
    let century = Century::Nearest(clock::day_of(now));
    let on = some_day(on, century, field).and_then(|on| past_day(on, now, field));
    let time = match read_time(time, Words::of_time()) {
        Some(read) => Ok(read),
        None if plain(time).is_empty() => Err(at(field, "time", Problem::TimeMissing)),
        None => Err(at(field, "time", Problem::TimeUnclear)),
    };
    let (on, (time, next_day)) = match (on, time) {
        (Ok(on), Ok(time)) => (on, time),
        (Err(Error::Fields(mut day)), Err(Error::Fields(time))) => {
            day.extend(time);
            return Err(Error::Fields(day));
        }
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let on = if next_day { clock::days_after(on, 1) } else { on };
    // A clock may run a little ahead of the page's; minutes are no lie, hours are.
    let latest = clock::hours_after(now, 1);
    let at_moment = match (on_clocks(on, time), twice) {
        (OnClocks::Once(only), _) => only,
        (OnClocks::Twice { first, .. }, Some(Twice::First)) => first,
        (OnClocks::Twice { second, .. }, Some(Twice::Second)) => second,
        // While the clocks have not gone back yet, or have not come to it again, it can only be the first.
        (OnClocks::Twice { first, second }, None) if second > now => first,
        (OnClocks::Twice { .. }, None) => return Err(at(field, "twice", Problem::TimeTwice)),
        (OnClocks::Never, _) => return Err(at(field, "time", Problem::TimeSkipped)),
    };
    if at_moment > latest {
        Err(at(field, "time", Problem::TimeToCome))
    } else {
        Ok(Occurred::Moment { at: at_moment })
    }
}

/// A birth: born on a day that has come, expected within a year of now, or about an age that people reach. An age
/// that is not another than before stays the age of the day on which it was noted. `latest` is the latest moment that may
/// be now.
pub(crate) fn birth(
    typed: &BirthTyped,
    role: Option<PersonRole>,
    before: Option<&Birth>,
    (now, latest): (Moment, Moment),
    field: &str,
) -> Result<Birth> {
    let today = clock::day_of(now);
    match typed {
        BirthTyped::Born { on: typed } => {
            let on = in_range(some_day(typed, Century::Past(clock::day_of(latest)), field)?, field)?;
            if on > clock::day_of(latest) {
                return Err(at(field, "day", Problem::NotBornYet));
            }
            // Two digits that would make a child of a great-grandparent were meant otherwise.
            let short = plain(typed.boxes().year).trim_start_matches('\'').len() == 2;
            let of_age = sharewell_records::age_on(on, today).is_some_and(|years| years > 25);
            if short && of_age && role == Some(PersonRole::Child) {
                return Err(at(field, "year", Problem::YearUnclear));
            }
            Ok(Birth::Born { on })
        }
        // A birth may be a little overdue, and the record is not wrong for it.
        BirthTyped::Expected { on } => {
            let on = some_day(on, Century::Nearest(today), field)?;
            let earliest = clock::days_after(today, -60);
            let furthest = clock::days_after(clock::day_of(latest), 320);
            if (earliest..=furthest).contains(&on) {
                Ok(Birth::Expected { on })
            } else {
                Err(at(field, "day", Problem::DueDateFar))
            }
        }
        BirthTyped::About { years } => {
            let bad = || at(field, "years", Problem::AgeUnclear);
            let years = plain(years);
            let digits = years.len() <= 3 && years.bytes().all(|byte| byte.is_ascii_digit());
            let years: u16 = years.parse().ok().filter(|years| digits && *years <= 120).ok_or_else(bad)?;
            Ok(match before {
                Some(noted @ Birth::About { years: then, .. }) if *then == years => noted.clone(),
                Some(_) | None => Birth::About { years, on: today },
            })
        }
        BirthTyped::Unknown => Ok(Birth::Unknown),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> Moment {
        clock::now_from(text.parse().unwrap())
    }

    fn now() -> Moment {
        utc("2026-06-03T10:00:00Z")
    }

    fn typed(text: &str) -> DayTyped {
        DayTyped(text.into())
    }

    fn problems<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, Problem)> {
        match result.unwrap_err() {
            Error::Fields(faults) => faults.into_iter().map(|(f, p)| (f.0, p)).collect(),
            other => unreachable!("a field was expected to be at fault, not {other}"),
        }
    }

    fn problem<T: std::fmt::Debug>(result: Result<T>) -> (String, Problem) {
        problems(result).remove(0)
    }

    fn born(on: &str, role: PersonRole, now: Moment) -> Result<Birth> {
        birth(&BirthTyped::Born { on: typed(on) }, Some(role), None, (now, now), "birth")
    }

    #[test]
    fn a_day_is_read_as_it_is_typed_and_nonsense_is_no_day() {
        let read = |text: &str| day(&typed(text), now(), "on");
        for text in [
            "2026-3-12",
            "2026-03-12",
            " 2026 - 3 - 12 ",
            "26-mar-12th",
            "--12/03/2026",
            "--12-03-2026",
            "--2026-03-12",
            "12-03-2026--",
            "12.3.26--",
            "٢٠٢٦-٣-١٢",
        ] {
            assert_eq!(read(text).unwrap(), clock::day(2026, 3, 12), "{text}");
        }
        for nothing in ["", "--", " - - "] {
            assert_eq!(read(nothing).unwrap(), None, "three empty boxes");
        }
        for (text, part, wrong) in [
            ("2026-2-30", "day", Problem::FebruaryIsShorter),
            ("2024-2-30", "day", Problem::FebruaryHas29),
            ("2026-4-31", "day", Problem::AprilIsShorter),
            ("2026-6-31", "day", Problem::JuneIsShorter),
            ("2026-9-31", "day", Problem::SeptemberIsShorter),
            ("2026-11-31", "day", Problem::NovemberIsShorter),
            ("2026-3-", "day", Problem::DayMissing),
            ("2026--3", "month", Problem::MonthMissing),
            ("-3-12", "year", Problem::YearMissing),
            ("2026-3-+1", "day", Problem::DayUnclear),
            ("2026-13-1", "month", Problem::MonthUnclear),
            ("202-3-1", "year", Problem::YearUnclear),
        ] {
            assert_eq!(problem(read(text)), (format!("on.{part}"), wrong), "{text}");
        }
    }

    #[test]
    fn two_faults_of_a_day_are_told_at_their_two_boxes() {
        let told = problems(day(&typed("--12"), now(), "on"));
        assert_eq!(
            told,
            [("on.month".to_owned(), Problem::MonthMissing), ("on.year".to_owned(), Problem::YearMissing)]
        );
        let when = WhenTyped::Moment { on: typed("2026-4-31"), time: "soon".into(), twice: None };
        let told = problems(occurred(&when, now(), "occurred"));
        assert_eq!(
            told,
            [
                ("occurred.day".to_owned(), Problem::AprilIsShorter),
                ("occurred.time".to_owned(), Problem::TimeUnclear)
            ]
        );
    }

    #[test]
    fn nobody_is_born_tomorrow_and_two_digits_make_nobody_a_child_of_ninety() {
        let child = PersonRole::Child;
        assert_eq!(problem(born("2026-6-4", child, now())), ("birth.day".into(), Problem::NotBornYet));
        assert_eq!(problem(born("26-6-4", child, now())).1, Problem::NotBornYet, "and not in 1926");
        let on = |year| Birth::Born { on: clock::day(year, 4, 1).unwrap() };
        assert_eq!(born("19-4-1", child, now()).unwrap(), on(2019));
        assert_eq!(born("85-4-1", PersonRole::Parent, now()).unwrap(), on(1985));
        assert_eq!(problem(born("30-4-1", child, now())), ("birth.year".into(), Problem::YearUnclear));
        assert_eq!(problem(born("1850-4-1", child, now())), ("birth.year".into(), Problem::YearOutOfRange));
    }

    fn told(on: &str, time: &str, twice: Option<Twice>, now: Moment) -> Result<String> {
        let when = WhenTyped::Moment { on: typed(on), time: time.into(), twice };
        let read = occurred(&when, now, "occurred")?;
        Ok(serde_json::to_value(read).unwrap()["at"].as_str().unwrap().to_owned())
    }

    #[test]
    fn a_time_is_that_of_clocks_here() {
        let at = |on: &str, time: &str| told(on, time, None, now());
        assert_eq!(at("2026-6-2", "9.30").unwrap(), "2026-06-02T09:30:00+01:00");
        assert_eq!(at("2026-1-2", "09:30").unwrap(), "2026-01-02T09:30:00Z");
        for evening in ["9.40pm", "2140", "21:40", "9.40 p.m."] {
            assert_eq!(at("26-jun-2", evening).unwrap(), "2026-06-02T21:40:00+01:00", "{evening}");
        }
        assert_eq!(at("2026-6-1", "24:00").unwrap(), "2026-06-02T00:00:00+01:00");
        for (time, wrong) in
            [("9:3", Problem::TimeUnclear), ("", Problem::TimeMissing), ("25:00", Problem::TimeUnclear)]
        {
            assert_eq!(problem(at("2026-6-2", time)), ("occurred.time".into(), wrong), "{time}");
        }
        assert_eq!(
            problem(at("2026-6-3", "23:00")),
            ("occurred.time".into(), Problem::TimeToCome),
            "tonight"
        );
        assert_eq!(problem(at("2026-12-30", "9:00")), ("occurred.day".into(), Problem::DayToCome));
    }

    #[test]
    fn the_hour_that_comes_twice_is_asked_about_and_the_one_that_never_was_is_refused() {
        let later = utc("2026-10-26T09:00:00Z");
        assert_eq!(
            problem(told("2026-10-25", "1.30", None, later)),
            ("occurred.twice".into(), Problem::TimeTwice)
        );
        let of = |twice| told("2026-10-25", "1:30am", Some(twice), later).unwrap();
        assert_eq!(of(Twice::First), "2026-10-25T01:30:00+01:00");
        assert_eq!(of(Twice::Second), "2026-10-25T01:30:00Z");
        assert_eq!(
            told("2026-10-25", "01:30", None, utc("2026-10-25T00:35:00Z")).unwrap(),
            "2026-10-25T01:30:00+01:00",
            "five minutes after the first, the second is still to come"
        );
        let spring = problem(told("2026-3-29", "1:30", None, now()));
        assert_eq!(spring, ("occurred.time".into(), Problem::TimeSkipped));
        let second = Occurred::Moment { at: utc("2026-10-25T01:30:00Z") };
        let again = occurred(&WhenTyped::from(second.clone()), later, "occurred").unwrap();
        assert_eq!(again, second, "what is corrected keeps its hour");
    }

    #[test]
    fn a_month_is_one_that_has_begun() {
        let month = |month: &str, year: &str| {
            occurred(&WhenTyped::Month { year: year.into(), month: month.into() }, now(), "occurred")
        };
        assert_eq!(month("Mar", "26").unwrap(), Occurred::Month { year: 2026, month: 3 });
        assert_eq!(problem(month("13", "2026")), ("occurred.month".into(), Problem::MonthUnclear));
        assert_eq!(problem(month("7", "2026")), ("occurred.month".into(), Problem::DayToCome));
        assert_eq!(problem(month("3", "")), ("occurred.year".into(), Problem::YearMissing));
        assert_eq!(problem(month("", "")), ("occurred.month".into(), Problem::MonthMissing));
    }

    #[test]
    fn an_age_that_is_not_changed_stays_that_of_the_day_on_which_it_was_noted() {
        let noted = Birth::About { years: 7, on: clock::day(2024, 6, 3).unwrap() };
        let about = |years: &str| BirthTyped::About { years: years.into() };
        assert_eq!(birth(&about("7"), None, Some(&noted), (now(), now()), "birth").unwrap(), noted);
        let today = Birth::About { years: 9, on: clock::day(2026, 6, 3).unwrap() };
        assert_eq!(birth(&about(" 9 "), None, Some(&noted), (now(), now()), "birth").unwrap(), today);
        for years in ["", "121", "-1", "+7", "7.5", "seven"] {
            assert_eq!(
                problem(birth(&about(years), None, None, (now(), now()), "birth")),
                ("birth.years".into(), Problem::AgeUnclear),
                "{years}"
            );
        }
    }

    #[test]
    fn a_date_in_one_piece_is_spread_over_the_boxes() {
        let parts = DayParts { day: "12".into(), month: "3".into(), year: "2026".into() };
        for text in ["--12/03/2026", "--12 March 2026", "--2026-03-12"] {
            let spread = spread_day(&typed(text)).unwrap();
            let plain = |part: &str| part.trim_start_matches('0').to_owned();
            let spread = DayParts { day: plain(&spread.day), month: plain(&spread.month), ..spread };
            assert_eq!(spread, parts, "{text}");
        }
        assert_eq!(spread_day(&typed("2026-3-12")), None, "three boxes are left alone");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_check_panic(value in ".{0,400}", other in "[0-9:.٣-]{0,12}") {
            for text in [&value, &other] {
                let on = typed(text);
                let _ = day(&on, now(), "f");
                let _ = spread_day(&on);
                let when = WhenTyped::Moment { on: on.clone(), time: other.clone(), twice: None };
                let _ = occurred(&when, now(), "f");
                let month = WhenTyped::Month { year: text.clone(), month: other.clone() };
                let _ = occurred(&month, now(), "f");
                let _ = birth(&BirthTyped::Expected { on }, None, None, (now(), now()), "f");
                let _ = birth(&BirthTyped::About { years: text.clone() }, None, None, (now(), now()), "f");
            }
            let _ = occurred(&WhenTyped::Unknown { words: value }, now(), "f");
        }
    }
}
