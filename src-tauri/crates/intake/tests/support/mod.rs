//! An agency with its keys, practitioners with their chains, and the files that they hand over.
#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../../../exchange/tests/support/mod.rs"]
pub mod family;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use family::{CASE, OTHER_CASE, id, moment};
use ring::signature::Ed25519KeyPair;
use sharewell_exchange::handover::{self, Beginning, Contents, Document, Limits};
use sharewell_exchange::keys::{Identity, Recipient};
use sharewell_exchange::receipt::Receipt;
use sharewell_exchange::roster::{Member, Roster};
use sharewell_exchange::{EntryLine, Profile, Signer, SigningKey, tables};
use sharewell_intake::store::{Embedded, EntryRow, Store, Which};
use sharewell_intake::{Answer, Intake, Keys};
use sharewell_records::*;

/// When the intake of most tests works.
pub fn now() -> Moment {
    moment("2026-03-20T09:00:00+00:00")
}

/// A practitioner's chain: the family of the exchange's tests, and as many notes as are wanted.
#[derive(Clone)]
pub struct Book {
    pub origin: OriginId,
    pub seed: u8,
    pub entries: Vec<(Header, Payload)>,
}

impl Book {
    pub fn new(number: u64, seed: u8) -> Self {
        let mut book = Self { origin: id(number), seed, entries: Vec::new() };
        let key = Signer::public_key(&book.signer()).to_string();
        for (case, payload) in family::history() {
            let payload = match payload {
                Payload::OriginStarted { vault, continues, .. } => {
                    Payload::OriginStarted { vault, public_key: key.clone(), continues }
                }
                other => other,
            };
            book.write(case, payload);
        }
        book
    }

    pub fn signer(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[self.seed; 32]).unwrap()
    }

    pub fn write(&mut self, case: Option<u64>, payload: Payload) {
        let at = self.entries.len() as u64 + 1;
        let header = Header {
            id: id(u64::from(self.seed) << 32 | at),
            origin: self.origin,
            sequence: Seq(at),
            case: case.map(id),
            author: id(1),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            recorded_at: Moment(
                moment("2026-03-12T10:00:00+00:00").0 + chrono::TimeDelta::minutes(at as i64),
            ),
            basis: vec![],
        };
        self.entries.push((header, payload));
    }

    /// One more note in the file.
    pub fn note(&mut self, text: &str) {
        let number = 40_000 + self.entries.len() as u64;
        self.write(Some(CASE), Payload::ItemRecorded { item: family::item(number, text) });
    }

    pub fn last(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The chain's lines as a handover of these files has them, and the link before each place.
    fn lines(&self, cases: &[u64]) -> (Vec<EntryLine>, Vec<Sha256>) {
        let (mut at, mut links, mut lines) = (GENESIS, vec![GENESIS], Vec::new());
        for (header, payload) in &self.entries {
            let salt = [header.sequence.0 as u8; 32];
            let stored = payload.to_bytes().unwrap();
            let whole = EntryLine::Whole { header: header.clone(), stored, salt };
            let entry_hash = whole.hash().unwrap();
            at = link(at, header.sequence, entry_hash);
            links.push(at);
            let goes = header.case.is_none_or(|case| cases.iter().any(|one| id::<CaseId>(*one) == case));
            lines.push(if goes {
                whole
            } else {
                EntryLine::Withheld { sequence: header.sequence, entry_hash }
            });
        }
        (lines, links)
    }

    pub fn head(&self) -> Sha256 {
        *self.lines(&[]).1.last().unwrap()
    }

    /// A handover of a range and of files.
    pub fn contents(&self, number: u64, from: u64, to: u64, cases: &[u64]) -> Contents {
        let (lines, links) = self.lines(cases);
        let mut standing = Standing::default();
        let chosen: Vec<CaseId> = cases.iter().map(|case| id(*case)).collect();
        for (header, payload) in &self.entries {
            if header.case.is_none_or(|case| chosen.contains(&case)) {
                standing.take(header, payload);
            }
        }
        Contents {
            id: id(number),
            made_at: moment("2026-03-14T09:30:00+00:00"),
            origin: self.origin,
            from: Seq(from),
            to: Seq(to),
            head: links[to as usize],
            previous_link: links[from as usize - 1],
            public_key: Signer::public_key(&self.signer()),
            practitioner: standing.practitioner().cloned().unwrap(),
            agency: None,
            cases: chosen,
            lines: lines[from as usize - 1..to as usize].to_vec(),
            chains: vec![],
            beginning: Beginning::default(),
            part: None,
            replaces: None,
            tables: tables::build(&standing, &standing.protection(&family::called())),
            profile: Profile::Strict,
            attachments: vec![],
            documents: vec![Document {
                path: format!("decisions/{}.pdf", id::<DecisionId>(501)),
                bytes: b"%PDF-1.7 not a real document".to_vec(),
            }],
            words: family::readme(),
        }
    }

    pub fn sealed(&self, contents: &Contents, to: &[Recipient]) -> Vec<u8> {
        let mut bytes = Vec::new();
        handover::write(&mut bytes, contents, to, &self.signer()).unwrap();
        bytes
    }

    pub fn member(&self, role: Role) -> Member {
        let key = Signer::public_key(&self.signer());
        let from = family::day("2026-01-01");
        Member::new(key, self.origin, "Noor Exampleton", "Health visitor", role, from)
    }
}

/// An agency's intake in a temporary folder.
pub struct Desk {
    pub dir: tempfile::TempDir,
    pub keys: Keys,
    pub limits: Limits,
    pub now: fn() -> Moment,
}

impl Desk {
    pub fn with(members: Vec<Member>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let roster = Roster {
            agency: "0192f0c1-2345-7abc-8def-0000000000aa".parse().unwrap(),
            name: "Madeup Community Health".into(),
            serial: 1,
            issued: family::day("2026-03-01"),
            members,
        };
        let keys = Keys {
            identities: vec![Identity::generate()],
            receipts: SigningKey::generate().unwrap().0,
            roster,
        };
        Self { dir, keys, limits: Limits::default(), now }
    }

    pub fn of(book: &Book) -> Self {
        Self::with(vec![book.member(Role::Practitioner)])
    }

    pub fn recipient(&self) -> Recipient {
        self.keys.identities[0].recipient()
    }

    pub fn store_path(&self) -> PathBuf {
        self.dir.path().join("intake.db")
    }

    pub fn store(&self) -> Embedded {
        Embedded::open(&self.store_path(), &self.dir.path().join("store.key")).unwrap()
    }

    /// Writes a file that somebody hands over.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The file of a handover to this intake.
    pub fn handed(&self, book: &Book, number: u64, from: u64, to: u64, cases: &[u64]) -> PathBuf {
        let contents = book.contents(number, from, to, cases);
        self.file(&format!("{number}.sharewell"), &book.sealed(&contents, &[self.recipient()]))
    }

    pub fn intake<'a>(&'a self, store: &'a mut dyn Store) -> Intake<'a> {
        Intake { store, keys: &self.keys, limits: self.limits, now: self.now }
    }

    pub fn try_take(&self, path: &Path) -> sharewell_intake::Result<Vec<Answer>> {
        let mut store = self.store();
        self.intake(&mut store).take(path)
    }

    /// Takes a file in and holds each receipt to the key that signs it.
    pub fn take(&self, path: &Path) -> Vec<Answer> {
        let answers = self.try_take(path).unwrap();
        for answer in &answers {
            let read = Receipt::read(&answer.row.receipt, &self.keys.receipts.public_key()).unwrap();
            assert_eq!(read, answer.receipt);
        }
        answers
    }

    /// The only answer.
    pub fn taken(&self, path: &Path) -> Answer {
        let mut answers = self.take(path);
        assert_eq!(answers.len(), 1, "{answers:?}");
        answers.remove(0)
    }

    /// Everything that is stored of the file, by chain and place.
    pub fn stored(&self) -> BTreeMap<(OriginId, Seq), Option<Vec<u8>>> {
        stored(&mut self.store())
    }
}

pub fn stored(store: &mut dyn Store) -> BTreeMap<(OriginId, Seq), Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    for case in store.cases().unwrap() {
        store
            .entries(Which::Case(case), &mut |EntryRow { header, stored }| {
                all.insert((header.origin, header.sequence), stored);
                Ok(())
            })
            .unwrap();
    }
    all
}

/// The places that an answer names in each of its lists, of all chains.
pub fn places(answer: &Answer) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
    let of = &answer.receipt.origins;
    (
        of.iter().flat_map(|one| &one.taken).map(|one| one.sequence.0).collect(),
        of.iter().flat_map(|one| &one.had).map(|one| one.sequence.0).collect(),
        of.iter().flat_map(|one| &one.quarantined).map(|one| one.sequence.0).collect(),
    )
}
