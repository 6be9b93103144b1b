//! The recovery kit. The code stands on the page and nowhere else.

use secrecy::ExposeSecret as _;
use sharewell_documents as documents;
use sharewell_records::{Moment, VaultId};
use sharewell_vault::{Reader, RecoveryCode, practitioner};

use super::Frame;
use crate::error::Result;

/// Sets the kit of a vault with its code.
pub(super) fn set(
    r: &Reader<'_>,
    vault: VaultId,
    code: &RecoveryCode,
    frame: &Frame,
    now: Moment,
) -> Result<Vec<u8>> {
    let own = practitioner::current(r)?.record;
    let shown = code.shown();
    let groups = shown.expose_secret().split(['-', ' ']).filter(|group| !group.is_empty());
    Ok(documents::recovery_kit(&documents::RecoveryKit {
        sheet: documents::Sheet {
            limits: frame.words().limits.kit.clone(),
            check: String::new(),
            ..frame.sheet(String::new(), None)
        },
        owner: own.name,
        agency: own.agency,
        vault: vault.to_string(),
        made: frame.words().moment(now),
        code: documents::RecoveryCode(groups.map(str::to_owned).collect()),
    })?)
}
