//! An agency's desk for a measurement: its keys, its roster, a store, and how long each part of taking in took.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use sharewell_exchange::SigningKey;
use sharewell_exchange::handover::Limits;
use sharewell_exchange::keys::Identity;
use sharewell_exchange::receipt::Outcome;
use sharewell_exchange::roster::Roster;
use sharewell_intake::store::{EntryRow, FileRow, Files, Held, Store, Tx, Which};
use sharewell_intake::{Intake, Keys};
use sharewell_records::{CaseId, Day, HandoverId, Moment, OriginId, Sha256};
use sharewell_vault::new_uuid;

use crate::corpus::moment;
use crate::error::{Error, Result};
use crate::laptop::Laptop;

const INTAKE: &str = "intake.key";
const RECEIPTS: &str = "receipts.key";
const ROSTER: &str = "roster.json";

/// When the intake works: after everything that was recorded.
fn now() -> Moment {
    moment(10_000_000)
}

/// The keys.
pub struct Desk {
    keys: Keys,
    /// The key of receipts as it is written down.
    receipts: SecretString,
}

/// How long a file took.
pub struct Took {
    /// All of it.
    pub whole: Duration,
    /// What the store does, its transaction from beginning to commit; what the file is compared with and the answer
    /// are made in it.
    pub stored: Duration,
}

impl Took {
    /// Decrypting and verifying.
    pub fn read(&self) -> Duration {
        self.whole.saturating_sub(self.stored)
    }
}

impl Desk {
    /// A desk for these laptops.
    pub fn of<'a>(laptops: impl Iterator<Item = &'a Laptop>) -> Result<Self> {
        let roster = Roster {
            agency: new_uuid(),
            name: "Exampleton Community Health".to_owned(),
            serial: 1,
            issued: Day(moment(0).0.date_naive()),
            members: laptops.map(Laptop::member).collect(),
        };
        let (receipts, written) = SigningKey::generate()?;
        let keys = Keys { identities: vec![Identity::generate()], receipts, roster };
        Ok(Self { keys, receipts: written })
    }

    /// Writes the keys of this measurement down, for a program that is started anew.
    pub fn write_to(&self, dir: &Path) -> Result<()> {
        let identity = self.keys.identities.first().ok_or(Error::NotTheSame("a desk has no key"))?;
        std::fs::write(dir.join(INTAKE), identity.to_secret().expose_secret())?;
        std::fs::write(dir.join(RECEIPTS), self.receipts.expose_secret())?;
        Ok(std::fs::write(dir.join(ROSTER), serde_json::to_vec(&self.keys.roster)?)?)
    }

    /// Reads them there.
    pub fn read_from(dir: &Path) -> Result<Self> {
        let read = |name: &str| std::fs::read_to_string(dir.join(name));
        let written = SecretString::from(read(RECEIPTS)?);
        let keys = Keys {
            identities: vec![Identity::parse(&read(INTAKE)?)?],
            receipts: SigningKey::parse(written.expose_secret())?,
            roster: serde_json::from_str(&read(ROSTER)?)?,
        };
        Ok(Self { keys, receipts: written })
    }

    /// Writes down what a laptop hands over to this desk.
    pub fn given(&self, laptop: &Laptop, dir: &Path) -> Result<PathBuf> {
        let to: Vec<_> = self.keys.identities.iter().map(Identity::recipient).collect();
        let path = dir.join(format!("{}.sharewell", laptop.origin));
        std::fs::write(&path, laptop.handed_over(&to)?)?;
        Ok(path)
    }

    /// Takes a file in, which must be taken whole.
    pub fn take(&self, store: &mut dyn Store, path: &Path) -> Result<Took> {
        let mut timed = Timed { store, stored: Duration::ZERO };
        let began = Instant::now();
        let mut intake = Intake { store: &mut timed, keys: &self.keys, limits: Limits::default(), now };
        let answers = intake.take(path)?;
        let whole = began.elapsed();
        match answers.as_slice() {
            [one] if one.row.outcome == Outcome::Taken => Ok(Took { whole, stored: timed.stored }),
            _ => Err(Error::NotTheSame("a handover was not taken in whole")),
        }
    }
}

/// A store that tells how long its transactions took.
struct Timed<'a> {
    store: &'a mut dyn Store,
    stored: Duration,
}

impl Store for Timed<'_> {
    fn transact(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Tx) -> sharewell_intake::Result<()>,
    ) -> sharewell_intake::Result<()> {
        let began = Instant::now();
        let done = self.store.transact(work);
        self.stored += began.elapsed();
        done
    }

    fn each_file(
        &mut self,
        which: Files,
        take: &mut dyn FnMut(FileRow) -> sharewell_intake::Result<()>,
    ) -> sharewell_intake::Result<()> {
        self.store.each_file(which, take)
    }

    fn chain(&mut self, origin: OriginId) -> sharewell_intake::Result<Option<Held>> {
        self.store.chain(origin)
    }

    fn files_of(&mut self, origin: OriginId) -> sharewell_intake::Result<Vec<FileRow>> {
        self.store.files_of(origin)
    }

    fn cases_of(&mut self, origin: OriginId) -> sharewell_intake::Result<Vec<CaseId>> {
        self.store.cases_of(origin)
    }

    fn cases(&mut self) -> sharewell_intake::Result<Vec<CaseId>> {
        self.store.cases()
    }

    fn entries(
        &mut self,
        which: Which<'_>,
        take: &mut dyn FnMut(EntryRow) -> sharewell_intake::Result<()>,
    ) -> sharewell_intake::Result<()> {
        self.store.entries(which, take)
    }

    fn piece(&mut self, file: Sha256, number: u32) -> sharewell_intake::Result<Option<Vec<u8>>> {
        self.store.piece(file, number)
    }

    fn papers(&mut self, case: CaseId) -> sharewell_intake::Result<Vec<(HandoverId, String)>> {
        self.store.papers(case)
    }
}
