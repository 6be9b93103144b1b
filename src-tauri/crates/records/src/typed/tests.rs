#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

fn words() -> TimeWords {
    let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut words = TimeWords::default();
    words.add(
        &list("January February March April May June July August September October November December"),
        &list("Monday Thursday Thu of the"),
        &list("st nd rd th"),
        &list("noon midday"),
    );
    words
}

fn on(year: i32, month: u32, day: u32) -> Day {
    Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn read(day: &str, month: &str, year: &str) -> Result<Option<Day>, Vec<DayFault>> {
    read_day(DayBoxes { day, month, year }, &words(), Century::Nearest(on(2026, 11, 29)))
}

#[test]
fn a_day_is_read_in_every_manner_of_writing_it() {
    for (day, month, year) in [
        ("12", "3", "2026"),
        ("12", "03", "26"),
        ("12", "March", "2026"),
        ("12", "mar", "26"),
        ("12th", "MAR.", "2026"),
        ("١٢", "٣", "٢٠٢٦"),
        ("１２", "３", "２０２６"),
        ("12\u{200B}", " 3\u{A0}", "'26"),
        ("12/03/2026", "", ""),
        ("", "", "12/03/2026"),
        ("", "12.3.26", ""),
        ("12-03-2026", "", ""),
        ("2026-03-12", "", ""),
        ("2026/3/12", "", ""),
        ("12 March 2026", "", ""),
        ("12th of March, 2026", "", ""),
        ("Thursday 12 March 2026", "", ""),
        ("March 12, 2026", "", ""),
        ("12Mar2026", "", ""),
        ("12 March", "", "2026"),
        ("12032026", "", ""),
        ("20260312", "", ""),
        ("120326", "", ""),
    ] {
        assert_eq!(read(day, month, year), Ok(Some(on(2026, 3, 12))), "{day:?} {month:?} {year:?}");
    }
    assert_eq!(read(" ", "\u{200B}", ""), Ok(None), "nothing was typed");
    assert_eq!(read("4", "sept", "2025"), Ok(Some(on(2025, 9, 4))));
}

#[test]
fn what_is_wrong_is_told_with_its_box() {
    use DayFault::{Missing, TooShort, Unclear};
    use DayPart::{Day, Month, Year};
    for ((day, month, year), wrong) in [
        (("12", "", ""), vec![Missing(Month), Missing(Year)]),
        (("", "6", ""), vec![Missing(Day), Missing(Year)]),
        (("12", "13", "2026"), vec![Unclear(Month)]),
        (("32", "3", "2026"), vec![Unclear(Day)]),
        (("0", "0", "2026"), vec![Unclear(Day), Unclear(Month)]),
        (("1e1", "3", "2026"), vec![Unclear(Day)]),
        (("0x1", "3", "2026"), vec![Unclear(Day)]),
        (("+1", "3", "2026"), vec![Unclear(Day)]),
        (("-1", "3", "2026"), vec![Unclear(Day)]),
        (("1.0", "3", "2026"), vec![Unclear(Day)]),
        (("1", "Ma", "2026"), vec![Unclear(Month)]),
        (("1", "Ju", "2026"), vec![Unclear(Month)]),
        (("1", "Marsh", "2026"), vec![Unclear(Month)]),
        (("1", "3", "202"), vec![Unclear(Year)]),
        (("1", "3", "20266"), vec![Unclear(Year)]),
        (("1", "3", "next"), vec![Unclear(Year)]),
        (("next week", "", ""), vec![Unclear(Day)]),
        (("before 12 March 2026", "", ""), vec![Unclear(Day)]),
        (("12/03/2026", "3", "2026"), vec![Unclear(Day)]),
        (("03/25/2026", "", ""), vec![Unclear(Month)]),
        (("31", "4", "2026"), vec![TooShort { month: 4, days: 30 }]),
        (("31 April 2026", "", ""), vec![TooShort { month: 4, days: 30 }]),
        (("29", "2", "2011"), vec![TooShort { month: 2, days: 28 }]),
        (("30", "Feb", "2024"), vec![TooShort { month: 2, days: 29 }]),
    ] {
        assert_eq!(read(day, month, year), Err(wrong), "{day:?} {month:?} {year:?}");
    }
    assert_eq!(read("29", "2", "2024"), Ok(Some(on(2024, 2, 29))));
}

#[test]
fn two_digits_of_a_year_are_the_nearest_and_those_of_a_birth_the_last_that_has_been() {
    let year = |century: Century, typed: &str| {
        let boxes = DayBoxes { day: "1", month: "1", year: typed };
        read_day(boxes, &words(), century).unwrap().unwrap().0.year()
    };
    let today = on(2026, 11, 29);
    for (typed, nearest, birth) in
        [("26", 2026, 2026), ("27", 2027, 1927), ("19", 2019, 2019), ("85", 1985, 1985), ("76", 2076, 1976)]
    {
        assert_eq!(year(Century::Nearest(today), typed), nearest, "{typed}");
        assert_eq!(year(Century::Past(today), typed), birth, "{typed}");
    }
    assert_eq!(year(Century::Nearest(on(1999, 1, 1)), "02"), 2002);
}

#[test]
fn a_date_in_one_piece_is_spread_and_three_boxes_are_left_alone() {
    let spread = |day: &str, month: &str, year: &str| spread_day(DayBoxes { day, month, year }, &words());
    let three = |all: [&str; 3]| Some(all.map(str::to_owned));
    assert_eq!(spread("12/03/2026", "", ""), three(["12", "03", "2026"]));
    assert_eq!(spread("", "", "12 mar 26"), three(["12", "3", "26"]));
    assert_eq!(spread("12", "March", "2026"), None);
    assert_eq!(spread("12", "", ""), None);
    assert_eq!(spread("soon", "", ""), None);
}

#[test]
fn a_month_is_read_by_its_number_or_name() {
    let read =
        |month: &str, year: &str| read_month(month, year, &words(), Century::Nearest(on(2026, 11, 29)));
    assert_eq!(read("Oct", "26"), Ok(Some(on(2026, 10, 1))));
    assert_eq!(read("", ""), Ok(None));
    assert_eq!(read("10", ""), Err(vec![DayFault::Missing(DayPart::Year)]));
    assert_eq!(read("13", "2026"), Err(vec![DayFault::Unclear(DayPart::Month)]));
}

#[test]
fn a_time_is_read_in_every_manner_of_writing_it() {
    let read =
        |typed: &str| read_time(typed, &words()).map(|(at, next)| (at.format("%H:%M").to_string(), next));
    for typed in [
        "21:40",
        "21.40",
        "2140",
        "9.40pm",
        "9:40 PM",
        "9.40 p.m.",
        "940pm",
        "21h40",
        "21 40",
        "2140hrs",
        "٢١:٤٠",
        "21:40:15",
        "21.40pm",
    ] {
        assert_eq!(read(typed), Some(("21:40".into(), false)), "{typed}");
    }
    for typed in ["9:40", "09.40", "0940", "940", "9.40am", "9,40"] {
        assert_eq!(read(typed), Some(("09:40".into(), false)), "{typed}");
    }
    assert_eq!(read("9pm"), Some(("21:00".into(), false)));
    assert_eq!(read("12am"), Some(("00:00".into(), false)));
    for typed in ["12pm", "noon", "12 noon", "Midday"] {
        assert_eq!(read(typed), Some(("12:00".into(), false)), "{typed}");
    }
    assert_eq!(read("24:00"), Some(("00:00".into(), true)), "where the next day begins");
    for typed in [
        "",
        "9",
        "9:3",
        "24:01",
        "25:00",
        "9:60",
        "13am",
        "0pm",
        "1e1",
        "+9:40",
        "-9:40",
        "9:40 tomorrow",
        "half past",
        "midnight",
        "09:40:75",
        "99999",
    ] {
        assert_eq!(read(typed), None, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_reading_panic(a in "\\PC{0,80}", b in "[0-9/ .:apmh٣-]{0,14}", c in "[0-9A-Za-z]{0,6}") {
        for (day, month, year) in [(&a, &b, &c), (&b, &c, &a), (&c, &a, &b), (&b, &b, &c)] {
            let _ = read(day, month, year);
            let _ = spread_day(DayBoxes { day, month, year }, &words());
            let _ = read_time(day, &words());
        }
    }

    #[test]
    fn every_day_reads_back_from_its_three_boxes_and_from_its_text(days in 0i64..109_000) {
        let day = Day(on(1900, 1, 1).0 + chrono::Days::new(days.unsigned_abs()));
        let (d, m, y) = (day.0.day().to_string(), day.0.month().to_string(), day.0.year().to_string());
        prop_assert_eq!(read(&d, &m, &y), Ok(Some(day)));
        prop_assert_eq!(read(&day.to_string(), "", ""), Ok(Some(day)));
        prop_assert_eq!(read("", "", &day.0.format("%d%m%Y").to_string()), Ok(Some(day)));
    }
}

#[test]
fn a_year_that_no_record_has_is_a_slip_in_the_year() {
    for year in ["0026", "0999", "1849", "2201", "9999"] {
        assert_eq!(read("1", "2", year), Err(vec![DayFault::Unclear(DayPart::Year)]), "{year}");
    }
    assert_eq!(read("1", "2", "1931"), Ok(Some(on(1931, 2, 1))));
}
