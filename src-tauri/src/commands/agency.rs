//! The agency behind the vault.

use sharewell_casework::Failure;
use sharewell_casework::views::{AgencyNumbers, AgencyPage, ProfilePreview, TakeProfile};
use sharewell_casework::{agency, agency_numbers as numbers, settings};
use tauri::State;

use crate::session::Session;

/// The profile in use, and the vault's own fingerprint.
#[tauri::command(async)]
#[specta::specta]
pub fn agency_page(session: State<'_, Session>) -> Result<AgencyPage, Failure> {
    session.open(|vault, now| agency::agency_page(vault, now))
}

/// What a profile in a file would change. Nothing is stored.
#[tauri::command(async)]
#[specta::specta]
pub fn preview_profile(session: State<'_, Session>, path: String) -> Result<ProfilePreview, Failure> {
    session.open(|vault, now| agency::preview_profile(vault, path.as_ref(), now))
}

/// Takes a profile in, as it was shown.
#[tauri::command(async)]
#[specta::specta]
pub fn take_profile(session: State<'_, Session>, typed: TakeProfile) -> Result<AgencyPage, Failure> {
    let (page, settings) = session.open(|vault, now| {
        Ok::<_, Failure>((agency::take_profile(vault, &typed, now)?, settings::current(vault)?))
    })?;
    // The agency's limit counts at once.
    session.set(&settings);
    Ok(page)
}

/// Writes the file that asks to be enrolled.
#[tauri::command(async)]
#[specta::specta]
pub fn ask_to_be_enrolled(session: State<'_, Session>, path: String) -> Result<(), Failure> {
    session.open(|vault, now| agency::ask_to_be_enrolled(vault, path.as_ref(), now))
}

/// How the numbers of the profile in use stand to the directory.
#[tauri::command(async)]
#[specta::specta]
pub fn agency_numbers(session: State<'_, Session>) -> Result<AgencyNumbers, Failure> {
    session.open(|vault, now| numbers::agency_numbers(vault, now))
}

/// Puts the numbers of the profile in use into the directory.
#[tauri::command(async)]
#[specta::specta]
pub fn take_agency_numbers(session: State<'_, Session>) -> Result<AgencyNumbers, Failure> {
    session.open(numbers::take_agency_numbers)
}
