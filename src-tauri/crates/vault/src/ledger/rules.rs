//! What may be appended to the vault as it stands.
//!
//! These are rules of the store, not of practice: a thing is recorded once, what is amended or closed must
//! be there and open, and an entry stands in the file that its payload names. Everything else is decided by
//! the use case.

mod of_statement;
mod on_slip;
mod rows;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use sharewell_records::{Attachment, CaseId, EntryId, Payload, Stated};

use crate::attached;
use crate::ledger::{doubts, entries, set_apart};
use crate::tables::{joins, packs};
use crate::{Error, Result};
use rows::Rows;

/// Refuses what must not be appended. No wildcard: every kind has been decided.
#[allow(clippy::too_many_lines)]
pub(crate) fn check(
    db: &Connection,
    case: Option<CaseId>,
    payload: &Payload,
    basis: &[EntryId],
) -> Result<()> {
    for id in basis {
        if !entries::exists(db, *id)? {
            return Err(Error::NoSuch { what: "entry to build on" });
        }
    }
    let rows = Rows { db };
    match payload {
        Payload::CaseOpened { case: opened } => {
            in_file(case, opened.id, payload)?;
            rows.beside(opened)?;
            return rows.absent("cases", &opened.id, "case");
        }
        Payload::CaseAmended { case: amended, .. } => {
            in_file(case, amended.id, payload)?;
            rows.same_kind(amended)?;
        }
        Payload::FilesJoined { join } => in_file(case, join.kept, payload)?,
        Payload::DecisionSigned { decision } => in_file(case, decision.case, payload)?,
        Payload::EmergencyWrittenUp { write_up } => in_file(case, write_up.case, payload)?,
        Payload::EmergencyRecorded { emergency } => {
            if let Some(of) = emergency.case {
                in_file(case, of, payload)?;
            }
        }
        Payload::OriginStarted { .. }
        | Payload::PractitionerRecorded { .. }
        | Payload::RecoveryConfirmed {}
        | Payload::PersonRecorded { .. }
        | Payload::PersonAmended { .. }
        | Payload::RelationshipRecorded { .. }
        | Payload::RelationshipAmended { .. }
        | Payload::RelationshipEnded { .. }
        | Payload::FlagSet { .. }
        | Payload::FlagLifted { .. }
        | Payload::LeftoverAnswered { .. }
        | Payload::FilesParted { .. }
        | Payload::ItemRecorded { .. }
        | Payload::ItemAmended { .. }
        | Payload::ItemWithdrawn { .. }
        | Payload::AttachmentAdded { .. }
        | Payload::AttachmentAmended { .. }
        | Payload::AttachmentWithdrawn { .. }
        | Payload::SetApart { .. }
        | Payload::AdviceRecorded { .. }
        | Payload::DecisionCountersigned { .. }
        | Payload::ObligationAdded { .. }
        | Payload::ObligationSettled { .. }
        | Payload::ObligationReopened { .. }
        | Payload::DisclosureRecorded { .. }
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
        | Payload::Disposed { .. } => {}
    }
    if let Some(case) = case {
        rows.present("cases", &case, "case")?;
    }
    match payload {
        // Written by the vault itself, each by its own way in.
        Payload::OriginStarted { .. }
        | Payload::PackKept { .. }
        | Payload::RecoveredByAgency { .. }
        | Payload::HeadNotFound { .. }
        | Payload::ClockDoubted { .. }
        | Payload::CheckpointSigned { .. } => Err(Error::NotAllowed { kind: payload.kind().to_owned() }),
        // Nothing is confirmed that is not in doubt.
        Payload::HeadConfirmed { .. } => match doubts::standing(db)?.heads() {
            [] => Err(Error::AlreadyClosed { what: "head" }),
            [..] => Ok(()),
        },
        Payload::ClockTrusted { .. } => match doubts::standing(db)?.clock_last() {
            None => Err(Error::AlreadyClosed { what: "clock" }),
            Some(_) => Ok(()),
        },
        Payload::PractitionerRecorded { .. }
        | Payload::RecoveryConfirmed {}
        | Payload::CaseOpened { .. }
        | Payload::CaseAmended { .. }
        | Payload::AdviceRecorded { .. }
        | Payload::RecipientKeyImported { .. }
        | Payload::PackKeyImported { .. }
        | Payload::ProfileTaken { .. } => Ok(()),
        Payload::PackInstalled { pack, .. } => {
            if !packs::has(db, pack.hash)? {
                return Err(Error::NoSuch { what: "guidance pack" });
            }
            match rows.closed("installed_packs", "removed", &pack.hash)? {
                Some(false) => Err(Error::AlreadyRecorded { what: "guidance pack" }),
                Some(true) | None => Ok(()),
            }
        }
        Payload::PackRemoved { pack, .. } => rows.open("installed_packs", "removed", pack, "guidance pack"),
        Payload::PersonRecorded { person } => match case {
            // The same person may stand in a second file.
            Some(case) => {
                let sql = "SELECT 1 FROM case_people WHERE case_id = ?1 AND person = ?2";
                let known = db.prepare_cached(sql)?.exists([case.to_string(), person.id.to_string()])?;
                if known { Err(Error::AlreadyRecorded { what: "person" }) } else { Ok(()) }
            }
            None => rows.absent("people", &person.id, "person"),
        },
        Payload::PersonAmended { person, .. } => rows.present("people", &person.id, "person"),
        Payload::RelationshipRecorded { relationship } => {
            rows.present("people", &relationship.from, "person")?;
            rows.present("people", &relationship.to, "person")?;
            rows.once(case, "relationships", &relationship.id, "relationship", payload)
        }
        Payload::RelationshipAmended { relationship, .. } => {
            rows.open("relationships", "ended", &relationship.id, "relationship")
        }
        Payload::RelationshipEnded { id, .. } => {
            rows.closes(case, ("relationships", "ended"), id, "relationship", payload)
        }
        Payload::FlagSet { flag } => {
            rows.present("people", &flag.person, "person")?;
            rows.once(case, "flags", &flag.id, "flag", payload)
        }
        Payload::LeftoverAnswered { answer } => rows.present("people", &answer.person, "person"),
        Payload::FlagLifted { id, .. } => rows.closes(case, ("flags", "lifted"), id, "flag", payload),
        Payload::ItemRecorded { item } => rows.once(case, "items", &item.id, "item", payload),
        Payload::ItemAmended { item, .. } => rows.open("items", "withdrawn", &item.id, "item"),
        Payload::ItemWithdrawn { id, .. } => rows.closes(case, ("items", "withdrawn"), id, "item", payload),
        // Every entry about a paper speaks of the bytes that are there.
        Payload::AttachmentAdded { attachment } => {
            bytes_are_there(db, attachment)?;
            rows.once(case, "attachments", &attachment.id, "attachment", payload)
        }
        Payload::AttachmentAmended { attachment, .. } => {
            bytes_are_there(db, attachment)?;
            rows.open("attachments", "withdrawn", &attachment.id, "attachment")
        }
        Payload::AttachmentWithdrawn { id, .. } => {
            rows.closes(case, ("attachments", "withdrawn"), id, "attachment", payload)
        }
        Payload::SetApart { thing, from, stated, entries, .. } => {
            if !set_apart::is_restricted(db, case)? || set_apart::is_restricted(db, Some(*from))? {
                return Err(Error::CaseMismatch { kind: payload.kind() });
            }
            for entry in entries.iter().chain([stated]) {
                if set_apart::is_set_apart(db, *entry)? {
                    return Err(Error::AlreadyClosed { what: "entry" });
                }
            }
            let stands = |entry: &EntryId, of: CaseId| match set_apart::is_in(db, *entry, of)? {
                true => Ok(()),
                false => Err(Error::NoSuch { what: "entry to set apart" }),
            };
            if let Some(case) = case {
                stands(stated, case)?;
            }
            // Nothing is set apart that the restricted file does not state: it would stand nowhere.
            let stated = set_apart::stated(db, *stated)?;
            let said = stated.as_ref().and_then(|(_, payload)| payload.states());
            if said.map(Stated::thing) != Some(*thing) {
                return Err(Error::NoSuch { what: "entry to set apart" });
            }
            entries.iter().try_for_each(|entry| stands(entry, *from))
        }
        Payload::DecisionSigned { decision } => {
            if let Some(follows) = decision.follows {
                rows.present("decisions", &follows, "decision")?;
            }
            for obligation in &decision.obligations {
                rows.absent("obligations", &obligation.id, "obligation")?;
            }
            rows.absent("decisions", &decision.id, "decision")
        }
        Payload::DecisionCountersigned { countersigned } => {
            let said = &countersigned.said;
            // In no file, it is what the holder of this vault said of a decision of another one.
            if case.is_some() {
                rows.present("decisions", &said.decision, "decision")?;
            }
            rows.absent("countersignatures", &said.id, "countersignature")
        }
        Payload::ObligationAdded { obligation } => {
            rows.once(case, "obligations", &obligation.id, "obligation", payload)
        }
        Payload::ObligationSettled { id, .. } => {
            rows.closes(case, ("obligations", "settled"), id, "obligation", payload)
        }
        // Nothing is opened again that is not closed, nor from another file.
        Payload::ObligationReopened { id } => match rows.closed("obligations", "settled", id)? {
            Some(true) if !rows.is_of(case, "obligations", id)? => {
                Err(Error::CaseMismatch { kind: payload.kind() })
            }
            Some(true) => Ok(()),
            Some(false) => Err(Error::NotAllowed { kind: payload.kind().to_owned() }),
            None => Err(Error::NoSuch { what: "obligation" }),
        },
        Payload::DisclosureRecorded { disclosure } => {
            rows.once(case, "disclosures", &disclosure.id, "disclosure", payload)
        }
        // It stands with its decision, and is said once.
        Payload::CallMade { call } => {
            if let Some(decision) = call.decision {
                rows.present("decisions", &decision, "decision")?;
                if !rows.is_of(case, "decisions", &decision)? {
                    return Err(Error::CaseMismatch { kind: payload.kind() });
                }
            }
            rows.absent("calls", &call.id, "call")
        }
        Payload::ConsentRecorded { consent } => rows.may_be_answered(case, consent),
        Payload::SlipMade { slip } => rows.may_be_made(case, slip),
        Payload::LeavingSaid { leaving } => rows.may_be_said(case, leaving),
        Payload::ShareRecorded { share } => rows.next_step(case, share),
        Payload::ReceivedRecorded { received } => {
            if case.is_none() {
                return Err(Error::CaseMismatch { kind: payload.kind() });
            }
            rows.absent("received", &received.id, "received")
        }
        // It is corrected where it stands, and not once it was taken back.
        Payload::ReceivedAmended { received, .. } => rows.open_in(case, received.id, payload),
        Payload::ReceivedWithdrawn { id, .. } => rows.open_in(case, *id, payload),
        Payload::AccountNoted { note } => {
            rows.has_left(case, note)?;
            rows.absent("accounts", &note.id, "account")
        }
        Payload::StatementRecorded { statement } => rows.next_of_statement(case, statement),
        Payload::ElsewhereRecorded { held } => rows.known_elsewhere(case, held),
        Payload::EmergencyRecorded { emergency } => {
            match rows.closed("emergencies", "written_up", &emergency.id)? {
                Some(true) => Err(Error::AlreadyClosed { what: "emergency" }),
                Some(false) | None => Ok(()),
            }
        }
        Payload::EmergencyWrittenUp { write_up } => {
            rows.open("emergencies", "written_up", &write_up.emergency, "emergency")
        }
        Payload::FilesJoined { join } => {
            rows.absent("joins", &join.id, "join")?;
            joins::may_stand(db, join)
        }
        Payload::FilesParted { id, .. } => rows.open("joins", "ended", id, "join"),
        Payload::ContactAdded { contact } => {
            in_no_file(case, payload)?;
            rows.absent("contacts", &contact.id, "contact")
        }
        Payload::ContactChanged { contact, .. } => {
            in_no_file(case, payload)?;
            rows.open("contacts", "removed", &contact.id, "contact")
        }
        Payload::ContactRemoved { id, .. } => {
            in_no_file(case, payload)?;
            rows.open("contacts", "removed", id, "contact")
        }
        Payload::HandoverMade { id, .. } => rows.absent("handovers", id, "handover"),
        Payload::HandoverWritten { handover, .. } => rows.present("handovers", handover, "handover"),
        Payload::HandoverDropped { handover } => {
            rows.open("handovers", "dropped", handover, "handover")?;
            rows.never_written(handover)
        }
        Payload::ReceiptTaken { receipt } => {
            in_no_file(case, payload)?;
            rows.present("handovers", &receipt.handover, "handover")?;
            rows.absent("receipts", &receipt.id, "receipt")
        }
        Payload::Disposed { entries, .. } => {
            entries.iter().try_for_each(|id| disposable(db, *id))?;
            entries.iter().try_for_each(|id| goes_last(db, *id, entries))
        }
    }
}

fn bytes_are_there(db: &Connection, attachment: &Attachment) -> Result<()> {
    if attached::is_there(db, attachment)? { Ok(()) } else { Err(Error::NoSuch { what: "attachment" }) }
}

fn in_file(case: Option<CaseId>, of: CaseId, payload: &Payload) -> Result<()> {
    if case == Some(of) { Ok(()) } else { Err(Error::CaseMismatch { kind: payload.kind() }) }
}

/// The directory belongs to the practitioner and not to a child: no file says whom they know, and no handover.
fn in_no_file(case: Option<CaseId>, payload: &Payload) -> Result<()> {
    if case.is_none() { Ok(()) } else { Err(Error::CaseMismatch { kind: payload.kind() }) }
}

/// Content may go; what holds the chain together may not.
fn disposable(db: &Connection, id: EntryId) -> Result<()> {
    let kind: Option<String> = db
        .prepare_cached("SELECT kind FROM entries WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    let Some(kind) = kind else { return Err(Error::NoSuch { what: "entry to dispose of" }) };
    if matches!(
        kind.as_str(),
        "origin_started"
            | "checkpoint_signed"
            | "disposed"
            | "handover_made"
            | "handover_written"
            | "handover_dropped"
            | "receipt_taken"
            | "profile_taken"
            | "recovered_by_agency"
            | "pack_kept"
            | "pack_installed"
            | "head_not_found"
            | "head_confirmed"
            | "clock_doubted"
            | "clock_trusted"
    ) {
        return Err(Error::NotAllowed { kind });
    }
    let gone = db
        .prepare_cached("SELECT 1 FROM disposed d JOIN entries e ON e.n = d.entry WHERE e.id = ?1")?
        .exists([id.to_string()])?;
    if gone {
        return Err(Error::AlreadyClosed { what: "entry" });
    }
    // What a share held, by ids and hashes, stays whatever else goes.
    match set_apart::stated(db, id)? {
        Some((_, payload)) if payload.outlives_the_copy() => Err(Error::NotAllowed { kind }),
        Some(_) | None => Ok(()),
    }
}

/// What keeps something out of children's files, lists and search goes with or after what it keeps out, never
/// before: that a file is restricted, and that an entry was set apart.
fn goes_last(db: &Connection, id: EntryId, with: &[EntryId]) -> Result<()> {
    let kept_out = "SELECT o.id FROM entries e JOIN entries o ON o.case_id = e.case_id AND o.n <> e.n \
                    JOIN payloads p ON p.entry = o.n \
                    WHERE e.id = ?1 AND e.kind = 'case_opened' \
                    AND EXISTS (SELECT 1 FROM cases c WHERE c.id = e.case_id AND c.restricted = 1) \
                    UNION ALL SELECT o.id FROM entries e JOIN set_apart a ON a.by = e.n JOIN entries o ON o.n = a.entry \
                    JOIN payloads p ON p.entry = o.n WHERE e.id = ?1";
    let with: BTreeSet<String> = with.iter().map(ToString::to_string).collect();
    let mut statement = db.prepare_cached(kept_out)?;
    let mut rows = statement.query([id.to_string()])?;
    while let Some(row) = rows.next()? {
        if !with.contains(&row.get::<_, String>(0)?) {
            return Err(Error::NotAllowed { kind: "disposed".to_owned() });
        }
    }
    Ok(())
}
