//! The guidance in use: which pack, whose, how trusted, and what a new one would change.

use serde::{Deserialize, Serialize};
use sharewell_guidance::SideOf;
use sharewell_records::{Day, Duty, Moment, Nation, OutcomeKind, PackKind};
use specta::Type;

use super::{DeadlineBy, LawConfirmed, NotSureDoes, RingWho, StepKind};
use crate::error::PackFault;

/// The page *Guidance*.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct GuidancePage {
    /// Each nation that has guidance, the practitioner's own first.
    pub nations: Vec<NationGuidance>,
    /// The fingerprint of the publisher's key that is built in; more than one while a key is replaced.
    pub publishers: Vec<String>,
    /// Keys of agencies whose overlays are taken.
    pub agencies: Vec<AgencyKeyView>,
}

/// The key with which an agency signs its own protocol.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AgencyKeyView {
    /// The name given to it.
    pub name: String,
    /// To compare by telephone.
    pub fingerprint: String,
    /// When it was added.
    pub imported_at: Moment,
}

/// An agency's own protocol, in use over a nation's guidance.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct OverlayView {
    /// `fablewell@2026-11`.
    pub name: String,
    /// The content hash of its own files.
    pub hash: String,
    /// Its title, in its own words; its name where it cannot be laid on.
    pub title: String,
    /// Where it comes from, in its own words.
    pub lineage: String,
    /// First day.
    pub applies_from: Option<Day>,
    /// Last day, if there is one.
    pub applies_until: Option<Day>,
    /// Whether it is laid on today.
    pub serves: bool,
    /// Why it cannot be laid on; none where it can.
    pub unreadable: Option<PackFault>,
    /// The name of the agency's key; empty where that key is not known any more.
    pub agency: String,
    /// The fingerprint of the key that signed it.
    pub signer: String,
    /// When it was taken into use.
    pub installed_at: Moment,
}

/// One nation's guidance.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NationGuidance {
    /// The nation.
    pub nation: Nation,
    /// Whether it is the practitioner's own.
    pub own: bool,
    /// The pack that serves today; none where it cannot be read.
    pub current: Option<PackView>,
    /// Other packs that serve for earlier or later days, the newest first.
    pub others: Vec<PackView>,
    /// Agencies' own protocols over it, the latest first.
    pub overlays: Vec<OverlayView>,
    /// Installed packs and protocols that were taken out of use, the latest first.
    pub removed: Vec<RemovedPackView>,
    /// Packs that cannot be read.
    pub unreadable: Vec<UnreadablePack>,
}

/// A pack that cannot be read, and so does not serve.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct UnreadablePack {
    /// `england@2025-01`; empty where not even that is known.
    pub name: String,
    /// The first thing that is wrong with it.
    pub fault: PackFault,
}

/// A pack.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PackView {
    /// `england@2024-05`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its content hash.
    pub hash: String,
    /// Its title, in its own words.
    pub title: String,
    /// Where its flow comes from, in its own words.
    pub lineage: String,
    /// First day.
    pub applies_from: Day,
    /// Last day, if there is one.
    pub applies_until: Option<Day>,
    /// Whether that day has passed.
    pub expired: bool,
    /// The pack that it replaces, if it says so.
    pub supersedes: Option<String>,
    /// How it is trusted.
    pub trust: PackTrust,
    /// The fingerprint of the key that signed it; none for one that is part of the program.
    pub signer: Option<String>,
    /// When it was installed.
    pub installed_at: Option<Moment>,
    /// Its sources by how far their wording was confirmed.
    pub sources: SourceCounts,
    /// Questions.
    pub steps: u32,
    /// Outcomes.
    pub outcomes: u32,
    /// The last day of which it knows whether it is a bank holiday.
    pub holidays_until: Day,
    /// Whether that day is less than a year ahead.
    pub holidays_end: bool,
}

/// How a pack is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PackTrust {
    /// Part of the program, fixed when it was built.
    BuiltIn,
    /// Signed by the publisher whose key is built in.
    Publisher,
    /// Signed by a key that was trusted when it was installed and is no longer built in.
    FormerPublisher,
}

/// Sources by how far their wording was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct SourceCounts {
    /// Read in the issuing body's own text.
    pub original: u32,
    /// Read in another body's reproduction.
    pub secondary: u32,
    /// Local practice only.
    pub local: u32,
    /// Not confirmed.
    pub unconfirmed: u32,
}

/// An installed pack that was taken out of use.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RemovedPackView {
    /// `england@2025-01`.
    pub name: String,
    /// Its content hash.
    pub hash: String,
    /// When it had been installed.
    pub installed_at: Moment,
    /// When it was taken out of use.
    pub removed_at: Moment,
    /// Why.
    pub reason: String,
}

/// What a file would change, before it is accepted.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct PackPreview {
    /// A pack or an overlay.
    pub what: PackKind,
    /// Its nation.
    pub nation: Nation,
    /// `england@2025-01`.
    pub name: String,
    /// Its content hash: what is accepted must be what was shown.
    pub hash: String,
    /// Its title.
    pub title: String,
    /// Where its flow comes from.
    pub lineage: String,
    /// First day.
    pub applies_from: Day,
    /// Last day.
    pub applies_until: Option<Day>,
    /// The fingerprint of the key that signed it.
    pub signer: String,
    /// The pack with which it is compared.
    pub compared_with: String,
    /// Paths walked by the check of the thirteen conditions.
    pub paths: u32,
    /// Its sources.
    pub sources: SourceCounts,
    /// Law that it confirms to be in force, and the other does not.
    pub confirms: Vec<LawToConfirm>,
    /// What changes.
    pub change: DifferenceView,
}

/// Law that a file confirms to be in force.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct LawToConfirm {
    /// What it is.
    pub about: String,
    /// Who confirms it, and since when it is in force.
    pub law: LawConfirmed,
}

/// What changes from one pack to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct DifferenceView {
    /// Questions.
    pub steps: ChangesView,
    /// Outcomes.
    pub outcomes: ChangesView,
    /// Duties.
    pub obligations: ChangesView,
    /// Terms and other wording.
    pub words: ChangesView,
    /// Bank holidays, each as a day (`2027-05-03`).
    pub holidays: ChangesView,
}

/// What changes among things of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct ChangesView {
    /// Only in the new one, in words.
    pub added: Vec<String>,
    /// Only in the old one, in words.
    pub removed: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<ChangedView>,
}

/// A thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChangedView {
    /// How it is worded in the new one.
    pub text: String,
    /// Each side that differs.
    pub sides: Vec<SideView>,
}

/// One side of a thing, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SideView {
    /// Which.
    pub what: SideKind,
    /// Before; empty where there was none.
    pub before: Vec<SidePart>,
    /// After; empty where there is none.
    pub after: Vec<SidePart>,
}

/// The sides of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SideKind {
    /// What it says.
    Wording,
    /// How it is answered, when it is asked, what it is.
    Form,
    /// Whom its act rings.
    Rings,
    /// Where it leads.
    Ways,
    /// By when.
    Deadline,
    /// When to look again.
    Review,
    /// Duties that follow.
    Duties,
    /// Its sources.
    Sources,
    /// Grounds and answers that it rests on.
    RestsOn,
}

impl From<SideOf> for SideKind {
    fn from(side: SideOf) -> Self {
        match side {
            SideOf::Wording => Self::Wording,
            SideOf::Form => Self::Form,
            SideOf::Rings => Self::Rings,
            SideOf::Ways => Self::Ways,
            SideOf::Deadline => Self::Deadline,
            SideOf::Review => Self::Review,
            SideOf::Duties => Self::Duties,
            SideOf::Sources => Self::Sources,
            SideOf::RestsOn => Self::RestsOn,
        }
    }
}

/// A line of a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SidePart {
    /// Text of the pack.
    Text {
        /// The text.
        text: String,
    },
    /// The name of something inside the pack.
    Code {
        /// The name.
        code: String,
    },
    /// How a question is answered.
    Kind {
        /// How.
        kind: StepKind,
    },
    /// What *not sure* does there.
    NotSure {
        /// What.
        does: NotSureDoes,
    },
    /// What kind of advice it is.
    Outcome {
        /// Which.
        kind: OutcomeKind,
    },
    /// What kind of duty it is.
    Duty {
        /// Which.
        duty: Duty,
    },
    /// Who is rung.
    Ring {
        /// Who.
        who: RingWho,
    },
    /// By when.
    Deadline {
        /// How it is counted.
        by: DeadlineBy,
        /// How many hours or days, where it is so many.
        count: u16,
    },
}
