//! What of a file goes to a recipient, and what stays.

use sharewell_casework::records::ExtentMove;
use sharewell_casework::views::{ExtentOf, ExtentView};
use sharewell_casework::{Failure, decide, paper, share};
use tauri::State;

use crate::session::Session;

/// A page of what is held, with what is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn extent(session: State<'_, Session>, of: ExtentOf, page: u32) -> Result<ExtentView, Failure> {
    session.open(|vault, now| match of {
        ExtentOf::Decision { id } => decide::extent(vault, id, page, now),
        ExtentOf::Duty { id } => paper::extent_of_duty(vault, id, page, now),
        ExtentOf::Share { id } => share::extent_of_share(vault, id, page, now),
    })
}

/// Does one thing to what is chosen, and shows the page again.
#[tauri::command(async)]
#[specta::specta]
pub fn move_extent(
    session: State<'_, Session>,
    of: ExtentOf,
    act: ExtentMove,
    page: u32,
) -> Result<ExtentView, Failure> {
    session.open(|vault, now| match of {
        ExtentOf::Decision { id } => decide::move_extent(vault, id, &act, page, now),
        ExtentOf::Duty { id } => paper::move_extent_of_duty(vault, id, &act, page, now),
        ExtentOf::Share { id } => share::move_extent_of_share(vault, id, &act, page, now),
    })
}
