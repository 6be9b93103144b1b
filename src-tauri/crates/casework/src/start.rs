//! The vault's door (J1, J10): making it, opening it, losing and finding the way in, locking it.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use sharewell_records::{Moment, Payload, PersonId, Practitioner};
use sharewell_vault::{
    Flaw, HeadState, Kdf, NewVault, Reader, RecoveryCode, Vault, Work, backups, drafts, kept, ledger,
    practitioner, recipients, wait_seconds,
};

use crate::error::{Error, Result};
use crate::input::Form;
use crate::views::{
    Counts, DutySpan, LockReason, LostView, NewPractitioner, Phase, RecoveryCodeView, SessionView,
    StrengthAdvice, StrengthView,
};
use crate::{Secret, decide, doubts, duties, emergency, handover, input, settings, state, store};

mod agency;
mod keys;
mod offer;

pub use agency::{Recovered, RecoveryInput, agency_recipient, recover_by_agency};
pub use keys::{ChangePassphrase, NewRecoveryCode, new_recovery_code};
pub use offer::offer_passphrase;

/// Marks that the recovery code in force was not typed back yet: set with every new code.
const UNCONFIRMED: &str = "state:recovery_unconfirmed";
/// Where to go on after the next unlock.
const RESUME: &str = "state:resume";

/// Where a vault lies unless another folder is named: the platform's folder for a program's data. None where
/// the system names no home.
#[must_use]
pub fn default_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "Sharewell").map(|dirs| dirs.data_local_dir().join("vault"))
}

/// Where the program stands. `vault` is the open vault, where there is one; `demo` says that it is the
/// fictional sample, `locked_because` why the program locked last in this sitting.
///
/// # Errors
/// [`crate::Error::Vault`] where the open vault refuses.
pub fn session(
    dir: &Path,
    vault: Option<&Vault>,
    demo: bool,
    locked_because: Option<LockReason>,
    now: Moment,
) -> Result<SessionView> {
    let numbers = emergency::emergency_numbers(dir, vault, now)?;
    let closed = SessionView {
        phase: if Vault::exists(dir) { Phase::Locked } else { Phase::FirstStart },
        practitioner: None,
        recovery_confirmed: false,
        last_backup: None,
        wait_seconds: wait_seconds(dir, now),
        numbers,
        looking: false,
        clock: doubts::clock_before(dir, now),
        head_missing_since: None,
        missing: None,
        ground: Vec::new(),
        copy_due: None,
        others: sharewell_vault::other_databases(dir),
        demo,
        settings: settings::plain(dir),
        settings_lost: false,
        locked_because,
        signing: false,
        resume: None,
        counts: Counts::default(),
        lost: None,
        place_lost: false,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let Some(vault) = vault else { return Ok(closed) };
    store::read(vault, |r| {
        // Settings that cannot be read are no reason not to open the vault. The page says so.
        let (settings, settings_lost) = match settings::of(r, dir) {
            Ok(settings) => (settings, false),
            Err(Error::Stored { .. }) => (settings::plain(dir), true),
            Err(error) => return Err(error),
        };
        Ok(SessionView {
            phase: Phase::Open,
            practitioner: Some(practitioner::current(r)?.record),
            recovery_confirmed: recovery_confirmed(r)?,
            // A folder of backups that cannot be read is no reason not to open the vault.
            last_backup: backups(dir).unwrap_or_default().first().map(|backup| backup.made),
            wait_seconds: 0,
            looking: vault.is_looked_at(),
            clock: doubts::clock(vault, now)?,
            head_missing_since: ledger::doubts(r)?.heads().first().map(|(_, at)| *at),
            settings,
            settings_lost,
            resume: kept::get(r, RESUME)?.map(|kept| kept.body),
            counts: counts(r, now)?,
            lost: lost(vault),
            ..closed
        })
    })
}

/// The entries that were missing when the vault was opened.
pub(crate) fn lost(vault: &Vault) -> Option<LostView> {
    match &vault.opening().head {
        HeadState::Lost(lost) => {
            lost.sequences().map(|(from, to)| LostView { from: store::small(from.0), to: store::small(to.0) })
        }
        HeadState::Agrees | HeadState::Missing | HeadState::Unreadable => None,
    }
}

/// What is due now and today; how much is begun; and what is not handed over, once there is anybody to hand it to.
fn counts(r: &Reader<'_>, now: Moment) -> Result<Counts> {
    let due = duties::count(r, DutySpan::Now, now)?;
    let to_hand_over = if recipients::any(r)? { handover::waiting(r)? } else { 0 };
    Ok(Counts {
        // One more than is counted says that there are more.
        today: due.count + u32::from(due.or_more),
        drafts: store::small(drafts::count_of_kind(r, decide::DRAFT_KIND)?),
        to_hand_over,
    })
}

/// Whether the recovery code in force was typed back (H3).
pub(crate) fn recovery_confirmed(r: &Reader<'_>) -> Result<bool> {
    Ok(practitioner::recovery_confirmed(r)?.is_some() && kept::get(r, UNCONFIRMED)?.is_none())
}

/// How strong a passphrase is, and what would make it stronger. `about` are words that somebody who knows
/// the person would try first. Nothing is kept.
#[must_use]
pub fn passphrase_strength(passphrase: &Secret, about: &[String]) -> StrengthView {
    use zxcvbn::feedback::Warning;
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let score = sharewell_vault::strength(passphrase, &about);
    // The time that zxcvbn takes grows with length; a hundred characters settle it.
    let text = zeroize::Zeroizing::new(passphrase.expose_secret().chars().take(100).collect::<String>());
    let found = zxcvbn::zxcvbn(&text, &about);
    let heard = match found.feedback().and_then(|feedback| feedback.warning()) {
        None if score >= 3 => StrengthAdvice::Good,
        None => StrengthAdvice::AddWords,
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            StrengthAdvice::Keyboard
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess,
        ) => StrengthAdvice::Repeats,
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword
            | Warning::AWordByItselfIsEasyToGuess,
        ) => StrengthAdvice::Common,
        Some(
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess,
        ) => StrengthAdvice::Names,
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => StrengthAdvice::Dates,
    };
    let advice = match (sharewell_vault::flaw(passphrase, &about), heard) {
        (Some(Flaw::OwnName), _) => StrengthAdvice::Names,
        (Some(Flaw::WellKnown), _) => StrengthAdvice::Common,
        // Whatever is found in the signs themselves says more than that the words are of a kind.
        (Some(Flaw::OneKind), StrengthAdvice::Good | StrengthAdvice::AddWords) => StrengthAdvice::OneKind,
        (Some(Flaw::OneKind) | None, heard) => heard,
    };
    StrengthView { score, enough: score >= 3, advice }
}

/// Makes a vault. The recovery code is shown once and must be typed back before the first file.
///
/// # Errors
/// [`crate::Error::Fields`] for what is not as it must be; [`crate::Error::Vault`] where there is a vault already or the
/// passphrase is too weak.
pub fn create_vault(
    dir: &Path,
    typed: NewPractitioner,
    passphrase: Secret,
    now: Moment,
) -> Result<(Vault, RecoveryCodeView)> {
    create_vault_with(dir, typed, passphrase, Kdf::Calibrate, now)
}

/// Whether a vault can be made for a practitioner: asked before the passphrase is chosen, which comes on a later page.
///
/// # Errors
/// [`crate::Error::Fields`] for everything that is not as it must be.
pub fn check_practitioner(typed: &NewPractitioner, now: Moment) -> Result<()> {
    practitioner(typed, now).map(|_| ())
}

fn practitioner(typed: &NewPractitioner, now: Moment) -> Result<Practitioner> {
    let mut form = Form::new();
    let practitioner = input::practitioner(&mut form, PersonId(store::new_id(now)), typed);
    form.end(|| practitioner)
}

/// As [`create_vault`], with the cost of the key derivation given: for sample vaults and tests.
///
/// # Errors
/// As [`create_vault`].
pub fn create_vault_with(
    dir: &Path,
    typed: NewPractitioner,
    passphrase: Secret,
    kdf: Kdf,
    now: Moment,
) -> Result<(Vault, RecoveryCodeView)> {
    let practitioner = practitioner(&typed, now)?;
    let stamp = sharewell_records::Stamp { author: practitioner.id, at: now };
    let new = NewVault { passphrase, practitioner: practitioner.clone(), stamp, kdf };
    let (vault, code) = Vault::create(dir, new)?;
    vault.set_emergency_numbers(emergency::as_kept(&practitioner))?;
    Ok((vault, code_view(&code, now)))
}

fn code_view(code: &RecoveryCode, now: Moment) -> RecoveryCodeView {
    let shown = code.shown();
    let groups = shown.expose_secret().split(['-', ' ']).filter(|group| !group.is_empty());
    RecoveryCodeView { groups: groups.map(str::to_owned).collect(), made_at: now }
}

/// Notes that the recovery code was typed back.
///
/// # Errors
/// [`crate::Error::Vault`] where it is mistyped or another code.
pub fn confirm_recovery_code(vault: &mut Vault, typed: &Secret, now: Moment) -> Result<()> {
    vault.check_recovery_code(typed.clone())?;
    if store::read(vault, recovery_confirmed)? {
        return Ok(());
    }
    let marked = store::read(vault, |r| Ok(kept::get(r, UNCONFIRMED)?.is_some()))?;
    store::write(vault, now, |w| {
        w.append(None, &Payload::RecoveryConfirmed {}, &[])?;
        if marked {
            w.forget(UNCONFIRMED)?;
        }
        Ok(())
    })
}

/// Opens the vault with its passphrase.
///
/// # Errors
/// [`crate::Error::Vault`]: no vault, in use, wrong passphrase, too soon, damaged, too new.
pub fn unlock(dir: &Path, passphrase: Secret, now: Moment) -> Result<Vault> {
    unlock_watched(dir, passphrase, &Work::new(), now)
}

/// As [`unlock`]. Where nothing can be written, the vault is opened to be looked at alone. Where tables are built anew, `work` says how far that is, and can be stopped: it goes on at
/// the next opening.
///
/// # Errors
/// As [`unlock`]; [`sharewell_vault::Error::Cancelled`] where it was stopped.
pub fn unlock_watched(dir: &Path, passphrase: Secret, work: &Work, now: Moment) -> Result<Vault> {
    let with = sharewell_vault::Secret::Passphrase(passphrase);
    match Vault::unlock_watched(dir, with.clone(), now, work) {
        Err(sharewell_vault::Error::ReadOnly) => Ok(Vault::look(dir, &with, now, work)?),
        opened => Ok(opened?),
    }
}

/// Removes what looks of before left behind, when the program starts.
pub use sharewell_vault::forget_looks;

/// Opens a vault or a backup to look at it alone: nothing is written where it lies.
///
/// # Errors
/// As [`unlock`].
pub fn look(dir: &Path, passphrase: Secret, now: Moment) -> Result<Vault> {
    Ok(Vault::look(dir, &sharewell_vault::Secret::Passphrase(passphrase), now, &Work::new())?)
}

/// The way back in with the recovery code: a new passphrase, and a new code that must be typed back.
///
/// # Errors
/// [`crate::Error::Vault`] as [`unlock`], and where the new passphrase is too weak.
pub fn recover(
    dir: &Path,
    code: Secret,
    new_passphrase: Secret,
    now: Moment,
) -> Result<(Vault, RecoveryCodeView)> {
    let (mut vault, fresh) = Vault::recover(dir, code, new_passphrase, now)?;
    store::keep(&mut vault, &state::words(UNCONFIRMED, "", now))?;
    Ok((vault, code_view(&fresh, now)))
}

/// Keeps the address of the page that is open, to go on there after the next unlock.
///
/// # Errors
/// [`crate::Error::Vault`] where it cannot be saved.
pub fn remember_place(vault: &mut Vault, address: &str, now: Moment) -> Result<()> {
    // An address is a path inside the program with ids in it; anything longer is none.
    let address = if address.len() > input::LONGEST_NAME { "" } else { address };
    store::keep(vault, &state::words(RESUME, address, now))
}

/// Closes the vault: that it was locked stands in the access log, the database closes, the key is wiped.
///
/// # Errors
/// [`crate::Error::Vault`] where the log cannot be written back; nothing acknowledged is lost then, and the key is
/// wiped in any case.
pub fn close(mut vault: Vault, now: Moment) -> Result<()> {
    vault.in_use(now);
    vault.log(now, None, &sharewell_vault::Access::Locked {})?;
    Ok(vault.close()?)
}
