//! Fictional families with a believable history, for trying the program out (demonstration, teaching, tests).
//!
//! Everything goes through the same use cases as real work, at moments that lie in the past, in the order in
//! which it would have happened. The same seed and the same last moment give the same content; ids, keys and
//! salts differ, since those are never made from a seed.

mod answering;
mod choosing;
mod everyday;
mod families;
mod many;
mod plain;
mod run;
mod stories;

use std::path::Path;

use sharewell_casework::views::NewPractitioner;
use sharewell_casework::{Error, Problem, Result};
use sharewell_casework::{Secret, clock, maintenance, start};
use sharewell_records::{Moment, Nation};
use sharewell_vault::{FLOOR_MEMORY_KIB, FLOOR_PASSES, Kdf, Vault};

pub use choosing::choose_what_goes;
pub use plain::{answer_plainly, plain_signature};

/// The passphrase of the demonstration vault. It protects nothing but fiction, and is shown on its lock screen.
pub const PASSPHRASE: &str = "fictional families for trying out";
/// How many families the demonstration shows.
const DEMO_FAMILIES: u32 = 8;
/// The seed of the demonstration.
const DEMO_SEED: u64 = 2026;
/// More families than this make a sample that nobody can look through.
const MOST: u32 = 5000;
/// More statements than this are more than years of work leave.
pub const MOST_NOTES: u32 = 1_000_000;
/// How far back a history begins, in days. The oldest family was met this long ago.
const LONGEST_AGO: i64 = 150;

/// The fictional practitioner whose vault it is.
fn practitioner() -> NewPractitioner {
    NewPractitioner {
        name: "Nia Exampleton".to_owned(),
        role: "Health visitor".to_owned(),
        agency: "Fablewell Community Health".to_owned(),
        team: "Nosuch Vale".to_owned(),
        nation: Some(Nation::England),
        phone: "01632 960201".to_owned(),
        lead_name: "Ada Mockford".to_owned(),
        lead_phone: "01632 960202".to_owned(),
        front_door_name: "Fablewell Family Front Door".to_owned(),
        front_door_phone: "01632 960203".to_owned(),
        out_of_hours_phone: "0808 157 0204".to_owned(),
        officer_phone: "01632 960205".to_owned(),
        body: Some(sharewell_records::AgencyBody::Public),
    }
}

/// Makes a vault with so many fictional families, whose history ends at `until` with a verified backup.
///
/// # Errors
/// [`Error::Field`] for more families than can be made; [`Error::Vault`] where there is a vault already or the
/// passphrase is too weak.
pub fn create(dir: &Path, passphrase: &Secret, cases: u32, seed: u64, until: Moment) -> Result<Vault> {
    create_large(dir, passphrase, cases, 0, seed, until)
}

/// As [`create`], with so many further statements in the files, to see how long things take in a large vault.
///
/// # Errors
/// As [`create`].
pub fn create_large(
    dir: &Path,
    passphrase: &Secret,
    cases: u32,
    notes: u32,
    seed: u64,
    until: Moment,
) -> Result<Vault> {
    let kdf = Kdf::Fixed { memory_kib: FLOOR_MEMORY_KIB, passes: FLOOR_PASSES };
    if notes > MOST_NOTES {
        return Err(Error::field("notes", Problem::TooLong));
    }
    let mut vault = lived(dir, passphrase, kdf, cases, seed, until)?;
    many::statements(&mut vault, notes, until)?;
    maintenance::backup_now(&mut vault, until)?;
    Ok(vault)
}

/// As [`create`], with the cost of the key derivation given.
///
/// # Errors
/// As [`create`].
pub fn create_with(
    dir: &Path,
    passphrase: &Secret,
    kdf: Kdf,
    cases: u32,
    seed: u64,
    until: Moment,
) -> Result<Vault> {
    let mut vault = lived(dir, passphrase, kdf, cases, seed, until)?;
    maintenance::backup_now(&mut vault, until)?;
    Ok(vault)
}

fn lived(dir: &Path, passphrase: &Secret, kdf: Kdf, cases: u32, seed: u64, until: Moment) -> Result<Vault> {
    if cases > MOST {
        return Err(Error::field("cases", Problem::TooLong));
    }
    let begun = clock::hours_after(until, -24 * (LONGEST_AGO + 1));
    let (mut vault, code) = start::create_vault_with(dir, practitioner(), passphrase.clone(), kdf, begun)?;
    start::confirm_recovery_code(&mut vault, &code.groups.join("-").into(), begun)?;
    everyday::contacts(&mut vault, begun)?;
    fill(&mut vault, cases, seed, until)?;
    Ok(vault)
}

/// Fills an open vault with so many fictional families, whose history ends at `until`.
///
/// # Errors
/// [`Error::RecoveryNotConfirmed`] where the recovery code was not typed back; [`Error::Vault`] where the vault
/// refuses.
pub fn fill(vault: &mut Vault, cases: u32, seed: u64, until: Moment) -> Result<()> {
    run::history(vault, families::make(cases, seed, until, LONGEST_AGO), until)
}

/// Makes and opens the demonstration vault in an empty folder.
///
/// # Errors
/// As [`create`].
pub fn open_new(dir: &Path, now: Moment) -> Result<Vault> {
    create(dir, &PASSPHRASE.into(), DEMO_FAMILIES, DEMO_SEED, now)
}
