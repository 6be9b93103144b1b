//! A power cut at every point of a save: what was not synced is gone, or there in part, or torn.
//!
//! A kill proves nothing about power: the operating system still writes what a dead process handed over. So
//! SQLite runs here over a file system of its own, a shim that remembers what was written since the last
//! sync. At the chosen operation it stops, and the test then rewrites the files as a disk might have kept
//! them. SQLite's file systems are tables of C functions, hence the unsafe code, here and nowhere else.
#![cfg(unix)]
#![allow(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use rusqlite::ffi;
use sharewell_records::*;
use sharewell_vault::{Draft, Error, HeadState, Vault, drafts, items};
use support::*;

/// A change that the disk has not confirmed.
enum Unsynced {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

/// A file as the disk has it for certain, and what came after.
#[derive(Default)]
struct Tracked {
    synced: Vec<u8>,
    since: Vec<Unsynced>,
}

#[derive(Default)]
struct Disk {
    files: BTreeMap<String, Tracked>,
    operations: u64,
    cut_at: Option<u64>,
    dead: bool,
}

static DISK: Mutex<Option<Disk>> = Mutex::new(None);

fn disk<T>(f: impl FnOnce(&mut Disk) -> T) -> T {
    f(DISK.lock().unwrap_or_else(|e| e.into_inner()).get_or_insert_with(Disk::default))
}

/// Counts an operation; true where the power is gone.
fn gone() -> bool {
    disk(|d| {
        d.operations += 1;
        d.dead |= d.cut_at == Some(d.operations);
        d.dead
    })
}

/// What the disk keeps of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Nothing,
    EveryOther,
    AllButTheLastTorn,
}

/// Leaves the files as a disk might have kept them.
fn lose(dir: &Path, keeps: Keeps) {
    let files = disk(|d| std::mem::take(&mut d.files));
    for (path, Tracked { synced, since }) in files {
        if !Path::new(&path).exists() {
            continue;
        }
        let mut bytes = synced;
        let last = since.len().saturating_sub(1);
        for (at, change) in since.into_iter().enumerate() {
            let share = match keeps {
                Keeps::Nothing => 0,
                Keeps::EveryOther => 2 * (at % 2),
                Keeps::AllButTheLastTorn => 2 - usize::from(at == last),
            };
            match change {
                Unsynced::Write(offset, data) => {
                    let data = &data[..data.len() * share / 2];
                    if bytes.len() < offset + data.len() {
                        bytes.resize(offset + data.len(), 0);
                    }
                    bytes[offset..offset + data.len()].copy_from_slice(data);
                }
                Unsynced::Truncate(len) if share == 2 => bytes.truncate(len),
                Unsynced::Truncate(_) => {}
            }
        }
        fs::write(&path, bytes).unwrap();
    }
    // Shared memory does not outlive the power.
    let _ = fs::remove_file(dir.join("vault.db-shm"));
}

/// A file of the shim; the real one stands behind it in the same allocation.
#[repr(C)]
struct Shim {
    base: ffi::sqlite3_file,
    path: *mut String,
    reserved: u64,
}

unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    unsafe { file.cast::<u8>().add(size_of::<Shim>()).cast() }
}

unsafe fn methods(file: *mut ffi::sqlite3_file) -> &'static ffi::sqlite3_io_methods {
    unsafe { &*(*real(file)).pMethods }
}

unsafe fn path<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a String> {
    unsafe { (*file.cast::<Shim>()).path.as_ref() }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe {
        let code = methods(file).xClose.unwrap()(real(file));
        let path = (*file.cast::<Shim>()).path;
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
        code
    }
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, n: c_int, at: i64) -> c_int {
    unsafe { methods(file).xRead.unwrap()(real(file), to, n, at) }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, n: c_int, at: i64) -> c_int {
    unsafe {
        let Some(path) = path(file) else { return methods(file).xWrite.unwrap()(real(file), from, n, at) };
        if gone() {
            return ffi::SQLITE_IOERR_WRITE;
        }
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), n as usize).to_vec();
        disk(|d| d.files.entry(path.clone()).or_default().since.push(Unsynced::Write(at as usize, bytes)));
        methods(file).xWrite.unwrap()(real(file), from, n, at)
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, len: i64) -> c_int {
    unsafe {
        if let Some(path) = path(file) {
            if gone() {
                return ffi::SQLITE_IOERR_TRUNCATE;
            }
            disk(|d| d.files.entry(path.clone()).or_default().since.push(Unsynced::Truncate(len as usize)));
        }
        methods(file).xTruncate.unwrap()(real(file), len)
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    unsafe {
        if let Some(path) = path(file) {
            if gone() {
                return ffi::SQLITE_IOERR_FSYNC;
            }
            let synced = fs::read(path).unwrap();
            disk(|d| d.files.insert(path.clone(), Tracked { synced, since: vec![] }));
        }
        methods(file).xSync.unwrap()(real(file), flags)
    }
}

unsafe extern "C" fn size(file: *mut ffi::sqlite3_file, to: *mut i64) -> c_int {
    unsafe { methods(file).xFileSize.unwrap()(real(file), to) }
}
unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    unsafe { methods(file).xLock.unwrap()(real(file), level) }
}
unsafe extern "C" fn unlock_file(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    unsafe { methods(file).xUnlock.unwrap()(real(file), level) }
}
unsafe extern "C" fn reserved(file: *mut ffi::sqlite3_file, to: *mut c_int) -> c_int {
    unsafe { methods(file).xCheckReservedLock.unwrap()(real(file), to) }
}
unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    unsafe { methods(file).xFileControl.unwrap()(real(file), op, arg) }
}
unsafe extern "C" fn sector(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe { methods(file).xSectorSize.unwrap()(real(file)) }
}
unsafe extern "C" fn device(_: *mut ffi::sqlite3_file) -> c_int {
    // A plain disk: no promise of atomic or ordered writes.
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}
unsafe extern "C" fn shm_map(
    f: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    to: *mut *mut c_void,
) -> c_int {
    unsafe { methods(f).xShmMap.unwrap()(real(f), page, size, extend, to) }
}
unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, at: c_int, n: c_int, flags: c_int) -> c_int {
    unsafe { methods(file).xShmLock.unwrap()(real(file), at, n, flags) }
}
unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    unsafe { methods(file).xShmBarrier.unwrap()(real(file)) }
}
unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    unsafe { methods(file).xShmUnmap.unwrap()(real(file), delete) }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock_file),
    xCheckReservedLock: Some(reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(device),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe fn default_vfs() -> *mut ffi::sqlite3_vfs {
    unsafe { ffi::sqlite3_vfs_find(c"unix".as_ptr()) }
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        let vfs = default_vfs();
        let code = (*vfs).xOpen.unwrap()(vfs, name, real(file), flags, out);
        let shim = file.cast::<Shim>();
        (*shim).path = std::ptr::null_mut();
        // Where SQLite asks to close a file that did not open, there is nothing behind the shim.
        (*shim).base.pMethods =
            if (*real(file)).pMethods.is_null() { std::ptr::null() } else { &raw const METHODS };
        let kinds = ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;
        if code == ffi::SQLITE_OK && !name.is_null() && flags & kinds != 0 {
            let path = CStr::from_ptr(name).to_str().unwrap().to_owned();
            let synced = fs::read(&path).unwrap();
            disk(|d| {
                d.files.entry(path.clone()).or_insert(Tracked { synced, since: vec![] });
            });
            (*shim).path = Box::into_raw(Box::new(path));
        }
        code
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync_dir: c_int) -> c_int {
    unsafe {
        if gone() {
            return ffi::SQLITE_IOERR_DELETE;
        }
        let path = CStr::from_ptr(name).to_str().unwrap().to_owned();
        disk(|d| d.files.remove(&path));
        let vfs = default_vfs();
        (*vfs).xDelete.unwrap()(vfs, name, sync_dir)
    }
}

fn register() {
    unsafe {
        let mut shim = std::ptr::read(default_vfs());
        shim.zName = c"powercut".as_ptr();
        shim.szOsFile += size_of::<Shim>() as c_int;
        shim.xOpen = Some(open);
        shim.xDelete = Some(delete);
        shim.pNext = std::ptr::null_mut();
        // SQLite keeps the pointer for the life of the process.
        assert_eq!(ffi::sqlite3_vfs_register(Box::into_raw(Box::new(shim)), 0), ffi::SQLITE_OK);
    }
}

/// What was acknowledged before the power went.
#[derive(Debug, Default)]
struct Acknowledged {
    drafts: Vec<u64>,
    entries: Vec<u64>,
    closed: bool,
}

/// A draft, an entry, a draft, a larger entry, and the closing that writes the log back.
fn work(mut vault: Vault, case: CaseId) -> Acknowledged {
    let mut done = Acknowledged::default();
    for n in 1..=2_u64 {
        let draft = Draft {
            key: "answers".into(),
            kind: "decision".into(),
            case: None,
            body: n.to_string(),
            updated: at(20),
        };
        match vault.save_draft(&draft) {
            Ok(()) => done.drafts.push(n),
            Err(error) => assert!(is_io(&error), "{error:?}"),
        }
        let note = Payload::ItemRecorded {
            item: item(&format!("note {n} {}", "long ".repeat(n as usize * 900)), &[]),
        };
        match vault.write(&stamp(20), |w| w.append(Some(case), &note, &[])) {
            Ok(_) => done.entries.push(n),
            Err(error) => assert!(is_io(&error), "{error:?}"),
        }
    }
    done.closed = vault.close().is_ok();
    done
}

fn is_io(error: &Error) -> bool {
    matches!(error, Error::Sqlite { code } if code & 0xff == ffi::SQLITE_IOERR)
}

#[test]
fn everything_acknowledged_survives_a_power_cut_at_every_point_of_a_save() {
    register();
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    let (mut vault, _) = create(&whole);
    let home = family(&mut vault, 1, "Sampleton");
    vault
        .save_draft(&Draft {
            key: "answers".into(),
            kind: "decision".into(),
            case: None,
            body: "0".into(),
            updated: at(2),
        })
        .unwrap();
    vault.close().unwrap();

    let run = |cut_at: Option<u64>, to: &Path| {
        copy(&whole, to);
        disk(|d| *d = Disk::default());
        let vault = Vault::unlock_over(to, secret(), at(10), "powercut").unwrap();
        // Counted from here: the opening is not part of the save.
        disk(|d| (d.operations, d.cut_at) = (0, cut_at));
        work(vault, home.case)
    };
    let done = run(None, &dir.path().join("count"));
    let operations = disk(|d| d.operations);
    assert_eq!(
        (done.drafts.len(), done.entries.len(), done.closed),
        (2, 2, true),
        "without a cut everything is saved"
    );
    assert!(operations > 20, "the shim sees the writes and syncs of a save: {operations}");

    let mut lost_something = 0;
    for cut in 1..=operations {
        for keeps in [Keeps::Nothing, Keeps::EveryOther, Keeps::AllButTheLastTorn] {
            let to = dir.path().join(format!("{cut}-{keeps:?}"));
            let done = run(Some(cut), &to);
            lose(&to, keeps);
            disk(|d| *d = Disk::default());
            let at_point = format!("cut at {cut} of {operations}, the disk keeps {keeps:?}: {done:?}");

            let vault = unlock(&to, 30);
            assert_eq!(vault.opening().head, HeadState::Agrees, "{at_point}");
            let draft: u64 =
                vault.read(|r| drafts::get(r, "answers")).unwrap().unwrap().body.parse().unwrap();
            assert!(
                draft >= done.drafts.last().copied().unwrap_or(0),
                "{at_point}: the draft fell back to {draft}"
            );
            let held: Vec<String> = vault
                .read(|r| items::of_case(r, home.case))
                .unwrap()
                .into_iter()
                .map(|i| i.record.text)
                .collect();
            for n in &done.entries {
                assert!(
                    held.iter().any(|text| text.starts_with(&format!("note {n} "))),
                    "{at_point}: entry {n} is gone"
                );
            }
            lost_something += usize::from(held.len() < 2);
            let report = vault.verify(&[]).unwrap();
            assert!(report.sound(), "{at_point}: {report:?}");
            drop(vault);
            fs::remove_dir_all(&to).unwrap();
        }
    }
    assert!(lost_something > 10, "the cuts did cost what was not acknowledged, so the shim does cut");
}
