//! Reading, and the one way of writing.
//!
//! A [`Writer`] exists only inside a transaction, and its connection is private: SQL cannot escape this
//! crate, and an entry is never on disk without what the projections make of it.

use ring::signature::{Ed25519KeyPair, KeyPair};
use rusqlite::{Connection, OptionalExtension, params};
use sharewell_records::{
    AttachmentId, CaseId, EntryId, Moment, OldOrigin, OriginId, PackRef, Payload, PersonId, Stamp, VaultId,
    checkpoint_bytes,
};
use zeroize::Zeroizing;

use crate::access::{self, Access, AccessTip};
use crate::attached::{self, PageLooked};
use crate::bytes::hex;
use crate::drafts::{self, Draft};
use crate::kept::{self, Kept};
use crate::ledger::entries::{self, Appended, New, Tip};
use crate::ledger::head::Head;
use crate::ledger::{self, At, Reader, rules};
use crate::tables::packs::{self, PackFile};
use crate::tables::project::{self, Only};

use crate::{Error, Result, db};

/// How far the vault has come: what `vault.head` says after the next commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    pub tip: Tip,
    /// Where the last entry of any other origin folds.
    pub others_fold: i64,
    pub access: AccessTip,
    pub drafts: u64,
}

impl Marks {
    pub(crate) fn read(db: &Connection, origin: OriginId) -> Result<Self> {
        // Within an origin no entry folds before its predecessor, so the last one folds last. Opening a vault
        // costs the same however much is in it.
        let mut others_fold = i64::MIN;
        for other in ledger::origins(db)?.into_iter().filter(|other| *other != origin) {
            others_fold = others_fold.max(entries::tip(db, other)?.fold_at);
        }
        Ok(Self {
            tip: entries::tip(db, origin)?,
            others_fold,
            access: access::tip(db)?,
            drafts: drafts::saves(db)?,
        })
    }

    pub(crate) fn head(&self) -> Head {
        Head {
            origin: self.tip.origin,
            sequence: self.tip.sequence,
            link: self.tip.link,
            access: self.access.count,
            access_link: self.access.link,
            drafts: self.drafts,
        }
    }
}

/// Writes entries, drafts and notes inside one transaction.
#[derive(Debug)]
pub struct Writer<'a> {
    db: &'a Connection,
    stamp: &'a Stamp,
    marks: Marks,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(db: &'a Connection, stamp: &'a Stamp, marks: Marks) -> Self {
        Self { db, stamp, marks }
    }

    pub(crate) fn db(&self) -> &Connection {
        self.db
    }

    pub(crate) fn marks(&self) -> Marks {
        self.marks
    }

    /// Reads what the transaction has written so far.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader(self.db)
    }

    /// Who writes, and when.
    #[must_use]
    pub fn stamp(&self) -> &Stamp {
        self.stamp
    }

    /// Appends an entry and updates the projections. A disposal also removes the content that it names.
    ///
    /// # Errors
    /// [`Error::AlreadyRecorded`], [`Error::AlreadyClosed`], [`Error::NoSuch`] or [`Error::CaseMismatch`] where
    /// the vault as it stands does not allow it; [`Error::NotAllowed`] for kinds that only the vault writes.
    pub fn append(&mut self, case: Option<CaseId>, payload: &Payload, basis: &[EntryId]) -> Result<Appended> {
        rules::check(self.db, case, payload, basis)?;
        self.file(case, payload, basis)
    }

    /// Appends what an opening found, in the name of whoever the vault belongs to.
    pub(crate) fn note(&mut self, author: PersonId, payload: &Payload) -> Result<()> {
        let stamp = Stamp { author, at: self.stamp.at };
        let mut own = Writer::new(self.db, &stamp, self.marks);
        own.file(None, payload, &[])?;
        self.marks = own.marks;
        Ok(())
    }

    /// Appends without asking the rules.
    fn file(&mut self, case: Option<CaseId>, payload: &Payload, basis: &[EntryId]) -> Result<Appended> {
        let new = New { stamp: self.stamp, case, payload, basis };
        let (n, header, tip, appended) = entries::append(self.db, &self.marks.tip, &new)?;
        self.marks.tip = tip;
        let at = At { n, case, origin: header.origin };
        if let Payload::AttachmentAdded { attachment } = payload {
            attached::vouch(self.db, attachment.id, n)?;
        }
        project::apply(self.db, &at, payload, Only::All)?;
        if let Payload::Disposed { entries, .. } = payload {
            self.dispose(n, entries)?;
        } else if tip.fold_at <= self.marks.others_fold {
            // The clock was set back behind what another origin brought: fold anew, in the right order.
            project::refold(self.db)?;
        }
        Ok(appended)
    }

    /// Removes content. What it built in the projections goes by building them anew: rare, and certain.
    fn dispose(&self, by: i64, entries: &[EntryId]) -> Result<()> {
        let mut papers = Vec::new();
        for id in entries {
            papers.extend(attached::spoken_of(self.db, &id.to_string())?);
            let n: i64 =
                self.db
                    .query_row("SELECT n FROM entries WHERE id = ?1", [id.to_string()], |row| row.get(0))?;
            self.db.execute("INSERT INTO disposed (entry, by) VALUES (?1, ?2)", params![n, by])?;
            self.db.execute("DELETE FROM payloads WHERE entry = ?1", [n])?;
        }
        attached::dispose(self.db, &papers)?;
        project::refold(self.db)
    }

    /// Keeps the bytes of a pack that a decision uses or that is installed. A pack that is kept already is left as it is.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`packs::MOST_BYTES`].
    pub fn keep_pack(&mut self, pack: &PackRef, files: &[PackFile]) -> Result<()> {
        if packs::is_kept(&self.reader(), pack.hash)? {
            return Ok(());
        }
        packs::keep(self.db, pack, files)?;
        self.file(None, &Payload::PackKept { pack: pack.clone() }, &[])?;
        Ok(())
    }

    /// Signs the chain as it stands. The key lives in the vault, so a checkpoint proves agreement with a head
    /// that is held elsewhere and nothing more.
    ///
    /// # Errors
    /// [`Error::Crypto`] where the key is not usable.
    pub fn sign_checkpoint(&mut self) -> Result<Appended> {
        let Tip { origin, sequence, link, .. } = self.marks.tip;
        let key = signing_key(self.db, origin)?;
        let signature = hex(key.sign(&checkpoint_bytes(origin, sequence, link)).as_ref());
        self.file(None, &Payload::CheckpointSigned { at: sequence, link, signature }, &[])
    }

    /// Saves a draft in the same transaction.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the bounds of [`drafts`].
    pub fn save_draft(&mut self, draft: &Draft) -> Result<()> {
        let saved = self.marks.drafts + 1;
        drafts::save(self.db, draft, saved)?;
        self.marks.drafts = saved;
        Ok(())
    }

    /// Removes a draft in the same transaction: when it is signed off, both happen or neither. Gives whether there was one:
    /// that nobody began one is no reason to write nothing down.
    ///
    /// # Errors
    /// [`Error::Sqlite`] where the database refuses.
    pub fn delete_draft(&mut self, key: &str) -> Result<bool> {
        drafts::remove(self.db, key)
    }

    /// Keeps what the program notes for itself in the same transaction.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond the bounds of [`kept`].
    pub fn keep(&mut self, kept: &Kept) -> Result<()> {
        let saved = self.marks.drafts + 1;
        kept::save(self.db, kept, saved)?;
        self.marks.drafts = saved;
        Ok(())
    }

    /// Keeps a page of a paper that was looked at, as what was looked at.
    ///
    /// # Errors
    /// [`Error::NoSuch`] where there is no such paper; [`Error::TooLarge`] beyond
    /// [`MOST_OF_A_PAGE`](attached::MOST_OF_A_PAGE).
    pub fn keep_page(&mut self, page: &PageLooked) -> Result<()> {
        attached::keep_page(self.db, page)
    }

    /// Forgets that pages of a paper were looked at.
    ///
    /// # Errors
    /// [`Error::DiskFull`] and the like.
    pub fn forget_pages(&mut self, paper: AttachmentId) -> Result<()> {
        attached::forget_pages(self.db, paper)
    }

    /// Forgets what the program noted under a name, in the same transaction.
    ///
    /// # Errors
    /// [`Error::NoSuch`] where there is nothing.
    pub fn forget(&mut self, key: &str) -> Result<()> {
        kept::remove(self.db, key)
    }

    /// Adds a row to the access log in the same transaction.
    ///
    /// # Errors
    /// [`Error::Sqlite`] where the database refuses.
    pub fn log(&mut self, at: Moment, case: Option<CaseId>, what: &Access) -> Result<()> {
        self.marks.access = access::append(self.db, self.marks.access, at, case, what)?;
        Ok(())
    }

    /// Begins a new origin with a new signing key; from here on this vault writes that one.
    pub(crate) fn start_origin(&mut self, vault: VaultId, continues: Option<OldOrigin>) -> Result<()> {
        let origin: OriginId = OriginId(uuid::Uuid::now_v7());
        let document = Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new())?;
        let public = Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| Error::Crypto)?;
        let secret = Zeroizing::new(document.as_ref().to_vec());
        self.db.execute(
            "INSERT INTO signing_keys (origin, pkcs8) VALUES (?1, ?2)",
            params![origin.to_string(), *secret],
        )?;
        self.db.execute(
            "INSERT INTO state (one, vault, origin) VALUES (1, ?1, ?2) \
             ON CONFLICT (one) DO UPDATE SET origin = excluded.origin, branch_pending = 0",
            params![vault.to_string(), origin.to_string()],
        )?;
        self.marks.others_fold = self.marks.others_fold.max(self.marks.tip.fold_at);
        self.marks.tip = Tip::genesis(origin);
        let public_key = hex(public.public_key().as_ref());
        self.file(None, &Payload::OriginStarted { vault, public_key, continues }, &[])?;
        Ok(())
    }
}

fn signing_key(db: &Connection, origin: OriginId) -> Result<Ed25519KeyPair> {
    let pkcs8: Option<Vec<u8>> = db
        .query_row("SELECT pkcs8 FROM signing_keys WHERE origin = ?1", [origin.to_string()], |row| row.get(0))
        .optional()?;
    let pkcs8 = Zeroizing::new(pkcs8.ok_or(Error::NoSuch { what: "signing key" })?);
    Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|_| Error::Crypto)
}

/// Signs bytes with the key of the origin that this vault writes, for a handover's signature. The bytes begin
/// with a tag of their own, so that no signature passes for a checkpoint.
pub(crate) fn sign(db: &Connection, message: &[u8]) -> Result<[u8; 64]> {
    let origin = ledger::own_origin(db)?;
    let signature = signing_key(db, origin)?.sign(message);
    signature.as_ref().try_into().map_err(|_| Error::Crypto)
}

/// The public key of the origin that this vault writes.
pub(crate) fn public_key(db: &Connection) -> Result<[u8; 32]> {
    let origin = ledger::own_origin(db)?;
    signing_key(db, origin)?.public_key().as_ref().try_into().map_err(|_| Error::Crypto)
}

/// The vault's id as the database has it.
pub(crate) fn vault_id(db: &Connection) -> Result<VaultId> {
    let text: String = db.query_row("SELECT vault FROM state", [], |row| row.get(0))?;
    db::id(&text, "vault id")
}

/// Drafts and access rows carry no author of their own.
pub(crate) fn nobody(at: Moment) -> Stamp {
    Stamp { author: PersonId(uuid::Uuid::nil()), at }
}
