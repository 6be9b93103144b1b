//! The agency behind a vault: its profile, taking one in, and being enrolled.

use serde::{Deserialize, Serialize};
use sharewell_records::{CopiesKept, CountersignRule, Day, Moment, Retention, Role, WantedField, Weekday};
use specta::Type;

/// How a profile stands today. Whatever it is, nothing stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProfileStands {
    /// It counts.
    Current,
    /// It was signed for a later day: this computer's clock, or theirs, is wrong.
    NotYet,
    /// Its last day has passed.
    RunOut,
}

/// A part of a profile that another one has otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProfilePart {
    /// What the agency is called.
    Name,
    /// Until when it counts.
    Expires,
    /// The key to which handovers go.
    Encryption,
    /// The key that opens the vault for the agency.
    Recovery,
    /// Who has a role.
    People,
    /// Who alone receives restricted files.
    Officer,
    /// The front doors.
    FrontDoors,
    /// The advisers.
    Advisers,
    /// The most minutes until the vault locks.
    LockMinutes,
    /// How long files are kept, and whether nothing is disposed of for now.
    Retention,
    /// How long copies stay on laptops.
    Copies,
    /// Which decisions are countersigned.
    Countersign,
    /// What a file should have before it is handed over.
    Wanted,
    /// The agency's own protocol.
    Overlay,
}

/// The page *Your agency*.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct AgencyPage {
    /// The profile in use; none where no agency stands behind the vault.
    pub profile: Option<ProfileView>,
    /// When it was taken in.
    pub taken_at: Option<Moment>,
    /// Whether the agency can open the vault: its slot is there. What is missing is put right by taking the same file in
    /// once more.
    pub can_recover: bool,
    /// Of the vault's own key: what the practitioner reads out to be enrolled.
    pub own_fingerprint: String,
}

/// How the numbers of a profile stand to the directory, or what was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AgencyNumbers {
    /// Not there yet.
    pub new: u32,
    /// There with another number, or no longer vouched for.
    pub changed: u32,
    /// Not to be taken: no telephone number, or somebody's of a file.
    pub refused: u32,
}

/// What a profile says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProfileView {
    /// The agency.
    pub name: String,
    /// Its number.
    pub serial: u32,
    /// When it was signed.
    pub issued: Day,
    /// Its last day.
    pub expires: Day,
    /// How it stands today.
    pub stands: ProfileStands,
    /// Of the key that signed it, to compare by telephone.
    pub fingerprint: String,
    /// Of the key to which handovers go.
    pub encryption: String,
    /// Of the key that opens the vault for the agency.
    pub recovery: String,
    /// Who has a role that a signature can show.
    pub people: Vec<RoleHolderView>,
    /// Who alone receives restricted files; empty where nobody is named.
    pub officer: String,
    /// Their telephone number, may be empty.
    pub officer_phone: String,
    /// The front doors.
    pub front_doors: Vec<ServiceView>,
    /// The advisers.
    pub advisers: Vec<ServiceView>,
    /// The most minutes until the vault locks; none where the agency leaves it open.
    pub lock_minutes: Option<u8>,
    /// How long files are kept.
    pub retention: Vec<Retention>,
    /// Why nothing is disposed of for now; empty where no such hold stands.
    pub legal_hold: String,
    /// How long copies stay on laptops; none where the agency has not said so.
    pub copies: Option<CopiesKept>,
    /// Which decisions are countersigned, afterwards.
    pub countersign: Vec<CountersignRule>,
    /// What a file should have before it is handed over.
    pub wanted: Vec<WantedField>,
    /// The agency's own protocol, `id@version`; empty where there is none.
    pub overlay: String,
    /// Whether that protocol is in use here.
    pub overlay_in_use: bool,
}

/// Somebody with a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RoleHolderView {
    /// Who.
    pub name: String,
    /// Their post.
    pub post: String,
    /// The role.
    pub role: Role,
}

/// A front door or an adviser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceView {
    /// Which area; empty for everybody.
    pub area: String,
    /// A person, a post or a desk.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// E-mail, may be empty.
    pub email: String,
    /// On which days it is answered; empty where it always is.
    pub days: Vec<Weekday>,
    /// From which time of day, as `08:45`; empty where it always is.
    pub from: String,
    /// Until when.
    pub to: String,
    /// Whether it is answered now.
    pub answered: bool,
}

/// What a file would change. Nothing is stored.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct ProfilePreview {
    /// The profile in the file.
    pub profile: ProfileView,
    /// The profile in use.
    pub before: Option<ProfileView>,
    /// What is otherwise in the new one.
    pub changed: Vec<ProfilePart>,
    /// The hash of the file: what is taken in is what was shown.
    pub hash: String,
    /// Whether it is of another agency than the one in use.
    pub other_agency: bool,
    /// Whether another key signed it than the one in use.
    pub other_key: bool,
}

/// A profile as it is taken in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
pub struct TakeProfile {
    /// The file.
    pub path: String,
    /// The hash that was shown.
    pub shown: String,
    /// That somebody of the agency read the fingerprint out, and it is the same.
    pub compared: bool,
    /// That the agency is to be another one, where it is.
    pub other_agency: bool,
}
