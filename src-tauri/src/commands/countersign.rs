//! A second person's word on a decision, by file between two laptops.

use std::path::Path;

use sharewell_casework::records::{CountersignatureId, DecisionId, Verdict};
use sharewell_casework::views::{AskView, CountersignInput, CountersigningView, SaidView};
use sharewell_casework::{Failure, countersign};
use tauri::State;

use crate::session::Session;

/// Where the countersigning of a decision stands.
#[tauri::command(async)]
#[specta::specta]
pub fn countersigning(
    session: State<'_, Session>,
    decision: DecisionId,
) -> Result<CountersigningView, Failure> {
    session.open(|vault, now| countersign::countersigning(vault, decision, now))
}

/// Writes the file that asks for a countersignature.
#[tauri::command(async)]
#[specta::specta]
pub fn ask_countersignature(
    session: State<'_, Session>,
    decision: DecisionId,
    path: String,
) -> Result<CountersigningView, Failure> {
    session.open(|vault, now| countersign::ask_countersignature(vault, decision, Path::new(&path), now))
}

/// Shows the decision for which somebody asks a countersignature.
#[tauri::command(async)]
#[specta::specta]
pub fn open_ask(session: State<'_, Session>, path: String, code: String) -> Result<AskView, Failure> {
    session.open(|vault, now| countersign::open_ask(vault, Path::new(&path), &code, now))
}

/// Whether a word can be said of it, before a place for the file is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn check_countersign(verdict: Option<Verdict>, words: String) -> Result<(), Failure> {
    Ok(countersign::check_word(verdict, &words)?)
}

/// Signs what is said of it, keeps it, and writes the answer.
#[tauri::command(async)]
#[specta::specta]
pub fn answer_ask(session: State<'_, Session>, typed: CountersignInput) -> Result<SaidView, Failure> {
    session.open(|vault, now| countersign::answer_ask(vault, &typed, now))
}

/// What was said here of others' decisions.
#[tauri::command(async)]
#[specta::specta]
pub fn said_here(session: State<'_, Session>) -> Result<Vec<SaidView>, Failure> {
    session.open(|vault, _| countersign::said_here(vault))
}

/// Shows what an answer says.
#[tauri::command(async)]
#[specta::specta]
pub fn open_answer(
    session: State<'_, Session>,
    decision: DecisionId,
    path: String,
) -> Result<SaidView, Failure> {
    session.open(|vault, now| countersign::open_answer(vault, decision, Path::new(&path), now))
}

/// Takes an answer in, as it was shown.
#[tauri::command(async)]
#[specta::specta]
pub fn take_answer(
    session: State<'_, Session>,
    decision: DecisionId,
    path: String,
    shown: CountersignatureId,
) -> Result<CountersigningView, Failure> {
    session.open(|vault, now| countersign::take_answer(vault, decision, Path::new(&path), shown, now))
}
