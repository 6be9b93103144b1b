//! The way in, the way back in, and what a wrong secret does not do.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;

use secrecy::{ExposeSecret, SecretString};
use sharewell_vault::{
    Access, EmergencyNumber, Error, HeadState, Kdf, NewVault, Part, Secret, Vault, Work, access, cases,
};
use support::*;

const OTHER: &str = "eleven blue lanterns beside a mill";

fn wrong() -> Secret {
    Secret::Passphrase("not the passphrase at all".into())
}

fn typed(code: &sharewell_vault::RecoveryCode) -> SecretString {
    code.shown().expose_secret().into()
}

#[test]
fn a_wrong_passphrase_changes_no_byte_and_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    let read =
        || ["vault.db", "vault.keys", "vault.head"].map(|name| fs::read(dir.path().join(name)).unwrap());
    let before = read();
    let error = Vault::unlock(dir.path(), wrong(), at(1)).unwrap_err();
    assert!(matches!(error, Error::WrongPassphrase { wait_seconds: 0 }), "{error:?}");
    assert_eq!(read(), before, "a failed unlock changes no byte");
    unlock(dir.path(), 2);
}

#[test]
fn wrong_tries_slow_down_across_restarts_are_told_later_and_wipe_nothing() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    let mut waits = vec![];
    for _ in 0..4 {
        match Vault::unlock(dir.path(), wrong(), at(10)) {
            Err(Error::WrongPassphrase { wait_seconds }) => waits.push(wait_seconds),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waits, [0, 0, 0, 5]);
    let too_soon = Vault::unlock(dir.path(), secret(), at(12)).unwrap_err();
    assert!(matches!(too_soon, Error::TooSoon { wait_seconds: 3 }), "even the right one waits: {too_soon:?}");
    let vault = unlock(dir.path(), 15);
    assert_eq!(vault.opening().failed_tries, 4);
    let log = vault.read(|r| access::list(r, None, 100, None)).unwrap();
    let failed = log.iter().filter(|row| row.access == Some(Access::UnlockFailed {})).count();
    assert_eq!(failed, 4, "the access log knows of every wrong try: {log:?}");
    drop(vault);
    let again = Vault::unlock(dir.path(), wrong(), at(16)).unwrap_err();
    assert!(
        matches!(again, Error::WrongPassphrase { wait_seconds: 0 }),
        "a right one starts afresh: {again:?}"
    );
}

#[test]
fn the_recovery_code_leads_back_in_and_is_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    vault.check_recovery_code(typed(&code)).unwrap();
    vault.close().unwrap();

    let mut slip = code.shown().expose_secret().to_owned();
    slip.replace_range(0..1, if slip.starts_with('7') { "8" } else { "7" });
    let mistyped = Vault::recover(dir.path(), slip.into(), OTHER.into(), at(2)).unwrap_err();
    assert!(matches!(mistyped, Error::RecoveryCodeMistyped), "a slip is told and costs no try: {mistyped:?}");
    let easy = Vault::recover(dir.path(), typed(&code), "password1".into(), at(2)).unwrap_err();
    assert!(matches!(easy, Error::WeakPassphrase { .. }));

    let (vault, fresh) = Vault::recover(dir.path(), typed(&code), OTHER.into(), at(3)).unwrap();
    vault.read(|r| cases::get(r, home.case)).unwrap();
    drop(vault);
    let old = Vault::unlock(dir.path(), secret(), at(4)).unwrap_err();
    assert!(matches!(old, Error::WrongPassphrase { .. }), "the forgotten passphrase opens nothing now");
    let used = Vault::recover(dir.path(), typed(&code), OTHER.into(), at(5)).unwrap_err();
    assert!(matches!(used, Error::WrongRecoveryCode { .. }), "a used code opens nothing: {used:?}");
    Vault::unlock(dir.path(), Secret::RecoveryCode(typed(&fresh)), at(6)).unwrap();
    let vault = Vault::unlock(dir.path(), Secret::Passphrase(OTHER.into()), at(7)).unwrap();
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn the_passphrase_changes_and_the_recovery_code_stays() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    let before = fs::read(dir.path().join("vault.keys")).unwrap();
    let refused = change_passphrase(&mut vault, "something else entirely wrong".into(), OTHER.into(), at(1));
    assert!(matches!(refused, Err(Error::WrongPassphrase { .. })), "{refused:?}");
    let weak = change_passphrase(&mut vault, PASSPHRASE.into(), "Robin Fablewell".into(), at(1));
    assert!(matches!(weak, Err(Error::WeakPassphrase { .. })), "one's own name: {weak:?}");
    assert_eq!(fs::read(dir.path().join("vault.keys")).unwrap(), before, "a refused change changes nothing");
    change_passphrase(&mut vault, PASSPHRASE.into(), OTHER.into(), at(2)).unwrap();
    let renewed = new_recovery_code(&mut vault, OTHER.into(), at(3)).unwrap();
    drop(vault);
    assert!(Vault::unlock(dir.path(), secret(), at(4)).is_err());
    assert!(Vault::unlock(dir.path(), Secret::RecoveryCode(typed(&code)), at(5)).is_err());
    Vault::unlock(dir.path(), Secret::RecoveryCode(typed(&renewed)), at(6)).unwrap();
    Vault::unlock(dir.path(), Secret::Passphrase(OTHER.into()), at(7)).unwrap();
}

#[test]
fn key_slots_that_were_made_before_a_change_do_not_take_it_back() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let (early, _) = vault.beside(&Work::new()).unwrap().new_recovery_code(PASSPHRASE.into()).unwrap();
    change_passphrase(&mut vault, PASSPHRASE.into(), OTHER.into(), at(1)).unwrap();
    let refused = vault.take_keys(early, at(2));
    assert!(matches!(refused, Err(Error::Cancelled)), "{refused:?}");
    drop(vault);
    assert!(Vault::unlock(dir.path(), secret(), at(3)).is_err());
    Vault::unlock(dir.path(), Secret::Passphrase(OTHER.into()), at(4)).unwrap();
}

#[test]
fn every_byte_of_the_key_file_counts() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    let path = dir.path().join("vault.keys");
    let whole = fs::read(&path).unwrap();
    for at_byte in 0..whole.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut bytes = whole.clone();
            bytes[at_byte] ^= flip;
            fs::write(&path, &bytes).unwrap();
            let error =
                Vault::unlock(dir.path(), secret(), at(1)).expect_err("a flipped byte is never accepted");
            let told = matches!(error, Error::Damaged { part: Part::Keys } | Error::TooNew { .. });
            assert!(
                told,
                "byte {at_byte} ^ {flip:#x}: {error:?}; damage is told apart from a wrong passphrase"
            );
        }
    }
    for len in 0..whole.len() {
        fs::write(&path, &whole[..len]).unwrap();
        let error = Vault::unlock(dir.path(), secret(), at(1)).expect_err("cut off");
        assert!(matches!(error, Error::Damaged { part: Part::Keys }), "cut at {len}: {error:?}");
    }
    fs::write(&path, &whole).unwrap();
    unlock(dir.path(), 2);
}

#[test]
fn slots_of_another_vault_open_nothing_here() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    create(one.path()).0.close().unwrap();
    create(two.path()).0.close().unwrap();
    fs::copy(two.path().join("vault.keys"), one.path().join("vault.keys")).unwrap();
    let error = Vault::unlock(one.path(), secret(), at(1)).unwrap_err();
    assert!(matches!(error, Error::Damaged { part: Part::Database }), "{error:?}");
    fs::remove_file(one.path().join("vault.keys")).unwrap();
    assert!(matches!(Vault::unlock(one.path(), secret(), at(1)), Err(Error::KeysMissing)));
    fs::remove_file(two.path().join("vault.db")).unwrap();
    assert!(matches!(Vault::unlock(two.path(), secret(), at(1)), Err(Error::DatabaseMissing)));
    assert!(!two.path().join("vault.db").exists(), "nothing is made anew in its place");
}

#[test]
fn nothing_is_made_over_a_vault_and_only_one_holds_it() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Vault::unlock(dir.path(), secret(), at(0)), Err(Error::NoVault)));
    let new = |passphrase: &str| NewVault {
        passphrase: passphrase.into(),
        practitioner: practitioner(),
        stamp: stamp(0),
        kdf: Kdf::weak_for_tests(),
    };
    assert!(matches!(Vault::create(dir.path(), new("letmein")), Err(Error::WeakPassphrase { .. })));
    let below = NewVault { kdf: Kdf::Fixed { memory_kib: 1024, passes: 3 }, ..new(PASSPHRASE) };
    assert!(matches!(Vault::create(dir.path(), below), Err(Error::KdfOutOfRange)));
    assert!(!Vault::exists(dir.path()), "a refused vault leaves nothing");
    let (vault, _) = Vault::create(dir.path(), new(PASSPHRASE)).unwrap();
    assert!(matches!(Vault::create(dir.path(), new(PASSPHRASE)), Err(Error::AlreadyExists)));
    assert!(matches!(Vault::unlock(dir.path(), secret(), at(1)), Err(Error::InUse)));
    assert_eq!(vault.opening().head, HeadState::Agrees);
}

#[test]
fn the_floor_opens_and_calibration_never_goes_below_it() {
    let dir = tempfile::tempdir().unwrap();
    let new = NewVault {
        passphrase: PASSPHRASE.into(),
        practitioner: practitioner(),
        stamp: stamp(0),
        kdf: Kdf::Calibrate,
    };
    Vault::create(dir.path(), new).unwrap().0.close().unwrap();
    let keys: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("vault.keys")).unwrap()).unwrap();
    let argon = &keys["keys"]["slots"][0]["lock"]["argon2id"];
    assert!(argon["memory_kib"].as_u64().unwrap() >= 64 * 1024, "{argon}");
    assert!(argon["passes"].as_u64().unwrap() >= 3, "{argon}");
    assert_eq!(argon["lanes"], 1);
    unlock(dir.path(), 1);
}

#[test]
fn emergency_numbers_show_while_locked_and_the_local_file_may_go() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = create(dir.path());
    let numbers = vec![EmergencyNumber { label: "Front door".into(), number: "01632 960222".into() }];
    vault.set_emergency_numbers(numbers.clone()).unwrap();
    vault.close().unwrap();
    assert_eq!(sharewell_vault::emergency_numbers(dir.path()), numbers);
    fs::remove_file(dir.path().join("vault.local")).unwrap();
    unlock(dir.path(), 1);
}

#[test]
fn a_creation_that_was_cut_off_leaves_no_vault_and_stands_in_nobodys_way() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    // As a power cut between the two moves leaves it.
    let staging = dir.path().join("creating");
    fs::create_dir(&staging).unwrap();
    fs::rename(dir.path().join("vault.keys"), staging.join("vault.keys")).unwrap();
    assert!(!Vault::exists(dir.path()), "nobody was told of a recovery code, so there is no vault");
    create(dir.path()).0.close().unwrap();
    unlock(dir.path(), 1);
    assert!(!staging.exists());

    // A database whose keys were lost is a vault, and nothing is made over it.
    fs::remove_file(dir.path().join("vault.keys")).unwrap();
    assert!(Vault::exists(dir.path()));
    let new = NewVault {
        passphrase: PASSPHRASE.into(),
        practitioner: practitioner(),
        stamp: stamp(0),
        kdf: Kdf::weak_for_tests(),
    };
    assert!(matches!(Vault::create(dir.path(), new), Err(Error::AlreadyExists)));
}
