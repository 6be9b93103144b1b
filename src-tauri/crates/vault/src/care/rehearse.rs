//! Trying the way back before it is needed (H4): a copy is opened, looked through and removed. Neither the vault nor a
//! backup is touched by it, and the copy is encrypted as they are.

use std::fs::File;
use std::path::Path;

use secrecy::SecretString;
use sharewell_records::Moment;

use crate::care::{Beside, verify};
use crate::door::copied::Copied;
use crate::door::keys::{Keys, Secret};
use crate::ledger::{self, Reader, entries};
use crate::tables::tallies;
use crate::{Error, Part, Result, db, files};

/// Copying, opening with the code, looking through it: what is told of how far a rehearsal is.
const STAGES: u64 = 3;

/// What the way back would bring back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// How many entries.
    pub entries: u64,
    /// How many children's files; restricted ones are counted nowhere.
    pub files: u64,
    /// When the newest entry was recorded.
    pub newest: Option<Moment>,
}

/// Whether a backup opens with a secret and is whole, for a rehearsal: how many entries it holds.
///
/// # Errors
/// As [`restore`](crate::restore); nothing is written.
pub fn rehearse(from: &Path, with: &Secret) -> Result<u64> {
    files::must_be_whole(from)?;
    let keys = Keys::read(&from.join(files::KEYS))?;
    let key = keys.unwrap(with)?.ok_or_else(|| with.wrong())?;
    let copy = Copied::of(from)?;
    let db = db::open(&copy.database(), &key, db::Mode::ReadOnly, None)?;
    if !verify::holds(&db)? {
        return Err(Error::Damaged { part: Part::Backup });
    }
    ledger::count(&Reader(&db))
}

impl Beside {
    /// Opens a copy of the vault with its recovery code, as whoever lost the passphrase would, and says what that brings
    /// back. The key that is open already is not used for it. The copy lies encrypted in a private folder, goes at the
    /// end, and one that a kill leaves goes with the next look or the next start.
    ///
    /// # Errors
    /// [`Error::RecoveryCodeMistyped`], [`Error::WrongRecoveryCode`], before anything is copied; [`Error::Damaged`]
    /// where the copy is not whole; [`Error::DiskFull`], [`Error::Cancelled`].
    pub fn rehearse(self, code: &SecretString) -> Result<Rehearsal> {
        let work = self.work().clone();
        work.expect(STAGES);
        let with = Secret::RecoveryCode(code.clone());
        // The slots as they lie on the disk: those are what there would be to open.
        let on_disk = self.dir().join(files::KEYS);
        Keys::read(&on_disk)?.unwrap(&with)?.ok_or_else(|| with.wrong())?;
        let copy = Copied::empty()?;
        self.copy_into(&copy.database())?;
        files::copy_synced(&on_disk, &copy.dir().join(files::KEYS))?;
        work.did(1)?;
        let keys = Keys::read(&copy.dir().join(files::KEYS))?;
        let key = keys.unwrap(&with)?.ok_or_else(|| with.wrong())?;
        let mut db = db::open(&copy.database(), &key, db::Mode::ReadOnly, None)?;
        work.bind(&mut db)?;
        work.did(1)?;
        if !verify::holds(&db)? {
            return Err(Error::Damaged { part: Part::Database });
        }
        let r = Reader(&db);
        let found = Rehearsal {
            entries: ledger::count(&r)?,
            files: tallies::families(&r)?,
            newest: entries::newest(&db)?,
        };
        // The database closes before its folder goes.
        db.close().map_err(|(_, error)| Error::from(error))?;
        work.did(1)?;
        Ok(found)
    }

    /// A copy of the database under the same key.
    fn copy_into(&self, copy: &Path) -> Result<()> {
        let name = copy.to_str().ok_or(Error::Io(std::io::ErrorKind::InvalidFilename))?;
        self.copy_database(name)?;
        File::options().write(true).open(copy)?.sync_all()?;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use sharewell_records::{Nation, PersonId, Practitioner, Stamp};
    use uuid::Uuid;

    use super::*;
    use crate::{Kdf, NewVault, Vault, Work};

    #[test]
    fn a_copy_that_a_kill_left_holds_no_word_of_the_vault_and_goes_with_the_next_start() {
        let dir = tempfile::tempdir().unwrap();
        let at = Moment("2026-10-06T08:30:00+01:00".parse().unwrap());
        let practitioner = Practitioner {
            id: PersonId(Uuid::from_u128(7)),
            name: "Nia Exampleton".into(),
            role: "Health visitor".into(),
            agency: "Fablewell Community Health".into(),
            team: String::new(),
            nation: Nation::England,
            phone: String::new(),
            lead_name: String::new(),
            lead_phone: String::new(),
            front_door_name: String::new(),
            front_door_phone: String::new(),
            out_of_hours_phone: String::new(),
            officer_phone: String::new(),
            body: None,
        };
        let stamp = Stamp { author: practitioner.id, at };
        let new = NewVault {
            passphrase: "seven tame otters juggle lanterns".into(),
            practitioner,
            stamp,
            kdf: Kdf::weak_for_tests(),
        };
        let (vault, code) = Vault::create(&dir.path().join("vault"), new).unwrap();
        let copy = Copied::empty().unwrap();
        vault.beside(&Work::new()).unwrap().copy_into(&copy.database()).unwrap();
        let bytes = fs::read(copy.database()).unwrap();
        assert!(bytes.len() > 4096, "all of it was copied");
        for word in [&b"SQLite format"[..], b"Exampleton", b"Health visitor", b"practitioners"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word));
        }
        // A kill removes nothing, and lets go of the lock.
        let left = copy.dir().to_owned();
        drop(copy.killed());
        assert!(left.exists());
        crate::forget_looks();
        assert!(!left.exists());
        let found = vault.beside(&Work::new()).unwrap().rehearse(&code.shown()).unwrap();
        assert_eq!((found.entries, found.files, found.newest), (vault.tip().sequence.0, 0, Some(at)));
    }
}
