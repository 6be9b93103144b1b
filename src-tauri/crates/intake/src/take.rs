//! One file from the first look to its receipt.

use std::fs::File;
use std::path::Path;

use chrono::TimeDelta;
use sharewell_exchange::handover::{Handover, Limits};
use sharewell_exchange::receipt::{GivenFile, GivenHandover, OfOrigin, Outcome, Reason, Receipt};
use sharewell_exchange::{EntryLine, Signer as _};
use sharewell_records::{Moment, OriginId, london_day};
use uuid::Uuid;

use crate::compare::{Compared, Hashed, Slice, compare};
use crate::pieces::measure;
use crate::reading::{Found, Source, open};
use crate::store::{FileRow, Files, NewEntry, Store, Tx};
use crate::{Error, Keys, Result};

mod papers;
mod trust;

use trust::Judge;

pub(crate) use trust::from as continued;

/// How far a clock may be set back before nothing is taken in.
const BACK: TimeDelta = TimeDelta::hours(1);

/// How often a file is tried again that another intake was at.
const TRIES: u32 = 20;

/// Takes files in.
pub struct Intake<'a> {
    /// The store.
    pub store: &'a mut dyn Store,
    /// The keys and the roster.
    pub keys: &'a Keys,
    /// How much is taken in.
    pub limits: Limits,
    /// The clock.
    pub now: fn() -> Moment,
}

/// The answer to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The file and its signed receipt.
    pub row: FileRow,
    /// What the receipt says.
    pub receipt: Receipt,
    /// Whether this very file was answered before, and this is that answer.
    pub again: bool,
}

/// What became of a file that may still be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// It is settled. Others may be settled by it: files that had waited for what it brought.
    Answered(Vec<Answer>),
    /// It is not whole yet, as far as one can see.
    NotYet,
}

impl Intake<'_> {
    /// Takes a file in. The first answer is its own; further ones are those of files that waited for it.
    ///
    /// # Errors
    /// What keeps the intake from its work; nothing of the file is stored then.
    pub fn take(&mut self, path: &Path) -> Result<Vec<Answer>> {
        match self.give(path, false)? {
            Given::Answered(answers) => Ok(answers),
            Given::NotYet => Err(Error::StillWritten { path: path.to_owned() }),
        }
    }

    /// The same; with patience, a file that may still be written is not judged.
    ///
    /// # Errors
    /// As [`Intake::take`].
    pub fn give(&mut self, path: &Path, patient: bool) -> Result<Given> {
        let (sha256, bytes) = measure(path)?;
        let file = GivenFile { sha256, bytes };
        let mut before = None;
        self.store.transact(&mut |tx| {
            before = tx.given(sha256)?;
            Ok(())
        })?;
        if let Some(row) = before.filter(settled) {
            let mut answers = vec![self.answered(row)?];
            // It was stopped, perhaps, before it came to those that waited for this one.
            self.release(&mut answers)?;
            return Ok(Given::Answered(answers));
        }
        let source = Source::Path(path);
        let found = open(&source, self.store, sha256, self.keys, self.limits)?;
        let unsure = matches!(found, Found::Sealed | Found::Refused(Reason::Damaged | Reason::NotAHandover));
        if patient && unsure {
            return Ok(Given::NotYet);
        }
        let mut answers = vec![self.settle(&source, file, &found)?];
        self.release(&mut answers)?;
        Ok(Given::Answered(answers))
    }

    /// Tries everything again that is kept as it came: after a new roster, another key or a newer program. Gives the
    /// answers that are new.
    ///
    /// # Errors
    /// As [`Intake::take`].
    pub fn again(&mut self) -> Result<Vec<Answer>> {
        let mut answers = Vec::new();
        for row in self.store.files(Files::Waiting)?.into_iter().rev() {
            // What was too large to be kept lies where it was given in from.
            if self.store.piece(row.sha256, 0)?.is_none() {
                continue;
            }
            let answer = self.kept(&row)?;
            if (answer.row.outcome, answer.row.reason) != (row.outcome, row.reason) {
                answers.push(answer);
                self.release(&mut answers)?;
            }
        }
        Ok(answers)
    }

    /// Takes somebody's word that the clock is right now: what was taken in by one that was ahead is dated now. What was
    /// received by then counts as received then, so that no revoked key gains by it.
    ///
    /// # Errors
    /// [`Error::ClockBehindRoster`]: the roster's day is nobody's to wave away.
    pub fn trust_clock(&mut self) -> Result<()> {
        let now = utc((self.now)());
        if london_day(now) < self.keys.roster.issued {
            return Err(Error::ClockBehindRoster { issued: self.keys.roster.issued });
        }
        self.store.transact(&mut |tx| tx.date_back(now))
    }

    /// Tries a file again that the store keeps.
    fn kept(&mut self, row: &FileRow) -> Result<Answer> {
        let source = Source::Kept(row.sha256);
        let found = open(&source, self.store, row.sha256, self.keys, self.limits)?;
        self.settle(&source, GivenFile { sha256: row.sha256, bytes: row.bytes }, &found)
    }

    /// Tries the files again that waited for what the last answer took.
    fn release(&mut self, answers: &mut Vec<Answer>) -> Result<()> {
        while let Some(last) = answers.last() {
            let held = |origin: OriginId| {
                let of = last.receipt.origins.iter().find(|one| one.origin == origin);
                of.and_then(|one| one.held).map_or(0, |held| held.sequence.0)
            };
            let mut next = None;
            for row in
                self.store.files(Files::Waiting)?.into_iter().filter(|row| row.reason == Some(Reason::Gap))
            {
                let receipt = Receipt::read(&row.receipt, &self.keys.receipts.public_key())?;
                let fits = |one: &OfOrigin| {
                    one.from.0 <= held(one.origin).saturating_add(1) && one.to.0 > held(one.origin)
                };
                if row.sha256 != last.row.sha256
                    && receipt.origins.iter().any(|one| held(one.origin) > 0 && fits(one))
                {
                    next = Some(row);
                    break;
                }
            }
            let Some(row) = next else { return Ok(()) };
            let answer = self.kept(&row)?;
            let stays = answer.row.reason == Some(Reason::Gap);
            answers.push(answer);
            if stays {
                return Ok(());
            }
        }
        Ok(())
    }

    fn answered(&self, row: FileRow) -> Result<Answer> {
        let receipt = Receipt::read(&row.receipt, &self.keys.receipts.public_key())?;
        Ok(Answer { row, receipt, again: true })
    }

    /// Everything that follows from a file, in one transaction.
    fn settle(&mut self, source: &Source<'_>, file: GivenFile, found: &Found) -> Result<Answer> {
        // Worked out before the store is held: another intake need not wait for it.
        let chains = match found {
            Found::Opened(handover) => slices(handover)?,
            Found::Sealed | Found::Refused(_) => Vec::new(),
        };
        let mut tries = 0;
        loop {
            match self.settle_once(source, file, (found, &chains)) {
                // Another intake was at the same chains: now it has come to its end.
                Err(Error::Together) if tries < TRIES => tries += 1,
                done => return done.map_err(|error| source.named(error)),
            }
        }
    }

    fn settle_once(
        &mut self,
        source: &Source<'_>,
        file: GivenFile,
        (found, chains): (&Found, &[Slice<'_>]),
    ) -> Result<Answer> {
        let now = utc((self.now)());
        let mut answer = None;
        // What the store keeps already need not be kept again.
        let mut bytes = match source {
            Source::Path(path) => Some(File::open(path).map_err(Error::file(path))?),
            Source::Kept(_) => None,
        };
        let (keys, limit) = (self.keys, self.limits.total);
        self.store.transact(&mut |tx| {
            let mut at = Settling { tx, keys, now, file };
            let settling = at.settle(found, chains)?;
            match bytes.as_mut() {
                _ if settled(&settling.row) => at.tx.let_go(file.sha256)?,
                Some(bytes) if file.bytes <= limit => at.tx.keep(file.sha256, bytes)?,
                Some(_) | None => {}
            }
            answer = Some(settling);
            Ok(())
        })?;
        answer.ok_or(Error::NotFound)
    }
}

/// Whether nothing of a file waits for a person or another key.
fn settled(row: &FileRow) -> bool {
    matches!(row.outcome, Outcome::Taken | Outcome::Had)
}

fn utc(moment: Moment) -> Moment {
    Moment(moment.0.to_utc().fixed_offset())
}

/// One file within its transaction.
struct Settling<'a> {
    tx: &'a mut dyn Tx,
    keys: &'a Keys,
    now: Moment,
    file: GivenFile,
}

impl Settling<'_> {
    fn settle(&mut self, found: &Found, chains: &[Slice<'_>]) -> Result<Answer> {
        self.clock()?;
        match found {
            Found::Opened(handover) => self.opened(handover, chains),
            Found::Sealed => self.unread(Outcome::Sealed, None),
            Found::Refused(reason) => self.unread(Outcome::Quarantined, Some(*reason)),
        }
    }

    /// A clock that is behind would let a revoked key count again.
    fn clock(&mut self) -> Result<()> {
        if let Some(newest) = self.tx.newest()?
            && newest.0 - BACK > self.now.0
        {
            return Err(Error::ClockBehind { newest });
        }
        if london_day(self.now) < self.keys.roster.issued {
            return Err(Error::ClockBehindRoster { issued: self.keys.roster.issued });
        }
        Ok(())
    }

    fn unread(&mut self, outcome: Outcome, reason: Option<Reason>) -> Result<Answer> {
        let receipt = self.receipt(Uuid::now_v7(), outcome, reason);
        self.sign(receipt, String::new())
    }

    fn receipt(&self, id: Uuid, outcome: Outcome, reason: Option<Reason>) -> Receipt {
        Receipt {
            id,
            agency: self.keys.roster.name.clone(),
            made_at: self.now,
            file: self.file,
            outcome,
            reason,
            handover: None,
            origins: Vec::new(),
            disposals: Vec::new(),
        }
    }

    fn opened(&mut self, handover: &Handover, chains: &[Slice<'_>]) -> Result<Answer> {
        let info = &handover.info;
        let mut origins: Vec<OriginId> = chains.iter().map(|chain| chain.origin).collect();
        origins.sort_unstable();
        self.tx.lock(&origins)?;
        // Another intake may have been quicker with the same file.
        if let Some(row) = self.tx.given(self.file.sha256)?.filter(settled) {
            let receipt = Receipt::read(&row.receipt, &self.keys.receipts.public_key())?;
            return Ok(Answer { row, receipt, again: true });
        }
        let judge = Judge::of(self.keys, handover, london_day(self.now));
        let mut all = Vec::new();
        for chain in chains {
            let trust = judge.trust(self.tx, chain)?;
            let known = self.tx.known(chain.origin, chain.from, chain.to)?;
            let compared = compare(chain, &known, trust);
            self.store(chain, &compared)?;
            all.push(compared);
        }
        let reason = all.iter().find_map(|one| one.reason);
        let taken = all.iter().any(|one| !one.told.taken.is_empty());
        let outcome = match (reason, taken) {
            (Some(_), _) => Outcome::Quarantined,
            (None, true) => Outcome::Taken,
            (None, false) => Outcome::Had,
        };
        if reason.is_none() {
            papers::store(self.tx, handover, chains, &all)?;
        }
        let mut receipt = self.receipt(Uuid::now_v7(), outcome, reason);
        receipt.handover = Some(GivenHandover { id: info.id, contents_hash: info.contents_hash });
        if judge.is_believed() {
            receipt.disposals = self.tx.tell_disposals(&origins, receipt.id)?;
        }
        receipt.origins = all.into_iter().map(|one| one.told).collect();
        self.sign(receipt, judge.name().to_owned())
    }

    /// What is new of a chain.
    fn store(&mut self, chain: &Slice<'_>, compared: &Compared) -> Result<()> {
        let lines = compared.take.iter().filter_map(|at| chain.lines.get(*at));
        let entries: Vec<NewEntry<'_>> = lines.filter_map(entry).collect();
        self.tx.put(chain.origin, self.file.sha256, &compared.seen, &entries)?;
        if compared.further
            && let Some(held) = compared.told.held
        {
            self.tx.put_held(chain.origin, held)?;
            self.tx.put_checkpoint(chain.origin, held, self.now)?;
        }
        Ok(())
    }

    fn sign(&mut self, receipt: Receipt, made_by: String) -> Result<Answer> {
        let signed = receipt.sign(&self.keys.receipts)?;
        let row = FileRow {
            sha256: self.file.sha256,
            bytes: self.file.bytes,
            given_at: self.now,
            outcome: receipt.outcome,
            reason: receipt.reason,
            handover: receipt.handover.map(|one| one.id),
            contents_hash: receipt.handover.map(|one| one.contents_hash),
            made_by,
            receipt: signed,
        };
        self.tx.put_file(&row)?;
        Ok(Answer { row, receipt, again: false })
    }
}

/// The chains in a file, those that its own goes on from first.
fn slices(handover: &Handover) -> Result<Vec<Slice<'_>>> {
    let info = &handover.info;
    let mut chains = Vec::new();
    for chain in &handover.chains {
        chains.push(Slice {
            origin: chain.origin,
            from: chain.from,
            to: chain.to,
            previous_link: chain.previous_link,
            lines: Hashed::all(&chain.lines)?,
        });
    }
    chains.push(Slice {
        origin: info.origin,
        from: info.from,
        to: info.to,
        previous_link: info.previous_link,
        lines: Hashed::all(&handover.lines)?,
    });
    Ok(chains)
}

fn entry<'a>(hashed: &Hashed<'a>) -> Option<NewEntry<'a>> {
    let payload_hash = hashed.payload_hash?;
    match hashed.line {
        EntryLine::Whole { header, stored, salt } => {
            Some(NewEntry { header, payload_hash, content: Some((salt, stored)) })
        }
        EntryLine::Disposed { header, .. } => Some(NewEntry { header, payload_hash, content: None }),
        EntryLine::Withheld { .. } => None,
    }
}
