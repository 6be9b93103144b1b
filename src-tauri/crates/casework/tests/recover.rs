//! Damage, loss and the way back, as the person at the lock screen meets them (J10).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use sharewell_casework::views::{FindingKind, Notice};
use sharewell_casework::{Code, Failure, children, decide, maintenance, records::*, start, today};
use sharewell_vault::{Access, access};
use support::*;

fn code_of<T>(result: std::result::Result<T, sharewell_casework::Error>) -> Code {
    Failure::from(result.err().expect("it was to be refused")).code
}

/// Flips bytes in the first page, so that the database no longer opens.
fn damage(dir: &Path) {
    let path = dir.join("vault.db");
    let mut all = fs::read(&path).unwrap();
    all[100..140].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(path, all).unwrap();
}

#[test]
fn a_damaged_vault_is_brought_back_in_its_own_folder_by_passphrase_or_recovery_code() {
    for by_code in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, code) = unconfirmed(dir.path());
        let code = code.groups.join("-");
        start::confirm_recovery_code(&mut vault, &secret(&code), at(0)).unwrap();
        family(&mut vault);
        let made = maintenance::backup_now(&mut vault, at(10)).unwrap();
        start::close(vault, at(11)).unwrap();
        damage(dir.path());
        assert_eq!(code_of(start::unlock(dir.path(), secret(PASSPHRASE), at(12))), Code::VaultDamaged);

        let from = Path::new(&made.folder);
        let wrong = maintenance::restore_vault(from, dir.path(), secret("not it at all, not it"), at(13));
        assert_eq!(code_of(wrong), Code::WrongPassphrase);
        let typed = if by_code { code.as_str() } else { PASSPHRASE };
        assert!(maintenance::rehearse(from, secret(typed)).unwrap() > 3);
        let mut back = maintenance::restore_vault(from, dir.path(), secret(typed), at(14)).unwrap();
        assert_eq!(children::children(&back, "Ayla", None, at(15)).unwrap().lines.len(), 1);
        assert!(maintenance::verify_vault(&mut back, at(16)).unwrap().sound);
        assert_eq!(maintenance::backups(&back).unwrap().len(), 1, "the backup is still there");
        start::close(back, at(17)).unwrap();
        assert!(
            start::unlock(dir.path(), secret(PASSPHRASE), at(18)).is_ok(),
            "the passphrase is the old one"
        );
        damage(from);
        assert_eq!(
            code_of(maintenance::rehearse(from, secret(typed))),
            Code::VaultDamaged,
            "tried, it says so"
        );
    }
}

#[test]
fn the_lock_screen_knows_how_long_to_wait_also_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    start::close(vault(dir.path()), at(1)).unwrap();
    let waits = |minute| start::session(dir.path(), None, false, None, at(minute)).unwrap().wait_seconds;
    for _ in 0..5 {
        let _ = start::unlock(dir.path(), secret("not it at all, not it"), at(2));
        assert!(waits(2) <= 15);
    }
    assert_eq!(waits(2), 5, "the try that came too soon was not looked at and does not count");
    assert_eq!(waits(3), 0, "and the wait ends by itself");
}

#[test]
fn an_older_copy_put_in_place_is_told_at_opening_with_the_entries_it_cost() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    start::close(vault, at(10)).unwrap();
    let kept = fs::read(dir.path().join("vault.db")).unwrap();
    let mut vault = start::unlock(dir.path(), secret(PASSPHRASE), at(11)).unwrap();
    assert!(today::today(&vault, at(11)).unwrap().lost.is_none());
    let held = vault.tip().sequence.0;
    children::add_item(&mut vault, case, item("one", vec![]), at(12)).unwrap();
    children::add_item(&mut vault, case, item("two", vec![]), at(13)).unwrap();
    let last = vault.tip().sequence.0;
    start::close(vault, at(14)).unwrap();
    fs::write(dir.path().join("vault.db"), kept).unwrap();

    let vault = start::unlock(dir.path(), secret(PASSPHRASE), at(15)).unwrap();
    let home = today::today(&vault, at(16)).unwrap();
    assert!(home.notices.contains(&Notice::DamageFound), "{:?}", home.notices);
    let lost = home.lost.expect("which entries");
    assert_eq!((u64::from(lost.from), u64::from(lost.to)), (held + 1, last));
    let session = start::session(dir.path(), Some(&vault), false, None, at(16)).unwrap();
    assert_eq!(session.lost, Some(lost), "every page can say it");
    let mut vault = vault;
    let checked = maintenance::verify_vault(&mut vault, at(17)).unwrap();
    let found =
        checked.findings.iter().find(|one| one.code == FindingKind::EntriesLost).expect("the check names it");
    assert_eq!(found.sequence, Some(lost.from));
}

#[test]
fn why_a_begun_decision_was_given_up_stays_in_the_access_log() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(dir.path());
    let (case, ..) = family(&mut vault);
    let place = decide::begin_decision(
        &mut vault,
        case,
        &sharewell_casework::views::BeginInput::of(Trigger::Worry),
        at(10),
    )
    .unwrap();
    let decision = asked(&place).decision;
    decide::discard_draft(&mut vault, decision, "Begun in the wrong file", at(11)).unwrap();
    let rows = vault.read(|r| access::list(r, Some(case), 5, None)).unwrap();
    let told = rows.iter().any(|row| match &row.access {
        Some(Access::DraftDiscarded { what, reason, .. }) => {
            *what == format!("draft:{decision}") && reason == "Begun in the wrong file"
        }
        _ => false,
    });
    assert!(told, "{rows:?}");
}
