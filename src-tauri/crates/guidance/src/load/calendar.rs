//! Reading the calendar of a pack: the shared part `calendar`, with one file for each year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use sharewell_records::{Day, Nation};
use toml::de::DeTable;

use super::cites::{Citing, cites};
use super::parts::{self, Part};
use super::read::{Problems, Row, Source};
use crate::{Calendar, What};

/// The shared part that holds it.
pub(super) const PART: &str = "calendar";
/// More bank holidays than any nation has in a year. Keeps a deadline near.
const MOST: usize = 20;

/// The first calendar, as it stands in `assets/guidance/shared/calendar/1/`.
const FIRST: [(&str, &str); 3] = [
    ("shared/calendar/2026.toml", include_str!("../../../../../assets/guidance/shared/calendar/1/2026.toml")),
    ("shared/calendar/2027.toml", include_str!("../../../../../assets/guidance/shared/calendar/1/2027.toml")),
    ("shared/calendar/2028.toml", include_str!("../../../../../assets/guidance/shared/calendar/1/2028.toml")),
];

/// The year for which a file of a shared part is named.
pub(super) fn year(part: &str, stem: &str) -> Option<i32> {
    let digits = stem.len() == 4 && stem.bytes().all(|byte| byte.is_ascii_digit());
    if part == PART && digits { stem.parse().ok() } else { None }
}

/// The year of a path inside the pack.
fn year_of(path: &str) -> Option<i32> {
    year(parts::part_of(path)?, parts::inside(path).strip_suffix(".toml")?)
}

/// What the files of the years say of one nation, in the order of the years.
fn years<'a>(
    rows: impl Iterator<Item = &'a Row<'a>>,
    nation: Nation,
    mut cited: impl FnMut(&Row<'_>),
) -> (Vec<i32>, BTreeSet<NaiveDate>) {
    let mut years = Vec::new();
    let mut holidays = BTreeSet::new();
    for row in rows {
        let Some(year) = year_of(row.source.path) else { continue };
        let said = row.required("year", row.number("year"));
        if said.is_some_and(|said| said != year) {
            row.add("year", What::Misplaced, format!("the file is the one of {year}"));
        }
        if years.last().is_some_and(|last| last + 1 != year) {
            row.add("year", What::MissingFile, "a year before this one is left out");
        }
        cited(row);
        for of in Nation::ALL {
            let found = of_nation(row, of.word(), year);
            if of == nation {
                holidays.extend(found);
            }
        }
        row.finish();
        years.push(year);
    }
    (years, holidays)
}

/// The bank holidays of a nation in a year: in order, none twice, none at a weekend.
fn of_nation(row: &Row<'_>, field: &'static str, year: i32) -> Vec<NaiveDate> {
    let mut found: Vec<NaiveDate> = Vec::new();
    let days = row.days(field);
    if days.is_empty() && !row.has(field) {
        row.add(field, What::MissingField, format!("\"{field}\" is missing"));
    }
    if days.len() > MOST {
        row.add(field, What::TooLarge, format!("a year has at most {MOST} bank holidays"));
        return found;
    }
    for Day(day) in days {
        if day.year() != year {
            row.add(field, What::BadDate, format!("{day} is not in {year}"));
        } else if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            row.add(field, What::BadDate, format!("{day} is at a weekend: name the day kept instead"));
        } else if found.last().is_some_and(|last| *last >= day) {
            row.add(field, What::BadDate, format!("{day} does not come after the day before it"));
        } else {
            found.push(day);
        }
    }
    found
}

/// The calendar of a pack; the first one where it carries none.
pub(super) fn read(
    meta: &Row<'_>,
    rows: &[Row<'_>],
    parts: &[Part],
    nation: Nation,
    citing: &Citing<'_>,
) -> Calendar {
    let Some(part) = parts.iter().find(|part| part.id == PART) else { return first(nation) };
    let (years, holidays) = years(rows.iter(), nation, |row| {
        cites(row, citing);
    });
    match (years.first(), years.last()) {
        (Some(from), Some(until)) => Calendar::new(part.name(), *from, *until, holidays),
        (_, _) => {
            meta.add("shares", What::MissingFile, "the calendar has no year");
            first(nation)
        }
    }
}

/// The first calendar.
pub(crate) fn first(nation: Nation) -> Calendar {
    let problems = Problems::default();
    let sources = FIRST.map(|(path, text)| Source::new(path, text));
    let tables = sources.each_ref().map(|source| DeTable::parse_recoverable(source.text).0);
    let rows: Vec<Row<'_>> = std::iter::zip(&sources, &tables)
        .map(|(source, table)| Row::new(source, &problems, table.get_ref(), 0))
        .collect();
    let (years, holidays) = years(rows.iter(), nation, |row| {
        row.list("sources");
    });
    let (from, until) = (years.first().copied(), years.last().copied());
    Calendar::new(format!("{PART}@1"), from.unwrap_or_default(), until.unwrap_or_default(), holidays)
}
