//! Who may give consent: the people of a file with what the nation's rules say of each, and those rules as a table.

use serde::{Deserialize, Serialize};
use sharewell_guidance::ByAge;
use sharewell_records::{
    AbleToDecide, AgeBand, ConsentSense, GiverKind, MayConsent, Nation, ParentalResponsibility, PersonId,
};
use specta::Type;

use super::{PackName, SourceView};

/// About whom, and in which sense, it is asked who may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GiversAsked {
    /// Whose confidence it is.
    pub owed: PersonId,
    /// In which sense; none while nothing is chosen.
    pub sense: Option<ConsentSense>,
    /// What was found of whether they can decide this today; none while nothing is chosen.
    pub able: Option<AbleToDecide>,
}

/// Who may answer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GiversView {
    /// Whose rules these are; none where the guidance that serves has no such table.
    pub pack: Option<PackName>,
    /// Whether it is asked if the person can decide.
    pub competence: CompetenceAsked,
    /// The nation's rule of competence, in a few words; empty where there is no table.
    pub rule: String,
    /// The people of the file: whoever is owed the confidence first, then who may, and who may not last.
    pub people: Vec<GiverOffered>,
    /// What holds for somebody as any other than the file has them, or for somebody who does not stand in it.
    pub others: Vec<GiverSaid>,
}

/// Somebody of the file who may be asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GiverOffered {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// What the file says of how they stand to the person whose confidence it is; none where it says too little.
    pub said: Option<GiverSaid>,
    /// Whether they hold responsibility, as the ties have it.
    pub holds: Option<ParentalResponsibility>,
    /// What is noted with that tie: how it is known.
    pub note: String,
}

/// What the rules say of somebody who stands so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GiverSaid {
    /// As what.
    pub stands_as: GiverKind,
    /// Whether their answer counts; none where the guidance that serves has no such table.
    pub may: Option<MayConsent>,
    /// Who else is asked.
    pub also: Vec<GiverKind>,
    /// Whether the order or power has to be named under which they answer.
    pub paper: bool,
    /// Why, in one line.
    pub why: String,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
}

/// Whether it is asked if somebody can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CompetenceAsked {
    /// No: they are too young.
    TooYoung,
    /// Yes.
    Asked,
    /// Only where something speaks against it: at their age they are taken to be able.
    Presumed,
}

impl From<ByAge> for CompetenceAsked {
    fn from(by: ByAge) -> Self {
        match by {
            ByAge::TooYoung => Self::TooYoung,
            ByAge::Asked => Self::Asked,
            ByAge::Presumed => Self::Presumed,
        }
    }
}

/// A nation's rules of who may give consent.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GiversTable {
    /// The nation.
    pub nation: Nation,
    /// Whose rules these are.
    pub pack: PackName,
    /// The age from which it is asked whether a child can decide.
    pub question_from: u16,
    /// The age from which a young person is taken to be able to.
    pub presumed_from: u16,
    /// Where the two ages come from.
    pub sources: Vec<SourceView>,
    /// Its rows.
    pub rows: Vec<GiversRow>,
}

/// A row of them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GiversRow {
    /// Its id.
    pub id: String,
    /// Who answers.
    pub givers: Vec<GiverKind>,
    /// About somebody of which age.
    pub ages: Vec<AgeBand>,
    /// Who can decide or cannot.
    pub able: Vec<AbleToDecide>,
    /// In which senses; empty for every sense.
    pub senses: Vec<ConsentSense>,
    /// Whether the answer counts.
    pub may: MayConsent,
    /// Who else is asked.
    pub also: Vec<GiverKind>,
    /// Why, in one line.
    pub why: String,
    /// Whether everything behind it was confirmed.
    pub confirmed: bool,
    /// Where it comes from.
    pub sources: Vec<SourceView>,
}
