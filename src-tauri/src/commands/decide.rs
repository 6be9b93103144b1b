//! The guided decision.

use sharewell_casework::Failure;
use sharewell_casework::records::{Answer, CaseId, DecisionId, Moment, Nation, Request, StepId, WayIn};
use sharewell_casework::views::{
    BeginInput, ChangeView, CheckView, DecisionView, DoorChangeView, DoorsView, LeftoverView,
    NationChangeView, OutcomeView, Place, QuestionView, ReplayView, RequestInput, RequesterView,
    SignOffInput, WithoutChildInput,
};
use sharewell_casework::{children, decide, paper};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Starts a decision, or goes on with the one begun: for today or for another day, under this nation's guidance or
/// another's, on a request or none.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_decision(
    session: State<'_, Session>,
    file: CaseId,
    begin: BeginInput,
) -> Result<Place, Failure> {
    session.open(|vault, now| decide::begin_decision(vault, file, &begin, now))
}

/// The first page of a decision: the doors, in a file or where none is chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn doors(session: State<'_, Session>, file: Option<CaseId>) -> Result<DoorsView, Failure> {
    session.open(|vault, now| decide::doors(vault, file, now))
}

/// Opens the file of an adult or of numbers, and starts a decision in it.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_without_child(session: State<'_, Session>, begin: WithoutChildInput) -> Result<Place, Failure> {
    session.open(|vault, now| children::begin_without_child(vault, &begin, now))
}

/// The door of a begun decision, and what another would do to its answers.
#[tauri::command(async)]
#[specta::specta]
pub fn door(session: State<'_, Session>, decision: DecisionId) -> Result<DoorChangeView, Failure> {
    session.open(|vault, now| decide::door(vault, decision, now))
}

/// Changes the door of a begun decision.
#[tauri::command(async)]
#[specta::specta]
pub fn change_door(session: State<'_, Session>, decision: DecisionId, door: WayIn) -> Result<Place, Failure> {
    session.open(|vault, now| decide::change_door(vault, decision, door, now))
}

/// Who may ask for information in a nation, and what to do first.
#[tauri::command(async)]
#[specta::specta]
pub fn requesters(session: State<'_, Session>, nation: Nation) -> Result<Vec<RequesterView>, Failure> {
    session.open(|vault, now| decide::requesters(vault, nation, now))
}

/// The request of a decision that is not signed yet.
#[tauri::command(async)]
#[specta::specta]
pub fn request(session: State<'_, Session>, decision: DecisionId) -> Result<Request, Failure> {
    session.open(|vault, now| decide::request(vault, decision, now))
}

/// Corrects what is known about that request.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_request(
    session: State<'_, Session>,
    decision: DecisionId,
    request: RequestInput,
) -> Result<Place, Failure> {
    session.open(|vault, now| decide::amend_request(vault, decision, &request, now))
}

/// Where a decision stands.
#[tauri::command(async)]
#[specta::specta]
pub fn place(session: State<'_, Session>, decision: DecisionId) -> Result<Place, Failure> {
    session.open(|vault, now| decide::place(vault, decision, now))
}

/// Why a begun decision stopped: its file has another nation now.
#[tauri::command(async)]
#[specta::specta]
pub fn nation_change(session: State<'_, Session>, decision: DecisionId) -> Result<NationChangeView, Failure> {
    session.open(|vault, now| decide::nation_change(vault, decision, now))
}

/// Begins such a decision anew, with the answers that still hold.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_anew(session: State<'_, Session>, decision: DecisionId) -> Result<Place, Failure> {
    session.open(|vault, now| decide::begin_anew(vault, decision, now))
}

/// One question on the path.
#[tauri::command(async)]
#[specta::specta]
pub fn question(
    session: State<'_, Session>,
    decision: DecisionId,
    step: StepId,
) -> Result<QuestionView, Failure> {
    session.open(|vault, now| decide::question(vault, decision, &step, now))
}

/// Keeps an answer as it is typed, complete or not.
#[tauri::command(async)]
#[specta::specta]
pub fn save_typing(
    session: State<'_, Session>,
    decision: DecisionId,
    step: StepId,
    answer: Answer,
) -> Result<Moment, Failure> {
    session.open(|vault, now| decide::save_typing(vault, decision, &step, answer, now))
}

/// Takes an answer and goes on.
#[tauri::command(async)]
#[specta::specta]
pub fn answer(
    session: State<'_, Session>,
    decision: DecisionId,
    step: StepId,
    answer: Answer,
) -> Result<Place, Failure> {
    session.open(|vault, now| decide::answer(vault, decision, &step, answer, now))
}

/// What changing an answer would do.
#[tauri::command(async)]
#[specta::specta]
pub fn preview_change(
    session: State<'_, Session>,
    decision: DecisionId,
    step: StepId,
    answer: Answer,
) -> Result<ChangeView, Failure> {
    session.open(|vault, now| decide::preview_change(vault, decision, &step, answer, now))
}

/// The advice.
#[tauri::command(async)]
#[specta::specta]
pub fn outcome(session: State<'_, Session>, decision: DecisionId) -> Result<OutcomeView, Failure> {
    session.open(|vault, now| decide::outcome(vault, decision, now))
}

/// Keeps what is typed towards the sign-off.
#[tauri::command(async)]
#[specta::specta]
pub fn save_sign_off(
    session: State<'_, Session>,
    decision: DecisionId,
    draft: SignOffInput,
) -> Result<Moment, Failure> {
    session.open(|vault, now| decide::save_sign_off(vault, decision, draft, now))
}

/// What still stands before the sign-off.
#[tauri::command(async)]
#[specta::specta]
pub fn check(session: State<'_, Session>, decision: DecisionId) -> Result<CheckView, Failure> {
    session.open(|vault, now| decide::check(vault, decision, now))
}

/// Signs off and seals.
#[tauri::command(async)]
#[specta::specta]
pub fn sign_off(
    session: State<'_, Session>,
    decision: DecisionId,
    draft: SignOffInput,
) -> Result<DecisionId, Failure> {
    session.open(|vault, now| decide::sign_off(vault, decision, draft, now))
}

/// A signed decision.
#[tauri::command(async)]
#[specta::specta]
pub fn decision(session: State<'_, Session>, id: DecisionId) -> Result<DecisionView, Failure> {
    session.open(|vault, now| decide::decision(vault, id, now))
}

/// A signed decision as it was asked, and what today's guidance would make of it.
#[tauri::command(async)]
#[specta::specta]
pub fn replay(session: State<'_, Session>, id: DecisionId) -> Result<ReplayView, Failure> {
    session.open(|vault, now| decide::replay(vault, id, now))
}

/// What looks like somebody protected in the paper of a decision.
#[tauri::command(async)]
#[specta::specta]
pub fn leftovers_in_decision(
    session: State<'_, Session>,
    id: DecisionId,
) -> Result<Vec<LeftoverView>, Failure> {
    session.open(|vault, now| paper::leftovers_in_decision(vault, id, now))
}

/// Saves a decision as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_decision_pdf(app: AppHandle, id: DecisionId, path: String) -> Result<(), Failure> {
    work::run(app, paper::SaveDecision { id, path: path.into() }).await
}

/// Goes on under guidance that has expired.
#[tauri::command(async)]
#[specta::specta]
pub fn confirm_expired(session: State<'_, Session>, decision: DecisionId) -> Result<(), Failure> {
    session.open(|vault, now| decide::confirm_expired(vault, decision, now))
}

/// Discards a draft.
#[tauri::command(async)]
#[specta::specta]
pub fn discard_draft(
    session: State<'_, Session>,
    decision: DecisionId,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| decide::discard_draft(vault, decision, &reason, now))
}
