//! Working days are those of the pack that was followed: a new bank holiday comes with a signed file, is kept with
//! the decisions that it touched, and changes none that was signed before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::path::Path;

use sharewell_casework::guidance::{self, serving};
use sharewell_casework::records::*;
use sharewell_casework::views::*;
use sharewell_casework::{PublicKey, Vault, clock, decide, today};
use sharewell_exchange::{Signer as _, SigningKey, pack as signed};
use sharewell_guidance::Files;
use support::*;

const YEAR: &str = "shared/calendar/2026.toml";

/// England's pack with a version of its own, and its files changed.
fn newer(change: impl FnOnce(&mut Files)) -> Files {
    let base = serving::built_in_for_day(Nation::England, clock::day_of(at(0))).unwrap();
    let mut files = base.files.clone();
    edit(&mut files, "pack.toml", "version = \"2024-05\"", "version = \"2024-05.1\"");
    edit(&mut files, "pack.toml", "supersedes = \"england@2015-03\"", "supersedes = \"england@2024-05\"");
    change(&mut files);
    files
}

fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} holds {from}");
    files.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

fn install(vault: &mut Vault, dir: &Path, files: &Files) -> PackPreview {
    let (key, _) = SigningKey::generate().unwrap();
    let keys: Vec<PublicKey> = vec![key.public_key()];
    let path = dir.join("new.sharewell-pack");
    std::fs::write(&path, signed::write(files, &key).unwrap()).unwrap();
    let shown = guidance::preview_pack(vault, &path, &keys, at(5)).unwrap();
    guidance::install_pack(vault, &path, &shown.hash, &keys, at(6)).unwrap();
    shown
}

/// A decision with suspected harm, begun on a Tuesday and signed; its duties by when they are due.
fn decided(vault: &mut Vault) -> DecisionView {
    let (case, ..) = family(vault);
    let harm = [("danger", choice("no")), ("harm", choice("yes"))];
    let outcome = answer_all(vault, case, &harm, 10);
    sign_off(vault, outcome.decision, signing(&outcome), at(80)).unwrap();
    decide::decision(vault, outcome.decision, at(81)).unwrap()
}

fn due_at(decision: &DecisionView, when: &str) -> usize {
    let when = moment(when);
    decision.obligations.iter().filter(|one| one.due == Some(when)).count()
}

const WEDNESDAY: &str = "2026-10-07T16:00:00Z";
const THURSDAY: &str = "2026-10-08T16:00:00Z";

#[test]
fn a_bank_holiday_that_comes_in_a_signed_pack_moves_a_deadline_and_is_kept_with_the_decision() {
    let dir = tempfile::tempdir().unwrap();
    let mut before = vault(&dir.path().join("before"));
    let plain = decided(&mut before);
    assert!(due_at(&plain, WEDNESDAY) > 0 && due_at(&plain, THURSDAY) == 0, "by the next working day");

    let mut vault = vault(&dir.path().join("vault"));
    let files = newer(|files| edit(files, YEAR, "2026-08-31,", "2026-08-31,\n  2026-10-07,"));
    let shown = install(&mut vault, dir.path(), &files);
    assert_eq!(shown.change.holidays.added, ["2026-10-07"], "it is shown before it is accepted");
    let decision = decided(&mut vault);
    assert_eq!(decision.pack_hash, shown.hash);
    assert_eq!(due_at(&decision, WEDNESDAY), 0);
    assert_eq!(due_at(&decision, THURSDAY), due_at(&plain, WEDNESDAY));

    let hash = shown.hash.parse().unwrap();
    let kept: Files = vault.read(|r| sharewell_vault::packs::files(r, hash)).unwrap().into_iter().collect();
    assert_eq!(kept[YEAR], files[YEAR], "the days by which it was reckoned are kept with it");
}

#[test]
fn a_decision_under_a_pack_without_a_calendar_is_reckoned_by_the_first_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault(&dir.path().join("vault"));
    let files = newer(|files| {
        files.retain(|path, _| !path.starts_with("shared/calendar/"));
        edit(files, "pack.toml", ", \"calendar@2\"", "");
    });
    let shown = install(&mut vault, dir.path(), &files);
    let decision = decided(&mut vault);
    assert_eq!(decision.pack_hash, shown.hash);
    assert!(due_at(&decision, WEDNESDAY) > 0, "it loads, and its deadlines are those that it always had");
}

#[test]
fn the_home_page_and_the_page_of_guidance_tell_a_year_before_bank_holidays_run_out() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(&dir.path().join("vault"));
    let told = |now: Moment| {
        let notice = today::today(&vault, now).unwrap().notices.contains(&Notice::HolidaysEnd);
        let page = guidance::page(&vault, &[], now).unwrap();
        let current = page.nations[0].current.clone().unwrap();
        assert_eq!(current.holidays_until, day(2028, 12, 31));
        assert_eq!(current.holidays_end, notice);
        notice
    };
    assert!(!told(at(10)));
    assert!(!told(moment("2027-12-31T12:00:00Z")));
    assert!(told(moment("2028-01-01T12:00:00Z")));
}
