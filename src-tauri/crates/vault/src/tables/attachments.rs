//! Papers of files, without their bytes.

use rusqlite::{Connection, params};
use sharewell_records::{Attachment, AttachmentId, CaseId, Payload};

use crate::ledger::{self, At};
use crate::{Reader, Recorded, Result};

pub(crate) fn put(db: &Connection, at: &At, attachment: &Attachment) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attachments (id, case_id, entry) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET entry = excluded.entry",
    )?
    .execute(params![attachment.id.to_string(), at.case_text(), at.n])?;
    Ok(())
}

pub(crate) fn withdraw(db: &Connection, at: &At, id: AttachmentId) -> Result<()> {
    db.prepare_cached("UPDATE attachments SET withdrawn = ?2 WHERE id = ?1 AND withdrawn IS NULL")?
        .execute(params![id.to_string(), at.n])?;
    Ok(())
}

fn pick(payload: Payload) -> Option<Attachment> {
    match payload {
        Payload::AttachmentAdded { attachment } | Payload::AttachmentAmended { attachment, .. } => {
            Some(attachment)
        }
        _ => None,
    }
}

/// The standing papers of a file, the one that was said or corrected last first.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn of_case(r: &Reader<'_>, case: CaseId) -> Result<Vec<Recorded<Attachment>>> {
    let from = "attachments t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n \
                WHERE t.case_id = ?1 AND t.withdrawn IS NULL ORDER BY t.entry DESC";
    ledger::records(r.db(), from, [case.to_string()], pick)
}

/// One paper that stands in a file, withdrawn or not.
///
/// # Errors
/// [`crate::Error::NoSuch`] where there is none.
pub fn get(r: &Reader<'_>, id: AttachmentId) -> Result<Recorded<Attachment>> {
    let from =
        "attachments t JOIN entries e ON e.n = t.entry JOIN payloads p ON p.entry = e.n WHERE t.id = ?1";
    ledger::records(r.db(), from, [id.to_string()], pick)?
        .into_iter()
        .next()
        .ok_or(crate::Error::NoSuch { what: "attachment" })
}

/// What a paper is called that stands in a file, withdrawn or not; empty where its content is gone.
///
/// # Errors
/// [`crate::Error::Unreadable`] names an entry that cannot be read.
pub fn what(r: &Reader<'_>, id: AttachmentId) -> Result<String> {
    match get(r, id) {
        Ok(one) => Ok(one.record.what),
        Err(crate::Error::NoSuch { .. }) => Ok(String::new()),
        Err(other) => Err(other),
    }
}
