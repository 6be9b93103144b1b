//! The way back into the vault is tried before it is needed, on a copy, and somebody is reminded of it each year (H4).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::Path;

use sharewell_casework::views::Notice;
use sharewell_casework::{Code, Failure, Vault, maintenance, rehearsal, start, today};
use sharewell_vault::{Access, access};
use support::agency::{Agency, take};
use support::*;

/// A vault with a family in it, and its recovery code.
fn desk(dir: &Path) -> (Vault, String) {
    let (mut vault, code) = unconfirmed(dir);
    let code = code.groups.join("-");
    start::confirm_recovery_code(&mut vault, &secret(&code), at(0)).unwrap();
    family(&mut vault);
    (vault, code)
}

fn code_of<T>(result: Result<T, sharewell_casework::Error>) -> Code {
    Failure::from(result.err().expect("it was to be refused")).code
}

/// Every file of a folder with its bytes, but for those in which the log of accesses is written on.
fn bytes_of(dir: &Path, name: &str) -> Vec<u8> {
    fs::read(dir.join(name)).unwrap()
}

/// Private copies of this vault that lie about.
fn copies_of(vault: &Vault) -> usize {
    let id = vault.id().to_string();
    let of_ours = |entry: &fs::DirEntry| {
        let ours = entry.file_name().to_string_lossy().starts_with("sharewell-look-");
        ours && fs::read_to_string(entry.path().join("vault.keys")).is_ok_and(|keys| keys.contains(&id))
    };
    fs::read_dir(std::env::temp_dir()).unwrap().flatten().filter(of_ours).count()
}

fn tried(vault: &Vault) -> usize {
    let rows = vault.read(|r| access::list(r, None, access::MOST, None)).unwrap();
    rows.iter().filter(|row| row.access == Some(Access::RecoveryRehearsed {})).count()
}

fn reminded(vault: &Vault, at: &str) -> bool {
    today::today(vault, moment(at)).unwrap().notices.contains(&Notice::RehearsalDue)
}

#[test]
fn the_way_back_is_tried_on_a_copy_which_goes_and_the_vault_stays_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = desk(dir.path());
    let (tip, keys) = (vault.tip(), bytes_of(dir.path(), "vault.keys"));
    let found = rehearsal::rehearse(&mut vault, secret(&code), at(60)).unwrap();
    assert_eq!(u64::from(found.entries), tip.sequence.0, "all of them");
    assert_eq!(found.files, 1);
    assert_eq!(found.newest, Some(at(3)), "the mother, who came last");
    assert_eq!(found.page.last, Some(at(60)));
    assert_eq!(copies_of(&vault), 0, "nothing is left of the copy");
    assert_eq!(vault.tip(), tip, "no entry was written");
    assert_eq!(bytes_of(dir.path(), "vault.keys"), keys, "and every secret opens what it opened");
    assert_eq!(tried(&vault), 1, "that it was tried stands in the log");
    assert!(maintenance::verify_vault(&mut vault, at(61)).unwrap().sound);
    start::close(vault, at(62)).unwrap();
    let vault = start::unlock(dir.path(), secret(PASSPHRASE), at(63)).unwrap();
    assert_eq!(rehearsal::page(&vault, at(64)).unwrap().last, Some(at(60)), "the day is shown from then on");
}

#[test]
fn another_code_a_slip_and_the_passphrase_are_told_and_count_as_no_rehearsal() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = desk(dir.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, others) = desk(elsewhere.path());
    let wrong = rehearsal::rehearse(&mut vault, secret(&others), at(10));
    assert_eq!(code_of(wrong), Code::WrongRecoveryCode);
    for slip in [PASSPHRASE, "", "0000-0000"] {
        assert_eq!(
            code_of(rehearsal::rehearse(&mut vault, secret(slip), at(11))),
            Code::MistypedRecoveryCode
        );
    }
    assert_eq!((tried(&vault), copies_of(&vault)), (0, 0));
    assert_eq!(rehearsal::page(&vault, at(12)).unwrap().last, None);
}

#[test]
fn a_code_that_a_newer_one_replaced_opens_no_copy_either() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, old) = desk(dir.path());
    let fresh = start::new_recovery_code(&mut vault, secret(PASSPHRASE), at(10)).unwrap();
    assert_eq!(code_of(rehearsal::rehearse(&mut vault, secret(&old), at(11))), Code::WrongRecoveryCode);
    rehearsal::rehearse(&mut vault, secret(&fresh.groups.join("-")), at(12)).unwrap();
}

#[test]
fn each_year_one_line_reminds_of_it_until_it_was_tried() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = desk(dir.path());
    assert!(!reminded(&vault, "2027-10-05T12:00:00Z"));
    assert!(reminded(&vault, "2027-10-06T12:00:00Z"), "a year after the code was typed back");
    let page = rehearsal::page(&vault, moment("2027-10-06T12:00:00Z")).unwrap();
    assert!(page.due && page.confirmed && page.next == Some(day(2027, 10, 6)));
    // Nothing waits for it: work goes on beside the line.
    let found = rehearsal::rehearse(&mut vault, secret(&code), moment("2027-11-20T12:00:00Z")).unwrap();
    assert!(!found.page.due && found.page.next == Some(day(2028, 11, 20)));
    assert!(!reminded(&vault, "2028-11-19T12:00:00Z") && reminded(&vault, "2028-11-20T12:00:00Z"));
}

#[test]
fn where_no_code_was_typed_back_that_is_asked_for_and_no_rehearsal() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = unconfirmed(dir.path());
    let notices = today::today(&vault, moment("2028-10-06T12:00:00Z")).unwrap().notices;
    assert!(notices.contains(&Notice::RecoveryNotConfirmed) && !notices.contains(&Notice::RehearsalDue));
    let page = rehearsal::page(&vault, moment("2028-10-06T12:00:00Z")).unwrap();
    assert!(!page.confirmed && !page.due && page.next.is_none());
}

#[test]
fn the_page_tells_whether_the_agencys_key_opens_the_vault() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = desk(&dir.path().join("vault"));
    let page = rehearsal::page(&vault, at(5)).unwrap();
    assert!(page.agency.is_empty() && !page.agency_can);
    let agency = Agency::new(9);
    let path = agency.write(dir.path(), &agency.profile(1));
    take(&mut vault, &path);
    let page = rehearsal::page(&vault, at(6)).unwrap();
    assert!(page.agency_can && page.agency == "Fablewell Community Health");
}

#[test]
fn a_vault_that_is_only_looked_at_is_not_rehearsed_since_nothing_could_say_so_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = desk(dir.path());
    start::close(vault, at(5)).unwrap();
    let mut look = start::look(dir.path(), secret(PASSPHRASE), at(6)).unwrap();
    assert_eq!(code_of(rehearsal::rehearse(&mut look, secret(&code), at(7))), Code::ReadOnly);
    assert!(
        !today::today(&look, moment("2028-10-06T12:00:00Z")).unwrap().notices.contains(&Notice::RehearsalDue)
    );
}
