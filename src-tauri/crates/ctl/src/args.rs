//! What may stand on the command line. Never a secret: arguments are visible to every process.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use sharewell_casework::{OutsideHead, records::Seq};

use crate::agency::AgencyVerb;
use crate::end::EndVerb;
use crate::intake::IntakeArgs;

const EXIT: &str = "\
Exit status:
  0  fine
  1  findings, or refused (a pack with findings, a damaged vault, a wrong passphrase, a bad answer)
  2  misuse, or it cannot run (a wrong argument, a missing file or vault, a full disk)";

const ABOUT: &str = "\
The passphrase of a vault is asked for at the terminal and never shown. Scripts put it in the first line of a
file that only they can read, and name that file in SHAREWELL_PASSPHRASE_FILE.";

/// Check guidance packs, follow a decision, look after a vault, hand records over.
#[derive(Debug, Parser)]
#[command(name = "sharewellctl", version, after_help = EXIT, after_long_help = format!("{ABOUT}\n\n{EXIT}"))]
#[command(subcommand_required = true, arg_required_else_help = true, max_term_width = 100)]
pub struct Args {
    /// Print JSON for programs instead of text for people
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check guidance packs, or show how one flows
    #[command(arg_required_else_help = true)]
    Pack {
        /// What to do with packs.
        #[command(subcommand)]
        verb: PackVerb,
    },
    /// Follow a pack with given facts and answers: the next question, or the advice, as JSON
    Decide(Decide),
    /// Make a vault of fictional families to try things on
    Sample(Sample),
    /// Check a vault, back it up, or bring a backup back
    #[command(arg_required_else_help = true)]
    Vault {
        /// What to do with the vault.
        #[command(subcommand)]
        verb: VaultVerb,
    },
    /// Find names and words in a vault, newest first
    #[command(after_help = "\
Example:
  sharewellctl search --vault ./trial Sampleton
  sharewellctl search --vault ./trial --json school attendance

The search is written to the vault's access log, as it is in the window.")]
    Search {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// What to look for; the beginning of each word is enough
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Write an encrypted, signed file with records for the agency
    Handover(Handover),
    /// Open what was shared with you in Sharewell's own container
    #[command(arg_required_else_help = true)]
    Share {
        /// What to do.
        #[command(subcommand)]
        verb: ShareVerb,
    },
    /// End the use of a vault, and verify the certificate of one that has ended
    #[command(arg_required_else_help = true)]
    End {
        /// What to do.
        #[command(subcommand)]
        verb: EndVerb,
    },
    /// Take handovers in for the agency, and answer each with a signed receipt
    Intake(IntakeArgs),
    /// Set up an agency: its keys, its profile, and who works for it
    #[command(arg_required_else_help = true)]
    Agency {
        /// What to do for the agency.
        #[command(subcommand)]
        verb: AgencyVerb,
    },
}

/// What whoever receives a share does.
#[derive(Debug, Subcommand)]
pub enum ShareVerb {
    /// Make a key to which shares can be encrypted: the secret half in a file, the public half printed
    #[command(after_help = "\
Example:
  sharewellctl share key --out my-share-key.txt

Give the public half to whoever shares with you, and compare its fingerprint with them by telephone. The file is not
encrypted: keep it where only you can read it. age-keygen makes the same kind of key.")]
    Key {
        /// The file for the secret half; it must not be there yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Verify a share, say who signed it, and write its documents into a new folder
    #[command(after_help = "\
Examples:
  sharewellctl share open from-noor.sharewell-share --key my-share-key.txt --to ./opened
  sharewellctl share open from-noor.sharewell-share --key my-share-key.txt --to ./opened --signer 3f0c…

Nothing is written before all of it is verified. Without --signer the key is the one that the file names: compare the
printed fingerprint with the sender by telephone before you rely on it. docs/share-format.md says how a share is
opened and verified without Sharewell.")]
    Open {
        /// The share
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The file with the secret half of your key
        #[arg(long, value_name = "KEYFILE")]
        key: PathBuf,
        /// The folder for the documents; it must not be there yet
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// The sender's public signing key in hexadecimal; may be given again, and no other then counts
        #[arg(long, value_name = "HEX", value_parser = public_key)]
        signer: Vec<sharewell_exchange::PublicKey>,
    },
}

/// What can be done with packs.
#[derive(Debug, Subcommand)]
pub enum PackVerb {
    /// Walk every path of each pack and hold it to the thirteen conditions
    #[command(after_help = "\
Examples:
  sharewellctl pack check                        the packs that the program carries
  sharewellctl pack check ./wales-2026-04        a pack that is being written
  sharewellctl pack check ./guidance             every pack below a folder

Each finding names its file and line. Exit status 1 where there is one.")]
    Check {
        /// Folders of packs; the packs that the program carries where none is given
        #[arg(value_name = "DIR")]
        dirs: Vec<PathBuf>,
        /// The day from which is reckoned whether bank holidays run out within a year; today where none is given
        #[arg(long, value_name = "DAY")]
        today: Option<NaiveDate>,
    },
    /// Print a pack's questions, ways on, outcomes and sources
    #[command(after_help = "\
Examples:
  sharewellctl pack show england
  sharewellctl pack show england@2024-05 --json
  sharewellctl pack show wales --as svg > wales.svg      the flow map, for a browser or paper
  sharewellctl pack show wales --as text                 the same as a list, in the words of the pages
  sharewellctl pack show wales --as givers               who may give consent, with its sources
  sharewellctl pack show ./wales-2026-04")]
    Show {
        /// ID, ID@VERSION, or the path of a pack's folder (with a / or \\ in it)
        #[arg(value_name = "ID")]
        pack: String,
        /// The flow map as a drawing or as a list, or who may give consent; without it, the flow by ids for whoever writes packs
        #[arg(long = "as", value_name = "FORM", value_enum)]
        form: Option<MapForm>,
    },
    /// Keep in a pack that somebody reviewed its text
    #[command(after_help = "\
Example:
  sharewellctl pack review ./wales-2026-04 --by 'Carys Fictional' --role 'Safeguarding lead' --says 'Terms agreed.'

The review names the text as it is by its hash. When the text changes, it is shown as a review of an earlier one.")]
    Review {
        /// The folder of the pack
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// Who reviewed it
        #[arg(long, value_name = "NAME")]
        by: String,
        /// As what
        #[arg(long, value_name = "ROLE")]
        role: String,
        /// What they said
        #[arg(long, value_name = "TEXT", default_value = "")]
        says: String,
        /// The day, such as 2026-03-12; today where none is given
        #[arg(long, value_name = "DATE")]
        on: Option<chrono::NaiveDate>,
    },
    /// Make a key that signs packs: the secret half in a file, the public half printed
    #[command(after_help = "\
Example:
  sharewellctl pack keygen --out publisher.key

The file is not encrypted. Make it on a machine without a network and keep it there.")]
    Keygen {
        /// The file for the secret half; it must not be there yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check the pack in a folder and write it as one signed file
    #[command(after_help = "\
Example:
  sharewellctl pack sign ./england-2027-01 --key publisher.key --out england-2027-01.sharewell-pack

What does not meet the thirteen conditions is not signed: exit status 1, with every finding.")]
    Sign {
        /// The folder of the pack
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// The file with the secret key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The file to write; it must not be there yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check the signature of a pack's file, and hold the pack to the conditions
    #[command(after_help = "\
Examples:
  sharewellctl pack verify england-2027-01.sharewell-pack
  sharewellctl pack verify local.sharewell-pack --key d75a98…511a

Without a key it is the publisher's whose public half is built in.")]
    Verify {
        /// The signed file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// A public key whose signature counts, in hexadecimal; may be given again
        #[arg(long, value_name = "KEY", value_parser = public_key)]
        key: Vec<sharewell_exchange::PublicKey>,
    },
}

/// The forms in which a pack is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum MapForm {
    /// A drawing (SVG)
    Svg,
    /// A list in plain words
    Text,
    /// Who may give consent, for a safeguarding lead to read
    Givers,
}

fn public_key(text: &str) -> Result<sharewell_exchange::PublicKey, String> {
    sharewell_exchange::PublicKey::from_hex(text).map_err(|error| error.to_string())
}

/// Facts and answers in, the next question or the advice out.
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  sharewellctl decide --pack england --facts facts.json --answers answers.json

  facts.json    {\"child_age\": 13}
  answers.json  {\"danger\": \"no\", \"harm\": \"yes\", \"others\": \"a younger brother\",
                 \"signs\": [\"injury-neglect\"]}

An answer may be written short, as above, or whole: {\"is\": \"choice\", \"value\": \"other\", \"words\": \"…\"}.
The same files always give the same result for the same day.")]
pub struct Decide {
    /// ID, ID@VERSION, or the path of a pack's folder (with a / or \ in it)
    #[arg(long, value_name = "ID[@VERSION]")]
    pub pack: String,
    /// JSON: what the file tells already, by name
    #[arg(long, value_name = "FILE")]
    pub facts: PathBuf,
    /// JSON: the answers so far, by step
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// The day for which the guidance is applied, such as 2026-03-12; today where none is given
    #[arg(long, value_name = "DAY")]
    pub on: Option<chrono::NaiveDate>,
}

/// A vault of fictional families.
#[derive(Debug, Group)]
#[command(after_help = "\
Example:
  sharewellctl sample --vault ./trial --cases 25 --seed 7
  sharewellctl sample --vault ./large --cases 25 --seed 7 --notes 100000    how long things take in a large vault

The same seed and last day always give the same families and the same history. Every person is made up.")]
pub struct Sample {
    /// A new folder for the vault
    #[arg(long, value_name = "DIR")]
    pub vault: PathBuf,
    /// How many children's files
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub cases: u32,
    /// Any whole number; the same gives the same
    #[arg(long, value_name = "S")]
    pub seed: u64,
    /// So many further statements, shared among the files
    #[arg(long, value_name = "N", default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(sharewell_sample::MOST_NOTES)))]
    pub notes: u32,
    /// The last day of the history, such as 2026-03-12; yesterday where none is given
    #[arg(long, value_name = "DAY")]
    pub until: Option<chrono::NaiveDate>,
}

/// What can be done with a vault.
#[derive(Debug, Subcommand)]
pub enum VaultVerb {
    /// Check the encryption, the chain of entries and everything derived from it
    #[command(after_help = "\
Examples:
  sharewellctl vault verify --vault ./trial
  sharewellctl vault verify --vault ./trial --head 0195…:398:5f0c…

Names each entry that is wrong. Exit status 1 where something is. A head that was kept elsewhere, on a printed
page or in a handover's checkpoint, anchors the chain up to it: without one, a vault that was rolled back as a
whole looks like any other.")]
    Verify {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// A head that was kept elsewhere; may be given several times
        #[arg(long = "head", value_name = "ORIGIN:SEQ:LINK", value_parser = head)]
        heads: Vec<OutsideHead>,
    },
    /// Say that what an opening found in doubt is as it should be
    #[command(after_help = "\
Examples:
  sharewellctl vault confirm --vault ./trial --head 'Copied from the old laptop without vault.head.'
  sharewellctl vault confirm --vault ./trial --clock

A missing vault.head stays a finding of every check until somebody says why it was missing. Entries that were
written while the clock was in doubt stay marked; --clock says that it is right from here on.")]
    Confirm {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// Why vault.head was missing or could not be read
        #[arg(long, value_name = "REASON", required_unless_present = "clock")]
        head: Option<String>,
        /// The clock of this computer is right
        #[arg(long)]
        clock: bool,
    },
    /// Make a verified backup in the vault's own folder
    #[command(after_help = "\
Example:
  sharewellctl vault backup --vault ./trial
  sharewellctl vault backup --vault ./trial --copy-to /media/stick

Prints the backup's folder. It opens with the same passphrase. With --copy-to a copy is made below that folder,
which must be there, and read back.")]
    Backup {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// A second place, on a stick or another disk
        #[arg(long, value_name = "DIR")]
        copy_to: Option<PathBuf>,
    },
    /// Try a backup: that it opens, is whole, and what it holds
    #[command(after_help = "\
Example:
  sharewellctl vault rehearse --from ./trial/backups/2026-03-12T10-42-00Z

The backup opens with its passphrase or its recovery code. Nothing is written, and no vault is changed.")]
    Rehearse {
        /// The backup's folder
        #[arg(long, value_name = "BACKUP")]
        from: PathBuf,
    },
    /// Bring a backup back, into a new folder or where a damaged vault lies
    #[command(after_help = "\
Examples:
  sharewellctl vault restore --vault ./again --from ./trial/backups/2026-03-12T10-42-00Z
  sharewellctl vault restore --vault ./trial --from ./trial/backups/2026-03-12T10-42-00Z --set-aside

The backup opens with its passphrase or its recovery code. Nothing is ever written over a vault: a damaged one
is moved into a folder damaged-… beside its backups, and moved back where the restore fails. The restored vault
begins a chain of its own, which names the old one.")]
    Restore {
        /// The folder in which the vault is to be
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// The backup's folder
        #[arg(long, value_name = "BACKUP")]
        from: PathBuf,
        /// Move a damaged vault in that folder aside first
        #[arg(long)]
        set_aside: bool,
    },
    /// Take in the receipt that an agency sent back for a handover
    #[command(after_help = "\
Example:
  sharewellctl vault receipt ./march.sharewell-receipt --vault ./trial

Only a receipt that the agency of this vault's profile signed is believed. What it names with the hash that the vault
has is offered no more; everything else is offered again. The same receipt twice is taken once. Exit status 1 where
the agency holds something else than the vault.")]
    Receipt {
        /// The receipt
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
    },
}

/// Records for the agency.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  sharewellctl handover --vault ./trial --recipient age1… --out ./march.sharewell
  sharewellctl handover --vault ./trial --recipient age1… --out ./one.sharewell --case 0195…
  sharewellctl handover --vault ./trial --recipient age1… --out ./import.sharewell --tables strict
  sharewellctl handover --vault ./trial --out ./march.sharewell --again           the newest that was not written
  sharewellctl handover --vault ./trial --out ./march.sharewell --again 0198…     this one, once more
  sharewellctl handover --vault ./trial --recipient age1… --out ./all.sharewell --from-beginning --reason 'File lost'

Without --case every child's file is handed over. A restricted file goes by itself, with --restricted and the number
that the window shows. What goes is counted for each recipient: what this one has not got yet, by files that were
written. What could not be written was not handed over, and --again writes it. Who gets what somebody else has
already, or everything once more, gets it on purpose: say why with --reason; it stands in the vault, not in the file.
Compare the printed fingerprint with the agency by telephone. docs/handover-format.md says how the file is opened and
verified with standard tools.")]
pub struct Handover {
    /// The vault's folder
    #[arg(long, value_name = "DIR")]
    pub vault: PathBuf,
    /// The agency's public key, which begins with age1
    #[arg(long, value_name = "AGE_KEY", required_unless_present = "again")]
    pub recipient: Option<String>,
    /// The file to write; it must not exist yet
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Only this file; may be given several times
    #[arg(long = "case", value_name = "ID")]
    pub cases: Vec<String>,
    /// Only the restricted file of this number, by itself
    #[arg(long, value_name = "NUMBER", conflicts_with = "cases")]
    pub restricted: Option<u32>,
    /// How the cells of the tables are written
    #[arg(long, value_name = "FOR", value_enum, default_value_t = TablesFor::SpreadsheetSafe)]
    pub tables: TablesFor,
    /// Everything from the beginning, also what this recipient has
    #[arg(long)]
    pub from_beginning: bool,
    /// Why somebody gets what they, or somebody else, have already
    #[arg(long, value_name = "WHY", default_value = "", hide_default_value = true)]
    pub reason: String,
    /// Write the file of a handover that stands frozen: the one of this id, or the newest that was not written
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "",
          conflicts_with_all = ["recipient", "cases", "restricted", "from_beginning", "reason", "tables"])]
    pub again: Option<String>,
}

/// Whom a handover's tables are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TablesFor {
    /// For people: nothing in a cell is run by a spreadsheet
    SpreadsheetSafe,
    /// For a program that imports: no cell is changed. Do not open them in a spreadsheet
    Strict,
}

/// Reads a head as `verify` takes it: the chain's origin, a sequence, and the link there.
fn head(typed: &str) -> Result<OutsideHead, String> {
    let mut parts = typed.split(':');
    let (Some(origin), Some(sequence), Some(link), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("write it as ORIGIN:SEQ:LINK, with two colons".to_owned());
    };
    Ok(OutsideHead {
        origin: origin.parse().map_err(|_| "ORIGIN is not an id such as 01950000-…".to_owned())?,
        sequence: Seq(sequence.parse().map_err(|_| "SEQ is not a whole number".to_owned())?),
        link: link.parse().map_err(|_| "LINK is not 64 hexadecimal digits".to_owned())?,
    })
}
