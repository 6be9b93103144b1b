//! Looking after the vault: checking, backing up, bringing back.

use std::path::{Path, PathBuf};

use sharewell_records::{Moment, OriginId, PersonId, Stamp};
use sharewell_vault::{
    Backup, Beside, Finding, Keep, Lost, OutsideHead, Part, RecoveryCode, Report, Tip, Vault, Work,
    practitioner,
};

use crate::error::{Error, Result};
use crate::long::{Long, at_once};
use crate::places::{Places, outside};
use crate::views::{BackupView, CopyView, FindingKind, FindingView, VerifyView, WorkKind};
use crate::{Failure, Secret, emergency, handover, store};

/// A backup, made and verified.
#[derive(Debug, Clone)]
pub struct BackUp {
    /// What remembers the second place.
    pub places: Places,
    /// The folder in which the program looks for the vault.
    pub asked: PathBuf,
}

impl BackUp {
    /// A backup in the vault's own folder alone.
    #[must_use]
    pub fn here() -> Self {
        Self { places: Places::none(), asked: PathBuf::new() }
    }
}

/// A backup, and what became of its copy in the second place, where there is one.
#[derive(Debug)]
pub struct MadeBackup {
    backup: Backup,
    copy: Option<Result<Backup>>,
}

impl Long for BackUp {
    type Made = MadeBackup;
    type Told = BackupView;

    const KIND: WorkKind = WorkKind::Backup;
    const LEAVES: bool = true;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        store::write(vault, now, |w| {
            w.sign_checkpoint()?;
            Ok(())
        })
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<MadeBackup> {
        let work = beside.work().clone();
        let backup = match beside.back_up(now) {
            Err(sharewell_vault::Error::Damaged { .. }) => return Err(Error::BackupNotSound),
            other => other?,
        };
        // A stick that is not plugged in is no reason to have no backup.
        let copy = self.places.copy(&self.asked, &backup, &work, now).transpose();
        Ok(MadeBackup { backup, copy })
    }

    fn end(self, vault: &mut Vault, made: MadeBackup, now: Moment) -> Result<BackupView> {
        vault.backed_up(&made.backup, now, Keep::default())?;
        let copy = made.copy.map(|copy| match copy {
            Ok(copy) => CopyView { folder: copy.path.display().to_string(), failed: None },
            Err(error) => {
                let folder = self.places.second(&self.asked).unwrap_or_default().display().to_string();
                CopyView { folder, failed: Some(Failure::from(error).code) }
            }
        });
        Ok(BackupView { copy, ..view(&made.backup) })
    }
}

/// Makes a backup and verifies it.
///
/// # Errors
/// [`Error::Vault`] where it cannot be written, [`Error::BackupNotSound`] where it does not verify. Older
/// backups are then untouched.
pub fn backup_now(vault: &mut Vault, now: Moment) -> Result<BackupView> {
    at_once(BackUp::here(), vault, now)
}

/// Makes a backup, verifies it, and copies it into a second place.
///
/// # Errors
/// [`Error::InTheVault`] where the place lies in the vault's own folder, before anything is made. As [`backup_now`];
/// [`Error::Vault`] where the copy cannot be made, with the backup safe in the vault's folder.
pub fn backup_and_copy(vault: &mut Vault, place: &Path, now: Moment) -> Result<BackupView> {
    // A place that is not there holds nothing up: the backup itself is made.
    if let Err(Error::InTheVault) = outside(vault.dir(), place) {
        return Err(Error::InTheVault);
    }
    store::write(vault, now, |w| Ok(w.sign_checkpoint().map(drop)?))?;
    let made = vault.beside(&Work::new())?.back_up(now)?;
    vault.backed_up(&made, now, Keep::default())?;
    let copy = sharewell_vault::copy_elsewhere(&made, place, Keep::default(), &Work::new())?;
    let copy = CopyView { folder: copy.path.display().to_string(), failed: None };
    Ok(BackupView { copy: Some(copy), ..view(&made) })
}

/// The longest time without a backup while there is something new to back up.
const DAILY: chrono::TimeDelta = chrono::TimeDelta::hours(20);

/// Whether the day's backup is due: nothing was backed up for most of a day, and something was recorded since.
/// Cheap.
///
/// # Errors
/// [`Error::Vault`] where the folder of backups cannot be read.
pub fn backup_due(vault: &Vault, now: Moment) -> Result<bool> {
    if vault.is_looked_at() {
        return Ok(false);
    }
    let last = sharewell_vault::backups(vault.dir())?.into_iter().next();
    Ok(match &last {
        None => vault.tip().sequence.0 > FIRST_ENTRIES,
        Some(last) => {
            // A backup ends with its own checkpoint; entries after it are new.
            let newer = last.origin != vault.origin() || last.sequence < vault.tip().sequence;
            // One that a wrong clock dates far ahead says nothing of when it was made, and would end the daily ones.
            newer && (now.0 - last.made.0).abs() > DAILY
        }
    })
}

/// Takes note that the day's backup was not made: the home page says so until one is.
pub fn backup_missed(vault: &mut Vault, now: Moment) {
    vault.backup_missed(now);
}

/// The entries of a vault in which nothing was recorded yet: its origin, its practitioner, the code typed back.
const FIRST_ENTRIES: u64 = 3;

/// The backups that can be reached while the vault is locked, in its folder and in the second place.
#[must_use]
pub fn backups_at_hand(places: &Places, asked: &Path) -> Vec<BackupView> {
    places.backups(asked).iter().map(view).collect()
}

/// The backups of a vault, the newest first.
///
/// # Errors
/// [`Error::Vault`] where the folder cannot be read.
pub fn backups(vault: &Vault) -> Result<Vec<BackupView>> {
    Ok(sharewell_vault::backups(vault.dir())?.iter().map(view).collect())
}

fn view(backup: &Backup) -> BackupView {
    let sizes = std::fs::read_dir(&backup.path)
        .map(|files| files.flatten().filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum())
        .unwrap_or(0_u64);
    BackupView {
        at: backup.made,
        folder: backup.path.display().to_string(),
        entries: store::small(backup.sequence.0),
        copy: None,
        kilobytes: store::small(sizes.div_ceil(1024)),
    }
}

/// Checks that a backup opens with its passphrase or its recovery code and is whole, and says how many entries it
/// holds (H4). Nothing is written.
///
/// # Errors
/// [`Error::Vault`] where it does not open, or is damaged.
pub fn rehearse(from: &Path, secret: Secret) -> Result<u32> {
    Ok(store::small(with_either(secret, |with| sharewell_vault::rehearse(from, with))?))
}

/// Brings a backup back into a folder, on this machine or another, and opens it. The copy goes on as a new
/// origin. The secret is the backup's passphrase or its recovery code. A damaged vault in the folder is set
/// aside into `damaged-<when>/` beside its backups, and put back where the restore fails.
///
/// # Errors
/// [`Error::Vault`] where the folder holds a sound vault that the secret opens, where a process has it open,
/// where the secret is wrong or the backup damaged.
pub fn restore_vault(from: &Path, dir: &Path, secret: Secret, now: Moment) -> Result<Vault> {
    restore_watched(from, dir, secret, &Work::new(), now)
}

/// As [`restore_vault`]. It can be stopped until the copy takes its place.
///
/// # Errors
/// As [`restore_vault`]; [`sharewell_vault::Error::Cancelled`] where it was stopped.
pub fn restore_watched(from: &Path, dir: &Path, secret: Secret, work: &Work, now: Moment) -> Result<Vault> {
    // Who restores is known only once the vault is open: its own practitioner.
    let stamp = Stamp { author: PersonId(uuid::Uuid::nil()), at: now };
    let vault = with_either(secret, |with| sharewell_vault::restore(from, dir, with, &stamp, work))?;
    let own = store::read(&vault, |r| Ok(practitioner::current(r)?))?.record;
    vault.set_emergency_numbers(emergency::as_kept(&own))?;
    Ok(vault)
}

/// Tries what was typed as a passphrase, then as a recovery code where it has the form of one.
fn with_either<T>(
    typed: Secret,
    open: impl Fn(&sharewell_vault::Secret) -> sharewell_vault::Result<T>,
) -> sharewell_vault::Result<T> {
    let code = RecoveryCode::read(&typed).is_ok();
    match open(&sharewell_vault::Secret::Passphrase(typed.clone())) {
        Err(sharewell_vault::Error::WrongPassphrase { .. }) if code => {
            open(&sharewell_vault::Secret::RecoveryCode(typed))
        }
        other => other,
    }
}

/// Checks the whole vault.
///
/// # Errors
/// [`Error::Vault`] where the check was cancelled. Damage is no error: it is found and reported.
pub fn verify_vault(vault: &mut Vault, now: Moment) -> Result<VerifyView> {
    verify_vault_against(vault, &[], now)
}

/// Checks the whole vault against heads that were kept elsewhere: on printed pages, in handovers. Those that agencies'
/// receipts name are among them always.
///
/// # Errors
/// As [`verify_vault`].
pub fn verify_vault_against(vault: &mut Vault, outside: &[OutsideHead], now: Moment) -> Result<VerifyView> {
    let mut heads = store::read(vault, handover::heads)?;
    heads.extend_from_slice(outside);
    let report = vault.verify(&heads)?;
    Ok(checked(&report, vault.tip(), now))
}

/// A check of the whole vault, as it stands when it begins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Check;

impl Long for Check {
    type Made = VerifyView;
    type Told = VerifyView;

    const KIND: WorkKind = WorkKind::Check;
    const LEAVES: bool = false;

    fn run(&self, beside: Beside, now: Moment) -> Result<VerifyView> {
        let (tip, heads) = (beside.tip(), beside.read(handover::heads)?);
        Ok(checked(&beside.verify(&heads)?, tip, now))
    }

    fn end(self, _vault: &mut Vault, made: VerifyView, _now: Moment) -> Result<VerifyView> {
        Ok(made)
    }
}

fn checked(report: &Report, tip: Tip, now: Moment) -> VerifyView {
    let own = report.chains.iter().find(|chain| chain.origin == tip.origin);
    VerifyView {
        sound: report.sound(),
        entries: store::small(report.entries),
        head: tip.link.to_string(),
        anchored_to: own.and_then(|chain| chain.anchored).map(|at| store::small(at.0)),
        findings: report.findings.iter().map(finding).collect(),
        at: now,
    }
}

/// A finding as what it is, with the first sequence concerned.
fn finding(found: &Finding) -> FindingView {
    let (code, sequence) = match found {
        Finding::PagesDamaged { .. } | Finding::StructureDamaged { .. } => (FindingKind::PageDamaged, None),
        Finding::Unreadable { .. } => (FindingKind::PartUnreadable, None),
        Finding::KeysChanged => (FindingKind::KeysChanged, None),
        Finding::EntriesMissing { from, .. } => (FindingKind::EntriesMissing, Some(*from)),
        Finding::EntryMalformed { .. } => (FindingKind::EntryMalformed, None),
        Finding::EntryAltered(place) => (FindingKind::EntryAltered, Some(place.sequence)),
        Finding::LinkBroken(place) => (FindingKind::ChainBroken, Some(place.sequence)),
        Finding::PayloadAltered(place) => (FindingKind::PayloadAltered, Some(place.sequence)),
        Finding::PayloadMissing(place) => (FindingKind::PayloadMissing, Some(place.sequence)),
        Finding::PayloadMalformed(place) => (FindingKind::PayloadMalformed, Some(place.sequence)),
        Finding::AttachmentAltered(place) => (FindingKind::AttachmentAltered, Some(place.sequence)),
        Finding::AttachmentMissing(place) => (FindingKind::AttachmentMissing, Some(place.sequence)),
        Finding::Stray { .. } => (FindingKind::StrayRow, None),
        Finding::OriginNotStarted(place) => (FindingKind::OriginNotStarted, Some(place.sequence)),
        Finding::ContinuesNothing(place) => (FindingKind::ContinuesNothing, Some(place.sequence)),
        Finding::CheckpointWrong(place) => (FindingKind::CheckpointWrong, Some(place.sequence)),
        Finding::OrderAltered(place) => (FindingKind::OrderAltered, Some(place.sequence)),
        Finding::HeadMissing => (FindingKind::HeadMissing, None),
        Finding::HeadSlotsUnreadable { .. } => (FindingKind::HeadUnreadable, None),
        Finding::Lost(lost) => (FindingKind::EntriesLost, lost.sequences().map(|(first, _)| first)),
        Finding::OutsideHeadDisagrees(head) => (FindingKind::OutsideHeadDisagrees, Some(head.sequence)),
        Finding::OutsideHeadMissing(head) => (FindingKind::OutsideHeadMissing, Some(head.sequence)),
        Finding::ProjectionDiffers(_) => (FindingKind::ProjectionDiffers, None),
        Finding::SearchIndexDamaged => (FindingKind::SearchIndexDamaged, None),
        Finding::AccessAltered { .. } => (FindingKind::AccessLogAltered, None),
        Finding::EarlierLoss { held, .. } => (FindingKind::EarlierLoss, Some(*held)),
        Finding::FromNewerVersion { .. } => (FindingKind::FromNewerVersion, None),
    };
    FindingView { code, sequence: sequence.map(|at| store::small(at.0)), detail: detail(found) }
}

/// What support staff need besides, as numbers, ids and names of files.
fn detail(found: &Finding) -> String {
    let parts: Vec<String> = match found {
        Finding::PagesDamaged { pages: count }
        | Finding::StructureDamaged { problems: count }
        | Finding::EntryMalformed { row: count }
        | Finding::Stray { row: count }
        | Finding::AccessAltered { number: count }
        | Finding::FromNewerVersion { entries: count } => vec![count.to_string()],
        Finding::Unreadable { part: Part::Backup } => Vec::new(),
        Finding::Unreadable { part } => vec![part.to_string()],
        Finding::EntriesMissing { origin, from, to } => range(origin, from.0, to.0),
        Finding::EntryAltered(place)
        | Finding::LinkBroken(place)
        | Finding::PayloadAltered(place)
        | Finding::PayloadMissing(place)
        | Finding::PayloadMalformed(place)
        | Finding::AttachmentAltered(place)
        | Finding::AttachmentMissing(place)
        | Finding::OriginNotStarted(place)
        | Finding::ContinuesNothing(place)
        | Finding::CheckpointWrong(place)
        | Finding::OrderAltered(place) => vec![place.origin.to_string(), place.entry.to_string()],
        Finding::HeadSlotsUnreadable { slots } => vec![slots.to_string()],
        Finding::Lost(Lost { origin, held, head, drafts, access }) => {
            let mut lost = range(origin, held.0, head.0);
            lost.extend([drafts.to_string(), access.to_string()]);
            lost
        }
        Finding::OutsideHeadDisagrees(head) | Finding::OutsideHeadMissing(head) => {
            vec![head.origin.to_string(), head.link.to_string()]
        }
        Finding::ProjectionDiffers(projection) => vec![projection.name().to_owned()],
        Finding::EarlierLoss { origin, held, head } => range(origin, held.0, head.0),
        Finding::KeysChanged | Finding::HeadMissing | Finding::SearchIndexDamaged => Vec::new(),
    };
    parts.join(" ")
}

fn range(origin: &OriginId, from: u64, to: u64) -> Vec<String> {
    vec![origin.to_string(), format!("{from}-{to}")]
}
