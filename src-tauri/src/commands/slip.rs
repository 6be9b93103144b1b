//! Slips, and the view in which one is signed.

use sharewell_casework::records::{CaseId, ConsentId, PersonId};
use sharewell_casework::slip::{BackToTheFile, SaveSignedSlip, SaveSlip, SignSlip};
use sharewell_casework::views::{
    ConsentInput, LeavingInput, SignInput, SigningNow, SigningPhase, SlipChoice, SlipGoes, SlipView,
};
use sharewell_casework::{Code, Failure, slip as slips};
use tauri::{AppHandle, State};

use super::work;
use crate::session::{Session, Signing};

/// Takes over what the form of a consent asks, so that a slip can be made of it.
#[tauri::command(async)]
#[specta::specta]
pub fn offer_slip(session: State<'_, Session>, file: CaseId, typed: ConsentInput) -> Result<(), Failure> {
    session.open(|vault, now| slips::offer_slip(vault, file, &typed, now))
}

/// A slip as it would be made.
#[tauri::command(async)]
#[specta::specta]
pub fn slip(session: State<'_, Session>, file: CaseId, choice: SlipChoice) -> Result<SlipView, Failure> {
    session.open(|vault, now| slips::slip(vault, file, &choice, now))
}

/// Saves a slip as a page.
#[tauri::command]
#[specta::specta]
pub async fn save_slip(
    app: AppHandle,
    file: CaseId,
    choice: SlipChoice,
    goes: SlipGoes,
    path: String,
) -> Result<(), Failure> {
    work::run(app, SaveSlip::new(file, choice, goes, path.into())).await.map(drop)
}

/// Saves the slip on which an answer was given, in the words of that day.
#[tauri::command]
#[specta::specta]
pub async fn save_signed_slip(
    app: AppHandle,
    file: CaseId,
    consent: ConsentId,
    goes: SlipGoes,
    path: String,
) -> Result<(), Failure> {
    work::run(app, SaveSignedSlip { case: file, consent, goes, path: path.into() }).await
}

/// Writes down what somebody said may be left with them.
#[tauri::command(async)]
#[specta::specta]
pub fn say_leaving(
    session: State<'_, Session>,
    file: CaseId,
    person: PersonId,
    typed: LeavingInput,
) -> Result<(), Failure> {
    session.open(|vault, now| slips::say_leaving(vault, file, person, &typed, now))
}

/// Gives the screen to somebody for one slip. From now on nothing else of any file is shown or done.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_signing(session: State<'_, Session>, file: CaseId, choice: SlipChoice) -> Result<(), Failure> {
    let slip = session.open(|vault, now| slips::begin_signing(vault, file, &choice, now))?;
    session.give_screen(Signing { case: file, slip, phase: SigningPhase::Reading });
    Ok(())
}

/// The slip that is on the screen, and how far it is.
#[tauri::command(async)]
#[specta::specta]
pub fn signing(session: State<'_, Session>) -> Result<SigningNow, Failure> {
    session.open_slip(|vault, signing, now| slips::signing(vault, signing.slip, signing.phase, now))
}

/// Writes down what somebody chose and signed, all of it or nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn sign_slip(session: State<'_, Session>, typed: SignInput) -> Result<(), Failure> {
    if session.signed_now()?.phase != SigningPhase::Reading {
        return Err(Failure::of(Code::NotFound));
    }
    session.long_slip(|signing| SignSlip { case: signing.case, slip: signing.slip, typed })?;
    session.signing_goes_on(SigningPhase::Ended);
    Ok(())
}

/// Somebody stops. Nothing is written down, and nothing counts as a no.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_signing(session: State<'_, Session>) -> Result<(), Failure> {
    session.signing_goes_on(SigningPhase::Stopped);
    Ok(())
}

/// Takes the screen back, with the passphrase. The vault stays open.
#[tauri::command]
#[specta::specta]
pub async fn back_to_the_file(app: AppHandle, passphrase: String) -> Result<(), Failure> {
    let passphrase = passphrase.into();
    work::apart(app, move |session| {
        session.long_slip(|signing| BackToTheFile { case: signing.case, passphrase })?;
        session.take_screen_back();
        Ok(())
    })
    .await
}
