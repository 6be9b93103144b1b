//! Children, families and what their files hold.

use sharewell_casework::records::{
    AdviceId, CaseId, DisclosureId, EntryId, FlagId, HeldElsewhereId, Item, ItemId, JoinId, Moment, Nation,
    PersonId, RelationshipId, VisitId,
};
use sharewell_casework::views::{
    AdviceInput, CheckChoice, ChildFileView, ChildrenOrder, ChildrenPage, CopyInput, CopyWhat,
    DisclosureInput, ElsewhereInput, ElsewhereView, FileHead, FlagReview, FlagsInput, ItemInput, JoinInput,
    JoinPage, LeftoverInput, LeftoverView, LineInput, NationWarning, NewCase, PersonInput, SameChild,
    ShareKnown, TieInput, TieKind, ToCopy, VisitHead, VisitInput,
};
use sharewell_casework::{Failure, children, paper};
use tauri::{AppHandle, State};

use super::work;
use crate::session::Session;

/// Keeps in which order children are listed.
#[tauri::command(async)]
#[specta::specta]
pub fn order_children(session: State<'_, Session>, order: ChildrenOrder) -> Result<(), Failure> {
    session.open(|vault, now| children::order_children(vault, order, now))
}

/// The first files that fit what was typed, or those behind one of them.
#[tauri::command(async)]
#[specta::specta]
pub fn children(
    session: State<'_, Session>,
    query: String,
    after: Option<CaseId>,
) -> Result<ChildrenPage, Failure> {
    session.open(|vault, now| children::children(vault, &query, after, now))
}

/// Opens a file.
#[tauri::command(async)]
#[specta::specta]
pub fn open_case(session: State<'_, Session>, opening: NewCase) -> Result<CaseId, Failure> {
    session.open(|vault, now| children::open_case(vault, opening, now))
}

/// People of other files who may be the child whose details were typed, before they are saved.
#[tauri::command(async)]
#[specta::specta]
pub fn same_child(
    session: State<'_, Session>,
    person: PersonInput,
    of: Option<PersonId>,
    into: Option<CaseId>,
) -> Result<Vec<SameChild>, Failure> {
    session.open(|vault, now| children::same_child(vault, &person, of, into, now))
}

/// Other files that may be of the same child, or the one that is shown as one with this.
#[tauri::command(async)]
#[specta::specta]
pub fn joining(session: State<'_, Session>, file: CaseId) -> Result<JoinPage, Failure> {
    session.open(|vault, now| children::joining(vault, file, now))
}

/// Shows two files of a child as one.
#[tauri::command(async)]
#[specta::specta]
pub fn join_files(session: State<'_, Session>, file: CaseId, join: JoinInput) -> Result<JoinId, Failure> {
    session.open(|vault, now| children::join_files(vault, file, &join, now))
}

/// Parts two files that were shown as one.
#[tauri::command(async)]
#[specta::specta]
pub fn part_files(session: State<'_, Session>, file: CaseId, reason: String) -> Result<(), Failure> {
    session.open(|vault, now| children::part_files(vault, file, &reason, now))
}

/// A file on one page.
#[tauri::command(async)]
#[specta::specta]
pub fn child_file(session: State<'_, Session>, file: CaseId) -> Result<ChildFileView, Failure> {
    session.open(|vault, now| children::child_file(vault, file, now))
}

/// What stands above a file, for a form about it. It is no view of the file in the access log.
#[tauri::command(async)]
#[specta::specta]
pub fn file_head(session: State<'_, Session>, file: CaseId) -> Result<FileHead, Failure> {
    session.open(|vault, now| children::file_head(vault, file, now))
}

/// One item as it stands, to be corrected or withdrawn.
#[tauri::command(async)]
#[specta::specta]
pub fn item_of(session: State<'_, Session>, file: CaseId, id: ItemId) -> Result<Item, Failure> {
    session.open(|vault, _| children::item_of(vault, file, id))
}

/// Corrects a file's details.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_case(
    session: State<'_, Session>,
    file: CaseId,
    reference: String,
    nation: Nation,
    reason: String,
    seen: bool,
) -> Result<(), Failure> {
    session.open(|vault, now| children::amend_case(vault, file, &reference, nation, &reason, seen, now))
}

/// What is told before a file is given another nation.
#[tauri::command(async)]
#[specta::specta]
pub fn nation_warning(
    session: State<'_, Session>,
    file: CaseId,
    nation: Nation,
) -> Result<Option<NationWarning>, Failure> {
    session.open(|vault, _| children::nation_warning(vault, file, nation))
}

/// Adds a person to a file.
#[tauri::command(async)]
#[specta::specta]
pub fn add_person(
    session: State<'_, Session>,
    file: CaseId,
    person: PersonInput,
    tie: Option<TieInput>,
) -> Result<PersonId, Failure> {
    session.open(|vault, now| children::add_person(vault, file, person, tie, now))
}

/// Corrects a person's details.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_person(
    session: State<'_, Session>,
    file: CaseId,
    id: PersonId,
    person: PersonInput,
    moves: Option<Vec<PersonId>>,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| {
        children::amend_person_and_home(vault, file, id, person, moves.as_deref(), &reason, now)
    })
}

/// Ties two people.
#[tauri::command(async)]
#[specta::specta]
pub fn add_tie(
    session: State<'_, Session>,
    file: CaseId,
    from: Option<PersonId>,
    tie: TieInput,
) -> Result<RelationshipId, Failure> {
    session.open(|vault, now| children::add_tie(vault, file, from, tie, now))
}

/// Ends a tie.
#[tauri::command(async)]
#[specta::specta]
pub fn end_tie(
    session: State<'_, Session>,
    file: CaseId,
    id: RelationshipId,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| children::end_tie(vault, file, id, &reason, now))
}

/// Whether an address cannot be taken apart: said while it is typed, since only the whole of it could be hidden.
#[tauri::command(async)]
#[specta::specta]
pub fn address_stays_whole(_session: State<'_, Session>, address: String) -> Result<bool, Failure> {
    Ok(children::address_stays_whole(&address))
}

/// The kinds of tie, in the order in which they are offered.
#[tauri::command(async)]
#[specta::specta]
pub fn tie_kinds(_session: State<'_, Session>) -> Result<Vec<TieKind>, Failure> {
    Ok(children::tie_kinds())
}

/// When looking again at a flag is suggested.
#[tauri::command(async)]
#[specta::specta]
pub fn flag_reviews(session: State<'_, Session>) -> Result<Vec<FlagReview>, Failure> {
    session.open(|_, now| Ok::<_, Failure>(children::flag_reviews(now)))
}

/// Sets safety flags: each kind on each person.
#[tauri::command(async)]
#[specta::specta]
pub fn set_flags(
    session: State<'_, Session>,
    file: CaseId,
    flags: FlagsInput,
) -> Result<Vec<FlagId>, Failure> {
    session.open(|vault, now| children::set_flags(vault, file, &flags, now))
}

/// Lifts a safety flag.
#[tauri::command(async)]
#[specta::specta]
pub fn lift_flag(
    session: State<'_, Session>,
    file: CaseId,
    id: FlagId,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| children::lift_flag(vault, file, id, &reason, now))
}

/// Writes an item down.
#[tauri::command(async)]
#[specta::specta]
pub fn add_item(session: State<'_, Session>, file: CaseId, item: ItemInput) -> Result<ItemId, Failure> {
    session.open(|vault, now| children::add_item(vault, file, item, now))
}

/// Writes a visit down with all of its lines.
#[tauri::command(async)]
#[specta::specta]
pub fn add_visit(session: State<'_, Session>, file: CaseId, visit: VisitInput) -> Result<VisitId, Failure> {
    session.open(|vault, now| children::add_visit(vault, file, &visit, now))
}

/// What a visit was, to be corrected or to get further lines.
#[tauri::command(async)]
#[specta::specta]
pub fn visit_of(session: State<'_, Session>, file: CaseId, id: VisitId) -> Result<VisitHead, Failure> {
    session.open(|vault, _| children::visit_of(vault, file, id))
}

/// Adds lines to a visit.
#[tauri::command(async)]
#[specta::specta]
pub fn add_lines(
    session: State<'_, Session>,
    file: CaseId,
    id: VisitId,
    lines: Vec<LineInput>,
) -> Result<(), Failure> {
    session.open(|vault, now| children::add_lines(vault, file, id, &lines, now))
}

/// Corrects what a visit was.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_visit(
    session: State<'_, Session>,
    file: CaseId,
    id: VisitId,
    visit: VisitHead,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| children::amend_visit(vault, file, id, &visit, &reason, now))
}

/// What is about to be copied into another child's file.
#[tauri::command(async)]
#[specta::specta]
pub fn to_copy(session: State<'_, Session>, file: CaseId, what: CopyWhat) -> Result<ToCopy, Failure> {
    session.open(|vault, now| children::to_copy(vault, file, what, now))
}

/// Copies it.
#[tauri::command(async)]
#[specta::specta]
pub fn copy(session: State<'_, Session>, file: CaseId, copied: CopyInput) -> Result<(), Failure> {
    session.open(|vault, now| children::copy(vault, file, &copied, now))
}

/// Corrects an item.
#[tauri::command(async)]
#[specta::specta]
pub fn amend_item(
    session: State<'_, Session>,
    file: CaseId,
    id: ItemId,
    item: ItemInput,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| children::amend_item(vault, file, id, item, &reason, now))
}

/// Withdraws an item recorded in error.
#[tauri::command(async)]
#[specta::specta]
pub fn withdraw_item(
    session: State<'_, Session>,
    file: CaseId,
    id: ItemId,
    reason: String,
) -> Result<(), Failure> {
    session.open(|vault, now| children::withdraw_item(vault, file, id, &reason, now))
}

/// Records advice that was asked for outside a decision.
#[tauri::command(async)]
#[specta::specta]
pub fn record_advice(
    session: State<'_, Session>,
    file: CaseId,
    advice: AdviceInput,
) -> Result<AdviceId, Failure> {
    session.open(|vault, now| children::record_advice(vault, file, &advice, now))
}

/// Every way in which somebody may have made sure of a recipient, and which of them are none.
#[tauri::command(async)]
#[specta::specta]
pub fn identity_checks() -> Vec<CheckChoice> {
    children::identity_checks()
}

/// What the signed decisions of a file say of the shares that rest on them.
#[tauri::command(async)]
#[specta::specta]
pub fn shares_to_record(session: State<'_, Session>, file: CaseId) -> Result<Vec<ShareKnown>, Failure> {
    session.open(|vault, _| children::shares_to_record(vault, file))
}

/// Records what left: to whom, why and how.
#[tauri::command(async)]
#[specta::specta]
pub fn record_disclosure(
    session: State<'_, Session>,
    file: CaseId,
    disclosure: DisclosureInput,
) -> Result<DisclosureId, Failure> {
    session.open(|vault, now| children::record_disclosure(vault, file, disclosure, now))
}

/// What in the record of a share looks like somebody protected, before it is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn leftovers_in_share(
    session: State<'_, Session>,
    file: CaseId,
    disclosure: DisclosureInput,
) -> Result<Vec<LeftoverView>, Failure> {
    session.open(|vault, _| children::leftovers_in_share(vault, file, &disclosure))
}

/// The lines of a paper in which something cannot be printed, before it is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn not_printed(session: State<'_, Session>, paper: paper::WhichPaper) -> Result<Vec<String>, Failure> {
    session.open(|vault, now| paper::not_printed(vault, paper, now))
}

/// Saves a file as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_file_summary(app: AppHandle, file: CaseId, path: String) -> Result<(), Failure> {
    work::run(app, paper::SaveFile { case: file, path: path.into() }).await
}

/// What looks like somebody protected in the paper of a file.
#[tauri::command(async)]
#[specta::specta]
pub fn leftovers_in_file(session: State<'_, Session>, file: CaseId) -> Result<Vec<LeftoverView>, Failure> {
    session.open(|vault, now| paper::leftovers_in_file(vault, file, now))
}

/// What was answered of forms that looked like somebody protected.
#[tauri::command(async)]
#[specta::specta]
pub fn answer_leftovers(session: State<'_, Session>, answers: Vec<LeftoverInput>) -> Result<(), Failure> {
    session.open(|vault, now| paper::answer_leftovers(vault, &answers, now))
}

/// Which other agencies hold a record, and how it is asked for.
#[tauri::command(async)]
#[specta::specta]
pub fn elsewhere(session: State<'_, Session>, file: CaseId) -> Result<ElsewhereView, Failure> {
    session.open(|vault, _| children::elsewhere(vault, file))
}

/// Writes down that another agency holds a record, or corrects what is known of one.
#[tauri::command(async)]
#[specta::specta]
pub fn record_elsewhere(
    session: State<'_, Session>,
    file: CaseId,
    id: Option<HeldElsewhereId>,
    held: ElsewhereInput,
) -> Result<HeldElsewhereId, Failure> {
    session.open(|vault, now| children::record_elsewhere(vault, file, id, &held, now))
}

/// What looks like somebody protected in a chronology of ticked rows.
#[tauri::command(async)]
#[specta::specta]
pub fn leftovers_in_chronology(
    session: State<'_, Session>,
    file: CaseId,
    rows: Vec<EntryId>,
) -> Result<Vec<LeftoverView>, Failure> {
    session.open(|vault, now| paper::leftovers_in_chronology(vault, file, &rows, now))
}

/// The lines of a chronology in which something cannot be printed, before it is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn chronology_not_printed(
    session: State<'_, Session>,
    file: CaseId,
    rows: Vec<EntryId>,
) -> Result<Vec<String>, Failure> {
    session.open(|vault, now| paper::chronology_not_printed(vault, file, &rows, now))
}

/// Saves a chronology of ticked rows as a document.
#[tauri::command]
#[specta::specta]
pub async fn save_chronology(
    app: AppHandle,
    file: CaseId,
    rows: Vec<EntryId>,
    path: String,
) -> Result<(), Failure> {
    work::run(app, paper::SaveChronology { case: file, rows, path: path.into() }).await
}

/// Saves the separate sheet of a file's protected names as a document of its own.
#[tauri::command]
#[specta::specta]
pub async fn save_restricted_sheet(app: AppHandle, file: CaseId, path: String) -> Result<(), Failure> {
    work::run(app, paper::SaveRestrictedSheet { case: file, path: path.into() }).await
}

/// Keeps what is being typed in a form.
#[tauri::command(async)]
#[specta::specta]
pub fn save_note(session: State<'_, Session>, key: String, body: String) -> Result<Moment, Failure> {
    session.open(|vault, now| children::save_note(vault, &key, &body, now))
}

/// What was being typed in a form.
#[tauri::command(async)]
#[specta::specta]
pub fn note(session: State<'_, Session>, key: String) -> Result<Option<String>, Failure> {
    session.open(|vault, _| children::note(vault, &key))
}
