//! The bytes of papers: taken in piece by piece beside the open vault, read piece by piece.
//!
//! Each piece is a transaction of its own, so that taking in a large file holds up no save. Until an entry vouches for
//! them the bytes are nobody's: a stop takes them back, and what a kill left goes at the next opening. From then on
//! they change no more, and go only with a disposal of every entry that speaks of them.

use std::io::Read;

use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{
    Attachment, AttachmentForm, AttachmentHash, AttachmentId, FormSeeker, MOST_ATTACHED, Payload,
    ReadPayload, Sha256,
};

use crate::bytes::random;
use crate::ledger::Reader;
use crate::{Error, NotTaken, Result, Work, db};

mod pages;
mod room;

pub use pages::{
    MOST_OF_A_PAGE, PageLooked, PagesLooked, bytes_looked, each_looked, pages_looked, which_looked,
};
pub(crate) use pages::{forget as forget_pages, keep as keep_page};
use room::Room;
pub(crate) use room::give_up as give_up_room;

/// The bytes of one piece; the last may have fewer.
pub const PIECE: usize = 1 << 20;

/// A paper whose bytes are all there, and that no entry vouches for yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Identifies it.
    pub id: AttachmentId,
    /// What it is, by its content.
    pub form: AttachmentForm,
    /// How many bytes it has.
    pub size: u64,
    /// Hash of its salt and bytes.
    pub hash: Sha256,
}

/// The bytes of a paper as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The salt of its hash.
    pub salt: [u8; 32],
    /// How many bytes it has.
    pub size: u64,
    /// Hash of its salt and bytes.
    pub hash: Sha256,
}

/// Takes a paper in, from a connection of its own. Steps of the work are bytes.
pub(crate) fn take(
    db: &Connection,
    work: &Work,
    id: AttachmentId,
    from: &mut impl Read,
    size: u64,
) -> Result<Taken> {
    if size > MOST_ATTACHED {
        return Err(Error::NotTaken(NotTaken::TooLarge));
    }
    work.expect(size);
    // Taking back needs room itself: on a disk that fills meanwhile it is there.
    let room = Room::keep(db)?;
    let salt = random::<32>()?;
    let first = "INSERT INTO attached (id, salt) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM attached WHERE id = ?1)";
    if db.prepare_cached(first)?.execute(params![id.to_string(), salt])? == 0 {
        return Err(Error::AlreadyRecorded { what: "attachment" });
    }
    let taken = pieces(db, work, (id, &salt), from, size);
    drop(room);
    if taken.is_err() {
        // What cannot be taken back now, since the disk is full or the program ends, goes at the next opening.
        let _ = give_up(db, id);
    }
    taken
}

fn pieces(
    db: &Connection,
    work: &Work,
    (id, salt): (AttachmentId, &[u8; 32]),
    from: &mut impl Read,
    expected: u64,
) -> Result<Taken> {
    let (mut hash, mut seeker) = (AttachmentHash::under(salt), FormSeeker::default());
    let (mut size, mut piece) = (0, Vec::with_capacity(PIECE));
    for number in 0_i64.. {
        piece.clear();
        from.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        size += piece.len() as u64;
        if size > MOST_ATTACHED {
            return Err(Error::NotTaken(NotTaken::TooLarge));
        }
        hash.take(&piece);
        seeker.take(&piece);
        db.prepare_cached("INSERT INTO attached_pieces (attached, number, bytes) VALUES (?1, ?2, ?3)")?
            .execute(params![id.to_string(), number, piece])?;
        work.did(piece.len() as u64)?;
    }
    if size == 0 {
        return Err(Error::NotTaken(NotTaken::Empty));
    }
    if size != expected {
        return Err(Error::NotTaken(NotTaken::Changed));
    }
    let form = seeker.end().ok_or(Error::NotTaken(NotTaken::ForeignForm))?;
    let hash = hash.end();
    db.prepare_cached("UPDATE attached SET size = ?2, hash = ?3, form = ?4 WHERE id = ?1")?
        .execute(params![id.to_string(), db::int(size), hash.0, form.word()])?;
    Ok(Taken { id, form, size, hash })
}

/// Takes back what no entry vouches for, piece by piece.
pub(crate) fn give_up(db: &Connection, id: AttachmentId) -> Result<()> {
    give_up_text(db, &id.to_string())
}

fn give_up_text(db: &Connection, id: &str) -> Result<()> {
    let piece = "DELETE FROM attached_pieces WHERE rowid = (SELECT p.rowid FROM attached_pieces p \
                 JOIN attached a ON a.id = p.attached WHERE p.attached = ?1 AND a.entry IS NULL LIMIT 1)";
    while db.prepare_cached(piece)?.execute([id])? > 0 {}
    db.prepare_cached("DELETE FROM attached WHERE id = ?1 AND entry IS NULL")?.execute([id])?;
    Ok(())
}

/// Takes back everything that no entry vouches for: what a kill or a lock cut off.
pub(crate) fn give_up_all(db: &Connection) -> Result<()> {
    let mut statement = db.prepare("SELECT id FROM attached WHERE entry IS NULL")?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    ids.iter().try_for_each(|id| give_up_text(db, id))
}

/// Whether the bytes that a paper speaks of are there, whole, and just those.
pub(crate) fn is_there(db: &Connection, attachment: &Attachment) -> Result<bool> {
    let sql = "SELECT 1 FROM attached WHERE id = ?1 AND size = ?2 AND hash = ?3 AND form = ?4";
    Ok(db.prepare_cached(sql)?.exists(params![
        attachment.id.to_string(),
        db::int(attachment.size),
        attachment.hash.0,
        attachment.form.word()
    ])?)
}

/// Lets an entry vouch for the bytes of a paper. The first one does.
pub(crate) fn vouch(db: &Connection, id: AttachmentId, n: i64) -> Result<()> {
    db.prepare_cached("UPDATE attached SET entry = ?2 WHERE id = ?1 AND entry IS NULL")?
        .execute(params![id.to_string(), n])?;
    Ok(())
}

/// The papers of which entries speak that are about to be disposed of.
pub(crate) fn spoken_of(db: &Connection, entry: &str) -> Result<Option<AttachmentId>> {
    let sql = "SELECT e.kind, e.version, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n WHERE e.id = ?1 \
               AND e.kind IN ('attachment_added', 'attachment_amended')";
    let found: Option<(String, u32, Vec<u8>)> = db
        .prepare_cached(sql)?
        .query_row([entry], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(found.and_then(|(kind, version, bytes)| match Payload::read(&kind, version, &bytes) {
        Ok(ReadPayload::Known(payload)) => payload.states()?.attachment().map(|attachment| attachment.id),
        Ok(ReadPayload::Unknown { .. }) | Err(_) => None,
    }))
}

/// Removes the bytes of papers of which no entry speaks any more. One that a newer version wrote, or that cannot be
/// read, may speak of any.
pub(crate) fn dispose(db: &Connection, ids: &[AttachmentId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut spoken = Vec::new();
    let mut statement = db.prepare(
        "SELECT e.kind, e.version, p.bytes FROM entries e JOIN payloads p ON p.entry = e.n \
         WHERE e.kind IN ('attachment_added', 'attachment_amended')",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, version, bytes): (String, u32, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match Payload::read(&kind, version, &bytes) {
            Ok(ReadPayload::Known(payload)) => {
                spoken.extend(payload.states().and_then(|stated| Some(stated.attachment()?.id)));
            }
            Ok(ReadPayload::Unknown { .. }) | Err(_) => return Ok(()),
        }
    }
    for id in ids.iter().filter(|id| !spoken.contains(id)) {
        pages::forget(db, *id)?;
        db.prepare_cached("DELETE FROM attached_pieces WHERE attached = ?1")?.execute([id.to_string()])?;
        db.prepare_cached("DELETE FROM attached WHERE id = ?1")?.execute([id.to_string()])?;
    }
    Ok(())
}

/// The bytes of a paper for which an entry vouches, without the bytes themselves.
///
/// # Errors
/// [`Error::NoSuch`] where they are not there: they were disposed of.
pub fn stored(r: &Reader<'_>, id: AttachmentId) -> Result<Stored> {
    let sql = "SELECT salt, size, hash FROM attached WHERE id = ?1 AND entry IS NOT NULL";
    let found: Option<([u8; 32], i64, [u8; 32])> = r
        .db()
        .prepare_cached(sql)?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (salt, size, hash) = found.ok_or(Error::NoSuch { what: "attachment" })?;
    Ok(Stored { salt, size: db::count(size), hash: Sha256(hash) })
}

/// One piece of a paper, from 0; none behind the last.
///
/// # Errors
/// [`Error::Sqlite`] and the like where the database refuses.
pub fn piece(r: &Reader<'_>, id: AttachmentId, number: u64) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT p.bytes FROM attached_pieces p JOIN attached a ON a.id = p.attached \
               WHERE p.attached = ?1 AND p.number = ?2 AND a.entry IS NOT NULL";
    Ok(r.db()
        .prepare_cached(sql)?
        .query_row(params![id.to_string(), db::int(number)], |row| row.get(0))
        .optional()?)
}

/// Hands over the bytes of a paper piece by piece, and holds them to their hash: what is given out is what came in.
///
/// # Errors
/// [`Error::NoSuch`] where they are not there, [`Error::AttachmentDamaged`] where they are not those that the entry
/// vouches for, and whatever `each` returns.
pub fn each_piece<E: From<Error>>(
    r: &Reader<'_>,
    id: AttachmentId,
    mut each: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let Stored { salt, size, hash } = stored(r, id)?;
    let (mut found, mut passed) = (AttachmentHash::under(&salt), 0);
    for number in 0.. {
        let Some(bytes) = piece(r, id, number)? else { break };
        found.take(&bytes);
        passed += bytes.len() as u64;
        each(&bytes)?;
    }
    if passed == size && found.end() == hash { Ok(()) } else { Err(Error::AttachmentDamaged.into()) }
}

/// How many pieces there are in all.
pub(crate) fn count(db: &Connection) -> Result<u64> {
    let count: i64 = db.query_row("SELECT count(*) FROM attached_pieces", [], |row| row.get(0))?;
    Ok(db::count(count))
}
