//! What was changed, removed, moved, cut off or rolled back is found, and named.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};
use sharewell_records::*;
use sharewell_vault::{
    Access, Error, Finding, HeadState, OutsideHead, Projection, Report, Vault, access, items, ledger,
};
use support::*;

/// A closed vault with two families, decisions and a checkpoint; its raw key and its end.
fn sample(dir: &Path) -> (String, OutsideHead, Family) {
    let (mut vault, _) = create(dir);
    let home = family(&mut vault, 1, "Sampleton");
    family(&mut vault, 2, "Nosuch");
    vault
        .write(&stamp(3), |w| {
            let text = item("A bruise on the left arm", &[home.child.id]);
            w.append(Some(home.case), &Payload::ItemRecorded { item: text }, &[])?;
            let signed = decision(home.case, home.child.id, vec![obligation(Duty::Explain, None)]);
            w.append(Some(home.case), &Payload::DecisionSigned { decision: Box::new(signed) }, &[])?;
            w.sign_checkpoint()
        })
        .unwrap();
    let (key, tip) = (vault.raw_key().unwrap(), vault.tip());
    vault.close().unwrap();
    (key, OutsideHead { origin: tip.origin, sequence: tip.sequence, link: tip.link }, home)
}

/// Somebody who has the key and SQL.
fn raw(dir: &Path, key: &str) -> Connection {
    let db = Connection::open(dir.join("vault.db")).unwrap();
    db.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{key}'\"")).unwrap();
    db.query_row("SELECT count(*) FROM entries", [], |_| Ok(())).unwrap();
    db
}

/// Takes the triggers away first, as an insider with a database tool would.
fn tamper(dir: &Path, key: &str, sql: &str) {
    let db = raw(dir, key);
    let triggers: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(|name| name.unwrap())
        .collect();
    for trigger in triggers {
        db.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    db.close().unwrap();
}

fn verify(dir: &Path) -> Report {
    unlock(dir, 1000).verify(&[]).unwrap()
}

fn named(report: &Report, sequence: u64) -> bool {
    report.findings.iter().filter_map(Finding::place).any(|place| place.sequence == Seq(sequence))
}

#[test]
fn the_ledger_refuses_update_and_delete() {
    let dir = tempfile::tempdir().unwrap();
    let (key, ..) = sample(dir.path());
    unlock(dir.path(), 5).close().unwrap();
    let db = raw(dir.path(), &key);
    for sql in [
        "UPDATE entries SET kind = 'x' WHERE n = 3",
        "DELETE FROM entries WHERE n = 3",
        "UPDATE payloads SET bytes = x'00' WHERE entry = 3",
        "DELETE FROM payloads WHERE entry = 3",
        "UPDATE access SET at = 'x'",
        "DELETE FROM access",
    ] {
        let refused = db.execute_batch(sql);
        assert!(refused.is_err(), "{sql} must be refused");
    }
}

#[test]
fn each_entry_altered_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let (key, end, _) = sample(dir.path());
    let whole = dir.path().join("whole");
    copy(dir.path(), &whole);
    for sequence in 1..=end.sequence.0 {
        for (column, value) in [
            ("kind", "'item_withdrawn'"),
            ("author", "'01920000-0000-7000-8000-000000000001'"),
            ("recorded_at", "'2020-01-01T00:00:00+00:00'"),
            ("version", "7"),
            ("case_id", "'01920000-0000-7000-8000-000000000002'"),
            ("basis", "'[\"01920000-0000-7000-8000-000000000003\"]'"),
            ("payload_hash", "zeroblob(32)"),
            ("entry_hash", "zeroblob(32)"),
            ("link", "zeroblob(32)"),
            ("id", "'01920000-0000-7000-8000-000000000004'"),
        ] {
            copy(&whole, dir.path());
            tamper(
                dir.path(),
                &key,
                &format!("UPDATE entries SET {column} = {value} WHERE sequence = {sequence}"),
            );
            let report = verify(dir.path());
            assert!(!report.sound(), "{column} of {sequence}");
            let next = column == "link" && named(&report, sequence + 1);
            assert!(named(&report, sequence) || next, "{column} of {sequence} is named: {report:?}");
        }
        copy(&whole, dir.path());
        let change = format!(
            "UPDATE payloads SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"kind\"', '\"kinD\"') AS BLOB) \
             WHERE entry = (SELECT n FROM entries WHERE sequence = {sequence})"
        );
        tamper(dir.path(), &key, &change);
        assert!(named(&verify(dir.path()), sequence), "the content of {sequence}");
    }
}

#[test]
fn each_entry_removed_or_moved_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let (key, end, _) = sample(dir.path());
    let whole = dir.path().join("whole");
    copy(dir.path(), &whole);
    let last = end.sequence.0;
    for sequence in 1..=last {
        copy(&whole, dir.path());
        let row = format!("(SELECT n FROM entries WHERE sequence = {sequence})");
        let removal = format!(
            "DELETE FROM payloads WHERE entry = {row}; DELETE FROM entries WHERE sequence = {sequence}"
        );
        tamper(dir.path(), &key, &removal);
        let report = verify(dir.path());
        let gap = Finding::EntriesMissing { origin: end.origin, from: Seq(sequence), to: Seq(sequence) };
        let cut = report.findings.iter().any(
            |f| matches!(f, Finding::Lost(lost) if lost.sequences() == Some((Seq(sequence), Seq(last)))),
        );
        assert!(
            report.findings.contains(&gap) || (sequence == last && cut),
            "removing {sequence}: {report:?}"
        );

        copy(&whole, dir.path());
        tamper(dir.path(), &key, &format!("DELETE FROM payloads WHERE entry = {row}"));
        let report = verify(dir.path());
        assert!(
            report
                .findings
                .iter()
                .any(|f| matches!(f, Finding::PayloadMissing(p) if p.sequence == Seq(sequence))),
            "content of {sequence} gone without a disposal: {report:?}"
        );
    }
    for sequence in 1..last {
        copy(&whole, dir.path());
        let swap = format!(
            "UPDATE entries SET sequence = 900000 WHERE sequence = {sequence}; \
             UPDATE entries SET sequence = {sequence} WHERE sequence = {sequence} + 1; \
             UPDATE entries SET sequence = {sequence} + 1 WHERE sequence = 900000"
        );
        tamper(dir.path(), &key, &swap);
        let report = verify(dir.path());
        assert!(named(&report, sequence) && named(&report, sequence + 1), "{sequence} swapped: {report:?}");
    }
}

#[test]
fn a_chain_written_anew_is_caught_by_the_head() {
    let dir = tempfile::tempdir().unwrap();
    let (key, end, home) = sample(dir.path());
    let old_head = fs::read(dir.path().join("vault.head")).unwrap();
    // The insider removes the end of the chain and writes another one through the program itself.
    tamper(
        dir.path(),
        &key,
        "DELETE FROM payloads WHERE entry IN (SELECT n FROM entries WHERE kind IN ('decision_signed', 'checkpoint_signed'));
         DELETE FROM entries WHERE kind IN ('decision_signed', 'checkpoint_signed');
         UPDATE projections SET version = 0",
    );
    fs::remove_file(dir.path().join("vault.head")).unwrap();
    let mut vault = unlock(dir.path(), 10);
    assert_eq!(vault.opening().head, HeadState::Missing, "a missing head is told");
    vault
        .write(&stamp(11), |w| {
            w.append(Some(home.case), &Payload::ItemRecorded { item: item("Nothing to see", &[]) }, &[])?;
            w.append(Some(home.case), &Payload::ItemRecorded { item: item("Nothing at all", &[]) }, &[])
        })
        .unwrap();
    let report = vault.verify(&[end]).unwrap();
    assert!(
        report.findings.contains(&Finding::OutsideHeadDisagrees(end)),
        "a printed head knows: {report:?}"
    );
    vault.close().unwrap();

    fs::write(dir.path().join("vault.head"), old_head).unwrap();
    let vault = unlock(dir.path(), 20);
    let HeadState::Lost(lost) = vault.opening().head else { panic!("{:?}", vault.opening()) };
    assert_eq!((lost.origin, lost.head), (end.origin, end.sequence));
    assert!(lost.held < end.sequence, "the link at the head's place is another one");
}

#[test]
fn an_older_copy_in_place_is_reported_and_lost_numbers_are_never_used_again() {
    let dir = tempfile::tempdir().unwrap();
    let (_, older, home) = sample(dir.path());
    let kept = dir.path().join("kept");
    copy(dir.path(), &kept);
    let mut vault = unlock(dir.path(), 10);
    for second in 11..14 {
        let note = Payload::ItemRecorded { item: item("later", &[home.child.id]) };
        vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
    }
    vault
        .save_draft(&sharewell_vault::Draft {
            key: "d".into(),
            kind: "x".into(),
            case: None,
            body: "{}".into(),
            updated: at(14),
        })
        .unwrap();
    let newer = vault.tip();
    vault.close().unwrap();
    fs::copy(kept.join("vault.db"), dir.path().join("vault.db")).unwrap();

    let vault = unlock(dir.path(), 20);
    let HeadState::Lost(lost) = vault.opening().head else { panic!("{:?}", vault.opening()) };
    assert_eq!(lost.sequences(), Some((Seq(older.sequence.0 + 1), newer.sequence)));
    assert_eq!(lost.drafts, 1, "a lost draft is told too");
    let report = vault.verify(&[]).unwrap();
    assert!(report.findings.contains(&Finding::Lost(lost)), "{report:?}");
    vault.close().unwrap();

    let mut vault = unlock(dir.path(), 30);
    let note = Payload::ItemRecorded { item: item("written again", &[]) };
    vault.write(&stamp(31), |w| w.append(Some(home.case), &note, &[])).unwrap();
    let tip = vault.tip();
    assert_ne!(tip.origin, older.origin, "a new origin, so that no sequence stands for two things");
    let report = vault.verify(&[older]).unwrap();
    assert!(report.sound(), "{report:?}");
    let logged = Finding::EarlierLoss { origin: older.origin, held: older.sequence, head: newer.sequence };
    assert!(report.findings.contains(&logged), "the loss stays on record: {report:?}");
    let rows = vault.read(|r| access::list(r, None, 50, None)).unwrap();
    assert!(rows.iter().any(|row| matches!(row.access, Some(Access::LossFound { .. }))));
}

#[test]
fn projections_and_access_log_that_were_touched_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let (key, ..) = sample(dir.path());
    let whole = dir.path().join("whole");
    copy(dir.path(), &whole);
    for (sql, finding) in [
        (
            "DELETE FROM people WHERE id = (SELECT min(id) FROM people)",
            Finding::ProjectionDiffers(Projection::People),
        ),
        ("UPDATE obligations SET settled = 3", Finding::ProjectionDiffers(Projection::Obligations)),
        (
            "UPDATE search SET words = 'nothing' WHERE rowid = (SELECT max(rowid) FROM search)",
            Finding::ProjectionDiffers(Projection::Search),
        ),
        (
            "UPDATE search_content SET c2 = 'nothing' WHERE id = (SELECT max(id) FROM search_content)",
            Finding::SearchIndexDamaged,
        ),
        (
            "UPDATE access SET at = '2020-01-01T00:00:00+00:00' WHERE n = 1",
            Finding::AccessAltered { number: 1 },
        ),
        (
            "INSERT INTO disposed (entry, by) VALUES (3, 3); DELETE FROM payloads WHERE entry = 3",
            Finding::Stray { row: 3 },
        ),
    ] {
        copy(&whole, dir.path());
        // Two openings, so that the access log has rows.
        unlock(dir.path(), 5).close().unwrap();
        tamper(dir.path(), &key, sql);
        let report = verify(dir.path());
        assert!(report.findings.contains(&finding), "{sql}: {report:?}");
    }
    copy(&whole, dir.path());
    unlock(dir.path(), 5).close().unwrap();
    unlock(dir.path(), 6).close().unwrap();
    tamper(dir.path(), &key, "DELETE FROM access WHERE n = 2");
    let report = verify(dir.path());
    assert!(!report.sound(), "a removed row of the access log: {report:?}");
}

#[test]
fn a_flipped_byte_anywhere_in_the_closed_database_is_never_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let (_, end, home) = sample(dir.path());
    let path = dir.path().join("vault.db");
    let whole = fs::read(&path).unwrap();
    let before: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect();
    let kept: Vec<_> = before.iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect();
    let step = if std::env::var_os("SHAREWELL_FULL").is_some() { 97 } else { 997 };
    // The salt, the start, the middle and the end of every page, and a stride that meets every region.
    let mut places: Vec<usize> = (0..16).collect();
    places.extend(
        (0..whole.len())
            .step_by(4096)
            .flat_map(|page| [page + 17, page + 2048, page + 4095 - 40, page + 4095]),
    );
    places.extend((0..whole.len()).step_by(step));
    for place in places.into_iter().filter(|p| *p < whole.len()) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        match Vault::unlock(dir.path(), secret(), at(50)) {
            Err(Error::Damaged { .. }) => {}
            Err(other) => panic!("byte {place}: {other:?} does not say damage"),
            Ok(vault) => {
                let report = vault.verify(&[end]).unwrap();
                assert!(!report.sound(), "byte {place} was accepted");
                // What is readable stays readable; what is not says so and does not panic.
                let read = vault.read(|r| items::of_case(r, home.case)).map(|_| ());
                assert!(matches!(read, Ok(()) | Err(Error::Damaged { .. })), "byte {place}: {read:?}");
                let read = vault.read(ledger::tips).map(|_| ());
                assert!(matches!(read, Ok(()) | Err(Error::Damaged { .. })), "byte {place}: {read:?}");
            }
        }
        for (file, bytes) in &kept {
            fs::write(file, bytes).unwrap();
        }
        let _ = fs::remove_file(dir.path().join("vault.db-wal"));
        let _ = fs::remove_file(dir.path().join("vault.db-shm"));
    }
    assert!(verify(dir.path()).sound(), "the untouched file is sound");
}

#[test]
fn a_database_cut_off_anywhere_is_never_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let (_, end, _) = sample(dir.path());
    let whole = dir.path().join("whole");
    copy(dir.path(), &whole);
    let bytes = fs::read(whole.join("vault.db")).unwrap();
    for len in [0, 1, 16, 100, 4095, 4096, 8192, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        copy(&whole, dir.path());
        fs::write(dir.path().join("vault.db"), &bytes[..len]).unwrap();
        match Vault::unlock(dir.path(), secret(), at(50)) {
            Err(Error::Damaged { .. } | Error::NoSuch { .. }) => {}
            Err(other) => panic!("cut at {len}: {other:?}"),
            Ok(vault) => assert!(!vault.verify(&[end]).unwrap().sound(), "cut at {len} was accepted"),
        }
    }
}

#[test]
fn a_flipped_byte_of_the_head_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    sample(dir.path());
    let path = dir.path().join("vault.head");
    let whole = fs::read(&path).unwrap();
    let kept = dir.path().join("kept");
    copy(dir.path(), &kept);
    for place in (0..whole.len()).step_by(7) {
        copy(&kept, dir.path());
        let vault = unlock(dir.path(), 50);
        let mut bytes = fs::read(&path).unwrap();
        bytes[place] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let report = vault.verify(&[]).unwrap();
        assert!(
            report.findings.contains(&Finding::HeadSlotsUnreadable { slots: 1 }),
            "byte {place}: {report:?}"
        );
    }
    copy(&kept, dir.path());
    fs::write(&path, vec![0; whole.len()]).unwrap();
    assert_eq!(unlock(dir.path(), 51).opening().head, HeadState::Unreadable);
}

#[test]
fn a_flipped_byte_anywhere_in_the_write_ahead_log_is_reported_with_what_it_cost() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    for second in 2..12 {
        let note = Payload::ItemRecorded { item: item(&format!("note {second}"), &[home.child.id]) };
        vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
    }
    let tip = vault.tip();
    // The machine stops here: the files as they are, the log not yet written back.
    let stopped = dir.path().join("stopped");
    copy(dir.path(), &stopped);
    let wal = fs::read(stopped.join("vault.db-wal")).unwrap();
    assert!(wal.len() > 50_000, "the log holds the entries");
    let work = dir.path().join("work");
    let step = if std::env::var_os("SHAREWELL_FULL").is_some() { 211 } else { 4001 };
    let (mut cost, mut free) = (0, 0);
    for place in (0..wal.len()).step_by(step).chain(0..32) {
        let _ = fs::remove_dir_all(&work);
        copy(&stopped, &work);
        fs::remove_file(work.join("vault.db-shm")).unwrap();
        let mut bytes = wal.clone();
        bytes[place] ^= 0x40;
        fs::write(work.join("vault.db-wal"), &bytes).unwrap();
        match Vault::unlock(&work, secret(), at(50)) {
            Ok(vault) => {
                let held = vault.tip().sequence;
                match vault.opening().head.clone() {
                    HeadState::Agrees => {
                        assert_eq!(held, tip.sequence, "byte {place}: silent loss");
                        free += 1;
                    }
                    HeadState::Lost(lost) => {
                        cost += 1;
                        let sequences = lost.sequences();
                        if held < tip.sequence {
                            assert_eq!(
                                sequences,
                                Some((Seq(held.0 + 1), tip.sequence)),
                                "byte {place}: named exactly"
                            );
                        }
                    }
                    other => panic!("byte {place}: {other:?}"),
                }
            }
            Err(other) => panic!("byte {place}: {other:?}; what is left must open and say what was lost"),
        }
    }
    assert!(cost > 5, "flipped bytes cost something ({cost} cost, {free} were of no use any more)");
}

#[test]
fn a_row_put_beside_the_ledger_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let (key, end, _) = sample(dir.path());
    let db = raw(dir.path(), &key);
    db.execute(
        "INSERT INTO entries SELECT 5000, '01920000-0000-7000-8000-00000000000a', origin, sequence + 1, case_id, author, kind, version, \
         recorded_at, basis, payload_hash, entry_hash, link, fold_at FROM entries WHERE sequence = ?1",
        params![end.sequence.0 as i64],
    )
    .unwrap();
    db.close().unwrap();
    assert!(named(&verify(dir.path()), end.sequence.0 + 1), "an entry put in without the program");
}
