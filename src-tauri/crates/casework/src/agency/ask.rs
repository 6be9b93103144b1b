//! Asking to be enrolled: a file with the vault's own public key, signed by that key.

use std::path::Path;

use sharewell_exchange::PublicKey;
use sharewell_exchange::enrolment::Request;
use sharewell_records::Moment;
use sharewell_vault::{Access, Vault, ledger, practitioner};

use super::standing;
use crate::error::{Error, Result};
use crate::{keep, signing, store};

/// Writes the request. The practitioner reads the fingerprint out when the agency rings; the page shows it.
///
/// # Errors
/// [`Error::NotFound`] where no profile says whom to ask; [`Error::NotWritten`].
pub fn ask_to_be_enrolled(vault: &mut Vault, path: &Path, now: Moment) -> Result<()> {
    let key = PublicKey(vault.public_key()?);
    let request = store::read(vault, |r| {
        let agency = standing(r)?.ok_or(Error::NotFound { what: "profile" })?.profile.agency;
        let own = practitioner::current(r)?.record;
        let origin = ledger::tip(r)?.origin;
        Ok(Request {
            agency,
            key,
            origin,
            continues: ledger::before(r, origin)?.pop().map(|old| old.origin),
            name: own.name,
            post: own.role,
            team: own.team,
            asked_at: now,
            nonce: sharewell_vault::new_uuid().simple().to_string(),
        })
    })?;
    let bytes = request.sign(&signing::signer(vault)?)?;
    keep::bytes(path, &bytes)?;
    store::log(vault, None, now, |by| Access::Exported { by, what: "enrolment".to_owned() })
}
