//! Papers of a file: they come in, are looked at in the window, and are taken back.

use std::path::Path;

use sharewell_casework::Failure;
use sharewell_casework::attached::{self, AddPaper, LookAtPaper, ReadThroughPaper};
use sharewell_casework::records::{AttachmentId, CaseId};
use sharewell_casework::views::{PageInput, PaperInput, PaperLooked, PaperOffer, PaperView};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// The papers of a file.
#[tauri::command(async)]
#[specta::specta]
pub fn papers(session: State<'_, Session>, file: CaseId) -> Result<Vec<PaperView>, Failure> {
    session.open(|vault, _| attached::papers(vault, file))
}

/// What a file that was chosen is, and whether there is room for it.
#[tauri::command(async)]
#[specta::specta]
pub fn offer_paper(session: State<'_, Session>, path: String) -> Result<PaperOffer, Failure> {
    session.open(|vault, _| attached::offer_paper(vault, Path::new(&path)))
}

/// Takes a paper into a file.
#[tauri::command]
#[specta::specta]
pub async fn add_paper(
    app: AppHandle,
    file: CaseId,
    path: String,
    paper: PaperInput,
) -> Result<AttachmentId, Failure> {
    work::run(app, AddPaper::new(file, path.into(), paper)).await
}

/// Corrects what is said of a paper.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_paper(
    session: State<'_, Session>,
    file: CaseId,
    id: AttachmentId,
    paper: PaperInput,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| attached::amend_paper(vault, file, id, &paper, &reason, now))
}

/// Takes a paper back that was added in error.
#[tauri::command(async)]
#[specta::specta]
pub fn withdraw_paper(
    session: State<'_, Session>,
    file: CaseId,
    id: AttachmentId,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| attached::withdraw_paper(vault, file, id, &reason, now))
}

/// Opens a paper: every byte of it is held to what the ledger says.
#[tauri::command]
#[specta::specta]
pub async fn look_at_paper(app: AppHandle, file: CaseId, id: AttachmentId) -> Result<PaperView, Failure> {
    work::run(app, LookAtPaper::new(file, id)).await
}

/// One piece of a paper, in base 64; none behind the last.
#[tauri::command(async)]
#[specta::specta]
pub fn paper_piece(
    session: State<'_, Session>,
    file: CaseId,
    id: AttachmentId,
    number: u32,
) -> Result<Option<String>, Failure> {
    session.open(|vault, _| attached::paper_piece(vault, file, id, number))
}

/// What a paper holds beside what it shows, and which of its pages were looked at.
#[tauri::command]
#[specta::specta]
pub async fn read_through_paper(
    app: AppHandle,
    file: CaseId,
    id: AttachmentId,
) -> Result<PaperLooked, Failure> {
    work::run(app, ReadThroughPaper::new(file, id)).await
}

/// Lets a page of a paper go in a share, as it was looked at.
#[tauri::command]
#[specta::specta]
pub async fn let_page_go(
    app: AppHandle,
    file: CaseId,
    id: AttachmentId,
    page: PageInput,
) -> Result<PaperLooked, Failure> {
    let go = move |session: &Session| {
        session.open(|vault, now| attached::let_page_go(vault, file, id, &page, now))
    };
    work::apart(app, go).await
}

/// Keeps a paper back: no page of it counts as looked at.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_paper_back(
    session: State<'_, Session>,
    file: CaseId,
    id: AttachmentId,
) -> Result<PaperLooked, Failure> {
    session.open(|vault, now| attached::keep_paper_back(vault, file, id, now))
}
