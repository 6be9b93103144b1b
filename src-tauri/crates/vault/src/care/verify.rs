//! Is everything here, unchanged and in order? Each finding names its place.
//!
//! What can be shown from inside is agreement: of pages with their authentication codes, of entries with
//! their hashes, of the chain with `vault.head`, of the tables with the ledger. Somebody who holds the key
//! can write a chain anew and roll back both files; only a head held outside tells that. So the report says
//! up to which sequence the chain is *anchored* by an outside head, and that it is *unanchored* after.

use std::collections::{BTreeMap, BTreeSet};

use ring::signature::{ED25519, UnparsedPublicKey};
use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{
    Absence, EntryId, GENESIS, OriginId, Payload, ReadPayload, Seq, Sha256, checkpoint_bytes, entry_hash,
    link, payload_hash,
};

use crate::access::{self, Access};
use crate::bytes::unhex;
use crate::care::agreement::{HeadState, compare, head_now};
use crate::care::findings::{Chain, Finding, OutsideHead, Place, Report};
use crate::care::papers;
use crate::care::refold;
use crate::door::keys::Keys;
use crate::ledger::head::Found;
use crate::ledger::recorded::{HEADER, Stored, stored};
use crate::ledger::writer::Marks;
use crate::ledger::{self, doubts, entries};
use crate::{Error, Part, Result, Vault, Work, db, files};

/// What stands beside the database and is compared with it, as it was when the check began.
#[derive(Debug)]
pub(crate) struct Companions {
    /// Whether the key slots on disk are those of the open vault.
    keys_agree: bool,
    /// What `vault.head` says.
    head: Result<Found>,
    /// What was found when the vault was opened.
    opening: HeadState,
}

impl Vault {
    /// Checks everything. Nothing is changed. Linear in the number of entries.
    ///
    /// # Errors
    /// [`Error::DiskFull`] and the like; [`Error::Moved`] where another program put the open file aside. Damage is no
    /// error here: it is found and reported.
    pub fn verify(&self, outside: &[OutsideHead]) -> Result<Report> {
        self.lies_here()?;
        // A power cut while the log was written back leaves a torn page that the log still holds whole. Writing
        // it back first keeps that from being taken for damage. Where it fails, the check says so.
        self.write_back();
        let tx = self.db.unchecked_transaction()?;
        let report = check(&tx, self.companions(), outside, &Work::new());
        // Where the check was ended, SQLite has taken the transaction back already and refuses to do it again.
        // What ended the check is what is told.
        let taken_back = tx.rollback();
        let report = report?;
        taken_back?;
        Ok(report)
    }

    pub(crate) fn companions(&self) -> Companions {
        let keys = Keys::read(&self.dir.join(files::KEYS));
        Companions {
            keys_agree: keys.is_ok_and(|keys| keys == self.keys),
            head: head_now(&self.dir, &self.key),
            opening: self.opening.head.clone(),
        }
    }
}

/// Checks a database inside a transaction that whoever calls ends by taking it back.
pub(crate) fn check(
    db: &Connection,
    companions: Companions,
    outside: &[OutsideHead],
    work: &Work,
) -> Result<Report> {
    let Companions { keys_agree, head, opening } = companions;
    let mut report = Report { entries: 0, checkpoints: 0, chains: vec![], findings: vec![] };
    part(&mut report, |_| {
        let entries: i64 = db.query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?;
        // Each entry is read twice: along its chain, and to build the tables from it once more.
        work.expect(2 * db::count(entries));
        Ok(())
    })?;
    part(&mut report, |r| pages(db, r))?;
    work.go_on()?;
    part(&mut report, |r| structure(db, r))?;
    work.go_on()?;
    if !keys_agree {
        report.findings.push(Finding::KeysChanged);
    }
    part(&mut report, |r| chains(db, r, work))?;
    part(&mut report, |r| strays(db, r))?;
    part(&mut report, |r| heads(db, r, &head?, &opening))?;
    anchors(db, outside, &mut report)?;
    part(&mut report, |r| access_log(db, r, work))?;
    part(&mut report, |r| papers::check(db, r, work))?;
    part(&mut report, |r| projections(db, r, work))?;
    Ok(report)
}

fn heads(db: &Connection, report: &mut Report, found: &Found, opening: &HeadState) -> Result<()> {
    if found.unreadable > 0 {
        report.findings.push(Finding::HeadSlotsUnreadable { slots: found.unreadable });
    }
    let marks = Marks::read(db, ledger::own_origin(db)?)?;
    match compare(db, &marks, found)? {
        HeadState::Agrees | HeadState::Unreadable => {}
        HeadState::Missing => report.findings.push(Finding::HeadMissing),
        HeadState::Lost(lost) => report.findings.push(Finding::Lost(lost)),
    }
    // What was missing at the opening stays wrong for this session, though it is logged by now. That there was nothing
    // to compare with stays wrong until a person confirms it.
    let mut stays: Vec<Finding> =
        doubts::standing(db)?.heads().iter().map(|(found, _)| absent(*found)).collect();
    stays.extend(match opening {
        HeadState::Lost(lost) => Some(Finding::Lost(*lost)),
        HeadState::Missing => Some(absent(Absence::Missing)),
        HeadState::Unreadable => Some(absent(Absence::Unreadable)),
        HeadState::Agrees => None,
    });
    for finding in stays {
        if !report.findings.contains(&finding) {
            report.findings.push(finding);
        }
    }
    Ok(())
}

fn absent(found: Absence) -> Finding {
    match found {
        Absence::Missing => Finding::HeadMissing,
        Absence::Unreadable => Finding::HeadSlotsUnreadable { slots: 2 },
    }
}

/// Whether a database that was opened for reading alone holds what `verify` expects of its ledger and access log.
/// Its keys and heads are the caller's to compare. Derived tables are not compared, which takes writing.
pub(crate) fn holds(db: &Connection) -> Result<bool> {
    let mut report = Report { entries: 0, checkpoints: 0, chains: vec![], findings: vec![] };
    part(&mut report, |r| structure(db, r))?;
    part(&mut report, |r| chains(db, r, &Work::new()))?;
    part(&mut report, |r| strays(db, r))?;
    part(&mut report, |r| access_log(db, r, &Work::new()))?;
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

/// How often a page that does not agree with its authentication code is looked at. One that another connection
/// is writing back at that moment looks torn once; one that is damaged always does.
const LOOKS: usize = 2;

fn pages(db: &Connection, report: &mut Report) -> Result<()> {
    let mut damaged = 0;
    for _ in 0..LOOKS {
        let mut statement = db.prepare("PRAGMA cipher_integrity_check")?;
        let mut rows = statement.query([])?;
        damaged = 0;
        while rows.next()?.is_some() {
            damaged += 1;
        }
        if damaged == 0 {
            break;
        }
    }
    if damaged > 0 {
        report.findings.push(Finding::PagesDamaged { pages: damaged });
    }
    Ok(())
}

/// How SQLite's own check names the index for searching when it does not agree with its text.
const OF_INDEX: &str = "FTS5 table";

fn structure(db: &Connection, report: &mut Report) -> Result<()> {
    let (mut problems, mut index) = (0, false);
    for pragma in ["PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"] {
        let mut statement = db.prepare(pragma)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            match row.get::<_, Option<String>>(0)?.as_deref() {
                Some("ok") => {}
                Some(text) if text.contains(OF_INDEX) => index = true,
                Some(_) | None => problems += 1,
            }
        }
    }
    if problems > 0 {
        report.findings.push(Finding::StructureDamaged { problems });
    }
    if index {
        report.findings.push(Finding::SearchIndexDamaged);
    }
    Ok(())
}

/// The stored kind of an origin's first entry.
const ORIGIN_STARTED: &str = "origin_started";
/// The stored kind of a disposal.
const DISPOSED: &str = "disposed";

/// What the walk along the chains gathers.
struct Walk {
    /// Public keys by origin.
    keys: BTreeMap<OriginId, Vec<u8>>,
    /// Entries whose content is gone, with their rows.
    gone: Vec<(Place, i64)>,
    /// Entries that disposals name.
    disposed: BTreeSet<EntryId>,
    /// Entries that a newer version wrote.
    newer: BTreeSet<EntryId>,
    /// Origins whose first entry a newer version wrote: their key is not known here.
    newer_origins: BTreeSet<OriginId>,
}

fn chains(db: &Connection, report: &mut Report, work: &Work) -> Result<()> {
    let mut walk = Walk {
        keys: BTreeMap::new(),
        gone: vec![],
        disposed: BTreeSet::new(),
        newer: BTreeSet::new(),
        newer_origins: BTreeSet::new(),
    };
    let sql = format!(
        "SELECT {HEADER}, p.salt, p.bytes, e.n, e.fold_at FROM entries e LEFT JOIN payloads p ON p.entry = e.n \
         ORDER BY e.origin, e.sequence"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut at: Option<Chain> = None;
    let mut fold_before = i64::MIN;
    while let Some(row) = rows.next()? {
        work.did(1)?;
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
    for (place, n) in &walk.gone {
        if !walk.disposed.contains(&place.entry) && !disposed_by_newer(db, &walk, *n)? {
            report.findings.push(Finding::PayloadMissing(*place));
        }
    }
    if !walk.newer.is_empty() {
        let entries = walk.newer.len() as u64;
        report.findings.push(Finding::FromNewerVersion { entries });
    }
    Ok(())
}

/// Whether the content of a row was removed by a disposal that a newer version wrote. Which entries it names is
/// not known here; the mark beside the ledger names it as the one.
fn disposed_by_newer(db: &Connection, walk: &Walk, n: i64) -> Result<bool> {
    let by: Option<String> = db
        .prepare_cached(
            "SELECT b.id FROM disposed d JOIN entries b ON b.n = d.by WHERE d.entry = ?1 AND b.kind = ?2",
        )?
        .query_row(params![n, DISPOSED], |row| row.get(0))
        .optional()?;
    let Some(by) = by else { return Ok(false) };
    let by: EntryId = db::id(&by, "entry id")?;
    Ok(walk.newer.contains(&by))
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
            Ok(salt) if payload_hash(&salt, &bytes) == *hash => {
                match Payload::read(&header.kind, header.version, &bytes) {
                    Ok(ReadPayload::Known(payload)) => Some(payload),
                    Ok(ReadPayload::Unknown { .. }) => {
                        walk.newer.insert(header.id);
                        None
                    }
                    Err(_) => {
                        say(Finding::PayloadMalformed(place));
                        None
                    }
                }
            }
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
    let newer_start = walk.newer.contains(&header.id) && header.kind == ORIGIN_STARTED;
    if newer_start {
        walk.newer_origins.insert(header.origin);
    }
    let elsewhere = entries::elsewhere(db, header, read.as_deref())?;
    // Where a newer first entry says that it continues another chain, it folds after what is not known here.
    if !newer_start && entries::fold_at(header.recorded_at, fold_before, elsewhere.into_iter()) != fold {
        say(Finding::OrderAltered(place));
    }
    let started = newer_start || matches!(read.as_deref(), Some(Payload::OriginStarted { .. }));
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
        // The key stands in a form that this version does not know.
        Some(Payload::CheckpointSigned { .. }) if walk.newer_origins.contains(&header.origin) => {}
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

fn access_log(db: &Connection, report: &mut Report, work: &Work) -> Result<()> {
    let mut statement = db.prepare("SELECT n, at, case_id, detail, link, kind FROM access ORDER BY n")?;
    let mut rows = statement.query([])?;
    let (mut number, mut before) = (0, Sha256([0; 32]));
    while let Some(row) = rows.next()? {
        work.go_on()?;
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

/// Builds every projection from the ledger once more and compares.
fn projections(db: &Connection, report: &mut Report, work: &Work) -> Result<()> {
    for projection in refold::differing(db, work)? {
        report.findings.push(Finding::ProjectionDiffers(projection));
    }
    Ok(())
}
