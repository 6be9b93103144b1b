//! The practitioner's directory of people and posts.

use sharewell_casework::records::{CaseId, ContactId};
use sharewell_casework::views::{
    ContactInput, ContactList, ContactView, DirectoryPage, KeySeen, ListInput, ListRowState, ListTaken,
    Suggestion,
};
use sharewell_casework::{Failure, directory};
use tauri::State;

use crate::session::Session;

/// The first contacts that fit what was typed, or those behind one of them.
#[tauri::command(async)]
#[specta::specta]
pub fn directory(
    session: State<'_, Session>,
    query: String,
    after: Option<ContactId>,
) -> Result<DirectoryPage, Failure> {
    session.open(|vault, now| directory::directory(vault, &query, after, now))
}

/// One contact.
#[tauri::command(async)]
#[specta::specta]
pub fn contact(session: State<'_, Session>, id: ContactId) -> Result<ContactView, Failure> {
    session.open(|vault, now| directory::contact(vault, id, now))
}

/// Who can be chosen for what was typed so far; in a file nobody to whom nothing of it goes.
#[tauri::command(async)]
#[specta::specta]
pub fn suggest_contacts(
    session: State<'_, Session>,
    query: String,
    file: Option<CaseId>,
) -> Result<Vec<Suggestion>, Failure> {
    session.open(|vault, now| directory::suggest(vault, &query, file, now))
}

/// Adds somebody to the directory.
#[tauri::command(async)]
#[specta::specta]
pub fn add_contact(session: State<'_, Session>, contact: ContactInput) -> Result<ContactId, Failure> {
    session.open(|vault, now| directory::add_contact(vault, &contact, now))
}

/// Corrects what is known of a contact.
#[tauri::command(async)]
#[specta::specta]
pub fn change_contact(
    session: State<'_, Session>,
    id: ContactId,
    contact: ContactInput,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| directory::change_contact(vault, id, &contact, &reason, now))
}

/// Takes somebody out of the directory.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_contact(session: State<'_, Session>, id: ContactId, reason: String) -> Result<(), Failure> {
    session.open(|vault, now| directory::remove_contact(vault, id, &reason, now))
}

/// Looks at somebody's list of contacts, and takes nothing of it.
#[tauri::command(async)]
#[specta::specta]
pub fn look_at_list(
    session: State<'_, Session>,
    path: String,
    state: ListRowState,
    after: Option<u32>,
) -> Result<ContactList, Failure> {
    session.open(|vault, now| directory::look_at_list(vault, path.as_ref(), state, after, now))
}

/// Takes a list that was looked at into the directory.
#[tauri::command(async)]
#[specta::specta]
pub fn take_list(session: State<'_, Session>, path: String, list: ListInput) -> Result<ListTaken, Failure> {
    session.open(|vault, now| directory::take_list(vault, path.as_ref(), &list, now))
}

/// What a key is that is typed into the directory: its fingerprint, to be compared before anybody says that it was.
#[tauri::command(async)]
#[specta::specta]
pub fn key_fingerprint(key: String) -> Result<KeySeen, Failure> {
    Ok(directory::key_seen(&key))
}
