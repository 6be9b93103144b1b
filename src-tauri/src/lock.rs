//! Locks by hand, by idle time, and before and after sleep.
//!
//! What runs is stopped and the page is asked to seal what was typed, at most 250 milliseconds; then the vault
//! is closed and its keys wiped, and the program relaunches into the lock screen, since a web view that was
//! emptied still holds copies of what it showed. Nothing that is done in the vault holds this up: what does not
//! end in its time ends with the process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use sharewell_casework::maintenance;
use sharewell_casework::records::Moment;
use sharewell_casework::views::{LockReason, WorkKind};
use sharewell_casework::{Code, Failure, start};
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::session::Session;
use crate::{activity, launch};

/// The page has this long to seal its draft.
const FLUSH: Duration = Duration::from_millis(250);
/// How long a lock waits for what it ends.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Work that was stopped has this long to end and to leave nothing behind.
    pub stopping: Duration,
    /// What is being done in the vault has this long to end; it is interrupted before that.
    pub busy: Duration,
}

/// With the page's own time and the closing it comes to less than a second.
pub const PATIENCE: Patience =
    Patience { stopping: Duration::from_millis(400), busy: Duration::from_millis(300) };
/// Nobody has typed for so long: time for a backup.
const QUIET: Duration = Duration::from_secs(60);
/// After a backup that failed, the next is tried so much later.
const AGAIN: Duration = Duration::from_secs(600);

#[derive(Clone, Serialize)]
struct LockSoon {
    seconds: u64,
}

/// Looks once a second whether it is time to lock, and listens for the system to go to sleep.
pub fn watch(app: AppHandle) {
    #[cfg(target_os = "linux")]
    {
        let app = app.clone();
        crate::sleep::watch(crate::sleep::Bus::System, move || {
            if app.state::<Session>().is_open() {
                now(&app, LockReason::Sleep, None);
            }
        });
    }
    std::thread::spawn(move || {
        let mut not_before = Instant::now();
        loop {
            std::thread::sleep(Duration::from_secs(1));
            match due(&app) {
                Some(reason) => now(&app, reason, None),
                None if Instant::now() >= not_before && back_up(&app) => {
                    not_before = Instant::now() + AGAIN;
                }
                None => {}
            }
        }
    });
}

/// Begins the automatic backup while nobody types, where one is due, and says whether it did. It runs by itself:
/// whoever looks for the time to lock does not wait for it.
fn back_up(app: &AppHandle) -> bool {
    let session = app.state::<Session>();
    let quiet = session.activity().quiet(Instant::now()) >= QUIET;
    if !quiet || !session.is_open() || session.running().runs(WorkKind::Backup) {
        return false;
    }
    if !session.unseen(|vault, now| maintenance::backup_due(vault, now)).unwrap_or(true) {
        return false;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        let session = app.state::<Session>();
        missed(&session, session.long_unseen(session.backup()));
    });
    true
}

/// A backup that nobody waited for and that was not made: the home page says so until one is. One that was
/// stopped, by a lock or by somebody who makes one by hand, is not missed.
fn missed<T>(session: &Session, outcome: Result<T, Failure>) {
    let Err(failure) = outcome else { return };
    if matches!(failure.code, Code::Stopped | Code::Locked) {
        return;
    }
    tracing::warn!(code = ?failure.code, "the automatic backup was not made");
    // A vault that was locked meanwhile is told at the next try.
    let _ = session.unseen(|vault, now| {
        maintenance::backup_missed(vault, now);
        Ok::<_, Failure>(())
    });
}

fn due(app: &AppHandle) -> Option<LockReason> {
    let session = app.state::<Session>();
    if !session.is_open() {
        return None;
    }
    if session.was_moved() {
        return Some(LockReason::Moved);
    }
    let mut activity = session.activity();
    let (ticks, wall) = (Instant::now(), SystemTime::now());
    let reason = activity::due(&activity, ticks, wall);
    activity.seen(ticks, wall);
    if reason.is_none()
        && let Some(left) = activity.warn(ticks)
    {
        // A page that has gone cannot be warned, and the lock comes all the same.
        let _ = app.emit("lock-soon", LockSoon { seconds: left.as_secs() });
    }
    reason
}

/// How the vault was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Whether the place to go on from was kept.
    pub place_kept: bool,
}

/// Stops what runs, closes the vault and wipes its keys. What does not end in its time ends with the process,
/// which whoever calls sees to. `address` gives where the page was, once it has sealed its draft.
pub fn close(session: &Session, patience: Patience, address: impl FnOnce() -> String, at: Moment) -> Closed {
    session.running().close();
    let address = address();
    session.running().wait(patience.stopping);
    let Some(mut vault) = session.take_within(patience.busy) else { return Closed { place_kept: false } };
    let place_kept = start::remember_place(&mut vault, &address, at).is_ok();
    if start::close(vault, at).is_err() {
        // The log could not be written back, or the row of the access log. The key is wiped in any case, and
        // whatever was acknowledged is on disk.
        tracing::warn!("the vault was not closed in order");
    }
    Closed { place_kept }
}

/// Whether a lock is under way: two at once would start two programs.
static LOCKING: AtomicBool = AtomicBool::new(false);

/// Locks now. With an address, the page has sealed its draft already.
pub fn now(app: &AppHandle, reason: LockReason, address: Option<String>) {
    let session = app.state::<Session>();
    if !session.is_open() || LOCKING.swap(true, Ordering::SeqCst) {
        return;
    }
    crate::copied::take_back(app);
    let sealed = || {
        address.unwrap_or_else(|| {
            session.expect_flush();
            // A page that has gone cannot seal anything; what it had saved is in the vault.
            let _ = app.emit("flush", ());
            session.wait_for_flush(FLUSH)
        })
    };
    let closed = close(&session, PATIENCE, sealed, crate::session::now());
    if launch::automated() {
        session.hand_on();
        // A WebDriver owns the process and starts the next one itself.
        app.exit(0);
        return;
    }
    tauri_plugin_single_instance::destroy(app);
    session.hand_on();
    match session.launch().again(reason, closed.place_kept) {
        // The demonstration's caller waits for this process; the fresh one goes on with the journey.
        Ok(mut fresh) if session.launch().walk.is_some() => {
            crate::window::hide(app);
            let ended = fresh.wait().ok().and_then(|status| status.code()).unwrap_or(1);
            app.exit(ended);
        }
        Ok(_) => app.exit(0),
        Err(_) => {
            // Without a new process the old one must still not show what was open.
            tracing::error!("the program could not be started again after the lock");
            app.exit(1);
        }
    }
}

#[cfg(test)]
mod tests;
