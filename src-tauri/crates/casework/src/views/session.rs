//! The vault's door, and the settings behind it.

use serde::{Deserialize, Serialize};
use sharewell_records::{AgencyBody, Day, Moment, Nation, Practitioner};
use specta::Type;

use super::{FindingKind, GroundKind, HideBy, NumberKind, StrengthAdvice, Theme};
use crate::failure::Code;

/// Where the program stands, asked at start and after every change of state.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SessionView {
    /// What can be done now.
    pub phase: Phase,
    /// Who is signed in; none while locked.
    pub practitioner: Option<Practitioner>,
    /// Whether the recovery code was typed back. Until then no real case is opened (H3).
    pub recovery_confirmed: bool,
    /// When the last verified backup was made; none while locked.
    pub last_backup: Option<Moment>,
    /// Seconds to wait before the next try, 0 for none (H5).
    pub wait_seconds: u32,
    /// Numbers for an emergency; they stand on the lock screen too.
    pub numbers: EmergencyNumbers,
    /// Whether the vault is only looked at: it lies where nothing can be written, so nothing can be changed, saved or
    /// logged.
    pub looking: bool,
    /// That the computer's clock cannot be right; told before the vault is open.
    pub clock: Option<ClockView>,
    /// Since which opening nobody has said why the note of the newest entry was not there; none while locked.
    pub head_missing_since: Option<Moment>,
    /// With [`Phase::Missing`]: where the vault was, and where it may be.
    pub missing: Option<MissingVault>,
    /// Before a vault is made: on what ground it would lie, where that is not a disk of this computer alone.
    pub ground: Vec<Ground>,
    /// What to remind of about copies of backups elsewhere; none while locked.
    pub copy_due: Option<CopyDue>,
    /// Other databases in the vault's folder, by name: a program that keeps folders the same may have put one aside,
    /// and newer records may lie in it.
    pub others: Vec<String>,
    /// Whether this is the fictional sample vault.
    pub demo: bool,
    /// Settings in force, the plain part while locked.
    pub settings: Settings,
    /// Whether settings were kept that cannot be read: what is in force is not what was chosen.
    pub settings_lost: bool,
    /// Why the program locked last, where it did in this sitting: `by_hand`, `idle`, `sleep`, `moved`.
    pub locked_because: Option<LockReason>,
    /// Whether somebody has the screen to read and sign a slip, and the file waits behind it.
    pub signing: bool,
    /// Where to go on after unlock: the address of the page that was open (`/decide/…`).
    pub resume: Option<String>,
    /// What waits, for the rail; zeros while locked.
    pub counts: Counts,
    /// Entries that were there before and are missing since this opening; none while locked.
    pub lost: Option<LostView>,
    /// Whether the place to go on from could not be kept at the last lock.
    pub place_lost: bool,
    /// The program's version.
    pub version: String,
}

/// Entries that the vault held once and holds no more: an older copy was put in its place, or a part was
/// damaged. Their numbers are never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LostView {
    /// The first missing sequence.
    pub from: u32,
    /// The last missing sequence.
    pub to: u32,
}

/// A vault that is remembered and was not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MissingVault {
    /// The folder in which it was.
    pub was: String,
    /// Folders near it in which it lies now.
    pub found: Vec<String>,
}

/// On what ground a folder lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Ground {
    /// Which.
    pub kind: GroundKind,
    /// The program that keeps it the same elsewhere, by its name; empty for the others.
    pub name: String,
}

/// The second place for backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SecondPlace {
    /// The folder.
    pub folder: String,
    /// Whether it is there now: a stick may be plugged out.
    pub reachable: bool,
    /// When a backup was last copied there.
    pub last: Option<Moment>,
    /// Days since then.
    pub days: Option<u32>,
    /// Whether it lies on the same disk as the vault, and would be lost with it.
    pub same_disk: bool,
}

/// What to remind of about copies elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "due", rename_all = "snake_case")]
pub enum CopyDue {
    /// No second place was chosen.
    NoPlace,
    /// One was chosen and nothing lies there yet.
    NotYet,
    /// The last copy is old.
    Old {
        /// Days since it was made.
        days: u32,
    },
}

/// The computer's clock cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClockView {
    /// Whether it shows a time that has passed already; else one that is far ahead.
    pub behind: bool,
    /// The last moment that is known; none where nothing is known but that there was no such program yet.
    pub last: Option<Moment>,
}

/// What can be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// There is no vault yet.
    FirstStart,
    /// There was one, and it is not where it was.
    Missing,
    /// There is a vault and it is locked.
    Locked,
    /// The vault is open.
    Open,
}

/// Why the vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    /// The button, the key, Shift three times.
    ByHand,
    /// Nobody typed for the set time.
    Idle,
    /// The laptop slept.
    Sleep,
    /// Another program moved the open vault.
    Moved,
}

/// What waits in each room of the rail.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, Type)]
pub struct Counts {
    /// What is due now and today; 100 where it is more than 99.
    pub today: u32,
    /// Open drafts of decisions.
    pub drafts: u32,
    /// Entries not handed over yet; none before there is an agency to hand them to.
    pub to_hand_over: u32,
}

/// Numbers for an emergency, in the order in which they are rung.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EmergencyNumbers {
    /// Each with a name and a number; the first is 999.
    pub numbers: Vec<NamedNumber>,
}

/// A number to ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamedNumber {
    /// Whose it is.
    pub kind: NumberKind,
    /// Its name as the practitioner or the pack gives it; may be empty, then the kind's word is shown.
    pub name: String,
    /// The number.
    pub number: String,
}

/// First start: everything asked before the passphrase.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct NewPractitioner {
    /// Full name.
    pub name: String,
    /// Post.
    pub role: String,
    /// Agency.
    pub agency: String,
    /// Team, may be empty.
    pub team: String,
    /// Nation; none while nothing is chosen.
    pub nation: Option<Nation>,
    /// Own telephone, may be empty.
    pub phone: String,
    /// The adviser turned to first, may be empty.
    pub lead_name: String,
    /// Their number, may be empty.
    pub lead_phone: String,
    /// Front door's own name, may be empty.
    pub front_door_name: String,
    /// Front door's number, may be empty.
    pub front_door_phone: String,
    /// Its number out of hours, may be empty.
    pub out_of_hours_phone: String,
    /// The number of whoever hears worries about people who work with children, may be empty.
    pub officer_phone: String,
    /// What kind of body the agency is; none where it was not said yet.
    #[serde(default)]
    pub body: Option<AgencyBody>,
}

/// How strong a passphrase is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct StrengthView {
    /// zxcvbn's score, 0 to 4.
    pub score: u8,
    /// Whether it may be used (3 or more).
    pub enough: bool,
    /// What would make it stronger.
    pub advice: StrengthAdvice,
}

/// A recovery code, shown once.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RecoveryCodeView {
    /// Groups of characters, as printed.
    pub groups: Vec<String>,
    /// When it was made.
    pub made_at: Moment,
}

/// How the ways back into the vault stand, should its holder forget the passphrase, leave or lose the laptop (H4).
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RehearsalPage {
    /// Whether the recovery code in force was typed back.
    pub confirmed: bool,
    /// When the code was last tried on a copy; none where it never was.
    pub last: Option<Moment>,
    /// From which day on it is to be tried again; none before a code was typed back.
    pub next: Option<Day>,
    /// Whether that day has come.
    pub due: bool,
    /// The agency whose profile stands; empty where there is none.
    pub agency: String,
    /// Whether that agency's recovery key opens the vault.
    pub agency_can: bool,
}

/// What a rehearsal found in the copy.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RehearsedView {
    /// How many entries the way back brings back.
    pub entries: u32,
    /// How many children's files; restricted ones are counted nowhere.
    pub files: u32,
    /// When the newest entry was recorded.
    pub newest: Option<Moment>,
    /// How the ways back stand now.
    pub page: RehearsalPage,
}

/// What the practitioner can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Settings {
    /// Minutes without a key or a click until the vault locks, 1 to 30.
    pub lock_minutes: u8,
    /// How the window looks.
    pub theme: Theme,
    /// Whether shortcuts other than Lock work.
    pub shortcuts: bool,
    /// The tag of the language in which the program speaks; empty where none was chosen, then it is the first.
    #[serde(default)]
    pub language: String,
    /// How large the text is, in hundredths of the usual size. Kept beside the vault alone, since it serves the lock
    /// screen too.
    #[serde(default = "usual_text_size")]
    pub text_size: u16,
    /// Whether the window is kept out of screen captures, where the platform can do that.
    #[serde(default = "yes")]
    pub screen_protected: bool,
    /// By which key, pressed three times, the window hides and locks at once.
    #[serde(default)]
    pub hide_by: HideBy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lock_minutes: 5,
            theme: Theme::System,
            shortcuts: true,
            language: String::new(),
            text_size: usual_text_size(),
            screen_protected: yes(),
            hide_by: HideBy::default(),
        }
    }
}

fn usual_text_size() -> u16 {
    100
}

fn yes() -> bool {
    true
}

/// What a check of the vault found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct VerifyView {
    /// Whether all is well.
    pub sound: bool,
    /// Entries checked.
    pub entries: u32,
    /// The chain's head as 64 hexadecimal digits, shortened by the page.
    pub head: String,
    /// The last sequence that an outside head (a handover, a printed page) confirms; none for none.
    pub anchored_to: Option<u32>,
    /// What is wrong, first first.
    pub findings: Vec<FindingView>,
    /// When it was checked.
    pub at: Moment,
}

/// One thing that is wrong in a vault.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FindingView {
    /// What it is.
    pub code: FindingKind,
    /// The first sequence concerned, where there is one.
    pub sequence: Option<u32>,
    /// Details for support staff: numbers, ids and file names; no word of a language, and never content.
    pub detail: String,
}

/// A backup that was made or found.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct BackupView {
    /// When it was made.
    pub at: Moment,
    /// Its folder.
    pub folder: String,
    /// Entries in it.
    pub entries: u32,
    /// Size in kilobytes.
    pub kilobytes: u32,
    /// Its copy in the second place; none for one that was found, and where no place was chosen.
    pub copy: Option<CopyView>,
}

/// What became of the copy of a backup in a second place.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct CopyView {
    /// The copy's folder, or the place where it was to be.
    pub folder: String,
    /// Why it was not made; none where it was.
    pub failed: Option<Code>,
}

/// One of a nation's own terms, from its pack.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct TermView {
    /// What it names: `front_door`, `adviser`, `board`, …
    pub key: String,
    /// The nation's term.
    pub text: String,
}
