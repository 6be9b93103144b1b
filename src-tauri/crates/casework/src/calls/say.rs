//! What is said in a call, in speaking order: who rings, whom it is about, what was seen, what others said, what is
//! thought, and what is asked.
//!
//! It is made of the decision and the file, on the one rule for protected people. Of the notes those stand here on which
//! the decision rests; where it names none, those of the last week, at most a handful: what was said is what is ticked.

use sharewell_records::{Day, Item, Mark, Moment, Occurred, Protection};
use sharewell_vault::Reader;

use super::about::About;
use crate::clock;
use crate::error::Result;
use crate::language;
use crate::paper::who_the_child_is;
use crate::views::{SayLine, SayPart};
use crate::words::Words;

/// How many notes stand on a card where the decision names none.
const NOTES: usize = 6;
/// For how many days a note is fresh enough to stand there.
const DAYS: i64 = 7;

/// The lines of a call.
pub(super) fn lines(r: &Reader<'_>, about: &About, now: Moment) -> Result<Vec<SayLine>> {
    let words = Words::of(language::of(r)?);
    let family = &about.family;
    let protection = family.protection(r)?;
    let scrub = |text: &str| protection.scrub(text);
    let line = |key: &str, part: SayPart, text: String| SayLine {
        key: key.to_owned(),
        part,
        mark: None,
        source: String::new(),
        text,
    };
    let own = &about.own;
    let who = words.list(&[&own.name, &own.role, &own.agency]);
    let child =
        family.child().and_then(|child| protection.label(child.id).map(|called| format!("[{called}]")));
    let child = child.unwrap_or_else(|| family.child_name());
    let phone = match own.phone.is_empty() {
        true => String::new(),
        false => words.call.phone.fill(&[("phone", &own.phone)]),
    };
    let who = words.call.who.fill(&[("who", &who), ("child", &child)]);
    let mut all = vec![line("who", SayPart::WhoYouAre, words.join.phrase.join([who.as_str(), &phone]))];
    let mut whom: Vec<String> =
        who_the_child_is(family, &protection, now, words).into_iter().map(|one| one.text).collect();
    whom.extend(at_home(about, &protection, words));
    let whom: Vec<&str> = whom.iter().map(String::as_str).collect();
    if !whom.is_empty() {
        all.push(line("about", SayPart::About, words.series(&whom)));
    }
    let notes = notes(about, now);
    for mark in [Mark::Fact, Mark::Reported, Mark::Opinion] {
        for item in notes.iter().filter(|item| item.mark == mark) {
            all.push(SayLine {
                mark: Some(mark),
                source: scrub(&words.list(&[&item.by, &words.occurred(&item.occurred)])),
                ..line(&item.id.to_string(), SayPart::Note, scrub(&item.text))
            });
        }
    }
    if !about.what.is_empty() {
        all.push(line("what", SayPart::Unmarked, scrub(&about.what)));
    }
    all.extend(about.asks.iter().map(|ask| line(&ask.key, SayPart::Ask, ask.text.clone())));
    Ok(all)
}

/// Who lives with the child, by name and what they are.
fn at_home(about: &About, protection: &Protection, words: &Words) -> Option<String> {
    let family = &about.family;
    let names: Vec<String> = family
        .shares_home_with(family.case.child)
        .map(|person| {
            let called = protection.label(person.id);
            let name = called.map_or_else(|| person.name.clone(), |called| format!("[{called}]"));
            words.join.phrase.join([name.as_str(), words.relation(family.relation(person.id))])
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| words.call.home.fill(&[("names", &words.list(&names))]))
}

/// The notes that stand on the card.
fn notes(about: &About, now: Moment) -> Vec<&Item> {
    let chosen: Vec<&Item> = about.items.iter().filter(|item| about.chosen.contains(&item.id)).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let since = clock::days_after(clock::day_of(now), -DAYS);
    let fresh = |item: &&Item| day_of(&item.occurred).is_some_and(|day| day >= since);
    about.items.iter().filter(fresh).take(NOTES).collect()
}

/// The day of what happened, where it is known.
fn day_of(occurred: &Occurred) -> Option<Day> {
    match occurred {
        Occurred::Day { on } => Some(*on),
        Occurred::Moment { at } => Some(clock::day_of(*at)),
        Occurred::Month { .. } | Occurred::Unknown { .. } => None,
    }
}
