//! Codes, dates and names as people read them on paper, in a language.
//!
//! No word stands here: what is said comes from `assets/templates/words.<language>.json`, where the templates have
//! theirs.

mod catalogue;
mod consent;
mod pattern;
mod slips;

use std::sync::LazyLock;

use chrono::{Datelike, Timelike};
use serde::Deserialize;
use sharewell_documents::Language;
use sharewell_records::{
    Birth, Called, Day, Extent, ExtentCount, Moment, Occurred, Pattern, PersonRole, RelationshipKind,
    Request, Sha256, SpokenDays, TimeWords, WhyStays,
};

use crate::clock;
use crate::views::{AnswerParts, AnswerRow, SourceView};
use catalogue::Catalogue;
use pattern::Counted;
pub(crate) use slips::{SlipPaperWords, SlipPartWords};

/// The words of a language.
#[derive(Default)]
pub(crate) struct Words(Catalogue);

/// Every language with its words. A test reads them all; what could not be read would print as nothing, and stop
/// nobody.
static READ: LazyLock<(Vec<(Language, Words)>, Words)> = LazyLock::new(|| {
    let all = Language::all().map(|language| (language, Words(read(language).unwrap_or_default())));
    (all.collect(), Words::default())
});

fn read(language: Language) -> serde_json::Result<Catalogue> {
    #[derive(Deserialize)]
    struct File {
        values: Catalogue,
    }
    serde_json::from_slice::<File>(language.words()).map(|file| file.values)
}

impl std::ops::Deref for Words {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        &self.0
    }
}

impl Words {
    /// The words of every language of the program.
    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        READ.0.iter().map(|(_, words)| words)
    }

    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        let (all, none) = &*READ;
        all.iter().find(|(one, _)| *one == language).map_or(none, |(_, words)| words)
    }

    /// How people are called where a name is left out that nothing protects.
    pub(crate) fn name_left_out(&self, called: Called) -> Called {
        let said = &self.extent;
        Called {
            person: said.kept_person.clone(),
            person_alone: said.kept_name.clone(),
            several: said.kept_name.clone(),
            home: said.kept_home.clone(),
            ..called
        }
    }

    /// How much goes, or went, of what is held.
    pub(crate) fn how_much(&self, count: ExtentCount, gone: bool) -> String {
        let said = &self.extent;
        let all = count.held.to_string();
        if count.leaves() == 0 {
            return said.nothing_goes.fill(&[("all", &all)]);
        }
        let pattern = if gone { &said.went } else { &said.goes };
        let goes = pattern.fill(&[("count", &count.leaves().to_string()), ("all", &all)]);
        let nameless = match count.nameless {
            0 => String::new(),
            some => said.of_them.fill(&[("count", &some.to_string())]),
        };
        self.list(&[&goes, &nameless])
    }

    /// What stays, a line for each reason.
    pub(crate) fn what_stays(&self, extent: &Extent) -> Vec<String> {
        let line = |(why, count, words): (WhyStays, u32, &str)| {
            let stays = [("count", &*count.to_string()), ("why", self.extent.why.of(why))];
            self.said(&self.extent.stays.fill(&stays), words)
        };
        extent.staying().into_iter().map(line).collect()
    }

    /// The twelve months, as a date names them.
    pub(crate) fn months(&self) -> &[String] {
        &self.months
    }

    /// What months and hours are called in every language of the program: whoever works in one may paste from a
    /// letter in another.
    pub(crate) fn of_time() -> &'static TimeWords {
        static WORDS: LazyLock<TimeWords> = LazyLock::new(|| {
            let mut words = TimeWords::default();
            for (_, Words(one)) in &READ.0 {
                words.add(&one.months, &one.typed.beside, &one.typed.ordinals, &one.typed.noon);
            }
            words
        });
        &WORDS
    }

    /// The day that words mean which were written on a day, in whichever language of the program they are.
    pub(crate) fn day_meant(words: &str, written: Day) -> Option<Day> {
        READ.0.iter().find_map(|(_, Words(one))| {
            let spoken =
                SpokenDays { phrases: &one.days_meant, months: &one.months, ordinals: &one.typed.ordinals };
            spoken.meant(words, written)
        })
    }

    fn month(&self, number: u32) -> &str {
        let at = usize::try_from(number).unwrap_or(0).saturating_sub(1);
        self.months.get(at).map(String::as_str).unwrap_or_default()
    }

    /// `12 March 2026`.
    pub(crate) fn day(&self, day: Day) -> String {
        self.time.day.fill(&[
            ("day", &day.0.day().to_string()),
            ("month", self.month(day.0.month())),
            ("year", &day.0.year().to_string()),
        ])
    }

    /// `12 March 2026, 10:42`, on the clocks of the United Kingdom.
    pub(crate) fn moment(&self, moment: Moment) -> String {
        let local = clock::now_from(moment.0.to_utc());
        let time = format!("{:02}:{:02}", local.0.hour(), local.0.minute());
        self.time.moment.fill(&[("day", &self.day(local.day())), ("time", &time)])
    }

    /// A moment where there is one.
    pub(crate) fn moment_or_none(&self, moment: Option<Moment>) -> String {
        moment.map(|moment| self.moment(moment)).unwrap_or_default()
    }

    /// When something happened, as far as it is known.
    pub(crate) fn occurred(&self, occurred: &Occurred) -> String {
        match occurred {
            Occurred::Day { on } => self.day(*on),
            Occurred::Moment { at } => self.moment(*at),
            Occurred::Month { year, month } => {
                self.time.month.fill(&[("month", self.month(u32::from(*month))), ("year", &year.to_string())])
            }
            Occurred::Unknown { words } => words.clone(),
        }
    }

    /// The date of birth, the expected date, or about how old.
    pub(crate) fn birth(&self, birth: &Birth) -> String {
        match birth {
            Birth::Born { on } => self.day(*on),
            Birth::Expected { on } => self.birth.expected.fill(&[("day", &self.day(*on))]),
            Birth::About { years, on } => {
                self.birth.about.fill(&[("years", &years.to_string()), ("day", &self.day(*on))])
            }
            Birth::Unknown => String::new(),
        }
    }

    /// The age on a day.
    pub(crate) fn age(&self, birth: &Birth, on: Day) -> String {
        let counted = |forms: &Counted, years: u32| forms.of(years).fill(&[("years", &years.to_string())]);
        match (birth, clock::age(birth, on)) {
            (Birth::Expected { .. }, _) => self.age.unborn.clone(),
            (Birth::About { .. }, Some(years)) => counted(&self.age.about, years),
            (_, Some(years)) => counted(&self.age.years, years),
            (_, None) => String::new(),
        }
    }

    /// An answer in words, in full; empty where nobody and nothing was named.
    pub(crate) fn answer(&self, answer: &AnswerParts) -> String {
        let series = |parts: &[String]| self.join.series.join(parts.iter().map(String::as_str));
        let rows = |rows: &[AnswerRow], pattern: &Pattern| {
            let row = |row: &AnswerRow| {
                self.said(&pattern.join([row.name.as_str(), row.label.as_str()]), &row.words)
            };
            series(&rows.iter().map(row).collect::<Vec<_>>())
        };
        match answer {
            AnswerParts::Chosen { labels, words } => self.said(&series(labels), words),
            AnswerParts::Text { text } => text.clone(),
            AnswerParts::Date { on } => self.day(*on),
            AnswerParts::People { names } => self.join.list.join(names.iter().map(String::as_str)),
            AnswerParts::Adviser { who, result, said } => {
                self.said(&self.list(&[who, self.adviser_result.of(*result)]), said)
            }
            AnswerParts::Items { texts } => series(texts),
            AnswerParts::Weighing { heavier } => self.heavier.of(*heavier).to_owned(),
            AnswerParts::EachPerson { rows: all } => rows(all, &self.join.list),
            AnswerParts::Checklist { rows: all } => rows(all, &self.join.phrase),
        }
    }

    /// A source as one line.
    pub(crate) fn source_line(&self, source: &SourceView) -> String {
        let SourceView { title, publisher, year, place, .. } = source;
        let line = [("title", title.as_str()), ("publisher", publisher), ("year", year)];
        if title.is_empty() { String::new() } else { self.list(&[&self.source_line.fill(&line), place]) }
    }

    /// A request in a sentence or two.
    pub(crate) fn request(&self, request: &Request) -> String {
        let said = &self.request;
        let said_of = |pattern: &Pattern, text: &str| match text.is_empty() {
            true => String::new(),
            false => pattern.fill(&[("words", text)]),
        };
        let (from, day) = (self.requester.of(request.from), self.day(request.received));
        self.series(&[
            &said.made.fill(&[("from", from), ("day", &day)]),
            &request.name,
            &request.organisation,
            &said_of(&said.what, &request.what),
            &said_of(&said.purpose, &request.purpose),
            &said_of(&said.authority, &request.authority),
            &said_of(&said.checked, &request.how_verified),
            if request.verified { "" } else { &said.not_certain },
        ])
    }

    /// What somebody is to the child: the tie, or the role where there is none.
    pub(crate) fn relation(&self, (tie, role): (Option<RelationshipKind>, PersonRole)) -> &str {
        tie.map_or_else(|| self.role.of(role), |tie| self.tie.of(tie))
    }

    /// What kind of entry something is; the stored word where a newer program wrote it.
    pub(crate) fn kind_of<'a>(&'a self, stored: &'a str) -> &'a str {
        self.kind.stored(stored).map_or(stored, String::as_str)
    }

    /// The parts that say something, behind one another: `Name, role`.
    pub(crate) fn list(&self, parts: &[&str]) -> String {
        self.join.list.join(parts.iter().copied())
    }

    /// The same of longer parts: `One thing; another`.
    pub(crate) fn series(&self, parts: &[&str]) -> String {
        self.join.series.join(parts.iter().copied())
    }

    /// Words beside what they belong to: `Other: what it is`. Either may be missing.
    pub(crate) fn said(&self, label: &str, words: &str) -> String {
        match (label.is_empty(), words.is_empty()) {
            (_, true) => label.to_owned(),
            (true, false) => words.to_owned(),
            (false, false) => self.join.said.fill(&[("label", label), ("words", words)]),
        }
    }
}

/// The first digits of a hash in groups of four; `digits` 64 gives all of it.
pub(crate) fn grouped(hash: &Sha256, digits: usize) -> String {
    let mut shown = String::new();
    for (at, digit) in hash.to_string().chars().take(digits).enumerate() {
        if at > 0 && at % 4 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn english() -> &'static Words {
        Words::of(Language::first())
    }

    #[test]
    fn every_language_has_every_word_that_is_asked_for_and_no_other() {
        for language in Language::all() {
            let read = read(language);
            assert!(read.is_ok(), "words.{}.json: {:?}", language.tag(), read.err());
        }
    }

    /// The places of every message, by where it stands.
    fn places(value: &serde_json::Value, at: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
        match value {
            serde_json::Value::Object(all) => {
                // A language may have other forms for numbers; each says the same.
                let counted = all.contains_key("other");
                for (name, one) in all {
                    let at = if counted { at.to_owned() } else { format!("{at}.{name}") };
                    places(one, &at, found);
                }
            }
            serde_json::Value::String(text) => {
                let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
                found.entry(at.to_owned()).or_default().extend(names.map(|(name, _)| name.to_owned()));
            }
            _ => {}
        }
    }

    #[test]
    fn every_language_fills_the_same_places() {
        let of = |language: Language| {
            let (mut found, file) = (BTreeMap::new(), serde_json::from_slice(language.words()).unwrap());
            places(&file, "", &mut found);
            found
        };
        let first = of(Language::first());
        for language in Language::all() {
            assert_eq!(of(language), first, "{}", language.tag());
        }
    }

    #[test]
    fn a_moment_in_summer_is_printed_as_clocks_show_it() {
        let moment_in_june = clock::now_from("2026-06-03T09:05:00Z".parse().unwrap());
        assert_eq!(english().moment(moment_in_june), "3 June 2026, 10:05");
    }

    #[test]
    fn a_hash_is_grouped_as_people_compare_it() {
        assert_eq!(grouped(&Sha256([0x7f; 32]), 12), "7f7f 7f7f 7f7f");
        assert_eq!(grouped(&Sha256([0; 32]), 64).split(' ').count(), 16);
    }

    #[test]
    fn an_age_says_what_is_known_and_no_more() {
        let day = |y, m, d| clock::day(y, m, d).unwrap();
        let age = |birth, on| english().age(&birth, on);
        assert_eq!(age(Birth::Born { on: day(2025, 1, 1) }, day(2026, 6, 3)), "1 year");
        assert_eq!(age(Birth::About { years: 7, on: day(2026, 1, 1) }, day(2026, 6, 3)), "about 7 years");
        assert_eq!(age(Birth::Expected { on: day(2026, 9, 1) }, day(2026, 6, 3)), "unborn");
        assert_eq!(age(Birth::Unknown, day(2026, 6, 3)), "");
    }

    #[test]
    fn words_stand_beside_what_they_belong_to_and_alone_where_there_is_nothing() {
        let words = english();
        assert_eq!(words.said("Other", "a visit"), "Other: a visit");
        assert_eq!((words.said("", "a visit"), words.said("Other", "")), ("a visit".into(), "Other".into()));
        assert_eq!(words.list(&["", "Lee", "", "teacher"]), "Lee, teacher");
    }
}
