//! Papers held to the hashes that the ledger carries, as part of a check.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use sharewell_records::{AttachmentHash, AttachmentId, Payload, ReadPayload};

use crate::attached;
use crate::care::findings::{Finding, Place, Report};
use crate::ledger::Reader;
use crate::ledger::recorded::{HEADER, stored};
use crate::{Result, Work, db};

/// Holds every paper to its hash, and looks for bytes that belong to none.
pub(crate) fn check(db: &Connection, report: &mut Report, work: &Work) -> Result<()> {
    work.expect(attached::count(db)?);
    let mut known = BTreeSet::new();
    let sql = format!(
        "SELECT {HEADER}, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n \
         WHERE e.kind IN ('attachment_added', 'attachment_amended') ORDER BY e.n"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut newer = false;
    while let Some(row) = rows.next()? {
        // What cannot be read is named by the walk along the chains.
        let (Ok(found), bytes) = (stored(row), row.get::<_, Vec<u8>>(12)?) else { continue };
        let read = Payload::read(&found.header.kind, found.header.version, &bytes);
        newer |= matches!(read, Ok(ReadPayload::Unknown { .. }));
        let Ok(ReadPayload::Known(payload)) = read else { continue };
        let Some(attachment) = payload.states().and_then(|stated| stated.attachment()).cloned() else {
            continue;
        };
        let header = &found.header;
        let place = Place { origin: header.origin, sequence: header.sequence, entry: header.id };
        if !attached::is_there(db, &attachment)? {
            let missing = attached::stored(&Reader(db), attachment.id).is_err();
            report.findings.push(match missing {
                true => Finding::AttachmentMissing(place),
                false => Finding::AttachmentAltered(place),
            });
        } else if known.insert(attachment.id) && !holds(db, attachment.id, work)? {
            report.findings.push(Finding::AttachmentAltered(place));
        }
    }
    let strays = "SELECT id, entry FROM attached WHERE entry IS NOT NULL";
    let mut statement = db.prepare(strays)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: AttachmentId = db::id(&row.get::<_, String>(0)?, "attachment id")?;
        if !newer && !known.contains(&id) {
            report.findings.push(Finding::Stray { row: db::count(row.get(1)?) });
        }
    }
    let loose = "SELECT rowid FROM attached_pieces WHERE attached NOT IN (SELECT id FROM attached) LIMIT 1";
    if let Some(row) = db.query_row(loose, [], |row| row.get(0)).optional()? {
        report.findings.push(Finding::Stray { row: db::count(row) });
    }
    Ok(())
}

/// Whether the bytes of a paper are those of its hash, read piece by piece.
fn holds(db: &Connection, id: AttachmentId, work: &Work) -> Result<bool> {
    let r = Reader(db);
    let attached::Stored { salt, size, hash } = attached::stored(&r, id)?;
    let (mut found, mut passed) = (AttachmentHash::under(&salt), 0);
    for number in 0.. {
        let Some(bytes) = attached::piece(&r, id, number)? else { break };
        found.take(&bytes);
        passed += bytes.len() as u64;
        work.did(1)?;
    }
    Ok(passed == size && found.end() == hash)
}
