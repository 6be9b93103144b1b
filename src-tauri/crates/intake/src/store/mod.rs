//! Where what was taken in is kept: one encrypted file with no set-up ([`Embedded`]), or PostgreSQL ([`Postgres`]).
//!
//! Both keep the same tables and promise the same: all that follows from one file, its receipt included, is written
//! in one transaction, or nothing is.

mod embedded;
mod postgres;
mod row;

use std::io::Read;

use sharewell_exchange::receipt::{Disposal, HeldTo, NamedEntry, Outcome, Reason};
use sharewell_records::{CaseId, Day, HandoverId, Header, Moment, OriginId, Seq, Sha256};

use crate::Result;
use crate::compare::Known;

pub use embedded::Embedded;
pub use postgres::{Postgres, Server, Without, sql};

/// Bytes of one piece of a file that is kept as it came.
pub(crate) const PIECE: usize = 1 << 20;

/// A file that was given in, and the answer that it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// SHA-256 of all its bytes.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was given in last.
    pub given_at: Moment,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it is quarantined.
    pub reason: Option<Reason>,
    /// The handover in it, where that could be read.
    pub handover: Option<HandoverId>,
    /// SHA-256 of its tag manifest.
    pub contents_hash: Option<Sha256>,
    /// Who handed over, by the roster; empty where that is not known.
    pub made_by: String,
    /// The signed receipt.
    pub receipt: Vec<u8>,
}

/// An entry to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// What it is.
    pub header: &'a Header,
    /// Its payload's hash.
    pub payload_hash: Sha256,
    /// Salt and stored bytes; none where its writer disposed of the content.
    pub content: Option<(&'a [u8; 32], &'a [u8])>,
}

/// A paper or a document to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The handover that brought it.
    pub handover: HandoverId,
    /// Path below `data/`.
    pub path: String,
    /// The file it belongs to, where the tables say.
    pub case: Option<CaseId>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A stored entry as it is read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// What it is.
    pub header: Header,
    /// The stored bytes; none where the content was disposed of.
    pub stored: Option<Vec<u8>>,
}

/// What is held of a chain, in numbers and days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The last place, and the link there.
    pub to: HeldTo,
    /// Entries that stand here.
    pub entries: u64,
    /// Of these, how many have no content any more.
    pub gone: u64,
    /// Places of which the hash alone came: they belong to files that were not handed over.
    pub hashes: u64,
    /// When something of the chain came for the first time, by this machine's clock.
    pub first_came: Moment,
    /// When it came this far.
    pub last_came: Moment,
    /// When the newest entry was written, by the laptop's clock.
    pub newest: Option<Moment>,
}

/// Which files that were given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// All of them.
    All,
    /// Those that are quarantined or sealed.
    Waiting,
}

impl Files {
    fn filter(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Waiting => "WHERE outcome IN ('quarantined', 'sealed')",
        }
    }
}

/// Which entries are read out. Always chain by chain, each in its order.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// Those of these kinds.
    Kinds(&'a [&'a str]),
    /// Those of a file, and those outside files of the same chains.
    Case(CaseId),
}

/// What is done within one transaction.
pub trait Tx {
    /// The answer that a file got before.
    ///
    /// # Errors
    /// What the store fails with; so for all of these.
    fn given(&mut self, file: Sha256) -> Result<Option<FileRow>>;
    /// When something was last given in.
    fn newest(&mut self) -> Result<Option<Moment>>;
    /// Keeps every other intake from these chains until the end of the transaction.
    fn lock(&mut self, origins: &[OriginId]) -> Result<()>;
    /// What is held of a chain, with the places of a range that were seen.
    fn known(&mut self, origin: OriginId, from: Seq, to: Seq) -> Result<Known>;
    /// The last checkpoint of a chain that was received before a day.
    fn checkpoint_before(&mut self, origin: OriginId, day: Day) -> Result<Option<Seq>>;
    /// The stored content of a chain's first entry.
    fn first_entry(&mut self, origin: OriginId) -> Result<Option<EntryRow>>;
    /// Keeps places that were not seen before, and entries at such places.
    fn put(
        &mut self,
        origin: OriginId,
        file: Sha256,
        seen: &[NamedEntry],
        entries: &[NewEntry<'_>],
    ) -> Result<()>;
    /// How far a chain is held now.
    fn put_held(&mut self, origin: OriginId, held: HeldTo) -> Result<()>;
    /// A checkpoint that was received.
    fn put_checkpoint(&mut self, origin: OriginId, held: HeldTo, at: Moment) -> Result<()>;
    /// Keeps a paper; one that is there stays as it is.
    fn put_paper(&mut self, paper: &Paper) -> Result<()>;
    /// Dates what was given in after this moment, by a clock that was ahead, at this moment.
    fn date_back(&mut self, now: Moment) -> Result<()>;
    /// Keeps the answer to a file in place of an earlier one.
    fn put_file(&mut self, row: &FileRow) -> Result<()>;
    /// Keeps a file as it came, where it is not kept yet.
    fn keep(&mut self, file: Sha256, bytes: &mut dyn Read) -> Result<()>;
    /// Lets go of a file that was kept.
    fn let_go(&mut self, file: Sha256) -> Result<()>;
    /// Disposals of these chains that no receipt tells yet; from now on this one does.
    fn tell_disposals(&mut self, origins: &[OriginId], receipt: uuid::Uuid) -> Result<Vec<Disposal>>;
    /// Whether any handover brought a paper under this path.
    fn has_paper(&mut self, path: &str) -> Result<bool>;
    /// Whether anything of a file was disposed of.
    fn is_disposed(&mut self, case: CaseId) -> Result<bool>;
    /// Removes the content of a file's entries, and its papers. Gives how many entries.
    fn dispose(&mut self, case: CaseId, at: Moment, authority: &str) -> Result<u64>;
}

/// A store.
pub trait Store {
    /// Does all of it or nothing.
    ///
    /// # Errors
    /// What the work or the store fails with; so for all of these.
    fn transact(&mut self, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()>;
    /// Every file that was given in, the newest first; of all, or of those that were not taken.
    fn each_file(&mut self, which: Files, take: &mut dyn FnMut(FileRow) -> Result<()>) -> Result<()>;
    /// The same, gathered.
    fn files(&mut self, which: Files) -> Result<Vec<FileRow>> {
        let mut all = Vec::new();
        self.each_file(which, &mut |row| {
            all.push(row);
            Ok(())
        })?;
        Ok(all)
    }
    /// What is held of a chain, in numbers; none where nothing of it came.
    fn chain(&mut self, origin: OriginId) -> Result<Option<Held>>;
    /// The files that brought an entry of a chain, the newest first.
    fn files_of(&mut self, origin: OriginId) -> Result<Vec<FileRow>>;
    /// Every file that an entry of a chain belongs to.
    fn cases_of(&mut self, origin: OriginId) -> Result<Vec<CaseId>>;
    /// Every child's, adult's or other file that an entry names.
    fn cases(&mut self) -> Result<Vec<CaseId>>;
    /// Reads entries out.
    fn entries(&mut self, which: Which<'_>, take: &mut dyn FnMut(EntryRow) -> Result<()>) -> Result<()>;
    /// A piece of a file that is kept as it came, from 0.
    fn piece(&mut self, file: Sha256, number: u32) -> Result<Option<Vec<u8>>>;
    /// The papers of a file, by handover and path.
    fn papers(&mut self, case: CaseId) -> Result<Vec<(HandoverId, String)>>;
}
