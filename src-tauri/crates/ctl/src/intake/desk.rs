//! The keys, the roster, the store and the folder of receipts that a verb works with.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use sharewell_exchange::Signer as _;
use sharewell_intake::store::{Embedded, Postgres, Server, Store};
use sharewell_intake::{Answer, Intake, Keys, receipts};
use zeroize::Zeroizing;

use super::args::At;
use super::refused::NotTaken;
use crate::agency::keep;
use crate::error::Error;

/// The store's own key, beside those of the agency.
const STORE_KEY: &str = "store.key";
/// The store.
const STORE: &str = "intake.db";
/// Names the file in whose first line the database's password stands.
const PASSWORD_FILE: &str = "SHAREWELL_DATABASE_PASSWORD_FILE";
/// The folder of receipts.
const RECEIPTS: &str = "receipts";

/// All of it.
pub struct Desk {
    pub keys: Keys,
    pub store: Box<dyn Store>,
    receipts: PathBuf,
}

impl Desk {
    /// Opens it. The keys that the profile names must be there; those before them open what was made for them.
    ///
    /// # Errors
    /// [`NotTaken::KeysDiffer`], and what is wrong with a file.
    pub fn open(at: &At) -> Result<Self, Error> {
        let profile = keep::profile_in(&at.keys)?;
        let roster = keep::roster_in(&at.keys, &profile)?;
        let identities = keep::every(&at.keys, keep::ENCRYPTION, keep::identity)?;
        let signers = keep::every(&at.keys, keep::RECEIPTS, keep::signer)?;
        let named = &profile.profile.keys;
        let opens = identities.iter().any(|one| one.recipient() == named.encryption);
        let signs = signers.into_iter().find(|one| one.public_key() == named.receipts);
        let (true, Some(receipts)) = (opens, signs) else {
            return Err(NotTaken::KeysDiffer { path: at.keys.display().to_string() }.into());
        };
        let keys = Keys { identities, receipts, roster };
        let folder = at.receipts.clone().unwrap_or_else(|| at.keys.join(RECEIPTS));
        Ok(Self { keys, store: store(at)?, receipts: folder })
    }

    /// What takes files in.
    pub fn intake(&mut self) -> Intake<'_> {
        Intake {
            store: self.store.as_mut(),
            keys: &self.keys,
            limits: sharewell_exchange::handover::Limits::default(),
            now: sharewell_casework::clock::now,
        }
    }

    /// Puts a receipt where it can be fetched.
    ///
    /// # Errors
    /// As [`receipts::write`].
    pub fn give_out(&self, answer: &Answer) -> Result<PathBuf, NotTaken> {
        Ok(receipts::write(&self.receipts, &answer.row)?)
    }
}

/// The store alone, for verbs that need no key of the agency.
///
/// # Errors
/// As [`Embedded::open`].
pub fn store(at: &At) -> Result<Box<dyn Store>, NotTaken> {
    if let Some(address) = &at.database {
        let mut server = Server::parse(address)?;
        if let Some(path) = std::env::var_os(PASSWORD_FILE) {
            server = server.with_password(&first_line(Path::new(&path))?);
        }
        if let Some(authority) = &at.database_authority {
            server = server.vouched_by(authority);
        }
        return Ok(Box::new(Postgres::connect(&server)?));
    }
    let path = at.store.clone().unwrap_or_else(|| at.keys.join(STORE));
    Ok(Box::new(Embedded::open(&path, &at.keys.join(STORE_KEY))?))
}

/// The first line of a file with a password.
fn first_line(path: &Path) -> Result<Zeroizing<String>, NotTaken> {
    let failed = |error: std::io::Error| {
        NotTaken::from(sharewell_intake::Error::File { path: path.to_owned(), kind: error.kind() })
    };
    let mut line = Zeroizing::new(String::with_capacity(4096));
    let file = std::fs::File::open(path).map_err(failed)?;
    BufReader::new(file.take(4096)).read_line(&mut line).map_err(failed)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    Ok(Zeroizing::new(password))
}
