//! What an advice says that nobody can tick off: what must not be done, what is said and done at once, and law that is
//! not confirmed.
//!
//! A ban is no duty; what is said to a child at the door, or done with a wound, is over before a list is opened; and law
//! whose start nobody could confirm is no question (practice.md 15). All stand as a line on the advice, are not counted,
//! and close with nothing. Law that was confirmed since (`fact.rs`) is said as law.

use sharewell_records::{Day, KnownFacts};

use crate::engine::{Answers, Trail, World, holds};
use crate::pack::{Cite, Cond, Outcome, Pack, Spot};
use crate::practice::cards::Card;

/// A line on an advice; wording in `notice.<id>.what` and `.hint`.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// What kind of line it is.
    pub kind: NoticeKind,
    /// On which card it is said; before them all where there is none.
    pub card: Option<Card>,
    /// Whether it is said or asked in the call, wherever it stands.
    pub in_call: bool,
    /// The first day on which it is said; every day where there is none.
    pub applies_from: Option<Day>,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
    pub(crate) when: Option<Cond>,
    pub(crate) fact: Option<usize>,
}

/// What kind of line a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// What must not be done.
    Ban,
    /// What is said or done at once, in person or in the call.
    Do,
    /// Law that was announced: confirmed by nobody, or in force since somebody confirmed it.
    Law,
}

impl NoticeKind {
    /// All, in the order in which they are said.
    pub const ALL: [Self; 3] = [Self::Ban, Self::Do, Self::Law];

    /// The word in a pack.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Do => "do",
            Self::Law => "law",
        }
    }
}

/// The lines of the advice to which the answers lead, bans first and law last; none while no advice stands.
#[must_use]
pub fn notices<'p>(pack: &'p Pack, known: &KnownFacts, on: Day, answers: &Answers) -> Vec<&'p Notice> {
    let trail = Trail::walk(pack, known, on, answers);
    let Some((advised, _)) = trail.advised else { return Vec::new() };
    said(pack, pack.outcome_at(advised), on, &trail)
}

fn said<'p>(pack: &'p Pack, outcome: &Outcome, on: Day, world: &dyn World) -> Vec<&'p Notice> {
    let stands = |notice: &&Notice| {
        notice.said_from(pack).is_none_or(|from| from <= on)
            && notice.when.as_ref().is_none_or(|when| holds(when, world) == Some(true))
    };
    let all = || outcome.notices.iter().filter_map(|at| pack.notices.get(*at)).filter(stands);
    let of = |kind: NoticeKind| all().filter(move |notice| notice.kind == kind);
    NoticeKind::ALL.into_iter().flat_map(of).collect()
}
