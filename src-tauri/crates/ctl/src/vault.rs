//! `vault`: checking a vault, keeping it safe, bringing it back.

use std::path::Path;

use serde_json::json;
use sharewell_casework::places::Places;
use sharewell_casework::{
    Code, Error as Casework, Failure, HeadState, OutsideHead, Secret, Vault, clock, doubts, is_backup,
    maintenance, records::Moment, start,
};

use crate::error::Error;
use crate::passphrase;
use crate::say::{Lines, Said, tell};

/// Now, as clocks in the United Kingdom show it.
pub fn now() -> Moment {
    clock::now_from(chrono::Utc::now())
}

/// Opens a vault with the passphrase that is asked for, or refuses before asking where there is none.
pub fn open(dir: &Path) -> Result<Vault, Error> {
    there(dir)?;
    let now = now();
    if let Some(clock) = doubts::clock_before(dir, now) {
        let last = clock.last.map(|last| format!(" The vault was last used {last}.")).unwrap_or_default();
        eprintln!(
            "sharewellctl: the clock shows {now}, which cannot be right.{last} What is written is marked."
        );
    }
    let secret = passphrase::of(dir)?;
    let vault = start::unlock(dir, secret.clone(), now).map_err(|error| damaged(dir, &secret, error))?;
    tell_opening(dir, &vault, now)?;
    Ok(vault)
}

/// What the opening found, as the window says it: whoever works at a terminal alone must not miss it.
fn tell_opening(dir: &Path, vault: &Vault, now: Moment) -> Result<(), Error> {
    let seen = start::session(dir, Some(vault), false, None, now)?;
    let head = &vault.opening().head;
    match (head, seen.head_missing_since) {
        (HeadState::Missing, _) => tell(
            "vault.head, which remembers the end of the record, was not there. Nothing tells whether later entries are \
             missing. Compare with a printed page or a handover by vault verify --head, then say why with vault confirm \
             --head.",
        ),
        (HeadState::Unreadable, _) => tell(
            "vault.head, which remembers the end of the record, cannot be read. Nothing tells whether later entries are \
             missing. Compare with a printed page or a handover by vault verify --head, then say why with vault confirm \
             --head.",
        ),
        (HeadState::Lost(_), _) => match &seen.lost {
            Some(lost) => tell(&format!(
                "Entries {} to {} were saved and are missing. Do not delete anything. Look for another copy of vault.db, or \
                 bring a backup back into another folder with vault restore.",
                lost.from, lost.to
            )),
            None => tell(
                "What was saved last in this vault is missing: drafts, or lines of the access log. Do not delete anything.",
            ),
        },
        (HeadState::Agrees, Some(since)) => tell(&format!(
            "Since {since} nobody has said why the end of the record could not be compared. Say it with vault confirm --head."
        )),
        (HeadState::Agrees, None) => {}
    }
    if !seen.others.is_empty() {
        tell(&format!(
            "Other databases lie beside the vault: {}. What is missing may lie in one of them. Do not delete them.",
            seen.others.join(", ")
        ));
    }
    Ok(())
}

/// As it is told where a vault or a backup does not open: with the newest backup that is whole, where it is damaged.
fn damaged(dir: &Path, secret: &Secret, error: Casework) -> Error {
    let failure = Failure::from(error);
    if failure.code != Code::VaultDamaged {
        return failure.into();
    }
    let of_backup = is_backup(dir);
    let newest = if of_backup { None } else { newest_whole(dir, secret) };
    Error::Damaged { failure: Box::new(failure), of_backup, newest }
}

/// How many backups are tried, the newest first.
const TRIED: usize = 5;

/// The newest backup of a vault that opens with its passphrase and is whole.
fn newest_whole(dir: &Path, secret: &Secret) -> Option<String> {
    let at_hand = maintenance::backups_at_hand(&Places::of_this_computer(), dir);
    let mut tried = at_hand.into_iter().take(TRIED).map(|backup| backup.folder);
    tried.find(|folder| maintenance::rehearse(Path::new(folder), secret.clone()).is_ok())
}

/// Opens a vault or a backup to look at it: nothing is written where it lies.
fn look(dir: &Path) -> Result<Vault, Error> {
    there(dir)?;
    let secret = passphrase::of(dir)?;
    start::look(dir, secret.clone(), now()).map_err(|error| damaged(dir, &secret, error))
}

pub fn there(dir: &Path) -> Result<(), Error> {
    present(dir)?;
    if Vault::exists(dir) { Ok(()) } else { Err(Failure::of(Code::NoVault).into()) }
}

fn present(dir: &Path) -> Result<(), Error> {
    if let Err(error) = std::fs::metadata(dir) {
        return Err(Error::Unreadable { path: dir.display().to_string(), kind: error.kind() });
    }
    Ok(())
}

/// Closes a vault. What was done is on the disk before; this takes the lock away and tidies up.
pub fn close(vault: Vault) -> Result<(), Error> {
    vault.close().map_err(|error| Casework::from(error).into())
}

/// Checks a whole vault or a backup and writes nothing there, against heads that were kept elsewhere where some are given.
pub fn verify(dir: &Path, heads: &[OutsideHead]) -> Result<Said, Error> {
    let mut vault = look(dir)?;
    let (origin, last) = (vault.origin(), vault.tip().sequence.0);
    let view = maintenance::verify_vault_against(&mut vault, heads, now())?;
    close(vault)?;
    let anchored = match view.anchored_to {
        Some(to) if u64::from(to) == last => format!("to {to}, all of it"),
        Some(to) => format!("to {to}, unanchored after"),
        None if heads.is_empty() => "to nothing outside: no head was given".to_owned(),
        None => "to nothing outside: no head that was given stands in this chain".to_owned(),
    };
    let mut lines = Lines::default();
    lines
        .add("vault", dir.display())
        .add("entries", view.entries)
        .add("chain", origin)
        .add("last entry", last)
        .add("head", &view.head)
        .add("anchored", anchored)
        .add("findings", view.findings.len());
    let mut plain = if view.sound { "The vault is sound.\n" } else { "The vault is not sound.\n" }.to_owned();
    plain.push_str(&lines.to_string());
    for finding in &view.findings {
        let place = finding.sequence.map(|at| format!("entry {at}: ")).unwrap_or_default();
        let code = json!(finding.code);
        let code = code.as_str().unwrap_or_default();
        plain.push_str(&format!("{place}{code}: {}\n", finding.detail));
    }
    if !view.sound && is_backup(dir) {
        plain.push_str("This is a backup. Do not delete it, and try an older one: they lie beside it.\n");
    } else if !view.sound {
        plain.push_str(
            "Do not delete anything. Bring a backup back into another folder with vault restore, or into this \
             one with --set-aside.\n",
        );
    }
    let json = json!({ "vault": dir, "origin": origin, "last": last, "check": view });
    Ok(Said { findings: !view.sound, plain, json })
}

/// Takes a person's word for what an opening found in doubt.
pub fn confirm(dir: &Path, head: Option<&str>, clock: bool) -> Result<Said, Error> {
    let mut vault = open(dir)?;
    if let Some(reason) = head {
        doubts::confirm_head(&mut vault, reason, now())?;
    }
    if clock {
        doubts::trust_clock(&mut vault, now())?;
    }
    close(vault)?;
    Ok(Said {
        findings: false,
        plain: "It is written down in the vault.\n".to_owned(),
        json: json!({ "vault": dir, "head": head.is_some(), "clock": clock }),
    })
}

/// Makes a verified backup.
pub fn backup(dir: &Path, copy_to: Option<&Path>) -> Result<Said, Error> {
    let mut vault = open(dir)?;
    let view = match copy_to {
        None => maintenance::backup_now(&mut vault, now())?,
        Some(place) => maintenance::backup_and_copy(&mut vault, place, now())?,
    };
    close(vault)?;
    let mut lines = Lines::default();
    if let Some(copy) = &view.copy {
        lines.add("copy", &copy.folder);
    }
    lines
        .add("folder", &view.folder)
        .add("made", view.at)
        .add("entries", view.entries)
        .add("kilobytes", view.kilobytes);
    Ok(Said {
        findings: false,
        plain: format!("Made a backup and verified it.\n{lines}"),
        json: json!({ "vault": dir, "backup": view }),
    })
}

/// Tries whether a backup opens and is whole.
pub fn rehearse(from: &Path) -> Result<Said, Error> {
    backup_at(from)?;
    let secret = passphrase::of_backup(from)?;
    let rehearsed = maintenance::rehearse(from, secret.clone());
    let entries = rehearsed.map_err(|error| damaged(from, &secret, error))?;
    let mut lines = Lines::default();
    lines.add("backup", from.display()).add("entries", entries);
    Ok(Said {
        findings: false,
        plain: format!("The backup opens and is whole. Nothing was changed.\n{lines}"),
        json: json!({ "backup": from, "entries": entries }),
    })
}

fn backup_at(from: &Path) -> Result<(), Error> {
    present(from)?;
    if Vault::exists(from) { Ok(()) } else { Err(Error::NoBackup { path: from.display().to_string() }) }
}

/// Brings a backup back into a new folder, or where a damaged vault lies.
pub fn restore(dir: &Path, from: &Path, set_aside: bool) -> Result<Said, Error> {
    backup_at(from)?;
    let there = Vault::exists(dir);
    if there && !set_aside {
        return Err(Failure::of(Code::VaultExists).into());
    }
    let secret = passphrase::of_backup(from)?;
    let restored = maintenance::restore_vault(from, dir, secret.clone(), now());
    let vault = restored.map_err(|error| damaged(from, &secret, error))?;
    let origin = vault.origin();
    close(vault)?;
    let mut lines = Lines::default();
    lines.add("vault", dir.display()).add("from", from.display()).add("new chain", origin);
    let mut plain = format!("Brought the backup back. It opens with the passphrase of the backup.\n{lines}");
    if there {
        plain.push_str("The vault that was there stands beside its backups, in a folder damaged-….\n");
    }
    Ok(Said {
        findings: false,
        plain,
        json: json!({ "vault": dir, "from": from, "origin": origin, "set_aside": there }),
    })
}
