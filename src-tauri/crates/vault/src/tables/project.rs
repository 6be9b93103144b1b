//! From entries to tables.
//!
//! One dispatcher says what each kind of entry does to each projection, without a wildcard: a new kind does
//! not compile until somebody has decided. Projecting refuses nothing; what must not be recorded was refused
//! before it was appended (`rules.rs`), so that a rebuild of what is there always succeeds.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{EntryId, Payload, ReadPayload, Sha256, Stated};
use uuid::Uuid;

use crate::ledger::{At, set_apart};
use crate::tables::projection::Projection;
use crate::tables::{
    accounts, advice, attachments, calls, cases, consents, contacts, countersignatures, decisions,
    disclosures, elsewhere, emergencies, flags, handovers, installed_packs, items, joins, leavings,
    leftovers, listed, obligations, packs, people, practitioner, profiles, receipts, received, recipients,
    relationships, shares, sharing_log, slips, statements, touched, waiting,
};
use crate::{Result, Work, db, search};

/// Entries folded in one transaction of a resumable rebuild.
const BATCH: i64 = 2000;
/// Entries folded between two looks at whether a check was stopped.
const STRETCH: i64 = 256;

/// Which projections are being written: all, or one of them in a rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Only {
    /// All.
    All,
    /// One.
    One(Projection),
}

/// Folds one entry in. No wildcard: every kind has been decided.
#[allow(clippy::too_many_lines)]
pub(crate) fn apply(db: &Connection, at: &At, payload: &Payload, only: Only) -> Result<()> {
    use Projection as P;
    let on = |projection: P| only == Only::All || only == Only::One(projection);
    let about = |subject: String| -> Result<()> {
        if on(P::Subjects) {
            db.prepare_cached(
                "INSERT INTO subjects (subject, entry) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![subject, at.n])?;
        }
        Ok(())
    };
    // Runs a write where its projection is asked for.
    macro_rules! to {
        ($($projection:ident => $write:expr),+ $(,)?) => {{ $(if on(P::$projection) { $write?; })+ }};
    }
    // The same, but for what a restricted file only says again.
    macro_rules! first_to {
        ($projection:ident => $write:expr) => {{
            if on(P::$projection) && !set_apart::is_said_again(db, at, payload)? {
                $write?;
            }
        }};
    }
    to!(SharingLog => sharing_log::put(db, at, payload));
    match payload {
        Payload::OriginStarted { .. }
        | Payload::RecoveredByAgency { .. }
        | Payload::CheckpointSigned { .. } => {}
        // An index over the ledger serves them; see `ledger/doubts.rs`.
        Payload::HeadNotFound { .. }
        | Payload::HeadConfirmed { .. }
        | Payload::ClockDoubted { .. }
        | Payload::ClockTrusted { .. } => {}
        // What a disposal takes away is folded by leaving it out; see `Writer::append`.
        Payload::Disposed { entries, .. } => {
            for entry in entries {
                about(entry.to_string())?;
            }
        }
        Payload::PractitionerRecorded { practitioner } => {
            about(practitioner.id.to_string())?;
            to!(Practitioners => practitioner::put(db, at, practitioner));
        }
        Payload::RecoveryConfirmed {} => to!(Recovery => practitioner::confirm_recovery(db, at)),
        Payload::CaseOpened { case } | Payload::CaseAmended { case, .. } => {
            about(case.id.to_string())?;
            to!(
                Cases => cases::put(db, at, case),
                Listed => listed::put(db, case),
                Search => search::put_case(db, at, case),
            );
        }
        Payload::PersonRecorded { person } => {
            about(person.id.to_string())?;
            to!(
                People => people::put(db, at, person),
                People => people::join_case(db, at, person.id),
                Listed => listed::name(db, person.id),
                Search => search::put_person(db, at, person),
            );
        }
        Payload::PersonAmended { person, .. } => {
            about(person.id.to_string())?;
            to!(
                People => people::put(db, at, person),
                Listed => listed::name(db, person.id),
                Search => search::put_person(db, at, person),
            );
        }
        Payload::RelationshipRecorded { relationship }
        | Payload::RelationshipAmended { relationship, .. } => {
            about(relationship.id.to_string())?;
            first_to!(Relationships => relationships::put(db, at, relationship));
        }
        Payload::RelationshipEnded { id, .. } => {
            about(id.to_string())?;
            to!(Relationships => relationships::end(db, at, *id));
        }
        Payload::FlagSet { flag } => {
            about(flag.id.to_string())?;
            first_to!(Flags => flags::put(db, at, flag));
        }
        Payload::FlagLifted { id, .. } => {
            about(id.to_string())?;
            to!(Flags => flags::lift(db, at, *id));
        }
        Payload::LeftoverAnswered { answer } => to!(Leftovers => leftovers::put(db, at, answer)),
        Payload::ItemRecorded { item } | Payload::ItemAmended { item, .. } => {
            about(item.id.to_string())?;
            first_to!(Items => items::put(db, at, item));
            to!(Search => search::put_item(db, at, item));
        }
        Payload::ItemWithdrawn { id, .. } => {
            about(id.to_string())?;
            to!(Items => items::withdraw(db, at, *id), Search => search::remove(db, &id.to_string()));
        }
        Payload::AttachmentAdded { attachment } | Payload::AttachmentAmended { attachment, .. } => {
            about(attachment.id.to_string())?;
            first_to!(Attachments => attachments::put(db, at, attachment));
            to!(Search => search::put_attachment(db, at, attachment));
        }
        Payload::AttachmentWithdrawn { id, .. } => {
            about(id.to_string())?;
            to!(Attachments => attachments::withdraw(db, at, *id), Search => search::remove(db, &id.to_string()));
        }
        Payload::FilesJoined { join } => {
            about(join.id.to_string())?;
            to!(Joins => joins::put(db, at, join));
        }
        Payload::FilesParted { id, .. } => {
            about(id.to_string())?;
            to!(Joins => joins::end(db, at, *id));
        }
        Payload::SetApart { thing, from, stated, entries, .. } => {
            about(thing.to_string())?;
            to!(
                SetApart => set_apart::put(db, at, entries),
                Touched => touched::find(db, *from),
                Waiting => waiting::set_apart(db, *from, entries),
                SharingLog => sharing_log::set_apart(db, at, *thing, *stated),
                Search => search::remove(db, &thing.to_string()),
            );
            for projection in Projection::ALL.into_iter().filter(|projection| on(*projection)) {
                if let Some(table) = projection.set_apart_in() {
                    rehome(db, at, table, *thing, *stated)?;
                }
            }
        }
        Payload::AdviceRecorded { advice } => {
            about(advice.id.to_string())?;
            first_to!(Advice => advice::put(db, at, advice));
            to!(Search => search::put_advice(db, at, advice));
        }
        Payload::DecisionSigned { decision } => {
            about(decision.id.to_string())?;
            to!(Decisions => decisions::put(db, at, decision), Search => search::put_decision(db, at, decision));
            for obligation in &decision.obligations {
                about(obligation.id.to_string())?;
                to!(Obligations => obligations::put(db, at, obligation, Some(decision.id)));
            }
        }
        Payload::DecisionCountersigned { countersigned } => {
            about(countersigned.said.decision.to_string())?;
            to!(Countersignatures => countersignatures::put(db, at, countersigned));
        }
        Payload::ObligationAdded { obligation } => {
            about(obligation.id.to_string())?;
            to!(Obligations => obligations::put(db, at, obligation, None));
        }
        Payload::ObligationSettled { id, .. } => {
            about(id.to_string())?;
            to!(Obligations => obligations::settle(db, at, *id));
        }
        Payload::ObligationReopened { id } => {
            about(id.to_string())?;
            to!(Obligations => obligations::reopen(db, *id));
        }
        Payload::DisclosureRecorded { disclosure } => {
            about(disclosure.id.to_string())?;
            first_to!(Disclosures => disclosures::put(db, at, disclosure));
            to!(Search => search::put_disclosure(db, at, disclosure));
        }
        Payload::CallMade { call } => {
            about(call.id.to_string())?;
            to!(Calls => calls::put(db, at, call));
        }
        Payload::ConsentRecorded { consent } => {
            about(consent.id.to_string())?;
            to!(Consents => consents::put(db, at, consent));
        }
        Payload::SlipMade { slip } => {
            about(slip.id.to_string())?;
            to!(Slips => slips::put(db, at, slip));
        }
        Payload::LeavingSaid { leaving } => {
            about(leaving.id.to_string())?;
            to!(Leavings => leavings::put(db, at, leaving));
        }
        Payload::ShareRecorded { share } => {
            about(share.id.to_string())?;
            to!(Shares => shares::put(db, at, share));
        }
        Payload::ReceivedRecorded { received } | Payload::ReceivedAmended { received, .. } => {
            about(received.id.to_string())?;
            to!(Received => received::put(db, at, received));
        }
        Payload::ReceivedWithdrawn { id, .. } => {
            about(id.to_string())?;
            to!(Received => received::withdraw(db, at, *id));
        }
        Payload::AccountNoted { note } => {
            about(note.id.to_string())?;
            to!(Accounts => accounts::put(db, at, note));
        }
        Payload::StatementRecorded { statement } => {
            about(statement.id.to_string())?;
            to!(Statements => statements::put(db, at, statement));
        }
        Payload::ElsewhereRecorded { held } => {
            about(held.id.to_string())?;
            to!(Elsewhere => elsewhere::put(db, at, held));
        }
        Payload::EmergencyRecorded { emergency } => {
            about(emergency.id.to_string())?;
            to!(Emergencies => emergencies::put(db, at, emergency), Search => search::put_emergency(db, at, emergency));
        }
        Payload::EmergencyWrittenUp { write_up } => {
            about(write_up.emergency.to_string())?;
            to!(Emergencies => emergencies::write_up(db, at, write_up), Search => search::put_write_up(db, at, write_up));
        }
        Payload::ContactAdded { contact } | Payload::ContactChanged { contact, .. } => {
            about(contact.id.to_string())?;
            to!(Contacts => contacts::put(db, at, contact));
        }
        Payload::ContactRemoved { id, .. } => {
            about(id.to_string())?;
            to!(Contacts => contacts::remove(db, at, *id));
        }
        Payload::PackKept { pack } => {
            about(pack.hash.to_string())?;
            to!(Packs => packs::put(db, at, pack));
        }
        Payload::PackInstalled { pack, .. } => {
            about(pack.hash.to_string())?;
            to!(InstalledPacks => installed_packs::put(db, at, pack.hash));
        }
        Payload::PackRemoved { pack, .. } => {
            about(pack.to_string())?;
            to!(InstalledPacks => installed_packs::remove(db, at, *pack));
        }
        Payload::ProfileTaken { profile } => {
            about(profile.hash.to_string())?;
            to!(Profiles => profiles::put(db, at, profile));
        }
        Payload::PackKeyImported { key, .. } => {
            about(key.clone())?;
            to!(PackKeys => installed_packs::put_key(db, at, key));
        }
        Payload::HandoverMade { id, .. } => {
            about(id.to_string())?;
            if let Some(made) = payload.handover() {
                to!(Handovers => handovers::put(db, at, &made), Waiting => waiting::made(db, *id));
            }
        }
        Payload::HandoverWritten { handover, .. } => {
            about(handover.to_string())?;
            to!(Handovers => handovers::written(db, at, *handover), Waiting => waiting::cover(db, *handover));
        }
        Payload::HandoverDropped { handover } => {
            about(handover.to_string())?;
            to!(Handovers => handovers::dropped(db, at, *handover));
        }
        Payload::ReceiptTaken { receipt } => {
            about(receipt.handover.to_string())?;
            to!(Handovers => receipts::put(db, at, receipt), Waiting => waiting::received(db, receipt));
        }
        Payload::RecipientKeyImported { recipient, .. } => {
            about(recipient.clone())?;
            to!(Recipients => recipients::put(db, at, recipient));
        }
    }
    stands(db, at, only)
}

/// Lets a thing stand in the file that set it apart, in the form in which it was stated there. What is not stated
/// there, since that was disposed of or a newer version wrote it, stands nowhere.
fn rehome(db: &Connection, at: &At, table: &'static str, thing: Uuid, stated: EntryId) -> Result<()> {
    let Some((n, payload)) = set_apart::stated(db, stated)? else {
        return set_apart::take_away(db, table, thing);
    };
    match payload.states().filter(|states| states.thing() == thing) {
        Some(states) if set_apart::table_of(states) == table => {
            set_apart::rehome(db, at, table, thing, n)?;
            match states {
                Stated::Item(item) => items::put_people(db, item),
                Stated::Advice(advice) => advice::put_decision(db, advice),
                Stated::Disclosure(disclosure) => disclosures::put_decision(db, disclosure),
                Stated::Attachment(_) | Stated::Emergency(_) | Stated::Obligation(_) => Ok(()),
            }
        }
        Some(_) | None => set_apart::take_away(db, table, thing),
    }
}

/// What every entry of a file does, also one whose content is gone or was written by a newer version.
fn stands(db: &Connection, at: &At, only: Only) -> Result<()> {
    let on = |projection: Projection| only == Only::All || only == Only::One(projection);
    if on(Projection::Touched) {
        touched::put(db, at)?;
    }
    if on(Projection::Waiting) {
        waiting::put(db, at)?;
    }
    Ok(())
}

/// Where a rebuild stands: the order of folding of the last entry.
type Position = (i64, String, i64);

/// Folds up to `limit` entries after a position; returns the last one's row and position, or none at the end.
///
/// What was disposed of, what a newer version wrote and what cannot be read is left out here: the first
/// two lawfully, the third is named by `verify`.
fn fold(db: &Connection, after: &Position, limit: i64, only: Only) -> Result<Option<(i64, Position)>> {
    let mut statement = db.prepare_cached(
        "SELECT e.n, e.case_id, e.origin, e.kind, e.version, p.bytes, e.fold_at, e.sequence FROM entries e \
         LEFT JOIN payloads p ON p.entry = e.n WHERE (e.fold_at, e.origin, e.sequence) > (?1, ?2, ?3) \
         ORDER BY e.fold_at, e.origin, e.sequence LIMIT ?4",
    )?;
    let mut rows = statement.query(params![after.0, after.1, after.2, limit])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let case: Option<String> = row.get(1)?;
        let (origin, kind, version): (String, String, u32) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let bytes: Option<Vec<u8>> = row.get(5)?;
        let at = At {
            n: row.get(0)?,
            case: case.map(|c| db::id(&c, "case id")).transpose()?,
            origin: db::id(&origin, "origin")?,
        };
        match bytes.map(|bytes| Payload::read(&kind, version, &bytes)) {
            Some(Ok(ReadPayload::Known(payload))) => apply(db, &at, &payload, only)?,
            Some(Ok(ReadPayload::Unknown { .. }) | Err(_)) | None => stands(db, &at, only)?,
        }
        last = Some((at.n, (row.get(6)?, origin, row.get(7)?)));
    }
    Ok(last)
}

fn beginning() -> Position {
    (i64::MIN, String::new(), 0)
}

/// Rebuilds all of them inside the running transaction, in one pass over the ledger.
pub(crate) fn refold(db: &Connection) -> Result<()> {
    Projection::ALL.into_iter().try_for_each(|projection| projection.clear(db))?;
    let mut position = beginning();
    while let Some((_, next)) = fold(db, &position, BATCH, Only::All)? {
        position = next;
    }
    Ok(())
}

/// Brings every projection to this program's version, in batches that each stand on disk; a rebuild that
/// was cut off or stopped goes on where it ended. Returns the projections that were rebuilt.
pub(crate) fn catch_up(db: &mut Connection, work: &Work) -> Result<Vec<Projection>> {
    let mut behind = Vec::new();
    for projection in Projection::ALL {
        let state: Option<(i64, Option<i64>)> = db
            .query_row(
                "SELECT version, resuming FROM projections WHERE name = ?1",
                [projection.name()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        match state {
            Some((version, None)) if version == projection.version() => {}
            Some((version, Some(n))) if version == projection.version() => behind.push((projection, Some(n))),
            Some(_) | None => behind.push((projection, None)),
        }
    }
    if behind.is_empty() {
        return Ok(vec![]);
    }
    // Counted only here: it walks over every entry, and most openings rebuild nothing.
    let of: i64 = db.query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?;
    work.expect(db::count(of).saturating_mul(behind.len() as u64));
    work.bind(db)?;
    let caught =
        behind.iter().try_for_each(|(projection, resuming)| one(db, *projection, *resuming, of, work));
    Work::unbind(db)?;
    caught?;
    Ok(behind.into_iter().map(|(projection, _)| projection).collect())
}

/// Brings one projection to this program's version, from the entry at which an earlier rebuild ended.
fn one(
    db: &mut Connection,
    projection: Projection,
    resuming: Option<i64>,
    of: i64,
    work: &Work,
) -> Result<()> {
    let mut position = match resuming {
        Some(n) => position_of(db, n)?,
        None => {
            let tx = db.transaction()?;
            projection.clear(&tx)?;
            mark(&tx, projection, Some(0))?;
            tx.commit()?;
            beginning()
        }
    };
    let mut left = of;
    loop {
        let tx = db.transaction()?;
        let Some((n, next)) = fold(&tx, &position, BATCH, Only::One(projection))? else {
            mark(&tx, projection, None)?;
            tx.commit()?;
            return work.did(db::count(left));
        };
        mark(&tx, projection, Some(n))?;
        tx.commit()?;
        position = next;
        let batch = BATCH.min(left);
        left -= batch;
        work.did(db::count(batch))?;
    }
}

/// Folds every entry into all projections, in batches between which the work can be stopped.
pub(crate) fn fold_all(db: &Connection, work: &Work) -> Result<()> {
    let mut position = beginning();
    while let Some((_, next)) = fold(db, &position, STRETCH, Only::All)? {
        position = next;
        work.did(db::count(STRETCH))?;
    }
    Ok(())
}

fn mark(db: &Connection, projection: Projection, resuming: Option<i64>) -> Result<()> {
    db.execute(
        "INSERT INTO projections (name, version, resuming) VALUES (?1, ?2, ?3) \
         ON CONFLICT (name) DO UPDATE SET version = excluded.version, resuming = excluded.resuming",
        params![projection.name(), projection.version(), resuming],
    )?;
    Ok(())
}

fn position_of(db: &Connection, n: i64) -> Result<Position> {
    let sql = "SELECT fold_at, origin, sequence FROM entries WHERE n = ?1";
    let found = db.query_row(sql, [n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    Ok(found.unwrap_or_else(beginning))
}

/// A hash over every row of a projection.
pub(crate) fn digest(db: &Connection, projection: Projection) -> Result<Sha256> {
    let mut bytes = Vec::new();
    let mut so_far = Sha256([0; 32]);
    for sql in projection.rows() {
        let mut statement = db.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            bytes.clear();
            for column in 0..columns {
                let (tag, value): (u8, &[u8]) = match row.get_ref(column)? {
                    ValueRef::Null => (0, &[]),
                    ValueRef::Integer(i) => (1, &i.to_be_bytes()),
                    ValueRef::Real(f) => (2, &f.to_be_bytes()),
                    ValueRef::Text(text) => (3, text),
                    ValueRef::Blob(blob) => (4, blob),
                };
                bytes.push(tag);
                bytes.extend_from_slice(&(value.len() as u64).to_be_bytes());
                bytes.extend_from_slice(value);
            }
            so_far = Sha256::of(&[&so_far.0, &bytes]);
        }
    }
    Ok(so_far)
}
