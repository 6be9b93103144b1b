//! The account: the sharing log, what became of a line, what was told to us, and notices.

use sharewell_casework::records::{CaseId, DisclosureId, ObligationId, ReceivedId};
use sharewell_casework::views::{
    BecameInput, BreachReader, HolderNotice, LineView, LogAsk, LogView, NoticeAnsweredInput, NoticeSentInput,
    ReceivedInput, ReceivedView, ReceivedWrongInput, WrongPersonInput,
};
use sharewell_casework::{Failure, account};
use tauri::{AppHandle, State};

use crate::copied;
use crate::session::Session;

/// A page of the sharing log.
#[tauri::command(async)]
#[specta::specta]
pub fn sharing_log(session: State<'_, Session>, ask: LogAsk) -> Result<LogView, Failure> {
    session.open(|vault, now| account::sharing_log(vault, &ask, now))
}

/// One line of something that left, with what can be written down of it.
#[tauri::command(async)]
#[specta::specta]
pub fn log_line(session: State<'_, Session>, id: DisclosureId) -> Result<LineView, Failure> {
    session.open(|vault, now| account::line(vault, id, now))
}

/// Writes down what became of something that left.
#[tauri::command(async)]
#[specta::specta]
pub fn record_became(
    session: State<'_, Session>,
    id: DisclosureId,
    became: BecameInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::became(vault, id, &became, now))
}

/// Writes down that something went to the wrong person.
#[tauri::command(async)]
#[specta::specta]
pub fn record_wrong_person(
    session: State<'_, Session>,
    id: DisclosureId,
    wrong: WrongPersonInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::wrong_person(vault, id, &wrong, now))
}

/// Puts one of the notes about a breach where it can be pasted from, for a minute at most. False where this system gives
/// no such place.
#[tauri::command(async)]
#[specta::specta]
pub fn copy_breach_note(
    app: AppHandle,
    session: State<'_, Session>,
    id: DisclosureId,
    to: BreachReader,
) -> Result<bool, Failure> {
    let text = session.open(|vault, now| account::breach_note(vault, id, to, now))?;
    Ok(copied::hold(&app, text))
}

/// Writes down what was told to us.
#[tauri::command(async)]
#[specta::specta]
pub fn record_received(
    session: State<'_, Session>,
    file: CaseId,
    received: ReceivedInput,
) -> Result<ReceivedId, Failure> {
    session.open(|vault, now| account::record_received(vault, file, &received, now))
}

/// Something that was told to us, to be corrected.
#[tauri::command(async)]
#[specta::specta]
pub fn received_of(
    session: State<'_, Session>,
    file: CaseId,
    id: ReceivedId,
) -> Result<ReceivedView, Failure> {
    session.open(|vault, _| account::received_of(vault, file, id))
}

/// Corrects what was written down of something that was told to us.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_received(
    session: State<'_, Session>,
    file: CaseId,
    id: ReceivedId,
    received: ReceivedInput,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| account::amend_received(vault, file, id, &received, &reason, now))
}

/// Takes back what was written down as told to us in error; writes it down anew in the file in which it belongs.
#[tauri::command(async)]
#[specta::specta]
pub fn withdraw_received(
    session: State<'_, Session>,
    file: CaseId,
    id: ReceivedId,
    wrong: ReceivedWrongInput,
) -> Result<Option<ReceivedId>, Failure> {
    session.open(|vault, now| account::withdraw_received(vault, file, id, &wrong, now))
}

/// A notice to whoever has something that changed.
#[tauri::command(async)]
#[specta::specta]
pub fn notice(session: State<'_, Session>, duty: ObligationId) -> Result<HolderNotice, Failure> {
    session.open(|vault, now| account::notice(vault, duty, now))
}

/// Puts a notice where it can be pasted from, for a minute at most. False where this system gives no such place.
#[tauri::command(async)]
#[specta::specta]
pub fn copy_notice(app: AppHandle, session: State<'_, Session>, duty: ObligationId) -> Result<bool, Failure> {
    let text = session.open(|vault, now| account::notice_text(vault, duty, now))?;
    Ok(copied::hold(&app, text))
}

/// Writes down that a notice was sent.
#[tauri::command(async)]
#[specta::specta]
pub fn notice_sent(
    session: State<'_, Session>,
    duty: ObligationId,
    sent: NoticeSentInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::notice_sent(vault, duty, &sent, now))
}

/// Writes down that a notice was answered.
#[tauri::command(async)]
#[specta::specta]
pub fn notice_answered(
    session: State<'_, Session>,
    duty: ObligationId,
    answered: NoticeAnsweredInput,
) -> Result<(), Failure> {
    session.open(|vault, now| account::notice_answered(vault, duty, &answered, now))
}
