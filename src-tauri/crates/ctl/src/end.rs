//! `end`: ending the use of a vault, going on with an end that was cut off, and verifying the certificate of one.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde_json::json;
use sharewell_casework::end_of_use::{self, EndUse, LookAtEnd};
use sharewell_casework::long::at_once;
use sharewell_casework::places::Places;
use sharewell_casework::records::{EndFirst, EndPiece, EndReason, EndRefused, EndedPiece};
use sharewell_casework::views::{EndPage, EndTyped, EndedView};
use sharewell_casework::{Code, Failure};
use sharewell_exchange::PublicKey;
use sharewell_exchange::end_of_use::{Begun, Certificate, Ended, MOST_BYTES};

use crate::error::Error;
use crate::passphrase;
use crate::say::{Lines, Said, count};
use crate::vault::{close, now, open};

/// Ending the use of a vault.
#[derive(Debug, Subcommand)]
pub enum EndVerb {
    /// Show what stands before the end of a vault. Nothing is changed
    #[command(after_help = "\
Example:
  sharewellctl end look --vault ./trial --files ./handed-over

Exit status 1 while something stands first. It can be asked as often as you like.")]
    Look {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// The folder in which the sealed files of handovers lie
        #[arg(long, value_name = "DIR")]
        files: Option<PathBuf>,
    },
    /// End the use of a vault: destroy its keys and everything else of it, and leave a certificate
    #[command(after_help = "\
Examples:
  sharewellctl end vault --vault ./trial --files ./handed-over
  sharewellctl end vault --vault ./trial --files ./handed-over --reason agency-said --keep-backups

There is no way back. Hand over first: what no receipt names and no file holds would be gone. The passphrase is asked
for twice, and the words that confirm it are typed, or given with --confirm. The certificate is written beside the
files. Copies of backups elsewhere, and the memory of a laptop or stick, may keep what was there, sealed.")]
    Vault {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// The folder in which the sealed files of handovers lie, and the certificate is written
        #[arg(long, value_name = "DIR")]
        files: PathBuf,
        /// Why, where something stands first
        #[arg(long, value_name = "WHY", value_enum)]
        reason: Option<Why>,
        /// Leave the backups in the vault's folder
        #[arg(long)]
        keep_backups: bool,
        /// A second place, whose copies of this vault's backups go too
        #[arg(long, value_name = "DIR")]
        copies: Option<PathBuf>,
        /// The words that confirm it; asked for where they are not given
        #[arg(long, value_name = "WORDS")]
        confirm: Option<String>,
    },
    /// Go on with an end that was cut off, or whose certificate could not be written
    #[command(after_help = "\
Example:
  sharewellctl end go-on --vault ./trial --to ./handed-over

It needs no passphrase: the keys are destroyed, or about to be.")]
    GoOn {
        /// The vault's folder
        #[arg(long, value_name = "DIR")]
        vault: PathBuf,
        /// Another folder for the certificate
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Verify the certificate of an end of use, and say what it says
    #[command(after_help = "\
Example:
  sharewellctl end verify ./handed-over/sharewell-2026-12-01.sharewell-end --key 3f0c…

Without --key the key is the one that the certificate names: compare it with the roster. Exit status 1 where nothing
says what became of the vault, or something of it is left. docs/end-of-use-format.md says how it is verified without
Sharewell.")]
    Verify {
        /// The certificate
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The vault's public signing key in hexadecimal, as it was enrolled
        #[arg(long, value_name = "KEY", value_parser = |text: &str| PublicKey::from_hex(text).map_err(|error| error.to_string()))]
        key: Option<PublicKey>,
    },
}

/// Why a vault is ended although something stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Why {
    /// The agency said to go on, and keeps a note of that
    AgencySaid,
    /// What stands first is with the agency in another way
    KeptElsewhere,
    /// Nothing in it is about anybody: it was for trying out
    NothingReal,
}

impl From<Why> for EndReason {
    fn from(why: Why) -> Self {
        match why {
            Why::AgencySaid => Self::AgencySaid,
            Why::KeptElsewhere => Self::KeptElsewhere,
            Why::NothingReal => Self::NothingReal,
        }
    }
}

/// Does one of them.
pub fn end(verb: &EndVerb) -> Result<Said, Error> {
    match verb {
        EndVerb::Look { vault, files } => look(vault, files.as_deref()),
        EndVerb::Vault { vault, files, reason, keep_backups, copies, confirm } => {
            let typed = EndTyped {
                folder: files.display().to_string(),
                reason: reason.map(EndReason::from),
                backups: !keep_backups,
                copies: copies.is_some(),
                ..EndTyped::default()
            };
            end_vault(vault, typed, copies.as_deref(), confirm.as_deref())
        }
        EndVerb::GoOn { vault, to } => go_on(vault, to.as_deref()),
        EndVerb::Verify { file, key } => verify(file, key.as_ref()),
    }
}

fn look(dir: &Path, files: Option<&Path>) -> Result<Said, Error> {
    let mut vault = open(dir)?;
    let folder = files.map(Path::to_owned);
    let page = at_once(LookAtEnd { folder }, &mut vault, now())?;
    close(vault)?;
    let plain = told(&page);
    Ok(Said { findings: stands_first(&page), plain, json: json!({ "vault": dir, "end": page }) })
}

fn stands_first(page: &EndPage) -> bool {
    page.refused.is_some() || !page.first.is_empty()
}

fn told(page: &EndPage) -> String {
    let mut lines = Lines::default();
    lines.add("entries", page.entries).add("received", page.received).add("in files here", page.in_files);
    for one in &page.first {
        lines.add("stands first", format!("{} {}", one.count, first(one.what)));
    }
    for one in page.files.iter().filter(|one| !one.received) {
        let seen = if one.seen { "is here, whole" } else { "is not here" };
        lines.add("no receipt", format!("{} ({}) {seen}", one.name, one.handover));
    }
    let said = match page.refused {
        Some(EndRefused::LegalHold) => {
            "It is not ended: the agency holds everything for a legal reason. Ask the agency.\n"
        }
        Some(EndRefused::ProfileUnreadable) => {
            "It is not ended: the agency's profile cannot be read, and may hold everything.\n"
        }
        None if page.first.is_empty() => "Nothing stands before the end.\n",
        None if page.needs_reason => {
            "Something stands first. Hand over, or say why it is ended all the same with --reason.\n"
        }
        None => {
            "No receipt has come for what stands in the files here. Keep them: the certificate names them.\n"
        }
    };
    format!("{said}{lines}")
}

fn first(what: EndFirst) -> &'static str {
    match what {
        EndFirst::NotHandedOver => "entries in no file that was written (sharewellctl handover)",
        EndFirst::FileNotFound => "entries whose file was written and is not here (--files)",
        EndFirst::NoReceipt => "entries without a receipt, in files that are here",
        EndFirst::OutsideFile => "entries that stand in no child's file and go with no handover",
        EndFirst::PaperKeptBack => "papers added in error, which go with no handover",
        EndFirst::Unreadable => "entries that cannot be read here",
        EndFirst::EmergencyOpen => "emergencies still to be written up",
        EndFirst::DutyOpen => "duties still to be done",
        EndFirst::ShareOpen => "shares made and not sent",
        EndFirst::DraftOpen => "drafts, which go with no handover",
        EndFirst::Doubt => "doubts that nobody has answered (vault confirm)",
    }
}

fn end_vault(
    dir: &Path,
    mut typed: EndTyped,
    copies: Option<&Path>,
    confirm: Option<&str>,
) -> Result<Said, Error> {
    let mut vault = open(dir)?;
    let folder = Some(PathBuf::from(&typed.folder));
    let page = at_once(LookAtEnd { folder }, &mut vault, now())?;
    typed.shown.clone_from(&page.shown);
    if stands_first(&page) {
        // What stands first is read before anything is asked.
        crate::say::tell(told(&page).trim_end());
    }
    typed.phrase = match confirm {
        Some(words) => words.to_owned(),
        None => asked(&page.phrase)?,
    };
    let passphrase = passphrase::of(dir)?;
    let ended = at_once(EndUse { typed, passphrase, second: copies.map(Path::to_owned) }, &mut vault, now());
    close(vault)?;
    ended?;
    finished(dir, None, false)
}

/// The words that confirm it, typed.
fn asked(phrase: &str) -> Result<String, Error> {
    if !std::io::stdin().is_terminal() {
        return Ok(String::new());
    }
    crate::say::tell(&format!("There is no way back. Type: {phrase}"));
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|_| Error::NoTerminal)?;
    Ok(line)
}

fn go_on(dir: &Path, to: Option<&Path>) -> Result<Said, Error> {
    if !end_of_use::is_ending(dir) {
        return Err(Failure::of(Code::NotFound).into());
    }
    finished(dir, to, true)
}

fn finished(dir: &Path, to: Option<&Path>, goes_on: bool) -> Result<Said, Error> {
    let Some(view) = end_of_use::finish(dir, to, goes_on, now())? else {
        return Err(Failure::of(Code::NotFound).into());
    };
    // The vault is gone; that it was there need not be remembered. Where it cannot be forgotten, it is seen to be missing.
    let _ = Places::of_this_computer().forget(dir);
    let EndedView { certificate, pieces, .. } = &view;
    let mut lines = Lines::default();
    lines.add("certificate", certificate);
    for one in pieces {
        lines.add(piece(one.piece), gone(u64::from(one.removed), u64::from(one.left)));
    }
    let plain = format!(
        "The vault has ended. Its keys are destroyed.\n{lines}\nBackups elsewhere, and the memory of a laptop or stick, may \
         keep what was there, sealed. Keep the certificate and the sealed files, and give them to your agency.\n"
    );
    Ok(Said { findings: false, plain, json: json!({ "vault": dir, "ended": view }) })
}

fn piece(piece: EndPiece) -> &'static str {
    match piece {
        EndPiece::Keys => "key slots",
        EndPiece::Backups => "backups",
        EndPiece::Copies => "copies elsewhere",
        EndPiece::Database => "database",
        EndPiece::Notes => "notes beside it",
        EndPiece::Others => "other files there",
    }
}

fn gone(removed: u64, left: u64) -> String {
    match (removed, left) {
        (removed, 0) => format!("{removed} removed"),
        (0, left) => format!("{left} left there"),
        (removed, left) => format!("{removed} removed, {left} left there"),
    }
}

fn verify(file: &Path, key: Option<&PublicKey>) -> Result<Said, Error> {
    let path = file.display().to_string();
    let unreadable = |error: std::io::Error| Error::Unreadable { path: path.clone(), kind: error.kind() };
    let length = std::fs::metadata(file).map_err(unreadable)?.len();
    if length > MOST_BYTES {
        return Err(Error::TooLarge { path, limit: MOST_BYTES });
    }
    let read = Certificate::read(&std::fs::read(file).map_err(unreadable)?, key)?;
    let Certificate { begun, ended } = &read;
    let mut lines = lines_of(begun);
    let left: u64 = ended.iter().flat_map(|ended| &ended.pieces).map(|one| one.left).sum();
    if let Some(Ended { at, pieces, not_overwritten, .. }) = ended {
        lines.add("ended", at);
        for EndedPiece { piece: what, removed, left } in pieces {
            lines.add(piece(*what), gone(*removed, *left));
        }
        match not_overwritten {
            Some(0) => {}
            Some(some) => {
                lines.add("not written over first", count(*some as usize, "file", "files"));
            }
            None => {
                lines.add("not written over first", "not known: it was cut off and gone on with");
            }
        }
    }
    let said = match ended {
        Some(_) if left == 0 => {
            "The certificate holds. The vault has ended, and nothing of it was left there.\n"
        }
        Some(_) => "The certificate holds. The vault has ended, and some files were left there.\n",
        None => "The first line holds. Nothing says yet what became of the vault.\n",
    };
    let compare = match key {
        Some(_) => "",
        None => "Compare the key with the one that was enrolled: whoever made this file named it.\n",
    };
    let json = json!({ "certificate": file, "begun": begun, "ended": ended, "key_given": key.is_some() });
    Ok(Said { findings: ended.is_none() || left > 0, plain: format!("{said}{compare}{lines}"), json })
}

fn lines_of(begun: &Begun) -> Lines {
    let mut lines = Lines::default();
    lines
        .add("vault", begun.vault)
        .add("key", begun.key)
        .add("fingerprint", begun.key.fingerprint())
        .add("begun", begun.at);
    for chain in &begun.chains {
        lines.add("chain", format!("{} to {}, head {}", chain.origin, chain.last.0, chain.link));
    }
    lines
        .add("entries", begun.held.entries)
        .add("received", begun.held.received)
        .add("in files", begun.held.in_files)
        .add("in files not found", begun.held.not_found)
        .add("in no file", begun.held.not_handed_over);
    for one in &begun.first {
        lines.add("stood first", format!("{} {}", one.count, one.what.word()));
    }
    if let Some(reason) = begun.reason {
        lines.add("ended because", reason.word());
    }
    for one in &begun.handovers {
        let seen = if one.seen { ", seen" } else { "" };
        lines.add("handover", format!("{} {} sha256 {}{seen}", one.id, one.state.word(), one.sha256));
    }
    for one in &begun.receipts {
        lines.add("receipt", format!("{} for {}", one.id, one.handover));
    }
    lines
}
