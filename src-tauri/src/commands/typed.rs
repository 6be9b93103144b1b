//! What stands in the boxes of a day, read before the form that they belong to is sent.

use sharewell_casework::Failure;
use sharewell_casework::records::Day;
use sharewell_casework::views::{DayParts, DayTyped};

use crate::session::now;

/// A date that was pasted into one box in one piece, spread over the three; none where there is nothing to spread.
#[tauri::command(async)]
#[specta::specta]
pub fn spread_day(typed: DayTyped) -> Result<Option<DayParts>, Failure> {
    Ok(sharewell_casework::spread_day(&typed))
}

/// The day that stands in the boxes of an answer; none where nothing does.
#[tauri::command(async)]
#[specta::specta]
pub fn read_day(typed: DayTyped, field: String) -> Result<Option<Day>, Failure> {
    Ok(sharewell_casework::read_day(&typed, &field, now())?)
}
