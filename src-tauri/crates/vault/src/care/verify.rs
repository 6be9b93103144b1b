//! Is everything here, unchanged and in order? Each finding names its place.
//!
//! What can be shown from inside is agreement: of pages with their authentication codes, of entries with
//! their hashes, of the chain with `vault.head`, of the tables with the ledger. Somebody who holds the key
//! can write a chain anew and roll back both files; only a head held outside tells that. So the report says
//! up to which sequence the chain is *anchored* by an outside head, and that it is *unanchored* after.

use std::collections::{BTreeMap, BTreeSet};

use ring::signature::{ED25519, UnparsedPublicKey};
use rusqlite::{Connection, params};
use sharewell_records::{
    EntryId, GENESIS, OriginId, Payload, ReadPayload, Seq, Sha256, checkpoint_bytes, entry_hash, link,
    payload_hash,
};

use crate::access::{self, Access};
use crate::bytes::unhex;
use crate::care::HeadState;
use crate::care::agreement::{compare, head_now};
use crate::care::findings::{Chain, Finding, OutsideHead, Place, Report};
use crate::door::keys::Keys;
use crate::ledger::recorded::{HEADER, Stored, stored};
use crate::ledger::writer::Marks;
use crate::ledger::{self, entries};
use crate::tables::project;
use crate::{Error, Part, Projection, Result, Vault, db, files};

impl Vault {
    /// Checks everything. Nothing is changed. Linear in the number of entries; can be cancelled.
    ///
    /// # Errors
    /// [`Error::Cancelled`], [`Error::DiskFull`] and the like. Damage is no error here: it is found and reported.
    pub fn verify(&self, outside: &[OutsideHead]) -> Result<Report> {
        let mut report = Report { entries: 0, checkpoints: 0, chains: vec![], findings: vec![] };
        part(&mut report, |r| pages(&self.db, r))?;
        part(&mut report, |r| structure(&self.db, r))?;
        match Keys::read(&self.dir.join(files::KEYS)) {
            Ok(keys) if keys == self.keys => {}
            Ok(_) | Err(_) => report.findings.push(Finding::KeysChanged),
        }
        part(&mut report, |r| chains(&self.db, r))?;
        part(&mut report, |r| strays(&self.db, r))?;
        part(&mut report, |r| self.heads(r))?;
        anchors(&self.db, outside, &mut report)?;
        part(&mut report, |r| access_log(&self.db, r))?;
        part(&mut report, |r| projections(&self.db, r))?;
        Ok(report)
    }

    fn heads(&self, report: &mut Report) -> Result<()> {
        let found = head_now(&self.dir, &self.key)?;
        if found.unreadable > 0 {
            report.findings.push(Finding::HeadSlotsUnreadable { slots: found.unreadable });
        }
        let marks = Marks::read(&self.db, ledger::own_origin(&self.db)?)?;
        match compare(&self.db, &marks, &found)? {
            HeadState::Agrees | HeadState::Unreadable => {}
            HeadState::Missing => report.findings.push(Finding::HeadMissing),
            HeadState::Lost(lost) => report.findings.push(Finding::Lost(lost)),
        }
        // What was missing at the opening stays wrong for this session, though it is logged by now.
        match &self.opening.head {
            HeadState::Lost(lost) => report.findings.push(Finding::Lost(*lost)),
            HeadState::Missing => report.findings.push(Finding::HeadMissing),
            HeadState::Unreadable => report.findings.push(Finding::HeadSlotsUnreadable { slots: 2 }),
            HeadState::Agrees => {}
        }
        Ok(())
    }
}

/// Whether a database that was opened for reading alone holds what `verify` expects of its ledger and access log.
/// Its keys and heads are the caller's to compare. Derived tables are not compared, which takes writing.
pub(crate) fn holds(db: &Connection) -> Result<bool> {
    let mut report = Report { entries: 0, checkpoints: 0, chains: vec![], findings: vec![] };
    part(&mut report, |r| structure(db, r))?;
    part(&mut report, |r| chains(db, r))?;
    part(&mut report, |r| strays(db, r))?;
    part(&mut report, |r| access_log(db, r))?;
    Ok(report.sound())
}

/// Runs one part. What stops it is a finding where it lies in the vault, and an error where it lies in the
/// machine.
fn part(report: &mut Report, check: impl FnOnce(&mut Report) -> Result<()>) -> Result<()> {
    match check(report) {
        Ok(()) => Ok(()),
        Err(error) => {
            machine(error)?;
            report.findings.push(Finding::Unreadable { part: Part::Database });
            Ok(())
        }
    }
}

/// Passes on what says nothing about the vault: a cancellation, a full disk. A refusal to write does not count
/// as one: SQLCipher answers so after it has met a damaged page.
fn machine(error: Error) -> Result<()> {
    match error {
        Error::Cancelled | Error::DiskFull | Error::Io(_) | Error::InUse => Err(error),
        _ => Ok(()),
    }
}

fn pages(db: &Connection, report: &mut Report) -> Result<()> {
    // A power cut while the log was written back leaves a torn page that the log still holds whole. Writing
    // it back first keeps that from being taken for damage. Where it fails, the check says so.
    let _ = db::quiet(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    let mut statement = db.prepare("PRAGMA cipher_integrity_check")?;
    let mut rows = statement.query([])?;
    let mut pages = 0;
    while rows.next()?.is_some() {
        pages += 1;
    }
    if pages > 0 {
        report.findings.push(Finding::PagesDamaged { pages });
    }
    Ok(())
}

fn structure(db: &Connection, report: &mut Report) -> Result<()> {
    let mut problems = 0;
    for pragma in ["PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"] {
        let mut statement = db.prepare(pragma)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text: Option<String> = row.get(0)?;
            problems += u64::from(text.as_deref() != Some("ok"));
        }
    }
    if problems > 0 {
        report.findings.push(Finding::StructureDamaged { problems });
    }
    Ok(())
}

/// What the walk along the chains gathers.
struct Walk {
    /// Public keys by origin.
    keys: BTreeMap<OriginId, Vec<u8>>,
    /// Entries whose content is gone, with their rows.
    gone: Vec<(Place, i64)>,
    /// Entries that disposals name.
    disposed: BTreeSet<EntryId>,
    newer: u64,
}

fn chains(db: &Connection, report: &mut Report) -> Result<()> {
    let mut walk = Walk { keys: BTreeMap::new(), gone: vec![], disposed: BTreeSet::new(), newer: 0 };
    let sql = format!(
        "SELECT {HEADER}, p.salt, p.bytes, e.n, e.fold_at FROM entries e LEFT JOIN payloads p ON p.entry = e.n \
         ORDER BY e.origin, e.sequence"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut at: Option<Chain> = None;
    let mut fold_before = i64::MIN;
    while let Some(row) = rows.next()? {
        let n: i64 = row.get(14)?;
        let Ok(found) = stored(row) else {
            report.findings.push(Finding::EntryMalformed { row: db::count(n) });
            continue;
        };
        report.entries += 1;
        let origin = found.header.origin;
        if at.is_some_and(|chain| chain.origin != origin) {
            report.chains.extend(at.take());
        }
        let before = at.unwrap_or_else(|| {
            fold_before = i64::MIN;
            Chain { origin, last: Seq(0), link: GENESIS, anchored: None }
        });
        let payload: (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(12)?, row.get(13)?);
        let fold: i64 = row.get(15)?;
        one(db, report, &mut walk, &before, &found, payload, n, (fold_before, fold))?;
        fold_before = fold;
        at = Some(Chain { origin, last: found.header.sequence, link: found.link, anchored: None });
    }
    report.chains.extend(at);
    for (place, _) in walk.gone.iter().filter(|(place, _)| !walk.disposed.contains(&place.entry)) {
        report.findings.push(Finding::PayloadMissing(*place));
    }
    if walk.newer > 0 {
        report.findings.push(Finding::FromNewerVersion { entries: walk.newer });
    }
    Ok(())
}

/// Checks one entry against the one before it.
#[allow(clippy::too_many_arguments)]
fn one(
    db: &Connection,
    report: &mut Report,
    walk: &mut Walk,
    before: &Chain,
    found: &Stored,
    payload: (Option<Vec<u8>>, Option<Vec<u8>>),
    n: i64,
    (fold_before, fold): (i64, i64),
) -> Result<()> {
    let Stored { header, payload_hash: hash, entry_hash: said, link: link_said } = found;
    let place = Place { origin: header.origin, sequence: header.sequence, entry: header.id };
    let mut say = |finding| report.findings.push(finding);
    if header.sequence.0 > before.last.0 + 1 {
        let (from, to) = (Seq(before.last.0 + 1), Seq(header.sequence.0 - 1));
        say(Finding::EntriesMissing { origin: header.origin, from, to });
    }
    if entry_hash(header, *hash)? != *said {
        say(Finding::EntryAltered(place));
    } else if header.sequence.0 == before.last.0 + 1
        && link(before.link, header.sequence, *said) != *link_said
    {
        say(Finding::LinkBroken(place));
    }
    let read = match payload {
        (Some(salt), Some(bytes)) => match <[u8; 32]>::try_from(salt) {
            Ok(salt) if payload_hash(&salt, &bytes) == *hash => match Payload::read(&header.kind, &bytes) {
                Ok(ReadPayload::Known(payload)) if payload.kind() == header.kind => Some(payload),
                Ok(ReadPayload::Known(_)) | Err(_) => {
                    say(Finding::PayloadMalformed(place));
                    None
                }
                Ok(ReadPayload::Unknown { .. }) => {
                    walk.newer += 1;
                    None
                }
            },
            Ok(_) | Err(_) => {
                say(Finding::PayloadAltered(place));
                None
            }
        },
        (_, _) => {
            walk.gone.push((place, n));
            None
        }
    };
    let elsewhere = entries::elsewhere(db, header, read.as_deref())?;
    if entries::fold_at(header.recorded_at, fold_before, elsewhere.into_iter()) != fold {
        say(Finding::OrderAltered(place));
    }
    let started = matches!(read.as_deref(), Some(Payload::OriginStarted { .. }));
    if (header.sequence == Seq(1)) != started {
        say(Finding::OriginNotStarted(place));
    }
    match read.as_deref() {
        Some(Payload::OriginStarted { public_key, continues, .. }) => {
            walk.keys.insert(header.origin, unhex(public_key).unwrap_or_default());
            if let Some(old) = continues {
                // A chain that is not held at all cannot be compared; one that is must have that link.
                let held = entries::tip(db, old.origin)?.sequence >= Seq(1);
                if held && ledger::link_of(db, old.origin, old.last)? != Some(old.link) {
                    say(Finding::ContinuesNothing(place));
                }
            }
        }
        Some(Payload::CheckpointSigned { at, link, signature }) => {
            let key = walk.keys.get(&header.origin).map(Vec::as_slice).unwrap_or_default();
            let signed = checkpoint_bytes(header.origin, *at, *link);
            let holds = *at < header.sequence
                && ledger::link_of(db, header.origin, *at)? == Some(*link)
                && UnparsedPublicKey::new(&ED25519, key)
                    .verify(&signed, &unhex(signature).unwrap_or_default())
                    .is_ok();
            if holds {
                report.checkpoints += 1;
            } else {
                say(Finding::CheckpointWrong(place));
            }
        }
        Some(Payload::Disposed { entries, .. }) => walk.disposed.extend(entries),
        Some(_) | None => {}
    }
    Ok(())
}

/// Payloads and disposal marks that stand beside the ledger instead of in it.
fn strays(db: &Connection, report: &mut Report) -> Result<()> {
    let sql = "SELECT entry FROM payloads WHERE entry NOT IN (SELECT n FROM entries) \
               UNION SELECT d.entry FROM disposed d LEFT JOIN entries b ON b.n = d.by WHERE b.kind IS NOT 'disposed' \
               UNION SELECT d.entry FROM disposed d JOIN payloads p ON p.entry = d.entry";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        report.findings.push(Finding::Stray { row: db::count(row.get(0)?) });
    }
    Ok(())
}

fn anchors(db: &Connection, outside: &[OutsideHead], report: &mut Report) -> Result<()> {
    for head in outside {
        match ledger::link_of(db, head.origin, head.sequence) {
            Ok(Some(link)) if link == head.link => {
                for chain in report.chains.iter_mut().filter(|chain| chain.origin == head.origin) {
                    chain.anchored = chain.anchored.max(Some(head.sequence));
                }
            }
            Ok(Some(_)) => report.findings.push(Finding::OutsideHeadDisagrees(*head)),
            Ok(None) => report.findings.push(Finding::OutsideHeadMissing(*head)),
            Err(error) => {
                machine(error)?;
                report.findings.push(Finding::Unreadable { part: Part::Database });
            }
        }
    }
    Ok(())
}

fn access_log(db: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = db.prepare("SELECT n, at, case_id, detail, link, kind FROM access ORDER BY n")?;
    let mut rows = statement.query([])?;
    let (mut number, mut before) = (0, Sha256([0; 32]));
    while let Some(row) = rows.next()? {
        number += 1;
        let n = db::count(row.get(0)?);
        let (at, case, detail): (String, Option<String>, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let said = db::hash(&row.get::<_, Vec<u8>>(4)?)?;
        let kind: String = row.get(5)?;
        let access = serde_json::from_str::<serde_json::Value>(&detail).unwrap_or_default();
        let same_kind = access.get("kind").and_then(|k| k.as_str()) == Some(&kind);
        if n != number || !same_kind || access::link(before, n, &at, case.as_deref(), &detail)? != said {
            report.findings.push(Finding::AccessAltered { number });
        }
        if let Ok(Access::LossFound { origin, held, head, .. }) = serde_json::from_value(access) {
            report.findings.push(Finding::EarlierLoss { origin, held, head });
        }
        (number, before) = (n, said);
    }
    Ok(())
}

/// Rebuilds every projection in a transaction that is taken back, and compares.
fn projections(db: &Connection, report: &mut Report) -> Result<()> {
    let tx = db.unchecked_transaction()?;
    match tx.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", params![]) {
        Ok(_) => {}
        Err(error) => {
            machine(error.into())?;
            report.findings.push(Finding::SearchIndexDamaged);
        }
    }
    for projection in Projection::ALL {
        let same = (|| {
            let before = project::digest(&tx, projection)?;
            project::rebuild(&tx, projection)?;
            Ok::<_, Error>(before == project::digest(&tx, projection)?)
        })();
        match same {
            Ok(true) => {}
            Ok(false) => report.findings.push(Finding::ProjectionDiffers(projection)),
            Err(error) => {
                machine(error)?;
                report.findings.push(Finding::Unreadable { part: Part::Database });
            }
        }
    }
    tx.rollback()?;
    Ok(())
}
