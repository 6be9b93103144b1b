//! Whatever happens in whatever order: a rebuild gives what was kept step by step.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use proptest::prelude::*;
use rusqlite::Connection;
use sharewell_records::*;
use sharewell_vault::{Error, Keep, Projection, Vault, Work, items, people, search};
use support::acts::{World, any_act, play};
use support::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("SHAREWELL_FULL").is_some() { 300 } else { 24 }, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_gives_what_was_kept_step_by_step(acts in prop::collection::vec(any_act(), 1..60), more in prop::collection::vec(any_act(), 0..20)) {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, _) = create(dir.path());
        let mut world = World::default();
        play(&mut vault, &mut world, &acts);
        let report = vault.verify(&[]).unwrap();
        prop_assert!(report.sound(), "{:?}", report);

        // A restored copy goes on as a new origin, under a clock that may stand before the old one.
        let backup = vault.backup(&stamp(1000), Keep::default()).unwrap();
        let away = dir.path().join("away");
        let mut vault = restore(&backup.path, &away, &secret(), &stamp(900)).unwrap();
        play(&mut vault, &mut world, &more);
        let report = vault.verify(&[]).unwrap();
        prop_assert!(report.sound(), "{:?}", report);
        vault.close().unwrap();
        prop_assert!(unlock(&away, 5000).verify(&[]).unwrap().sound());
    }
}

#[test]
fn a_rebuild_that_was_cut_off_goes_on_and_a_new_version_rebuilds_only_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    for second in 2..8 {
        let note = Payload::ItemRecorded { item: item(&format!("note {second}"), &[home.child.id]) };
        vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
    }
    let key = vault.raw_key().unwrap();
    vault.close().unwrap();
    let raw = |sql: &str| {
        let db = Connection::open(dir.path().join("vault.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; {sql}")).unwrap();
        db.close().unwrap();
    };
    raw("UPDATE projections SET version = 0 WHERE name = 'search'; DELETE FROM search_rows");
    let vault = unlock(dir.path(), 20);
    assert_eq!(vault.opening().rebuilt, [Projection::Search], "only its own");
    assert_eq!(vault.read(|r| search::search(r, "note", 50, None)).unwrap().len(), 6);
    vault.close().unwrap();

    // As a power cut in the middle of a rebuild leaves it: folded up to the seventh entry.
    raw("UPDATE projections SET resuming = 7 WHERE name = 'items'; DELETE FROM items WHERE entry > 7; \
         DELETE FROM item_people WHERE item NOT IN (SELECT id FROM items)");
    let stopped = Work::new();
    stopped.stop();
    let refused = Vault::unlock_watched(dir.path(), secret(), at(29), &stopped);
    assert!(matches!(refused, Err(Error::Cancelled)), "{refused:?}");
    let work = Work::new();
    let vault = Vault::unlock_watched(dir.path(), secret(), at(30), &work).unwrap();
    assert_eq!(vault.opening().rebuilt, [Projection::Items]);
    assert_eq!(vault.read(|r| items::of_case(r, home.case)).unwrap().len(), 6);
    let (done, total) = work.progress();
    assert!(done > 0 && total == Some(done), "progress is told: {done} of {total:?}");
    assert!(vault.verify(&[]).unwrap().sound());
    assert_eq!(vault.read(|r| people::of_case(r, home.case)).unwrap().len(), 2);
}
