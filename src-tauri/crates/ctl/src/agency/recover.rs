//! Opening a vault for the agency, and putting its new key on the roster in the same act.

use serde_json::json;
use sharewell_casework::records::{Day, Role};
use sharewell_casework::start::{self, Recovered, RecoveryInput};
use sharewell_exchange::roster::Member;

use super::args::Recover;
use super::keep::{self, Agency};
use super::refused::Refused;
use crate::error::Error;
use crate::passphrase;
use crate::say::{self, Lines, Said};
use crate::vault::{close, now, there};

/// Opens the vault.
pub fn recover(args: &Recover, on: Day) -> Result<Said, Error> {
    // Everything that can be refused without the passphrase is refused before it is asked for.
    let [agreed, too] = args.agreed.as_slice() else {
        return Err(Refused::NotTwo { count: args.agreed.len() }.into());
    };
    there(&args.vault)?;
    let mut agency = Agency::open(&args.at.offline, &args.at.agency)?;
    let path = args.at.offline.join(keep::RECOVERY);
    // A vault whose holder did not take the newest profile in opens with the key of the one that they did.
    let taken = start::agency_recipient(&args.vault)?;
    let mut identities = keep::every(&args.at.offline, keep::RECOVERY, keep::identity)?.into_iter();
    let Some(identity) = identities.find(|one| taken == Some(one.recipient().to_string())) else {
        return Err(Refused::NotItsKey { path: path.display().to_string() }.into());
    };
    let typed = RecoveryInput {
        by: args.by.clone(),
        why: args.why.clone(),
        agreed: agreed.clone(),
        agreed_too: too.clone(),
    };
    let passphrase = passphrase::new(&args.vault)?;
    let (vault, recovered) = start::recover_by_agency(&args.vault, &identity, &passphrase, &typed, now())?;
    close(vault)?;
    let enrolled = enrol(&mut agency, &recovered, on);
    let Recovered { practitioner, before, origin, key, code } = &recovered;
    let mut lines = Lines::default();
    lines
        .add("vault", args.vault.display())
        .add("of", &practitioner.name)
        .add("goes on from", before)
        .add("as", origin)
        .add("fingerprint", key.fingerprint())
        .add("recovery code", code.groups.join("-"));
    let mut plain = format!(
        "Opened. Nothing was lost, and the old passphrase and recovery code open nothing any more.\n{lines}\n\
         Write the recovery code down now: it is not shown again.\n"
    );
    // The vault is open in any case, and its code must not be lost with an error about the roster.
    let findings = enrolled.is_err();
    match &enrolled {
        Ok(()) => plain.push_str("The new key is on the roster. Give intake the new roster.\n"),
        Err(_) => {
            say::tell("The roster could not be written. Enrol the vault with agency enrol.");
        }
    }
    let json = json!({
        "before": before,
        "origin": origin,
        "key": key.to_string(),
        "fingerprint": key.fingerprint(),
        "recovery_code": code.groups.join("-"),
        "enrolled": enrolled.is_ok(),
    });
    Ok(Said { findings, plain, json })
}

/// The new key takes the place of the old one, whose chain ended.
fn enrol(agency: &mut Agency, recovered: &Recovered, on: Day) -> Result<(), Error> {
    let Recovered { practitioner, before, origin, key, .. } = recovered;
    let old = agency.roster.members.iter_mut().find(|one| one.origin == *before);
    let role = old.as_ref().map_or(Role::Practitioner, |old| old.role);
    if let Some(old) = old {
        let from = old.from;
        old.until = Some(old.until.map_or(on, |until| until.min(on)).max(from));
    }
    let member = Member::new(*key, *origin, &practitioner.name, &practitioner.role, role, on);
    agency.roster.members.push(Member { continues: Some(*before), ..member });
    agency.keep_roster(on)
}
