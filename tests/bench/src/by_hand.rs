//! The limit of a save and of a search: the same rows in a SQLCipher database, written by hand.
//!
//! The schema is the vault's own, read from its migrations, so that constraints, triggers and indexes cost
//! the same on both sides. The pragmas are the vault's. What is left out is what the vault does besides:
//! rules, hashes, salts, the chain, `vault.head`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior, params};
use sharewell_records::{Payload, PersonId};
use sharewell_vault::new_uuid;

use crate::corpus::{Next, moment};
use crate::error::{Error, Result};

const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/crates/vault/migrations");

/// As the vault opens its database, after the key.
const PRAGMAS: &str = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; \
    PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON;";

/// The database.
pub struct ByHand {
    db: Connection,
    origin: String,
    author: String,
    sequence: i64,
}

/// Everything that stands in the rows of one entry, made ready before the clock starts.
pub struct Rows {
    id: String,
    case: String,
    kind: &'static str,
    recorded_at: String,
    fold_at: i64,
    /// In place of a payload's hash, an entry's hash, a link and a salt: as long, and as hard to compress.
    noise: [[u8; 32]; 4],
    bytes: Vec<u8>,
    subject: String,
    table: Table,
    search: Option<(String, String)>,
}

/// The table that the entry belongs to.
enum Table {
    Case { child: String },
    Person,
    Flag { person: String, kind: String },
    Item { about: Vec<String> },
}

impl Rows {
    /// Works out the rows of an entry.
    pub fn of(next: &Next, second: u64) -> Result<Self> {
        let at = moment(second);
        let mut noise = [[0; 32]; 4];
        for bytes in &mut noise {
            ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), bytes)
                .map_err(|_| Error::Chance)?;
        }
        let joined = |words: &[&str]| {
            words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join("\n")
        };
        let texts = |people: &[PersonId]| people.iter().map(ToString::to_string).collect();
        let (subject, table, search) = match &next.payload {
            Payload::CaseOpened { case } => (
                case.id.to_string(),
                Table::Case { child: case.child.to_string() },
                Some((case.reference.clone(), case.reason.clone())),
            ),
            Payload::PersonRecorded { person } => {
                let number = person.identifiers.first().map_or("", |i| i.value.as_str());
                let dialled = person.phone.replace(' ', "");
                let words = joined(&[number, &person.address, &person.phone, &dialled]);
                (person.id.to_string(), Table::Person, Some((person.name.clone(), words)))
            }
            Payload::FlagSet { flag } => {
                let kind = serde_json::to_value(flag.kind)?.as_str().unwrap_or_default().to_owned();
                (flag.id.to_string(), Table::Flag { person: flag.person.to_string(), kind }, None)
            }
            Payload::ItemRecorded { item } => {
                let label = item.labels.first().map_or("", String::as_str);
                let words = joined(&[&item.text, &item.by, label]);
                (item.id.to_string(), Table::Item { about: texts(&item.about) }, Some((String::new(), words)))
            }
            _ => return Err(Error::NotTheSame("the corpus has a kind of entry that is not written by hand")),
        };
        Ok(Self {
            id: new_uuid().to_string(),
            case: next.case.to_string(),
            kind: next.payload.kind(),
            recorded_at: at.0.to_rfc3339(),
            fold_at: at.0.timestamp_micros(),
            noise,
            bytes: next.payload.to_bytes()?,
            subject,
            table,
            search,
        })
    }
}

impl ByHand {
    /// Makes the database, under a random key.
    pub fn create(file: &Path) -> Result<Self> {
        let mut key = [0_u8; 32];
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut key)
            .map_err(|_| Error::Chance)?;
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let db = Connection::open(file)?;
        db.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; {PRAGMAS}"))?;
        db.set_prepared_statement_cache_capacity(128);
        let mut migrations: Vec<_> =
            std::fs::read_dir(MIGRATIONS)?.map(|file| Ok(file?.path())).collect::<std::io::Result<_>>()?;
        migrations.sort();
        for migration in migrations.iter().filter(|path| path.extension().is_some_and(|e| e == "sql")) {
            db.execute_batch(&std::fs::read_to_string(migration)?)?;
        }
        let (origin, author) = (new_uuid().to_string(), new_uuid().to_string());
        Ok(Self { db, origin, author, sequence: 0 })
    }

    /// Writes entries in one transaction. When it returns, they are on disk.
    pub fn write(&mut self, entries: &[Rows]) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for rows in entries {
            self.sequence += 1;
            insert(&tx, rows, &self.origin, &self.author, self.sequence)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Writes bytes in pieces into a bare table, each piece in a transaction of its own.
    pub fn pieces_in(&self, id: &str, bytes: &[u8], piece: usize) -> Result<()> {
        self.db.execute_batch(
            "CREATE TABLE IF NOT EXISTS bare (id TEXT NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (id, number))",
        )?;
        for (number, piece) in (0_i64..).zip(bytes.chunks(piece)) {
            self.db
                .prepare_cached("INSERT INTO bare (id, number, bytes) VALUES (?1, ?2, ?3)")?
                .execute(params![id, number, piece])?;
        }
        Ok(())
    }

    /// Reads them; how many bytes there were.
    pub fn pieces_out(&self, id: &str) -> Result<usize> {
        let mut statement = self.db.prepare_cached("SELECT bytes FROM bare WHERE id = ?1 ORDER BY number")?;
        let mut rows = statement.query([id])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            read += std::hint::black_box(row.get::<_, Vec<u8>>(0)?).len();
        }
        Ok(read)
    }

    /// One pass over the items with what each says; how many there were.
    pub fn pass(&self) -> Result<u64> {
        let mut statement = self.db.prepare_cached(
            "SELECT items.id, payloads.bytes FROM items JOIN payloads ON payloads.entry = items.entry",
        )?;
        let mut rows = statement.query([])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            std::hint::black_box((row.get_ref(0)?.as_bytes().is_ok(), row.get_ref(1)?.as_bytes().is_ok()));
            read += 1;
        }
        Ok(read)
    }

    /// Brings everything from the write-ahead log into the database.
    pub fn checkpoint(&self) -> Result<()> {
        Ok(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// The bare query for a page of results: the index alone, newest first, with title and snippet as a page
    /// of results shows them. Returns how many there are.
    pub fn search(&self, expression: &str, limit: usize) -> Result<usize> {
        let mut statement = self.db.prepare_cached(
            "SELECT rowid, title, snippet(search, -1, '', '', '…', 16) FROM search \
             WHERE search MATCH ?1 ORDER BY rowid DESC",
        )?;
        let mut rows = statement.query([expression])?;
        let mut shown: Vec<(i64, String, String)> = Vec::new();
        while shown.len() < limit
            && let Some(row) = rows.next()?
        {
            shown.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
        Ok(std::hint::black_box(shown).len())
    }
}

fn insert(db: &Connection, rows: &Rows, origin: &str, author: &str, sequence: i64) -> Result<()> {
    let [payload_hash, entry_hash, link, salt] = &rows.noise;
    db.prepare_cached(
        "INSERT INTO entries (id, origin, sequence, case_id, author, kind, version, recorded_at, basis, payload_hash, \
         entry_hash, link, fold_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, '[]', ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        rows.id,
        origin,
        sequence,
        rows.case,
        author,
        rows.kind,
        rows.recorded_at,
        payload_hash,
        entry_hash,
        link,
        rows.fold_at
    ])?;
    let n = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO payloads (entry, salt, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![n, salt, rows.bytes])?;
    db.prepare_cached("INSERT INTO subjects (subject, entry) VALUES (?1, ?2)")?
        .execute(params![rows.subject, n])?;
    let found = match &rows.table {
        Table::Case { child } => {
            db.prepare_cached("INSERT INTO cases (id, child, entry) VALUES (?1, ?2, ?3)")?
                .execute(params![rows.subject, child, n])?;
            "case"
        }
        Table::Person => {
            db.prepare_cached("INSERT INTO people (id, entry) VALUES (?1, ?2)")?
                .execute(params![rows.subject, n])?;
            db.prepare_cached("INSERT INTO case_people (case_id, person, since) VALUES (?1, ?2, ?3)")?
                .execute(params![rows.case, rows.subject, n])?;
            "person"
        }
        Table::Flag { person, kind } => {
            db.prepare_cached("INSERT INTO flags (id, person, kind, entry) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![rows.subject, person, kind, n])?;
            "flag"
        }
        Table::Item { about } => {
            db.prepare_cached("INSERT INTO items (id, case_id, entry) VALUES (?1, ?2, ?3)")?
                .execute(params![rows.subject, rows.case, n])?;
            for person in about {
                db.prepare_cached("INSERT INTO item_people (item, person) VALUES (?1, ?2)")?
                    .execute(params![rows.subject, person])?;
            }
            "item"
        }
    };
    if let Some((title, words)) = &rows.search {
        db.prepare_cached(
            "INSERT INTO search_rows (subject, entry, found, case_id) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![rows.subject, n, found, rows.case])?;
        db.prepare_cached("INSERT INTO search (rowid, title, words) VALUES (?1, ?2, ?3)")?
            .execute(params![n, title, words])?;
    }
    Ok(())
}
