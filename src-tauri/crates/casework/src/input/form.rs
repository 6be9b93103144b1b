//! One form: everything that is wrong with it is collected, so that the practitioner is told all of it at once.
//!
//! The fields are asked in the order of the page. Each gives its value, or none and a problem that is kept; the
//! form ends with the whole, or with every problem.

use sharewell_records::{Day, Moment, Occurred};
use sharewell_vault::{Vault, ledger};

use super::when::past_day;
use super::{coming_day, day, left, name, names, occurred, read_day, text};
use crate::clock;
use crate::error::{Error, Field, Problem, Result};
use crate::views::{DayTyped, LeftTyped, WhenTyped};

/// What is wrong with one form, as far as it was read.
#[derive(Debug, Default)]
pub(crate) struct Form {
    faults: Vec<(Field, Problem)>,
    /// What is no matter of a field: it is told before them.
    refused: Option<Error>,
    /// The latest moment that may be now, where the clock is known to stand behind.
    latest: Option<Moment>,
}

impl Form {
    /// A form of which nothing was read yet.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A form that takes days which have been. While the clock is known to stand behind, what it calls a day to come may
    /// well have been: up to a year after the last moment that is trusted, a day is taken, and the entry is marked as
    /// all are that are written under such a clock.
    ///
    /// # Errors
    /// [`Error::Vault`] where the vault refuses.
    pub(crate) fn of_past_days(vault: &Vault, now: Moment) -> Result<Self> {
        let last = vault.read(ledger::doubts)?.clock_last().filter(|last| now < *last);
        let latest =
            last.map(|last| clock::at(clock::days_after(clock::day_of(last), 366), chrono::NaiveTime::MIN));
        Ok(Self { latest, ..Self::default() })
    }

    /// Up to when a day may have been.
    pub(crate) fn latest(&self, now: Moment) -> Moment {
        self.latest.map_or(now, |latest| latest.max(now))
    }

    /// A field is at fault.
    pub(crate) fn fault(&mut self, field: &str, problem: Problem) {
        self.faults.push((field.into(), problem));
    }

    /// A field is at fault where something is so.
    pub(crate) fn fault_if(&mut self, so: bool, field: &str, problem: Problem) {
        if so {
            self.fault(field, problem);
        }
    }

    /// A field is at fault, where nothing was said of it yet.
    pub(crate) fn fault_once(&mut self, field: &str, problem: Problem) {
        let said = self.faults.iter().any(|(told, _)| told.0 == field);
        self.fault_if(!said, field, problem);
    }

    /// What a check of its own gave: the value, or none and its problems.
    pub(crate) fn take<T>(&mut self, checked: Result<T>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(Error::Fields(faults)) => {
                self.faults.extend(faults);
                None
            }
            Err(other) => {
                self.refused.get_or_insert(other);
                None
            }
        }
    }

    /// A text of any length up to the limit. May be empty.
    pub(crate) fn text(&mut self, field: &str, value: &str) -> String {
        self.take(text(value, field)).unwrap_or_default()
    }

    /// A text that must say something.
    pub(crate) fn required(&mut self, field: &str, value: &str) -> String {
        let checked = text(value, field);
        self.filled(field, checked, Problem::Missing)
    }

    /// A reason that must say something.
    pub(crate) fn reason(&mut self, field: &str, value: &str) -> String {
        let checked = text(value, field);
        self.filled(field, checked, Problem::ReasonMissing)
    }

    /// A short text on one line. May be empty.
    pub(crate) fn name(&mut self, field: &str, value: &str) -> String {
        self.take(name(value, field)).unwrap_or_default()
    }

    /// A short text that must say something.
    pub(crate) fn required_name(&mut self, field: &str, value: &str) -> String {
        let checked = name(value, field);
        self.filled(field, checked, Problem::Missing)
    }

    /// A list of short texts.
    pub(crate) fn names(&mut self, field: &str, values: &[String]) -> Vec<String> {
        self.take(names(values, field)).unwrap_or_default()
    }

    /// One of a closed set, or yes or no: something must be chosen.
    pub(crate) fn chosen<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        self.fault_if(value.is_none(), field, Problem::Missing);
        value
    }

    /// A day that may be left open. Given, it is one of the calendar.
    pub(crate) fn day(&mut self, field: &str, typed: &DayTyped, now: Moment) -> Option<Day> {
        self.take(read_day(typed, field, now)).flatten()
    }

    /// The same, not to come.
    pub(crate) fn past_day(&mut self, field: &str, typed: &DayTyped, now: Moment) -> Option<Day> {
        let latest = self.latest(now);
        self.open_day(field, typed, now, |on| past_day(on, latest, field))
    }

    /// The same, not passed.
    pub(crate) fn coming_day(&mut self, field: &str, typed: &DayTyped, now: Moment) -> Option<Day> {
        self.open_day(field, typed, now, |on| coming_day(on, now, field))
    }

    /// When something happened: it must be said, if only that it is not known.
    pub(crate) fn occurred(
        &mut self,
        field: &str,
        typed: Option<&WhenTyped>,
        now: Moment,
    ) -> Option<Occurred> {
        let typed = self.chosen(field, typed)?;
        self.take(occurred(typed, self.latest(now), field))
    }

    /// When something left: it must be said.
    pub(crate) fn left(&mut self, field: &str, typed: Option<&LeftTyped>, now: Moment) -> Option<Moment> {
        let typed = self.chosen(field, typed)?;
        self.take(left(typed, now, field))
    }

    /// The whole, where nothing is wrong. It gives none only where a field was told to be at fault.
    pub(crate) fn end<T>(self, whole: impl FnOnce() -> Option<T>) -> Result<T> {
        match (self.refused, self.faults.is_empty()) {
            (Some(refused), _) => Err(refused),
            (None, false) => Err(Error::Fields(self.faults)),
            (None, true) => whole().ok_or(Error::Stored { what: "form" }),
        }
    }

    fn open_day(
        &mut self,
        field: &str,
        typed: &DayTyped,
        now: Moment,
        fits: impl FnOnce(Day) -> Result<Day>,
    ) -> Option<Day> {
        let day = self.take(day(typed, now, field)).flatten()?;
        self.take(fits(day))
    }

    fn filled(&mut self, field: &str, checked: Result<String>, problem: Problem) -> String {
        let value = self.take(checked);
        self.fault_if(value.as_ref().is_some_and(String::is_empty), field, problem);
        value.unwrap_or_default()
    }
}
