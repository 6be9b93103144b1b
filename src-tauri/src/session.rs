//! The one open vault.
//!
//! Everything that touches records passes through [`Session::open`]; while the vault is locked there is
//! nothing to pass through.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use sharewell_casework as casework;
use sharewell_casework::records::Moment;
use sharewell_casework::views::{Phase, SessionView, Settings};
use sharewell_casework::{Code, Failure, Vault};

use crate::launch::{Launch, Problem};

/// The program's one session: how it was started, and the vault while it is open.
pub struct Session {
    launch: Launch,
    vault: Mutex<Option<Vault>>,
    activity: Mutex<Activity>,
    flushed: (Mutex<Option<String>>, Condvar),
    handed_on: AtomicBool,
}

/// When somebody last typed or clicked, and what two clocks said at the last look.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    /// The last key or click.
    pub last: Instant,
    /// The monotonic clock at the last look; it stands still while the laptop sleeps.
    pub looked: Instant,
    /// The wall clock at the last look; it does not.
    pub wall: SystemTime,
    /// Whether the page has been warned.
    pub warned: bool,
    /// Minutes until the lock, by the settings.
    pub minutes: u8,
}

/// The moment, in the zone that deadlines are told in.
pub fn now() -> Moment {
    casework::clock::now()
}

impl Session {
    /// Prepares the session; makes and opens the sample vault where it was asked for.
    ///
    /// # Errors
    /// [`Problem::Sample`] where the sample cannot be made.
    pub fn new(launch: Launch) -> Result<Self, Problem> {
        let vault = if launch.make_demo {
            let made = sharewell_sample::open_new(&launch.vault, now())
                .map_err(|error| Problem::Sample(format!("{:?}", Failure::from(error).code)))?;
            Some(made)
        } else {
            None
        };
        let (ticked, wall) = (Instant::now(), SystemTime::now());
        let activity = Activity { last: ticked, looked: ticked, wall, warned: false, minutes: 5 };
        let session = Self {
            launch,
            vault: Mutex::new(vault),
            activity: Mutex::new(activity),
            flushed: (Mutex::new(None), Condvar::new()),
            handed_on: AtomicBool::new(false),
        };
        if let Ok(seen) = session.view() {
            session.set(&seen.settings);
        }
        Ok(session)
    }

    /// How the program was started.
    pub fn launch(&self) -> &Launch {
        &self.launch
    }

    /// The vault's folder.
    pub fn folder(&self) -> &Path {
        &self.launch.vault
    }

    /// Runs a use case on the open vault, with the moment.
    ///
    /// # Errors
    /// [`Code::Locked`] while there is none, or what the use case says.
    pub fn open<T, E: Into<Failure>>(
        &self,
        act: impl FnOnce(&mut Vault, Moment) -> Result<T, E>,
    ) -> Result<T, Failure> {
        let mut guard = self.vault();
        let vault = guard.as_mut().ok_or_else(|| Failure::of(Code::Locked))?;
        act(vault, now()).map_err(Into::into)
    }

    /// Puts an opened vault in place and tells the page where it stands.
    ///
    /// # Errors
    /// What the vault says when it is asked.
    pub fn opened(&self, vault: Vault) -> Result<SessionView, Failure> {
        *self.vault() = Some(vault);
        let seen = self.view()?;
        self.set(&seen.settings);
        Ok(seen)
    }

    /// Where the program stands.
    ///
    /// # Errors
    /// What the vault says when it is asked.
    pub fn view(&self) -> Result<SessionView, Failure> {
        let vault = self.vault();
        Ok(casework::start::session(
            self.folder(),
            vault.as_ref(),
            self.launch.demo,
            self.launch.locked,
            now(),
        )?)
    }

    /// Whether a vault is open.
    pub fn is_open(&self) -> bool {
        self.vault().is_some()
    }

    /// Whether the sample's own lock screen is shown.
    pub fn is_locked_sample(&self) -> bool {
        self.launch.demo && self.view().is_ok_and(|seen| seen.phase == Phase::Locked)
    }

    /// Removes the sample vault's temporary folder when the program ends, unless a relaunch needs it.
    pub fn forget_sample(&self) {
        let ours = self.launch.demo && self.launch.is_temporary();
        if !ours || self.handed_on.load(Ordering::SeqCst) {
            return;
        }
        drop(self.take());
        // The folder holds nobody real; what cannot be removed now goes with the temporary folder.
        let _ = std::fs::remove_dir_all(self.folder());
    }

    /// Notes that a fresh process goes on with this vault.
    pub fn hand_on(&self) {
        self.handed_on.store(true, Ordering::SeqCst);
    }

    /// Whether this is the demonstration's first process, and a fresh one goes on with the journey.
    pub fn waits_for_the_fresh_one(&self) -> bool {
        self.launch.walk.is_some() && self.handed_on.load(Ordering::SeqCst)
    }

    /// Takes the vault out, to be closed.
    pub fn take(&self) -> Option<Vault> {
        self.vault().take()
    }

    /// Notes that somebody is there.
    pub fn used(&self) {
        let mut activity = self.activity();
        activity.last = Instant::now();
        activity.warned = false;
    }

    /// Takes over the settings in force.
    pub fn set(&self, settings: &Settings) {
        self.activity().minutes = settings.lock_minutes;
        self.used();
    }

    /// The activity, for the watch.
    pub fn activity(&self) -> MutexGuard<'_, Activity> {
        // A panic in another command must not lock the practitioner out: the value is plain numbers.
        self.activity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page says that it has sealed what was typed, and where it was.
    pub fn page_flushed(&self, address: String) {
        *self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
        self.flushed.1.notify_all();
    }

    /// Waits until the page has sealed what was typed, or until it took too long. Gives its address.
    pub fn wait_for_flush(&self, at_most: Duration) -> String {
        let sealed = self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner);
        match self.flushed.1.wait_timeout_while(sealed, at_most, |address| address.is_none()) {
            Ok((mut address, _)) => address.take().unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Forgets an address from before, so that the next one is this lock's own.
    pub fn expect_flush(&self) {
        *self.flushed.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn vault(&self) -> MutexGuard<'_, Option<Vault>> {
        // Every write is one transaction, so a vault behind a panicked command is whole.
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
