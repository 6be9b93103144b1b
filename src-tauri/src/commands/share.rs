//! Making a share from a signed decision, and what became of it.

use sharewell_casework::records::{DecisionId, DisclosureId, ItemId, Named};
use sharewell_casework::views::{
    ShareAnsweredInput, ShareFormView, ShareInput, SharePart, ShareSentInput, ShareTexts, ShareView,
};
use sharewell_casework::{Failure, share as shares};
use tauri::{AppHandle, State};

use super::work;
use crate::copied;
use crate::session::Session;

/// What may go, and what was made.
#[tauri::command(async)]
#[specta::specta]
pub fn share(session: State<'_, Session>, decision: DecisionId) -> Result<ShareView, Failure> {
    session.open(|vault, now| shares::share(vault, decision, now))
}

/// What stands in the record beside what leaves, for the notes that are chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn share_texts(
    session: State<'_, Session>,
    decision: DecisionId,
    items: Vec<ItemId>,
    names: Vec<Named>,
) -> Result<ShareTexts, Failure> {
    session.open(|vault, now| shares::share_texts(vault, decision, &items, &names, now))
}

/// Six words, drawn anew. They are shown once and kept nowhere.
#[tauri::command(async)]
#[specta::specta]
pub fn offer_share_words() -> Result<String, Failure> {
    Ok(shares::offer_words()?)
}

/// Makes the file of a share.
#[tauri::command]
#[specta::specta]
pub async fn save_share(
    app: AppHandle,
    decision: DecisionId,
    typed: ShareInput,
    words: String,
    path: String,
) -> Result<DisclosureId, Failure> {
    let save = shares::SaveShare { decision, typed, words: words.into(), path: path.into() };
    work::run(app, save).await
}

/// Makes a share for the recipient's own form: its sections stand ready to be copied.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_share_form(
    session: State<'_, Session>,
    decision: DecisionId,
    typed: ShareInput,
) -> Result<DisclosureId, Failure> {
    session.open(|vault, now| shares::begin_share_form(vault, decision, typed, now))
}

/// The sections of a share for the recipient's own form.
#[tauri::command(async)]
#[specta::specta]
pub fn share_form(session: State<'_, Session>, share: DisclosureId) -> Result<ShareFormView, Failure> {
    session.open(|vault, _| shares::share_form(vault, share))
}

/// Puts one section where it can be pasted from, for a minute at most. False where this system gives no such place.
#[tauri::command(async)]
#[specta::specta]
pub fn copy_share_section(
    app: AppHandle,
    session: State<'_, Session>,
    share: DisclosureId,
    part: SharePart,
) -> Result<bool, Failure> {
    let text = session.open(|vault, now| shares::copied_share_section(vault, share, part, now))?;
    Ok(copied::hold(&app, text))
}

/// Makes the file of a share again, under new words.
#[tauri::command]
#[specta::specta]
pub async fn save_share_again(
    app: AppHandle,
    share: DisclosureId,
    words: String,
    path: String,
) -> Result<DisclosureId, Failure> {
    work::run(app, shares::SaveShareAgain { share, words: words.into(), path: path.into() }).await
}

/// Puts the message that goes with the file where it can be pasted from, for a minute at most. False where this system
/// gives no such place.
#[tauri::command(async)]
#[specta::specta]
pub fn copy_share_message(
    app: AppHandle,
    session: State<'_, Session>,
    share: DisclosureId,
) -> Result<bool, Failure> {
    let text = session.open(|vault, now| shares::share_message(vault, share, now))?;
    Ok(copied::hold(&app, text))
}

/// Records that a share was sent.
#[tauri::command(async)]
#[specta::specta]
pub fn share_sent(
    session: State<'_, Session>,
    share: DisclosureId,
    sent: ShareSentInput,
) -> Result<(), Failure> {
    session.open(|vault, now| shares::share_sent(vault, share, &sent, now))
}

/// Records that somebody answered a share.
#[tauri::command(async)]
#[specta::specta]
pub fn share_acknowledged(
    session: State<'_, Session>,
    share: DisclosureId,
    answered: ShareAnsweredInput,
) -> Result<(), Failure> {
    session.open(|vault, now| shares::share_acknowledged(vault, share, &answered, now))
}
