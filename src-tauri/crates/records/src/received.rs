//! What was told to us: who gave it, how and when, and the limits that they set on passing it on.
//!
//! What was said stands in notes of the file, once; here stands what a note cannot say. The limits bind what leaves
//! later, by `verdict.rs`. Somebody who is no agency is not named unless they agreed to it (`practice.md` 23).

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::closed_set;
use crate::{Day, ItemId, Moment, ReceivedId, Route, fold, folded_words};

/// Information that came to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Identifies it.
    pub id: ReceivedId,
    /// The notes in which it stands.
    pub items: Vec<ItemId>,
    /// What whoever gave it is.
    pub source: SourceKind,
    /// Their name; empty where nobody said one.
    #[serde(default)]
    pub from: String,
    /// Their post and agency, or what they are to the child.
    #[serde(default)]
    pub from_role: String,
    /// Whether their name may be said.
    pub named: bool,
    /// How it came.
    pub route: Route,
    /// When it came.
    pub at: Moment,
    /// What they set on passing it on.
    #[serde(default)]
    pub limits: SendersLimits,
    /// Whether the child or the family may know that it came.
    pub family_may_know: MayKnow,
    /// What support there is today; may be empty.
    #[serde(default)]
    pub support: String,
}

closed_set! {
    /// What whoever gave something is.
    SourceKind in "snake_case" {
        /// An agency, or somebody in their post there.
        Agency = "agency",
        /// Somebody of the family, a neighbour, anybody else who is known.
        Person = "person",
        /// Somebody who did not say who they are.
        Anonymous = "anonymous",
    }
}

impl SourceKind {
    /// Whether they are named without being asked: only who speaks for an agency.
    #[must_use]
    pub const fn is_named(self) -> bool {
        match self {
            Self::Agency => true,
            Self::Person | Self::Anonymous => false,
        }
    }
}

closed_set! {
    /// Whether the child or the family may know that something came.
    MayKnow in "snake_case" {
        /// They may.
        Yes = "yes",
        /// They may not.
        No = "no",
        /// Nobody said so: they are asked before the family hears of it.
        NotSaid = "not_said",
    }
}

/// What a sender set on passing something on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct SendersLimits {
    /// They are asked before it goes further.
    #[serde(default)]
    pub ask_first: bool,
    /// To whom it does not go: names, posts or agencies.
    #[serde(default)]
    pub not_to: Vec<String>,
    /// The last day on which that holds; none where it has no end.
    #[serde(default)]
    pub until: Option<Day>,
}

impl SendersLimits {
    /// Whether anything was set.
    #[must_use]
    pub fn are_set(&self) -> bool {
        self.ask_first || !self.not_to.is_empty()
    }

    /// Whether they speak against a recipient on a day.
    #[must_use]
    pub fn bind(&self, (name, post): (&str, &str), on: Day) -> bool {
        let over = self.until.is_some_and(|until| until < on);
        let to: Vec<String> = folded_words(name).chain(folded_words(post)).collect();
        let who: Vec<String> = folded_words(name).collect();
        !over && (self.ask_first || self.not_to.iter().any(|limit| may_mean(limit, &who, &to)))
    }
}

/// Whether a limit may mean a recipient: all its words are said of them, or the whole of their name is said in it.
fn may_mean(limit: &str, name: &[String], all: &[String]) -> bool {
    let limit: Vec<String> = folded_words(limit).filter(|word| !is_filler(word)).collect();
    let within =
        |one: &[String], other: &[String]| !one.is_empty() && one.iter().all(|word| other.contains(word));
    within(&limit, all) || within(name, &limit)
}

/// Words that tell nobody from anybody: *the school* is *school*.
fn is_filler(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "any" | "his" | "her" | "their" | "of" | "at")
}

/// A name of fewer letters stands in too many other words to be looked for.
const SHORTEST_NAME: usize = 3;

/// Whether a text says a name, however it is written.
#[must_use]
pub fn says_name(text: &str, name: &str) -> bool {
    let name = fold(name.trim());
    name.chars().count() >= SHORTEST_NAME && fold(text).contains(&name)
}

impl Received {
    /// Whether a text gives away somebody who may not be named. A name of fewer letters than three stands in too many
    /// other words to be looked for.
    #[must_use]
    pub fn is_given_away_by(&self, text: &str) -> bool {
        !self.named && says_name(text, &self.from)
    }

    /// Whether its sender's limits speak against a recipient on a day. `family`: whether the recipient may be somebody of
    /// the file. Whoever gave it may have it back.
    #[must_use]
    pub fn speaks_against(&self, (name, post): (&str, &str), family: bool, on: Day) -> bool {
        let back = !self.from.is_empty() && folded_words(&self.from).eq(folded_words(name));
        let kept_from_family = family && self.family_may_know != MayKnow::Yes;
        !back && (kept_from_family || self.limits.bind((name, post), on))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    fn received() -> Received {
        Received {
            id: "0192f0c1-2345-7abc-8def-000000000001".parse().unwrap(),
            items: Vec::new(),
            source: SourceKind::Agency,
            from: "PC Jo Mock".into(),
            from_role: "Police".into(),
            named: true,
            route: Route::Telephone,
            at: Moment("2026-03-12T09:00:00+00:00".parse().unwrap()),
            limits: SendersLimits::default(),
            family_may_know: MayKnow::Yes,
            support: String::new(),
        }
    }

    #[test]
    fn not_further_without_asking_binds_everybody_but_whoever_gave_it() {
        let limits = SendersLimits { ask_first: true, ..SendersLimits::default() };
        let one = Received { limits, ..received() };
        assert!(one.speaks_against(("Kim Madeup", "GP"), false, day("2026-03-13")));
        assert!(!one.speaks_against(("PC Jo Mock", "Police"), false, day("2026-03-13")));
    }

    #[test]
    fn a_limit_names_somebody_by_name_post_or_agency_and_nobody_else() {
        let not_to = vec!["the school".into(), "Kim Madeup, health visitor".into()];
        let limits = SendersLimits { not_to, ..SendersLimits::default() };
        for (name, post) in
            [("Imaginary Road School", ""), ("Bo Sample", "Teacher, school"), ("Kim Madeup", "")]
        {
            assert!(limits.bind((name, post), day("2026-03-13")), "{name}, {post}");
        }
        for (name, post) in [("Dr Sam Pretend", "GP"), ("", ""), ("Kim Other", "health visitor")] {
            assert!(!limits.bind((name, post), day("2026-03-13")), "{name}, {post}");
        }
    }

    #[test]
    fn a_limit_holds_on_its_last_day_and_not_after_it() {
        let limits =
            SendersLimits { ask_first: true, until: Some(day("2026-03-13")), ..SendersLimits::default() };
        assert!(limits.bind(("Kim", ""), day("2026-03-13")));
        assert!(!limits.bind(("Kim", ""), day("2026-03-14")));
    }

    #[test]
    fn the_family_is_asked_about_unless_they_may_know() {
        for (may, against) in [(MayKnow::Yes, false), (MayKnow::No, true), (MayKnow::NotSaid, true)] {
            let one = Received { family_may_know: may, ..received() };
            assert_eq!(one.speaks_against(("Mina Sampleton", "mother"), true, day("2026-03-13")), against);
            assert!(!one.speaks_against(("Kim Madeup", "GP"), false, day("2026-03-13")));
        }
    }

    #[test]
    fn only_who_speaks_for_an_agency_is_named_unasked() {
        assert!(SourceKind::Agency.is_named());
        assert!(!SourceKind::Person.is_named() && !SourceKind::Anonymous.is_named());
    }
}
