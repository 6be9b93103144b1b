//! What a newer version of the program wrote: kept, verified, told as newer, and projected after an upgrade.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::path::Path;

use sharewell_records::*;
use sharewell_vault::{Content, Finding, Keep, Projection, Vault, items, packs, search, timeline};
use support::*;

/// A newer program records an item and lifts nothing; returns the file and the item.
fn written_by_a_later_version(dir: &Path) -> (CaseId, ItemId) {
    let (mut vault, _) = create(dir);
    let home = family(&mut vault, 2, "Sampleton");
    vault.close().unwrap();
    let newer = item("written by a later version", &[home.child.id]);
    let (case, id) = (home.case, newer.id);
    as_a_later_version(1, || {
        let mut vault = unlock(dir, 3);
        assert!(vault.opening().rebuilt.is_empty(), "nothing is there that only one of the two reads");
        vault
            .write(&stamp(4), |w| w.append(Some(case), &Payload::ItemRecorded { item: newer }, &[]))
            .unwrap();
        assert_eq!(held(&vault, case, id), (true, true));
        assert!(vault.verify(&[]).unwrap().findings.is_empty());
        vault.close().unwrap();
    });
    (case, id)
}

/// Whether an item stands in its table, and whether the search finds it.
fn held(vault: &Vault, case: CaseId, id: ItemId) -> (bool, bool) {
    vault
        .read(|r| -> sharewell_vault::Result<_> {
            let listed = items::of_case(r, case)?.iter().any(|one| one.record.id == id);
            Ok((listed, !search::search(r, "later version", 10, None)?.is_empty()))
        })
        .unwrap()
}

#[test]
fn what_a_newer_version_wrote_shows_as_newer_verifies_and_is_projected_after_an_upgrade() {
    let dir = tempfile::tempdir().unwrap();
    let (case, id) = written_by_a_later_version(dir.path());

    let vault = unlock(dir.path(), 5);
    assert_eq!(
        held(&vault, case, id),
        (false, false),
        "it stands in no table of a program that cannot read it"
    );
    let told = vault.read(|r| timeline::of_case(r, case, 10, None)).unwrap();
    let later = sharewell_records::known_version("item_recorded").unwrap() + 1;
    let newest = Content::Newer { kind: "item_recorded".to_owned(), version: later };
    assert_eq!(told.first().unwrap().content, newest);
    let report = vault.verify(&[]).unwrap();
    assert_eq!(report.findings, [Finding::FromNewerVersion { entries: 1 }], "a note, and no damage");
    assert!(report.sound());
    vault.close().unwrap();

    as_a_later_version(1, || {
        let vault = unlock(dir.path(), 6);
        assert_eq!(vault.opening().rebuilt, Projection::ALL, "the upgrade reads what was left out");
        assert_eq!(held(&vault, case, id), (true, true));
        assert!(vault.verify(&[]).unwrap().findings.is_empty());
        vault.close().unwrap();
        assert!(unlock(dir.path(), 7).opening().rebuilt.is_empty(), "once");
    });
}

#[test]
fn an_older_program_writes_on_and_nothing_of_either_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (case, id) = written_by_a_later_version(dir.path());
    let mut vault = unlock(dir.path(), 5);
    let own = item("written by the older one", &[]);
    let own_id = own.id;
    vault.write(&stamp(6), |w| w.append(Some(case), &Payload::ItemRecorded { item: own }, &[])).unwrap();
    let made = vault.backup(&stamp(7), Keep::default()).unwrap();
    assert!(made.path.exists(), "what it cannot read is no reason not to make a backup");
    vault.close().unwrap();
    as_a_later_version(1, || {
        let vault = unlock(dir.path(), 8);
        assert!(held(&vault, case, id).0 && held(&vault, case, own_id).0);
        assert!(vault.verify(&[]).unwrap().sound());
    });
}

#[test]
fn a_pack_that_a_newer_program_kept_is_kept_by_an_older_one_as_well() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path()).0.close().unwrap();
    let pack = PackRef { id: "wales".into(), version: "2026-01".into(), hash: Sha256([4; 32]) };
    let files = [("pack.toml".to_owned(), b"bytes".to_vec())];
    as_a_later_version(1, || {
        let mut vault = unlock(dir.path(), 1);
        vault.write(&stamp(2), |w| w.keep_pack(&pack, &files)).unwrap();
        vault.close().unwrap();
    });
    let mut vault = unlock(dir.path(), 3);
    vault.write(&stamp(4), |w| w.keep_pack(&pack, &files)).expect("a decision can be signed under it");
    assert!(vault.read(|r| packs::is_kept(r, pack.hash)).unwrap());
    assert_eq!(vault.read(|r| packs::files(r, pack.hash)).unwrap(), files);
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn a_whole_chain_in_a_newer_form_verifies_its_start_its_checkpoints_and_its_disposals() {
    let dir = tempfile::tempdir().unwrap();
    let entries = as_a_later_version(1, || {
        let (mut vault, _) = create(dir.path());
        let home = family(&mut vault, 2, "Sampleton");
        let gone = item("disposed of", &[home.child.id]);
        vault
            .write(&stamp(3), |w| -> sharewell_vault::Result<_> {
                let written = w.append(Some(home.case), &Payload::ItemRecorded { item: gone }, &[])?;
                w.sign_checkpoint()?;
                let disposed = Payload::Disposed {
                    entries: vec![written.id],
                    authority: "Retention".into(),
                    reason: "Time".into(),
                };
                w.append(None, &disposed, &[])
            })
            .unwrap();
        assert!(vault.verify(&[]).unwrap().findings.is_empty());
        let entries = vault.tip().sequence.0;
        vault.close().unwrap();
        entries
    });
    let vault = unlock(dir.path(), 4);
    let report = vault.verify(&[]).unwrap();
    // What was disposed of has no content to be read by anybody.
    assert_eq!(report.findings, [Finding::FromNewerVersion { entries: entries - 1 }]);
}
