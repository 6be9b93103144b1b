//! Dated facts of law that can be settled after a pack was written: whether an Act has started, for example.
//!
//! A fact stands in one place of a pack, and lines of the kind *law* refer to it. While nobody confirmed it they say
//! so; once it is confirmed, by the pack itself or by an agency's overlay, they say what is in force. It decides
//! nothing: a confirmation changes what a line says and may bring a duty of the overlay's own, and has no way to take
//! one away, to put a question or to turn an advice (practice.md 15).

use sharewell_records::Day;

use crate::pack::{Cite, Pack, Spot};
use crate::{Notice, NoticeKind};

/// A fact of law with its day; wording in `fact.<id>.about`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fact {
    /// Its id (`duty-to-share`).
    pub id: String,
    /// The day for which its start was announced, if there is one.
    pub announced_for: Option<Day>,
    /// Who confirmed it, and since when it is in force; none while nobody has.
    pub settled: Option<Settled>,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
}

/// How a fact was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Settled {
    /// The first day on which it is in force.
    pub in_force_from: Day,
    /// The day on which it was confirmed.
    pub on: Day,
    /// Who confirmed it.
    pub by: String,
    /// In which post, where an agency's overlay confirms it; none where the pack does.
    pub post: Option<Post>,
    /// What was read for it.
    pub sources: Vec<Cite>,
}

/// Who may confirm a fact for an agency. Nobody else may: what law is in force is theirs to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// The agency's lawyer.
    Lawyer,
    /// The agency's data protection officer.
    DataProtectionOfficer,
}

impl Post {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Lawyer, Self::DataProtectionOfficer];

    /// The word in an overlay.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lawyer => "lawyer",
            Self::DataProtectionOfficer => "data_protection_officer",
        }
    }
}

impl Fact {
    /// Whether it is known to be in force on a day.
    #[must_use]
    pub fn in_force(&self, on: Day) -> bool {
        self.settled.as_ref().is_some_and(|settled| settled.in_force_from <= on)
    }
}

impl Notice {
    /// The fact that the line refers to.
    #[must_use]
    pub fn fact<'p>(&self, pack: &'p Pack) -> Option<&'p Fact> {
        self.fact.and_then(|at| pack.facts.get(at))
    }

    /// How the law of this line was confirmed; none while nobody has, and for a line of another kind.
    #[must_use]
    pub fn settled<'p>(&self, pack: &'p Pack) -> Option<&'p Settled> {
        self.fact(pack).filter(|_| self.kind == NoticeKind::Law)?.settled.as_ref()
    }

    /// The first day on which the line is said; every day where there is none. A law whose start is known is said from
    /// that day on, whatever was announced.
    #[must_use]
    pub fn said_from(&self, pack: &Pack) -> Option<Day> {
        let fact = self.fact(pack);
        match fact.and_then(|fact| fact.settled.as_ref()) {
            Some(settled) => Some(settled.in_force_from),
            None => self.applies_from.or_else(|| fact?.announced_for),
        }
    }

    /// The keys of its words: what it says, and more of it.
    #[must_use]
    pub fn keys(&self, pack: &Pack) -> (String, String) {
        let key = |part: &str| format!("notice.{}.{part}", self.id);
        if self.settled(pack).is_some() {
            (key("confirmed"), key("confirmed_hint"))
        } else {
            (key("what"), key("hint"))
        }
    }

    /// What the line cites: what was read for the confirmation, once there is one.
    #[must_use]
    pub fn cited<'p>(&'p self, pack: &'p Pack) -> &'p [Cite] {
        self.settled(pack).map_or(&self.sources, |settled| &settled.sources)
    }
}
