//! Papers: bytes in and out, vouched for by the ledger, never half there.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{self, Read};
use std::path::Path;

use rusqlite::Connection;
use sharewell_records::*;
use sharewell_vault::{
    Error, Finding, Keep, NotTaken, Result, Taken, Vault, Work, attached, attachments, new_uuid, search,
};
use support::*;

const MIB: usize = 1 << 20;

/// Text that differs in every piece.
fn text(size: usize) -> Vec<u8> {
    (0_u32..).flat_map(|n| format!("line {n} of a letter\n").into_bytes()).take(size).collect()
}

fn paper(taken: Taken, what: &str) -> Attachment {
    Attachment {
        id: taken.id,
        name: "letter.txt".into(),
        form: taken.form,
        size: taken.size,
        hash: taken.hash,
        what: what.into(),
        from: "Fablewell Primary School".into(),
        said_by: "Ms Mockford".into(),
        came: Occurred::Day { on: day(2026, 3, 2) },
        limits: "Not to the father".into(),
        about: vec![],
        item: None,
        replaces: None,
    }
}

fn take(vault: &Vault, bytes: &[u8]) -> Result<Taken, Error> {
    let id = AttachmentId(new_uuid());
    vault.beside(&Work::new())?.take_in(id, &mut &*bytes, bytes.len() as u64)
}

fn add(vault: &mut Vault, case: CaseId, second: i64, bytes: &[u8]) -> (Attachment, EntryId) {
    let attachment = paper(take(vault, bytes).unwrap(), "Letter about attendance");
    let added = Payload::AttachmentAdded { attachment: attachment.clone() };
    let done = vault.write(&stamp(second), |w| w.append(Some(case), &added, &[])).unwrap();
    (attachment, done.id)
}

fn read(vault: &Vault, id: AttachmentId) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    vault.read(|r| {
        attached::each_piece(r, id, |bytes| {
            all.extend_from_slice(bytes);
            Ok::<_, Error>(())
        })
    })?;
    Ok(all)
}

/// Rows of bytes, whoever vouches for them; and bytes without a row.
fn rows(dir: &Path, key: &str) -> (i64, i64) {
    let db = Connection::open(dir.join("vault.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
    let count = |table| db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    (count("attached"), count("attached_pieces"))
}

#[test]
fn what_comes_in_goes_out_the_same_and_the_ledger_vouches_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    for (second, size) in [(2, 1), (3, attached::PIECE), (4, 2 * attached::PIECE + 77)] {
        let bytes = text(size);
        let (attachment, _) = add(&mut vault, home.case, second, &bytes);
        assert_eq!((attachment.form, attachment.size), (AttachmentForm::Text, size as u64));
        assert_eq!(read(&vault, attachment.id).unwrap(), bytes);
        let attached::Stored { salt, .. } = vault.read(|r| attached::stored(r, attachment.id)).unwrap();
        assert_eq!(Sha256::of(&[b"sharewell/attachment/v1\0", &salt, &bytes]), attachment.hash);
    }
    assert_eq!(vault.read(|r| attachments::of_case(r, home.case)).unwrap().len(), 3);
    assert!(vault.verify(&[]).unwrap().sound());
    vault.close().unwrap();
    let vault = unlock(dir.path(), 9);
    assert_eq!(vault.read(|r| attachments::of_case(r, home.case)).unwrap().len(), 3, "and after a lock");
}

#[test]
fn nothing_is_taken_that_a_file_does_not_keep_and_nothing_of_it_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    family(&mut vault, 1, "Sampleton");
    let key = vault.raw_key().unwrap();
    for (bytes, why) in [
        (vec![], NotTaken::Empty),
        (b"PK\x03\x04 a zipped folder".to_vec(), NotTaken::ForeignForm),
        (b"\x89PNG\r\n\x1a\nno picture".to_vec(), NotTaken::ForeignForm),
        (text(MOST_ATTACHED as usize + 1), NotTaken::TooLarge),
    ] {
        let refused = take(&vault, &bytes);
        assert!(matches!(&refused, Err(Error::NotTaken(said)) if *said == why), "{why:?}: {refused:?}");
    }
    // A file that grows or shrinks while it is read.
    for said in [9, 11] {
        let beside = vault.beside(&Work::new()).unwrap();
        let refused = beside.take_in(AttachmentId(new_uuid()), &mut &b"ten bytes."[..], said);
        assert!(matches!(refused, Err(Error::NotTaken(NotTaken::Changed))), "{refused:?}");
    }
    // It grows without end behind what it said that it had.
    let endless =
        vault.beside(&Work::new()).unwrap().take_in(AttachmentId(new_uuid()), &mut io::repeat(b'a'), 1000);
    assert!(matches!(endless, Err(Error::NotTaken(NotTaken::TooLarge))), "{endless:?}");
    // A stick that is pulled.
    let pulled = vault.beside(&Work::new()).unwrap().take_in(
        AttachmentId(new_uuid()),
        &mut io::repeat(b'a').take(3 * MIB as u64).chain(Pulled),
        4 * MIB as u64,
    );
    assert!(matches!(pulled, Err(Error::Io(io::ErrorKind::NotConnected))), "{pulled:?}");
    assert_eq!(rows(dir.path(), &key), (0, 0));
    assert!(vault.verify(&[]).unwrap().sound());
}

/// A disk that is gone.
struct Pulled;

impl Read for Pulled {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::NotConnected.into())
    }
}

#[test]
fn an_entry_speaks_only_of_bytes_that_are_there_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let taken = take(&vault, b"a letter").unwrap();
    let right = paper(taken, "Letter");
    for wrong in [
        Attachment { id: AttachmentId(new_uuid()), ..right.clone() },
        Attachment { hash: Sha256([1; 32]), ..right.clone() },
        Attachment { size: 7, ..right.clone() },
        Attachment { form: AttachmentForm::Pdf, ..right.clone() },
    ] {
        let added = Payload::AttachmentAdded { attachment: wrong };
        let refused = vault.write(&stamp(2), |w| w.append(Some(home.case), &added, &[]));
        assert!(matches!(refused, Err(Error::NoSuch { .. })), "{refused:?}");
    }
    assert!(matches!(read(&vault, right.id), Err(Error::NoSuch { .. })), "nobody vouches for it yet");
    let added = Payload::AttachmentAdded { attachment: right.clone() };
    vault.write(&stamp(2), |w| w.append(Some(home.case), &added, &[])).unwrap();
    let changed = Attachment { hash: Sha256([2; 32]), ..right.clone() };
    let changed = Payload::AttachmentAmended { attachment: changed, reason: "x".into() };
    let refused = vault.write(&stamp(3), |w| w.append(Some(home.case), &changed, &[]));
    assert!(matches!(refused, Err(Error::NoSuch { .. })), "no correction changes the bytes: {refused:?}");
    vault.give_up(right.id).unwrap();
    assert_eq!(read(&vault, right.id).unwrap(), b"a letter", "what an entry vouches for is not given up");
}

/// A file of which each piece takes a while.
struct Slow<F: FnMut(usize)>(usize, F);

impl<F: FnMut(usize)> Read for Slow<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let many = into.len().min(self.0).min(MIB);
        into.iter_mut().take(many).for_each(|byte| *byte = b'a');
        self.0 -= many;
        (self.1)(self.0);
        Ok(many)
    }
}

#[test]
fn saves_go_on_while_a_large_file_comes_in_and_a_stop_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let key = vault.raw_key().unwrap();
    let (work, id) = (Work::new(), AttachmentId(new_uuid()));
    let beside = vault.beside(&work).unwrap();
    let (come, comes) = std::sync::mpsc::sync_channel(0);
    let outcome = std::thread::scope(|scope| {
        let taking = scope.spawn(move || {
            let mut slow = Slow(20 * MIB, |left| {
                let _ = come.send(left);
            });
            beside.take_in(id, &mut slow, 20 * MIB as u64)
        });
        // After each stretch somebody saves, in the middle of it.
        let mut second = 10;
        for left in comes.iter() {
            second += 1;
            let note = Payload::ItemRecorded { item: item("typed meanwhile", &[home.child.id]) };
            vault.write(&stamp(second), |w| w.append(Some(home.case), &note, &[])).unwrap();
            if left <= 8 * MIB {
                break;
            }
        }
        let (done, total) = work.progress();
        assert!(done > 0 && total == Some(20 * MIB as u64), "{done} of {total:?}");
        work.stop();
        drop(comes);
        taking.join().unwrap()
    });
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert_eq!(rows(dir.path(), &key), (0, 0));
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn what_a_kill_cuts_off_is_gone_at_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let key = vault.raw_key().unwrap();
    let (kept, _) = add(&mut vault, home.case, 2, &text(100));
    // Killed before an entry vouched for it; and in the middle of a piece, which is a transaction.
    take(&vault, &text(3 * MIB)).unwrap();
    let away = tempfile::tempdir().unwrap();
    copy(dir.path(), away.path());
    let vault = unlock(away.path(), 9);
    assert_eq!(rows(away.path(), &key), (1, 1));
    assert_eq!(read(&vault, kept.id).unwrap(), text(100));
    assert!(vault.verify(&[]).unwrap().sound());
}

#[test]
fn every_changed_byte_and_every_missing_piece_is_found_and_named() {
    for (tamper, altered) in [
        ("UPDATE attached_pieces SET bytes = CAST(x'41' || substr(bytes, 2) AS BLOB) WHERE number = 1", true),
        ("DELETE FROM attached_pieces WHERE number = 1", true),
        ("UPDATE attached SET salt = randomblob(32)", true),
        ("UPDATE attached SET hash = randomblob(32)", true),
        ("DELETE FROM attached_pieces; DELETE FROM attached", false),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, _) = create(dir.path());
        let home = family(&mut vault, 1, "Sampleton");
        let (attachment, entry) = add(&mut vault, home.case, 2, &text(2 * MIB));
        let key = vault.raw_key().unwrap();
        vault.close().unwrap();
        let db = Connection::open(dir.path().join("vault.db")).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        assert!(db.execute_batch(tamper).is_err(), "{tamper}: refused by the vault itself");
        for trigger in
            ["attached_never_changes", "attached_goes_only_by_disposal", "attached_pieces_never_change"]
        {
            db.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
        }
        db.execute_batch("DROP TRIGGER attached_pieces_go_only_by_disposal").unwrap();
        db.execute_batch(tamper).unwrap();
        db.close().unwrap();
        let vault = unlock(dir.path(), 5);
        let report = vault.verify(&[]).unwrap();
        let named = report.findings.iter().any(|found| match found {
            Finding::AttachmentAltered(place) => altered && place.entry == entry,
            Finding::AttachmentMissing(place) => !altered && place.entry == entry,
            _ => false,
        });
        assert!(named, "{tamper}: {report:?}");
        assert!(read(&vault, attachment.id).is_err(), "{tamper}: what is damaged is not given out as whole");
    }
}

#[test]
fn a_disposal_takes_bytes_and_salt_and_only_once_nothing_speaks_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let (attachment, added) = add(&mut vault, home.case, 2, &text(MIB + 5));
    let (other, _) = add(&mut vault, home.case, 3, b"another letter");
    let corrected = Attachment { what: "Letter of the school".into(), ..attachment.clone() };
    let amended = Payload::AttachmentAmended { attachment: corrected, reason: "who sent it".into() };
    let amended = vault.write(&stamp(4), |w| w.append(Some(home.case), &amended, &[added])).unwrap().id;
    let mut dispose = |entry| {
        let gone =
            Payload::Disposed { entries: vec![entry], authority: "Retention".into(), reason: "due".into() };
        vault.write(&stamp(5), |w| w.append(None, &gone, &[])).unwrap();
        (read(&vault, attachment.id), vault.verify(&[]).unwrap())
    };
    let (bytes, report) = dispose(added);
    assert_eq!(bytes.unwrap(), text(MIB + 5), "the correction still speaks of them");
    assert!(report.sound(), "{report:?}");
    let (bytes, report) = dispose(amended);
    assert!(matches!(bytes, Err(Error::NoSuch { .. })), "{bytes:?}");
    assert!(report.sound(), "{report:?}");
    assert!(matches!(vault.read(|r| attached::stored(r, attachment.id)), Err(Error::NoSuch { .. })));
    assert_eq!(read(&vault, other.id).unwrap(), b"another letter");
    let key = vault.raw_key().unwrap();
    assert_eq!(rows(dir.path(), &key), (1, 1));
}

#[test]
fn backups_hold_papers_and_make_room_by_bytes_and_the_newest_two_stay() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let (attachment, _) = add(&mut vault, home.case, 2, &text(3 * MIB));
    let two = Keep { newest: 10, most_bytes: 8 << 20 };
    for second in 3..8 {
        vault.backup(&stamp(second), two).unwrap();
    }
    let kept = sharewell_vault::backups(dir.path()).unwrap();
    assert_eq!(kept.iter().map(|one| one.made).collect::<Vec<_>>(), [at(7), at(6)]);
    vault.backup(&stamp(9), Keep { newest: 10, most_bytes: 1 }).unwrap();
    let kept = sharewell_vault::backups(dir.path()).unwrap();
    assert_eq!(kept.iter().map(|one| one.made).collect::<Vec<_>>(), [at(9), at(7)], "never the last two");
    let away = tempfile::tempdir().unwrap();
    let restored = restore(&kept.last().unwrap().path, away.path(), &secret(), &stamp(20)).unwrap();
    assert_eq!(read(&restored, attachment.id).unwrap(), text(3 * MIB));
    assert!(restored.verify(&[]).unwrap().sound());
}

#[test]
fn a_paper_is_found_by_what_is_said_of_it_until_it_is_withdrawn() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let home = family(&mut vault, 1, "Sampleton");
    let (attachment, entry) = add(&mut vault, home.case, 2, b"attendance 62 per cent");
    let found = |vault: &Vault, text: &str| vault.read(|r| search::search(r, text, 10, None)).unwrap().len();
    assert_eq!((found(&vault, "attendance"), found(&vault, "mockford")), (1, 1));
    assert_eq!(found(&vault, "per cent"), 0, "never by what stands in it");
    let withdrawn = Payload::AttachmentWithdrawn { id: attachment.id, reason: "another child's".into() };
    vault.write(&stamp(3), |w| w.append(Some(home.case), &withdrawn, &[entry])).unwrap();
    assert_eq!(found(&vault, "attendance"), 0);
    assert!(vault.read(|r| attachments::of_case(r, home.case)).unwrap().is_empty());
    assert!(read(&vault, attachment.id).is_ok(), "its bytes stay: only a disposal takes them");
}
