//! A pack as the engine holds it: resolved, indexed, immutable.
//!
//! Steps, outcomes, obligations and grounds are named by index inside the crate and by id outside it. Only
//! the loader makes a pack, so an index always points somewhere.

use std::collections::BTreeMap;

use sharewell_records::{Day, Duty, Known, Nation, OutcomeKind, Sha256, StepId};

pub use crate::matter::{
    Article, ArticleKind, ArticlePoint, Cite, Confidence, Lineage, Overlay, Review, Source,
};
use crate::practice::cards::Card;
use crate::{Act, Calendar, Deadline, Fact, Givers, Notice, Tag};

/// The newest engine version that this crate is. A pack names the one that it needs; older ones are read too.
pub const ENGINE: u32 = 7;

/// The engine versions that this crate reads.
pub const ENGINES: [u32; 7] = [1, 2, 3, 4, 5, 6, ENGINE];

/// Who may ask for information (DESIGN, *Safe practice*). A pack of engine 2 or later has rules for each.
pub const REQUESTERS: [&str; 8] =
    ["agency", "police", "court", "solicitor", "parent", "person", "member", "journalist"];

/// A guidance pack, read and resolved.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The pack's id (`england`).
    pub id: String,
    /// The nation whose guidance it is.
    pub nation: Nation,
    /// Its version (`2024-05`).
    pub version: String,
    /// The engine version that it needs.
    pub engine: u32,
    /// SHA-256 over its sorted paths and raw-byte hashes.
    pub hash: Sha256,
    /// The same without `reviews.toml`: what a review speaks of.
    pub reviewed_hash: Sha256,
    /// The first day on which it applies.
    pub applies_from: Day,
    /// The last day on which it applies, if there is one.
    pub applies_until: Option<Day>,
    /// `id@version` of the pack that it replaces.
    pub supersedes: Option<String>,
    /// Where its flow comes from.
    pub lineage: Lineage,
    /// Languages with full wording, the first is the fallback.
    pub languages: Vec<String>,
    /// Its sources.
    pub sources: Vec<Source>,
    /// Names of the nation's terms (wording in `term.<name>`).
    pub terms: Vec<String>,
    /// Facts that the file may tell.
    pub known: Vec<KnownFact>,
    /// Its nation's bank holidays: its own, or the first calendar where it carries none.
    pub calendar: Calendar,
    /// Coded reasons why asking or telling is unsafe.
    pub unsafe_reasons: Vec<UnsafeReason>,
    /// Dated facts of law, confirmed or not.
    pub facts: Vec<Fact>,
    /// Rules for each kind of requester; all eight, or none in a pack of engine 1.
    pub requesters: Vec<Requester>,
    /// The agency's overlay over it, if there is one.
    pub overlay: Option<Overlay>,
    /// The shared parts in it, `part@version`.
    pub parts: Vec<String>,
    /// Its library.
    pub articles: Vec<Article>,
    /// Who may give consent; none in a pack before engine 7.
    pub givers: Option<Givers>,
    /// What reviewers said.
    pub reviews: Vec<Review>,
    pub(crate) start: usize,
    pub(crate) after_withdrawal: usize,
    pub(crate) advice: Advice,
    pub(crate) countersign: usize,
    pub(crate) steps: Vec<Step>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) obligations: Vec<Obligation>,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) texts: BTreeMap<String, BTreeMap<String, String>>,
    /// The words of acts and duties with their placeholders, by language and key.
    pub(crate) written: BTreeMap<String, BTreeMap<String, String>>,
}

/// Where something stands in the pack's files.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Spot {
    /// Path inside the pack.
    pub file: String,
    /// Line, from 1; 0 where there is none.
    pub line: u32,
}

/// A fact that the file may tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFact {
    /// Its name.
    pub name: String,
    /// What values it has.
    pub kind: KnownKind,
}

/// What values a known fact has. Ages are the only numbers: ratings and counts decide nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownKind {
    /// Full years.
    Age,
    /// Yes or no.
    Flag,
    /// One of these words.
    Word(Vec<String>),
}

/// A coded reason why asking or telling is unsafe.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnsafeReason {
    /// Its id; wording in `unsafe.<id>`.
    pub id: String,
    /// `harm_child`, `harm_other`, `evidence`, `prejudice`, `delay`, `coercion` or `other`.
    pub covers: String,
    /// Sources.
    pub sources: Vec<Cite>,
}

/// Somebody who may ask for information; wording in `requester.<id>.name`, `.first` and `.verify`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Requester {
    /// One of [`REQUESTERS`].
    pub id: String,
    /// Sources.
    pub sources: Vec<Cite>,
}

/// What *not sure* leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advice {
    pub step: usize,
    pub front_door: usize,
    pub deadline: Deadline,
    pub unknown: usize,
}

/// How a step is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes, no or not sure.
    YesNo,
    /// One option.
    OneOf,
    /// One or more options.
    ManyOf,
    /// Free text.
    Text,
    /// A day.
    Date,
    /// People of the file, and others in words.
    People,
    /// Advice taken.
    Adviser,
    /// Information items of the file.
    Items,
    /// Both sides of the balance.
    Weighing,
    /// One option for each person.
    EachPerson,
    /// A fixed list of points, each yes, no or not sure.
    Checklist,
}

/// What *not sure* does at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSure {
    /// Asks an adviser, then the same step once more.
    Advice,
    /// Is an answer like any other, kept as unknown.
    Answer,
    /// Is not offered.
    None,
}

/// One option of a step.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Opt {
    /// Its id, stored in answers.
    pub id: String,
    /// The word that the checker reads.
    pub means: String,
    /// Whether a text field opens beside it.
    pub reveals_words: bool,
    /// Whether that field must be filled.
    pub requires_words: bool,
    /// Whether it excludes all others.
    pub alone: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// How it is answered.
    pub kind: Kind,
    /// What it asks about.
    pub asks: Vec<Tag>,
    /// Its options, in order; empty for kinds without. `yes` and `no` for yes/no.
    pub options: Vec<Opt>,
    /// What *not sure* does.
    pub not_sure: NotSure,
    /// Whether it asks for a judgement.
    pub judgement: bool,
    /// Whether an empty answer is an answer (nobody, nothing).
    pub optional: bool,
    /// First day on which it is asked.
    pub applies_from: Option<Day>,
    /// Last day on which it is asked.
    pub applies_until: Option<Day>,
    /// Whether the law behind it is still to be confirmed.
    pub unconfirmed: bool,
    /// Whether it belongs to the write-up.
    pub after_advice: bool,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// The paragraphs of the library at which its help opens: `article` or `article#point`.
    pub help: Vec<String>,
    /// Where it stands.
    pub spot: Spot,
    pub(crate) when: Option<Cond>,
    pub(crate) known: Vec<KnownAnswer>,
    pub(crate) next: Vec<Branch>,
}

/// An answer taken from the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KnownAnswer {
    pub when: Cond,
    pub answer: String,
    pub because: String,
}

/// One way on from a step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Branch {
    pub when: Option<Cond>,
    pub advise: Option<usize>,
    pub to: Target,
    pub spot: Spot,
}

/// Where a branch leads. `outcome:x` is read as advising `x` and ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Step(usize),
    End,
}

/// A condition on answers, known facts and the advice given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cond {
    All(Vec<Cond>),
    Any(Vec<Cond>),
    Not(Box<Cond>),
    Answer { step: usize, test: Test },
    Asked(usize),
    Known { fact: usize, test: KnownTest },
    Advised(Vec<usize>),
}

/// A test on an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    Is(Vec<String>),
    Contains(Vec<String>),
    Some(bool),
}

/// A test on a known fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum KnownTest {
    Present,
    Is(Vec<Known>),
    LessThan(i32),
    AtLeast(i32),
}

/// A named end.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: OutcomeKind,
    /// Whom its act rings; wording in `outcome.<id>.act`.
    pub act: Act,
    /// By when to do it.
    pub deadline: Option<Deadline>,
    /// When to look again.
    pub review: Deadline,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
    pub(crate) deciding: Vec<usize>,
    pub(crate) obligations: Vec<usize>,
    pub(crate) grounds: Vec<usize>,
    pub(crate) notices: Vec<usize>,
}

/// A duty that follows from an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    /// Its id; wording in `obligation.<id>.what`.
    pub id: String,
    /// The duty.
    pub duty: Duty,
    /// By when.
    pub deadline: Option<Deadline>,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Whether it is said on its card and ticked by nobody.
    pub point: bool,
    /// Whether it is said or asked in the call too.
    pub in_call: bool,
    /// Where it stands.
    pub spot: Spot,
    pub(crate) for_each: Option<ForEach>,
    pub(crate) when: Option<Cond>,
    pub(crate) done_by: Vec<usize>,
    pub(crate) covers: Vec<Tag>,
    /// The first day on which it follows, where an overlay brings it with a law that it confirms.
    pub(crate) from: Option<Day>,
}

impl Obligation {
    /// Whether it follows on this day at all.
    #[must_use]
    pub fn follows_on(&self, on: Day) -> bool {
        self.from.is_none_or(|from| from <= on)
    }

    /// Whether it is to be done the moment it appears.
    #[must_use]
    pub fn is_at_once(&self) -> bool {
        self.deadline == Some(Deadline::Now)
    }

    /// Whether it is due on the day on which it appears.
    #[must_use]
    pub fn is_today(&self) -> bool {
        matches!(self.deadline, Some(Deadline::Now | Deadline::EndOfToday))
    }

    /// The card on which it stands.
    #[must_use]
    pub fn card(&self) -> Card {
        Card::of(self.duty, self.is_today())
    }

    /// Whether it stands once for each that an answer names: then who is meant, where it is nobody of the file, is
    /// known from the answers alone.
    #[must_use]
    pub fn is_for_those_named(&self) -> bool {
        matches!(self.for_each, Some(ForEach::Step(_) | ForEach::ToldNow))
    }

    /// Whether it stands for each person who is told now, and for nobody else.
    #[must_use]
    pub fn is_for_those_told_now(&self) -> bool {
        self.for_each == Some(ForEach::ToldNow)
    }
}

/// For whom an obligation is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForEach {
    Affected,
    Step(usize),
    /// Whoever is told now, of the answers about telling each person.
    ToldNow,
}

/// Suggested grounds. Each field is taken from the first ground that holds and has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
    pub(crate) when: Option<Cond>,
    pub(crate) codes: BTreeMap<GroundField, String>,
}

/// The fields of [`sharewell_records::Grounds`], kept apart (facts 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundField {
    /// Power or duty.
    Power,
    /// UK GDPR Article 6.
    LawfulBasis,
    /// Article 9 or 10 condition.
    Condition,
    /// Limb of Schedule 1 paragraph 18(1)(c).
    NoConsentLimb,
    /// The duty of confidence.
    Confidence,
    /// Necessity and proportion.
    Proportionality,
}

impl GroundField {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Power,
        Self::LawfulBasis,
        Self::Condition,
        Self::NoConsentLimb,
        Self::Confidence,
        Self::Proportionality,
    ];

    /// The word in a pack.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::LawfulBasis => "lawful_basis",
            Self::Condition => "condition",
            Self::NoConsentLimb => "no_consent_limb",
            Self::Confidence => "confidence",
            Self::Proportionality => "proportionality",
        }
    }
}
