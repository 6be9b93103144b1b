//! No work holds up a lock or a save. Each order is one of causes: the work that is shown not to have ended
//! cannot end before the test lets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use sharewell_casework::countersign::SaveAsk;
use sharewell_casework::guidance::library::SaveMap;
use sharewell_casework::handover::{self, HandOver};
use sharewell_casework::long::Long;
use sharewell_casework::maintenance::{BackUp, Check};
use sharewell_casework::places::Places;
use sharewell_casework::records::{CaseId, HandoverState, Nation};
use sharewell_casework::views::{HandoverAsk, HandoverPage, Notice};
use sharewell_casework::{Beside, Error, Result, Secret, Vault, children, paper, today};

use super::*;
use crate::launch::Launch;

/// A key whose other half nobody has.
const RECIPIENT: &str = "age13clrjf5rsqkafa4njvrzy3sxvhetu3jf83xyuh2lh2mtl84y64usst87h7";
const SHORT: Duration = Duration::from_millis(5);
/// Far more than what ends on being stopped takes; a test that waits so long has failed.
const LONG: Duration = Duration::from_secs(60);
/// For what ends.
const PATIENT: Patience = Patience { stopping: LONG, busy: LONG };
/// For what never ends before the test lets it.
const IMPATIENT: Patience = Patience { stopping: SHORT, busy: SHORT };

/// An open session over a vault of one invented family, in a folder of its own.
fn session(dir: &Path) -> Session {
    let vault = dir.join("vault");
    let made =
        sharewell_sample::create(&vault, &sharewell_sample::PASSPHRASE.into(), 1, 7, crate::session::now())
            .unwrap();
    let launch = Launch {
        places: Places::none(),
        vault,
        demo: false,
        make_demo: false,
        walk: None,
        locked: None,
        place_lost: false,
        allow_capture: false,
        lock_after: None,
    };
    let session = Session::new(launch).unwrap();
    session.opened(made).unwrap();
    session
}

/// Long work that stands still before its long part until it is let go, or until it is stopped.
struct Held<L> {
    long: L,
    /// Goes on standing still after a stop, as work that cannot be interrupted would.
    deaf: bool,
    reached: Sender<()>,
    free: Receiver<()>,
}

fn held<L>(long: L, deaf: bool) -> (Held<L>, Receiver<()>, Sender<()>) {
    let ((reached, reaches), (let_go, free)) = (channel(), channel());
    (Held { long, deaf, reached, free }, reaches, let_go)
}

impl<L: Long> Long for Held<L> {
    type Made = L::Made;
    type Told = L::Told;

    const KIND: WorkKind = L::KIND;
    const LEAVES: bool = L::LEAVES;

    fn begin(&mut self, vault: &mut Vault, now: Moment) -> Result<()> {
        self.long.begin(vault, now)
    }

    fn run(&self, beside: Beside, now: Moment) -> Result<L::Made> {
        self.reached.send(()).unwrap();
        while let Err(RecvTimeoutError::Timeout) = self.free.recv_timeout(SHORT) {
            if !self.deaf && beside.work().is_stopped() {
                break;
            }
        }
        self.long.run(beside, now)
    }

    fn end(self, vault: &mut Vault, made: L::Made, now: Moment) -> Result<L::Told> {
        self.long.end(vault, made, now)
    }
}

fn at() -> Moment {
    crate::session::now()
}

fn type_on(session: &Session, text: &str) {
    session.open(|vault, now| children::save_note(vault, "test", text, now)).unwrap();
}

fn typed(session: &Session) -> Option<String> {
    session.open(|vault, _| children::note(vault, "test")).unwrap()
}

/// Opens the vault again, as the fresh process would, and gives what was typed and where it was.
fn again(dir: &Path) -> (Option<String>, Option<String>) {
    let vault = start::unlock(&dir.join("vault"), sharewell_sample::PASSPHRASE.into(), at()).unwrap();
    let seen = start::session(&dir.join("vault"), Some(&vault), false, None, at()).unwrap();
    (children::note(&vault, "test").unwrap(), seen.resume)
}

/// While the work stands still a save is kept, and then the vault is locked.
fn saves_and_locks_beside<L>(work: impl FnOnce(&Session, &Path) -> L, deaf: bool)
where
    L: Long + Send,
    L::Told: Send,
{
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let (work, reached, let_go) = held(work(&session, dir.path()), deaf);
    std::thread::scope(|scope| {
        let working = scope.spawn(|| session.long(work).map(|_| ()));
        reached.recv().unwrap();
        type_on(&session, "typed meanwhile");
        assert_eq!(typed(&session).as_deref(), Some("typed meanwhile"), "a save waits for no work");

        let patience = if deaf { Patience { stopping: SHORT, ..PATIENT } } else { PATIENT };
        let closed = close(&session, patience, || "/children".to_owned(), at());
        assert_eq!(closed, Closed { place_kept: true });
        assert!(!session.is_open(), "and no lock does");
        assert_eq!(session.running().wait(Duration::ZERO), !deaf, "what can end has ended");
        assert!(!working.is_finished() || !deaf);
        let (note, resume) = again(dir.path());
        assert_eq!((note.as_deref(), resume.as_deref()), (Some("typed meanwhile"), Some("/children")));

        drop(let_go);
        let failure = working.join().unwrap().expect_err("it was stopped");
        assert_eq!(failure.code, Code::Stopped);
    });
    let left: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["vault"], "nothing readable and nothing half written is left");
}

fn hand_over(session: &Session, dir: &Path) -> HandOver {
    session.open(|vault, now| handover::import_recipient(vault, RECIPIENT, "Fablewell", now)).unwrap();
    let cases: Vec<CaseId> = session.open(|vault, _| handover::every_case(vault)).unwrap();
    HandOver::new(HandoverAsk::of(&cases, RECIPIENT), dir.join("october.sharewell"))
}

fn save_file(session: &Session, dir: &Path) -> paper::SaveFile {
    let cases: Vec<CaseId> = session.open(|vault, _| handover::every_case(vault)).unwrap();
    paper::SaveFile { case: *cases.first().unwrap(), path: dir.join("file.pdf") }
}

#[test]
fn no_check_holds_up_a_save_or_a_lock() {
    saves_and_locks_beside(|_, _| Check, false);
}

#[test]
fn no_handover_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_no_file() {
    saves_and_locks_beside(hand_over, false);
}

#[test]
fn no_paper_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_no_file() {
    saves_and_locks_beside(save_file, false);
}

#[test]
fn no_backup_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_nothing() {
    saves_and_locks_beside(|_, _| BackUp::here(), false);
}

#[test]
fn no_recovery_kit_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_no_file() {
    saves_and_locks_beside(
        |session, dir| {
            let passphrase = Secret::from(sharewell_sample::PASSPHRASE);
            let code = session.long(start::NewRecoveryCode { passphrase }).unwrap();
            paper::SaveKit { path: dir.join("kit.pdf"), code: code.groups.join("-").into() }
        },
        false,
    );
}

#[test]
fn no_flow_map_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_no_file() {
    saves_and_locks_beside(
        |_, dir| SaveMap { nation: Nation::England, decision: None, path: dir.join("map.svg") },
        false,
    );
}

#[test]
fn no_ask_for_a_countersignature_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_leaves_no_file() {
    saves_and_locks_beside(
        |session, dir| {
            let decision = decide_papers(session, dir).first().expect("a signed decision").id;
            SaveAsk { decision, path: dir.join("ask.sharewell-countersign") }
        },
        false,
    );
}

#[test]
fn no_change_of_the_passphrase_holds_up_a_save_or_a_lock_and_one_that_is_cut_off_changes_nothing() {
    saves_and_locks_beside(
        |_, _| start::ChangePassphrase {
            old: sharewell_sample::PASSPHRASE.into(),
            new: "eleven blue lanterns beside a mill".into(),
        },
        false,
    );
}

#[test]
fn work_that_hears_no_stop_holds_up_no_lock() {
    saves_and_locks_beside(|_, _| Check, true);
}

#[test]
fn a_handover_that_somebody_stops_is_frozen_and_can_be_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let (work, reached, _let_go) = held(hand_over(&session, dir.path()), false);
    let failure = std::thread::scope(|scope| {
        let working = scope.spawn(|| session.long(work).map(|_| ()));
        reached.recv().unwrap();
        session.running().stop(WorkKind::Handover);
        working.join().unwrap().expect_err("it was stopped")
    });
    assert_eq!(failure.code, Code::Stopped);
    let path = dir.path().join("october.sharewell");
    assert!(!path.exists());
    let page = session.open(|vault, _| handover::handover_page(vault)).unwrap();
    let frozen = page.made.first().expect("what was frozen stands");
    assert_eq!((frozen.state, frozen.file_hash.as_str()), (HandoverState::Frozen, ""));
    assert_eq!(page.unwritten, Some(frozen.id), "and is offered to be written");
    assert_eq!(failure.handover, Some(frozen.id), "whoever is told of the stop is told its name");
    let waits = |page: &HandoverPage| {
        page.files.iter().map(|file| (file.waiting, file.waits[0].waiting)).collect::<Vec<_>>()
    };
    assert!(
        page.files.iter().all(|file| file.waiting == file.entries && file.waits[0].waiting == file.entries),
        "and of no file it is told that it was handed over"
    );
    let written = session.long(HandOver::again(frozen.id, path.clone())).unwrap();
    assert_eq!((written.from, written.to), (frozen.from, frozen.to), "the same range");
    assert!(path.exists() && written.entries > 0);
    let page = session.open(|vault, _| handover::handover_page(vault)).unwrap();
    assert_eq!(page.unwritten, None);
    assert!(waits(&page).iter().all(|waits| *waits == (0, 0)), "nothing waits any more");
}

#[test]
fn work_tells_how_far_it_is_and_ends_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let (work, reached, let_go) = held(Check, false);
    let report = std::thread::scope(|scope| {
        let working = scope.spawn(|| session.long(work));
        reached.recv().unwrap();
        assert!(session.running().last(WorkKind::Check).is_some());
        assert!(session.running().last(WorkKind::Backup).is_none());
        drop(let_go);
        working.join().unwrap().unwrap()
    });
    assert!(report.sound && report.entries > 0);
    assert!(session.running().last(WorkKind::Check).is_none(), "what has ended is not told of");
    for work in decide_papers(&session, dir.path()) {
        session.long(work).unwrap();
    }
}

fn decide_papers(session: &Session, dir: &Path) -> Vec<paper::SaveDecision> {
    let cases: Vec<CaseId> = session.open(|vault, _| handover::every_case(vault)).unwrap();
    let file = session.open(|vault, now| children::child_file(vault, *cases.first().unwrap(), now)).unwrap();
    let signed = file.decisions.into_iter().filter(|line| line.signed);
    signed
        .map(|line| paper::SaveDecision { id: line.id, path: dir.join(format!("{}.pdf", line.id)) })
        .collect()
}

#[test]
fn what_runs_on_the_vault_itself_is_ended_by_a_lock() {
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let (reached, reaches) = channel();
    std::thread::scope(|scope| {
        let working = scope.spawn(|| {
            session.open(|vault, now| -> Result<()> {
                reached.send(()).unwrap();
                // Endless, as a search over a very large vault would seem.
                loop {
                    maintenance::verify_vault(vault, now)?;
                }
            })
        });
        reaches.recv().unwrap();
        assert_eq!(close(&session, PATIENT, || "/".to_owned(), at()), Closed { place_kept: true });
        assert_eq!(working.join().unwrap().unwrap_err().code, Code::Stopped);
    });
    assert!(!session.is_open());
}

#[test]
fn what_cannot_be_ended_ends_with_the_process_and_the_lost_place_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let ((reached, reaches), (let_go, free)) = (channel(), channel::<()>());
    std::thread::scope(|scope| {
        let session = &session;
        scope.spawn(move || {
            session.open(|_, _| {
                reached.send(()).unwrap();
                let _ = free.recv();
                Ok::<_, Error>(())
            })
        });
        reaches.recv().unwrap();
        assert_eq!(close(session, IMPATIENT, || "/children".to_owned(), at()), Closed { place_kept: false });
        drop(let_go);
    });
}

#[test]
fn a_backup_that_nobody_waited_for_and_that_failed_stands_on_the_home_page_until_one_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let session = session(dir.path());
    let told = |session: &Session| {
        let page = session.open(|vault, now| today::today(vault, now)).unwrap();
        page.notices.contains(&Notice::BackupFailed)
    };
    // Stopped by a lock, or by somebody who makes one by hand: nothing was missed.
    missed::<()>(&session, Err(Failure::of(Code::Stopped)));
    assert!(!told(&session));

    // A file where the folder of backups should be.
    let backups = dir.path().join("vault/backups");
    std::fs::remove_dir_all(&backups).unwrap();
    std::fs::write(&backups, b"").unwrap();
    missed(&session, session.long(BackUp::here()));
    assert!(told(&session));

    close(&session, PATIENT, String::new, at());
    let reopened = self::reopened(dir.path());
    assert!(told(&reopened), "and after the next unlock");
    std::fs::remove_file(&backups).unwrap();
    missed(&reopened, reopened.long(BackUp::here()));
    assert!(!told(&reopened));
}

/// The fresh process that a lock leaves behind, unlocked.
fn reopened(dir: &Path) -> Session {
    let vault = dir.join("vault");
    let launch = Launch {
        places: Places::none(),
        vault: vault.clone(),
        demo: false,
        make_demo: false,
        walk: None,
        locked: Some(LockReason::Idle),
        place_lost: true,
        allow_capture: false,
        lock_after: None,
    };
    let session = Session::new(launch).unwrap();
    assert!(session.view().unwrap().place_lost, "the lock screen says that the place was lost");
    session.opened(start::unlock(&vault, sharewell_sample::PASSPHRASE.into(), at()).unwrap()).unwrap();
    session
}
