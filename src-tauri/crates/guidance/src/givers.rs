//! Who may give consent, in a nation: a table of its pack, evaluated here (`docs/pack-format.md`, section 19).
//!
//! The table says, for each age, each finding of competence, each sense and each way of standing to the person, whether
//! an answer counts, who else is asked, and where that comes from. It decides nothing about a share: where nobody may
//! consent, consent is no ground, and any other is as open as before.

use sharewell_records::{AbleToDecide, AgeBand, ConsentSense, GiverKind, MayConsent};

use crate::{Cite, Spot};

/// The table of a pack.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Givers {
    /// The first age, in full years, at which it is a question whether a child can decide: before, nobody is asked.
    pub question_from: u16,
    /// The first age at which a young person is taken to be able, until something shown speaks against it.
    pub presumed_from: u16,
    /// Where the two ages come from.
    pub sources: Vec<Cite>,
    /// Its rows. The check holds that each case has exactly one.
    pub rows: Vec<GiverRow>,
    /// Where it stands.
    pub spot: Spot,
}

/// A row: for whom it speaks, and what it says. Wording in `giver.<id>`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GiverRow {
    /// Its id.
    pub id: String,
    /// How old the person is whose confidence it is.
    pub ages: Vec<AgeBand>,
    /// What was found of whether they can decide.
    pub able: Vec<AbleToDecide>,
    /// As what the giver stands to them.
    pub givers: Vec<GiverKind>,
    /// In which senses.
    pub senses: Vec<ConsentSense>,
    /// Whether the answer counts.
    pub verdict: MayConsent,
    /// Who else is asked; only with [`MayConsent::MayWith`].
    pub also: Vec<GiverKind>,
    /// Where it comes from.
    pub sources: Vec<Cite>,
    /// Where it stands.
    pub spot: Spot,
}

/// Whose answer is asked about, and about whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct GiverCase {
    /// How old the person is whose confidence it is.
    pub age: AgeBand,
    /// Whether they can decide this today, as it was found.
    pub able: AbleToDecide,
    /// As what the giver stands to them.
    pub giver: GiverKind,
    /// In which sense.
    pub sense: ConsentSense,
}

impl GiverCase {
    /// Every case that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        AgeBand::ALL.into_iter().flat_map(|age| {
            AbleToDecide::ALL.into_iter().flat_map(move |able| {
                GiverKind::ALL.into_iter().flat_map(move |giver| {
                    ConsentSense::ALL.into_iter().map(move |sense| Self { age, able, giver, sense })
                })
            })
        })
    }
}

/// What age alone says of whether somebody can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ByAge {
    /// Too young for it to be a question: they cannot.
    TooYoung,
    /// It is asked, with what shows it.
    Asked,
    /// They are taken to be able. It is asked where something speaks against it.
    Presumed,
}

impl GiverRow {
    /// Whether it speaks for a case.
    #[must_use]
    pub fn fits(&self, case: GiverCase) -> bool {
        self.ages.contains(&case.age)
            && self.able.contains(&case.able)
            && self.givers.contains(&case.giver)
            && self.senses.contains(&case.sense)
    }

    /// Whether anything that was confirmed stands behind it.
    #[must_use]
    pub fn confirmed(&self) -> bool {
        self.sources.iter().any(|cite| !cite.unconfirmed)
    }
}

impl Givers {
    /// The row of a case. None in no pack that passed the check.
    #[must_use]
    pub fn row(&self, case: GiverCase) -> Option<&GiverRow> {
        self.rows.iter().find(|row| row.fits(case))
    }

    /// Whether somebody's answer may count. What no row speaks for, nobody settles alone.
    #[must_use]
    pub fn may(&self, case: GiverCase) -> MayConsent {
        self.row(case).map_or(MayConsent::AskAdviser, |row| row.verdict)
    }

    /// What an age says of whether somebody can decide; where it is not known, it is asked.
    #[must_use]
    pub fn by_age(&self, years: Option<u16>) -> ByAge {
        match years {
            Some(years) if years < self.question_from => ByAge::TooYoung,
            Some(years) if years >= self.presumed_from.min(AgeBand::Adult.first()) => ByAge::Presumed,
            Some(_) | None => ByAge::Asked,
        }
    }

    /// What holds of whether somebody can decide: what was found, and where nothing was, what their age says.
    #[must_use]
    pub fn able(&self, years: Option<u16>, found: AbleToDecide) -> AbleToDecide {
        match (found, self.by_age(years)) {
            (AbleToDecide::Able | AbleToDecide::NotAble, ByAge::Asked | ByAge::Presumed) => found,
            (_, ByAge::TooYoung) => AbleToDecide::NotAble,
            (AbleToDecide::NotSettled, ByAge::Presumed) => AbleToDecide::Able,
            (AbleToDecide::NotSettled, ByAge::Asked) => AbleToDecide::NotSettled,
        }
    }

    /// The row for somebody of whom only may be known that they are a child, or an adult. Where the ages that they can
    /// have say different things, there is none: their age is found out, or an adviser asked.
    #[must_use]
    pub fn row_of(
        &self,
        years: Option<u16>,
        child: bool,
        of: (AbleToDecide, GiverKind, ConsentSense),
    ) -> Option<&GiverRow> {
        let (able, giver, sense) = of;
        let case = |age| GiverCase { age, able, giver, sense };
        if let Some(years) = years {
            return self.row(case(AgeBand::of_age(years)));
        }
        let ages = AgeBand::ALL.into_iter().filter(|age| (*age != AgeBand::Adult) == child);
        let mut rows = ages.map(|age| self.row(case(age)));
        let first = rows.next().flatten()?;
        rows.all(|row| row.is_some_and(|row| (row.verdict, &row.also) == (first.verdict, &first.also)))
            .then_some(first)
    }
}
