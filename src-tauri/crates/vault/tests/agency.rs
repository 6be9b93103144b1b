//! The agency's slot: it opens the vault beside passphrase and code, and a recovery goes on as a new chain.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;

use secrecy::ExposeSecret;
use sharewell_records::{AgencyRecovery, Continued, Payload, Seq};
use sharewell_vault::{Content, Draft, Error, Part, Secret, SlotKey, Vault, agency_slot, cases, ledger};
use support::*;
use zeroize::Zeroizing;

const OTHER: &str = "eleven blue lanterns beside a mill";
const RECIPIENT: &str = "age1madeup";

/// Stands for the agency's encryption: these tests are about what the vault does with what was sealed.
fn seal(key: &[u8; 32]) -> Result<Vec<u8>, Error> {
    Ok(key.iter().map(|byte| byte ^ 0x5a).collect())
}

fn opened(sealed: &[u8]) -> SlotKey {
    let bytes: Vec<u8> = sealed.iter().map(|byte| byte ^ 0x5a).collect();
    SlotKey::new(Zeroizing::new(bytes.try_into().unwrap()))
}

fn recovery() -> AgencyRecovery {
    AgencyRecovery {
        by: "Owen Pretend, records manager".into(),
        why: "Robin Fablewell left".into(),
        agreed: ["Ada Mockford".into(), "Ines Sampleton".into()],
        recovery: RECIPIENT.into(),
    }
}

#[test]
fn an_agencys_key_opens_a_vault_and_its_backups_beside_the_passphrase_and_the_code() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    assert!(agency_slot(dir.path()).unwrap().is_none() && vault.agency_recipient().is_none());
    vault.set_agency(RECIPIENT, seal, at(1)).unwrap();
    assert_eq!(vault.agency_recipient().as_deref(), Some(RECIPIENT));
    let backup = vault.backup(&stamp(2), sharewell_vault::Keep::default()).unwrap();
    vault.close().unwrap();
    for place in [dir.path(), &backup.path] {
        let slot = agency_slot(place).unwrap().unwrap();
        assert_eq!(slot.recipient, RECIPIENT);
    }
    let slot = agency_slot(dir.path()).unwrap().unwrap();
    Vault::unlock(dir.path(), Secret::AgencyKey(opened(&slot.sealed)), at(3)).unwrap();
    unlock(dir.path(), 4);
    let typed = code.shown().expose_secret().to_owned();
    Vault::unlock(dir.path(), Secret::RecoveryCode(typed.into()), at(5)).unwrap();
}

#[test]
fn a_vault_without_an_agency_stays_one_that_older_programs_open() {
    let version = |dir: &std::path::Path| {
        let keys: serde_json::Value =
            serde_json::from_slice(&fs::read(dir.join("vault.keys")).unwrap()).unwrap();
        keys["keys"]["version"].as_u64().unwrap()
    };
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    assert_eq!(version(dir.path()), 1);
    vault.set_agency(RECIPIENT, seal, at(1)).unwrap();
    assert_eq!(version(dir.path()), 2, "they say that it is newer, and take it for no damage");
}

#[test]
fn a_slot_that_somebody_put_in_place_of_the_agencys_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.set_agency(RECIPIENT, seal, at(1)).unwrap();
    vault.close().unwrap();
    let slot = agency_slot(dir.path()).unwrap().unwrap();
    let wrong = SlotKey::new(Zeroizing::new([9; 32]));
    let error = Vault::unlock(dir.path(), Secret::AgencyKey(wrong), at(2)).unwrap_err();
    assert!(matches!(error, Error::Damaged { part: Part::Keys }), "{error:?}");
    // The recipient is bound to the wrapping: another name over the same slot is damage, and told before any try.
    let text = fs::read_to_string(dir.path().join("vault.keys")).unwrap();
    fs::write(dir.path().join("vault.keys"), text.replace(RECIPIENT, "age1forged")).unwrap();
    let error = Vault::unlock(dir.path(), Secret::AgencyKey(opened(&slot.sealed)), at(3)).unwrap_err();
    assert!(matches!(error, Error::Damaged { part: Part::Keys }), "{error:?}");
}

#[test]
fn a_failed_seal_changes_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let before = fs::read(dir.path().join("vault.keys")).unwrap();
    vault.set_agency(RECIPIENT, |_| Err(Error::Crypto), at(1)).unwrap_err();
    vault.set_agency(RECIPIENT, |_| Ok::<_, Error>(vec![0; 1025]), at(1)).unwrap_err();
    assert_eq!(fs::read(dir.path().join("vault.keys")).unwrap(), before);
}

#[test]
fn a_recovery_by_the_agency_loses_nothing_begins_a_new_chain_and_says_who_why_and_who_agreed() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    vault.set_agency(RECIPIENT, seal, at(2)).unwrap();
    let (key, kind, body) = ("n1".into(), "item".into(), "{\"text\":\"half a sentence\"}".into());
    vault.save_draft(&Draft { key, kind, case: None, body, updated: at(3) }).unwrap();
    let before = vault.read(ledger::tip).unwrap();
    let entries = vault.read(ledger::count).unwrap();
    vault.close().unwrap();

    let slot = agency_slot(dir.path()).unwrap().unwrap();
    let weak =
        Vault::recover_by_agency(dir.path(), opened(&slot.sealed), &"password1".into(), recovery(), at(4));
    assert!(matches!(weak, Err(Error::WeakPassphrase { .. })));
    let (vault, fresh) =
        Vault::recover_by_agency(dir.path(), opened(&slot.sealed), &OTHER.into(), recovery(), at(5)).unwrap();
    let tip = vault.read(ledger::tip).unwrap();
    assert_ne!(tip.origin, before.origin, "a new chain");
    assert_eq!(
        vault.read(ledger::count).unwrap(),
        entries + 2,
        "its beginning and the recovery, and no other"
    );
    vault.read(|r| cases::get(r, home.case)).unwrap();
    assert_eq!(vault.drafts().unwrap().len(), 1);
    let old = vault.read(|r| ledger::before(r, tip.origin)).unwrap().pop().unwrap();
    assert_eq!((old.origin, old.last, old.link), (before.origin, before.sequence, before.link));
    assert_eq!(old.how, Continued::AgencyKey);
    let mut said = None;
    let take = |entry: sharewell_vault::Entry| {
        if (entry.header.origin, entry.header.sequence) == (tip.origin, Seq(2)) {
            said = Some(entry.content);
        }
        Ok::<_, Error>(())
    };
    vault.read(|r| ledger::in_order(r, take)).unwrap();
    let Some(Content::Known(payload)) = said else { panic!("it is known") };
    assert_eq!(*payload, Payload::RecoveredByAgency { recovery: recovery() });
    assert!(vault.verify(&[]).unwrap().sound());
    vault.close().unwrap();

    // Whoever left opens nothing any more, by either secret; the agency still can.
    assert!(matches!(Vault::unlock(dir.path(), secret(), at(6)), Err(Error::WrongPassphrase { .. })));
    let typed = code.shown().expose_secret().to_owned();
    let old = Vault::unlock(dir.path(), Secret::RecoveryCode(typed.into()), at(7));
    assert!(matches!(old, Err(Error::WrongRecoveryCode { .. })));
    let typed = fresh.shown().expose_secret().to_owned();
    Vault::unlock(dir.path(), Secret::RecoveryCode(typed.into()), at(30)).unwrap();
    Vault::unlock(dir.path(), Secret::Passphrase(OTHER.into()), at(31)).unwrap();
    Vault::unlock(dir.path(), Secret::AgencyKey(opened(&slot.sealed)), at(32)).unwrap();
}
