//! Locks by hand, by idle time and after sleep.
//!
//! The page is asked to seal what was typed, at most 250 milliseconds; then the vault is closed and its
//! keys wiped, and the program relaunches into the lock screen, since a web view that was emptied still
//! holds copies of what it showed.

use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use sharewell_casework::views::LockReason;
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::launch;
use crate::session::Session;

/// The page has this long to seal its draft.
const FLUSH: Duration = Duration::from_millis(250);
/// The warning comes so long before.
const WARNING: Duration = Duration::from_secs(30);
/// More than this between two looks, by the wall clock alone, means that the laptop slept.
const SLEPT: Duration = Duration::from_secs(15);

/// Nobody has typed for so long: time for a backup.
const QUIET: Duration = Duration::from_secs(60);

#[derive(Clone, Serialize)]
struct LockSoon {
    seconds: u64,
}

/// Looks once a second whether it is time to lock.
pub fn watch(app: AppHandle) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            match due(&app) {
                Some(reason) => now(&app, reason, None),
                None => back_up(&app),
            }
        }
    });
}

/// Makes the automatic backup while nobody types, where one is due.
fn back_up(app: &AppHandle) {
    let session = app.state::<Session>();
    if session.activity().last.elapsed() < QUIET || !session.is_open() {
        return;
    }
    if session.open(sharewell_casework::maintenance::idle).is_err() {
        // The home page says that there is no recent backup; nobody is interrupted for it.
        tracing::warn!("the automatic backup was not made");
    }
}

fn due(app: &AppHandle) -> Option<LockReason> {
    let session = app.state::<Session>();
    if !session.is_open() {
        return None;
    }
    let mut activity = session.activity();
    let (ticked, wall) = (Instant::now(), SystemTime::now());
    let by_clock = ticked.duration_since(activity.looked);
    let by_wall = wall.duration_since(activity.wall).unwrap_or_default();
    (activity.looked, activity.wall) = (ticked, wall);
    if by_wall > by_clock + SLEPT {
        return Some(LockReason::Sleep);
    }
    let allowed = Duration::from_secs(u64::from(activity.minutes) * 60);
    let allowed = session.launch().lock_after.map_or(allowed, |most| allowed.min(Duration::from_secs(most)));
    let left = allowed.saturating_sub(activity.last.elapsed());
    if left.is_zero() {
        return Some(LockReason::Idle);
    }
    if left <= WARNING.min(allowed / 2) && !activity.warned {
        activity.warned = true;
        // A page that has gone cannot be warned, and the lock comes all the same.
        let _ = app.emit("lock-soon", LockSoon { seconds: left.as_secs() });
    }
    None
}

/// Locks now. With an address, the page has sealed its draft already.
pub fn now(app: &AppHandle, reason: LockReason, address: Option<String>) {
    let session = app.state::<Session>();
    let address = address.unwrap_or_else(|| {
        session.expect_flush();
        // A page that has gone cannot seal anything; what it had saved is in the vault.
        let _ = app.emit("flush", ());
        session.wait_for_flush(FLUSH)
    });
    let Some(mut vault) = session.take() else { return };
    let at = crate::session::now();
    let kept = sharewell_casework::start::remember_place(&mut vault, &address, at);
    if kept.and_then(|()| sharewell_casework::start::close(vault, at)).is_err() {
        // A lost address costs one click after unlock. The key is wiped in any case.
        tracing::warn!("the place to go on from was not kept");
    }
    if launch::automated() {
        session.hand_on();
        // A WebDriver owns the process and starts the next one itself.
        app.exit(0);
        return;
    }
    tauri_plugin_single_instance::destroy(app);
    session.hand_on();
    match session.launch().again(reason) {
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
