//! Handing over to the agency.

use sharewell_casework::Failure;
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::records::HandoverId;
use sharewell_casework::views::{
    HandoverAsk, HandoverLook, HandoverOffer, HandoverPage, HandoverView, ReceiptView,
};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Keys, files and handovers made, as far as they are looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn handover_page(session: State<'_, Session>, look: HandoverLook) -> Result<HandoverPage, Failure> {
    session.open(|vault, _| handover::handover_page_at(vault, &look))
}

/// Imports an agency's key.
#[tauri::command(async)]
#[specta::specta]
pub fn import_recipient(
    session: State<'_, Session>,
    text: String,
    name: String,
) -> Result<HandoverPage, Failure> {
    session.open(|vault, now| handover::import_recipient(vault, &text, &name, now))
}

/// What would be handed over as things are chosen so far.
#[tauri::command(async)]
#[specta::specta]
pub fn handover_offer(session: State<'_, Session>, ask: HandoverAsk) -> Result<HandoverOffer, Failure> {
    session.open(|vault, _| handover::handover_offer(vault, &ask))
}

/// Whether files can be handed over, before a place for the file is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn check_handover(session: State<'_, Session>, ask: HandoverAsk) -> Result<(), Failure> {
    session.open(|vault, _| handover::check_handover(vault, &ask))
}

/// Freezes and writes a handover.
#[tauri::command]
#[specta::specta]
pub async fn make_handover(app: AppHandle, ask: HandoverAsk, path: String) -> Result<HandoverView, Failure> {
    work::run(app, HandOver::new(ask, path.into())).await
}

/// Writes a frozen handover again.
#[tauri::command]
#[specta::specta]
pub async fn rebuild_handover(app: AppHandle, id: HandoverId, path: String) -> Result<HandoverView, Failure> {
    work::run(app, HandOver::again(id, path.into())).await
}

/// Drops a handover whose file was never written.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_handover(session: State<'_, Session>, id: HandoverId) -> Result<HandoverPage, Failure> {
    session.open(|vault, now| handover::drop_handover(vault, id, now))
}

/// Takes in a receipt that an agency sent back.
#[tauri::command(async)]
#[specta::specta]
pub fn take_receipt(session: State<'_, Session>, path: String) -> Result<ReceiptView, Failure> {
    session.open(|vault, now| handover::take_receipt(vault, path.as_ref(), now))
}
