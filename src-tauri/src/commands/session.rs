//! The vault's door, and the settings behind it.

use std::path::Path;

use sharewell_casework::paper::SaveKit;
use sharewell_casework::rehearsal::Rehearse;
use sharewell_casework::views::{
    BackupView, LockReason, NewPractitioner, RecoveryCodeView, RehearsalPage, RehearsedView, Resize,
    SecondPlace, SessionView, Settings, StrengthView, VerifyView,
};
use sharewell_casework::{Failure, Work, doubts, maintenance, rehearsal, settings, start};
use tauri::{AppHandle, Manager, State};

use super::work;
use crate::session::{Session, now};
use crate::{lock, window};

/// Where the program stands.
#[tauri::command(async)]
#[specta::specta]
pub fn session(session: State<'_, Session>) -> Result<SessionView, Failure> {
    session.view()
}

/// How strong a passphrase is, told while it is typed. Nothing is kept.
#[tauri::command(async)]
#[specta::specta]
pub fn passphrase_strength(passphrase: String, about: Vec<String>) -> Result<StrengthView, Failure> {
    Ok(start::passphrase_strength(&passphrase.into(), &about))
}

/// Four words drawn at random, for a passphrase. Nothing is kept.
#[tauri::command(async)]
#[specta::specta]
pub fn offer_passphrase() -> Result<String, Failure> {
    Ok(start::offer_passphrase()?)
}

/// Whether a vault can be made for a practitioner, before the passphrase is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn check_practitioner(practitioner: NewPractitioner) -> Result<(), Failure> {
    Ok(start::check_practitioner(&practitioner, now())?)
}

/// Makes the vault, and shows its recovery code once.
#[tauri::command(async)]
#[specta::specta]
pub fn create_vault(
    session: State<'_, Session>,
    practitioner: NewPractitioner,
    passphrase: String,
) -> Result<RecoveryCodeView, Failure> {
    let (vault, code) = start::create_vault(&session.home(), practitioner, passphrase.into(), now())?;
    session.opened(vault)?;
    Ok(code)
}

/// Takes the recovery code as typed back by its holder.
#[tauri::command(async)]
#[specta::specta]
pub fn confirm_recovery_code(session: State<'_, Session>, typed: String) -> Result<SessionView, Failure> {
    session.open(|vault, now| start::confirm_recovery_code(vault, &typed.into(), now))?;
    session.view()
}

/// Opens the vault with its passphrase.
#[tauri::command]
#[specta::specta]
pub async fn unlock(app: AppHandle, passphrase: String) -> Result<SessionView, Failure> {
    let passphrase = passphrase.into();
    let opened = work::apart(app.clone(), |session| {
        let folder = session.folder();
        session.opened(session.opening(|work| start::unlock_watched(&folder, passphrase, work, now()))?)
    })
    .await?;
    window::protect(&app, opened.settings.screen_protected);
    Ok(opened)
}

/// Makes the text larger or smaller, and gives its size in hundredths of the usual one.
#[tauri::command(async)]
#[specta::specta]
pub fn resize_text(app: AppHandle, session: State<'_, Session>, how: Resize) -> Result<u16, Failure> {
    let size = session.resize_text(how);
    window::show_text_size(&app);
    Ok(size)
}

/// Opens the vault with its recovery code, sets a new passphrase and shows a new code.
#[tauri::command(async)]
#[specta::specta]
pub fn recover(
    app: AppHandle,
    session: State<'_, Session>,
    code: String,
    new_passphrase: String,
) -> Result<RecoveryCodeView, Failure> {
    let (vault, fresh) = start::recover(&session.folder(), code.into(), new_passphrase.into(), now())?;
    let opened = session.opened(vault)?;
    window::protect(&app, opened.settings.screen_protected);
    Ok(fresh)
}

/// Changes the passphrase.
#[tauri::command]
#[specta::specta]
pub async fn change_passphrase(app: AppHandle, old: String, fresh: String) -> Result<(), Failure> {
    work::run(app, start::ChangePassphrase { old: old.into(), new: fresh.into() }).await
}

/// Makes a new recovery code; the old one stops working.
#[tauri::command]
#[specta::specta]
pub async fn new_recovery_code(app: AppHandle, passphrase: String) -> Result<RecoveryCodeView, Failure> {
    work::run(app, start::NewRecoveryCode { passphrase: passphrase.into() }).await
}

/// Saves the recovery code as a page to be printed.
#[tauri::command]
#[specta::specta]
pub async fn save_recovery_kit(app: AppHandle, path: String, code: String) -> Result<(), Failure> {
    work::run(app, SaveKit { path: path.into(), code: code.into() }).await
}

/// Locks: the page has sealed its draft and says where it was. It begins at once, behind no other command.
#[tauri::command]
#[specta::specta]
pub fn lock(app: AppHandle, reason: LockReason, address: String) -> Result<(), Failure> {
    std::thread::spawn(move || lock::now(&app, reason, Some(address)));
    Ok(())
}

/// Somebody is there.
#[tauri::command(async)]
#[specta::specta]
pub fn still_here(session: State<'_, Session>) -> Result<(), Failure> {
    session.used();
    Ok(())
}

/// The page has sealed what was typed, and says where it was.
#[tauri::command(async)]
#[specta::specta]
pub fn flushed(session: State<'_, Session>, address: String) -> Result<(), Failure> {
    session.page_flushed(address);
    Ok(())
}

/// Changes settings.
#[tauri::command(async)]
#[specta::specta]
pub fn save_settings(
    app: AppHandle,
    session: State<'_, Session>,
    settings: Settings,
) -> Result<SessionView, Failure> {
    session.open(|vault, now| settings::save_settings(vault, &settings, now))?;
    session.set(&settings);
    window::protect(&app, settings.screen_protected);
    session.view()
}

/// Changes the practitioner's details.
#[tauri::command(async)]
#[specta::specta]
pub fn save_practitioner(
    session: State<'_, Session>,
    practitioner: NewPractitioner,
    reason: String,
) -> Result<SessionView, Failure> {
    session.open(|vault, now| settings::save_practitioner(vault, practitioner, &reason, now))?;
    session.view()
}

/// Says why the note of the newest entry was not there.
#[tauri::command(async)]
#[specta::specta]
pub fn confirm_head(session: State<'_, Session>, reason: String) -> Result<SessionView, Failure> {
    session.open(|vault, now| doubts::confirm_head(vault, &reason, now))?;
    session.view()
}

/// Says that the computer's clock is right.
#[tauri::command(async)]
#[specta::specta]
pub fn trust_clock(session: State<'_, Session>) -> Result<SessionView, Failure> {
    session.open(doubts::trust_clock)?;
    session.view()
}

/// Makes and verifies a backup.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(app: AppHandle) -> Result<BackupView, Failure> {
    let backup = app.state::<Session>().backup();
    work::run(app, backup).await
}

/// Backups there are.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(session: State<'_, Session>) -> Result<Vec<BackupView>, Failure> {
    session.open(|vault, _| maintenance::backups(vault))
}

/// Backups that can be reached while the vault is locked or missing.
#[tauri::command(async)]
#[specta::specta]
pub fn backups_at_hand(session: State<'_, Session>) -> Result<Vec<BackupView>, Failure> {
    let (places, asked) = session.places();
    Ok(maintenance::backups_at_hand(places, asked))
}

/// The second place for backups, where one was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn second_place(session: State<'_, Session>) -> Result<Option<SecondPlace>, Failure> {
    let (places, asked) = session.places();
    Ok(places.second_view(asked, now()))
}

/// Chooses a second place for backups, or none.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_second_place(
    session: State<'_, Session>,
    folder: Option<String>,
) -> Result<Option<SecondPlace>, Failure> {
    let (places, asked) = session.places();
    places.choose_second(asked, folder.as_deref().map(Path::new))?;
    Ok(places.second_view(asked, now()))
}

/// Shows where the vault lies that is not where it was.
#[tauri::command(async)]
#[specta::specta]
pub fn vault_lies_in(session: State<'_, Session>, folder: String) -> Result<SessionView, Failure> {
    let (places, asked) = session.places();
    places.lies_in(asked, Path::new(&folder))?;
    session.look_again();
    session.view()
}

/// Begins anew without the vault that is not where it was. Nothing of it is touched.
#[tauri::command(async)]
#[specta::specta]
pub fn start_anew(session: State<'_, Session>) -> Result<SessionView, Failure> {
    let (places, asked) = session.places();
    places.forget(asked)?;
    session.look_again();
    session.view()
}

/// Tries whether a backup opens with a passphrase or a recovery code and is whole, and says how many entries it holds.
#[tauri::command]
#[specta::specta]
pub async fn rehearse_backup(app: AppHandle, folder: String, secret: String) -> Result<u32, Failure> {
    let secret = secret.into();
    work::apart(app, move |_| Ok(maintenance::rehearse(Path::new(&folder), secret)?)).await
}

/// How the ways back into the vault stand.
#[tauri::command(async)]
#[specta::specta]
pub fn rehearsal(session: State<'_, Session>) -> Result<RehearsalPage, Failure> {
    session.open(|vault, now| rehearsal::page(vault, now))
}

/// Opens a copy of the vault with its recovery code, says what that would bring back, and removes the copy.
#[tauri::command]
#[specta::specta]
pub async fn rehearse(app: AppHandle, code: String) -> Result<RehearsedView, Failure> {
    work::run(app, Rehearse { code: code.into() }).await
}

/// Checks the vault whole.
#[tauri::command]
#[specta::specta]
pub async fn verify_vault(app: AppHandle) -> Result<VerifyView, Failure> {
    work::run(app, maintenance::Check).await
}

/// Restores a backup into an empty place, as a new origin.
#[tauri::command]
#[specta::specta]
pub async fn restore_vault(app: AppHandle, from: String, passphrase: String) -> Result<SessionView, Failure> {
    let passphrase = passphrase.into();
    let opened = work::apart(app.clone(), move |session| {
        let folder = session.home();
        let restore =
            |work: &Work| maintenance::restore_watched(Path::new(&from), &folder, passphrase, work, now());
        session.opened(session.opening(restore)?)
    })
    .await?;
    window::protect(&app, opened.settings.screen_protected);
    Ok(opened)
}
