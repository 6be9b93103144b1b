//! What was written into a child's file and belongs in a restricted one.
//!
//! The ledger never forgets, so nothing moves: what belongs elsewhere is stated again in the restricted file,
//! and the entries that said it before stand in no file any more. They keep their place and their hash in the
//! chain, and that is all that a slice of the child's file carries of them.

#![deny(clippy::wildcard_enum_match_arm)]

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{CaseId, EntryId, Payload, ReadPayload, Stated};
use uuid::Uuid;

use crate::Result;
use crate::ledger::At;

/// The condition under which an entry `e` still stands in the file that its header names.
pub(crate) const STANDS: &str = "NOT EXISTS (SELECT 1 FROM set_apart a WHERE a.entry = e.n)";

pub(crate) fn put(db: &Connection, at: &At, entries: &[EntryId]) -> Result<()> {
    for entry in entries {
        db.prepare_cached(
            "INSERT INTO set_apart (entry, by) SELECT n, ?2 FROM entries WHERE id = ?1 ON CONFLICT DO NOTHING",
        )?
        .execute(params![entry.to_string(), at.n])?;
    }
    Ok(())
}

/// The entry that states a thing in the file that sets it apart, where its content is there and known.
pub(crate) fn stated(db: &Connection, entry: EntryId) -> Result<Option<(i64, Payload)>> {
    let sql = "SELECT e.n, e.kind, e.version, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n WHERE e.id = ?1";
    let found: Option<(i64, String, u32, Vec<u8>)> = db
        .prepare_cached(sql)?
        .query_row([entry.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    Ok(found.and_then(|(n, kind, version, bytes)| match Payload::read(&kind, version, &bytes) {
        Ok(ReadPayload::Known(payload)) => Some((n, *payload)),
        // Named as damaged by whoever verifies; see `project::fold`.
        Ok(ReadPayload::Unknown { .. }) | Err(_) => None,
    }))
}

/// The table in which a thing stands that can be set apart.
pub(crate) fn table_of(states: Stated<'_>) -> &'static str {
    match states {
        Stated::Item(_) => "items",
        Stated::Attachment(_) => "attachments",
        Stated::Advice(_) => "advice",
        Stated::Disclosure(_) => "disclosures",
        Stated::Emergency(_) => "emergencies",
        Stated::Obligation(_) => "obligations",
    }
}

/// Lets a thing stand in the file that set it apart, in the form that an entry gives it. The name of the table is
/// this crate's own, never anything typed.
pub(crate) fn rehome(db: &Connection, at: &At, table: &str, thing: Uuid, stated: i64) -> Result<()> {
    db.prepare_cached(&format!("UPDATE {table} SET case_id = ?2, entry = ?3 WHERE id = ?1"))?
        .execute(params![thing.to_string(), at.case_text(), stated])?;
    Ok(())
}

/// Lets a thing stand in no file.
pub(crate) fn take_away(db: &Connection, table: &str, thing: Uuid) -> Result<()> {
    db.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([thing.to_string()])?;
    if table == "items" {
        db.prepare_cached("DELETE FROM item_people WHERE item = ?1")?.execute([thing.to_string()])?;
    }
    Ok(())
}

/// Whether an entry of a restricted file only says again what a child's file says already: a tie, a flag, an
/// item … Then what the child's file made of it stands.
pub(crate) fn is_said_again(db: &Connection, at: &At, payload: &Payload) -> Result<bool> {
    let (Some(table), Some(thing)) = (first_said_in(payload), payload.thing()) else { return Ok(false) };
    if !is_restricted(db, at.case)? {
        return Ok(false);
    }
    let first = format!(
        "SELECT 1 FROM {table} t JOIN entries e ON e.n = t.entry WHERE t.id = ?1 AND e.case_id IS NOT ?2"
    );
    Ok(db.prepare_cached(&first)?.exists(params![thing.to_string(), at.case_text()])?)
}

/// The table in which it shows that a thing was said in another file before. No wildcard: a new kind of entry
/// does not compile until somebody has decided whether a restricted file may change what the child's made of it.
fn first_said_in(payload: &Payload) -> Option<&'static str> {
    match payload {
        Payload::RelationshipRecorded { .. } | Payload::RelationshipAmended { .. } => Some("relationships"),
        Payload::FlagSet { .. } => Some("flags"),
        Payload::ItemRecorded { .. } | Payload::ItemAmended { .. } => Some("items"),
        Payload::AttachmentAdded { .. } | Payload::AttachmentAmended { .. } => Some("attachments"),
        Payload::AdviceRecorded { .. } => Some("advice"),
        Payload::DisclosureRecorded { .. } => Some("disclosures"),
        // A person is known alike in every file, and what ends or closes a thing ends it everywhere.
        Payload::PersonRecorded { .. }
        | Payload::PersonAmended { .. }
        | Payload::RelationshipEnded { .. }
        | Payload::FlagLifted { .. }
        | Payload::LeftoverAnswered { .. }
        | Payload::FilesJoined { .. }
        | Payload::FilesParted { .. }
        | Payload::ItemWithdrawn { .. }
        | Payload::AttachmentWithdrawn { .. }
        | Payload::ObligationSettled { .. }
        | Payload::ObligationReopened { .. }
        // Recorded once, or set apart as a whole before it is told on.
        | Payload::ObligationAdded { .. }
        | Payload::EmergencyRecorded { .. }
        | Payload::EmergencyWrittenUp { .. }
        | Payload::CallMade { .. }
        | Payload::ConsentRecorded { .. }
        | Payload::SlipMade { .. }
        | Payload::LeavingSaid { .. }
        | Payload::ShareRecorded { .. }
        | Payload::ReceivedRecorded { .. }
        | Payload::ReceivedAmended { .. }
        | Payload::ReceivedWithdrawn { .. }
        | Payload::AccountNoted { .. }
        | Payload::StatementRecorded { .. }
        | Payload::ElsewhereRecorded { .. }
        | Payload::DecisionSigned { .. }
        | Payload::DecisionCountersigned { .. }
        | Payload::SetApart { .. }
        | Payload::CaseOpened { .. }
        | Payload::CaseAmended { .. }
        // The vault's own business.
        | Payload::OriginStarted { .. }
        | Payload::PractitionerRecorded { .. }
        | Payload::RecoveryConfirmed {}
        | Payload::ContactAdded { .. }
        | Payload::ContactChanged { .. }
        | Payload::ContactRemoved { .. }
        | Payload::PackKept { .. }
        | Payload::PackInstalled { .. }
        | Payload::PackRemoved { .. }
        | Payload::PackKeyImported { .. }
        | Payload::ProfileTaken { .. }
        | Payload::RecoveredByAgency { .. }
        | Payload::HandoverMade { .. }
        | Payload::HandoverWritten { .. }
        | Payload::HandoverDropped { .. }
        | Payload::ReceiptTaken { .. }
        | Payload::RecipientKeyImported { .. }
        | Payload::HeadNotFound { .. }
        | Payload::HeadConfirmed { .. }
        | Payload::ClockDoubted { .. }
        | Payload::ClockTrusted { .. }
        | Payload::CheckpointSigned { .. }
        | Payload::Disposed { .. } => None,
    }
}

/// Whether an entry was set apart.
pub(crate) fn is_set_apart(db: &Connection, entry: EntryId) -> Result<bool> {
    let sql = "SELECT 1 FROM set_apart a JOIN entries e ON e.n = a.entry WHERE e.id = ?1";
    Ok(db.prepare_cached(sql)?.exists([entry.to_string()])?)
}

/// Whether an entry stands in a file, by its header.
pub(crate) fn is_in(db: &Connection, entry: EntryId, case: CaseId) -> Result<bool> {
    let sql = "SELECT 1 FROM entries WHERE id = ?1 AND case_id = ?2";
    Ok(db.prepare_cached(sql)?.exists([entry.to_string(), case.to_string()])?)
}

/// Whether a file is a restricted one; no file is none.
pub(crate) fn is_restricted(db: &Connection, case: Option<CaseId>) -> Result<bool> {
    let Some(case) = case else { return Ok(false) };
    let sql = "SELECT 1 FROM cases WHERE id = ?1 AND restricted = 1";
    Ok(db.prepare_cached(sql)?.exists([case.to_string()])?)
}
