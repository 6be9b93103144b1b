//! What may stand behind `intake` on the command line.

use std::path::PathBuf;

use clap::{Args as Group, Subcommand, ValueEnum};
use sharewell_casework::records::Role;

/// Taking handovers in.
#[derive(Debug, Group)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    arg_required_else_help = true
)]
#[command(after_help = "\
Examples:
  sharewellctl intake --keys ./agency /media/stick/*.sharewell
  sharewellctl intake watch --keys ./agency ./inbox
  sharewellctl intake list --keys ./agency
  sharewellctl intake show --keys ./agency --role lead 0195…
  sharewellctl intake search --keys ./agency Sampleton

The keys folder is the one that agency init made: encryption.key, receipts.key, the profile and the roster. Without
more, what is taken in is kept there too: encrypted in intake.db, under store.key, which is made with it. Keep a copy of
both, apart from one another. Each file gets a signed receipt: give it to whoever handed over.

What cannot be taken is kept as it came, named with its reason, and the next file is taken: exit status 1.")]
pub struct IntakeArgs {
    /// What else to do.
    #[command(subcommand)]
    pub verb: Option<IntakeVerb>,
    /// Where things lie.
    #[command(flatten)]
    pub at: Option<At>,
    /// The handover files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Where things lie.
#[derive(Debug, Group)]
pub struct At {
    /// The folder with intake's keys, the profile and the roster
    #[arg(long, value_name = "DIR")]
    pub keys: PathBuf,
    /// The encrypted file in which everything is kept; intake.db in the keys folder where none is given
    #[arg(long, value_name = "FILE", conflicts_with = "database")]
    pub store: Option<PathBuf>,
    /// A PostgreSQL database instead of that file: postgres://login@host/name, without a password
    #[arg(long, value_name = "ADDRESS")]
    pub database: Option<String>,
    /// The certificate of the authority that vouches for the database's host, in PEM
    #[arg(long, value_name = "FILE", requires = "database")]
    pub database_authority: Option<PathBuf>,
    /// The folder for receipts; receipts in the keys folder where none is given
    #[arg(long, value_name = "DIR")]
    pub receipts: Option<PathBuf>,
}

/// Who reads.
#[derive(Debug, Group)]
pub struct Reader {
    /// Where things lie.
    #[command(flatten)]
    pub at: At,
    /// In which role you read: it settles what you see of protected people and of restricted files
    #[arg(long, value_name = "ROLE", value_enum, default_value_t = AsRole::Intake)]
    pub role: AsRole,
}

/// The roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AsRole {
    /// Works with children. Protected people are called by a label
    Practitioner,
    /// Leads on safeguarding. Sees who is protected, and no restricted file
    Lead,
    /// Sees who is protected, and restricted files
    DesignatedOfficer,
    /// Takes handovers in. Protected people are called by a label
    Intake,
}

impl From<AsRole> for Role {
    fn from(role: AsRole) -> Self {
        match role {
            AsRole::Practitioner => Self::Practitioner,
            AsRole::Lead => Self::Lead,
            AsRole::DesignatedOfficer => Self::DesignatedOfficer,
            AsRole::Intake => Self::Intake,
        }
    }
}

/// What an engine may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Partitions by hash
    Partitions,
    /// Policies for rows
    RowSecurity,
}

impl From<Part> for sharewell_intake::store::Without {
    fn from(part: Part) -> Self {
        match part {
            Part::Partitions => Self::Partitions,
            Part::RowSecurity => Self::RowSecurity,
        }
    }
}

/// What can be done besides.
#[derive(Debug, Subcommand)]
pub enum IntakeVerb {
    /// Take in what is copied into a folder, as it comes
    #[command(after_help = "\
Examples:
  sharewellctl intake watch --keys ./agency ./inbox
  sharewellctl intake watch --keys ./agency --once ./inbox      for a timetable: what is whole now, and then it ends

Files whose names end in .sharewell are looked at. One that still grows, or cannot be read to its end, is tried again,
and kept apart only once it has not changed for ten minutes. Files stay where they are.")]
    Watch {
        /// Where things lie.
        #[command(flatten)]
        at: At,
        /// The folder
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// Take in what is whole now, and end
        #[arg(long)]
        once: bool,
        /// Seconds between two looks
        #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3600))]
        every: u64,
    },
    /// Try again what is kept apart: after a new roster, another key or a newer program
    #[command(after_help = "\
Example:
  sharewellctl intake again --keys ./agency")]
    Again {
        /// Where things lie.
        #[command(flatten)]
        at: At,
    },
    /// Say that this machine's clock is right, after one that was ahead
    #[command(after_help = "\
Example:
  sharewellctl intake clock --keys ./agency

Nothing is taken in while the clock is behind what was taken in before. Where the clock was ahead then, say so here. The
roster's day still counts.")]
    Clock {
        /// Where things lie.
        #[command(flatten)]
        at: At,
    },
    /// List what was given in, and the children's files
    #[command(after_help = "\
Example:
  sharewellctl intake list --keys ./agency --role lead

What was not taken stands first. Restricted files are listed for the designated officer alone.")]
    List {
        /// Who reads.
        #[command(flatten)]
        reader: Reader,
    },
    /// Show a child's file as it stands, or what became of a handover
    #[command(after_help = "\
Examples:
  sharewellctl intake show --keys ./agency 0195…             a child's file, or a handover
  sharewellctl intake show --keys ./agency 5f0c77aa          a file that was given in, by the beginning of its SHA-256")]
    Show {
        /// Who reads.
        #[command(flatten)]
        reader: Reader,
        /// The id of a child's file or a handover, or the beginning of a file's SHA-256
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Find names and words in what was taken in
    #[command(after_help = "\
Example:
  sharewellctl intake search --keys ./agency school attendance

Nothing can be found that this role may not read. Restricted files are not searched.")]
    Search {
        /// Who reads.
        #[command(flatten)]
        reader: Reader,
        /// What to look for; the beginning of each word is enough
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Say what is known of a laptop that was lost, and what to do
    #[command(after_help = "\
Examples:
  sharewellctl intake lost --keys ./agency --lost 2026-11-28 Noor Exampleton
  sharewellctl intake lost --keys ./agency 9c4177                              by the beginning of the key, in hexadecimal
  sharewellctl intake lost --keys ./agency --role lead 0195…                   by the chain

It says how far its records were received and on which day, which children's files they touch, what came on the day of
the loss or later, and what to do, in order. What was written after the last entry received is unknown, and is called so.
Nothing is changed by it. It needs no key of the agency, and in a database the login that takes files in.")]
    Lost {
        /// Who reads.
        #[command(flatten)]
        reader: Reader,
        /// The day on which it was lost or stolen; the earliest day that is possible, where that is not known
        #[arg(long, value_name = "DAY")]
        lost: Option<chrono::NaiveDate>,
        /// Whose laptop: a name as it stands on the roster, a key's id or fingerprint, or a chain's id
        #[arg(required = true, value_name = "WHO")]
        who: Vec<String>,
    },
    /// Print what an administrator runs once to make the tables and roles in PostgreSQL
    #[command(after_help = "\
Examples:
  sharewellctl intake sql | psql agency
  sharewellctl intake sql --without partitions,row-security > tables.sql

Then grant sharewell_intake to the login that takes files in, and sharewell_reader to those that read. docs/agency.md
says which engines need what left out. Whoever administers the database can read what is in it.")]
    Sql {
        /// What the engine does not have
        #[arg(long, value_name = "PARTS", value_enum, value_delimiter = ',')]
        without: Vec<Part>,
    },
    /// Remove the content of a child's file, by your agency's retention
    #[command(after_help = "\
Examples:
  sharewellctl intake dispose --keys ./agency --case 0195…                    once your profile's retention has run out
  sharewellctl intake dispose --keys ./agency --case 0195… --authority 'Order of the court of 3 May 2026'

Nothing is disposed of while your profile names a legal hold.
It cannot be taken back. Places and hashes stay, so that chains still verify; each entry is logged under the rule that
you name, and the next receipt tells whoever wrote it.")]
    Dispose {
        /// Where things lie.
        #[command(flatten)]
        at: At,
        /// The child's file
        #[arg(long, value_name = "ID")]
        case: String,
        /// The rule under which it is disposed of; without it, the profile's retention for this kind of file, once it
        /// has run out
        #[arg(long, value_name = "RULE")]
        authority: Option<String>,
    },
}
