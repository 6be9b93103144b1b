//! Working days come from a pack's calendar: what it must hold, and what is reckoned by it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Weekday};
use proptest::prelude::*;
use sharewell_guidance::{
    Calendar, Deadline, Error, Files, FlowWords, Pack, What, content_hash, difference, mount,
};
use sharewell_records::{Day, Moment, Nation, in_london};
use support::{day, replace};

fn assets() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/guidance")
}

/// The files of a folder, as paths inside it.
fn folder(root: PathBuf) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inside = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(inside, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

const PACKS: [&str; 5] =
    ["england/2024-05", "england/2015-03", "scotland/2023-08", "wales/2021-02", "northern_ireland/2019-04"];

fn shipped(name: &str) -> Files {
    mount(folder(assets().join(name)), &folder(assets().join("shared")))
}

fn due(word: &str, from: &str, calendar: &Calendar) -> String {
    let from = Moment(DateTime::parse_from_rfc3339(from).unwrap());
    Deadline::parse(word).unwrap().due(from, calendar).unwrap().0.to_rfc3339()
}

/// The pack as a publisher would hand it out with one more bank holiday in it.
fn with_holiday(files: &Files, after: &str, new: &str) -> Files {
    let mut files = files.clone();
    let year = format!("shared/calendar/{}.toml", new.get(..4).unwrap());
    replace(&mut files, &year, &format!("{after},\n"), &format!("{after},\n  {new},\n"));
    files
}

#[test]
fn every_shipped_pack_carries_a_calendar_of_its_own() {
    for name in PACKS {
        let pack = Pack::load(&shipped(name)).unwrap();
        assert_eq!(pack.calendar.name, "calendar@2", "{name}");
        assert!(pack.parts.contains(&pack.calendar.name), "{name}");
        assert_eq!(pack.calendar.until(), day("2028-12-31"), "{name}");
    }
}

#[test]
fn the_first_calendar_never_changes() {
    let first = folder(assets().join("shared/calendar/1"));
    assert_eq!(
        content_hash(&first).to_string(),
        "ea58f2740dc7fe594fe40d0693dda5e85632b7f2a3a6259a7d1dca378c787e30",
        "decisions that were made under a pack without a calendar are reckoned by these very days"
    );
    let days = |nation| Calendar::first(nation).holidays().count();
    assert_eq!(
        Nation::ALL.map(days).iter().sum::<usize>(),
        24 + 27 + 24 + 30,
        "as the program held them in code"
    );
}

#[test]
fn a_pack_without_a_calendar_is_reckoned_by_the_first_one() {
    let mut files = shipped("scotland/2023-08");
    files.retain(|path, _| !path.starts_with("shared/calendar/"));
    replace(&mut files, "pack.toml", ", \"calendar@2\"", "");
    let pack = Pack::load(&files).unwrap();
    assert_eq!(pack.calendar, Calendar::first(Nation::Scotland));
    let friday = "2026-06-12T10:00:00+01:00";
    assert_eq!(due("end_of_next_working_day", friday, &pack.calendar), "2026-06-15T17:00:00+01:00");
    let now = Pack::load(&shipped("scotland/2023-08")).unwrap();
    assert_eq!(
        due("end_of_next_working_day", friday, &now.calendar),
        "2026-06-16T17:00:00+01:00",
        "the calendar of the pack knows the day that was proclaimed in February 2026"
    );
}

#[test]
fn a_new_bank_holiday_is_a_new_text_of_a_pack_and_no_new_program() {
    let before = shipped("england/2024-05");
    let after = with_holiday(&before, "2027-05-03", "2027-05-10");
    assert_ne!(content_hash(&before), content_hash(&after), "the holidays are in what a decision names");
    let (old, new) = (Pack::load(&before).unwrap(), Pack::load(&after).unwrap());
    let friday = "2027-05-07T15:00:00+01:00";
    assert_eq!(due("end_of_next_working_day", friday, &old.calendar), "2027-05-10T17:00:00+01:00");
    assert_eq!(due("end_of_next_working_day", friday, &new.calendar), "2027-05-11T17:00:00+01:00");
    let change = difference((&old, "en"), (&new, "en"), &FlowWords::default());
    assert_eq!(change.holidays.added.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["2027-05-10"]);
    assert!(change.holidays.removed.is_empty() && change.steps.is_empty(), "and whoever installs it is told");
}

#[test]
fn a_calendar_warns_a_year_before_it_runs_out() {
    let calendar = Pack::load(&shipped("wales/2021-02")).unwrap().calendar;
    assert_eq!(calendar.runs_out(day("2026-11-29")), None);
    assert_eq!(calendar.runs_out(day("2027-12-31")), None);
    assert_eq!(calendar.runs_out(day("2028-01-01")), Some(day("2028-12-31")));
    assert_eq!(calendar.runs_out(day("2031-06-01")), Some(day("2028-12-31")));
    assert!(calendar.knows(day("2028-12-31")) && !calendar.knows(day("2029-01-01")));
}

#[test]
fn beyond_its_last_year_only_weekends_are_passed_over_so_that_nothing_is_later_than_it_should_be() {
    let calendar = Calendar::first(Nation::England);
    assert_eq!(
        due("end_of_next_working_day", "2029-12-24T09:00:00+00:00", &calendar),
        "2029-12-25T17:00:00+00:00"
    );
}

#[test]
fn a_slip_in_a_calendar_is_refused_with_its_place() {
    let files = shipped("england/2024-05");
    let year = "shared/calendar/2027.toml";
    let spoilt = |from: &str, to: &str| {
        let mut files = files.clone();
        replace(&mut files, year, from, to);
        files
    };
    let without = |path: &str| {
        let mut files = files.clone();
        files.remove(path).unwrap();
        files
    };
    let all = "2027-01-01,\n";
    let crowd: String = (1..=31).map(|of| format!("2027-01-{of:02},\n")).collect();
    for (files, what) in [
        (spoilt("2027-03-26,", "2027-03-27,"), What::BadDate),
        (spoilt("2027-03-26,", "2026-03-26,"), What::BadDate),
        (spoilt("2027-03-26,", "2027-03-29,"), What::BadDate),
        (spoilt("2027-03-26,", "\"Good Friday\","), What::BadDate),
        (spoilt(all, &crowd), What::TooLarge),
        (spoilt("year = 2027", "year = 2028"), What::Misplaced),
        (spoilt("wales = [", "cymru = ["), What::UnknownField),
        (spoilt("wales = [", "cymru = ["), What::MissingField),
        (spoilt("sources = [\"BANKHOL\"]", "sources = []"), What::NoSource),
        (without(year), What::MissingFile),
    ] {
        match Pack::load(&files) {
            Err(Error::Pack(problems)) => {
                assert!(
                    problems.iter().any(|one| one.what == what && one.file.starts_with("shared/")),
                    "{problems:?}"
                );
            }
            other => panic!("{what:?} must be refused: {other:?}"),
        }
    }
    let mut empty = files.clone();
    empty.retain(|path, _| !path.starts_with("shared/calendar/20"));
    assert!(Pack::load(&empty).is_err(), "a calendar without a year");
    let mut elsewhere = files.clone();
    let bytes = elsewhere.get(year).unwrap().clone();
    elsewhere.insert("shared/uk-library/2027.toml".into(), bytes);
    assert!(Pack::load(&elsewhere).is_err(), "only a calendar has years");
    let mut older = files;
    replace(&mut older, "pack.toml", "engine = 7", "engine = 2");
    assert!(Pack::load(&older).is_err(), "an earlier engine would pass over it");
}

/// Easter Sunday (the Gregorian reckoning of Meeus).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).unwrap(), u32::try_from(n % 31 + 1).unwrap()).unwrap()
}

/// What the Act of 1971, the proclamations of every year and the Scottish Act of 2007 give a nation.
fn by_law(nation: Nation, year: i32) -> BTreeSet<NaiveDate> {
    let on = |month, of| NaiveDate::from_ymd_opt(year, month, of).unwrap();
    let first_monday = |month| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 1).unwrap();
    let last_monday = |month| {
        let fifth = NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5);
        fifth.or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 4)).unwrap()
    };
    let mut fixed = vec![on(1, 1), on(12, 25), on(12, 26)];
    let mut days = BTreeSet::from([easter(year) - Days::new(2), first_monday(5), last_monday(5)]);
    match nation {
        Nation::Scotland => {
            fixed.insert(1, on(1, 2));
            fixed.push(on(11, 30));
            days.insert(first_monday(8));
        }
        Nation::England | Nation::Wales | Nation::NorthernIreland => {
            days.extend([easter(year) + Days::new(1), last_monday(8)]);
        }
    }
    if nation == Nation::NorthernIreland {
        fixed.extend([on(3, 17), on(7, 12)]);
    }
    // What falls at a weekend is kept on the next day that is neither a weekend nor another holiday.
    for day in fixed {
        let mut kept = day;
        while matches!(kept.weekday(), Weekday::Sat | Weekday::Sun) || days.contains(&kept) {
            kept = kept + Days::new(1);
        }
        days.insert(kept);
    }
    days
}

#[test]
fn the_calendars_hold_what_the_law_gives_and_what_was_proclaimed() {
    for nation in Nation::ALL {
        let (first, shipped) =
            (Calendar::first(nation), PACKS.map(|name| Pack::load(&shipped(name)).unwrap()));
        let now = shipped.into_iter().find(|pack| pack.nation == nation).unwrap().calendar;
        for year in 2026..=2028 {
            let of = |calendar: &Calendar| -> BTreeSet<NaiveDate> {
                calendar.holidays().map(|day| day.0).filter(|day| day.year() == year).collect()
            };
            let mut law = by_law(nation, year);
            assert_eq!(of(&first), law, "{nation:?} {year}, the first calendar");
            if (nation, year) == (Nation::Scotland, 2026) {
                law.insert(day("2026-06-15").0);
            }
            assert_eq!(of(&now), law, "{nation:?} {year}");
        }
    }
}

fn nations() -> impl Strategy<Value = Nation> {
    prop::sample::select(Nation::ALL.to_vec())
}

prop_compose! {
    fn moments()(minutes in 0i64..4 * 366 * 24 * 60, offset in -12i32..14) -> Moment {
        let at = day("2025-12-01").0.and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::minutes(minutes);
        Moment(at.with_timezone(&chrono::FixedOffset::east_opt(offset * 3600).unwrap()))
    }
}

proptest! {
    #[test]
    fn a_deadline_in_working_days_falls_on_a_working_day_after_so_many_and_no_earlier(
        nation in nations(), from in moments(), count in 1u16..40,
    ) {
        let calendar = Calendar::first(nation);
        let due = Deadline::WithinWorkingDays(count).due(from, &calendar).unwrap();
        let (start, end) = (in_london(from.0.to_utc()).day(), in_london(due.0.to_utc()).day());
        prop_assert!(calendar.is_working_day(end), "{} is a weekend or a holiday", end);
        prop_assert_eq!((due.0.hour(), due.0.minute()), (17, 0));
        prop_assert_eq!(due, in_london(due.0.to_utc()), "with the offset of London");
        let between = start.0.iter_days().skip(1).take_while(|day| *day <= end.0);
        prop_assert_eq!(between.filter(|day| calendar.is_working_day(Day(*day))).count(), usize::from(count));
    }

    #[test]
    fn what_begins_later_is_never_due_earlier(
        nation in nations(), from in moments(), minutes in 0i64..20_000, count in 1u16..40,
    ) {
        let calendar = Calendar::first(nation);
        let later = Moment(from.0 + TimeDelta::minutes(minutes));
        for deadline in [
            Deadline::Now,
            Deadline::WithinHours(count),
            Deadline::EndOfToday,
            Deadline::EndOfNextWorkingDay,
            Deadline::WithinDays(count),
            Deadline::WithinWorkingDays(count),
        ] {
            let (first, second) = (deadline.due(from, &calendar), deadline.due(later, &calendar));
            prop_assert!(first.unwrap() <= second.unwrap(), "{}", deadline);
        }
    }

    #[test]
    fn more_working_days_are_never_sooner(nation in nations(), from in moments(), count in 1u16..40) {
        let calendar = Calendar::first(nation);
        let due = |count| Deadline::WithinWorkingDays(count).due(from, &calendar).unwrap();
        prop_assert!(due(count) < due(count + 1));
        prop_assert_eq!(due(1), Deadline::EndOfNextWorkingDay.due(from, &calendar).unwrap());
    }
}
