//! What may stand behind `sharewellctl agency`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use sharewell_casework::records::{Day, Role};

/// What an agency can do.
#[derive(Debug, Subcommand)]
pub enum AgencyVerb {
    /// Print an example of the settings that init and profile read
    #[command(after_help = "\
Example:
  sharewellctl agency example > profile.toml")]
    Example,
    /// Make an agency's four keys, its first profile and its roster
    #[command(after_help = "\
Example:
  sharewellctl agency init --offline /media/stick/agency --out ./agency --from profile.toml

Into the offline folder alone go the keys that sign profiles and rosters and that recover a vault. Take it away when it
is done, and keep it in a safe; handovers are taken in without it. Nothing is ever written over.")]
    Init {
        /// A folder on a stick or disk that is kept away from this machine
        #[arg(long, value_name = "OFF")]
        offline: PathBuf,
        /// A new or empty folder for what stays with intake
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The settings, as sharewellctl agency example prints them
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Sign the next profile: settings that changed, another year, leads who were enrolled
    #[command(after_help = "\
Examples:
  sharewellctl agency profile --offline /media/stick/agency --agency ./agency --from profile.toml
  sharewellctl agency profile --show profile-2.sharewell-profile

Leads, designated officers and intake are taken from the roster. Without keys, --show says what a file holds.")]
    Profile(Profile),
    /// Make new keys for encryption, receipts or recovery, and sign the next profile with them
    #[command(after_help = "\
Examples:
  sharewellctl agency rekey --offline /media/stick/agency --agency ./agency --from profile.toml encryption receipts
  sharewellctl agency rekey --offline /media/stick/agency --agency ./agency --from profile.toml recovery

The keys before stay beside the new ones, so that what they open is opened as before. Give intake its new keys and the
profile first, then the profile to everybody.")]
    Rekey(Rekey),
    /// Put somebody who asked for it on the roster
    #[command(after_help = "\
Example:
  sharewellctl agency enrol --offline /media/stick/agency --agency ./agency request.sharewell-enrolment
  sharewellctl agency enrol --offline /media/stick/agency --agency ./agency request.sharewell-enrolment \\
      --role practitioner --fingerprint '9c41 77d0 b2e5 1f38 40aa c6d9 813e 52f7'

Without a fingerprint it only says who asks. Ring them on a number that you know, let them read the fingerprint out, and
type what you hear: whoever sent the file is then whoever you rang.")]
    Enrol(Enrol),
    /// Let a key count for longer, or until a day
    #[command(after_help = "\
Example:
  sharewellctl agency renew --offline /media/stick/agency --agency ./agency --key 9c41… --until 2027-11-30")]
    Renew {
        /// Where everything is.
        #[command(flatten)]
        at: At,
        /// Whose key: its id, its hexadecimal digits or its fingerprint
        #[arg(long, value_name = "KEY")]
        key: String,
        /// The last day on which it counts
        #[arg(long, value_name = "DAY")]
        until: chrono::NaiveDate,
    },
    /// Take a key back from a day on: somebody left, or a laptop was stolen
    #[command(after_help = "\
Example:
  sharewellctl agency revoke --offline /media/stick/agency --agency ./agency --key 9c41… --from 2026-11-30

What was taken in before that day stays. The line stays on the roster, so that it is still said whose key it was.")]
    Revoke {
        /// Where everything is.
        #[command(flatten)]
        at: At,
        /// Whose key: its id, its hexadecimal digits or its fingerprint
        #[arg(long, value_name = "KEY")]
        key: String,
        /// The first day on which it counts no more
        #[arg(long, value_name = "DAY")]
        from: chrono::NaiveDate,
    },
    /// Open a vault whose holder left, or forgot passphrase and code
    #[command(after_help = "\
Example:
  sharewellctl agency recover --offline /media/stick/agency --agency ./agency --vault ./vault \\
      --by 'Owen Pretend' --why 'Nia Exampleton left on 30 November' --agreed 'Ada Mockford' --agreed 'Ines Sampleton'

Asks for a new passphrase, and prints a new recovery code; the old ones open nothing any more. Nothing is lost: the vault
goes on as a new chain that says who opened it, why, and which two people agreed. The new key is put on the roster.")]
    Recover(Recover),
    /// Say who is on a roster, and how each key stands
    #[command(after_help = "\
Example:
  sharewellctl agency roster --agency ./agency")]
    Roster {
        /// The folder of what stays with intake
        #[arg(long, value_name = "DIR")]
        agency: PathBuf,
    },
}

/// Where an agency's files are.
#[derive(Debug, Args)]
pub struct At {
    /// The folder that is kept offline
    #[arg(long, value_name = "OFF")]
    pub offline: PathBuf,
    /// The folder of what stays with intake
    #[arg(long, value_name = "DIR")]
    pub agency: PathBuf,
}

/// The next profile, or what one holds.
#[derive(Debug, Args)]
pub struct Profile {
    /// The folder that is kept offline
    #[arg(long, value_name = "OFF", required_unless_present = "show")]
    pub offline: Option<PathBuf>,
    /// The folder of what stays with intake
    #[arg(long, value_name = "DIR", required_unless_present = "show")]
    pub agency: Option<PathBuf>,
    /// The settings, as sharewellctl agency example prints them
    #[arg(long, value_name = "FILE", required_unless_present = "show")]
    pub from: Option<PathBuf>,
    /// Only say what a profile holds
    #[arg(long, value_name = "FILE", conflicts_with_all = ["offline", "agency", "from"])]
    pub show: Option<PathBuf>,
}

/// Keys that others take the place of.
#[derive(Debug, Args)]
pub struct Rekey {
    /// Where everything is.
    #[command(flatten)]
    pub at: At,
    /// The settings, as sharewellctl agency example prints them
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Which keys
    #[arg(value_name = "KEY", value_enum, required = true)]
    pub keys: Vec<KeyWord>,
}

/// A key of the agency that can be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyWord {
    /// Opens handovers
    Encryption,
    /// Signs receipts
    Receipts,
    /// Opens vaults, and lies offline
    Recovery,
}

impl KeyWord {
    /// Those that were named, each once.
    pub fn each(named: &[Self]) -> impl Iterator<Item = Self> {
        [Self::Encryption, Self::Receipts, Self::Recovery].into_iter().filter(|one| named.contains(one))
    }
}

/// Somebody who asks to be enrolled.
#[derive(Debug, Args)]
pub struct Enrol {
    /// Where everything is.
    #[command(flatten)]
    pub at: At,
    /// The request that they sent
    #[arg(value_name = "REQUEST")]
    pub request: PathBuf,
    /// What they read out on the telephone; blanks do not matter
    #[arg(long, value_name = "FINGERPRINT", requires = "role")]
    pub fingerprint: Option<String>,
    /// What they do for the agency
    #[arg(long, value_name = "ROLE", value_enum)]
    pub role: Option<RoleWord>,
    /// The first day on which the key counts; today where none is given
    #[arg(long, value_name = "DAY")]
    pub from: Option<chrono::NaiveDate>,
    /// The last day on which it counts
    #[arg(long, value_name = "DAY")]
    pub until: Option<chrono::NaiveDate>,
}

/// A vault to be opened for the agency.
#[derive(Debug, Args)]
pub struct Recover {
    /// Where everything is.
    #[command(flatten)]
    pub at: At,
    /// The vault's folder
    #[arg(long, value_name = "DIR")]
    pub vault: PathBuf,
    /// Who opens it
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub why: String,
    /// One of the two people who agreed; given twice
    #[arg(long, value_name = "NAME", required = true)]
    pub agreed: Vec<String>,
}

/// A role as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleWord {
    /// Keeps records
    Practitioner,
    /// Leads on safeguarding: countersigns
    Lead,
    /// Hears of allegations
    DesignatedOfficer,
    /// Takes handovers in
    Intake,
}

impl RoleWord {
    /// The role.
    pub fn role(self) -> Role {
        match self {
            Self::Practitioner => Role::Practitioner,
            Self::Lead => Role::Lead,
            Self::DesignatedOfficer => Role::DesignatedOfficer,
            Self::Intake => Role::Intake,
        }
    }
}

/// A day as it is typed.
pub fn day(typed: chrono::NaiveDate) -> Day {
    Day(typed)
}
